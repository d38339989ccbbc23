"""The folder of a pull: what reviewers left, what the machine had said, and both as tables."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InputError
from annotator.formats import jsonl, tables
from annotator.records import AnnotatedArticle
from annotator.storage import settle, whole

if TYPE_CHECKING:
    from annotator.review.elsewhere import Collected
    from annotator.review.merge import Merged
    from annotator.review.pull import Pulled

REVIEWS, MACHINE, MERGED = "reviews.jsonl", "machine.jsonl", "merged.jsonl"


def write(pulled: "Pulled | Collected", folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `reviews.jsonl`, `machine.jsonl` and the tables of the reviews; raises `OutputError` where that fails."""
    with whole(folder) as new:
        made = [
            jsonl.write(pulled.reviews, new / REVIEWS),
            jsonl.write(pulled.machine, new / MACHINE),
            *tables.write_into(pulled.reviews, new, excel=excel),
        ]
    return [folder / path.relative_to(new) for path in made]


def read(folder: Path) -> tuple[list[AnnotatedArticle], dict[str, AnnotatedArticle]]:
    """The reviews of a folder, and the machine's records by article id.

    Raises InputError where the folder is none that `annotator review pull` has written, and where it holds no reviews.
    """
    settle(folder)
    for name in (REVIEWS, MACHINE):
        if not (folder / name).is_file():
            raise InputError(f"{folder}: has no {name}. Fetch the reviews first: annotator review pull -o {folder}")
    reviews = list(jsonl.load(folder / REVIEWS))
    if unreviewed := [record.article.article_id for record in reviews if record.review is None]:
        raise InputError(f"{folder / REVIEWS}: article {unreviewed[0]!r} was not reviewed by anybody")
    if not reviews:
        raise InputError(f"{folder}: nobody has submitted a review yet")
    return reviews, {record.article.article_id: record for record in jsonl.load(folder / MACHINE)}


def read_any(folder: Path) -> list[AnnotatedArticle]:
    """The merged records of a folder, or else the reviews in it. Raises InputError as `read` does."""
    settle(folder)
    if (folder / MERGED).is_file():
        return list(jsonl.load(folder / MERGED))
    return read(folder)[0]


def write_merged(merged: "Merged", folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `merged.jsonl`, its tables, and `undecided.csv`; raises `OutputError` where that fails."""
    import pandas as pd

    rows = [
        {
            "article_id": one.article_id,
            "claim": one.claim,
            "field": one.field,
            "values": tables.LIST_SIGN.join(f"{name}: {value}" for name, value in one.values),
            "taken": one.taken,
        }
        for one in merged.undecided
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "claim", "field", "values", "taken"])
    with whole(folder) as new:
        made = [
            jsonl.write(merged.records, new / MERGED),
            *tables.write_into(merged.records, new, excel=excel),
            tables.write_csv(frame, new / "undecided.csv", excel=excel),
        ]
    return [folder / path.relative_to(new) for path in made]
