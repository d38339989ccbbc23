"""An article to give to the commands."""

from pathlib import Path

import pytest

NEWS = "The bridge is safe, the mayor of Elsund said on Monday. It was closed for a week in March."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path
