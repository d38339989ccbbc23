"""What a training run depends on besides the corpus; a module of its own because losses and loop both read it."""

from dataclasses import dataclass


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
    layers: int | None = None  # only so many of the encoder's lowest layers (Sajjad et al., CSL 2023); None: all
    teacher_share: float = 0.5  # of the loss, where there are teachers and the corpus says something too
    averaging: float = 0.995  # of the weights over the last steps: what is exported
    half_precision: bool | None = None  # bf16; None: where it pays, on GPUs and processors that multiply in it


# A larger network has fewer epochs and smaller steps; its lowest layers know what they need to.
TEACHER = Settings(epochs=2, batch_pieces=1792, encoder_rate=1e-4, warm_up=0.08, frozen_layers=3, averaging=0.99)
