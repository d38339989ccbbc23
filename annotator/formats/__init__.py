"""What is made of records: a dictionary from the name of a format to the function that writes its files."""

from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from annotator.errors import OutputError
from annotator.records import AnnotatedArticle
from annotator.storage import whole, write_text

Writer = Callable[[Sequence[AnnotatedArticle], Path, bool], list[Path]]


def _by(module: str) -> Writer:
    """The module's `write_into`, imported when it is called: pandas and jinja2 cost more than all the rest."""

    def write_into(records: Sequence[AnnotatedArticle], folder: Path, excel: bool) -> list[Path]:
        written: list[Path] = import_module(f"{__name__}.{module}").write_into(records, folder, excel=excel)
        return written

    return write_into


# A format is a module here with a `write_into`, and a line.
FORMATS: dict[str, Writer] = {
    "jsonl": _by("jsonl"),
    "csv": _by("tables"),
    "label-studio": _by("label_studio"),
    "html": _by("html"),
    "xlsx": _by("spreadsheet"),  # behind the report, into which it links
    # of other annotation tools
    "brat": _by("tools.brat"),
    "inception": _by("tools.inception"),
    "xmi": _by("tools.xmi"),
    "webanno-tsv": _by("tools.webanno_tsv"),
    "prodigy": _by("tools.prodigy"),
    "doccano": _by("tools.doccano"),
    "argilla": _by("tools.argilla"),
    "spacy": _by("tools.spacy_docs"),
    "conll": _by("tools.conll"),
    # of the web of data and of libraries
    "web-annotation": _by("standards.web_annotation"),
    "schema-org": _by("standards.schema_org"),
    "tei": _by("standards.tei"),
    "prov": _by("standards.prov"),
    "citron": _by("standards.citron"),
}


def write(
    records: Sequence[AnnotatedArticle],
    folder: Path,
    formats: Collection[str],
    *,
    excel: bool = False,
    beside: Mapping[str, str | None] | None = None,
) -> list[Path]:
    """Write the files of the named formats into `folder`, which is made if need be, and return their paths.

    They appear together, as one set. `beside` has other files that belong to it, name and text; those whose text is
    None are removed with the set before.

    Raises `OutputError` where a format is unknown, before anything is written, or a file cannot be written; what was
    in the folder is then there as it was.
    """
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise OutputError(f"no format {', '.join(map(repr, unknown))}. Formats are: {', '.join(FORMATS)}")
    others = beside or {}
    with whole(folder, without=[name for name, text in others.items() if text is None]) as new:
        made = [path for name, writer in FORMATS.items() if name in formats for path in writer(records, new, excel)]
        made += [write_text(new / name, [text]) for name, text in others.items() if text is not None]
    return [folder / path.relative_to(new) for path in made]
