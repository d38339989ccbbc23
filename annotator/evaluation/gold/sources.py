"""Resolved sources of PolNeAR articles: for each attribution who the source is, and how the words got here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.evaluation.gold.articles import OWN_VOICE, ResolvedAttribution, SourceArticle
from annotator.evaluation.gold.attributions import publisher_in
from annotator.evaluation.gold.rows import rows_of
from annotator.evaluation.gold.spans import check_parts, parts_in

# Resolved sources and claim gold name a cue without a source differently; the product says what claim gold says.
UNSPECIFIED = {"unspecified": "unspecified source (anonymous)"}
POLNEAR_TEXTS = ("polnear_dev.jsonl.gz", "polnear_train.jsonl.gz")


def source_article(path: Path, gold: Mapping[str, Any], texts: "PolnearTexts") -> SourceArticle:
    """An article of resolved sources; raises InputError where its text is missing."""
    text = texts.text_of(gold["doc_id"], path)
    names = {source["source_id"]: _name(source["source_name"]) for source in gold["sources"]}
    attributions = tuple(_resolved(item, names) for item in gold["attributions"])
    for item in attributions:
        check_parts(item.parts, text, item.attribution_id)
    return SourceArticle(gold["doc_id"], text, publisher_in(gold), attributions)


class PolnearTexts:
    """The texts of PolNeAR articles: of one file that is given, or of those near the gold; each file is read once.

    Near is every folder above the gold, and `corpora` there.
    """

    def __init__(self, given: Path | None = None) -> None:
        self._given = given
        self._known: dict[Path, dict[str, str]] = {}

    def text_of(self, article_id: str, gold: Path) -> str:
        """The text of an article whose resolved sources stand in the file `gold`.

        Raises InputError where no file has it, or where there is no file.
        """
        files = [self._given] if self._given else [*_near(gold)]
        if not files:
            names = " or ".join(POLNEAR_TEXTS)
            raise InputError(f"{gold}: its text is missing: no {names} in a folder above it nor in corpora there")
        found = next((text for file in files if (text := self._texts(file).get(article_id)) is not None), None)
        if found is None:
            looked_in = " and ".join(map(str, files))
            raise InputError(f"{gold}: its text is missing: {looked_in} has no article {article_id!r}")
        return found

    def _texts(self, file: Path) -> dict[str, str]:
        if file not in self._known:
            self._known[file] = {row["id"]: row["text"] for row in rows_of(file)}
        return self._known[file]


def _near(gold: Path) -> Iterator[Path]:
    for folder in gold.resolve().parents:
        files = (folder / part / name for part in (".", "corpora") for name in POLNEAR_TEXTS)
        yield from (file for file in files if file.is_file())


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
