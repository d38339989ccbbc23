"""Files of this machine that appear whole or not at all: written under another name, brought to the disk, renamed."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from annotator.errors import OutputError


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """A binary file that appears at `path` when the block ends well, and never in part.

    Raises `OutputError` with the path and the reason where the system refuses (disk full, not writable).
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            with path.open("wb") as stream:  # /dev/null or a pipe: nothing to put a file in the place of
                yield stream
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with partial.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


def write_text(path: Path, parts: Iterable[str], *, encoding: str = "utf-8") -> Path:
    """Write the parts one after the other as they are, line ends included; lone surrogates become "?".

    Raises `OutputError` as `atomic` does.
    """
    with atomic(path) as file:
        mark = "utf-8-sig" if encoding == "utf-8-sig" else encoding
        for part in parts:
            file.write(part.encode(mark, "replace"))
            mark = encoding.removesuffix("-sig")
    return path
