"""What a page of Label Studio says, and what on it is told and not believed."""

import json
from collections.abc import Callable

import pytest

from tests.factory import harbour_record
from tests.review.pages import Results, choose, claim_with, draw, drawn, read, region_of, relate, unrelate


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


def test_the_order_of_results_and_the_servers_words_do_not_matter() -> None:
    results = drawn()
    for result in results:
        if result["type"] == "labels":
            result["value"]["text"] = "wrong\\n"
    record, problems = read(results[::-1])
    assert record == harbour_record()
    assert not problems


def test_drafts_of_a_version_that_did_not_mark_doubted_claims_come_back_as_they_went() -> None:
    earlier = json.loads(json.dumps(drawn()).replace("-review", ""))
    assert earlier != drawn()
    assert read(earlier) == read(drawn())
