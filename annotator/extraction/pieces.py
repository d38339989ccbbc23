"""Word pieces of an article and the windows in which the extractor reads them.

The windows hold whole paragraphs where they fit, and begin with the end of what came before, so that "he said"
sees the quotation in the paragraph above it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from annotator.errors import ModelError
from annotator.text import all_stand_alone, end_of_cluster

# What a piece may be in the article, and what it may be to one cue.
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ARGUMENT_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")

MAX_PIECES = 448  # time a piece grows little up to here, and fewer windows overlap
CONTEXT_PIECES = 64  # one or two sentences before the window's own text

# How far from its cue the second pass looks: 998 of 1,000 attributions of PolNeAR lie in it wholly.
PIECES_BEFORE_CUE = 80
PIECES_AFTER_CUE = 112
# Edges of the buckets of distance from the cue; the distances before it mirror those after it.
BUCKET_EDGES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96)

# What the tokenizer library is given at once; its time grows faster than the length of a text without blanks.
MAX_TOKENIZED = 10_000
# Characters whose pieces and states are held together; a longer article is read chapter by chapter.
MAX_CHAPTER = 300_000

_LINE = re.compile(r"[^\n]+")


class PieceTokenizer:
    """The encoder's word-piece tokenizer, without truncation and special pieces."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[MASK]" in an article is three pieces like any other words
        self.start_id = self._id("[CLS]")
        self.break_id = self._id("[SEP]")
        self.padding_id = self._id("[PAD]")

    def id_of(self, piece: str) -> int | None:
        """The id of a piece of the vocabulary."""
        found: int | None = self._tokenizer.token_to_id(piece)
        return found

    def _id(self, piece: str) -> int:
        found = self.id_of(piece)
        if found is None:
            raise ModelError(f"the tokenizer has no piece {piece}: it is not the extractor's own")
        return found

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Piece ids and their half-open offsets in `text`."""
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for begin, end in cut_at_blanks(text, 0, len(text), MAX_TOKENIZED):
            encoding = self._tokenizer.encode(text[begin:end], add_special_tokens=False)
            ids += encoding.ids
            offsets += [(begin + s, begin + e) for s, e in encoding.offsets] if begin else encoding.offsets
        return ids, offsets


@dataclass
class Pieces:
    """All pieces of an article in order. A paragraph ends with a break piece of its own.

    `paragraphs` are half-open ranges of piece indices, the break piece included; `headline_stop` is the index of
    a full stop that ends the first paragraph.
    """

    ids: list[int]
    starts: list[int]
    ends: list[int]
    paragraphs: list[tuple[int, int]]
    start_id: int
    headline_stop: int | None = None


@dataclass
class Window:
    """Pieces that the network sees at once; `positions` are indices into the article's pieces (None: start mark).

    The window is responsible for pieces `first` to `last` (half open); what stands before is context.
    """

    ids: list[int]
    positions: list[int | None]
    first: int
    last: int


def lines_of(text: str) -> list[tuple[int, int]]:
    """Offsets of the lines of a folded text, without the line ends."""
    return [match.span() for match in _LINE.finditer(text)]


def cut_at_blanks(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most `most` characters that cover `[start, end)`, cut behind a blank where there is one.

    >>> list(cut_at_blanks("It rained all day", 0, 17, 8))
    [(0, 3), (3, 10), (10, 17)]
    """
    while end - start > most:
        blank = text.rfind(" ", start + most // 4, start + most)
        cut = blank + 1 if blank > 0 else start + most
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def chapters_of(text: str, paragraphs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The paragraphs in groups of about `MAX_CHAPTER` characters; a longer paragraph is cut."""
    chapter: list[tuple[int, int]] = []
    for paragraph in paragraphs:
        for start, end in cut_at_blanks(text, *paragraph, MAX_CHAPTER):
            if chapter and end - chapter[0][0] > MAX_CHAPTER:
                yield chapter
                chapter = []
            chapter.append((start, end))
    if chapter:
        yield chapter


def pieces_of(text: str, paragraphs: Iterable[tuple[int, int]], tokenizer: PieceTokenizer) -> Pieces:
    """Word pieces of the given paragraphs (half-open offsets) of a folded text."""
    pieces = Pieces([], [], [], [], tokenizer.start_id)
    for start, end in paragraphs:
        ids, offsets = tokenizer.encode(text[start:end])
        if not ids:
            continue
        begin = len(pieces.ids)
        if begin == 0 and text[start:end].rstrip().endswith("."):
            pieces.headline_stop = len(ids) - 1
        pieces.ids += [*ids, tokenizer.break_id]
        pieces.starts += [start + s for s, _ in offsets] + [end]
        ends = [start + e for _, e in offsets]
        if not all_stand_alone(text[start : end + 1]):
            # What the tokenizer drops belongs to the piece before it: accents of their own, signs that colour an emoji.
            ends = [end_of_cluster(text, e) for e in ends]
        pieces.ends += [*ends, end + 1]
        pieces.paragraphs.append((begin, len(pieces.ids)))
    return pieces


def windows_of(pieces: Pieces, max_pieces: int = MAX_PIECES, context: int = CONTEXT_PIECES) -> Iterator[Window]:
    """Cover all pieces once, in windows of at most `max_pieces` pieces with their context and start mark."""
    first = 0
    while first < len(pieces.ids):
        before = max(0, first - context)
        room = max_pieces - 1 - (first - before)
        last = _last_paragraph_end(pieces, first, first + room)
        positions: list[int | None] = [None, *range(before, last)]
        yield Window([pieces.start_id, *pieces.ids[before:last]], positions, first, last)
        first = last


def _last_paragraph_end(pieces: Pieces, first: int, limit: int) -> int:
    """The last paragraph end between `first` and `limit`; `limit` itself in a paragraph that is longer."""
    if limit >= len(pieces.ids):
        return len(pieces.ids)
    ends = [end for _, end in pieces.paragraphs if first < end <= limit]
    # A window that would be less than half full breaks its last paragraph instead.
    if ends and ends[-1] - first >= (limit - first) // 2:
        return ends[-1]
    return limit


def around_cue(first: int, last: int, begin: int, end: int) -> tuple[int, int]:
    """The pieces that the second pass sees of a cue `[first, last)`, of those in `[begin, end)`."""
    return max(begin, first - PIECES_BEFORE_CUE), min(end, max(last, first + PIECES_AFTER_CUE))


def cue_inputs(cues: Sequence[tuple[int, int]], around: Sequence[tuple[int, int]]) -> dict[str, NDArray[Any]]:
    """What the second pass knows of the pieces around each cue: `bucket`, `in_cue`, `present`, all `[cues, length]`."""
    shape = (len(cues), max(end - begin for begin, end in around))
    given: dict[str, NDArray[Any]] = {
        "bucket": np.zeros(shape, np.int64),
        "in_cue": np.zeros(shape, bool),
        "present": np.zeros(shape, bool),
    }
    for row, ((first, last), (begin, end)) in enumerate(zip(cues, around, strict=True)):
        given["bucket"][row, : end - begin] = buckets((begin, end), first, last)
        given["in_cue"][row, first - begin : last - begin] = True
        given["present"][row, : end - begin] = True
    return given


def buckets(around: tuple[int, int], first: int, last: int) -> NDArray[np.int64]:
    """Distance buckets of the pieces around a cue `[first, last)`; the cue's own have distance 0."""
    places = np.arange(*around)
    distance = np.minimum(places - first, 0) + np.maximum(places - (last - 1), 0)
    bucket = np.searchsorted(np.array(BUCKET_EDGES), np.abs(distance), side="right")
    return np.where(distance < 0, len(BUCKET_EDGES) - bucket, len(BUCKET_EDGES) + bucket)
