"""The form that is shipped is the one that the script writes."""

from pathlib import Path

from annotator.language.vectors import LAYER
from annotator.training.window_layer import main


def test_the_shipped_form_is_the_one_that_is_written(tmp_path: Path) -> None:
    main(str(tmp_path / "layer.onnx"))
    assert (tmp_path / "layer.onnx").read_bytes() == LAYER.read_bytes()
