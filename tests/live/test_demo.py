"""`annotator review demo`: one command from nothing to a server with articles in it."""

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from annotator.formats.jsonl import load
from annotator.review import studio

EXPORTS = Path(__file__).parent.parent.parent / "exports"
pytestmark = pytest.mark.live

PROGRAM = "import sys; from annotator.cli import app; app(sys.argv[1:])"


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
    # Whatever fails here, the demo is told to end, and its server with it.
    with ExitStack() as stack, ours.stdout, ours.stderr as said:
        stack.callback(ours.terminate)
        shown = []
        while not (shown and shown[-1].startswith("Ctrl-C")):
            shown.append(said.readline())
            assert shown[-1], f"the demo ended: {shown}"
        url = next(line.split()[-1] for line in shown if "is ready" in line)
        login = json.loads((data / "login.json").read_text(encoding="utf-8"))
        headers = {"Authorization": f"Token {login['token']}"}
        with httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
            who = client.get("/api/current-user/whoami").json()["email"]
            (project,) = client.get("/api/projects").json()["results"]
            listed = client.get("/api/tasks", params={"project": project["id"], "fields": "all", "page_size": 50})
            tasks = listed.json()["tasks"]
        os.kill(ours.pid, signal.SIGINT)
        last = said.read()
        status = ours.wait(120)
    pushed_ids = [task["data"]["article_id"] for task in tasks]
    assert sorted(pushed_ids) == sorted(record.article.article_id for record in load(EXPORTS / "records.jsonl"))
    assert all(task["total_predictions"] == 1 for task in tasks)
    pulling = f'LABEL_STUDIO_API_KEY={login["token"]} annotator review pull --url {url} --project "Attribution review"'
    for part in (url, who, login["password"], login["token"], str(data), pulling):
        assert part in "".join(shown)
    assert (status, last) == (0, "Label Studio is stopped.\n")
    assert (data / studio.DATABASE).exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health", trust_env=False)
