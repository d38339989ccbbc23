"""Sentences that are furniture of a page inside running text: newsletter boxes, appeals, privacy notes, captions.

A linear head reads what the encoder makes of a sentence, and plain marks of its words. It only looks at sentences that
the layout (reading/layout) takes for prose, and lets nobody's words be dropped: a quotation is never furniture.
"""

import re
from collections.abc import Iterator
from itertools import groupby

import numpy as np

from annotator.claims.clauses import has_subject
from annotator.conventions import trim
from annotator.draft import Draft, Offsets, inside
from annotator.extraction.meaning import Meaning, Vector, head
from annotator.labels import NonClaimReason, SectionKind
from annotator.language.cues import is_quoted
from annotator.reading.layout.lines import LIST_ITEM

CLAIM = "claim"
_SURE = 0.8  # of an attribution, which furniture has none of
LEAST = 0.45  # of 807 sentences of world2025_dev one with a claim lies above, cross-validated, and 14 of 40 without
_NEAR_LEAST, _BOX = 0.1, 2  # of a sentence in a line with as many that are furniture, and a third of its sentences
_MARKS = tuple(  # searched in small letters: a search that ignores case takes half as long again
    re.compile(pattern)
    for pattern in (
        r"\b(?:you|your|yours)\b",
        r"\b(?:our|we|us)\b",
        r"@|\bwww\.|\.(?:com|org|net|co\.uk)\b",
        r"\A\W*(?:sign|subscribe|get|follow|read|watch|click|share|join|download|enter|support|send|call|visit|tap|listen|"
        r"check|scroll|skip|buy|vote|explore|add|start|create|log|please)\b",
        r"\d[\d -]{5,}\d",
        r"\b(?:newsletters?|subscri\w+|inbox|privacy|cookies?|unsubscribe|sign(?:ed|ing)? up|"
        r"terms of service|e-?mail)\b",
        r"\b(?:donat\w+|support(?:ers?)?|journalism|newsroom|reporters|paywalls?|readers)\b",
        r"\b(?:helpline|hotline|samaritans|lifeline|crimestoppers)\b",
        r"\b(?:contributed to this|reported from|reporting by|editing by|copyright|rights reserved|licen[cs]e)\b",
        r"\b(?:image|photo\w*|picture\w*|video|caption|file)\b",
        r"\bi\b",
        r"\b(?:was|were|had|said|did)\b",
    )
)


def furniture(draft: Draft) -> Iterator[tuple[Offsets, NonClaimReason]]:
    """The sentences of a draft's prose that are furniture, each with the reason why it claims nothing."""
    learned = head("furniture", draft.meaning)
    if learned is None or draft.meaning is None:
        return
    for _, group in groupby(_sentences(draft), key=lambda span: draft.line_at(span[0])):
        told = [(span, learned(features(draft.text, draft.meaning, span))) for span in group]
        sure = [1 - chances[CLAIM] >= LEAST for _, chances in told]
        # One box is often one line, and what stands between two such sentences is of their kind.
        is_box = sum(sure) >= _BOX and 3 * sum(sure) >= len(sure)
        least = _NEAR_LEAST if is_box else LEAST
        amid = range(sure.index(True), len(sure) - sure[::-1].index(True)) if is_box else range(0)
        for n, (span, chances) in enumerate(told):
            if (n in amid and not sure[n]) or (1 - chances[CLAIM] >= least and not _is_said(draft, span)):
                best = max((name for name in chances if name != CLAIM), key=lambda name: chances[name])
                if best != NonClaimReason.CREDIT or not _tells(draft, span):
                    yield span, NonClaimReason(best)


def _tells(draft: Draft, span: Offsets) -> bool:
    """Whether words are a whole sentence, which a credit never is: it has a verb with its subject, and a stop."""
    verbs = (token for token in draft.tokens(span) if token.pos_ in {"VERB", "AUX"} and has_subject(token))
    return draft.text[span[1] - 1] == "." and any(True for _ in verbs)


def _sentences(draft: Draft) -> Iterator[Offsets]:
    for sentence in draft.prose_sentences:
        span = trim(draft.text, sentence.start_char, sentence.end_char)
        is_headline = draft.section_kind(span[0]) is SectionKind.HEADLINE
        if span[0] < span[1] and not is_headline and not _is_item_of_list(draft, span):
            yield span


def _is_item_of_list(draft: Draft, span: Offsets) -> bool:
    """Whether a sentence stands in the list that a colon announced: "The rules are simple: / - Shops close at six." """
    start = draft.line_at(span[0])[0]
    while LIST_ITEM.match(draft.text, start):
        above = draft.text[:start].rstrip()
        if above.endswith(":"):
            return True
        start = draft.line_at(len(above) - 1)[0] if above else 0
        if not above:
            break
    return False


def _is_said(draft: Draft, span: Offsets) -> bool:
    """Whether somebody is quoted in a sentence, or it is theirs by a frame, or by an attribution that is sure."""
    sure = any(
        item.cue and item.mention and item.confidence >= _SURE and inside(item.cue, span) for item in draft.attributions
    )
    framed = (part for item in draft.attributions if item.framed and item.mention for part in item.contents)
    return sure or is_quoted(draft.words(span)) or any(inside(span, _whole(draft, part)) for part in framed)


def _whole(draft: Draft, content: Offsets) -> Offsets:
    """A content with the marks at its end, which the last sentence of it has."""
    end = _END.match(draft.text, content[1])
    return content[0], end.end() if end is not None else content[1]


_END = re.compile(r"[.!?…”\"’']*")


def features(text: str, meaning: Meaning, span: Offsets) -> Vector:
    """What the head reads of a sentence, `[features]`."""
    words = text[slice(*span)]
    lowered = words.lower()
    plain = [
        *(pattern.search(lowered) is not None for pattern in _MARKS),
        words[-1:] in ".!?",
        min(len(words) / 200, 2),
        is_quoted(words),
    ]
    return np.concatenate([np.array(plain, np.float32), meaning.mean([span])])
