"""The command trains a teacher, then its student."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.extraction.extractor import Extractor
from annotator.training import fit
from annotator.training.augment import Example
from annotator.training.network import AttributionNetwork
from tests.training.pier import TEXT, example


def test_commands_train_a_teacher_and_its_student(
    encoder: Path, mpnet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans = [{"source": s, "cue": c, "content": t} for s, c, t in example().attributions]
    labelled, unlabelled, gold = tmp_path / "train.jsonl", tmp_path / "news.jsonl", tmp_path / "gold.txt"
    labelled.write_text(json.dumps({"id": "pier", "text": TEXT, "attributions": spans}))
    gold.write_text("The bridge is closed for good, its owner said.")
    rows = [{"id": "other", "text": "Rain fell on the whole of the coast, she said."}, {"id": "gold", "text": TEXT}]
    rows[1]["text"] += f"\n{gold.read_text()}"
    unlabelled.write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.setattr("annotator.training.network.encoder_folder", lambda: encoder)
    learned = []
    fitted = fit.fit

    def noted(examples: list[Example], *given: Any) -> AttributionNetwork:
        learned.append([one.article_id for one in examples])
        return fitted(examples, *given)

    monkeypatch.setattr(fit, "fit", noted)

    def train(*options: object) -> None:
        given = ["train", labelled, "--epochs", 1, *options]
        done = CliRunner().invoke(app, [str(option) for option in given])
        assert done.exit_code == 0, done.output

    train("--encoder", mpnet, "--work", tmp_path / "teacher", "-o", tmp_path / "large")
    curve = json.loads((tmp_path / "teacher" / "curve.jsonl").read_text())
    assert curve["settings"]["encoder_rate"] == fit.TEACHER.encoder_rate
    told = [
        "--teacher",
        tmp_path / "teacher",
        "--teacher-encoder",
        mpnet,
        "--unlabelled",
        unlabelled,
        "--held-out",
        gold,
    ]
    train(*told, "--work", tmp_path / "student", "-o", tmp_path / "model")
    assert learned == [["pier"], ["pier", "other"]]
    assert isinstance(Extractor(tmp_path / "model").extract(TEXT, [(0, len(TEXT))]), list)
