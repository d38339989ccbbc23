#!/usr/bin/env bash
# onnxruntime 1.32.0, seen 2026-11-27
# Expected: rows of a batch are independent. The scores of a claim are the same alone and with others in the batch, after
#   dynamic int8 quantisation as before.
# What happens: dynamic quantisation takes one scale for the whole batch from its largest values. A claim is scored
#   otherwise when an outlier is beside it, far beyond rounding, so that results depend on what articles are read together.
# What to do: let no two articles share a batch, or quantise statically, where results must be repeatable.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2
venv/bin/python - <<'EOF'
import logging
import sys

import numpy
import onnxruntime
from onnx import TensorProto, helper, numpy_helper, save
from onnxruntime.quantization import QuantType, quantize_dynamic

logging.disable(logging.WARNING)  # advice of the quantiser
random = numpy.random.default_rng(7)
weights = random.normal(size=(16, 2)).astype(numpy.float32)
claim = random.normal(size=(1, 16)).astype(numpy.float32)
outlier = 8 * random.normal(size=(1, 16)).astype(numpy.float32)
graph = helper.make_graph(
    [helper.make_node("MatMul", ["x", "w"], ["y"])],
    "scores",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 16])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 2])],
    [numpy_helper.from_array(weights, "w")],
)
save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), "float.onnx")
quantize_dynamic("float.onnx", "int8.onnx", weight_type=QuantType.QInt8)


def scores(path, *rows):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": numpy.vstack(rows)})[0][0]


print("onnxruntime", onnxruntime.__version__)
moved = {}
for path in ("float.onnx", "int8.onnx"):
    alone, twice, beside = scores(path, claim), scores(path, claim, claim), scores(path, claim, outlier)
    moved[path] = [float(abs(alone - other).max()) for other in (twice, beside)]
    print(f"{path:10} alone {alone}, beside itself {twice}, beside an outlier {beside}")
as_described = max(*moved["float.onnx"], moved["int8.onnx"][0]) < 1e-4 and moved["int8.onnx"][1] > 0.05
sys.exit(not as_described)
EOF
