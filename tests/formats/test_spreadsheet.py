"""The spreadsheet: typed, filterable, harmless, and linked with the report."""

from datetime import datetime
from pathlib import Path

import pytest

from annotator import formats
from annotator.errors import MissingExtraError
from tests.factory import harbour_record, plain_record

openpyxl = pytest.importorskip("openpyxl")


def test_both_tables_are_sheets_with_a_header_that_stays_and_filters(tmp_path: Path) -> None:
    record = harbour_record()
    formats.write([record], tmp_path, ["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "claims.xlsx")
    assert book.sheetnames == ["claims", "sources"]
    for sheet, rows in zip(book, (len(record.claims), len(record.sources)), strict=True):
        assert sheet.max_row == rows + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_cells_have_the_types_of_their_columns(tmp_path: Path) -> None:
    formats.write([harbour_record()], tmp_path, ["xlsx"])
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx")["claims"]
    names = [cell.value for cell in sheet[1]]
    first = dict(zip(names, sheet[2], strict=True))
    assert {first[name].data_type for name in ("start", "end", "confidence", "chain_length")} == {"n"}
    assert {first[name].data_type for name in ("needs_review", "hedged")} == {"b"}


def test_the_day_of_publication_is_a_date_and_the_time_stays_as_it_is_written(tmp_path: Path) -> None:
    times = ["2026-03-03T18:12:00+00:00", "2026-03-05", "yesterday", "1848-03-18"]
    formats.write([plain_record("It rained.", published=time) for time in times], tmp_path, ["xlsx"])
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx")["claims"]
    place = {cell.value: n for n, cell in enumerate(sheet[1])}
    days = [row[place["published_date"]] for row in sheet.iter_rows(min_row=2)]
    assert [day.is_date for day in days] == [True, True, False, False]
    assert [day.value for day in days] == [datetime(2026, 3, 3), datetime(2026, 3, 5), None, "1848-03-18"]
    assert sheet[2][place["published"]].value == times[0]


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    words = '=HYPERLINK("http://x.example","a")'
    record = plain_record(f"{words} is what it says.")
    record = record.model_copy(update={"article": record.article.model_copy(update={"title": words, "url": "=1+1"})})
    formats.write([record], tmp_path, ["xlsx"])
    cells = [cell for sheet in openpyxl.load_workbook(tmp_path / "claims.xlsx") for row in sheet for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert words in {cell.value for cell in cells}


def test_a_claim_leads_to_its_card_in_the_report(tmp_path: Path) -> None:
    formats.write([harbour_record(), harbour_record()], tmp_path, ["xlsx", "html"])
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx")["claims"]
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    links = [cell.hyperlink for row in sheet.iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert len(links) == sheet.max_row - 1
    for link in links:
        assert link.target == "report.html"
        assert f'id="{link.location}"' in report


def test_without_a_report_there_are_no_links(tmp_path: Path) -> None:
    formats.write([harbour_record()], tmp_path, ["xlsx"])
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx")["claims"]
    assert not [cell for row in sheet for cell in row if cell.hyperlink]


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        formats.write([harbour_record()], tmp_path / name, ["xlsx"])
    assert (tmp_path / "a/claims.xlsx").read_bytes() == (tmp_path / "b/claims.xlsx").read_bytes()


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"attribution-annotator\[documents\]"):
        formats.write([harbour_record()], tmp_path, ["xlsx"])
