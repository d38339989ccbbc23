"""An article while a change is made to it: its claims, attributions and sources, to be taken out and put back."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from annotator.conventions import trim
from annotator.errors import ChangeError
from annotator.labels import Affiliation, LinkBasis, LinkRole, ReviewStatus, SectionKind, SourceType
from annotator.records import (
    ARTICLE_SOURCE,
    UNKNOWN_PUBLISHER,
    AnnotatedArticle,
    Attribution,
    Claim,
    Link,
    Source,
    Span,
    displayed,
    line_ends,
    source_ids,
)
from annotator.review.corrections.labels import flags_of
from annotator.review.corrections.mentions import ANONYMOUS_SUFFIX
from annotator.review.regions import free_id
from annotator.worklist.changes import Known, Named, Place, SourceChoice

CERTAIN = 1.0  # a person's word


class Draft:
    """Parts of a record by their ids, in order. Every method raises `ChangeError` for what does not fit."""

    def __init__(self, record: AnnotatedArticle, machine: AnnotatedArticle) -> None:
        self.record, self.machine = record, machine
        self.text = record.article.text
        self.before = {claim.claim_id: claim for claim in record.claims}
        self.claims = dict(self.before)
        self.attributions = {item.attribution_id: item for item in record.attributions}
        self.sources = {source.source_id: source for source in record.sources}
        self.looked_at: set[str] = set()  # ids of claims about which the change decides
        self._alone = set(self.sources) - set(source_ids(record.attributions, record.claims))

    def finished(self) -> AnnotatedArticle:
        """The record of the parts; what nothing refers to any more is left out. It is checked like any record."""
        claims = tuple(self.claims.values())
        owned = {claim.attribution_id for claim in self.record.claims} - {claim.attribution_id for claim in claims}
        attributions = tuple(item for item in self.attributions.values() if item.attribution_id not in owned)
        used = {*source_ids(attributions, claims), *self._alone, ARTICLE_SOURCE}
        parts = {
            "claims": claims,
            "attributions": attributions,
            "sources": tuple(source for source in self.sources.values() if source.source_id in used),
        }
        return AnnotatedArticle(**{name: getattr(self.record, name) for name in AnnotatedArticle.model_fields} | parts)

    # --- looking up -------------------------------------------------------------------------------------------------

    def claim(self, claim_id: str) -> Claim:
        try:
            return self.claims[claim_id]
        except KeyError:
            raise ChangeError(f"claim_id: the article has no claim {claim_id!r}") from None

    def source(self, source_id: str) -> Source:
        """A source of the article; one of the machine's that nothing referred to any more comes back."""
        found = self.sources.get(source_id) or self.machine.source_by_id.get(source_id)
        if found is None:
            raise ChangeError(f"source_id: the article has no source {source_id!r}")
        return self.sources.setdefault(source_id, found)

    def attribution(self, claim: Claim) -> Attribution | None:
        return self.attributions[claim.attribution_id] if claim.attribution_id else None

    def claims_of(self, attribution_id: str) -> list[Claim]:
        return [claim for claim in self.claims.values() if claim.attribution_id == attribution_id]

    def span(self, place: Place, what: str) -> Span:
        """The words of a place without the blanks around them."""
        if not place.start < place.end <= len(self.text):
            raise ChangeError(
                f"{what}: {place.start}..{place.end} is no stretch of a text of {len(self.text)} characters"
            )
        found = self.text[place.start : place.end]
        if place.text is not None and place.text != found:
            raise ChangeError(
                f"{what}: the text at {place.start}..{place.end} is {found[:40]!r}, not {place.text[:40]!r}. "
                "Offsets count code points"
            )
        offsets = trim(self.text, place.start, place.end)
        if offsets[0] == offsets[1]:
            raise ChangeError(f"{what}: nothing but blanks stands at {place.start}..{place.end}")
        return Span.of(self.text, offsets)

    def spans(self, places: Sequence[Place]) -> tuple[Span, ...]:
        """The words of a claim: places in the order of the text that share no character."""
        spans = tuple(self.span(place, "spans") for place in places)
        for before, after in pairwise(spans):
            if after.start < before.end:
                raise ChangeError(f"spans: {after.start}..{after.end} does not follow {before.start}..{before.end}")
        return spans

    # --- claims -----------------------------------------------------------------------------------------------------

    def put(self, claim: Claim) -> Claim:
        """Put a claim in the place of that id, with the flags and the display that follow from its parts."""
        source = self.sources[claim.source_id]
        claim = claim.model_copy(update={"source_display": self._display(claim)})
        if claim != self.before.get(claim.claim_id) or source != self.record.source_by_id.get(claim.source_id):
            claim = claim.model_copy(update={"flags": flags_of(claim, source)})
        self.claims[claim.claim_id] = claim
        return claim

    def insert(self, claim: Claim) -> None:
        """Put a new claim before the first that begins behind it."""
        start = claim.spans[0].start
        order = [*self.claims.values()]
        place = next((n for n, other in enumerate(order) if other.spans[0].start > start), len(order))
        self.claims = {one.claim_id: one for one in (*order[:place], claim, *order[place:])}

    def where(self, spans: tuple[Span, ...]) -> dict[str, Any]:
        """What follows from the spans of a claim."""
        start = spans[0].start
        section = next((s.kind for s in self.record.sections if s.start <= start < s.end), SectionKind.BODY)
        return {
            "spans": spans,
            "text": " ".join(span.text for span in spans),
            "section": section,
            "paragraph": sum(end <= start for end in line_ends(self.text)),
        }

    def _display(self, claim: Claim) -> str:
        """As the record has it, unless what it is made of has changed."""
        before = self.before.get(claim.claim_id)
        if before and self._steps(before, self.record.source_by_id) == self._steps(claim, self.sources):
            return before.source_display
        return displayed(self._steps(claim, self.sources))

    @staticmethod
    def _steps(claim: Claim, sources: dict[str, Source]) -> list[tuple[LinkBasis, str]]:
        return [(link.basis, sources[link.source_id].name) for link in claim.chain]

    # --- attributions -----------------------------------------------------------------------------------------------

    def own_attribution(self, claim: Claim, **changes: Any) -> Claim:
        """The claim with an attribution that is no other claim's, changed as said by a person.

        One that other claims share stays theirs, with the contents of their spans.
        """
        old = self.attribution(claim)
        others = (
            [other for other in self.claims_of(old.attribution_id) if other.claim_id != claim.claim_id] if old else []
        )
        settled = {"confidence": CERTAIN}
        if old is not None and not others:
            self.attributions[old.attribution_id] = Attribution(**_given(old) | settled | _resolved(changes))
            return claim
        taken = {*self.attributions, *(item.attribution_id for item in self.machine.attributions)}
        new_id = free_id("r1", taken)
        base = _given(old) if old is not None else {"cue": None, "source_mention": None}
        own = {"attribution_id": new_id, "contents": claim.spans}
        self.attributions[new_id] = Attribution(**base | settled | _resolved(changes) | own)
        if old is not None:
            self.attributions[old.attribution_id] = old.model_copy(update={"contents": contents_of(others)})
        return claim.model_copy(update={"attribution_id": new_id})

    def unattributed(self, claim: Claim) -> Claim:
        """The claim without its attribution, which stays where others share it."""
        old = self.attribution(claim)
        others = (
            [other for other in self.claims_of(old.attribution_id) if other.claim_id != claim.claim_id] if old else []
        )
        if old is not None and others:
            self.attributions[old.attribution_id] = old.model_copy(update={"contents": contents_of(others)})
        return claim.model_copy(update={"attribution_id": None})

    # --- sources ----------------------------------------------------------------------------------------------------

    def publisher(self) -> Source:
        """The article's own voice, which is made where the record has none."""
        if ARTICLE_SOURCE not in self.sources:
            self.sources[ARTICLE_SOURCE] = Source(
                source_id=ARTICLE_SOURCE,
                name=self.record.article.publisher or UNKNOWN_PUBLISHER,
                type=SourceType.ARTICLE,
                affiliation=Affiliation.MEDIA,
                anonymous=False,
            )
        return self.sources[ARTICLE_SOURCE]

    def published(self) -> Link:
        """The last link of a new chain."""
        return Link(source_id=self.publisher().source_id, role=LinkRole.PUBLISHER, basis=LinkBasis.DOCUMENT)

    def chosen(self, choice: SourceChoice, *, passing_on: bool = False) -> tuple[Source, Span | None]:
        """The source that is meant, made where it is new, and the mention that was given with it.

        With `passing_on` a new one without a type is a news outlet, as on the way back from Label Studio.
        """
        if isinstance(choice, Known):
            return (self.publisher() if choice.source_id == ARTICLE_SOURCE else self.source(choice.source_id)), None
        mention = self.span(choice.mention, "mention") if choice.mention else None
        source = self.by_name(self._name(choice, mention)) or self._new(choice, mention, passing_on)
        return (self.mentioned(source.source_id, mention) if mention else source), mention

    def by_name(self, name: str) -> Source | None:
        """The source that is called so, whatever the case; the article itself is not found by its name."""
        wanted = name.casefold()
        there = {source.source_id: source.name for source in (*self.machine.sources, *self.sources.values())}
        found = (i for i, name in there.items() if i != ARTICLE_SOURCE and name.casefold() == wanted)
        return next((self.source(source_id) for source_id in found), None)

    def mentioned(self, source_id: str, mention: Span) -> Source:
        """The source with a mention, which it may have had."""
        source = self.sources[source_id]
        if mention not in source.mentions:
            mentions = sorted((*source.mentions, mention), key=lambda span: (span.start, span.end))
            self.sources[source_id] = source = source.model_copy(update={"mentions": tuple(mentions)})
        return source

    def unmentioned(self, source_id: str, mention: Span) -> None:
        """Take a mention from a source unless an attribution or a link of its still stands on it."""
        source = self.sources[source_id]
        links = (link for claim in self.claims.values() for link in claim.chain)
        uses = [(item.source_id, item.source_mention) for item in self.attributions.values()]
        if (source_id, mention) in uses or any(
            (link.source_id, link.mention) == (source_id, mention) for link in links
        ):
            return
        kept = tuple(span for span in source.mentions if span != mention)
        self.sources[source_id] = source.model_copy(update={"mentions": kept})

    @staticmethod
    def _name(choice: Named, mention: Span | None) -> str:
        name = " ".join((choice.name or (mention.text if mention else "")).split())
        if not name:
            raise ChangeError("name: a new source needs a name, or a mention that names it")
        return name + ANONYMOUS_SUFFIX if choice.anonymous and not name.endswith(ANONYMOUS_SUFFIX) else name

    def _new(self, choice: Named, mention: Span | None, passing_on: bool) -> Source:
        if choice.type is SourceType.ARTICLE:
            raise ChangeError(f"type: the article's own voice is no new source: it has the id {ARTICLE_SOURCE!r}")
        outlet = passing_on and choice.type is None and not choice.anonymous
        taken = {*self.sources, *self.machine.source_by_id}
        source = Source(
            source_id=free_id("r1", taken),
            name=self._name(choice, mention),
            type=choice.type or (SourceType.MEDIA if outlet else SourceType.PERSON),
            affiliation=choice.affiliation or (Affiliation.MEDIA if outlet else Affiliation.UNKNOWN),
            anonymous=choice.anonymous,
            anonymity_description=mention.text if choice.anonymous and mention else None,
        )
        self.sources[source.source_id] = source
        return source


def _given(item: Attribution) -> dict[str, Any]:
    return {name: getattr(item, name) for name in Attribution.model_fields}


def _resolved(changes: dict[str, Any]) -> dict[str, Any]:
    """Changes of an attribution: where they say whose it is, nothing is open any more."""
    if "source_id" not in changes:
        return changes
    fields = Attribution.model_fields
    kept = ("resolution", "candidates", "source_confidence", "link_confidence")
    return {name: fields[name].get_default() for name in kept} | changes


def contents_of(claims: Iterable[Claim]) -> tuple[Span, ...]:
    """What an attribution covers: the spans of its claims, each once, in the order of the text.

    Those of rejected claims count only where there are no others, for an attribution is never empty.
    """
    listed = list(claims)
    kept = [claim for claim in listed if not is_rejected(claim)] or listed
    return tuple(sorted({span for claim in kept for span in claim.spans}, key=lambda span: (span.start, span.end)))


def is_rejected(claim: Claim) -> bool:
    """Whether somebody has said that it is no claim."""
    return claim.review is not None and claim.review.status is ReviewStatus.REJECTED
