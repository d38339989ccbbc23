"""The workers: an article that hangs, crashes or is too long is named, and takes no other along."""

import asyncio
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from annotator.corpus.worker import Worker
from annotator.errors import AnnotatorError, InputError
from annotator.language.lexicon import Lexicon
from annotator.records import AnnotatedArticle, Article
from annotator.serve import Crew

ROOT = Path(__file__).parents[2]
GOOD = "Rain fell.\nAnna Moor saw it."


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def results(crew: Crew, *texts: str) -> list[AnnotatedArticle | BaseException]:
    async def all_at_once() -> list[AnnotatedArticle | BaseException]:
        articles = [Article(article_id="task", text=text) for text in texts]
        return await asyncio.gather(*map(crew.annotate, articles), return_exceptions=True)

    return asyncio.run(all_at_once())


def test_records_are_those_of_the_annotator() -> None:
    with Crew() as crew:
        [record] = results(crew, GOOD)
        assert isinstance(record, AnnotatedArticle)
        assert [claim.text for claim in record.claims] == GOOD.split("\n")
        assert crew.tool == record.tool


def test_every_worker_has_the_words_of_the_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNOTATOR_RUN_ANNOTATOR")
    words = Lexicon({"outlets": "Gravelmoot"})
    with Crew(lexicon=words.texts) as crew:
        [record] = results(crew, "It rained for a day, two officials told Gravelmoot on Monday.")
        assert isinstance(record, AnnotatedArticle)
        assert "Gravelmoot" in record.chain_of(record.claims[0])
        assert crew.tool.lexicon == record.tool.lexicon == words.version()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("CRASH", "it ended the process"),
        ("FAIL", r"ValueError: not this one"),
        ("x" * 101, "101 characters, more"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_cannot_be_annotated_is_named_and_the_others_are_done(
    text: str, what: str, workers: int
) -> None:
    with Crew(workers, characters=100) as crew:
        first, bad, last = results(crew, GOOD, text, GOOD)
        assert isinstance(first, AnnotatedArticle)
        assert isinstance(last, AnnotatedArticle)
        with pytest.raises(InputError, match=what):
            raise bad if isinstance(bad, BaseException) else AssertionError("it was annotated")


@pytest.fixture
def time_is_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> threading.Event:
    """Set it, and an article that hangs has had its seconds; no other has, however slow the machine."""
    up = threading.Event()
    monkeypatch.setenv("STUB_FOLDER", str(tmp_path))

    def is_answered(self: Worker, line: Connection, _: float) -> bool:
        assert self._process is not None
        hangs = tmp_path / f"hangs-{self._process.pid}"
        while not line.poll(0.02):
            if up.is_set() and hangs.exists():
                return False
        return True

    monkeypatch.setattr(Worker, "_is_answered", is_answered)
    return up


def test_an_article_that_hangs_holds_up_its_own_worker_only_and_is_given_up(time_is_up: threading.Event) -> None:
    with Crew(2, seconds=3) as crew:
        done: list[str] = []

        async def one(text: str) -> None:
            try:
                await crew.annotate(Article(article_id="task", text=text))
            except InputError as error:
                text = str(error)
            done.append(text)
            if done == [GOOD] * 3:
                time_is_up.set()

        async def several() -> None:
            await asyncio.gather(*map(one, ["HANG", GOOD, GOOD, GOOD]))
            await one(GOOD)  # the worker that was given up has been replaced

        asyncio.run(several())
        assert done == [*[GOOD] * 3, "cannot be annotated: it took longer than 3 seconds", GOOD]


def test_a_model_that_cannot_be_loaded_is_an_error_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:unloadable")
    crew = Crew(2)
    with pytest.raises(AnnotatorError):
        crew.__enter__()


def test_nobody_works_on_when_the_block_is_left() -> None:
    with Crew(2) as crew:
        results(crew, GOOD)
    assert [worker._process for worker in crew._workers] == [None, None]
