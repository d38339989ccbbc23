"""CSV: for programs as it is, for a spreadsheet disarmed."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import jsonl, tables
from tests.factory import plain_record
from tests.formats.tables.reading import rows_of

SIGNS = "=+-@＝＋－＠"


@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", '"', "\t", "\x07"])
@pytest.mark.parametrize("sign", SIGNS)
def test_excel_gets_a_mark_and_no_formulas(tmp_path: Path, sign: str, before: str) -> None:
    frame = tables.claims_frame([plain_record(f"{before}{sign}1+1 and, well, “so”")])
    plain = tables.write_csv(frame, tmp_path / "plain.csv").read_bytes()
    excel = tables.write_csv(frame, tmp_path / "excel.csv", excel=True).read_bytes()
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert rows_of(plain.decode())[0]["claim"] == f"{before}{sign}1+1 and, well, “so”"
    assert excel.startswith(b"\xef\xbb\xbf")
    shown = before.replace("\t", " ")
    assert rows_of(excel.decode("utf-8-sig"))[0]["claim"] == f"'{shown}{sign}1+1 and, well, “so”"


def formulas(table: str, separator: str) -> list[str]:
    """Cells that a reader with this separator takes for formulas; it strips what is blank or unseen first."""
    rows = csv.reader(io.StringIO(table, newline=""), delimiter=separator)
    bare = (re.sub(r'^[\s\x00-\x20"\u200b\ufeff]+', "", cell) for row in rows for cell in row)
    return [cell for cell in bare if cell.startswith(tuple(SIGNS))]


@given(st.text(st.sampled_from(f"{SIGNS};|\t\"' ,x\u200b"), min_size=1, max_size=12))
def test_no_reader_finds_a_formula_wherever_it_splits(text: str) -> None:
    excel = tables.csv_text(tables.claims_frame([plain_record(text, title=text, publisher=text)]), excel=True)
    assert [formulas(excel, separator) for separator in ",;\t|"] == [[]] * 4


def test_a_reader_that_splits_at_semicolons_would_find_one_in_the_plain_table() -> None:
    plain = tables.csv_text(tables.claims_frame([plain_record("Rain; =1+1")]))
    assert formulas(plain, ",") == []
    assert [cell.split(",")[0] for cell in formulas(plain, ";")] == ["=1+1"]


@pytest.mark.parametrize("text", ["5 = 4 + 1; so he said", "well-known; but - still - dry", "a@b.example", "“-5”"])
def test_signs_inside_a_cell_stay_as_they_are(text: str) -> None:
    assert tables.harmless(text) == text


def test_a_lone_surrogate_does_not_stop_the_table(tmp_path: Path) -> None:
    frame = tables.claims_frame([plain_record("half \ud83d of a ship", title="\udc00", publisher="\ud800 Post")])
    for excel in (False, True):
        path = tables.write_csv(frame, tmp_path / "claims.csv", excel=excel)
        [row] = rows_of(path.read_text(encoding="utf-8-sig"))
        assert (row["claim"], row["title"], row["publisher"]) == ("half � of a ship", "�", "� Post")


@pytest.mark.parametrize("excel", [False, True])
def test_what_is_written_straight_is_what_the_frames_write(tmp_path: Path, excel: bool) -> None:
    records = list(jsonl.load(Path("exports/records.jsonl")))
    records += [
        plain_record(text, title=text, publisher=text) for text in ("=1+1\t“so”, well", "a \\ b", 'say "no"; =2')
    ]
    tables.write_into(records, tmp_path, excel=excel)
    for name, frame in (("claims", tables.claims_frame(records)), ("sources", tables.sources_frame(records))):
        expected = tables.write_csv(frame, tmp_path / "frame.csv", excel=excel).read_bytes()
        assert (tmp_path / f"{name}.csv").read_bytes() == expected
