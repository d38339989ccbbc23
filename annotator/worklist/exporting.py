"""A worklist as files: the folder that `annotator review pull` writes, with all articles in its tables."""

from collections.abc import Sequence
from pathlib import Path

from annotator.errors import ChangeError
from annotator.formats import FORMATS, jsonl
from annotator.records import AnnotatedArticle
from annotator.review.files import MACHINE, REVIEWS
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
