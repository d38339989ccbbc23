"""Everything a user can name, as `Article` objects: files, folders, patterns, tables, web pages, web archives, stdin.

The text is kept as it was stored: decoded, and otherwise untouched, line ends included.
"""

import codecs
import csv
import gzip
import io
import json
import math
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any, Protocol, cast

from annotator.errors import AnnotatorError, ColumnError, EncodingError, InputError, MissingExtraError, RunError
from annotator.records import Article
from annotator.text import scrub

STDIN = "-"
PLAIN = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
JSON_LINES = frozenset({".jsonl", ".ndjson"})
TABLES = frozenset({".csv", ".tsv"})
COLUMNAR = frozenset({".parquet", ".arrow"})
ARCHIVES = frozenset({".warc"})
SUFFIXES = PLAIN | PAGES | JSON_LINES | TABLES | COLUMNAR | ARCHIVES | {".json"}
COMPRESSED = frozenset({".gz", ".zst"})
DATASET = "state.json"  # of a folder that the Hugging Face library saved; it names the files with the rows
OF_DATASETS = frozenset({DATASET, "dataset_info.json", "dataset_dict.json"})
GIVEN = ("title", "publisher", "byline", "url", "published", "language")  # what the user may say instead of the input
# Names under which tables keep the text of articles, likeliest first.
TEXT_COLUMNS = ("body", "content", "article_text", "full_text", "fulltext", "article", "story", "document", "maintext")
DELIMITERS = ",;\t|"
ROWS_AT_ONCE = 256  # of a Parquet file: a few MB of articles in memory
READ_AT_ONCE = 32 << 20  # bytes of a CSV file; a larger one is read row by row, its encoding told by its beginning
BEGINNING = 1 << 20  # bytes
PACKED_AT_ONCE = 1 << 14  # bytes of a .zst file; unpacked they are a hundred times as many at most
SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\x89PNG\r\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "compressed with gzip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"{\\rtf": "rich text (RTF)",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet table",
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # without tab, line ends, form feed and escape, which texts have
MAX_CONTROL_SHARE = 0.05  # of random bytes 10 % are control characters; a damaged text has a few in thousands
UTF16_NULS = 0.3  # share of NULs in one half of the bytes of Western text in UTF-16; the other half has next to none
MAX_ACCENT_SHARE = 0.08  # of the letters; with more, as in Czech or Russian bytes read as cp1252, the guess decides
SOUND_FOR_BROKEN = 4  # sound UTF-8 characters for each broken one that make a text damaged UTF-8, not something else
MAX_LEVELS = 50  # of lists and objects in one another that metadata may have
GUESSED_FROM = 3000  # characters that show what language a text is in
MIN_LETTERS = 20  # with fewer the language is a lottery


@dataclass(frozen=True)
class Fields:
    """Names of the columns, or of the fields of a JSON object, that hold what an article consists of."""

    id: str = "id"
    text: str = "text"
    title: str = "title"
    publisher: str = "publisher"
    byline: str = "byline"
    url: str = "url"
    published: str = "published"
    language: str = "language"


DEFAULT_FIELDS = Fields()


@dataclass(frozen=True)
class Failure:
    """What could not be read, and why: `Failure("articles.jsonl, line 7", "no text")`."""

    where: str
    error: str


class PageReader(Protocol):
    """Makes an article of a web page, as `annotator.reading.page.article_from_html` does."""

    def __call__(self, html: str, *, article_id: str, url: str | None, where: str) -> Article: ...


@dataclass(frozen=True)
class Passed:
    """What a web archive holds that is no article, and why it was passed over: an index page, a page not found."""

    where: str
    reason: str


@dataclass(frozen=True)
class _Unread:
    where: str
    error: AnnotatorError


@dataclass(frozen=True)
class _Input:
    """One thing to read; `name` is what ids are made from, `given` what the user says about every article in it."""

    where: str
    name: str
    fields: Fields
    given: Mapping[str, str]
    page: PageReader | None = None


_Outcome = Article | _Unread | Passed


def read(
    inputs: Iterable[str | Path] | str | Path,
    *,
    fields: Fields = DEFAULT_FIELDS,
    given: Mapping[str, str | None] = {},
    on_failure: Callable[[Failure], None] | None = None,
) -> Iterator[Article]:
    """Articles of files, folders, patterns (`news/*.txt`) and standard input (`-`), in that order, with unique ids.

    `given` (title, publisher, byline, url, published, language) wins over what the input says. What cannot be read
    goes to `on_failure`, and reading goes on; without it the error is raised: `InputError`, `EncodingError`,
    `ColumnError`, or `MissingExtraError` for Parquet without pyarrow. Pages of a web archive that hold no article are
    passed over.
    """
    said = _checked(given)
    names = _UniqueNames()
    for entry in [inputs] if isinstance(inputs, str | Path) else inputs:
        for outcome in _outcomes(entry, fields, said):
            if isinstance(outcome, Article):
                yield names.unique(outcome)
            elif isinstance(outcome, Passed):
                continue
            elif on_failure is None:
                raise outcome.error
            else:
                on_failure(_failure(outcome))


def files_of(entry: str | Path) -> list[tuple[str, str]]:
    """Files that an entry stands for, in the order of their names, each with the name that ids are made from.

    An entry may be an address of fsspec. Raises `InputError` where there are none.
    """
    from annotator.storage import REMOTE, is_remote, remote_files

    if not is_remote(entry):
        return [(str(path), scrub(name)) for path, name in _files(Path(entry))]
    places = remote_files(str(entry))
    if len(places) > 1:
        places = [place for place in places if _suffix(Path(place)) in SUFFIXES and Path(place).name not in OF_DATASETS]
    if not places:
        raise InputError(f"{entry}: no files to read there. Files that can be read: {_readable()}")
    keys = [Path(place.partition(REMOTE)[2]) for place in places]
    folder = os.path.commonpath([key.parent for key in keys])
    return [(place, _stem(key.relative_to(folder)).as_posix()) for place, key in zip(places, keys, strict=True)]


def outcomes_of(
    path: Path,
    name: str,
    *,
    where: str,
    fields: Fields = DEFAULT_FIELDS,
    given: Mapping[str, str | None] = {},
    page: PageReader | None = None,
) -> Iterator[Article | Failure | Passed]:
    """All that one file holds, in its order: articles, failures, and what was passed over; ids may repeat.

    `page` reads web pages instead of `article_from_html`, in another process for instance.
    """
    source = _Input(scrub(where), name, fields, _checked(given), page)
    for outcome in _guarded(source.where, partial(_from_file, path, source)):
        yield _failure(outcome) if isinstance(outcome, _Unread) else outcome


def _failure(unread: _Unread) -> Failure:
    """The error's message cut after its place, which may be a row of what was being read: "a.csv, row 1"."""
    message = str(unread.error)
    end = message.find(": ", len(unread.where)) if message.startswith(unread.where) else -1
    return Failure(message[:end], message[end + 2 :]) if end > 0 else Failure(unread.where, message)


def read_text(
    data: bytes | str,
    *,
    article_id: str = "text",
    where: str | None = None,
    given: Mapping[str, str | None] = {},
) -> Article:
    """One plain text as an article.

    Raises `EncodingError` for bytes that are no text and `InputError` for a blank text.
    """
    where = where or article_id
    text = decode(data, where) if isinstance(data, bytes) else scrub(data)
    return _article({"article_id": article_id, "text": text}, _checked(given), where)


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The text of bytes: by byte order mark, as UTF-8, as `declared`, else as what the bytes look like.

    In damaged UTF-8 each broken byte becomes U+FFFD. Raises `EncodingError` for binary data and for bytes in no known
    encoding.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, where)
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise _no_text(where, f"this is {kind}, not text")
    for attempt in (_as("utf-8"), _damaged_utf8, _without_mark, _as(declared), _western):
        text = attempt(data)
        if text is not None and _is_text(text):
            return text
    return _guessed(data, where)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language that a text begins in, or None where it is too short to tell."""
    beginning = text[:GUESSED_FROM]
    if sum(map(str.isalpha, beginning)) < MIN_LETTERS:
        return None
    import py3langid

    code, _ = py3langid.classify(beginning)
    return str(code)


# --- inputs to files ---


def _checked(given: Mapping[str, str | None]) -> dict[str, str]:
    if unknown := sorted(set(given) - set(GIVEN)):
        raise InputError(f"cannot be given for an article: {', '.join(unknown)}. What can be given: {', '.join(GIVEN)}")
    return {name: scrub(value) for name, value in given.items() if value}


def _outcomes(entry: str | Path, fields: Fields, given: Mapping[str, str]) -> Iterator[_Outcome]:
    if str(entry) == STDIN:
        source = _Input("standard input", "stdin", fields, given)
        yield from _guarded(source.where, lambda: _sniffed(sys.stdin.buffer.read(), source))
        return
    where = scrub(str(Path(entry)))
    try:
        files = list(_files(Path(entry)))
    except (InputError, OSError, ValueError) as error:  # ValueError: a pattern that is none
        yield _Unread(where, _input_error(error, where))
        return
    for path, name in files:
        source = _Input(scrub(str(path)), scrub(name), fields, given)
        yield from _guarded(source.where, partial(_from_file, path, source))


def _guarded(where: str, read_it: Callable[[], Iterator[_Outcome]]) -> Iterator[_Outcome]:
    """What a reader yields; an error that ends it becomes the last outcome."""
    try:
        yield from read_it()
    except (AnnotatorError, OSError, EOFError, zlib.error) as error:  # the last two: a damaged .gz
        yield _Unread(where, _input_error(error, where))


def _input_error(error: Exception, where: str) -> AnnotatorError:
    if isinstance(error, AnnotatorError):
        return error
    made = InputError(f"{where}: {getattr(error, 'strerror', None) or error}")
    made.__cause__ = error
    return made


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """The files that a path stands for, each with the name that its article's id is made from."""
    if path.is_dir():
        found, root = _supported(path.rglob("*"), path), path
    elif path.exists():
        found, root = [path], path.parent
    elif any(map(set("*?[").intersection, path.parts)):
        root, pattern = _pattern(path)
        found = _supported(root.glob(pattern), root)
    else:
        raise InputError(f"{scrub(str(path))}: no such file or folder{_similar(path)}")
    if not found:
        raise InputError(f"{scrub(str(path))}: no files to read there. Files that can be read: {_readable()}")
    for file in found:
        yield file, _stem(file.relative_to(root)).as_posix()


def _supported(paths: Iterable[Path], root: Path) -> list[Path]:
    """Readable files in the order of their names, without hidden ones and a dataset's notes and caches."""
    found = sorted(
        path
        for path in paths
        if (_suffix(path) in SUFFIXES)
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    )
    parts = {path.parent: _parts_of_dataset(path) for path in found if path.name == DATASET}
    return [
        path
        for path in found
        if path.name not in OF_DATASETS
        and (path.suffix != ".arrow" or path.parent not in parts or path.name in parts[path.parent])
    ]


def _parts_of_dataset(state: Path) -> frozenset[str]:
    """Names of the files that hold the rows of a saved Hugging Face dataset; others beside them are its caches."""
    try:
        return frozenset(part["filename"] for part in json.loads(state.read_bytes())["_data_files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{state}: does not say which files the dataset consists of ({error!r})") from error


def _pattern(path: Path) -> tuple[Path, str]:
    """The folder before the first wildcard, and the pattern below it."""
    first = next(n for n, part in enumerate(path.parts) if set("*?[") & set(part))
    return Path(*path.parts[:first]), str(Path(*path.parts[first:]))


def _similar(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = get_close_matches(path.name, [other.name for other in path.parent.iterdir()])
    return f". Similar names: {scrub(', '.join(names))}" if names else ""


def _readable() -> str:
    return ", ".join(sorted(SUFFIXES))


def _suffix(path: Path) -> str:
    """The suffix that tells the format: ".jsonl" for articles.jsonl.gz too."""
    return (path.with_suffix("") if path.suffix.lower() in COMPRESSED else path).suffix.lower()


def _stem(path: Path) -> Path:
    path = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


# --- files to rows ---


def _from_file(path: Path, source: _Input) -> Iterator[_Outcome]:
    suffix = _suffix(path)
    if suffix in COLUMNAR:
        return _columnar_rows(path, source, suffix)
    if suffix in JSON_LINES:
        return _json_lines(path, source)
    if suffix in ARCHIVES:
        return _archived(path, source)
    if suffix in TABLES and path.stat().st_size > READ_AT_ONCE:
        return _long_table(path, source, "\t" if suffix == ".tsv" else None)
    data = _bytes(path)
    if suffix in PLAIN:
        return iter([read_text(data, article_id=source.name, where=source.where, given=source.given)])
    if suffix in PAGES:
        return iter([_page(data, source)])
    if suffix in TABLES:
        text = decode(data, source.where)
        return _table_rows(io.StringIO(text, newline=""), text, source, "\t" if suffix == ".tsv" else None)
    if suffix == ".json":
        return _json_text(decode(data, source.where), source)
    if not suffix:
        return _sniffed(data, source)
    decode(data, source.where)  # says so where it is a PDF, a picture or the like
    raise InputError(
        f"{source.where}: {suffix} files are not read. Save it as .txt; files that can be read: {_readable()}"
    )


def _bytes(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read()


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    """The bytes of a file, unpacked where its name ends in .gz or .zst."""
    if path.suffix.lower() == ".zst":
        with _opened_zst(path) as file:
            yield file
        return
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as opened:
        yield cast(io.BufferedReader, opened)


@contextmanager
def _opened_zst(path: Path) -> Iterator[io.BufferedReader]:
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtraError("Zstandard (.zst)", "corpus") from error
    with path.open("rb") as packed:
        yield io.BufferedReader(_Unpacked(packed, zstandard, str(path)), BEGINNING)


class _Unpacked(io.RawIOBase):
    """The bytes of a Zstandard file, frame after frame; unlike the library's reader it tells where the file was cut."""

    def __init__(self, packed: IO[bytes], library: Any, where: str) -> None:
        self._packed, self._library, self._where = packed, library, where
        self._frame: Any = None
        self._given = b""
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            given = self._given or self._packed.read(PACKED_AT_ONCE)
            if not given:
                if self._frame is not None:
                    raise InputError(f"{self._where}: a damaged .zst file: it ends too early")
                return 0
            self._unpack(given)
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _unpack(self, given: bytes) -> None:
        # The window of 2 GB is that of `zstd --long=31`, with which large corpora are packed.
        frame = self._frame or self._library.ZstdDecompressor(max_window_size=2**31).decompressobj()
        try:
            self._rest = frame.decompress(given)
        except self._library.ZstdError as error:
            raise InputError(f"{self._where}: a damaged .zst file: {error}") from error
        self._given = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame


def _sniffed(data: bytes, source: _Input) -> Iterator[_Outcome]:
    """Bytes without a name: JSON by the first brace, a web page by its first tag, else plain text."""
    text = decode(data, source.where, _declared_encoding(data))
    beginning = text[:1000].lstrip().lower()
    if beginning.startswith("{") or re.match(r"\[\s*\{", beginning):
        return _json_text(text, source)
    if beginning.startswith(("<!doctype html", "<html")) or (beginning.startswith("<?xml") and "<html" in beginning):
        return iter([_page(data, source)])
    return iter([read_text(text, article_id=source.name, where=source.where, given=source.given)])


def _page(data: bytes, source: _Input) -> Article:
    html = scrub(decode(data, source.where, _declared_encoding(data)))
    page = _page_reader(source)(html, article_id=source.name, url=source.given.get("url"), where=source.where)
    return _article(page.model_dump(exclude={"text_sha256"}), source.given, source.where)


def _page_reader(source: _Input) -> PageReader:
    from annotator.reading.page import article_from_html

    return source.page or article_from_html


def _archived(path: Path, source: _Input) -> Iterator[_Outcome]:
    """Articles of the pages of a web archive; its other records are passed over."""
    from annotator.reading.warc import Page, records

    with path.open("rb") as file:
        for record in records(file, source.where):
            yield _archived_page(record, source) if isinstance(record, Page) else record


def _archived_page(record: Any, source: _Input) -> Article | Passed | _Unread:
    where = f"{source.where}, record {record.number}"
    try:
        html = scrub(decode(record.data, where, record.charset or _declared_encoding(record.data)))
        article = _page_reader(source)(html, article_id=f"{source.name}-{record.number}", url=record.url, where=where)
    except RunError as error:  # the page's own doing: it took its reader along
        return _Unread(where, error)
    except InputError as error:
        return Passed(where, str(error).removeprefix(f"{where}: "))
    # What a page says of its language is its template's; crawled news needs a look at the text.
    known = article.model_dump(exclude={"text_sha256", "language"})
    known["metadata"] |= {"fetched": record.fetched} if record.fetched else {}
    return _article(known, source.given, where)


def _json_lines(path: Path, source: _Input) -> Iterator[_Outcome]:
    """Rows of a file of JSON lines, read line by line, so that its size does not matter."""
    with _opened(path) as file:
        beginning = file.peek(4)
        if any(beginning.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
            yield from _lines(_split(decode(file.read(), source.where)), source)
        else:
            yield from _lines(file, source)


def _lines(lines: Iterable[str | bytes], source: _Input) -> Iterator[_Outcome]:
    blank = True
    for number, line in enumerate(lines, 1):
        if line.strip():
            blank = False
            yield _row(partial(_json_object, line), number, source, f"{source.where}, line {number}")
    if blank:
        raise InputError(f"{source.where}: no text")


def _json_object(line: str | bytes, where: str) -> Mapping[str, Any]:
    try:
        # Not guessed: JSON is UTF-8, and lines that are guessed one by one would come out in several encodings.
        values = _parsed(line.decode() if isinstance(line, bytes) else line, where)
    except UnicodeDecodeError as error:
        raise EncodingError(f"{where}: not UTF-8 at byte {error.start}. Save the file as UTF-8") from error
    return _object(values, where)


def _object(values: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise InputError(f"{where}: not a JSON object but a {type(values).__name__}")
    return values


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # RecursionError: nested a thousand deep
        raise InputError(f"{where}: not valid JSON: {error}") from error


def _json_text(text: str, source: _Input) -> Iterator[_Outcome]:
    """Rows of JSON that is in memory: an object, a list of objects, or lines of objects."""
    if not text.strip():
        raise InputError(f"{source.where}: no text")
    lines = _split(text)
    try:
        values = _parsed(text, source.where)
    except InputError:
        first = next(line for line in lines if line.strip())
        if not _is_object(first):
            raise
        yield from _lines(lines, source)
        return
    if values == []:
        raise InputError(f"{source.where}: no text")
    if isinstance(values, list):
        for number, value in enumerate(values, 1):
            yield _row(partial(_object, value), number, source, f"{source.where}, item {number}")
    else:
        yield _row(partial(_object, values), None, source, source.where)


def _split(text: str) -> list[str]:
    """Lines by line feed alone: `str.splitlines` would cut at a U+2028 inside a JSON string."""
    return text.split("\n")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _long_table(path: Path, source: _Input, delimiter: str | None) -> Iterator[_Outcome]:
    """Rows of a table that is too large to be held; a broken character becomes U+FFFD."""
    with _opened(path) as file:
        beginning = file.read(BEGINNING)
    encoding = _encoding_of(beginning, source.where)
    with _opened(path) as file, io.TextIOWrapper(file, encoding, "replace", newline="") as text:
        yield from _table_rows(text, beginning.decode(encoding, "replace"), source, delimiter)


def _encoding_of(beginning: bytes, where: str) -> str:
    """The encoding of a long text by its beginning, which may end amid a character."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if beginning.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        if _damaged_utf8(beginning) is None:
            whole = beginning[: beginning.rfind(b"\n") + 1] or beginning
            decode(whole, where)  # says so where it is no text
            return "cp1252" if _western(whole) is not None else _guessed_encoding(whole)
    return "utf-8"


def _table_rows(text: IO[str], beginning: str, source: _Input, delimiter: str | None) -> Iterator[_Outcome]:
    """Rows of delimited text; the header is row 1, as in a spreadsheet."""
    if not beginning.strip():
        raise InputError(f"{source.where}: no text")
    csv.field_size_limit(2**31 - 1)  # the default of 128 KB is less than a long article
    rows = csv.reader(text, delimiter=delimiter or _delimiter(beginning, source.fields))
    numbered = ((number, cells) for number, cells in enumerate(rows, 1) if any(map(str.strip, cells)))
    try:
        header_row, names = next(numbered, (1, []))  # no row at all: nothing but delimiters
        header = _header(names)
        second = next(numbered, None)
        if source.fields.text not in header:
            example = dict(zip(header, second[1], strict=False)) if second else {}
            where = f"{source.where}, row {header_row}"
            raise _no_column(dict.fromkeys(header) | example, source.fields, where, "column")
        if second is None:
            raise InputError(f"{source.where}: no text below the header")
        for number, cells in chain([second], numbered):
            yield _row(partial(_cells, header, cells), number, source, f"{source.where}, row {number}")
    except csv.Error as error:
        raise InputError(f"{source.where}, row {rows.line_num}: {error}") from error


def _header(cells: list[str]) -> list[str]:
    return [name.strip() or f"column {n}" for n, name in enumerate(cells, 1)]


def _delimiter(text: str, fields: Fields) -> str:
    """The delimiter under which the header has the text's column, or else the most columns."""

    def fitness(delimiter: str) -> tuple[bool, int]:
        header = next(filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), [])
        return fields.text in map(str.strip, header), len(header)

    return max(DELIMITERS, key=fitness)


def _cells(header: list[str], cells: list[str], where: str) -> Mapping[str, Any]:
    if any(map(str.strip, cells[len(header) :])):
        problem = f"{len(cells)} cells below {len(header)} columns"
        raise InputError(f"{where}: {problem}. A text with the delimiter in it needs quotation marks")
    return dict.fromkeys(header) | {name: cell or None for name, cell in zip(header, cells, strict=False)}


def _columnar_rows(path: Path, source: _Input, suffix: str) -> Iterator[_Outcome]:
    """Rows of a Parquet or Arrow file, a few hundred at a time."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    number = 0
    try:
        for batch in _parquet_batches(path) if suffix == ".parquet" else _arrow_batches(path):
            for values in batch.to_pylist():
                number += 1
                where = f"{source.where}, row {number}"
                if source.fields.text not in values:  # then it is in no row
                    raise _no_column(values, source.fields, where, "column")
                yield _row(partial(_same, values), number, source, where)
    except (pa.ArrowException, ValueError) as error:  # ValueError: a time that Python cannot hold
        kind = "Parquet" if suffix == ".parquet" else "Arrow"
        raise InputError(f"{source.where}: not a sound {kind} file: {error}") from error
    if not number:
        raise InputError(f"{source.where}: no text")


def _parquet_batches(path: Path) -> Iterator[Any]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=ROWS_AT_ONCE)


def _arrow_batches(path: Path) -> Iterator[Any]:
    """Batches of an Arrow file; the Hugging Face library writes the kind that is read from front to back."""
    import pyarrow as pa

    with pa.memory_map(str(path)) as file:
        try:
            batches: Iterable[Any] = pa.ipc.open_stream(file)
        except pa.ArrowInvalid:
            reader = pa.ipc.open_file(file)
            batches = map(reader.get_batch, range(reader.num_record_batches))
        for batch in batches:
            for start in range(0, batch.num_rows, ROWS_AT_ONCE):
                yield batch.slice(start, ROWS_AT_ONCE)


def _same(values: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    return values


# --- rows to articles ---


def _row(values: Callable[[str], Mapping[str, Any]], number: int | None, source: _Input, where: str) -> _Outcome:
    """The article of one row, or what is wrong with the row; `values` gets `where` and may raise."""
    try:
        return _from_values(values(where), number, source, where)
    except InputError as error:
        return _Unread(where, error)


def _from_values(values: Mapping[str, Any], number: int | None, source: _Input, where: str) -> Article:
    fields = source.fields
    if fields.text not in values:
        raise _no_column(values, fields, where, "field")
    text = values[fields.text]
    if isinstance(text, bytes):
        text = decode(text, where)
    if _absent(text):
        raise InputError(f"{where}: no text")
    if not isinstance(text, str):
        raise InputError(f"{where}: {fields.text!r} holds a {type(text).__name__}, not text")
    fallback = source.name if number is None else f"{source.name}-{number}"
    columns = asdict(fields)
    rest = {name: value for name, value in values.items() if name not in columns.values()}
    try:
        metadata = _plain(rest)
    except RecursionError:
        raise InputError(f"{where}: lists and objects are nested deeper than {MAX_LEVELS} levels") from None
    known: dict[str, Any] = {name: _as_text(values.get(columns[name])) for name in GIVEN}
    known["published"] = _iso(values.get(fields.published))
    known |= {"article_id": _as_text(values.get(fields.id)) or fallback, "text": scrub(text), "metadata": metadata}
    return _article(known, source.given, where)


def _article(values: Mapping[str, Any], given: Mapping[str, str], where: str) -> Article:
    if not values["text"].strip():
        raise InputError(f"{where}: no text")
    return Article.model_validate({**values, **given})


def _no_column(values: Mapping[str, Any], fields: Fields, where: str, what: str) -> ColumnError:
    names = [scrub(str(name)) for name in values]
    message = f'{where}: no {what} "{fields.text}". {what.capitalize()}s are: {", ".join(names) or "none"}'
    likely = _likely_column(values, fields)
    return ColumnError(f"{message}. Try --text-column {scrub(likely)}" if likely else message)


def _likely_column(values: Mapping[str, Any], fields: Fields) -> str | None:
    """The column that most probably holds the text: by its name, else the one with the longest text."""
    by_name = {name.strip().casefold(): name for name in values}
    for name in (fields.text.casefold(), *TEXT_COLUMNS):
        if name in by_name:
            return by_name[name]
    texts = {name: len(value) for name, value in values.items() if isinstance(value, str)}
    return max(texts, key=texts.__getitem__, default=None)


def _absent(value: Any) -> bool:
    """Whether a cell is empty: None, NaN, NaT."""
    return value is None or (isinstance(value, float | datetime) and value != value)


def _as_text(value: Any) -> str | None:
    """A cell as text; a whole float is the integer that a table made a float of because a cell was empty."""
    if _absent(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):  # several authors
        return ", ".join(filter(None, map(_as_text, value))) or None
    return scrub(str(value)).strip() or None


def _iso(value: Any) -> str | None:
    """A date or time in ISO 8601 where it is known to be one; a text in words stays as it is."""
    if _absent(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and 1e8 < value < 1e14:
        seconds = value / 1000 if value > 1e11 else value  # pandas writes milliseconds
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    text = _as_text(value)
    if text and re.fullmatch(r"\d{8}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return text  # eight digits that are no day
    return text


def _plain(value: Any, levels: int = MAX_LEVELS) -> Any:
    """A value that JSON can hold: dates are ISO texts, whatever else is strange is its `str`."""
    if levels < 0:
        raise RecursionError
    if isinstance(value, Mapping):
        return {scrub(str(name)): _plain(item, levels - 1) for name, item in value.items() if not _absent(item)}
    if isinstance(value, list | tuple):
        return [_plain(item, levels - 1) for item in value if not _absent(item)]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return scrub(str(value))


class _UniqueNames:
    """Gives the second article with an id the id with "-2", the third "-3"."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.last: dict[str, int] = {}

    def unique(self, article: Article) -> Article:
        name, number = article.article_id, self.last.get(article.article_id, 1)
        while name in self.taken:
            number += 1
            name = f"{article.article_id}-{number}"
        self.taken.add(name)
        self.last[article.article_id] = number
        return article if name == article.article_id else article.model_copy(update={"article_id": name})


# --- bytes to text ---


def _no_text(where: str, why: str) -> EncodingError:
    return EncodingError(f"{where}: {why}. Save the article's text as a .txt file in UTF-8 and read that")


def _decoded(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(
            where, f"begins as {encoding.upper()} but is not ({error.reason} at byte {error.start})"
        ) from error


def _is_text(text: str) -> bool:
    return len(CONTROL.findall(text)) <= MAX_CONTROL_SHARE * len(text)


def _as(encoding: str | None) -> Callable[[bytes], str | None]:
    """A reader of bytes in one encoding; it gives None for bytes that are not in it."""

    def attempt(data: bytes) -> str | None:
        try:
            return data.decode(encoding) if encoding else None
        except (UnicodeError, LookupError):  # a page may declare an encoding that there is not
            return None

    return attempt


def _without_mark(data: bytes) -> str | None:
    """The text of UTF-16 without its mark, known by NULs in every other byte."""
    half = len(data) / 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    if odd > UTF16_NULS * half and even < odd / 10:
        return _as("utf-16-le")(data)
    return _as("utf-16-be")(data) if even > UTF16_NULS * half and odd < even / 10 else None


def _damaged_utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 but for a few: a guess at another encoding would spoil every other accent."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    sound = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return text if broken and sound >= SOUND_FOR_BROKEN * broken else None


def _western(data: bytes) -> str | None:
    """The text in cp1252 if it has few accents: of a few curly quotes or an "é" a general guess is often wrong."""
    text = _as("cp1252")(data)
    if text is None:
        return None
    letters = sum(map(str.isalpha, text))
    accents = sum(map(str.isalpha, re.findall(r"[^\x00-\x7f]", text)))
    # "mayorÕs", "tried,Ó": quotation marks of the old Macintosh
    strange = re.search(r"[a-z,.?!][À-ÖØ-Þ]", text)
    return None if strange or accents > MAX_ACCENT_SHARE * letters else text


def _guessed(data: bytes, where: str) -> str:
    if b"\x00" in data:
        raise _no_text(where, "this is binary data, not text")
    try:
        text = data.decode(_guessed_encoding(data))
    except (UnicodeError, LookupError):  # the guess looks at parts of a long text only
        text = ""
    if not text or not _is_text(text):
        raise _no_text(where, "its bytes are no text in any known encoding")
    return text


def _guessed_encoding(data: bytes) -> str:
    """The encoding that bytes look like; raises LookupError for those that look like none."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise LookupError("no known encoding")
    return best.encoding


def _declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's head names; Latin-1 means cp1252 there, as browsers have it."""
    if not data.lstrip().startswith(b"<"):
        return None
    found = re.search(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", data[:2048])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    if name.startswith(("utf-16", "utf-32", "utf16")):  # it was read as ASCII just now, so it is neither
        return None
    return "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
