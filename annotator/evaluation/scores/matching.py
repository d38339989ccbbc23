"""When two things are the same: spans by how much they share, names by their words; and the pairs that this makes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from annotator.evaluation.gold.articles import Offsets

LEAST_OVERLAP = 0.5  # of intersection over union; what a pair must have to count as the same claim or attribution
_TOKEN = re.compile(r"\w+|[^\w\s]")


def pairs_of(overlaps: Iterable[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """Pairs of at least `LEAST_OVERLAP`, one to one, the first of the given order taken first."""
    rows, columns, found = set(), set(), []
    for overlap, i, j in overlaps:
        if overlap >= LEAST_OVERLAP and i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            found.append((overlap, i, j))
    return found


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Size of the intersection over size of the union; 0 for two empty sets."""
    return len(a & b) / len(a | b) if a or b else 0.0


def characters(spans: Iterable[Offsets]) -> frozenset[int]:
    """The offsets of all characters of the spans."""
    return frozenset(i for start, end in spans for i in range(start, end))


class Tokens:
    """The tokens of a text (words and single marks), found by offset."""

    def __init__(self, text: str) -> None:
        self.spans = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in self.spans]
        self._ends = [end for _, end in self.spans]

    def inside(self, spans: Iterable[Offsets]) -> frozenset[int]:
        """Indices of the tokens that the spans touch."""
        return frozenset(
            n for start, end in spans for n in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )


def norm(name: str | None) -> str:
    """A source's name for comparison: lower case, without "(anonymous)", article, common title and punctuation.

    >>> norm("The Russian official (anonymous)") == norm("a Russian official")
    True
    """
    low = re.sub(r"\(anonymous\)|\banonymous\b", " ", (name or "").lower())
    low = re.sub(r"\b(a|an|the|president|prof|dr|gov|sen|sens|mr|mrs|ms|judge)\b\.?", " ", low)
    return " ".join(re.findall(r"[\w@]+", low))
