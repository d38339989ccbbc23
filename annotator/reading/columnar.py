"""Columnar files (Parquet, Arrow): one article a row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.rows import no_column, row

ROWS_AT_ONCE = 256  # of a Parquet file: a few MB of articles in memory


def read_parquet(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows(path, source, "Parquet", _parquet_batches)


def read_arrow(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows(path, source, "Arrow", _arrow_batches)


def _rows(path: Path, source: Input, kind: str, batches: Callable[[Path], Iterator[Any]]) -> Iterator[Outcome]:
    """Rows of a Parquet or Arrow file, a few hundred at a time."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    number = 0
    try:
        for batch in batches(path):
            for values in batch.to_pylist():
                number += 1
                where = f"{source.where}, row {number}"
                if source.fields.text not in values:  # then it is in no row
                    raise no_column(values, source.fields, where, "column")
                yield row(partial(_same, values), number, source, where)
    except (pa.ArrowException, ValueError) as error:  # ValueError: a time that Python cannot hold
        raise InputError(f"{source.where}: not a sound {kind} file: {error}") from error
    if not number:
        raise InputError(f"{source.where}: no text")


def _parquet_batches(path: Path) -> Iterator[Any]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=ROWS_AT_ONCE)


def _arrow_batches(path: Path) -> Iterator[Any]:
    """Batches of an Arrow file; the Hugging Face library writes the kind that is read from front to back."""
    import pyarrow as pa

    with pa.memory_map(str(path)) as file:
        try:
            found: Iterable[Any] = pa.ipc.open_stream(file)
        except pa.ArrowInvalid:
            reader = pa.ipc.open_file(file)
            found = map(reader.get_batch, range(reader.num_record_batches))
        for batch in found:
            for start in range(0, batch.num_rows, ROWS_AT_ONCE):
                yield batch.slice(start, ROWS_AT_ONCE)


def _same(values: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    return values
