"""Makes docs/report.png, the picture of the README, from exports/report.html (needs playwright and a Chromium)."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
WIDTH, HEIGHT = 1280, 600


def main() -> None:
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
        chromium.close()


if __name__ == "__main__":
    main()
