"""What each change leaves of a record, and that nothing anybody does leaves an unsound one."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import ChangeError
from annotator.labels import (
    ArticleStatus,
    AttributionMode,
    Flag,
    Kind,
    OnRecord,
    QuoteType,
    ReviewReason,
    ReviewStatus,
    SourceType,
    VerdictRating,
)
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Claim, problems
from annotator.worklist.applying import applied, is_open
from annotator.worklist.changes import parse
from annotator.worklist.telling import told
from tests.factory import harbour_record, records
from tests.worklist.making import changes, place

MACHINE = harbour_record()
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def after(*given: dict[str, Any], by: str = "Ada") -> AnnotatedArticle:
    """The harbour article after some changes."""
    record = MACHINE
    for one in given:
        record = applied(record, MACHINE, parse(one), by, NOON)
    return record


def claim(record: AnnotatedArticle, claim_id: str) -> Claim:
    (found,) = [claim for claim in record.claims if claim.claim_id == claim_id]
    return found


def names(record: AnnotatedArticle, claim_id: str) -> tuple[str, ...]:
    return record.chain_of(claim(record, claim_id))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_whatever_is_done_to_whatever_record_leaves_a_sound_one(data: st.DataObject) -> None:
    machine = record = data.draw(records().map(_unreviewed) | st.just(MACHINE))
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(changes(record))
        try:
            now = applied(record, machine, change, "Ada", NOON)
        except ChangeError:
            continue
        assert not list(problems(now))
        assert AnnotatedArticle.model_validate_json(now.model_dump_json()) == now
        assert now.article == machine.article
        assert now.review is not None
        assert told(change, record, now)
        _says_what_became_of_the_machines(machine, now)
        record = now


def _unreviewed(record: AnnotatedArticle) -> AnnotatedArticle:
    claims = tuple(claim.model_copy(update={"verdict": None}) for claim in record.claims)
    return record.model_copy(update={"claims": claims})


def _says_what_became_of_the_machines(machine: AnnotatedArticle, record: AnnotatedArticle) -> None:
    before = {claim.claim_id: claim for claim in machine.claims}
    assert set(before) <= {claim.claim_id for claim in record.claims}
    for one in record.claims:
        if one.claim_id not in before:
            assert one.review is not None
            assert one.review.status is ReviewStatus.ADDED
        elif one.review is None:
            assert one.spans == before[one.claim_id].spans
            assert record.source_of(one).name == machine.source_of(before[one.claim_id]).name


def test_an_accepted_claim_is_settled_and_no_other() -> None:
    record = after({"change": "accept_claim", "claim_id": "c07"})
    accepted = claim(record, "c07")
    assert accepted.review is not None
    assert accepted.review.status is ReviewStatus.ACCEPTED
    assert not accepted.needs_review
    assert [one.claim_id for one in record.claims if not is_open(one)] == ["c07"]
    assert claim(MACHINE, "c07").review_reasons == (ReviewReason.SOURCE_AMBIGUOUS,)


def test_a_source_of_the_article_is_chosen_and_nothing_is_open_any_more() -> None:
    record = after({"change": "set_source", "claim_id": "c07", "source": {"source_id": "s04"}})
    changed = claim(record, "c07")
    attribution = record.attribution_of(changed)
    assert names(record, "c07") == ("Tom Lee", "Daily Example")
    assert changed.source_display == "Tom Lee"
    assert attribution is not None
    assert (attribution.resolution, attribution.candidates, attribution.confidence) == ("resolved", (), 1.0)
    assert attribution.cue is not None
    assert attribution.cue.text == "added"
    assert changed.on_record is OnRecord.ON_RECORD
    assert changed.review is not None
    assert "source" in changed.review.changed


def test_a_mention_that_stays_goes_over_to_the_new_source() -> None:
    record = after({"change": "set_source", "claim_id": "c07", "source": {"source_id": "s04"}})
    assert [span.text for span in record.source_by_id["s04"].mentions if span.text == "He"] == ["He"]


def test_a_name_that_is_there_already_is_that_source_whatever_its_case() -> None:
    record = after({"change": "set_source", "claim_id": "c04", "source": {"name": "ana  RUIZ"}})
    assert claim(record, "c04").source_id == claim(record, "c03").source_id


def test_a_claim_in_own_voice_that_gets_a_source_has_labels_that_fit() -> None:
    given = {
        "change": "set_source",
        "claim_id": "c04",
        "source": {"mention": place("police"), "type": "group", "affiliation": "law_enforcement", "anonymous": True},
        "cue": place("claimed"),
    }
    record = after(given)
    changed = claim(record, "c04")
    assert names(record, "c04") == ("police (anonymous)", "Daily Example")
    assert (changed.quote_type, changed.attribution) == (QuoteType.INDIRECT, AttributionMode.EXPLICIT)
    assert changed.on_record is OnRecord.UNNAMED_NO_TERMS
    assert set(changed.flags) == {Flag.NO_REASON, Flag.PLURAL_WITHOUT_COUNT}
    attribution = record.attribution_of(changed)
    assert attribution is not None
    assert attribution.contents == changed.spans
    assert record.source_of(changed).anonymity_description == "police"


def test_a_claim_becomes_the_articles_own_and_its_attribution_goes() -> None:
    record = after({"change": "set_source", "claim_id": "c05", "source": {"source_id": ARTICLE_SOURCE}})
    changed = claim(record, "c05")
    assert (changed.attribution_id, changed.attribution) == (None, AttributionMode.UNATTRIBUTED)
    assert changed.on_record is OnRecord.NOT_APPLICABLE
    assert names(record, "c05") == ("Daily Example",)
    assert claim(MACHINE, "c05").attribution_id not in record.attribution_by_id


def test_one_of_two_claims_of_an_attribution_leaves_it_to_the_other() -> None:
    machine = harbour_record()
    both = machine.claims[2]
    parts = [
        both.model_copy(update={"claim_id": f"c03{n}", "spans": (span,), "text": span.text})
        for n, span in zip("ab", both.spans, strict=True)
    ]
    machine = machine.model_copy(update={"claims": (*machine.claims[:2], *parts, *machine.claims[3:])})
    change = parse({"change": "set_source", "claim_id": "c03b", "source": {"source_id": "s04"}})
    record = applied(machine, machine, change, "Ada", NOON)
    kept, given = record.attribution_of(claim(record, "c03a")), record.attribution_of(claim(record, "c03b"))
    assert kept is not None
    assert given is not None
    assert (kept.source_id, [span.text for span in kept.contents]) == ("s03", ["“The crane fell at midnight,”"])
    assert (given.source_id, [span.text for span in given.contents]) == ("s04", ["“and nobody was hurt.”"])


def test_a_chain_is_made_of_sources_that_are_there_and_new_ones() -> None:
    links = [
        {"source_id": "s03"},
        {"name": "Court file", "type": "document"},
        {"name": "Coastal Wire"},
        {"name": "Radio Coast"},
    ]
    record = after({"change": "set_chain", "claim_id": "c02", "links": links})
    changed = claim(record, "c02")
    assert names(record, "c02") == ("Ana Ruiz", "Court file", "Coastal Wire", "Radio Coast", "Daily Example")
    assert [link.role for link in changed.chain] == ["origin", "vehicle", "reporter", "reporter", "publisher"]
    assert changed.source_display == "Radio Coast <- Coastal Wire <- Court file <- Ana Ruiz"
    assert [source.type for source in record.sources if source.name == "Radio Coast"] == [SourceType.MEDIA]
    assert changed.source_id == "s03"
    assert changed.on_record is OnRecord.ON_RECORD


def test_new_words_of_a_claim_are_those_of_its_attribution_too() -> None:
    record = after({"change": "set_spans", "claim_id": "c03", "spans": [place("\n“The crane fell")]})
    changed = claim(record, "c03")
    attribution = record.attribution_of(changed)
    assert changed.text == "“The crane fell"
    assert attribution is not None
    assert attribution.contents == changed.spans
    assert changed.review is not None
    assert changed.review.changed == ("spans",)


def test_a_claim_is_added_in_its_place_with_a_new_source() -> None:
    given = {
        "change": "add_claim",
        "spans": [place("the guard slept")],
        "source": {"mention": place("police"), "type": "organization"},
        "cue": place("believed"),
    }
    record = after(given)
    (added,) = [one for one in record.claims if one.review and one.review.status is ReviewStatus.ADDED]
    assert names(record, added.claim_id) == ("police", "Daily Example")
    assert [one.claim_id for one in record.claims].index(added.claim_id) == 6
    assert (added.paragraph, added.section) == (4, "body")


def test_a_dropped_claim_stays_marked_and_comes_back_and_an_added_one_goes() -> None:
    drop = {"change": "drop_claim", "claim_id": "c06"}
    dropped = claim(after(drop), "c06")
    assert dropped.review is not None
    assert dropped.review.status is ReviewStatus.REJECTED
    back = claim(after(drop, {"change": "accept_claim", "claim_id": "c06"}), "c06")
    assert back.review is not None
    assert back.review.status is ReviewStatus.ACCEPTED
    add = {"change": "add_claim", "spans": [place("nobody was hurt")]}
    assert after(add, {"change": "drop_claim", "claim_id": "r1"}).claims == MACHINE.claims


def test_a_renamed_source_is_renamed_in_all_of_its_claims_which_stay_to_be_looked_at() -> None:
    record = after({"change": "edit_source", "source_id": "s04", "name": "Thomas Lee", "type": "group"})
    changed = claim(record, "c06")
    assert changed.source_display == "Thomas Lee"
    assert changed.review is not None
    assert changed.review.status is ReviewStatus.CORRECTED
    assert record.source_by_id["s04"].type is SourceType.GROUP


def test_a_source_that_turns_out_to_have_a_name_has_other_terms() -> None:
    record = after({"change": "edit_source", "source_id": "s01", "name": "Pia Holm", "anonymous": False})
    source, changed = record.source_by_id["s01"], claim(record, "c02")
    assert (source.name, source.anonymous, source.anonymity_description) == ("Pia Holm", False, None)
    assert changed.on_record is OnRecord.ON_RECORD
    assert changed.flags == (Flag.SECONDHAND,)


def test_joined_sources_share_mentions_and_claims() -> None:
    record = after({"change": "join_sources", "source_id": "s04", "into": "s03"})
    assert "s04" not in record.source_by_id
    assert names(record, "c06") == ("Ana Ruiz", "Daily Example")
    both = {*MACHINE.source_by_id["s03"].mentions, *MACHINE.source_by_id["s04"].mentions}
    assert set(record.source_by_id["s03"].mentions) == both


def test_joined_sources_stand_in_a_chain_once_and_its_end_stays() -> None:
    links = [{"source_id": "s01"}, {"source_id": "s02"}, {"source_id": "s03"}]
    chain = {"change": "set_chain", "claim_id": "c02", "links": links}
    record = after(chain, {"change": "join_sources", "source_id": "s03", "into": "s01"})
    assert names(record, "c02") == ("Harbour official (anonymous)", "Coastal Wire", "Daily Example")
    assert claim(record, "c02").chain[-1] == claim(MACHINE, "c02").chain[-1]


def test_a_verdict_says_who_and_when_and_decides_nothing_else() -> None:
    given = {"change": "set_verdict", "claim_id": "c03", "rating": "false", "evidence": ["https://a.example/x"]}
    verdict = claim(after(given), "c03").verdict
    assert verdict is not None
    assert (verdict.rating, verdict.by, verdict.at) == (VerdictRating.FALSE, "Ada", NOON)
    assert is_open(claim(after(given), "c03"))
    assert claim(after(given, {"change": "clear_verdict", "claim_id": "c03"}), "c03").verdict is None


def test_a_complete_article_has_no_open_claim_and_names_everybody_once() -> None:
    record = after({"change": "set_labels", "claim_id": "c03", "kind": "opinion"}, by="Bo")
    for by in ("Ada", "Bo"):
        record = applied(record, MACHINE, parse({"change": "set_status", "status": "complete"}), by, NOON)
    assert not any(map(is_open, record.claims))
    assert claim(record, "c03").kind is Kind.OPINION
    assert record.review is not None
    assert (record.review.reviewer, record.review.status) == ("Bo + Ada", ArticleStatus.COMPLETE)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"change": "accept_claim", "claim_id": "c99"}, "no claim 'c99'"),
        ({"change": "set_source", "claim_id": "c01", "source": {"source_id": "s99"}}, "no source 's99'"),
        ({"change": "set_source", "claim_id": "c01", "source": {}}, "needs a name"),
        ({"change": "set_spans", "claim_id": "c01", "spans": [{"start": 5, "end": 5000}]}, "no stretch of a text"),
        (
            {"change": "set_spans", "claim_id": "c01", "spans": [{"start": 5, "end": 9, "text": "tide"}]},
            "is 'ur s', not 'tide'. Offsets count code points",
        ),
        ({"change": "set_spans", "claim_id": "c01", "spans": [{"start": 36, "end": 37}]}, "nothing but blanks"),
        (
            {"change": "set_spans", "claim_id": "c01", "spans": [place("stays"), place("Harbour")]},
            "does not follow",
        ),
        ({"change": "set_cue", "claim_id": "c01", "cue": None}, "own voice has none"),
        ({"change": "set_chain", "claim_id": "c02", "links": [{"source_id": "article"}]}, "the publisher is the last"),
        (
            {"change": "set_chain", "claim_id": "c02", "links": [{"source_id": "s02"}, {"name": "coastal wire"}]},
            "'Coastal Wire' stands in the chain twice",
        ),
        ({"change": "set_labels", "claim_id": "c02"}, "no label is given"),
        ({"change": "edit_source", "source_id": "s03", "name": "tom lee"}, "Join the two instead"),
        ({"change": "edit_source", "source_id": "s03", "anonymous": False}, "nothing is given that changes"),
        ({"change": "edit_source", "source_id": "article", "name": "x"}, "own voice cannot be changed"),
        ({"change": "join_sources", "source_id": "s03", "into": "s03"}, "with itself"),
        ({"change": "clear_verdict", "claim_id": "c01"}, "no verdict"),
        ({"change": "add_claim", "spans": [place("stays")], "cue": place("told")}, "Give it one"),
        (
            {"change": "together", "changes": [{"change": "accept_others"}, {"change": "drop_claim", "claim_id": "x"}]},
            "change 2 of 2 \\(drop_claim\\): claim_id: the article has no claim 'x'",
        ),
    ],
)
def test_a_change_that_does_not_fit_is_refused_with_the_reason(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ChangeError, match=why):
        after(change)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"change": "fly"}, "'fly' found using 'change' does not match"),
        ({}, "change: Unable to extract tag"),
        ("accept", "change: Input should be"),
        ({"change": "set_verdict", "claim_id": "c01", "rating": "wrong"}, "rating: Input should be 'true'"),
        (
            {"change": "set_verdict", "claim_id": "c01", "rating": "true", "evidence": ["ftp://x"]},
            "evidence.0: 'ftp://x' is no address that begins with http",
        ),
        ({"change": "accept_claim", "claim_id": "c01", "colour": 1}, "colour: Extra inputs are not permitted"),
        ({"change": "together", "changes": []}, "changes: Tuple should have at least 1 item"),
    ],
)
def test_what_is_no_change_is_refused_with_the_field(value: Any, why: str) -> None:
    with pytest.raises(ChangeError, match=why):
        parse(value)
