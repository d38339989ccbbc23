"""Files, folders and patterns that a user names, as the files they stand for."""

import json
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from annotator.errors import InputError
from annotator.reading.kinds import SUFFIXES, UNREAD_KIND, readable, suffix_of, unread_kind
from annotator.reading.outcomes import Failure, Unread, failure_of, input_error
from annotator.reading.packed import COMPRESSED, bytes_of
from annotator.text import scrub

DATASET = "state.json"  # of a folder that the Hugging Face library saved; it names the files with the rows
OF_DATASETS = frozenset({DATASET, "dataset_info.json", "dataset_dict.json"})
WILD = frozenset("*?[")
LITTER = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
PARTIAL = frozenset({".part", ".tmp", ".crdownload"})
SAVED_BESIDE = re.compile(r"(.+)(?:_files|\.files|-Dateien|_fichiers|_archivos)")  # where browsers put a page's parts
KINDS = ((stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"))

Found = tuple[Path, str]  # a file, and the name that its article's id is made from


def files_of(
    entry: str | Path, *, follow_links: bool = False, on_failure: Callable[[Failure], None] | None = None
) -> list[tuple[str, str]]:
    """Files that an entry stands for, in the order of their names, each with the name that ids are made from.

    An entry may be an address of fsspec. What is left out of a folder (a link out of it, a named pipe) goes to
    `on_failure`; without it, and where there is nothing to read at all, `InputError` is raised.
    """
    from annotator.storage import is_remote

    if is_remote(entry):
        return _remote_files(str(entry), on_failure)
    found = []
    for file in files_at(entry, follow_links=follow_links):
        if not isinstance(file, Unread):
            found.append((str(file[0]), scrub(file[1])))
        elif on_failure is None:
            raise file.error
        else:
            on_failure(failure_of(file))
    return found


def files_at(entry: str | Path, *, follow_links: bool = False) -> Iterator[Found | Unread]:
    """The files that a path stands for in the order of their names, and what is left out and why.

    A path that is there is what was asked for, even if it is a link or a named pipe. Raises `InputError` where there is
    nothing to read.
    """
    path = Path(entry)
    where = scrub(str(path))
    try:
        if path.is_dir():
            root = path
            files, left_out = _kept(_walk(path, follow_links), root, follow_links)
        elif path.exists():
            root, files, left_out = path.parent, [path], []
        elif any(map(WILD.intersection, path.parts)):
            root, pattern = _pattern(path)
            files, left_out = _kept(root.glob(pattern), root, follow_links)
        else:
            raise InputError(f"{where}: no such file or folder{_similar(path)}")
    except (OSError, ValueError) as error:  # ValueError: a pattern that is none
        raise input_error(error, where) from error
    if not files and all(UNREAD_KIND in str(one.error) for one in left_out):
        kinds = Counter(suffix_of(Path(one.where)) or "no suffix" for one in left_out)
        there = f" ({', '.join(f'{count:,} of {kind}' for kind, count in kinds.most_common())})" if kinds else ""
        raise InputError(f"{where}: no files to read there{there}. Files that can be read: {readable()}")
    yield from ((file, _stem(file.relative_to(root)).as_posix()) for file in files)
    yield from left_out


def _remote_files(entry: str, on_failure: Callable[[Failure], None] | None) -> list[tuple[str, str]]:
    from annotator.storage import REMOTE, remote_files

    places = remote_files(entry)
    if len(places) > 1:
        named = [(place, Path(place)) for place in places if Path(place).name not in OF_DATASETS]
        places = [place for place, path in named if suffix_of(path) in SUFFIXES]
        told = on_failure or (lambda _: None)
        for place, path in named:
            if suffix_of(path) not in SUFFIXES and path.name.casefold() not in LITTER:
                told(Failure(place, unread_kind(path)))
    if not places:
        raise InputError(f"{entry}: no files to read there. Files that can be read: {readable()}")
    keys = [Path(place.partition(REMOTE)[2]) for place in places]
    folder = os.path.commonpath([key.parent for key in keys])
    return [(place, _stem(key.relative_to(folder)).as_posix()) for place, key in zip(places, keys, strict=True)]


# --- what is in a folder ---


def _walk(folder: Path, follow_links: bool) -> Iterator[Path | Unread]:
    """Everything below a folder but what is hidden; a linked folder is one of the things, or where asked gone into."""
    waiting, seen = [folder], {os.path.realpath(folder)}
    while waiting:
        here = waiting.pop()
        try:
            paths = [path for path in here.iterdir() if not path.name.startswith(".")]
        except OSError as error:
            yield _left_out(here, f"cannot be looked into: {error.strerror}")
            continue
        if not paths and suffix_of(here) in SUFFIXES:
            yield _left_out(here, "a folder that is named like a file, with nothing in it")
        for path in paths:
            if not path.is_dir() or (path.is_symlink() and not follow_links):
                yield path
            elif (real := os.path.realpath(path)) not in seen:  # links can lead round in a circle
                seen.add(real)
                waiting.append(path)


def _kept(paths: Iterable[Path | Unread], root: Path, follow_links: bool) -> tuple[list[Path], list[Unread]]:
    """Those to be read, without hidden ones and a dataset's notes and caches, and those that cannot be, in order."""
    files, left_out = [], []
    for path in paths:
        if isinstance(path, Unread):
            left_out.append(path)
        elif not any(part.startswith(".") for part in path.relative_to(root).parts):
            try:
                why = _why_not(path, root, follow_links)
            except OSError as error:
                why = error.strerror or str(error)
            if why:
                left_out.append(_left_out(path, why))
            elif not path.is_file() or _is_litter(path, root):
                continue
            elif suffix_of(path) in SUFFIXES:
                files.append(path)
            else:
                left_out.append(_left_out(path, unread_kind(path)))
    files, unknown = _without_caches(sorted(files))
    return files, sorted([*left_out, *unknown], key=lambda one: one.where)


def _is_litter(path: Path, root: Path) -> bool:
    """Whether nobody would call the file a thing of the folder: notes of systems and programs, parts of saved pages."""
    if path.name.casefold() in LITTER or path.name.startswith("~$") or path.suffix.casefold() in PARTIAL:
        return True
    folders = [folder for folder in path.parents if folder != root and root in folder.parents]
    return any(
        (folder.parent / f"{page[1]}.{kind}").exists()
        for folder in folders
        if (page := SAVED_BESIDE.fullmatch(folder.name))
        for kind in ("html", "htm", "xhtml", "mht", "mhtml")
    )


def _why_not(path: Path, root: Path, follow_links: bool) -> str | None:
    """Why a path is left out of a folder though its name says that there is something to read; None for any other."""
    is_folder = path.is_dir()
    if not is_folder and suffix_of(path) not in SUFFIXES:
        return None
    if not follow_links and (target := _target_outside(path, root)) is not None:
        return f"a link out of the folder, to {scrub(target)}. --follow-links (in Python: follow_links=True) reads it"
    if is_folder or path.is_file():
        return None
    if path.is_symlink() and not path.exists():
        return "a link to nothing"
    mode = path.stat().st_mode
    return next((what for is_one, what in KINDS if is_one(mode)), "a device") + ", not a file"


def _target_outside(path: Path, root: Path) -> str | None:
    """What a path leads to, where links on the way below `root` lead out of it."""
    home = os.path.realpath(root)
    real = os.path.realpath(path)
    straight = os.path.normpath(Path(home) / path.relative_to(root))
    inside = real == home or real.startswith(home.rstrip(os.sep) + os.sep)
    return None if real == straight or inside else real


def _left_out(path: Path, why: str) -> Unread:
    where = scrub(str(path))
    return Unread(where, InputError(f"{where}: {why}"))


def _without_caches(files: list[Path]) -> tuple[list[Path], list[Unread]]:
    """The files without those that a saved Hugging Face dataset does not name, and its notes that name none."""
    parts: dict[Path, frozenset[str]] = {}
    broken = []
    for path in files:
        if path.name == DATASET:
            try:
                parts[path.parent] = _parts_of_dataset(path)
            except InputError as error:
                parts[path.parent] = frozenset()
                broken.append(Unread(scrub(str(path)), error))
    kept = [
        path
        for path in files
        if path.name not in OF_DATASETS
        and (path.suffix != ".arrow" or path.parent not in parts or path.name in parts[path.parent])
    ]
    return kept, broken


def _parts_of_dataset(state: Path) -> frozenset[str]:
    """Names of the files that hold the rows of a saved Hugging Face dataset; others beside them are its caches."""
    try:
        return frozenset(str(part["filename"]) for part in json.loads(bytes_of(state))["_data_files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"{scrub(str(state))}: does not say which files the dataset consists of ({error!r}). "
            "Without it, the .arrow files of its folder are read"
        ) from error


# --- names ---


def _pattern(path: Path) -> tuple[Path, str]:
    """The folder before the first wildcard, and the pattern below it."""
    first = next(n for n, part in enumerate(path.parts) if WILD & set(part))
    return Path(*path.parts[:first]), str(Path(*path.parts[first:]))


def _similar(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = get_close_matches(path.name, [other.name for other in path.parent.iterdir()])
    return f". Similar names: {scrub(', '.join(names))}" if names else ""


def _stem(path: Path) -> Path:
    path = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path
