"""What a printed page says around its text: the paper's name, the day, page numbers, the head that every page repeats,
and above and below a page that a browser printed its title, its address and the time of printing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from annotator.language.outlets import NAME, is_outlet
from annotator.reading import when
from annotator.reading.layout.authors import is_byline
from annotator.reading.layout.dates import is_date
from annotator.reading.layout.word_lists import entries

EDGE = 0.09  # share of a page's height at its top and bottom in which running heads stand
HEAD = 0.15  # share of the first page's height at its top in which the paper's name stands
HEADLINE = 1.25  # how much larger than the text a headline, or a paper's name, is set
MAX_NAME_WORDS = 6
MAX_LABEL_WORDS = 4  # "LOCAL NEWS | 5"
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?[\divxlc]+(?: ?(?:of|/) ?\d+)?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<before>\D+?) \d{1,3}|[A-Z]?\d{1,3} (?P<behind>\D+)")
_JOINT = re.compile(r"\s*[|·•]\s*|\s+[-–—]\s+")
_ADDRESS = re.compile(r"https?://[^\s/]+/\S+")  # of a page, not of a site
_SMALL_WORDS = frozenset({"of", "and", "for"})


class PageLine(Protocol):
    """A line: how large its letters are, and its words."""

    @property
    def size(self) -> float: ...
    @property
    def text(self) -> str: ...


class PageBox(Protocol):
    """A block of lines on a page: where it stands, in points from the bottom."""

    @property
    def page(self) -> int: ...
    @property
    def bottom(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def lines(self) -> Sequence[PageLine]: ...


@dataclass(frozen=True)
class Around:
    """What pages say around their text; `lines` are those that are no text, by the numbers of box and line."""

    lines: frozenset[tuple[int, int]]
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class _Spot:
    """A line at the edge of a page, or above the headline of the first page (`opening`)."""

    place: tuple[int, int]
    page: int
    size: float
    text: str
    at_edge: bool
    opening: bool

    @property
    def pieces(self) -> list[str]:
        return [piece for piece in _JOINT.split(self.text) if piece]

    @property
    def key(self) -> str:
        return re.sub(r"\d+", "#", self.text).casefold()


def around(boxes: Sequence[PageBox], heights: Mapping[int, float], pages: int) -> Around:
    """What the boxes of all pages, in the order of reading, say around the text. Heights are those of the pages."""
    spots = list(_spots(boxes, heights))
    counted = Counter(spot.key for spot in spots if spot.at_edge)
    repeated = {key for key, times in counted.items() if times >= max(2, pages // 3)}
    name = _masthead(boxes, spots)
    title = _letters(_headline(boxes, name))
    large = HEADLINE * _usual(boxes)
    titled = [spot for spot in spots if spot.at_edge and spot.size < large and _is_title(spot.text, title)]
    address = next((word for spot in spots if _ADDRESS.fullmatch(word := spot.text.split()[0])), None)
    # What a browser prints beside the address is the time of printing.
    dated = (spot for spot in spots if address is None or not spot.at_edge)
    day = next((day for spot in dated for piece in (spot.text, *spot.pieces) if (day := _day(piece))), None)
    outlet = name.text if name else _repeated_outlet(spots, repeated) or _behind_title(titled)
    left_out = {
        spot.place
        for spot in spots
        if spot == name
        or spot in titled
        or (spot.at_edge and (spot.key in repeated or _is_name(spot, outlet)))
        or _is_furniture(spot)
    }
    return Around(frozenset(left_out), outlet and in_small_letters(outlet), day, address)


def _spots(boxes: Sequence[PageBox], heights: Mapping[int, float]) -> Iterator[_Spot]:
    first, large = min(heights, default=1), HEADLINE * _usual(boxes)
    for n, box in enumerate(boxes):
        height = heights[box.page]
        at_edge = _is_at_edge(box, height)
        on_top = box.page == first and box.top > (1 - HEAD) * height
        for m, line in enumerate(box.lines if at_edge or on_top else ()):
            opening = on_top and _is_above_headline(boxes, n, m, height, large)
            if at_edge or opening:
                yield _Spot((n, m), box.page, line.size, line.text, at_edge, opening)


def _is_above_headline(boxes: Sequence[PageBox], n: int, m: int, height: float, large: float) -> bool:
    """Whether larger letters stand below a line than anywhere on the page but at its edge, where a paper's name is."""
    below = _largest_below(boxes, n, m)
    body = (one for one in boxes if one.page == boxes[n].page and not _is_at_edge(one, height))
    return below >= large and all(line.size <= below for one in body for line in one.lines)


def _is_at_edge(box: PageBox, height: float) -> bool:
    return box.bottom > (1 - EDGE) * height or box.top < EDGE * height


def _largest_below(boxes: Sequence[PageBox], n: int, m: int) -> float:
    """The size of the largest line on the page that stands lower than a line of a box."""
    box = boxes[n]
    lower = [line.size for one in boxes if one.page == box.page and one.top <= box.bottom for line in one.lines]
    return max([*lower, *(line.size for line in box.lines[m + 1 :])], default=0)


def _usual(boxes: Sequence[PageBox]) -> float:
    return median([line.size for box in boxes for line in box.lines for _ in line.text])


def _masthead(boxes: Sequence[PageBox], spots: Sequence[_Spot]) -> _Spot | None:
    """The paper's name above the headline: the largest line that looks like one and has something that speaks for it.

    That is a word such as Courier, the same name on other pages, or a date beside large letters.
    """
    large = HEADLINE * _usual(boxes)
    dated = any(_day(piece) for spot in spots if spot.opening for piece in (spot.text, *spot.pieces))
    for spot in sorted((one for one in spots if one.opening), key=lambda one: -one.size):
        if not _can_be_name(spot.text):
            continue
        elsewhere = any(_is_name(one, spot.text) for one in spots if one.page != spot.page)
        if is_outlet(in_small_letters(spot.text)) or elsewhere or (dated and spot.at_edge and spot.size >= large):
            return spot
    return None


def _headline(boxes: Sequence[PageBox], name: _Spot | None) -> str:
    """The words that are set largest on the first page, the paper's name aside."""
    lines = [
        line
        for n, box in enumerate(boxes)
        if box.page == boxes[0].page
        for m, line in enumerate(box.lines)
        if name is None or (n, m) != name.place
    ]
    largest = max((line.size for line in lines), default=0)
    return " ".join(line.text for line in lines if line.size > 0.98 * largest)


def _repeated_outlet(spots: Sequence[_Spot], repeated: set[str]) -> str | None:
    pieces = (piece for spot in spots if spot.at_edge and spot.key in repeated for piece in spot.pieces)
    return next((one for one in pieces if _can_be_name(one) and is_outlet(in_small_letters(one))), None)


def _behind_title(titled: Sequence[_Spot]) -> str | None:
    """ "Rain stops play - Daily Planet", as browsers write above a page."""
    last = (spot.pieces[-1] for spot in titled if len(spot.pieces) > 1)
    return next(filter(_can_be_name, last), None)


def _is_title(text: str, title: str) -> bool:
    """Whether a line is the headline, whole or cut, or goes on with the name of the site."""
    letters = _letters(text)
    return len(letters) >= 10 and (letters.startswith(title) or title.startswith(letters)) and bool(title)


def _can_be_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= MAX_NAME_WORDS
        and re.fullmatch(NAME, text) is not None
        and text.lower() not in entries("section_labels")
        and not (text.endswith(".") or is_date(text) or is_byline(text) or any(map(str.isdigit, text)))
    )


def _is_name(spot: _Spot, name: str | None) -> bool:
    return name is not None and any(_letters(piece) == _letters(name) for piece in spot.pieces)


def _is_furniture(spot: _Spot) -> bool:
    """Whether all parts of a line are days, times, page numbers, addresses, and names of sections beside these."""
    pieces = spot.pieces
    numbered = spot.at_edge and len(pieces) > 1 and any(_PAGE_NUMBER.fullmatch(piece) for piece in pieces)
    return is_date(spot.text) or all(
        is_date(piece)
        or (spot.at_edge and _PAGE_NUMBER.fullmatch(piece) is not None)
        or (spot.at_edge and _ADDRESS.fullmatch(piece.split()[0]) is not None)
        or _is_numbered_section(piece)
        or (numbered and len(piece.split()) <= MAX_LABEL_WORDS)
        for piece in pieces
    )


def _is_numbered_section(piece: str) -> bool:
    """ "News 3", "12 Sport"."""
    found = _NUMBERED.fullmatch(piece)
    return found is not None and (found["before"] or found["behind"]).strip().lower() in entries("section_labels")


def _day(text: str) -> str | None:
    """A line that is a date with its year, as it is written."""
    return text if is_date(text) and when.iso(text) is not None else None


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def in_small_letters(name: str) -> str:
    """A name that is set in capitals as it is written elsewhere; one of short words alone stays, for it is initials.

    >>> in_small_letters("THE HARBOUR GAZETTE"), in_small_letters("BBC NEWS"), in_small_letters("CNN Politics")
    ('The Harbour Gazette', 'BBC NEWS', 'CNN Politics')
    """
    words = name.split()
    if not name.isupper() or max(map(len, words)) <= 4:
        return name
    return " ".join(
        word.lower() if n and word.lower() in _SMALL_WORDS else word.title() if re.search("[AEIOU]", word) else word
        for n, word in enumerate(words)
    )
