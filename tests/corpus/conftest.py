"""Runs of these tests use `tests.stub`, an annotator that needs no model and does what an article's words tell it."""

from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from annotator.corpus.worker import Worker
from tests.corpus.news import ROOT


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("ANNOTATOR_RUN_READER", "tests.stub:outcomes")
    monkeypatch.setenv("STUB_FOLDER", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def no_clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A worker's time is up when its process says that it hangs, and never because the machine is busy."""

    def is_answered(self: Worker, line: Connection, seconds: float) -> bool:
        assert self._process is not None
        hangs = tmp_path / f"hangs-{self._process.pid}"
        while not line.poll(0.02):
            if hangs.exists():
                return False
        return True

    monkeypatch.setattr(Worker, "_is_answered", is_answered)
