"""The gate: what waits is unread, and what is too much is turned away."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from annotator.formats.label_studio import config
from annotator.pipeline import default
from annotator.serve import create_app
from annotator.serve.gate import OPEN_REQUESTS
from tests.serve.asking import NEWS, ask, tasks


def test_what_waits_is_not_read(app: FastAPI) -> None:
    """Memory is bounded because a request that waits has its body unread."""
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
            "POST", "http://backend/predict", content=body(), headers={"content-type": "application/json"}
        )

    async def send() -> list[httpx.Response]:
        release = asyncio.Event()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            sent = [asyncio.ensure_future(client.send(request(release))) for _ in range(10)]
            while reading < OPEN_REQUESTS:
                await asyncio.sleep(0)
            for _ in range(100):
                await asyncio.sleep(0)
            release.set()
            return await asyncio.gather(*sent)

    answers = asyncio.run(send())
    assert [answer.json() for answer in answers] == [{"results": [], "errors": []}] * 10
    assert most == OPEN_REQUESTS


def test_setup_and_health_do_not_wait_for_predictions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Label Studio gives them three seconds and one; a prediction may take a minute."""
    monkeypatch.setattr("annotator.serve.gate.OPEN_REQUESTS", 0)
    app = create_app(default())
    assert ask(app, {"schema": config()}, path="/setup").status_code == 200
    assert ask(app, {"action": "ANNOTATION_CREATED"}, path="/webhook").status_code == 200


def test_more_than_may_wait_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.serve.gate.MAX_WAITING", 2)
    answers = ask(create_app(default()), *[tasks(NEWS)] * 6)
    turned_away = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert "Try again later" in turned_away[0].json()["detail"]


@pytest.mark.parametrize("path", ["/predict", "/setup"])
@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused_with_the_limit(path: str, announced: bool) -> None:
    app = create_app(default(), max_megabytes=0.01)

    async def parts() -> Any:
        for _ in range(20):
            yield b" " * 1000

    body: Any = b" " * 20_000 if announced else parts()
    request = httpx.Request("POST", f"http://backend{path}", content=body)
    answer = ask(app, request)
    assert answer.status_code == 413
    assert "larger than 0.01 MB" in answer.json()["detail"]
    assert "--max-mb" in answer.json()["detail"]
