"""Places that fsspec reaches, `s3://bucket/news`, beside those of this machine."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.errors import InputError, MissingExtraError

REMOTE = "://"
HASHED_AT_ONCE = 1 << 20  # bytes


def is_remote(place: str | Path) -> bool:
    """Whether a path names a file system of fsspec: "s3://bucket/news", "memory://run"."""
    return REMOTE in str(place)


def file_system(place: str) -> tuple[Any, str]:
    """The fsspec file system of a place, and the path in it; raises `InputError` where there is none such."""
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
    system, root = file_system(place)
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
        system, root = file_system(place)
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
            system, root = file_system(place)
            return {"path": place, "bytes": system.size(root), "checksum": str(system.checksum(root))}
        path, digest = Path(place), hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(HASHED_AT_ONCE):
                digest.update(block)
        return {"path": place, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}
    except OSError as error:
        raise InputError(f"{place}: {error.strerror or error}") from error
