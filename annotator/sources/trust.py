"""How sure a link from a mention to its source is: the probability that the source is right, its name included.

A logistic regression over what the steps before know, fitted by `benchmarks/review.py` on news whose sources people
have resolved. The extractor's own `source_confidence` says only that a mention is the speaker's, not who is meant.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from annotator.draft import DraftAttribution
from annotator.errors import ModelError
from annotator.labels import AttributionMode, Resolution, SourceType

MODEL = Path(__file__).parent.parent / "models" / "en" / "trust.json"

LEAST, MOST = 0.01, 0.995  # chances beyond count as these: their logarithm would count for too much
_TYPES = (SourceType.ORGANIZATION, SourceType.GROUP, SourceType.DOCUMENT, SourceType.MEDIA, SourceType.STATE)


def evidence(
    confidence: float, source_confidence: float, kind: SourceType, *, anonymous: bool, anaphoric: bool
) -> dict[str, float]:
    """What the probability goes by, a number a name; `kind` tells nothing for a person."""
    told = {
        "bias": 1.0,
        "source_confidence": _logit(source_confidence),
        "confidence": _logit(confidence),
        "anonymous": float(anonymous),
        "anaphoric": float(anaphoric),
    }
    return told | {known.value: float(kind is known) for known in _TYPES}


def _logit(chance: float) -> float:
    chance = min(max(chance, LEAST), MOST)
    return math.log(chance / (1 - chance))


def link_confidence(item: DraftAttribution) -> float | None:
    """The probability that an attribution's source is right; None for one that is left open."""
    if item.source is None or item.resolution is not Resolution.RESOLVED:
        return None
    told = evidence(
        item.confidence,
        item.source_confidence,
        item.source.type,
        anonymous=item.source.anonymous,
        anaphoric=item.mode is AttributionMode.ANAPHORIC,
    )
    return round(chance(told, weights()), 4)


def chance(told: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that evidence and weights come to."""
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in told.items())))


@cache
def weights() -> dict[str, float]:
    """The shipped weights. Raises ModelError where they cannot be read."""
    try:
        told = json.loads(MODEL.read_text(encoding="utf-8"))
        return {name: float(value) for name, value in told.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{MODEL}: the weights cannot be loaded ({error}). Reinstall the package.") from error
