"""Words for tools that count in tokens: spaCy's, parted once more where a mark begins or ends.

So every mark is a row of whole tokens, and none has to be widened or left out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.formats.tools.marks import Graph, Stretch

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def english() -> "Language":
    """spaCy's rules for English alone; they need no trained pipeline."""
    from spacy.lang.en import English

    return English()


def edges(graph: Graph) -> set[int]:
    """Where marks begin and end."""
    return {edge for mark in graph.marks for piece in mark.pieces for edge in piece}


def tokens(text: str, cuts: Iterable[int]) -> list[Stretch]:
    """The words of a text, none of which crosses a cut; blanks and line breaks belong to none.

    >>> tokens("It rained. ", [6])
    [(0, 2), (3, 6), (6, 9), (9, 10)]
    """
    places = sorted(set(cuts))
    found: list[Stretch] = []
    for token in english().tokenizer(text):
        start, end = token.idx, token.idx + len(token.text)
        inner = places[bisect_right(places, start) : bisect_left(places, end)]
        for part in zip([start, *inner], [*inner, end], strict=True):
            found += _words(text, *part)
    return found


def _words(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The stretch without blanks; spaCy keeps some inside a token, such as an exception for "a. m."."""
    place = start
    for word in text[start:end].split():
        begin = text.index(word, place)
        place = begin + len(word)
        yield begin, place


def spaced(text: str, words: Iterable[Stretch]) -> Iterator[tuple[str, int, bool]]:
    """The tokens that spaCy makes a text of: words and other blanks than one, where each begins, if a blank follows.

    >>> list(spaced("Rain. \\nSun", [(0, 4), (4, 5), (7, 10)]))
    [('Rain', 0, False), ('.', 4, True), ('\\n', 6, False), ('Sun', 7, False)]
    """
    ends = [*words, (len(text), len(text))]
    if ends[0][0] > 0:
        yield text[: ends[0][0]], 0, False
    for (start, end), (following, _) in pairwise(ends):
        blank = text[end:following].startswith(" ")
        yield text[start:end], start, blank
        if end + blank < following:
            yield text[end + blank : following], end + blank, False


def lines(text: str, words: list[Stretch]) -> Iterator[list[int]]:
    """The numbers of the words of each line that has any; only a line feed ends a line."""
    line: list[int] = []
    for number, (start, _) in enumerate(words):
        if line and "\n" in text[words[line[-1]][1] : start]:
            yield line
            line = []
        line.append(number)
    if line:
        yield line


def covered(words: list[Stretch], start: int, end: int) -> range:
    """Numbers of the tokens inside a stretch."""
    first = bisect_left(words, (start, start))
    return range(first, max(first, bisect_left(words, (end, end))))
