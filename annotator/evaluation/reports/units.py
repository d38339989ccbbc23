"""What became of each gold unit, article by article, with the sentence that shows it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotator.evaluation.gold.articles import Offsets
from annotator.evaluation.reports.measures import Measure


@dataclass(frozen=True)
class Unit:
    """A gold claim or attribution, and what became of it.

    `fields` tells for each field that the unit has whether it is right, None where it was not judged; `gold` and
    `predicted` hold the values of these fields.
    """

    key: str
    text: str
    sentence: str
    found: bool
    fields: dict[str, bool | None]
    gold: dict[str, Any]
    predicted: dict[str, Any]


@dataclass(frozen=True)
class Spurious:
    """A predicted claim or attribution that is none of the gold's."""

    start: int
    text: str
    sentence: str


@dataclass(frozen=True)
class ArticleReport:
    """The outcomes of one article."""

    article_id: str
    units: tuple[Unit, ...]
    spurious: tuple[Spurious, ...] = ()


@dataclass(frozen=True)
class SetReport:
    """The measures of one gold set over all its articles, and the outcomes of each article.

    `absent` are the fields that its gold does not have, which are not measured.
    """

    name: str
    form: str
    measures: dict[str, Measure]
    articles: tuple[ArticleReport, ...]
    absent: tuple[str, ...] = ()


class Reported(NamedTuple):
    """The measures of a set, its articles, and the fields that its gold does not have."""

    measures: dict[str, Measure]
    articles: Sequence[ArticleReport]
    absent: tuple[str, ...] = ()


_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\bSt)(?<!\bvs)"
    r"[.!?…][”’\"')]*\s+(?=[“‘\"'(]*[A-Z0-9])|\s*\n\s*"
)


def sentences_around(text: str, start: int, end: int) -> str:
    """The sentences that a stretch of text touches, as a reader would quote them; only for people to read.

    >>> sentences_around("It rained. Mr. Fox left. He ran.", 15, 18)
    'Mr. Fox left.'
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((place for place in ends if place <= start), default=0)
    last = min((place for place in ends if place >= end), default=len(text))
    return " ".join(text[first:last].split())


def words_at(text: str, spans: Iterable[Offsets]) -> str:
    """The words of spans, with an ellipsis for what lies between."""
    return " … ".join(text[start:end] for start, end in spans)


def spurious_at(text: str, spans: Sequence[Offsets]) -> Spurious:
    """A prediction that has no partner, as a reader is shown it."""
    return Spurious(spans[0][0], words_at(text, spans), sentences_around(text, spans[0][0], spans[-1][1]))
