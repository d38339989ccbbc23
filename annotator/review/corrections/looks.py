"""What a page shows of a claim: its pieces, its mention, its cues and its chain."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from annotator.formats.label_studio import CITED_BY, CLAIM, CONTINUES
from annotator.review.regions import Page, Region

CERTAIN = 1.0  # a person's word


@dataclass(frozen=True)
class Look:
    """What a page shows of one claim."""

    spans: tuple[tuple[int, int], ...]
    source: tuple[str, tuple[int, int]] | None  # region and span of the mention that it is attributed to
    cues: tuple[tuple[int, int], ...]
    chain: tuple[Hashable, ...]


def heads(page: Page) -> list[Region]:
    """Claim regions that continue no other, in text order."""
    return sorted(
        (r for r in page.labelled(CLAIM) if not page.targets(r.region_id, CONTINUES) or _in_circle(page, r)),
        key=lambda region: region.span,
    )


def _in_circle(page: Page, region: Region) -> bool:
    """Whether pieces continue one another in a circle of which this one comes first in the text."""
    seen, here = [region], page.targets(region.region_id, CONTINUES)
    while here and here[0] not in seen:
        seen.append(here[0])
        here = page.targets(here[0].region_id, CONTINUES)
    return bool(here) and here[0] is region and min(seen, key=lambda r: r.span) is region


def pieces_of(page: Page, head: Region | None) -> list[Region]:
    """A claim's regions: its head and what continues it, in the order of the lines."""
    pieces, waiting = [], [head] if head else []
    while waiting:
        piece = waiting.pop(0)
        if piece not in pieces:
            pieces.append(piece)
            waiting += sorted(page.origins(piece.region_id, CONTINUES), key=lambda region: region.span)
    return pieces


def walk(page: Page, region: Region | None) -> Iterator[Region]:
    """The mentions of a chain from its origin towards the reader, each once."""
    seen: set[str] = set()
    while region is not None and region.region_id not in seen:
        seen.add(region.region_id)
        yield region
        region = next(iter(page.targets(region.region_id, CITED_BY)), None)
