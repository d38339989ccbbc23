"""OpenDocument texts (.odt), as LibreOffice writes them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.reading import nexis
from annotator.reading.blocks import Block, BlockKind, kind_of_style, story_of, table_text
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.story import outcomes
from annotator.reading.zipped import archive, local, parsed

MAX_BLANKS = 1000  # that one element may stand for
HOLDERS = frozenset({"section", "list", "list-item", "list-header", "body", "text", "frame", "text-box", "index-body"})
MARKS = frozenset({"note", "annotation", "tracked-changes", "annotation-end", "frame", "bookmark-start"})


def read_odt(path: Path, source: Input) -> Iterator[Outcome]:
    with archive(path, source.where, "OpenDocument") as opened:
        root = parsed(opened.read("content.xml"), source.where)
    styles = _parents(root)
    text = next((one for one in root.iter() if local(one) == "text" and local(one.getparent()) == "body"), None)
    if text is None:
        raise InputError(f"{source.where}: an OpenDocument file without a text. Spreadsheets: save as .xlsx or .csv")
    if any(local(one) == "deletion" for one in text.iter()):
        source.note("tracked changes: insertions are read, deletions are not")
    if comments := sum(local(one) == "annotation" for one in text.iter()):
        source.note(f"{comments:,} comments beside the text are not read")
    blocks = list(_blocks(text, styles))
    lines = [block.text for block in blocks]
    if nexis.is_export(lines):
        yield from outcomes(nexis.stories(lines), source)
        return
    notes = [_text(one) for one in text.iter() if local(one) == "note-body"]
    yield from outcomes([story_of(blocks, footnotes=notes)], source)


def _parents(root: Any) -> dict[str, str]:
    """The named style behind each automatic one: "P1" is a "Caption"."""
    found = {}
    for one in root.iter():
        if local(one) == "style":
            names = {key.rpartition("}")[2]: value for key, value in one.attrib.items()}
            found[names.get("name", "")] = names.get("parent-style-name", names.get("name", ""))
    return found


def _blocks(element: Any, styles: dict[str, str]) -> Iterator[Block]:
    for child in element:
        name = local(child)
        if name in {"p", "h"}:
            style = next((value for key, value in child.attrib.items() if key.endswith("}style-name")), "")
            kind = kind_of_style(styles.get(style, style))
            yield Block(BlockKind.HEADING if name == "h" and kind is BlockKind.TEXT else kind, _text(child).strip())
            for frame in (one for one in child.iter() if local(one) == "text-box"):
                yield from _blocks(frame, styles)
        elif name == "table":
            rows = (one for one in child.iter() if local(one) == "table-row")
            yield Block(BlockKind.TABLE, table_text([[_text(cell) for cell in row] for row in rows]))
        elif name in HOLDERS:
            yield from _blocks(child, styles)


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            count = next((value for key, value in child.attrib.items() if key.endswith("}c")), "1")
            yield " " * min(int(count) if count.isdigit() else 1, MAX_BLANKS)
        elif name in {"tab", "line-break"}:
            yield "\t" if name == "tab" else "\n"
        elif name not in MARKS:
            yield from _pieces(child)
            if name == "p":
                yield " "
        yield child.tail or ""
