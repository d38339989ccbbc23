"""Which reader reads what: by the name of a file, or where it has none by what its text looks like."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.errors import InputError
from annotator.reading.columnar import read_arrow, read_parquet
from annotator.reading.docx import read_docx
from annotator.reading.encodings import declared_encoding, decode
from annotator.reading.epub import read_epub
from annotator.reading.input import Input
from annotator.reading.json_rows import read_json, read_json_lines, rows_of_text
from annotator.reading.mail import read_eml, read_mbox, read_mhtml
from annotator.reading.markdown import read_markdown
from annotator.reading.odt import read_odt
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import BEGINNING, COMPRESSED, bytes_of, opened
from annotator.reading.page import outcomes_of_page, read_page, text_of_page
from annotator.reading.pdf import read_pdf
from annotator.reading.plain import read_plain, text_outcomes
from annotator.reading.rtf import read_rtf
from annotator.reading.tables import read_csv, read_tsv
from annotator.reading.warc import read_warc
from annotator.reading.wire import read_xml
from annotator.reading.xlsx import read_xlsx

Reader = Callable[[Path, Input], Iterator[Outcome]]
# A new kind of input is a module and its lines here.
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".parquet": read_parquet,
    ".arrow": read_arrow,
    ".warc": read_warc,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".eml": read_eml,
    ".mbox": read_mbox,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".epub": read_epub,
    ".xml": read_xml,
    ".nitf": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".jsonld": read_json,
}
SUFFIXES = frozenset(READERS)
BLANK_WITHIN = 4096  # bytes of a file that may be blank
ROWS = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".arrow", ".warc"})  # tell it themselves


def read_file(path: Path, source: Input) -> Iterator[Outcome]:
    """What a file holds, by the reader of its kind. Raises `InputError` for a kind that is not read."""
    suffix = suffix_of(path)
    if suffix not in ROWS and path.stat().st_size < BLANK_WITHIN and not path.read_bytes().strip():
        raise InputError(f"{source.where}: no text")
    if not suffix:
        return read_unnamed(bytes_of(path, source.where), source)
    if suffix in READERS:
        return READERS[suffix](path, source)
    with opened(path, source.where) as file:
        decode(file.read(BEGINNING), source.where)  # says so where it is a PDF, a picture or the like
    raise InputError(f"{source.where}: {unread_kind(path)}; files that can be read: {readable()}")


def read_unnamed(data: bytes, source: Input) -> Iterator[Outcome]:
    """Bytes without a name: JSON by the first brace, a web page by its first tag, else plain text."""
    text = decode(data, source.where, declared_encoding(data), source.note)
    beginning = text[:1000].lstrip().lower()
    if beginning.startswith("{") or re.match(r"\[\s*\{", beginning):
        return rows_of_text(text, source)
    if beginning.startswith(("<!doctype html", "<html")) or (beginning.startswith("<?xml") and "<html" in beginning):
        return outcomes_of_page(text_of_page(data, source), source)
    return text_outcomes(text, source)


UNREAD_KIND = "files are not read"
# What programs of the trade can save their own files as.
SAVE_AS = {
    ".doc": ".docx", ".dot": ".docx", ".pages": ".docx", ".wpd": ".docx", ".xls": ".xlsx", ".ods": ".xlsx",
    ".numbers": ".xlsx", ".msg": ".eml", ".pst": ".mbox", ".mobi": ".epub", ".azw3": ".epub",
}  # fmt: skip
PACKED = frozenset({".zip", ".tar", ".tgz", ".7z", ".rar", ".gz", ".bz2", ".xz"})


def unread_kind(path: Path) -> str:
    """That a file is of a kind that is not read, and the way out."""
    suffix = suffix_of(path)
    if suffix in PACKED:
        return f"{suffix} {UNREAD_KIND}. Unpack it and read what is in it"
    if not suffix:
        return f"in a folder, unnamed kinds of {UNREAD_KIND}. Give it its suffix: .txt, .html ..."
    return f"{suffix} {UNREAD_KIND}. Save it as {SAVE_AS.get(suffix, '.txt')}"


def readable() -> str:
    return ", ".join(sorted(SUFFIXES))


def suffix_of(path: Path) -> str:
    """The suffix that tells the format: ".jsonl" for articles.jsonl.gz too."""
    return (path.with_suffix("") if path.suffix.lower() in COMPRESSED else path).suffix.lower()
