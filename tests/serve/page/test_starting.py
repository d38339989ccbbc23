"""Putting in: what is pasted, dropped or named becomes articles, and what cannot be read is told."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import InputError
from annotator.serve import Crew
from annotator.serve.intake import at_address, pasted, uploaded
from annotator.serve.page import jobs as jobs_module
from tests.serve.asking import NEWS
from tests.serve.page.visiting import Visitor, page


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with page(tmp_path) as somebody:
        yield somebody


def test_a_pasted_text_leads_to_its_claims(visitor: Visitor) -> None:
    answer = visitor.put_in(NEWS, publisher="Elsund Gazette")
    assert answer.url.path.startswith("/articles/pasted-")
    assert "The bridge is safe" in answer.text
    assert "Elsund Gazette" in answer.text


def test_pasted_lines_end_as_they_were_typed() -> None:
    assert pasted("One.\r\n\r\nTwo.", {}).data == b"One.\n\nTwo."  # a form sends the ends of mail


def test_the_same_text_again_is_the_same_article_with_all_that_was_done(visitor: Visitor) -> None:
    first = visitor.put_in(NEWS)
    again = visitor.put_in(NEWS)
    assert first.url.path == again.url.path
    assert visitor.get("/worklist?show=articles").text.count("/articles/pasted-") == 1


def test_another_text_under_the_same_name_is_another_article(visitor: Visitor) -> None:
    paths = {
        visitor.put_in(files={"file": ("story.txt", f"{NEWS} {n}".encode(), "text/plain")}).url.path for n in range(2)
    }
    assert len(paths) == 2
    assert "/articles/story" in paths


def test_a_file_of_many_articles_gives_each_and_names_what_failed(visitor: Visitor) -> None:
    rows = [{"id": "one", "text": NEWS}, {"id": "two"}, {"id": "three", "text": f"Broken. {NEWS}"}]
    data = "\n".join(map(json.dumps, rows)).encode()
    answer = visitor.put_in(files={"file": ("many.jsonl", data, "application/json")})
    assert "Done: 1 of 2 articles, 2 could not be read or annotated" in answer.text
    assert "many.jsonl, line 2" in answer.text
    assert "cannot be annotated (KeyError: &#39;lost&#39;)" in answer.text
    assert '"/articles/one"' in answer.text


@pytest.mark.parametrize("name", ["../../../etc/cron.d/own.txt", "C:\\windows\\own.txt", "own.txt", "\u202eown.txt"])
def test_a_name_of_a_file_is_no_path(name: str) -> None:
    entry = uploaded(name, b"x", {})
    assert entry.name.removeprefix("\u202e") == "own"
    with entry.as_file() as path:
        assert path.name == "input.txt"
        assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0
    assert not path.parent.exists()


@pytest.mark.parametrize("name", ["x", "x.", "x.a/b", "x." + "e" * 40, "x.\u0131", "x.$(id)", ""])
def test_a_suffix_that_is_none_is_left_out(name: str) -> None:
    assert uploaded(name, b"x", {}).suffix == ""


def test_nothing_is_left_of_an_upload(visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    visitor.put_in(files={"file": ("story.txt", NEWS.encode(), "text/plain")})
    visitor.put_in(files={"file": ("broken.pdf", b"%PDF-1.4 broken", "application/pdf")})
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " "}, "Paste a text, choose a file or give an address"),
        ({"address": "file:///etc/passwd"}, "An address begins with https:// or http://"),
        ({"text": NEWS, "who": " "}, "Say your name"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(visitor: Visitor, fields: dict[str, Any], words: str) -> None:
    answer = visitor.post("/annotate", {"who": "Ana", "publisher": "Elsund Gazette", **fields})
    assert answer.status_code == 400
    assert words in answer.text
    assert 'value="Elsund Gazette"' in answer.text


def test_more_than_may_wait_is_turned_away_and_the_text_stays(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "MAX_WAITING", 0)
    answer = visitor.post("/annotate", {"who": "Ana", "text": NEWS})
    assert answer.status_code == 503
    assert NEWS in answer.text


def test_a_job_of_an_earlier_start_leads_to_the_worklist(visitor: Visitor) -> None:
    answer = visitor.get("/jobs/of-an-earlier-start")
    assert answer.status_code == 404
    assert 'href="/worklist"' in answer.text


async def _read(crew: Crew, *entries: Any) -> list[Any]:
    return [await crew.read(entry) for entry in entries]


def test_the_crew_reads_in_a_process_of_its_own_and_fetches_nothing_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    root = Path(__file__).parents[3]
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setattr("annotator.serve.crew.MAX_ARTICLES", 2)
    rows = "\n".join(json.dumps({"id": str(n), "text": NEWS}) for n in range(4)).encode()
    with Crew(offline=True) as crew:
        page_of, many = asyncio.run(
            _read(crew, uploaded("a.html", f"<p>{NEWS}</p>".encode(), {}), uploaded("b.jsonl", rows, {}))
        )
        with pytest.raises(InputError, match="--offline"):
            asyncio.run(_read(crew, at_address("https://news.example/a", {})))
    assert [getattr(outcome, "text", "").strip() for outcome in page_of if hasattr(outcome, "text")] == [NEWS]
    assert [outcome.article_id for outcome in many[:2]] == ["0", "1"]
    assert "more than 2 articles" in many[2].error


def test_an_address_of_this_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    with Crew() as crew, pytest.raises(InputError, match="no public address"):
        asyncio.run(_read(crew, at_address("http://127.0.0.1:1/", {})))
