"""The package that is installed has all that lies in its folder."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_file_that_is_no_module_is_package_data() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]
    package = ROOT / "annotator"
    packed = {path for pattern in patterns["annotator"] for path in package.glob(pattern) if path.is_file()}
    there = {path for path in package.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    assert packed == there
