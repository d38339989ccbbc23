"""Who a mention without a name stands for: a small network ranks the candidates, and nobody is one of them.

`annotator/training/linking.py` fits it on news whose sources people have resolved. Its probabilities are calibrated on
articles that it has not learned from.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotator.draft import DraftSource
from annotator.errors import ModelError
from annotator.language.names import name_key
from annotator.sources.candidates import Candidate, Candidates, of_source
from annotator.sources.evidence import Evidence, Rows
from annotator.sources.mentions import Mention
from annotator.sources.register import Register

MODEL = Path(__file__).parent.parent / "models" / "en" / "linking.json"

Layers = Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]]
Ranked = list[tuple[Candidate | None, float]]


class Linker:
    """Ranks the candidates of one article's mentions; it follows the register as that grows."""

    def __init__(self, register: Register) -> None:
        self._candidates = Candidates(register)
        self._evidence = Evidence(register, self._candidates)

    def rank(self, mention: Mention, rules: Sequence[tuple[DraftSource, float]]) -> Ranked:
        """Who is meant, with probabilities, best first; None is nobody of the article. `rules` are what rules offer."""
        found = self._candidates.of(mention)
        known = {id(one.source): n for n, one in enumerate(found) if one.source is not None}
        keys = {name_key(one.name): n for n, one in enumerate(found)}
        scores: dict[int, float] = {}
        for source, score in rules:
            n = known.get(id(source), keys.get(name_key(source.name), -1))
            if n < 0:
                n = len(found)
                found.append(of_source(source))
            scores[n] = max(score, scores.get(n, 0.0))
        chances = self.chances(mention, found, self._evidence.rows(mention, found, scores), scores)
        return sorted(zip([*found, None], map(float, chances), strict=True), key=lambda pair: -pair[1])

    def chances(self, mention: Mention, found: Sequence[Candidate], rows: Rows, rules: Mapping[int, float]) -> Rows:
        """The probability of each candidate, and last that of nobody; training puts the gold's in its place."""
        return network()(rows)


class Network:
    """Some small networks whose probabilities are averaged.

    `weights` has for each network its layers, each a matrix `[outputs, inputs]` and a bias, and a temperature for all.
    """

    def __init__(self, networks: Sequence[Layers], temperature: float = 1.0) -> None:
        self.networks = networks
        self._temperature = temperature

    def __call__(self, rows: Rows) -> Rows:
        """Probabilities of the rows' candidates `[candidates + 1]`, which add up to one."""
        told = [_softmax(_score(layers, rows) / self._temperature) for layers in self.networks]
        mean: Rows = np.stack(told).mean(axis=0)
        return mean


def _score(layers: Layers, rows: Rows) -> Rows:
    for n, (weight, bias) in enumerate(layers):
        rows = rows @ weight.T + bias
        rows = np.maximum(rows, 0) if n + 1 < len(layers) else rows
    return rows[:, 0]


def _softmax(scores: Rows) -> Rows:
    chances: Rows = np.exp(scores - scores.max())
    shares: Rows = chances / chances.sum()
    return shares


def read_network(path: Path) -> Network:
    """The network of a file that training wrote. Raises ModelError for what is none."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        layers = [
            [(np.array(weight, np.float32), np.array(bias, np.float32)) for weight, bias in one]
            for one in told["networks"]
        ]
        return Network(layers, float(told["temperature"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: the linker cannot be loaded ({error}). Reinstall the package.") from error


@cache
def network() -> Network:
    """The shipped network, read once."""
    return read_network(MODEL)
