"""Spreadsheets (.xlsx): one article a row, the sheets one after another; formulas are read as their last value."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import ColumnError, InputError, MissingExtraError
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome, Unread
from annotator.reading.rows import no_column, row
from annotator.reading.tables import header_of
from annotator.reading.zipped import archive

MOST_IN_A_CELL = 32_767  # characters; a program that writes more cuts it without a word
HEADER_WITHIN = 20  # rows in which the header of a sheet may stand: titles and notes come before it


def read_xlsx(path: Path, source: Input) -> Iterator[Outcome]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError("A spreadsheet (.xlsx)", "documents") from error
    with archive(path, source.where, "Excel", held=False):
        pass
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the library raises a dozen kinds
        raise InputError(f"{source.where}: not a sound Excel file: {error}") from error
    try:
        yield from _sheets(book, source)
    finally:
        book.close()


def _sheets(book: Any, source: Input) -> Iterator[Outcome]:
    """Articles of every sheet that has a column of texts; a sheet that has none is told."""
    problems: list[ColumnError] = []
    found = 0
    for sheet in book.worksheets:
        where = f"{source.where}, sheet {sheet.title!r}" if len(book.worksheets) > 1 else source.where
        try:
            for outcome in _rows(sheet, source, where, found):
                found += 1
                yield outcome
        except ColumnError as error:
            problems.append(error)
    if not found:
        raise problems[0] if problems else InputError(f"{source.where}: no text")
    for problem in problems:
        source.note(f"a sheet was not read: {str(problem).removeprefix(source.where).lstrip(':, ')}")


def _rows(sheet: Any, source: Input, where: str, before: int) -> Iterator[Outcome]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong, and rows would be missing
    header: list[str] | None = None
    first: tuple[int, list[Any]] | None = None
    for number, cells in enumerate(_values(sheet, where), 1):
        if not any(_filled(cells)):
            continue
        at = f"{where}, row {number}"
        if header is None:
            first = first or (number, cells)
            if source.fields.text not in [str(cell).strip() for cell in cells] and number <= HEADER_WITHIN:
                continue
            header = header_of([_name(cell) for cell in cells], source.fields, at)
            if source.fields.text not in header:
                break
            continue
        yield from _row(header, cells, number + before, source, at)
    if first is not None and (header is None or source.fields.text not in header):
        names = header_of([_name(cell) for cell in first[1]], source.fields, where)
        raise no_column(dict.fromkeys(names), source.fields, f"{where}, row {first[0]}", "column")


def _values(sheet: Any, where: str) -> Iterator[list[Any]]:
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        number += 1
        try:
            yield list(next(rows))
        except StopIteration:
            return
        except Exception as error:  # damage inside a sheet
            raise InputError(f"{where}, row {number}: the sheet is damaged here ({error})") from error


def _filled(cells: Iterable[Any]) -> Iterator[bool]:
    return (cell is not None and str(cell).strip() != "" for cell in cells)


def _name(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _row(header: list[str], cells: list[Any], number: int, source: Input, where: str) -> Iterator[Outcome]:
    text = dict(zip(header, cells, strict=False)).get(source.fields.text)
    if isinstance(text, str) and len(text) >= MOST_IN_A_CELL:
        source.note(f"the text has {len(text):,} characters, as many as a cell holds: it may have been cut", where)
    if any(_filled(cells[len(header) :])):
        yield Unread(where, InputError(f"{where}: {len(cells)} cells below {len(header)} columns"))
        return
    yield row(partial(_cells, header, cells), number, source, where)


def _cells(header: list[str], cells: list[Any], where: str) -> Mapping[str, Any]:
    return dict.fromkeys(header) | {name: _value(cell) for name, cell in zip(header, cells, strict=False)}


def _value(cell: Any) -> Any:
    """A cell as a table's: escapes of control characters ("_x000D_") undone, a time of midnight a day."""
    from datetime import datetime

    if isinstance(cell, str):
        return cell.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("_x000B_", "\n") or None
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date()
    return cell
