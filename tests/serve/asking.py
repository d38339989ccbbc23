"""Requests as Label Studio sends them, and news to ask about."""

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI

from annotator.errors import InputError
from annotator.formats.label_studio import config
from annotator.pipeline import default
from annotator.records import AnnotatedArticle, Article

NEWS = "The bridge is safe, the mayor of Elsund said on Monday. It was closed for a week in March."


KEY = "open-sesame"


class Here:
    """What annotates in this process, without workers; `held` counts articles at the same time."""

    def __init__(self, places: int = 1) -> None:
        self.places, self.tool = places, default().tool
        self.held = self.most = 0

    async def annotate(self, article: Article) -> AnnotatedArticle:
        """The record; a text that begins with "Broken" has none."""
        self.held += 1
        self.most = max(self.most, self.held)
        try:
            if article.text.startswith("Broken"):
                raise InputError("cannot be annotated (KeyError: 'lost')")
            return await asyncio.to_thread(default().annotate, article)
        finally:
            self.held -= 1


def ask(app: FastAPI, *requests: httpx.Request | dict[str, Any], path: str = "/predict", **options: Any) -> Any:
    """Answers to the requests, all sent at once; each is the JSON for `path` or a request of its own."""

    async def send() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
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
