"""Figures that somebody gives: "Police put the crowd at 40,000", "one official placed the cost at £61m"."""

import re

from spacy.tokens import Token

from annotator.conventions import content_span
from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, offsets_of, overlaps
from annotator.language.syntax import noun_phrase, prose_tokens_of, subject_of

_CLAUSES = frozenset({"advcl", "conj", "cc", "punct", "parataxis", "ccomp"})


def estimates(draft: Draft) -> None:
    """Attribute figures that are put at something to who puts them there, where nothing else is attributed yet."""
    for _, verb in prose_tokens_of(draft, ("put", "puts", "placed", "places")):
        cue, subject = offsets_of(verb), subject_of(verb)
        if subject is None or subject.i > verb.i or not _has_figure(verb):
            continue
        first = verb.nbor(1)
        last = max(child.right_edge.i for child in verb.children if child.i > verb.i and child.dep_ not in _CLAUSES)
        content = content_span(draft.text, first.idx, verb.doc[last].idx + len(verb.doc[last]))
        known = [part for item in draft.attributions for part in (*item.contents, item.cue) if part is not None]
        if not any(overlaps(part, (cue[0], content[1])) for part in known):
            draft.attributions.append(
                DraftAttribution(cue, noun_phrase(draft, subject), [content], FRAME_CONFIDENCE, framed=True)
            )


def _has_figure(verb: Token) -> bool:
    """Whether something is put "at" a number: "put the toll at 40", not "put the boy at ease"."""
    put = [child for child in verb.children if child.dep_ in {"dobj", "nsubj"} and child.i > verb.i]
    ats = (t for t in verb.subtree if t.lower_ == "at" and t.i > verb.i and (t.head == verb or t.head in put))
    return bool(put) and any(re.search(r"\d", t.doc[t.i : t.right_edge.i + 1].text) for t in ats)
