"""The article's own voice: one claim a sentence, split where a coordinated clause has its own subject or attribution.

Span convention 4 of the codebook.
"""

import re

from spacy.tokens import Span, Token

from annotator.claims.clauses import adverb_cue, clauses_of, has_subject, merged_contrasts
from annotator.claims.connectives import connective, is_connective
from annotator.conventions import content_span, trim
from annotator.draft import (
    Draft,
    DraftAttribution,
    DraftClaim,
    Offsets,
    mark,
    offsets_of,
)
from annotator.labels import AttributionMode, NonClaimReason, SectionKind
from annotator.language import lexicon
from annotator.language.cues import SUBJECTS
from annotator.reading.layout.lines import LIST_ITEM

MIN_WORDS = 3  # a shorter remainder of a sentence is no claim
MAX_COMES_WORDS = 7  # of "It came", "The surge across the Channel came", beside an attribution


MAX_HEADING_WORDS = 12  # of a heading in quotation marks, with these
REPORTED_CONFIDENCE = 0.7


# Labels with which agencies begin the paragraphs below a "Source:" line.
_LABEL = re.compile(r"(?:Details|Background|Reminder|For reference|Why it matters|What's next)(?: \w+)?:\s+(?=\S)")
_QUESTION = re.compile(r"\?[”\"’']?\s*$")


def own_voice(draft: Draft, sentence: Span, used: bytearray) -> None:
    """Add the claims that the article itself makes in a sentence, of what is not `used`; a question is none."""
    bounds = (sentence.start_char, sentence.end_char)
    attributed = any(used[bounds[0] : bounds[1]])
    if not attributed and _QUESTION.search(draft.folded, *bounds):
        span = trim(draft.text, *bounds)
        draft.non_claims.append((span, NonClaimReason.QUESTION))
        mark(used, [span])
        return
    if not attributed and (_is_picture_label(draft, list(sentence)) or _is_heading(draft, sentence)):
        return
    label = _LABEL.match(draft.text, *bounds)
    begin = label.end() if label is not None else bounds[0]
    clauses = clauses_of(sentence)
    if not attributed and len(clauses) > 1:
        clauses = merged_contrasts(clauses, sentence)
    for head, tokens in clauses.items():
        free = [token for token in tokens if not used[token.idx] and token.idx >= begin]
        if attributed:
            governed = _governed(sentence.doc[head], tokens, used)
            free = [token for token in free if token.i not in governed]
        beside = len(clauses) > 1 and not attributed and _is_picture_label(draft, tokens)
        if not beside and _is_claim(sentence.doc[head], free, used, attributed=attributed):
            _claim(draft, sentence.doc[head], free, used)


def _governed(head: Token, tokens: list[Token], used: bytearray) -> set[int]:
    """ "He turned and told her that ...": whom another's cue governs is no part of the article's own clause."""
    found: set[int] = set()
    if not any(used[token.idx] and token.pos_ == "VERB" and token.i != head.i for token in tokens):
        return found  # nobody else speaks in it
    own = {token.i for token in tokens}
    waiting = [(head, False)]
    while waiting:
        word, taken = waiting.pop()
        taken |= word.i != head.i and bool(used[word.idx]) and word.pos_ == "VERB"
        for child in word.children:
            if taken:
                found.add(child.i)
            if child.i in own:
                waiting.append((child, taken))
    return found


def _claim(draft: Draft, head: Token, free: list[Token], used: bytearray) -> None:
    """One clause as a claim, which "reportedly" attributes to nobody in particular."""
    cue = adverb_cue(head)
    cue = cue if cue in free else None
    told = [token for token in free if cue is None or not (token.i == cue.i or _leads(token, head))]
    spans = _spans(draft, told, used)
    if spans:
        made = _reported(draft, cue, spans) if cue is not None else None
        draft.claims.append(DraftClaim(spans, made, draft.section_kind(spans[0][0])))
        mark(used, [*spans, *([offsets_of(cue)] if cue is not None else [])])


def _leads(token: Token, head: Token) -> bool:
    """ "after" and "where", which lead to a clause of its own."""
    return token.head.i == head.i and (token.dep_ == "mark" or token.tag_ == "WRB")


def _is_picture_label(draft: Draft, words: list[Token]) -> bool:
    """A caption without a verb says what a picture shows, or whose it is: "The spillway in January." """
    first = next((token for token in words if not token.is_space), None)
    section = draft.section_at(first.idx) if first is not None else None
    if section is None or section.kind not in _MAY_BE_CAPTION:
        return False
    # What no full stop ends and no verb tells is a caption, wherever it stands; an item of a list goes on a sentence.
    line = draft.text[section.start : section.end]
    bare = line[-1:].isalnum() or line.endswith(")")
    is_caption = section.kind is SectionKind.CAPTION or (bare and not _is_item(draft, section.start))
    told = [t for t in words if t.pos_ in {"VERB", "AUX"} and has_subject(t)]
    shown = bare and _DATED.search(line) is not None and all(t.tag_ in {"VBZ", "VBP"} for t in told)
    return is_caption and (shown or (not told and section.kind is not SectionKind.STANDFIRST))


_MAY_BE_CAPTION = frozenset({SectionKind.CAPTION, SectionKind.BODY, SectionKind.STANDFIRST})
_DATED = re.compile(r"\b(?:on|in) [A-Z]\w+ (?:\d{1,2}, )?\d{4}\Z")  # "A woman waves a flag in Elsund on May 3, 2025"


def _is_item(draft: Draft, start: int) -> bool:
    """Whether a paragraph is an item of a list, or stands below a colon."""
    return LIST_ITEM.match(draft.text, start) is not None or draft.text[:start].rstrip()[-1:] == ":"


# "‘A matter of when’": some words in quotation marks, alone in their line, head what follows.
_HEADING = re.compile(
    r"(?:[-–—]\s)?(?:[‘'](?:[^‘’'\n]|(?<=\w)[’'](?=\w))+[^.!?…,][’']|[“\"][^“”\"\n]+[^.!?…,][”\"])(?:\s[-–—])?"
)


def _is_heading(draft: Draft, sentence: Span) -> bool:
    span = trim(draft.text, sentence.start_char, sentence.end_char)
    section = draft.section_at(span[0])
    is_line = section is not None and section.kind is SectionKind.BODY and (section.start, section.end) == span
    return is_line and len(sentence) <= MAX_HEADING_WORDS and _HEADING.fullmatch(draft.text, *span) is not None


def _reported(draft: Draft, cue: Token, spans: list[Offsets]) -> DraftAttribution:
    """ "He reportedly left": attributed to nobody in particular."""
    made = DraftAttribution(offsets_of(cue), None, spans, REPORTED_CONFIDENCE, AttributionMode.EXPLICIT)
    draft.attributions.append(made)
    return made


def _is_claim(head: Token, free: list[Token], used: bytearray, *, attributed: bool) -> bool:
    words = [token for token in free if token.is_alpha or token.like_num]
    if len(words) < MIN_WORDS:
        return False
    if not attributed:
        return True
    if used[head.idx]:
        return False
    subject = next((child for child in head.children if child.dep_ in SUBJECTS), None)
    if head.lemma_ == "come" and len(words) <= MAX_COMES_WORDS:
        return False  # "His speech comes as ...": when the rest was said
    whole = any(token.pos_ in {"VERB", "AUX"} for token in free) and words[-1].lower_ not in {"of", "the", "a", "an"}
    return whole and subject is not None and not used[subject.idx] and not _is_terms(free)


def _is_terms(tokens: list[Token]) -> bool:
    """ "An inspector, granted anonymity to speak freely": on what terms somebody spoke."""
    words = "".join(token.text_with_ws for token in tokens).lower()
    return any(phrase in words for phrase in lexicon.table("anonymity"))


def _spans(draft: Draft, tokens: list[Token], used: bytearray) -> list[Offsets]:
    """Runs of free text that the tokens make, without connectives and outer punctuation."""
    runs: list[Offsets] = []
    for token in tokens:
        start, end = offsets_of(token)
        if runs and _is_gap(draft.text, used, runs[-1][1], start):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    trimmed = [_trimmed(draft.text, run, first=n == 0) for n, run in enumerate(runs)]
    kept = [span for span in trimmed if re.search(r"\w", draft.text[slice(*span)])]
    if len(kept) > 1:
        kept = [span for span in kept if not is_connective(draft.text, span)]
    return kept


def _is_gap(text: str, used: bytearray, start: int, end: int) -> bool:
    """Whether nothing stands in a stretch that is a word, a line's end, or another's."""
    between = text[start:end]
    if between in {"", " "}:  # as between most words
        return not used[start] if between else True
    return not any(used[start:end]) and "\n" not in between and re.search(r"\w", between) is None


# What led over to a clause that is somebody else's claim: "Shares fell after".
_DANGLING = re.compile(r",?\s+(?:after|before|as|when|while|because|since|although|though|if|and|but|that)\Z")


def _trimmed(text: str, run: Offsets, *, first: bool) -> Offsets:
    start, end = content_span(text, *run, first=False)
    while first and (match := connective().match(text, start, end)):
        start = trim(text, match.end(), end, ", ")[0]
    if dangling := _DANGLING.search(text, start, end):
        end = dangling.start()
    opening, closing = text[start : start + 1], text[end - 1 : end]
    if opening == "(" and ")" not in text[start:end]:
        start += 1
    if closing == "(":
        end -= 1
    return content_span(text, start, end, first=False)
