"""The calls that Label Studio makes."""

import httpx
import pytest
from fastapi import FastAPI

from annotator.formats.label_studio import config
from tests.serve.asking import NEWS, ask, tasks


def test_health_is_up(app: FastAPI) -> None:
    assert ask(app, httpx.Request("GET", "http://localhost/health")).json() == {"status": "UP"}


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


def test_webhooks_are_accepted_and_nothing_is_done(app: FastAPI) -> None:
    answer = ask(app, {"action": "ANNOTATION_CREATED", "annotation": {}}, path="/webhook")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ignored"


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_fetches_scripts_from_elsewhere(app: FastAPI, path: str) -> None:
    assert ask(app, httpx.Request("GET", f"http://localhost{path}")).status_code == 404
