"""The second pass learns from cues and from what only looks like one."""

import random

import torch

from annotator.extraction.pieces import TAGS
from annotator.training.batching import cues_to_learn
from annotator.training.corpus import IGNORED, CueTarget, Targets


def test_false_cue_is_learned_as_a_cue_without_arguments() -> None:
    cue, begin, outside = TAGS.index("B-cue"), TAGS.index("B-source"), 0
    gold = CueTarget(2, 3, {1: 1})
    window = Targets(ids=[101, 5, 6, 7, 8], tags=[IGNORED, begin, cue, outside, outside], cues=[gold])
    found = torch.tensor([[0, begin, cue, 0, cue]])
    assert cues_to_learn([window], found, random.Random(0)) == [(0, gold), (0, CueTarget(4, 5, {}))]
