"""What a worker's process says of a file: batches, or one by one from where an earlier process came to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.corpus.files import TOGETHER, AtPage, File, read_file
from annotator.corpus.settings import Limits
from annotator.reading import DEFAULT_FIELDS, Failure
from annotator.records import Article
from tests.corpus.news import archive, news, page

PARAGRAPHS = ("The ferry to Elsund will not sail before Thursday, the harbour master said on Monday morning.",) * 4


def said(file: File, **how: Any) -> list[Any]:
    messages: list[Any] = []
    read_file(file, messages.append, **how)
    return messages


def file_of(path: Path) -> File:
    return File(str(path), path.stem, str(path), DEFAULT_FIELDS, {}, Limits())


def ids(messages: list[Any]) -> list[list[str]]:
    return [[article.article_id for article in message] for message in messages if isinstance(message, list)]


def test_articles_come_in_batches_and_all_of_them(tmp_path: Path) -> None:
    batches = ids(said(file_of(news(tmp_path / "news.jsonl", TOGETHER + 3))))
    assert [len(batch) for batch in batches] == [TOGETHER, 3]
    assert [name for batch in batches for name in batch] == [f"a{n}" for n in range(TOGETHER + 3)]


def test_a_long_article_ends_its_batch(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 4, a1="Holm said so. " * 71_425)
    assert ids(said(file_of(path))) == [["a0", "a1"], ["a2", "a3"]]


def test_what_is_known_is_not_said_again_and_the_rest_one_by_one(tmp_path: Path) -> None:
    file = replace(file_of(news(tmp_path / "news.jsonl", 5)), after=3, singly=True)
    assert [batch for batch in ids(said(file)) if batch] == [["a3"], ["a4"]]


def test_on_the_way_to_what_is_not_known_the_process_says_that_it_is_on_its_way(tmp_path: Path) -> None:
    file = replace(file_of(news(tmp_path / "news.jsonl", 3 * TOGETHER)), after=3 * TOGETHER)
    assert ids(said(file))[:3] == [[], [], []]


def test_a_page_is_announced_unless_it_is_known_or_given_up(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    pages = [(f"https://elsund.example/{n}", page(f"Ferry {n}", PARAGRAPHS)) for n in range(4)]
    path = archive(tmp_path / "crawl.warc", *pages)
    messages = said(replace(file_of(path), after=1, given_up={2: "it ended the process"}))
    assert [message.where for message in messages if isinstance(message, AtPage)] == [
        f"{path}, record {n}" for n in (3, 5)
    ]
    second, third, fourth = (outcome for message in messages if isinstance(message, list) for outcome in message)
    assert isinstance(second, Article)
    assert isinstance(fourth, Article)
    assert third == Failure(
        f"{path}, record 4", "it ended the process while the page was read. Save the article as a .txt file"
    )


def test_an_error_of_a_megabyte_is_said_in_short(tmp_path: Path) -> None:
    def outcomes(path: Path, name: str, **about: Any) -> Iterator[Article]:
        raise KeyError("x" * 1_000_000)

    ((failure,),) = said(file_of(tmp_path / "news.odd"), outcomes=outcomes)
    assert failure.error.startswith("cannot be read (KeyError: 'xxx")
    assert len(failure.error) == 2000
