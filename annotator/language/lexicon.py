"""Word lists of the annotator: plain text files that a journalist can extend without opening Python.

A file has one entry a line, `#` begins a comment, blank lines are skipped. Entries are kept in file order. Users have a
folder of their own with files of the same names: a line there is added to ours, and takes the place of ours with the
same first column; a line that begins with `-` takes one of ours away.

Each `Annotator` has its own `Lexicon`, which is in force while it is at work, and in that thread only; the functions
of this module ask the one in force, so that no step needs to be handed it.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

from annotator.errors import LexiconError
from annotator.labels import Affiliation, Kind, OnRecord, SourceType, Stance

FOLDER = files("annotator") / "lexicons" / "en"
SUFFIX = ".txt"
REMOVE = "-"  # before an entry of a user's: it is to go

Made = TypeVar("Made")

_ANY: Final = None
# What may stand behind the first column of a list that has columns; the last one may be repeated or left out where
# that list's own comment says so.
_COLUMNS: Mapping[str, tuple[frozenset[str] | None, ...]] = {
    "cues": (frozenset(Stance), frozenset(Kind)),
    "noun_kinds": (frozenset(SourceType),),
    "nouns": (frozenset(SourceType), frozenset(Affiliation)),
    "affiliations": (frozenset(Affiliation),),
    "anonymity": (frozenset(OnRecord), frozenset({"rote", "reason"})),
    "first_names": (frozenset({"he", "she", "-"}),),
    "demonyms": (_ANY,),
    "title_roles": (_ANY,),
    "nicknames": (_ANY,),
    "office_letters": (_ANY,),
    "telling_nouns": (_ANY, frozenset({"open"})),
}
_MAY_END_EARLY = frozenset({"cues", "telling_nouns"})
_MAY_GO_ON = frozenset({"nicknames", "noun_kinds", "office_letters"})


@dataclass(frozen=True)
class Change:
    """What a user's files say of one list: entries that are added, as written, and first columns that go."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Lexicon:
    """Our word lists with what a user adds to them and takes away.

    `texts` are the texts of the user's files by the names of the lists ("outlets"); with none of them it is ours alone.
    Raises LexiconError, with file and line, for a list that there is not and for a line that does not fit its list.
    """

    def __init__(self, texts: Mapping[str, str] | None = None, *, where: str | Path = "") -> None:
        self.texts = dict(texts or {})
        self.changes = {name: _change(name, text, Path(where)) for name, text in sorted(self.texts.items())}
        self._made: dict[Any, Any] = {}

    @classmethod
    def read(cls, folder: str | Path) -> "Lexicon":
        """Our lists with those of a folder, whose files have the names of ours. Raises LexiconError."""
        folder = Path(folder)
        try:
            found = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
        except OSError as error:
            raise LexiconError(
                f"{folder}: no folder of word lists ({error.strerror}). Name one with --lexicon"
            ) from error
        if not found:
            raise LexiconError(f"{folder}: holds no word list. It takes files such as outlets.txt, one entry a line")
        return cls({path.stem: _text(path) for path in found}, where=folder)

    def phrases(self, name: str) -> tuple[str, ...]:
        """Entries of a list, as written: the user's first. Raises FileNotFoundError for a list that does not exist."""
        return self._list(_phrases, name)

    def entries(self, name: str) -> frozenset[str]:
        """Entries of a list, as written, to look one up: `phrases` would be gone through."""
        return self._list(_entry_set, name)

    def words(self, name: str) -> frozenset[str]:
        """Entries of a list in lower case."""
        return self._list(_words, name)

    def table(self, name: str) -> dict[str, tuple[str, ...]]:
        """A list whose entries have columns, split at ` | `: first column in lower case to the others."""
        return self._list(_table, name)

    def _list(self, make: Callable[["Lexicon", str], Made], name: str) -> Made:
        """A list in one form, made once; this is asked at nearly every word."""
        made: Made | None = self._made.get((make, name))
        if made is None:
            made = self._made[make, name] = make(self, name)
        return made

    def told(self, name: str) -> frozenset[str]:
        """First columns, in lower case, of what the user says of a list."""
        change = self.changes.get(name, Change())
        return frozenset(_key(name, entry).lower() for entry in (*change.added, *change.removed))

    def version(self) -> str:
        """Digest of our lists and, behind a `+`, of the user's, so that a record tells which words made it."""
        if not any(change.added or change.removed for change in self.changes.values()):
            return _our_version()
        told = "\0".join(f"{name}\0{change.added}\0{change.removed}" for name, change in self.changes.items())
        return f"{_our_version()}+{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    def remembered(self, make: Callable[..., Made], *args: Any) -> Made:
        """What a function makes of this lexicon, made once."""
        key = make, args
        if key not in self._made:
            self._made[key] = make(*args)
        made: Made = self._made[key]
        return made

    def forget(self, make: Callable[..., Any]) -> None:
        """Have what a function made of this lexicon made anew."""
        for key in [key for key in self._made if key[0] is make]:
            del self._made[key]


def _phrases(lexicon: Lexicon, name: str) -> tuple[str, ...]:
    ours = _ours(name)
    if (change := lexicon.changes.get(name)) is None:
        return ours
    gone = {*(_key(name, entry) for entry in change.added), *change.removed}
    return (*change.added, *(entry for entry in ours if _key(name, entry) not in gone))


def _entry_set(lexicon: Lexicon, name: str) -> frozenset[str]:
    return frozenset(lexicon.phrases(name))


def _words(lexicon: Lexicon, name: str) -> frozenset[str]:
    return frozenset(entry.lower() for entry in lexicon.phrases(name))


def _table(lexicon: Lexicon, name: str) -> dict[str, tuple[str, ...]]:
    return {first.lower(): tuple(rest) for first, *rest in map(_cells, lexicon.phrases(name))}


def _cells(entry: str) -> list[str]:
    return [cell.strip() for cell in entry.split("|")]


def _key(name: str, entry: str) -> str:
    """What an entry is known by: its first column. "Post" and "post" are two outlets, and one cue."""
    first = _cells(entry)[0]
    return first.lower() if name in _COLUMNS else first


# --- the files --------------------------------------------------------------------------------------------------------


@cache
def names() -> tuple[str, ...]:
    """The names of the lists that there are."""
    return tuple(sorted(item.name.removesuffix(SUFFIX) for item in FOLDER.iterdir() if item.name.endswith(SUFFIX)))


@cache
def _ours(name: str) -> tuple[str, ...]:
    text = (FOLDER / f"{name}{SUFFIX}").read_text(encoding="utf-8")
    return tuple(entry for _, entry in _entries(text))


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """The entries of a file with the numbers of their lines, from 1."""
    for number, line in enumerate(text.splitlines(), 1):
        if entry := line.split("#", 1)[0].strip():
            yield number, entry


@cache
def _our_version() -> str:
    found = sorted((item.name, item.read_bytes()) for item in FOLDER.iterdir() if item.name.endswith(SUFFIX))
    return hashlib.sha256(b"\0".join(name.encode() + b"\0" + data for name, data in found)).hexdigest()[:12]


def _text(path: Path) -> str:
    """The text of a user's file. Raises LexiconError where it is none of the lists, or no text."""
    if path.suffix != SUFFIX or path.stem not in names():
        near = get_close_matches(path.stem, names(), 1)
        hint = f" Is it {near[0]}{SUFFIX}?" if near else ""
        raise LexiconError(f"{path}: there is no such word list.{hint} `annotator lexicon` shows those that there are")
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LexiconError(f"{path}, line {line}: is no text in UTF-8. Save the file as UTF-8") from error
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror})") from error


def _change(name: str, text: str, folder: Path) -> Change:
    ours = {_key(name, entry) for entry in _ours(name)}
    added: dict[str, str] = {}
    removed: dict[str, None] = {}
    said: dict[str, tuple[int, list[str]]] = {}
    for number, entry in _entries(text):
        where = f"{folder / name}{SUFFIX}, line {number}"
        key = _key(name, entry.removeprefix(REMOVE))
        what = [REMOVE] if entry.startswith(REMOVE) else _cells(entry)[1:]
        before, earlier = said.setdefault(key, (number, what))
        if earlier != what:
            raise LexiconError(f"{where}: says something else of {key!r} than line {before}. Keep one of them")
        if not entry.startswith(REMOVE):
            _check(name, entry, where)
            added[key] = entry
            continue
        if key not in ours:
            near = get_close_matches(key, ours, 1)
            hint = f" Is it {near[0]!r}?" if near else ""
            raise LexiconError(f"{where}: {key!r} is to go and is not in our {name}{SUFFIX}.{hint}")
        removed[key] = None
    return Change(tuple(added.values()), tuple(removed))


def _check(name: str, entry: str, where: str) -> None:
    """Raise LexiconError for an entry that does not fit its list."""
    first, *rest = _cells(entry)
    if not first or not all(rest):
        raise LexiconError(f"{where}: nothing stands {'behind' if first else 'before'} a |")
    columns = _COLUMNS.get(name, ())
    fewest = len(columns) - (name in _MAY_END_EARLY)
    most = len(columns) if name not in _MAY_GO_ON else len(rest)
    if not fewest <= len(rest) <= max(most, fewest):
        shown = _ours(name)[0]
        raise LexiconError(f"{where}: {entry!r} has {len(rest) + 1} columns. Entries look like this: {shown}")
    for value, known in zip(rest, columns, strict=False):
        if known is not None and value not in known:
            raise LexiconError(f"{where}: {value!r} is none of {', '.join(sorted(known))}")


# --- the one in force -------------------------------------------------------------------------------------------------

OURS = Lexicon()
_in_force: ContextVar[Lexicon] = ContextVar("lexicon", default=OURS)


@contextmanager
def using(lexicon: Lexicon) -> Iterator[None]:
    """Have a lexicon in force inside the block, for this thread alone."""
    before = _in_force.set(lexicon)
    try:
        yield
    finally:
        _in_force.reset(before)


def in_force() -> Lexicon:
    """The lexicon that is in force; ours alone where nobody has said otherwise."""
    return _in_force.get()


def phrases(name: str) -> tuple[str, ...]:
    """Entries of a list of the lexicon in force, as written."""
    return _in_force.get().phrases(name)


def entries(name: str) -> frozenset[str]:
    """Entries of a list of the lexicon in force, as written, to look one up."""
    return _in_force.get().entries(name)


def words(name: str) -> frozenset[str]:
    """Entries of a list of the lexicon in force, in lower case."""
    return _in_force.get().words(name)


def table(name: str) -> dict[str, tuple[str, ...]]:
    """A list of the lexicon in force that has columns: first column in lower case to the others."""
    return _in_force.get().table(name)


def noun_type(noun: str) -> str:
    """The type of source that a noun in lower case tells by the lexicon in force; "" for one that it does not have."""
    return table("nouns").get(noun, ("",))[0]


Function = TypeVar("Function", bound=Callable[..., Any])


def remembered(make: Function) -> Function:
    """Decorate a function that makes something of word lists: made once for each lexicon and each argument."""

    @wraps(make)
    def of(*args: Any) -> Any:
        return _in_force.get().remembered(make, *args)

    of.cache_clear = lambda: _in_force.get().forget(make)  # type: ignore[attr-defined]
    return of  # type: ignore[return-value]
