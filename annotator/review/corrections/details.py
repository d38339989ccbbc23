"""What a reviewer says of a source, on any of its mentions."""

from collections.abc import Callable
from typing import Any

from annotator.formats.label_studio import ANONYMOUS, SOURCE_NAME
from annotator.labels import VOCABULARIES, Affiliation, SourceType
from annotator.records import Source, Span
from annotator.review.corrections.mentions import ANONYMOUS_SUFFIX, Mentions
from annotator.review.corrections.unions import stripped
from annotator.review.regions import Region


class Details:
    """Type, affiliation, name, anonymity and mentions of a source, as the answers on a page have them."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions, self.page, self.drawn = mentions, mentions.page, mentions.drawn

    def known(self, base: Source, group: list[Region], source_id: str) -> Source:
        """A source of the base with what a reviewer changed on any of its mentions."""
        changes: dict[str, Any] = {}
        for control, name in (("source_type", "type"), ("affiliation", "affiliation")):
            if (value := self._change(group, lambda r, c=control: r.choices.get(c))) is not None:  # type: ignore[misc]
                changes[name] = VOCABULARIES[control](value)
        if (typed := self._change(group, lambda r: r.typed.get(SOURCE_NAME))) is not None:
            changes["name"] = typed
        anonymous = self._ticked(group)
        if anonymous is not None and anonymous is not base.anonymous:
            changes |= anonymity(base, anonymous, self.page.text[group[0].start : group[0].end], changes)
        mentions = self._spans(base, group)
        if mentions != base.mentions:
            changes["mentions"] = mentions
        if source_id != base.source_id:
            changes["source_id"] = source_id
        return base.model_copy(update=changes) if changes else base

    def _ticked(self, group: list[Region]) -> bool | None:
        """Whether a reviewer ticked a source as anonymous, or took the tick away; None where they did neither."""
        ticked = self._change(group, lambda r: "yes" if ANONYMOUS in r.choices else "no", of_new=False)
        if ticked is not None:
            return ticked == "yes"
        new = (region for region in group if region.region_id not in self.mentions.source_of_drawn)
        return True if any(ANONYMOUS in region.choices for region in new) else None

    def new(self, group: list[Region], source_id: str) -> Source:
        """A source that only a reviewer knows; what they left open is as unknown as it can be."""
        answers = {name: value for region in reversed(group) for name, value in region.choices.items()}
        typed = [region.typed[SOURCE_NAME] for region in group if SOURCE_NAME in region.typed]
        first, anonymous = group[0], ANONYMOUS in answers
        words = self.page.text[first.start : first.end]
        if "source_type" not in answers:
            self.page.problems.append(f"{self.page.words(first)}: a new source without a type counts as a person")
        return Source(
            source_id=source_id,
            name=typed[0] if typed else self.mentions.name_of(first),
            type=SourceType(answers.get("source_type", SourceType.PERSON)),
            affiliation=Affiliation(answers.get("affiliation", Affiliation.UNKNOWN)),
            anonymous=anonymous,
            anonymity_description=words if anonymous else None,
            mentions=tuple(Span.of(self.page.text, region.span) for region in group),
        )

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

    def _spans(self, base: Source, group: list[Region]) -> tuple[Span, ...]:
        drawn = {
            i: self.drawn.regions[i].span for i, of in self.mentions.source_of_drawn.items() if of == base.source_id
        }
        now = {region.region_id: region.span for region in group}
        if drawn == now:
            return base.mentions
        gone = {span for i, span in drawn.items() if now.get(i) != span}
        kept = {(m.start, m.end) for m in base.mentions if stripped(m) not in gone}
        return tuple(Span.of(self.page.text, span) for span in sorted(kept | set(now.values())))


def anonymity(base: Source, anonymous: bool, words: str, changes: dict[str, Any]) -> dict[str, Any]:
    """What else changes with a source's anonymity: its description, and the word behind its name."""
    name = changes.get("name", base.name)
    if anonymous:
        ended = name if name.endswith(ANONYMOUS_SUFFIX) or "name" in changes else name + ANONYMOUS_SUFFIX
        return {"anonymous": True, "name": ended, "anonymity_description": base.anonymity_description or words}
    nothing = {"anonymity_description": None, "anonymity_reason": None, "inherited": False}
    return {"anonymous": False, "name": name.removesuffix(ANONYMOUS_SUFFIX), **nothing}
