"""Mentions joined by lines of "same source"."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from annotator.formats.label_studio import (
    SAME_SOURCE,
)
from annotator.records import (
    Span,
)
from annotator.review.regions import Page, Region, trimmed


@dataclass
class Union:
    """Which regions belong together (union-find)."""

    ids: list[str]
    above: dict[str, str] = field(default_factory=dict)

    def __contains__(self, region_id: str) -> bool:
        return region_id in self._known

    @cached_property
    def _known(self) -> set[str]:
        return set(self.ids)

    def top(self, region_id: str) -> str:
        while region_id in self.above:
            region_id = self.above[region_id]
        return region_id

    def join(self, one: str, other: str) -> None:
        one, other = self.top(one), self.top(other)
        if one != other:
            self.above[other] = one

    def lone(self, region: Region) -> bool:
        sizes = Counter(self.top(i) for i in self.ids)
        return sizes[self.top(region.region_id)] == 1

    def groups(self) -> list[list[str]]:
        by_top: dict[str, list[str]] = {}
        for region_id in self.ids:
            by_top.setdefault(self.top(region_id), []).append(region_id)
        return list(by_top.values())


def arrows(page: Page, name: str) -> Iterator[tuple[str, str]]:
    return ((start, end) for start, label, end in page.relations if label == name)


def pairs(page: Page) -> list[frozenset[str]]:
    """Mentions that are joined as those of one source."""
    return [frozenset(pair) for pair in arrows(page, SAME_SOURCE.name) if pair[0] != pair[1]]


def stripped(span: Span) -> tuple[int, int]:
    """A mention as a page shows it."""
    start, end = trimmed(span.text, 0, len(span.text))
    return span.start + start, span.start + end
