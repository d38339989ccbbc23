"""What is put into the page: pasted words, a file, an address; as something that a worker's process can read.

No path comes out of a request: bytes go into a file of their own with a name of ours, which is gone when it was read.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotator.text import scrub

_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8})?(\.(?:gz|zst))?$", re.IGNORECASE | re.ASCII)
NAME_CHARACTERS = 120


@dataclass(frozen=True)
class Entry:
    """Bytes or an address, what to call it, and what is said of its articles."""

    what: str  # to the reader: "report.pdf", "the pasted text"
    name: str  # what ids are made of
    suffix: str = ""  # of the kind; none lets the reader look at the beginning
    data: bytes = b""
    address: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """The bytes as a file that only this user can read, for as long as the block lasts."""
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            path = Path(folder) / f"input{self.suffix}"
            path.write_bytes(self.data)
            yield path


def pasted(words: str, given: Mapping[str, str]) -> Entry:
    """Pasted words: of a form they come with the line ends of mail, which nobody typed."""
    data = scrub(words.replace("\r\n", "\n")).encode()
    return Entry("the pasted text", f"pasted-{hashlib.sha256(data).hexdigest()[:10]}", data=data, given=given)


def uploaded(name: str, data: bytes, given: Mapping[str, str]) -> Entry:
    """A file: of its name only the last part is looked at, and of that the suffix tells the kind."""
    last = re.split(r"[/\\]", scrub(name))[-1].strip() or "file"
    suffix = (_SUFFIX.search(last) or [""])[0].lower()
    stem = last[: len(last) - len(suffix)] or "file"
    return Entry(last[:NAME_CHARACTERS], stem[:NAME_CHARACTERS], suffix, data, given=given)


def at_address(address: str, given: Mapping[str, str]) -> Entry:
    """The address of a page that somebody typed."""
    name = re.sub(r"^https?://|[?#].*$|/+$", "", scrub(address), flags=re.IGNORECASE)
    return Entry(scrub(address)[:NAME_CHARACTERS], name[:NAME_CHARACTERS], address=address, given=given)
