"""Pages of Label Studio become records again: untouched ones unchanged, corrected ones as the reviewer left them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.formats.jsonl import load
from annotator.formats.label_studio import prediction
from annotator.labels import AttributionMode, Flag, LinkBasis, LinkRole, QuoteType, SourceType
from annotator.records import AnnotatedArticle, Claim, Link
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from tests.factory import HARBOUR, harbour_record, records

Results = list[dict[str, Any]]


def drawn() -> Results:
    made: Results = json.loads(json.dumps(prediction(harbour_record())["result"]))
    return made


def read(results: Results) -> tuple[AnnotatedArticle, list[str]]:
    page = Page.read(results, HARBOUR)
    record = corrected(harbour_record(), page)
    assert AnnotatedArticle.model_validate_json(record.model_dump_json()) == record
    return record, page.problems


def region_of(results: Results, words: str) -> str:
    return next(r["id"] for r in results if r["type"] == "labels" and HARBOUR[_span(r)] == words)


def _span(result: dict[str, Any]) -> slice:
    return slice(result["value"]["start"], result["value"]["end"])


def span_value(words: str, nth: int = 0) -> dict[str, int]:
    start = -1
    for _ in range(nth + 1):
        start = HARBOUR.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def draw(results: Results, region_id: str, label: str, words: str, nth: int = 0) -> None:
    value = {**span_value(words, nth), "labels": [label], "text": "whatever the server says"}
    results.append({"id": region_id, "from_name": "span", "to_name": "text", "type": "labels", "value": value})


def choose(results: Results, region_id: str, control: str, answer: str) -> None:
    results[:] = [r for r in results if not (r.get("id") == region_id and r.get("from_name") == control)]
    value = {"choices": [answer]}
    results.append({"id": region_id, "from_name": control, "to_name": "text", "type": "choices", "value": value})


def type_in(results: Results, region_id: str, control: str, words: str) -> None:
    results[:] = [r for r in results if not (r.get("id") == region_id and r.get("from_name") == control)]
    value = {"text": [words]}
    results.append({"id": region_id, "from_name": control, "to_name": "text", "type": "textarea", "value": value})


def relate(results: Results, start: str, end: str, *names: str, direction: str = "right") -> None:
    relation: dict[str, Any] = {"type": "relation", "from_id": start, "to_id": end, "direction": direction}
    results.append({**relation, "labels": list(names)} if names else relation)


def unrelate(results: Results, start: str, end: str) -> None:
    results[:] = [r for r in results if (r.get("from_id"), r.get("to_id")) != (start, end)]


def delete(results: Results, region_id: str) -> None:
    results[:] = [r for r in results if region_id not in (r.get("id"), r.get("from_id"), r.get("to_id"))]


def resize(results: Results, region_id: str, words: str) -> None:
    for result in results:
        if result.get("id") == region_id and "start" in result["value"]:
            result["value"] |= span_value(words)


def claim_with(record: AnnotatedArticle, words: str) -> Claim:
    return next(claim for claim in record.claims if words in claim.text)


def others_unchanged(record: AnnotatedArticle, *changed: str) -> bool:
    """Whether every claim but those with these ids is as it was."""
    before = {claim.claim_id: claim for claim in harbour_record().claims}
    return all(claim == before[claim.claim_id] for claim in record.claims if claim.claim_id not in changed)


# --- nothing changed ----------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(records())
def test_an_untouched_page_is_the_record_again(record: AnnotatedArticle) -> None:
    results = json.loads(json.dumps(prediction(record)["result"]))
    page = Page.read(results, record.article.text)
    assert corrected(record, page) == record


def test_untouched_pages_of_the_gallery_are_its_records_again() -> None:
    made = list(load(Path(__file__).parents[2] / "exports" / "records.jsonl"))
    assert len(made) == 6
    for record in made:
        page = Page.read(prediction(record)["result"], record.article.text)
        assert corrected(record, page) == record
        assert not page.problems


def test_the_order_of_results_and_the_servers_words_do_not_matter() -> None:
    results = drawn()
    for result in results:
        if result["type"] == "labels":
            result["value"]["text"] = "wrong\\n"
    record, problems = read(results[::-1])
    assert record == harbour_record()
    assert not problems


# --- spans --------------------------------------------------------------------------------------------------------


def test_a_resized_claim_keeps_its_links_and_is_trimmed() -> None:
    results = drawn()
    resize(results, region_of(results, "Two ferries lay idle on Monday"), " ferries lay idle ")
    record, problems = read(results)
    claim = claim_with(record, "ferries lay idle")
    assert (claim.claim_id, claim.text) == ("c04", "ferries lay idle")
    assert others_unchanged(record, "c04")
    assert not problems


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


# --- sources ------------------------------------------------------------------------------------------------------


def test_a_type_changed_on_one_mention_is_the_sources_type() -> None:
    results = drawn()
    choose(results, region_of(results, "She"), "source_type", "group")
    record, _ = read(results)
    assert record.source_by_id["s03"].type is SourceType.GROUP
    assert record.source_by_id["s03"].mentions == harbour_record().source_by_id["s03"].mentions


def test_a_name_edited_changes_what_every_claim_shows() -> None:
    results = drawn()
    type_in(results, region_of(results, "Mayor Ana Ruiz"), "source_name", "Ana Ruiz-Ortega")
    record, problems = read(results)
    assert record.source_by_id["s03"].name == "Ana Ruiz-Ortega"
    assert claim_with(record, "crane fell").source_display == "Ana Ruiz-Ortega"
    assert record.chain_of(claim_with(record, "overloaded")) == ("Ana Ruiz-Ortega", "Daily Example")
    assert not problems


def test_a_mention_given_another_sources_name_moves_to_that_source() -> None:
    results = drawn()
    type_in(results, region_of(results, "He"), "source_name", "Tom Lee")
    record, _ = read(results)
    claim = claim_with(record, "repairs may take weeks")
    assert claim.source_id == "s04"
    assert record.chain_of(claim) == ("Tom Lee", "Daily Example")
    assert claim.source_display == "Tom Lee"
    assert "He" in [mention.text for mention in record.source_by_id["s04"].mentions]
    assert "s06" not in record.source_by_id


def test_a_line_to_the_right_antecedent_resolves_a_pronoun() -> None:
    results = drawn()
    relate(results, region_of(results, "He"), region_of(results, "Engineer Tom Lee of the Port Board"), "same_source")
    record, _ = read(results)
    claim = claim_with(record, "repairs may take weeks")
    assert record.source_of(claim).name == "Tom Lee"
    assert "unresolved: He" not in [source.name for source in record.sources]


def test_a_line_taken_away_makes_two_sources() -> None:
    results = drawn()
    unrelate(results, region_of(results, "She"), region_of(results, "Mayor Ana Ruiz"))
    record, _ = read(results)
    first, second = claim_with(record, "crane fell"), claim_with(record, "overloaded")
    assert first.source_id == "s03"
    assert second.source_id != "s03"


def test_a_mention_deleted_between_two_others_does_not_part_them() -> None:
    results = drawn()
    delete(results, region_of(results, "Coastal Wire"))
    record, _ = read(results)
    assert record.source_of(claim_with(record, "overloaded")).name == "Ana Ruiz"
    assert record.chain_of(claim_with(record, "stay shut until")) == ("Harbour official (anonymous)", "Daily Example")


@pytest.mark.parametrize(
    ("words", "name", "anonymous"),
    [("a harbour official", "Harbour official", False), ("Mayor Ana Ruiz", "Ana Ruiz (anonymous)", True)],
)
def test_anonymity_ticked_or_not_keeps_name_and_description_in_step(words: str, name: str, anonymous: bool) -> None:
    results = drawn()
    region = region_of(results, words)
    if anonymous:
        choose(results, region, "anonymous", "anonymous")
    else:
        results[:] = [r for r in results if not (r.get("id") == region and r.get("from_name") == "anonymous")]
    record, _ = read(results)
    source = next(s for s in record.sources if s.name == name)
    assert source.anonymous is anonymous
    assert (source.anonymity_description is not None) is anonymous
    told = claim_with(record, "stay shut until")
    assert (Flag.SINGLE_ANONYMOUS in told.flags) is anonymous


# --- attribution and chain ----------------------------------------------------------------------------------------


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


def test_a_cue_without_a_source_is_unspecified() -> None:
    results = drawn()
    unrelate(results, region_of(results, "the crane had been overloaded"), region_of(results, "She"))
    record, _ = read(results)
    assert record.source_of(claim_with(record, "overloaded")).type is SourceType.UNSPECIFIED


def test_an_arrow_drawn_from_the_wrong_end_is_turned_round() -> None:
    results = drawn()
    claim_id = region_of(results, "Two ferries lay idle on Monday")
    relate(results, region_of(results, "Coastal Wire"), claim_id, "attributed_to")
    record, problems = read(results)
    assert record.source_of(claim_with(record, "Two ferries")).name == "Coastal Wire"
    assert not problems
    weeks = region_of(results, "repairs may take weeks")
    unrelate(results, weeks, region_of(results, "He"))
    relate(results, region_of(results, "She"), weeks, direction="left")
    record, problems = read(results)
    assert record.source_of(claim_with(record, "repairs may take weeks")).name == "Ana Ruiz"
    assert not problems


# --- what cannot be understood ------------------------------------------------------------------------------------


def _dangling(results: Results) -> None:
    relate(results, "nowhere", "claim-1", "attributed_to")


def _ill_typed(results: Results) -> None:
    relate(results, "claim-1", "claim-2", "cited_by")


def _unlabelled(results: Results) -> None:
    relate(results, region_of(results, "She"), region_of(results, "Coastal Wire"))


def _renamed_label(results: Results) -> None:
    draw(results, "x1", "Quelle", "police")


def _renamed_choice(results: Results) -> None:
    choose(results, "claim-1", "kind", "rumour")


def _outside(results: Results) -> None:
    draw(results, "x1", "Claim", "police")
    results[-1]["value"]["end"] = 99_999


def _two_sources(results: Results) -> None:
    relate(results, region_of(results, "repairs may take weeks"), region_of(results, "She"), "attributed_to")


def _unknown_relation(results: Results) -> None:
    relate(results, "claim-1", "claim-2", "contradicts")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_dangling, "leads to a region that is not there"),
        (_ill_typed, "cited_by from claim “Harbour stays shut after night crash” to claim “The harbour"),
        (_unlabelled, "has no label"),
        (_renamed_label, "labelled 'Quelle'"),
        (_renamed_choice, "kind has no answer 'rumour'"),
        (_outside, "is no stretch of the text"),
        (_two_sources, "is attributed to source “He” and source “She”; the first counts"),
        (_unknown_relation, "'contradicts', which the configuration has not"),
    ],
)
def test_what_does_not_fit_is_told_and_not_believed(spoil: Callable[[Results], None], told: str) -> None:
    results = drawn()
    spoil(results)
    record, problems = read(results)
    assert [problem for problem in problems if told in problem], problems
    assert len(problems) == 1
    assert record == harbour_record()
