"""People at a Label Studio server, as its API knows them: they log in, look at tasks and submit what they think."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import uuid4

import httpx

from annotator.review.server import LabelStudioServer

Results = list[dict[str, Any]]
PASSWORD = "second-pass-1234"
TIMEOUT = 120.0


class Person(NamedTuple):
    """Somebody with a token of the legacy kind."""

    url: str
    email: str
    token: str

    def call(self, method: str, path: str, **content: Any) -> Any:
        """The answer of the API."""
        headers = {"Authorization": f"Token {self.token}"}
        answer = httpx.request(
            method, self.url + path, headers=headers, trust_env=False, timeout=TIMEOUT, follow_redirects=True, **content
        )
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None

    def tasks(self, project: int) -> dict[str, dict[str, Any]]:
        """The tasks of a project with their predictions, by article id; each article has one."""
        tasks = self.call("GET", f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")
        by_article = {task["data"]["article_id"]: task for task in tasks}
        assert len(by_article) == len(tasks), "an article has two tasks"
        return by_article

    def predictions(self, project: int) -> dict[int, list[dict[str, Any]]]:
        """The predictions of a project by task, oldest first."""
        by_task: dict[int, list[dict[str, Any]]] = {}
        for prediction in self.call("GET", f"/api/predictions/?project={project}"):
            by_task.setdefault(prediction["task"], []).append(prediction)
        return {task: sorted(found, key=lambda prediction: int(prediction["id"])) for task, found in by_task.items()}

    def submit(self, task: int, results: Results, prediction: int | None = None) -> None:
        """Submit an annotation that began with a prediction."""
        content = {"result": json.loads(json.dumps(results)), "parent_prediction": prediction, "lead_time": 12.5}
        self.call("POST", f"/api/tasks/{task}/annotations/", json=content)

    def skip(self, task: int) -> None:
        """Skip a task."""
        self.call("POST", f"/api/tasks/{task}/annotations/", json={"result": [], "was_cancelled": True})

    def begin(self, task: int, results: Results) -> None:
        """Leave a draft that is not submitted."""
        self.call("POST", f"/api/tasks/{task}/drafts", json={"result": results, "lead_time": 1})


def owner(studio: LabelStudioServer) -> Person:
    """The first user of the server."""
    return Person(studio.url, studio.username, studio.token)


def invited(studio: LabelStudioServer) -> Person:
    """A second user, who follows the owner's invitation and chooses a password."""
    link = owner(studio).call("GET", "/api/invite")["invite_url"]
    email = f"{uuid4().hex[:8]}@example.com"
    with _session(studio, link, email, PASSWORD) as session:
        return Person(studio.url, email, session.get("/api/current-user/token").json()["token"])


def personal_access_token(studio: LabelStudioServer) -> str:
    """A token of the newer kind, for a new user: each has one, and it is shown once."""
    person = invited(studio)
    with _session(studio, "/user/login/", person.email, PASSWORD) as session:
        made = session.post("/api/token/", headers={"X-CSRFToken": session.cookies["csrftoken"]})
        return str(made.json()["token"])


@contextmanager
def _session(studio: LabelStudioServer, page: str, email: str, password: str) -> Iterator[httpx.Client]:
    """A browser's session, after the form of the page was sent."""
    with httpx.Client(base_url=studio.url, trust_env=False, timeout=TIMEOUT) as session:
        session.get(page)
        form = {"email": email, "password": password, "csrfmiddlewaretoken": session.cookies["csrftoken"]}
        assert session.post(page, data=form).is_redirect
        yield session
