"""Word documents (.docx): text as it is read on paper, with tracked insertions and without deletions.

python-docx opens the file; its own paragraphs lack tables, insertions, content controls, fields and text boxes, so the
document's elements are walked here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.reading import nexis
from annotator.reading.blocks import Block, BlockKind, kind_of_style, story_of, table_text
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.story import one_line, outcomes
from annotator.reading.zipped import archive, local, parsed

EXTRA = "documents"
# Elements that hold runs, in whatever a writer put around them; what stands in others (w:del, w:instrText) is not text.
HOLDERS = frozenset(
    {"r", "ins", "hyperlink", "fldSimple", "sdt", "sdtContent", "smartTag", "moveTo", "dir", "bdo", "p"}
)
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
REMOVED = frozenset({"del", "moveFrom"})


def read_docx(path: Path, source: Input) -> Iterator[Outcome]:
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtraError("Word (.docx)", EXTRA) from error
    with archive(path, source.where, "Word"):
        pass
    try:
        document = Document(str(path))
    except Exception as error:  # the library raises a dozen kinds
        raise InputError(f"{source.where}: not a sound Word file: {error}") from error
    walk = _Walk(document)
    blocks = list(walk.blocks(document.element.body))
    if walk.removed:
        source.note(f"tracked changes: insertions are read, {walk.removed:,} deletions are not")
    if comments := sum(local(one) == "comment" for root in _parts(document, "comments.xml") for one in root):
        source.note(f"{comments:,} comments beside the text are not read")
    lines = [block.text for block in blocks]
    if nexis.is_export(lines):
        yield from outcomes(nexis.stories(lines), source)
        return
    yield from outcomes([story_of(blocks, footnotes=_footnotes(document))], source)


class _Walk:
    """Goes through a document's elements, and counts what it leaves aside."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style.name or "" for style in document.styles}
        self.removed = 0

    def blocks(self, body: Any) -> Iterator[Block]:
        for element in body:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield Block(BlockKind.TABLE, table_text(self._rows(element)))
            elif name in {"sdt", "sdtContent", "ins", "customXml"}:
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        boxes: list[Any] = []
        text = "".join(self._text(element, boxes))
        style = next((one.get(_attribute(one, "val")) for one in element.iter() if local(one) == "pStyle"), "")
        yield Block(kind_of_style(self._styles.get(style, style or "")), text.strip())
        for box in boxes:
            yield from self.blocks(box)

    def _text(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        for child in element:
            name = local(child)
            if name == "t":
                yield child.text or ""
            elif name in SIGNS:
                yield SIGNS[name]
            elif name in REMOVED:
                self.removed += 1
            elif name == "r" and _is_hidden(child):
                continue
            elif name in HOLDERS:
                yield from self._text(child, boxes)
            elif name in {"AlternateContent", "drawing", "pict", "object"}:
                boxes.extend(_boxes(child))

    def _rows(self, table: Any) -> Iterator[list[str]]:
        for row in (one for one in table.iter() if local(one) == "tr"):
            yield [" ".join(block.text for block in self.blocks(cell)) for cell in row if local(cell) in {"tc", "sdt"}]


def _boxes(element: Any) -> Iterator[Any]:
    """Text boxes; of two forms of the same one (for new and for old Word) the first."""
    for child in element.iter():
        if local(child) == "txbxContent" and not any(local(above) == "Fallback" for above in child.iterancestors()):
            yield child


def _is_hidden(run: Any) -> bool:
    properties = next((child for child in run if local(child) == "rPr"), None)
    hidden = None if properties is None else next((one for one in properties if local(one) == "vanish"), None)
    return hidden is not None and hidden.get(_attribute(hidden, "val"), "1") not in {"0", "false"}


def _attribute(element: Any, name: str) -> str:
    return f"{element.tag[: element.tag.index('}') + 1]}{name}"


def _footnotes(document: Any) -> list[str]:
    """Footnotes and endnotes, in their order."""
    notes = (note for root in _parts(document, "footnotes.xml", "endnotes.xml") for note in root)
    texts = (one_line("".join(one.text or "" for one in note.iter() if local(one) == "t")) for note in notes)
    return [text for text in texts if text]


def _parts(document: Any, *names: str) -> Iterator[Any]:
    """The parts of those names that stand beside the document's text."""
    for part in (related.target_part for related in document.part.rels.values() if not related.is_external):
        if str(part.partname).rpartition("/")[2] in names:
            yield parsed(part.blob, str(part.partname))
