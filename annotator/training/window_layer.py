"""The form of one layer of spaCy's window encoder, as `annotator/language/vectors.py` runs it: no weights are in it.

    python -m annotator.training.window_layer annotator/language/window_layer.onnx

The layer gives each row, which is a word, itself and its neighbours (zeros where there are none), multiplies them
with its weights, takes the greatest of three pieces for each output, normalises and adds the row to what came out.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from annotator.language.vectors import PIECES, WIDTH

OPSET, IR_VERSION = 18, 8  # the oldest that have these operators: any onnxruntime that the package admits reads them
EPSILON = 1e-8  # thinc's, in the root of the variance


def window_layer() -> onnx.ModelProto:
    """The layer as a graph whose weights are inputs."""
    nodes = [
        helper.make_node("Concat", ["none", "x"], ["from_before"], axis=0),
        helper.make_node("Slice", ["from_before", "first", "last", "rows"], ["before"]),
        helper.make_node("Concat", ["x", "none"], ["to_behind"], axis=0),
        helper.make_node("Slice", ["to_behind", "second", "end", "rows"], ["behind"]),
        helper.make_node("Concat", ["before", "x", "behind"], ["window"], axis=1),
        helper.make_node("Gemm", ["window", "weights", "bias"], ["product"]),
        helper.make_node("Split", ["product"], ["a", "b", "c"], axis=1, num_outputs=PIECES),
        helper.make_node("Max", ["a", "b", "c"], ["greatest"]),
        helper.make_node("LayerNormalization", ["greatest", "scale", "shift"], ["normal"], axis=-1, epsilon=EPSILON),
        helper.make_node("Add", ["normal", "x"], ["y"]),
    ]
    shapes: dict[str, list[str | int | None]] = {
        "x": ["words", WIDTH],
        "weights": [3 * WIDTH, PIECES * WIDTH],
        "bias": [PIECES * WIDTH],
        "scale": [WIDTH],
        "shift": [WIDTH],
        "y": ["words", WIDTH],
    }
    *inputs, output = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items())
    places = {"first": 0, "last": -1, "second": 1, "end": np.iinfo(np.int64).max, "rows": 0}
    constants = [onnx.numpy_helper.from_array(np.array([at], np.int64), name) for name, at in places.items()]
    constants.append(onnx.numpy_helper.from_array(np.zeros((1, WIDTH), np.float32), "none"))
    graph = helper.make_graph(nodes, "window_layer", inputs, [output], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)


def main(path: str) -> None:
    """Write the form."""
    model = window_layer()
    onnx.checker.check_model(model, full_check=True)
    Path(path).write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(sys.argv[1])
