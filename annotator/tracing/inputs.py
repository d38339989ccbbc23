"""The articles of files of records, of result folders and of runs, one after another."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle
from annotator.storage import result_files
from annotator.tracing.rows import Rows, rows_of_shard


def articles_of(places: Iterable[Path]) -> Iterator[AnnotatedArticle | Rows]:
    """The records in files, or below folders that `annotate` wrote; of a run without records the rows of its tables.

    Raises `InputError` where there are neither or one cannot be read, and what `load` raises.
    """
    for place in places:
        for path in result_files(place, tables=True):
            if path.suffix == ".parquet":
                yield from rows_of_shard(place, path.stem)
            else:
                yield from load(path)
