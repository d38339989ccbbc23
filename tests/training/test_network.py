"""The network reads published weights as their makers do."""

import json
from pathlib import Path

import torch

from annotator.training.network import pretrained_encoder, relative_buckets


def test_mpnet_reads_the_pieces_of_bert_as_its_own(mpnet: Path) -> None:
    encoder, size = pretrained_encoder(mpnet)
    assert size == json.loads((mpnet / "config.json").read_text())["hidden_size"]
    vocabulary = (mpnet / "vocab.txt").read_text().split("\n")
    bert = vocabulary[4:]
    for theirs, ours in {"said": "said", "##s": "##s", "[UNK]": "[UNK]", "[CLS]": "<s>", "[SEP]": "</s>"}.items():
        assert vocabulary[int(encoder.own_id[bert.index(theirs)])] == ours


def test_distances_are_exact_when_near_and_share_buckets_when_far() -> None:
    offsets = torch.tensor([-200, -9, -8, -1, 0, 1, 7, 8, 200])
    assert relative_buckets(offsets, 32).tolist() == [15, 8, 8, 1, 0, 17, 23, 24, 31]
