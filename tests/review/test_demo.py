"""What the demo shows when it is given nothing."""

from pathlib import Path

from annotator.cli.review import demo_articles
from annotator.formats.jsonl import load
from annotator.review import demo

EXPORTS = Path(__file__).parents[2] / "exports"


def test_without_records_it_reviews_the_articles_of_the_package() -> None:
    made = demo_articles()
    assert [r.article.article_id for r in made] == [r.article.article_id for r in load(EXPORTS / "records.jsonl")]
    assert all(record.claims for record in made)


def test_the_articles_of_the_package_are_those_of_the_exports() -> None:
    assert demo.ARTICLES.read_bytes() == (EXPORTS / "articles.jsonl").read_bytes()
