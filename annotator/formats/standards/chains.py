"""Chains in words of the W3C's provenance model (PROV): what was told by whom, and what was made of what.

A claim is an entity, quoted from the article. Each link of its chain before the publisher is a telling of it, an entity
attributed to who told it, or made out of the document that it stood in; each telling is derived from the one nearer to
the origin, and the claim from the last. Who has no name in the article is an agent without a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.formats.standards import names
from annotator.labels import QuoteType, SourceType
from annotator.records import Claim, Link, Source, Span, Verdict

ENTITY, AGENT = "prov:Entity", "prov:Agent"
ATTRIBUTED, DERIVED = "prov:wasAttributedTo", "prov:wasDerivedFrom"
QUOTED, PRIMARY = "prov:wasQuotedFrom", "prov:hadPrimarySource"
WORKS = {SourceType.DOCUMENT, SourceType.SOCIAL_POST}
BODIES = {SourceType.ORGANIZATION, SourceType.MEDIA, SourceType.STATE, SourceType.ARTICLE}
PREFIXES = {
    "prov": "http://www.w3.org/ns/prov#",
    "aa": names.TERMS,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Value = str | int | float | bool


@dataclass(frozen=True)
class Iri:
    """An address among values."""

    address: str


Values = list[tuple[str, Value | Iri]]


@dataclass(frozen=True)
class Thing:
    """An entity or an agent, with its properties."""

    iri: str
    types: tuple[str, ...]
    values: Values = field(default_factory=list)


@dataclass(frozen=True)
class Relation:
    """One thing has to do with another; with values it is told why, in a node of its own."""

    subject: str
    kind: str
    object: str
    values: Values = field(default_factory=list)


class Chains:
    """The things and relations of a record."""

    def __init__(self, named: names.Named) -> None:
        self.named = named
        self.record = named.record
        self.left_open = names.open_sources(named.record)

    def statements(self) -> Iterator[Thing | Relation]:
        """The article, the record and who made it, the sources, then claim by claim with its tellings."""
        yield from self._frame()
        yield from map(self._source, self.record.sources)
        for claim in self.record.claims:
            yield from self._claim(claim)

    def _frame(self) -> Iterator[Thing | Relation]:
        article, tool, review = self.record.article, self.record.tool, self.record.review
        known = {"dcterms:title": article.title, "dcterms:issued": article.published, "dcterms:creator": article.byline}
        yield Thing(self.named.article, (ENTITY,), _there(known))
        yield Thing(self.named.iri, (ENTITY,), [("aa:text_sha256", article.text_sha256)])
        yield Relation(self.named.iri, DERIVED, self.named.article)
        program = names.label("tool", f"{tool.name} {tool.version}")
        yield Thing(program, (AGENT, "prov:SoftwareAgent"), [("foaf:name", f"{tool.name} {tool.version}")])
        yield Relation(self.named.iri, ATTRIBUTED, program)
        if review:
            person = names.label("reviewer", review.reviewer)
            yield Thing(person, (AGENT, "prov:Person"), [("foaf:name", review.reviewer)])
            yield Relation(self.named.iri, ATTRIBUTED, person)

    def _source(self, source: Source) -> Thing:
        values = _there(
            {
                "foaf:name": names.proper_name(source, self.left_open),
                "dcterms:description": names.description(source, self.left_open),
            }
        )
        values += [("aa:anonymous", source.anonymous), ("aa:source_type", Iri(names.label("source_type", source.type)))]
        return Thing(self.named.source(source.source_id), _types(source), values)

    def _claim(self, claim: Claim) -> Iterator[Thing | Relation]:
        iri = self.named.claim(claim)
        yield Thing(iri, (ENTITY,), [("prov:value", claim.text), *self._labels(claim)])
        yield Relation(iri, QUOTED, self.named.article)
        before = None
        for number, link in enumerate(claim.chain[:-1], 1):
            telling = f"{iri}/telling/{number}"
            yield from self._telling(telling, link)
            if before:
                yield Relation(telling, DERIVED, before)
            before = telling
        yield self._by(iri, claim.chain[-1])
        if before:
            yield Relation(iri, QUOTED if claim.quote_type is QuoteType.DIRECT else DERIVED, before)
            yield Relation(iri, PRIMARY, f"{iri}/telling/1")
        if claim.verdict:
            yield from self._verdict(iri, claim.verdict)

    def _verdict(self, claim: str, verdict: Verdict) -> Iterator[Thing | Relation]:
        """What somebody found of the claim, from the evidence that they name."""
        iri, person = f"{claim}/verdict", names.label("reviewer", verdict.by)
        said = _there({"prov:value": verdict.note, "dcterms:created": verdict.at.isoformat()})
        yield Thing(iri, (ENTITY,), [("aa:verdict", Iri(names.label("verdict", verdict.rating))), *said])
        yield Thing(person, (AGENT, "prov:Person"), [("foaf:name", verdict.by)])
        yield Relation(iri, ATTRIBUTED, person)
        yield Relation(iri, DERIVED, claim)
        for url in verdict.evidence:
            if address := names.address(url):
                yield Thing(address, (ENTITY,))
                yield Relation(iri, DERIVED, address)

    def _telling(self, iri: str, link: Link) -> Iterator[Thing | Relation]:
        yield Thing(iri, (ENTITY,), [("aa:role", link.role.value), ("aa:basis", link.basis.value)])
        yield self._by(iri, link)

    def _by(self, iri: str, link: Link) -> Relation:
        """Whose words they are; those of a document or a post are made out of it."""
        work = self.record.source_by_id[link.source_id].type in WORKS
        return Relation(iri, DERIVED if work else ATTRIBUTED, self.named.source(link.source_id), self._how(link))

    def _how(self, link: Link) -> Values:
        words = {"aa:mention": _words(link.mention), "aa:cue": _words(link.cue)}
        return [("aa:role", link.role.value), ("aa:basis", link.basis.value), *_there(words)]

    def _labels(self, claim: Claim) -> Iterator[tuple[str, Value | Iri]]:
        yield "dcterms:isPartOf", Iri(self.named.iri)
        for name, value in names.labels_of(claim):
            yield f"aa:{name}", Iri(names.label(name, value))
        yield "aa:confidence", claim.confidence
        if claim.responds_to:
            answered = next(other for other in self.record.claims if other.claim_id == claim.responds_to)
            yield "aa:responds_to", Iri(self.named.claim(answered))


def _types(source: Source) -> tuple[str, ...]:
    if source.type in WORKS:
        return (ENTITY,)
    if source.type in BODIES:
        return (AGENT, "prov:Organization")
    return (AGENT, "prov:Person") if source.type is SourceType.PERSON else (AGENT,)


def _there(values: dict[str, str | None]) -> Values:
    return [(name, value) for name, value in values.items() if value]


def _words(span: Span | None) -> str | None:
    return span.text if span else None
