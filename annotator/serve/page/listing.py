"""The worklist: claims that need a person over all articles, the articles, and the way out."""

import shutil
import tempfile
from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from annotator.labels import ArticleStatus
from annotator.serve.page.desk import Desk
from annotator.serve.page.people import who_of
from annotator.serve.page.showing import shown
from annotator.worklist import Order, Queue

ROWS = {50: "50 on a page", 200: "200 on a page", 1000: "1,000 on a page"}
LONGEST = 200  # characters of a search
QUEUES = {
    Queue.NEEDS_REVIEW: "claims that the machine doubts",
    Queue.OPEN: "claims not decided yet",
    Queue.CHECKWORTHY: "claims worth checking",
    Queue.ANONYMOUS: "claims of anonymous sources",
    Queue.CHAIN: "claims that others passed on",
    Queue.PREDICTIONS: "predictions",
    Queue.WITH_VERDICT: "claims with a verdict",
    Queue.WITHOUT_VERDICT: "claims without a verdict",
    Queue.REJECTED: "dropped claims",
    Queue.ALL: "all claims",
}
ORDERS = {
    Order.NEED: "what needs you most",
    Order.CHECKWORTHY: "most worth checking",
    Order.CONFIDENCE: "least sure",
    Order.CHANGED: "changed last",
    Order.TEXT: "as in the articles",
}
STATES = {
    "": "all articles",
    "open": "articles not complete",
    **{state.value: state.meaning for state in ArticleStatus},
}


def routes(desk: Desk) -> list[Route]:
    """The list and the export."""

    async def worklist(request: Request) -> Response:
        return await desk.ask(_listed, desk, request)

    async def export(request: Request) -> Response:
        data = await desk.ask(_exported, desk)
        headers = {"content-disposition": 'attachment; filename="annotated.zip"'}
        return Response(data, media_type="application/zip", headers=headers)

    return [Route("/worklist", worklist), Route("/export.zip", export)]


def _listed(desk: Desk, request: Request) -> Response:
    asked = request.query_params
    by_article = asked.get("show") == "articles"
    search = " ".join(asked.get("q", "").split())[:LONGEST]
    order = _one_of(ORDERS, asked.get("order"), Order.NEED)
    rows = _one_of(ROWS, asked.get("rows"), 50)
    queue = _one_of(QUEUES, asked.get("queue"), Queue.OPEN)
    status = _one_of(STATES, asked.get("status"), "")
    listed = desk.worklist.articles if by_article else desk.worklist.claims
    choice = {"search": search, "order": order, **({"status": status} if by_article else {"queue": queue})}
    number = _number(asked.get("page"))
    found = listed(**choice, offset=(number - 1) * rows, limit=rows)
    pages = max(1, -(-found.total // rows))
    if number > pages:  # a page that is not there any more
        number = pages
        found = listed(**choice, offset=(number - 1) * rows, limit=rows)
    kept = {"show": "articles" if by_article else "", "q": search, "order": order, "rows": str(rows)}
    kept |= {"status": status} if by_article else {"queue": queue}
    sieve = ("status", "Which articles", STATES, status) if by_article else ("queue", "Which claims", QUEUES, queue)
    return shown(
        "worklist.html.jinja",
        here="worklist",
        who=who_of(request),
        show=kept["show"],
        q=search,
        sieves=[
            _sieve(*sieve),
            _sieve("order", "In which order", ORDERS, order),
            _sieve("rows", "How many", ROWS, rows),
        ],
        sieved=bool(search) or (status != "" if by_article else queue is not Queue.ALL),
        rows=found.rows,
        total=found.total,
        first=found.offset + 1,
        page=number,
        pages=pages,
        counts=_counts(desk),
        here_with=partial(_address, kept),
    )


def _counts(desk: Desk) -> dict[str, int]:
    """What stands above the list; each figure is a look through the whole worklist, so they are few."""
    queues = {"open": Queue.OPEN, "doubted": Queue.NEEDS_REVIEW}
    counted = {name: desk.worklist.claims(queue=queue, limit=0).total for name, queue in queues.items()}
    return {"articles": desk.worklist.articles(limit=0).total, **counted}


def _exported(desk: Desk) -> bytes:
    """All results as a zip archive, whose names are ours."""
    formats = ["jsonl", *(["xlsx"] if find_spec("xlsxwriter") else []), "html"]
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        results = Path(folder) / "annotated"
        desk.worklist.export(results, formats)
        return Path(shutil.make_archive(str(results), "zip", folder, results.name)).read_bytes()


def _sieve(name: str, label: str, choices: Mapping[Any, str], chosen: object) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "choices": [(str(v), words) for v, words in choices.items()],
        "chosen": chosen,
    }


def _address(kept: Mapping[str, str], **asked: object) -> str:
    said = {name: str(value) for name, value in {**kept, **asked}.items() if value}
    return f"/worklist?{urlencode(said)}"


def _one_of(choices: Mapping[Any, str], asked: str | None, otherwise: Any) -> Any:
    return next((choice for choice in choices if asked is not None and str(choice) == asked), otherwise)


def _number(asked: str | None) -> int:
    value = asked or ""
    return max(int(value), 1) if value.isascii() and value.isdecimal() and len(value) < 10 else 1
