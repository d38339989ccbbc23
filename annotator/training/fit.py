"""The training loop: reproducible from a seed, resumable from its checkpoint, with a curve as JSON lines."""

import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from annotator.pieces import PieceTokenizer
from annotator.training.corpus import IGNORED, Example, Targets, targets_of
from annotator.training.network import AttributionNetwork, pointer_loss, pretrained_encoder


@dataclass(frozen=True)
class Settings:
    """What a training run depends on besides the corpus; the defaults made the shipped weights."""

    seed: int = 7
    epochs: int = 6
    batch_pieces: int = 3584  # pieces a batch, padding included
    encoder_rate: float = 3e-4
    head_rate: float = 1.5e-3  # pointing is learned later than tagging
    warm_up: float = 0.06
    weight_decay: float = 0.01
    link_weight: float = 0.5


def batches(examples: list[Example], tokenizer: PieceTokenizer, seed: int, size: int) -> Iterator[list[Targets]]:
    """One epoch: windows of equal length together, batches in random order."""
    chance = random.Random(seed)
    windows = [w for example in examples for w in targets_of(example, tokenizer, chance)]
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


def loss_of(network: AttributionNetwork, batch: list[Targets], padding: int, link_weight: float) -> dict[str, Tensor]:
    ids = padded([w.ids for w in batch], padding)
    present = ids != padding
    with torch.autocast("cpu", torch.bfloat16):
        tag, content_query, cue_key, cue_query, source_key = network(ids, present)
    tags = padded([w.tags for w in batch], IGNORED)
    losses = {
        "tag": functional.cross_entropy(tag.float().transpose(1, 2), tags, ignore_index=IGNORED),
        "cue": pointer_loss(
            content_query, cue_key, network.cue_distance, present, padded([w.cue_of for w in batch], IGNORED)
        ),
        "source": pointer_loss(
            cue_query, source_key, network.source_distance, present, padded([w.source_of for w in batch], IGNORED)
        ),
    }
    losses["all"] = losses["tag"] + link_weight * (losses["cue"] + losses["source"])
    return losses


def fit(examples: list[Example], encoder: Path, folder: Path, settings: Settings | None = None) -> AttributionNetwork:
    """Train and return the network; `folder` takes the curve and a checkpoint an epoch, and resumes from it."""
    settings = settings or Settings()
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    tokenizer = PieceTokenizer(encoder / "tokenizer.json")
    network = AttributionNetwork(*pretrained_encoder(encoder))
    # Word vectors stay as they are: the corpus holds a third of them, and the others must stay comparable.
    network.encoder.words.weight.requires_grad_(False)
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": settings.encoder_rate},
            {
                "params": [p for n, p in network.named_parameters() if not n.startswith("encoder.")],
                "lr": settings.head_rate,
            },
        ],
        weight_decay=settings.weight_decay,
    )
    steps = settings.epochs * sum(1 for _ in batches(examples, tokenizer, settings.seed, settings.batch_pieces))
    warm = max(1, int(steps * settings.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda n: n / warm if n < warm else 0.5 * (1 + math.cos(math.pi * min(1.0, (n - warm) / max(1, steps - warm)))),
    )
    begin = _resume(folder / "checkpoint.pt", network, optimiser, schedule)
    for epoch in range(begin, settings.epochs):
        started, seen, sums = time.monotonic(), 0, dict.fromkeys(("tag", "cue", "source"), 0.0)
        network.train()
        for batch in batches(examples, tokenizer, settings.seed + epoch, settings.batch_pieces):
            losses = loss_of(network, batch, tokenizer.padding_id, settings.link_weight)
            optimiser.zero_grad()
            losses["all"].backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            seen += 1
            for name in sums:
                sums[name] += float(losses[name].detach())
        line: dict[str, float] = {"epoch": epoch, "seconds": round(time.monotonic() - started), "batches": seen}
        line |= {name: round(total / max(1, seen), 4) for name, total in sums.items()}
        with (folder / "curve.jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(line | {"settings": asdict(settings)}) + "\n")
        state = {
            "epoch": epoch + 1,
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
        }
        torch.save(state, folder / "checkpoint.tmp")
        (folder / "checkpoint.tmp").replace(folder / "checkpoint.pt")
    return network


def _resume(path, network, optimiser, schedule) -> int:  # type: ignore[no-untyped-def]
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epoch"])
