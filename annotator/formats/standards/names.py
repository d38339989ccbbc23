"""Names in the web of data: addresses for articles, claims and sources, the same in every standard."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

from annotator.labels import Resolution, SourceType
from annotator.records import AnnotatedArticle, Claim, Source, without_rejected
from annotator.text import encodable_record

NAMESPACE = "urn:attribution-annotator:"
TERMS = f"{NAMESPACE}term:"  # properties that no vocabulary has
_OF_ADDRESSES = "%/:?#@!$&'()*+,;=~-._"


class Field(StrEnum):
    """A field of a claim whose value is a word of the codebook."""

    QUOTE_TYPE = "quote_type"
    KIND = "kind"
    POLARITY = "polarity"
    ATTRIBUTION = "attribution"
    STANCE = "stance"
    ON_RECORD = "on_record"


@dataclass(frozen=True)
class Named:
    """A record without the claims that a reviewer deleted, and what it is called."""

    record: AnnotatedArticle
    iri: str

    @property
    def article(self) -> str:
        """The article: its address on the web, or a name made of its id where it has none."""
        article = self.record.article
        return address(article.url) or f"{NAMESPACE}article:{_escaped(article.article_id)}"

    def claim(self, claim: Claim) -> str:
        return f"{self.iri}/claim/{_escaped(claim.claim_id)}"

    def source(self, source_id: str) -> str:
        return f"{self.iri}/source/{_escaped(source_id)}"


def named(records: Iterable[AnnotatedArticle]) -> Iterator[Named]:
    """Each record with a name that no other of them has: its article's id, who reviewed it, a number if need be."""
    seen: Counter[str] = Counter()
    for record in map(encodable_record, records):
        name = _escaped(record.article.article_id)
        if record.review:
            name += f"/{_escaped(record.review.reviewer)}"
        seen[name] += 1
        number = f"/{seen[name]}" if seen[name] > 1 else ""
        yield Named(without_rejected(record), f"{NAMESPACE}record:{name}{number}")


def label(field: str, value: str) -> str:
    """The address of a word of the codebook: `urn:attribution-annotator:label:kind:prediction`."""
    return f"{NAMESPACE}label:{field}:{_escaped(value)}"


def labels_of(claim: Claim) -> list[tuple[str, str]]:
    """Field and value of everything that a claim is labelled with."""
    found = [(field.value, str(getattr(claim, field.value))) for field in Field]
    found += [("hedged", "true")] if claim.hedged else []
    found += [("flag", flag.value) for flag in claim.flags]
    return found + [("review_reason", reason.value) for reason in claim.review_reasons]


def address(url: str | None) -> str | None:
    """The address of the web, what an IRI may not hold escaped in it; None where it is none."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    return quote(url.strip(), safe=_OF_ADDRESSES)


def open_sources(record: AnnotatedArticle) -> set[str]:
    """Ids of the sources that only stand for a mention whose owner is left open: "unresolved: He" is nobody's name."""
    left_open = {item.source_id for item in record.attributions if item.resolution is not Resolution.RESOLVED}
    settled = {item.source_id for item in record.attributions if item.resolution is Resolution.RESOLVED}
    return left_open - settled


def proper_name(source: Source, left_open: set[str]) -> str | None:
    """The name by which everybody would know the source; None for who is anonymous, not told, or left open."""
    nobody = source.anonymous or source.type is SourceType.UNSPECIFIED or source.source_id in left_open
    return None if nobody else source.name


def description(source: Source, left_open: set[str]) -> str | None:
    """What the text calls a source that has no name in it."""
    if source.anonymous and source.anonymity_description:
        return source.anonymity_description
    return None if proper_name(source, left_open) else source.name


def _escaped(text: str) -> str:
    return quote(text, safe="")
