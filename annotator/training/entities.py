"""Fits the head that marks entities, on states of the encoder as it is.

    python -m annotator.training.entities polnear_train.jsonl.gz wikinews_2019_2020.jsonl NewsArticles.zip \\
        --people gum_coref.jsonl.gz --held-out gold.txt --second-teacher en_core_web_md -o annotator/models/en

What the articles name two spaCy pipelines say, and GUM's annotators (entity_labels.py); each article is read a second
time with other names in it. The encoder's states are computed once and kept in `--work`; the folder of `-o` has the
extractor.
"""

import gzip
import json
import random
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from annotator.extraction.entities import ENTITY_TAGS, FILE, LAYERS
from annotator.extraction.extractor import Extractor
from annotator.extraction.pieces import Pieces, lines_of
from annotator.extraction.shapes import SHAPES
from annotator.language.parse import load_pipeline, use_numpys_blas
from annotator.text import fold
from annotator.training.corpus import read_unlabelled
from annotator.training.entity_labels import Taught, brought_together, corrected, name_pools, renamed
from annotator.training.export import write_network

WIDTH, NEIGHBOURS = 192, 3  # of the head; so many times a piece sees the pieces beside it
EPOCHS, BATCH, STRETCH = 5, 48, 192  # articles are cut into stretches of pieces
LEARNING_RATE, WEIGHT_DECAY, DROPOUT, SMOOTHING = 2.5e-3, 0.01, 0.1, 0.02
DOUBTFUL = 0.2  # what a label counts that the teachers do not share
MOST_ARTICLES = 900  # of one corpus


class Head(nn.Module):
    """Layers of the encoder `[batch, pieces, size]` and shapes `[batch, pieces, SHAPES]` to scores of `ENTITY_TAGS`."""

    def __init__(self, size: int, layers: int = len(LAYERS)) -> None:
        super().__init__()
        self.states, self.shapes = nn.Linear(size * layers, WIDTH), nn.Linear(len(SHAPES), WIDTH)
        self.beside = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in range(NEIGHBOURS))
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(NEIGHBOURS + 1))
        self.tags = nn.Linear(WIDTH, len(ENTITY_TAGS))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, *given: Tensor) -> Tensor:
        *layers, shapes = given
        seen = self.states(self.dropout(torch.cat(layers, dim=-1))) + self.shapes(shapes)
        x = self.norms[0](functional.gelu(seen))
        for beside, norm in zip(self.beside, list(self.norms)[1:], strict=True):
            edge = torch.zeros_like(x[:, :1])
            around = torch.cat([torch.cat([edge, x[:, :-1]], 1), x, torch.cat([x[:, 1:], edge], 1)], dim=2)
            x = norm(x + functional.gelu(beside(self.dropout(around))))
        scores: Tensor = self.tags(x)
        return scores


@dataclass(frozen=True)
class Lesson:
    """An article: where its states `[pieces, layers x size]` begin in the store, shapes, tags, and what each counts."""

    first: int
    shapes: NDArray[np.float16]
    tags: NDArray[np.uint8]
    weights: NDArray[np.float16]


# --- labels -----------------------------------------------------------------------------------------------------------


def taught_by(texts: Sequence[tuple[str, str]], teachers: Sequence[str | None]) -> list[Taught]:
    """Articles (id and text) with what two spaCy pipelines say that they name."""
    said: list[list[Any]] = []
    folded = [(article_id, fold(text)) for article_id, text in texts]
    for name in teachers:
        nlp = load_pipeline(name, exclude=("parser", "lemmatizer", "attribute_ruler"))
        use_numpys_blas(nlp)
        docs = nlp.pipe((text for _, text in folded), batch_size=2)
        said.append([[(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs])
    return [
        brought_together(article_id, text, first, second)
        for (article_id, text), first, second in zip(folded, *said, strict=True)
    ]


def people_of(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of GUM that are for training, with their mentions."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row["split"] == "train")


def tagged(pieces: Pieces, taught: Taught) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """The tag of each piece (an index of `ENTITY_TAGS`) and what it counts."""
    starts, ends = np.array(pieces.starts), np.array(pieces.ends)
    word = np.ones(len(starts), bool)
    word[[last - 1 for _, last in pieces.paragraphs]] = False
    tags, weights = np.zeros(len(starts), np.uint8), np.ones(len(starts), np.float16)
    for start, end, label in taught.entities:
        inside = np.flatnonzero((starts < end) & (ends > start) & word)
        tags[inside] = ENTITY_TAGS.index(f"I-{label}")
        tags[inside[:1]] = ENTITY_TAGS.index(f"B-{label}")
    for start, end in taught.doubtful:
        weights[(starts < end) & (ends > start)] = DOUBTFUL
    return tags, weights


# --- states -----------------------------------------------------------------------------------------------------------


def lessons_of(articles: Iterable[Taught], extractor: Extractor, store: Path) -> tuple[list[Lesson], int]:
    """The lessons of articles, and the width of what is stored of each piece; their states go to the file `store`."""
    lessons, first, width = [], 0, 0
    with store.open("wb") as file:
        for taught in articles:
            if not taught.text.strip():
                continue
            pieces, states, shapes = extractor.inner_states(taught.text, lines_of(taught.text))
            file.write(states.astype(np.float16).tobytes())
            lessons.append(Lesson(first, shapes.astype(np.float16), *tagged(pieces, taught)))
            first, width = first + len(states), states.shape[1]
    return lessons, width


# --- fitting ----------------------------------------------------------------------------------------------------------


def fit(
    lessons: Sequence[Lesson],
    states: NDArray[np.float16],
    seed: int,
    epochs: int = EPOCHS,
    rate: float = LEARNING_RATE,
    head: Head | None = None,
) -> Head:
    """A head that has learned the tags of the lessons; a given one goes on learning."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    head = (head or Head(states.shape[1] // len(LAYERS))).train()
    stretches = sorted(
        (
            (n, at, min(at + STRETCH, len(one.tags)))
            for n, one in enumerate(lessons)
            for at in range(0, len(one.tags), STRETCH)
        ),
        key=lambda stretch: stretch[2] - stretch[1],
    )
    batches = [stretches[at : at + BATCH] for at in range(0, len(stretches), BATCH)]
    optimizer = torch.optim.AdamW(head.parameters(), rate, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * len(batches), pct_start=0.1)
    for epoch in range(epochs):
        chance.shuffle(batches)
        lost = 0.0
        for batch in batches:
            given, tags, weights = _filled(batch, lessons, states)
            losses = functional.cross_entropy(
                head(*given).flatten(0, 1), tags.flatten(), reduction="none", label_smoothing=SMOOTHING
            )
            loss = (losses * weights.flatten()).sum() / weights.sum()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            lost += loss.item()
        print(f"epoch {epoch + 1}: loss {lost / len(batches):.4f}")
    return head.eval()


def _filled(
    batch: Sequence[tuple[int, int, int]], lessons: Sequence[Lesson], states: NDArray[np.float16]
) -> tuple[list[Tensor], Tensor, Tensor]:
    """Layers and shapes, tags and weights `[stretches, pieces]` of stretches, padded with what counts nothing."""
    longest = max(end - begin for _, begin, end in batch)
    seen = np.zeros((len(batch), longest, states.shape[1]), np.float32)
    shapes = np.zeros((len(batch), longest, len(SHAPES)), np.float32)
    tags, weights = np.zeros((len(batch), longest), np.int64), np.zeros((len(batch), longest), np.float32)
    for row, (n, begin, end) in enumerate(batch):
        lesson, own = lessons[n], slice(0, end - begin)
        seen[row, own] = states[lesson.first + begin : lesson.first + end]
        shapes[row, own], tags[row, own] = lesson.shapes[begin:end], lesson.tags[begin:end]
        weights[row, own] = lesson.weights[begin:end]
    layers = np.split(seen, len(LAYERS), axis=2)
    return [torch.from_numpy(one) for one in (*layers, shapes)], torch.from_numpy(tags), torch.from_numpy(weights)


def export_head(head: Head, path: Path, *, quantised: bool = True) -> None:
    """Write the head as ONNX, dynamic int8."""
    size = head.states.in_features // len(LAYERS)
    example = (*(torch.zeros(1, 8, size) for _ in LAYERS), torch.zeros(1, 8, len(SHAPES)))
    write_network(head, example, ((*LAYERS, "shapes"), ("scores",)), path, quantised)


def main() -> None:
    options = ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("corpora", nargs="+", type=Path, help="news: JSON lines with id and text, or NewsArticles")
    options.add_argument("--people", type=Path, help="GUM's mentions, whose split `train` is learned from")
    options.add_argument("--held-out", type=Path, action="append", default=[], help="a text that somebody measures on")
    options.add_argument("--first-teacher", help="a spaCy pipeline; without it the one that the annotator uses")
    options.add_argument("--second-teacher", required=True, help="the spaCy pipeline that is believed more")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--work", type=Path, help="where the states are kept: some 1.5 KB a word piece")
    options.add_argument("-o", "--out", type=Path, required=True, help="the extractor's folder")
    asked = options.parse_args()
    held_out = [path.read_text(encoding="utf-8") for path in asked.held_out]
    work = Path(tempfile.mkdtemp(dir=asked.work))
    try:
        people = list(people_of(asked.people)) if asked.people else []
        texts = [(row["id"], row["text"]) for row in people]
        for corpus in asked.corpora:
            articles = [(one.article_id, one.text) for one in read_unlabelled(corpus, held_out)]
            random.Random(asked.seed).shuffle(articles)
            texts += articles[:MOST_ARTICLES]
        taught = taught_by(texts, (asked.first_teacher, asked.second_teacher))
        taught[: len(people)] = [corrected(a, row["mentions"]) for a, row in zip(taught, people, strict=False)]
        chance, pools = random.Random(asked.seed), name_pools()
        again = [renamed(one, pools, chance) for one in taught]
        lessons, width = lessons_of([*taught, *again], Extractor(asked.out), work / "states")
        states: NDArray[np.float16] = np.memmap(work / "states", np.float16, "r").reshape(-1, width)
        export_head(fit(lessons, states, asked.seed), asked.out / FILE)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
