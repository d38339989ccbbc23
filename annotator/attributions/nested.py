"""Attributions inside a claim: "Strake said police suspect that ...", "“We told the board that ...,” he said".

The outermost attribution makes the row of the claim table; what it holds inside is nested (codebook, convention 5).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from annotator.conventions import content_span
from annotator.draft import Draft, DraftAttribution, DraftClaim, DraftNested, Offsets, offsets_of, overlaps
from annotator.draft import inside as lies_in
from annotator.language import lexicon
from annotator.language.cues import SUBJECTS
from annotator.language.syntax import noun_phrase

MAX_LISTENER_WORDS = 10  # between a verb of telling and its "that": whom it was told and when
_QUOTATION_NEXT = re.compile(r"[,:]?\s+(?P<quotation>[“\"][^”\"\n]+[”\"])")
_SPEAKERS = frozenset({"nsubj", "nsubjpass"})


def inside(draft: Draft, claim: DraftClaim, deeds: list[DraftAttribution]) -> list[DraftNested]:
    """The attributions that lie in a claim's spans, in text order; `deeds` are those that make no claim themselves."""
    found = [
        DraftNested(item.cue, item.mention, item.contents)
        for item in deeds
        if item.cue and any(lies_in(item.cue, span) for span in claim.spans)
    ]
    for made in _in_spans(draft, claim.spans):
        if not any(made.cue and other.cue and overlaps(made.cue, other.cue) for other in found):
            found.append(made)
    whole = claim.spans[0][0], claim.spans[-1][1]
    for (_, begin), (end, _) in pairwise(claim.spans):
        for token in draft.tokens((begin, end)) if begin < end else ():
            if token.lower_ == "according" and (made_of := _according(draft, token, whole)) is not None:
                found.append(made_of)
    return sorted(found, key=lambda item: item.cue or (0, 0))


def _in_spans(draft: Draft, spans: list[Offsets]) -> Iterator[DraftNested]:
    for span in spans:
        for token in draft.tokens(span):
            if made := _at(draft, token, span):
                yield made


def _at(draft: Draft, token: Token, span: Offsets) -> DraftNested | None:
    """An attribution that begins at a token inside a content, its parts all inside."""
    if token.lower_ == "according" and token.i + 1 < len(draft.doc) and token.nbor(1).lower_ == "to":
        return _according(draft, token, span)
    if token.pos_ != "VERB" or (speaker := _speaker(token)) is None:
        return None
    cue = _verb_group(token)
    content = _said(draft, token)
    if content is None and (case := _made_case(token)) is not None:
        cue, content = (cue[0], offsets_of(case[0])[1]), _clause(draft, case[1])
    if content is None:
        return _aside(draft, token, span)
    mention = (speaker.left_edge.idx, speaker.idx + len(speaker))
    if not (lies_in(content, span) and lies_in(mention, span) and cue[1] <= content[0] < content[1]):
        return None
    return DraftNested(cue, mention, [content])


def _speaker(verb: Token) -> Token | None:
    """The subject of a verb, also of "they went on to say", or what states something: "a message stating that ..."."""
    own = next((child for child in verb.children if child.dep_ in _SPEAKERS), None)
    if own is not None:
        return own
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    goes_on = _goes_on(verb) or (verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ == verb.head.tag_)
    return _speaker(verb.head) if goes_on else None


def _goes_on(verb: Token) -> bool:
    """Whether a verb only carries on another one: "proceeded to lie", "kept telling us"."""
    return verb.dep_ == "xcomp" and verb.head.i < verb.i and verb.head.lemma_.lower() in lexicon.words("catenatives")


def _verb_group(verb: Token) -> Offsets:
    return (verb.head.idx if _goes_on(verb) else verb.idx, verb.idx + len(verb))


def _said(draft: Draft, verb: Token) -> Offsets | None:
    """What a verb of saying is followed by: a clause, a clause behind whom it is told, or a quotation."""
    lemma = verb.lemma_.lower()
    if lemma in lexicon.words("message_cues") and (message := _message(draft, verb)) is not None:
        return message
    if lemma not in lexicon.table("cues") and lemma not in lexicon.words("inner_cues"):
        return None
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), None)
    if clause is not None:
        return _clause(draft, clause)
    if (
        lemma in lexicon.words("listener_cues") | lexicon.words("inner_cues")
        and (that := _that_after(verb)) is not None
    ):
        return _clause(draft, that)
    quotation = _QUOTATION_NEXT.match(draft.text, verb.idx + len(verb))
    return quotation.span("quotation") if quotation is not None else None


def _message(draft: Draft, verb: Token) -> Offsets | None:
    """ "emailed me last night talking about the pier": what somebody writes, in a participle."""
    talking = next(
        (t for t in verb.children if t.tag_ == "VBG" and t.i > verb.i and t.dep_ in {"advcl", "xcomp"}), None
    )
    if talking is None or talking.lemma_.lower() not in lexicon.table("cues").keys() | {"talk"}:
        return None
    return _clause(draft, talking)


def _clause(draft: Draft, verb: Token) -> Offsets:
    return content_span(draft.text, verb.left_edge.idx, verb.right_edge.idx + len(verb.right_edge))


def _that_after(verb: Token) -> Token | None:
    """The verb of a "that" clause behind the listener, on whatever word the parser hangs it."""
    for token in verb.doc[verb.i + 1 : min(verb.i + MAX_LISTENER_WORDS, verb.sent.end)]:
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > token.i:
            return token.head
        if token.dep_ in SUBJECTS or token.pos_ == "VERB":
            return None
    return None


def _made_case(verb: Token) -> tuple[Token, Token] | None:
    """The noun and the clause of "made a good case that ...", "gave assurances that ..."."""
    noun = next((child for child in verb.children if child.dep_ in {"dobj", "obj"} and child.i > verb.i), None)
    if noun is None or noun.lemma_.lower() not in lexicon.words("speech_nouns"):
        return None
    that = _behind_brackets(noun)
    is_clause = that is not None and that.lower_ == "that" and that.dep_ == "mark" and that.head.i > that.i
    return (noun, that.head) if is_clause and that is not None else None


def _behind_brackets(token: Token) -> Token | None:
    """The token after another one; what stands in brackets between them is passed over."""
    after = token.i + 1
    words = token.sent.doc[after : token.sent.end]
    if words and words[0].text == "(":
        after = next((t.i + 1 for t in words if t.text == ")"), token.sent.end)
    return token.doc[after] if after < token.sent.end else None


def _aside(draft: Draft, verb: Token, span: Offsets) -> DraftNested | None:
    """ "It was, I believe, a mistake": what the speaker says of his own words, thrown in."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    thrown_in = subject is not None and subject.text in {"I", "We", "we"} and subject.i == verb.i - 1
    if subject is None or not thrown_in or verb.tag_ != "VBP" or verb.lemma_.lower() not in lexicon.words("aside_cues"):
        return None
    sentence = (max(span[0], verb.sent.start_char), min(span[1], verb.sent.end_char))
    cue, mention = offsets_of(verb), offsets_of(subject)
    pieces = _pieces(draft, [(sentence[0], mention[0]), (cue[1], sentence[1])])
    begins = not pieces or pieces[0][0] > cue[0]
    return None if begins or len(pieces) < 2 else DraftNested(cue, mention, pieces)


def _pieces(draft: Draft, parts: list[Offsets]) -> list[Offsets]:
    """Contents that have a word of their own, more than a bare "that"."""
    trimmed = [content_span(draft.text, *part) for part in parts if part[0] < part[1]]
    return [piece for piece in trimmed if re.search(r"\w", re.sub(r"\bthat$", "", draft.words(piece)))]


def _according(draft: Draft, token: Token, span: Offsets) -> DraftNested | None:
    """ "the rescuers were, according to the report, late": what stands around it in its sentence is the content."""
    preposition = token.nbor(1)
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is None:
        return None
    cue = (token.idx, preposition.idx + len(preposition))
    mention = noun_phrase(draft, noun)
    first, last = max(span[0], token.sent.start_char), min(span[1], token.sent.end_char)
    before = _pieces(draft, [(first, cue[0])])
    # "According to a post made on Monday, the site is down": the content begins behind the comma.
    comma = draft.text.find(",", mention[1], last)
    begin = comma + 1 if comma > 0 and not before and noun.right_edge.idx < comma else mention[1]
    contents = before + _pieces(draft, [(begin, last)])
    if not contents or not (lies_in(cue, span) and lies_in(mention, span)):
        return None
    return DraftNested(cue, mention, contents)
