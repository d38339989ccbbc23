"""JSON and JSON lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import InputError
from annotator.reading import Failure, read
from annotator.records import Article
from tests.reading.written import OTHER, SENTENCE, ids, json_lines, read_all, texts, written


def test_a_broken_line_is_one_failure_and_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", f'{{"text": "{SENTENCE}"}}\n{{"text": \n{{"text": "{OTHER}"}}\n')

    articles, failures = read_all(path)

    assert [(article.article_id, article.text) for article in articles] == [("a-1", SENTENCE), ("a-3", OTHER)]
    assert [failure.where for failure in failures] == [f"{path}, line 2"]
    assert failures[0].error.startswith("not valid JSON: Expecting value")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"text": ""}', "no text"),
        ('{"text": null}', "no text"),
        ('{"text": NaN}', "no text"),
        ('{"text": ["a", "b"]}', "'text' holds a list, not text"),
        ("[1, 2]", "not a JSON object but a list"),
        ('{"story": "s", "n": 1}', 'no field "text". Fields are: story, n. Try --text-column story'),
        ('{"n": 1}', 'no field "text". Fields are: n'),
        ("{}", 'no field "text". Fields are: none'),
        ('{"text": "x", "deep": ' + "[" * 200 + "]" * 200 + "}", "lists and objects are nested deeper than 50 levels"),
        ('{"text": "caf\udce9"}', "not UTF-8 at byte 13"),
    ],
)
def test_a_line_that_is_no_article_says_why(tmp_path: Path, line: str, error: str) -> None:
    path = written(tmp_path / "a.jsonl", line.encode("utf-8", "surrogateescape") + b"\n")

    _, failures = read_all(path)

    assert len(failures) == 1
    assert failures[0].where == f"{path}, line 1"
    assert failures[0].error.startswith(error)


def test_lines_nested_beyond_measure_raise_our_own_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl, line 1: "):
        texts(written(tmp_path / "a.jsonl", "[" * 200_000 + "\n"))


def test_lone_surrogates_of_json_can_be_written_again(tmp_path: Path) -> None:
    line = '{"text": "smile \\ud83d\\ude00 half \\ud83d.", "title": "\\udc00", "note": {"k\\ud800": ["\\ud800"]}}'

    (article,) = read([written(tmp_path / "a.jsonl", line)])

    assert article.text == "smile \U0001f600 half \ufffd."
    assert (article.title, article.metadata) == ("\ufffd", {"note": {"k\ufffd": ["\ufffd"]}})
    article.model_dump_json().encode()


def test_a_line_separator_inside_a_json_string_does_not_end_the_line(tmp_path: Path) -> None:
    text = f"{SENTENCE}\u2028{OTHER}\x85"
    line = json.dumps({"text": text}, ensure_ascii=False)

    assert texts(written(tmp_path / "a.jsonl", line + "\r\n" + line)) == [text, text]
    assert texts(written(tmp_path / "b.ndjson", (line + "\n").encode("utf-16"))) == [text]


def test_a_json_file_holds_an_object_a_list_or_lines(tmp_path: Path) -> None:
    row = json.dumps({"text": SENTENCE})

    assert ids(written(tmp_path / "one.json", row)) == ["one"]
    assert ids(written(tmp_path / "list.json", f"[{row}, {row}]")) == ["list-1", "list-2"]
    assert ids(written(tmp_path / "lines.json", f"{row}\n{row}\n")) == ["lines-1", "lines-2"]
    with pytest.raises(InputError, match=r"bad\.json: not valid JSON: "):
        ids(written(tmp_path / "bad.json", '{"text": '))
    with pytest.raises(InputError, match=r"empty\.json: no text"):
        ids(written(tmp_path / "empty.json", "[]"))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ROWS = st.dictionaries(st.sampled_from(["id", "text", "title", "published", "byline", "other"]), JSON_VALUES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(rows=st.lists(ROWS, max_size=4))
def test_any_json_becomes_articles_that_can_be_written_or_failures(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    articles, failures = read_all(json_lines(tmp_path / "any.jsonl", *rows))

    assert len(articles) + len(failures) == max(len(rows), 1)
    assert len({article.article_id for article in articles}) == len(articles)
    for article in articles:
        assert Article.model_validate_json(article.model_dump_json()) == article


def test_a_field_that_is_there_twice_is_a_failure_of_its_row(tmp_path: Path) -> None:
    twice = f'{{"text": "{SENTENCE}", "note": {{"a": 1, "a": 2}}}}'
    path = written(tmp_path / "a.json", f'[{twice}, {{"text": "{OTHER}"}}]')

    articles, failures = read_all(path)

    assert [article.text for article in articles] == [OTHER]
    assert failures == [Failure(f"{path}, item 1", 'the field "a" is there twice. Leave one of them')]


def test_a_number_of_thousands_of_digits_is_kept_as_its_digits(tmp_path: Path) -> None:
    (article,) = read([written(tmp_path / "a.jsonl", f'{{"text": "{SENTENCE}", "n": {"7" * 5000}}}')])

    assert article.metadata == {"n": "7" * 5000}


def test_a_line_longer_than_any_article_does_not_take_the_next_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.reading.packed.MAX_ROW", 200)
    long, short = (json.dumps({"text": text}) for text in (SENTENCE * 20, OTHER))
    path = written(tmp_path / "a.jsonl", f"{short}\n{long}\n{short}\n")

    articles, failures = read_all(path)

    assert [article.article_id for article in articles] == ["a-1", "a-3"]
    assert [failure.where for failure in failures] == [f"{path}, line 2"]
