"""Whole quotations without a cue: "Tom Reed lost his barn. “I stood on the roof for six hours.”"

The quotation marks alone say that somebody spoke; readers take it to be whom the sentence before is about. It is
never the article's own voice.
"""

import re

from spacy.tokens import Span, Token

from annotator.attributions.quotations import quotations_over_paragraphs
from annotator.draft import Draft, DraftAttribution, Offsets, is_prose, overlaps
from annotator.labels import AttributionMode, SectionKind
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase, subject_of

IMPLIED_CONFIDENCE = 0.6  # below the limit of review: no word of the text says whose it is
MIN_WORDS = 3
_SENTENCE = re.compile(
    r"[“«\"](?=[A-Z])[^“”«»\"\n]{8,}?[.!?…,][”»\"](?=\s|\Z)|"
    # Between single marks an apostrophe is known by the letters around it.
    r"(?<![^\s])[‘'](?=[A-Z])(?:[^‘’'“”\"\n]|(?<=\w)[’'](?=\w)){8,}?[.!?…,][’'](?=\s|\Z)"
)
_PEOPLE = frozenset({"he", "she", "they", "who"})


def implied(draft: Draft) -> None:
    """Give quotations of whole sentences that nobody has to the person whom the sentence before is about."""
    for pieces in quotations_over_paragraphs(draft):
        if not _is_taken(draft, pieces) and _stands_alone(draft, (pieces[0][0], pieces[-1][1])):
            section = draft.section_at(pieces[0][0])
            mention = _whom_before(draft, section.start if section else 0, pieces[0][0])
            _add(draft, mention, pieces)
    for match in _SENTENCE.finditer(draft.text):
        quotation = match.span()
        section = draft.section_at(quotation[0])
        if section is None or section.kind is not SectionKind.BODY or len(match.group().split()) < MIN_WORDS:
            continue
        if not is_prose(draft, quotation[0]) or not _stands_alone(draft, quotation) or _is_title(match.group()):
            continue
        if not _is_taken(draft, [quotation]):
            _add(draft, _whom_before(draft, section.start, quotation[0]), [quotation])


def _is_title(words: str) -> bool:
    """ "‘Legend in the Coal Fields.’": every word of some length has a capital."""
    return all(word[0].isupper() for word in re.findall(r"\w{4,}", words))


def _is_taken(draft: Draft, pieces: list[Offsets]) -> bool:
    """Whether an attribution has a part in any piece."""
    return any(overlaps(piece, part) for piece in pieces for item in draft.attributions for part in _parts(item))


def _add(draft: Draft, mention: Offsets | None, pieces: list[Offsets]) -> None:
    made = DraftAttribution(None, mention, pieces, IMPLIED_CONFIDENCE, AttributionMode.IMPLIED, framed=True)
    draft.attributions.append(made)


def _parts(item: DraftAttribution) -> list[Offsets]:
    return [*item.contents, *(part for part in (item.cue, item.mention) if part)]


def _stands_alone(draft: Draft, quotation: Offsets) -> bool:
    """Whether a quotation begins after a sentence's end or a paragraph's, and its own sentence ends with it."""
    before = draft.text[: quotation[0]].rstrip(" ")
    ends = draft.text[quotation[1] - 2] in ".!?…"
    return ends and (not before or before[-1] in '\n.!?:”"»')


def _whom_before(draft: Draft, start: int, place: int) -> Offsets | None:
    """The subject of the sentence before a place in its paragraph, if it is a person, or the one person named there."""
    before = [s for s in draft.sentences if start <= s.start_char and s.end_char <= place and s.text.strip()]
    for sentence in reversed(before):
        subject = _subject(sentence)
        if subject is not None:
            return noun_phrase(draft, subject) if _is_person(subject) else _only_person(sentence, subject)
    return None


def _only_person(sentence: Span, subject: Token) -> Offsets | None:
    """ "For café owner Ann Moor, the answer is simple": the one person of a sentence that is about no body."""
    people = [ent for ent in sentence.ents if ent.label_ == "PERSON"]
    body = subject.ent_type_ == "ORG" or lexicon.noun_type(subject.lemma_.lower()) == "organization"
    return (people[0].start_char, people[0].end_char) if len(people) == 1 and not body else None


def _subject(sentence: Span) -> Token | None:
    root = sentence.root
    while root.dep_ == "ccomp" and root.head.i != root.i:
        root = root.head
    return subject_of(root)


def _is_person(subject: Token) -> bool:
    kind = lexicon.noun_type(subject.lemma_.lower())
    named = subject.pos_ == "PROPN" and subject.ent_type_ not in {"GPE", "LOC", "DATE", "FAC"}
    return named or subject.lower_ in _PEOPLE or kind == "person"
