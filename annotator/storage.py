"""The folder of a run, on this machine's disk or anywhere that fsspec reaches (`s3://bucket/run`).

A file appears whole or not at all: on disk it is written under another name, brought to the disk and renamed; an
object store shows an object when all of it is there.
"""

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import InputError, MissingExtraError, OutputError, RunError

REMOTE = "://"
HASHED_AT_ONCE = 1 << 20  # bytes


def is_remote(place: str | Path) -> bool:
    """Whether a path names a file system of fsspec: "s3://bucket/news", "memory://run"."""
    return REMOTE in str(place)


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


class Folder:
    """Files of a folder by their names in it, "claims/00000-00000.parquet"; folders are made as they are needed.

    Reading raises `RunError` and writing `OutputError`, with the path and the reason.
    """

    def __init__(self, place: str | Path) -> None:
        self.place = str(place)
        self._remote = _file_system(self.place) if is_remote(place) else None

    def __str__(self) -> str:
        return self.place

    @property
    def file_system(self) -> Any:
        """The fsspec file system, or None for a folder of this machine."""
        return self._remote and self._remote[0]

    def path(self, name: str) -> str:
        return f"{self.place.rstrip('/')}/{name}"

    def names(self, folder: str) -> set[str]:
        """Names of the files in a folder of this folder; none where there is no such folder."""
        if self._remote is None:
            found = Path(self.path(folder))
            return {path.name for path in found.iterdir()} if found.is_dir() else set()
        system, root = self._remote
        try:
            return {str(path).rsplit("/", 1)[-1] for path in system.ls(f"{root}/{folder}", detail=False)}
        except FileNotFoundError:
            return set()

    def exists(self, name: str) -> bool:
        if self._remote is None:
            return Path(self.path(name)).exists()
        system, root = self._remote
        return bool(system.exists(f"{root}/{name}"))

    def read(self, name: str) -> bytes:
        try:
            if self._remote is None:
                return Path(self.path(name)).read_bytes()
            system, root = self._remote
            return bytes(system.cat_file(f"{root}/{name}"))
        except OSError as error:
            raise RunError(
                f"{self.path(name)}: cannot be read ({error.strerror or error}). Start anew with --fresh"
            ) from error

    def write(self, name: str, data: bytes) -> None:
        if self._remote is None:
            with atomic(Path(self.path(name))) as file:
                file.write(data)
            return
        system, root = self._remote
        try:
            system.makedirs(f"{root}/{name}".rsplit("/", 1)[0], exist_ok=True)
            system.pipe_file(f"{root}/{name}", data)
        except OSError as error:
            raise OutputError(f"{self.path(name)}: cannot be written: {error.strerror or error}") from error

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all that is in it; there need be none."""
        import shutil

        if not self.exists(name):
            return
        if self._remote is not None:
            system, root = self._remote
            system.rm(f"{root}/{name}", recursive=True)
        elif (path := Path(self.path(name))).is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    def read_json(self, name: str) -> Any:
        return json.loads(self.read(name))

    def write_json(self, name: str, value: Any) -> None:
        self.write(name, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))

    def read_lines(self, name: str) -> list[bytes]:
        """Lines of a file that `write_lines` wrote."""
        return [line for line in gzip.decompress(self.read(name)).split(b"\n") if line]

    def write_lines(self, name: str, lines: Iterable[str]) -> None:
        """Write lines, each with its line end, as gzip without a time in it: the same lines give the same bytes."""
        data = "".join(lines).encode("utf-8", "replace")
        self.write(name, gzip.compress(data, compresslevel=6, mtime=0))


def _file_system(place: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtraError(f"{place}: storage that is no folder of this machine", "cluster") from error
    try:
        system, root = url_to_fs(place)
    except (ImportError, ValueError) as error:  # no such protocol, or its package is not installed
        raise InputError(f"{place}: {error}") from error
    return system, str(root).rstrip("/")


def remote_files(place: str) -> list[str]:
    """Addresses of the files that an fsspec path stands for (a file, a folder or a pattern), in the order of names.

    Raises `InputError` where there are none.
    """
    system, root = _file_system(place)
    try:
        if any(sign in root for sign in "*?["):
            found = system.glob(root)
        else:
            found = system.find(root) if system.isdir(root) else [root] if system.exists(root) else []
        files = sorted(str(path) for path in found if system.isfile(path))
    except OSError as error:
        raise InputError(f"{place}: {error.strerror or error}") from error
    if not files:
        raise InputError(f"{place}: no such file or folder, or nothing in it")
    return [str(system.unstrip_protocol(path)) for path in files]


@contextmanager
def fetched(place: str) -> Iterator[Path]:
    """A file of fsspec as a file of this machine, for as long as the block lasts; a local path is itself.

    Raises `InputError` where it cannot be fetched.
    """
    if not is_remote(place):
        yield Path(place)
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        system, root = _file_system(place)
        path = Path(folder) / root.rsplit("/", 1)[-1]
        try:
            system.get_file(root, str(path))
        except OSError as error:
            raise InputError(f"{place}: cannot be fetched: {error.strerror or error}") from error
        yield path


def identity(place: str) -> dict[str, Any]:
    """What tells that a file is still the same: its size and the SHA-256 of its bytes, or its store's own checksum.

    Raises `InputError` where it cannot be read.
    """
    try:
        if is_remote(place):
            system, root = _file_system(place)
            return {"path": place, "bytes": system.size(root), "checksum": str(system.checksum(root))}
        path, digest = Path(place), hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(HASHED_AT_ONCE):
                digest.update(block)
        return {"path": place, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}
    except OSError as error:
        raise InputError(f"{place}: {error.strerror or error}") from error
