"""The worklist page: what needs a person first, filters, pages, and all of it to take away."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.records import AnnotatedArticle, Article
from annotator.worklist import Worklist
from tests.factory import harbour_record
from tests.serve.page.visiting import Visitor, page

RECORD = harbour_record()
ARTICLES = 60


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with Worklist(tmp_path / "worklist.sqlite") as worklist:
        for n in range(ARTICLES):
            known = {**dict(RECORD.article), "article_id": f"news.example/{n}", "title": f"Piece {n}"}
            worklist.add(RECORD.model_copy(update={"article": Article.model_validate(known)}), "the machine")
        claim = RECORD.claims[0].claim_id
        worklist.correct("news.example/7", {"change": "accept_claim", "claim_id": claim}, "Ana", 1)
    with page(tmp_path) as somebody:
        somebody.post("/who", {"who": "Ana"})
        yield somebody


def links(text: str) -> list[str]:
    return re.findall(r'href="(/articles/~[^"?]+)', text)


def test_articles_are_listed_page_by_page_and_each_once(visitor: Visitor) -> None:
    first, second = (visitor.get(f"/worklist?show=articles&page={n}").text for n in (1, 2))
    assert (len(links(first)), len(links(second))) == (50, ARTICLES - 50)
    assert len({*links(first), *links(second)}) == ARTICLES
    assert len(links(visitor.get("/worklist?show=articles&rows=1000").text)) == ARTICLES


@pytest.mark.parametrize("number", ["0", "-1", "2", "999999999", "9" * 40, "two", "\u0662"])
def test_a_page_that_is_not_there_is_the_nearest_one(visitor: Visitor, number: str) -> None:
    assert links(visitor.get("/worklist", params={"show": "articles", "page": number}).text)


def test_every_link_of_the_list_leads_to_its_claim(visitor: Visitor) -> None:
    listed = visitor.get("/worklist?queue=all&q=piece")
    assert "0 claims with these words" in listed.text  # a title is no word of a claim
    listed = visitor.get("/worklist?queue=all")
    address = re.findall(r'<a href="(/articles/~[^"]+at=[^"]+)"', listed.text)[0]
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.text.count("data-focus") == 1


def test_a_search_and_a_choice_leave_what_was_asked_for(visitor: Visitor) -> None:
    assert len(links(visitor.get("/worklist?show=articles&q=Piece 7").text)) == 1
    everything, undecided = (
        int(re.findall(r"<p role=\"status\">([\d]+) claims", visitor.get(f"/worklist?queue={queue}").text)[0])
        for queue in ("all", "open")
    )
    assert everything - undecided == 1
    nothing = visitor.get("/worklist?q=nobody-wrote-this")
    assert "Nothing is left" in nothing.text


def test_the_words_of_a_search_are_text(visitor: Visitor) -> None:
    answer = visitor.get("/worklist", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_the_export_holds_tables_records_and_reviews(visitor: Visitor) -> None:
    answer = visitor.get("/export.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="annotated.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert all(re.fullmatch(r"annotated/([\w.-]+)?", name) for name in names), names
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("annotated/claims.csv"), "utf-8")))
        reviews = [AnnotatedArticle.model_validate_json(line) for line in archive.open("annotated/reviews.jsonl")]
    assert len(rows) == ARTICLES * len(RECORD.claims)
    assert [row["review_status"] for row in rows if row["article_id"] == "news.example/7"].count("accepted") == 1
    assert [review.article.article_id for review in reviews] == ["news.example/7"]


def test_an_empty_worklist_says_where_to_begin(tmp_path: Path) -> None:
    with page(tmp_path) as somebody:
        assert 'Nothing yet. <a href="/">Put an article in</a>' in somebody.get("/worklist?queue=all").text
        assert somebody.get("/export.zip").status_code == 200
