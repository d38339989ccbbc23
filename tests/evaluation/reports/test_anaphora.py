"""A wrong antecedent is told from one that is left open."""

import json
from pathlib import Path

from annotator.evaluation import evaluate
from annotator.evaluation.reports.measures import Measure
from tests.evaluation.harbour import (
    annotate,
    at,
    resolved,
)


def test_a_wrong_anaphoric_source_is_told_from_one_that_is_left_open(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    [part] = evaluate([path], annotate, texts=texts).sets
    # Of Ruiz, "unresolved: He" and the article's own voice, only Ruiz is a source that the record stands by.
    assert part.measures["anaphoric sources resolved, of found"] == Measure(1 / 3, 1, 3)
    assert part.measures["anaphoric sources right, of resolved"] == Measure(1.0, 1, 1)
    assert part.measures["wrong source by mention: none: left open"] == Measure(1.0, 1, 1)
    gold = json.loads(path.read_text(encoding="utf-8"))
    gold["attributions"][0]["resolved"].update(source_id="lee", source_name="Tom Lee", chain=["lee", "publisher"])
    gold["attributions"][0]["source"] = [at("She")]
    path.write_text(json.dumps(gold), encoding="utf-8")
    [part] = evaluate([path], annotate, texts=texts).sets
    assert part.measures["anaphoric sources right, of resolved"] == Measure(0.0, 0, 1)
    assert part.measures["wrong source by mention: pronoun, last mention near: another of its type"] == Measure(
        1 / 2, 1, 2
    )


def test_what_may_be_explicit_and_is_taken_for_that_resolves_nothing(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    gold = json.loads(path.read_text(encoding="utf-8"))
    quoted = gold["attributions"][0]
    quoted["content"] = [at("“The crane fell at midnight,”"), at("“and nobody was hurt.”")]
    quoted["resolved"].update(source_id="lee", source_name="Tom Lee", chain=["lee", "publisher"])
    quoted["resolved"]["alternatives"] = {"attribution": ["explicit"]}
    path.write_text(json.dumps(gold), encoding="utf-8")
    [part] = evaluate([path], annotate, texts=texts).sets
    assert part.measures["anaphoric sources right, of resolved"] == Measure(0.0, 0, 1)
    assert part.measures["anaphoric sources right, of resolved as such"] == Measure(0.0, 0, 0)


def test_an_unresolved_claim_of_the_claim_gold_is_not_judged(claim_gold: Path) -> None:
    # Of the two anaphoric claims one is missed, and the source of the other is unresolved.
    [part] = evaluate([claim_gold], annotate).sets
    assert part.measures["anaphoric sources resolved, of found"] == Measure(0.0, 0, 1)
    assert part.measures["anaphoric sources right, of resolved"] == Measure(0.0, 0, 0)
