"""Plain text: one article a file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.reading.encodings import Note, decode
from annotator.reading.input import Input, checked
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import bytes_of
from annotator.reading.rows import made_article
from annotator.records import Article
from annotator.text import scrub


def read_plain(path: Path, source: Input) -> Iterator[Outcome]:
    yield read_text(bytes_of(path, source.where), article_id=source.name, where=source.where, given=source.given, note=source.note)


def read_text(
    data: bytes | str,
    *,
    article_id: str = "text",
    where: str | None = None,
    given: Mapping[str, str | None] = {},
    note: Note | None = None,
) -> Article:
    """One plain text as an article.

    What was guessed or mended is told to `note`. Raises `EncodingError` for bytes that are no text and `InputError` for a blank text.
    """
    where = where or article_id
    text = decode(data, where, None, note) if isinstance(data, bytes) else scrub(data)
    return made_article({"article_id": article_id, "text": text}, checked(given), where, note)
