"""The records: what an annotated article consists of, as immutable pydantic models.

Offsets are Python `str` indices (Unicode code points) into `article.text`, end exclusive. Whoever builds or loads
an `AnnotatedArticle` has its spans, ids and vocabularies checked; a record that exists is a valid one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Annotated, Any, Final, Literal, Self, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from annotator.labels import (
    Affiliation,
    ArticleStatus,
    AttributionMode,
    Flag,
    Kind,
    LinkBasis,
    LinkRole,
    NonClaimReason,
    OnRecord,
    Polarity,
    QuoteType,
    Resolution,
    ReviewReason,
    ReviewStatus,
    SectionKind,
    SourceType,
    Stance,
    VerdictRating,
)

SCHEMA_VERSION: Final = "1"
ARTICLE_SOURCE = "article"  # the id of the article's own voice, and of its publisher in a chain
UNKNOWN_PUBLISHER = "unknown publisher"
EARLY_REVIEW_BELOW = 0.75  # confidence below which claims needed review when records did not yet say why

Offset = Annotated[int, Field(ge=0)]
Probability = Annotated[float, Field(ge=0, le=1)]


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # "http://[" and the like
        web = False
    if not web or any(sign.isspace() or not sign.isprintable() for sign in value):
        raise ValueError(f"{value[:80]!r} is no address that begins with http:// or https://")
    return parts.scheme + value[len(parts.scheme) :]  # whoever typed HTTPS:// meant https://


WebAddress = Annotated[
    str, AfterValidator(_web_address), Field(json_schema_extra={"format": "uri", "pattern": r"^https?://\S+$"})
]


def _absent(value: object) -> bool:
    return value is None


_GIVEN: dict[frozenset[str], set[str]] = {}  # each set of field names once


class Record(BaseModel):
    """Base of all records: immutable, and nothing undeclared is let in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Tell Python the attributes of the class once: what shares keys later finds them all there."""
        super().__pydantic_init_subclass__(**kwargs)
        first = cls.__new__(cls)
        for name in cls.model_fields:
            object.__setattr__(first, name, None)

    def compact(self) -> Self:
        """The same record in a third of the memory: a long article has a million of them.

        pydantic gives each a dictionary and a set of its own. Attributes that are set one by one share the keys of
        their class, and the names of what was given are one set for all, which nobody changes in a frozen record.
        """
        copy = self.__class__.__new__(self.__class__)
        given = frozenset(self.model_fields_set)
        for name, value in self.__dict__.items():
            object.__setattr__(copy, name, value)
        object.__setattr__(copy, "__pydantic_fields_set__", _GIVEN.setdefault(given, set(given)))
        object.__setattr__(copy, "__pydantic_extra__", None)
        object.__setattr__(copy, "__pydantic_private__", None)
        return copy


class Span(Record):
    """A stretch of the article with its words: `article.text[start:end] == text`."""

    start: Offset
    end: Offset
    text: str

    @classmethod
    def of(cls, text: str, offsets: tuple[int, int]) -> "Span":
        """The span of a text between half-open offsets."""
        return cls(start=offsets[0], end=offsets[1], text=text[slice(*offsets)])


class Article(Record):
    """One text as the reader got it, and what is known about it."""

    article_id: str = Field(min_length=1)
    text: str
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = Field(None, exclude_if=_absent, description="Part of the paper or site that it stood in")
    agency: str | None = Field(None, exclude_if=_absent, description="News agency that it came from")
    text_sha256: str = ""
    metadata: dict[str, Any] = Field(
        default_factory=dict, description="Fields of the input that have no place of their own"
    )

    @model_validator(mode="before")
    @classmethod
    def _digest(cls, values: Any) -> Any:
        if isinstance(values, dict) and isinstance(text := values.get("text"), str) and not values.get("text_sha256"):
            return {**values, "text_sha256": digest(text)}
        return values

    @model_validator(mode="after")
    def _same_text(self) -> "Article":
        if self.text_sha256 != digest(self.text):
            raise ValueError("text_sha256 is not the digest of the text: the text was changed after annotation")
        return self


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8; lone surrogates, which UTF-8 cannot hold, are passed through."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Section(Record):
    kind: SectionKind
    start: Offset
    end: Offset


class Candidate(Record):
    """A source that an unresolved mention may belong to."""

    source_id: str
    score: Probability


class Attribution(Record):
    """Cue, source mention and the contents that they cover; one attribution can cover several claims.

    One that no claim refers to stands inside a claim of the article's own voice: "The city agreed to close the pier".
    """

    attribution_id: str
    cue: Span | None
    source_mention: Span | None
    contents: tuple[Span, ...]
    source_id: str
    resolution: Resolution = Resolution.RESOLVED
    candidates: tuple[Candidate, ...] = ()
    confidence: Probability
    source_confidence: Probability = Field(1.0, description="How sure it is that the mention is the contents' source")
    link_confidence: Probability | None = Field(
        None, description="How sure the annotator is of the source, its name included; none where it is left open"
    )


class Nested(Record):
    """An attribution inside the content of a claim."""

    cue: Span | None
    source_mention: Span | None
    contents: tuple[Span, ...]


class Link(Record):
    """One step of a chain."""

    source_id: str
    role: LinkRole
    basis: LinkBasis
    mention: Span | None = None
    cue: Span | None = None


class ClaimReview(Record):
    """What a reviewer did with a claim."""

    status: ReviewStatus
    changed: tuple[str, ...] = Field((), description="Columns of the claim table that differ from the machine's")
    note: str | None = None


class Verdict(Record):
    """What somebody found who checked whether a claim is so; what the claim is, and whose, `ClaimReview` is about."""

    rating: VerdictRating
    note: str = Field("", description="The finding in words, for readers")
    evidence: tuple[WebAddress, ...] = Field((), description="Addresses of what it rests on, http or https")
    by: str = Field(min_length=1, description="Who says so")
    at: AwareDatetime = Field(description="When, ISO 8601 with its distance from UTC")


class ArticleReview(Record):
    """Who looked at an article, and what they say of it."""

    reviewer: str
    reviewed_at: str | None = Field(None, description="When it was last changed, ISO 8601")
    status: ArticleStatus | None = None
    note: str | None = None
    task: str | None = Field(None, description="Where to look at it: a link to the task in Label Studio")
    seconds: float | None = Field(None, description="How long the reviewer had it open")


class Claim(Record):
    """What somebody states, or what the article states itself; chains run from the origin to the publisher."""

    claim_id: str
    attribution_id: str | None
    section: SectionKind
    paragraph: int = Field(ge=0, description="Index of the non-blank line that the claim begins in")
    spans: tuple[Span, ...] = Field(min_length=1)
    text: str = Field(description="The texts of the spans, joined by blanks")
    claim_normalized: str | None = Field(None, description="The claim made readable on its own, where that helps")
    quote_type: QuoteType
    kind: Kind
    polarity: Polarity
    hedged: bool
    attribution: AttributionMode
    stance: Stance
    on_record: OnRecord
    source_id: str
    source_display: str = Field(description="Explicit links only, outermost first: NBC <- Russian source (anonymous)")
    chain: tuple[Link, ...] = Field(min_length=1)
    nested: tuple[Nested, ...] = ()
    flags: tuple[Flag, ...] = ()
    confidence: Probability
    needs_review: bool = Field(description="Whether there is a reason for which a person should look at it")
    review_reasons: tuple[ReviewReason, ...] = ()
    at: str | None = Field(
        None, exclude_if=_absent, description="Time of its entry in a live blog, as the article has it"
    )
    responds_to: str | None = Field(
        None, exclude_if=_absent, description="Id of the claim that it denies, disputes or calls a lie"
    )
    review: ClaimReview | None = Field(None, exclude_if=_absent, description="Only where a person has looked at it")
    verdict: Verdict | None = Field(None, exclude_if=_absent, description="Only where a person has checked it")


class Source(Record):
    """The entity behind the mentions."""

    source_id: str
    name: str = Field(min_length=1)
    type: SourceType
    affiliation: Affiliation
    role: str | None = Field(None, description="Title or function in the words of the article")
    count: int | None = Field(None, description="How many people, where the text says so")
    anonymous: bool
    anonymity_description: str | None = None
    anonymity_reason: str | None = None
    inherited: bool = Field(False, description="The reason was said once for the group that this source belongs to")
    mentions: tuple[Span, ...] = ()


class NonClaim(Record):
    """Text that is neither a claim nor an attribution, with the reason."""

    start: Offset
    end: Offset
    text: str
    reason: NonClaimReason


class Tool(Record):
    """What made the record."""

    name: str
    version: str
    model: str
    lexicon: str


def _with_early_reasons(claim: Any, attributions: Mapping[str, Mapping[str, Any]]) -> Any:
    early = isinstance(claim, dict) and claim.get("needs_review") is True and "review_reasons" not in claim
    if not early:
        return claim
    return {**claim, "review_reasons": _early_reasons(claim, attributions.get(str(claim.get("attribution_id")), {}))}


def _early_reasons(claim: Mapping[str, Any], attribution: Mapping[str, Any]) -> tuple[ReviewReason, ...]:
    """Why a claim of an early record needs review: its source is open, or else its confidence was low."""
    resolution = str(attribution.get("resolution"))
    opened = {
        Resolution.AMBIGUOUS.value: ReviewReason.SOURCE_AMBIGUOUS,
        Resolution.UNRESOLVED.value: ReviewReason.SOURCE_UNRESOLVED,
    }.get(resolution)
    confidence = claim.get("confidence")
    unsure = isinstance(confidence, int | float) and confidence < EARLY_REVIEW_BELOW
    return ((opened,) if opened else ()) + ((ReviewReason.LOW_CONFIDENCE,) if unsure or not opened else ())


class AnnotatedArticle(Record):
    """The whole result for one article; the contract of `schemas/`."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    article: Article
    sections: tuple[Section, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    non_claims: tuple[NonClaim, ...] = ()
    tool: Tool
    review: ArticleReview | None = Field(None, exclude_if=_absent, description="Only where a person has looked at it")

    @model_validator(mode="before")
    @classmethod
    def _with_reasons(cls, values: Any) -> Any:
        """A record that was written before claims had reasons tells them all the same: there were three."""
        if not isinstance(values, dict) or not isinstance(values.get("claims"), list):
            return values
        listed = values.get("attributions")
        listed = listed if isinstance(listed, list) else []
        known = {str(item.get("attribution_id")): item for item in listed if isinstance(item, dict)}
        return {**values, "claims": [_with_early_reasons(claim, known) for claim in values["claims"]]}

    @model_validator(mode="after")
    def _sound(self) -> "AnnotatedArticle":
        if found := list(problems(self)):
            raise ValueError("; ".join(found))
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> "AnnotatedArticle":
        if update and "claims" in update:
            update = {**update, "claims": answering_there(update["claims"])}
        copied = super().model_copy(update=update, deep=deep)
        for name in ("source_by_id", "attribution_by_id"):  # looked up in this record, and not true of the copy
            copied.__dict__.pop(name, None)
        return copied

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        return {source.source_id: source for source in self.sources}

    @cached_property
    def attribution_by_id(self) -> dict[str, Attribution]:
        return {item.attribution_id: item for item in self.attributions}

    def attribution_of(self, claim: Claim) -> Attribution | None:
        return self.attribution_by_id[claim.attribution_id] if claim.attribution_id else None

    def source_of(self, claim: Claim) -> Source:
        return self.source_by_id[claim.source_id]

    def chain_of(self, claim: Claim) -> tuple[str, ...]:
        """Names of the chain's links, origin first: `("Russian source (anonymous)", "NBC", "Babel")`."""
        return tuple(self.source_by_id[link.source_id].name for link in claim.chain)


def source_ids(attributions: Iterable[Attribution], claims: Iterable[Claim]) -> Iterator[str]:
    """The id of every source that attributions and claims refer to, candidates and links among them."""
    for item in attributions:
        yield item.source_id
        yield from (candidate.source_id for candidate in item.candidates)
    for claim in claims:
        yield claim.source_id
        yield from (link.source_id for link in claim.chain)


def displayed(links: Sequence[tuple[LinkBasis, str]]) -> str:
    """The `source_display` of a chain, given as basis and name: explicit links only, outermost first.

    The publisher stands for the article's own voice.
    """
    explicit = [name for basis, name in links if basis is LinkBasis.EXPLICIT] or [name for _, name in links[:1]]
    return " <- ".join(reversed(explicit))


def line_ends(text: str) -> list[int]:
    """Where the non-blank lines end: the number of those before a place is the index of its paragraph."""
    ends, place = [], 0
    for line in text.splitlines(keepends=True):
        place += len(line)
        if line.strip():
            ends.append(place)
    return ends


def spans_of(item: BaseModel, path: str = "") -> Iterator[tuple[str, Span | NonClaim]]:
    """Every span inside a record, with the path to it."""
    if isinstance(item, Span | NonClaim):
        yield path, item
        return
    for name in _holding(type(item)):
        value = getattr(item, name)
        if isinstance(value, BaseModel):
            yield from spans_of(value, f"{path}.{name}")
        elif isinstance(value, tuple):
            for n, part in enumerate(value):
                if isinstance(part, BaseModel):
                    yield from spans_of(part, f"{path}.{name}[{n}]")


@cache
def _holding(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that may hold others: most hold words and numbers, and are asked of every claim."""

    def may(kind: Any) -> bool:
        parts = get_args(kind)
        return any(map(may, parts)) if parts else isinstance(kind, type) and issubclass(kind, BaseModel)

    return tuple(name for name, field in model.model_fields.items() if may(field.annotation))


def problems(record: AnnotatedArticle) -> Iterator[str]:
    """What is wrong with a record's spans and ids, each with the path to it; nothing for a sound record."""
    text = record.article.text
    for part in (record.attributions, record.claims, record.sources, record.non_claims):
        for n, item in enumerate(part):
            for path, span in spans_of(item, f"{type(item).__name__.lower()} {n}"):
                if not span.start < span.end <= len(text):
                    yield f"{path}: {span.start}..{span.end} is no stretch of a text of {len(text)} characters"
                elif text[span.start : span.end] != span.text:
                    there = text[span.start : span.end][:40]
                    yield f"{path}: the text at {span.start}..{span.end} is {there!r}, not {span.text[:40]!r}"
    for n, section in enumerate(record.sections):
        if not section.start < section.end <= len(text):
            yield f"section {n}: {section.start}..{section.end} is no stretch of the text"
    yield from _id_problems(record)


def _id_problems(record: AnnotatedArticle) -> Iterator[str]:
    sources = [source.source_id for source in record.sources]
    attributions = [item.attribution_id for item in record.attributions]
    claims = [claim.claim_id for claim in record.claims]
    for what, ids in (("source_id", sources), ("attribution_id", attributions), ("claim_id", claims)):
        yield from (f"{what} {i!r} is not unique" for i, n in sorted(Counter(ids).items()) if n > 1)
    known, made = set(sources), set(attributions)
    for item in record.attributions:
        for i in {item.source_id, *(c.source_id for c in item.candidates)} - known:
            yield f"attribution {item.attribution_id}: no source {i!r}"
    for claim in record.claims:
        for i in {claim.source_id, *(link.source_id for link in claim.chain)} - known:
            yield f"claim {claim.claim_id}: no source {i!r}"
        if claim.attribution_id is not None and claim.attribution_id not in made:
            yield f"claim {claim.claim_id}: no attribution {claim.attribution_id!r}"
        if claim.text != " ".join(span.text for span in claim.spans):
            yield f"claim {claim.claim_id}: its text is not that of its spans"
        if claim.needs_review != bool(claim.review_reasons):
            told = ", ".join(claim.review_reasons) or "no reason"
            yield f"claim {claim.claim_id}: needs_review is {str(claim.needs_review).lower()}, with {told}"
        if claim.responds_to == claim.claim_id or (claim.responds_to is not None and claim.responds_to not in claims):
            yield f"claim {claim.claim_id}: responds_to {claim.responds_to!r} is no other claim of the record"
        if claim.chain[-1].role is not LinkRole.PUBLISHER:
            yield f"claim {claim.claim_id}: the chain does not end at the publisher"


def answering_there(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, of which none answers one that is not among them any more."""
    claims = tuple(claims)
    there = {claim.claim_id for claim in claims}
    return tuple(
        claim.model_copy(update={"responds_to": None})
        if claim.responds_to and claim.responds_to not in there
        else claim
        for claim in claims
    )


def without_rejected(record: AnnotatedArticle) -> AnnotatedArticle:
    """The record as a reviewer left it: the claims that they deleted are not in it."""
    kept = tuple(c for c in record.claims if not (c.review and c.review.status is ReviewStatus.REJECTED))
    return record if len(kept) == len(record.claims) else record.model_copy(update={"claims": kept})
