"""Reports of reports: "NBC, citing a Russian source, reported that ..."."""

import re

from spacy.tokens import Span, Token

from annotator.conventions import content_span
from annotator.draft import (
    FRAME_CONFIDENCE,
    Draft,
    DraftAttribution,
    DraftLink,
    Offsets,
    inside,
    offsets_of,
    overlaps,
)
from annotator.labels import LinkRole
from annotator.language import cues, lexicon
from annotator.language.outlets import outlet_in
from annotator.language.syntax import noun_phrase, object_of, prose_tokens_of, sentence_of, subject_of

_CITING = frozenset({"citing", "quoting"})


def citing_cue(token: Token) -> Offsets | None:
    """ "citing", or "with reference to" by its noun."""
    word = token.lower_
    if word != "reference" and word not in _CITING:
        return None
    if token.i and token.nbor(-1).lower_ in {"without", "not", "n't", "n’t", "never"}:
        return None  # "Channel 9 reported, without citing a source"
    if word in _CITING:
        return offsets_of(token)
    doc = token.doc
    if 0 < token.i < len(doc) - 1 and doc[token.i + 1].lower_ == "to":
        return (doc[token.i - 1].idx, doc[token.i + 1].idx + 2) if doc[token.i - 1].lower_ in {"with", "in"} else None
    return None


def cited_origin(draft: Draft, token: Token) -> Offsets | None:
    """Who is cited: the object of "citing", as a noun phrase."""
    if token.pos_ == "NOUN":  # "with reference to three officials"
        token = next((child for child in token.children if child.lower_ == "to"), token)
    named = object_of(token) or next((t for t in token.rights if t.pos_ in {"NOUN", "PROPN"}), None)
    if named is None or (named.pos_ == "NOUN" and named.lemma_.lower() in lexicon.words("reasons")):
        return None  # "citing the elephant's size, officials estimated": a reason, not a source
    return noun_phrase(draft, named)


def attributions_in(draft: Draft, sentence: Span) -> list[DraftAttribution]:
    bounds = (sentence.start_char, sentence.end_char)
    return [item for item in draft.attributions if item.cue and inside(item.cue, bounds)]


def citing(draft: Draft) -> None:
    """ "NBC, citing a Russian source, reported that ...": the source is the origin, NBC the reporter."""
    for sentence, token in prose_tokens_of(draft, _CITING | {"reference"}):
        if (cue := citing_cue(token)) is None or (origin := cited_origin(draft, token)) is None:
            continue
        siblings = attributions_in(draft, sentence)
        told = [
            item
            for item in siblings
            if item.cue and not overlaps(item.cue, cue) and item.mention and cues.lemma(draft, item.cue) != "cite"
        ]
        for item in siblings:
            if item.cue and overlaps(item.cue, cue):
                draft.attributions.remove(item)
        nearest = min(told, key=lambda item: abs(item.start - cue[0]), default=None) or _told_by_outlet(
            draft, sentence, [item for item in siblings if item not in draft.attributions], cue, origin
        )
        if nearest is None:
            continue
        nearest.reporters.append(DraftLink(LinkRole.REPORTER, nearest.mention, nearest.cue))
        nearest.mention, nearest.cue = origin, cue
        nearest.contents = [span for span in nearest.contents if not overlaps(span, origin)] or [
            _behind(draft, span, origin) for span in nearest.contents
        ]
        nearest.opens_scope = True


_THAT = re.compile(r"\s*,?\s*(?:that\s+)?")


def _behind(draft: Draft, content: Offsets, origin: Offsets) -> Offsets:
    """A content without who is cited in front of it: "reported, citing the governor, that drones fell"."""
    gap = _THAT.match(draft.text, origin[1])
    begin = gap.end() if gap is not None else origin[1]
    return (begin, content[1]) if content[0] <= origin[0] and begin < content[1] else content


def _told_by_outlet(
    draft: Draft, sentence: Span, cut: list[DraftAttribution], cue: Offsets, origin: Offsets
) -> DraftAttribution | None:
    """What an outlet reports with "citing" before it, where the model took that for the cue or found none.

    "The Courier reported late on Monday, citing an official, that ...": the verb of the sentence is the cue again.
    """
    verb, subject = sentence.root, subject_of(sentence.root)
    if subject is None or verb.lemma_.lower() not in lexicon.table("cues") or not verb.idx < cue[0]:
        return None
    teller = noun_phrase(draft, subject)
    end = sentence_of(draft, origin[1] - 1)[1]
    follows = draft.text[origin[1] : end].lstrip().startswith(",")
    content = content_span(draft.text, origin[1], end) if follows else (end, end)
    found = next((item for item in cut if any(overlaps(span, content) for span in item.contents)), None)
    if content[1] <= content[0] or not (found or outlet_in(draft.words(teller))):
        return None
    if any(overlaps(content, span) for item in draft.attributions for span in item.contents):
        return None
    confidence = found.confidence if found else FRAME_CONFIDENCE
    made = DraftAttribution(offsets_of(verb), teller, [content], confidence)
    draft.attributions.append(made)
    return made
