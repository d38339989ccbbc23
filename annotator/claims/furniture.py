"""Sentences that are furniture of a page inside running text: newsletter boxes, appeals, privacy notes, captions.

A linear head reads what the encoder makes of a sentence, and plain marks of its words. It only looks at sentences that the
layout (reading/layout) takes for prose, and lets nobody's words be dropped: a quotation is never furniture.
"""

import re
from collections.abc import Iterator

import numpy as np

from annotator.conventions import trim
from annotator.draft import Draft, Offsets, inside
from annotator.extraction.meaning import Meaning, Vector, head
from annotator.labels import NonClaimReason, SectionKind
from annotator.language.cues import is_quoted
from annotator.language.syntax import prose_sentences

CLAIM = "claim"
LEAST = 0.9  # a claim that is lost costs more than a box that is read
_NEAR_LEAST = 0.6  # of a sentence beside one that is furniture, in the same line
_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:you|your|yours)\b",
        r"\b(?:our|we|us)\b",
        r"@|\bwww\.|\.(?:com|org|net|co\.uk)\b",
        r"\A\W*(?:sign|subscribe|get|follow|read|watch|click|share|join|download|enter|support|send|call|visit|tap|listen|"
        r"check|scroll|skip|buy|vote|explore|add|start|create|log|please)\b",
        r"\d[\d -]{5,}\d|\b\d\d \d\d \d\d\b",
        r"\b(?:newsletters?|subscri\w+|inbox|privacy|cookies?|unsubscribe|sign(?:ed|ing)? up|terms of service|e-?mail)\b",
        r"\b(?:donat\w+|support(?:ers?)?|journalism|newsroom|reporters|paywalls?|readers)\b",
        r"\b(?:helpline|hotline|samaritans|lifeline|crimestoppers)\b",
        r"\b(?:contributed to this|reported from|reporting by|editing by|copyright|rights reserved|licen[cs]e)\b",
        r"\b(?:image|photo\w*|picture\w*|video|caption|file)\b",
        r"\bI\b",
        r"\b(?:was|were|had|said|did)\b",
    )
)


def furniture(draft: Draft) -> Iterator[tuple[Offsets, NonClaimReason]]:
    """The sentences of a draft's prose that are furniture, each with the reason why it claims nothing."""
    learned = head("furniture")
    if learned is None or draft.meaning is None:
        return
    line, before = (-1, -1), False
    for sentence in prose_sentences(draft):
        span = trim(draft.text, sentence.start_char, sentence.end_char)
        if span[0] >= span[1] or draft.section_kind(span[0]) is SectionKind.HEADLINE:
            continue
        before = before and draft.line_at(span[0]) == line
        line = draft.line_at(span[0])
        chances = learned(features(draft.text, draft.meaning, span))
        before = 1 - chances[CLAIM] >= (_NEAR_LEAST if before else LEAST) and not _is_said(draft, span)
        if before:
            best = max((name for name in chances if name != CLAIM), key=lambda name: chances[name])
            yield span, NonClaimReason(best)


def _is_said(draft: Draft, span: Offsets) -> bool:
    """Whether somebody is quoted in a sentence, or the extractor is sure of an attribution there."""
    sure = any(
        item.cue and item.mention and item.confidence >= LEAST and inside(item.cue, span) for item in draft.attributions
    )
    return sure or is_quoted(draft.words(span))


def features(text: str, meaning: Meaning, span: Offsets) -> Vector:
    """What the head reads of a sentence, `[features]`."""
    words = text[slice(*span)]
    plain = [
        *(pattern.search(words) is not None for pattern in _MARKS),
        words[-1:] in ".!?",
        min(len(words) / 200, 2),
        is_quoted(words),
    ]
    return np.concatenate([np.array(plain, np.float32), meaning.mean([span])])
