"""The bytes of a file, unpacked where it is packed (.gz, .zst)."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from annotator.errors import InputError, MissingExtraError

COMPRESSED = frozenset({".gz", ".zst"})
BEGINNING = 1 << 20  # bytes
PACKED_AT_ONCE = 1 << 14  # bytes of a .zst file; unpacked they are a hundred times as many at most


def bytes_of(path: Path) -> bytes:
    with opened(path) as file:
        return file.read()


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """The bytes of a file, unpacked where its name ends in .gz or .zst."""
    if path.suffix.lower() == ".zst":
        with _opened_zst(path) as file:
            yield file
        return
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as opened:
        yield cast(io.BufferedReader, opened)


@contextmanager
def _opened_zst(path: Path) -> Iterator[io.BufferedReader]:
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtraError("Zstandard (.zst)", "corpus") from error
    with path.open("rb") as packed:
        yield io.BufferedReader(_Unpacked(packed, zstandard, str(path)), BEGINNING)


class _Unpacked(io.RawIOBase):
    """The bytes of a Zstandard file, frame after frame; unlike the library's reader it tells where the file was cut."""

    def __init__(self, packed: IO[bytes], library: Any, where: str) -> None:
        self._packed, self._library, self._where = packed, library, where
        self._frame: Any = None
        self._given = b""
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            given = self._given or self._packed.read(PACKED_AT_ONCE)
            if not given:
                if self._frame is not None:
                    raise InputError(f"{self._where}: a damaged .zst file: it ends too early")
                return 0
            self._unpack(given)
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _unpack(self, given: bytes) -> None:
        # The window of 2 GB is that of `zstd --long=31`, with which large corpora are packed.
        frame = self._frame or self._library.ZstdDecompressor(max_window_size=2**31).decompressobj()
        try:
            self._rest = frame.decompress(given)
        except self._library.ZstdError as error:
            raise InputError(f"{self._where}: a damaged .zst file: {error}") from error
        self._given = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame
