"""The connection to a server: a key goes where its owner sends it, and nowhere else."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from annotator.errors import StudioError
from annotator.review.project import Studio, connect, need_project

KEY = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def server(status: int, body: bytes = b"{}", **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that answers everything alike, with its address and what it was sent: headers and bodies."""
    received: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            received.append(str(self.headers) + self.rfile.read(length).decode())
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}", received
        running.shutdown()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_takes_the_key_nowhere(status: int) -> None:
    with server(200) as (other, received), server(status, Location=f"{other}/elsewhere") as (named, asked):
        with pytest.raises(StudioError, match=r"sends on to .*/elsewhere"):
            connect(named, KEY)
        assert any(KEY in words for words in asked)
        assert received == []


def test_an_answer_of_something_else_is_told_with_its_address() -> None:
    with server(404, b"<html>no such page</html>", **{"Content-Type": "text/html"}) as (named, _):
        with pytest.raises(StudioError, match="no Label Studio at this address") as told:
            connect(named, KEY)
        assert named in str(told.value)


def test_a_key_that_is_refused_is_told() -> None:
    body = json.dumps({"detail": "Invalid token."}).encode()
    with server(401, body, **{"Content-Type": "application/json"}) as (named, _), pytest.raises(StudioError) as told:
        connect(named, KEY)
    assert "the API key is not accepted" in str(told.value)


ODD = {
    "a-proxys-page": b"<html>Please log in</html>",
    "cut-short": b'{"id": 1, "em',
    "nothing": b"",
    "a-list": b"[1]",
    "null": b"null",
    "a-number": b"5",
    "no-text": b"\xff\xfe",
    "other-fields": b'{"id": "x", "email": 5}',
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_odd_answers_are_told_with_the_address(body: bytes) -> None:
    with server(200, body) as (named, _), pytest.raises(StudioError) as told:
        connect(named, KEY)
    assert str(told.value).startswith(named)
    assert "Label Studio does" in str(told.value)


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_odd_lists_of_projects_are_told_with_the_address(body: bytes) -> None:
    with server(200, b'{"id": 1, "email": "ana@example.com"}') as (named, _):
        studio = connect(named, KEY)
    with server(200, body) as (other, asked):
        studio.client._client_wrapper._base_url = other
        with pytest.raises(StudioError, match=other.partition("//")[2]):
            need_project(Studio(studio.client, other), "Ports")
        assert any(KEY in words for words in asked)


def test_a_server_without_tls_is_told() -> None:
    with server(200) as (named, _), pytest.raises(StudioError, match=r"^https://.*cannot be reached \(.*SSL"):
        connect(named.replace("http:", "https:"), KEY)


@pytest.mark.parametrize("key", ["kéy", "two\nlines", "\ud800", "a\0b"])
def test_a_key_that_is_none_is_told_and_not_sent(key: str) -> None:
    with server(200) as (named, asked), pytest.raises(StudioError, match="characters that no key has"):
        connect(named, key)
    assert asked == []


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(StudioError, match="no address of a server"):
        connect("http://\0", KEY)
