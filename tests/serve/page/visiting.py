"""A browser without scripts: it keeps cookies, says where its forms come from, and follows where it is sent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from annotator.reading import outcomes_of
from annotator.serve import Desk, create_app, create_page
from annotator.serve.intake import Entry
from tests.serve.asking import Here

TOKEN = "a-token-that-only-the-user-knows"
ORIGIN = "http://localhost"


class Reads(Here):
    """What reads and annotates in this process."""

    async def read(self, entry: Entry) -> list[Any]:
        if entry.address is not None:
            raise AssertionError("no test of this folder fetches anything")
        with entry.as_file() as path:
            return list(outcomes_of(path, entry.name, where=entry.what, given=entry.given))


@contextmanager
def page(folder: Path, **options: Any) -> Iterator["Visitor"]:
    """The page over a worklist in a folder, and somebody who opened its address."""
    with Desk(folder / "worklist.sqlite", **options) as desk:
        annotator = Reads()
        app = create_app(annotator, page=create_page(desk, annotator, TOKEN))
        with TestClient(app, base_url=ORIGIN, follow_redirects=True) as client:
            visitor = Visitor(client)
            visitor.client.get("/", params={"token": TOKEN})
            yield visitor


class Visitor:
    """Somebody at the page."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        return self.client.post(path, data=data or {}, headers={"origin": ORIGIN}, **options)

    def put_in(self, text: str = "", **fields: Any) -> Any:
        """Put a text or files in, and wait until they are annotated; the page where this leads."""
        files = fields.pop("files", None)
        answer = self.post("/annotate", {"text": text, "who": "Ana", **fields}, files=files)
        until = time.monotonic() + 60
        while "data-job=" in answer.text:
            assert time.monotonic() < until, "it is not done after a minute"
            time.sleep(0.02)
            answer = self.get(answer.url.path)
        return answer


class _Forms(HTMLParser):
    """The forms of a page: where they go, and what they hold before anybody changes anything."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        present = {name for name, _ in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        if not self.forms:
            return
        values = self.forms[-1][1]
        if tag == "input" and "name" in given and (given.get("type") != "checkbox" or "checked" in present):
            values[given["name"]] = given.get("value", "")
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and ("selected" in present or self._select not in values):
            values[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = given["name"]
            values[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][1][self._area] += data


def form_of(answer: Any, action: str) -> dict[str, str]:
    """What the form that goes to this address holds."""
    reader = _Forms()
    reader.feed(answer.text)
    [values] = [values for place, values in reader.forms if place == action]
    return values
