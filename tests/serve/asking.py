"""Requests as Label Studio sends them, and news to ask about."""

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI

from annotator.formats.label_studio import config

NEWS = "The bridge is safe, the mayor of Elsund said on Monday. It was closed for a week in March."


KEY = "open-sesame"


def ask(app: FastAPI, *requests: httpx.Request | dict[str, Any], path: str = "/predict", **options: Any) -> Any:
    """Answers to the requests, all sent at once; each is the JSON for `path` or a request of its own."""

    async def send() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://backend") as client:
            built = [
                r if isinstance(r, httpx.Request) else client.build_request("POST", path, json=r, **options)
                for r in requests
            ]
            return await asyncio.gather(*map(client.send, built))

    answers = asyncio.run(send())
    return answers if len(requests) > 1 else answers[0]


def tasks(*texts: str, **fields: Any) -> dict[str, Any]:
    """What Label Studio sends to /predict."""
    rows = [{"id": n, "data": {"text": text, **fields}, "project": 1} for n, text in enumerate(texts, 1)]
    return {"tasks": rows, "project": "1.1700000000", "label_config": config(), "params": {"context": None}}
