"""Makes the pictures of the README (needs playwright and a Chromium).

    python -m tools.picture

docs/report.png is exports/report.html, docs/page.png the page of `annotator serve` with the first of its articles.
"""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.serve.page.serving import serving, visiting

ROOT = Path(__file__).parents[1]
WIDTH, HEIGHT = 1280, 600
PAGE_HEIGHT = 640
ARTICLE = ROOT / "exports" / "articles" / "anonymous-politics.txt"


def main() -> None:
    """Write both pictures."""
    browser = os.environ.get("ANNOTATOR_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto((ROOT / "exports" / "report.html").as_uri())
        # The first article with its claims says more than the head of the page.
        page.locator(".columns").first.evaluate(
            "part => { part.closest('details').open = true; part.scrollIntoView(); }"
        )
        page.screenshot(path=ROOT / "docs" / "report.png")
        picture_of_page(chromium)
        chromium.close()


def picture_of_page(chromium: Browser) -> None:
    """An article at work: one claim is accepted, the next is looked at."""
    size = {"width": WIDTH, "height": PAGE_HEIGHT}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "worklist.sqlite") as server,
        visiting(chromium, server, viewport=size) as page,
    ):
        page.get_by_label("Paste the text").fill(ARTICLE.read_text(encoding="utf-8"))
        page.get_by_label("Who published it").fill("Northline Review")
        page.get_by_role("button", name="Find the claims").click()
        page.wait_for_url("**/articles/*")
        page.locator(".card").first.get_by_role("button", name="Accept").click()
        page.get_by_text("accepted by Ana").wait_for()
        page.goto(page.url.split("?")[0])
        page.locator(".card").nth(1).focus()
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=ROOT / "docs" / "page.png")


if __name__ == "__main__":
    main()
