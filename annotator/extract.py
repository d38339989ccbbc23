"""The trained extractor: it marks cue, source and content spans and links each source and content to its cue.

One pass of a small encoder over overlapping windows (pieces.py), a Viterbi search over the legal tag sequences,
and pointers from contents to cues and from cues to sources. Runs on onnxruntime alone.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.conventions import content_span, cue_span, source_span
from annotator.errors import ModelError
from annotator.pieces import Pieces, PieceTokenizer, Window, fold, pieces_of, windows_of

Offsets = tuple[int, int]
Scores = NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BATCH_PIECES = 896  # two full windows: bounds the memory of a run, and larger batches are no faster on a CPU
NO_LINK = 0  # position of the start mark in a window: "points nowhere"


@dataclass(frozen=True)
class Extracted:
    """One attribution as the model sees it: half-open offsets of its parts, in the codebook's conventions.

    `confidence` is the mean probability of its tags times that of its links, between 0 and 1.
    """

    cue: Offsets | None
    source: Offsets | None
    contents: tuple[Offsets, ...]
    confidence: float


@dataclass
class _Mark:
    """A decoded span: its role, its pieces (half open) and the mean probability of its tags."""

    role: str
    first: int
    last: int
    probability: float


@dataclass
class _Outputs:
    """What the network says of one window, one row a piece of the window."""

    window: Window
    content_query: Scores
    cue_key: Scores
    cue_query: Scores
    source_key: Scores

    @cached_property
    def place(self) -> dict[int, int]:
        return {i: n for n, i in enumerate(self.window.positions) if i is not None}

    @property
    def begin(self) -> int:
        """The first piece that the window sees, its context included."""
        return self.window.last - len(self.window.ids) + 1


class _Marks:
    """Marks in text order, found by the pieces that they begin at."""

    def __init__(self, marks: list[_Mark]) -> None:
        self.marks = marks
        self._firsts = [mark.first for mark in marks]

    def between(self, first: int, last: int) -> range:
        """Indices of the marks that begin in the half-open range of pieces."""
        return range(bisect_left(self._firsts, first), bisect_left(self._firsts, last))


@dataclass
class _Reading:
    """An article's pieces with the tag scores of all windows put together."""

    text: str
    pieces: Pieces
    tags: Scores
    outputs: list[_Outputs] = field(default_factory=list)

    def seeing(self, mark: _Mark) -> Iterator[_Outputs]:
        """The windows that see a part of a mark; windows and their beginnings are both in text order."""
        n = bisect_right(self.outputs, mark.first, key=lambda out: out.window.last)
        while n < len(self.outputs) and self.outputs[n].begin < mark.last:
            yield self.outputs[n]
            n += 1


class Extractor:
    """The shipped model, loaded once and used for any number of articles.

    Raises ModelError when the files are missing or are no model.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder = folder
        try:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = PieceTokenizer(folder / "tokenizer.json")
            heads = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        except Exception as error:  # each library raises its own kinds
            raise ModelError(f"{folder}: the extractor cannot be loaded ({error}). Reinstall the package.") from error
        self._edges = np.array(heads["bucket_edges"])
        self._cue_distance = np.array(heads["cue_distance"], dtype=np.float32)
        self._source_distance = np.array(heads["source_distance"], dtype=np.float32)

    def extract(self, text: str, paragraphs: Iterable[Offsets]) -> list[Extracted]:
        """Attributions in the given paragraphs of `text`, in the order of their cues."""
        return next(self.extract_many([(text, list(paragraphs))]))

    def extract_many(self, articles: Sequence[tuple[str, Sequence[Offsets]]]) -> Iterator[list[Extracted]]:
        """Attributions of several articles; windows of like length of all of them share a batch."""
        readings = [self._reading(text, paragraphs) for text, paragraphs in articles]
        self._run(readings)
        for reading in readings:
            yield self._attributions(reading)

    def _reading(self, text: str, paragraphs: Sequence[Offsets]) -> _Reading:
        folded = fold(text)
        pieces = pieces_of(folded, paragraphs, self._tokenizer)
        return _Reading(folded, pieces, np.zeros((len(pieces.ids), len(TAGS)), dtype=np.float32))

    def _run(self, readings: list[_Reading]) -> None:
        todo = [(reading, window) for reading in readings for window in windows_of(reading.pieces)]
        todo.sort(key=lambda item: len(item[1].ids))
        for batch in _batches(todo):
            width = len(batch[-1][1].ids)
            ids = np.full((len(batch), width), self._tokenizer.padding_id, dtype=np.int64)
            for n, (_, window) in enumerate(batch):
                ids[n, : len(window.ids)] = window.ids
            tags, *links = self._session.run(None, {"ids": ids, "present": ids != self._tokenizer.padding_id})
            for n, (reading, window) in enumerate(batch):
                length, skipped = len(window.ids), len(window.ids) - (window.last - window.first)
                reading.tags[window.first : window.last] = tags[n, skipped:length]
                reading.outputs.append(_Outputs(window, *(link[n, :length] for link in links)))

    def _attributions(self, reading: _Reading) -> list[Extracted]:
        reading.outputs.sort(key=lambda out: out.window.first)
        marks = decode(reading.tags)
        cues = _Marks([mark for mark in marks if mark.role == "cue"])
        sources = _Marks([mark for mark in marks if mark.role == "source"])
        owned: dict[int, list[tuple[_Mark, float]]] = {n: [] for n in range(len(cues.marks))}
        for mark in marks:
            if mark.role == "content":
                owner, probability = self._cue_of(reading, mark, cues)
                if owner is not None:
                    owned[owner].append((mark, probability))
        found = [
            self._attribution(reading, cue, owned[n], self._source_of(reading, cue, sources))
            for n, cue in enumerate(cues.marks)
            if owned[n]
        ]
        return [item for item in found if item is not None]

    def _cue_of(self, reading: _Reading, content: _Mark, cues: "_Marks") -> tuple[int | None, float]:
        """The cue that a content points to, with the probability; the window that sees most of it decides."""
        best: tuple[float, int | None, float] = (-1.0, None, 0.0)
        for out in reading.seeing(content):
            places = [out.place[i] for i in range(content.first, content.last) if i in out.place]
            seen = [(n, out.place[cues.marks[n].first]) for n in cues.between(out.begin, out.window.last)]
            if not places or not seen:
                continue
            keys = [NO_LINK, *(place for _, place in seen)]
            scores = self._pointer(out.content_query[places], out.cue_key[keys], places, keys, self._cue_distance)
            chances = np.exp(scores).mean(axis=0)
            choice = int(chances.argmax())
            # A window that sees the cue beats one that sees more of the content but not its cue.
            weight = len(places) / (content.last - content.first) * float(chances[1:].max())
            if weight > best[0]:
                best = (weight, seen[choice - 1][0] if choice else None, float(chances[choice]))
        return best[1], best[2]

    def _source_of(self, reading: _Reading, cue: _Mark, sources: "_Marks") -> tuple[_Mark | None, float]:
        """The source that a cue points to, or none; the cue's own window decides."""
        out = next(out for out in reading.seeing(cue) if out.window.first <= cue.first < out.window.last)
        places = [out.place[i] for i in range(cue.first, cue.last) if i in out.place]
        seen = [
            (mark, out.place[mark.first])
            for mark in (sources.marks[n] for n in sources.between(out.begin, out.window.last))
        ]
        keys = [NO_LINK, *(place for _, place in seen)]
        scores = self._pointer(out.cue_query[places], out.source_key[keys], places, keys, self._source_distance)
        chances = np.exp(scores).mean(axis=0)
        choice = int(chances.argmax())
        return (seen[choice - 1][0] if choice else None), float(chances[choice])

    def _pointer(
        self, query: Scores, key: Scores, places: list[int], keys: list[int], bias: NDArray[np.float32]
    ) -> NDArray[Any]:
        """Log probabilities of pointing from each place to each key, `[places, keys]`."""
        distance = np.array(keys)[None, :] - np.array(places)[:, None]
        bucket = np.searchsorted(self._edges, np.abs(distance), side="right")
        middle = len(self._edges)
        added = bias[np.where(distance < 0, middle - bucket, middle + bucket)]
        added[:, 0] = 0.0
        scores = query @ key.T + added
        scores -= scores.max(axis=1, keepdims=True)
        return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))

    def _attribution(
        self,
        reading: _Reading,
        cue: _Mark,
        contents: list[tuple[_Mark, float]],
        source: tuple[_Mark | None, float],
    ) -> Extracted | None:
        text = reading.text
        mark, source_probability = source
        pieces = [content_span(text, *_offsets(reading, c), first=n == 0) for n, (c, _) in enumerate(contents)]
        kept = tuple((s, e) for s, e in pieces if s < e)
        cue_offsets = cue_span(text, *_offsets(reading, cue))
        if not kept or cue_offsets[0] >= cue_offsets[1]:
            return None
        tagging = [cue.probability, *(c.probability for c, _ in contents), *([mark.probability] if mark else [])]
        linking = float(np.prod([probability for _, probability in contents])) * source_probability
        return Extracted(
            cue=cue_offsets,
            source=source_span(text, *_offsets(reading, mark)) if mark else None,
            contents=kept,
            confidence=round(float(np.mean(tagging)) * linking, 4),
        )


def _batches(todo: list[tuple[_Reading, Window]]) -> Iterator[list[tuple[_Reading, Window]]]:
    """Group windows, sorted by length, so that a padded batch stays below `BATCH_PIECES`."""
    batch: list[tuple[_Reading, Window]] = []
    for item in todo:
        if batch and (len(batch) + 1) * len(item[1].ids) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def _offsets(reading: _Reading, mark: _Mark) -> Offsets:
    return reading.pieces.starts[mark.first], min(reading.pieces.ends[mark.last - 1], len(reading.text))


# A span's inside follows its own begin or inside; everything may begin or be outside at any time.
_LEGAL = np.array(
    [[not after.startswith("I-") or before[2:] == after[2:] for after in TAGS] for before in TAGS], dtype=bool
)


def decode(tags: Scores) -> list[_Mark]:
    """The spans of the most probable legal tag sequence (Viterbi); `tags` are scores `[pieces, tags]`."""
    if not len(tags):
        return []
    chances = tags - tags.max(axis=1, keepdims=True)
    chances = chances - np.log(np.exp(chances).sum(axis=1, keepdims=True))
    path = chances.argmax(axis=1)
    if not _is_legal(path):  # the best tags one by one are the best sequence, where they make a legal one
        path = _viterbi(chances)
    certain = np.exp(chances[np.arange(len(path)), path])
    marks: list[_Mark] = []
    first, role = 0, ""
    for i, tag in enumerate([*path, 0]):
        name = TAGS[tag]
        if role and not (name.startswith("I-") and i < len(path)):
            marks.append(_Mark(role, first, i, float(certain[first:i].mean())))
            role = ""
        if name.startswith("B-"):
            first, role = i, name[2:]
    return marks


def _is_legal(path: NDArray[np.int64]) -> bool:
    return not TAGS[path[0]].startswith("I-") and bool(_LEGAL[path[:-1], path[1:]].all())


def _viterbi(chances: Scores) -> NDArray[np.int64]:
    forbidden = np.where(_LEGAL, 0.0, -1e4)
    best = chances[0] + np.where([tag.startswith("I-") for tag in TAGS], -1e4, 0.0)
    back = np.zeros(chances.shape, dtype=np.int64)
    columns = np.arange(chances.shape[1])
    for i in range(1, len(chances)):
        paths = best[:, None] + forbidden
        back[i] = paths.argmax(axis=0)
        best = paths[back[i], columns] + chances[i]
    path = np.zeros(len(chances), dtype=np.int64)
    path[-1] = best.argmax()
    for i in range(len(chances) - 1, 0, -1):
        path[i - 1] = back[i][path[i]]
    return path
