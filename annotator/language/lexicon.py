"""Word lists of the annotator: plain text files that a journalist can extend without opening Python.

A file has one entry a line, `#` begins a comment, blank lines are skipped. Entries are kept in file order.

Users have a folder with files of the same names. Their lines come before ours, so that theirs win where the first that
fits counts; a line takes the place of ours with the same first column, and one that begins with `-` takes ours away.
Steps keep what they make of the lists, so a process has one set of them, chosen before anything reads one.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from annotator.errors import LexiconError
from annotator.labels import Affiliation, Kind, OnRecord, SourceType, Stance

FOLDER = files("annotator") / "lexicons" / "en"
SUFFIX = ".txt"
REMOVAL = "-"  # before an entry of ours that is to go
DIGITS = 12  # of a digest


class _Columns(NamedTuple):
    """The columns behind the first: how many there may be, and which values they take where not any."""

    fewest: int
    most: int
    values: tuple[frozenset[str], ...] = ()


_PLAIN = _Columns(0, 0)
_COLUMNS = {
    "affiliations": _Columns(1, 1, (frozenset(Affiliation),)),
    "anonymity": _Columns(2, 2, (frozenset(OnRecord), frozenset({"rote", "reason"}))),
    "cues": _Columns(1, 2, (frozenset(Stance), frozenset(Kind))),
    "demonyms": _Columns(1, 1),
    "first_names": _Columns(1, 1, (frozenset({"he", "she", "-"}),)),
    "nicknames": _Columns(1, 9),
    "nouns": _Columns(2, 2, (frozenset(SourceType), frozenset(Affiliation))),
    "title_roles": _Columns(1, 1),
}


@dataclass(frozen=True)
class Changes:
    """What a user's folder does to our lists: entries to add, as written, and first columns to remove, by list."""

    added: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Digest of the entries, whatever the files' comments and blank lines; "" where nothing is changed."""
        if self == Changes():
            return ""
        told = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:DIGITS]


# --- which lists are in force -----------------------------------------------------------------------------------------

_chosen: Changes | None = None  # until somebody chooses, or reads a list


def use_lexicon(folder: str | Path) -> None:
    """Add the word lists of a folder to ours, or remove some of ours, in this process.

    Call it before anything is annotated or read. Its files have the names of ours (`outlets.txt`, `titles.txt`,
    `cues.txt` ...; `annotator lexicon` shows them); a line that begins with `-` removes one of ours.

    Raises LexiconError, with file and line, for what does not fit, and where this process has begun with other words.
    """
    use(read(folder))


def use(changes: Changes) -> None:
    """Have the changes in force in this process. Raises LexiconError where others are."""
    global _chosen
    if _chosen is None:
        _chosen = changes
    elif _chosen != changes:
        raise LexiconError(
            "this process has begun with other words, and what it made of them would mix with these. Choose a lexicon "
            "before anything is read or annotated, or start another process"
        )


def chosen() -> Changes:
    """The changes in force; from now on no others can be."""
    use(_chosen or Changes())
    assert _chosen is not None, "it was chosen in the line before"
    return _chosen


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Entries of a list, as written: those of the user, then ours.

    Raises FileNotFoundError for a list that does not exist.
    """
    return in_force(name, chosen())


@cache
def words(name: str) -> frozenset[str]:
    """Entries of a list in lower case."""
    return frozenset(entry.lower() for entry in phrases(name))


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """A list whose entries have columns, split at ` | `: first column in lower case to the others."""
    return {first.lower(): tuple(rest) for first, *rest in map(_cells, phrases(name))}


@cache
def version() -> str:
    """Digest of all lists, so that a record tells which words made it: ours, and behind a `+` the user's changes."""
    return version_with(chosen())


def version_with(changes: Changes) -> str:
    """What `version` is where these changes are in force."""
    found = sorted((item.name, item.read_bytes()) for item in FOLDER.iterdir() if item.name.endswith(SUFFIX))
    ours = hashlib.sha256(b"\0".join(name.encode() + b"\0" + data for name, data in found)).hexdigest()[:DIGITS]
    return "+".join(filter(None, (ours, changes.digest)))


def names() -> list[str]:
    """The names of all lists."""
    return sorted(item.name.removesuffix(SUFFIX) for item in FOLDER.iterdir() if item.name.endswith(SUFFIX))


def in_force(name: str, changes: Changes) -> tuple[str, ...]:
    """Entries of a list where these changes are in force."""
    added = changes.added.get(name, ())
    gone = {_key(name, entry) for entry in (*added, *changes.removed.get(name, ()))}
    return (*added, *(entry for entry in ours(name) if not gone or _key(name, entry) not in gone))


@cache
def ours(name: str) -> tuple[str, ...]:
    """Entries of a list of the package."""
    return tuple(entry for _, entry in _entries((FOLDER / f"{name}{SUFFIX}").read_text(encoding="utf-8")))


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Entries with the numbers of their lines."""
    for number, line in enumerate(text.splitlines(), 1):
        if entry := line.split("#", 1)[0].strip():
            yield number, entry


def _cells(entry: str) -> list[str]:
    return [cell.strip() for cell in entry.split("|")]


def _key(name: str, entry: str) -> str:
    """What an entry is known by: "Post" and "post" are two outlets, and one cue."""
    first = _cells(entry)[0]
    return first.lower() if name in _COLUMNS else first


# --- a user's folder --------------------------------------------------------------------------------------------------


def read(folder: str | Path) -> Changes:
    """What the files of a folder change. Raises LexiconError, with file and line, for what does not fit our lists."""
    folder = Path(folder)
    try:
        paths = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    except OSError as error:
        raise LexiconError(f"{folder}: no folder of word lists ({error.strerror})") from error
    if not paths:
        raise LexiconError(f"{folder}: has no word list. Files are named as ours, such as outlets{SUFFIX}")
    added: dict[str, tuple[str, ...]] = {}
    removed: dict[str, tuple[str, ...]] = {}
    for path in paths:
        name = _list_of(path)
        more, fewer = _changes_of(path, name)
        added |= {name: more} if more else {}
        removed |= {name: fewer} if fewer else {}
    return Changes(added, removed)


def _list_of(path: Path) -> str:
    known = [f"{name}{SUFFIX}" for name in names()]
    if path.name not in known:
        hint = _hint(path.name, known) or f" Files are: {', '.join(known)}"
        raise LexiconError(f"{path}: is none of our word lists.{hint}")
    return path.stem


def _changes_of(path: Path, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The entries that a file adds, and the first columns that it removes."""
    added: dict[str, str] = {}
    removed: dict[str, str] = {}
    lines: dict[str, int] = {}
    known = {_key(name, entry): entry for entry in ours(name)}
    for number, entry in _entries(_text(path)):
        where, removes = f"{path}, line {number}", entry.startswith(REMOVAL)
        entry = entry.removeprefix(REMOVAL).strip()
        key = _key(name, entry)
        if removes and key not in known:
            raise LexiconError(f"{where}: {entry!r} is not in our {path.name}, so it cannot go.{_hint(key, known)}")
        if not removes:
            _check(name, entry, where)
        if lines.setdefault(key, number) != number and (removes or added.get(key) != entry):
            raise LexiconError(f"{where}: {key!r} stands in line {lines[key]} already, and not so. Keep one of them")
        (removed if removes else added)[key] = key if removes else entry
    return tuple(added.values()), tuple(removed.values())


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")  # as Windows' editor writes it
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LexiconError(f"{path}, line {line}: is no text in UTF-8. Save the file in that encoding") from error
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror})") from error


def _check(name: str, entry: str, where: str) -> None:
    first, *rest = _cells(entry)
    columns = _COLUMNS.get(name, _PLAIN)
    if not first or not all(rest) or not columns.fewest <= len(rest) <= columns.most:
        raise LexiconError(f"{where}: {entry!r} does not have the columns of our {name}{SUFFIX}: {ours(name)[0]}")
    for value, known in zip(rest, columns.values, strict=False):
        if value not in known:
            raise LexiconError(f"{where}: {value!r} is none of: {', '.join(sorted(known))}")


def _hint(word: str, known: dict[str, str] | list[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f" Is it {near[0]!r}?" if near else ""
