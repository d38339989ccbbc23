"""`annotator review demo`: one command from nothing to a server with articles in it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from annotator import studio
from annotator.formats.jsonl import load

EXPORTS = Path(__file__).parent.parent.parent / "exports"
pytestmark = pytest.mark.live

# The command itself, with a stand-in for `push` that says what it was given.
PROGRAM = """
import json, sys
from types import SimpleNamespace
from annotator.cli import app

def push(records, **given):
    print(json.dumps({"articles": [record.article.article_id for record in records], **given}), flush=True)

sys.modules["annotator.review"] = SimpleNamespace(push=push)
app(sys.argv[1:])
"""


def test_ctrl_c_stops_the_demo_and_keeps_the_reviews(studio_venv: Path, tmp_path: Path) -> None:
    data = tmp_path / "kept"
    arguments = ["review", "demo", str(EXPORTS / "records.jsonl"), "--data", str(data)]
    ours = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, studio.VENV_VARIABLE: str(studio_venv)},
        cwd=tmp_path,
    )
    assert ours.stdout is not None
    assert ours.stderr is not None
    with ours.stdout as pushed, ours.stderr as said:
        given = json.loads(pushed.readline())
        shown = []
        while not (shown and shown[-1].startswith("Ctrl-C")):
            shown.append(said.readline())
            assert shown[-1], f"the demo ended: {shown}"
        headers = {"Authorization": f"Token {given['api_key']}"}
        who = httpx.get(f"{given['url']}/api/current-user/whoami", headers=headers, trust_env=False).json()["email"]
        os.kill(ours.pid, signal.SIGINT)
        last = said.read()
        status = ours.wait(120)
    assert given["articles"] == [record.article.article_id for record in load(EXPORTS / "records.jsonl")]
    assert given["create"] is True
    login = json.loads((data / "login.json").read_text(encoding="utf-8"))
    message = "".join(shown)
    for part in (given["url"], given["project"], who, login["password"], login["token"], str(data)):
        assert part in message
    assert (status, last) == (0, "Label Studio is stopped.\n")
    assert (data / studio.DATABASE).exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{given['url']}/health", trust_env=False)
