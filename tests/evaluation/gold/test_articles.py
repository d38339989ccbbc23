"""Articles are put into folds by their identifiers alone."""

from collections import Counter

from annotator.evaluation.gold.articles import fold_of


def test_an_article_stays_in_its_fold() -> None:
    # A model that was trained without a fold is measured on that fold later, maybe elsewhere: sha256, not `hash`.
    assert [fold_of(f"article-{n}") for n in range(6)] == [0, 4, 2, 0, 4, 3]


def test_folds_are_of_about_equal_size() -> None:
    sizes = Counter(fold_of(f"article-{n}") for n in range(1000))
    assert sorted(sizes) == [0, 1, 2, 3, 4]
    assert all(150 < size < 250 for size in sizes.values())
    assert {fold_of(f"article-{n}", 2) for n in range(20)} == {0, 1}
