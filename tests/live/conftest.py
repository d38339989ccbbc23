"""What the live tests need: the real Label Studio in an environment of its own, and a browser.

The first run installs the server (about 1 GB, a minute or two). Nothing is skipped unless somebody says so:
`ANNOTATOR_SKIP_LIVE=1` leaves these tests out, and `ANNOTATOR_NEED_BROWSER=1` makes a missing browser a failure.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.review import studio as label_studio
from annotator.review.server import LabelStudioServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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


# Not for the session: while playwright runs, no other test in this thread could start an event loop.
@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Headless Chromium, the one installed on this machine."""
    found = os.environ.get("ANNOTATOR_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = "no Chromium on this machine: install chromium, or name its program in ANNOTATOR_CHROMIUM"
        if os.environ.get("ANNOTATOR_NEED_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found)
        yield chromium
        chromium.close()
