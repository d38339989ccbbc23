"""What was trained becomes the shipped files."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from annotator.extraction.extractor import Calibration, Extractor
from annotator.training.export import export, write_calibration
from annotator.training.network import AttributionNetwork, pretrained_encoder
from tests.training.pier import TEXT


def test_exported_network_says_what_the_trained_one_says(encoder: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = AttributionNetwork(*pretrained_encoder(encoder)).eval()
    export(network, encoder / "tokenizer.json", tmp_path, quantised=False)
    extractor = Extractor(tmp_path)
    ids = torch.randint(1000, 20000, (1, 40))
    padded = torch.cat([ids, torch.full((1, 8), 0)], dim=1)  # as in training, where rows are of unequal length
    present = padded != 0
    with torch.inference_mode():
        tags, states = (x[:, :40] for x in network(padded, present))
        bucket = torch.randint(0, 40, (1, 48))
        in_cue = torch.zeros_like(present)
        in_cue[:, 3:5] = True
        around = [functional.pad(x, (0, 0, 0, 8)) for x in (states, tags.softmax(-1))]
        scores = network.arguments(*around, bucket, in_cue, present)[:, :40]
    first = extractor._first_pass.run(None, {"ids": ids.numpy()})
    given = {"states": states, "tags": tags.softmax(-1), "bucket": bucket[:, :40], "in_cue": in_cue[:, :40]}
    (second,) = extractor._second_pass.run(None, {name: value.numpy() for name, value in given.items()})
    np.testing.assert_allclose(first[0], tags.numpy(), atol=1e-4)
    np.testing.assert_allclose(first[1], states.numpy(), atol=1e-4)
    np.testing.assert_allclose(second, scores.numpy(), atol=1e-4)


def test_quantised_export_loads_and_its_calibration_is_read(encoder: Path, tmp_path: Path) -> None:
    export(AttributionNetwork(*pretrained_encoder(encoder)), encoder / "tokenizer.json", tmp_path)
    write_calibration(Calibration(attribution=(0.5, 1.0, 2.0, 3.0)), tmp_path)
    extractor = Extractor(tmp_path)
    assert list(extractor._calibration.attribution) == [0.5, 1.0, 2.0, 3.0]
    assert isinstance(extractor.extract(TEXT, [(0, len(TEXT))]), list)
