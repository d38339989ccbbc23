"""The report in a browser: a filter leads to what it leaves, and what is cut at the edge says so."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.formats.html import write_into
from annotator.formats.jsonl import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.ui
ROOT = Path(__file__).parents[2]
TOP_OF_FIRST = "document.querySelector('.card:not([hidden])').getBoundingClientRect().top"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_filter_leads_to_its_first_claim_wherever_the_reader_is(
    browser: "Browser", tmp_path: Path, width: int
) -> None:
    (report,) = write_into(list(load(ROOT / "exports" / "records.jsonl"))[:1], tmp_path)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(report.as_uri())
    for ask in ("[data-show=anonymous]", "#words"):
        page.evaluate("document.querySelector('#a1-chains').scrollIntoView()")
        if ask == "#words":
            page.fill(ask, "officials")
            page.press(ask, "Enter")
        else:
            page.evaluate(f"document.querySelector('{ask}').click()")
        assert 0 <= page.evaluate(TOP_OF_FIRST) < 200
        page.evaluate("document.querySelector('[data-show=\"\"]').click()")
    page.close()


def test_what_goes_on_beyond_the_edge_of_a_phone_says_that_it_scrolls(browser: "Browser", tmp_path: Path) -> None:
    (report,) = write_into(list(load(ROOT / "exports" / "records.jsonl"))[:1], tmp_path)
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(report.as_uri())
    wide = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth)"
        ".map(one => getComputedStyle(one, '::before').content)"
    )
    assert len(wide) == 2  # the drawing of the chains and the table of sources
    assert all("scrolls sideways" in words for words in wide)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
