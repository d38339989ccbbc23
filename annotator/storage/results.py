"""What a folder of results holds: the files of records that `annotate` wrote there, those of a run among them."""

from pathlib import Path

from annotator.errors import InputError
from annotator.storage.sets import settle

MANIFEST = "manifest.json"  # what makes a folder a run
RECORDS = "records.jsonl"


def result_files(place: Path, *, tables: bool = False) -> list[Path]:
    """The files of records that a place stands for: itself, or those of a folder that `annotate` wrote.

    Of a run only complete shards count; with `tables`, one without records gives its tables of claims (Parquet).
    Raises `InputError` where there is nothing of the kind.
    """
    if not place.is_dir():
        return [place]
    settle(place)
    if found := [path for name in (RECORDS, f"{RECORDS}.gz") if (path := place / name).is_file()]:
        return found[:1]
    if (place / MANIFEST).exists():
        return _files_of_run(place, tables)
    if found := sorted((place / "records").glob("*.jsonl.gz")):
        return found
    raise InputError(f"{place}: no records in this folder ({RECORDS}). Name the folder that annotate wrote with -o")


def _files_of_run(run: Path, tables: bool) -> list[Path]:
    complete = sorted(path.stem for path in (run / "done").glob("*.json"))
    if not complete:
        raise InputError(f"{run}: no shard of the run is complete yet. Finish it with the command that began it")
    if (run / "records").is_dir():
        return [run / "records" / f"{shard}.jsonl.gz" for shard in complete]
    if tables:
        return [run / "claims" / f"{shard}.parquet" for shard in complete]
    raise InputError(f"{run}: a run without records. Give the command that made it --to parquet,jsonl --fresh too")


def missing_shards(place: Path) -> int:
    """How many shards of a run are not complete; 0 where a place is no run."""
    if not (place / MANIFEST).exists():
        return 0
    parts = sum(path.stem.count("-") == 1 for path in (place / "articles").glob("*.json"))
    return max(0, parts - sum(1 for _ in (place / "done").glob("*.json")))
