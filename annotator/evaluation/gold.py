"""Gold corpora, read into light immutable structures: what people decided that an article holds.

Four forms are told apart by their content, never by their name:

- claim gold (`"format": "claim-attribution-gold/1"`), whose text lies beside it in the `.txt` of the same name;
- resolved sources of PolNeAR articles, whose texts stand in `polnear_dev.jsonl.gz`;
- PolNeAR attributions, one article a line, gzipped or not;
- GUM news attributions, one article a line.
"""

import glob
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from annotator.errors import InputError

Offsets = tuple[int, int]
Spans = tuple[Offsets, ...]
T = TypeVar("T")
Form = Literal["claims", "sources", "attributions"]

CLAIM_FORMAT = "claim-attribution-gold/1"
OWN_VOICE = "publisher"  # the id that resolved sources give to the article's publisher
# Resolved sources and claim gold name a cue without a source differently; the product says what claim gold says.
UNSPECIFIED = {"unspecified": "unspecified source (anonymous)"}
POLNEAR_TEXTS = "polnear_dev.jsonl.gz"
SUFFIXES = (".json", ".jsonl", ".jsonl.gz")
FORMS = "claim gold, resolved sources, PolNeAR or GUM news attributions"

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


@dataclass(frozen=True)
class Parts:
    """The spans of one attribution, half-open offsets in text order; an empty tuple where a part is missing."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class GoldAttribution:
    """An attribution that a person marked."""

    attribution_id: str
    parts: Parts
    parent: str | None = field(default=None, kw_only=True)  # the attribution whose content it stands in


@dataclass(frozen=True)
class GoldClaim:
    """A claim with all its labels; `alternatives` holds, by field, the other values that are right too."""

    claim_id: str
    spans: Spans
    text: str
    quote_type: str
    kind: str
    attribution: str
    stance: str
    on_record: str
    source: str
    source_type: str
    affiliation: str
    anonymous: bool
    chain: tuple[str, ...]
    cue: Offsets | None
    source_mention: Offsets | None
    alternatives: Mapping[str, tuple[Any, ...]]

    def accepted(self, field: str) -> list[Any]:
        """The value of a field and its alternatives."""
        return [getattr(self, field), *self.alternatives.get(field, ())]


@dataclass(frozen=True)
class ResolvedAttribution(GoldAttribution):
    """An attribution whose source was resolved; the plural fields hold every value that is right, the best first.

    A chain is a tuple of links, a link the names that are right for it; the publisher's link is `{OWN_VOICE}`.
    """

    source_id: str
    source_names: tuple[str, ...]
    source_types: tuple[str, ...]
    anonymous: tuple[bool, ...]
    modes: tuple[str, ...]
    quote_types: tuple[str, ...]
    chains: tuple[tuple[frozenset[str], ...], ...]
    own_voice: bool


@dataclass(frozen=True)
class GoldArticle:
    """One text and who published it."""

    article_id: str
    text: str
    publisher: str | None


@dataclass(frozen=True)
class ClaimArticle(GoldArticle):
    """An article with all its claims, and the text that is no claim."""

    claims: tuple[GoldClaim, ...]
    non_claims: Spans


@dataclass(frozen=True)
class SourceArticle(GoldArticle):
    """An article whose attributions have resolved sources."""

    attributions: tuple[ResolvedAttribution, ...]


@dataclass(frozen=True)
class AttributionArticle(GoldArticle):
    """An article with its attributions."""

    attributions: tuple[GoldAttribution, ...]


def spans_of(article: GoldArticle) -> list[Parts]:
    """The spans of every attribution that people marked in an article, as far as they have a content."""
    if isinstance(article, ClaimArticle):
        return [
            Parts(_some(claim.source_mention), _some(claim.cue), claim.spans)
            for claim in article.claims
            if claim.cue or claim.source_mention
        ]
    if isinstance(article, SourceArticle | AttributionArticle):
        return [item.parts for item in article.attributions if item.parts.content]
    return []


def _some(span: Offsets | None) -> Spans:
    return (span,) if span else ()


@dataclass(frozen=True)
class GoldSet:
    """All articles of one form that were given as one file, folder or pattern."""

    name: str
    form: Form
    articles: tuple[GoldArticle, ...]


def read_gold(paths: Iterable[str | Path], *, texts: Path | None = None) -> list[GoldSet]:
    """Read each file, folder or glob pattern as a set; one that holds several forms becomes a set for each.

    `texts` is the PolNeAR file with the texts of resolved sources; without it, it is looked for in every folder
    above the gold and in `corpora` there.
    Raises InputError for a path without gold, for what is no gold, and where a text is missing or was changed.
    """
    sets = []
    for path in paths:
        by_form: defaultdict[Form, list[GoldArticle]] = defaultdict(list)
        for file in _files(path):
            form, articles = _read_file(file, texts)
            by_form[form] += articles
        sets += [GoldSet(str(path), form, tuple(articles)) for form, articles in by_form.items()]
    return sets


def _files(path: str | Path) -> list[Path]:
    place = Path(path)
    if place.is_file():
        return [place]
    if place.is_dir():
        found = sorted(file for file in place.rglob("*") if file.is_file() and file.name.endswith(SUFFIXES))
    else:
        found = sorted(Path(name) for name in glob.glob(str(path), recursive=True) if name.endswith(SUFFIXES))  # noqa: PTH207 (absolute patterns)
    if not found:
        raise InputError(f"{path}: no gold there. Give a file, a folder or a pattern of {', '.join(SUFFIXES)} files")
    return found


def _read_file(path: Path, texts: Path | None) -> tuple[Form, Sequence[GoldArticle]]:
    rows = _rows(path)
    first = rows[0] if rows else None
    if not isinstance(first, dict):
        raise InputError(f"{path}: not a gold file: it begins with no JSON object. Known are {FORMS}")
    if first.get("format") == CLAIM_FORMAT:
        return "claims", [_guarded(path, "", _claim_article, path, first)]
    if "doc_id" in first and isinstance(first.get("attributions"), list) and "text" not in first:
        return "sources", [_guarded(path, "", _source_article, path, first, texts)]
    if isinstance(first.get("text"), str) and isinstance(first.get("attributions"), list):
        return "attributions", [
            _guarded(path, f", line {n}", _attribution_article, row) for n, row in enumerate(rows, 1)
        ]
    raise InputError(f"{path}: an unknown form of gold with the fields {', '.join(first)}. Known are {FORMS}")


def _rows(path: Path) -> list[Any]:
    """The JSON values of a file: one for a document, one a line for JSON Lines."""
    text = _decoded(path)
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        pass  # several lines are no single document; what is wrong with a line is told below
    rows = []
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise InputError(f"{path}, line {n}: not JSON ({error.msg}). Gold is JSON or JSON Lines") from None
    return rows


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        return data.decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as gold: {error}") from None


def _guarded(path: Path, place: str, read: Callable[..., T], *arguments: Any) -> T:
    """What `read` returns; a field that is missing or of the wrong kind becomes an InputError."""
    try:
        return read(*arguments)
    except KeyError as error:
        raise InputError(f"{path}{place}: the gold lacks the field {error}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path}{place}: the gold does not have the fields of its form: {error}") from None


def _offsets(span: Any) -> Offsets:
    start, end = (span["start"], span["end"]) if isinstance(span, dict) else span
    return int(start), int(end)


def _spans(spans: Iterable[Any]) -> Spans:
    return tuple(sorted(_offsets(span) for span in spans))


def _inside(spans: Iterable[Offsets], text: str, what: str) -> None:
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{what}: {start}..{end} is no stretch of a text of {len(text)} characters")


def _claim_article(path: Path, gold: dict[str, Any]) -> ClaimArticle:
    text = _text_beside(path, gold)
    claims = tuple(_claim(item) for item in gold["claims"])
    for claim in claims:
        _inside([*claim.spans, *(span for span in (claim.cue, claim.source_mention) if span)], text, claim.claim_id)
    return ClaimArticle(gold["doc_id"], text, gold.get("outlet"), claims, _spans(gold["non_claims"]))


def _text_beside(path: Path, gold: dict[str, Any]) -> str:
    beside = path.with_suffix(".txt")
    try:
        data = beside.read_bytes()
    except OSError:
        raise InputError(f"{path}: its text is missing: expected {beside}") from None
    if hashlib.sha256(data).hexdigest() != gold["sha256"]:
        raise InputError(
            f"{beside}: not the text that {path.name} was made from (its sha256 differs). Restore the text"
        )
    return data.decode("utf-8")


def _claim(item: dict[str, Any]) -> GoldClaim:
    labels = ("quote_type", "kind", "attribution", "stance", "on_record", "source", "source_type", "affiliation")
    return GoldClaim(
        claim_id=item["claim_id"],
        spans=_spans(item.get("content_spans") or [item]),
        text=item["content_text"],
        **{name: item[name] for name in labels},
        anonymous=item["anonymous"],
        chain=tuple(item["chain"]),
        cue=_offsets(item["cue"]) if item["cue"] else None,
        source_mention=_offsets(item["source_mention"]) if item["source_mention"] else None,
        alternatives={name: tuple(values) for name, values in item["alternatives"].items()},
    )


def _source_article(path: Path, gold: dict[str, Any], texts: Path | None) -> SourceArticle:
    text = _polnear_text(path, gold["doc_id"], texts)
    names = {source["source_id"]: _name(source["source_name"]) for source in gold["sources"]}
    attributions = tuple(_resolved(item, names) for item in gold["attributions"])
    for item in attributions:
        _inside([*item.parts.source, *item.parts.cue, *item.parts.content], text, item.attribution_id)
    return SourceArticle(gold["doc_id"], text, _publisher(gold), attributions)


def _polnear_text(path: Path, article_id: str, texts: Path | None) -> str:
    """The text of an article in the PolNeAR file that was given, or in the nearest one above `path`."""
    above = [folder / part / POLNEAR_TEXTS for folder in path.resolve().parents for part in (".", "corpora")]
    found = texts or next((file for file in above if file.is_file()), None)
    if found is None:
        raise InputError(f"{path}: its text is missing: no {POLNEAR_TEXTS} in a folder above it nor in corpora there")
    by_id = {row["id"]: row["text"] for row in _rows(found)}
    if article_id not in by_id:
        raise InputError(f"{path}: its text is missing: {found} has no article {article_id!r}")
    text: str = by_id[article_id]
    return text


def _resolved(item: dict[str, Any], names: Mapping[str, str]) -> ResolvedAttribution:
    labels = item["resolved"]
    others: dict[str, list[Any]] = labels.get("alternatives", {})

    def accepted(field: str) -> tuple[Any, ...]:
        return (labels[field], *others.get(field, ()))

    source_names = tuple(_name(name) for name in accepted("source_name"))
    own_names = _own_names(source_names, others.get("source_id", ()), names)
    return ResolvedAttribution(
        attribution_id=str(item["index"]),
        parts=_parts(item),
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


def _parts(item: dict[str, Any]) -> Parts:
    parts = Parts(_spans(item["source"]), _spans(item["cue"]), _spans(item["content"]))
    if not (parts.cue or parts.content):
        raise ValueError("an attribution has neither cue nor content")
    return parts


def _attribution_article(row: dict[str, Any]) -> AttributionArticle:
    """PolNeAR or GUM; a photo credit, which GUM has as an attribution, is a non-claim in the codebook."""
    found = [item for item in row["attributions"] if not item.get("caption_credit")]
    kept = {str(item["id"]) for item in found}
    attributions = tuple(
        GoldAttribution(
            str(item["id"]), _parts(item), parent=parent if (parent := str(item.get("parent"))) in kept else None
        )
        for item in found
    )
    for item in attributions:
        _inside([*item.parts.source, *item.parts.cue, *item.parts.content], row["text"], item.attribution_id)
    return AttributionArticle(row["id"], row["text"], _publisher(row), attributions)


def _publisher(row: Mapping[str, Any]) -> str | None:
    name = row.get("publisher")
    return PUBLISHERS.get(name, name) if name else None
