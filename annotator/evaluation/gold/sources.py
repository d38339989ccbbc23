"""Resolved sources of PolNeAR articles: for each attribution who the source is, and how the words got here."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.evaluation.gold.articles import OWN_VOICE, ResolvedAttribution, SourceArticle
from annotator.evaluation.gold.attributions import publisher_in
from annotator.evaluation.gold.rows import rows_of
from annotator.evaluation.gold.spans import check_parts, parts_in

# Resolved sources and claim gold name a cue without a source differently; the product says what claim gold says.
UNSPECIFIED = {"unspecified": "unspecified source (anonymous)"}
POLNEAR_TEXTS = "polnear_dev.jsonl.gz"


def source_article(path: Path, gold: dict[str, Any], texts: Path | None) -> SourceArticle:
    """An article of resolved sources; `texts` is the PolNeAR file that holds its text.

    Raises InputError where the text is missing.
    """
    text = _polnear_text(path, gold["doc_id"], texts)
    names = {source["source_id"]: _name(source["source_name"]) for source in gold["sources"]}
    attributions = tuple(_resolved(item, names) for item in gold["attributions"])
    for item in attributions:
        check_parts(item.parts, text, item.attribution_id)
    return SourceArticle(gold["doc_id"], text, publisher_in(gold), attributions)


def _polnear_text(path: Path, article_id: str, texts: Path | None) -> str:
    """The text of an article in the PolNeAR file that was given, or in the nearest one above `path`."""
    above = [folder / part / POLNEAR_TEXTS for folder in path.resolve().parents for part in (".", "corpora")]
    found = texts or next((file for file in above if file.is_file()), None)
    if found is None:
        raise InputError(f"{path}: its text is missing: no {POLNEAR_TEXTS} in a folder above it nor in corpora there")
    by_id = _texts_in(found)
    if article_id not in by_id:
        raise InputError(f"{path}: its text is missing: {found} has no article {article_id!r}")
    return by_id[article_id]


def _texts_in(file: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows_of(file)}


def _resolved(item: dict[str, Any], names: Mapping[str, str]) -> ResolvedAttribution:
    labels = item["resolved"]
    others: dict[str, list[Any]] = labels.get("alternatives", {})

    def accepted(field: str) -> tuple[Any, ...]:
        return (labels[field], *others.get(field, ()))

    source_names = tuple(_name(name) for name in accepted("source_name"))
    own_names = _own_names(source_names, others.get("source_id", ()), names)
    return ResolvedAttribution(
        attribution_id=str(item["index"]),
        parts=parts_in(item),
        source_id=labels["source_id"],
        source_names=source_names,
        source_types=accepted("source_type"),
        anonymous=accepted("anonymous"),
        modes=accepted("attribution"),
        quote_types=accepted("quote_type"),
        chains=tuple(tuple(_link(i, labels["source_id"], own_names, names) for i in c) for c in accepted("chain")),
        own_voice=OWN_VOICE in accepted("source_id"),
    )


def _name(name: str) -> str:
    return UNSPECIFIED.get(name, name)


def _own_names(accepted: Sequence[str], other_ids: Iterable[str], names: Mapping[str, str]) -> frozenset[str]:
    """The names of the main source: all that are accepted, but for those of the alternative sources."""
    strangers = {names[i] for i in other_ids if i != OWN_VOICE}
    return (frozenset(accepted) - strangers) | {accepted[0]}


def _link(link_id: str, source_id: str, own_names: frozenset[str], names: Mapping[str, str]) -> frozenset[str]:
    if link_id == source_id:
        return own_names
    return frozenset({OWN_VOICE if link_id == OWN_VOICE else names[link_id]})
