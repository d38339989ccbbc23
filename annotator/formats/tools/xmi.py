"""UIMA: each article as a CAS in XMI, the older form that INCEpTION, DKPro and uimaFIT read, with its type system."""

from collections.abc import Sequence
from pathlib import Path

from annotator.formats.tools import cas
from annotator.formats.tools.inception import LAYERS, graph_of, layers
from annotator.formats.tools.marks import Graph
from annotator.formats.tools.naming import named
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

FOLDER = "xmi"


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `xmi/`: `TypeSystem.xml` and an XMI file an article. Control characters become their visible signs.

    Raises `MissingExtraError` without dkpro-cassis, `OutputError` where a file cannot be written.
    """
    folder = folder / FOLDER
    made = [write_text(folder / LAYERS, [layers()])]
    for stem, record in named(records):
        made.append(write_text(folder / f"{stem}.xmi", [given(record)]))
    return made


def given(record: AnnotatedArticle) -> str:
    """What is written of a record."""
    return xmi(graph_of(record))


def xmi(graph: Graph) -> str:
    """The graph as XMI."""
    made: str = cas.cas_of(graph, xml=True).to_xmi() or ""
    return made


def read(text: str, content: str) -> Graph:
    """What an XMI file says of the text that it was made from."""
    library = cas.cassis()
    return cas.graph_of(library.load_cas_from_xmi(content, typesystem=cas.type_system(), lenient=True), text)
