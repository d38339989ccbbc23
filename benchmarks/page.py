"""How long the page's server needs to list, to search, to show an article and to save, in seconds.

    python -m benchmarks.page [ARTICLES]

ARTICLES (1,000) are the examples of `exports/` over and over under ids of their own, about 20 claims each, in a
worklist of a temporary folder. Each time is that of the whole application (gate, door, worklist, template) without a
network: the median of several calls, the slowest behind it, and the size of the answer.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import httpx
from rich.console import Console
from rich.table import Table

from annotator.records import AnnotatedArticle, Article, Tool
from annotator.serve import Desk, create_app, create_page
from benchmarks.worklist import many

CALLS = 15
TOKEN, ORIGIN = "benchmark", "http://127.0.0.1"
PAGES = {
    "50 claims that need a person": "/worklist",
    "50 claims, a word searched for": "/worklist?queue=all&q=minister",
    "the last 50 claims": "/worklist?queue=all&page=1000000",
    "50 articles": "/worklist?show=articles",
    "50 articles, a word searched for": "/worklist?show=articles&q=minister",
    "1,000 articles on one page": "/worklist?show=articles&rows=1000",
    "an article": "/articles/anonymous-politics-0",
    "an article, a form open": "/articles/anonymous-politics-0?edit=c03",
    "start": "/",
}


class Nobody:
    """Annotates nothing: the worklist is full."""

    places = 1
    tool = Tool(name="none", version="0", model="none", lexicon="none")

    async def annotate(self, article: Article) -> AnnotatedArticle:
        raise NotImplementedError

    async def read(self, entry: object) -> list[Article]:
        raise NotImplementedError


async def timed(table: Table, what: str, call: Callable[[], Awaitable[int]]) -> None:
    """A row of the table: what was asked for, the median and the slowest of some calls, and the kilobytes."""
    times, size = [], 0
    for _ in range(CALLS):
        started = time.perf_counter()
        size = await call()
        times.append(time.perf_counter() - started)
    table.add_row(what, f"{median(times):.3f}", f"{max(times):.3f}", f"{size / 1000:,.0f}")


async def measure(desk: Desk, count: int) -> Table:
    counted = desk.worklist.claims(limit=0).total
    table = Table("page", "median s", "slowest s", "kB", title=f"{count:,} articles, {counted:,} claims")
    nobody = Nobody()
    app = create_app(nobody, page=create_page(desk, nobody, TOKEN))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        await client.get("/", params={"token": TOKEN})
        client.cookies.set("annotator_who", "Ana")

        async def shown(path: str) -> int:
            answer = await client.get(path)
            assert answer.status_code == 200, path
            return len(answer.content)

        async def accepted() -> int:
            seen = desk.worklist.entry("anonymous-politics-0").version
            path = "/articles/anonymous-politics-0/claims/c03/" + ("accept" if seen % 2 else "drop")
            answer = await client.post(path, data={"seen": str(seen)}, headers={"origin": ORIGIN})
            assert answer.status_code == 303, answer.text
            return len(answer.content)

        for what, path in PAGES.items():
            await timed(table, what, lambda path=path: shown(path))  # type: ignore[misc]
        await timed(table, "a claim accepted or dropped", accepted)
    return table


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder) / "benchmark.sqlite") as desk:
        started = time.perf_counter()
        desk.worklist.add_all(many(count), "benchmark")
        print(f"{count:,} articles were added in {time.perf_counter() - started:.1f} s")
        Console(width=100).print(asyncio.run(measure(desk, count)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
