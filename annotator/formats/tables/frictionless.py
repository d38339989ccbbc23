"""The Frictionless description of both tables: their schemas, and the package that names the files."""

from collections.abc import Sequence
from typing import Any

from annotator.formats.tables.columns import CLAIM_COLUMNS, SOURCE_COLUMNS, Column, Row
from annotator.records import SCHEMA_VERSION


def claims_schema() -> dict[str, Any]:
    """The Frictionless table schema of `claims.csv`."""
    return {
        **_table_schema(CLAIM_COLUMNS),
        "primaryKey": ["article_id", "claim_id"],
        "foreignKeys": [
            {
                "fields": ["article_id", "source_id"],
                "reference": {"resource": "sources", "fields": ["article_id", "source_id"]},
            }
        ],
    }


def sources_schema() -> dict[str, Any]:
    """The Frictionless table schema of `sources.csv`."""
    return {**_table_schema(SOURCE_COLUMNS), "primaryKey": ["article_id", "source_id"]}


def datapackage(*, excel: bool = False) -> dict[str, Any]:
    """The Frictionless Data Package (version 1) that describes both tables."""
    return {
        "profile": "tabular-data-package",
        "name": "attribution-annotator",
        "title": "Claims, sources and attribution chains of news articles",
        "version": SCHEMA_VERSION,
        "resources": [
            _resource("claims", "One row a claim", claims_schema(), excel),
            _resource("sources", "One row a source and article", sources_schema(), excel),
        ],
    }


def _resource(name: str, title: str, schema: dict[str, Any], excel: bool) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if excel else "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _table_schema(columns: Sequence[Column[Row]]) -> dict[str, Any]:
    return {"fields": [_field(column) for column in columns], "missingValues": [""]}


def _field(column: Column[Row]) -> dict[str, Any]:
    constraints = dict(column.constraints)
    if column.vocabulary:
        constraints["enum"] = [label.value for label in column.vocabulary]
    described = {"name": column.name, "type": column.type, "description": column.meaning}
    return {**described, "constraints": constraints} if constraints else described
