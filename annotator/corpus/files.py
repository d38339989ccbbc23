"""One file is read, in a worker's process: what it holds goes to the side that asks in batches, or one by one.

The side that asks never looks into a file itself, for a damaged one can end the process that does.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.corpus.settings import Limits
from annotator.errors import AnnotatorError, RunError
from annotator.reading import Failure, Fields, Passed, Warned, outcomes_of
from annotator.records import Article

TOGETHER = 64  # outcomes of a batch at most
CHARACTERS_TOGETHER = 1_000_000
LONGEST_ERROR = 2_000  # characters; a table with a million columns names them all

Read = Article | Failure | Passed | Warned


@dataclass(frozen=True)
class File:
    """A file to read, and how far earlier processes got with it before they ended.

    `after` outcomes are known already. `given_up` says why the page of an outcome cannot be read, by the outcome's
    number from 0. `singly` has each outcome sent alone, so that it is known at which one a process ends.
    """

    path: str
    name: str
    where: str
    fields: Fields
    given: Mapping[str, str]
    limits: Limits
    after: int = 0
    given_up: Mapping[int, str] = field(default_factory=dict)
    singly: bool = False


@dataclass(frozen=True)
class AtPage:
    """Said before a web page is read: if the process ends now, it is the page's doing and not the file's."""

    where: str


def read_file(file: File, send: Callable[[Any], None], outcomes: Callable[..., Iterator[Read]] = outcomes_of) -> None:
    """Send lists of outcomes, and an `AtPage` before each page, until the file is read or cannot be read further."""
    sender = _Sender(file, send)
    try:
        for outcome in outcomes(
            Path(file.path), file.name, where=file.where, fields=file.fields, given=file.given, page=sender.page
        ):
            sender.add(_bounded(outcome, file))
    except MemoryError:
        sender.add(Failure(file.where, _too_much_memory(file.limits)))
    except Exception as error:  # the readers raise what they know; whatever else happens is the file's doing too
        sender.add(_bounded(Failure(file.where, f"cannot be read ({type(error).__name__}: {error})"), file))
    sender.flush()


class _Sender:
    """Counts the outcomes of a file and sends those that are not known yet."""

    def __init__(self, file: File, send: Callable[[Any], None]) -> None:
        self._file, self._send = file, send
        self._count = 0
        self._batch: list[Read] = []
        self._characters = 0

    def add(self, outcome: Read) -> None:
        self._count += 1
        if self._count > self._file.after:
            self._batch.append(outcome)
            self._characters += len(outcome.text) if isinstance(outcome, Article) else 0
        full = len(self._batch) >= TOGETHER or self._characters >= CHARACTERS_TOGETHER
        # An empty batch, now and then, says that the process is still on its way to what is not known yet.
        if self._file.singly or full or self._count % TOGETHER == 0:
            self.flush()

    def flush(self) -> None:
        self._send(self._batch)
        self._batch, self._characters = [], 0

    def page(self, html: str, *, article_id: str, url: str | None, where: str) -> Article:
        """The article of a page, as `article_from_html` has it; a known one is not read again."""
        if self._count < self._file.after:
            return Article(article_id=article_id, text="known")
        if why := self._file.given_up.get(self._count):
            raise RunError(f"{where}: {why} while the page was read. Save the article as a .txt file")
        self.flush()
        from annotator.reading.page import article_from_html  # takes a second, which is not the page's

        self._send(AtPage(where))
        try:
            return article_from_html(html, article_id=article_id, url=url, where=where)
        except AnnotatorError:
            raise
        except MemoryError as error:
            raise RunError(f"{where}: {_too_much_memory(self._file.limits)}") from error
        except Exception as error:
            raise RunError(f"{where}: the page cannot be read ({type(error).__name__}: {error})") from error


def _too_much_memory(limits: Limits) -> str:
    return f"reading it takes more than {limits.megabytes:,} MB of memory. --memory allows more"


def _bounded(outcome: Read, file: File) -> Read:
    """The outcome, or a failure where it is larger than an article may be."""
    if isinstance(outcome, Failure):
        return Failure(outcome.where, outcome.error[:LONGEST_ERROR])
    if isinstance(outcome, Passed | Warned):
        return outcome
    most = file.limits.characters
    for what, size in (("", len(outcome.text)), (" beside the text", _size_beside_text(outcome))):
        if size > most:
            why = f"{size:,} characters{what}, more than {most:,}. --max-characters allows more"
            return Failure(f"{file.where}, article {outcome.article_id[:LONGEST_ERROR]!r}", why)
    return outcome


def _size_beside_text(article: Article) -> int:
    return len(article.model_dump_json(exclude={"text", "text_sha256"}))
