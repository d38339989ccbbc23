"""How likely a claim in the article's own voice is somebody's after all: an attribution that was not found.

A logistic head reads words of saying and doubt, quotation marks, what stands beside the claim, and how far the
extractor takes pieces of it for cues and contents. docs/evaluation.md has how well its
probabilities are calibrated.
"""

import math
import re
from bisect import bisect_left

import numpy as np

from annotator.draft import Draft, Offsets, cue_start
from annotator.extraction.meaning import Vector, head
from annotator.labels import SectionKind
from annotator.language import lexicon

DOUBTFUL = "somebodys"
_QUOTED = re.compile(r"[“”„«»\"]|(?<!\w)[‘'](?=\w)")
_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|apparently|purportedly|is said to|are said to|was said to|thought to|"
    r"believed to|expected to|understood to|rumou?red|accused of|alleged)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|me|us|I[’']m|we[’']re)\b")
_SAYING_NOUN = re.compile(
    r"\b(?:claims?|statement|report|warning|allegations?|concerns?|fears?|calls? for|criticism|comments?|remarks?|"
    r"letter|figures|data|survey|poll|study)\b"
)
_WINDOW = 3  # claims before and after that are looked at


def doubt(draft: Draft) -> None:
    """Give every claim in the article's own voice the probability that it is somebody's after all."""
    learned = head("own_voice", draft.meaning)
    if learned is None or draft.meaning is None:
        return
    for n, claim in enumerate(draft.claims):
        if claim.attribution is None:
            claim.somebodys = round(learned(features(draft, n))[DOUBTFUL], 4)


def features(draft: Draft, n: int) -> Vector:
    """What the head reads of the claim of a number, `[features]`."""
    assert draft.meaning is not None, "features are read where the encoder has read the article"
    claim = draft.claims[n]
    text = " ".join(draft.text[slice(*span)] for span in claim.spans)
    lowered = text.lower()
    pieces = draft.meaning.pieces(claim.spans)
    cues, contents = (one[pieces] if len(pieces) else np.zeros(1, np.float32) for one in _tags(draft))
    sentence = draft.sentence_at(claim.start)
    known = lexicon.table("cues")
    verbs = [t for span in claim.spans for t in draft.tokens(span) if t.pos_ == "VERB" and t.lemma_.lower() in known]
    beside = draft.claims[max(0, n - _WINDOW) : n] + draft.claims[n + 1 : n + 1 + _WINDOW]
    shared = any(sentence.start_char <= other.start < sentence.end_char and other.attribution for other in beside)
    before = draft.claims[n - 1] if n else None
    plain = [
        _log_odds(float(cues.max())),
        _log_odds(float(contents.max())),
        _log_odds(float(contents.mean())),
        bool(verbs),
        len(verbs) > 1,
        _QUOTED.search(text) is not None,
        _HEARSAY.search(lowered) is not None,
        _FIRST_PERSON.search(text) is not None,
        _SAYING_NOUN.search(lowered) is not None,
        shared,
        before is not None and before.attribution is not None,
        sum(other.attribution is not None for other in beside) / (2 * _WINDOW),
        claim.section is SectionKind.HEADLINE,
        claim.section is SectionKind.CAPTION,
        min(len(text) / 200, 2),
        any(_has_deed(draft, span) for span in claim.spans),
    ]
    return np.array(plain, np.float32)


def _tags(draft: Draft) -> tuple[Vector, Vector]:
    assert draft.meaning is not None
    return draft.meaning.cues, draft.meaning.contents


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1 - chance)) / 3


def _has_deed(draft: Draft, span: Offsets) -> bool:
    """Whether the cue of a deed begins in a stretch; deeds lie in the order of their cues."""
    n = bisect_left(draft.deeds, span[0], key=cue_start)
    return n < len(draft.deeds) and cue_start(draft.deeds[n]) < span[1]
