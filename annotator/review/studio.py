"""Label Studio installed apart, and what it is started in: nothing calls home, nothing beside the data runs.

The server pins packages that the annotator needs in other versions, so it lives in a virtual environment of its own.
"""

import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from platformdirs import user_cache_path

from annotator.errors import StudioError

VERSION = "1.23.2"
VENV_VARIABLE = "ANNOTATOR_STUDIO_VENV"
HOST = "127.0.0.1"  # nothing outside this machine can reach the server
DATABASE = "label_studio.sqlite3"
TAIL_LINES = 15
Say = Callable[[str], None]

# The server reads bare names such as HOST, DEBUG or PASSWORD too, so it gets no variable but these.
QUIET = {
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "LOG_LEVEL": "WARNING",
    # For what no setting switches off (tips that the server fetches for its pages): a proxy that is not there.
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), f"http://{HOST}:9"),
    "NO_PROXY": f"{HOST},localhost",
    "GIT_DIR": os.devnull,  # it asks git for its version, which would read settings of the folder it stands in
}


def default_venv() -> Path:
    """Where the server is installed: what the environment variable names, else a folder of the user's cache."""
    named = os.environ.get(VENV_VARIABLE)
    return Path(named) if named else user_cache_path("attribution-annotator") / f"label-studio-{VERSION}"


def installed(venv: Path) -> bool:
    """Whether the folder is a virtual environment that has the server in the version that we know."""
    asked = "from importlib.metadata import version; print(version('label-studio'))"
    try:
        found = subprocess.run([_python(venv), "-I", "-c", asked], capture_output=True, text=True)
    except OSError:
        return False
    return found.stdout.strip() == VERSION


def install(venv: Path, say: Say = lambda _: None) -> None:
    """Make the server's virtual environment unless it is there: about 1 GB, a minute or two, by pip.

    Raises StudioError when that does not succeed.
    """
    if installed(venv):
        return
    if venv.exists() and not (venv / "pyvenv.cfg").exists() and (not venv.is_dir() or any(venv.iterdir())):
        raise StudioError(f"{venv}: holds something else, so Label Studio is not installed there. Name another folder")
    with locked(venv.with_name(f"{venv.name}.lock"), wait=True):
        if installed(venv):  # by whoever held the lock
            return
        say(f"Installing Label Studio {VERSION} into {venv} (about 1 GB, a minute or two)")
        _run(
            [sys.executable, "-I", "-m", "venv", str(venv)],
            "The virtual environment for Label Studio cannot be made. On Debian and Ubuntu: apt install python3-venv",
        )
        # -I: the folder that somebody works in may hold a pip.py, which is not the one that is meant.
        pip = [_python(venv), "-I", "-m", "pip", "install", "--disable-pip-version-check", f"label-studio=={VERSION}"]
        failed = f"Label Studio {VERSION} cannot be installed into {venv}. Is there a network, and room for 1 GB?"
        _run(pip, failed, told=_Progress(say).line)


def _python(venv: Path) -> str:
    return str(venv / "bin" / "python")


def program(venv: Path) -> list[str]:
    """The server's program, isolated (-I): what lies beside the data is not run. Its log is written at once (-u)."""
    return [_python(venv), "-I", "-u", str(venv / "bin" / "label-studio")]


def quiet(venv: Path, data: Path) -> dict[str, str]:
    """The whole environment of the server: nothing of ours but the folder for temporary files."""
    temporary = {"TMPDIR": os.environ["TMPDIR"]} if "TMPDIR" in os.environ else {}
    path = f"{venv / 'bin'}{os.pathsep}{os.defpath}"
    base = {"PATH": path, "HOME": str(data), "LANG": "C.UTF-8"}
    return {**base, **temporary, **QUIET, "LABEL_STUDIO_BASE_DATA_DIR": str(data)}


def template(venv: Path, say: Say) -> Path:
    """A database with all tables and nothing in them, made once: a copy saves half a minute at each start."""
    made = venv / "template.sqlite3"
    with locked(venv / "template.lock", wait=True):
        if not made.exists():
            say("Preparing Label Studio's database (half a minute, once)")
            with TemporaryDirectory(prefix="label-studio-") as folder:
                # Any command brings the database up to date first, and this one then ends.
                command = [*program(venv), "version", "--data-dir", folder]
                failed = "Label Studio's database cannot be made"
                _run(command, failed, env=quiet(venv, Path(folder)))
                shutil.copyfile(Path(folder) / DATABASE, made.with_suffix(".part"))
            made.with_suffix(".part").replace(made)
    return made


class _Progress:
    """What pip is at, now and then in a line of ours; its own are hundreds."""

    EVERY = 25  # packages

    def __init__(self, say: Say) -> None:
        self._say = say
        self._found = 0

    def line(self, line: str) -> None:
        if line.startswith("Collecting "):
            self._found += 1
            if self._found % self.EVERY == 0:
                self._say(f"  {self._found} packages found, now {line.split()[1]}")
        elif line.startswith("Installing collected packages"):
            self._say(f"  {self._found} packages are here and are being unpacked: the longest step")


def _run(command: list[str], failed: str, env: dict[str, str] | None = None, told: Say = lambda _: None) -> None:
    """Run a command to its end; each line that it prints goes to `told`, and the last ones into the error."""
    lines: deque[str] = deque(maxlen=TAIL_LINES)
    with subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        for line in running.stdout or ():
            lines.append(line.rstrip("\n"))
            told(lines[-1])
    if running.returncode:
        tail = "\n".join(lines)
        raise StudioError(f"{failed} (exit status {running.returncode}).\n{tail}")


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[IO[bytes]]:
    """Hold the lock file; without `wait`, a lock that somebody holds is an error."""
    if sys.platform == "win32":
        raise StudioError("Label Studio is run for you on Linux and macOS only. On Windows use the Linux subsystem")
    import fcntl

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise StudioError(f"{path.parent}: cannot be written to ({error.strerror}). Name another folder") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StudioError(
                f"{path.parent}: another server uses it. Stop that one, or name another folder"
            ) from error
        yield file
