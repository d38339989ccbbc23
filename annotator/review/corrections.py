"""From a corrected page back to a record; the page of an uncorrected prediction gives the very record back.

The page that the annotator drew and the page that a reviewer left are read by the same code and compared. What looks
the same on both is the record's own, with all that no region shows; what differs is made from the reviewer's regions.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from annotator.formats.label_studio import (
    ANONYMOUS,
    ATTRIBUTED_TO,
    CHAIN,
    CITED_BY,
    CLAIM,
    CLAIM_CONTROLS,
    CLAIM_NORMALIZED,
    CONTINUES,
    CUE,
    CUE_OF,
    HEDGED,
    NOTE,
    SAME_SOURCE,
    SOURCE,
    SOURCE_NAME,
    prediction,
)
from annotator.formats.tables import CHAIN_SIGN
from annotator.labels import (
    VOCABULARIES,
    Affiliation,
    AttributionMode,
    Flag,
    Kind,
    LinkBasis,
    LinkRole,
    OnRecord,
    Polarity,
    QuoteType,
    Resolution,
    SectionKind,
    SourceType,
    Stance,
)
from annotator.records import (
    ARTICLE_SOURCE,
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
from annotator.review.regions import Page, Region, trimmed

UNSPECIFIED_NAME = "unspecified source (anonymous)"
ANONYMOUS_SUFFIX = " (anonymous)"
CERTAIN = 1.0  # a person's word
_QUOTES = "“”\"‘’'«»„‟"


def corrected(base: AnnotatedArticle, page: Page) -> AnnotatedArticle:
    """The record that a page says; whatever could not be understood is added to `page.problems`."""
    results = prediction(base)["result"]
    drawn = Page.read(results, base.article.text)
    sources = _Sources(base, page, drawn, results)
    claims = _Claims(base, page, drawn, sources).made()
    attributions = _attributions(base, claims, sources)
    kept = [item.claim for item in claims]
    changed = {
        "attributions": attributions,
        "claims": tuple(kept),
        "sources": _still_used(base, sources.all(), attributions, kept),
    }
    return AnnotatedArticle(**{name: getattr(base, name) for name in AnnotatedArticle.model_fields} | changed)


def note_of(page: Page, claim: Claim) -> str | None:
    """What a reviewer wrote beside a claim."""
    first = (claim.spans[0].start, claim.spans[0].end)
    notes = (region.typed.get(NOTE) for region in page.labelled(CLAIM) if region.span == first)
    return next((note for note in notes if note), None)


# --- sources ----------------------------------------------------------------------------------------------------------


class _Sources:
    """The sources behind a page's mentions: who is the same, and what a reviewer says of them."""

    def __init__(self, base: AnnotatedArticle, page: Page, drawn: Page, results: Iterable[Mapping[str, Any]]) -> None:
        self.base, self.page, self.drawn = base, page, drawn
        self.source_of_drawn = {
            str(result["id"]): str(result["meta"]["source_id"])
            for result in results
            if result.get("type") == "labels" and result["value"]["labels"] == [SOURCE]
        }
        self.elsewhere = self._renamed_to_others()
        self.id_of_region: dict[str, str] = {}
        self.made: dict[str, Source] = {}
        self.now: dict[str, str] = {}  # what became of each source of the base
        for group in self._groups():
            self._settle(group)

    def of(self, region: Region) -> Source:
        return self.by_id(self.id_of_region[region.region_id])

    def by_id(self, source_id: str) -> Source:
        return self.made.get(source_id) or self.base.source_by_id[source_id]

    def moved(self, source_id: str) -> str:
        """The id that a source of the base goes by now: another one where a reviewer joined it to another source."""
        return self.now.get(source_id, source_id)

    def named(self, name: str) -> Source:
        """The source of that name; a new one where the article has none, a news outlet until a reviewer says better."""
        now = [self.by_id(i) for i in {**self.base.source_by_id, **self.made}]
        known = next((source for source in now if source.name.casefold() == name.casefold()), None)
        anonymous = name.endswith(ANONYMOUS_SUFFIX)
        source = known or Source(
            source_id=_free("r1", self._taken()),
            name=name,
            type=SourceType.PERSON if anonymous else SourceType.MEDIA,
            affiliation=Affiliation.UNKNOWN if anonymous else Affiliation.MEDIA,
            anonymous=anonymous,
        )
        self.made[source.source_id] = source
        return source

    def unspecified(self) -> Source:
        """The source of a claim that has a cue and nobody behind it."""
        known = next((s for s in self.base.sources if s.type is SourceType.UNSPECIFIED), None)
        source = known or Source(
            source_id=_free("unspecified", self._taken()),
            name=UNSPECIFIED_NAME,
            type=SourceType.UNSPECIFIED,
            affiliation=Affiliation.UNKNOWN,
            anonymous=True,
        )
        self.made[source.source_id] = source
        return source

    def all(self) -> list[Source]:
        """The base's sources in their order, as they are now, and the new ones."""
        known = [self.by_id(source.source_id) for source in self.base.sources if self._alive(source.source_id)]
        return known + [s for name, s in self.made.items() if name not in self.base.source_by_id]

    def _alive(self, source_id: str) -> bool:
        return self.moved(source_id) == source_id

    def _taken(self) -> set[str]:
        return {*self.base.source_by_id, *self.made}

    def _groups(self) -> list[list[Region]]:
        """Mentions of one source together, each group and the groups among themselves in text order."""
        joined = _Union([region.region_id for region in self.page.labelled(SOURCE)])
        of_source: dict[str, list[str]] = {}
        for region_id in sorted(self.source_of_drawn, key=lambda i: self.drawn.regions[i].start):
            if region_id in joined:
                of_source.setdefault(self.source_of_drawn[region_id], []).append(region_id)
        before, after = (_pairs(self.drawn), _pairs(self.page))
        elsewhere = self.elsewhere
        for found in of_source.values():
            mentions = [region_id for region_id in found if region_id not in elsewhere]
            for region_id in set(found) & set(elsewhere):
                if others := [i for i in of_source.get(elsewhere[region_id], ()) if i not in elsewhere]:
                    joined.join(others[0], region_id)
            for one, next_one in pairwise(mentions):
                pair = frozenset((one, next_one))
                if pair in after or pair not in before:  # a reviewer took the line away: these are two sources
                    joined.join(one, next_one)
        for pair in after:
            if not pair & set(elsewhere):
                joined.join(*pair)
        self._join_by_name(joined)
        groups = [sorted((self.page.regions[i] for i in ids), key=lambda r: r.span) for ids in joined.groups()]
        return sorted(groups, key=lambda group: group[0].span)

    def _renamed_to_others(self) -> dict[str, str]:
        """Drawn mentions that a reviewer gave the name of another source of the article, and that source."""
        named = {source.name.casefold(): source.source_id for source in reversed(self.base.sources)}
        found = {}
        for region_id, own in self.source_of_drawn.items():
            now = self.page.regions.get(region_id)
            typed = now.typed.get(SOURCE_NAME) if now and now.label == SOURCE else None
            if typed and typed != self.drawn.regions[region_id].typed.get(SOURCE_NAME):
                other = named.get(typed.casefold(), own)
                if other != own:
                    found[region_id] = other
        return found

    def _join_by_name(self, joined: "_Union") -> None:
        """A new mention with the name of a source that is there already belongs to it, line or no line."""
        alone = [r for r in self.page.labelled(SOURCE) if r.region_id not in self.source_of_drawn and joined.lone(r)]
        named: dict[str, str] = {}
        for region_id, source_id in self.source_of_drawn.items():
            if region_id in joined:
                named.setdefault(self.base.source_by_id[source_id].name.casefold(), region_id)
        for region in alone:
            name = self._name(region).casefold()
            if name in named:
                joined.join(region.region_id, named[name])
            else:
                named[name] = region.region_id

    def _name(self, region: Region) -> str:
        words = self.page.text[region.start : region.end]
        suffix = ANONYMOUS_SUFFIX if ANONYMOUS in region.choices else ""
        return region.typed.get(SOURCE_NAME) or " ".join(words.split()) + suffix

    def _settle(self, group: list[Region]) -> None:
        """Decide which source a group of mentions is, and what is known of it."""
        own = self._own(group)
        source_id = own if own is not None and own not in self.made else _free("r1", self._taken())
        base = self.base.source_by_id[own] if own is not None else None
        source = self._known(base, group, source_id) if base else self._new(group, source_id)
        self.made[source_id] = source
        for region in group:
            self.id_of_region[region.region_id] = source_id
            before = self.source_of_drawn.get(region.region_id)
            if before is not None and region.region_id not in self.elsewhere:
                self.now.setdefault(before, source_id)

    def _own(self, group: list[Region]) -> str | None:
        """The base's source of a group; of several, the one that the lines which a reviewer drew lead to."""
        drawn = [region for region in group if region.region_id in self.source_of_drawn]
        if elsewhere := [self.elsewhere[r.region_id] for r in drawn if r.region_id in self.elsewhere]:
            return elsewhere[0]
        added = set(_arrows(self.page, SAME_SOURCE.name)) - set(_arrows(self.drawn, SAME_SOURCE.name))
        starts = {start for start, _ in added}
        ranked = sorted(drawn, key=lambda region: (region.region_id in starts, region.span))
        if ranked:
            return self.source_of_drawn[ranked[0].region_id]
        names = {self._name(region).casefold() for region in group}
        undrawn = set(self.base.source_by_id) - set(self.source_of_drawn.values()) - {ARTICLE_SOURCE}
        return next((i for i in undrawn if self.base.source_by_id[i].name.casefold() in names), None)

    def _known(self, base: Source, group: list[Region], source_id: str) -> Source:
        """A source of the base with what a reviewer changed on any of its mentions."""
        changes: dict[str, Any] = {}
        for control, name in (("source_type", "type"), ("affiliation", "affiliation")):
            if (value := self._change(group, lambda r, c=control: r.choices.get(c))) is not None:  # type: ignore[misc]
                changes[name] = VOCABULARIES[control](value)
        if (typed := self._change(group, lambda r: r.typed.get(SOURCE_NAME))) is not None:
            changes["name"] = typed
        ticked = self._change(group, lambda r: "yes" if ANONYMOUS in r.choices else "no", of_new=False)
        if ticked is None and any(ANONYMOUS in r.choices for r in group if r.region_id not in self.source_of_drawn):
            ticked = "yes"
        if ticked is not None and (ticked == "yes") is not base.anonymous:
            changes |= _anonymity(base, ticked == "yes", self.page.text[group[0].start : group[0].end], changes)
        mentions = self._mentions(base, group)
        if mentions != base.mentions:
            changes["mentions"] = mentions
        if source_id != base.source_id:
            changes["source_id"] = source_id
        return base.model_copy(update=changes) if changes else base

    def _change(self, group: list[Region], get: Callable[[Region], str | None], *, of_new: bool = True) -> str | None:
        """What a reviewer changed an answer to on a mention; where two were changed differently, the first counts."""
        changed = []
        for region in group:
            value, before = get(region), self.drawn.regions.get(region.region_id)
            if value is not None and (value != get(before) if before else of_new):
                changed.append(value)
        different = list(dict.fromkeys(changed))
        if len(different) > 1:
            words = self.page.words(group[0])
            self.page.problems.append(f"{words} and its other mentions say {' and '.join(different)}; the first counts")
        return different[0] if different else None

    def _mentions(self, base: Source, group: list[Region]) -> tuple[Span, ...]:
        drawn = {i: self.drawn.regions[i].span for i, of in self.source_of_drawn.items() if of == base.source_id}
        now = {region.region_id: region.span for region in group}
        if drawn == now:
            return base.mentions
        gone = {span for i, span in drawn.items() if now.get(i) != span}
        kept = {(m.start, m.end) for m in base.mentions if _stripped(m) not in gone}
        return tuple(_span(self.page.text, span) for span in sorted(kept | set(now.values())))

    def _new(self, group: list[Region], source_id: str) -> Source:
        """A source that only a reviewer knows; what they left open is as unknown as it can be."""
        answers = {name: value for region in reversed(group) for name, value in region.choices.items()}
        typed = [region.typed[SOURCE_NAME] for region in group if SOURCE_NAME in region.typed]
        first, anonymous = group[0], ANONYMOUS in answers
        words = self.page.text[first.start : first.end]
        if "source_type" not in answers:
            self.page.problems.append(f"{self.page.words(first)}: a new source without a type counts as a person")
        return Source(
            source_id=source_id,
            name=typed[0] if typed else self._name(first),
            type=SourceType(answers.get("source_type", SourceType.PERSON)),
            affiliation=Affiliation(answers.get("affiliation", Affiliation.UNKNOWN)),
            anonymous=anonymous,
            anonymity_description=words if anonymous else None,
            mentions=tuple(_span(self.page.text, region.span) for region in group),
        )


def _anonymity(base: Source, anonymous: bool, words: str, changes: dict[str, Any]) -> dict[str, Any]:
    """What else changes with a source's anonymity: its description, and the word behind its name."""
    name = changes.get("name", base.name)
    if anonymous:
        ended = name if name.endswith(ANONYMOUS_SUFFIX) or "name" in changes else name + ANONYMOUS_SUFFIX
        return {"anonymous": True, "name": ended, "anonymity_description": base.anonymity_description or words}
    nothing = {"anonymity_description": None, "anonymity_reason": None, "inherited": False}
    return {"anonymous": False, "name": name.removesuffix(ANONYMOUS_SUFFIX), **nothing}


def _still_used(
    base: AnnotatedArticle, sources: Iterable[Source], attributions: Iterable[Attribution], claims: Iterable[Claim]
) -> tuple[Source, ...]:
    """Sources that something refers to, and those to which nothing did before."""
    before = set(source_ids(base.attributions, base.claims))
    now = set(source_ids(attributions, claims)) | {ARTICLE_SOURCE}
    return tuple(source for source in sources if source.source_id in now or source.source_id not in before)


# --- claims -----------------------------------------------------------------------------------------------------------


@dataclass
class _Made:
    """A claim as it is now, and its attribution where that is not the base's any more."""

    claim: Claim
    base: Claim | None
    own: Attribution | None = None  # what a reviewer says; its id is given later
    respanned: bool = False


@dataclass(frozen=True)
class _Look:
    """What a page shows of one claim."""

    spans: tuple[tuple[int, int], ...]
    source: tuple[str, tuple[int, int]] | None  # region and span of the mention that it is attributed to
    cues: tuple[tuple[int, int], ...]
    chain: tuple[Hashable, ...]


class _Claims:
    def __init__(self, base: AnnotatedArticle, page: Page, drawn: Page, sources: _Sources) -> None:
        self.base, self.page, self.drawn, self.sources = base, page, drawn, sources
        self.line_ends = line_ends(base.article.text)
        self.taken = {claim.claim_id for claim in base.claims}

    def made(self) -> list[_Made]:
        """Every claim of the page: the base's in their order, each new one before the first that begins behind it."""
        known, new = [], []
        of_piece = {
            region.region_id: n
            for n in range(len(self.base.claims))
            for region in _pieces(self.drawn, self.drawn.regions.get(f"claim-{n + 1}"))
        }
        seen: set[int] = set()
        for head in _heads(self.page):
            n = of_piece.get(head.region_id)
            if n is None or n in seen:
                new.append(self._claim(head, None if n is None else self.base.claims[n], again=n is not None))
            else:
                seen.add(n)
                known.append((n, self._claim(head, self.base.claims[n])))
        claims = [made for _, made in sorted(known, key=lambda item: item[0])]
        for made in sorted(new, key=lambda item: item.claim.spans[0].start):
            start = made.claim.spans[0].start
            place = next((i for i, other in enumerate(claims) if other.claim.spans[0].start > start), len(claims))
            claims.insert(place, made)
        return claims

    def _claim(self, head: Region, base: Claim | None, *, again: bool = False) -> _Made:
        """The claim of a head; with `again`, a piece that a reviewer took off the claim `base`."""
        before = self.drawn.regions.get(head.region_id) if base and not again else None
        look, looked = self._look(self.page, head), self._look(self.drawn, before) if before else None
        known = base if base and not again else self._blank(look, base)
        respanned = looked is None or look.spans != looked.spans
        attributed = looked is None or (look.source, look.cues) != (looked.source, looked.cues) or self._moved(look)
        own = self._attribution(head, look) if attributed else None
        changes = self._answers(head, before)
        if respanned:
            changes |= self._place(look.spans)
        if attributed:
            changes["source_id"] = own.source_id if own else ARTICLE_SOURCE
        claim = known.model_copy(update=changes)
        claim = self._with_chain(claim, look, looked, attributed)
        if typed := self._typed_chain(head, before):
            claim, own = self._with_typed_chain(claim, typed, own)
        if attributed and own is None:
            claim = claim.model_copy(update={"attribution_id": None})
        source = self.sources.by_id(claim.source_id)
        if looked is not None and claim.source_id != known.source_id:
            claim = _consistent(claim, known, head, before, source)
        if claim != known or source != self.base.source_by_id.get(claim.source_id):
            claim = claim.model_copy(update={"flags": _flags(claim, source)})
        return _Made(claim, base if not again else None, own, respanned)

    def _moved(self, look: _Look) -> bool:
        """Whether the mention that a claim is attributed to belongs to another source now."""
        region_id = look.source[0] if look.source else ""
        before = self.sources.source_of_drawn.get(region_id)
        return before is not None and before != self.sources.id_of_region[region_id]

    def _typed_chain(self, head: Region, before: Region | None) -> list[str]:
        """The names of a chain that a reviewer typed, origin first and without the publisher."""
        typed = head.typed.get(CHAIN)
        if not typed or typed == (before.typed.get(CHAIN) if before else None):
            return []
        names = [" ".join(name.split()) for name in typed.split(CHAIN_SIGN.strip())]
        publisher = self.base.source_by_id[ARTICLE_SOURCE].name if ARTICLE_SOURCE in self.base.source_by_id else ""
        return [name for name in names if name and name.casefold() != publisher.casefold()]

    def _with_typed_chain(
        self, claim: Claim, names: list[str], own: Attribution | None
    ) -> tuple[Claim, Attribution | None]:
        """The claim with the chain that was typed, and its attribution where that is another source's now."""
        sources = [self.sources.named(name) for name in names]
        links = {link.source_id: link for link in claim.chain[:-1]}
        chain = [
            (links.get(s.source_id) or Link(source_id=s.source_id, role=_role(n, s), basis=LinkBasis.EXPLICIT))
            for n, s in enumerate(sources)
        ]
        chain = [
            link.model_copy(update={"role": _role(n, s)})
            for n, (link, s) in enumerate(zip(chain, sources, strict=True))
        ]
        origin = sources[0].source_id
        if origin != claim.source_id:
            said = own or self.base.attribution_by_id.get(claim.attribution_id or "")
            own = Attribution(
                attribution_id="",
                cue=said.cue if said else None,
                source_mention=said.source_mention if said else None,
                contents=claim.spans,
                source_id=origin,
                confidence=CERTAIN,
            )
        links_now = (*chain, claim.chain[-1])
        changes = {"chain": links_now, "source_id": origin, "source_display": self._display(links_now)}
        return claim.model_copy(update=changes), own

    def _display(self, chain: Sequence[Link]) -> str:
        return displayed([(link.basis, self.sources.by_id(link.source_id).name) for link in chain])

    def _look(self, page: Page, head: Region) -> _Look:
        spans = tuple(region.span for region in _pieces(page, head))
        targets = page.targets(head.region_id, ATTRIBUTED_TO)
        if len(targets) > 1 and page is self.page:
            words = " and ".join(page.words(target) for target in targets)
            page.problems.append(f"{page.words(head)} is attributed to {words}; the first counts")
        source = targets[0] if targets else None
        cues = tuple(sorted(cue.span for cue in page.origins(head.region_id, CUE_OF) if cue.label == CUE))
        chain = tuple(
            (region.region_id, region.span, tuple(cue.span for cue in page.origins(region.region_id, CUE_OF)))
            for region in _walk(page, source)
        )
        return _Look(spans, (source.region_id, source.span) if source else None, cues, chain)

    def _answers(self, head: Region, before: Region | None) -> dict[str, Any]:
        """Answers that are not those that were drawn; an answer that was taken back leaves the base's."""
        drawn = before.choices if before else {}
        changes: dict[str, Any] = {
            control.name: VOCABULARIES[control.name](head.choices[control.name])
            for control in CLAIM_CONTROLS
            if control.name in head.choices and head.choices[control.name] != drawn.get(control.name)
        }
        if (HEDGED in head.choices) != (HEDGED in drawn):
            changes["hedged"] = HEDGED in head.choices
        typed = head.typed.get(CLAIM_NORMALIZED)
        if typed != (before.typed.get(CLAIM_NORMALIZED) if before else None):
            changes["claim_normalized"] = typed
        return changes

    def _place(self, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
        pieces = tuple(_span(self.page.text, span) for span in spans)
        start = pieces[0].start
        section = next((s.kind for s in self.base.sections if s.start <= start < s.end), SectionKind.BODY)
        return {
            "spans": pieces,
            "text": " ".join(piece.text for piece in pieces),
            "section": section,
            "paragraph": sum(end <= start for end in self.line_ends),
        }

    def _blank(self, look: _Look, like: Claim | None) -> Claim:
        """What is assumed of a claim that a reviewer added, until they say otherwise."""
        claim_id = _free("r1", self.taken)
        self.taken.add(claim_id)
        if like is not None:  # a piece that a reviewer took off is what the whole was
            return like.model_copy(update={"claim_id": claim_id, "review": None})
        source = self.sources.of(self.page.regions[look.source[0]]) if look.source else None
        attributed = bool(look.source or look.cues)
        publisher = Link(source_id=ARTICLE_SOURCE, role=LinkRole.PUBLISHER, basis=LinkBasis.DOCUMENT)
        pieces = [self.page.text[slice(*span)] for span in look.spans]
        return Claim(
            claim_id=claim_id,
            attribution_id=None,
            **self._place(look.spans),
            claim_normalized=None,
            quote_type=_quote_type(pieces) if attributed else QuoteType.NONE,
            kind=Kind.STATEMENT,
            polarity=Polarity.POSITIVE,
            hedged=False,
            attribution=AttributionMode.EXPLICIT if attributed else AttributionMode.UNATTRIBUTED,
            stance=Stance.NEUTRAL,
            on_record=_terms(source) if attributed else OnRecord.NOT_APPLICABLE,
            source_id=ARTICLE_SOURCE,
            source_display="",
            chain=(publisher,),
            nested=(),
            confidence=CERTAIN,
            needs_review=False,
        )

    def _attribution(self, head: Region, look: _Look) -> Attribution | None:
        """What a reviewer says of who said it with which words; None for the article's own voice."""
        if look.source is None and not look.cues:
            return None
        text = self.page.text
        mention = _span(text, look.source[1]) if look.source else None
        source = self.sources.of(self.page.regions[look.source[0]]) if look.source else self.sources.unspecified()
        if len(look.cues) > 1:
            self.page.problems.append(f"{self.page.words(head)} has {len(look.cues)} cues; the first is its own")
        return Attribution(
            attribution_id="",
            cue=_span(text, look.cues[0]) if look.cues else None,
            source_mention=mention,
            contents=tuple(_span(text, span) for span in look.spans),
            source_id=source.source_id,
            confidence=CERTAIN,
        )

    def _with_chain(self, claim: Claim, look: _Look, looked: _Look | None, attributed: bool) -> Claim:
        """The base's chain where the page shows it unchanged, else what the lines say, and the publisher."""
        if claim.source_id == ARTICLE_SOURCE and attributed:
            chain: tuple[Link, ...] = claim.chain[-1:]
        elif looked is not None and look.chain == looked.chain and (look.source is not None or not attributed):
            chain = tuple(self._relinked(link) for link in claim.chain)
        else:
            chain = (*self._links(claim, look), claim.chain[-1])
        before = [self.base.source_by_id[link.source_id].name for link in claim.chain]
        if (
            looked is not None
            and chain == claim.chain
            and before == [self.sources.by_id(i.source_id).name for i in chain]
        ):
            return claim
        return claim.model_copy(update={"chain": chain, "source_display": self._display(chain)})

    def _relinked(self, link: Link) -> Link:
        """A link of the base with the source that its mention belongs to now."""
        at = (link.source_id, link.mention and _stripped(link.mention))
        region = next(
            (
                region_id
                for region_id, source_id in self.sources.source_of_drawn.items()
                if (source_id, self.drawn.regions[region_id].span) == at and region_id in self.sources.id_of_region
            ),
            None,
        )
        now = self.sources.id_of_region[region] if region else self.sources.moved(link.source_id)
        return link if now == link.source_id else link.model_copy(update={"source_id": now})

    def _links(self, claim: Claim, look: _Look) -> Iterator[Link]:
        """The links that the lines show, and behind them those of the base that no page can show."""
        start = self.page.regions[look.source[0]] if look.source else None
        seen: set[str] = set()
        if start is None:
            seen.add(claim.source_id)
            yield Link(source_id=claim.source_id, role=LinkRole.ORIGIN, basis=LinkBasis.EXPLICIT)
        for n, region in enumerate(_walk(self.page, start)):
            source = self.sources.of(region)
            if source.source_id in seen:
                continue
            seen.add(source.source_id)
            cues = [cue.span for cue in self.page.origins(region.region_id, CUE_OF)]
            own = look.cues[0] if n == 0 and look.cues else None
            cue = min(cues) if cues else own
            yield Link(
                source_id=source.source_id,
                role=_role(n, source),
                basis=LinkBasis.EXPLICIT,
                mention=_span(self.page.text, region.span),
                cue=_span(self.page.text, cue) if cue else None,
            )
        for link in claim.chain[:-1]:
            if link.basis is LinkBasis.INHERITED and link.mention is None and link.source_id not in seen:
                yield self._relinked(link)


def _heads(page: Page) -> list[Region]:
    """Claim regions that continue no other, in text order."""
    return sorted(
        (r for r in page.labelled(CLAIM) if not page.targets(r.region_id, CONTINUES) or _in_circle(page, r)),
        key=lambda region: region.span,
    )


def _in_circle(page: Page, region: Region) -> bool:
    """Whether pieces continue one another in a circle of which this one comes first in the text."""
    seen, here = [region], page.targets(region.region_id, CONTINUES)
    while here and here[0] not in seen:
        seen.append(here[0])
        here = page.targets(here[0].region_id, CONTINUES)
    return bool(here) and here[0] is region and min(seen, key=lambda r: r.span) is region


def _pieces(page: Page, head: Region | None) -> list[Region]:
    """A claim's regions: its head and what continues it, in the order of the lines."""
    pieces, waiting = [], [head] if head else []
    while waiting:
        piece = waiting.pop(0)
        if piece not in pieces:
            pieces.append(piece)
            waiting += sorted(page.origins(piece.region_id, CONTINUES), key=lambda region: region.span)
    return pieces


def _walk(page: Page, region: Region | None) -> Iterator[Region]:
    """The mentions of a chain from its origin towards the reader, each once."""
    seen: set[str] = set()
    while region is not None and region.region_id not in seen:
        seen.add(region.region_id)
        yield region
        region = next(iter(page.targets(region.region_id, CITED_BY)), None)


def _role(place: int, source: Source) -> LinkRole:
    if place == 0:
        return LinkRole.ORIGIN
    return LinkRole.VEHICLE if source.type in {SourceType.DOCUMENT, SourceType.SOCIAL_POST} else LinkRole.REPORTER


def _quote_type(pieces: Sequence[str]) -> QuoteType:
    """Direct where every piece stands in quotation marks, mixed where one holds any."""
    if all(piece[0] in _QUOTES and piece[-1] in _QUOTES for piece in pieces):
        return QuoteType.DIRECT
    return QuoteType.MIXED if any(mark in piece for piece in pieces for mark in '“"«„') else QuoteType.INDIRECT


def _terms(source: Source | None) -> OnRecord:
    if source is None or source.anonymous:
        return OnRecord.UNNAMED_NO_TERMS
    published = {SourceType.MEDIA, SourceType.DOCUMENT, SourceType.SOCIAL_POST}
    return OnRecord.PUBLISHED if source.type in published else OnRecord.ON_RECORD


def _consistent(claim: Claim, base: Claim, head: Region, before: Region | None, source: Source) -> Claim:
    """Labels that cannot stay once a claim was given a source or lost it, unless the reviewer set them."""
    had, has = base.attribution is not AttributionMode.UNATTRIBUTED, claim.source_id != ARTICLE_SOURCE
    if had is has:
        return claim
    values: dict[str, Any] = {
        "quote_type": _quote_type([span.text for span in claim.spans]) if has else QuoteType.NONE,
        "attribution": AttributionMode.EXPLICIT if has else AttributionMode.UNATTRIBUTED,
        "on_record": _terms(source) if has else OnRecord.NOT_APPLICABLE,
    }
    drawn = before.choices if before else {}
    untouched = {name: value for name, value in values.items() if head.choices.get(name) == drawn.get(name)}
    return claim.model_copy(update=untouched)


_OF_WORDS = frozenset({Flag.BARE_SOURCE, Flag.NO_REASON, Flag.ROTE_REASON, Flag.UNVERIFIED})


def _flags(claim: Claim, source: Source) -> tuple[Flag, ...]:
    """The newsroom rules that a changed claim sets off; those that hang on the words stay as they were."""
    person, group = source.type is SourceType.PERSON, source.type is SourceType.GROUP
    holds = {
        Flag.BARE_SOURCE: source.anonymous and Flag.BARE_SOURCE in claim.flags,
        Flag.NO_REASON: source.anonymous and source.anonymity_reason is None,
        Flag.ROTE_REASON: source.anonymous and Flag.ROTE_REASON in claim.flags,
        Flag.SINGLE_ANONYMOUS: source.anonymous and person,
        Flag.ANONYMOUS_OPINION: source.anonymous and claim.kind is Kind.OPINION,
        Flag.PLURAL_WITHOUT_COUNT: source.anonymous and group and source.count is None,
        Flag.SECONDHAND: len(claim.chain) > 2,
        Flag.POSTPONED: claim.attribution is AttributionMode.POSTPONED,
        Flag.RELAYED: claim.on_record is OnRecord.RELAYED,
        Flag.UNVERIFIED: Flag.UNVERIFIED in claim.flags,
    }
    return tuple(flag for flag in Flag if holds[flag])


# --- attributions -----------------------------------------------------------------------------------------------------


def _attributions(base: AnnotatedArticle, claims: list[_Made], sources: _Sources) -> tuple[Attribution, ...]:
    """The attributions of the claims, each claim given the id of its own; those without a claim stay as they are."""
    used_before = {claim.attribution_id for claim in base.claims}
    users: dict[str, list[_Made]] = {}
    for made in claims:
        if made.own is None and made.claim.attribution_id:
            users.setdefault(made.claim.attribution_id, []).append(made)
    by_id: dict[str, Attribution] = {}
    for item in base.attributions:
        if item.attribution_id in users or item.attribution_id not in used_before:
            by_id[item.attribution_id] = _kept(item, users.get(item.attribution_id, []), sources)
    taken = {item.attribution_id for item in base.attributions}
    new: dict[Hashable, str] = {}
    for made in claims:
        if made.own is not None:
            _give(made, by_id, new, taken)
    in_order = [by_id.pop(item.attribution_id) for item in base.attributions if item.attribution_id in by_id]
    return (*in_order, *by_id.values())


def _kept(item: Attribution, users: list[_Made], sources: _Sources) -> Attribution:
    """An attribution of the base, its contents those of its claims where a reviewer moved their spans."""
    changes: dict[str, Any] = {}
    if (source_id := sources.moved(item.source_id)) != item.source_id:
        changes["source_id"] = source_id
    candidates = tuple(c.model_copy(update={"source_id": sources.moved(c.source_id)}) for c in item.candidates)
    if candidates != item.candidates:
        changes["candidates"] = candidates
    if any(made.respanned for made in users):
        contents = {span.start: span for made in users for span in made.claim.spans}
        changes["contents"] = tuple(contents[start] for start in sorted(contents))
    return item.model_copy(update=changes) if changes else item


def _give(made: _Made, by_id: dict[str, Attribution], new: dict[Hashable, str], taken: set[str]) -> None:
    """Give a claim the attribution that a reviewer says: its old id where no other claim holds that, else a new one."""
    assert made.own is not None
    own, old = made.own, made.base.attribution_id if made.base else None
    key = (own.cue, own.source_mention, own.source_id, old)
    if key in new:
        shared = by_id[new[key]]
        by_id[new[key]] = shared.model_copy(update={"contents": (*shared.contents, *own.contents)})
    else:
        name = old if old is not None and old not in by_id else _free("r1", taken | set(by_id))
        new[key] = name
        by_id[name] = own.model_copy(update={"attribution_id": name, "resolution": Resolution.RESOLVED})
    made.claim = made.claim.model_copy(update={"attribution_id": new[key]})


# --- small parts ------------------------------------------------------------------------------------------------------


@dataclass
class _Union:
    """Which regions belong together (union-find)."""

    ids: list[str]
    above: dict[str, str] = field(default_factory=dict)

    def __contains__(self, region_id: str) -> bool:
        return region_id in self._known

    @cached_property
    def _known(self) -> set[str]:
        return set(self.ids)

    def top(self, region_id: str) -> str:
        while region_id in self.above:
            region_id = self.above[region_id]
        return region_id

    def join(self, one: str, other: str) -> None:
        one, other = self.top(one), self.top(other)
        if one != other:
            self.above[other] = one

    def lone(self, region: Region) -> bool:
        sizes = Counter(self.top(i) for i in self.ids)
        return sizes[self.top(region.region_id)] == 1

    def groups(self) -> list[list[str]]:
        by_top: dict[str, list[str]] = {}
        for region_id in self.ids:
            by_top.setdefault(self.top(region_id), []).append(region_id)
        return list(by_top.values())


def _arrows(page: Page, name: str) -> Iterator[tuple[str, str]]:
    return ((start, end) for start, label, end in page.relations if label == name)


def _pairs(page: Page) -> list[frozenset[str]]:
    """Mentions that are joined as those of one source."""
    return [frozenset(pair) for pair in _arrows(page, SAME_SOURCE.name) if pair[0] != pair[1]]


def _span(text: str, span: tuple[int, int]) -> Span:
    return Span(start=span[0], end=span[1], text=text[slice(*span)])


def _stripped(span: Span) -> tuple[int, int]:
    """A mention as a page shows it."""
    start, end = trimmed(span.text, 0, len(span.text))
    return span.start + start, span.start + end


def _free(wanted: str, taken: Iterable[str]) -> str:
    """An id that is not taken: `wanted` itself, or its stem with the first number that is free."""
    taken = set(taken)
    stem = wanted.rstrip("0123456789")
    if wanted not in taken and stem == wanted:
        return wanted
    return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}{n}") not in taken)
