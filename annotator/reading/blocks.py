"""The blocks of a document (Word, OpenDocument, e-book, Markdown), and the article that they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from annotator.reading.story import Story

MAX_TITLE_WORDS = 30


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    CAPTION = "caption"
    TABLE = "table"


@dataclass(frozen=True)
class Block:
    kind: BlockKind
    text: str


def story_of(blocks: Iterable[Block], **known: object) -> Story:
    """One article of a document's blocks; its title is what is styled so, or the heading that it begins with."""
    kept = [block for block in blocks if block.text.strip()]
    title = next((block.text for block in kept[:10] if block.kind is BlockKind.TITLE), None)
    if title is None and kept and kept[0].kind is BlockKind.HEADING and len(kept[0].text.split()) <= MAX_TITLE_WORDS:
        title = kept[0].text
    return Story(
        paragraphs=[block.text for block in kept],
        title=title,
        captions=[block.text for block in kept if block.kind is BlockKind.CAPTION],
        **known,  # type: ignore[arg-type]
    )


def kind_of_style(style: str) -> BlockKind:
    """What a paragraph is by the name of its style, in Word's and Writer's English and German names."""
    name = style.replace("_20_", " ").replace("_", " ").casefold().strip()
    if name in {"title", "titel", "titre", "headline"}:
        return BlockKind.TITLE
    if name.startswith(("heading", "überschrift", "titre ", "subtitle", "header ")):
        return BlockKind.HEADING
    if name.startswith(("caption", "beschriftung", "illustration", "figure", "légende", "drawing")):
        return BlockKind.CAPTION
    return BlockKind.TEXT


def table_text(rows: Iterable[Iterable[str]]) -> str:
    """A table as text: a row a line, its cells between tabs."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    return "\n".join(line for line in lines if line.strip())
