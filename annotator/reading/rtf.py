"""Rich text (.rtf): of word processors, of Nexis and of Factiva."""

import re
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import InputError, MissingExtraError
from annotator.reading import factiva, nexis
from annotator.reading.blocks import BlockKind, kind_of_style
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import bytes_of
from annotator.reading.story import Story, outcomes

# The library keeps what was deleted or hidden, and drops footnotes.
_GONE = re.compile(r"\{[^{}]*\\(?:deleted|v)(?![a-z0-9])[^{}]*\}")
_FOOTNOTE = re.compile(r"\{\\footnote\b((?:[^{}]|\{[^{}]*\})*)\}")
# A style has its number and, last, its name; a paragraph names the number.
_STYLE = re.compile(r"\{\\s(\d+)(?:[^{};]|\{[^{}]*\})*?(?:[a-z0-9]|\})\s+([^{};\\]+);\}")
_MARK = "\ue000"  # of private use: put before the words of a caption
_LINK = re.compile(r"\{\\\*\\fldinst\b(?:[^{}]|\{[^{}]*\})*\}")


def read_rtf(path: Path, source: Input) -> Iterator[Outcome]:
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise MissingExtraError("Rich text (.rtf)", "documents") from error
    data = bytes_of(path, source.where)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise InputError(f"{source.where}: not rich text. If it is plain text, name it .txt")
    if not data.rstrip(b"\x00 \r\n\t").endswith(b"}"):
        source.note("the file does not end as rich text does: it may have been cut off")
    # Rich text is ASCII by its definition; what is not, old programs write in the page that the file names.
    raw = _LINK.sub("", _GONE.sub("", data.decode("latin-1")))
    notes = [
        rtf_to_text("{\\rtf1 " + note + "}", encoding="cp1252", errors="replace").strip()
        for note in _FOOTNOTE.findall(raw)
    ]
    raw = _marked(_FOOTNOTE.sub("", raw))
    try:
        text = rtf_to_text(raw, encoding="cp1252", errors="replace")
    except Exception as error:  # the library raises whatever it stumbles over
        raise InputError(
            f"{source.where}: the rich text cannot be read ({error!r}). Save it as .docx or .txt"
        ) from error
    text = text.replace("\r", "\n")
    plain = text.replace(_MARK, "").split("\n")
    if nexis.is_export(plain):
        yield from outcomes(nexis.stories(plain), source)
    elif factiva.is_text_export(plain):
        yield from outcomes(factiva.text_stories(plain), source)
    else:
        marked = list(_paragraphs(text.split("\n")))
        captions = [one.replace(_MARK, "") for one in marked if _MARK in one]
        yield from outcomes(
            [Story([one.replace(_MARK, "") for one in marked], captions=captions, footnotes=notes)], source
        )


def _marked(raw: str) -> str:
    """The rich text with a mark in each paragraph whose style is that of a caption."""
    styles = {number for number, name in _STYLE.findall(raw) if kind_of_style(name) is BlockKind.CAPTION}
    if not styles:
        return raw
    return re.sub(rf"\\s({'|'.join(styles)})(?![0-9])", rf"\\s\1\\u{ord(_MARK)}?", raw)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """The paragraphs: rows of a table, which the library ends with a bar, together; items without their marks."""
    rows: list[str] = []
    for line in [*lines, ""]:
        line = line.strip()
        if line.endswith("|"):
            rows.append("\t".join(cell.strip() for cell in line[:-1].split("|")))
            continue
        if rows and line:
            yield "\n".join(rows)
            rows = []
        if line:
            yield re.sub(r"^[•·▪◦‣]\s+", "", line)
    if rows:
        yield "\n".join(rows)
