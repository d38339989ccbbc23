"""The report as a whole: what its template is told of all records."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.html.graph import NODE_WIDTH, Graph
from annotator.formats.html.marks import blocks, context
from annotator.formats.html.view import ArticleView, Totals
from annotator.formats.pages import environment, policy_of, resource
from annotator.labels import VOCABULARIES
from annotator.records import AnnotatedArticle, without_rejected
from annotator.storage import write_text

if TYPE_CHECKING:
    from jinja2 import Template

GLOSSARY = ("quote_type", "kind", "attribution", "stance", "on_record", "flag", "link_role", "link_basis")


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `report.html` into `folder`."""
    return [write_text(folder / "report.html", [render(records)])]


def render(records: Sequence[AnnotatedArticle]) -> str:
    """The report on all records as one self-contained HTML document that can always be encoded as UTF-8."""
    css, script = resource("report.css"), resource("report.js")
    views = [ArticleView(number, without_rejected(record)) for number, record in enumerate(records, 1)]
    return _template().render(
        css=css,
        script=script,
        policy=policy_of(css, script),
        articles=views,
        blocks_of=blocks,
        context_of=context,
        graph_of=Graph,
        totals=Totals(claim for view in views for claim in view.claims),
        sources=sum(view.source_count for view in views),
        tools=sorted({(t.name, t.version, t.model, t.lexicon) for t in (record.tool for record in records)}),
        node_width=NODE_WIDTH,
        glossary=[(name.replace("_", " "), VOCABULARIES[name]) for name in GLOSSARY],
    )


@cache
def _template() -> "Template":
    return environment().from_string(resource("report.html.jinja"))
