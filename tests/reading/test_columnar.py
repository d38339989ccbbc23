"""Parquet and Arrow files."""

import builtins
import datetime
import decimal
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ColumnError, InputError, MissingExtraError
from annotator.reading import Failure, Fields, read
from tests.reading.written import NEWS, NEWS_TEXTS, OTHER, SENTENCE, read_all, texts, written

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def test_a_parquet_table_is_read(tmp_path: Path) -> None:
    rows = [
        {"text": SENTENCE, "published": datetime.date(2024, 3, 5), "seen": datetime.datetime(2024, 3, 6, 7), "n": 1.5},
        {"text": None, "published": None, "seen": None, "n": None},
        {"text": OTHER, "published": None, "seen": None, "n": float("nan")},
    ]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)

    articles, failures = read_all(path)

    assert [(article.article_id, article.text) for article in articles] == [("a-1", SENTENCE), ("a-3", OTHER)]
    assert (articles[0].published, articles[0].metadata) == ("2024-03-05", {"seen": "2024-03-06T07:00:00", "n": 1.5})
    assert articles[1].metadata == {}
    assert failures == [Failure(f"{path}, row 2", "no text")]
    with pytest.raises(ColumnError, match=r'row 1: no column "body"\. Columns are: text, published, seen, n\. Try'):
        texts(path, fields=Fields(text="body"))


def test_a_file_that_is_no_parquet_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.parquet: not a sound Parquet file"):
        texts(written(tmp_path / "a.parquet", b"PAR1 and nothing more"))


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without_pyarrow(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_pyarrow)

    with pytest.raises(MissingExtraError, match=r"Parquet needs .*attribution-annotator\[parquet\]"):
        texts(written(tmp_path / "a.parquet", b"PAR1"))


def test_an_arrow_file_of_either_kind_is_read(tmp_path: Path) -> None:
    table = pa.Table.from_pylist(NEWS)
    path = tmp_path / "news.arrow"
    for kind in (pa.ipc.new_stream, pa.ipc.new_file):
        with kind(path, table.schema) as file:
            file.write_table(table)
        assert texts(path) == NEWS_TEXTS
    path.write_bytes(b"ARROW1 and nothing more")
    with pytest.raises(InputError, match=r"news\.arrow: not a sound Arrow file"):
        texts(path)


def columnar(path: Path, **columns: Any) -> Path:
    """A Parquet or an Arrow file of these columns, by the suffix of its name."""
    table = pa.table(columns)
    if path.suffix == ".parquet":
        pq.write_table(table, path)
        return path
    with pa.ipc.new_stream(path, table.schema) as file:
        file.write_table(table)
    return path


KINDS = pytest.mark.parametrize("suffix", [".parquet", ".arrow"])


@KINDS
def test_odd_columns_become_what_json_can_hold(tmp_path: Path, suffix: str) -> None:
    path = columnar(
        tmp_path / f"a{suffix}",
        text=pa.array([SENTENCE, OTHER]).dictionary_encode(),
        price=[decimal.Decimal("1.50"), None],
        nested=[[{"a": 1}], None],
        picture=[b"\xff\x00", b"a text"],
        nothing=pa.nulls(2),
        title=[b"Ferry", None],
    )

    first, second = read([path])

    assert (first.text, first.title, second.text) == (f"Ferry\n\n{SENTENCE}", "Ferry", OTHER)
    assert first.metadata == {"price": "1.50", "nested": [{"a": 1}], "picture": "2 bytes"}
    assert second.metadata == {"picture": "a text"}


@KINDS
@pytest.mark.parametrize(
    ("dates", "failing"),
    [
        (pa.array([0, 2**48, 5], pa.timestamp("s")), [2]),
        (pa.array([0, 1, 5], pa.timestamp("s", "Mars/Base")), [1, 2, 3]),
    ],
)
def test_a_time_that_cannot_be_is_a_failure_of_its_row(
    tmp_path: Path, suffix: str, dates: Any, failing: list[int]
) -> None:
    path = columnar(tmp_path / f"a{suffix}", text=[SENTENCE] * 3, published=dates)

    articles, failures = read_all(path)

    assert len(articles) == 3 - len(failing)
    assert [failure.where for failure in failures] == [f"{path}, row {n}" for n in failing]
    assert all(failure.error.startswith('the value of column "published" cannot be read') for failure in failures)


@KINDS
def test_more_rows_than_a_file_has_room_for_are_not_counted_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr("annotator.reading.columnar.ROWS_UNASKED", 10)
    path = columnar(tmp_path / f"a{suffix}", text=pa.nulls(100_000))

    _, failures = read_all(path)

    assert [failure.where for failure in failures] == [str(path)]
    assert "it claims 100,000 rows, which do not fit into it" in failures[0].error
