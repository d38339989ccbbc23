"""The folder of a pull: what reviewers left, what the machine had said, and both as tables."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InputError
from annotator.formats import jsonl, tables
from annotator.records import AnnotatedArticle

if TYPE_CHECKING:
    from annotator.review.pull import Pulled

REVIEWS, MACHINE = "reviews.jsonl", "machine.jsonl"


def write(pulled: "Pulled", folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `reviews.jsonl`, `machine.jsonl` and the tables of the reviews; raises `OutputError` where that fails."""
    return [
        jsonl.write(pulled.reviews, folder / REVIEWS),
        jsonl.write(pulled.machine, folder / MACHINE),
        *tables.write(pulled.reviews, folder, excel=excel),
    ]


def read(folder: Path) -> tuple[list[AnnotatedArticle], dict[str, AnnotatedArticle]]:
    """The reviews of a folder, and the machine's records by article id.

    Raises InputError where the folder is none that `annotator review pull` has written, and where it holds no reviews.
    """
    for name in (REVIEWS, MACHINE):
        if not (folder / name).is_file():
            raise InputError(f"{folder}: has no {name}. Fetch the reviews first: annotator review pull -o {folder}")
    reviews = list(jsonl.load(folder / REVIEWS))
    if unreviewed := [record.article.article_id for record in reviews if record.review is None]:
        raise InputError(f"{folder / REVIEWS}: article {unreviewed[0]!r} was not reviewed by anybody")
    if not reviews:
        raise InputError(f"{folder}: nobody has submitted a review yet")
    return reviews, {record.article.article_id: record for record in jsonl.load(folder / MACHINE)}


def by_article(reviews: Iterable[AnnotatedArticle]) -> dict[str, list[AnnotatedArticle]]:
    """The reviews of each article, in the order of their reviewers."""
    grouped: dict[str, list[AnnotatedArticle]] = {}
    for record in reviews:
        grouped.setdefault(record.article.article_id, []).append(record)
    return {name: sorted(group, key=reviewer_of) for name, group in grouped.items()}


def reviewer_of(record: AnnotatedArticle) -> str:
    """Who reviewed the record."""
    return record.review.reviewer if record.review else ""
