"""Reports of reports: "The BBC cited him as saying ...", "he was quoted by Xinhua as saying ..."."""

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from annotator.attributions.citing import attributions_in
from annotator.attributions.contents import edged
from annotator.conventions import content_span
from annotator.draft import (
    FRAME_CONFIDENCE,
    Draft,
    DraftAttribution,
    DraftLink,
    Offsets,
    offsets_of,
    overlaps,
)
from annotator.labels import LinkRole
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase, object_of, prose_tokens_of, sentence_of, subject_of


@dataclass(frozen=True)
class _Cited:
    """The words of one such sentence: its verb, "saying", who is cited and who cites."""

    verb: Token
    saying: Token
    origin: Token
    reporter: Token | None


def cited_as(draft: Draft) -> None:
    """ "The BBC also cited Budi Gunawan as saying ...": Gunawan is the origin, the BBC the reporter."""
    for sentence, token in prose_tokens_of(draft, ("cite", "quote"), "LEMMA"):
        if (cited := _cited(token)) is not None:
            _attribute(draft, sentence, cited)


def _cited(token: Token) -> _Cited | None:
    if token.tag_ in {"VBG", "NN", "NNS"}:
        return None
    saying = next((t for t in token.subtree if t.tag_ == "VBG" and t.i > token.i and t.nbor(-1).lower_ == "as"), None)
    origin, reporter = object_of(token), subject_of(token)
    if token.tag_ == "VBN" and reporter is not None and reporter.dep_ == "nsubjpass":
        saying = saying or _quoted_as(token)
        origin, reporter = reporter, _agent(token, saying)  # "An official was quoted by Xinhua as saying"
    if saying is None or origin is None or origin.i > saying.i:
        return None
    return _Cited(token, saying, origin, reporter)


def _attribute(draft: Draft, sentence: Span, cited: _Cited) -> None:
    """Put one attribution, with who cites as its reporter, in the place of what the extractor found in those words."""
    siblings = [
        item
        for item in attributions_in(draft, sentence)
        if item.cue and any(overlaps(item.cue, offsets_of(word)) for word in (cited.saying, cited.verb))
    ]
    end = _end_of_said(cited, siblings)
    further = _further_cue(draft, cited.saying, end)
    content = _said(draft, cited, further.idx if further is not None else end)
    if content is None:
        further, content = None, _before_cited(draft, cited.verb, subject_of(cited.verb))
    if content is None:
        return
    draft.attributions = [item for item in draft.attributions if item not in siblings]
    origin = noun_phrase(draft, cited.origin)
    made = DraftAttribution(offsets_of(cited.saying), origin, [content], FRAME_CONFIDENCE)
    draft.attributions.append(made)
    if cited.reporter is None:
        return
    reporter = noun_phrase(draft, cited.reporter)
    made.reporters.append(DraftLink(LinkRole.REPORTER, reporter, offsets_of(cited.verb)))
    if further is not None:
        rest = content_span(draft.text, further.idx + len(further), end)
        draft.attributions.append(DraftAttribution(offsets_of(further), reporter, [rest], FRAME_CONFIDENCE))


def _end_of_said(cited: _Cited, siblings: list[DraftAttribution]) -> int:
    edge = cited.saying.right_edge
    known = (end for item in siblings for _, end in item.contents if end > cited.saying.idx)
    return max(known, default=edge.idx + len(edge))


def _said(draft: Draft, cited: _Cited, stop: int) -> Offsets | None:
    """What stands behind "saying" up to `stop`, without who cites and when."""
    begin = cited.saying.idx + len(cited.saying)
    if cited.reporter is not None and cited.reporter.i > cited.saying.i and cited.reporter.idx < stop:
        begin = noun_phrase(draft, cited.reporter)[1]  # "quoted as saying by Xinhua that ..."
    if lead := _WHEN.match(draft.text, begin, stop):
        begin = lead.end()
    behind = edged(draft.text, (begin, stop))
    return behind if behind[0] < behind[1] and re.search(r"\w", draft.words(behind)) else None


# "cited the ministry as saying on Tuesday that ..."
_WHEN = re.compile(r"\s+(?:on|in|late|early|last|earlier|this)\b(?: \w+){1,3},? that\b")


def _agent(verb: Token, saying: Token | None) -> Token | None:
    """Who quotes, of a passive verb: "quoted by the agency as saying", "quoted as saying by the agency"."""
    after = saying.nbor(1) if saying is not None and saying.i + 1 < saying.sent.end else None
    by = next((t for t in verb.children if t.dep_ == "agent"), after)
    return next((t for t in by.children if t.dep_ == "pobj"), None) if by is not None and by.lower_ == "by" else None


def _quoted_as(verb: Token) -> Token | None:
    """ "saying" of "was quoted as saying", wherever the parser hangs it."""
    near = verb.doc[verb.i : min(verb.i + MAX_TO_SAYING, verb.sent.end)]
    return next((t for t in near if t.tag_ == "VBG" and t.nbor(-1).lower_ == "as"), None)


MAX_TO_SAYING = 12  # tokens from "quoted" to "saying": the outlet stands between them


def _before_cited(draft: Draft, verb: Token, subject: Token | None) -> Offsets | None:
    """ "The crane was unsafe, Xinhua quoted an official as saying": the content stands before the subject."""
    begin = noun_phrase(draft, subject)[0] if subject is not None and subject.i < verb.i else verb.idx
    content = content_span(draft.text, sentence_of(draft, verb.idx)[0], begin)
    comma = draft.text[content[1] : begin].strip() in {",", ",”", ',"', "", "”", '"'}
    whole = content[0] < content[1] and " " in draft.words(content)
    return edged(draft.text, content) if comma and whole else None


def _further_cue(draft: Draft, saying: Token, end: int) -> Token | None:
    """The outlet's own next verb in "cited the army as saying A, and claimed B"."""
    for token in saying.doc[saying.i + 1 : saying.sent.end]:
        if token.idx >= end:
            return None
        finite = token.dep_ == "conj" and token.tag_ in {"VBD", "VBZ"} and subject_of(token) is None
        if finite and token.lemma_.lower() in lexicon.table("cues") and token.idx + len(token) < end:
            return token
    return None
