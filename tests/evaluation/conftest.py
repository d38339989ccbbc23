"""What the tests of evaluation share."""

from pathlib import Path

import pytest

from tests.evaluation import harbour


@pytest.fixture
def claim_gold(tmp_path: Path) -> Path:
    """Claim gold of the harbour: three claims, one right, one with another source than the record's, one missed."""
    return harbour.claim_gold(tmp_path)
