"""Sets of files that appear together: after a kill, or on a full disk, a folder holds the old set or the new one.

A set is written into a hidden folder and brought to the disk. One renaming of that folder then decides: the set is the
new one, and where the files could not move to their places any more, the next to write or to read there moves them.
The old files leave before the new ones come, so nobody ever finds some of each. Other files are not touched, and no
link is followed out of the folder: it may be one that somebody else has sent.
"""

import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.errors import OutputError

BEING_WRITTEN, DECIDED = ".annotator-new", ".annotator-set"
COMING, LEFT, LEAVING = "coming", "left", "leaving"  # in these: new files, old files, names of files that only leave


@contextmanager
def whole(folder: Path, *, without: Collection[str] = ()) -> Iterator[Path]:
    """A folder to write a set into; when the block ends well, its files take their places in `folder`, all or none.

    Files of `folder` that `without` names go with the old set. One block at a time: another for the same folder waits.

    Raises `OutputError` with the path and the reason where the system refuses; the old set is there as it was.
    """
    with _refusals_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _finish(folder)
            written = folder / BEING_WRITTEN
            for part in (COMING, LEFT, LEAVING):
                (written / part).mkdir(parents=True)
            try:
                yield written / COMING
                for name in without:
                    (written / LEAVING / name).touch()
                _exchange(folder)
            finally:
                shutil.rmtree(written, ignore_errors=True)


def settle(folder: Path) -> None:
    """Finish what was decided when a writer was killed, if there is such a thing.

    Raises `OutputError` where it cannot be finished.
    """
    if (folder / DECIDED).exists():
        with _refusals_named(folder), _alone(folder):
            _finish(folder)


@contextmanager
def _refusals_named(folder: Path) -> Iterator[None]:
    """Errors of the system as our own, and with the places that files were to have."""
    try:
        yield
    except OutputError as error:
        raise OutputError(str(error).replace(str(folder / BEING_WRITTEN / COMING), str(folder))) from error
    except OSError as error:
        raise OutputError(f"{error.filename or folder}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others out of the folder, where the system has such locks; it gives them back however this process ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network file system may lock no folders
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _finish(folder: Path) -> None:
    """Move a decided set to its places, and remove what was not decided yet."""
    if (folder / DECIDED).exists():
        _move(folder)
    for interrupted in (folder / DECIDED, folder / BEING_WRITTEN):
        if interrupted.exists():
            shutil.rmtree(interrupted)


def _exchange(folder: Path) -> None:
    """Decide for the set that was written, and move it to its places; where that fails, the old set comes back."""
    coming = _files(folder / BEING_WRITTEN / COMING)
    _check_places(folder, coming)
    _bring_to_disk(folder / BEING_WRITTEN)
    (folder / BEING_WRITTEN).rename(folder / DECIDED)
    _bring_to_disk(folder, below=False)
    try:
        _move(folder)
    except OSError:
        _move_back(folder, coming)
        raise
    except KeyboardInterrupt:
        _finish(folder)
        raise
    shutil.rmtree(folder / DECIDED, ignore_errors=True)


def _check_places(folder: Path, coming: Iterable[Path]) -> None:
    """Refuse, as the system would, a folder in the place of a file or the other way, before anything has moved."""
    places = [folder / name for name in coming]
    _refuse_links(folder, places)
    for place in places:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            raise IsADirectoryError(None, "Is a directory", str(place))


def _move(folder: Path) -> None:
    """Old files out, new files in. Done once more after an interruption, it does what is left of it."""
    decided = folder / DECIDED
    coming = _files(decided / COMING)
    leaving = [*coming, *_files(decided / LEAVING)]
    _refuse_links(folder, (place / name for place in (folder, decided / LEFT) for name in leaving))
    for name in leaving:
        if os.path.lexists(folder / name):
            _rename(folder / name, decided / LEFT / name)
    for name in coming:
        _rename(decided / COMING / name, folder / name)
    _bring_to_disk(folder, below=False)
    for parent in {(folder / name).parent for name in coming}:
        _bring_to_disk(parent, below=False)


def _move_back(folder: Path, coming: Iterable[Path]) -> None:
    decided = folder / DECIDED
    for name in coming:
        if not (decided / COMING / name).exists():
            _rename(folder / name, decided / COMING / name)
    for name in _files(decided / LEFT):
        _rename(decided / LEFT / name, folder / name)
    decided.rename(folder / BEING_WRITTEN)


def _refuse_links(folder: Path, places: Iterable[Path]) -> None:
    """Refuse places whose folder is a link out of `folder`."""
    top = folder.resolve()
    for parent in {place.parent for place in places}:
        if not parent.resolve().is_relative_to(top):
            raise OSError(errno.ELOOP, "It lies outside of the folder, behind a link", str(parent))


def _rename(place: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    place.replace(to)


def _files(folder: Path) -> list[Path]:
    """Paths of the files below a folder, as they are in it, in the order of their names; none below a link."""
    if folder.is_symlink() or folder.parent.is_symlink():
        return []
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _bring_to_disk(folder: Path, *, below: bool = True) -> None:
    """See to it that the names in a folder survive a power cut; file systems that need no such thing refuse."""
    for place in (folder, *(path for path in folder.rglob("*") if below and path.is_dir())):
        with suppress(OSError):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
