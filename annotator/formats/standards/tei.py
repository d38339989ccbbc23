"""TEI P5: the article with its claims, cues and mentions in place, a file an article.

A claim is `said` by somebody (`@who`), a `quote` of a document or post (`@source`), or a `seg` where the article says
it itself. XML is a tree, so what crosses something else, runs over paragraphs or has pieces comes in parts that `@next`
and `@prev` join. `@n` of a paragraph is the code point of the article's text that it begins at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from annotator.formats.standards import names, tei_header
from annotator.formats.standards.pieces import Lines
from annotator.formats.standards.tei_header import TEI, WORKS, Ids, child
from annotator.formats.tools import naming
from annotator.labels import QuoteType, SectionKind
from annotator.records import AnnotatedArticle, Claim, Span
from annotator.storage import atomic

FOLDER = "tei"
# Only these end a paragraph: other characters that end lines elsewhere are no characters of XML, and are told as gaps.
PARAGRAPH = re.compile("[^\n\r\x85\u2028\u2029]+")
CLAIM, CUE, MENTION = range(3)  # what may hold what, for in TEI no mention (rs) holds what is said
DIRECT = {QuoteType.DIRECT: "true", QuoteType.INDIRECT: "false", QuoteType.MIXED: "unknown"}


@dataclass(eq=False)
class Mark:
    """Something of the text that becomes elements: one, or as many as it takes."""

    rank: int
    name: str
    attributes: dict[str, str]
    xml_id: str
    spans: tuple[Span, ...]
    parts: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """What of a mark lies in one paragraph."""

    start: int
    end: int
    mark: Mark


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `tei/`, one XML file an article."""
    stems = (stem for stem, _ in naming.named(records))
    pairs = zip(stems, names.named(records), strict=True)
    return [_write(named, folder / FOLDER / f"{stem}.xml") for stem, named in pairs]


def _write(named: names.Named, path: Path) -> Path:
    with atomic(path) as file:
        file.write(etree.tostring(document(named), encoding="utf-8", xml_declaration=True))
        file.write(b"\n")
    return path


def document(named: names.Named) -> Any:
    """The article as an element `TEI`."""
    record, ids = named.record, Ids()
    sources = {source.source_id: ids.new("source", source.source_id) for source in record.sources}
    claims = {claim.claim_id: ids.new("claim", claim.claim_id) for claim in record.claims}
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    tei_header.add(root, record, sources)
    body = child(child(root, "text"), "body")
    marks = [*_claims(record, claims, sources), *_cues(record, ids), *_mentions(record, ids, sources)]
    _Body(record, marks).add(body)
    in_text = {
        mark.xml_id for mark in marks if mark.parts
    }  # a claim of blanks, in a record of any hand, has no element
    for claim in record.claims:
        if claims[claim.claim_id] in in_text:
            _chain(body, claim, claims[claim.claim_id], sources)
            _verdict(body, claim, claims[claim.claim_id])
    return root


def _claims(record: AnnotatedArticle, claims: dict[str, str], sources: dict[str, str]) -> Iterator[Mark]:
    for claim in record.claims:
        labels = " ".join(f"#{name}.{value}" for name, value in names.labels_of(claim))
        attributes = {"n": claim.claim_id, "ana": labels, **_who(record, claim, sources)}
        name = attributes.pop("element")
        yield Mark(CLAIM, name, attributes, claims[claim.claim_id], claim.spans)


def _who(record: AnnotatedArticle, claim: Claim, sources: dict[str, str]) -> dict[str, str]:
    """The element for a claim, and its pointer to who or what it comes from."""
    pointer = f"#{sources[claim.source_id]}"
    if claim.quote_type is QuoteType.NONE:
        return {"element": "seg", "type": "claim", "corresp": pointer}
    if record.source_of(claim).type in WORKS:
        return {"element": "quote", "source": pointer}
    return {"element": "said", "who": pointer, "direct": DIRECT[claim.quote_type]}


def _cues(record: AnnotatedArticle, ids: Ids) -> Iterator[Mark]:
    found = [item.cue for item in record.attributions]
    found += [link.cue for claim in record.claims for link in claim.chain]
    found += [nested.cue for claim in record.claims for nested in claim.nested]
    for cue in dict.fromkeys(filter(None, found)):
        yield Mark(CUE, "seg", {"type": "cue"}, ids.new("cue", str(cue.start)), (cue,))


def _mentions(record: AnnotatedArticle, ids: Ids, sources: dict[str, str]) -> Iterator[Mark]:
    for source in record.sources:
        for span in source.mentions:
            reference = {"ref": f"#{sources[source.source_id]}"}
            yield Mark(MENTION, "rs", reference, ids.new("mention", f"{source.source_id}.{span.start}"), (span,))


def _chain(body: Any, claim: Claim, xml_id: str, sources: dict[str, str]) -> None:
    """The links of a claim, from the origin to the publisher."""
    group = child(body, "linkGrp", type="chain", corresp=f"#{xml_id}")
    for number, link in enumerate(claim.chain, 1):
        labels = f"#link_role.{link.role} #link_basis.{link.basis}"
        child(group, "link", n=str(number), ana=labels, target=f"#{xml_id} #{sources[link.source_id]}")


def _verdict(body: Any, claim: Claim, xml_id: str) -> None:
    if verdict := claim.verdict:
        note = child(body, "note", type="verdict", corresp=f"#{xml_id}", ana=f"#verdict.{verdict.rating}")
        child(note, "p", f"{verdict.note} ({verdict.by}, {verdict.at.isoformat()})".strip())
        for url in verdict.evidence:
            child(child(note, "p"), "ref", url, target=names.address(url) or "")


class _Body:
    """The paragraphs, with elements around what is marked."""

    def __init__(self, record: AnnotatedArticle, marks: Sequence[Mark]) -> None:
        self.record = record
        self.lines = Lines(record.article.text, PARAGRAPH)
        self.marks = marks

    def add(self, body: Any) -> None:
        parts: dict[int, list[Part]] = {}
        for mark in self.marks:
            for piece in (piece for span in mark.spans for piece in self.lines.pieces(span)):
                parts.setdefault(piece.line[0], []).append(Part(piece.start, piece.end, mark))
        for start, end in self.lines.spans:
            if self.record.article.text[start:end].strip():
                kind = self._section_at(start)
                typed = {"type": str(kind)} if kind is not SectionKind.BODY else {}
                paragraph = child(body, "ab" if typed else "p", n=str(start), **typed)
                _Paragraph(self.record.article.text, paragraph).fill(start, end, parts.get(start, []))
        if not len(body):
            child(body, "p")
        for mark in self.marks:
            _join(mark)

    def _section_at(self, place: int) -> SectionKind:
        kinds = (section.kind for section in self.record.sections if section.start <= place < section.end)
        return next(kinds, SectionKind.BODY)


class _Paragraph:
    """Fills an element with text and marks: where one ends that others lie in, these end too, and begin again."""

    def __init__(self, text: str, paragraph: Any) -> None:
        self.text = text
        self.open: list[tuple[Part, Any]] = []
        self.paragraph = paragraph

    def fill(self, start: int, end: int, parts: Sequence[Part]) -> None:
        begins: dict[int, list[Part]] = {}
        for part in parts:
            begins.setdefault(part.start, []).append(part)
        places = sorted({start, end, *begins, *(part.end for part in parts)})
        for place, following in zip(places, [*places[1:], end], strict=True):
            beginning = begins.get(place, [])
            again = [part for part in self._close(place, beginning) if part.end > place]
            for part in sorted([*again, *beginning], key=lambda part: (part.mark.rank, -part.end)):
                element = child(self._inside(), part.mark.name)
                part.mark.parts.append(element)
                self.open.append((part, element))
            tei_header.write(self._inside(), self.text[place:following])

    def _inside(self) -> Any:
        return self.open[-1][1] if self.open else self.paragraph

    def _close(self, place: int, beginning: Sequence[Part]) -> list[Part]:
        """End what ends here or may not hold what begins, with all inside it, and return these."""
        least = min((part.mark.rank for part in beginning), default=MENTION)
        must = (n for n, (part, _) in enumerate(self.open) if part.end == place or part.mark.rank > least)
        first = next(must, len(self.open))
        ended = [part for part, _ in self.open[first:]]
        del self.open[first:]
        return ended


def _join(mark: Mark) -> None:
    """Give the parts of a mark their ids, and pointers to one another."""
    ids = [mark.xml_id if n == 1 else f"{mark.xml_id}.part{n}" for n in range(1, len(mark.parts) + 1)]
    for n, element in enumerate(mark.parts):
        element.set(tei_header.XML_ID, ids[n])
        for name, value in mark.attributes.items():
            element.set(name, tei_header.clean(value))
        if n:
            element.set("prev", f"#{ids[n - 1]}")
        if n + 1 < len(ids):
            element.set("next", f"#{ids[n + 1]}")
