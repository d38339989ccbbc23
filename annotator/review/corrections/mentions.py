"""The mentions of a page: which of them are one source's, by the lines between them and by their names."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from annotator.formats.label_studio import ANONYMOUS, SAME_SOURCE, SOURCE, SOURCE_NAME
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle
from annotator.review.corrections.unions import Union, arrows, pairs
from annotator.review.regions import Page, Region

ANONYMOUS_SUFFIX = " (anonymous)"
NAMELESS = "unnamed source"  # where a mention is nothing but blanks


class Mentions:
    """The mentions of a page as it was drawn and as it is, and which source of the base each drawn one belonged to."""

    def __init__(self, base: AnnotatedArticle, page: Page, drawn: Page, results: Iterable[Mapping[str, Any]]) -> None:
        self.base, self.page, self.drawn = base, page, drawn
        self.source_of_drawn = {
            str(result["id"]): str(result["meta"]["source_id"])
            for result in results
            if result.get("type") == "labels" and result["value"]["labels"] == [SOURCE]
        }
        self.elsewhere = self._renamed_to_others()

    def groups(self) -> list[list[Region]]:
        """Mentions of one source together, each group and the groups among themselves in text order."""
        joined = Union(region.region_id for region in self.page.labelled(SOURCE))
        self._join_as_drawn(joined)
        for pair in pairs(self.page):
            if not pair & set(self.elsewhere):
                joined.join(*pair)
        self._join_by_name(joined)
        groups = [sorted((self.page.regions[i] for i in ids), key=lambda r: r.span) for ids in joined.groups()]
        return sorted(groups, key=lambda group: group[0].span)

    def _join_as_drawn(self, joined: Union) -> None:
        """Mentions of one source of the base stay together, but for those that were renamed or parted."""
        before, after = pairs(self.drawn), pairs(self.page)
        of_source = self._left_of_each_source(joined)
        for found in of_source.values():
            for region_id in set(found) & set(self.elsewhere):
                if others := [i for i in of_source.get(self.elsewhere[region_id], ()) if i not in self.elsewhere]:
                    joined.join(others[0], region_id)
            for one, next_one in pairwise(region_id for region_id in found if region_id not in self.elsewhere):
                pair = frozenset((one, next_one))
                if pair in after or pair not in before:  # a reviewer took the line away: these are two sources
                    joined.join(one, next_one)

    def _left_of_each_source(self, joined: Union) -> dict[str, list[str]]:
        """The drawn mentions of each source of the base that are still there, in text order."""
        of_source: dict[str, list[str]] = {}
        for region_id in sorted(self.source_of_drawn, key=lambda i: self.drawn.regions[i].start):
            if region_id in joined:
                of_source.setdefault(self.source_of_drawn[region_id], []).append(region_id)
        return of_source

    def source_of(self, group: list[Region]) -> str | None:
        """The base's source of a group; of several, the one that the lines which a reviewer drew lead to."""
        drawn = [region for region in group if region.region_id in self.source_of_drawn]
        if elsewhere := [self.elsewhere[r.region_id] for r in drawn if r.region_id in self.elsewhere]:
            return elsewhere[0]
        added = set(arrows(self.page, SAME_SOURCE.name)) - set(arrows(self.drawn, SAME_SOURCE.name))
        starts = {start for start, _ in added}
        ranked = sorted(drawn, key=lambda region: (region.region_id in starts, region.span))
        if ranked:
            return self.source_of_drawn[ranked[0].region_id]
        names = {self.name_of(region).casefold() for region in group}
        undrawn = set(self.base.source_by_id) - set(self.source_of_drawn.values()) - {ARTICLE_SOURCE}
        return next((i for i in undrawn if self.base.source_by_id[i].name.casefold() in names), None)

    def name_of(self, region: Region) -> str:
        """What a mention is called: as a reviewer typed, else by its words."""
        words = " ".join(self.page.text[region.start : region.end].split()) or NAMELESS
        return region.typed.get(SOURCE_NAME) or words + (ANONYMOUS_SUFFIX if ANONYMOUS in region.choices else "")

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

    def _join_by_name(self, joined: Union) -> None:
        """A new mention with the name of a source that is there already belongs to it, line or no line."""
        alone = [r for r in self.page.labelled(SOURCE) if r.region_id not in self.source_of_drawn and joined.lone(r)]
        named: dict[str, str] = {}
        for region_id, source_id in self.source_of_drawn.items():
            if region_id in joined:
                named.setdefault(self.base.source_by_id[source_id].name.casefold(), region_id)
        for region in alone:
            name = self.name_of(region).casefold()
            if name in named:
                joined.join(region.region_id, named[name])
            else:
                named[name] = region.region_id
