"""Spans as other tools want them: no line break inside, no blanks at the ends, with the line around."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.records import Span

# Where `str.splitlines` cuts: a paragraph of a page, a line of a tool that knows no other.
_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of the text inside one line; offsets are those of the article."""

    start: int
    end: int
    line: tuple[int, int]


class Lines:
    """The lines of a text that have characters, each by its start and end, without its line break."""

    def __init__(self, text: str, line: re.Pattern[str] = _LINE) -> None:
        self.text = text
        self.spans = [match.span() for match in line.finditer(text)]
        self._starts = [start for start, _ in self.spans]

    def pieces(self, span: Span) -> Iterator[Piece]:
        """A piece for each line that the span has words in; none for a span of blanks."""
        for line in self.spans[max(0, bisect_right(self._starts, span.start) - 1) :]:
            if line[0] >= span.end:
                return
            start, end = max(line[0], span.start), min(line[1], span.end)
            words = self.text[start:end]
            start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
            if start < end:
                yield Piece(start, end, line)
