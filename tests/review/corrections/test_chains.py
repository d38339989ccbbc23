"""How a claim reached the reader, by lines and as typed."""

import json

from annotator.formats.label_studio import prediction
from annotator.labels import AttributionMode, Flag, LinkBasis, LinkRole, QuoteType, SourceType
from annotator.records import Link
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from tests.factory import HARBOUR, harbour_record
from tests.review.pages import (
    choose,
    claim_with,
    draw,
    drawn,
    others_unchanged,
    read,
    region_of,
    relate,
    type_in,
    unrelate,
)


def test_a_claim_found_by_the_reviewer_gets_source_cue_and_chain() -> None:
    results = drawn()
    draw(results, "x1", "Claim", "the guard slept")
    draw(results, "x2", "Source", "police")
    draw(results, "x3", "Cue", "believed")
    draw(results, "x4", "Source", "Coastal Wire")
    choose(results, "x2", "source_type", "organization")
    relate(results, "x1", "x2", "attributed_to")
    relate(results, "x3", "x1", "cue_of")
    relate(results, "x2", region_of(results, "Coastal Wire"), "cited_by")
    record, problems = read(results)
    claim = next(claim for claim in record.claims if claim.text == "the guard slept")
    assert record.chain_of(claim) == ("police", "Coastal Wire", "Daily Example")
    assert [link.role for link in claim.chain] == [LinkRole.ORIGIN, LinkRole.REPORTER, LinkRole.PUBLISHER]
    assert claim.source_display == "Coastal Wire <- police"
    assert (claim.quote_type, claim.attribution) == (QuoteType.INDIRECT, AttributionMode.EXPLICIT)
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert attribution.cue is not None
    assert attribution.cue.text == "believed"
    assert [c.claim_id for c in record.claims].index(claim.claim_id) == 6  # behind the claim that it stands in
    assert others_unchanged(record, claim.claim_id)
    assert not problems


def test_a_chain_typed_by_hand_names_known_and_new_sources() -> None:
    results = drawn()
    type_in(results, region_of(results, "repairs may take weeks"), "chain", "Tom Lee > Coastal Wire > Evening Post")
    record, problems = read(results)
    claim = claim_with(record, "repairs may take weeks")
    assert record.chain_of(claim) == ("Tom Lee", "Coastal Wire", "Evening Post", "Daily Example")
    assert record.source_of(claim).name == "Tom Lee"
    assert record.attribution_of(claim).source_id == "s04"  # type: ignore[union-attr]
    assert next(s for s in record.sources if s.name == "Evening Post").type is SourceType.MEDIA
    assert Flag.SECONDHAND in claim.flags
    assert others_unchanged(record, "c07")
    assert not problems


def test_a_link_that_no_page_shows_stays_when_the_source_changes() -> None:
    """The outlet of a scope is inherited and has no mention here."""
    base = harbour_record()
    added = base.claims[6]
    inherited = Link(source_id="s02", role=LinkRole.REPORTER, basis=LinkBasis.INHERITED)
    scoped = added.model_copy(update={"chain": (added.chain[0], inherited, added.chain[-1])})
    base = base.model_copy(update={"claims": (*base.claims[:6], scoped)})
    results = json.loads(json.dumps(prediction(base)["result"]))
    he, lee = region_of(results, "He"), region_of(results, "Engineer Tom Lee of the Port Board")
    relate(results, he, lee, "same_source")
    record = corrected(base, Page.read(results, HARBOUR))
    assert record.chain_of(record.claims[6]) == ("Tom Lee", "Coastal Wire", "Daily Example")
    weeks = region_of(results, "repairs may take weeks")
    unrelate(results, weeks, he)
    relate(results, weeks, region_of(results, "She"), "attributed_to")
    record = corrected(base, Page.read(results, HARBOUR))
    assert record.chain_of(record.claims[6]) == ("Ana Ruiz", "Coastal Wire", "Daily Example")
