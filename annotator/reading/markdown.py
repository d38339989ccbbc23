"""Markdown (.md), with the facts about the article between lines of dashes on top, where it has them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.reading.blocks import Block, BlockKind, story_of, table_text
from annotator.reading.encodings import decode
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import bytes_of
from annotator.reading.story import outcomes

_HEAD = re.compile(r"\A\ufeff?---[^\S\n]*\n(.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"([A-Za-z_-]+)\s*:\s*(\S.*)")
_NOTE = re.compile(r"^\[\^[^\]]+\]:[^\S\n]*(.+(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
NAMES = {
    "title": "title",
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "date": "published",
    "published": "published",
    "publisher": "publisher",
    "outlet": "publisher",
    "source": "publisher",
    "url": "url",
    "link": "url",
    "section": "section",
    "category": "section",
    "lang": "language",
    "language": "language",
}


def read_markdown(path: Path, source: Input) -> Iterator[Outcome]:
    text = decode(bytes_of(path, source.where), source.where, None, source.note)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    known: dict[str, str] = {}
    if head := _HEAD.match(text):
        known, text = _facts(head[1]), text[head.end() :]
    notes = [note for note in _NOTE.findall(text) if note.strip()]
    story = story_of(_blocks(_NOTE.sub("", text)), footnotes=notes)
    for name, value in known.items():
        setattr(story, name, value)
    yield from outcomes([story], source)


def _facts(head: str) -> dict[str, str]:
    """What the head says of the article: "author: Jane Roe", "tags: [a, b]" is none of it."""
    found = {}
    for line in head.split("\n"):
        fact = _FACT.fullmatch(line.strip())
        if fact and (name := NAMES.get(fact[1].casefold())):
            found[name] = ", ".join(part.strip(" \"'") for part in fact[2].strip("[] ").split(","))
    return found


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    above: list[str] = []  # what the token stands in
    row: list[str] = []
    table: list[list[str]] = []
    for token in tokens:
        if token.nesting == 1:
            above.append(token.type)
        elif token.nesting == -1:
            above.pop()
            if token.type == "tr_close":
                table.append(row)
                row = []
            elif token.type == "table_close":
                yield Block(BlockKind.TABLE, table_text(table))
                table = []
        elif token.type == "inline":
            inside = re.sub(r"\[\^[^\]]+\]", "", "".join(_inline(token.children or [])))
            if "table_open" in above:
                row.append(inside)
            else:
                yield Block(_kind(token.children or [], above), inside)
        elif token.type in {"fence", "code_block"}:
            yield Block(BlockKind.TEXT, token.content.strip())
        elif token.type == "html_block":
            yield Block(BlockKind.TEXT, " ".join(_TAG.sub(" ", token.content).split()))


def _kind(children: list[Any], above: list[str]) -> BlockKind:
    if "heading_open" in above:
        return BlockKind.HEADING
    return BlockKind.CAPTION if [child.type for child in children] == ["image"] else BlockKind.TEXT


def _inline(children: list[Any]) -> Iterator[str]:
    for child in children:
        if child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield "\n"
        elif child.type == "image":
            yield child.content
