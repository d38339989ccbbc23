"""Tidy tables: `claims.csv` has a row a claim, `sources.csv` a row a source and article.

Plain UTF-8, line feeds, quoting as in RFC 4180, no JSON and no line break in a cell, an empty cell for what is not
known, `true` and `false`.
"""

from annotator.formats.tables.columnar import claim_cells, parquet, source_cells
from annotator.formats.tables.columns import CHAIN_SIGN, CLAIM_COLUMNS, LIST_SIGN, SOURCE_COLUMNS, Column
from annotator.formats.tables.delimited import csv_text, harmless, write_csv, write_into
from annotator.formats.tables.frames import claims_frame, sources_frame
from annotator.formats.tables.frictionless import claims_schema, datapackage, sources_schema

__all__ = [
    "CHAIN_SIGN",
    "CLAIM_COLUMNS",
    "LIST_SIGN",
    "SOURCE_COLUMNS",
    "Column",
    "claim_cells",
    "claims_frame",
    "claims_schema",
    "csv_text",
    "datapackage",
    "harmless",
    "parquet",
    "source_cells",
    "sources_frame",
    "sources_schema",
    "write_csv",
    "write_into",
]
