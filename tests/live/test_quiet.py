"""A round of review with Label Studio: nobody is contacted, nothing is left behind, nothing beside the data runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.review.server import LabelStudioServer
from tests.test_nothing_leaves import packets_sent

pytestmark = pytest.mark.live

# The tips are what the server fetches from a site of its maker when a page shows them.
ROUND = """
import sys
from pathlib import Path
import httpx
from annotator.review import pull, push
from annotator.review.server import LabelStudioServer
from tests.factory import harbour_record
with LabelStudioServer(venv=Path(sys.argv[1]), data=Path("data")) as studio:
    there = {"url": studio.url, "api_key": studio.token, "project": "Nobody hears"}
    push([harbour_record()], create=True, **there)
    with httpx.Client(base_url=studio.url, headers={"Authorization": f"Token {studio.token}"}, timeout=120) as client:
        for page in ("/user/login/", "/projects/", "/api/version", "/heidi-tips/"):
            client.get(page)
    assert pull(**there).untouched == 1
"""


def test_a_round_of_review_contacts_nobody_and_leaves_nothing_behind(studio_venv: Path, tmp_path: Path) -> None:
    assert packets_sent(["-c", ROUND, str(studio_venv)], tmp_path) == (0, [])


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_list_of_processes_shows_the_password_or_the_token(studio: LabelStudioServer) -> None:
    shown = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "label-studio" in Path(f"/proc/{studio._process.pid}/cmdline").read_text(encoding="utf-8")
    assert studio.password not in shown
    assert studio.token not in shown


def test_what_lies_beside_the_data_is_not_run(
    studio_venv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("json", "django", "label_studio", "sitecustomize", "usercustomize", "colorama"):
        program = f"open({str(tmp_path / name) + ' was run'!r}, 'w').close()\n"
        (data / f"{name}.py").write_text(program, encoding="utf-8")
    # Git would run what its settings in the home folder say, where the server asks it for a version.
    (data / ".gitconfig").write_text(f'[core]\nfsmonitor = "touch {tmp_path}/git\\\\ was\\\\ run"\n', encoding="utf-8")
    monkeypatch.chdir(data)
    monkeypatch.setenv("PYTHONPATH", os.fspath(data))
    with LabelStudioServer(venv=studio_venv, data=data):
        assert not list(tmp_path.glob("*was run"))
