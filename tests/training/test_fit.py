"""Training goes on after a kill, and hands on what teachers know."""

import json
from pathlib import Path

import pytest
import torch

from annotator.errors import InputError
from annotator.training import fit
from annotator.training.augment import Example
from tests.training.pier import TEXT, example


def test_student_learns_from_a_teacher_alone(encoder: Path, mpnet: Path, tmp_path: Path) -> None:
    fit.fit([example()], mpnet, tmp_path / "teacher", fit.Settings(epochs=1))
    teacher = fit.load_teacher(mpnet, tmp_path / "teacher")
    unlabelled = [Example(f"pier-{n}", TEXT, (), labelled=False) for n in range(8)]
    settings = fit.Settings(epochs=4, encoder_rate=1e-2, head_rate=1e-2)
    fit.fit(unlabelled, encoder, tmp_path / "student", settings, [teacher])
    curve = [json.loads(line)["tag"] for line in (tmp_path / "student" / "curve.jsonl").read_text().splitlines()]
    assert curve[-1] < curve[0]


def test_a_teacher_on_another_encoder_is_told(encoder: Path, mpnet: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Train the teacher first"):
        fit.load_teacher(encoder, tmp_path)
    fit.fit([example()], encoder, tmp_path, fit.Settings(epochs=1))
    with pytest.raises(InputError, match="not trained on the encoder"):
        fit.load_teacher(mpnet, tmp_path)


def test_run_goes_on_after_a_kill_as_if_there_had_been_none(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples, settings = [example(f"pier-{n}") for n in range(4)], fit.Settings(epochs=3)
    whole = fit.fit(examples, encoder, tmp_path / "whole", settings)

    batches = fit.batches

    def killed(*given: object) -> object:
        if given[2] == settings.seed + 2:
            raise KeyboardInterrupt
        return batches(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(fit, "batches", killed)
        with pytest.raises(KeyboardInterrupt):
            fit.fit(examples, encoder, tmp_path / "killed", settings)
    resumed = fit.fit(examples, encoder, tmp_path / "killed", settings)

    for name, weights in whole.state_dict().items():
        torch.testing.assert_close(weights, resumed.state_dict()[name], atol=1e-6, rtol=0)
    curve = [json.loads(line) for line in (tmp_path / "killed" / "curve.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in curve] == [0, 1, 2]
    assert curve[-1]["tag"] < curve[0]["tag"]
