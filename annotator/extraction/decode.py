"""From tag scores to spans: the most probable legal sequence of begin, inside and outside tags (Viterbi 1967)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mark:
    """A decoded span: its role, its pieces (half open) and the mean probability of its tags."""

    role: str
    first: int
    last: int
    probability: float


def log_softmax(scores: Scores) -> Scores:
    """Log probabilities of scores `[..., tags]`."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)


def decode(chances: Scores, tags: Sequence[str]) -> list[Mark]:
    """The spans of the most probable legal sequence; `chances` are log probabilities `[pieces, tags]`.

    >>> import numpy as np
    >>> decode(np.log([[0.1, 0.8, 0.1], [0.2, 0.2, 0.6], [0.9, 0.05, 0.05]]), ("O", "B-cue", "I-cue"))
    [Mark(role='cue', first=0, last=2, probability=0.7)]
    """
    if not len(chances):
        return []
    path = best_path(chances, tuple(tags))
    certain = np.exp(chances[np.arange(len(path)), path])
    begins, goes_on = (np.array([tag.startswith(part) for tag in tags])[path] for part in ("B-", "I-"))
    ends = np.append(np.flatnonzero(~goes_on), len(path))
    firsts = np.flatnonzero(begins)
    lasts = ends[ends.searchsorted(firsts, "right")]
    return [
        Mark(tags[path[first]][2:], first, last, float(certain[first:last].sum() / (last - first)))
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    ]


@cache
def _forbidden(tags: tuple[str, ...]) -> NDArray[np.float64]:
    """What a step from one tag to another takes off a sequence's score."""
    return np.where(_legal(tags), 0.0, -1e4)


@cache
def _legal(tags: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which tag may follow which: a span's inside its own begin or inside; all others may stand anywhere."""
    return np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in tags] for a in tags], dtype=bool)


def best_path(chances: Scores, tags: tuple[str, ...]) -> NDArray[np.int64]:
    """The most probable legal sequence of tags `[pieces]`, of log probabilities `[pieces, tags]`, of one piece or more.

    The best tags one by one are the best sequence, where they make a legal one. Where they do not, Viterbi's search
    goes over the stretch between two pieces that are outside all spans. Its best sequence is the best of the whole
    where it leaves these two outside, for anything may follow them and go before them; else the stretch grows.
    """
    path: NDArray[np.int64] = chances.argmax(axis=1)
    outside = np.flatnonzero(path == tags.index("O"))
    last = len(path) - 1
    done: list[tuple[int, int]] = []  # stretches that are searched, first and last piece
    for wrong in _illegal(path, tags):
        if done and wrong <= done[-1][1]:
            continue
        first, end = _outside_before(outside, wrong), _outside_behind(outside, wrong, last)
        while True:
            while done and first < done[-1][1]:
                first = min(first, done.pop()[0])  # searched again, together
            solved = _viterbi(chances[first : end + 1], tags, begins=first == 0)
            holds = first == 0 or tags[solved[0]] == "O", end == last or tags[solved[-1]] == "O"
            if all(holds):
                break
            first = first if holds[0] else _outside_before(outside, first)
            end = end if holds[1] else _outside_behind(outside, end, last)
        path[first : end + 1] = solved
        done.append((first, end))
    return path


def _illegal(path: NDArray[np.int64], tags: tuple[str, ...]) -> list[int]:
    """The pieces whose tag cannot follow the one before."""
    found = (np.flatnonzero(~_legal(tags)[path[:-1], path[1:]]) + 1).tolist()
    return [0, *found] if tags[path[0]].startswith("I-") else found


def _outside_before(outside: NDArray[np.int64], place: int) -> int:
    """The last piece before a place that is outside all spans, else the first piece."""
    n = int(np.searchsorted(outside, place))
    return int(outside[n - 1]) if n else 0


def _outside_behind(outside: NDArray[np.int64], place: int, last: int) -> int:
    """The first piece behind a place that is outside all spans, else the last piece."""
    n = int(np.searchsorted(outside, place, "right"))
    return int(outside[n]) if n < len(outside) else last


def _viterbi(chances: Scores, tags: tuple[str, ...], *, begins: bool) -> NDArray[np.int64]:
    """The best sequence for a stretch, whose first piece may be inside a span unless the text `begins` with it."""
    forbidden = _forbidden(tags)
    best = chances[0] + np.where([begins and tag.startswith("I-") for tag in tags], -1e4, 0.0)
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
