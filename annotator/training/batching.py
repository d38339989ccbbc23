"""Batches: windows of like length together, and the cues that the second pass learns from each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from annotator.extraction.pieces import TAGS, PieceTokenizer, around_cue, cue_inputs
from annotator.training.augment import Example, name_pools
from annotator.training.corpus import IGNORED, CueTarget, Targets, targets_of
from annotator.training.network import AttributionNetwork


def batches(examples: list[Example], tokenizer: PieceTokenizer, seed: int, size: int) -> Iterator[list[Targets]]:
    """One epoch: windows of equal length together, batches in random order."""
    chance = random.Random(seed)
    pools = name_pools(tokenizer.id_of)
    windows = [w for example in examples for w in targets_of(example, tokenizer, chance, pools)]
    chance.shuffle(windows)
    windows.sort(key=lambda w: len(w.ids) // 16)
    groups: list[list[Targets]] = [[]]
    for window in windows:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(window.ids), len(groups[-1][-1].ids)) > size:
            groups.append([])
        groups[-1].append(window)
    chance.shuffle(groups)
    yield from groups


def padded(rows: list[list[int]], fill: int) -> Tensor:
    """Rows of unequal length as one tensor, `fill` behind the shorter ones."""
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


@dataclass
class CueBatch:
    """The second pass's input for all cues of a batch, as indices `[cues, length]` into its windows.

    `wanted` holds the argument tags, IGNORED where there is no piece.
    """

    window: Tensor
    places: Tensor
    bucket: Tensor
    in_cue: Tensor
    present: Tensor
    wanted: Tensor

    def scores(self, network: AttributionNetwork, states: Tensor, tags: Tensor) -> Tensor:
        """What a network's second pass says of the cues, given its first pass on their windows."""
        window, places = self.window.to(states.device), self.places.to(states.device)
        inputs = (self.bucket, self.in_cue, self.present)
        scores: Tensor = network.arguments(
            states[window, places], tags[window, places], *(given.to(states.device) for given in inputs)
        )
        return scores

    @classmethod
    def of(cls, cues: list[tuple[int, CueTarget]], lengths: list[int]) -> "CueBatch":
        around = [around_cue(cue.first, cue.last, 1, lengths[n]) for n, cue in cues]
        given = cue_inputs([(cue.first, cue.last) for _, cue in cues], around)
        places, wanted = np.zeros_like(given["bucket"]), np.full_like(given["bucket"], IGNORED)
        for row, ((_, cue), (begin, end)) in enumerate(zip(cues, around, strict=True)):
            size = end - begin
            places[row, :size] = range(begin, end)
            if cue.told:
                wanted[row, :size] = [cue.tags.get(i, 0) for i in range(begin, end)]
        window = torch.tensor([[n] for n, _ in cues])
        arrays = (places, given["bucket"], given["in_cue"], given["present"], wanted)
        return cls(window, *map(torch.from_numpy, arrays))


def cues_to_learn(batch: list[Targets], tags: Tensor, chance: random.Random) -> list[tuple[int, CueTarget]]:
    """Window and target of every cue, half of them with the bounds that the first pass finds.

    What the first pass takes for a cue and is none is learned as a cue without arguments.
    """
    learned = [(n, cue) for n, window in enumerate(batch) for cue in window.cues]
    for n, (window, found) in enumerate(zip(batch, tags.tolist(), strict=True)):
        gold = {i: cue for cue in window.cues for i in range(cue.first, cue.last)}
        for first, last in cue_runs(found[: len(window.ids)]):
            own = next((gold[i] for i in range(first, last) if i in gold), None)
            if own is None and _is_no_cue(window, first, last):
                learned.append((n, CueTarget(first, last, {})))
            elif own is not None and (own.first, own.last) != (first, last) and chance.random() < 0.5:
                learned = [(m, CueTarget(first, last, cue.tags) if cue is own else cue) for m, cue in learned]
    return learned


def _is_no_cue(window: Targets, first: int, last: int) -> bool:
    """Whether the corpus says of every piece that it belongs to no cue."""
    told = window.tags[first:last]
    return IGNORED not in told and not any(TAGS[tag].endswith("cue") for tag in told)


def cue_runs(tags: list[int]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of cue tags."""
    begin, inside = TAGS.index("B-cue"), TAGS.index("I-cue")
    first = None
    for i, tag in enumerate([*tags, 0]):
        if first is not None and tag != inside:
            yield first, i
            first = None
        if tag == begin:
            first = i
