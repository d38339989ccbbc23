"""Reviews turned into gold."""

from pathlib import Path

import pytest

from annotator.errors import InputError, OutputError
from annotator.evaluation.gold import read_gold
from annotator.records import AnnotatedArticle, without_rejected
from annotator.review import gold
from annotator.training.corpus import read_polnear
from tests.factory import HARBOUR
from tests.review.pages import drawn
from tests.review.reviews import of_ana, of_ben, review


def test_reviews_become_gold_that_is_read_and_trained_on(tmp_path: Path) -> None:
    record = without_rejected(of_ana())
    gold.write(gold.complete([of_ana()]), tmp_path)
    (claims,) = read_gold([p for p in tmp_path.iterdir() if p.suffix == ".json"])
    (article,) = claims.articles
    assert article.text == HARBOUR
    assert [c.text for c in article.claims] == [c.text for c in record.claims]  # type: ignore[union-attr]
    assert [c.chain for c in article.claims] == [record.chain_of(c) for c in record.claims]  # type: ignore[union-attr]
    (example,) = read_polnear(tmp_path / "attributions.jsonl")
    found = [[HARBOUR[slice(*span)] for part in item for span in part] for item in example.attributions]
    assert ["Mayor Ana Ruiz", "said", "“The crane fell at midnight,”", "“and nobody was hurt.”"] in found


def test_only_complete_articles_of_one_reviewer_are_gold() -> None:
    results = drawn()
    results.append(
        {"id": "s", "from_name": "article_status", "type": "choices", "value": {"choices": ["needs_second_look"]}}
    )
    assert gold.complete([review(results, "ana@example.com")]) == []
    with pytest.raises(InputError, match="Merge them first"):
        gold.complete([of_ana(), of_ben()])


def test_gold_that_cannot_be_written_to_its_end_leaves_the_old_gold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold.write(gold.complete([of_ana()]), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    def full(record: AnnotatedArticle) -> None:
        raise OutputError("disk full")

    monkeypatch.setattr(gold, "attributions", full)
    with pytest.raises(OutputError, match="disk full"):
        gold.write(gold.complete([of_ben()]), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
