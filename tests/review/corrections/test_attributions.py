"""Attributions go with their claims."""

from tests.review.pages import claim_with, delete, drawn, read, region_of, resize


def test_contents_of_the_attribution_follow_the_claim() -> None:
    results = drawn()
    resize(results, region_of(results, "the crane had been overloaded"), "the crane had been over")
    record, _ = read(results)
    claim = claim_with(record, "the crane had been over")
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert [span.text for span in attribution.contents] == ["the crane had been over"]
    assert attribution.attribution_id == "a03"


def test_a_deleted_claim_takes_its_attribution_along() -> None:
    results = drawn()
    delete(results, region_of(results, "repairs may take weeks"))
    record, _ = read(results)
    assert [claim.claim_id for claim in record.claims] == ["c01", "c02", "c03", "c04", "c05", "c06"]
    assert "a05" not in record.attribution_by_id
    assert "s06" not in record.source_by_id
