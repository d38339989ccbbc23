"""W3C Web Annotation: an annotation for each claim, and for each mention of a source, as JSON-LD.

Positions count Unicode code points of the article's text, as the recommendation says. A page of the web has other words
around the article, so each place is also told by its own words and those beside it, which is what tools find it by.
A claim in several pieces has a target for each, and one that runs over a line break has one for each line.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from annotator.formats.standards import names
from annotator.formats.standards.pieces import Lines, Piece
from annotator.labels import SourceType
from annotator.records import AnnotatedArticle, Claim, Link, Source, Span
from annotator.storage import write_text

NAME = "web_annotations.jsonld"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"aa": names.TERMS}]
# UTF-16 units on either side, as Hypothesis keeps: dom-anchor-text-quote refuses more. None of another paragraph, for
# @apache-annotator/dom matches them exactly.
AROUND = 32
TYPES: Mapping[SourceType, str] = {
    SourceType.PERSON: "Person",
    SourceType.ORGANIZATION: "Organization",
    SourceType.MEDIA: "Organization",
    SourceType.ARTICLE: "Organization",
}

Node = dict[str, Any]


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `web_annotations.jsonld`: one collection with all annotations on one page."""
    items = [item for named in names.named(records) for item in _Annotated(named).annotations()]
    iri = f"{names.NAMESPACE}web-annotations"
    collection = {
        "@context": CONTEXT,
        "id": iri,
        "type": "AnnotationCollection",
        "label": "Claims and their sources",
        "total": len(items),
        "first": {"id": f"{iri}/1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return [write_text(folder / NAME, [json.dumps(collection, ensure_ascii=False, indent=1), "\n"])]


class _Annotated:
    """A record whose claims and mentions become annotations."""

    def __init__(self, named: names.Named) -> None:
        self.named = named
        self.record = named.record
        self.lines = Lines(named.record.article.text)
        self.left_open = names.open_sources(named.record)

    def annotations(self) -> Iterator[Node]:
        """Those of the claims, then those of the sources' mentions."""
        for claim in self.record.claims:
            yield self._claim(claim)
        for source in self.record.sources:
            for number, mention in enumerate(source.mentions, 1):
                if targets := self._targets([mention]):
                    yield {
                        "id": f"{self.named.source(source.source_id)}/mention/{number}",
                        "type": "Annotation",
                        "motivation": "identifying",
                        **self._made(),
                        "body": [self._identity(source)],
                        "target": targets,
                    }

    def _claim(self, claim: Claim) -> Node:
        chain = " > ".join(self.record.chain_of(claim))
        tags = [_text(f"{field}: {value}", "tagging") for field, value in names.labels_of(claim)]
        return {
            "id": self.named.claim(claim),
            "type": "Annotation",
            "motivation": "describing",
            **self._made(),
            "body": [
                self._identity(self.record.source_of(claim)),
                _text(chain, "describing"),
                *tags,
                *self._of_person(claim),
            ],
            "target": self._targets(claim.spans) or self.named.article,
            "aa:text": claim.text,
            **({"aa:normalized": claim.claim_normalized} if claim.claim_normalized else {}),
            **{f"aa:{field.value}": {"id": names.label(field, getattr(claim, field))} for field in names.Field},
            "aa:chain": {"@list": [self._link(link) for link in claim.chain]},
            "aa:confidence": claim.confidence,
        }

    def _of_person(self, claim: Claim) -> Iterator[Node]:
        """What people said of the claim: whether it is marked rightly, and whether it is so."""
        if claim.review:
            yield _text(f"review: {claim.review.status}", "tagging")
            if claim.review.note:
                yield _text(claim.review.note, "commenting")
        if verdict := claim.verdict:
            yield _text(f"verdict: {verdict.rating}", "tagging")
            yield _text("\n".join(filter(None, [verdict.note, *verdict.evidence, verdict.by])), "commenting")

    def _link(self, link: Link) -> Node:
        agent = self._agent(self.record.source_by_id[link.source_id])
        return {"aa:agent": agent, "aa:role": link.role, "aa:basis": link.basis}

    def _identity(self, source: Source) -> Node:
        return {"type": "SpecificResource", "purpose": "identifying", "source": self._agent(source)}

    def _agent(self, source: Source) -> Node:
        """Who it is; whoever has no name in the article has a label that describes them, and no name."""
        node: Node = {"id": self.named.source(source.source_id)}
        if source.type in TYPES:
            node["type"] = TYPES[source.type]
        if name := names.proper_name(source, self.left_open):
            node["name"] = name
        else:
            node["label"] = names.description(source, self.left_open)
        kind = {"id": names.label("source_type", source.type)}
        return node | {"aa:source_type": kind, "aa:anonymous": source.anonymous}

    def _targets(self, spans: Iterable[Span]) -> list[Node]:
        return [self._target(piece) for span in spans for piece in self.lines.pieces(span)]

    def _target(self, piece: Piece) -> Node:
        text, (first, last) = self.lines.text, piece.line
        around = {
            "prefix": _last_units(text[max(first, piece.start - AROUND) : piece.start]),
            "suffix": _first_units(text[piece.end : min(last, piece.end + AROUND)]),
        }
        words = {"type": "TextQuoteSelector", "exact": text[piece.start : piece.end]}
        position = {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}
        known = {name: words for name, words in around.items() if words}
        return {"type": "SpecificResource", "source": self.named.article, "selector": [words | known, position]}

    def _made(self) -> Node:
        """By which program, and who went over it."""
        tool, review = self.record.tool, self.record.review
        name = f"{tool.name} {tool.version}"
        made: Node = {"generator": {"id": names.label("tool", name), "type": "Software", "name": name}}
        if review:
            person = {"id": names.label("reviewer", review.reviewer), "type": "Person", "name": review.reviewer}
            made["creator"] = person
            made |= {"modified": review.reviewed_at} if _is_time(review.reviewed_at) else {}
        return made


def _first_units(text: str) -> str:
    """As much of the beginning as `AROUND` units of UTF-16 hold."""
    return text.encode("utf-16-le")[: 2 * AROUND].decode("utf-16-le", "ignore")


def _last_units(text: str) -> str:
    """As much of the end as `AROUND` units of UTF-16 hold."""
    return _first_units(text[::-1])[::-1]


def _text(value: str, purpose: str) -> Node:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _is_time(value: str | None) -> bool:
    """Whether it is a time with its zone, as xsd:dateTime wants it here."""
    try:
        return value is not None and "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
