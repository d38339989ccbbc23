"""The browser of the machine; `ANNOTATOR_NEED_BROWSER=1` makes a missing one a failure."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
