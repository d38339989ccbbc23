"""Tools too large to install for the tests: each is asked in the Python that an environment variable names."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def needs(variable: str, tool: str) -> pytest.MarkDecorator:
    """The test runs where the variable names a Python that has the tool."""
    return pytest.mark.skipif(variable not in os.environ, reason=f"{variable} names no Python with {tool}")


def asked(variable: str, script: str, *arguments: Path) -> dict[str, Any]:
    """What a script beside this file prints, as JSON on its last line."""
    command = [os.environ[variable], str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
