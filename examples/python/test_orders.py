"""Tests of a client in Python: python3 -m unittest discover --start-directory python"""

import unittest

from client import Client, Refused
from sandbox import Sandbox


class OrdersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox("--log-level", "warn")
        cls.addClassCleanup(cls.sandbox.close)

    def setUp(self):
        # An account for each test, so that tests don't see each other's orders.
        self.account = self.id()
        self.client = Client(self.sandbox.url, self.account)

    def control(self, method, path, body=None):
        return self.sandbox.control(method, path, body, self.account)

    def test_orders_and_reads_the_result(self):
        ordered = self.client.order({"id": "order-1", "candidate": {"first_name": "Mia"}})
        self.assertIn("/tests/", ordered["test_url"])

        self.control("POST", "/orders/order-1/complete", {"score": 92})

        self.assertEqual(self.client.result("order-1")["score"]["value"], "92")
        self.control(
            "POST",
            "/requests/verify",
            {"filter": {"operation": "orders.create", "body": {"candidate": {"first_name": "Mia"}}}, "count": 1},
        )
        # StackOne has withdrawn the read of results, which is a warning.
        self.control("POST", "/requests/verify-clean", {"allow": [{"operation": "results.get"}]})

    def test_retries_after_429(self):
        self.control("POST", "/faults", {"on": "orders.create", "status": 429, "retryAfter": 0, "times": 2})
        self.client.order({"id": "order-1"})
        requests = self.control("GET", "/requests")["requests"]
        self.assertEqual([request["status"] for request in requests], [200, 429, 429])

    def test_says_why_an_order_is_refused(self):
        with self.assertRaisesRegex(Refused, "body/id must be string") as refused:
            self.client.order({"id": 3})
        self.assertEqual(refused.exception.status, 400)

    def test_a_failed_expectation_says_what_arrived_instead(self):
        self.client.order({"candidate": {"firstName": "Mia"}})
        with self.assertRaisesRegex(AssertionError, "did you mean first_name"):
            self.control("POST", "/requests/verify-clean", {})


if __name__ == "__main__":
    unittest.main()
