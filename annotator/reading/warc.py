"""Web archives (WARC, plain or packed) as crawlers of news write them: each page that a server answered with."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import InputError, RunError
from annotator.reading.encodings import declared_encoding, decode, known_encoding
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome, Passed, Unread
from annotator.reading.packed import opened
from annotator.reading.page import page_reader
from annotator.reading.page_parts import articles_of
from annotator.reading.rows import made_article
from annotator.reading.warc_records import Damage, Record, records
from annotator.text import scrub

PAGE_TYPES = ("text/html", "application/xhtml")
STORED = frozenset({"resource", "conversion"})  # records of a page as it was found or made, with no answer around it
FOUND = "200"
MAX_PAGE = 10 << 20  # bytes, unpacked; the largest page of a newspaper is a tenth of it
GZIP, DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS
UNPACKED = {"gzip": (GZIP,), "x-gzip": (GZIP,), "deflate": (DEFLATE, -DEFLATE)}  # deflate is sent with a header or not
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
CUT_OFF = "the page was cut off when it was fetched"


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
    """Articles of the pages of a web archive; the crawler's requests and notes are left out."""
    with opened(path, source.where) as file:
        for record in records(file, source.where):
            where = f"{source.where}, record {record.number}"
            if isinstance(record, Damage):
                yield Unread(where, InputError(f"{where}: {record.why}"))
            elif (kind := record.headers.get_header("WARC-Type")) in {"response", *STORED}:
                page = _page(record, where) if kind == "response" else _stored(record, where)
                yield from _articles(page, source, where) if isinstance(page, Page) else [page]


def _articles(page: Page, source: Input, where: str) -> Iterator[Outcome]:
    """The article of a page, or each of several that it holds whole."""
    note = partial(_noted, source, where)
    try:
        html = scrub(decode(page.data, where, page.charset or declared_encoding(page.data), note))
    except InputError as error:
        yield Passed(where, str(error).removeprefix(f"{where}: "))
        return
    parts = articles_of(html)
    if len(parts) == 1:
        yield _article(html, f"{source.name}-{page.number}", page, source, where)
        return
    note(f"the page holds {len(parts)} articles: each is one of its own")
    for number, part in enumerate(parts, 1):
        yield _article(part, f"{source.name}-{page.number}-{number}", page, source, f"{where}, article {number}")


def _article(html: str, name: str, page: Page, source: Input, where: str) -> Outcome:
    try:
        article = page_reader(source)(html, article_id=name, url=page.url, where=where)
    except RunError as error:  # the page's own doing: it took its reader along
        return Unread(where, error)
    except InputError as error:
        return Passed(where, str(error).removeprefix(f"{where}: "))
    # What a page says of its language is its template's; crawled news needs a look at the text.
    known = article.model_dump(exclude={"text_sha256", "language"})
    known["metadata"] |= {"fetched": page.fetched} if page.fetched else {}
    return made_article(known, source.given, where, partial(_noted, source, where))


def _noted(source: Input, where: str, what: str) -> None:
    source.note(what, where)


def _page(record: Record, where: str) -> Page | Passed | Unread:
    url = (record.headers.get_header("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    if not url:
        return Unread(where, InputError(f"{where}: the record does not say which address it is of (WARC-Target-URI)"))
    if record.block is None:
        return Passed(where, f"the answer is larger than {MAX_PAGE >> 20} MB")
    answer = io.BytesIO(record.block)
    headers = _answered(answer) if url.lower().startswith(("http:", "https:")) else None
    if headers is None:
        return Passed(where, "not an answer of a web server")
    if (status := headers.get_statuscode()) != FOUND:
        return Passed(where, f"the server answered with status {status[:3]}")
    kind = (headers.get_header("Content-Type") or "").lower()
    if not kind.startswith(PAGE_TYPES):
        return Passed(where, "not a web page")
    data = None if record.headers.get_header("WARC-Truncated") else _content(headers, answer.read())
    if data is None:
        return Passed(where, CUT_OFF)
    if len(data) > MAX_PAGE:
        return Passed(where, f"the page is larger than {MAX_PAGE >> 20} MB")
    return Page(record.number, scrub(url), record.headers.get_header("WARC-Date"), _charset(kind), data)


def _stored(record: Record, where: str) -> Page | Passed:
    """The page of a record that holds it without the answer of a server around it."""
    kind = (record.headers.get_header("Content-Type") or "").lower()
    if not kind.startswith(PAGE_TYPES):
        return Passed(where, "not a web page")
    if record.block is None or len(record.block) > MAX_PAGE:
        return Passed(where, f"the page is larger than {MAX_PAGE >> 20} MB")
    if record.headers.get_header("WARC-Truncated"):
        return Passed(where, CUT_OFF)
    url = (record.headers.get_header("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    address = scrub(url) if url.lower().startswith(("http:", "https:")) else None
    return Page(record.number, address, record.headers.get_header("WARC-Date"), _charset(kind), record.block)


def _charset(kind: str) -> str | None:
    _, _, charset = kind.partition("charset=")
    return known_encoding(charset.split(";")[0].strip(" \"'")) or None


def _answered(answer: io.BytesIO) -> Any:
    """Status and headers of an answer, as warcio reads them, or None where there are none."""
    from warcio.statusandheaders import StatusAndHeadersParser

    try:
        return StatusAndHeadersParser(["HTTP/"], verify=False).parse(answer)
    except EOFError:
        return None


def _content(headers: Any, body: bytes) -> bytes | None:
    """The bytes of a page as they were before they were sent, or None where their end is missing.

    At most one byte more than `MAX_PAGE` is unpacked. Crawlers often unpack a page and leave the header that says that
    it is packed; then the bytes are the page.
    """
    whole = body
    if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        joined = _joined(body)
        if joined is None:
            return None
        whole = joined
    for window in UNPACKED.get((headers.get_header("Content-Encoding") or "").strip().lower(), ()):
        unpacking = zlib.decompressobj(window)
        try:
            data = unpacking.decompress(whole, MAX_PAGE + 1)
        except zlib.error:
            continue
        return data if unpacking.eof or len(data) > MAX_PAGE else None
    return whole


def _joined(body: bytes) -> bytes | None:
    """The chunks that a page was sent in, joined; the body itself where it is in none, None where one is short."""
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[chunk.end() : chunk.end() + size])
        if len(parts[-1]) < size:
            return None
        at = chunk.end() + size + len(b"\r\n")
    return None if parts else body
