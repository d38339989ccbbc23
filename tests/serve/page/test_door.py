"""The door: who has the token sees the page, and what other sites send changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from annotator.errors import WorklistError
from annotator.serve import Desk, create_app, create_page
from tests.serve.asking import KEY, NEWS, tasks
from tests.serve.page.visiting import ORIGIN, TOKEN, Reads, Visitor, page

PAGES = ["/", "/worklist", "/help", "/who", "/articles/x", "/jobs/x", "/jobs/x/progress", "/export.zip"]


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with page(tmp_path) as somebody:
        yield somebody


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_shown_without_the_token(visitor: Visitor, path: str) -> None:
    visitor.client.cookies.clear()
    answer = visitor.get(path)
    assert answer.status_code == 403
    assert "address that “annotator serve” printed" in answer.text


def test_another_token_opens_nothing(visitor: Visitor) -> None:
    visitor.client.cookies.clear()
    assert visitor.get("/", params={"token": "another"}).status_code == 403
    assert visitor.get("/", params={"token": "\ud800".encode("utf-8", "replace").decode()}).status_code == 403
    assert visitor.get("/").status_code == 403


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_has(visitor: Visitor) -> None:
    visitor.client.cookies.clear()
    answer = visitor.get("/", params={"token": TOKEN})
    assert answer.status_code == 200
    flags = answer.headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=strict" in flags
    assert TOKEN not in answer.text  # and the page leads on to one without it in the address
    assert 'http-equiv="refresh" content="0; url=/"' in answer.text
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:8080"},  # another program of this machine: its cookies are ours, too
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    ],
)
@pytest.mark.parametrize("path", ["/annotate", "/who", "/articles/x/undo", "/articles/x/claims/c/accept"])
def test_what_another_site_sends_is_refused(visitor: Visitor, path: str, headers: dict[str, str]) -> None:
    answer = visitor.client.post(path, data={"text": NEWS, "who": "Eve"}, headers=headers)
    assert answer.status_code == 403
    assert "Not sent from this page" in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_takes_a_part_of_the_page(visitor: Visitor, site: str) -> None:
    taken = visitor.get("/worklist", headers={"sec-fetch-site": site, "sec-fetch-dest": "script"})
    assert taken.status_code == 403
    followed = visitor.get("/worklist", headers={"sec-fetch-site": site, "sec-fetch-dest": "document"})
    assert followed.status_code == 200  # a link somewhere


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_a_name_that_is_not_ours_gets_nothing(visitor: Visitor, host: str) -> None:
    answer = visitor.get("/", headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("path", [*PAGES, "/static/page.js", "/nothing"])
def test_every_answer_keeps_the_page_its_own(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/door.py", "start.html.jinja", "/etc/passwd", "x"])
def test_no_file_is_read_by_a_name_of_the_request(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_name_that_was_given_leads_to_no_other_site(visitor: Visitor, back: str) -> None:
    answer = visitor.client.post(
        "/who", data={"who": "Ana", "back": back}, headers={"origin": ORIGIN}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"


def test_the_backend_keeps_its_own_key_and_the_page_its_token(tmp_path: Path) -> None:
    with Desk(tmp_path / "worklist.sqlite") as desk:
        annotator = Reads()
        app = create_app(annotator, api_key=KEY, page=create_page(desk, annotator, TOKEN))
        with TestClient(app, base_url=ORIGIN) as client:
            assert client.get("/health").status_code == 200
            assert client.post("/predict", json=tasks(NEWS)).status_code == 401
            assert client.post("/predict", json=tasks(NEWS), auth=("", KEY)).json()["results"][0]["result"]
            assert client.get("/", auth=("", KEY)).status_code == 403
            client.get("/", params={"token": TOKEN})
            assert client.get("/").status_code == 200
            assert client.post("/predict", json=tasks(NEWS)).status_code == 401


def test_two_servers_of_one_machine_do_not_put_out_each_others_cookie(tmp_path: Path) -> None:
    names = set()
    for number in range(2):
        with Desk(tmp_path / f"{number}.sqlite") as desk:
            names.add(create_page(desk, Reads(), f"token-{number}").cookie)
    assert len(names) == 2


def test_the_worklist_is_nobody_elses_to_read(visitor: Visitor, tmp_path: Path) -> None:
    visitor.put_in(NEWS)
    files = list(tmp_path.glob("worklist.sqlite*"))
    assert files
    assert [file.name for file in files if file.stat().st_mode & 0o077] == []


def test_a_worklist_that_cannot_be_had_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(WorklistError, match="--worklist"):
        Desk(tmp_path / "file" / "worklist.sqlite")
    with pytest.raises(WorklistError):
        Desk(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "no folder"


def test_what_is_too_large_is_refused_before_it_is_read(visitor: Visitor) -> None:
    answer = visitor.post("/annotate", {"who": "Ana"}, files={"file": ("a.txt", b"x" * 16_100_000)})
    assert answer.status_code == 413
