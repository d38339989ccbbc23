"""The articles of files of records, of result folders and of runs, one after another."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import InputError
from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle
from annotator.tracing.rows import Rows, rows_of_shard

MANIFEST = "manifest.json"  # what makes a folder a run


def records_of(places: Iterable[Path]) -> Iterator[AnnotatedArticle]:
    """The records in files, or below folders that `annotator annotate` wrote.

    Raises `InputError` where a folder has no records, and what `load` raises.
    """
    for place in places:
        for path in files_of(place):
            if path.suffix == ".parquet":
                raise InputError(f"{place}: the run has tables and no records. Annotate with --to parquet,jsonl")
            yield from load(path)


def articles_of(places: Iterable[Path]) -> Iterator[AnnotatedArticle | Rows]:
    """As `records_of`; of a run without records the rows of its tables.

    Raises `InputError` where there are neither or one cannot be read, and what `load` raises.
    """
    for place in places:
        for path in files_of(place):
            if path.suffix == ".parquet":
                yield from rows_of_shard(place, path.stem)
            else:
                yield from load(path)


def files_of(place: Path) -> list[Path]:
    """The file of records that a place is, or those below it; of a run without records its tables of claims.

    Of a run only complete shards count. Raises `InputError` where there is nothing of the kind.
    """
    if not place.is_dir():
        return [place]
    if found := [path for name in ("records.jsonl", "records.jsonl.gz") if (path := place / name).exists()]:
        return found[:1]
    if not (place / MANIFEST).exists():
        if found := sorted((place / "records").glob("*.jsonl.gz")):
            return found
        raise InputError(f"{place}: no records here. Give a file of records, or the folder that annotate wrote with -o")
    complete = sorted(path.stem for path in (place / "done").glob("*.json"))
    if not complete:
        raise InputError(f"{place}: no shard of the run is complete yet. Finish it with the command that began it")
    if (place / "records").is_dir():
        return [place / "records" / f"{shard}.jsonl.gz" for shard in complete]
    return [place / "claims" / f"{shard}.parquet" for shard in complete]


def missing_shards(place: Path) -> int:
    """How many shards of a run are not complete; 0 where a place is no run."""
    if not (place / MANIFEST).exists():
        return 0
    parts = sum(path.stem.count("-") == 1 for path in (place / "articles").glob("*.json"))
    return max(0, parts - sum(1 for _ in (place / "done").glob("*.json")))
