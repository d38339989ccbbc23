"""Folders of reviews: what a worklist exports, which is what `annotator review pull` leaves, and what it takes in."""

from collections.abc import Sequence
from pathlib import Path

from annotator.errors import ChangeError, WorklistError
from annotator.formats import FORMATS, jsonl
from annotator.records import AnnotatedArticle
from annotator.review import files
from annotator.review.files import MACHINE, MERGED, REVIEWS
from annotator.review.verdicts import by_article, reviewer_of
from annotator.storage import whole

ALWAYS = "csv"


def write(
    records: Sequence[AnnotatedArticle],
    machine: Sequence[AnnotatedArticle],
    folder: Path,
    formats: Sequence[str],
    *,
    excel: bool = False,
) -> list[Path]:
    """Write the articles as they stand, the reviewed ones among them, and the machine's records of these.

    All files appear together. Raises `OutputError` where one cannot be written.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        raise ChangeError(f"no format {', '.join(unknown)}. Formats are: {', '.join(FORMATS)}")
    wanted = {ALWAYS, *formats}
    with whole(folder) as new:
        made = [
            jsonl.write([record for record in records if record.review is not None], new / REVIEWS),
            jsonl.write(machine, new / MACHINE),
        ]
        for name, writer in FORMATS.items():
            if name in wanted:
                made += writer(records, new, excel)
    return [folder / path.relative_to(new) for path in made]


def holds_reviews(path: Path) -> bool:
    """Whether a path is a folder that `write` or `annotator review pull` has written."""
    return (path / REVIEWS).is_file() and (path / MACHINE).is_file()


def read(folder: Path) -> tuple[list[AnnotatedArticle], dict[str, AnnotatedArticle]]:
    """The reviewed records of a folder, the merged ones where there are any, and the machine's by article id.

    Raises `InputError` as `review.files.read` does, and `WorklistError` where an article has several reviews.
    """
    reviews, machine = files.read(folder)
    if (folder / MERGED).is_file():
        reviews = files.read_any(folder)
    for article_id, versions in by_article(reviews).items():
        if len(versions) > 1:
            names = " and ".join(map(reviewer_of, versions))
            raise WorklistError(
                f"{folder}: article {article_id!r} has reviews by {names}. Merge them into the same folder first: "
                f"annotator review merge {folder} -o {folder}"
            )
    return reviews, machine
