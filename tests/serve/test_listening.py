"""The command: where it listens, and how it ends."""

import os
import re
import signal
import subprocess
import sys

import httpx
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


def test_the_command_answers_on_loopback_and_ends_on_ctrl_c() -> None:
    program = "import sys; from annotator.cli import app; app(sys.argv[1:])"
    ours = subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", "0"],
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
    assert (status, rest) == (0, "")


def test_the_port_is_the_one_of_the_help() -> None:
    assert str(PORT) in CliRunner().invoke(command, ["serve", "--help"]).stdout
