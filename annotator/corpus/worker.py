"""A process that reads pages and annotates, so that an article that crashes, hangs or bloats it takes nothing along.

`Worker` is the end that asks, `python -m annotator.corpus.worker` the process that answers. It loads the
model once, at the first article. What comes back of an article depends on the article alone, but for spaCy, whose
numbers may differ in their last digits beside other texts; whoever wants the same bytes again asks about the same
groups.
"""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from annotator.errors import AnnotatorError, InputError, RecordError, RunError
from annotator.records import Article

ANNOTATOR_SETTING = "ANNOTATOR_RUN_ANNOTATOR"  # "module:function" that makes another annotator; for tests
SECONDS_TO_LOAD = 300.0  # the model is not the article's fault
TRIES = 2  # a process that the system ended for want of memory was perhaps not ended by the article it was at


@dataclass(frozen=True)
class Limits:
    """What one article may take: characters, seconds, and megabytes of memory beyond those of the loaded model."""

    characters: int = 1_000_000
    seconds: float = 300.0
    megabytes: int = 4096


@dataclass(frozen=True)
class Done:
    """An annotated article: rows of the tables, its record as a line of JSON where asked for, and what is counted."""

    claims: list[list[object]]
    sources: list[list[object]]
    record: str | None
    words: int
    attributed: int
    anonymous: int


@dataclass(frozen=True)
class Undone:
    """An article without a result, and why: it failed, or it was left out as asked."""

    kind: Literal["failed", "skipped"]
    why: str


Outcome = Done | Undone


@dataclass(frozen=True)
class Wish:
    """How articles are to be annotated."""

    records: bool = False
    other_languages: str = "warn"
    threads: int = 1
    limits: Limits = Limits()


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
                [sys.executable, "-m", "annotator.corpus.worker", str(there.fileno())],
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


# --- the process ------------------------------------------------------------------------------------------------------


def serve(line: Connection) -> None:
    """Answer questions until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the side that asks
    wish, annotator = Wish(), None
    while True:
        try:
            what, about = line.recv()
        except (EOFError, OSError):
            return
        answer: Any
        try:
            if what == "load":
                wish, annotator, answer = about, _load(about), None
                gc.freeze()  # the model stays: no need to look through it for garbage after every few articles
                _limit_memory(about.limits.megabytes)
            elif what == "page":
                answer = _read_page(**about)
            elif what == "describe":
                answer = _described(annotator)
            else:
                answer = list(_outcomes(annotator, about, wish))
        except AnnotatorError as error:
            answer = error
        line.send(answer)


DECIDING = ("spacy", "onnxruntime", "tokenizers", "numpy", "pyarrow", "trafilatura", "py3langid")


def _described(annotator: Any) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    tool = annotator.tool.model_dump()
    extractor = getattr(annotator, "extractor", None)
    tool["model_sha256"] = _digest_of(extractor.folder) if extractor is not None else None
    return {"tool": tool, "packages": {name: installed(name) for name in DECIDING}}


def _digest_of(folder: Path) -> str:
    """One digest for the files of the model."""
    import hashlib

    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix != ".md":
            found.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _load(wish: Wish) -> Any:
    """The annotator; what turns records into rows is imported with it, outside the time that an article has."""
    from annotator.formats import jsonl, tables  # noqa: F401

    if named := os.environ.get(ANNOTATOR_SETTING):
        from importlib import import_module

        module, _, function = named.partition(":")
        return getattr(import_module(module), function)()
    from annotator.pipeline import Annotator

    return Annotator(threads=wish.threads)


def _limit_memory(megabytes: int) -> None:
    """Refuse this process so many megabytes beyond what it has now; no limit where the system does not tell."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    except (ImportError, OSError, ValueError):
        return


def _read_page(html: str, article_id: str, url: str | None, where: str) -> Article | str:
    from annotator.reading.page import article_from_html

    try:
        return article_from_html(html, article_id=article_id, url=url, where=where)
    except InputError as error:
        return str(error)


def _outcomes(annotator: Any, articles: list[Article], wish: Wish) -> Iterator[Outcome]:
    """Outcomes in the order of the articles; those in another language are left out before the others are grouped."""
    prepared = [_prepared(article, wish.other_languages) for article in articles]
    failed: dict[int, str] = {}

    def on_failure(article: Article, error: Exception) -> None:
        failed[id(article)] = f"cannot be annotated ({type(error).__name__}: {error})"

    taken = [article for article in prepared if isinstance(article, Article)]
    records = iter(list(annotator.annotate_many(taken, on_failure)))
    for article in prepared:
        if isinstance(article, Undone):
            yield article
        elif id(article) in failed:
            yield Undone("failed", failed[id(article)])
        else:
            try:
                yield _done(next(records), wish.records)
            except RecordError as error:
                yield Undone("failed", str(error))


def _prepared(article: Article, other_languages: str) -> Article | Undone:
    """The article with its language noted, or why it is left out."""
    from annotator.reading import language_of

    if other_languages == "ignore":
        return article
    language = article.language or language_of(article.text)
    if other_languages == "skip" and language is not None and not language.lower().startswith("en"):
        return Undone("skipped", f"the text looks like {language!r}")
    return article.model_copy(update={"language": language})


def _done(record: Any, with_record: bool) -> Done:
    from annotator.formats import jsonl, tables
    from annotator.labels import AttributionMode

    attributed = [claim for claim in record.claims if claim.attribution is not AttributionMode.UNATTRIBUTED]
    return Done(
        claims=tables.claim_cells(record),
        sources=tables.source_cells(record),
        record=next(jsonl.dump([record])) if with_record else None,
        words=len(record.article.text.split()),
        attributed=len(attributed),
        anonymous=sum(record.source_of(claim).anonymous for claim in attributed),
    )


if __name__ == "__main__":
    # Imported under its own name: what is sent must be of the classes that the other side knows.
    from annotator.corpus.worker import serve as serve_here

    serve_here(Connection(int(sys.argv[1])))
