"""Exports of ProQuest: text with lines of underscores between the articles, and their fields as "Title: ..."."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from annotator.reading.markup import lines_of
from annotator.reading.nexis import language_code
from annotator.reading.story import Story, one_line

_RULE = re.compile(r"\s*_{20,}\s*")
_FIELD = re.compile(
    r"(?:\*\*)?([A-Z][A-Za-z /-]{1,40}|column):(?:\*\*)?[ \t]+(.*)|(?:\*\*)?(Full text|Abstract|Links):(?:\*\*)?\s*()"
)
_NAMES = frozenset(
    """full text; abstract; title; author; publication title; publication year; publication date; publisher; section;
    place of publication; country of publication; publication subject; issn; source type; language of publication;
    document type; proquest document id; document url; copyright; last updated; database; links; subject; location;
    people; company / organization; classification; identifier / keyword; pages; publication info; first page; volume;
    issue; dateline; column; edition; online publication date; publication history""".replace("\n", " ").split(";")
)
NAMES = frozenset(" ".join(name.split()) for name in _NAMES)


def is_page(html: str) -> bool:
    return "ProQuest document ID" in html or "DocID_" in html


def page_stories(tree: Any) -> Iterator[Story]:
    """The articles of an export as a page, as they also come by mail: each begins with an anchor of its own."""
    anchored = _mark_anchors(tree)
    lines = [part for line in lines_of(tree) if line not in _OF_THE_PAGE for part in (_mended(line), "")]
    if anchored:
        lines = [_LINE if line == _ANCHOR else "" if _RULE.fullmatch(line) else line for line in lines]
    elif not any(_RULE.fullmatch(line) for line in lines):
        lines = [part for line in lines for part in ((_LINE, line) if _starts(line) else (line,))]
    return stories(lines)


_LINE = "_" * 30
_ANCHOR = "\ue000"  # of private use: no text has it on a line of its own
_OF_THE_PAGE = frozenset({"ProQuest document link", "Enlarge this image.", "html>"})  # and not of its articles


def _mended(line: str) -> str:
    """The line without what is left of an element that lost its bracket."""
    return re.sub(r"^(Full text|Abstract): html>", r"\1:", line)


def _mark_anchors(tree: Any) -> bool:
    """Put a line before each article; whether there was an anchor of one."""
    anchors = [anchor for anchor in tree.iter("a") if (anchor.get("name") or "").startswith("DocID_")]
    for anchor in anchors:
        mark = anchor.makeelement("p")
        mark.text = _ANCHOR
        anchor.addprevious(mark)
    return bool(anchors)


def _starts(line: str) -> bool:
    return re.match(r"(?:Document|Dokument) \d+ (?:of|von) \d+", line) is not None


def is_export(lines: Sequence[str]) -> bool:
    return any("ProQuest document ID" in line for line in lines)


def stories(lines: Sequence[str]) -> Iterator[Story]:
    block: list[str] = []
    for line in [*lines, "_" * 30]:
        if not _RULE.fullmatch(line):
            block.append(line)
            continue
        if any("ProQuest document ID" in one or one.startswith("Full text:") for one in block):
            yield _story(block)
        block = []


def _story(block: list[str]) -> Story:
    fields: dict[str, list[str]] = {}
    name = ""
    for line in block:
        found = _FIELD.match(line)
        label = ((found[1] or found[3]) if found else "").casefold()
        if found and label in NAMES and not (name == "full text" and label not in _AFTER_TEXT):
            name = label
            fields.setdefault(name, []).append(found[2] or "")
        elif name:
            fields[name].append(line)
    heading = next((line.strip() for line in block if line.strip() and not _starts(line)), None)

    def said(*names: str) -> str | None:
        return next((value for one in names if (value := one_line(" ".join(fields.get(one, []))))), None)

    author = said("author")
    author = re.sub(r"\s*\.\s*$", "", author) if author and author != "Anonymous" else None
    return Story(
        paragraphs=list(_paragraphs(fields.get("full text") or fields.get("abstract") or [])),
        title=said("title") or heading,
        byline=author,
        publisher=_outlet(said("publication title")),
        published=said("publication date", "publication info"),
        url=said("document url"),
        language=language_code(language) if (language := said("language of publication")) else None,
        section=said("section"),
        more={
            "proquest_id": said("proquest document id"),
            "text_is": None if "full text" in fields else "abstract only",
        },
    )


def _outlet(title: str | None) -> str | None:
    """The title of a publication without its edition and place.

    >>> _outlet("The Linden Post, Late Edition (East Coast); Linden, L.D.")
    'The Linden Post'
    """
    return re.sub(r",[^,;]*\bEdition\b.*", "", title.partition(";")[0]).strip() if title else None


_AFTER_TEXT = NAMES - {"author", "section", "people", "location", "company / organization", "column", "pages"}


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs between blank lines; where there are none, each line is one."""
    chunk: list[str] = []
    spaced = any(not line.strip() for line in lines[1:-1])
    for line in [*lines, ""]:
        if line.strip():
            chunk.append(line.strip())
        if chunk and (not line.strip() or not spaced):
            yield " ".join(chunk)
            chunk = []
