"""The end that asks a process of its own, so that an article that crashes, hangs or bloats it takes nothing along.

The process loads the model once, at the first article (`process.py`). What comes back of an article depends on the
article alone, but for spaCy, whose numbers may differ in their last digits beside other texts; whoever wants the same
bytes again asks about the same groups.
"""

import subprocess
import sys
from collections.abc import Sequence
from itertools import compress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from annotator.corpus.outcomes import Outcome, Undone
from annotator.corpus.settings import Wish
from annotator.errors import AnnotatorError, InputError, RunError
from annotator.records import Article

SECONDS_TO_LOAD = 300.0  # the model is not the article's fault
TRIES = 2  # a process that the system ended for want of memory was perhaps not ended by the article it was at


class _EndedError(Exception):
    """The process ended, or was ended because it took too long; the message says which."""


class _TookTooLongError(_EndedError):
    """It was ended because it took too long, as it would again."""


class Worker:
    """Asks a process of its own, which is started when there is something to do and again when it has ended.

    Use it as a context manager: leaving the block ends the process.
    """

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._has_model = False
        self._closed = False

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def annotate(self, articles: Sequence[Article]) -> list[Outcome]:
        """An outcome for each article, in their order.

        Raises `ModelError` where the model cannot be loaded, and `RunError` where no process can be started.
        """
        fit = [len(article.text) <= self.wish.limits.characters for article in articles]
        outcomes = iter(self._annotate(list(compress(articles, fit))))
        return [next(outcomes) if fits else self._too_long(a) for a, fits in zip(articles, fit, strict=True)]

    def describe(self) -> dict[str, Any]:
        """What annotates: tool, model with its digest, lexicon, and the packages whose versions decide the results."""
        return dict(self._ask("describe", None))

    def page(self, html: str, *, article_id: str, url: str | None, where: str) -> Article:
        """The article of a web page.

        Raises `InputError` where it holds none, and `RunError` where reading it ended or outlasted the process.
        """
        try:
            answer = self._ask("page", {"html": html, "article_id": article_id, "url": url, "where": where})
        except _EndedError as end:
            raise RunError(f"{where}: {end} while the page was read. Save the article as a .txt file") from end
        if isinstance(answer, Article):
            return answer
        raise InputError(str(answer))

    def close(self) -> None:
        """End the process for good, from another thread too: whoever waits for its answer gets a `RunError`."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the process, whatever it is doing; it is started again where there is something to do."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._line = None
        self._has_model = False

    def _annotate(self, articles: list[Article]) -> list[Outcome]:
        """The group together; where it ends the process each time, one by one, to find the article that does it."""
        if not articles:
            return []
        end = _EndedError()
        for _ in range(TRIES):
            try:
                return list(self._ask("annotate", articles))
            except _TookTooLongError as ended:
                end = ended
                break
            except _EndedError as ended:
                end = ended
        if len(articles) > 1:
            return [outcome for article in articles for outcome in self._annotate([article])]
        return [Undone("failed", f"cannot be annotated: {end}")]

    def _too_long(self, article: Article) -> Outcome:
        most = self.wish.limits.characters
        return Undone("failed", f"{len(article.text):,} characters, more than {most:,}. --max-characters allows more")

    def _ask(self, what: str, about: Any) -> Any:
        self._start()
        if what != "page" and not self._has_model:
            self._load()
        return self._answer(what, about, self.wish.limits.seconds)

    def _load(self) -> None:
        for attempt in range(TRIES):
            self._start()
            try:
                self._answer("load", self.wish, SECONDS_TO_LOAD)
                self._has_model = True
                return
            except _EndedError as end:
                if attempt + 1 == TRIES:
                    raise RunError(f"the model cannot be loaded: {end}. Use fewer --workers, or free memory") from end

    def _answer(self, what: str, about: Any, seconds: float) -> Any:
        assert self._line is not None, "the process was started"
        try:
            self._line.send((what, about))
            if not self._line.poll(seconds):
                self.stop()
                raise _TookTooLongError(f"it took longer than {seconds:g} seconds")
            answer = self._line.recv()
        except (EOFError, OSError) as error:
            raise _EndedError(self._how_it_ended()) from error
        if isinstance(answer, AnnotatorError):
            raise answer
        return answer

    def _start(self) -> None:
        if self._closed:
            raise RunError("the run was stopped")
        if self._process is not None and self._process.poll() is None:
            return
        self.stop()
        here, there = Pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "annotator.corpus.process", str(there.fileno())],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        except OSError as error:
            raise RunError(f"no process can be started: {error.strerror}. Use fewer --workers") from error
        there.close()
        self._line = here

    def _how_it_ended(self) -> str:
        process = self._process
        status = process.wait() if process is not None else None
        self.stop()
        return f"it ended the process (signal {-status})" if status and status < 0 else "it ended the process"
