"""The key: nothing is answered without it."""

import base64

import httpx
import pytest
from typer.testing import CliRunner

from annotator.cli import app as command
from annotator.serve import create_app
from tests.serve.asking import KEY, NEWS, Here, ask, tasks


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": KEY},
        {"authorization": "Basic !!!"},
        {"authorization": "Basic b3Blbi1zZXNhbWU6"},  # the key as name, without a password
    ],
)
@pytest.mark.parametrize("path", ["/predict", "/setup", "/webhook", "/openapi.json"])
def test_without_the_key_nothing_is_answered(path: str, headers: dict[str, str]) -> None:
    app = create_app(Here(), api_key=KEY)
    method = "GET" if path == "/openapi.json" else "POST"
    answer = ask(app, httpx.Request(method, f"http://localhost{path}", headers=headers))
    assert answer.status_code == 401
    assert "The API key is missing or wrong" in answer.json()["detail"]


def test_with_the_key_everything_is_answered_and_health_without_it() -> None:
    app = create_app(Here(), api_key=KEY)
    for header in (f"Bearer {KEY}", f"Basic {base64.b64encode(f'anybody:{KEY}'.encode()).decode()}"):
        assert ask(app, tasks(NEWS), headers={"authorization": header}).json()["results"][0]["result"]
    assert ask(app, httpx.Request("GET", "http://localhost/health")).status_code == 200


@pytest.mark.parametrize("key", ["", " ", "k\n", "schlüssel"])
def test_a_key_that_no_header_can_hold_is_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.serve.serve", lambda *_: pytest.fail("it serves"))
    result = CliRunner().invoke(command, ["serve", "--port", "0"], env={"ANNOTATOR_API_KEY": key})
    assert result.exit_code == 2
    assert "API key must consist of ASCII" in result.stderr


@pytest.mark.parametrize("key", [KEY, "wrong"])
def test_the_key_stands_in_no_log(key: str, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Here(), api_key=KEY)
    with caplog.at_level("DEBUG"):
        ask(app, tasks(NEWS, ""), {"tasks": [{"id": 1}]}, {"tasks": 3}, headers={"authorization": f"Bearer {key}"})
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("annotator", "uvicorn"))]
    assert key == KEY or ours == []
    assert not [line for line in ours if KEY in line]


def test_keys_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr("secrets.compare_digest", lambda *pair: compared.append(pair))
    ask(create_app(Here(), api_key=KEY), tasks(NEWS), headers={"authorization": "Bearer wröng".encode()})
    assert [theirs for _, theirs in compared] == [KEY.encode()]
