"""PDF files with text in them: columns one after another, words joined that a line's end divided, no running heads.

A PDF knows where letters and pictures stand and nothing else; what is read is a good guess, and the record's warnings
say so. A caption is what stands right below or above a picture in smaller or slanted letters. Scans have no text: they
need a program that reads pictures (OCR) first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.reading import nexis
from annotator.reading.input import Input
from annotator.reading.layout import completed, sections_of
from annotator.reading.layout.authors import is_byline
from annotator.reading.outcomes import Outcome
from annotator.reading.printed import HEADLINE, Around, around
from annotator.reading.story import Story, outcomes
from annotator.records import Article

MAX_PAGES = 2000
MAX_BYTES = 256 << 20
MAX_HEADLINE_WORDS = 40
SAME_COLUMN = 0.5  # share of the narrower one that two boxes of a column have above one another
RAGGED = 0.3  # share of a column's width that a line amid a paragraph may lack
SAME_SIZE = 0.1  # share by which letters of one paragraph may differ in size
SMALL = 0.95  # how small the letters of a caption are beside those of the text, at most
NEAR = 2.5  # sizes of its letters that a caption stands from its picture, at most
LEAST_PICTURE = 36  # points of width and height; what is smaller is a sign
MOST_OF_PAGE = 0.8  # share of a page's area from which on a picture is its ground, or a scan
_SLANTED = re.compile(r"Italic|Oblique|Kursiv", re.IGNORECASE)
_ITEM = re.compile(r"[•‣◦▪–—-] ")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_DIVIDED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]$")


@dataclass(frozen=True)
class Line:
    """A line: where it stands, in points from the bottom left, how large its letters are, and its words."""

    left: float
    right: float
    size: float
    text: str
    bottom: float = 0
    top: float = 0
    slanted: bool = False


@dataclass(frozen=True)
class Box:
    """A block of lines on a page: where it stands, in points from the bottom left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    lines: tuple[Line, ...]
    caption: bool = False

    @property
    def words(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Part:
    """A paragraph, or the part of one that stands in one column; `open_ended` where its last line is full."""

    page: int
    text: str
    size: float
    open_ended: bool
    first: float = 0  # widths of its first and last line
    last: float = 0
    caption: bool = False


@dataclass(frozen=True)
class Picture:
    """Where a picture stands, in points from the bottom left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def read_pdf(path: Path, source: Input) -> Iterator[Outcome]:
    boxes, pictures, heights, pages = _boxes(path, source.where)
    if not boxes:
        raise InputError(f"{source.where}: {pages:,} pages without text. A scan needs text recognition (OCR) first")
    said = around(boxes, heights, pages)
    kept = list(_without(boxes, said.lines))
    lines = [text for box in kept for text in (*(line.text for line in box.lines), "")]
    if nexis.is_export(lines):
        yield from outcomes(nexis.stories(lines), source)
        return
    title, body = _headline([part for box in _told_captions(kept, pictures) for part in _parts(box)])
    source.note("a PDF: the order of columns and the ends of paragraphs are guessed; compare with the page")
    story = Story(
        list(_paragraphs(body)),
        title,
        publisher=said.publisher,
        published=said.published,
        url=said.url,
        captions=[part.text for part in body if part.caption],
    )
    yield from _with_notes(outcomes([story], source), said, source)


def _with_notes(found: Iterable[Outcome], said: Around, source: Input) -> Iterator[Outcome]:
    """What was found, and before it what is not known of it, or guessed."""
    for outcome in found:
        if isinstance(outcome, Article):
            if not outcome.publisher:
                source.note("no outlet found: give --publisher")
            elif "publisher" not in source.given:
                source.note(
                    f"the outlet {said.publisher!r} is guessed from the head of the page; --publisher corrects it"
                )
            if completed(outcome, sections_of(outcome)).published is None:
                source.note("no date found: give --published")
        yield outcome


def _boxes(path: Path, where: str) -> tuple[list[Box], list[Picture], dict[int, float], int]:
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams, LTFigure, LTImage, LTTextContainer
    except ImportError as error:
        raise MissingExtraError("A PDF", "documents") from error
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"{where}: more than {MAX_BYTES >> 20} MB. Divide it")
    found: list[Box] = []
    pictures: list[Picture] = []
    heights: dict[int, float] = {}
    number = 0
    try:
        for number, page in enumerate(
            extract_pages(path, laparams=LAParams(boxes_flow=None), maxpages=MAX_PAGES + 1), 1
        ):
            if number > MAX_PAGES:
                raise InputError(f"{where}: more than {MAX_PAGES:,} pages. Divide it")
            heights[number] = page.height
            boxes = [_box(item, number) for item in page if isinstance(item, LTTextContainer)]
            found += _in_columns([box for box in boxes if box is not None])
            for item in page:
                shown = isinstance(item, LTFigure) and any(isinstance(one, LTImage) for one in item)
                if (shown or isinstance(item, LTImage)) and _is_picture(item, page.width * page.height):
                    pictures.append(Picture(number, *item.bbox))
    except InputError:
        raise
    except Exception as error:  # the library raises whatever it stumbles over
        kind = type(error).__name__
        why = "it is locked with a password" if "Password" in kind else f"not a sound PDF ({kind}: {error})"
        raise InputError(f"{where}: {why}. Save it anew, or its text as .txt") from error
    return found, pictures, heights, number


def _is_picture(item: Any, page: float) -> bool:
    return bool(min(item.width, item.height) >= LEAST_PICTURE and item.width * item.height < MOST_OF_PAGE * page)


def _box(item: Any, page: int) -> Box | None:
    from pdfminer.layout import LTChar, LTTextLine

    lines = []
    for line in (one for one in item if isinstance(one, LTTextLine) and one.get_text().strip()):
        chars = [char for char in line if isinstance(char, LTChar)]
        size = median([char.size for char in chars] or [0])
        slanted = sum(_SLANTED.search(char.fontname) is not None for char in chars) > len(chars) / 2
        lines.append(Line(line.x0, line.x1, size, _plain(line.get_text()), line.y0, line.y1, slanted))
    return Box(page, item.x0, item.y0, item.x1, item.y1, tuple(lines)) if lines else None


def _plain(text: str) -> str:
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    return re.sub(r"\(cid:\d+\)", "\ufffd", " ".join(text.split()))


def _in_columns(boxes: list[Box]) -> list[Box]:
    """The boxes of a page in reading order: what spans the columns cuts the page; between the cuts column by column."""
    ordered: list[Box] = []
    band: list[Box] = []
    for box in sorted(boxes, key=lambda one: (-one.top, one.left)):
        if _spans(box, boxes):
            ordered += [*_by_column(band), box]
            band = []
        else:
            band.append(box)
    return ordered + _by_column(band)


def _spans(box: Box, boxes: list[Box]) -> bool:
    """Whether a box reaches over two others that stand side by side."""
    beside = [one for one in boxes if one is not box and min(one.right, box.right) - max(one.left, box.left) > 10]
    return any(a.right < b.left and _level(a, b) for a in beside for b in beside)


def _level(a: Box, b: Box) -> bool:
    return min(a.top, b.top) > max(a.bottom, b.bottom)


def _by_column(boxes: list[Box]) -> list[Box]:
    columns: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: one.left):
        for column in columns:
            first = column[0]
            shared = min(box.right, first.right) - max(box.left, first.left)
            if shared > SAME_COLUMN * min(box.right - box.left, first.right - first.left):
                column.append(box)
                break
        else:
            columns.append([box])
    return [box for column in columns for box in sorted(column, key=lambda one: -one.top)]


def _without(boxes: list[Box], places: frozenset[tuple[int, int]]) -> Iterator[Box]:
    """The boxes without some of their lines; one that has no other is none."""
    for n, box in enumerate(boxes):
        lines = tuple(line for m, line in enumerate(box.lines) if (n, m) not in places)
        if lines:
            yield replace(box, lines=lines)


def _told_captions(boxes: list[Box], pictures: list[Picture]) -> Iterator[Box]:
    """The boxes, those of which lines are a caption in two: the caption and the rest."""
    usual = median([line.size for box in boxes for line in box.lines for _ in line.text])
    for box in boxes:
        near = [one for one in pictures if one.page == box.page]
        small = [line.size <= SMALL * usual or line.slanted for line in box.lines]
        below = next((n for n, one in enumerate(small) if not one), len(small))
        above = next((n for n, one in enumerate(reversed(small)) if not one), len(small))
        if below and any(_is_below(box.lines[0], one) for one in near):
            yield replace(box, lines=box.lines[:below], caption=True)
            box = replace(box, lines=box.lines[below:])
        elif above and any(_is_above(box.lines[-1], one) for one in near):
            cut = len(small) - above
            if cut:
                yield replace(box, lines=box.lines[:cut])
            box = replace(box, lines=box.lines[cut:], caption=True)
        if box.lines:
            yield box


def _is_below(line: Line, picture: Picture) -> bool:
    return -line.size / 2 <= picture.bottom - line.top <= NEAR * line.size and _within(line, picture)


def _is_above(line: Line, picture: Picture) -> bool:
    return -line.size / 2 <= line.bottom - picture.top <= NEAR * line.size and _within(line, picture)


def _within(line: Line, picture: Picture) -> bool:
    """Whether a line stands over or under a picture, as good as no word beside it."""
    return line.left >= picture.left - 2 * line.size and line.right <= picture.right + 2 * line.size


def _headline(parts: list[Part]) -> tuple[str | None, list[Part]]:
    """What is set larger than the text at the beginning; it is left out of the text, which gets it on top."""
    usual = median([part.size for part in parts for _ in range(len(part.text))])
    first = [part for part in parts if part.page == parts[0].page][:12]
    largest = max(part.size for part in first)
    set_so = [part for part in first if part.size > 0.98 * largest]
    words = " ".join(part.text for part in set_so)
    if largest < HEADLINE * usual or len(words.split()) > MAX_HEADLINE_WORDS:
        return None, parts
    return words, [part for part in parts if part not in set_so]


def _paragraphs(parts: list[Part]) -> Iterator[str]:
    """Paragraphs; one that a column or a page cuts in a sentence goes on in the next part of the same size."""
    held: Part | None = None
    captions: list[str] = []
    for part in parts:
        if part.caption:  # stands between the parts of a paragraph, it may be: it comes behind it
            captions.append(part.text)
            continue
        if held is not None and _goes_on(held, part):
            held = replace(part, text=_joined(held.text, part.text), first=held.first)
            continue
        if held is not None:
            yield held.text
        yield from captions
        captions = []
        held = part
    if held is not None:
        yield held.text
    yield from captions


def _goes_on(before: Part, after: Part) -> bool:
    if abs(before.size - after.size) > 1 or is_byline(before.text) or is_byline(after.text):
        return False
    if _DIVIDED.search(before.text) or after.text[:1].islower():
        return True
    is_as_wide = before.last > 0.8 * after.first
    return before.open_ended and is_as_wide and not re.search(r"[.!?:”\"')]$", before.text)


def _parts(box: Box) -> Iterator[Part]:
    """The paragraphs of a box: one ends at a line that is broken before its time, or before one of another size."""
    indented = [line.left > box.left + 4 for line in box.lines]
    few = 0 < sum(indented) <= len(box.lines) / 2
    held, first = "", box.lines[0].right - box.lines[0].left
    for n, line in enumerate(box.lines):
        above = box.lines[n - 1] if n else None
        if above is not None and (_is_broken(above, line, box) or (few and indented[n] and not indented[n - 1])):
            yield Part(box.page, held, above.size, False, first, above.right - above.left, box.caption)
            held, first = "", line.right - line.left
        held = _joined(held, line.text)
    last = box.lines[-1]
    is_full = last.right > box.right - 0.12 * (box.right - box.left)
    yield Part(box.page, held, last.size, is_full, first, last.right - last.left, box.caption)


def _is_broken(line: Line, following: Line, box: Box) -> bool:
    """Whether a line ends although the first word of the next would have fitted, or what follows is of another kind."""
    if abs(line.size - following.size) > SAME_SIZE * max(line.size, 1) or _ITEM.match(following.text):
        return True
    if is_byline(line.text) or is_byline(following.text):
        return True
    letter = (line.right - line.left) / max(len(line.text), 1)
    word = len(following.text.split()[0]) + 1
    left_over = box.right - line.right
    ends = re.search(r"[.!?:”\"')]$", line.text) is not None or left_over > RAGGED * (box.right - box.left)
    return ends and left_over > 1.2 * word * letter and not following.text[:1].islower()


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if _DIVIDED.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
