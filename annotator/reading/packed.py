"""The bytes of a file, unpacked where it is packed (.gz, .zst), and never more of them than memory is meant to hold."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from annotator.errors import InputError, MissingExtraError

COMPRESSED = frozenset({".gz", ".zst"})
BEGINNING = 1 << 20  # bytes
# Bytes of a file that is held as a whole (a text, a page, JSON); decoded and parsed it takes up to ten times as much.
MAX_WHOLE = 512 << 20
MAX_ROW = 64 << 20  # bytes of one line of JSON or one row of a table: an article with its page and its pictures
# Text shrinks to a third or a tenth, the same row again and again to a hundredth; a file that unpacks to more than this
# many times its size was made to fill a memory or a disk.
MAX_RATIO = 250
UNPACKED_UNASKED = 64 << 20  # bytes unpacked before the ratio counts: a small file may be as repetitive as it likes
# Bytes of a .zst file given to the library at a time. Four of them can stand for 128 KB, so these for 32 MB at most.
PACKED_AT_ONCE = 1 << 10


def bytes_of(path: Path, where: str | None = None) -> bytes:
    """All bytes of a file, unpacked. Raises `InputError` where they are more than `MAX_WHOLE`."""
    where = where or str(path)
    with opened(path, where) as file:
        return whole(file, where)


def whole(file: IO[bytes], where: str) -> bytes:
    """The rest of an open file. Raises `InputError` where it is more than `MAX_WHOLE` bytes."""
    data = file.read(MAX_WHOLE + 1)
    if len(data) > MAX_WHOLE:
        raise InputError(
            f"{where}: more than {MAX_WHOLE >> 20} MB, which are not read at once. "
            "Divide it, or save its articles as JSON lines (.jsonl), which are read one by one"
        )
    return data


def lines_of(file: IO[bytes]) -> Iterator[bytes | None]:
    """Lines of an open file with their ends; None stands for a line of more than `MAX_ROW` bytes."""
    while line := file.readline(MAX_ROW + 1):
        if len(line) <= MAX_ROW:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_ROW)
        yield None


@contextmanager
def opened(path: Path, where: str | None = None) -> Iterator[io.BufferedReader]:
    """The bytes of a file, unpacked as they are read where its name ends in .gz or .zst.

    Reading raises `InputError` where the file is damaged, ends too early, or unpacks to `MAX_RATIO` times its size.
    """
    where = where or str(path)
    suffix = path.suffix.lower()
    with path.open("rb") as packed:
        if suffix not in COMPRESSED:
            yield packed
            return
        unpack = gzip.GzipFile(fileobj=packed, mode="rb").read1 if suffix == ".gz" else _Zst(packed).read
        with io.BufferedReader(_Bounded(unpack, packed, where), BEGINNING) as file:
            yield cast(io.BufferedReader, file)


class _DamagedError(Exception):
    """The file cannot be unpacked further; the message says why."""


class _Bounded(io.RawIOBase):
    """The bytes of an unpacked file, with our own errors, and no more of them than its packed size makes likely."""

    def __init__(self, unpack: Callable[[int], bytes], packed: IO[bytes], where: str) -> None:
        self._unpack, self._packed, self._where = unpack, packed, where
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            part = self._unpack(len(buffer))
        except (_DamagedError, EOFError, OSError, zlib.error) as error:  # EOFError: a .gz file was cut
            raise InputError(f"{self._where}: a damaged {Path(self._packed.name).suffix} file: {error}") from error
        self._given += len(part)
        if self._given > max(UNPACKED_UNASKED, MAX_RATIO * self._packed.tell()):
            raise InputError(
                f"{self._where}: unpacks to more than {MAX_RATIO} times its size, as news does not. "
                "If it is meant to, unpack it and read what comes out"
            )
        buffer[: len(part)] = part
        return len(part)


class _Zst(io.RawIOBase):
    """The bytes of a Zstandard file, frame after frame; unlike the library's reader it tells where the file was cut."""

    def __init__(self, packed: IO[bytes]) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtraError("Zstandard (.zst)", "corpus") from error
        self._packed, self._library = packed, zstandard
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
                    raise _DamagedError("it ends too early")
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
            raise _DamagedError(str(error)) from error
        self._given = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame
