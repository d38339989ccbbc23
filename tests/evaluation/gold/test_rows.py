"""JSON and JSON Lines are read, plain and gzipped, and what is neither says so."""

from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.evaluation import read_gold
from tests.evaluation.gold.bridge import attribution_row, write_rows


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "dev.jsonl", attribution_row())
    path.write_bytes(path.read_bytes() + b"{oops\n")
    with pytest.raises(InputError, match=r"dev\.jsonl, line 2: not JSON"):
        read_gold([path])


@pytest.mark.parametrize("data", [b"\x1f\x8bbroken", b"\xff\xfe\x00"])
def test_bytes_that_are_no_text_are_an_input_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bytes.json"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"bytes\.json: cannot be read as gold"):
        read_gold([path])
