"""Data frames: types that know a missing value."""

from datetime import date

import pytest

from annotator.formats import tables
from tests.factory import harbour_record, plain_record
from tests.formats.tables.reading import claim_rows


def test_frames_have_types_that_know_a_missing_value() -> None:
    frame = tables.claims_frame([harbour_record()])
    assert frame["cue_start"].isna().sum() == 2
    assert frame["cue_start"].max() == harbour_record().article.text.index("added")
    assert frame["needs_review"].sum() == 1
    assert frame["confidence"].min() == 0.4


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-03-03T18:12:00+00:00", "2026-03-03"),
        ("2026-03-03T23:30:00-05:00", "2026-03-03"),  # the day that its readers had
        ("2026-03-05", "2026-03-05"),
        ("2026-02-30", ""),
        ("03/04/2026", ""),
        ("2026-03", ""),
        (None, ""),
    ],
)
def test_the_day_of_publication_is_a_column_of_dates(published: str | None, day: str) -> None:
    records = [plain_record("It rained.", published="2026-01-01"), plain_record("It rained.", published=published)]
    frame = tables.claims_frame(records)
    assert list(frame["published_date"].dt.strftime("%Y-%m-%d").fillna("")) == ["2026-01-01", day]
    assert [row.get("published_date") for row in claim_rows(*records)] == ["2026-01-01", day]


def test_parquet_knows_the_day_as_a_date() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    buffer = pytest.importorskip("pyarrow").BufferReader
    rows = [
        row for day in ("2026-03-05", "soon") for row in tables.claim_cells(plain_record("It rained.", published=day))
    ]
    table = pq.read_table(buffer(tables.parquet(tables.CLAIM_COLUMNS, rows)))
    assert str(table.schema.field("published_date").type) == "date32[day]"
    assert table.column("published_date").to_pylist() == [date(2026, 3, 5), None]
