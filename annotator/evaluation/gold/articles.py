"""What people decided that an article holds: light, immutable structures that know of no file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Offsets = tuple[int, int]
Spans = tuple[Offsets, ...]
Form = Literal["claims", "sources", "attributions"]

OWN_VOICE = "publisher"  # the id that resolved sources give to the article's publisher


@dataclass(frozen=True)
class Parts:
    """The spans of one attribution, half-open offsets in text order; an empty tuple where a part is missing."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class GoldAttribution:
    """An attribution that a person marked."""

    attribution_id: str
    parts: Parts
    parent: str | None = field(default=None, kw_only=True)  # the attribution whose content it stands in


@dataclass(frozen=True)
class GoldClaim:
    """A claim with the labels that its gold has, None for others; `alternatives` has what is right too, by field."""

    claim_id: str
    spans: Spans
    text: str
    quote_type: str | None = None
    kind: str | None = None
    attribution: str | None = None
    stance: str | None = None
    on_record: str | None = None
    source: str | None = None
    source_type: str | None = None
    affiliation: str | None = None
    anonymous: bool | None = None
    chain: tuple[str, ...] | None = None
    cue: Offsets | None = None
    source_mention: Offsets | None = None
    alternatives: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def accepted(self, field: str) -> list[Any]:
        """The value of a field and its alternatives; none where the gold does not have it."""
        value = getattr(self, field)
        return [] if value is None else [value, *self.alternatives.get(field, ())]


@dataclass(frozen=True)
class ResolvedAttribution(GoldAttribution):
    """An attribution whose source was resolved; the plural fields hold every value that is right, the best first.

    A chain is a tuple of links, a link the names that are right for it; the publisher's link is `{OWN_VOICE}`.
    """

    source_id: str
    source_names: tuple[str, ...]
    source_types: tuple[str, ...]
    anonymous: tuple[bool, ...]
    modes: tuple[str, ...]
    quote_types: tuple[str, ...]
    chains: tuple[tuple[frozenset[str], ...], ...]
    own_voice: bool


@dataclass(frozen=True)
class GoldArticle:
    """One text and who published it."""

    article_id: str
    text: str
    publisher: str | None


@dataclass(frozen=True)
class ClaimArticle(GoldArticle):
    """An article with all its claims, and the text that is no claim; None where the gold does not tell that."""

    claims: tuple[GoldClaim, ...]
    non_claims: Spans | None


@dataclass(frozen=True)
class SourceArticle(GoldArticle):
    """An article whose attributions have resolved sources."""

    attributions: tuple[ResolvedAttribution, ...]


@dataclass(frozen=True)
class AttributionArticle(GoldArticle):
    """An article with its attributions."""

    attributions: tuple[GoldAttribution, ...]


def spans_of(article: GoldArticle) -> list[Parts]:
    """The spans of every attribution that people marked in an article, as far as they have a content."""
    if isinstance(article, ClaimArticle):
        return [
            Parts(_some(claim.source_mention), _some(claim.cue), claim.spans)
            for claim in article.claims
            if claim.cue or claim.source_mention
        ]
    if isinstance(article, SourceArticle | AttributionArticle):
        return [item.parts for item in article.attributions if item.parts.content]
    return []


def _some(span: Offsets | None) -> Spans:
    return (span,) if span else ()


def fold_of(article_id: str, folds: int = 5) -> int:
    """The fold of an article in cross-validation: the same one in every run, whatever else there is to measure."""
    return int.from_bytes(hashlib.sha256(article_id.encode()).digest()[:8]) % folds


@dataclass(frozen=True)
class GoldSet:
    """All articles of one form that were given as one file, folder or pattern."""

    name: str
    form: Form
    articles: tuple[GoldArticle, ...]
