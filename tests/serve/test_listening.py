"""The command: where it listens, and how it ends."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from annotator.cli import app as command
from annotator.serve import PORT, listen
from tests.serve.asking import KEY, NEWS, tasks


def test_a_port_that_is_taken_is_said() -> None:
    with listen(port=0) as taken:
        result = CliRunner().invoke(command, ["serve", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert "cannot be had" in result.stderr
    assert "--port" in result.stderr


def test_a_host_that_no_host_can_be_called_is_said() -> None:
    result = CliRunner().invoke(command, ["serve", "--host", "a" * 70, "--port", "0"])
    assert result.exit_code == 2
    assert "is no name of a host" in result.stderr
    assert "--host" in result.stderr


def test_the_command_answers_on_loopback_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    program = "import sys; from annotator.cli import app; app(sys.argv[1:])"
    ours = subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", "0", "--worklist", str(tmp_path / "worklist.sqlite")],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "ANNOTATOR_API_KEY": KEY},
    )
    assert ours.stderr is not None
    with ours.stderr as said:
        found = re.search(r"answering at (http://127\.0\.0\.1:\d+) ", said.readline())
        assert found is not None
        with httpx.Client(base_url=found[1], trust_env=False, timeout=120) as client:
            assert client.get("/health").json() == {"status": "UP"}
            assert client.post("/predict", json=tasks(NEWS)).status_code == 401
            large = client.post("/predict", content=b" " * 17_000_000, auth=("", KEY))
            answer = client.post("/predict", json=tasks(NEWS), auth=("", KEY))
        os.kill(ours.pid, signal.SIGINT)
        rest = said.read()
        status = ours.wait(120)
    assert large.status_code == 413
    assert answer.json()["results"][0]["result"]
    assert status == 0
    assert re.fullmatch(r"the page, for whoever has this address: \S+\nwhat is done there is kept in \S+\n", rest)


@pytest.mark.parametrize("no_page", [False, True])
def test_the_page_is_opened_without_its_token_among_the_words_of_a_process(tmp_path: Path, no_page: bool) -> None:
    """The browser is started with the name of a file of this user's, which leads to the page."""
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\ncat "${{1#file://}}" >> {opened}\n')
    browser.chmod(0o700)
    program = "import sys; from annotator.cli import app; app(sys.argv[1:])"
    worklist = tmp_path / "desk" / "worklist.sqlite"
    words = ["serve", "--port", "0", "--open", "--worklist", str(worklist), *(["--no-page"] if no_page else [])]
    ours = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "BROWSER": str(browser), "ANNOTATOR_RUN_ANNOTATOR": "tests.stub:make", "PYTHONPATH": "."},
        cwd=Path(__file__).parents[2],
    )
    assert ours.stderr is not None
    with ours.stderr as said:
        found = re.search(r"answering at (http://127\.0\.0\.1:\d+) ", said.readline())
        assert found is not None
        way_in = None if no_page else re.search(rf"{found[1]}/\?token=[\w-]{{43}}", said.readline())
        assert no_page or way_in is not None
        assert no_page or str(worklist) in said.readline()
        with httpx.Client(base_url=found[1], trust_env=False, timeout=120) as client:
            assert client.get("/").status_code == (404 if no_page else 403)
        os.kill(ours.pid, signal.SIGINT)
        assert (said.read(), ours.wait(120)) == ("", 0)
    assert worklist.exists() is opened.exists() is not no_page
    if way_in is not None:
        file, content = opened.read_text(encoding="utf-8").split("\n", 1)
        assert "token" not in file
        assert f"url={way_in[0]}" in content
        assert list(worklist.parent.glob("*.html")) == []


def test_the_port_is_the_one_of_the_help() -> None:
    assert str(PORT) in CliRunner().invoke(command, ["serve", "--help"]).stdout
