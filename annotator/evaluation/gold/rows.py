"""The JSON of a gold file, plain or gzipped: one document, or one a line."""

import gzip
import json
from pathlib import Path
from typing import Any

from annotator.errors import InputError


def rows_of(path: Path) -> list[Any]:
    """The JSON values of a file: one for a document, one a line for JSON Lines.

    Raises InputError for a file that cannot be read, and for a line that is not JSON.
    """
    text = _decoded(path)
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        pass  # several lines are no single document; what is wrong with a line is told below
    return [_row(path, n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def _row(path: Path, n: int, line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {n}: not JSON ({error.msg}). Gold is JSON or JSON Lines") from None


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        return data.decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as gold: {error}") from None
