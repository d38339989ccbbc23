"""What is made of records: a dictionary from the name of a format to the function that writes its files.

Every file is written under another name, brought to the disk and renamed, so that no half file is ever left behind.
"""

import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from annotator.errors import OutputError
from annotator.records import AnnotatedArticle

Writer = Callable[[Sequence[AnnotatedArticle], Path, bool], list[Path]]


def _write_jsonl(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import jsonl

    return [jsonl.write(records, folder / "records.jsonl")]


def _write_csv(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import tables

    return tables.write(records, folder, excel=excel)


def _write_label_studio(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import label_studio

    return label_studio.write(records, folder / "label_studio")


def _write_html(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import html

    return [write_text(folder / "report.html", [html.render(records)])]


# The modules are imported when a format is asked for: pandas and jinja2 cost more than all the rest.
FORMATS: dict[str, Writer] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "label-studio": _write_label_studio,
    "html": _write_html,
}


def write(
    records: Sequence[AnnotatedArticle], folder: Path, formats: Collection[str], *, excel: bool = False
) -> list[Path]:
    """Write the files of the named formats into `folder`, which is made if need be, and return their paths.

    Raises `OutputError` where a format is unknown, before anything is written, or a file cannot be written.
    """
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise OutputError(f"no format {', '.join(map(repr, unknown))}. Formats are: {', '.join(FORMATS)}")
    return [path for name, writer in FORMATS.items() if name in formats for path in writer(records, folder, excel)]


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
