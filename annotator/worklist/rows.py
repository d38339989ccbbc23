"""What a worklist answers: rows of its lists, and an article with its history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from annotator.labels import ArticleStatus, ReviewStatus, VerdictRating
from annotator.records import AnnotatedArticle

Row = TypeVar("Row")


class Queue(StrEnum):
    """Which claims a list shows."""

    ALL = "all"
    OPEN = "open"  # nobody has decided about them
    NEEDS_REVIEW = "needs_review"  # the machine doubts, and nobody has looked
    ANONYMOUS = "anonymous"
    CHAIN = "chain"  # came through somebody between origin and publisher
    CHECKWORTHY = "checkworthy"  # statements that a check can decide, score above 0
    PREDICTIONS = "predictions"
    WITH_VERDICT = "with_verdict"
    WITHOUT_VERDICT = "without_verdict"
    REJECTED = "rejected"


class Order(StrEnum):
    """How a list is sorted."""

    NEED = "need"  # what needs a person most comes first
    CHECKWORTHY = "checkworthy"
    CONFIDENCE = "confidence"  # the least sure first
    TEXT = "text"  # by article as added, then as in the text
    CHANGED = "changed"  # the article changed last comes first


@dataclass(frozen=True)
class ArticleRow:
    """An article in a list. Claims that were rejected are in none of the counts but their own."""

    article_id: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    version: int  # what `correct` wants to be told; grows by one with every change, undo and redo
    status: ArticleStatus | None
    added_by: str
    added_at: datetime
    changed_by: str | None  # None while nobody has changed it
    changed_at: datetime | None
    claims: int
    open: int  # claims about which nobody has decided
    needs_review: int
    anonymous: int
    checkworthy: int  # claims with a check-worthiness above 0
    verdicts: int
    rejected: int


@dataclass(frozen=True)
class ClaimRow:
    """A claim in a list."""

    article_id: str
    claim_id: str
    version: int  # the article's
    title: str  # the article's
    text: str
    source: str
    anonymous: bool
    chain: tuple[str, ...]  # names, origin first, publisher last
    kind: str
    confidence: float
    needs_review: bool
    why: tuple[str, ...]  # why it needs a person, in words for the user
    need: float  # what `Order.NEED` sorts by, see `need.py`
    checkworthy: float  # 0 to 1, see `checkworthy.py`
    checkworthy_why: tuple[str, ...]  # the rules that it meets, in words for the user
    prediction: bool
    review_status: ReviewStatus | None  # None while nobody has decided
    verdict: VerdictRating | None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A part of a list, and how many rows the whole has."""

    rows: tuple[Row, ...]
    total: int
    offset: int


@dataclass(frozen=True)
class Step:
    """One step of an article's history: a change, an undo or a redo."""

    version: int  # that the article had after it
    by: str
    at: datetime
    what: str  # in words: "source of c02: Ana Ruiz"
    change: dict[str, object]  # the change as plain data; {"change": "undo" or "redo", "of": version} for those
    undone: bool  # taken back, and not made again


@dataclass(frozen=True)
class Entry:
    """An article as it stands."""

    article_id: str
    version: int
    record: AnnotatedArticle  # with reviews and verdicts; rejected claims are in it, marked
    machine: AnnotatedArticle  # as it was added
    added_by: str
    added_at: datetime
    history: tuple[Step, ...]  # oldest first
    undo: str | None  # what `undo` would take back, in words; None where there is nothing
    redo: str | None
