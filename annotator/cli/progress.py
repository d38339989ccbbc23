"""How a run gets on, for a person: a bar with articles, words, rate and time left, and the figures at the end."""

import time
from threading import Lock
from typing import Any

from annotator.corpus import Summary, Watcher
from annotator.records import UNKNOWN_PUBLISHER

LINE_EVERY = 60.0  # seconds, where there is no terminal to draw a bar on


class Progress(Watcher):
    """Draws on stderr: a bar on a terminal, now and then a line elsewhere; a context manager."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._lock = Lock()
        self._bar: Any = None
        self._task: Any = None
        self._what, self._of, self._articles, self._words = "", "", 0, 0
        self._begun = self._said = time.monotonic()

    def __enter__(self) -> "Progress":
        if self._console.is_terminal:
            self._bar = _bar(self._console)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def say(self, message: str) -> None:
        self._console.print(message, markup=False, soft_wrap=True)

    def begin(self, what: str, articles: int | None, words: int | None) -> None:
        self._start_stage(what, articles)
        if self._bar is not None:
            if self._task is not None:
                self._bar.remove_task(self._task)
            # Time left goes by words, for articles differ a hundredfold; reading does not know how many there are.
            self._task = self._bar.add_task(what, total=words, articles="", rate="")
        elif articles is not None:
            self.say(f"{what}: {articles:,} articles, {words or 0:,} words")

    def advance(self, articles: int, words: int) -> None:
        with self._lock:
            self._articles += articles
            self._words += words
            now = time.monotonic()
            seconds = max(now - self._begun, 1e-9)
            if self._bar is not None:
                rate = f"{self._words / seconds:,.0f} words/s" if self._words else f"{self._articles / seconds:,.0f}/s"
                self._bar.update(self._task, advance=words, articles=f"{self._articles:,}{self._of}", rate=rate)
            elif now - self._said > LINE_EVERY:
                self._said = now
                self.say(f"{self._what}: {self._articles:,}{self._of}, {self._words / seconds:,.0f} words a second")

    def _start_stage(self, what: str, articles: int | None) -> None:
        self._what, self._articles, self._words = what, 0, 0
        self._of = "" if articles is None else f" of {articles:,} articles"
        self._begun = self._said = time.monotonic()


def _bar(console: Any) -> Any:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[articles]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console,
    )


def sentence(summary: Summary) -> str:
    """What a run came to, in a line.

    >>> sentence(Summary(articles=2, words=900, claims=50, attributed=30, anonymous=3, sources=20))
    '2 articles, 900 words: 50 claims, 30 of them attributed, 10% of these to anonymous sources; 20 sources'
    """
    share = summary.anonymous_share
    parts = [
        f"{many(summary.articles, 'article')}, {many(summary.words, 'word')}: {many(summary.claims, 'claim')}",
        f"{summary.attributed:,} of them attributed",
        *([f"{share:.0%} of these to anonymous sources"] if share is not None else []),
    ]
    text = f"{', '.join(parts)}; {many(summary.sources, 'source')}"
    if summary.skipped:
        text += f"; {summary.skipped:,} left out (skipped.jsonl)"
    if summary.warnings:
        text += f"; {summary.warnings:,} to look at (warnings.jsonl)"
    return text + (f"; {summary.failures:,} failed (failures.jsonl)" if summary.failures else "")


def outlets_missing(without: int, articles: int) -> str | None:
    """What to say where most of several articles have no outlet, so that it was forgotten; None where it was not."""
    if articles < 2 or 2 * without <= articles:
        return None
    return (
        f"warning: {without:,} of {articles:,} articles have no outlet: their chains end in {UNKNOWN_PUBLISHER!r}. "
        "Give --publisher, --publisher-from folder, or the field publisher in each row of JSON lines or CSV"
    )


def many(number: int, one: str, more: str | None = None) -> str:
    """A number with what it counts.

    >>> many(1, "story", "stories"), many(2000, "claim")
    ('1 story', '2,000 claims')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"
