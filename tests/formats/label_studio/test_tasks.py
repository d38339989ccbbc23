"""Tasks: what they say, and the folder that holds them."""

import json
from pathlib import Path

import pytest

from annotator.errors import RecordError
from annotator.formats import label_studio
from tests.factory import harbour_record, plain_record


def test_a_task_says_what_it_is_about() -> None:
    data = label_studio.task(harbour_record())["data"]
    assert data["title"] == "Harbour stays shut after night crash"
    where, _, workload = data["about"].rpartition(" · ")
    assert where == "Daily Example · 2026-03-02 · https://daily.example/harbour"
    assert workload == "7 claims, 1 to review: source ambiguous 1"
    assert label_studio.task(plain_record("Rain fell"))["data"]["title"] == "plain"


def test_lone_surrogates_over_which_the_server_would_fall_are_replaced_everywhere() -> None:
    record = plain_record("half \ud83d\ude00 of a ship", title="\udc00", metadata={"\ud800": ["\udfff"]})
    task = label_studio.task(record)
    assert json.dumps(task, ensure_ascii=False).encode()
    [kept] = label_studio.kept_in(task["data"])
    assert kept.article.text == task["data"]["text"] == "half \ufffd\ufffd of a ship"
    assert kept.article.text_sha256 == task["data"]["text_sha256"]
    assert list(kept.article.metadata.values()) == [["\ufffd"]]


def test_metadata_that_are_no_json_are_an_error_of_our_own() -> None:
    with pytest.raises(RecordError, match="its metadata cannot be JSON"):
        label_studio.task(plain_record("Rain fell", metadata={"parser": object()}))


def test_the_folder_holds_an_array_of_tasks_and_the_configuration(tmp_path: Path) -> None:
    made = [harbour_record(), plain_record("half \ud83d of a ship")]
    tasks, config = label_studio.write_into(made, tmp_path)
    assert json.loads(tasks.read_text(encoding="utf-8")) == [label_studio.task(record) for record in made]
    assert config.read_text(encoding="utf-8") == label_studio.config()
