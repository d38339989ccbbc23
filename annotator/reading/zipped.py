"""Documents that are zip archives of XML (Word, OpenDocument, e-books): opened within bounds, and parsed alone.

An archive that was made to fill a memory, and XML that defines entities or names files outside, are refused before any
library looks at them.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.reading.packed import MAX_RATIO, MAX_WHOLE, UNPACKED_UNASKED

MAX_PARTS = 100_000  # files of an archive
DOCTYPE_WITHIN = 4096  # bytes of a part in which a document type would be declared


@contextmanager
def archive(path: Path, where: str, kind: str, *, held: bool = True) -> Iterator[zipfile.ZipFile]:
    """The zip archive of a document. Raises `InputError` where it is damaged, or unpacks to more than it may.

    `held` is whether its parts are held in memory as a whole.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            _check(opened, path, where, held)
            yield opened
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, KeyError, OSError, ValueError) as error:
        raise InputError(f"{where}: not a sound {kind} file: {getattr(error, 'strerror', None) or error}") from error


def _check(opened: zipfile.ZipFile, path: Path, where: str, held: bool) -> None:
    parts = opened.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS:
        raise InputError(f"{where}: an archive of {len(parts):,} parts, which no document has")
    if unpacked > max(UNPACKED_UNASKED, MAX_RATIO * path.stat().st_size):
        raise InputError(
            f"{where}: unpacks to more than {MAX_RATIO} times its size, as no document does. "
            "If it is meant to, save it anew or as text"
        )
    if held and sum(part.file_size for part in parts if part.filename.endswith((".xml", "html"))) > MAX_WHOLE:
        raise InputError(f"{where}: more than {MAX_WHOLE >> 20} MB of text, which are not read at once. Divide it")
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".opf")):
            with opened.open(part) as file:
                if b"<!ENTITY" in file.read(DOCTYPE_WITHIN):
                    raise InputError(f"{where}: {part.filename} defines entities, which no program writes there")


def parsed(data: bytes, where: str) -> Any:
    """The root of XML as lxml has it; entities are not resolved, and nothing outside is loaded.

    Raises `InputError` where it is not well formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{where}: not well-formed XML: {error}") from error
    if root is None:
        raise InputError(f"{where}: no XML in it")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace; blank for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
