"""The connection to a server: a key goes where its owner sends it, and nowhere else."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from annotator.errors import StudioError
from annotator.formats.label_studio import config
from annotator.review.project import Studio, check_configuration, connect, find_project, need_project

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


class Projects(list[SimpleNamespace]):
    """The projects of a server, as its client gives them."""

    def list(self) -> list[SimpleNamespace]:
        return self

    def get(self, number: int) -> SimpleNamespace:
        return next(project for project in self if project.id == number)


def studio_with(**projects: str) -> Studio:
    """A studio that has projects of these titles with these configurations, numbered from one."""
    made = Projects(
        SimpleNamespace(id=n, title=title, label_config=xml) for n, (title, xml) in enumerate(projects.items(), 1)
    )
    return Studio(SimpleNamespace(projects=made), "http://studio.example")


def test_a_title_that_nearly_is_one_is_asked_back_and_projects_that_fit_are_named() -> None:
    studio = studio_with(Harbour="<View/>", Elections=config())
    with pytest.raises(StudioError) as told_error:
        need_project(studio, "elections ", "--create makes a new one.")
    assert str(told_error.value) == (
        "http://studio.example: no project 'elections '. Did you mean 'Elections' (2)? "
        "Projects of the annotator are: 'Elections' (2). --create makes a new one."
    )


def test_a_title_like_none_is_not_guessed_at() -> None:
    with pytest.raises(StudioError, match=r"no project 'Ports'. None of its projects is the annotator's: 'Harbour'"):
        need_project(studio_with(Harbour="<View/>"), "Ports")
    with pytest.raises(StudioError, match=r"no project 'Ports'. The server has no projects yet"):
        need_project(studio_with(), "Ports")


def test_a_number_is_a_project_or_an_error_and_never_the_title_of_a_new_one() -> None:
    studio = studio_with(Harbour="<View/>", Elections=config())
    found = find_project(studio, "2")
    assert found is not None
    assert found.title == "Elections"
    with pytest.raises(StudioError, match=r"no project has the number 7. Projects of the annotator are: 'Elections'"):
        find_project(studio, "7")


def test_of_many_projects_ten_are_named() -> None:
    studio = studio_with(**{f"Set {n}": "<View/>" for n in range(25)})
    with pytest.raises(StudioError, match=r"'Set 9' \(10\) and 15 more"):
        need_project(studio, "Ports")


def test_another_configuration_is_told_with_what_it_lacks_and_where_the_drafts_would_fit() -> None:
    studio = studio_with(Harbour='<View><Labels name="span"><Label value="Claim"/></Labels></View>', Elections=config())
    with pytest.raises(StudioError) as told_error:
        check_configuration(studio, find_project(studio, "Harbour"))
    said = str(told_error.value)
    assert "project 'Harbour' (1) has another labelling configuration. It lacks " in said
    assert "the label Claim" not in said
    assert said.endswith("Projects of the annotator are: 'Elections' (2).")
    check_configuration(studio, find_project(studio, "Elections"))
