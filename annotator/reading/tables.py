"""Tables of delimited text (CSV, TSV): one article a row."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any

from annotator.errors import InputError
from annotator.reading.encodings import decode, encoding_of
from annotator.reading.input import Fields, Input
from annotator.reading.outcomes import Outcome, Unread
from annotator.reading.packed import BEGINNING, MAX_ROW, opened
from annotator.reading.rows import no_column, row

DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)"?[;,\t|]*(?:\r\n|\n|\r)', re.IGNORECASE)  # a note for Excel
UNCLOSED = "unexpected end of data"  # as the library puts it
OPENED = "a quotation mark is opened here and not closed. Close it, or write it twice where it is meant"
READ_AT_ONCE = 32 << 20  # bytes of a CSV file; a larger one is read row by row, its encoding told by its beginning


def read_csv(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows_of_file(path, source, None)


def read_tsv(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows_of_file(path, source, "\t")


def _rows_of_file(path: Path, source: Input, delimiter: str | None) -> Iterator[Outcome]:
    with opened(path, source.where) as file:
        data = file.read(READ_AT_ONCE + 1)
    if len(data) > READ_AT_ONCE:
        yield from _long_table(path, source, delimiter)
        return
    text = decode(data, source.where, None, source.note)
    yield from _table_rows(io.StringIO(text, newline=""), text, source, delimiter)


def _long_table(path: Path, source: Input, delimiter: str | None) -> Iterator[Outcome]:
    """Rows of a table that is too large to be held; a broken character becomes U+FFFD."""
    with opened(path, source.where) as file:
        beginning = file.read(BEGINNING)
    encoding = encoding_of(beginning, source.where)
    if not encoding.startswith("utf"):
        source.note(f"not UTF-8; its encoding was guessed to be {encoding}")
    with opened(path, source.where) as file, io.TextIOWrapper(file, encoding, "replace", newline="") as text:
        yield from _table_rows(text, beginning.decode(encoding, "replace"), source, delimiter)


def _table_rows(text: IO[str], beginning: str, source: Input, delimiter: str | None) -> Iterator[Outcome]:
    """Rows of delimited text; the header is row 1, as in a spreadsheet."""
    if not beginning.strip():
        raise InputError(f"{source.where}: no text")
    csv.field_size_limit(MAX_ROW)  # the default of 128 KB is less than a long article
    told = _SEPARATOR_LINE.match(beginning)
    if told:
        text.readline()
        beginning, delimiter = beginning[told.end() :], told[1]
    numbered = _Table(text, delimiter or _delimiter(beginning, source.fields), int(bool(told))).rows()
    header_row, names = next(numbered, (1, []))  # no row at all: nothing but delimiters
    header = header_of(names, source.fields, f"{source.where}, row {header_row}")
    second = next(numbered, None)
    if source.fields.text not in header:
        example = dict(zip(header, second[1], strict=False)) if second and isinstance(second[1], list) else {}
        where = f"{source.where}, row {header_row}"
        raise no_column(dict.fromkeys(header) | example, source.fields, where, "column")
    if second is None:
        raise InputError(f"{source.where}: no text below the header")
    for number, cells in chain([second], numbered):
        where = f"{source.where}, row {number}"
        if isinstance(cells, str):
            yield Unread(where, InputError(f"{where}: {cells}"))
        else:
            yield row(partial(_cells, header, cells), number, source, where)


class _Table:
    """Rows of delimited text, each with its number; what is wrong with a row that is none stands in its place.

    A quotation mark that is opened and not closed makes the rest of the table one cell. The rows below it are read all
    the same: of the lines that such a cell swallowed, all but the first are gone through again.
    """

    def __init__(self, text: IO[str], delimiter: str, above: int = 0) -> None:
        self._text, self._delimiter, self._above = text, delimiter, above
        self._again: list[str] = []  # lines to be gone through again, the next one last
        self._taken: list[str] = []  # lines of the row that is being read
        self._columns = 0

    def rows(self) -> Iterator[tuple[int, list[str] | str]]:
        """The rows that are not blank, numbered from 1 with the blank ones."""
        number = self._above  # rows above the table
        while (cells := self._next()) is not None:
            number += 1
            if isinstance(cells, list) and any(map(str.strip, cells)):
                self._columns = self._columns or len(cells)
                yield number, cells
            elif isinstance(cells, str):
                yield number, cells

    def _next(self) -> list[str] | str | None:
        self._taken = []
        try:
            # `strict`, or a cell that is closed amid its words is taken for one that is not
            cells = next(csv.reader(self._lines(), delimiter=self._delimiter, strict=True), None)
        except _TooLongError as error:
            return str(error)
        except csv.Error as error:
            return self._without_quotation(str(error))
        if len(self._taken) > 1 and self._each_line_is_a_row():
            return self._without_quotation("")
        return cells

    def _lines(self) -> Iterator[str]:
        held = 0
        while line := self._again.pop() if self._again else self._text.readline(MAX_ROW + 1):
            if len(line) > MAX_ROW:
                while line and not line.endswith(("\n", "\r")):
                    line = self._text.readline(MAX_ROW)
                raise _TooLongError(f"longer than {MAX_ROW >> 20} MB, which no article is")
            self._taken.append(line)
            held += len(line)
            if held > MAX_ROW:
                raise csv.Error(UNCLOSED)
            yield line

    def _without_quotation(self, problem: str) -> list[str] | str:
        """The first line as it stands, where it makes a row on its own; the others are gone through again."""
        first, *others = self._taken
        self._again.extend(reversed(others))
        if self._delimiter == "\t" and len(cells := _plain_cells(first, self._delimiter)) == self._columns:
            return cells
        if others or UNCLOSED in problem:
            return OPENED
        try:
            cells = next(csv.reader([first], delimiter=self._delimiter))
        except csv.Error as error:
            return str(error)
        return OPENED if cells[-1].endswith(("\n", "\r")) else cells

    def _each_line_is_a_row(self) -> bool:
        """Whether a cell of several lines is several rows: by tabs, which no text has, each has every column."""
        if self._delimiter != "\t":
            return False
        return all(len(_plain_cells(line, "\t")) == self._columns for line in self._taken)


class _TooLongError(Exception):
    """A line is longer than any row."""


def _plain_cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line in which quotation marks are characters like others."""
    return line.rstrip("\r\n").split(delimiter)


def header_of(cells: list[str] | str, fields: Fields, where: str) -> list[str]:
    """Names of the columns; of two that are called the same, the second gets a number."""
    if isinstance(cells, str):
        raise InputError(f"{where}: {cells}")
    header: list[str] = []
    for n, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {n}"
        if name in header and name in vars(fields).values():
            raise InputError(f'{where}: two columns are called "{name}". Rename one of them')
        header.append(name if name not in header else f"{name} ({n})")
    return header


def _delimiter(text: str, fields: Fields) -> str:
    """The delimiter under which the header has the text's column, or else the most columns."""

    def fitness(delimiter: str) -> tuple[bool, int]:
        try:
            header = next(filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), [])
        except csv.Error:
            return False, 0
        return fields.text in map(str.strip, header), len(header)

    return max(DELIMITERS, key=fitness)


def _cells(header: list[str], cells: list[str], where: str) -> Mapping[str, Any]:
    if any(map(str.strip, cells[len(header) :])):
        problem = f"{len(cells)} cells below {len(header)} columns"
        raise InputError(f"{where}: {problem}. A text with the delimiter in it needs quotation marks")
    return dict.fromkeys(header) | {name: cell or None for name, cell in zip(header, cells, strict=False)}
