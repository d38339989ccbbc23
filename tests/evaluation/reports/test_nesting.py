"""An attribution inside another one is told, or not."""

from pathlib import Path

from annotator.api import annotate as read
from annotator.evaluation import evaluate
from annotator.evaluation.reports.measures import Measure
from annotator.records import AnnotatedArticle
from tests.evaluation.pier import nested_gold


def test_a_chain_of_two_is_found_where_the_record_nests_the_inner_step(tmp_path: Path) -> None:
    def without_nested(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
        record = read(text, publisher=publisher)
        bare = tuple(claim.model_copy(update={"nested": ()}) for claim in record.claims)
        return record.model_copy(update={"claims": bare})

    path = nested_gold(tmp_path)
    assert evaluate([path], read).sets[0].measures["chains of two found"] == Measure(1.0, 1, 1)
    assert evaluate([path], without_nested).sets[0].measures["chains of two found"].value == 0
