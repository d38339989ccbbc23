"""The sources of a page: those of the base as they are now, and those that a reviewer added."""

from collections.abc import Iterable

from annotator.labels import Affiliation, SourceType
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Attribution, Claim, Source, source_ids
from annotator.review.corrections.details import Details
from annotator.review.corrections.mentions import ANONYMOUS_SUFFIX, Mentions
from annotator.review.regions import Region, free_id

UNSPECIFIED_NAME = "unspecified source (anonymous)"


class Sources:
    """Which source each mention of a page is; further ones are made as claims ask for them."""

    def __init__(self, base: AnnotatedArticle, mentions: Mentions) -> None:
        self.base, self.mentions, self.details = base, mentions, Details(mentions)
        self.id_of_region: dict[str, str] = {}
        self.made: dict[str, Source] = {}
        self.now: dict[str, str] = {}  # what became of each source of the base
        for group in mentions.groups():
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
            source_id=free_id("r1", self._taken()),
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
            source_id=free_id("unspecified", self._taken()),
            name=UNSPECIFIED_NAME,
            type=SourceType.UNSPECIFIED,
            affiliation=Affiliation.UNKNOWN,
            anonymous=True,
        )
        self.made[source.source_id] = source
        return source

    def used(self, attributions: Iterable[Attribution], claims: Iterable[Claim]) -> tuple[Source, ...]:
        """The sources that something refers to, and those to which nothing did before: the base's in their order."""
        before, now = set(source_ids(self.base.attributions, self.base.claims)), set(source_ids(attributions, claims))
        alone = {i for i in self._taken() if self.moved(i) == i and (i == ARTICLE_SOURCE or i not in before)}
        in_order = dict.fromkeys([*self.base.source_by_id, *self.made])
        return tuple(self.by_id(source_id) for source_id in in_order if source_id in now or source_id in alone)

    def _settle(self, group: list[Region]) -> None:
        """Decide which source a group of mentions is, and what is known of it."""
        own = self.mentions.source_of(group)
        source_id = own if own is not None and own not in self.made else free_id("r1", self._taken())
        base = self.base.source_by_id[own] if own is not None else None
        source = self.details.known(base, group, source_id) if base else self.details.new(group, source_id)
        self.made[source_id] = source
        for region in group:
            self.id_of_region[region.region_id] = source_id
            before = self.mentions.source_of_drawn.get(region.region_id, ARTICLE_SOURCE)
            # The article stays its own publisher, whoever is behind a mention that was taken for its own.
            if before != ARTICLE_SOURCE and region.region_id not in self.mentions.elsewhere:
                self.now.setdefault(before, source_id)

    def _taken(self) -> set[str]:
        return {*self.base.source_by_id, *self.made}
