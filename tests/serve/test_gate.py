"""The gate: what waits is unread, and what is too much is turned away."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from annotator.formats.label_studio import config
from annotator.serve import create_app
from tests.serve.asking import NEWS, Here, ask, tasks


@pytest.mark.parametrize("places", [1, 3])
def test_what_waits_is_not_read(places: int) -> None:
    """Memory is bounded because a request that waits has its body unread."""
    app, open_requests = create_app(Here(places)), places + 1
    reading, most = 0, 0

    def request(release: asyncio.Event) -> httpx.Request:
        async def body() -> Any:
            nonlocal reading, most
            reading += 1
            most = max(most, reading)
            yield b'{"tasks":'
            await release.wait()
            yield b"[]}"
            reading -= 1

        return httpx.Request(
            "POST", "http://localhost/predict", content=body(), headers={"content-type": "application/json"}
        )

    async def send() -> list[httpx.Response]:
        release = asyncio.Event()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            sent = [asyncio.ensure_future(client.send(request(release))) for _ in range(10)]
            while reading < open_requests:
                await asyncio.sleep(0)
            for _ in range(100):
                await asyncio.sleep(0)
            release.set()
            return await asyncio.gather(*sent)

    answers = asyncio.run(send())
    assert [answer.json() for answer in answers] == [{"results": [], "errors": []}] * 10
    assert most == open_requests


def test_setup_and_health_do_not_wait_for_predictions() -> None:
    """Label Studio gives them three seconds and one; a prediction may take a minute."""
    app = create_app(Here(places=-1))  # no room for any
    assert ask(app, {"schema": config()}, path="/setup").status_code == 200
    assert ask(app, {"action": "ANNOTATION_CREATED"}, path="/webhook").status_code == 200


def test_more_than_may_wait_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.serve.gate.MAX_WAITING", 2)
    answers = ask(create_app(Here()), *[tasks(NEWS)] * 6)
    turned_away = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert "Try again later" in turned_away[0].json()["detail"]


@pytest.mark.parametrize("path", ["/predict", "/setup"])
@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused_with_the_limit(path: str, announced: bool) -> None:
    app = create_app(Here(), max_megabytes=0.01)

    async def parts() -> Any:
        for _ in range(20):
            yield b" " * 1000

    body: Any = b" " * 20_000 if announced else parts()
    request = httpx.Request("POST", f"http://localhost{path}", content=body)
    answer = ask(app, request)
    assert answer.status_code == 413
    assert "larger than 0.01 MB" in answer.json()["detail"]
    assert "--max-mb" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/predict", "/setup"])
@pytest.mark.parametrize("limit", ["PAUSE_SECONDS", "BODY_SECONDS"])
def test_a_body_that_does_not_arrive_is_not_waited_for(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, path: str, limit: str
) -> None:
    monkeypatch.setattr(f"annotator.serve.gate.{limit}", 0.01)

    async def body() -> Any:
        yield b'{"tasks":'
        await asyncio.Event().wait()

    answer = ask(app, httpx.Request("POST", f"http://localhost{path}", content=body()))
    assert answer.status_code == 408
    assert "to arrive" in answer.json()["detail"]


def test_a_notice_that_does_not_arrive_is_not_waited_for(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.serve.gate.BODY_SECONDS", 0.01)

    async def body() -> Any:
        await asyncio.Event().wait()
        yield b""

    assert ask(app, httpx.Request("POST", "http://localhost/webhook", content=body())).status_code == 408


@pytest.mark.parametrize("size", ["٣", "-1", "1e3", "", "0" * 5000])
def test_a_size_that_is_no_number_is_no_error(app: FastAPI, size: str) -> None:
    request = httpx.Request(
        "POST", "http://localhost/predict", content=b'{"tasks":[]}', headers={"content-type": "application/json"}
    )
    request.headers["content-length"] = size
    assert ask(app, request).json() == {"results": [], "errors": []}


def test_a_size_of_thousands_of_digits_is_too_large(app: FastAPI) -> None:
    request = httpx.Request("POST", "http://localhost/predict", content=b"{}", headers={"content-length": "9" * 5000})
    assert ask(app, request).status_code == 413
