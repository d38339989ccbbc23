"""Only the same run goes on: what has changed is noticed and said."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.corpus import run
from annotator.corpus.settings import Wish
from annotator.corpus.worker import Worker
from annotator.errors import RunError
from annotator.language.lexicon import Lexicon
from tests.corpus.news import SMALL, news

pq = pytest.importorskip("pyarrow.parquet")


def test_a_changed_input_is_noticed_and_said(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 10)
    run([path], tmp_path / "run", SMALL)
    news(path, 11)
    with pytest.raises(RunError, match=r"run: holds a run .* the input .*news\.jsonl has changed.* --fresh"):
        run([path], tmp_path / "run", SMALL)
    assert run([path], tmp_path / "run", SMALL, fresh=True).articles == 11


def test_another_setting_version_or_input_is_noticed_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = news(tmp_path / "news.jsonl", 5)
    run([path], tmp_path / "run", SMALL)
    with pytest.raises(RunError, match=r"settings\.given\.publisher was None and is 'Babel'"):
        run([path], tmp_path / "run", replace(SMALL, given={"publisher": "Babel"}))
    with pytest.raises(RunError, match=r"the input .*more\.jsonl is new"):
        run([path, news(tmp_path / "more.jsonl", 5)], tmp_path / "run", SMALL)
    monkeypatch.setenv("STUB_VERSION", "2")
    with pytest.raises(RunError, match=r"tool\.version was '1' and is '2'"):
        run([path], tmp_path / "run", SMALL)


def test_a_run_follows_from_the_users_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNOTATOR_RUN_ANNOTATOR")
    mine = Lexicon({"outlets": "Harbour Gazette"})
    with Worker(Wish(lexicon=mine.texts)) as worker:
        assert worker.describe()["tool"]["lexicon"] == mine.version()


def test_an_input_that_cannot_be_read_is_one_line_of_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = news(tmp_path / "good.jsonl", 3), news(tmp_path / "bad.jsonl", 3)

    def opened(path: Path, *mode: Any, original: Any = Path.open, **how: Any) -> Any:
        if path == bad:
            raise PermissionError(13, "Permission denied")
        return original(path, *mode, **how)

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.setenv("STUB_DENIED", str(bad))
    summary = run([good, bad], tmp_path / "run", SMALL)
    assert (summary.articles, summary.failures) == (3, 1)
    assert run([good, bad], tmp_path / "run", SMALL) == summary
