"""What stretches of a text are about: two inner layers of the encoder, projected to few numbers a word piece.

Small linear heads read them: the kind of a claim (claims/kinds.py), what a source belongs to (sources/affiliations.py),
which sentences are furniture (claims/furniture.py). `annotator/training/labels.py` fits them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.errors import ModelError
from annotator.extraction.extracted import Offsets

FILE = Path(__file__).parent.parent / "models" / "en" / "labels.npz"
STATED = ("kind", "affiliation", "furniture")  # heads that read states, in the last columns of their features

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Meaning:
    """Word pieces in text order: where each begins and ends, its projected state, and how far it is a cue or content.

    `states` is `[pieces, width]`, `cues` and `contents` are probabilities `[pieces]`. With a `basis` `[kept, width]`,
    states are `[pieces, kept]`, in its directions.
    """

    starts: NDArray[np.integer[Any]]
    ends: NDArray[np.integer[Any]]
    states: NDArray[np.floating[Any]]
    cues: Vector
    contents: Vector
    fitted: bool = True  # False while the heads are being trained: then there are none
    basis: Vector | None = None

    def narrowed(self) -> "Meaning":
        """The same with what the heads read of the states, a tenth of their bytes: for the chapters of a long text.

        Heads are linear, so they say the same of it but for the last digits, three of which are kept.
        """
        if not self.fitted or self.basis is not None or (basis := _directions(self.states.shape[1])) is None:
            return self
        starts, ends = self.starts.astype(np.int32), self.ends.astype(np.int32)
        kept = (self.states @ basis.T).astype(np.float16)
        return replace(self, starts=starts, ends=ends, states=kept, basis=basis)

    def pieces(self, spans: Iterable[Offsets]) -> NDArray[np.int64]:
        """The numbers of the pieces that touch some half-open stretches of the text."""
        return np.concatenate([np.zeros(0, np.int64), *(np.arange(*run) for run in self._runs(spans))])

    def _runs(self, spans: Iterable[Offsets]) -> list[tuple[int, int]]:
        """The pieces of each stretch, half open."""
        begins, ends = np.array(list(spans), np.int64).reshape(-1, 2).T
        firsts, lasts = self.ends.searchsorted(begins, "right"), self.starts.searchsorted(ends, "left")
        return list(zip(firsts.tolist(), lasts.tolist(), strict=True))

    def mean(self, spans: Iterable[Offsets]) -> Vector:
        """The mean state of some stretches `[width]`; zeros where the encoder has read none of them."""
        runs = [self.states[first:last] for first, last in self._runs(spans) if first < last]
        states = runs[0] if len(runs) == 1 else np.concatenate([np.zeros((0, self.states.shape[1]), np.float32), *runs])
        mean: Vector = states.sum(axis=0, dtype=np.float32) / max(1, len(states))
        return mean if self.basis is None else mean @ self.basis


def joined(parts: Sequence[Meaning]) -> Meaning | None:
    """One after another, the meanings of a text's chapters; None where there are none."""
    if len(parts) <= 1:
        return parts[0] if parts else None
    arrays = ([getattr(part, name) for part in parts] for name in ("starts", "ends", "states", "cues", "contents"))
    starts, ends, states, cues, contents = map(np.concatenate, arrays)
    return Meaning(starts, ends, states, cues, contents, parts[0].fitted, parts[0].basis)


@dataclass(frozen=True)
class Projection:
    """From the encoder's layers side by side `[pieces, size]` to `[pieces, width]`."""

    weight: Vector
    bias: Vector
    fitted: bool = True

    def __call__(self, layers: Sequence[Vector]) -> Vector:
        projected: Vector = np.concatenate(layers, axis=1) @ self.weight + self.bias
        return projected


@dataclass(frozen=True)
class Head:
    """A linear head: probabilities of its `labels` from features `[features]`, which add up to one."""

    labels: tuple[str, ...]
    weight: Vector
    bias: Vector

    def __call__(self, features: Vector) -> dict[str, float]:
        scores = features @ self.weight + self.bias
        chances = np.exp(scores - scores.max())
        return dict(zip(self.labels, (chances / chances.sum()).tolist(), strict=True))


def read_projection(path: Path = FILE) -> Projection:
    """The projection of a file that training wrote. Raises ModelError for what is none."""
    arrays = _arrays(path)
    return Projection(arrays["projection_weight"].astype(np.float32), arrays["projection_bias"].astype(np.float32))


def head(name: str, meaning: Meaning | None) -> Head | None:
    """The head of a name for what the encoder made of an article; None where there is nothing to read, or no head."""
    return _head(name) if meaning is not None and meaning.fitted else None


@cache
def _head(name: str, path: Path = FILE) -> Head | None:
    """The head of a name, or None where the file has none yet. Raises ModelError for what is no such file."""
    arrays = _arrays(path) if path.is_file() else {}
    if f"{name}_weight" not in arrays:
        return None
    weight, bias = (arrays[f"{name}_{part}"].astype(np.float32) for part in ("weight", "bias"))
    return Head(tuple(map(str, arrays[f"{name}_labels"])), weight, bias)


@cache
def _directions(width: int) -> Vector | None:
    """Orthonormal directions of states that the heads of the file read `[kept, width]`; None where they read all."""
    heads = [found for name in STATED if (found := _head(name)) is not None]
    read = [head.weight[-width:] for head in heads if len(head.weight) >= width]
    if not read or sum(weight.shape[1] for weight in read) >= width:
        return None
    directions: Vector = np.ascontiguousarray(np.linalg.qr(np.concatenate(read, axis=1))[0].T)
    return directions


@cache
def _arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: the heads for labels cannot be loaded ({error}). Reinstall the package.") from error
