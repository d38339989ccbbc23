"""Parquet and Arrow files."""

import builtins
import datetime
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ColumnError, InputError, MissingExtraError
from annotator.reading import Failure, Fields
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
