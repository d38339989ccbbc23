"""What the extractor says of attributions and entities, for the steps that follow."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.extraction.meaning import Meaning

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the network thinks of an attribution's parts, as probabilities.

    `cue` is that of its tags, `content` the mean of that of its tags and of belonging to the cue, `source` that of
    belonging to the cue, or of there being no source where it has none.
    """

    cue: float
    content: float
    source: float


@dataclass(frozen=True, slots=True)
class Extracted:
    """One attribution as the model sees it: half-open offsets of its parts, in the codebook's conventions.

    `confidence` is the probability that the attribution is right (its content, by half or more, and its source),
    `source_confidence` that the source is, given the content. To tell one that is `doubtful` lowers F1 on the dev set.
    """

    cue: Offsets | None
    source: Offsets | None
    contents: tuple[Offsets, ...]
    confidence: float
    source_confidence: float = 1.0
    doubtful: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """What a text names: half-open offsets, label (`entities.LABELS`), and the mean probability of its tags."""

    start: int
    end: int
    label: str
    probability: float = 1.0


@dataclass(frozen=True)
class Found:
    """What one reading of an article finds: its attributions, the entities that it names, and what it is about."""

    attributions: list[Extracted]
    entities: list[Entity]
    meaning: "Meaning | None" = None
