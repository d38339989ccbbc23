"""Word lists of the annotator: plain text files that a journalist can extend without opening Python.

A file has one entry a line, `#` begins a comment, blank lines are skipped. Entries are kept in file order.
"""

import hashlib
from functools import cache
from importlib.resources import files

FOLDER = files("annotator") / "lexicons" / "en"


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Entries of `lexicons/en/NAME.txt`, as written.

    Raises FileNotFoundError for a list that does not exist.
    """
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split("#", 1)[0].strip() for line in lines)
    return tuple(entry for entry in entries if entry)


@cache
def words(name: str) -> frozenset[str]:
    """Entries of a list in lower case."""
    return frozenset(entry.lower() for entry in phrases(name))


@cache
def version() -> str:
    """Digest of all lists, so that a record tells which words made it."""
    found = sorted((item.name, item.read_bytes()) for item in FOLDER.iterdir() if item.name.endswith(".txt"))
    return hashlib.sha256(b"\0".join(name.encode() + b"\0" + data for name, data in found)).hexdigest()[:12]


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """A list whose entries have columns, split at ` | `: first column in lower case to the others."""
    rows = (tuple(cell.strip() for cell in entry.split("|")) for entry in phrases(name))
    return {first.lower(): tuple(rest) for first, *rest in rows}
