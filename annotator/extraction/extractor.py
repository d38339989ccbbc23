"""The trained extractor: it marks cue, source and content spans, and finds for each cue its own source and contents.

First pass: a small encoder over overlapping windows (pieces.py) gives each word piece a tag and a state; the tags are
decoded to spans (decode.py). Second pass: around each cue, the states are read again by a smaller network that knows
which cue is asked about, and says how far each piece is its source or its content. So the first pass tells what is a
content, the second whose. The entities are read off the first pass, too (entities.py). onnxruntime alone runs them.
"""

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.conventions import content_spans, cue_span, source_span
from annotator.errors import ModelError
from annotator.extraction.decode import Mark, Scores, decode, log_softmax
from annotator.extraction.entities import ENTITY_TAGS, FILE, LAYERS, EntityHead, entities_of, has_head, settled
from annotator.extraction.extracted import Entity, Evidence, Extracted, Found, Offsets
from annotator.extraction.meaning import Meaning, Projection, joined, read_projection
from annotator.extraction.pieces import (
    ARGUMENT_TAGS,
    MAX_PIECES,
    PIECES_AFTER_CUE,
    PIECES_BEFORE_CUE,
    TAGS,
    Pieces,
    PieceTokenizer,
    Window,
    around_cue,
    chapters_of,
    cue_inputs,
    pieces_of,
    windows_of,
)
from annotator.extraction.shapes import shapes_of
from annotator.text import fold

BATCH_CUES = 16  # bounds the memory of a run; larger batches are no faster on a CPU
# The columns of each role among the tags of arguments.
_ARGUMENTS = {role: [n for n, tag in enumerate(ARGUMENT_TAGS) if tag.endswith(role)] for role in ("source", "content")}
LEAST_CONTENT, LEAST_SOURCE = 0.1, 0.3  # of a span that the second pass gives to a cue; chosen on the dev set


@dataclass
class _Reading:
    """An article's pieces with what the first pass says of each, all windows put together."""

    text: str
    pieces: Pieces
    tags: Scores
    states: Scores
    names: Scores  # log probabilities of the entities' tags
    projected: Scores  # inner layers, for the heads of labels

    @cached_property
    def marks(self) -> dict[str, list[Mark]]:
        """The spans of the first pass by role, once its tags are there."""
        found = decode(self.tags, TAGS)
        return {role: [mark for mark in found if mark.role == role] for role in ("source", "cue", "content")}

    def offsets(self, mark: Mark) -> Offsets:
        """Where a mark stands in the text."""
        return self.pieces.starts[mark.first], min(self.pieces.ends[mark.last - 1], len(self.text))


@dataclass
class _Question:
    """A cue to be asked about, and the pieces around it (half open).

    `answer` holds the second pass's log probabilities `[pieces around, argument tags]`.
    """

    cue: Mark
    around: tuple[int, int]
    answer: Scores = field(default_factory=lambda: np.zeros((0, len(ARGUMENT_TAGS)), np.float32))

    @cached_property
    def _sums(self) -> dict[str, NDArray[np.float64]]:
        chances = np.exp(self.answer)
        return {
            role: np.concatenate([[0.0], np.cumsum(chances[:, columns].sum(axis=1))])
            for role, columns in _ARGUMENTS.items()
        }

    def owns(self, mark: Mark) -> float:
        """How far the second pass gives a mark to this cue: the mean over its pieces, 0 for those out of sight."""
        begin, end = self.around
        first, last = max(mark.first, begin) - begin, min(mark.last, end) - begin
        if first >= last:
            return 0.0
        sums = self._sums[mark.role]
        return float(sums[last] - sums[first]) / (mark.last - mark.first)


class Extractor:
    """The shipped model, loaded once and used for any number of articles.

    Raises ModelError when the files are missing or are no model.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder = folder
        try:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # each thread takes a window; two in one product wait for one another
            options.inter_op_num_threads = 1

            def loaded(name: str) -> Any:
                return onnxruntime.InferenceSession(
                    str(folder / name),
                    options,
                    providers=["CPUExecutionProvider"],
                    # Its fused operator is a tenth of the time, a plain addition and normalisation a hundredth.
                    disabled_optimizers=["SkipLayerNormFusion"],
                )

            self._first_pass, self._second_pass = loaded("model.onnx"), loaded("arguments.onnx")
            self._head = EntityHead(loaded(FILE)) if has_head(folder) else None
            self.projection: Projection | None = None  # of inner layers, for the heads that labels.py trains
            if (folder / "labels.npz").is_file():
                self.projection = read_projection(folder / "labels.npz")
            self._tokenizer = PieceTokenizer(folder / "tokenizer.json")
            self._calibration = Calibration(**json.loads((folder / "calibration.json").read_text(encoding="utf-8")))
        except Exception as error:  # each library raises its own kinds
            raise ModelError(f"{folder}: the extractor cannot be loaded ({error}). Reinstall the package.") from error
        self._map: Callable[..., Iterable[Any]] = ThreadPoolExecutor(threads).map if threads > 1 else map
        self._state_size = self._first_pass.get_outputs()[1].shape[2]

    @property
    def inner_outputs(self) -> list[Any]:
        """The encoder's outputs that heads read, as onnxruntime describes them."""
        return [output for output in self._first_pass.get_outputs() if output.name in LAYERS]

    @property
    def marks_entities(self) -> bool:
        """Whether the model has a head for entities; without one it finds none."""
        return self._head is not None

    def read(self, text: str, paragraphs: Iterable[Offsets]) -> Found:
        """Attributions in the given paragraphs of `text`, in the order of their cues, and the entities there.

        What is read together decides how the int8 network scales its numbers, and no two articles are: an article
        comes out the same whatever else is annotated.
        """
        return self._found(text, paragraphs, self._attributions)

    def extract(self, text: str, paragraphs: Iterable[Offsets]) -> list[Extracted]:
        """Attributions in the given paragraphs of `text`, in the order of their cues."""
        return self.read(text, paragraphs).attributions

    def read_names(self, text: str, paragraphs: Iterable[Offsets]) -> Found:
        """Entities in the given paragraphs of `text` and what it is about, without asking for attributions."""
        return self._found(text, paragraphs, lambda reading: [])

    def entities(self, text: str, paragraphs: Iterable[Offsets]) -> list[Entity]:
        """Entities in the given paragraphs of `text`, in text order."""
        return self.read_names(text, paragraphs).entities

    def inner_states(self, text: str, paragraphs: Iterable[Offsets]) -> tuple[Pieces, Scores, Scores]:
        """Pieces of the given paragraphs, `LAYERS` of the encoder side by side `[pieces, width]`, and shapes."""
        folded = fold(text)
        pieces = pieces_of(folded, paragraphs, self._tokenizer)
        found: list[Scores] = [np.zeros((0, 0), np.float32)]
        for window in windows_of(pieces):
            layers = self._first_pass.run(list(LAYERS), {"ids": np.array([window.ids], np.int64)})
            found.append(np.concatenate([layer[0, window.first - window.last :] for layer in layers], axis=1))
        return pieces, np.concatenate(found[1:] or found), shapes_of(folded, pieces)

    def _found(
        self, text: str, paragraphs: Iterable[Offsets], attributions: Callable[[_Reading], Iterable[Extracted]]
    ) -> Found:
        """What the chapters of a text hold, all together; no more than one chapter's states are held at once."""
        folded = fold(text)
        said: list[Extracted] = []
        named: list[Entity] = []
        meanings: list[Meaning] = []
        chapters = list(chapters_of(folded, paragraphs))
        for chapter in chapters:
            reading = self._read(folded, chapter)
            said.extend(attributions(reading))
            if self._head is not None:
                named.extend(entities_of(reading.pieces, reading.names, len(folded)))
            if (meaning := self._meaning(reading)) is not None:
                meanings.append(meaning.narrowed() if len(chapters) > 1 else meaning)
        return Found(said, settled(folded, named), joined(meanings))

    def _attributions(self, reading: _Reading) -> Iterator[Extracted]:
        return self._linked(reading, self._ask(reading))

    def _meaning(self, reading: _Reading) -> Meaning | None:
        if self.projection is None or self._head is None:
            return None
        chances = np.exp(reading.tags)
        cues, contents = (chances[:, [tag.endswith(role) for tag in TAGS]].sum(axis=1) for role in ("cue", "content"))
        return Meaning(
            np.array(reading.pieces.starts, np.int64),
            np.array(reading.pieces.ends, np.int64),
            reading.projected,
            cues,
            contents,
            self.projection.fitted,
        )

    def _reading(self, folded: str, paragraphs: Sequence[Offsets]) -> _Reading:
        pieces = pieces_of(folded, paragraphs, self._tokenizer)
        n = len(pieces.ids)
        names = len(ENTITY_TAGS) if self._head is not None else 0
        projected = self.projection.bias.shape[0] if self.projection is not None and self._head is not None else 0
        widths = (len(TAGS), self._state_size, names, projected)
        return _Reading(folded, pieces, *(np.zeros((n, width), np.float32) for width in widths))

    def _read(self, text: str, paragraphs: Sequence[Offsets]) -> _Reading:
        """The first pass, with tags of roles and of entities (as log probabilities) and states.

        Each window by itself: nothing is padded, and attention that needs no mask is twice as fast.
        """

        reading = self._reading(text, paragraphs)
        shapes = shapes_of(reading.text, reading.pieces) if self._head is not None else None
        for window, (tags, states, names, projected) in self._map(
            lambda window: (window, self._read_window(window, shapes)), windows_of(reading.pieces)
        ):
            reading.tags[window.first : window.last] = tags
            reading.states[window.first : window.last] = states
            reading.names[window.first : window.last] = names
            reading.projected[window.first : window.last] = projected
        return reading

    def _read_window(self, window: Window, shapes: Scores | None) -> tuple[Scores, Scores, Scores, Scores]:
        """Tags, states, entity tags and projected layers of a window's own pieces; the head sees the context, too."""
        given = {"ids": np.array([window.ids], np.int64)}
        own = window.last - window.first
        if self._head is None or shapes is None:
            tags, states = self._first_pass.run(["tags", "states"], given)
            names: Scores = np.zeros((own, 0), np.float32)
            projected: Scores = np.zeros((own, 0), np.float32)
        else:
            tags, states, *layers = self._first_pass.run(["tags", "states", *LAYERS], given)
            begin = window.last - (len(window.ids) - 1)  # behind the start mark
            names = self._head([layer[:, 1:] for layer in layers], shapes[begin : window.last])[-own:]
            projected = np.zeros((own, 0), np.float32)
            if self.projection is not None:
                projected = self.projection([layer[0, -own:] for layer in layers])
        return log_softmax(tags[0, -own:]), states[0, -own:], names, projected

    def _ask(self, reading: _Reading) -> list[_Question]:
        """The second pass: every cue with its answer, in text order; those that see equally much share a batch."""
        end = len(reading.pieces.ids)
        questions = [_Question(mark, around_cue(mark.first, mark.last, 0, end)) for mark in reading.marks["cue"]]
        by_size: defaultdict[int, list[_Question]] = defaultdict(list)
        for question in questions:
            by_size[question.around[1] - question.around[0]].append(question)
        batches = [alike[at : at + BATCH_CUES] for alike in by_size.values() for at in range(0, len(alike), BATCH_CUES)]
        for _ in self._map(lambda batch: self._answer(reading, batch), batches):
            pass
        return questions

    def _answer(self, reading: _Reading, batch: list[_Question]) -> None:
        """Fill the answers of questions that see equally many pieces."""
        given = cue_inputs([(q.cue.first, q.cue.last) for q in batch], [q.around for q in batch])
        pieces = np.array([q.around[0] for q in batch])[:, None] + np.arange(given["present"].shape[1])
        read = {"states": reading.states[pieces], "tags": np.exp(reading.tags[pieces])}
        (scores,) = self._second_pass.run(None, read | {name: given[name] for name in ("bucket", "in_cue")})
        for question, answer in zip(batch, log_softmax(scores), strict=True):
            question.answer = answer

    def _linked(self, reading: _Reading, questions: list[_Question]) -> Iterator[Extracted]:
        """Give each content to the cue that it belongs to most, and each cue with a content its source."""
        owned: defaultdict[int, list[tuple[Mark, float]]] = defaultdict(list)
        begins = [question.around[0] for question in questions]
        for mark in reading.marks["content"]:
            near = range(
                bisect_left(begins, mark.first - PIECES_BEFORE_CUE - PIECES_AFTER_CUE - MAX_PIECES),
                bisect_left(begins, mark.last),
            )
            chance, owner = max(((questions[n].owns(mark), n) for n in near), default=(0.0, -1))
            if chance > LEAST_CONTENT:
                owned[owner].append((mark, chance))
        firsts = [mark.first for mark in reading.marks["source"]]
        for n, contents in sorted(owned.items()):
            question = questions[n]
            begin, end = (bisect_left(firsts, place) for place in question.around)
            source = self._source_of(question, reading.marks["source"][begin:end])
            made = self._attribution(reading, question, contents, source)
            if made is not None:
                yield made

    def _source_of(self, question: _Question, marks: list[Mark]) -> tuple[Mark | None, float]:
        """The source of a cue with its probability: a mark of the first pass, else one that only the second sees."""
        chance, best = max(
            ((question.owns(mark), mark) for mark in marks), key=lambda pair: pair[0], default=(0.0, None)
        )
        if best is not None and chance > LEAST_SOURCE:
            return best, chance
        begin = question.around[0]
        seen = [mark for mark in decode(question.answer, ARGUMENT_TAGS) if mark.role == "source"]
        if seen:
            mark = max(seen, key=lambda mark: mark.probability)
            return replace(mark, first=mark.first + begin, last=mark.last + begin), mark.probability
        return None, 1 - float(np.exp(question.answer[:, ARGUMENT_TAGS.index("B-source")]).max())

    def _attribution(
        self,
        reading: _Reading,
        question: _Question,
        contents: list[tuple[Mark, float]],
        source: tuple[Mark | None, float],
    ) -> Extracted | None:
        text = reading.text
        kept = content_spans(text, [reading.offsets(mark) for mark, _ in contents])
        cue = cue_span(text, *reading.offsets(question.cue))
        if not kept or cue[0] >= cue[1]:
            return None
        mark, source_chance = source
        named = source_span(text, *reading.offsets(mark)) if mark else (0, 0)
        evidence = Evidence(
            cue=question.cue.probability,
            content=sum((mark.probability + chance) / 2 * (mark.last - mark.first) for mark, chance in contents)
            / sum(mark.last - mark.first for mark, _ in contents),
            source=source_chance,
        )
        confidence = self._calibration.attribution_right(evidence)
        return Extracted(
            cue=cue,
            source=named if named[0] < named[1] else None,  # a mark may hold nothing but what no source begins with
            contents=kept,
            confidence=confidence,
            source_confidence=self._calibration.source_right(evidence),
            doubtful=confidence < self._calibration.least,
            evidence=evidence,
        )


@dataclass(frozen=True)
class Calibration:
    """Logistic weights that turn evidence into probabilities of being right (Platt 1999), fitted on the dev set.

    Each is a constant and the weights of the log odds of cue, content and source. Attributions less sure than `least`
    are doubtful.
    """

    attribution: Sequence[float] = (0.0, 1.0, 1.0, 1.0)
    source: Sequence[float] = (0.0, 0.0, 0.0, 1.0)
    least: float = 0.0

    def attribution_right(self, evidence: Evidence) -> float:
        return round(logistic(self.attribution, features_of(evidence)), 4)

    def source_right(self, evidence: Evidence) -> float:
        return round(logistic(self.source, features_of(evidence)), 4)


def features_of(evidence: Evidence) -> list[float]:
    """A constant and the log odds of each part, bounded."""
    chances = (min(max(chance, 0.001), 0.999) for chance in (evidence.cue, evidence.content, evidence.source))
    return [1.0, *(math.log(chance / (1 - chance)) for chance in chances)]


def logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    """The probability that logistic weights give to features."""
    return 1 / (1 + math.exp(-sum(weight * feature for weight, feature in zip(weights, features, strict=True))))
