"""`annotator serve` as machine-learning backend of the real Label Studio."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import uvicorn

from annotator.formats import label_studio
from annotator.pipeline import default
from annotator.records import Article
from annotator.review.server import LabelStudioServer
from annotator.serve import create_app, listen
from tests.serve.asking import Here

pytestmark = pytest.mark.live
KEY = "open-sesame"
TEXT = (
    "\N{FIRE} The bridge is safe, the mayor of Elsund said on Monday.\r\n\r\n"
    "It was <b>closed</b> for a week &amp; a day, two officials told Axios on condition of anonymity."
)


@pytest.fixture(scope="module")
def backend() -> Iterator[str]:
    """Address of a backend that asks for a key."""
    with listen(port=0) as at:
        server = uvicorn.Server(uvicorn.Config(create_app(Here(), api_key=KEY), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [at]})
        thread.start()
        yield f"http://127.0.0.1:{at.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def api(studio: LabelStudioServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Token {studio.token}"}
    with httpx.Client(base_url=f"{studio.url}/api", headers=headers, timeout=120, trust_env=False) as client:
        yield client


def project(api: httpx.Client, config: str, *data: dict[str, Any]) -> int:
    made = api.post("/projects", json={"title": "Backend", "label_config": config}).raise_for_status().json()
    tasks = [{"data": item} for item in data]
    api.post(f"/projects/{made['id']}/import", json=tasks).raise_for_status()
    return int(made["id"])


def add(api: httpx.Client, backend: str, project: int, key: str, **options: Any) -> httpx.Response:
    login = {"auth_method": "BASIC_AUTH", "basic_auth_user": "label-studio", "basic_auth_pass": key}
    return api.post("/ml", json={"url": backend, "project": project, "title": "annotator", **login, **options})


def predictions(api: httpx.Client, project: int) -> list[dict[str, Any]]:
    selected = {"selectedItems": {"all": True, "excluded": []}}
    action = {"id": "retrieve_tasks_predictions", "project": project}
    api.post("/dm/actions", params=action, json=selected).raise_for_status()
    tasks = api.get("/tasks", params={"project": project, "fields": "all"}).raise_for_status().json()["tasks"]
    return [prediction for task in tasks for prediction in task["predictions"]]


def test_label_studio_keeps_the_predictions_that_it_asked_for(api: httpx.Client, backend: str) -> None:
    record = default().annotate(Article(article_id="bridge", text=TEXT, publisher="Daily Example"))
    chosen = project(api, label_studio.config(), label_studio.task(record)["data"], {"text": TEXT})
    assert add(api, backend, chosen, KEY).raise_for_status().json()["state"] == "CO"
    named, bare = sorted(predictions(api, chosen), key=lambda prediction: prediction["task"])
    expected = label_studio.prediction(record)
    assert named["result"] == expected["result"]
    assert named["model_version"] == bare["model_version"] == expected["model_version"]
    assert any(one["type"] == "relation" for one in bare["result"])


def test_label_studio_shows_the_prediction_of_an_open_task(api: httpx.Client, backend: str) -> None:
    chosen = project(api, label_studio.config(), {"text": TEXT})
    made = add(api, backend, chosen, KEY, is_interactive=True).raise_for_status().json()
    task = api.get("/tasks", params={"project": chosen}).json()["tasks"][0]["id"]
    answer = api.post(f"/ml/{made['id']}/interactive-annotating", json={"task": task}).raise_for_status().json()
    assert (
        answer["data"]["result"]
        == label_studio.prediction(default().annotate(Article(article_id="bare", text=TEXT)))["result"]
    )


def test_a_wrong_key_and_a_foreign_configuration_show_in_label_studio(api: httpx.Client, backend: str) -> None:
    ours = project(api, label_studio.config(), {"text": TEXT})
    refused = add(api, backend, ours, "wrong")
    assert refused.status_code == httpx.codes.BAD_REQUEST
    assert "401" in refused.text
    theirs = project(api, '<View><Text name="t" value="$text"/></View>', {"text": TEXT})
    refused = add(api, backend, theirs, KEY)
    assert refused.status_code == httpx.codes.BAD_REQUEST
    assert "400" in refused.text
