"""Both tables as one spreadsheet (.xlsx): typed cells, a header that stays, filters, and links into the report.

No cell is a formula, whatever a source is called: texts are written as texts.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from annotator.errors import MissingExtraError, OutputError
from annotator.formats.pages import clean
from annotator.formats.tables.columns import CLAIM_COLUMNS, SOURCE_COLUMNS, cells
from annotator.records import AnnotatedArticle, without_rejected

NAME, REPORT = "claims.xlsx", "report.html"
MOST_ROWS = 1_048_576  # of a sheet
MOST_LINKS = 65_000  # of a sheet, a few hundred below what Excel takes
MOST_CHARACTERS = 32_767  # of a cell
CUT = " […]"
WIDTHS = {
    "claim": 70,
    "claim_normalized": 50,
    "source": 28,
    "chain": 40,
    "title": 40,
    "source_display": 40,
    "mentions": 50,
}
WIDTH = 14  # of other columns, in characters


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `claims.xlsx`: the sheets "claims" and "sources". A claim's id leads to its place in `report.html`.

    Raises `MissingExtraError` without xlsxwriter, and `OutputError` where there are more rows than a sheet has.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("A spreadsheet (xlsx)", "documents") from error
    path = folder / NAME
    texts_as_texts = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(path, {"constant_memory": True, **texts_as_texts})
    book.set_properties({"created": datetime(2026, 1, 1)})  # the same records give the same bytes
    linked = (folder / REPORT).exists()
    _Sheet(book, "claims", [column.name for column in CLAIM_COLUMNS]).fill(_claims(records, linked))
    _Sheet(book, "sources", [column.name for column in SOURCE_COLUMNS]).fill(
        (cells(SOURCE_COLUMNS, record, source), None) for record in records for source in record.sources
    )
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OutputError(f"{path}: cannot be written: {error}") from error
    return [path]


def _claims(records: Sequence[AnnotatedArticle], linked: bool) -> Iterator[tuple[list[object], str | None]]:
    """Rows of claims, each with the place of its card in the report: the report numbers what reviewers left."""
    for number, record in enumerate(records, 1):
        cards = {claim.claim_id: n for n, claim in enumerate(without_rejected(record).claims, 1)}
        for claim in record.claims:
            card = cards.get(claim.claim_id) if linked else None
            yield cells(CLAIM_COLUMNS, record, claim), None if card is None else f"a{number}-c{card}"


class _Sheet:
    """A sheet that is written row by row."""

    def __init__(self, book: Any, name: str, header: list[str]) -> None:
        self._sheet, self._header, self._name = book.add_worksheet(name), header, name
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(header):
            self._sheet.set_column(place, place, WIDTHS.get(column, WIDTH))
        self._sheet.write_row(0, 0, header, bold)

    def fill(self, rows: Iterator[tuple[list[object], str | None]]) -> None:
        number = links = 0
        for number, (values, card) in enumerate(rows, 1):
            if number >= MOST_ROWS:
                raise OutputError(f"{NAME}: more than {MOST_ROWS - 1:,} rows, which no sheet has. Use --to csv")
            for place, value in enumerate(values):
                if card is not None and self._header[place] == "claim_id" and links < MOST_LINKS:
                    links += 1
                    self._sheet.write_url(number, place, f"external:{REPORT}#{card}", None, str(value))
                else:
                    self._cell(number, place, value)
        self._sheet.autofilter(0, 0, number, len(self._header) - 1)

    def _cell(self, row: int, place: int, value: object) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float):
            self._sheet.write_number(row, place, value)
        elif value is not None and (day := _day(self._header[place], value)) is not None:
            self._sheet.write_datetime(row, place, day, self._day)
        elif value is not None:
            text = str(clean(str(value)))
            cut = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT
            self._sheet.write_string(row, place, cut)


def _day(column: str, value: object) -> date | None:
    """The day of a date of publication; a time, which has a zone that a sheet has not, stays a text."""
    if column == "published" and len(str(value)) == len("2026-03-04"):
        try:
            value = date.fromisoformat(str(value))
        except ValueError:
            return None
    return value if isinstance(value, date) and value.year > 1900 else None  # where a sheet's days begin
