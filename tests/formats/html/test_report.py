"""The report: every claim in text and card, nothing from outside, and an article's words stay words."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.formats.html import render
from annotator.formats.pages import clean, web_address
from annotator.labels import VerdictRating
from annotator.records import AnnotatedArticle, Article, Verdict
from tests.factory import (
    HARBOUR,
    TOOL,
    harbour_record,
    own_voice_source,
    plain_record,
    records,
)
from tests.formats.html.page import Page, harbour, has, page

HOSTILE = (
    "<script>document.title = 'run'</script></script><!-- <style>*{display:none}</style>\n"
    "\x00nul \x07bell \x1b[31m \x85 \ufffe & &amp; &lt; \"double\" 'single' `back` {{ 7 * 7 }} {% raw %}\r\n"
    "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a> ]]>\r"
    "שלום \u202eخبر\u202c 👩‍👩‍👧 \ud83d lone"
)


def test_hostile_text_stays_text() -> None:
    base = plain_record(HOSTILE, title=HOSTILE, publisher=HOSTILE, byline=HOSTILE, published=HOSTILE, url=HOSTILE)
    source = own_voice_source().model_copy(update={"name": HOSTILE, "role": HOSTILE})
    made = page(base.model_copy(update={"sources": (source,), "tool": TOOL.model_copy(update={"model": HOSTILE})}))
    assert made.article_text() == clean(HOSTILE)
    assert len(made.all("//script")) == len(made.all("//style")) == 1
    assert not made.all("//img | //iframe | //object | //link | //base | //form")
    assert not made.tree.xpath("//@*[starts-with(name(), 'on')]")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe]", made.source)
    assert "{{ 7 * 7 }}" in made.article_text()


def assert_self_contained(made: Page, addresses: set[str]) -> None:
    assert not made.tree.xpath(
        "//@src | //@srcset | //@action | //@formaction | //@data | //@style | //@*[name()='xlink:href']"
    )
    ids = made.tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {f"#{i}" for i in ids}
    assert {str(href) for href in made.tree.xpath("//@href")} <= inside | addresses
    css = made.tree.xpath("string(//style)")
    assert "@import" not in css
    assert "url(" not in css


def test_nothing_comes_from_outside() -> None:
    assert_self_contained(harbour(), {"https://daily.example/harbour"})


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert render([harbour_record()]).encode() == harbour().source.encode()


def test_one_article_stands_open_and_many_have_an_index() -> None:
    many = page(harbour_record(), plain_record("Rain fell.", title="Rain"), harbour_record())
    assert not harbour().all("//details")
    assert [details.get("id") for details in many.all("//details")] == ["a1", "a2", "a3"]
    assert many.tree.xpath("//nav//tbody//a/@href") == ["#a1", "#a2", "#a3"]
    assert many.article_text(1) == many.article_text(3) == HARBOUR
    assert_self_contained(many, {"https://daily.example/harbour"})


@pytest.mark.parametrize(
    "given_records", [[], [AnnotatedArticle(article=Article(article_id="empty", text=""), tool=TOOL)]]
)
def test_a_run_without_claims_says_so(given_records: list[AnnotatedArticle]) -> None:
    words = page(*given_records).tree.text_content()
    assert ("No claims were found" if given_records else "There are no articles") in words


def test_an_article_in_another_language_says_that_its_claims_cannot_be_relied_on() -> None:
    made = [plain_record("Es regnet.", language="de"), plain_record("It rains.", language="en-GB"), harbour_record()]
    (told,) = page(*made).texts("//*[@role='note']")
    assert told.startswith("The text looks like “de”. The annotator reads English")


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(heading.tag[1]) for heading in harbour().all("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(records(), min_size=1, max_size=2))
def test_any_record_can_be_rendered_and_its_text_survives(made: list[AnnotatedArticle]) -> None:
    report = page(*made)
    for number, record in enumerate(made, 1):
        assert report.article_text(number) == clean(record.article.text)
        badges = report.tree.xpath(f"//div[@id='a{number}-text']//a[@id]/@href")
        cards = report.tree.xpath(f"//*[@id='a{number}']//li[{has('card')}]/@id")
        assert sorted(badges) == sorted(f"#{card}" for card in cards)
        assert len(cards) == len(record.claims)
    links = {link for record in made if (link := web_address(record.article.url))}
    evidence = {one for record in made for claim in record.claims if claim.verdict for one in claim.verdict.evidence}
    assert_self_contained(report, links | evidence)


def test_a_verdict_stands_on_its_card_with_who_when_and_links() -> None:
    record = harbour_record()
    verdict = Verdict(
        rating=VerdictRating.MOSTLY_TRUE,
        note="Two <b>of</b> three",
        evidence=("https://daily.example/log",),
        by="Ada",
        at=datetime(2026, 3, 4, 12, tzinfo=UTC),
    )
    judged = record.claims[1].model_copy(update={"verdict": verdict})
    made = page(record.model_copy(update={"claims": (record.claims[0], judged, *record.claims[2:])}))
    (card,) = made.all(f"//p[{has('verdict')}]")
    said = " ".join(card.text_content().split())
    assert said == "Verdict: mostly true. Two <b>of</b> three https://daily.example/log Ada, 2026-03-04"
    assert card.xpath(".//a/@href") == ["https://daily.example/log"]
