"""What is made of records: a dictionary from the name of a format to the function that writes its files."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from annotator.errors import OutputError
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

Writer = Callable[[Sequence[AnnotatedArticle], Path, bool], list[Path]]


def _write_jsonl(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import jsonl

    return [jsonl.write(records, folder / "records.jsonl")]


def _write_csv(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import tables

    return tables.write(records, folder, excel=excel)


def _write_label_studio(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import label_studio

    return label_studio.write(records, folder / "label_studio")


def _write_html(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
    from annotator.formats import html

    return [write_text(folder / "report.html", [html.render(records)])]


# The modules are imported when a format is asked for: pandas and jinja2 cost more than all the rest.
FORMATS: dict[str, Writer] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "label-studio": _write_label_studio,
    "html": _write_html,
}


def write(
    records: Sequence[AnnotatedArticle], folder: Path, formats: Collection[str], *, excel: bool = False
) -> list[Path]:
    """Write the files of the named formats into `folder`, which is made if need be, and return their paths.

    Raises `OutputError` where a format is unknown, before anything is written, or a file cannot be written.
    """
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise OutputError(f"no format {', '.join(map(repr, unknown))}. Formats are: {', '.join(FORMATS)}")
    return [path for name, writer in FORMATS.items() if name in formats for path in writer(records, folder, excel)]
