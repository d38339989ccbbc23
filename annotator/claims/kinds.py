"""The kind of an attributed claim, learned from labelled claims: what the rules say, marks of its words, and states.

Rules keep what they alone know: a denial, what the user says of a cue, and where there is no labels file everything.
"""

import re

import numpy as np

from annotator.claims import classify
from annotator.draft import Draft, DraftClaim
from annotator.extraction.meaning import Vector, head
from annotator.labels import Kind, QuoteType, SourceType
from annotator.language import cues, lexicon

_KINDS = tuple(Kind)
_QUOTES = (QuoteType.DIRECT, QuoteType.MIXED, QuoteType.INDIRECT)
_TYPES = (SourceType.PERSON, SourceType.GROUP, SourceType.DOCUMENT, SourceType.ORGANIZATION)
_FIRST_PERSON = re.compile(r"\b(?:i|we|my|our|us|me)\b")
_WORDS = tuple(  # each with its pattern, which need not be asked where the letters are not there
    (words, re.compile(rf"\b{words}\b"))
    for words in (
        *(
            "i think",
            "i believe",
            "we believe",
            "very",
            "so",
            "too",
            "really",
            "never",
            "always",
            "not",
            "will",
            "would",
        ),
        *("could", "should", "must", "need", "hope", "want", "going to", "ready", "plan", "if", "more", "most", "just"),
        *("only", "all", "every"),
    )
)


def learned_kind(draft: Draft, claim: DraftClaim, rule: Kind, quote_type: QuoteType) -> Kind:
    """The kind of an attributed claim, as the head has it; that of the rules where there is no head."""
    learned = head("kind", draft.meaning)
    if learned is None or draft.meaning is None or rule is Kind.DENIAL or _told_by_user(draft, claim):
        return rule
    chances = learned(features(draft, claim, rule, quote_type))
    return Kind(max(chances, key=lambda label: chances[label]))


def _told_by_user(draft: Draft, claim: DraftClaim) -> bool:
    """Whether a cue's kind is what the user's own word list says."""
    told = lexicon.in_force().told("cues")
    cue = claim.attribution.cue if claim.attribution else None
    return bool(told) and cue is not None and cues.lemma(draft, cue) in told


def features(draft: Draft, claim: DraftClaim, rule: Kind, quote_type: QuoteType) -> Vector:
    """What the head reads of a claim, `[features]`."""
    assert draft.meaning is not None, "features are read where the encoder has read the article"
    text = " ".join(draft.text[slice(*span)] for span in claim.spans)
    lowered = text.lower()
    source = claim.attribution.source if claim.attribution else None
    plain = [
        *(rule is kind for kind in _KINDS),
        *(quote_type is one for one in _QUOTES),
        *(source is not None and source.type is one for one in _TYPES),
        _FIRST_PERSON.search(lowered) is not None,
        len(text) / 200,
        any(letter.isdigit() for letter in text),
        "!" in text,
        "?" in text,
        text[:1].isupper(),
        *(pattern.search(lowered) is not None for pattern in classify.MARKS),
        *(words in lowered and pattern.search(lowered) is not None for words, pattern in _WORDS),
    ]
    return np.concatenate([np.array(plain, np.float32), draft.meaning.mean(claim.spans)])
