"""The training loop: reproducible from a seed, resumable from its checkpoint, with a curve as JSON lines."""

import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from annotator.errors import InputError
from annotator.extraction.pieces import TAGS, PieceTokenizer, around_cue, cue_inputs
from annotator.training.augment import Example, name_pools
from annotator.training.corpus import IGNORED, CueTarget, Targets, targets_of
from annotator.training.network import AttributionNetwork, pretrained_encoder, tokenizer_of


@dataclass(frozen=True)
class Settings:
    """What a training run depends on besides the corpus; the defaults made the shipped weights."""

    seed: int = 7
    epochs: int = 3
    batch_pieces: int = 3584  # pieces a batch, padding included
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    weight_decay: float = 0.01
    argument_weight: float = 2.0  # most pieces around a cue are easy, so that this loss is the smaller one
    frozen_layers: int = 0  # the encoder's lowest layers that stay as they were
    teacher_share: float = 0.5  # of the loss, where there are teachers and the corpus says something too
    averaging: float = 0.995  # of the weights over the last steps: what is exported
    half_precision: bool | None = None  # bf16; None: where it pays, on GPUs and processors that multiply in it


# A larger network has fewer epochs and smaller steps; its lowest layers know what they need to.
TEACHER = Settings(epochs=2, batch_pieces=1792, encoder_rate=1e-4, warm_up=0.08, frozen_layers=3, averaging=0.99)


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
        for first, last in _runs(found[: len(window.ids)]):
            own = next((gold[i] for i in range(first, last) if i in gold), None)
            judged = all(window.tags[i] != IGNORED for i in range(first, last))
            if own is None and judged and not any(TAGS[window.tags[i]].endswith("cue") for i in range(first, last)):
                learned.append((n, CueTarget(first, last, {})))
            elif own is not None and (own.first, own.last) != (first, last) and chance.random() < 0.5:
                learned = [(m, CueTarget(first, last, cue.tags) if cue is own else cue) for m, cue in learned]
    return learned


def _runs(tags: list[int]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of cue tags."""
    begin, inside = TAGS.index("B-cue"), TAGS.index("I-cue")
    first = None
    for i, tag in enumerate([*tags, 0]):
        if first is not None and tag != inside:
            yield first, i
            first = None
        if tag == begin:
            first = i


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
        chances = tag.detach().float().softmax(-1)
        taught = _Taught.of(teachers, ids, present) if teachers else None
        cues = cues_to_learn(batch, chances.argmax(-1).cpu(), chance)
        if taught:
            cues += taught.cues(batch)
        if cues:
            given = CueBatch.of(cues, [len(w.ids) for w in batch])
            scores = given.scores(network, states, chances)
            soft = taught.arguments(given) if taught else None
    tags = padded([w.tags for w in batch], IGNORED).to(device)
    share = settings.teacher_share if taught else 0.0
    losses = {"tag": _loss(tag, tags, present, taught.tags if taught else None, share)}
    if cues:
        wanted = given.wanted.to(device)
        losses["argument"] = _loss(scores, wanted, given.present.to(device), soft, share)
    else:
        losses["argument"] = states.sum() * 0
    losses["all"] = losses["tag"] + settings.argument_weight * losses["argument"]
    return losses


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
            for first, last in _runs(tags[: len(window.ids)])
            if first > 0  # nobody taught a teacher what the start mark is
        ]


def fit(
    examples: list[Example],
    encoder: Path,
    folder: Path,
    settings: Settings | None = None,
    teachers: Sequence[AttributionNetwork] = (),
) -> AttributionNetwork:
    """Train and return the network; `folder` takes the curve and a checkpoint an epoch, and resumes from it.

    The network that is returned has the moving average of the weights (Polyak averaging). Examples that are
    not labelled need teachers.
    """
    settings = settings or Settings()
    if settings.half_precision is None:
        processor = torch.cpu.get_capabilities()
        fast = torch.cuda.is_available() or processor.get("amx_bf16") or processor.get("avx512_bf16")
        settings = replace(settings, half_precision=bool(fast))
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    tokenizer = PieceTokenizer(tokenizer_of(encoder))
    # cuDNN would plan its attention anew for every length of window: a step took twice as long with it.
    torch.backends.cuda.enable_cudnn_sdp(False)
    network = AttributionNetwork(*pretrained_encoder(encoder)).to("cuda" if torch.cuda.is_available() else "cpu")
    # Word vectors stay as they are: the corpus holds a third of them, and the others must stay comparable.
    network.encoder.words.weight.requires_grad_(False)
    for layer in list(network.encoder.layers)[: settings.frozen_layers]:
        layer.requires_grad_(False)
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(settings.averaging))
    optimiser = torch.optim.AdamW(_groups(network, settings), weight_decay=settings.weight_decay)
    steps = settings.epochs * sum(1 for _ in batches(examples, tokenizer, settings.seed, settings.batch_pieces))
    warm = max(1, int(steps * settings.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda n: n / warm if n < warm else 0.5 * (1 + math.cos(math.pi * min(1.0, (n - warm) / max(1, steps - warm)))),
    )
    teachers = [teacher.to(network.tag.weight.device).eval().requires_grad_(False) for teacher in teachers]
    parts: dict[str, Any] = {"network": network, "averaged": averaged, "optimiser": optimiser, "schedule": schedule}
    begin = _resume(folder / "checkpoint.pt", parts)
    for epoch in range(begin, settings.epochs):
        started, seen, sums = time.monotonic(), 0, dict.fromkeys(("tag", "argument"), 0.0)
        network.train()
        # Seeded anew, so that a run that goes on after a kill is the run that was not killed.
        torch.manual_seed(settings.seed + epoch)
        chance = random.Random(settings.seed + epoch)
        for batch in batches(examples, tokenizer, settings.seed + epoch, settings.batch_pieces):
            losses = loss_of(network, batch, tokenizer.padding_id, settings, chance, teachers)
            optimiser.zero_grad()
            losses["all"].backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            averaged.update_parameters(network)
            seen += 1
            for name in sums:
                sums[name] += float(losses[name].detach())
        line: dict[str, float] = {"epoch": epoch, "seconds": round(time.monotonic() - started), "batches": seen}
        line |= {name: round(total / max(1, seen), 4) for name, total in sums.items()}
        with (folder / "curve.jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(line | {"settings": asdict(settings)}) + "\n")
        torch.save(
            {"epoch": epoch + 1} | {name: part.state_dict() for name, part in parts.items()}, folder / "checkpoint.tmp"
        )
        (folder / "checkpoint.tmp").replace(folder / "checkpoint.pt")
    trained = averaged.module.cpu()
    assert isinstance(trained, AttributionNetwork)
    return trained


def load_teacher(encoder: Path, folder: Path) -> AttributionNetwork:
    """The network that `fit` left in `folder` (averaged weights) on the encoder that it started from.

    Raises InputError where there is none, or where it was trained on another encoder.
    """
    network = AttributionNetwork(*pretrained_encoder(encoder))
    path = folder / "checkpoint.pt"
    try:
        state = torch.load(path, weights_only=True, map_location="cpu")["averaged"]
        network.load_state_dict({n.removeprefix("module."): v for n, v in state.items() if n.startswith("module.")})
    except FileNotFoundError:
        raise InputError(f"{path}: no such checkpoint. Train the teacher first, with --work {folder}") from None
    except RuntimeError as error:
        raise InputError(f"{path}: not trained on the encoder in {encoder}: {str(error).splitlines()[0]}") from None
    return network


def _groups(network: AttributionNetwork, settings: Settings) -> list[dict[str, Any]]:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    return [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]


def _resume(path: Path, parts: dict[str, Any]) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True, map_location="cpu")  # a run may go on on another machine
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return int(state["epoch"])
