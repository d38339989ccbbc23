#!/usr/bin/env bash
# frictionless 5.21.0, pandas 3.1.1, pyarrow 26.0.1, seen 2026-11-27
# Expected: the same table validates alike as CSV and as Parquet, so that a missing time in a field with
#   `constraints.required` is an error in both.
# What happens: in Parquet it passes. The reader goes through pandas, whose NaT for the missing time is no empty value to
#   frictionless (while missing integers and strings of the same file are); rows read have NaT in them, too.
# What to do: count nulls of time columns with pyarrow, or validate the CSV.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'frictionless[pandas,parquet]==5.21.0' pandas==3.1.1 pyarrow==26.0.1
venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

import pandas
from frictionless import Resource, Schema

table = pandas.DataFrame(
    {
        "claim_id": ["c1", "c2", None],
        "published": pandas.to_datetime(["2026-03-05T10:00:00", None, "2026-03-05T11:00:00"]),
        "start": pandas.array([None, 4, 9], dtype="Int64"),
    }
)
table.to_csv("claims.csv", index=False)
table.to_parquet("claims.parquet", index=False)
TYPES = {"claim_id": "string", "published": "datetime", "start": "integer"}
FIELDS = [{"name": name, "type": kind, "constraints": {"required": True}} for name, kind in TYPES.items()]


def missing(path):
    report = Resource(path, schema=Schema.from_descriptor({"fields": FIELDS})).validate()
    return [tuple(error) for error in report.flatten(["rowNumber", "fieldName", "type"])]


csv, parquet = missing("claims.csv"), missing("claims.parquet")
print("frictionless", version("frictionless"), "pandas", version("pandas"), "pyarrow", version("pyarrow"))
print("CSV:    ", csv)
print("Parquet:", parquet)
value = Resource("claims.parquet").read_rows()[1]["published"]
print("row 3 as read from Parquet: published =", value)
time = (3, "published", "constraint-error")
others = [(2, "start", "constraint-error"), (4, "claim_id", "constraint-error")]
sys.exit(not (sorted(csv) == sorted([time, *others]) and parquet == others and value is pandas.NaT))
EOF
