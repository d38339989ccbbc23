"""Several reviews made one by majority, ties told."""

from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle
from annotator.review.merge import merge
from tests.review.pages import choose, draw, drawn, relate
from tests.review.reviews import BASE, of_ana, of_ben, of_cam, review


def test_two_of_three_decide() -> None:
    merged = merge([of_ana(), of_ben(), of_cam()], {"harbour": BASE})
    (record,) = merged.records
    assert [c.text for c in record.claims] == [c.text for c in BASE.claims]  # deleted by one, added by one
    assert record.source_by_id["s03"].type.value == "person"
    assert not merged.undecided
    assert record.review
    assert record.review.reviewer == "ben@example.com + ana@example.com + cam@example.com"


def test_ties_go_to_whoever_is_trusted_and_are_listed() -> None:
    for name, there in (("ana@example.com", True), ("ben@example.com", False)):
        merged = merge([of_ana(), of_ben()], {"harbour": BASE}, trust=[name])
        (record,) = merged.records
        assert ("the guard slept" in [c.text for c in record.claims]) is there
        assert ("repairs may take weeks" in [c.text for c in record.claims]) is not there
        undecided = {(one.claim, one.field) for one in merged.undecided}
        assert ("the guard slept", "claim") in undecided
        assert ("Two ferries lay idle on Monday", "kind") in undecided
        assert all(one.taken == name for one in merged.undecided)
        AnnotatedArticle.model_validate_json(record.model_dump_json())


def test_a_claim_adopted_from_another_reviewer_brings_its_sources() -> None:
    def added(reviewer: str) -> AnnotatedArticle:
        results = drawn()
        for region, label, words in (
            ("x1", "Claim", "the guard slept"),
            ("x2", "Source", "police"),
            ("x3", "Cue", "believed"),
        ):
            draw(results, region, label, words)
        choose(results, "x2", "source_type", "organization")
        relate(results, "x1", "x2", "attributed_to")
        relate(results, "x3", "x1", "cue_of")
        return review(results, reviewer)

    merged = merge(
        [of_cam(), added("dan@example.com"), added("eva@example.com")], {"harbour": BASE}, trust=["cam@example.com"]
    )
    (record,) = merged.records
    claim = next(c for c in record.claims if c.text == "the guard slept")
    assert record.chain_of(claim) == ("police", "Daily Example")
    assert record.attribution_of(claim).cue.text == "believed"  # type: ignore[union-attr]
    assert claim.review
    assert claim.review.status is ReviewStatus.ADDED
