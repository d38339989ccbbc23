"""From a trained network to the shipped files: two int8 ONNX models, the tokenizer, and how to read confidence."""

import json
import logging
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from annotator.extraction.entities import LAYERS
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
    write_network(network, (ids,), FIRST_PASS, folder / "model.onnx", quantised)
    show_layers(folder / "model.onnx")
    write_network(network.arguments, around, SECOND_PASS, folder / "arguments.onnx", quantised)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    write_calibration(Calibration(), folder)


def show_layers(path: Path) -> None:
    """Make the layers that the entity head reads outputs of the first pass; what it computes stays the same."""
    model = onnx.load(path)
    made = {name for node in model.graph.node for name in node.output}
    for layer in LAYERS:
        inner = f"/encoder/layers.{int(layer.removeprefix('layer_')) - 1}/outer_norm/LayerNormalization_output_0"
        if inner in made and layer not in made:
            model.graph.node.append(onnx.helper.make_node("Identity", [inner], [layer]))
            shape = ["batch", "length", None]
            model.graph.output.append(onnx.helper.make_tensor_value_info(layer, onnx.TensorProto.FLOAT, shape))
    onnx.save(model, path)


def write_calibration(calibration: Calibration, folder: Path) -> None:
    text = json.dumps(asdict(calibration), indent=1)
    (folder / "calibration.json").write_text(text + "\n", encoding="utf-8")


def write_network(
    network: nn.Module,
    example: tuple[Tensor, ...],
    names: tuple[tuple[str, ...], tuple[str, ...]],
    path: Path,
    quantised: bool,
) -> None:
    """Write a network as ONNX with the given names of inputs and outputs, all of them `[batch, length, ...]`."""
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
