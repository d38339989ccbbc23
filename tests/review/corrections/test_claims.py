"""Claims as a reviewer left them: resized, parted, joined, given a source."""

from tests.factory import harbour_record
from tests.review.pages import claim_with, drawn, others_unchanged, read, region_of, relate, resize, unrelate


def test_a_resized_claim_keeps_its_links_and_is_trimmed() -> None:
    results = drawn()
    resize(results, region_of(results, "Two ferries lay idle on Monday"), " ferries lay idle ")
    record, problems = read(results)
    claim = claim_with(record, "ferries lay idle")
    assert (claim.claim_id, claim.text) == ("c04", "ferries lay idle")
    assert others_unchanged(record, "c04")
    assert not problems


def test_pieces_can_be_joined_and_parted() -> None:
    results = drawn()
    first, second = region_of(results, "“The crane fell at midnight,”"), region_of(results, "“and nobody was hurt.”")
    unrelate(results, second, first)
    record, _ = read(results)
    assert claim_with(record, "crane fell").text == "“The crane fell at midnight,”"
    parted = claim_with(record, "nobody was hurt")
    assert parted.claim_id not in {claim.claim_id for claim in harbour_record().claims}
    relate(results, second, first, "continues")
    assert read(results)[0] == harbour_record()


def test_pieces_that_continue_one_another_in_a_circle_stay_one_claim() -> None:
    results = drawn()
    first, second = region_of(results, "“The crane fell at midnight,”"), region_of(results, "“and nobody was hurt.”")
    relate(results, first, second, "continues")
    record, _ = read(results)
    assert claim_with(record, "crane fell").text == "“The crane fell at midnight,” “and nobody was hurt.”"
    assert len(record.claims) == 7


def test_own_voice_given_a_source_is_attributed() -> None:
    results = drawn()
    claim_id = region_of(results, "Two ferries lay idle on Monday")
    relate(results, claim_id, region_of(results, "Coastal Wire"), "attributed_to")
    record, _ = read(results)
    claim = claim_with(record, "Two ferries")
    assert record.chain_of(claim) == ("Coastal Wire", "Daily Example")
    assert (claim.attribution, claim.quote_type, claim.on_record.value) == ("explicit", "indirect", "published")


def test_a_claim_that_lost_source_and_cue_is_the_articles_own() -> None:
    results = drawn()
    unrelate(
        results,
        region_of(results, "police believed the guard slept"),
        region_of(results, "Engineer Tom Lee of the Port Board"),
    )
    unrelate(results, region_of(results, "claimed"), region_of(results, "police believed the guard slept"))
    record, _ = read(results)
    claim = claim_with(record, "police believed")
    assert record.chain_of(claim) == ("Daily Example",)
    assert (claim.attribution, claim.quote_type) == ("unattributed", "none")
    assert claim.attribution_id is None
