"""Which stretches of an article lie around a place, found without looking at all of them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from annotator.draft import DraftAttribution, Offsets


class Stretches:
    """Stretches of text, of which those around a place are found without looking at all."""

    def __init__(self, stretches: Iterable[tuple[Offsets, DraftAttribution]]) -> None:
        self._sorted = sorted(stretches, key=lambda pair: pair[0])
        self._starts = [start for (start, _), _ in self._sorted]
        self._furthest: list[int] = []  # where the furthest of a stretch and all before it ends
        for (_, end), _ in self._sorted:
            self._furthest.append(max(end, self._furthest[-1] if self._furthest else end))

    def around(self, place: int) -> Iterator[tuple[Offsets, DraftAttribution]]:
        """The stretches around a place, the last first."""
        n = bisect_right(self._starts, place) - 1
        while n >= 0 and self._furthest[n] > place:
            if self._sorted[n][0][1] > place:
                yield self._sorted[n]
            n -= 1
