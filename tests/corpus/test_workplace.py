"""The folder of a run: one run at a time, and other people's files stay."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.corpus import run, workplace
from annotator.errors import RunError
from annotator.storage import Folder
from tests.corpus.news import SMALL, contents, news

pq = pytest.importorskip("pyarrow.parquet")


def test_starting_anew_leaves_other_files_alone(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 5)
    run([path], tmp_path / "run", SMALL)
    (tmp_path / "run" / "notes.txt").write_text("mine", encoding="utf-8")
    run([path], tmp_path / "run", replace(SMALL, records=False), fresh=True)
    assert (tmp_path / "run" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "run" / "records").exists()


def test_two_runs_cannot_work_in_one_folder(tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "run").mkdir()
    with (tmp_path / "run" / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(RunError, match="another run is at work there"):
            run([news(tmp_path / "news.jsonl", 1)], tmp_path / "run", SMALL)


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("name", ["articles/holm.txt", "sources/holm.txt", "manifest.json"])
@pytest.mark.parametrize("text", ['{"name": "mine"}', "[mine"])
def test_what_lies_in_the_folder_under_a_name_of_the_runs_and_is_of_no_run_stays(
    tmp_path: Path, name: str, text: str, fresh: bool
) -> None:
    mine = tmp_path / "here" / name
    mine.parent.mkdir(parents=True)
    mine.write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"is of no run\. Choose another folder"):
        run([news(tmp_path / "news.jsonl", 1)], tmp_path / "here", SMALL, fresh=fresh)
    assert mine.read_text(encoding="utf-8") == text


def test_a_run_in_its_own_input_folder_goes_on_and_does_not_read_itself(tmp_path: Path) -> None:
    news(tmp_path / "news.jsonl", 5)
    first = run([tmp_path], tmp_path / "run", SMALL)
    assert run([tmp_path], tmp_path / "run", SMALL) == first


def test_a_run_that_was_cleared_in_part_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = news(tmp_path / "news.jsonl", 10)
    run([path], tmp_path / "run", SMALL)
    whole = contents(tmp_path / "run")
    for removals in range(len(workplace.FOLDERS)):
        with monkeypatch.context() as patched:
            patched.setattr(Folder, "remove", interrupted_after(removals))
            with pytest.raises(KeyboardInterrupt):
                run([path], tmp_path / "run", SMALL, fresh=True)
        run([path], tmp_path / "run", SMALL)
        assert contents(tmp_path / "run") == whole


def interrupted_after(removals: int) -> Callable[[Folder, str], None]:
    """`Folder.remove`, until it was called so many times."""
    left, remove = iter(range(removals)), Folder.remove

    def interrupted(folder: Folder, name: str) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        remove(folder, name)

    return interrupted
