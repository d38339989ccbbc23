"""A record is turned into what the measures read."""

import json

from annotator.evaluation.predictions import parts_of, predicted_sources, prediction_of
from annotator.labels import QuoteType
from tests.evaluation.harbour import FERRIES, at
from tests.factory import HARBOUR, harbour_record


def test_a_prediction_has_the_fields_that_the_scorer_reads() -> None:
    claims = {claim["start"]: claim for claim in prediction_of(harbour_record())["claims"]}
    claim = claims[at("The harbour of")["start"]]
    assert claim["source"] == "Harbour official (anonymous)"
    assert claim["anonymous"] is True
    assert claim["chain"] == ["Harbour official (anonymous)", "Coastal Wire", "Daily Example"]
    assert claim["cue"] == {"start": at("told")["start"], "end": at("told")["end"]}
    own = claims[at(FERRIES)["start"]]
    assert (own["cue"], own["source_mention"], own["quote_type"]) == (None, None, "none")
    assert json.loads(json.dumps(claims[at(FERRIES)["start"]])) == own


def test_a_prediction_keeps_the_pieces_of_a_claim() -> None:
    claim = prediction_of(harbour_record())["claims"][2]
    pieces = [HARBOUR[piece["start"] : piece["end"]] for piece in claim["content_spans"]]
    assert pieces == ["“The crane fell at midnight,”", "“and nobody was hurt.”"]
    assert (claim["start"], claim["end"]) == (claim["content_spans"][0]["start"], claim["content_spans"][1]["end"])


def test_parts_of_an_attribution_are_its_spans() -> None:
    found = parts_of(harbour_record().attributions[0])
    assert [HARBOUR[a:b] for a, b in (*found.source, *found.cue)] == ["a harbour official", "told"]


def test_predicted_sources_are_the_attributions_and_then_the_other_claims() -> None:
    found = predicted_sources(harbour_record())
    assert [(item.source_name, item.own_voice) for item in found] == [
        ("Harbour official (anonymous)", False),
        ("Ana Ruiz", False),
        ("Ana Ruiz", False),
        ("Tom Lee", False),
        ("unresolved: He", False),
        ("Daily Example", True),
        ("Daily Example", True),
    ]
    # The chain ends before the publisher.
    assert found[0].chain == ("Harbour official (anonymous)", "Coastal Wire")
    assert found[5].chain == ()


def test_an_attribution_of_several_claims_is_mixed_where_their_quote_types_differ() -> None:
    record = harbour_record()
    said = record.claims[2]
    first, second = said.spans
    quoted = said.model_copy(update={"spans": (first,), "text": first.text})
    plain = said.model_copy(update={"spans": (second,), "text": second.text, "quote_type": QuoteType.INDIRECT})
    both = record.model_copy(update={"claims": (quoted, plain)})
    assert predicted_sources(both)[1].quote_type == "mixed"
    # Without a row of its own an attribution is read off its own words.
    none = record.model_copy(update={"claims": ()})
    assert (predicted_sources(none)[1].quote_type, predicted_sources(none)[1].chain) == ("direct", ("Ana Ruiz",))
