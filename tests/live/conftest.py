"""What the live tests need: the real Label Studio in an environment of its own, and a browser.

The first run installs the server (about 1 GB, a minute or two). Nothing is skipped unless somebody says so:
`ANNOTATOR_SKIP_LIVE=1` leaves these tests out.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.review import studio as label_studio
from annotator.review.server import LabelStudioServer
from tests.browsers import browser as browser

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def studio_venv() -> Path:
    """The folder that Label Studio is installed in."""
    if os.environ.get("ANNOTATOR_SKIP_LIVE"):
        pytest.skip("ANNOTATOR_SKIP_LIVE is set")
    venv = Path(os.environ.get(label_studio.VENV_VARIABLE, ROOT / ".venv-studio"))
    label_studio.install(venv)
    return venv


@pytest.fixture(scope="session")
def studio(studio_venv: Path) -> Iterator[LabelStudioServer]:
    """A server for all live tests, which therefore make projects of their own; it may call backends on loopback."""
    with LabelStudioServer(venv=studio_venv, local_backends=True) as running:
        yield running
