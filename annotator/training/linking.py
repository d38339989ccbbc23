"""Fits the network that ranks whom a pronoun or a description means, on news whose sources people have resolved.

    python -m annotator.training.linking GOLD ... -o annotator/models/en/linking.json

While it collects examples, every mention is resolved as people did, so that what was said before is right. Each example
has a row a candidate (annotator/sources/evidence.py) and the rows that are right.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from annotator import attributions, claims
from annotator.draft import Draft, Offsets
from annotator.evaluation import fold_of, read_gold
from annotator.evaluation.gold.articles import ClaimArticle, GoldArticle, SourceArticle, spans_of
from annotator.evaluation.scores.matching import norm
from annotator.extraction import Extracted
from annotator.pipeline import Annotator
from annotator.reading.layout import sections
from annotator.records import Article
from annotator.sources.candidates import Candidate
from annotator.sources.evidence import FEATURES, Rows
from annotator.sources.linking import Linker, Network
from annotator.sources.mentions import Mention
from annotator.sources.register import Register
from annotator.sources.resolver import Resolver

FOLDS = 5
SEEDS = 6  # networks whose probabilities are averaged
HIDDEN = 48
EPOCHS, BATCH, LEARNING_RATE, WEIGHT_DECAY, DROPOUT = 20, 32, 3e-3, 1e-3, 0.3
TEMPERATURES = tuple(n / 20 for n in range(12, 60))

Names = Mapping[Offsets, Sequence[str]]  # what people call the source of each mention, the best first


@dataclass(frozen=True)
class Example:
    """A mention: its evidence `[candidates + 1, FEATURES]` and the rows that are right; the last is that of nobody."""

    article_id: str
    words: str
    rows: Rows
    right: tuple[int, ...]


# --- examples ---------------------------------------------------------------------------------------------------------


class Teacher(Linker):
    """A linker that says what people said, and writes it down."""

    def __init__(self, register: Register, article_id: str, names: Names, examples: list[Example]) -> None:
        super().__init__(register)
        self._draft = register.draft
        self._article_id, self._names, self._examples = article_id, names, examples

    def chances(self, mention: Mention, found: Sequence[Candidate], rows: Rows, rules: Mapping[int, float]) -> Rows:
        names = self._names.get(mention.span)
        nobody = len(found)
        if names is None:
            best = max(rules, key=lambda n: rules[n], default=nobody)
        else:
            right = self._right(mention, found, names) or [nobody]
            self._examples.append(Example(self._article_id, mention.text, rows, tuple(right)))
            best = right[0]
        chances: Rows = np.full(nobody + 1, 1e-6, np.float32)
        chances[best] = 1
        return chances

    def _right(self, mention: Mention, found: Sequence[Candidate], names: Sequence[str]) -> list[int]:
        if mention.text != self._draft.words(mention.span):  # whom "his" means in "his campaign"
            words = set(norm(names[0]).split())
            return [
                n
                for n, one in enumerate(found)
                if norm(one.name).split()[-1:] and not one.plural and norm(one.name).split()[-1] in words
            ]
        wanted = [norm(name) for name in names]
        right = [n for n, one in enumerate(found) if norm(one.name) in wanted]
        return sorted(right, key=lambda n: wanted.index(norm(found[n].name)))


def examples_of(articles: Iterable[GoldArticle], annotator: Annotator) -> list[Example]:
    """The examples of articles with resolved sources, or with claims."""
    found: list[Example] = []
    for article in articles:
        parts = sections(article.text)
        doc = annotator.parsed(article.text, parts)
        draft = Draft(Article(article_id="gold", text=article.text, publisher=article.publisher), parts, doc)
        given = [
            Extracted(_whole(part.cue), _whole(part.source), tuple(part.content), 1.0) for part in spans_of(article)
        ]
        attributions.given(draft, given)
        claims.split(draft)
        teacher = partial(Teacher, article_id=article.article_id, names=names_of(article), examples=found)
        Resolver(draft, teacher).run()
    return found


def names_of(article: GoldArticle) -> Names:
    """What people call the sources of an article, by the spans of their mentions."""
    found: dict[Offsets, Sequence[str]] = {}
    if isinstance(article, SourceArticle):
        for item in article.attributions:
            if (span := _whole(item.parts.source)) is not None:
                found.setdefault(span, item.source_names)
    elif isinstance(article, ClaimArticle):
        for claim in article.claims:
            if claim.source_mention and claim.source:
                found.setdefault(claim.source_mention, [name for name in claim.accepted("source") if name])
    return found


def _whole(pieces: Sequence[Offsets]) -> Offsets | None:
    return (pieces[0][0], pieces[-1][1]) if pieces else None


# --- fitting ----------------------------------------------------------------------------------------------------------


def fit(examples: Sequence[Example], seed: int) -> list[tuple[Rows, Rows]]:
    """The layers of a network that gives the right rows the most of the probability."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    rows, present, right = _padded(examples)
    network = nn.Sequential(
        *(nn.Linear(FEATURES, HIDDEN), nn.ReLU(), nn.Dropout(DROPOUT)),
        *(nn.Linear(HIDDEN, HIDDEN // 2), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN // 2, 1)),
    )
    optimizer = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = EPOCHS * -(-len(examples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=steps)
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(examples))
        for at in range(0, len(examples), BATCH):
            batch = torch.tensor(shuffled[at : at + BATCH])
            scores = network(rows[batch])[..., 0].masked_fill(~present[batch], -1e9)
            wanted = scores.masked_fill(~right[batch], -1e9)
            loss = (torch.logsumexp(scores, 1) - torch.logsumexp(wanted, 1)).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    layers = [layer for layer in network if isinstance(layer, nn.Linear)]
    return [(layer.weight.detach().numpy(), layer.bias.detach().numpy()) for layer in layers]


def _padded(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Rows `[examples, most candidates, FEATURES]`, which of them are there, and which are right."""
    most = max(len(example.rows) for example in examples)
    rows = torch.zeros(len(examples), most, FEATURES)
    present, right = (torch.zeros(len(examples), most, dtype=torch.bool) for _ in range(2))
    for n, example in enumerate(examples):
        rows[n, : len(example.rows)] = torch.from_numpy(example.rows)
        present[n, : len(example.rows)] = True
        right[n, list(example.right)] = True
    return rows, present, right


def fold_networks(examples: Sequence[Example]) -> list[Network]:
    """For each fold a network that has not learned from its articles."""
    return [
        Network([fit([e for e in examples if fold_of(e.article_id, FOLDS) != n], seed) for seed in range(SEEDS)])
        for n in range(FOLDS)
    ]


def best_temperature(examples: Sequence[Example], networks: Sequence[Network]) -> float:
    """The temperature under which what was held out is likeliest."""

    def loss(temperature: float) -> float:
        told = [Network(network.networks, temperature) for network in networks]
        chances = (told[fold_of(e.article_id, FOLDS)](e.rows)[list(e.right)].sum() for e in examples)
        return -sum(float(np.log(max(chance, 1e-6))) for chance in chances)

    return min(TEMPERATURES, key=loss)


def as_json(networks: Sequence[Sequence[tuple[Rows, Rows]]], temperature: float) -> dict[str, Any]:
    """The networks as plain numbers, four decimals each."""

    def plain(numbers: Rows) -> Any:
        return np.round(numbers.astype(float), 4).tolist()

    layers = [[[plain(weight), plain(bias)] for weight, bias in one] for one in networks]
    return {"temperature": temperature, "networks": layers}


def main() -> None:
    options = ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("gold", nargs="+", type=Path, help="resolved sources or claim gold, never a sealed set")
    options.add_argument("-o", "--out", type=Path, required=True, help="the file that is written")
    asked = options.parse_args()
    if any("sealed" in path.resolve().name for path in asked.gold):
        options.error("nothing learns from a sealed set")
    torch.set_num_threads(1)
    examples = examples_of([article for gold in read_gold(asked.gold) for article in gold.articles], Annotator())
    held_out = fold_networks(examples)
    right = [int(held_out[fold_of(e.article_id, FOLDS)](e.rows).argmax()) in e.right for e in examples]
    print(f"{len(examples)} mentions, {100 * np.mean(right):.1f} % right when held out")
    temperature = best_temperature(examples, held_out)
    networks = [fit(examples, seed) for seed in range(SEEDS)]
    asked.out.write_text(json.dumps(as_json(networks, temperature), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
