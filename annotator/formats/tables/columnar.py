"""Both tables as Parquet: rows of one article each, and the bytes of a file."""

from collections.abc import Sequence

from annotator.errors import MissingExtraError
from annotator.formats.tables.columns import CLAIM_COLUMNS, SOURCE_COLUMNS, Column, cells
from annotator.records import AnnotatedArticle, Claim, Source


def claim_cells(record: AnnotatedArticle) -> list[list[object]]:
    """Rows of the claim table of one article, as `parquet` takes them."""
    return [cells(CLAIM_COLUMNS, record, claim) for claim in record.claims]


def source_cells(record: AnnotatedArticle) -> list[list[object]]:
    """Rows of the source table of one article, as `parquet` takes them."""
    return [cells(SOURCE_COLUMNS, record, source) for source in record.sources]


def parquet(columns: "Sequence[Column[Claim]] | Sequence[Column[Source]]", rows: Sequence[Sequence[object]]) -> bytes:
    """A table as the bytes of a Parquet file, of the same columns and types however few rows there are.

    Raises `MissingExtraError` without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    schema = pa.schema([(column.name, types[column.type]) for column in columns])
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    table = pa.table([pa.array(list(cells), field.type) for cells, field in zip(cells, schema, strict=True)], schema)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())
