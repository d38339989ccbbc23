"""Attributions of PolNeAR and GUM news: what of an article's text is source, cue and content."""

from collections.abc import Mapping
from typing import Any

from annotator.evaluation.gold.articles import AttributionArticle, GoldAttribution
from annotator.evaluation.gold.spans import check_parts, parts_in

# PolNeAR abbreviates its outlets; a chain ends with the name that readers know.
PUBLISHERS = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "The New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "The Washington Post",
    "west-journal": "Western Journalism",
}


def attribution_article(row: Mapping[str, Any]) -> AttributionArticle:
    """PolNeAR or GUM; a photo credit, which GUM has as an attribution, is a non-claim in the codebook."""
    found = [item for item in row["attributions"] if not item.get("caption_credit")]
    kept = {str(item["id"]) for item in found}
    attributions = tuple(
        GoldAttribution(
            str(item["id"]), parts_in(item), parent=parent if (parent := str(item.get("parent"))) in kept else None
        )
        for item in found
    )
    for item in attributions:
        check_parts(item.parts, row["text"], item.attribution_id)
    return AttributionArticle(row["id"], row["text"], publisher_in(row), attributions)


def publisher_in(row: Mapping[str, Any]) -> str | None:
    """The name that readers know, of a corpus's abbreviation."""
    name = row.get("publisher")
    return PUBLISHERS.get(name, name) if name else None
