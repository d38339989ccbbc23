"""A connection that breaks where a test says so: an HTTP proxy on loopback in front of the server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import httpx

TIMEOUT = 120.0


class Fate(Enum):
    """What becomes of a request."""

    ANSWERED = "it goes through"
    REFUSED = "the connection ends before the server hears of it"
    UNHEARD = "the server does as told, and the connection ends before it has answered"
    LATE = "the connection ends at once, and the server gets to it after the next request of its kind"
    GATEWAY = "the server does as told, and a gateway gives up before it has answered"
    HALF_HEARD = "the connection ends in the middle of the answer"


Plan = Callable[[str, str], Fate]  # method and path of a request


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Proxy"

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fate = self.server.plan(self.command, urlsplit(self.path).path)
        self.server.fates.append((self.command, urlsplit(self.path).path, fate))
        if fate is Fate.REFUSED:
            self.close_connection = True
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {"host", "connection"}}
        request = self.server.client.build_request(
            self.command, self.server.target + self.path, content=body, headers=headers
        )
        if fate is Fate.LATE:
            self.server.late.append(request)
            self.close_connection = True
            return
        answer = self.server.client.send(request)
        content = answer.read()
        for waiting in [late for late in self.server.late if late.url == request.url]:
            self.server.late.remove(waiting)
            self.server.client.send(waiting)
        if fate is Fate.UNHEARD:
            self.close_connection = True
            return
        self.send_response(504 if fate is Fate.GATEWAY else answer.status_code)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if fate is Fate.HALF_HEARD else content)
        self.close_connection = fate is Fate.HALF_HEARD

    do_GET = do_POST = do_PATCH = do_DELETE = _pass_on  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, target: str, plan: Plan) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target, self.plan = target, plan
        self.client = httpx.Client(trust_env=False, timeout=TIMEOUT)
        self.late: list[httpx.Request] = []
        self.fates: list[tuple[str, str, Fate]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def met(self, fate: Fate) -> int:
        """How many requests had this fate."""
        return sum(1 for _, _, had in self.fates if had is fate)


@contextmanager
def proxy(target: str, plan: Plan) -> Iterator[_Proxy]:
    """A proxy to `target` that asks `plan` what becomes of each request."""
    with _Proxy(target, plan) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            running.shutdown()
            thread.join()
            running.client.close()
