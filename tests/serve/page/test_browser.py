"""The page as people meet it: in a browser, against the command, mostly by keyboard."""

import json
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.browsers import browser as browser
from tests.serve.page.serving import ROOT, Server, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.ui

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SAMPLE = (ROOT / "exports" / "articles" / "anonymous-politics.txt").read_text(encoding="utf-8")
BRIDGE = "The bridge is safe, the mayor of Elsund said on Monday.\n\nIt was closed for a week in March, two aides said."
ASTRAL = "\N{FIRE}\N{FIRE} The \N{ROCKET} bridge is safe, the mayor said.\n\nIt was closed in March, Anna told Axios.\n"
SECONDS = 60_000  # milliseconds; a busy machine is nobody's fault


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("desk") / "worklist.sqlite") as running:
        yield running


@pytest.fixture
def page(browser: "Browser", server: Server) -> "Iterator[Page]":
    with visiting(browser, server) as opened:
        opened.set_default_timeout(SECONDS)
        yield opened


def paste(page: "Page", text: str, publisher: str = "Elsund Gazette") -> str:
    """Put a text in; the path of its page."""
    page.get_by_role("link", name="New article").click()
    page.get_by_label("Paste the text").fill(text)
    page.get_by_label("Who published it").fill(publisher)
    page.get_by_role("button", name="Find the claims").click()
    page.wait_for_url("**/articles/*")
    return "/" + page.url.split("/", 3)[3].split("?")[0]


def card(page: "Page", words: str) -> Any:
    return page.locator(".card").filter(has_text=words)


def focused(page: "Page") -> str:
    """The words of the claim that has the focus."""
    return str(page.evaluate("document.activeElement.closest('.card')?.querySelector('blockquote').textContent ?? ''"))


def test_a_pasted_text_becomes_claims_beside_it(page: "Page") -> None:
    paste(page, SAMPLE, "Northline Review")
    expect(page.locator(".reading")).to_contain_text("Velmara is preparing to withdraw")
    assert page.locator(".card").count() > 10
    expect(page.get_by_role("group", name="Chains from the origins")).to_be_visible()


def test_a_dropped_file_of_many_articles_gives_each(page: "Page", tmp_path: Path) -> None:
    lines = [{"id": f"many-{n}", "title": f"Piece {n}", "text": f"{BRIDGE} It is piece {n}."} for n in range(3)]
    data = page.evaluate_handle(
        """text => { const data = new DataTransfer();
        data.items.add(new File([text], 'many.jsonl', {type: 'application/json'})); return data; }""",
        "\n".join(map(json.dumps, lines)),
    )
    page.dispatch_event("body", "drop", {"dataTransfer": data})
    page.wait_for_url("**/jobs/*")
    expect(page.get_by_text("Done: 3 of 3 articles")).to_be_visible(timeout=SECONDS)
    page.get_by_role("link", name="Piece 1").click()
    expect(page.locator(".reading")).to_contain_text("It is piece 1.")


def test_a_source_is_corrected_by_keyboard_alone(page: "Page") -> None:
    paste(page, f"{BRIDGE} By keyboard.")
    keys = page.keyboard
    while "The bridge is safe" not in focused(page):
        keys.press("j")
    keys.press("e")
    expect(page.get_by_label("Source", exact=True)).to_be_focused()
    keys.press("ControlOrMeta+a")
    keys.type("Ines Halloran")
    keys.press("Control+Enter")
    expect(card(page, "The bridge is safe")).to_contain_text("Ines Halloran")
    expect(card(page, "The bridge is safe")).to_contain_text("corrected by Ana")
    assert "The bridge is safe" in focused(page)
    keys.press("u")
    expect(card(page, "The bridge is safe")).not_to_contain_text("Ines Halloran")
    keys.press("a")
    expect(card(page, "The bridge is safe")).to_contain_text("accepted by Ana")


def test_a_verdict_is_given_by_keyboard_and_evidence_is_a_link(page: "Page") -> None:
    paste(page, f"{BRIDGE} For a verdict.")
    while "The bridge is safe" not in focused(page):
        page.keyboard.press("j")
    page.keyboard.press("v")
    expect(page.get_by_label("Is it so?")).to_be_focused()
    page.keyboard.type("false")
    page.keyboard.press("Tab")
    page.keyboard.type("It fell down in May.")
    page.keyboard.press("Tab")
    page.keyboard.type("https://evidence.example/bridge")
    page.keyboard.press("Control+Enter")
    expect(card(page, "The bridge is safe")).to_contain_text("Verdict: false")
    link = card(page, "The bridge is safe").get_by_role("link", name="https://evidence.example/bridge")
    assert link.get_attribute("href") == "https://evidence.example/bridge"


def test_a_claim_is_added_from_selected_words_whatever_signs_stand_before_them(page: "Page") -> None:
    path = paste(page, ASTRAL)
    page.evaluate(
        """() => { const line = [...document.querySelectorAll('[data-start]')].find(
            l => l.textContent.includes('closed in March'));
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT); let node;
        while ((node = walker.nextNode()) && !node.data.includes('closed in March'));
        const at = node.data.indexOf('closed in March'); const range = document.createRange();
        range.setStart(node, at); range.setEnd(node, at + 'closed in March'.length);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.keyboard.press("n")
    expect(page.get_by_label("Words of the claim")).to_have_value("closed in March")
    page.get_by_label("Source", exact=True).fill("Bea Quill")
    page.get_by_role("button", name="Add the claim").click()
    expect(card(page, "Bea Quill").locator("blockquote")).to_have_text("closed in March")
    page.goto(f"{page.url.split('/articles')[0]}{path}?order=text")
    expect(card(page, "Bea Quill").locator("blockquote")).to_have_text("closed in March")


def test_without_scripts_and_without_a_selection_words_are_typed(browser: "Browser", server: Server) -> None:
    with visiting(browser, server, java_script_enabled=False) as page:
        paste(page, f"{BRIDGE} Without scripts.")
        page.get_by_role("link", name="Add a claim").click()
        page.get_by_label("Words of the claim").fill("closed for a week […] two aides")
        page.get_by_label("Source", exact=True).fill("Bea Quill")
        page.get_by_role("button", name="Add the claim").click()
        expect(card(page, "Bea Quill").locator("blockquote")).to_have_text("closed for a week two aides")
        card(page, "Bea Quill").get_by_role("button", name="Drop").click()
        expect(page.get_by_role("status")).to_contain_text("Dropped")
        expect(card(page, "Bea Quill")).to_have_count(0)


def test_what_was_done_is_there_after_the_server_was_killed(browser: "Browser", tmp_path: Path) -> None:
    with serving(tmp_path / "worklist.sqlite") as server:
        with visiting(browser, server) as page:
            path = paste(page, BRIDGE)
            card(page, "The bridge is safe").get_by_role("link", name="Correct").click()
            page.get_by_label("Source", exact=True).fill("Ines Halloran")
            page.get_by_role("button", name="Save").click()
            expect(card(page, "The bridge is safe")).to_contain_text("Ines Halloran")
            card(page, "The bridge is safe").get_by_role("link", name="Correct").click()
            expect(page.get_by_label("Source", exact=True)).to_be_focused()
            server.end(signal.SIGKILL)
            page.get_by_label("Source", exact=True).fill("Nobody Known")
            page.get_by_role("button", name="Save").click()
            expect(page.get_by_role("status")).to_contain_text("The server does not answer")
            expect(page.get_by_label("Source", exact=True)).to_have_value("Nobody Known")
            server.start()
        with visiting(browser, server) as page:
            page.goto(server.address + path)
            expect(card(page, "The bridge is safe")).to_contain_text("Ines Halloran")
            expect(card(page, "The bridge is safe")).to_contain_text("corrected by Ana")
            with page.expect_download() as loading:
                page.goto(f"{server.address}/worklist")
                page.get_by_role("link", name="Export").click()
            assert loading.value.suggested_filename == "annotated.zip"
            loading.value.save_as(tmp_path / "annotated.zip")
    with zipfile.ZipFile(tmp_path / "annotated.zip") as results:
        [table] = [name for name in results.namelist() if name.endswith("claims.csv")]
        assert "Ines Halloran" in results.read(table).decode()


def test_of_two_people_the_second_is_told_and_loses_nothing(browser: "Browser", server: Server) -> None:
    with visiting(browser, server) as ana:
        path = paste(ana, f"{BRIDGE} For two.")
        with visiting(browser, server, "Ben", viewport={"width": 390, "height": 844}) as ben:
            ben.goto(server.address + path)
            for page, name in ((ana, "Ines Halloran"), (ben, "Tom Reed")):
                card(page, "The bridge is safe").get_by_role("link", name="Correct").click()
                page.get_by_label("Source", exact=True).fill(name)
            ana.get_by_role("button", name="Save").click()
            expect(card(ana, "The bridge is safe")).to_contain_text("Ines Halloran")
            ben.get_by_role("button", name="Save").click()
            clash = ben.get_by_role("alert")
            expect(clash).to_contain_text("Ana changed this meanwhile")
            expect(clash.get_by_role("row", name="Source")).to_contain_text("Ines Halloran")
            expect(clash.get_by_role("row", name="Source")).to_contain_text("Tom Reed")
            expect(ben.get_by_label("Source", exact=True)).to_have_value("Tom Reed")
            assert ben.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            ana.reload()
            expect(card(ana, "The bridge is safe")).to_contain_text("Ines Halloran")
            # Another claim of the article is nobody's business.
            card(ana, "closed for a week").get_by_role("button", name="Accept").click()
            expect(card(ana, "closed for a week")).to_contain_text("accepted by Ana")
            ben.get_by_role("button", name="Save").click()
            expect(card(ben, "The bridge is safe")).to_contain_text("Tom Reed")
            expect(card(ben, "closed for a week")).to_contain_text("accepted by Ana")


HOSTILE = (
    "<script>document.title='owned'</script> \"quoted\" 'single' \u202eright to left\u202c\n\n"
    "<img src=x onerror=\"document.title='owned'\"> The bridge is safe, </textarea><b>Anna</b> {{ 7*7 }} said.\n"
)


def test_a_hostile_text_stays_text(page: "Page") -> None:
    paste(page, HOSTILE, "\"><script>document.title='owned'</script>")
    expect(page.locator(".reading")).to_contain_text("<script>document.title='owned'</script>")
    expect(page.locator(".reading")).to_contain_text("{{ 7*7 }}")
    expect(page.locator(".meta").first).to_contain_text("\"><script>document.title='owned'</script>")
    for link in ("Correct", "Verdict"):
        page.locator(".card").first.get_by_role("link", name=link).click()
        page.get_by_role("link", name="Close without saving").click()
    page.goto(page.url.split("/articles")[0] + "/worklist?queue=all&q=bridge")
    expect(page.locator(".list")).to_contain_text("The bridge is safe")
    assert "owned" not in page.title()
    assert page.locator("main img, main script, main b:text-is('Anna')").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark"), (1600, "light")])
def test_nothing_keeps_people_out(browser: "Browser", server: Server, width: int, scheme: str) -> None:
    """Every page, and every form on it, without a serious finding of axe-core, and without scrolling sideways."""
    size = {"width": width, "height": 900}
    with visiting(browser, server, viewport=size, color_scheme=scheme, bypass_csp=True) as page:
        article = paste(page, SAMPLE, "Northline Review")
        first = page.locator(".card blockquote").first
        claim = first.evaluate("quote => quote.closest('.card').querySelector('[data-key=e]').id.slice('edit-'.length)")
        places = ["/", "/who", "/help", "/worklist?queue=all", "/worklist?show=articles", "/nothing", article]
        places += [f"{article}?{form}={claim}" for form in ("edit", "verdict")] + [f"{article}?add=1&spans=10-50"]
        for place in places:
            page.goto(server.address + place)
            page.evaluate(AXE)
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            grave = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
            assert [(v["id"], v["nodes"][0]["html"]) for v in grave] == [], place
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
