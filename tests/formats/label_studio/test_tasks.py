"""Tasks: what they say, and the folder that holds them."""

import json
from pathlib import Path

from annotator.formats import label_studio
from tests.factory import harbour_record, plain_record


def test_a_task_says_what_it_is_about() -> None:
    data = label_studio.task(harbour_record())["data"]
    assert data["title"] == "Harbour stays shut after night crash"
    assert data["about"] == "Daily Example · 2026-03-02 · https://daily.example/harbour · 7 claims, 1 to review"
    assert label_studio.task(plain_record("Rain fell"))["data"]["title"] == "plain"


def test_the_folder_holds_an_array_of_tasks_and_the_configuration(tmp_path: Path) -> None:
    made = [harbour_record(), plain_record("half \ud83d of a ship")]
    tasks, config = label_studio.write_into(made, tmp_path)
    assert json.loads(tasks.read_text(encoding="utf-8")) == [label_studio.task(record) for record in made]
    assert config.read_text(encoding="utf-8") == label_studio.config()
