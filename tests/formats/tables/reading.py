"""The tables as a strict reader of CSV sees them, and what in them is against their schemas."""

import csv
import io
import re
from typing import Any

from annotator.formats import tables
from annotator.records import AnnotatedArticle

SHAPES = {
    "string": ".+",
    "integer": "-?[0-9]+",
    "number": r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?",
    "boolean": "true|false",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def claim_rows(*made: AnnotatedArticle) -> list[dict[str, str]]:
    return rows_of(tables.csv_text(tables.claims_frame(made)))


def source_rows(*made: AnnotatedArticle) -> list[dict[str, str]]:
    return rows_of(tables.csv_text(tables.sources_frame(made)))


def breaches(rows: list[dict[str, str]], schema: dict[str, Any]) -> list[str]:
    """What in the rows is against the Frictionless table schema."""
    found = []
    for row in rows:
        if list(row) != [column["name"] for column in schema["fields"]]:
            found.append(f"header {list(row)}")
        for column in schema["fields"]:
            cell, limits = row[column["name"]], column.get("constraints", {})
            if cell == "":
                wrong = limits.get("required", False)
            else:
                wrong = (
                    not re.fullmatch(SHAPES[column["type"]], cell, re.DOTALL)
                    or cell not in limits.get("enum", [cell])
                    or not re.fullmatch(limits.get("pattern", ".+"), cell, re.DOTALL)
                    or ("minimum" in limits and float(cell) < limits["minimum"])
                    or ("maximum" in limits and float(cell) > limits["maximum"])
                )
            if wrong:
                found.append(f"{column['name']}: {cell!r}")
    return found
