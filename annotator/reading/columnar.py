"""Columnar files (Parquet, Arrow): one article a row.

Their libraries trust a file more than they should. Every batch is checked before it is looked at, and rows that take no
room in the file, of which it can claim any number, are not counted out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import MAX_RATIO, UNPACKED_UNASKED
from annotator.reading.rows import no_column, row

ROWS_AT_ONCE = 256  # of a Parquet file: a few MB of articles in memory
MAX_ROWS_A_BYTE = 8  # of a file, beside those of a small one; a row of any text takes a byte at least
ROWS_UNASKED = 100_000


def read_parquet(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows(path, source, "Parquet", _parquet_batches)


def read_arrow(path: Path, source: Input) -> Iterator[Outcome]:
    return _rows(path, source, "Arrow", _arrow_batches)


def _rows(path: Path, source: Input, kind: str, batches: Callable[[Path], Iterator[Any]]) -> Iterator[Outcome]:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    number = 0
    try:
        for batch in batches(path):
            batch.validate(full=True)
            names = _names(batch, source)
            if source.fields.text not in names and batch.num_rows:
                raise no_column(_first_row(batch, names), source.fields, f"{source.where}, row {number + 1}", "column")
            for n in range(batch.num_rows):
                number += 1
                yield row(partial(_values, batch, names, n), number, source, f"{source.where}, row {number}")
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{source.where}: not a sound {kind} file: {error}") from error
    if not number:
        raise InputError(f"{source.where}: no text")


def _parquet_batches(path: Path) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        about = file.metadata
        _check_rows(about.num_rows, path)
        _check_ratio(sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups)), path)
        # A text that stands in many rows stands in the file once, and so it shall in memory.
        texts = [one.name for one in file.schema_arrow if pa.types.is_string(one.type) or pa.types.is_binary(one.type)]
    with pq.ParquetFile(path, read_dictionary=texts) as file:
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
        rows = 0
        for batch in found:
            rows += batch.num_rows
            _check_rows(rows, path)
            yield batch


def _check_rows(rows: int, path: Path) -> None:
    if rows > ROWS_UNASKED + MAX_ROWS_A_BYTE * path.stat().st_size:
        raise ValueError(f"it claims {rows:,} rows, which do not fit into it")


def _check_ratio(unpacked: int, path: Path) -> None:
    if unpacked > max(UNPACKED_UNASKED, MAX_RATIO * path.stat().st_size):
        raise ValueError(f"it unpacks to more than {MAX_RATIO} times its size, as news does not")


def _names(batch: Any, source: Input) -> list[str]:
    """Names of the columns. Raises `InputError` where two that an article is made of are called the same."""
    names = list(batch.schema.names)
    used = vars(source.fields).values()
    if twice := next((name for name, count in Counter(names).items() if count > 1 and name in used), None):
        raise InputError(f'{source.where}: two columns are called "{twice}". Rename one of them')
    return names


def _first_row(batch: Any, names: list[str]) -> Mapping[str, Any]:
    try:
        return _values(batch, names, 0, "")
    except InputError:
        return dict.fromkeys(names)


def _values(batch: Any, names: list[str], n: int, where: str) -> Mapping[str, Any]:
    """Row `n` of a batch. Raises `InputError` for a value that Python cannot hold: a date of the year 200,000."""
    values = {}
    for column, name in enumerate(names):
        try:
            values[name] = batch.column(column)[n].as_py()
        except Exception as error:  # of the library or of the time zones: a dozen kinds
            problem = f'the value of column "{name}" cannot be read ({type(error).__name__}: {error})'
            raise InputError(f"{where}: {problem}. Save the column as text") from error
    return values
