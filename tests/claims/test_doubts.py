"""Which claims need review, and why."""

import pytest

from annotator.claims import doubts
from annotator.labels import ReviewReason
from annotator.records import AnnotatedArticle
from annotator.sources import trust
from tests.articles import claim_with, read


def reasons(record: AnnotatedArticle, words: str) -> tuple[ReviewReason, ...]:
    claim = claim_with(record, words)
    assert claim.needs_review == bool(claim.review_reasons)
    return claim.review_reasons


def test_a_named_speaker_with_a_cue_needs_no_review() -> None:
    assert reasons(read("Sen. Anna Moor said on Monday that the pier was rotten."), "was rotten") == ()


def test_a_body_that_could_be_any_is_unresolved() -> None:
    record = read("The storm came on Tuesday night.\n\nThe agency said the papers had been lost in the flood.")
    assert ReviewReason.SOURCE_UNRESOLVED in reasons(record, "had been lost")


def test_words_that_only_reportedly_hold_are_unsure() -> None:
    record = read("The storm came on Tuesday night. The mayor has reportedly left the town for good.")
    assert ReviewReason.LOW_CONFIDENCE in reasons(record, "left the town")


@pytest.mark.parametrize(("least", "is_told"), [(0.0, True), (1.0, False)])
def test_the_articles_own_voice_is_doubted_from_a_threshold_on(
    monkeypatch: pytest.MonkeyPatch, least: float, is_told: bool
) -> None:
    monkeypatch.setattr(doubts, "SOMEBODYS_FROM", least)
    record = read("The pier is closed until Monday. Sen. Anna Moor said on Monday that the pier was rotten.")
    assert (ReviewReason.OWN_VOICE_DOUBTFUL in reasons(record, "is closed")) is is_told
    assert ReviewReason.OWN_VOICE_DOUBTFUL not in reasons(record, "was rotten")


@pytest.mark.parametrize(("below", "is_told"), [(0.0, False), (1.0, True)])
def test_a_link_that_is_less_sure_than_the_threshold_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, below: float, is_told: bool
) -> None:
    monkeypatch.setattr(doubts, "LINK_BELOW", below)
    record = read("Sen. Anna Moor said on Monday that the pier was rotten.")
    assert (ReviewReason.SOURCE_UNCERTAIN in reasons(record, "was rotten")) is is_told


def test_a_named_person_is_surer_than_a_document_and_an_open_source_has_no_number() -> None:
    known = trust.weights()

    def sure(kind: str, *, source_confidence: float = 0.99) -> float:
        told = trust.evidence(0.9, source_confidence, trust.SourceType(kind), anonymous=False, anaphoric=False)
        return trust.chance(told, known)

    assert sure("person") > sure("document")
    assert sure("person") > sure("person", source_confidence=0.5)
    record = read("The storm came on Tuesday night.\n\nThe agency said the papers had been lost in the flood.")
    item = record.attribution_of(claim_with(record, "had been lost"))
    assert item is not None
    assert item.link_confidence is None


def test_every_reason_is_asked_for_in_the_order_of_the_vocabulary() -> None:
    assert list(doubts._HOLDS) == list(ReviewReason)
