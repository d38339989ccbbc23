"""Resolved sources are judged field by field."""

from typing import Any

import pytest

from annotator.evaluation.gold.articles import ResolvedAttribution
from annotator.evaluation.scores.counts import Tally, tallies
from annotator.evaluation.scores.sources import PredictedSource, source_outcomes
from tests.evaluation.scores.said import SAID, parts, place


def resolved(content: str, **changes: Any) -> ResolvedAttribution:
    values: dict[str, Any] = {
        "attribution_id": "0",
        "parts": parts("Ana Ruiz", "said", content),
        "source_id": "ruiz",
        "source_names": ("Ana Ruiz",),
        "source_types": ("person",),
        "anonymous": (False,),
        "modes": ("explicit",),
        "quote_types": ("indirect",),
        "chains": ((frozenset({"Ana Ruiz"}), frozenset({"publisher"})),),
        "own_voice": False,
    }
    return ResolvedAttribution(**{**values, **changes})


def predicted_source(content: str, **changes: Any) -> PredictedSource:
    start, end = place(content, SAID)
    good = PredictedSource(((start, end),), "s1", "Ana Ruiz", "person", False, "explicit", "indirect", ("Ana Ruiz",))
    return good._replace(**changes)


def test_a_resolved_source_is_judged_field_by_field() -> None:
    gold = [resolved("the dam holds"), resolved("nobody was hurt")]
    wrong = predicted_source("the dam holds", source_type="group", attribution="anaphoric", chain=("Ana Ruiz", "NBC"))
    outcomes = source_outcomes(SAID, gold, [wrong])
    assert [outcome.found for outcome in outcomes] == [True, False]
    assert outcomes[0].fields == {
        "source_name": True,
        "source_type": False,
        "anonymous": True,
        "attribution": False,
        "quote_type": True,
        "chain": False,
    }
    assert tallies(outcomes)["source_name"] == Tally(1, 1, 2)


RELAYED_BY_NBC = (frozenset({"Ruiz", "the mayor"}), frozenset({"NBC"}), frozenset({"publisher"}))


@pytest.mark.parametrize(
    ("gold", "predicted", "field"),
    [
        ({"source_names": ("Ruiz", "Ana Ruiz")}, {}, "source_name"),
        ({"source_types": ("group", "person")}, {}, "source_type"),
        ({"anonymous": (False, True)}, {"anonymous": True}, "anonymous"),
        ({"modes": ("explicit", "implied")}, {"attribution": "implied"}, "attribution"),
        ({"quote_types": ("direct", "mixed")}, {"quote_type": "mixed"}, "quote_type"),
        ({"chains": ((frozenset({"x"}),), RELAYED_BY_NBC)}, {"chain": ("mayor", "NBC")}, "chain"),
    ],
)  # fmt: skip
def test_alternatives_of_a_resolved_source_are_right(
    gold: dict[str, Any], predicted: dict[str, Any], field: str
) -> None:
    [outcome] = source_outcomes(
        SAID, [resolved("the dam holds", **gold)], [predicted_source("the dam holds", **predicted)]
    )
    assert outcome.fields[field] is True


def test_the_own_voice_is_a_partner_only_where_the_gold_accepts_it() -> None:
    own = predicted_source("the dam holds", own_voice=True, source_name="Daily Example", chain=())
    [refused] = source_outcomes(SAID, [resolved("the dam holds")], [own])
    [accepted] = source_outcomes(SAID, [resolved("the dam holds", own_voice=True)], [own])
    assert not refused.found
    assert set(accepted.fields.values()) == {True}
