"""PDF files with text in them: columns one after another, words joined that a line's end divided, no running heads.

A PDF knows where letters stand and nothing else; what is read is a good guess, and the record's warnings say so. Scans
have no text: they need a program that reads pictures (OCR) first.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.reading import nexis
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.story import Story, one_line, outcomes

MAX_PAGES = 2000
MAX_BYTES = 256 << 20
EDGE = 0.09  # share of a page's height at its top and bottom in which running heads stand
HEADLINE = 1.25  # how much larger than the text a headline is set
MAX_HEADLINE_WORDS = 40
SAME_COLUMN = 0.5  # share of the narrower one that two boxes of a column have above one another
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_DIVIDED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]$")
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?[\divxlc]+(?: ?(?:of|/) ?\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Box:
    """A block of lines on a page: where it stands, in points from the bottom left, and how large its letters are."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    lines: tuple[str, ...]
    last_is_full: bool
    indents: tuple[bool, ...] = ()


def read_pdf(path: Path, source: Input) -> Iterator[Outcome]:
    boxes, heights, pages = _boxes(path, source.where)
    if not boxes:
        raise InputError(f"{source.where}: {pages:,} pages without text. A scan needs text recognition (OCR) first")
    kept = _without_running_heads(boxes, heights, pages)
    lines = [line for box in kept for line in (*box.lines, "")]
    if nexis.is_export(lines):
        yield from outcomes(nexis.stories(lines), source)
        return
    title, body = _headline(kept)
    source.note("a PDF: the order of columns and the ends of paragraphs are guessed; compare with the page")
    yield from outcomes([Story(list(_paragraphs(body)), title=title)], source)


def _boxes(path: Path, where: str) -> tuple[list[Box], dict[int, float], int]:
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams, LTTextContainer
    except ImportError as error:
        raise MissingExtraError("A PDF", "documents") from error
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"{where}: more than {MAX_BYTES >> 20} MB. Divide it")
    found: list[Box] = []
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
    except InputError:
        raise
    except Exception as error:  # the library raises whatever it stumbles over
        kind = type(error).__name__
        why = "it is locked with a password" if "Password" in kind else f"not a sound PDF ({kind}: {error})"
        raise InputError(f"{where}: {why}. Save it anew, or its text as .txt") from error
    return found, heights, number


def _box(item: Any, page: int) -> Box | None:
    from pdfminer.layout import LTChar, LTTextLine

    found = [one for one in item if isinstance(one, LTTextLine) and one.get_text().strip()]
    lines = tuple(_plain(one.get_text()) for one in found)
    if not lines:
        return None
    sizes = [char.size for line in found for char in line if isinstance(char, LTChar)]
    full = found[-1].x1 > item.x1 - 0.12 * (item.x1 - item.x0)
    indents = tuple(one.x0 > item.x0 + 4 for one in found)
    return Box(page, item.x0, item.y0, item.x1, item.y1, median(sizes or [0]), lines, full, indents)


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


def _without_running_heads(boxes: list[Box], heights: dict[int, float], pages: int) -> list[Box]:
    """The boxes without page numbers and what repeats at the edges of several pages."""

    def is_at_edge(box: Box) -> bool:
        height = heights[box.page]
        return box.bottom > (1 - EDGE) * height or box.top < EDGE * height

    def key(box: Box) -> str:
        return re.sub(r"\d+", "#", " ".join(box.lines)).casefold()

    edges = Counter(key(box) for box in boxes if is_at_edge(box))
    often = max(2, pages // 3)
    return [
        box
        for box in boxes
        if not (is_at_edge(box) and (edges[key(box)] >= often or _PAGE_NUMBER.fullmatch(" ".join(box.lines))))
    ]


def _headline(boxes: list[Box]) -> tuple[str | None, list[Box]]:
    """What is set larger than the text at the beginning; it is left out of the text, which gets it on top."""
    sizes = [box.size for box in boxes for line in box.lines for _ in range(len(line))]
    usual = median(sizes)
    first = [box for box in boxes if box.page == boxes[0].page][:8]
    largest = max(first, key=lambda box: box.size)
    words = one_line(" ".join(largest.lines)) or ""
    if largest.size < HEADLINE * usual or len(words.split()) > MAX_HEADLINE_WORDS:
        return None, boxes
    return words, [box for box in boxes if box is not largest]


def _paragraphs(boxes: list[Box]) -> Iterator[str]:
    """Paragraphs; one that a column or a page cuts in a sentence goes on in the next box of the same size."""
    held, size, open_ended = "", 0.0, False
    for box in boxes:
        for part, ends_full in _parts(box):
            goes_on = held and open_ended and abs(box.size - size) < 1
            if goes_on and (part[:1].islower() or _DIVIDED.search(held) or not re.search(r"[.!?:”\"')]$", held)):
                held = _joined(held, part)
            else:
                if held:
                    yield held
                held = part
            size, open_ended = box.size, ends_full
    if held:
        yield held


def _parts(box: Box) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a box: a line set in begins one where most lines are not."""
    few = 0 < sum(box.indents) <= len(box.lines) / 2
    held = ""
    for line, indented in zip(box.lines, box.indents, strict=True):
        if held and few and indented:
            yield held, False
            held = line
        else:
            held = _joined(held, line)
    yield held, True


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if _DIVIDED.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
