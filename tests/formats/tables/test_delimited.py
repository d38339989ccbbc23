"""CSV: for programs as it is, for a spreadsheet disarmed."""

from pathlib import Path

import pytest

from annotator.formats import tables
from tests.factory import plain_record
from tests.formats.tables.reading import rows_of


@pytest.mark.parametrize("sign", list("=+-@\t"))
def test_excel_gets_a_mark_and_no_formulas(tmp_path: Path, sign: str) -> None:
    frame = tables.claims_frame([plain_record(f"{sign}1+1 and, well, “so”")])
    plain = tables.write_csv(frame, tmp_path / "plain.csv").read_bytes()
    excel = tables.write_csv(frame, tmp_path / "excel.csv", excel=True).read_bytes()
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert rows_of(plain.decode())[0]["claim"] == f"{sign}1+1 and, well, “so”"
    assert excel.startswith(b"\xef\xbb\xbf")
    assert rows_of(excel.decode("utf-8-sig"))[0]["claim"] == f"'{sign}1+1 and, well, “so”"


def test_a_lone_surrogate_does_not_stop_the_table(tmp_path: Path) -> None:
    path = tables.write_csv(tables.claims_frame([plain_record("half \ud83d of a ship")]), tmp_path / "claims.csv")
    assert rows_of(path.read_text(encoding="utf-8"))[0]["claim"] == "half ? of a ship"
