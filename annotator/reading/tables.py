"""Tables of delimited text (CSV, TSV): one article a row."""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any

from annotator.errors import InputError
from annotator.reading.encodings import decode, encoding_of
from annotator.reading.input import Fields, Input
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import BEGINNING, bytes_of, opened
from annotator.reading.rows import no_column, row

DELIMITERS = ",;\t|"
READ_AT_ONCE = 32 << 20  # bytes of a CSV file; a larger one is read row by row, its encoding told by its beginning


def read_csv(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows_of_file(path, source, None)


def read_tsv(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows_of_file(path, source, "\t")


def _rows_of_file(path: Path, source: Input, delimiter: str | None) -> Iterator[Outcome]:
    if path.stat().st_size > READ_AT_ONCE:
        return _long_table(path, source, delimiter)
    text = decode(bytes_of(path), source.where)
    return _table_rows(io.StringIO(text, newline=""), text, source, delimiter)


def _long_table(path: Path, source: Input, delimiter: str | None) -> Iterator[Outcome]:
    """Rows of a table that is too large to be held; a broken character becomes U+FFFD."""
    with opened(path) as file:
        beginning = file.read(BEGINNING)
    encoding = encoding_of(beginning, source.where)
    with opened(path) as file, io.TextIOWrapper(file, encoding, "replace", newline="") as text:
        yield from _table_rows(text, beginning.decode(encoding, "replace"), source, delimiter)


def _table_rows(text: IO[str], beginning: str, source: Input, delimiter: str | None) -> Iterator[Outcome]:
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
            raise no_column(dict.fromkeys(header) | example, source.fields, where, "column")
        if second is None:
            raise InputError(f"{source.where}: no text below the header")
        for number, cells in chain([second], numbered):
            yield row(partial(_cells, header, cells), number, source, f"{source.where}, row {number}")
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
