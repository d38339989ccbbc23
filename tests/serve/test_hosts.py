"""Hosts: a name that somebody else has point here is not answered to."""

import httpx
import pytest

from annotator.serve import create_app
from annotator.serve.hosts import is_known
from tests.serve.asking import KEY, Here, ask


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:9090", "127.0.0.1:9090", "192.0.2.7", "[::1]:9090", "[::1]", "News.Example.:80"],
)
def test_addresses_and_known_names_are_let_in(host: str) -> None:
    assert is_known(host, ["news.example"])


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:9", "[evil]", "a@localhost"],
)
def test_other_names_are_not(host: str) -> None:
    assert not is_known(host, ["news.example"])


@pytest.mark.parametrize("path", ["/health", "/predict", "/setup", "/webhook", "/openapi.json"])
def test_no_call_is_answered_for_a_foreign_host_even_with_the_key(path: str) -> None:
    app = create_app(Here(), api_key=KEY, hosts=["news.example"])
    headers = {"authorization": f"Bearer {KEY}"}
    answer = ask(app, httpx.Request("POST", f"http://evil.example{path}", headers=headers))
    assert answer.status_code == 421
    assert "'evil.example'. Serve with --allowed-host" in answer.json()["detail"]
    assert ask(app, httpx.Request("GET", "http://news.example/health")).status_code == 200
