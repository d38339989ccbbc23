"""The annotator can be given the spans of people."""

from pathlib import Path

from annotator.api import annotate
from annotator.evaluation import evaluate, oracle_of
from annotator.pipeline import default
from tests.evaluation.pier import nested_gold


def test_an_oracle_gets_the_golds_spans(tmp_path: Path) -> None:
    given = evaluate([nested_gold(tmp_path)], annotate, oracle=oracle_of(default())).sets[0].measures
    assert given["linked recall"].value == 1.0
