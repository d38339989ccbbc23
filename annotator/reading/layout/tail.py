"""Below the head: lists of links, the notes that an article ends with, and the headings between its paragraphs."""

import re

from annotator.labels import SectionKind
from annotator.reading.layout.authors import is_name, is_outlet
from annotator.reading.layout.lines import LIST_ITEM, MAX_PATTERN, Line
from annotator.reading.layout.verdicts import CALL_TO_ACTION, verdict_on
from annotator.reading.layout.word_lists import entries

MAX_SUBHEADING_WORDS = 12
_SOURCE_LINE = re.compile(r"Sources?: ")
MAX_NOTE_WORDS = 45  # of a note about the author
MAX_TAIL = 4  # lines of author notes and end credits

_SPEAKER = re.compile(r"[A-Z][A-Z .'-]{1,30}:\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|https?:")
_FULL_NAME = r"(?:[^\W\d_][\w.'-]* ){2,4}?"
_ABOUT_AUTHOR = re.compile(rf"(?P<name>{_FULL_NAME})(?:and {_FULL_NAME})?(?P<verb>is|are|writes|reported from)\b")


def mark_followers(lines: list[Line]) -> None:
    """Mark the links below "Read more:" and the lists below the headings of the tail."""
    for n, line in enumerate(lines):
        label = line.view.rstrip(": .").lower() if len(line.view) < 40 else ""
        if label in entries("tail_headings") and 3 * n >= len(lines):
            _mark_list(lines, n)
        elif line.view.endswith(":") and len(line.view) <= MAX_PATTERN and verdict_on(line.view) == CALL_TO_ACTION:
            for link in lines[n + 1 : n + 6]:
                if link.stopped or link.kind is not None or not link.adjacent:
                    break
                link.kind = SectionKind.BOILERPLATE


def _mark_list(lines: list[Line], heading: int) -> None:
    """Mark the heading of a list of links or references and the list up to the next sentence of prose."""
    n = heading + 1
    while n < len(lines) and not (lines[n].full_stop and lines[n].words >= 6 and not _is_reference(lines[n])):
        n += 1
    if n > heading + 1 or n == len(lines):
        for line in lines[heading:n]:
            line.kind = line.kind or SectionKind.BOILERPLATE


def _is_reference(line: Line) -> bool:
    return line.words < 40 and _YEAR.search(line.view) is not None and '"' in line.view


def mark_tail(lines: list[Line], body: int, text: str) -> None:
    """Mark the note about the author, the end credit and the signature below the last paragraph."""
    headline = " ".join(line.view for line in lines[:body] if line.kind is SectionKind.HEADLINE)
    seen = 0
    for n in range(len(lines) - 1, max(body, 1), -1):
        line = lines[n]
        if line.kind is not None:
            continue
        seen += 1
        if seen > MAX_TAIL or len(line.view) > MAX_PATTERN:
            return
        if _is_about_author(line, headline + text[lines[body].start : line.start]):
            line.kind = SectionKind.BOILERPLATE
        elif (is_name(line.view) or is_outlet(line.view)) and not line.stopped and lines[n - 1].full_stop:
            line.kind = SectionKind.BYLINE
        else:
            return


def _is_about_author(line: Line, before: str) -> bool:
    """Whether a last line is about the article's author: somebody whom the article has not spoken of.

    "Jane Doe is a reporter for the Daily Planet." "Jane Doe reported from Kyiv, and John Roe from Moscow."
    """
    opening = _ABOUT_AUTHOR.match(line.view)
    if opening is None or line.words > MAX_NOTE_WORDS or '"' in line.view:
        return False
    name = opening["name"].strip()
    if not is_name(name) or name.split()[-1] in before:
        return False
    return opening["verb"] == "reported from" or _has_role(line.view[opening.end() :])


def _has_role(predicate: str) -> bool:
    words = f" {re.sub(r'[^a-z-]+', ' ', predicate.lower())} "
    return any(f" {role} " in words or f" {role}s " in words for role in entries("author_roles"))


_TOLD = re.compile(r"(?<=\w) (?:said|told|warned|claimed|insisted|denied|announced|accused) (?=\w)")
# As agencies set headings: "- Calls to cancel -"
_BETWEEN_DASHES = re.compile(r"(?P<dash>[-–—]{1,2}) [^-–—\s](?:.{0,80}\S)? (?P=dash)")
MIN_TOLD_WORDS = 7  # of a caption that says something; "What Moor said" is a heading


def mark_subheadings(lines: list[Line], body: int) -> None:
    """Mark the headings between paragraphs: between dashes, or short, without a stop at the end, alone among prose."""
    spaced = sum(not line.adjacent for line in lines[1:]) * 2 > len(lines)
    for n in range(max(body, 1), len(lines) - 1):
        line, above, below = lines[n], lines[n - 1], lines[n + 1]
        if line.kind is None and line.words <= MAX_SUBHEADING_WORDS + 2 and _BETWEEN_DASHES.fullmatch(line.view):
            line.kind = SectionKind.SUBHEADING
            continue
        if line.kind is not None or line.stopped or line.words > MAX_SUBHEADING_WORDS or len(line.view) > 90:
            continue
        # It says whose the paragraph before is, or it is a picture's: "Ann Moor said the pier is sound".
        if _SOURCE_LINE.match(line.view) or (line.words >= MIN_TOLD_WORDS and _TOLD.search(line.view)):
            continue
        follows_prose = above.kind is not None or (above.stopped and not above.view.endswith((":", ",")))
        alone = not (spaced and line.adjacent)
        precedes_prose = below.kind is None and (below.full_stop or below.words >= 15)
        if follows_prose and alone and precedes_prose and _is_heading(line.view):
            line.kind = SectionKind.SUBHEADING


def _is_heading(view: str) -> bool:
    return view[0].isalnum() and not (view[0].islower() or LIST_ITEM.match(view) or _SPEAKER.match(view))
