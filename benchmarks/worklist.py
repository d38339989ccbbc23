"""How long a worklist takes to list, to search, to write and to export, in seconds.

    python benchmarks/worklist.py [ARTICLES]

ARTICLES (1,000) are the examples of `exports/` over and over under ids of their own, about 20 claims each, in a file of
a temporary folder. Each time is the median of several calls, the slowest behind it. The size is that of the file.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle, Article
from annotator.worklist import Order, Queue, Worklist

RECORDS = Path(__file__).parent.parent / "exports" / "records.jsonl"
CALLS = 15


def many(count: int) -> Iterator[AnnotatedArticle]:
    """The example records under other ids."""
    records = list(load(RECORDS))
    for n in range(count):
        record = records[n % len(records)]
        article = Article.model_validate({**dict(record.article), "article_id": f"{record.article.article_id}-{n}"})
        yield record.model_copy(update={"article": article})


def timed(table: Table, what: str, call: Callable[[int], object], calls: int = CALLS) -> None:
    """A row of the table: what was called, the median and the slowest of some calls."""
    times = []
    for n in range(calls):
        started = time.perf_counter()
        call(n)
        times.append(time.perf_counter() - started)
    table.add_row(what, f"{median(times):.4f}", f"{max(times):.4f}")


def measure(worklist: Worklist, count: int, folder: Path) -> Table:
    table = Table("call", "median s", "slowest s", title=f"{count:,} articles, {worklist.claims().total:,} claims")
    last = worklist.claims().total - 50
    timed(table, "all articles", lambda _: worklist.articles(limit=count))
    timed(table, "50 articles by need", lambda _: worklist.articles())
    timed(table, "50 articles, a word searched for in their texts", lambda _: worklist.articles(search="harbour"))
    timed(table, "50 claims by need", lambda _: worklist.claims())
    timed(table, "the last 50 claims by need", lambda _: worklist.claims(offset=last))
    timed(
        table,
        "50 anonymous claims by confidence",
        lambda _: worklist.claims(queue=Queue.ANONYMOUS, order=Order.CONFIDENCE),
    )
    timed(table, "50 claims, a word searched for", lambda _: worklist.claims(search="minister"))
    row = worklist.articles(limit=1).rows[0]
    timed(table, "an article with its history", lambda _: worklist.entry(row.article_id))

    def verdict(n: int) -> None:
        change = {"change": "set_verdict", "claim_id": "c01", "rating": "mixed", "note": f"Seen {n} times"}
        worklist.correct(row.article_id, change, "Ada", row.version + n)

    timed(table, "a verdict written", verdict)
    timed(table, "a change undone", lambda n: worklist.undo(row.article_id, "Ada", row.version + CALLS + n))
    timed(table, "export of all, as tables", lambda _: worklist.export(folder), calls=1)
    return table


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.worklist"
        with Worklist(path) as worklist:
            started = time.perf_counter()
            worklist.add_all(many(count), by="Ada")
            console = Console()
            console.print(f"added in {time.perf_counter() - started:.1f} s")
            console.print(measure(worklist, count, Path(folder) / "out"))
        Console().print(f"{path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
