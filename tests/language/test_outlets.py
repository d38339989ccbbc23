"""Outlets that no list has: by the kind of name that they have, and by what the article says of them."""

import pytest

import annotator
from annotator.records import Article
from tests.articles import read, speaker


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("Two officials told the Morning Ledger last week that the pier would close.", "Morning Ledger"),
        ("Two officials told the Porto-based magazine Ondas that the pier would close.", "Ondas"),
        ("Two officials told Kanal 9, a private broadcaster, that the pier would close.", "Kanal 9"),
        ("Two officials told the Tidewatch news site that the pier would close.", "Tidewatch"),
        ("Speaking to the Elsund Standard, two officials said that the pier would close.", "Elsund Standard"),
        ("Two officials told the Southline Review that the pier would close.", "Southline Review"),
    ],
)
def test_whom_officials_tell_is_an_outlet_by_its_name_or_what_it_is_called(words: str, outlet: str) -> None:
    record = read(words)
    (claim,) = (claim for claim in record.claims if "would close" in claim.text)
    assert record.chain_of(claim) == ("two officials (anonymous)", outlet, "Daily Example")


def test_an_outlet_of_one_sentence_is_one_in_all() -> None:
    record = read(
        "The Southline Review reported on Monday that the pier would close.\n\nAnn Moor told the Southline Review "
        "that it was old.\n\nAccording to the Southline Review, the crane would stay."
    )
    (review,) = (source for source in record.sources if source.name == "Southline Review")
    assert review.type == "media"


@pytest.mark.parametrize("listener", ["Peter Ledger", "the Review Board", "the Independent Commission", "the council"])
def test_who_is_told_something_and_prints_nothing_is_no_link(listener: str) -> None:
    record = read(f"Ann Moor told {listener} that the pier would close.")
    (claim,) = (claim for claim in record.claims if "would close" in claim.text)
    assert record.chain_of(claim) == ("Ann Moor", "Daily Example")


@pytest.mark.parametrize("force", ["West Yorkshire Police", "Kent Police", "Dyfed-Powys Police", "South Elsund Police"])
def test_a_police_force_is_a_body_under_its_whole_name(force: str) -> None:
    record = read(f"{force} confirmed that the pier would close.")
    (body,) = (source for source in record.sources if source.type == "organization")
    assert (speaker(record, "would close"), body.name) == (force, force)


def test_an_outlet_of_one_article_is_none_of_the_next() -> None:
    shown, named = "Ann Moor told Kanal 9, a private broadcaster, that", "Ann Moor told Kanal 9 that"
    texts = [Article(article_id=words, text=f"{words} the pier would close.") for words in (shown, named)]
    first, second = annotator.annotate_all(texts)
    assert "Kanal 9" in {source.name for source in first.sources}
    assert second == annotator.annotate_all(texts[1:])[0]
