"""Records of earlier versions are read: without reasons for review, which they are told; without section and agency."""

import json
from typing import Any

import pytest

from annotator.labels import ReviewReason
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record


def early(**changes: Any) -> dict[str, Any]:
    """A record as it was, `changes` laid over the claim that needs review."""
    values: dict[str, Any] = json.loads(harbour_record().model_dump_json())
    for item in values["attributions"]:
        del item["link_confidence"]
    for claim in values["claims"]:
        del claim["review_reasons"]
        if claim["needs_review"]:
            claim.update(changes)
    return values


def reasons_in(values: dict[str, Any]) -> list[tuple[ReviewReason, ...]]:
    return [claim.review_reasons for claim in AnnotatedArticle.model_validate_json(json.dumps(values)).claims]


def test_a_tie_is_told_and_claims_without_doubt_have_no_reason() -> None:
    assert [found for found in reasons_in(early(confidence=0.9)) if found] == [(ReviewReason.SOURCE_AMBIGUOUS,)]


def test_low_confidence_is_told_too() -> None:
    both = (ReviewReason.SOURCE_AMBIGUOUS, ReviewReason.LOW_CONFIDENCE)
    assert both in reasons_in(early(confidence=0.6))


def test_written_and_read_again_it_is_the_same() -> None:
    record = AnnotatedArticle.model_validate(early())
    assert AnnotatedArticle.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize(
    "change",
    [{"needs_review": False, "review_reasons": ["low_confidence"]}, {"needs_review": True, "review_reasons": []}],
)
def test_needs_review_without_a_reason_and_a_reason_without_it_are_unsound(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="needs_review is"):
        AnnotatedArticle.model_validate(early(**change))


def test_an_article_whose_section_and_agency_are_metadata_is_read_and_stays_as_it_was_written() -> None:
    values = early()
    assert not {"section", "agency"} & set(values["article"])
    values["article"]["metadata"] = {"section": "News", "agency": "AP"}
    article = AnnotatedArticle.model_validate(values).article
    assert (article.section, article.agency) == (None, None)
    assert article.model_dump(mode="json") == values["article"]
