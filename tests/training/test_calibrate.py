"""Confidence follows what is right."""

from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.extraction.extractor import Extractor
from annotator.pipeline import MODEL_FOLDER
from annotator.training.augment import Example
from annotator.training.calibrate import calibrated
from annotator.training.export import export
from annotator.training.network import AttributionNetwork, pretrained_encoder
from tests.training.pier import TEXT, example


def test_calibration_of_the_shipped_model_follows_what_is_right() -> None:
    """With gold that calls every other attribution wrong, nobody can be sure of any."""
    extractor = Extractor(MODEL_FOLDER)
    right = [example(f"right-{n}") for n in range(10)]
    wrong = [Example(f"wrong-{n}", TEXT, []) for n in range(10)]
    calibration, _ = calibrated(extractor, [*right, *wrong])
    confidence = [
        calibration.attribution_right(e.evidence) for e in extractor.extract(TEXT, [(0, len(TEXT))]) if e.evidence
    ]
    assert confidence
    assert all(0.35 < one < 0.65 for one in confidence)


def test_a_model_that_finds_nothing_cannot_be_calibrated(encoder: Path, tmp_path: Path) -> None:
    export(AttributionNetwork(*pretrained_encoder(encoder)), encoder / "tokenizer.json", tmp_path)
    with pytest.raises(InputError, match="Train longer"):
        calibrated(Extractor(tmp_path), [Example("empty", TEXT, [])])
