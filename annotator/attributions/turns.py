"""Questions and answers: interviews with "Q:" and "A:", with initials or names, or with questions set as headings.

A question claims nothing; an answer is the statement of whom the introduction presents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from annotator.attributions.contents import edged, take_out
from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, Offsets, inside
from annotator.labels import AttributionMode, NonClaimReason, SectionKind
from annotator.records import Section

MIN_QUESTIONS = 2  # one question is a rhetorical one
MAX_QUESTION_WORDS = 40  # of a question that is set as a heading
_LABEL = re.compile(
    r"[*_]{0,2}(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?:\s*[(\[][\d:. ]+[)\]])?"
    r"(?P<cue>:|(?<=\b[QA])\.)[*_]{0,2}\s+(?=\S)"
)
_ASKS = re.compile(r"\?[”\"’'*_]*\s*\Z")
ASKERS = frozenset({"q", "question", "interviewer", "host", "moderator", "reporter", "reader", "journalist"})
_ANSWERS = frozenset({"a", "answer"})
_TALKS = frozenset({"speak", "talk", "tell", "answer", "discuss", "sit", "explain", "join", "meet", "share", "reflect"})


@dataclass(frozen=True)
class _Turn:
    """A paragraph of an interview: where its words begin, who is named before the colon, and whether it asks."""

    section: Section
    begin: int
    label: re.Match[str] | None
    asks: bool


def turns(draft: Draft) -> None:
    """Read an article's questions and answers as what they are; an article without them is left alone."""
    found = list(_turns(draft))
    asked = [n for n, turn in enumerate(found) if turn.asks]
    if who := _only_labelled(draft, found, asked):
        _answers_alone(draft, found[asked[0] :], who)
        return
    if not _is_interview(draft, found, asked):
        return
    who = _interviewee(draft, found[asked[0]].section.start)
    for turn in found[asked[0] : _end_of_talk(draft, found)]:
        if turn.asks:
            _leave_out(draft, turn)
        else:
            _answer(draft, turn, who)


def _end_of_talk(draft: Draft, found: Sequence[_Turn]) -> int:
    """Where the article goes on by itself after turns with labels: at a paragraph without one that quotes somebody.

    "The council said in an e-mail that it could not comment." below the last answer is no part of it.
    """
    labelled = [n for n, turn in enumerate(found) if turn.label is not None]
    last = labelled[-1] + 1 if labelled else len(found)
    return next((n for n in range(last, len(found)) if _quotes(draft, found[n])), len(found))


def _turns(draft: Draft) -> Iterator[_Turn]:
    kinds = {SectionKind.BODY, SectionKind.SUBHEADING}
    for section in draft.sections:
        if section.kind not in kinds:
            continue
        label = _LABEL.match(draft.text, section.start, section.end)
        name = label["label"].lower() if label else ""
        question = _ASKS.search(draft.text, section.start, section.end) is not None
        asks = name in ASKERS or (question and name not in _ANSWERS)
        yield _Turn(section, label.end() if label else section.start, label, asks)


def _is_interview(draft: Draft, found: Sequence[_Turn], asked: Sequence[int]) -> bool:
    """Whether questions and answers take turns: each question is a paragraph, and what follows it no question."""
    answered = [n for n in asked if n + 1 < len(found) and not found[n + 1].asks]
    if answered and all(found[n].label and found[n + 1].label for n in answered):
        return True
    if len(answered) < MIN_QUESTIONS:
        return False
    if all(found[n].label is not None for n in asked):
        return True
    # Questions without a label are paragraphs of nothing else, and nobody is quoted between them.
    return all(_is_bare_question(draft, found[n]) for n in asked) and not any(
        _quotes(draft, turn) for turn in found[asked[0] :] if not turn.asks
    )


def _only_labelled(draft: Draft, found: Sequence[_Turn], asked: Sequence[int]) -> Offsets | None:
    """Whom the initials before each answer stand for, where the questions between them have no label ("AM: It is.")."""
    labels = [turn.label["label"] for turn in found[asked[0] :] if turn.label is not None] if asked else []
    answered = [n for n in asked if n + 1 < len(found) and found[n + 1].label is not None]
    if len(answered) < MIN_QUESTIONS or len(set(labels)) != 1 or any(found[n].label for n in asked):
        return None
    people = [(ent.start_char, ent.end_char) for ent in draft.doc.ents if ent.label_ == "PERSON"]
    people = [who for who in people if who[0] < found[asked[0]].section.start]
    return next(
        (who for who in people if labels[0].lower() not in _ANSWERS and _stands_for(draft, labels[0], who)), None
    )


def _answers_alone(draft: Draft, found: Sequence[_Turn], who: Offsets) -> None:
    """Read what has the label as answers; of the rest only what is nothing but a question is left out."""
    for turn in found:
        if turn.label is not None:
            _answer(draft, turn, who)
        elif turn.asks and _is_bare_question(draft, turn):
            _leave_out(draft, turn)


def _is_bare_question(draft: Draft, turn: _Turn) -> bool:
    words = draft.text[turn.begin : turn.section.end].strip().strip("*_")
    is_short = len(words.split()) <= MAX_QUESTION_WORDS
    return is_short and not re.search(r"[?!“‘\"]|\. ", words[:-1])


def _quotes(draft: Draft, turn: _Turn) -> bool:
    """Whether a paragraph quotes somebody by name, as articles do and answers hardly ever."""
    bounds = (turn.section.start, turn.section.end)
    mentions = [item.mention for item in draft.attributions if item.cue and item.mention and inside(item.cue, bounds)]
    return any(token.pos_ == "PROPN" for mention in mentions for token in draft.tokens(mention))


def _interviewee(draft: Draft, before: int) -> Offsets | None:
    """The person whom the text before the first question presents: who speaks there, else the only one it names.

    Where nobody is named before it, the text behind is looked at, where many interviews say who was asked.
    """
    named = [ent for ent in draft.doc.ents if ent.label_ == "PERSON"]
    people = [ent for ent in named if ent.start_char < before] or named
    speaks = next((ent for ent in people if _talks(ent)), None)
    surnames = {ent.text.split()[-1] for ent in people}
    chosen = speaks or (people[0] if len(surnames) == 1 else None)
    return (chosen.start_char, chosen.end_char) if chosen is not None else None


def _talks(person: Span) -> bool:
    verb = person.root.head
    return person.root.dep_ == "nsubj" and verb.lemma_.lower() in _TALKS


def _leave_out(draft: Draft, turn: _Turn) -> None:
    """A question, and whatever the extractor took from it, is nobody's claim."""
    bounds = (turn.section.start, turn.section.end)
    draft.attributions = [item for item in draft.attributions if not (item.cue and inside(item.cue, bounds))]
    draft.left_out.append((bounds, NonClaimReason.QUESTION))


def _answer(draft: Draft, turn: _Turn, who: Offsets | None) -> None:
    """One attribution for a paragraph of an answer; what is reported inside it is nested."""
    bounds = (turn.section.start, turn.section.end)
    named = turn.label is not None and not _stands_for(draft, turn.label["label"], who)
    if named and turn.label is not None:
        mention: Offsets | None = turn.label.span("label")
    else:
        mention = who
    content = edged(draft.text, (turn.begin, turn.section.end))
    cue = turn.label.span("cue") if turn.label else None
    inner = [item for item in draft.attributions if item.cue and inside(item.cue, bounds)]
    draft.demoted += [item for item in inner if item.cue != cue]
    take_out(draft, bounds, inner)
    if content[0] < content[1]:
        mode = AttributionMode.EXPLICIT if cue else AttributionMode.CONTINUATION
        made = DraftAttribution(cue, mention, [content], FRAME_CONFIDENCE, mode, framed=True)
        made.settled = turn.label.span() if turn.label else None
        draft.attributions.append(made)


def _stands_for(draft: Draft, label: str, who: Offsets | None) -> bool:
    """Whether a label is "A", or initials of whom the introduction presents ("AM" for Anna Moor)."""
    initials = "".join(word[0] for word in re.split(r"[\s-]+", draft.words(who)) if word) if who else ""
    short = label.replace(".", "")
    return label.lower() in _ANSWERS or (bool(initials) and short in {initials, initials[0]})
