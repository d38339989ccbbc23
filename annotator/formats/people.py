"""The table of people and bodies that `annotator trace` writes and a person corrects, read back."""

import csv
from pathlib import Path

from annotator.errors import InputError

PEOPLE = "people.csv"
NEEDED = ("identity", "article_id", "source_id")


def read_identities(place: Path) -> dict[tuple[str, str], str]:
    """The identities of a `people.csv`, or of the one in a trace's folder, by article and source.

    Raises `InputError` where the file cannot be read, a column is missing or an identity is empty.
    """
    path = place / PEOPLE if place.is_dir() else place
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in NEEDED if name not in (rows.fieldnames or ())]:
                raise InputError(f"{path}: no column {', '.join(missing)}. Give the people.csv of a trace, corrected")
            found = {}
            for number, row in enumerate(rows, 2):
                if not row["identity"]:
                    raise InputError(f"{path}, row {number}: no identity. Write one, or leave the row out")
                found[row["article_id"], row["source_id"]] = row["identity"]
            return found
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read: {error}. Give the people.csv of a trace, or its folder") from error
