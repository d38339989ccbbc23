"""Texts as nobody writes them, and records over them: the same seed gives the same ones."""

from collections.abc import Iterator
from random import Random
from typing import Any

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
)
from annotator.text import scrub
from tests.factory import PUBLISHED_HERE, TOOL, at, own_voice, own_voice_source

PLAIN = ("The mayor", " said ", " that it rained", ". ", ", he added", "Anna Moor", " told Axios ", "“It is,” ", "\n\n")
MARKS = tuple("\"'“”‘’«»„`´,;:|\t<>&=+-@＝＋－＠{}[]()\\/%#$!?*_~^")
UNSEEN = ("\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u2028", "\u2029", "\ufeff")
TURNING = tuple("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINED = ("e\u0301", "👩\u200d👩\u200d👧", "❤\ufe0f", "🇺🇦", "क्षि", "\u0301" * 70, "각", "Z\u0335\u0321\u0322")
LIVE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "]]>",
    "<style>",
    "javascript:alert(1)",
    "&lt;&#0;&amp",
    "{{ 7 * 7 }}{% raw %}",
    '"},{"',
    "\\u0000\\ud800",
    '";=1+1;"',
    "\r\n=cmd|' /C x'!A0",
    "[MASK] [SEP] [CLS]",
)
PLANES = ((0, 0x250), (0x250, 0x3000), (0x3000, 0xD800), (0xD800, 0xE000), (0xE000, 0x10000), (0x10000, 0x20000))
HIGH = (0x20000, 0x110000)  # most of it is not assigned


def texts(seed: int, count: int) -> Iterator[str]:
    """So many texts; one in fifty has a word of thousands of characters."""
    random = Random(seed)
    for n in range(count):
        parts = [_part(random) for _ in range(random.randint(0, 25))]
        if n % 50 == 0:
            parts.insert(random.randint(0, len(parts)), _part(random) * random.randint(500, 2000))
        yield "".join(parts)


def _part(random: Random) -> str:
    kinds = (PLAIN, PLAIN, MARKS, UNSEEN, TURNING, JOINED, LIVE)
    if random.random() < 0.7:
        return random.choice(random.choice(kinds))
    first, end = random.choice((*PLANES, HIGH))
    return "".join(chr(random.randrange(first, end)) for _ in range(random.randint(1, 5)))


def record_over(text: str, seed: int) -> AnnotatedArticle:
    """A sound record whose spans and labels are drawn at random, and whose names are pieces of the text too."""
    return _Drawing(text, Random(seed)).record(f"{seed}")


class _Drawing:
    def __init__(self, text: str, random: Random) -> None:
        self.text, self.random = text, random

    def record(self, name: str) -> AnnotatedArticle:
        known = {field: self._words() for field in ("title", "publisher", "byline", "published", "url", "language")}
        sources = (
            own_voice_source(self._name()),
            *(self._source(f"s{n}") for n in range(1, self.random.randint(1, 4))),
        )
        self.ids = [source.source_id for source in sources]
        attributions = tuple(self._attribution(f"a{n}") for n in range(self._some()))
        return AnnotatedArticle(
            article=Article(
                article_id=f"{name} {self._name()}", text=self.text, **known, metadata={"of": self._words()}
            ),
            sections=tuple(self._section() for _ in range(self._some())),
            attributions=attributions,
            claims=tuple(self._claim(f"c{n}", attributions) for n in range(self._some())),
            sources=sources,
            non_claims=tuple(self._non_claim() for _ in range(self._some())),
            tool=TOOL,
        )

    def _some(self) -> int:
        return self.random.randint(0, 2) if self.text else 0

    def _span(self) -> Span:
        start = self.random.randrange(len(self.text))
        return at(self.text, start, self.random.randint(start + 1, min(len(self.text), start + 60)))

    def _maybe(self) -> Span | None:
        return self._span() if self.text and self.random.random() < 0.7 else None

    def _words(self) -> str | None:
        span = self._maybe()
        return span.text if span else None

    def _name(self) -> str:
        return scrub(self._words() or "Axios")

    def _any(self, words: Any) -> Any:
        return self.random.choice(list(words))

    def _source(self, name: str) -> Source:
        return Source(
            source_id=name,
            name=self._name(),
            type=self._any(SourceType),
            affiliation=self._any(Affiliation),
            role=self._words(),
            anonymous=self.random.random() < 0.5,
            anonymity_description=self._words(),
            anonymity_reason=self._words(),
            mentions=tuple(self._span() for _ in range(self._some())),
        )

    def _attribution(self, name: str) -> Attribution:
        return Attribution(
            attribution_id=name,
            cue=self._maybe(),
            source_mention=self._maybe(),
            contents=(self._span(),),
            source_id=self._any(self.ids),
            resolution=self._any(Resolution),
            candidates=(Candidate(source_id=self._any(self.ids), score=0.5),),
            confidence=self.random.random(),
        )

    def _claim(self, name: str, attributions: tuple[Attribution, ...]) -> Claim:
        by = self._any((None, *attributions))
        spans = sorted([self._span() for _ in range(self.random.randint(1, 3))], key=lambda span: span.start)
        link = Link(
            source_id=self._any(self.ids),
            role=self._any([LinkRole.ORIGIN, LinkRole.REPORTER]),
            basis=self._any(LinkBasis),
            mention=self._maybe(),
            cue=self._maybe(),
        )
        reasons = self._any(((), (self._any(ReviewReason),)))
        return own_voice(
            name,
            *spans,
            attribution_id=by.attribution_id if by else None,
            section=self._any(SectionKind),
            claim_normalized=self._words(),
            quote_type=self._any(QuoteType),
            kind=self._any(Kind),
            polarity=self._any(Polarity),
            hedged=self.random.random() < 0.5,
            attribution=self._any(AttributionMode),
            stance=self._any(Stance),
            on_record=self._any(OnRecord),
            source_id=by.source_id if by else ARTICLE_SOURCE,
            source_display=self._words() or "",
            chain=(link, PUBLISHED_HERE),
            nested=(Nested(cue=self._maybe(), source_mention=self._maybe(), contents=(self._span(),)),),
            flags=(self._any(Flag),),
            needs_review=bool(reasons),
            review_reasons=reasons,
        )

    def _section(self) -> Section:
        span = self._span()
        return Section(kind=self._any(SectionKind), start=span.start, end=span.end)

    def _non_claim(self) -> NonClaim:
        return NonClaim(**self._span().model_dump(), reason=self._any(NonClaimReason))
