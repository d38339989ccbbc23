"""The attributions behind the claims of a page."""

from collections.abc import Hashable
from typing import Any

from annotator.labels import Resolution
from annotator.records import AnnotatedArticle, Attribution
from annotator.review.corrections.claims import Made
from annotator.review.corrections.sources import Sources
from annotator.review.regions import free_id


def attributions_of(base: AnnotatedArticle, claims: list[Made], sources: Sources) -> tuple[Attribution, ...]:
    """The attributions of the claims, each claim given the id of its own; those without a claim stay as they are."""
    used_before = {claim.attribution_id for claim in base.claims}
    users: dict[str, list[Made]] = {}
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


def _kept(item: Attribution, users: list[Made], sources: Sources) -> Attribution:
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


def _give(made: Made, by_id: dict[str, Attribution], new: dict[Hashable, str], taken: set[str]) -> None:
    """Give a claim the attribution that a reviewer says: its old id where no other claim holds that, else a new one."""
    assert made.own is not None
    own, old = made.own, made.base.attribution_id if made.base else None
    key = (own.cue, own.source_mention, own.source_id, old)
    if key in new:
        shared = by_id[new[key]]
        by_id[new[key]] = shared.model_copy(update={"contents": (*shared.contents, *own.contents)})
    else:
        name = old if old is not None and old not in by_id else free_id("r1", taken | set(by_id))
        new[key] = name
        by_id[name] = own.model_copy(update={"attribution_id": name, "resolution": Resolution.RESOLVED})
    made.claim = made.claim.model_copy(update={"attribution_id": new[key]})
