"""Records as lines of JSON: what is written can be read, and what is broken says so."""

import gzip
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import InputError, RecordError
from annotator.formats.jsonl import check, dump, load, parts, write
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record, plain_record, records


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    """The harbour's line after `change` has been at it."""
    value = json.loads(next(dump([harbour_record()])))
    change(value)
    return json.dumps(value)


@settings(max_examples=40, deadline=None)
@given(st.lists(records(), max_size=3))
def test_write_read_write_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, made: list[AnnotatedArticle]
) -> None:
    folder = tmp_path_factory.mktemp("jsonl")
    first = write(made, folder / "first.jsonl")
    read = list(load(first))
    assert read == made
    assert write(read, folder / "second.jsonl").read_bytes() == first.read_bytes()


def test_a_record_is_one_line_with_keys_in_the_order_of_the_models() -> None:
    [line] = dump([harbour_record()])
    assert line.endswith("}\n")
    assert line.count("\n") == 1
    assert "🚢" in line
    assert list(json.loads(line)) == [name for name in AnnotatedArticle.model_fields if name != "review"]


@settings(max_examples=40, deadline=None)
@given(records())
def test_a_long_record_is_written_in_parts_to_the_same_bytes(record: AnnotatedArticle) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.formats.jsonl.TOGETHER", 1)
        written = list(parts(record))
    assert "".join(written) == record.model_dump_json() + "\n"
    assert len(written) > len(record.claims)


def test_metadata_that_are_no_json_are_told_before_a_part_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.jsonl.TOGETHER", 1)
    article = harbour_record().article.model_copy(update={"metadata": {"made": {1, 2}, "by": object()}})
    with pytest.raises(RecordError, match="metadata"):
        next(parts(harbour_record().model_copy(update={"article": article})))


def test_gzip_by_name_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = write([harbour_record()], tmp_path / "records.jsonl.gz")
    assert list(load(path)) == [harbour_record()]
    assert gzip.decompress(path.read_bytes()).decode() == "".join(dump([harbour_record()]))
    again = write([harbour_record()], tmp_path / "again.jsonl.gz")
    assert again.read_bytes() == path.read_bytes()


def test_a_dash_is_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(dump([harbour_record(), plain_record("Rain fell")])).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    assert [record.article.article_id for record in load("-")] == ["harbour", "plain"]


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("\ufeff" + next(dump([harbour_record()])) + "\n  \n", encoding="utf-8")
    assert list(load(path)) == [harbour_record()]


@pytest.mark.parametrize("text", ["one\u2028two", "one\x85two\x0bthree", "nul \0"])
def test_characters_that_other_readers_stumble_over(tmp_path: Path, text: str) -> None:
    path = write([plain_record(text)], tmp_path / "records.jsonl")
    path.read_bytes().decode("utf-8")
    assert list(load(path)) == [plain_record(text)]


@pytest.mark.parametrize("text", ["half \ud83d of a ship", "two halves \ud83d\ude00 that are no pair"])
def test_lone_surrogates_are_replaced_one_for_one_when_written_and_when_read(tmp_path: Path, text: str) -> None:
    expected = plain_record(re.sub("[\ud800-\udfff]", "\ufffd", text))
    [line] = dump([plain_record(text)])
    assert json.loads(line) == json.loads(next(dump([expected])))
    path = tmp_path / "old.jsonl"
    path.write_text(json.dumps(plain_record("half \ud83d").model_dump(mode="json")) + "\n", encoding="ascii")
    assert list(load(path)) == [plain_record("half \ufffd")]


def test_metadata_that_are_no_json_are_an_error_of_the_record() -> None:
    record = plain_record("Rain fell", metadata={"parser": object()})
    with pytest.raises(RecordError, match="'plain': its metadata cannot be JSON"):
        list(dump([record]))


def test_metadata_become_what_json_has_for_them(tmp_path: Path) -> None:
    record = plain_record("Rain fell", metadata={"read in": timedelta(minutes=2), "score": float("nan")})
    [read] = load(write([record], tmp_path / "records.jsonl"))
    assert read.article.metadata == {"read in": "PT2M", "score": None}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not JSON: .* at character 2"),
        ("[1]", "a record is a JSON object"),
        ('{"a": NaN}', "not JSON: NaN is no JSON number"),
        ("[" * 100_000, "nested too deeply"),
        (broken(lambda r: r.pop("tool")), "tool: is missing"),
        (broken(lambda r: r.update(colour="red")), "colour: a record has no such field"),
        (broken(lambda r: r["claims"][1].update(kind="guess")), r"claims\[1\]\.kind: Input should be .*, not 'guess'"),
        (broken(lambda r: r.update(schema_version="9")), "schema_version: .*, not '9'"),
        (broken(lambda r: r["article"].update(text="Other words")), "article: .*text was changed after annotation"),
        (broken(lambda r: r["claims"][0]["spans"][0].update(start=1)), r"claim 0\.spans\[0\]: the text at 1\.\.36 is"),
        (broken(lambda r: r["claims"][0].update(source_id="s99")), "claim c01: no source 's99'"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named_with_what_is_wrong(tmp_path: Path, line: str, what: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(next(dump([harbour_record()])) + line + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=rf"records\.jsonl, line 2: {what}"):
        list(load(path))
    assert all(problem.startswith(f"{path}, line 2: ") for problem in check(path))
    assert list(check(path))


def test_an_error_names_three_problems_and_counts_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(broken(lambda r: [claim.pop("kind") for claim in r["claims"]]), encoding="utf-8")
    with pytest.raises(RecordError, match=r"claims\[2\]\.kind: is missing; and 4 more$"):
        list(load(path))


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b'{"caf\xe9": 1}\n')
    with pytest.raises(RecordError, match="line 1: byte 6 is not UTF-8"):
        list(load(path))


def test_check_goes_on_to_the_last_line_and_the_last_problem(tmp_path: Path) -> None:
    def two_wrong_ids(record: dict[str, Any]) -> None:
        record["claims"][0]["source_id"] = "s98"
        record["claims"][3]["source_id"] = "s99"

    path = tmp_path / "records.jsonl"
    good = next(dump([harbour_record()]))
    path.write_text(good + "{\n" + broken(two_wrong_ids) + "\n" + good, encoding="utf-8")
    found = [problem.removeprefix(f"{path}, ") for problem in check(path)]
    assert found[0].startswith("line 2: not JSON")
    assert found[1:] == [
        "line 3: claim c01: no source 's98'",
        "line 3: claim c04: no source 's99'",
        "line 4: article.article_id: 'harbour' stands on line 1 already",
    ]


def test_a_sound_file_has_no_problems(tmp_path: Path) -> None:
    path = write([harbour_record(), plain_record("Rain fell")], tmp_path / "records.jsonl")
    assert not list(check(path))


@pytest.mark.parametrize("name", ["missing.jsonl", "cut.jsonl.gz", "plain.jsonl.gz"])
def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path, name: str) -> None:
    packed = gzip.compress("".join(dump([harbour_record()])).encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[:-20])
    (tmp_path / "plain.jsonl.gz").write_text("no gzip", encoding="utf-8")
    with pytest.raises(InputError, match=name):
        list(load(tmp_path / name))
