"""docs/worklist.md cannot lie: changes, rules and queues are those of the code, and its Python runs."""

import re
from pathlib import Path
from typing import get_args

import pytest

from annotator.worklist import Worklist
from annotator.worklist.changes import Single
from annotator.worklist.checkworthy import RULES
from tests.factory import harbour_record

PAGE = (Path(__file__).parents[2] / "docs" / "worklist.md").read_text(encoding="utf-8")


def test_every_change_is_told_and_no_other() -> None:
    rows = re.search(r"\| change \| what it does \|\n\|---\|---\|\n((?:\|.*\n)+)", PAGE)
    assert rows is not None
    told = {name for row in rows[1].splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    models = get_args(get_args(Single)[0])
    assert told == {*(model.model_fields["change"].default for model in models), "together"}


def test_the_rules_have_the_weights_that_are_told() -> None:
    told = re.findall(r"^\| (a[^|;]*?)(?:;[^|]*)? \| (0\.\d\d) \|", PAGE, re.MULTILINE)
    assert sorted((words, float(weight)) for words, weight in told) == sorted(
        (one.meaning, one.weight) for one in RULES
    )


def test_the_python_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    with Worklist("desk.worklist") as worklist:
        worklist.add(harbour_record(), by="Ada")
        exec(block, {})
        assert [step.what for step in worklist.entry("harbour").history] == [
            "source of c07: Tom Lee",
            "undo: source of c07: Tom Lee",
        ]
