"""Plain text: one article a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from annotator.reading import factiva, nexis, proquest
from annotator.reading.encodings import Note, decode
from annotator.reading.input import Input, checked
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import bytes_of
from annotator.reading.rows import made_article
from annotator.reading.story import Story, outcomes
from annotator.records import Article
from annotator.text import scrub

# Databases whose exports are text, each with what tells it and what takes it apart.
EXPORTS: tuple[tuple[Callable[[Sequence[str]], bool], Callable[[Sequence[str]], Iterator[Story]]], ...] = (
    (proquest.is_export, proquest.stories),  # first: it counts its documents as Nexis does
    (nexis.is_export, nexis.stories),
    (factiva.is_text_export, factiva.text_stories),
)


def read_plain(path: Path, source: Input) -> Iterator[Outcome]:
    return text_outcomes(decode(bytes_of(path, source.where), source.where, None, source.note), source)


def text_outcomes(text: str, source: Input) -> Iterator[Outcome]:
    """The article of a text, or those of an export of a news database."""
    lines = text.splitlines()
    for is_export, stories in EXPORTS:
        if is_export(lines):
            yield from outcomes(stories(lines), source)
            return
    yield read_text(text, article_id=source.name, where=source.where, given=source.given, note=source.note)


def read_text(
    data: bytes | str,
    *,
    article_id: str = "text",
    where: str | None = None,
    given: Mapping[str, str | None] = {},
    note: Note | None = None,
) -> Article:
    """One plain text as an article.

    What was guessed or mended is told to `note`. Raises `EncodingError` for bytes that are no text and `InputError`
    for a blank text.
    """
    where = where or article_id
    text = decode(data, where, None, note) if isinstance(data, bytes) else scrub(data)
    return made_article({"article_id": article_id, "text": text}, checked(given), where, note)
