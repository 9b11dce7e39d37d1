"""Stands in for your client: orders an assessment, and retries after a 429."""

import base64
import json
import time
import urllib.error
import urllib.request


class Refused(Exception):
    """The service refused a call; `status` says how."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


class Client:
    def __init__(self, url: str, account: str, key: str = "sandbox"):
        self.url = url
        self.headers = {
            "authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode(),
            "x-account-id": account,
            "content-type": "application/json",
        }

    def order(self, order: dict) -> dict:
        return self._call("POST", "/orders", order)

    def result(self, order_id: str) -> dict:
        return self._call("GET", f"/orders/{order_id}/results")["data"]

    def _call(self, method: str, path: str, body: dict | None = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        address = f"{self.url}/unified/ats/assessments{path}"
        while True:
            request = urllib.request.Request(address, data, self.headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code != 429:
                        raise Refused(error.code, json.load(error)["message"]) from None
                    seconds = float(error.headers.get("retry-after", "1"))
            time.sleep(seconds)
