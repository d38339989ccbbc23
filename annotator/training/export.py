"""From a trained network to the shipped files: an int8 ONNX model, its tokenizer and the settings of its heads."""

import json
import logging
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from annotator.training.network import BUCKET_EDGES, AttributionNetwork

OUTPUTS = ("tags", "content_query", "cue_key", "cue_query", "source_key")


def export(network: AttributionNetwork, tokenizer: Path, folder: Path) -> Path:
    """Write `model.onnx` (dynamic int8, per channel), `tokenizer.json` and `heads.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    ids = torch.ones((2, 16), dtype=torch.int64)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            network,
            (ids, ids.bool()),
            str(plain),
            input_names=["ids", "present"],
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "batch", 1: "length"} for name in ("ids", "present", *OUTPUTS)},
            opset_version=17,
            dynamo=False,
        )
        logging.getLogger().setLevel(logging.ERROR)
        # reduce_range keeps the result right on processors without VNNI; it costs nothing where VNNI exists.
        quantize_dynamic(plain, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    heads = {
        "bucket_edges": BUCKET_EDGES,
        "cue_distance": [round(x, 5) for x in network.cue_distance.tolist()],
        "source_distance": [round(x, 5) for x in network.source_distance.tolist()],
    }
    (folder / "heads.json").write_text(json.dumps(heads, indent=1) + "\n", encoding="utf-8")
    return folder / "model.onnx"
