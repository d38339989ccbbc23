"""A text's lines as the patterns see them; those of a hard-wrapped paragraph count as one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.labels import SectionKind

MAX_PATTERN = 400  # characters; longer lines are prose, and no pattern is tried on them
MAX_ENDING = 50  # characters in which the last full stop stands, a name in brackets behind it included
WRAP_WIDTHS = range(45, 101)  # columns that texts are hard-wrapped at
WRAP_SLACK = 4  # a line may end so many columns before the next word would have fitted

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_ONE_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")
FOLD = str.maketrans("’‘ʼ`“”„«»‟‛", '\'\'\'\'""""""\'')
_CLOSED = r"""["')\]]*(?:\s?\([^()]{1,40}\))?$"""  # "... he said." (Reuters)
_STOPPED = re.compile(rf"[.!?…:;,]{_CLOSED}")
_FULL_STOP = re.compile(rf"[.!…]{_CLOSED}")
_MID_SENTENCE = re.compile(r"""[^.!?…:"')\]]$""")
LIST_ITEM = re.compile(r"(?:[-–—―•*▪●○◦‣·►→]|\(\(|<|@|\d{1,2}[.)]\s)")


@dataclass(slots=True)
class Line:
    """A line or a wrapped paragraph; `view` is its beginning with plain quotation marks and single blanks."""

    start: int
    end: int
    view: str
    words: int
    stopped: bool  # ends in punctuation
    full_stop: bool
    adjacent: bool  # no blank line above
    kind: SectionKind | None = None


def folded(words: str) -> str:
    return " ".join(words.translate(FOLD).split())


def view_of(text: str, start: int, end: int) -> str:
    return folded(text[start : min(end, start + MAX_PATTERN + 1)])


def lines_of(text: str) -> Iterator[Line]:
    """The non-blank lines, those of a wrapped paragraph as one."""
    spans = _wrapped(text, list(_trimmed(text)))
    before = 0
    for start, end in spans:
        view = view_of(text, start, end)
        ending = text[max(start, end - MAX_ENDING) : end].translate(FOLD)
        words = view.count(" ") + 1 if end - start <= MAX_PATTERN else end - start // 6
        stopped = _STOPPED.search(ending) is not None
        adjacent = start > 0 and _ONE_BREAK.fullmatch(text, before, start) is not None
        yield Line(start, end, view, words, stopped, _FULL_STOP.search(ending) is not None, adjacent)
        before = end


def _trimmed(text: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the non-blank lines, without the blanks around them."""
    for match in _LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(stripped)


def _wrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the lines of hard-wrapped paragraphs.

    In a wrapped text a line breaks where its next word would not have fitted, often in the middle of a sentence.
    """
    joints = [n for n in range(1, len(spans)) if _ONE_BREAK.fullmatch(text, spans[n - 1][1], spans[n][0])]
    width = max((spans[m][1] - spans[m][0] for n in joints for m in (n - 1, n)), default=0)
    if width not in WRAP_WIDTHS:
        return spans
    full = {n for n in joints if _filled(text, spans[n - 1], spans[n], width)}
    broken = sum(1 for n in full if _MID_SENTENCE.search(text, spans[n - 1][1] - 1, spans[n - 1][1]))
    if len(full) < 2 or broken < 2 or 2 * broken < len(full) or 2 * len(full) < len(joints):
        return spans
    joined = spans[:1]
    for n in range(1, len(spans)):
        if n in full:
            joined[-1] = joined[-1][0], spans[n][1]
        else:
            joined.append(spans[n])
    return joined


def _filled(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the first word of the line that follows would not have fitted into `line`."""
    word = text[following[0] : min(following[1], following[0] + width)].split(None, 1)[0]
    length = line[1] - line[0]
    return length >= WRAP_WIDTHS.start - WRAP_SLACK and length + 1 + len(word) > width - WRAP_SLACK
