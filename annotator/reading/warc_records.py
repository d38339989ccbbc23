"""The records of a web archive, each of which is seen to end where it says that it does.

A record declares its length. One that declares more than it has swallows its neighbours, and an archive that was cut
off ends in half a record; libraries pass over both in silence. Here each becomes a `Damage`, and reading goes on with
the next line at which a record begins.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from annotator.errors import InputError, MissingExtraError

VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.17", "WARC/0.18"]
MAX_HEAD = 1 << 20  # bytes of a record's own headers
MAX_BLOCK = 16 << 20  # bytes of a record that is held in memory; what is longer is no page
MAX_DAMAGES = 100  # records of an archive; with more it is of another kind, or made to take time
READ_AT_ONCE = 1 << 20  # bytes
LOOKED_AHEAD = 64  # bytes behind a record: two line ends and the beginning of the next
_BEGINNING = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_NEXT = re.compile(rb"\n\r?\n(?=WARC/[01]\.\d{1,2}\r?\n)")
_BOUNDARY = 32  # bytes that `_NEXT` looks at, at most


@dataclass(frozen=True)
class Record:
    """A sound record: its number from 1, its headers as warcio reads them, its bytes, or None where they are many."""

    number: int
    headers: Any
    block: bytes | None


@dataclass(frozen=True)
class Damage:
    """A record that cannot be read, and why."""

    number: int
    why: str


def records(file: io.BufferedReader, where: str) -> Iterator[Record | Damage]:
    """The records of an archive in their order, sound ones and damaged ones.

    Raises `InputError` where there are none, or too many are damaged, and `MissingExtraError` without warcio.
    """
    try:
        from warcio.statusandheaders import StatusAndHeadersParser
    except ImportError as error:
        raise MissingExtraError("WARC", "corpus") from error
    archive = _Archive(cast(io.RawIOBase, file.raw), StatusAndHeadersParser(VERSIONS))
    number = damages = 0
    while line := archive.first_line():
        number += 1
        found = archive.record(line, number)
        yield found
        damages += isinstance(found, Damage)
        if damages > MAX_DAMAGES:
            raise InputError(f"{where}: more than {MAX_DAMAGES} damaged records; what follows is not read")
    if archive.trouble is not None and not archive.told:
        raise InputError(f"{where}, record {number + 1}: the archive is damaged here: {archive.trouble}")
    if not number:
        raise InputError(f"{where}: no WARC records")


class _Archive:
    """An open archive, and the bytes of it that were read too far."""

    def __init__(self, file: io.RawIOBase, headers: Any) -> None:
        # Not the buffer around it, which loses what it has just read where the next bytes are damaged.
        self._file, self._headers = file, headers
        self._kept, self._at = b"", 0
        self.trouble: str | None = None  # why nothing can be read any more
        self.told = False

    def first_line(self) -> bytes:
        """The next line that is not blank, with its end; empty at the end of the archive."""
        while (line := self._line(MAX_HEAD)) and not line.strip():
            pass
        return line

    def record(self, first: bytes, number: int) -> Record | Damage:
        if not _BEGINNING.fullmatch(first):
            self._push(first)
            self._go_to_next()
            return Damage(number, "no record begins here: the archive is damaged, or is none")
        head = self._head(first)
        if head is None:
            self._go_to_next()
            return Damage(
                number, f"the archive is damaged here: {self._tell() or 'the headers of a record do not end'}"
            )
        headers = self._headers.parse(io.BytesIO(head))
        declared = headers.get_header("Content-Length") or ""
        if not re.fullmatch(r"[0-9]{1,18}", declared):
            self._go_to_next()
            return Damage(number, f"a record without a length: {declared[:40]!r}")
        length = int(declared)
        if length <= MAX_BLOCK:
            return self._short(number, headers, length)
        return self._long(number, headers, length)

    # a record whose headers are known

    def _short(self, number: int, headers: Any, length: int) -> Record | Damage:
        block = self._read(length)
        if len(block) == length and self._ends_here():
            return Record(number, headers, block)
        following = _NEXT.search(block)
        if following:
            self._push(block[following.end() :])
            return Damage(number, f"declares {length:,} bytes, but another record begins before they end")
        if len(block) < length:
            why = self._tell() or f"it ends after {len(block):,} of {length:,} bytes of this record"
            return Damage(number, f"the archive is cut off or damaged here: {why}")
        self._push(block[-_BOUNDARY:])
        self._go_to_next()
        return Damage(number, f"declares {length:,} bytes, but does not end behind them")

    def _long(self, number: int, headers: Any, length: int) -> Record | Damage:
        """A record that is too long to be held: it is gone past, in a packed archive without a way back."""
        why = f"declares {length:,} bytes, but does not end behind them"
        if not self._file.seekable():
            left = length
            while left and (part := self._read(min(left, READ_AT_ONCE))):
                left -= len(part)
            if not left and self._ends_here():
                return Record(number, headers, None)
            while self._read(READ_AT_ONCE):
                pass
            return Damage(number, f"{why}; what follows is not read")
        start = self._place()
        end = self._file.seek(0, io.SEEK_END)
        self._seek(min(start + length, end))
        if start + length <= end and self._ends_here():
            return Record(number, headers, None)
        self._seek(start)
        self._go_to_next()
        return Damage(number, why)

    def _head(self, first: bytes) -> bytes | None:
        """The headers with the blank line that ends them, or None where there is none."""
        lines, size = [first], len(first)
        while size <= MAX_HEAD and (line := self._line(MAX_HEAD)).endswith(b"\n"):
            lines.append(line)
            size += len(line)
            if not line.strip():
                return b"".join(lines)
        return None

    def _ends_here(self) -> bool:
        """Whether what follows is the next record, or nothing."""
        ahead = self._read(LOOKED_AHEAD)
        self._push(ahead)
        following = ahead.lstrip(b"\r\n")
        return not following or following.startswith(b"WARC/")

    def _go_to_next(self) -> None:
        """Go to where a record begins behind a blank line, or to the end."""
        looked_at = b""
        while part := self._read(READ_AT_ONCE):
            looked_at = looked_at[-_BOUNDARY:] + part
            if following := _NEXT.search(looked_at):
                self._push(looked_at[following.end() :])
                return

    def _tell(self) -> str | None:
        self.told = self.trouble is not None
        return self.trouble

    # bytes

    def _fill(self, size: int) -> None:
        """Keep at least so many bytes, or what there is of them at the end or before damage."""
        parts, held = [self._kept[self._at :]], len(self._kept) - self._at
        while held < size and self.trouble is None:
            try:
                part = self._file.read(READ_AT_ONCE)
            except InputError as error:
                self.trouble = str(error)
                break
            if not part:
                break
            parts.append(part)
            held += len(part)
        self._kept, self._at = b"".join(parts), 0

    def _read(self, size: int) -> bytes:
        """So many bytes; fewer at the end, or where the archive cannot be unpacked further."""
        if len(self._kept) - self._at < size:
            self._fill(size)
        part = self._kept[self._at : self._at + size]
        self._at += len(part)
        return part

    def _line(self, most: int) -> bytes:
        end = self._kept.find(b"\n", self._at, self._at + most)
        if end < 0:
            self._fill(most)
            end = self._kept.find(b"\n", 0, most)
        return self._read(end + 1 - self._at if end >= 0 else most)

    def _push(self, data: bytes) -> None:
        self._kept, self._at = data + self._kept[self._at :], 0

    def _place(self) -> int:
        return self._file.tell() - (len(self._kept) - self._at)

    def _seek(self, place: int) -> None:
        self._kept, self._at = b"", 0
        self._file.seek(place)
