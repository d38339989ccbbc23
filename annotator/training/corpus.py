"""Attribution corpora as training examples: pieces, tags and the arguments of cues, in the codebook's span conventions.

PolNeAR (Newell, Margolin & Ruths, LREC 2018) marks source, cue and content of every attribution in US political
news. Its spans keep the complementizer, the sentence's punctuation and relative clauses; they are brought to the
codebook's conventions here, before anything learns from them.
"""

import gzip
import json
import random
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.conventions import content_span, cue_span, source_span
from annotator.extraction.pieces import (
    ARGUMENT_TAGS,
    TAGS,
    Pieces,
    PieceTokenizer,
    Window,
    lines_of,
    pieces_of,
    windows_of,
)
from annotator.text import fold
from annotator.training.augment import Example, Spans, renamed, varied
from annotator.training.newsarticles import news_articles

IGNORED = -100


@dataclass(frozen=True)
class CueTarget:
    """A cue of a window, `[first, last)` in window positions, and the tags of its source and contents by position.

    `told`: the corpus says them; where it does not, only a teacher can.
    """

    first: int
    last: int
    tags: dict[int, int]
    told: bool = True


@dataclass
class Targets:
    """What the network should say of one window: a tag for each piece, and the arguments of each cue."""

    ids: list[int]
    tags: list[int]
    cues: list[CueTarget] = field(default_factory=list)


def read_polnear(path: Path) -> Iterator[Example]:
    """Read PolNeAR as JSON lines (gzip or plain) with `source`, `cue`, `content` lists of `[start, end]`."""
    for row in _rows(path):
        yield Example(row["id"], row["text"], [normalised(row["text"], item) for item in row["attributions"]])


def read_unlabelled(path: Path, held_out: Iterable[str] = ()) -> Iterator[Example]:
    """Articles of which only a teacher can say anything: JSON lines (gzip or plain) with `id` and `text`.

    What ends in `.csv` or `.zip` is NewsArticles (see newsarticles.py). Articles that share a sentence with a
    text of `held_out`, which somebody measures on, are left out.
    """
    kept_apart = {sentence for text in held_out for sentence in _sentences(text)}
    articles = news_articles(path) if path.suffix in (".csv", ".zip") else _articles(path)
    for article_id, text in articles:
        if kept_apart.isdisjoint(_sentences(text)):
            yield Example(article_id, text, (), labelled=False)


def _articles(path: Path) -> Iterator[tuple[str, str]]:
    for row in _rows(path):
        yield row["id"], row["text"]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _sentences(text: str) -> set[str]:
    """Sentences long enough to be of one article only."""
    return {part.strip() for part in _SENTENCE_END.split(text) if len(part.strip()) >= LONG_SENTENCE}


LONG_SENTENCE = 40  # characters
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+|\n")


def normalised(text: str, attribution: dict[str, list[list[int]]]) -> tuple[Spans, Spans, Spans]:
    """Bring one corpus attribution to the codebook's conventions; pieces that end up empty are dropped."""
    source = [source_span(text, s, e) for s, e in attribution["source"][:1]]
    cue = [cue_span(text, s, e) for s, e in attribution["cue"][:1]]
    content = [content_span(text, s, e, first=n == 0) for n, (s, e) in enumerate(attribution["content"])]
    return tuple([(s, e) for s, e in spans if s < e] for spans in (source, cue, content))  # type: ignore[return-value]


def targets_of(
    example: Example,
    tokenizer: PieceTokenizer,
    chance: random.Random | None = None,
    pools: Sequence[tuple[list[int], list[int]]] = (),
) -> Iterator[Targets]:
    """Cut an article into windows with their targets; `chance` varies text, names and window size."""
    size = {}
    if chance is not None:
        example = varied(example, chance)
        size = {"max_pieces": chance.choice((320, 384, 448)), "context": 64}
    text = fold(example.text)
    pieces = pieces_of(text, lines_of(text), tokenizer)
    if chance is not None and chance.random() < RENAMED_SHARE:
        pieces.ids = renamed(pieces.ids, pools, chance)
    marked = _Marked(example, pieces)
    # Corpus headlines end in a full stop that real ones do not have.
    bare_headline = chance is not None and chance.random() < 0.7
    for window in windows_of(pieces, **size):
        yield marked.targets(window, pieces.headline_stop if bare_headline else None)


RENAMED_SHARE = 0.5  # of the articles in an epoch get other people's and places' names


class _Marked:
    """An article's attributions in pieces: the tag of every piece, and each cue with the tags of its arguments."""

    def __init__(self, example: Example, pieces: Pieces) -> None:
        self.tags = [0 if example.labelled else IGNORED] * len(pieces.ids)
        self.cues: list[tuple[range, dict[int, int]]] = []
        for source, cue, content in example.attributions:
            arguments: dict[int, int] = {}
            covered: dict[str, list[range]] = {}
            for role, spans in (("source", source), ("cue", cue), ("content", content)):
                covered[role] = [_covered(pieces.starts, pieces.ends, span) for span in spans]
                for places in covered[role]:
                    for n, i in enumerate(places):
                        name = ("B-" if n == 0 else "I-") + role
                        self.tags[i] = TAGS.index(name)
                        if role != "cue":
                            arguments[i] = ARGUMENT_TAGS.index(name)
            self.cues += [(places, arguments) for places in covered["cue"] if places]

    def targets(self, window: Window, skipped: int | None) -> Targets:
        kept = [(n, i) for n, i in zip(window.ids, window.positions, strict=True) if i is None or i != skipped]
        place = {i: n for n, (_, i) in enumerate(kept) if i is not None}
        made = Targets([n for n, _ in kept], [IGNORED if i is None else self.tags[i] for _, i in kept])
        for cue, arguments in self.cues:
            # What a cue in the context says may stand before the window; the window before has the whole of it.
            if window.first <= cue.start and all(i in place for i in cue):
                tags = {place[i]: tag for i, tag in arguments.items() if i in place}
                made.cues.append(CueTarget(place[cue.start], place[cue[-1]] + 1, tags))
        return made


def _covered(starts: list[int], ends: list[int], span: tuple[int, int]) -> range:
    """Indices of the pieces that lie in a span; a paragraph break inside it belongs to it."""
    low = bisect_left(starts, span[0])
    if low and ends[low - 1] > span[0]:
        low -= 1
    return range(low, bisect_left(starts, span[1]))
