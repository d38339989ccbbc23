"""Who may see the page: whoever opened the printed address. What other sites ask for, or have a form send, is refused.

The token of the address becomes a cookie that no script reads and no other site's request carries. A cookie counts for
all ports of a host, so a request that changes something must also come from a page of this very address.
"""

import hashlib
import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from annotator.serve.page.showing import shown, told

TOKEN_BYTES = 32
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # Forms say where they come from only if some referrer is sent: none goes to other sites.
    "referrer-policy": "same-origin",
}
OPEN = "/static/"  # the style sheet and the script, which anybody can read in the package
log = logging.getLogger(__name__)
READING = ("GET", "HEAD")


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Door:
    """Lets in whoever has the token, and adds the headers that keep the page its own."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self._token = app, token
        # One name a token: a second server on another port must not put out the first one's cookie.
        self.cookie = f"annotator_{hashlib.sha256(token.encode()).hexdigest()[:12]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._answer(scope, Headers(scope=scope))
        try:
            await (answer or self.app)(scope, receive, guarded)
        except Exception:  # it was answered all the same; raised further, it would cost the connection
            log.exception("%s %s", scope["method"], scope["path"])

    def _answer(self, scope: Scope, headers: Headers) -> Any:
        """What is answered at the door; None for who may pass."""
        if scope["path"].startswith(OPEN):
            return None
        if scope["method"] in READING and scope["path"] == "/" and (token := _token_of(scope)) is not None:
            return self._welcome(token)
        if not self._is(cookie_parser(headers.get("cookie", "")).get(self.cookie, "")):
            return told(
                403,
                "Open the printed address",
                "This page belongs to whoever started it. Open the address that “annotator serve” printed when it "
                "was started, with its token; after a new start it is a new one.",
            )
        if scope["method"] not in READING and not is_own(headers):
            return told(403, "Not sent from this page", "The request came from another site, and nothing was changed.")
        if scope["method"] in READING and not is_looked_at(headers):
            return told(403, "Not asked by this page", "Another site asked for this, and gets nothing.")
        return None

    def _welcome(self, token: str) -> Any:
        if not self._is(token):
            return told(
                403,
                "This address is of another start",
                "The token in the address is not the one of this server. Open the address that it printed last.",
            )
        # Not by a redirect: behind a link of another site a browser would leave the cookie out.
        answer = shown("welcome.html.jinja")
        answer.set_cookie(self.cookie, self._token, httponly=True, samesite="strict")
        return answer

    def _is(self, token: str) -> bool:
        return secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode())


def _token_of(scope: Scope) -> str | None:
    return QueryParams(scope["query_string"]).get("token")


def is_own(headers: Headers) -> bool:
    """Whether a request that changes something was sent by a page of this address: browsers say so."""
    origin = headers.get("origin")
    if origin is not None:
        return _machine(origin) == headers.get("host", "").lower()
    return headers.get("sec-fetch-site") == "same-origin"


def is_looked_at(headers: Headers) -> bool:
    """Whether a page is opened as such, or asked for by a page of this address; not as a part of another site's."""
    site = headers.get("sec-fetch-site", "none")
    return site in ("same-origin", "none") or headers.get("sec-fetch-dest") == "document"


def _machine(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
