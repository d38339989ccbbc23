"""The server of our own where it does not work out; tests/live has the real one."""

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotator.errors import StudioError
from annotator.review import server as module
from annotator.review import studio

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the server runs on Linux and macOS")


# Stands for the server: makes a database when asked for its version, else says its process group, starts a child, and
# does not end when it is told to.
PYTHON = f"""#!/bin/sh
if [ "$2" = -c ]; then echo {studio.VERSION}; exit; fi
while [ "${{1#-}}" != "$1" ]; do shift; done
exec "$@"
"""


STUBBORN = """#!/bin/sh
if [ "$1" = version ]; then touch "$3/label_studio.sqlite3"; exit 0; fi
trap '' TERM
sleep 600 &
echo "group $$"
echo "loading the models"
wait
"""


@pytest.fixture
def stubborn(tmp_path: Path) -> Path:
    """A folder that looks like the server's environment and has a program that never answers."""
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    for name, text in {"python": PYTHON, "label-studio": STUBBORN}.items():
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    return tmp_path / "venv"


def ended(group: int) -> bool:
    """Whether no process of the group is left; init may take a moment to clear away what was killed."""
    for _ in range(300):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_server_that_does_not_answer_is_killed_with_its_children_and_its_log_is_shown(
    stubborn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    running = module.LabelStudioServer(venv=stubborn, data=tmp_path / "data", start_seconds=1)

    beginning = iter([0.0])  # the clock is first read for the time to wait until, maybe after the server has spoken

    def monotonic() -> float:
        """The second is over when the server has said what it has to say, however busy the machine is."""
        said = running.log.exists() and "loading the models" in running.log.read_text(encoding="utf-8")
        return next(beginning, 2.0 if said else 0.0)

    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=monotonic, sleep=time.sleep))
    with pytest.raises(StudioError, match=r"did not answer at http://127\.0\.0\.1:\d+ in 1 s(.|\n)*loading the models"):
        running.__enter__()
    said = running.log.read_text(encoding="utf-8").split()
    assert ended(int(said[said.index("group") + 1]))


def test_a_log_in_of_somebody_else_is_said(stubborn: Path, tmp_path: Path) -> None:
    (tmp_path / "login.json").write_text('{"user": "me"}', encoding="utf-8")
    with pytest.raises(StudioError, match=r"login\.json: is no log-in of ours"):
        module.LabelStudioServer(venv=stubborn, data=tmp_path).__enter__()
