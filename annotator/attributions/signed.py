"""Words with their speaker's name behind a dash: "“It will open in May.” — Anna Moor, mayor of Linden"."""

import re

from spacy.tokens import Token

from annotator.attributions.contents import edged, take_out
from annotator.draft import FRAME_CONFIDENCE, PROSE, Draft, DraftAttribution, Offsets, inside
from annotator.labels import SectionKind
from annotator.language import lexicon
from annotator.records import Section

_NAME = r"(?P<source>(?:[a-z]+ ){0,3}[A-Z@][^.!?;:“”\"\n]{1,80}?)"
_HANDLE = r"\s*\(@\w+\)(?:,?\s+(?:on\s+)?[A-Z\d][\w ]{2,12}, \d{4}|,?\s+\d{1,2} [A-Z]\w+ \d{4})?"
_SIGNED = (
    # A quotation and its speaker in one paragraph
    re.compile(
        rf"(?P<content>[“\"«][^“”«»\"\n]+[”\"»])\s*\n?\s*(?P<cue>[-–—]{{1,2}})\s{{0,2}}{_NAME}(?:{_HANDLE})?\s*\Z"
    ),
    # An embedded post: its text, and the account behind a dash
    re.compile(rf"(?P<content>[^\n]{{12,}}?)\s+(?P<cue>[–—]|--)\s?{_NAME}{_HANDLE}\s*\Z"),
)
MIN_PULLED = 8  # words of a pull quote; shorter lines are labels and captions
_GOES_ON = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "AUX", "PART"})  # before a name that is the sentence's own
_ROLE_BEHIND = re.compile(r"(?:,\s+[^,.;:!?\n]{3,60})?")
_SIGNATURE = re.compile(rf"(?P<cue>[-–—]{{1,2}})\s?{_NAME}\s*\Z")
# An embedded post as a page prints it: its text is the paragraph above.
_ACCOUNT = re.compile(rf"(?P<cue>[–—]|--)\s?{_NAME}{_HANDLE}\s*\Z")
_QUOTATION = re.compile(r"[“\"«][^“”«»\"\n]+[”\"»]\s*\Z")


def signed(draft: Draft) -> None:
    """Give quotations and embedded posts to whom a dash names behind them, in the paragraph or below it."""
    prose = [section for section in draft.sections if section.kind in PROSE]
    for n, section in enumerate(prose):
        bounds = (section.start, section.end)
        for pattern in _SIGNED:
            if match := pattern.match(draft.text, *bounds):
                _sign(draft, match.span("content"), match, bounds)
                break
        else:
            if pulled := _pulled(draft, section):
                _pull(draft, *pulled)
                continue
            above = (prose[n - 1].start, prose[n - 1].end) if n else (0, 0)
            account = _ACCOUNT.match(draft.text, *bounds) if n and prose[n - 1].kind is SectionKind.BODY else None
            signature = account or _SIGNATURE.match(draft.text, *bounds)
            if signature and (account or _QUOTATION.match(draft.text, *above)):
                _sign(draft, (above[0], above[0] + len(draft.words(above).rstrip())), signature, bounds)


def _pulled(draft: Draft, section: Section) -> tuple[Offsets, Offsets] | None:
    """Words and speaker of a pull quote that a page prints as one line: "We never knew why Labour MP Anna Moor".

    It ends without a stop in the name of somebody whom the article has elsewhere too, with a role before or behind it.
    """
    start, end = section.start, section.start + len(draft.words((section.start, section.end)).rstrip())
    if section.kind is not SectionKind.BODY or draft.text[end - 1] in ".!?…:;”\"'’)":
        return None
    people = [ent for ent in draft.tokens((start, end)).ents if ent.label_ == "PERSON" and len(ent) > 1]
    if not people or _ROLE_BEHIND.fullmatch(draft.text, people[-1].end_char, end) is None:
        return None
    person = people[-1]
    surname = person.text.split()[-1]
    first = person.start
    while first > 0 and _is_of_role(draft.doc[first - 1]) and draft.doc[first - 1].idx >= start:
        first -= 1
    words = edged(draft.text, (start, draft.doc[first].idx))
    said = draft.tokens(words) if words[0] < words[1] else None
    known = any(
        ent.label_ == "PERSON" and surname in ent.text and not start <= ent.start_char < end for ent in draft.doc.ents
    )
    if said is None or not known or len(draft.words(words).split()) < MIN_PULLED or draft.words(words)[-1] in ",:;–—-":
        return None
    if said[-1].pos_ in _GOES_ON or said[-1].lemma_.lower() in lexicon.table("cues"):
        return None  # "the family of Anna Moor", "says Anna Moor"
    if not any(token.tag_ in {"VBZ", "VBP", "VBD", "MD"} for token in said) or _is_told(draft, (start, end)):
        return None
    return words, (draft.doc[first].idx, end)


def _is_of_role(token: Token) -> bool:
    """Whether a word before a name tells the person's office: "Conservative MP", "Sir"."""
    return token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ"}


def _is_told(draft: Draft, bounds: Offsets) -> bool:
    return any(item.cue and item.mention and inside(item.cue, bounds) for item in draft.attributions)


def _pull(draft: Draft, content: Offsets, mention: Offsets) -> None:
    take_out(draft, (content[0], mention[1]))
    made = DraftAttribution(None, mention, [content], FRAME_CONFIDENCE, framed=True, verbatim=True)
    made.settled = mention
    draft.attributions.append(made)


def _sign(draft: Draft, content: Offsets, signature: re.Match[str], bounds: Offsets) -> None:
    """One attribution in the place of all that the extractor has of the words and the signature."""
    around = (min(content[0], bounds[0]), bounds[1])
    inner = [item for item in draft.attributions if item.cue and inside(item.cue, content)]
    draft.demoted += inner
    take_out(draft, around, inner)
    made = DraftAttribution(signature.span("cue"), signature.span("source"), [content], FRAME_CONFIDENCE, framed=True)
    made.settled = (signature.start("cue"), signature.end())
    draft.attributions.append(made)
