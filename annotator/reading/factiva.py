"""Exports of Factiva: pages (HTML) with a table of codes for each article, text or rich text with the codes in lines.

LP (lead) and TD (the rest) are Factiva's cut of one text. Without indexing there are no codes at all.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from annotator.reading import when
from annotator.reading.markup import lines_of
from annotator.reading.story import Story, one_line

_ID = re.compile(r"\s*(?:Document|Dokument|Documento|文件)\s+([A-Z]{2,}[A-Z0-9]{10,}[a-z0-9]*)\s*")
_CODE = re.compile(r"([A-Z]{2,3})(?:\s{2,}|\t|\s*$)(.*)")
_WORDS = re.compile(r"[\d.,]+ (?:words|Wörter|mots|palabras|字)")
_CODES = frozenset(
    [
        "HD",
        "CR",
        "BY",
        "WC",
        "PD",
        "ET",
        "SN",
        "SC",
        "ED",
        "PG",
        "LA",
        "CY",
        "LP",
        "TD",
        "CT",
        "RF",
        "CO",
        "IN",
        "NS",
        "RE",
        "IPC",
        "IPD",
        "PUB",
        "AN",
        "CLM",
        "SE",
        "VOL",
        "ART",
        "DLN",
        "RST",
    ]
)


def is_page(html: str) -> bool:
    return re.search(r"""class=["']article [a-z]{2,4}Article|<(?:title|TITLE)>\s*Factiva""", html) is not None and (
        re.search(r"""class=["']article\b""", html) is not None
    )


def page_stories(tree: Any) -> Iterator[Story]:
    matching = "div[contains(concat(' ', @class, ' '), ' article ')]"
    for element in tree.xpath(f"//{matching}[not(.//{matching})]"):
        language = re.search(r"\b([a-z]{2})[a-z]{0,2}Article\b", element.get("class") or "")
        cells = _cells(element)
        story = _of_codes(cells) if cells else _without_codes(element)
        story.language = story.language or (language[1] if language else None)
        yield story


def _cells(element: Any) -> dict[str, list[str]]:
    """What stands beside each code of the article's tables."""
    found: dict[str, list[str]] = {}
    for row in element.xpath(".//tr"):
        cells = row.xpath("./td")
        code = "".join(cells[0].itertext()).strip() if cells else ""
        if len(cells) >= 2 and re.fullmatch(r"[A-Z]{2,3}", code) and code in _CODES:
            found[code] = lines_of(cells[1])
    return found if "HD" in found or "LP" in found or "TD" in found else {}


def _of_codes(cells: dict[str, list[str]]) -> Story:
    def said(code: str) -> str | None:
        return one_line(" ".join(cells.get(code, [])))

    published = " ".join(filter(None, (said("PD"), said("ET")))) or None
    return Story(
        paragraphs=[*cells.get("LP", []), *cells.get("TD", [])],
        title=said("HD"),
        byline=said("BY") or said("AU"),
        publisher=said("SN"),
        published=published,
        language=_language(said("LA")),
        section=said("SE") or said("CLM"),
        agency=said("CR"),
        captions=cells.get("ART", []),
        more={
            name: value
            for name, value in (
                ("factiva_id", (said("AN") or "").removeprefix("Document ").removeprefix("Dokument ")),
                ("page", said("PG")),
            )
            if value
        },
    )


def _language(name: str | None) -> str | None:
    from annotator.reading.nexis import language_code

    return language_code(name) if name else None


def _without_codes(element: Any) -> Story:
    """An article whose parts are told by their order: headline, author, words, date, time, outlet, code, language."""
    headline = element.xpath(".//*[contains(@class, 'Headline') or contains(@id, 'hd')]")
    title = one_line("".join(headline[0].itertext())) if headline else None
    return _by_order(lines_of(element), title)


def _by_order(lines: Sequence[str], title: str | None) -> Story:
    lines = list(lines)
    story = Story(title=title)
    words = next((n for n, line in enumerate(lines[:12]) if _WORDS.fullmatch(line)), None)
    dated = next((n for n, line in enumerate(lines[:14]) if len(line) < 60 and when.iso(line)), None)
    if dated is None:
        story.paragraphs = [line for line in lines if line != title]
        return story
    above = lines[: dated if words is None else min(words, dated)]
    story.title = title or (above[0] if above else None)
    authors = [line for line in above if line != story.title]
    if authors and _is_section(authors[0]):
        story.section = authors.pop(0)
    story.byline = authors[-1] if authors and len(authors[-1].split()) <= 12 else None
    published = lines[dated]
    rest = lines[dated + 1 :]
    if rest and re.fullmatch(r"\d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?(?: [A-Z]{2,4})?", rest[0]):
        published = f"{published} {rest.pop(0)}"
    story.published = published
    story.publisher = rest.pop(0) if rest else None
    rights = next((n for n, line in enumerate(rest[:10]) if _RIGHTS.match(line)), None)
    if rights is not None:
        rest = rest[rights + 1 :]
    while rest and _is_small(rest[0]):
        rest.pop(0)
    if rest and (ended := _ID.fullmatch(rest[-1])):
        story.more["factiva_id"] = ended[1]
        rest.pop()
        if rest and len(rest[-1].split()) <= 8 and not rest[-1].endswith((".", "!", "?", "”", '"')):
            rest.pop()  # the house that provides the texts
    story.paragraphs = rest
    return story


_RIGHTS = re.compile(r"©|\(?Copyright\b|\(c\)|Alle Rechte", re.IGNORECASE)


def _is_section(line: str) -> bool:
    return len(line.split()) == 1 or re.search(r"\b(?:Desk|Section|News|Features)\b", line) is not None


LANGUAGES = {"English", "German", "Deutsch", "French", "Français", "Spanish", "Englisch", "Französisch"}


def _is_small(line: str) -> bool:
    """Whether a line is a code, a language, a page or an edition, as stand between the outlet's name and the text."""
    return (
        line in LANGUAGES or re.fullmatch(r"[A-Z0-9]{2,8}|\d+|[A-Z]?\d+(?:-\d+)?|[A-Z][\w/ ]{0,20}", line) is not None
    )


# --- text and rich text ---


def is_text_export(lines: Sequence[str]) -> bool:
    """Whether the lines are of an export as text: below each article stands "Document" with its number."""
    return any(_ID.fullmatch(line) for line in lines)


def text_stories(lines: Sequence[str]) -> Iterator[Story]:
    block: list[str] = []
    for line in lines:
        if ended := _ID.fullmatch(line):
            if any(map(str.strip, block)):
                story = _of_lines(block)
                story.more.setdefault("factiva_id", ended[1])
                yield story
            block = []
        else:
            block.append(line)


def _of_lines(block: list[str]) -> Story:
    cells: dict[str, list[str]] = {}
    code = ""
    for line in block:
        match = _CODE.match(line.rstrip())
        if match and match[1] in _CODES:
            code = match[1]
            cells[code] = [match[2].strip()] if match[2].strip() else []
        elif code and line.strip():
            cells[code].append(" ".join(line.split()))
    if "HD" in cells or "TD" in cells:
        return _of_codes(cells)
    return _by_order([text for part in block if (text := one_line(part))], None)
