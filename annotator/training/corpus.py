"""Attribution corpora as training examples: pieces, tags and links, in the codebook's span conventions.

PolNeAR (Newell, Margolin & Ruths, LREC 2018) marks source, cue and content of every attribution in US political
news. Its spans keep the complementizer, the sentence's punctuation and relative clauses; they are brought to the
codebook's conventions here, before anything learns from them.
"""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.conventions import content_span, cue_span, source_span
from annotator.pieces import PieceTokenizer, Window, fold, lines_of, pieces_of, windows_of

Spans = list[tuple[int, int]]
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
IGNORED = -100


@dataclass(frozen=True)
class Example:
    """One annotated article: text and attributions as `(source, cue, content)` lists of half-open offsets."""

    article_id: str
    text: str
    attributions: Sequence[tuple[Spans, Spans, Spans]]


@dataclass
class Targets:
    """What the network should say of one window; all lists have one entry a piece of the window.

    `cue_of` holds, for a piece of a content, the window position of the first piece of its cue; `source_of`
    holds, for a piece of a cue, the position of the first piece of its source, 0 where it has none.
    """

    ids: list[int]
    tags: list[int]
    cue_of: list[int] = field(default_factory=list)
    source_of: list[int] = field(default_factory=list)


def read_polnear(path: Path) -> Iterator[Example]:
    """Read PolNeAR as JSON lines (gzip or plain) with `source`, `cue`, `content` lists of `[start, end]`."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Example(row["id"], row["text"], [normalised(row["text"], item) for item in row["attributions"]])


def normalised(text: str, attribution: dict[str, list[list[int]]]) -> tuple[Spans, Spans, Spans]:
    """Bring one corpus attribution to the codebook's conventions; pieces that end up empty are dropped."""
    source = [source_span(text, s, e) for s, e in attribution["source"][:1]]
    cue = [cue_span(text, s, e) for s, e in attribution["cue"][:1]]
    content = [content_span(text, s, e, first=n == 0) for n, (s, e) in enumerate(attribution["content"])]
    return tuple([(s, e) for s, e in spans if s < e] for spans in (source, cue, content))  # type: ignore[return-value]


# Outlets differ in their quotation marks more than in anything else; each style maps “ ” ‘ ’ " one to one.
QUOTE_STYLES: tuple[dict[int, int], ...] = (
    str.maketrans("“”", '""'),
    str.maketrans("“”", "‘’"),
    str.maketrans("“”", "''"),
    str.maketrans("“”", "«»"),
    str.maketrans("“”", "„“"),
    str.maketrans("’‘", "''"),
    str.maketrans("“”‘’", "\"\"''"),
)


def curled(text: str) -> str:
    """Turn straight double quotation marks into opening and closing ones, paragraph by paragraph."""
    out = []
    for paragraph in text.split("\n"):
        chars, is_open = list(paragraph), False
        for i, char in enumerate(chars):
            if char == '"':
                before = chars[i - 1] if i else " "
                is_open = before.isspace() or before in "([—–-" or (not is_open and not before.isalnum())
                chars[i] = "“" if is_open else "”"
        out.append("".join(chars))
    return "\n".join(out)


def restyled(text: str, chance: random.Random, share: float) -> str:
    """Give an article another house style of quotation marks, for `share` of the calls; offsets stay."""
    if chance.random() >= share:
        return text
    return curled(text).translate(chance.choice(QUOTE_STYLES))


def targets_of(example: Example, tokenizer: PieceTokenizer, chance: random.Random | None = None) -> Iterator[Targets]:
    """Cut an article into windows with their targets; `chance` varies quotation marks and window size."""
    text = fold(example.text)
    size = {}
    if chance is not None:
        text = restyled(text, chance, share=0.4)
        size = {"max_pieces": chance.choice((320, 384, 448)), "context": 64}
    pieces = pieces_of(text, lines_of(text), tokenizer)
    tags, cue_of, source_of = _document_targets(example, pieces.starts, pieces.ends)
    # Corpus headlines end in a full stop that real ones do not have.
    bare_headline = chance is not None and chance.random() < 0.7
    for window in windows_of(pieces, **size):
        yield _window_targets(window, tags, cue_of, source_of, pieces.headline_stop if bare_headline else None)


def _document_targets(
    example: Example, starts: list[int], ends: list[int]
) -> tuple[list[int], dict[int, int], dict[int, int | None]]:
    tags = [0] * len(starts)
    cue_of: dict[int, int] = {}
    source_of: dict[int, int | None] = {}
    for source, cue, content in example.attributions:
        found = {
            role: [_covered(starts, ends, span) for span in spans]
            for role, spans in (("source", source), ("cue", cue), ("content", content))
        }
        for role, covered in found.items():
            for indices in covered:
                for n, i in enumerate(indices):
                    tags[i] = TAGS.index(("B-" if n == 0 else "I-") + role)
        cue_pieces = [i for indices in found["cue"] for i in indices]
        source_pieces = [i for indices in found["source"] for i in indices]
        for i in cue_pieces:
            source_of[i] = source_pieces[0] if source_pieces else None
        for indices in found["content"]:
            for i in indices:
                if cue_pieces:
                    cue_of[i] = cue_pieces[0]
    return tags, cue_of, source_of


def _covered(starts: list[int], ends: list[int], span: tuple[int, int]) -> list[int]:
    """Indices of the pieces that lie in a span; a paragraph break inside it belongs to it."""
    from bisect import bisect_left

    low = bisect_left(starts, span[0])
    if low and ends[low - 1] > span[0]:
        low -= 1
    high = bisect_left(starts, span[1])
    return list(range(low, high))


def _window_targets(
    window: Window,
    tags: list[int],
    cue_of: dict[int, int],
    source_of: dict[int, int | None],
    skipped: int | None,
) -> Targets:
    kept = [(piece, i) for piece, i in zip(window.ids, window.positions, strict=True) if i != skipped or i is None]
    place = {i: n for n, (_, i) in enumerate(kept) if i is not None}
    targets = Targets(ids=[piece for piece, _ in kept], tags=[])
    for _, i in kept:
        targets.tags.append(IGNORED if i is None else tags[i])
        cue = cue_of.get(i) if i is not None else None
        targets.cue_of.append(IGNORED if cue is None else place.get(cue, IGNORED))
        if i is None or i not in source_of:
            targets.source_of.append(IGNORED)
        else:
            source = source_of[i]
            targets.source_of.append(0 if source is None else place.get(source, IGNORED))
    return targets
