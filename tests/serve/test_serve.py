"""The machine-learning backend: what Label Studio asks, and what others may try."""

import asyncio
import base64
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from annotator.cli import app as command
from annotator.formats import label_studio
from annotator.formats.label_studio import config, model_version, prediction
from annotator.pipeline import Annotator, default
from annotator.records import AnnotatedArticle, Article
from annotator.serve.app import OPEN_REQUESTS, PORT, PredictResponse, create_app
from annotator.text import scrub

NEWS = "The bridge is safe, the mayor of Elsund said on Monday. It was closed for a week in March."
KEY = "open-sesame"


@pytest.fixture
def app() -> FastAPI:
    return create_app(default())


def ask(app: FastAPI, *requests: httpx.Request | dict[str, Any], path: str = "/predict", **options: Any) -> Any:
    """Answers to the requests, all sent at once; each is the JSON for `path` or a request of its own."""

    async def send() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://backend") as client:
            built = [
                r if isinstance(r, httpx.Request) else client.build_request("POST", path, json=r, **options)
                for r in requests
            ]
            return await asyncio.gather(*map(client.send, built))

    answers = asyncio.run(send())
    return answers if len(requests) > 1 else answers[0]


def tasks(*texts: str, **fields: Any) -> dict[str, Any]:
    """What Label Studio sends to /predict."""
    rows = [{"id": n, "data": {"text": text, **fields}, "project": 1} for n, text in enumerate(texts, 1)]
    return {"tasks": rows, "project": "1.1700000000", "label_config": config(), "params": {"context": None}}


def regions(result: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(one["value"]["start"], one["value"]["end"]) for one in result if one["type"] == "labels"]


def test_health_is_up(app: FastAPI) -> None:
    assert ask(app, httpx.Request("GET", "http://backend/health")).json() == {"status": "UP"}


def test_setup_tells_the_version_of_the_predictions(app: FastAPI) -> None:
    body = {"project": "1.1700000000", "schema": config(), "hostname": "http://localhost:8080", "access_token": "x"}
    version = ask(app, body, path="/setup").json()["model_version"]
    assert version == ask(app, tasks(NEWS)).json()["results"][0]["model_version"]
    assert version


def test_setup_refuses_a_configuration_that_the_predictions_do_not_fit(app: FastAPI) -> None:
    other = (
        '<View><Labels name="ner" toName="text"><Label value="Claim"/></Labels><Text name="text" value="$t"/></View>'
    )
    answer = ask(app, {"schema": other}, path="/setup")
    assert answer.status_code == 400
    assert "a control named 'span', the label 'Source', the label 'Cue'" in answer.json()["detail"]
    assert "label_studio.xml" in answer.json()["detail"]


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
        "POST", "http://backend/predict", content=body, headers={"content-type": "application/json"}
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


def test_an_article_that_breaks_the_pipeline_is_named_and_the_others_are_done(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Annotator._finish

    def fragile(self: Annotator, article: Article, *parts: Any, **options: Any) -> AnnotatedArticle:
        if article.text.startswith("Broken"):
            raise KeyError("lost")
        return finish(self, article, *parts, **options)

    monkeypatch.setattr(Annotator, "_finish", fragile)
    answer = ask(app, tasks(*[NEWS] * 9, f"Broken. {NEWS}", NEWS)).json()
    assert [bool(result) for result in answer["results"]] == [*[True] * 9, False, True]
    assert [(error["index"], error["task"]) for error in answer["errors"]] == [(9, 10)]
    assert "KeyError" in answer["errors"][0]["error"]


def test_forty_requests_at_once_are_all_answered_a_few_at_a_time(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    held, most = 0, 0
    annotate = Annotator.annotate_many

    def counted(self: Annotator, articles: list[Article], *rest: Any) -> Iterator[AnnotatedArticle]:
        nonlocal held, most
        held += 1
        most = max(most, held)
        yield from annotate(self, articles, *rest)
        held -= 1

    monkeypatch.setattr(Annotator, "annotate_many", counted)
    texts = [f"{'Rain fell on the town. ' * n}\n\n{NEWS}" for n in range(40)]
    answers = ask(app, *(tasks(text) for text in texts))
    for text, answer in zip(texts, answers, strict=True):
        spans = regions(answer.json()["results"][0]["result"])
        assert "The bridge is safe" in [text[start:end] for start, end in spans]
    assert most == 1


def test_what_waits_is_not_read(app: FastAPI) -> None:
    """Memory is bounded because a request that waits has its body unread."""
    reading, most = 0, 0

    def request(release: asyncio.Event) -> httpx.Request:
        async def body() -> Any:
            nonlocal reading, most
            reading += 1
            most = max(most, reading)
            yield b'{"tasks":'
            await release.wait()
            yield b"[]}"
            reading -= 1

        return httpx.Request(
            "POST", "http://backend/predict", content=body(), headers={"content-type": "application/json"}
        )

    async def send() -> list[httpx.Response]:
        release = asyncio.Event()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            sent = [asyncio.ensure_future(client.send(request(release))) for _ in range(10)]
            while reading < OPEN_REQUESTS:
                await asyncio.sleep(0)
            for _ in range(100):
                await asyncio.sleep(0)
            release.set()
            return await asyncio.gather(*sent)

    answers = asyncio.run(send())
    assert [answer.json() for answer in answers] == [{"results": [], "errors": []}] * 10
    assert most == OPEN_REQUESTS


def test_setup_and_health_do_not_wait_for_predictions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Label Studio gives them three seconds and one; a prediction may take a minute."""
    monkeypatch.setattr("annotator.serve.app.OPEN_REQUESTS", 0)
    app = create_app(default())
    assert ask(app, {"schema": config()}, path="/setup").status_code == 200
    assert ask(app, {"action": "ANNOTATION_CREATED"}, path="/webhook").status_code == 200


def test_more_than_may_wait_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.serve.app.MAX_WAITING", 2)
    answers = ask(create_app(default()), *[tasks(NEWS)] * 6)
    turned_away = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert "Try again later" in turned_away[0].json()["detail"]


@pytest.mark.parametrize("path", ["/predict", "/setup"])
@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused_with_the_limit(path: str, announced: bool) -> None:
    app = create_app(default(), max_megabytes=0.01)

    async def parts() -> Any:
        for _ in range(20):
            yield b" " * 1000

    body: Any = b" " * 20_000 if announced else parts()
    request = httpx.Request("POST", f"http://backend{path}", content=body)
    answer = ask(app, request)
    assert answer.status_code == 413
    assert "larger than 0.01 MB" in answer.json()["detail"]
    assert "--max-mb" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": KEY},
        {"authorization": "Basic !!!"},
        {"authorization": "Basic b3Blbi1zZXNhbWU6"},  # the key as name, without a password
    ],
)
@pytest.mark.parametrize("path", ["/predict", "/setup", "/webhook", "/openapi.json"])
def test_without_the_key_nothing_is_answered(path: str, headers: dict[str, str]) -> None:
    app = create_app(default(), api_key=KEY)
    method = "GET" if path == "/openapi.json" else "POST"
    answer = ask(app, httpx.Request(method, f"http://backend{path}", headers=headers))
    assert answer.status_code == 401
    assert "The API key is missing or wrong" in answer.json()["detail"]


def test_with_the_key_everything_is_answered_and_health_without_it() -> None:
    app = create_app(default(), api_key=KEY)
    for header in (f"Bearer {KEY}", f"Basic {base64.b64encode(f'anybody:{KEY}'.encode()).decode()}"):
        assert ask(app, tasks(NEWS), headers={"authorization": header}).json()["results"][0]["result"]
    assert ask(app, httpx.Request("GET", "http://backend/health")).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"tasks": 3}', b"\xff", b"[" * 100_000, b'{"tasks": "\\ud800"}'])
def test_what_is_no_request_is_said(app: FastAPI, body: bytes) -> None:
    request = httpx.Request(
        "POST", "http://backend/predict", content=body, headers={"content-type": "application/json"}
    )
    answer = ask(app, request)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_webhooks_are_accepted_and_nothing_is_done(app: FastAPI) -> None:
    answer = ask(app, {"action": "ANNOTATION_CREATED", "annotation": {}}, path="/webhook")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ignored"


def test_the_schema_describes_every_call() -> None:
    app = create_app(default(), api_key=KEY)
    schema = ask(
        app, httpx.Request("GET", "http://backend/openapi.json", headers={"authorization": f"Bearer {KEY}"})
    ).json()
    assert set(schema["paths"]) == {"/health", "/setup", "/predict", "/webhook"}
    models = schema["components"]["schemas"]
    assert models["PredictRequest"]["properties"]["tasks"]["items"]["required"] == ["data"]
    assert models["SetupRequest"]["required"] == ["schema"]
    answers = schema["paths"]["/predict"]["post"]["responses"]
    assert {"200", "400", "401", "413", "503"} <= set(answers)
    assert answers["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/PredictResponse"}
    assert schema["security"] == [{"basic": []}, {"bearer": []}]
    assert schema["paths"]["/health"]["get"]["security"] == []


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_fetches_scripts_from_elsewhere(app: FastAPI, path: str) -> None:
    assert ask(app, httpx.Request("GET", f"http://backend{path}")).status_code == 404


@pytest.mark.parametrize("key", ["", " ", "k\n", "schlüssel"])
def test_a_key_that_no_header_can_hold_is_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.serve.app.serve", lambda *_: pytest.fail("it serves"))
    result = CliRunner().invoke(command, ["serve", "--port", "0"], env={"ANNOTATOR_API_KEY": key})
    assert result.exit_code == 2
    assert "API key must consist of ASCII" in result.stderr


def test_a_port_that_is_taken_is_said() -> None:
    from annotator.serve.app import listen

    with listen(port=0) as taken:
        result = CliRunner().invoke(command, ["serve", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert "cannot be had" in result.stderr
    assert "--port" in result.stderr


def test_the_command_answers_on_loopback_and_ends_on_ctrl_c() -> None:
    program = "import sys; from annotator.cli import app; app(sys.argv[1:])"
    ours = subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "ANNOTATOR_API_KEY": KEY},
    )
    assert ours.stderr is not None
    with ours.stderr as said:
        found = re.search(r"answering at (http://127\.0\.0\.1:\d+) ", said.readline())
        assert found is not None
        with httpx.Client(base_url=found[1], trust_env=False, timeout=120) as client:
            assert client.get("/health").json() == {"status": "UP"}
            assert client.post("/predict", json=tasks(NEWS)).status_code == 401
            large = client.post("/predict", content=b" " * 17_000_000, auth=("", KEY))
            answer = client.post("/predict", json=tasks(NEWS), auth=("", KEY))
        os.kill(ours.pid, signal.SIGINT)
        rest = said.read()
        status = ours.wait(120)
    assert large.status_code == 413
    assert answer.json()["results"][0]["result"]
    assert (status, rest) == (0, "")


def test_the_port_is_the_one_of_the_help() -> None:
    assert str(PORT) in CliRunner().invoke(command, ["serve", "--help"]).stdout
