"""A page at an address: asked for once, only where the user wants it, and only from public machines."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from annotator.errors import InputError
from annotator.reading import address, read

PAGE = """<html><head><title>Bridge is safe</title></head><body><article><h1>Bridge is safe</h1>
<p>The old bridge over the river is safe and will open to lorries, Mayor Anna Moor said on Monday in the town hall.</p>
<p>“It was checked twice by engineers,” Moor told reporters after the council voted on the repairs.</p></article></body>
</html>"""


class Site(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        if self.path == "/old":
            self.send_response(302)
            self.send_header("Location", "/bridge")
            self.end_headers()
            return
        if self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
            return
        body = (PAGE if self.path != "/long" else PAGE * 50_000).encode()
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Type", "image/png" if self.path == "/p.png" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def as_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "public_address", lambda host, port: host)


def test_an_address_is_not_fetched_unless_asked(site: str) -> None:
    with pytest.raises(InputError, match="which is not fetched"):
        list(read(f"{site}/bridge"))
    assert Site.asked == []


def test_a_machine_of_the_own_network_is_not_asked(site: str) -> None:
    for host in (site, site.replace("127.0.0.1", "localhost"), "http://10.0.0.1/", "http://169.254.169.254/"):
        with pytest.raises(InputError, match="is no public address"):
            list(read(host, online=True))
    assert Site.asked == []


@pytest.mark.usefixtures("as_public")
def test_a_page_is_asked_for_once_behind_its_redirect(site: str) -> None:
    (article,) = read(f"{site}/old", online=True)
    assert (article.title, article.url) == ("Bridge is safe", f"{site}/bridge")
    assert Site.asked == ["/old", "/bridge"]


@pytest.mark.usefixtures("as_public")
@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/gone", "status 404"),
        ("/round", "more than 5 redirects"),
        ("/long", "more than 10 MB"),
        ("/p.png", "no page but image/png"),
    ],
)
def test_what_is_no_page_is_a_failure(site: str, path: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        list(read(site + path, online=True))


@pytest.mark.usefixtures("as_public")
def test_a_redirect_to_no_page_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    with pytest.raises(InputError, match="which is no address of a page"):
        address._request(httpx.URL("file:///etc/hostname"), "https://x.example")
