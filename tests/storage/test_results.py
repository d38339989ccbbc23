"""Which files a folder of results stands for."""

from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.storage import MANIFEST, missing_shards, result_files


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_a_file_is_itself_and_a_folder_its_records(tmp_path: Path) -> None:
    assert result_files(tmp_path / "any.jsonl") == [tmp_path / "any.jsonl"]
    few = made(tmp_path / "few", "claims.csv", "records.jsonl.gz")
    assert result_files(few) == [few / "records.jsonl.gz"]
    parts = made(tmp_path / "parts", "records/b.jsonl.gz", "records/a.jsonl.gz")
    assert result_files(parts) == [parts / "records" / "a.jsonl.gz", parts / "records" / "b.jsonl.gz"]


def test_of_a_run_only_complete_shards_count(tmp_path: Path) -> None:
    begun = ("records/0-0.jsonl.gz", "records/0-1.jsonl.gz", "articles/0-0.json", "articles/0-1.json")
    run = made(tmp_path / "run", MANIFEST, *begun)
    with pytest.raises(InputError, match="no shard of the run is complete yet"):
        result_files(run)
    made(run, "done/0-1.json")
    assert result_files(run) == [run / "records" / "0-1.jsonl.gz"]
    assert missing_shards(run) == 1


def test_a_run_without_records_has_tables_where_they_are_asked_for(tmp_path: Path) -> None:
    run = made(tmp_path / "run", MANIFEST, "done/0-0.json", "claims/0-0.parquet")
    assert result_files(run, tables=True) == [run / "claims" / "0-0.parquet"]
    with pytest.raises(InputError, match=r"a run without records.*--to parquet,jsonl --fresh"):
        result_files(run)


def test_a_folder_without_results_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no records in this folder \(records.jsonl\)"):
        result_files(tmp_path)
