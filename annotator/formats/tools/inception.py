"""INCEpTION: each article as a UIMA CAS in JSON, and the layers to import into the project first."""

import io
from collections.abc import Sequence
from pathlib import Path

from annotator.formats.tools import cas
from annotator.formats.tools.marks import Graph, drawn, shown
from annotator.formats.tools.naming import named
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

FOLDER, LAYERS = "inception", "TypeSystem.xml"


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `inception/`: `TypeSystem.xml` and a JSON CAS an article.

    Raises `MissingExtraError` without dkpro-cassis, `OutputError` where a file cannot be written.
    """
    folder = folder / FOLDER
    made = [write_text(folder / LAYERS, [layers()])]
    for stem, record in named(records):
        made.append(write_text(folder / f"{stem}.json", [given(record), "\n"]))
    return made


def graph_of(record: AnnotatedArticle) -> Graph:
    """The marks that INCEpTION is given: a claim of several pieces is several that continue each other."""
    return drawn(shown(record))


def given(record: AnnotatedArticle) -> str:
    """What INCEpTION is given of a record."""
    return json_cas(graph_of(record))


def layers() -> str:
    """The type system as XML."""
    made: str = cas.type_system().to_xml() or ""
    return made


def json_cas(graph: Graph) -> str:
    """The graph as a JSON CAS, its types in it."""
    made: str = cas.cas_of(graph).to_json() or ""
    return made


def read(text: str, content: str) -> Graph:
    """What a JSON CAS says of the text that it was made from."""
    return cas.graph_of(cas.cassis().load_cas_from_json(io.StringIO(content)), text)
