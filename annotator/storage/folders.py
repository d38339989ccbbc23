"""The folder of a run, on this machine's disk or anywhere that fsspec reaches (`s3://bucket/run`).

An object store shows an object when all of it is there, as a renamed file is.
"""

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.errors import OutputError, RunError
from annotator.storage.files import atomic
from annotator.storage.places import file_system, is_remote

MOST = 4 << 30  # bytes


class Folder:
    """Files of a folder by their names in it, "claims/00000-00000.parquet"; folders are made as they are needed.

    Reading raises `RunError` and writing `OutputError`, with the path and the reason. No file is read that has more
    bytes than `most`, packed or unpacked.
    """

    def __init__(self, place: str | Path, most: int = MOST) -> None:
        self.place = str(place)
        self._most = most
        self._remote = file_system(self.place) if is_remote(place) else None

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
        with self._read_or_said(name):
            if self._remote is None:
                path = Path(self.path(name))
                self._check_size(path.stat().st_size)
                return path.read_bytes()
            system, root = self._remote
            self._check_size(system.size(f"{root}/{name}") or 0)
            return bytes(system.cat_file(f"{root}/{name}"))

    def _check_size(self, size: int) -> None:
        if size > self._most:
            raise ValueError(f"more than {self._most >> 20:,} MB; --memory allows more")

    @contextmanager
    def _read_or_said(self, name: str) -> Iterator[None]:
        """What goes wrong in the block, damage included, becomes a `RunError`."""
        try:
            yield
        except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
            why = getattr(error, "strerror", None) or error
            raise RunError(f"{self.path(name)}: cannot be read ({why}). Start anew with --fresh") from error

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
        data = self.read(name)
        with self._read_or_said(name):
            return json.loads(data)

    def write_json(self, name: str, value: Any) -> None:
        self.write(name, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))

    def read_lines(self, name: str) -> list[bytes]:
        """Lines of a file that `write_lines` wrote."""
        packed = io.BytesIO(self.read(name))
        with self._read_or_said(name), gzip.open(packed) as file:
            data = file.read(self._most + 1)
            self._check_size(len(data))
        return [line for line in data.split(b"\n") if line]

    def write_lines(self, name: str, lines: Iterable[str]) -> None:
        """Write lines, each with its line end, as gzip without a time in it: the same lines give the same bytes."""
        data = "".join(lines).encode("utf-8", "replace")
        self.write(name, gzip.compress(data, compresslevel=6, mtime=0))
