"""Tasks in, predictions out, whatever is in the texts."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from annotator.formats import label_studio
from annotator.formats.label_studio import model_version, prediction
from annotator.pipeline import default
from annotator.records import Article
from annotator.serve import create_app
from annotator.serve.messages import PredictResponse
from annotator.serve.predicting import predictions
from annotator.text import scrub
from tests.serve.asking import NEWS, Here, ask, tasks


def regions(result: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(one["value"]["start"], one["value"]["end"]) for one in result if one["type"] == "labels"]


def test_predictions_are_those_of_the_files(app: FastAPI) -> None:
    record = default().annotate(Article(article_id="bridge", text=NEWS, publisher="Daily Example", title="The bridge"))
    data = label_studio.task(record)["data"]
    answer = ask(app, {"tasks": [{"id": 7, "data": data}]}).json()
    assert answer == {"results": [prediction(record)], "errors": []}
    assert answer["results"][0]["model_version"] == model_version(record)
    PredictResponse.model_validate(answer)


def test_the_id_that_stands_for_a_title_is_no_title(app: FastAPI) -> None:
    record = default().annotate(Article(article_id="bridge", text=NEWS))
    data = label_studio.task(record)["data"]
    assert data["title"] == "bridge"
    assert ask(app, {"tasks": [{"data": data}]}).json()["results"] == [prediction(record)]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{NEWS} &amp; <script>alert(1)</script></p>",
        f"\N{FIRE}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET} {NEWS}",
        NEWS.replace(". ", ".\r\n\r\n"),
        f"\ud83d {NEWS} \udc00",
        f"\ufeff\u202b{NEWS}\u2028{NEWS}\x00\x0b",
    ],
    ids=["markup", "emoji", "CRLF", "lone surrogates", "invisible"],
)
def test_offsets_and_words_are_those_of_the_text_whatever_is_in_it(app: FastAPI, text: str) -> None:
    body = json.dumps(tasks(text)).encode("ascii")  # as Label Studio sends it: everything else is escaped
    request = httpx.Request(
        "POST", "http://localhost/predict", content=body, headers={"content-type": "application/json"}
    )
    answer = json.loads(ask(app, request).content)
    assert answer["errors"] == []
    labelled = [one["value"] for one in answer["results"][0]["result"] if one["type"] == "labels"]
    assert "The bridge is safe" in [value["text"] for value in labelled]
    assert all(scrub(text)[value["start"] : value["end"]] == value["text"] for value in labelled)


@pytest.mark.parametrize("text", ["", " \r\n\t "])
def test_a_text_with_nothing_in_it_has_a_prediction_with_nothing_in_it(app: FastAPI, text: str) -> None:
    answer = ask(app, tasks(text)).json()
    assert answer["errors"] == []
    assert answer["results"][0]["result"] == []


def test_a_bad_task_is_named_and_the_others_are_done(app: FastAPI) -> None:
    good = {"id": 1, "data": {"text": NEWS}}
    bad = [{"id": 2, "data": {"body": NEWS}}, {"id": 3}, "no task", {"id": [4], "data": {"text": 4}}]
    answer = ask(app, {"tasks": [good, *bad, good]}).json()
    assert [bool(result) for result in answer["results"]] == [True, False, False, False, False, True]
    assert answer["results"][1] == []  # Label Studio takes this for no prediction; an empty one it would keep
    assert [(e["index"], e["task"]) for e in answer["errors"]] == [(1, 2), (2, 3), (3, None), (4, None)]
    assert answer["errors"][0]["error"] == "data.text must hold the article; the fields are: body"
    PredictResponse.model_validate(answer)


@pytest.mark.parametrize("places", [1, 3])
def test_an_article_that_breaks_the_pipeline_is_named_and_the_others_are_done(places: int) -> None:
    here = Here(places)
    texts = [*[f"{n}. {NEWS}" for n in range(9)], f"Broken. {NEWS}", NEWS]
    answer = ask(create_app(here), tasks(*texts)).json()
    assert [bool(result) for result in answer["results"]] == [*[True] * 9, False, True]
    assert [(error["index"], error["task"]) for error in answer["errors"]] == [(9, 10)]
    assert "KeyError" in answer["errors"][0]["error"]
    assert here.most == places
    for text, result in zip(texts, answer["results"], strict=True):  # each in its place, whoever was done first
        labelled = [one["value"] for one in (result or {"result": []})["result"] if one["type"] == "labels"]
        assert all(text[value["start"] : value["end"]] == value["text"] for value in labelled)


def test_a_caller_that_left_is_not_worked_for() -> None:
    asked: list[int] = []

    async def gone() -> bool:
        asked.append(len(asked))
        return len(asked) > 2

    rows = tasks(*[NEWS] * 9)["tasks"]
    results, failures = asyncio.run(predictions(Here(), rows, gone))
    assert [bool(result) for result in results] == [True] * 2 + [False] * 7
    assert failures == []


def test_forty_requests_at_once_are_all_answered_a_few_at_a_time() -> None:
    here = Here()
    texts = [f"{'Rain fell on the town. ' * n}\n\n{NEWS}" for n in range(40)]
    answers = ask(create_app(here), *(tasks(text) for text in texts))
    for text, answer in zip(texts, answers, strict=True):
        spans = regions(answer.json()["results"][0]["result"])
        assert "The bridge is safe" in [text[start:end] for start, end in spans]
    assert here.most <= 2  # the requests that are open: one is annotated while the next is read
