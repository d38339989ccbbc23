"""A shard is like every other, whatever it holds."""

from pathlib import Path

import pytest

from annotator.corpus import run
from tests.corpus.news import SMALL, news

pq = pytest.importorskip("pyarrow.parquet")


def test_a_shard_without_a_claim_has_the_columns_of_the_others(tmp_path: Path) -> None:
    run([news(tmp_path / "news.jsonl", 5, a4="FAIL")], tmp_path / "run", SMALL)
    first, last = (pq.read_schema(tmp_path / "run" / "claims" / f"00000-0000{n}.parquet") for n in range(2))
    assert first == last
