"""From a trained network to the shipped files: two int8 ONNX models, the tokenizer, and how to read confidence."""

import json
import logging
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from annotator.extraction.extractor import Calibration
from annotator.extraction.pieces import TAGS
from annotator.training.network import STATE_SIZE, AttributionNetwork

FIRST_PASS = (("ids",), ("tags", "states"))
SECOND_PASS = (("states", "tags", "bucket", "in_cue"), ("scores",))


def export(network: AttributionNetwork, tokenizer: Path, folder: Path, *, quantised: bool = True) -> None:
    """Write `model.onnx` and `arguments.onnx` (dynamic int8, per channel), `tokenizer.json` and `calibration.json`.

    The calibration is that of a model which nobody has looked at yet; `calibrate` fits it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    ids, places = torch.ones((2, 16), dtype=torch.int64), torch.ones((2, 16), dtype=torch.int64)
    around = (torch.ones((2, 16, STATE_SIZE)), torch.ones((2, 16, len(TAGS))), places, places.bool())
    _write(network, (ids,), FIRST_PASS, folder / "model.onnx", quantised)
    _write(network.arguments, around, SECOND_PASS, folder / "arguments.onnx", quantised)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    write_calibration(Calibration(), folder)


def write_calibration(calibration: Calibration, folder: Path) -> None:
    text = json.dumps(asdict(calibration), indent=1)
    (folder / "calibration.json").write_text(text + "\n", encoding="utf-8")


def _write(
    network: nn.Module,
    example: tuple[Tensor, ...],
    names: tuple[tuple[str, ...], tuple[str, ...]],
    path: Path,
    quantised: bool,
) -> None:
    inputs, outputs = names
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            network,
            example,
            str(plain),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {0: "batch", 1: "length"} for name in (*inputs, *outputs)},
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        if not quantised:
            shutil.copyfile(plain, path)
            return
        logging.getLogger().setLevel(logging.ERROR)
        # reduce_range keeps the result right on processors without VNNI; it costs nothing where VNNI exists.
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
