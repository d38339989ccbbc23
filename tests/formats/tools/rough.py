"""A record that is hard to hold.

Astral characters, CRLF, a tab and U+2028 inside a claim of two pieces, a chain of three, names of signs that formats
give a meaning to, spans that overlap.
"""

from typing import Any

from annotator.labels import AttributionMode, Kind, LinkBasis, LinkRole, OnRecord, QuoteType, SourceType, Stance
from annotator.records import AnnotatedArticle, Article, Attribution, Claim, Link, Source, Span
from tests.factory import PUBLISHED_HERE, TOOL, own_voice, own_voice_source, span

TEXT = (
    "🚢🚢 Kai shut\r\n\r\n"
    "“The crane\tfell,\r\nand 𝒏obody was hurt,” Ana Ruiz told Coastal Wire 🚢, “not\u2028one.”\r\n"
    "Tom Lee claimed police believed the guard slept.\r\n"
)
NAME = "Ana | [Ruiz] -> _ ; * \\ ‖ chain: <b>&amp;\"'\n# T1\t𝒏"
WIRE = "Coastal\tWire\r\n*[1]"


def _here(words: str) -> Span:
    return span(TEXT, words)


def _source(source_id: str, name: str, words: str, kind: SourceType = SourceType.PERSON) -> Source:
    return own_voice_source(name).model_copy(
        update={"source_id": source_id, "type": kind, "mentions": (_here(words),), "anonymous": "|" in name}
    )


def rough_record() -> AnnotatedArticle:
    pieces = (_here("“The crane\tfell,\r\nand 𝒏obody was hurt,”"), _here("“not\u2028one.”"))
    told = Attribution(
        attribution_id="a1",
        cue=_here("told"),
        source_mention=_here("Ana Ruiz"),
        contents=pieces,
        source_id="s1",
        confidence=0.9,
    )
    believed = Attribution(
        attribution_id="a2",
        cue=_here("claimed"),
        source_mention=_here("Tom Lee"),
        contents=(_here("police believed the guard slept"),),
        source_id="s3",
        confidence=0.5,
    )
    police = Attribution(
        attribution_id="a3",
        cue=_here("believed"),
        source_mention=_here("police"),
        contents=(_here("the guard slept"),),
        source_id="s4",
        confidence=0.5,
    )
    chain = (
        Link(source_id="s1", role=LinkRole.ORIGIN, basis=LinkBasis.EXPLICIT, mention=told.source_mention, cue=told.cue),
        Link(source_id="s2", role=LinkRole.REPORTER, basis=LinkBasis.EXPLICIT, mention=_here("Coastal Wire")),
        PUBLISHED_HERE,
    )
    said: dict[str, Any] = {"attribution": AttributionMode.EXPLICIT, "on_record": OnRecord.ON_RECORD}
    claims = (
        own_voice("c1", _here("🚢🚢 Kai shut")),
        own_voice(
            "c2",
            *pieces,
            **said,
            attribution_id="a1",
            source_id="s1",
            chain=chain,
            quote_type=QuoteType.DIRECT,
            claim_normalized="Nobody was hurt;\nnot | one → [2]",
            hedged=True,
        ),
        _indirect("c3", believed, said),
        _indirect("c4", police, said),
    )
    return AnnotatedArticle(
        article=Article(article_id="../Röm/con 🚢", text=TEXT, publisher="Daily | Example", published="2026-03-02"),
        attributions=(told, believed, police),
        claims=claims,
        sources=(
            own_voice_source("Daily | Example"),
            _source("s1", NAME, "Ana Ruiz"),
            _source("s2", WIRE, "Coastal Wire", SourceType.MEDIA),
            _source("s3", "Tom Lee", "Tom Lee"),
            _source("s4", "police", "police", SourceType.GROUP),
        ),
        tool=TOOL,
    )


def _indirect(claim_id: str, by: Attribution, said: dict[str, Any]) -> Claim:
    origin = Link(
        source_id=by.source_id, role=LinkRole.ORIGIN, basis=LinkBasis.EXPLICIT, mention=by.source_mention, cue=by.cue
    )
    return own_voice(
        claim_id,
        *by.contents,
        **said,
        attribution_id=by.attribution_id,
        source_id=by.source_id,
        chain=(origin, PUBLISHED_HERE),
        quote_type=QuoteType.INDIRECT,
        kind=Kind.OPINION,
        stance=Stance.DISTANCING,
    )
