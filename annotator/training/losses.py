"""What the network is to learn from a batch: the corpus, and what teachers say of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from annotator.training.batching import CueBatch, cue_runs, cues_to_learn, padded
from annotator.training.corpus import IGNORED, CueTarget, Targets
from annotator.training.network import AttributionNetwork
from annotator.training.settings import Settings


def loss_of(
    network: AttributionNetwork,
    batch: list[Targets],
    padding: int,
    settings: Settings,
    chance: random.Random,
    teachers: Sequence[AttributionNetwork] = (),
) -> dict[str, Tensor]:
    """Losses of both passes, `tag` and `argument`, and their weighted sum `all`.

    Cross entropy with the corpus; with teachers, also with the mean of their probabilities (Hinton et al., 2015), and
    with that alone where the corpus says nothing.
    """
    device = network.tag.weight.device
    ids = padded([w.ids for w in batch], padding).to(device)
    present = ids != padding
    with torch.autocast(device.type, torch.bfloat16, enabled=bool(settings.half_precision)):
        tag, states = network(ids, present)
        taught = _Taught.of(teachers, ids, present) if teachers else None
        arguments = _second_pass(network, batch, tag, states, taught, chance)
    share = settings.teacher_share if taught else 0.0
    tags = padded([w.tags for w in batch], IGNORED).to(device)
    losses = {"tag": _loss(tag, tags, present, taught.tags if taught else None, share)}
    losses["argument"] = _loss(*arguments, share) if arguments else states.sum() * 0
    losses["all"] = losses["tag"] + settings.argument_weight * losses["argument"]
    return losses


def _second_pass(
    network: AttributionNetwork,
    batch: list[Targets],
    tag: Tensor,
    states: Tensor,
    taught: "_Taught | None",
    chance: random.Random,
) -> tuple[Tensor, Tensor, Tensor, Tensor | None] | None:
    """Of all cues the scores of their arguments, what the corpus wants, which pieces are there, what teachers say.

    None for a batch without cues.
    """
    chances = tag.detach().float().softmax(-1)
    cues = cues_to_learn(batch, chances.argmax(-1).cpu(), chance)
    if taught:
        cues += taught.cues(batch)
    if not cues:
        return None
    given = CueBatch.of(cues, [len(w.ids) for w in batch])
    scores = given.scores(network, states, chances)
    wanted, present = given.wanted.to(states.device), given.present.to(states.device)
    return scores, wanted, present, taught.arguments(given) if taught else None


def _loss(scores: Tensor, wanted: Tensor, present: Tensor, soft: Tensor | None, share: float) -> Tensor:
    """Mean cross entropy of `scores` `[rows, length, tags]` with the corpus and, by `share`, with soft targets."""
    scores = scores.float()
    hard = functional.cross_entropy(
        scores.transpose(1, 2), wanted, ignore_index=IGNORED, reduction="none"
    )  # zero where the corpus says nothing
    told = wanted != IGNORED
    if soft is None:
        return hard.sum() / told.sum().clamp(min=1)
    entropy = -(soft * scores.log_softmax(-1)).sum(-1)
    mixed = torch.where(told, (1 - share) * hard + share * entropy, entropy)
    return (mixed * present).sum() / present.sum()


@dataclass
class _Taught:
    """What teachers say of a batch: the mean of their probabilities of the tags, and each with its states."""

    networks: Sequence[AttributionNetwork]
    tags: Tensor
    readings: list[tuple[Tensor, Tensor]]  # each teacher's states and probabilities, which its second pass reads

    @classmethod
    @torch.no_grad()
    def of(cls, teachers: Sequence[AttributionNetwork], ids: Tensor, present: Tensor) -> "_Taught":
        said = [teacher(ids, present) for teacher in teachers]
        readings = [(states, tag.float().softmax(-1)) for tag, states in said]
        return cls(teachers, torch.stack([tags for _, tags in readings]).mean(0), readings)

    @torch.no_grad()
    def arguments(self, cues: CueBatch) -> Tensor:
        """The mean of their probabilities of each cue's arguments."""
        said = [
            cues.scores(network, *reading).float().softmax(-1)
            for network, reading in zip(self.networks, self.readings, strict=True)
        ]
        return torch.stack(said).mean(0)

    def cues(self, batch: list[Targets]) -> list[tuple[int, CueTarget]]:
        """The teachers' cues in windows of which the corpus says nothing; nobody knows their arguments but they."""
        found = self.tags.argmax(-1).cpu().tolist()
        return [
            (n, CueTarget(first, last, {}, told=False))
            for n, (window, tags) in enumerate(zip(batch, found, strict=True))
            if all(tag == IGNORED for tag in window.tags)
            for first, last in cue_runs(tags[: len(window.ids)])
            if first > 0  # nobody taught a teacher what the start mark is
        ]
