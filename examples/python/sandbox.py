"""The sandbox for tests in Python: starts its command, waits for it, and calls its control API."""

import json
import os
import shlex
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request

# Where the package is installed, `npm exec --` or `npm run` finds the command.
COMMAND = shlex.split(os.environ.get("SANDBOX_COMMAND", "assessments-sandbox"))


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Sandbox:
    def __init__(self, *flags: str):
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen([*COMMAND, "--port", str(port), *flags], stdout=subprocess.DEVNULL)
        try:
            subprocess.run([*COMMAND, "healthcheck", "--url", self.url, "--wait", "30"], check=True)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()

    def control(self, method: str, path: str, body: dict | None = None, account: str | None = None):
        """A call of the control API. Fails with what the sandbox says, for the output of the test."""
        query = "" if account is None else "?" + urllib.parse.urlencode({"account": account})
        data = None if body is None else json.dumps(body).encode()
        headers = {} if body is None else {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_sandbox{path}{query}", data, headers, method=method)
        try:
            # Calls that wait do so for at most a minute.
            with urllib.request.urlopen(request, timeout=70) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            with error:
                refusal = json.load(error)
            raise AssertionError(f"{refusal['message']}\n{refusal['hint']}") from None
        return json.loads(text) if text else None
