"""Attributions inside another one's content: whether a record tells both steps."""

from annotator.evaluation.gold.articles import AttributionArticle, Parts
from annotator.evaluation.predictions import nested_parts, parts_of, touch
from annotator.records import AnnotatedArticle


def chains_of_two(gold: AttributionArticle, record: AnnotatedArticle) -> list[bool]:
    """For each gold attribution inside another one's content, whether the record tells both steps.

    It does with an attribution for the outer one and, inside its claims, a nested attribution or one of the record for
    the inner one, or with a chain that holds the sources of both.
    """
    by_id = {item.attribution_id: item for item in gold.attributions}
    return [
        _tells_both(by_id[item.parent].parts, item.parts, record)
        for item in gold.attributions
        if item.parent is not None
    ]


def _tells_both(outer: Parts, inner: Parts, record: AnnotatedArticle) -> bool:
    theirs = [item for item in record.attributions if _same(parts_of(item), outer)]
    sources = {item.source_id for item in record.attributions if _same(parts_of(item), inner)}
    for claim in record.claims:
        within = [nested_parts(item) for item in claim.nested]
        is_outer = any(claim.attribution_id == item.attribution_id for item in theirs)
        steps = {link.source_id for link in claim.chain}
        if is_outer and (any(_same(parts, inner) for parts in within) or sources & steps):
            return True
        if sources & steps and {item.source_id for item in theirs} & steps and len(steps) > 2:
            return True
    return False


def _same(ours: Parts, gold: Parts) -> bool:
    """The same cue, or, where the gold has none, the same content."""
    return touch(ours.cue, gold.cue) if gold.cue else touch(ours.content, gold.content)
