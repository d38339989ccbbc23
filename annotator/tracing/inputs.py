"""The records of files, of result folders and of runs, one after another."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import InputError
from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle


def records_of(places: Iterable[Path]) -> Iterator[AnnotatedArticle]:
    """The records in files, or below folders that `annotator annotate` wrote.

    Raises `InputError` where a folder has no records, and what `load` raises.
    """
    for place in places:
        for path in _files(place):
            yield from load(path)


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    if found := [path for name in ("records.jsonl", "records.jsonl.gz") if (path := place / name).exists()]:
        return found[:1]
    if found := sorted((place / "records").glob("*.jsonl.gz")):
        return found
    if (place / "manifest.json").exists():
        raise InputError(f"{place}: the run has tables and no records. Annotate with --to parquet,jsonl")
    raise InputError(f"{place}: no records here. Give a file of records, or the folder that annotate wrote with -o")
