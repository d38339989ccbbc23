"""Sound records for the tests: one written by hand, and a strategy that makes them over arbitrary text."""

from datetime import UTC
from typing import Any

from hypothesis import strategies as st

from annotator.labels import (
    Affiliation,
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
    SectionKind,
    SourceType,
    Stance,
    VerdictRating,
)
from annotator.records import (
    ARTICLE_SOURCE,
    AnnotatedArticle,
    Article,
    Attribution,
    Candidate,
    Claim,
    Link,
    Nested,
    NonClaim,
    Section,
    Source,
    Span,
    Tool,
    Verdict,
)

TOOL = Tool(name="attribution-annotator", version="0.1.0", model="test", lexicon="test")

HEADLINE = "Harbour stays shut after night crash"
HARBOUR = (
    HEADLINE + "\n\n"
    "The harbour of Eastport will stay shut until Friday 🚢, a harbour official told Coastal Wire "
    "on condition of anonymity.\n"
    "“The crane fell at midnight,” Mayor Ana Ruiz said, “and nobody was hurt.”\n"
    "Two ferries lay idle on Monday. She denied that the crane had been overloaded.\n"
    "Engineer Tom Lee of the Port Board claimed police believed the guard slept.\n"
    "He added that repairs may take weeks.\n"
    "Follow us on all channels"
)


def span(text: str, words: str, nth: int = 0) -> Span:
    """The nth place (from 0) where `words` stand in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start=start, end=start + len(words), text=words)


def at(text: str, start: int, end: int) -> Span:
    """The stretch `text[start:end]`."""
    return Span(start=start, end=end, text=text[start:end])


def own_voice_source(publisher: str = "Daily Example") -> Source:
    """The publisher, as the source of what the article says itself."""
    return Source(
        source_id=ARTICLE_SOURCE,
        name=publisher,
        type=SourceType.ARTICLE,
        affiliation=Affiliation.MEDIA,
        anonymous=False,
    )


PUBLISHED_HERE = Link(source_id=ARTICLE_SOURCE, role=LinkRole.PUBLISHER, basis=LinkBasis.DOCUMENT)


def own_voice(claim_id: str, *spans: Span, **changes: Any) -> Claim:
    """A claim in the article's own voice, `changes` laid over it."""
    values: dict[str, Any] = {
        "claim_id": claim_id,
        "attribution_id": None,
        "section": SectionKind.BODY,
        "paragraph": 0,
        "spans": spans,
        "text": " ".join(piece.text for piece in spans),
        "quote_type": QuoteType.NONE,
        "kind": Kind.STATEMENT,
        "polarity": Polarity.POSITIVE,
        "hedged": False,
        "attribution": AttributionMode.UNATTRIBUTED,
        "stance": Stance.NEUTRAL,
        "on_record": OnRecord.NOT_APPLICABLE,
        "source_id": ARTICLE_SOURCE,
        "source_display": "",
        "chain": (PUBLISHED_HERE,),
        "confidence": 0.9,
        "needs_review": False,
    }
    return Claim(**{**values, **changes})


def plain_record(text: str, article_id: str = "plain", **article: Any) -> AnnotatedArticle:
    """An article whose whole text is one claim in its own voice."""
    return AnnotatedArticle(
        article=Article(article_id=article_id, text=text, **article),
        claims=(own_voice("c01", at(text, 0, len(text))),),
        sources=(own_voice_source(),),
        tool=TOOL,
    )


def _here(words: str, nth: int = 0) -> Span:
    return span(HARBOUR, words, nth)


def _harbour_sources() -> tuple[Source, ...]:
    official = Source(
        source_id="s01",
        name="Harbour official (anonymous)",
        type=SourceType.PERSON,
        affiliation=Affiliation.GOVERNMENT,
        role="harbour official",
        count=1,
        anonymous=True,
        anonymity_description="a harbour official",
        anonymity_reason="on condition of anonymity",
        mentions=(_here("a harbour official"),),
    )
    wire = Source(
        source_id="s02",
        name="Coastal Wire",
        type=SourceType.MEDIA,
        affiliation=Affiliation.MEDIA,
        anonymous=False,
        mentions=(_here("Coastal Wire"),),
    )
    mayor = Source(
        source_id="s03",
        name="Ana Ruiz",
        type=SourceType.PERSON,
        affiliation=Affiliation.GOVERNMENT,
        role="Mayor",
        count=1,
        anonymous=False,
        mentions=(_here("Mayor Ana Ruiz"), _here("She")),
    )
    engineer = Source(
        source_id="s04",
        name="Tom Lee",
        type=SourceType.PERSON,
        affiliation=Affiliation.CORPORATE,
        role="Engineer",
        count=1,
        anonymous=False,
        mentions=(_here("Engineer Tom Lee of the Port Board"),),
    )
    guard = Source(
        source_id="s05",
        name="guard",
        type=SourceType.PERSON,
        affiliation=Affiliation.CORPORATE,
        anonymous=True,
        anonymity_description="the guard",
        mentions=(_here("the guard"),),
    )
    somebody = Source(
        source_id="s06",
        name="unresolved: He",
        type=SourceType.PERSON,
        affiliation=Affiliation.UNKNOWN,
        anonymous=False,
        mentions=(_here("He added").model_copy(update={"end": _here("He added").start + 2, "text": "He"}),),
    )
    return (own_voice_source(), official, wire, mayor, engineer, guard, somebody)


def _harbour_attributions() -> tuple[Attribution, ...]:
    he = _harbour_sources()[-1].mentions[0]
    return (
        Attribution(
            attribution_id="a01",
            cue=_here("told"),
            source_mention=_here("a harbour official"),
            contents=(_here("The harbour of Eastport will stay shut until Friday 🚢"),),
            source_id="s01",
            confidence=0.93,
        ),
        Attribution(
            attribution_id="a02",
            cue=_here("said"),
            source_mention=_here("Mayor Ana Ruiz"),
            contents=(_here("“The crane fell at midnight,”"), _here("“and nobody was hurt.”")),
            source_id="s03",
            confidence=0.98,
        ),
        Attribution(
            attribution_id="a03",
            cue=_here("denied"),
            source_mention=_here("She"),
            contents=(_here("the crane had been overloaded"),),
            source_id="s03",
            confidence=0.9,
        ),
        Attribution(
            attribution_id="a04",
            cue=_here("claimed"),
            source_mention=_here("Engineer Tom Lee of the Port Board"),
            contents=(_here("police believed the guard slept"),),
            source_id="s04",
            confidence=0.8,
        ),
        Attribution(
            attribution_id="a05",
            cue=_here("added"),
            source_mention=he,
            contents=(_here("repairs may take weeks"),),
            source_id="s06",
            resolution=Resolution.AMBIGUOUS,
            candidates=(Candidate(source_id="s04", score=0.5), Candidate(source_id="s05", score=0.5)),
            confidence=0.4,
        ),
    )


def _said(claim_id: str, by: Attribution, paragraph: int, **changes: Any) -> Claim:
    """The claim that an attribution makes; its chain has the source, the links of `between` and the publisher."""
    origin = Link(
        source_id=by.source_id,
        role=LinkRole.ORIGIN,
        basis=LinkBasis.EXPLICIT,
        mention=by.source_mention,
        cue=by.cue,
    )
    values: dict[str, Any] = {
        "attribution_id": by.attribution_id,
        "paragraph": paragraph,
        "quote_type": QuoteType.INDIRECT,
        "attribution": AttributionMode.EXPLICIT,
        "on_record": OnRecord.ON_RECORD,
        "source_id": by.source_id,
        "chain": (origin, *changes.pop("between", ()), PUBLISHED_HERE),
        "confidence": by.confidence,
    }
    return own_voice(claim_id, *by.contents, **{**values, **changes})


def _harbour_claims() -> tuple[Claim, ...]:
    told, said, denied, claimed, added = _harbour_attributions()
    wire = Link(source_id="s02", role=LinkRole.REPORTER, basis=LinkBasis.EXPLICIT, mention=_here("Coastal Wire"))
    return (
        own_voice("c01", _here(HEADLINE), section=SectionKind.HEADLINE),
        _said(
            "c02",
            told,
            1,
            between=(wire,),
            kind=Kind.PREDICTION,
            on_record=OnRecord.CONDITION_OF_ANONYMITY,
            source_display="Coastal Wire <- Harbour official (anonymous)",
            flags=(Flag.SINGLE_ANONYMOUS, Flag.SECONDHAND),
        ),
        _said("c03", said, 2, quote_type=QuoteType.DIRECT, source_display="Ana Ruiz"),
        own_voice("c04", _here("Two ferries lay idle on Monday"), paragraph=3),
        _said(
            "c05",
            denied,
            3,
            kind=Kind.DENIAL,
            polarity=Polarity.NEGATIVE,
            attribution=AttributionMode.ANAPHORIC,
            claim_normalized="The crane had been overloaded",
            source_display="Ana Ruiz",
        ),
        _said(
            "c06",
            claimed,
            4,
            stance=Stance.DISTANCING,
            source_display="Tom Lee",
            nested=(
                Nested(cue=_here("believed"), source_mention=_here("police"), contents=(_here("the guard slept"),)),
            ),
        ),
        _said(
            "c07",
            added,
            5,
            hedged=True,
            attribution=AttributionMode.ANAPHORIC,
            on_record=OnRecord.UNNAMED_NO_TERMS,
            source_display="unresolved: He",
            needs_review=True,
            review_reasons=(ReviewReason.SOURCE_AMBIGUOUS,),
        ),
    )


def harbour_record() -> AnnotatedArticle:
    """An invented news text with a chain of three, two own-voice claims, a discontinuous quote and an emoji."""
    invitation = _here("Follow us on all channels")
    terms = _here("on condition of anonymity")
    return AnnotatedArticle(
        article=Article(
            article_id="harbour",
            text=HARBOUR,
            title=HEADLINE,
            publisher="Daily Example",
            byline="Kim Writer",
            published="2026-03-02",
            url="https://daily.example/harbour",
            language="en",
            metadata={"desk": "ports"},
        ),
        sections=(
            Section(kind=SectionKind.HEADLINE, start=0, end=len(HEADLINE)),
            Section(kind=SectionKind.BODY, start=len(HEADLINE) + 2, end=invitation.start - 1),
            Section(kind=SectionKind.BOILERPLATE, start=invitation.start, end=invitation.end),
        ),
        attributions=_harbour_attributions(),
        claims=_harbour_claims(),
        sources=_harbour_sources(),
        non_claims=(
            NonClaim(**terms.model_dump(), reason=NonClaimReason.ANONYMITY_TERMS),
            NonClaim(**invitation.model_dump(), reason=NonClaimReason.CALL_TO_ACTION),
        ),
        tool=TOOL,
    )


EVIDENCE = ("https://daily.example/harbour?a=1&b=2", "http://wires.example/'x'", "https://münchen.example/ä;b#c")

PIECES = (
    "Police said ",
    "🚢👩‍👩‍👧‍👦🇺🇦",
    "\r\n",
    "\n\n",
    "\t",
    "<b>bold</b> &amp; </script><script>alert(1)</script>",
    "قال المسؤول ",
    "\u202eدخل\u202c",
    "e\u0301\u200b\u00ad",
    "\u2028\x85\x0b",
    "=1+1;@+-",
    '"quoted, twice" “so” ',
    "]]> {{ text }} {% raw %}",
)


def texts() -> st.SearchStrategy[str]:
    """Text with emoji, line ends of every kind, markup and right-to-left script in it."""
    return st.lists(
        st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=12
    ).map("".join)


def _names() -> st.SearchStrategy[str]:
    return texts().map(lambda text: text.strip()).filter(bool)


@st.composite
def _span_in(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return at(text, start, draw(st.integers(start + 1, len(text))))


@st.composite
def _pieces_of(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    """One to three stretches in order, none overlapping."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    return tuple(at(text, start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def _sources(draw: st.DrawFn, text: str) -> tuple[Source, ...]:
    mentions = st.lists(_span_in(text), max_size=3).map(tuple) if text else st.just(())
    others = [
        Source(
            source_id=f"s{n:02}",
            name=draw(_names()),
            type=draw(st.sampled_from(SourceType)),
            affiliation=draw(st.sampled_from(Affiliation)),
            role=draw(st.none() | texts()),
            count=draw(st.none() | st.integers(1, 9)),
            anonymous=draw(st.booleans()),
            anonymity_description=draw(st.none() | texts()),
            anonymity_reason=draw(st.none() | texts()),
            mentions=draw(mentions),
        )
        for n in range(1, draw(st.integers(1, 4)))
    ]
    return (own_voice_source(draw(_names())), *others)


@st.composite
def _attributions(draw: st.DrawFn, text: str, source_ids: list[str]) -> tuple[Attribution, ...]:
    known = st.sampled_from(source_ids)
    candidate = st.builds(Candidate, source_id=known, score=st.floats(0, 1))
    return tuple(
        Attribution(
            attribution_id=f"a{n:02}",
            cue=draw(st.none() | _span_in(text)),
            source_mention=draw(st.none() | _span_in(text)),
            contents=draw(_pieces_of(text)),
            source_id=draw(known),
            resolution=draw(st.sampled_from(Resolution)),
            candidates=tuple(draw(st.lists(candidate, max_size=2))),
            confidence=draw(st.floats(0, 1)),
        )
        for n in range(draw(st.integers(0, 3)))
    )


@st.composite
def _claim(
    draw: st.DrawFn, text: str, claim_id: str, source_ids: list[str], attributions: tuple[Attribution, ...]
) -> Claim:
    attribution = draw(st.none() | st.sampled_from(attributions)) if attributions else None
    nested = st.builds(
        Nested,
        cue=st.none() | _span_in(text),
        source_mention=st.none() | _span_in(text),
        contents=_pieces_of(text),
    )
    link = st.builds(
        Link,
        source_id=st.sampled_from(source_ids),
        role=st.sampled_from([LinkRole.ORIGIN, LinkRole.REPORTER, LinkRole.VEHICLE]),
        basis=st.sampled_from(LinkBasis),
        mention=st.none() | _span_in(text),
        cue=st.none() | _span_in(text),
    )
    verdict = st.builds(
        Verdict,
        rating=st.sampled_from(VerdictRating),
        note=texts(),
        evidence=st.lists(st.sampled_from(EVIDENCE), max_size=2).map(tuple),
        by=_names(),
        at=st.datetimes(timezones=st.just(UTC)),
    )
    reasons = tuple(draw(st.lists(st.sampled_from(ReviewReason), max_size=2, unique=True)))
    return own_voice(
        claim_id,
        *draw(_pieces_of(text)),
        attribution_id=attribution.attribution_id if attribution else None,
        section=draw(st.sampled_from(SectionKind)),
        paragraph=draw(st.integers(0, 99)),
        claim_normalized=draw(st.none() | texts()),
        quote_type=draw(st.sampled_from(QuoteType)),
        kind=draw(st.sampled_from(Kind)),
        polarity=draw(st.sampled_from(Polarity)),
        hedged=draw(st.booleans()),
        attribution=draw(st.sampled_from(AttributionMode)),
        stance=draw(st.sampled_from(Stance)),
        on_record=draw(st.sampled_from(OnRecord)),
        source_id=attribution.source_id if attribution else ARTICLE_SOURCE,
        source_display=draw(texts()),
        chain=(*draw(st.lists(link, max_size=3)), PUBLISHED_HERE),
        nested=tuple(draw(st.lists(nested, max_size=2))),
        flags=tuple(draw(st.lists(st.sampled_from(Flag), max_size=3, unique=True))),
        confidence=draw(st.floats(0, 1)),
        needs_review=bool(reasons),
        review_reasons=reasons,
        verdict=draw(st.none() | verdict),
    )


@st.composite
def records(draw: st.DrawFn, text: str | None = None) -> AnnotatedArticle:
    """Sound records over arbitrary text, or over `text`; their labels are drawn at random and mean nothing."""
    text = draw(texts()) if text is None else text
    optional = st.none() | texts()
    article = Article(
        article_id=draw(_names()),
        text=text,
        title=draw(optional),
        publisher=draw(optional),
        published=draw(optional),
        url=draw(optional),
        metadata=draw(st.dictionaries(texts(), st.none() | st.integers() | texts(), max_size=2)),
    )
    sources = draw(_sources(text))
    ids = [source.source_id for source in sources]
    attributions = draw(_attributions(text, ids)) if text else ()
    claims = [draw(_claim(text, f"c{n:02}", ids, attributions)) for n in range(draw(st.integers(0, 4)) if text else 0)]
    left_over = st.builds(
        lambda piece, reason: NonClaim(**piece.model_dump(), reason=reason),
        _span_in(text),
        st.sampled_from(NonClaimReason),
    )
    return AnnotatedArticle(
        article=article,
        attributions=attributions,
        claims=tuple(claims),
        sources=sources,
        non_claims=tuple(draw(st.lists(left_over, max_size=2))) if text else (),
        tool=TOOL,
    )
