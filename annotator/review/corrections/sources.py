"""The sources of a page: who is the same, and what a reviewer says of them."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from annotator.formats.label_studio import (
    ANONYMOUS,
    SAME_SOURCE,
    SOURCE,
    SOURCE_NAME,
)
from annotator.labels import (
    VOCABULARIES,
    Affiliation,
    SourceType,
)
from annotator.records import (
    ARTICLE_SOURCE,
    AnnotatedArticle,
    Attribution,
    Claim,
    Source,
    Span,
    source_ids,
)
from annotator.review.corrections.unions import Union, arrows, pairs, stripped
from annotator.review.regions import Page, Region, free_id

UNSPECIFIED_NAME = "unspecified source (anonymous)"


ANONYMOUS_SUFFIX = " (anonymous)"


class Sources:
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
        joined = Union([region.region_id for region in self.page.labelled(SOURCE)])
        of_source: dict[str, list[str]] = {}
        for region_id in sorted(self.source_of_drawn, key=lambda i: self.drawn.regions[i].start):
            if region_id in joined:
                of_source.setdefault(self.source_of_drawn[region_id], []).append(region_id)
        before, after = (pairs(self.drawn), pairs(self.page))
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

    def _join_by_name(self, joined: "Union") -> None:
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
        source_id = own if own is not None and own not in self.made else free_id("r1", self._taken())
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
        added = set(arrows(self.page, SAME_SOURCE.name)) - set(arrows(self.drawn, SAME_SOURCE.name))
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
            changes |= anonymity(base, ticked == "yes", self.page.text[group[0].start : group[0].end], changes)
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
        kept = {(m.start, m.end) for m in base.mentions if stripped(m) not in gone}
        return tuple(Span.of(self.page.text, span) for span in sorted(kept | set(now.values())))

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
            mentions=tuple(Span.of(self.page.text, region.span) for region in group),
        )


def anonymity(base: Source, anonymous: bool, words: str, changes: dict[str, Any]) -> dict[str, Any]:
    """What else changes with a source's anonymity: its description, and the word behind its name."""
    name = changes.get("name", base.name)
    if anonymous:
        ended = name if name.endswith(ANONYMOUS_SUFFIX) or "name" in changes else name + ANONYMOUS_SUFFIX
        return {"anonymous": True, "name": ended, "anonymity_description": base.anonymity_description or words}
    nothing = {"anonymity_description": None, "anonymity_reason": None, "inherited": False}
    return {"anonymous": False, "name": name.removesuffix(ANONYMOUS_SUFFIX), **nothing}


def still_used(
    base: AnnotatedArticle, sources: Iterable[Source], attributions: Iterable[Attribution], claims: Iterable[Claim]
) -> tuple[Source, ...]:
    """Sources that something refers to, and those to which nothing did before."""
    before = set(source_ids(base.attributions, base.claims))
    now = set(source_ids(attributions, claims)) | {ARTICLE_SOURCE}
    return tuple(source for source in sources if source.source_id in now or source.source_id not in before)
