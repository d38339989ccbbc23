"""Records over texts in which standards bite: characters of two UTF-16 units, CRLF, markup, what XML cannot hold."""

from datetime import UTC, datetime

from annotator.labels import (
    AttributionMode,
    LinkBasis,
    LinkRole,
    OnRecord,
    QuoteType,
    Resolution,
    SourceType,
    VerdictRating,
)
from annotator.records import AnnotatedArticle, Article, Attribution, Claim, Link, Source, Span, Verdict
from tests.factory import PUBLISHED_HERE, TOOL, own_voice, own_voice_source, span

HOSTILE = (
    "</script><b>Bold</b> &amp; ]]> says minister 𝔼\r\n"
    "\r\n"
    "“The pier \x0bis safe,\r\nand 🚢 will sail,” a port official told Coastal Wire, “by Friday.”\r\n"
    "The official’s memo \ufffe says rust was found \x00.\r\n"
    "He added that it rained."
)


def _here(words: str, nth: int = 0) -> Span:
    return span(HOSTILE, words, nth)


def _link(source_id: str, role: LinkRole, mention: Span | None = None) -> Link:
    return Link(source_id=source_id, role=role, basis=LinkBasis.EXPLICIT, mention=mention)


def _attributions() -> tuple[Attribution, ...]:
    pieces = (_here("“The pier \x0bis safe,\r\nand 🚢 will sail,”"), _here("“by Friday.”"))
    return (
        Attribution(
            attribution_id="a1",
            cue=_here("told"),
            source_mention=_here("a port official"),
            contents=pieces,
            source_id="s1",
            confidence=0.9,
        ),
        Attribution(
            attribution_id="a2",
            cue=_here("says", 1),
            source_mention=_here("The official’s memo \ufffe"),
            contents=(_here("rust was found \x00"),),
            source_id="s3",
            confidence=0.8,
        ),
        Attribution(
            attribution_id="a3",
            cue=None,
            source_mention=_here("He"),
            contents=(_here("it rained"),),
            source_id="s4",
            resolution=Resolution.UNRESOLVED,
            confidence=0.5,
        ),
    )


def _claims() -> tuple[Claim, ...]:
    told, wrote, added = _attributions()
    wire = _link("s2", LinkRole.REPORTER, _here("Coastal Wire"))
    origin = _link("s1", LinkRole.ORIGIN, _here("a port official"))
    said = {"attribution": AttributionMode.EXPLICIT, "quote_type": QuoteType.INDIRECT}
    return (
        own_voice("c 1/ü", _here("</script><b>Bold</b> &amp; ]]> says minister 𝔼")),
        own_voice(
            "c2",
            *told.contents,
            attribution_id="a1",
            source_id="s1",
            chain=(origin, wire, PUBLISHED_HERE),
            source_display="Coastal Wire <- port official (anonymous)",
            on_record=OnRecord.UNNAMED_NO_TERMS,
            **said | {"quote_type": QuoteType.DIRECT},
        ),
        own_voice(
            "c3",
            *wrote.contents,
            attribution_id="a2",
            source_id="s3",
            chain=(_link("s1", LinkRole.ORIGIN), _link("s3", LinkRole.VEHICLE), PUBLISHED_HERE),
            **said,
        ),
        own_voice(
            "c4",
            *added.contents,
            attribution_id="a3",
            source_id="s4",
            chain=(_link("s4", LinkRole.ORIGIN, _here("He")), PUBLISHED_HERE),
            **said,
        ),
        own_voice("c5", _here("is safe,\r\nand 🚢 will sail,” a port")),  # crosses the quotation and the mention
    )


def _sources() -> tuple[Source, ...]:
    known = {"affiliation": "unknown", "anonymous": False}
    return (
        own_voice_source("Daily <Example> & Co"),
        Source(
            source_id="s1",
            name="port official (anonymous)",
            type=SourceType.PERSON,
            mentions=(_here("a port official"),),
            anonymity_description="a port official",
            **known | {"anonymous": True},
        ),
        Source(source_id="s2", name="Coastal Wire", type=SourceType.MEDIA, mentions=(_here("Coastal Wire"),), **known),
        Source(
            source_id="s3", name="official’s memo \ufffe", type=SourceType.DOCUMENT,
            mentions=(_here("The official’s memo \ufffe"),), **known,
        ),
        Source(source_id="s4", name="unresolved: He", type=SourceType.PERSON, mentions=(_here("He"),), **known),
    )  # fmt: skip


VERDICT = Verdict(
    rating=VerdictRating.MOSTLY_TRUE,
    note="</script> It sailed on \x0bMonday 🚢",
    evidence=("https://daily.example/a?b=1&c=2", "https://münchen.example/ä;b#c"),
    by="Ada",
    at=datetime(2026, 3, 4, 12, 30, tzinfo=UTC),
)


def checked_record() -> AnnotatedArticle:
    """The hostile record, its chain of three with a verdict."""
    record = hostile_record("checked")
    first, second, *others = record.claims
    return record.model_copy(update={"claims": (first, second.model_copy(update={"verdict": VERDICT}), *others)})


def hostile_record(article_id: str = "hos/tile 🚢") -> AnnotatedArticle:
    """Four claims and a fifth across them: a chain of three, a quotation in pieces, a memo, somebody left open."""
    return AnnotatedArticle(
        article=Article(
            article_id=article_id,
            text=HOSTILE,
            title="]]> & \x0b 𝔼",
            publisher="Daily <Example> & Co",
            byline="Kim </script> Writer",
            url="https://daily.example/hafen straße?a=b&c=<d>",
            published="2026-03-02T10:00:00+00:00",
            metadata={},
        ),
        attributions=_attributions(),
        claims=_claims(),
        sources=_sources(),
        tool=TOOL,
    )
