"""A network learns from the corpus and from what teachers say."""

import random
from pathlib import Path

import pytest
import torch

from annotator.extraction.pieces import TAGS
from annotator.training.corpus import IGNORED, Targets
from annotator.training.losses import loss_of
from annotator.training.network import AttributionNetwork, pretrained_encoder
from annotator.training.settings import Settings


def test_several_teachers_are_learned_by_their_mean(mpnet: Path) -> None:
    torch.manual_seed(1)
    network, *teachers = (AttributionNetwork(*pretrained_encoder(mpnet)).eval() for _ in range(3))
    batch = [Targets([101, 2016, 2056], [IGNORED] * 3)]

    def loss(taught_by: list[AttributionNetwork]) -> float:
        return float(loss_of(network, batch, 0, Settings(), random.Random(0), taught_by)["tag"])

    # Cross entropy is linear in what is to be learned.
    assert loss(teachers) == pytest.approx((loss(teachers[:1]) + loss(teachers[1:])) / 2, rel=1e-5)


def test_a_teacher_that_takes_the_start_mark_for_a_cue_is_not_asked_about_it(encoder: Path) -> None:
    network, teacher = (AttributionNetwork(*pretrained_encoder(encoder)).eval() for _ in range(2))
    with torch.no_grad():
        teacher.tag.bias[TAGS.index("B-cue")] = 100
    batch = [Targets([101, 2016, 2056], [IGNORED] * 3)]
    losses = loss_of(network, batch, 0, Settings(), random.Random(0), [teacher])
    assert all(loss.isfinite() for loss in losses.values())
