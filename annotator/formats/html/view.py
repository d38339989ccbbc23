"""What the report is told of a record: its claims numbered, its sources lettered and coloured, and their totals."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.formats.doubts import why
from annotator.formats.pages import web_address
from annotator.labels import AttributionMode, Label, LinkBasis, QuoteType, Resolution, SectionKind, SourceType
from annotator.records import (
    ARTICLE_SOURCE,
    UNKNOWN_PUBLISHER,
    AnnotatedArticle,
    Attribution,
    Claim,
    Link,
    Nested,
    Source,
)

COLOURS = 12  # report.css has the hues .k1 to .k12; further sources begin again and differ by their letter


@dataclass(frozen=True)
class SourceView:
    """A source with its letter, its colour and its numbers."""

    source: Source
    anchor: str
    letter: str
    colour: int
    claims: Counter[QuoteType]
    passed_on: int
    share: float

    @property
    def own_voice(self) -> bool:
        return _is_own_voice(self.source)

    @property
    def total(self) -> int:
        return self.claims.total()

    @property
    def people(self) -> int | None:
        """How many people they are, for sources that are people."""
        return self.source.count if self.source.type in (SourceType.PERSON, SourceType.GROUP) else None


@dataclass(frozen=True)
class LinkView:
    """One step of a chain with the source behind it."""

    link: Link
    source: SourceView

    @property
    def inherited(self) -> bool:
        return self.link.basis is LinkBasis.INHERITED


@dataclass(frozen=True)
class ClaimView:
    """A claim with its number and everything that its card says."""

    number: int
    article: int
    claim: Claim
    source: SourceView
    chain: tuple[LinkView, ...]
    attribution: Attribution | None
    candidates: tuple[tuple[SourceView, float], ...]
    why: tuple[str, ...]  # why it needs review, in words
    answered: str = ""  # the claim that it answers, in its words

    @property
    def card(self) -> str:
        return f"a{self.article}-c{self.number}"

    @property
    def mark(self) -> str:
        return f"a{self.article}-m{self.number}"

    @property
    def anonymous(self) -> bool:
        return self.source.source.anonymous

    @property
    def unattributed(self) -> bool:
        return self.claim.attribution is AttributionMode.UNATTRIBUTED

    @property
    def filters(self) -> str:
        kinds = {"anonymous": self.anonymous, "unattributed": self.unattributed, "review": self.claim.needs_review}
        return " ".join(name for name, holds in kinds.items() if holds)

    @property
    def unresolved(self) -> Resolution | None:
        if self.attribution is None or self.attribution.resolution is Resolution.RESOLVED:
            return None
        return self.attribution.resolution

    @property
    def evidence(self) -> list[tuple[str, str | None]]:
        """Each address that the verdict rests on, as it stands and where it may become a link."""
        return [(one, web_address(one)) for one in self.claim.verdict.evidence] if self.claim.verdict else []

    @property
    def tags(self) -> list[tuple[str, Label]]:
        """The labels worth a tag: what only repeats "own voice" is left out."""
        claim = self.claim
        tags: list[tuple[str, Label]] = [
            ("quote", claim.quote_type),
            ("kind", claim.kind),
            ("attribution", claim.attribution),
            ("stance", claim.stance),
            ("terms", claim.on_record),
        ]
        if claim.polarity == "negative":
            tags.insert(2, ("polarity", claim.polarity))
        return [(name, label) for name, label in tags if label not in ("none", "not_applicable")]

    @property
    def nested(self) -> list[tuple[str, str, Nested]]:
        """Each inner attribution as who, cue, and the record itself."""
        return [
            (n.source_mention.text if n.source_mention else "", n.cue.text if n.cue else "", n)
            for n in self.claim.nested
        ]


class Totals:
    """How many claims there are, and how many of them are anonymous, unattributed or to be reviewed."""

    def __init__(self, claims: Iterable[ClaimView]) -> None:
        listed = list(claims)
        self.claims = len(listed)
        self.anonymous = sum(claim.anonymous for claim in listed)
        self.unattributed = sum(claim.unattributed for claim in listed)
        self.review = sum(claim.claim.needs_review for claim in listed)
        self.flags = sorted({flag for claim in listed for flag in claim.claim.flags})

    def share(self, count: int) -> float:
        """The share of all claims; 0 where there are none."""
        return count / self.claims if self.claims else 0.0


class ArticleView:
    """An article with its claims numbered in the order of the text and its sources lettered in the order of use."""

    def __init__(self, number: int, record: AnnotatedArticle) -> None:
        self.number = number
        self.record = record
        self.article = record.article
        self.anchor = f"a{number}"
        self.link = web_address(record.article.url)
        self.publisher = record.article.publisher or UNKNOWN_PUBLISHER
        ordered = sorted(record.claims, key=lambda claim: claim.spans[0].start)
        self.sources = _source_views(self.anchor, record, ordered)
        self.claims = [self._claim(n, claim) for n, claim in enumerate(ordered, 1)]
        self.totals = Totals(self.claims)

    def _claim(self, number: int, claim: Claim) -> ClaimView:
        attribution = self.record.attribution_of(claim)
        candidates = attribution.candidates if attribution else ()
        return ClaimView(
            number=number,
            article=self.number,
            claim=claim,
            source=self.sources[claim.source_id],
            chain=tuple(LinkView(link, self.sources[link.source_id]) for link in claim.chain),
            attribution=attribution,
            candidates=tuple((self.sources[c.source_id], c.score) for c in candidates),
            why=tuple(why(self.record, claim)),
            answered=next((other.text for other in self.record.claims if other.claim_id == claim.responds_to), ""),
        )

    @property
    def source_count(self) -> int:
        return sum(not view.own_voice for view in self.sources.values())

    @property
    def other_language(self) -> str | None:
        """The code of the article's language where it is not English, which the annotator reads."""
        language = self.article.language
        return None if language is None or language.lower().startswith("en") else language

    @property
    def headline(self) -> str:
        if title := (self.article.title or "").strip():
            return title
        spans = [s for s in self.record.sections if s.kind is SectionKind.HEADLINE]
        texts = (" ".join(self.article.text[s.start : s.end].split()) for s in spans)
        return next(filter(None, texts), self.article.article_id)


def _is_own_voice(source: Source) -> bool:
    return source.source_id == ARTICLE_SOURCE or source.type is SourceType.ARTICLE


def _letters(number: int) -> str:
    """A, B, ... Z, AA, AB, ... for 0, 1, ...

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    head, last = divmod(number, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)


def _source_views(anchor: str, record: AnnotatedArticle, claims: Sequence[Claim]) -> dict[str, SourceView]:
    in_use = [claim.source_id for claim in claims] + [link.source_id for claim in claims for link in claim.chain]
    order = dict.fromkeys([*in_use, *(source.source_id for source in record.sources)])
    views: dict[str, SourceView] = {}
    lettered = 0
    for n, source_id in enumerate(order):
        source = record.source_by_id[source_id]
        own = _is_own_voice(source)
        quotes = Counter(claim.quote_type for claim in claims if claim.source_id == source_id)
        views[source_id] = SourceView(
            source=source,
            anchor=f"{anchor}-s{n + 1}",
            letter="" if own else _letters(lettered),
            colour=0 if own else lettered % COLOURS + 1,
            claims=quotes,
            passed_on=sum(
                claim.source_id != source_id and source_id in {link.source_id for link in claim.chain}
                for claim in claims
            ),
            share=quotes.total() / len(claims) if claims else 0.0,
        )
        lettered += not own
    return views
