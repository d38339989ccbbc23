"""What a text says of itself fills what its reader did not know."""

import pytest

from annotator.reading.layout import completed, sections_of
from annotator.records import Article

BODY = "The old bridge over the river is safe and will open to lorries in May, Mayor Anna Moor said on Monday."


def article(head: str, **known: str) -> Article:
    made = Article(
        article_id="a", text=f"Bridge is safe, mayor says\n\n{head}{BODY}\n\n“It is old,” she added.", **known
    )
    return completed(made, sections_of(made))


def test_byline_and_date_below_the_headline() -> None:
    found = article("By Ines Halloran\n\nPublished 14:02, Tuesday 3 March 2026\n\n")
    assert (found.title, found.byline, found.published) == (
        "Bridge is safe, mayor says",
        "Ines Halloran",
        "2026-03-03T14:02:00",
    )
    assert found.metadata["published_as_written"] == "Published 14:02, Tuesday 3 March 2026"


@pytest.mark.parametrize(("head", "agency"), [("WASHINGTON (AP) — ", "AP"), ("LINDEN, June 3 (Reuters) - ", "Reuters")])
def test_the_agency_of_a_dateline(head: str, agency: str) -> None:
    assert (article(head).agency, article(head).metadata) == (agency, {})


def test_when_it_was_published_goes_before_when_it_was_updated() -> None:
    found = article("Updated: 5 March 2026\n\nPublished: 3 March 2026\n\n")
    assert found.published == "2026-03-03"


def test_what_the_reader_knows_is_kept() -> None:
    head = "By Ines Halloran\n\n3 March 2026\n\nLINDEN (Reuters) - "
    found = article(head, byline="Tom Pell", published="2020-01-01", agency="AFP")
    assert (found.byline, found.published, found.agency, found.metadata) == ("Tom Pell", "2020-01-01", "AFP", {})


def test_dates_and_people_of_the_text_are_not_taken_for_its_own() -> None:
    found = article("")
    assert (found.byline, found.published, found.metadata) == (None, None, {})
