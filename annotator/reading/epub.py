"""E-books (.epub), which magazines and newsletters are sold as: a chapter that is long enough is an article."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from annotator.errors import InputError
from annotator.reading.input import Input
from annotator.reading.markup import blocks_of
from annotator.reading.outcomes import Outcome
from annotator.reading.story import Story, one_line, outcomes
from annotator.reading.zipped import archive, local, parsed

MIN_WORDS = 40  # of a chapter; covers, title pages and tables of contents have fewer
MAX_CHAPTER = 20 << 20  # bytes


def read_epub(path: Path, source: Input) -> Iterator[Outcome]:
    with archive(path, source.where, "EPUB") as opened:
        names = set(opened.namelist())
        package = _package(parsed(opened.read("META-INF/container.xml"), source.where), source.where)
        root = parsed(opened.read(package), source.where)
        yield from outcomes(_chapters(opened, names, root, posixpath.dirname(package), source), source)


def _package(container: Any, where: str) -> str:
    for one in container.iter():
        if local(one) == "rootfile" and one.get("full-path"):
            return str(one.get("full-path"))
    raise InputError(f"{where}: an e-book that does not say where its contents are")


def _chapters(opened: Any, names: set[str], root: Any, folder: str, source: Input) -> Iterator[Story]:
    known = {local(one): one_line(one.text) for one in root.iter() if one.text and "purl.org/dc" in str(one.tag)}
    files = {one.get("id"): one.get("href", "") for one in root.iter() if local(one) == "item"}
    short = 0
    for one in (one for one in root.iter() if local(one) == "itemref"):
        name = posixpath.normpath(posixpath.join(folder, unquote(files.get(one.get("idref"), ""))))
        if name not in names:
            source.note(f"a chapter is missing from the file: {name}")
            continue
        if opened.getinfo(name).file_size > MAX_CHAPTER:
            source.note(f"a chapter of more than {MAX_CHAPTER >> 20} MB was not read: {name}")
            continue
        title, paragraphs = blocks_of(opened.read(name))
        if sum(len(part.split()) for part in paragraphs) < MIN_WORDS:
            short += 1
            continue
        yield Story(
            paragraphs,
            title=title,
            byline=known.get("creator"),
            publisher=known.get("publisher") or known.get("title"),
            published=known.get("date"),
            language=(known.get("language") or "")[:2] or None,
            more={"book": known["title"]} if known.get("title") else {},
        )
    if short:
        source.note(f"{short:,} parts of fewer than {MIN_WORDS} words were left out: covers, contents, notes")
