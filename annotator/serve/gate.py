"""Who and what is let in: host, key, the size of a request, how many are read and how many may wait."""

import asyncio
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from annotator.serve.hosts import is_known
from annotator.serve.keys import has_key
from annotator.serve.messages import refused

MAX_WAITING = 256
BODY_SECONDS = 30.0  # whoever sends more slowly must not keep the others waiting
PAUSE_SECONDS = 5.0  # between two parts of a body


class Gate:
    """Lets requests in: for this host, with the key where one is asked, no larger than the limit, and in their turn.

    So many to /predict are open at a time: each worker has one, and the next is read meanwhile. Of what is not `keyed`
    the key is not asked: a page has a door of its own. None: all but /health is.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        api_key: str | None,
        max_bytes: int,
        open_requests: int,
        hosts: Collection[str],
        keyed: Collection[str] | None = None,
    ) -> None:
        self.app, self.api_key, self.max_bytes, self.hosts = app, api_key, max_bytes, hosts
        self.keyed = keyed
        self.room = asyncio.Semaphore(open_requests)
        self.waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif (refusal := self._refusal(scope["path"], Headers(scope=scope))) is not None:
            await _drain(receive)
            await refusal(scope, receive, send)
        elif scope["path"] != "/predict":
            # Short and answered at once: Label Studio waits three seconds for /setup.
            await self._let_in(scope, receive, send)
        else:
            self.waiting += 1
            try:
                async with self.room:
                    await self._let_in(scope, receive, send)
            finally:
                self.waiting -= 1

    def _refusal(self, path: str, headers: Headers) -> Response | None:
        if not is_known(host := headers.get("host", ""), self.hosts):
            return refused(421, f"This server is not {host[:100]!r}. Serve with --allowed-host to answer to that name")
        if path == "/health":
            return None
        asked = self.api_key is not None and (self.keyed is None or path in self.keyed)
        if asked and not has_key(headers.get("authorization", ""), self.api_key or ""):
            advice = "In Label Studio choose basic authentication with any name and the key as password"
            return refused(401, f"The API key is missing or wrong. {advice}", {"WWW-Authenticate": "Basic"})
        if _announced(headers) > self.max_bytes:
            return self._too_large()
        if self.waiting >= MAX_WAITING:
            return refused(503, f"{MAX_WAITING} requests are waiting. Try again later", {"Retry-After": "30"})
        return None

    def _too_large(self) -> Response:
        limit = f"{self.max_bytes / 1_000_000:g} MB"
        return refused(413, f"The request is larger than {limit}. Select fewer tasks, or serve with a higher --max-mb")

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                if scope["path"] == "/webhook":  # whose body nobody keeps
                    await self.app(scope, receive, send)
                    return
                body = await self._body(receive)
        except TimeoutError:
            await refused(408, f"The request took longer than {BODY_SECONDS:g} s to arrive")(scope, receive, send)
            return
        if body is None:
            await _drain(receive)
            await self._too_large()(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)

    async def _body(self, receive: Receive) -> bytes | None:
        """The whole body, or None where it is too large."""
        parts, size = [], 0
        while True:
            async with asyncio.timeout(PAUSE_SECONDS):
                message = await receive()
            part = message.get("body", b"")
            size += len(part)
            if size > self.max_bytes:
                return None
            parts.append(part)
            if not message.get("more_body", False):
                return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body first, and then what comes after it."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _announced(headers: Headers) -> int:
    """The size that a request says it has; 0 where it says none."""
    size = headers.get("content-length", "")
    return int(size[:19]) if size.isascii() and size.isdecimal() else 0  # thousands of digits are no number to Python


async def _drain(receive: Receive) -> None:
    """Read and drop the rest of a body: a caller that is still sending would not see the answer."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        return
