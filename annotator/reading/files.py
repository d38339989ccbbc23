"""Files, folders and patterns that a user names, as the files they stand for."""

import json
import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from annotator.errors import InputError
from annotator.reading.kinds import SUFFIXES, readable, suffix_of
from annotator.reading.packed import COMPRESSED
from annotator.text import scrub

DATASET = "state.json"  # of a folder that the Hugging Face library saved; it names the files with the rows
OF_DATASETS = frozenset({DATASET, "dataset_info.json", "dataset_dict.json"})


def files_of(entry: str | Path) -> list[tuple[str, str]]:
    """Files that an entry stands for, in the order of their names, each with the name that ids are made from.

    An entry may be an address of fsspec. Raises `InputError` where there are none.
    """
    from annotator.storage import REMOTE, is_remote, remote_files

    if not is_remote(entry):
        return [(str(path), scrub(name)) for path, name in files_at(Path(entry))]
    places = remote_files(str(entry))
    if len(places) > 1:
        places = [
            place for place in places if suffix_of(Path(place)) in SUFFIXES and Path(place).name not in OF_DATASETS
        ]
    if not places:
        raise InputError(f"{entry}: no files to read there. Files that can be read: {readable()}")
    keys = [Path(place.partition(REMOTE)[2]) for place in places]
    folder = os.path.commonpath([key.parent for key in keys])
    return [(place, _stem(key.relative_to(folder)).as_posix()) for place, key in zip(places, keys, strict=True)]


def files_at(path: Path) -> Iterator[tuple[Path, str]]:
    """The files that a path stands for, each with the name that its article's id is made from."""
    if path.is_dir():
        found, root = _supported(path.rglob("*"), path), path
    elif path.exists():
        found, root = [path], path.parent
    elif any(map(set("*?[").intersection, path.parts)):
        root, pattern = _pattern(path)
        found = _supported(root.glob(pattern), root)
    else:
        raise InputError(f"{scrub(str(path))}: no such file or folder{_similar(path)}")
    if not found:
        raise InputError(f"{scrub(str(path))}: no files to read there. Files that can be read: {readable()}")
    for file in found:
        yield file, _stem(file.relative_to(root)).as_posix()


def _supported(paths: Iterable[Path], root: Path) -> list[Path]:
    """Readable files in the order of their names, without hidden ones and a dataset's notes and caches."""
    found = sorted(
        path
        for path in paths
        if (suffix_of(path) in SUFFIXES)
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    )
    parts = {path.parent: _parts_of_dataset(path) for path in found if path.name == DATASET}
    return [
        path
        for path in found
        if path.name not in OF_DATASETS
        and (path.suffix != ".arrow" or path.parent not in parts or path.name in parts[path.parent])
    ]


def _parts_of_dataset(state: Path) -> frozenset[str]:
    """Names of the files that hold the rows of a saved Hugging Face dataset; others beside them are its caches."""
    try:
        return frozenset(part["filename"] for part in json.loads(state.read_bytes())["_data_files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{state}: does not say which files the dataset consists of ({error!r})") from error


def _pattern(path: Path) -> tuple[Path, str]:
    """The folder before the first wildcard, and the pattern below it."""
    first = next(n for n, part in enumerate(path.parts) if set("*?[") & set(part))
    return Path(*path.parts[:first]), str(Path(*path.parts[first:]))


def _similar(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = get_close_matches(path.name, [other.name for other in path.parent.iterdir()])
    return f". Similar names: {scrub(', '.join(names))}" if names else ""


def _stem(path: Path) -> Path:
    path = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path
