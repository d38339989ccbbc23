"""What comes of an input: articles, what could not be read and why, and what was passed over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.errors import AnnotatorError, InputError
from annotator.records import Article

UNFORESEEN = "cannot be read"


@dataclass(frozen=True)
class Failure:
    """What could not be read, and why: `Failure("articles.jsonl, line 7", "no text")`."""

    where: str
    error: str


@dataclass(frozen=True)
class Passed:
    """What a web archive holds that is no article, and why it was passed over: an index page, a page not found."""

    where: str
    reason: str


@dataclass(frozen=True)
class Warned:
    """What was read all the same and wants a look: an encoding that was guessed, a date that says two things."""

    where: str
    note: str


@dataclass(frozen=True)
class Unread:
    where: str
    error: AnnotatorError


Outcome = Article | Unread | Passed | Warned


def guarded(
    where: str, read_it: Callable[[], Iterator[Outcome]], notes: list[Warned] | None = None
) -> Iterator[Outcome]:
    """What a reader yields, before each outcome what was noted on the way; an error that ends it is the last one."""
    notes = [] if notes is None else notes
    for outcome in _ended(where, read_it):
        yield from notes
        notes.clear()
        yield outcome
    yield from notes
    notes.clear()


def _ended(where: str, read_it: Callable[[], Iterator[Outcome]]) -> Iterator[Outcome]:
    try:
        yield from read_it()
    except (AnnotatorError, OSError) as error:
        yield Unread(where, input_error(error, where))
    except Exception as error:  # no file is worth the others; what a reader foresees has words of its own
        yield Unread(where, unforeseen(error, where))


def input_error(error: Exception, where: str) -> AnnotatorError:
    if isinstance(error, AnnotatorError):
        return error
    made = InputError(f"{where}: {getattr(error, 'strerror', None) or error}")
    made.__cause__ = error
    return made


def unforeseen(error: Exception, where: str) -> InputError:
    """Our own error for one that no reader foresaw: a library's, or memory that is too small."""
    made = InputError(f"{where}: {UNFORESEEN} ({type(error).__name__}: {error})")
    made.__cause__ = error
    return made


def failure_of(unread: Unread) -> Failure:
    """The error's message cut after its place, which may be a row of what was being read: "a.csv, row 1"."""
    message = str(unread.error)
    end = message.find(": ", len(unread.where)) if message.startswith(unread.where) else -1
    return Failure(message[:end], message[end + 2 :]) if end > 0 else Failure(unread.where, message)
