"""Attributions beside a whole sentence: "as Ann Moor put it to the Courier", "Sky News understands that ..."."""

import re

from annotator.conventions import content_span
from annotator.draft import (
    FRAME_CONFIDENCE,
    Draft,
    DraftAttribution,
    Offsets,
    is_prose,
    offsets_of,
    overlaps,
)
from annotator.language import lexicon
from annotator.language.outlets import NAME, is_outlet, outlet_in
from annotator.language.publisher import names_us
from annotator.language.syntax import noun_phrase, prose_tokens_of, sentence_of, subject_of

_WHOM = r"[^,.;:“”\"\n]{2,60}?"
_AS_PUT = (
    # "as Ann Moor put it to the Courier"
    re.compile(
        r"\b[Aa]s (?P<source>[^,;:“”\"\n]{2,60}?) (?P<cue>(?:puts?|has put) it)\b"
        r"(?: (?:to|in|on|at|during) [^,.;“\"]+)?"
    ),
    # "As per the police, 12 cases were registered", "In the words of Ann Moor, it is a ruin"
    re.compile(rf"(?:(?<=[.!?”\"] )|^)(?P<cue>As per|In the words of) (?P<source>{_WHOM}),(?= )", re.MULTILINE),
    re.compile(rf", (?P<cue>as per|in the words of) (?P<source>{_WHOM})(?=[.,])"),
    # "Under a draft law seen by the Courier, owners would have to register"
    re.compile(
        r"(?:(?<=[.!?”\"] )|^)(?P<cue>Under) (?P<source>(?:an?|the) [^,.;:“”\"\n]{2,50}?)"
        rf" (?:obtained|seen|reviewed|viewed) by {NAME},(?= )",
        re.MULTILINE,
    ),
    # "as first reported by the Courier", "as the Courier first reported"
    re.compile(rf"\b[Aa]s (?:first |earlier |previously )?(?P<cue>reported by) (?P<source>{NAME})"),
    re.compile(rf"\b[Aa]s (?P<source>{NAME})(?: first| earlier| previously)? (?P<cue>reported)\b"),
    # "The board will meet on Monday, the Courier has been told."
    re.compile(rf", (?P<source>{NAME}) (?P<cue>(?:has|had) (?:been told|learn(?:ed|t)|discovered|established))\b"),
    # "The chairman, it is understood, will resign."
    re.compile(
        r", (?P<source>)(?P<cue>it (?:is|was) (?:said|understood|believed|thought|claimed|alleged|reported|rumou?red))"
        r"(?:,|(?=[.]))"
    ),
)


def as_put(draft: Draft) -> None:
    """ "The pier was “a ruin”, as Ann Moor put it to the Courier": the rest of the sentence is what she said."""
    for pattern in _AS_PUT:
        for match in pattern.finditer(draft.text):
            if not is_prose(draft, match.start()) or not _can_tell(match["source"], match["cue"].lower()):
                continue
            taken = [item for item in draft.attributions if item.cue and overlaps(item.cue, match.span())]
            others = [span for item in draft.attributions if item not in taken for span in item.contents]
            contents = _around(draft, match.span())
            if contents and not any(overlaps(part, span) for span in others for part in contents):
                draft.attributions = [item for item in draft.attributions if item not in taken]
                cue, source = match.span("cue"), match.span("source") if match["source"] else None
                draft.attributions.append(DraftAttribution(cue, source, contents, FRAME_CONFIDENCE, framed=True))


def _can_tell(source: str, cue: str) -> bool:
    """Whether somebody can be meant: an outlet where something is reported, nobody in "as per usual"."""
    if not source or cue.endswith(" it") or cue == "under":
        return True  # anybody may "put it"
    if cue in {"as per", "in the words of"}:
        kind = lexicon.noun_type(source.split()[-1].lower().removesuffix("s"))
        return bool(kind) or re.search(r"[A-Z]", source) is not None
    return outlet_in(source) is not None


def _around(draft: Draft, frame: Offsets) -> list[Offsets]:
    """What a sentence says before and after a frame that stands in it."""
    sentence = sentence_of(draft, frame[0])
    parts = [(sentence[0], frame[0]), (frame[1], max(frame[1], sentence[1]))]
    contents = [content_span(draft.text, *part, first=n == 0) for n, part in enumerate(parts)]
    return [part for part in contents if part[0] < part[1] and re.search(r"\w", draft.words(part))]


def emerged(draft: Draft) -> None:
    """ "It has emerged that ...": somebody has found it out, and the sentence does not tell who."""
    for sentence, verb in prose_tokens_of(draft, ("emerge", "transpire"), by="LEMMA"):
        subject = subject_of(verb)
        clause = next((t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i), None)
        if verb != sentence.root or clause is None or subject is None or subject.lower_ != "it":
            continue
        if not any(item.cue and overlaps(item.cue, offsets_of(verb)) for item in draft.attributions):
            content = content_span(draft.text, clause.left_edge.idx, offsets_of(clause.right_edge)[1])
            cue = subject.idx, offsets_of(verb)[1]
            draft.attributions.append(DraftAttribution(cue, None, [content], FRAME_CONFIDENCE, framed=True))


def learned(draft: Draft) -> None:
    """ "Sky News understands that ...", "The Guardian can reveal that ...": an outlet tells what it has found out."""
    for sentence in draft.prose_sentences:
        verb, subject = sentence.root, subject_of(sentence.root)
        clause = next((t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i), None)
        if subject is None or clause is None or verb.lemma_.lower() not in lexicon.words("outlet_cues"):
            continue
        teller = noun_phrase(draft, subject)
        words = draft.words(teller)
        if not (is_outlet(words) or names_us(words)):
            continue
        if any(item.cue and overlaps(item.cue, offsets_of(verb)) for item in draft.attributions):
            continue
        first = min([verb, *(t for t in verb.children if t.dep_ == "aux")], key=lambda t: t.i)
        content = content_span(draft.text, clause.left_edge.idx, offsets_of(clause.right_edge)[1])
        made = DraftAttribution((first.idx, offsets_of(verb)[1]), teller, [content], FRAME_CONFIDENCE, framed=True)
        draft.attributions.append(made)
