"""A run has the user's words in every worker and actor, and goes on with the same ones only."""

import gzip
import json
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.corpus import Settings, run
from annotator.corpus.cluster import Actor
from annotator.corpus.plan import Task, Tell
from annotator.corpus.tasks import Engine
from annotator.errors import RunError
from annotator.language.lexicon import OURS, Lexicon
from annotator.storage import Folder
from tests.corpus.news import SMALL

pytest.importorskip("pyarrow")
WORDS = Lexicon({"outlets": "Gravelmoot\n- Axios"})
TEXT = "It rained for a day, two officials told Gravelmoot on Monday."


def through_actors(folder: Folder, settings: Settings, tasks: Sequence[Task], tell: Tell) -> None:
    """Do the tasks as a cluster does: what is asked for travels as bytes to actors with workers of their own."""
    actor = Actor(folder.place, pickle.loads(pickle.dumps(settings)), str(Path.cwd()))
    with actor.worker:
        for task in tasks:
            actor({"task": json.dumps(task)})


@pytest.mark.parametrize("engine", [pytest.param(None, id="workers"), pytest.param(through_actors, id="actors")])
def test_all_workers_have_the_words_of_the_run(
    engine: Engine | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting in ("ANNOTATOR_RUN_ANNOTATOR", "ANNOTATOR_RUN_READER"):
        monkeypatch.delenv(setting)
    path, out = tmp_path / "rain.txt", tmp_path / "run"
    path.write_text(TEXT, encoding="utf-8")
    settings = replace(SMALL, given={"publisher": "Babel"}, lexicon=WORDS.texts)
    assert run([path], out, settings, workers=2, engine=engine).failures == 0
    [record] = [json.loads(gzip.decompress(shard.read_bytes())) for shard in out.glob("records/*")]
    assert {source["name"] for source in record["sources"]} >= {"Gravelmoot", "two officials (anonymous)"}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert record["tool"]["lexicon"] == manifest["tool"]["lexicon"] == WORDS.version()
    with pytest.raises(RunError, match=rf"tool\.lexicon was '{OURS.version()}\+\w+' and is '{OURS.version()}'"):
        run([path], out, replace(settings, lexicon={}))
    commented = {"outlets": f"# Of our town\n{WORDS.texts['outlets']}"}
    assert run([path], out, replace(settings, lexicon=commented)).articles == 1
