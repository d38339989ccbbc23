"""Each text is annotated once, and its record measured."""

from pathlib import Path

from annotator.evaluation import evaluate
from annotator.evaluation.reports.measures import Measure
from annotator.records import AnnotatedArticle
from tests.evaluation.harbour import annotate, polnear
from tests.factory import HARBOUR


def test_a_text_in_two_sets_is_annotated_once(claim_gold: Path, tmp_path: Path) -> None:
    seen = []

    def counting(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
        seen.append(text)
        return annotate(text, publisher=publisher)

    report = evaluate([claim_gold, polnear(tmp_path / "dev.jsonl")], counting)
    assert [part.form for part in report.sets] == ["claims", "attributions"]
    assert seen == [HARBOUR]
    assert report.tool["model"] == "test"


def test_several_articles_have_an_interval(tmp_path: Path) -> None:
    path = polnear(tmp_path / "dev.jsonl")
    row = path.read_text(encoding="utf-8")
    path.write_text(row + "\n" + row, encoding="utf-8")
    [part] = evaluate([path], annotate).sets
    # The articles are the same, so is every resample.
    assert part.measures["linked F1"] == Measure(2 / 7, low=2 / 7, high=2 / 7)
