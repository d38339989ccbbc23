"""Runs of these tests use `tests.stub`, an annotator that needs no model and does what an article's words tell it."""

import pytest

from tests.corpus.news import ROOT


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
