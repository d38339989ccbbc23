"""What a colon at the end of a line hands to its speaker: the list, or the paragraph, that stands below.

"According to the ministry, three things went wrong: / 1. The pillars were cracked. / 2. ...", "Moor said in a
statement: / The bridge is safe."
"""

import re
from collections.abc import Sequence

from annotator.attributions.contents import edged
from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, Offsets, inside, offsets_of, overlaps
from annotator.labels import SectionKind
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase, subject_of
from annotator.records import Section

_ITEM = re.compile(r"(?:[-–—•*·▪◦‣]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_LEAD = re.compile(r":\s*\Z")
_ARTICLES_OWN = frozenset({"we", "you", "it", "this", "that", "what"})  # "What we know so far:"
_OWN_WORDS = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|me)\b")  # a statement goes on as long as its author speaks


def blocks(draft: Draft) -> None:
    """Hand each item of a list, or the paragraphs of a statement, to whom the colon before them names."""
    prose = [section for section in draft.sections if section.kind is SectionKind.BODY]
    for n, lead in enumerate(prose):
        if not _LEAD.search(draft.text, lead.start, lead.end):
            continue
        below = _items(draft, prose[n + 1 :])
        speaker = _speaker(draft, lead, is_list=bool(below))
        if speaker is None:
            continue
        for piece in below or _statement(draft, prose[n + 1 :]):
            _hand_over(draft, speaker, piece)


_QUOTE_FROM = re.compile(r"^(?P<cue>Quotes?(?: (?:from|by|of))?) (?P<source>[^:“”\"\n]{2,60}):\s+(?=\S)", re.MULTILINE)


def labelled_quotes(draft: Draft) -> None:
    """ "Quote from the diplomat: “Everybody wants the lights on.”": the label says whose the rest of its line is."""
    for match in _QUOTE_FROM.finditer(draft.text):
        line = (match.end(), draft.line_at(match.end())[1])
        inner = [item for item in draft.attributions if item.cue and inside(item.cue, (match.start(), line[1]))]
        if any(item.mention and overlaps(item.mention, match.span("source")) for item in inner):
            continue
        in_label = {id(item) for item in inner if item.cue and item.cue[0] < line[0]}
        draft.attributions = [item for item in draft.attributions if id(item) not in in_label]
        label = DraftAttribution(match.span("cue"), match.span("source"), [], FRAME_CONFIDENCE, framed=True)
        _hand_over(draft, label, edged(draft.text, line))


def _items(draft: Draft, sections: Sequence[Section]) -> list[Offsets]:
    """The items of the list that the sections begin with, without what numbers them."""
    found: list[Offsets] = []
    for section in sections:
        if (bullet := _ITEM.match(draft.text, section.start, section.end)) is None:
            break
        found.append(edged(draft.text, (bullet.end(), section.end)))
    return found


def _statement(draft: Draft, sections: Sequence[Section]) -> list[Offsets]:
    """The paragraph that the sections begin with, and those after it in which its author speaks; none if quoted."""
    found: list[Offsets] = []
    for section in sections:
        words = draft.text[section.start : section.end]
        goes_on = not found or _OWN_WORDS.search(words) is not None
        if words[0] in "“\"«‘'" or not goes_on or _is_told(draft, section):
            break
        found.append(edged(draft.text, (section.start, section.end)))
    return found


def _is_told(draft: Draft, section: Section) -> bool:
    """Whether somebody's words are reported in a section, and it is therefore the article's again."""
    bounds = (section.start, section.end)
    return any(item.cue and inside(item.cue, bounds) for item in draft.attributions)


def _speaker(draft: Draft, lead: Section, *, is_list: bool) -> DraftAttribution | None:
    """Cue and mention of a line that ends in a colon: the attribution that stands in it, else its verb of saying.

    One whose content stands in the line itself ("three things went wrong:") hands over a list, and no paragraph.
    """
    bounds = (lead.start, lead.end)
    for item in draft.attributions:
        if item.cue and item.mention and inside(item.cue, bounds):
            says_here = any(overlaps(span, bounds) for span in item.contents)
            return item if is_list or not says_here else None
    sentence = draft.sentence_at(lead.end - 1)
    verb = next((t for t in sentence if t.lemma_.lower() in lexicon.table("cues") and t.pos_ == "VERB"), None)
    subject = subject_of(verb) if verb is not None else None
    if verb is None or subject is None or subject.idx < lead.start or subject.lower_ in _ARTICLES_OWN:
        return None
    return DraftAttribution(offsets_of(verb), noun_phrase(draft, subject), [], FRAME_CONFIDENCE, framed=True)


def _hand_over(draft: Draft, speaker: DraftAttribution, piece: Offsets) -> None:
    """Make one piece a content of its own; what is reported inside it is nested."""
    if piece[0] >= piece[1]:
        return
    inner = [item for item in draft.attributions if item is not speaker and item.cue and inside(item.cue, piece)]
    draft.demoted += inner
    speaker.contents = [span for span in speaker.contents if not overlaps(span, piece)]
    made = DraftAttribution(speaker.cue, speaker.mention, [piece], speaker.confidence, framed=True)
    gone = {id(item) for item in inner}
    kept = [item for item in draft.attributions if id(item) not in gone and item.contents]
    draft.attributions = [*kept, made]
