"""Exports of Nexis, old ("3 of 10 DOCUMENTS") and new ("Body" ... "End of Document"): many articles in one file.

They come as text, rich text and Word documents; all are lines here. Ways of writing measured on the samples of
LexisNexisTools 0.3.7 and of the R package newspapers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.reading import when
from annotator.reading.markup import lines_of
from annotator.reading.story import Story, one_line

_COUNTED = re.compile(
    r"\s*(?:\d+ (?:of|de|von) \d+ (?:DOCUMENTS?|DOKUMENTEN?)|(?:Dokument|Document) \d+ (?:von|of|de) \d+)\s*",
    re.IGNORECASE,
)
_END = re.compile(r"\s*(?:End of Document|Ende des Dokuments?|Fin du document)\s*", re.IGNORECASE)
_BODY = re.compile(r"\s*(?:Body|Text|Corps)\s*")
MOST_ABOVE = 4  # lines of title, outlet, edition and the like
_NO_ARTICLE = "there is an error in this document"

# Fields above the text and below it, as both forms call them.
_ABOVE = (
    "byline",
    "section",
    "length",
    "dateline",
    "highlight",
    "series",
    "source",
    "column",
    "edition",
    "distribution",
    "copyright",
)
_BELOW = (
    "load-date", "language", "graphic", "publication-type", "document-type", "journal-code", "subject", "person",
    "company", "organization", "geographic", "ticker", "industry", "country", "city", "state", "update", "notes",
    "type", "url", "correction", "correction-date", "acc-no", "doc-type", "copyright",
)  # fmt: skip
_GERMAN = {
    "autor": "byline", "rubrik": "section", "länge": "length", "update": "load-date", "sprache": "language",
    "auteur": "byline", "rubrique": "section", "longueur": "length", "langue": "language", "encart": "highlight",
    "date-chargement": "load-date", "sujet": "subject", "personne": "person", "société": "company", "ville": "city",
    "région": "geographic", "pays": "country",
}  # fmt: skip
_FIELD = re.compile(r"\s*([A-ZÄÖÜ][\w-]{2,20}):[\s\xa0]*(.*)", re.DOTALL)
_COPYRIGHT = re.compile(r"\s*(?:Copyright|©|\(c\)) ?\(?c?\)?\s?\d{4}|\s*All Rights Reserved", re.IGNORECASE)
_EDITION = re.compile(r"[\w ,.&;/-]{0,40}\bedition\b[\w ,.&;/-]{0,20}", re.IGNORECASE)
_NO_TEXT = re.compile(r"\s*(?:Link to (?:Image|the original story.?)|Classification|\[image\])\s*", re.IGNORECASE)


def is_page(html: str) -> bool:
    return "DOC_ID_" in html and "DOCFULL" in html


def page_stories(tree: Any) -> Iterator[Story]:
    """The articles of an export as a page: its lines are those of the old form."""
    return stories(part for line in lines_of(tree) for part in (line, ""))


def is_export(lines: Sequence[str]) -> bool:
    """Whether the lines are of an export of Nexis, by the lines between its articles."""
    if any(_COUNTED.fullmatch(line) for line in lines):
        return True
    ended = any(_END.fullmatch(line) for line in lines)
    return ended and any(_BODY.fullmatch(line) or line.strip().startswith("Length:") for line in lines)


def stories(lines: Iterable[str]) -> Iterator[Story]:
    """The articles in their order; what stands above the first (the request, the list of titles) is none of them."""
    block: list[str] = []
    counted = False
    for line in lines:
        if _COUNTED.fullmatch(line):
            if counted:
                yield _old(block)
            block, counted = [], True
        elif _END.fullmatch(line) and not counted:
            yield _new(block)
            block = []
        else:
            block.append(line)
    if counted:
        yield _old(block)
    elif any(_BODY.fullmatch(line) for line in block):
        yield _new(block)


# --- "3 of 10 DOCUMENTS" ---


def _old(block: list[str]) -> Story:
    chunks = list(_chunks(part for line in block for part in line.split("\n")))
    story = Story()
    if not chunks:
        return story
    if _NO_ARTICLE in " ".join(chunks):
        story.more["nexis"] = " ".join(chunks)
        return story
    dated = next((n for n, chunk in enumerate(chunks[:6]) if when.iso(chunk.split("\n")[0])), None)
    story.publisher = one_line(chunks[0]) if dated != 0 else None
    if dated is not None:
        story.published = one_line(chunks[dated].split("\n")[0])
    rest = chunks[(dated or 0) + 1 :]
    while rest and _EDITION.fullmatch(rest[0]):
        rest = rest[1:]
    if rest and _field(rest[0]) is None:
        story.title = one_line(rest[0])
        rest = rest[1:]
    story.paragraphs = list(_text(rest, story))
    _take_address(story)
    return story


def _chunks(lines: Iterable[str]) -> Iterator[str]:
    """Lines between blank ones, without the blanks around each."""
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            chunk.append(line.strip())
        elif chunk:
            yield "\n".join(chunk)
            chunk = []


def _text(chunks: Iterable[str], story: Story) -> Iterator[str]:
    """The paragraphs; the fields above and below them are written into the story."""
    below = False
    for chunk in chunks:
        if _COPYRIGHT.match(chunk):
            continue
        field = _field(chunk)
        if field is None or (field[0] not in _ABOVE and field[0] not in _BELOW):
            if not below and not _NO_TEXT.fullmatch(chunk):
                yield " ".join(chunk.split())
            continue
        below = below or (field[0] in _BELOW and field[0] not in _ABOVE)
        _write(story, *field)


def _field(chunk: str) -> tuple[str, str] | None:
    match = _FIELD.fullmatch(chunk)
    if match is None:
        return None
    name = match[1].casefold()
    name = _GERMAN.get(name, name)
    return (name, one_line(match[2]) or "") if name in _ABOVE or name in _BELOW else None


def _write(story: Story, name: str, value: str) -> None:
    if name == "byline":
        story.byline = value
    elif name == "section":
        story.section = value
    elif name == "language":
        story.language = language_code(value)
    elif name == "graphic":
        story.captions += [value] if value else []
    elif name in {"highlight", "dateline"} and value:
        story.more[name] = value


def _take_address(story: Story) -> None:
    """The address of the article, which stands below its text."""
    while story.paragraphs and re.fullmatch(r"https?://\S+", story.paragraphs[-1]):
        address = story.paragraphs.pop()
        story.url = address if re.match(r"https?://[^/]+/.", address) else story.url  # not the outlet's alone


def language_code(name: str) -> str | None:
    """ISO code of a language by its name, as headers write it; other words as they are."""
    codes = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es"}
    first = name.split(";")[0].strip().casefold()
    return codes.get(first, first[:40]) or None


# --- "Body" ... "End of Document" ---


def _new(block: list[str]) -> Story:
    story = Story()
    body = next((n for n, line in enumerate(block) if _BODY.fullmatch(line)), None)
    if body is None:  # without its heading the text begins below the fields
        body = max((n for n, line in enumerate(block) if _field(line.strip()) is not None), default=len(block) - 1)
    head = [(n, line.strip()) for n, line in enumerate(block[:body]) if line.strip()]
    dated = next((k for k in reversed(range(len(head))) if _is_date(head[k][1])), None)
    if dated is not None:
        story.published = head[dated][1]
        above = [line for _, line in head[:dated]]
        if len(above) > 2 and re.fullmatch(r"\(.*\)", above[-1]):  # "The New York Times", and below it "(Green)"
            story.section = above.pop().strip("()")
        story.publisher = above[-1] if above else None
        story.title = above[-2] if len(above) > 1 else None
    else:
        _without_date(story, [line for _, line in head])
    below = 0 if dated is None else dated + 1
    for _, line in head[below:]:
        if (field := _field(line)) is not None:
            _write(story, *field)
    story.paragraphs = list(_new_text(block[body + 1 :], story))
    _take_address(story)
    return story


def _without_date(story: Story, head: list[str]) -> None:
    """Title and outlet of an article whose date is missing ("Correction Appended" stands in its place)."""
    above = [line for line in head if _field(line) is None and not _COPYRIGHT.match(line)]
    if 1 < len(above) <= MOST_ABOVE:
        story.title, story.publisher = above[0], above[1]


def _is_date(line: str) -> bool:
    return len(line) < 80 and _field(line) is None and ":" not in line[:15] and when.iso(line) is not None


def _new_text(lines: Iterable[str], story: Story) -> Iterator[str]:
    where = "text"  # or "graphic", "classification": the parts that stand below one another
    for line in map(str.strip, lines):
        if line == "Graphic":
            where = "graphic"
        elif line in {"Classification", "Notes"} or line.startswith(("Load-Date:", "Language:")):
            where = "classification"
        field = _field(line) if where == "classification" else None
        if field is not None:
            _write(story, *field)
        elif where == "graphic" and line and line != "Graphic":
            story.captions.append(line)
        elif where == "text" and line and not _NO_TEXT.fullmatch(line):
            yield line
