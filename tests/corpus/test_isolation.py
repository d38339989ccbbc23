"""A data folder is data: what lies in the folder that a run is started in, or reads, is never run."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.news import ARTICLE, ROOT

COMMAND = "import sys; from annotator.cli import app; app(sys.argv[1:])"
# Modules that a worker, the pipeline or Ray's processes import, one of ours, and those that Python itself looks for.
NAMES = ("tokenizers", "numpy", "spacy", "pyarrow", "lxml", "json", "sitecustomize", "annotator", "start")


def folder_of_traps(folder: Path) -> Path:
    """A folder with modules that each leave a file beside it when they are imported, and an article."""
    folder.mkdir()
    for name in NAMES:
        trap = f"import pathlib; pathlib.Path({str(folder.parent)!r}, 'ran-{name}').touch(); raise ImportError\n"
        (folder / f"{name}.py").write_text(trap, encoding="utf-8")
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(trap, encoding="utf-8")
    (folder / "article.txt").write_bytes(ARTICLE.read_bytes())
    return folder


def ran(folder: Path) -> set[str]:
    return {path.name for path in folder.parent.glob("ran-*")}


def test_a_trap_would_be_seen(tmp_path: Path) -> None:
    folder = folder_of_traps(tmp_path / "news")
    subprocess.run([sys.executable, "-c", "import tokenizers"], cwd=folder, capture_output=True)
    assert ran(folder) == {"ran-tokenizers"}


@pytest.mark.parametrize("engine", [pytest.param("local", id="processes"), pytest.param("ray", id="ray")])
def test_nothing_of_the_current_folder_or_the_input_is_run(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "ray":
        pytest.importorskip("ray.data")
    else:
        monkeypatch.delenv("ANNOTATOR_RUN_ANNOTATOR")  # the model too
    folder = folder_of_traps(tmp_path / "news")
    arguments = ["annotate", str(folder), "-o", str(tmp_path / "run"), "--run", "--engine", engine]
    # -P is what an installed command has: it lies beside Python and has no current folder on its path.
    ended = subprocess.run(
        [sys.executable, "-P", "-c", COMMAND, *arguments], cwd=folder, capture_output=True, text=True
    )
    assert ended.returncode == 1, ended.stderr
    # The article is done; the modules, two of each name, are files of a kind that is not read.
    assert "1 articles, 346 words" in ended.stderr
    assert f"{2 * len(NAMES)} failed" in ended.stderr
    assert ran(folder) == set()


def test_a_worker_is_of_the_version_that_asks_even_where_another_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder_of_traps(tmp_path / "other")
    program = (
        "from annotator.corpus.worker import Worker, Wish\n"
        "import os, sys; os.environ['PYTHONPATH'] = sys.argv[1]\n"
        "with Worker(Wish()) as worker: print(worker.describe()['tool']['name'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, f"{other / 'annotator'}:{ROOT}"], cwd=ROOT, capture_output=True, text=True
    )
    assert ended.stdout == "stub\n", ended.stderr
