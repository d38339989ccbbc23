"""Whatever a user names becomes articles with unique ids; what cannot be read is told with its place and reason."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import InputError
from annotator.reading import SUFFIXES, Failure, outcomes_of, read
from annotator.records import Article
from tests.reading.written import SENTENCE, ids, json_lines, read_all, written


def test_a_single_path_need_not_be_in_a_list(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", SENTENCE)

    assert [article.text for article in read(str(path))] == [SENTENCE]
    assert [article.text for article in read(path)] == [SENTENCE]


def test_what_cannot_be_read_is_reported_and_reading_goes_on(tmp_path: Path) -> None:
    good = written(tmp_path / "good.txt", SENTENCE)
    blank = written(tmp_path / "blank.txt", "")

    articles, failures = read_all(blank, tmp_path / "none.txt", good)

    assert [article.text for article in articles] == [SENTENCE]
    assert failures[0] == Failure(str(blank), "no text")
    assert failures[1].where == str(tmp_path / "none.txt")
    assert failures[1].error.startswith("no such file or folder")


def test_ids_that_occur_twice_are_numbered(tmp_path: Path) -> None:
    rows = [{"id": name, "text": SENTENCE} for name in ("a", "a", "a-2", "a", "b")]

    assert ids(json_lines(tmp_path / "rows.jsonl", *rows)) == ["a", "a-2", "a-2-2", "a-3", "b"]


def test_the_same_stem_in_two_folders_makes_two_ids(tmp_path: Path) -> None:
    first, second = (written(tmp_path / folder / "x.txt", SENTENCE) for folder in "ab")

    assert ids(first, second) == ["x", "x-2"]


def test_what_the_user_says_wins_over_the_input(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", {"text": SENTENCE, "publisher": "Wire", "title": "Ferry"})

    (article,) = read([path], given={"publisher": "Harbour Post", "title": ""})

    assert (article.publisher, article.title) == ("Harbour Post", "Ferry")


def test_only_facts_about_an_article_can_be_given() -> None:
    with pytest.raises(InputError, match=r"cannot be given for an article: text\. What can be given: title, "):
        list(read([], given={"text": "x"}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.binary(max_size=200) | st.text().map(str.encode), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_every_file_is_articles_or_failures(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = written(tmp_path / f"any{suffix}", data)

    articles, failures = read_all(path)

    assert articles or failures
    assert all(article.text.strip() for article in articles)
    assert all(failure.where.startswith(str(path)) and failure.error for failure in failures)


def test_the_folder_names_the_outlet_where_asked(tmp_path: Path) -> None:
    for outlet in ("Harbour_Gazette", "Evening Ledger"):
        (tmp_path / outlet).mkdir()
        (tmp_path / outlet / "00.txt").write_text("It rained.", encoding="utf-8")
    asked = {"publisher_from": "folder"}
    for inputs in (tmp_path, [tmp_path / "Evening Ledger", tmp_path / "Harbour_Gazette" / "00.txt"]):
        assert [article.publisher for article in read(inputs, given=asked)] == ["Evening Ledger", "Harbour Gazette"]
    (named,) = read(tmp_path / "Evening Ledger", given={**asked, "publisher": "Ledger"})
    assert named.publisher == "Ledger"
    fetched = tmp_path / "Evening Ledger" / "00.txt"  # a run reads a copy of what lies elsewhere
    (kept,) = outcomes_of(fetched, "00", where="s3://news/Harbour_Gazette/00.txt", given=asked)
    assert isinstance(kept, Article)
    assert kept.publisher == "Harbour Gazette"
    with pytest.raises(InputError, match="'name' is nothing that names an outlet"):
        list(read(tmp_path, given={"publisher_from": "name"}))
