"""schema.org: each claim as a `Claim`, with who said it and the works that it appeared in.

Who said it is the `author`; `claimInterpreter` is who made a claim out of pictures or sound. Every outlet, document and
post of the chain is a work that the claim appeared in, and so is the article; their order is not told, for schema.org
relates no claims to one another.

A verdict becomes a draft of a `ClaimReview`, to be pasted into the page of the fact-check. Google requires
`claimReviewed`, `reviewRating` with its `alternateName`, and `url`: that one is for who publishes the page to fill in.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.formats.standards import names
from annotator.labels import LinkRole, SourceType
from annotator.records import AnnotatedArticle, Claim, Source, Verdict
from annotator.storage import write_text

CLAIMS, REVIEWS = "schema_org/claims.jsonld", "schema_org/claim_reviews.jsonld"
CONTEXT = "https://schema.org"
WORKS = {
    SourceType.DOCUMENT: "CreativeWork",
    SourceType.SOCIAL_POST: "SocialMediaPosting",
}
BODIES = {SourceType.ORGANIZATION, SourceType.MEDIA, SourceType.STATE, SourceType.ARTICLE}

Node = dict[str, Any]


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `schema_org/`: `claims.jsonld`, articles and claims, and `claim_reviews.jsonld`, drafts of verdicts."""
    described = [_Described(named) for named in names.named(records)]
    nodes = [node for each in described for node in each.nodes()]
    return [
        _write(folder / CLAIMS, nodes),
        _write(folder / REVIEWS, [one for each in described for one in each.reviews()]),
    ]


def _write(path: Path, nodes: Sequence[Node]) -> Path:
    graph = {"@context": CONTEXT, "@graph": nodes}
    # It is pasted into pages: "</script>" of a text must not end the element that it stands in there.
    text = json.dumps(graph, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return write_text(path, [text, "\n"])


class _Described:
    """A record in words of schema.org."""

    def __init__(self, named: names.Named) -> None:
        self.named = named
        self.record = named.record
        self.left_open = names.open_sources(named.record)

    def nodes(self) -> Iterator[Node]:
        yield self.article()
        for claim in self.record.claims:
            yield self.claim(claim)

    def reviews(self) -> Iterator[Node]:
        """A draft for each claim with a verdict; the claim stands in it, for it goes into a page by itself."""
        for claim in self.record.claims:
            if claim.verdict:
                yield self._review(claim, claim.verdict)

    def _review(self, claim: Claim, verdict: Verdict) -> Node:
        known = {
            "creativeWorkStatus": "Draft",
            "claimReviewed": claim.claim_normalized or claim.text,
            "reviewRating": {"@type": "Rating", "alternateName": verdict.rating.replace("_", " ").capitalize()},
            "reviewBody": verdict.note,
            "author": {"@type": "Person", "name": verdict.by},
            "dateCreated": verdict.at.isoformat(),
            "citation": [{"@type": "CreativeWork", "url": names.address(url)} for url in verdict.evidence],
            "itemReviewed": self.claim(claim),
        }
        return {"@type": "ClaimReview", "@id": f"{self.named.claim(claim)}/verdict", **_there(known)}

    def article(self) -> Node:
        """The article; a byline is a name as it is printed, be it of one person or of several."""
        article = self.record.article
        known = {
            "url": names.address(article.url),
            "headline": article.title,
            "datePublished": article.published,
            "inLanguage": article.language,
            "articleSection": article.section,
            "author": {"@type": "Person", "name": article.byline} if article.byline else None,
            "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
        }
        return {"@type": "NewsArticle", "@id": self.named.article, **_there(known)}

    def claim(self, claim: Claim) -> Node:
        source = self.record.source_of(claim)
        known = {
            "text": claim.text,
            "name": claim.claim_normalized,
            "author": self._author(source),
            "isBasedOn": self._work(source) if source.type in WORKS else None,
            "appearance": [*self._works(claim), {"@id": self.named.article}],
            "keywords": [f"{field}: {value}" for field, value in names.labels_of(claim)],
            "inLanguage": self.record.article.language,
        }
        return {"@type": "Claim", "@id": self.named.claim(claim), **_there(known)}

    def _author(self, source: Source) -> Node | None:
        """Who said it; one without a name in the article is described and has none. A document has no author here."""
        if source.type in WORKS or source.type is SourceType.UNSPECIFIED:
            return None
        known = {
            "name": names.proper_name(source, self.left_open),
            "description": names.description(source, self.left_open),
            "jobTitle": source.role if source.type is SourceType.PERSON else None,
        }
        kind = "Organization" if source.type in BODIES else "Person"
        return {"@type": kind, "@id": self.named.source(source.source_id), **_there(known)}

    def _works(self, claim: Claim) -> Iterator[Node]:
        """What the claim went through on its way from its source to the article."""
        for link in claim.chain:
            source = self.record.source_by_id[link.source_id]
            if link.role in (LinkRole.REPORTER, LinkRole.VEHICLE) and source.type in {*WORKS, SourceType.MEDIA}:
                yield self._work(source)

    def _work(self, source: Source) -> Node:
        if source.type is SourceType.MEDIA:
            return {"@type": "CreativeWork", "publisher": self._author(source)}
        known = {
            "name": names.proper_name(source, self.left_open),
            "description": names.description(source, self.left_open),
        }
        return {"@type": WORKS[source.type], "@id": self.named.source(source.source_id), **_there(known)}


def _there(values: Node) -> Node:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
