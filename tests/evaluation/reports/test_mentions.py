"""Sources are told apart by the kind of their mention, and by how far back they stood last."""

import json
from pathlib import Path

import pytest

from annotator.evaluation import evaluate
from annotator.evaluation.reports.measures import Measure
from annotator.evaluation.reports.mentions import mention_kind
from tests.evaluation.harbour import annotate, at, resolved


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("He", "pronoun"),
        ("which", "pronoun"),
        ("the F.B.I.", "acronym"),
        ("Mr. Lee", "surname"),
        ("Engineer Tom Lee", "name"),
        ("the port engineer", "description"),
        ("an engineer", "description"),
        ("", "none"),
    ],
)
def test_the_kind_of_a_mention_is_read_off_its_words(words: str, kind: str) -> None:
    assert mention_kind(words, "Tom Lee") == kind


def test_a_pronoun_is_near_or_far_from_where_its_source_stood_last(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    gold = json.loads(path.read_text(encoding="utf-8"))
    overloaded, repairs, *_ = gold["attributions"]
    overloaded["source"], repairs["source"] = [at("She")], [at("He added")]
    for item in (overloaded, repairs):
        item["resolved"].update(source_id="ruiz", source_name="Ana Ruiz", chain=["ruiz", "publisher"])
    gold["attributions"] = [overloaded, repairs]
    path.write_text(json.dumps(gold), encoding="utf-8")
    measures = evaluate([path], annotate, texts=texts).sets[0].measures
    # "She" has no mention before it; "He added" is no pronoun by itself, but a description.
    assert measures["source_name by mention: pronoun"] == Measure(1.0, 1, 1)
    assert measures["source_name by mention: description, last mention near"] == Measure(0.0, 0, 1)
    assert not any("pronoun, last mention" in name for name in measures)
