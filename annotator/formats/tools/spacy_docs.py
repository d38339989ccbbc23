"""spaCy: all articles as one `DocBin`, claims, sources and cues as groups of spans, the record as `doc._.attribution`.

It is what the component `attribution_annotator` leaves in a Doc, without running it; spans are exact, for tokens end
where they do.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.label_studio import CLAIM, CUE, SOURCE
from annotator.formats.tools.about import meta
from annotator.formats.tools.marks import Mark, drawn, inked, shown
from annotator.formats.tools.tokens import edges, english, spaced, tokens
from annotator.records import AnnotatedArticle
from annotator.storage import atomic

if TYPE_CHECKING:
    from spacy.tokens import Doc

FOLDER, DOCS = "spacy", "articles.spacy"
GROUPS = {CLAIM: "claims", SOURCE: "sources", CUE: "cues"}


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `spacy/articles.spacy`.

    Raises `OutputError` where it cannot be written.
    """
    from spacy.tokens import DocBin

    docs = DocBin(docs=[doc_of(record) for record in records], store_user_data=True)
    path = folder / FOLDER / DOCS
    with atomic(path) as file:
        file.write(docs.to_bytes())
    return [path]


def doc_of(record: AnnotatedArticle) -> "Doc":
    """The record as a Doc: an id a span, relations in `doc.user_data["relations"]` as [from, name, to] of these ids."""
    from spacy.tokens import Doc

    record = shown(record)
    graph = drawn(record)
    words = list(spaced(graph.text, tokens(graph.text, edges(graph))))
    vocab = english().vocab
    doc = Doc(vocab, words=[word for word, _, _ in words], spaces=[blank for _, _, blank in words])
    if not Doc.has_extension("attribution"):
        Doc.set_extension("attribution", default=None)
    doc._.attribution = record.model_dump(mode="json")
    doc.user_data |= {**meta(record.article), "relations": [list(arrow) for arrow in graph.arrows]}
    for label, group in GROUPS.items():
        placed = ((mark, inked(graph.text, *mark.pieces[0])) for mark in graph.marks if mark.label == label)
        found = [
            doc.char_span(*place, label=_label(record, mark), span_id=mark.mark_id, kb_id=mark.record_id)
            for mark, place in placed
            if place
        ]
        doc.spans[group] = [span for span in found if span is not None]  # none is: tokens end where marks do
    return doc


def _label(record: AnnotatedArticle, mark: Mark) -> str:
    """The quotation type of a claim, as the component has it, and the type of a source."""
    if mark.label == CLAIM:
        return next(claim.quote_type for claim in record.claims if claim.claim_id == mark.record_id)
    return record.source_by_id[mark.record_id].type if mark.label == SOURCE else mark.label
