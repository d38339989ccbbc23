"""The training loop: reproducible from a seed, resumable from its checkpoint, with a curve as JSON lines."""

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from annotator.errors import InputError
from annotator.extraction.pieces import PieceTokenizer
from annotator.training.augment import Example
from annotator.training.batching import batches
from annotator.training.corpus import Targets
from annotator.training.losses import loss_of
from annotator.training.network import AttributionNetwork, pretrained_encoder, tokenizer_of
from annotator.training.settings import TEACHER, Settings

__all__ = ["TEACHER", "Settings", "fit", "load_teacher"]


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
    settings = _with_precision(settings or Settings())
    folder.mkdir(parents=True, exist_ok=True)
    training = _Training(examples, encoder, settings, teachers)
    for epoch in range(training.resume(folder / "checkpoint.pt"), settings.epochs):
        line = training.epoch(epoch)
        with (folder / "curve.jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(line | {"settings": asdict(settings)}) + "\n")
        training.save(folder / "checkpoint.pt", epoch + 1)
    return training.trained()


def _with_precision(settings: Settings) -> Settings:
    """Half precision where it pays, unless the settings say."""
    if settings.half_precision is not None:
        return settings
    processor = torch.cpu.get_capabilities()
    fast = torch.cuda.is_available() or processor.get("amx_bf16") or processor.get("avx512_bf16")
    return replace(settings, half_precision=bool(fast))


class _Training:
    """One run: the network, the moving average of its weights, optimiser and schedule, which a checkpoint keeps."""

    def __init__(
        self, examples: list[Example], encoder: Path, settings: Settings, teachers: Sequence[AttributionNetwork]
    ) -> None:
        self.examples, self.settings = examples, settings
        torch.manual_seed(settings.seed)
        self.tokenizer = PieceTokenizer(tokenizer_of(encoder))
        # cuDNN would plan its attention anew for every length of window: a step took twice as long with it.
        torch.backends.cuda.enable_cudnn_sdp(False)
        self.network = _network(encoder, settings)
        self.averaged = AveragedModel(self.network, multi_avg_fn=get_ema_multi_avg_fn(settings.averaging))
        self.optimiser = torch.optim.AdamW(_groups(self.network, settings), weight_decay=settings.weight_decay)
        steps = settings.epochs * sum(1 for _ in self._batches(0))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, _rate(steps, settings.warm_up))
        device = self.network.tag.weight.device
        self.teachers = [teacher.to(device).eval().requires_grad_(False) for teacher in teachers]

    def epoch(self, number: int) -> dict[str, float]:
        """Learn from every example once; gives the line of the curve: seconds, batches and mean losses."""
        started, seen, sums = time.monotonic(), 0, dict.fromkeys(("tag", "argument"), 0.0)
        self.network.train()
        # Seeded anew, so that a run that goes on after a kill is the run that was not killed.
        torch.manual_seed(self.settings.seed + number)
        chance = random.Random(self.settings.seed + number)
        for batch in self._batches(number):
            seen += 1
            for name, loss in self._step(batch, chance).items():
                sums[name] += loss
        line: dict[str, float] = {"epoch": number, "seconds": round(time.monotonic() - started), "batches": seen}
        return line | {name: round(total / max(1, seen), 4) for name, total in sums.items()}

    def _batches(self, epoch: int) -> Iterator[list[Targets]]:
        seed = self.settings.seed + epoch
        return batches(self.examples, self.tokenizer, seed, self.settings.batch_pieces)

    def _step(self, batch: list[Targets], chance: random.Random) -> dict[str, float]:
        """Learn from one batch; gives the losses of both passes."""
        losses = loss_of(self.network, batch, self.tokenizer.padding_id, self.settings, chance, self.teachers)
        self.optimiser.zero_grad()
        losses["all"].backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.averaged.update_parameters(self.network)
        return {name: float(losses[name].detach()) for name in ("tag", "argument")}

    @property
    def _kept(self) -> dict[str, Any]:
        """What a checkpoint has, by its name there."""
        names = ("network", "averaged", "optimiser", "schedule")
        return {name: getattr(self, name) for name in names}

    def resume(self, path: Path) -> int:
        """Go on from a checkpoint, where there is one; gives the epoch to begin with."""
        if not path.exists():
            return 0
        state = torch.load(path, weights_only=True, map_location="cpu")  # a run may go on on another machine
        for name, part in self._kept.items():
            part.load_state_dict(state[name])
        return int(state["epoch"])

    def save(self, path: Path, epoch: int) -> None:
        """Write a checkpoint that goes on with `epoch`; a kill while it is written leaves the one before."""
        state = {name: part.state_dict() for name, part in self._kept.items()}
        torch.save({"epoch": epoch} | state, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def trained(self) -> AttributionNetwork:
        """The network with its averaged weights, on the processor."""
        network = self.averaged.module.cpu()
        assert isinstance(network, AttributionNetwork)
        return network


def _network(encoder: Path, settings: Settings) -> AttributionNetwork:
    """The network to train, on the GPU where there is one; word vectors and the frozen layers stay as they are."""
    network = AttributionNetwork(*pretrained_encoder(encoder, layers=settings.layers))
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    # The corpus holds a third of the words, and the others must stay comparable.
    network.encoder.words.weight.requires_grad_(False)
    for layer in list(network.encoder.layers)[: settings.frozen_layers]:
        layer.requires_grad_(False)
    return network


def _groups(network: AttributionNetwork, settings: Settings) -> list[dict[str, Any]]:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    return [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]


def _rate(steps: int, warm_up: float) -> Callable[[int], float]:
    """The learning rate's share by step: a straight way up, then a half cosine down to nothing."""
    warm = max(1, int(steps * warm_up))

    def share(n: int) -> float:
        if n < warm:
            return n / warm
        return 0.5 * (1 + math.cos(math.pi * min(1.0, (n - warm) / max(1, steps - warm))))

    return share


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
