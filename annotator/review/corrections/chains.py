"""How a claim reached the reader, as the page has it."""

from collections.abc import Iterator, Sequence

from annotator.formats.label_studio import CHAIN, CUE_OF
from annotator.formats.tables import CHAIN_SIGN
from annotator.labels import LinkBasis, LinkRole, SourceType
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Attribution, Claim, Link, Source, Span, displayed
from annotator.review.corrections.looks import CERTAIN, Look, walk
from annotator.review.corrections.sources import Sources
from annotator.review.corrections.unions import stripped
from annotator.review.regions import Page, Region


class Chains:
    """The chains of a page: what its lines show, what was typed, and of the base what no page can show."""

    def __init__(self, base: AnnotatedArticle, page: Page, drawn: Page, sources: Sources) -> None:
        self.base, self.page, self.drawn, self.sources = base, page, drawn, sources

    def shown(self, claim: Claim, look: Look, looked: Look | None, attributed: bool) -> Claim:
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

    def typed(self, head: Region, before: Region | None) -> list[str]:
        """The names of a chain that a reviewer typed, origin first and without the publisher."""
        typed = head.typed.get(CHAIN)
        if not typed or typed == (before.typed.get(CHAIN) if before else None):
            return []
        names = [" ".join(name.split()) for name in typed.split(CHAIN_SIGN.strip())]
        publisher = self.base.source_by_id[ARTICLE_SOURCE].name if ARTICLE_SOURCE in self.base.source_by_id else ""
        return [name for name in names if name and name.casefold() != publisher.casefold()]

    def as_typed(self, claim: Claim, names: list[str], own: Attribution | None) -> tuple[Claim, Attribution | None]:
        """The claim with the chain that was typed, and its attribution where that is another source's now."""
        sources = [self.sources.named(name) for name in names]
        links = {link.source_id: link for link in claim.chain[:-1]}
        chain = [
            (links.get(s.source_id) or Link(source_id=s.source_id, role=role_of(n, s), basis=LinkBasis.EXPLICIT))
            for n, s in enumerate(sources)
        ]
        chain = [
            link.model_copy(update={"role": role_of(n, s)})
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

    def _relinked(self, link: Link) -> Link:
        """A link of the base with the source that its mention belongs to now."""
        at = (link.source_id, link.mention and stripped(link.mention))
        region = next(
            (
                region_id
                for region_id, source_id in self.sources.mentions.source_of_drawn.items()
                if (source_id, self.drawn.regions[region_id].span) == at and region_id in self.sources.id_of_region
            ),
            None,
        )
        now = self.sources.id_of_region[region] if region else self.sources.moved(link.source_id)
        return link if now == link.source_id else link.model_copy(update={"source_id": now})

    def _links(self, claim: Claim, look: Look) -> Iterator[Link]:
        """The links that the lines show, and behind them those of the base that no page can show."""
        start = self.page.regions[look.source[0]] if look.source else None
        seen: set[str] = set()
        if start is None:
            seen.add(claim.source_id)
            yield Link(source_id=claim.source_id, role=LinkRole.ORIGIN, basis=LinkBasis.EXPLICIT)
        for n, region in enumerate(walk(self.page, start)):
            source = self.sources.of(region)
            if source.source_id in seen:
                continue
            seen.add(source.source_id)
            cues = [cue.span for cue in self.page.origins(region.region_id, CUE_OF)]
            own = look.cues[0] if n == 0 and look.cues else None
            cue = min(cues) if cues else own
            yield Link(
                source_id=source.source_id,
                role=role_of(n, source),
                basis=LinkBasis.EXPLICIT,
                mention=Span.of(self.page.text, region.span),
                cue=Span.of(self.page.text, cue) if cue else None,
            )
        for link in claim.chain[:-1]:
            if link.basis is LinkBasis.INHERITED and link.mention is None and link.source_id not in seen:
                yield self._relinked(link)


def role_of(place: int, source: Source) -> LinkRole:
    if place == 0:
        return LinkRole.ORIGIN
    return LinkRole.VEHICLE if source.type in {SourceType.DOCUMENT, SourceType.SOCIAL_POST} else LinkRole.REPORTER
