"""Web archives (WARC, plain or gzip) as crawlers of news write them: each page that a server answered with."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from annotator.errors import InputError, MissingExtraError, RunError
from annotator.reading.encodings import declared_encoding, decode
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome, Passed, Unread
from annotator.reading.page import page_reader
from annotator.reading.rows import made_article
from annotator.text import scrub

PAGE_TYPES = ("text/html", "application/xhtml")
FOUND = "200"
MAX_PAGE = 10 << 20  # bytes; the largest page of a newspaper is a tenth of it


@dataclass(frozen=True)
class Page:
    """A page of an archive: number of its record, counted from 1, bytes as unpacked, and the encoding it was sent with.

    `fetched` is when the crawler got it, in ISO 8601, which is not when it was published.
    """

    number: int
    url: str | None
    fetched: str | None
    charset: str | None
    data: bytes


def read_warc(path: Path, source: Input) -> Iterator[Outcome]:
    """Articles of the pages of a web archive; its other records are passed over."""
    with path.open("rb") as file:
        for record in records(file, source.where):
            yield _article(record, source) if isinstance(record, Page) else record


def _article(page: Page, source: Input) -> Outcome:
    where = f"{source.where}, record {page.number}"
    try:
        html = scrub(decode(page.data, where, page.charset or declared_encoding(page.data)))
        article = page_reader(source)(html, article_id=f"{source.name}-{page.number}", url=page.url, where=where)
    except RunError as error:  # the page's own doing: it took its reader along
        return Unread(where, error)
    except InputError as error:
        return Passed(where, str(error).removeprefix(f"{where}: "))
    # What a page says of its language is its template's; crawled news needs a look at the text.
    known = article.model_dump(exclude={"text_sha256", "language"})
    known["metadata"] |= {"fetched": page.fetched} if page.fetched else {}
    return made_article(known, source.given, where)


def records(file: IO[bytes], where: str) -> Iterator[Page | Passed]:
    """Pages of an archive in their order, and the answers that are none; the crawler's requests and notes are left out.

    Raises `InputError` where the archive is damaged, after the records before the damage, and `MissingExtraError`.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError("WARC", "corpus") from error
    number = 0
    try:
        for record in ArchiveIterator(file):
            if record.format != "warc":  # what warcio makes of any line
                raise ArchiveLoadFailed("no WARC record")
            number += 1
            if record.rec_type == "response":
                yield _page(record, number, f"{where}, record {number}")
    except (ArchiveLoadFailed, ValueError, OSError, EOFError) as error:
        raise InputError(f"{where}, record {number + 1}: the archive is damaged here: {error}") from error
    if not number:
        raise InputError(f"{where}: no WARC records")


def _page(record: Any, number: int, where: str) -> Page | Passed:
    headers = record.http_headers
    if headers is None:
        return Passed(where, "not an answer of a web server")
    if (status := headers.get_statuscode()) != FOUND:
        return Passed(where, f"the server answered with status {status[:3]}")
    kind = (headers.get_header("Content-Type") or "").lower()
    if not kind.startswith(PAGE_TYPES):
        return Passed(where, "not a web page")
    data = record.content_stream().read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        return Passed(where, f"the page is larger than {MAX_PAGE >> 20} MB")
    _, _, charset = kind.partition("charset=")
    known = record.rec_headers.get_header
    return Page(number, known("WARC-Target-URI"), known("WARC-Date"), charset.split(";")[0].strip(" \"'") or None, data)
