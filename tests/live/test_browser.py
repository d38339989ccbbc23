"""The browser that the tests of the editor use: it runs, logs in, and sends nothing off this machine."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from annotator.studio import LabelStudioServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.live, pytest.mark.ui]


def test_a_reviewer_logs_in_and_nothing_leaves_this_machine(studio: LabelStudioServer, browser: "Browser") -> None:
    page = browser.new_page()  # closed with the browser
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(studio.url)
    page.fill("input[name=email]", studio.username)
    page.fill("input[name=password]", studio.password)
    page.click("button[type=submit]")
    page.wait_for_url(f"{studio.url}/**")
    page.get_by_text("Create Project").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.body.innerText")
    hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme.startswith("http")}
    assert hosts == {"127.0.0.1"}
