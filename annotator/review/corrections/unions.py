"""Mentions joined by lines of "same source"."""

from collections.abc import Iterable, Iterator

from annotator.formats.label_studio import SAME_SOURCE
from annotator.records import Span
from annotator.review.regions import Page, Region, trimmed


class Union:
    """Which regions belong together; each is alone until it is joined."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._group = {region_id: [region_id] for region_id in ids}

    def __contains__(self, region_id: str) -> bool:
        return region_id in self._group

    def join(self, one: str, other: str) -> None:
        kept, added = self._group[one], self._group[other]
        if kept is not added:
            kept += added
            self._group |= dict.fromkeys(added, kept)

    def lone(self, region: Region) -> bool:
        return len(self._group[region.region_id]) == 1

    def groups(self) -> list[list[str]]:
        """Each group once."""
        return list({id(group): group for group in self._group.values()}.values())


def arrows(page: Page, name: str) -> Iterator[tuple[str, str]]:
    return ((start, end) for start, label, end in page.relations if label == name)


def pairs(page: Page) -> list[frozenset[str]]:
    """Mentions that are joined as those of one source."""
    return [frozenset(pair) for pair in arrows(page, SAME_SOURCE.name) if pair[0] != pair[1]]


def stripped(span: Span) -> tuple[int, int]:
    """A mention as a page shows it."""
    start, end = trimmed(span.text, 0, len(span.text))
    return span.start + start, span.start + end
