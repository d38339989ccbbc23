"""A project of a Label Studio server: found or made, its configuration checked, its errors told in our words."""

import html
import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

import httpx

from annotator.errors import StudioError
from annotator.formats.label_studio import CLAIM, CLAIM_CONTROLS, CUE, RECORDS, RELATIONS, SOURCE, TO_REVIEW, config
from annotator.labels import VOCABULARIES

URL_VARIABLE = "LABEL_STUDIO_URL"
KEY_VARIABLE = "LABEL_STUDIO_API_KEY"  # both are what Label Studio's own tools read
TIMEOUT = 300.0  # seconds; an import of a large batch takes tens of them
TITLE_LENGTH = (3, 50)  # what the server accepts
SHOWN = 10  # projects that a message names
VIEW = "Least certain first"
REVIEW_VIEW = "Needs review"  # the articles with claims that need it, those with most of them first
# Columns of the list of tasks that nobody works by; a list of our own shows all that it does not hide. Beside an open
# article it has room for the title and the number of reviews.
HIDDEN = tuple(
    f"tasks:{name}"
    for name in (
        *(f"data.{name}" for name in (RECORDS, "text", "text_sha256", "schema_version", "about")),
        *("inner_id", "total_predictions", "annotations_results", "annotations_ids", "predictions_model_versions"),
        *("predictions_results", "file_upload", "storage_filename", "created_at", "updated_at", "updated_by"),
        *("avg_lead_time", "draft_exists"),
    )
)
HIDDEN_BESIDE = tuple(
    f"tasks:{name}"
    for name in (
        *("data.article_id", "data.publisher", "data.published", "data.url", "id", "completed_at"),
        *("cancelled_annotations", "annotators", "predictions_score"),
    )
)
# The SDK repeats whatever gets no answer; what makes something new must not be repeated unasked.
ONCE = {"max_retries": 0}
GATEWAY = {502, 503, 504}  # what a proxy says that did not hear from the server in time

_KEY_HELP = "Copy the key from Label Studio (Account & Settings) into --api-key or the variable " + KEY_VARIABLE

_ELSEWHERE = "Is it the address of a Label Studio, and no proxy's page before it?"


@dataclass
class Studio:
    """A connection: the SDK's client, and the address for links and messages."""

    client: Any
    url: str

    def link(self, project: int, task: int | str) -> str:
        """Where a person looks at a task."""
        return f"{self.url}/projects/{project}/data?task={task}"


def connect(url: str | None = None, api_key: str | None = None) -> Studio:
    """Connect to a server, by default the one that the environment names; either kind of token will do.

    Raises StudioError when the address or the key is missing, or the server does not take them.
    """
    url, api_key = url or os.environ.get(URL_VARIABLE), api_key or os.environ.get(KEY_VARIABLE)
    if not url:
        raise StudioError(f"no Label Studio named: give --url or set {URL_VARIABLE}, for example http://127.0.0.1:8080")
    if not api_key:
        raise StudioError(f"no API key for {url}. {_KEY_HELP}")
    if not api_key.strip().isprintable() or not api_key.isascii():
        raise StudioError(f"{url}: the API key holds characters that no key has. {_KEY_HELP}")
    from label_studio_sdk import LabelStudio  # takes a second to import

    url = url.rstrip("/")
    with told(url):
        http = httpx.Client(timeout=TIMEOUT, follow_redirects=False, event_hooks={"response": [_stay]})
        # The slash keeps a server under a sub-path reachable where the SDK joins addresses.
        client = LabelStudio(base_url=url + "/", api_key=api_key.strip(), timeout=TIMEOUT, httpx_client=http)  # type: ignore[no-untyped-call]
        studio = Studio(client, url)
        who = studio.client.users.whoami()
    if not isinstance(getattr(who, "email", None), str):
        raise StudioError(f"{url}: does not say whose key this is, as Label Studio does. {_ELSEWHERE}")
    return studio


def _stay(response: httpx.Response) -> None:
    """Refuse to be sent elsewhere: a key goes to the address that its owner named, and to no other."""
    if response.has_redirect_location:
        place = urljoin(str(response.request.url), response.headers["location"])
        raise StudioError(
            f"{response.request.url}: sends on to {place}, where no key is brought unasked. "
            "If that is your Label Studio, give its address with --url"
        )


@contextmanager
def told(url: str) -> Iterator[None]:
    """Errors of the SDK and of the network become a StudioError that says what to do."""
    from label_studio_sdk.core.api_error import ApiError

    try:
        yield
    except ApiError as error:
        raise StudioError(f"{url}: {_reason(error.status_code, error.body)}") from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise StudioError(f"{url}: is no address of a server. It begins with http:// or https://") from error
    except httpx.TimeoutException as error:
        raise StudioError(
            f"{url}: did not answer in time. Is it busy? What was sent before is kept: try again"
        ) from error
    except httpx.HTTPError as error:
        raise StudioError(f"{url}: cannot be reached ({error}). Is Label Studio running there?") from error
    except (TypeError, AttributeError, LookupError, ValueError) as error:  # where the SDK unpacks an answer
        raise StudioError(f"{url}: answers otherwise than Label Studio does ({error}). {_ELSEWHERE}") from error


def cut_off(error: StudioError) -> bool:
    """Whether the connection broke, so that nobody knows whether the server did as told."""
    from label_studio_sdk.core.api_error import ApiError

    cause = error.__cause__
    return isinstance(cause, httpx.TransportError) or (isinstance(cause, ApiError) and cause.status_code in GATEWAY)


def _reason(status: int | None, body: Any) -> str:
    if status in GATEWAY:
        return f"a proxy before Label Studio answered with status {status}. Is Label Studio running, or busy?"
    if status in {401, 403}:
        return f"the API key is not accepted ({_detail(body)}). {_KEY_HELP}"
    if status == 404 and not isinstance(body, dict):
        return "there is a server, but no Label Studio at this address. Check the path"
    if status is not None and status < HTTPStatus.MULTIPLE_CHOICES:
        return f"answers otherwise than Label Studio does: {_detail(body) or 'nothing'}. {_ELSEWHERE}"
    return f"Label Studio refused with status {status}: {_detail(body)}"


def _detail(body: Any) -> str:
    """What the server says of an error, in a line."""
    if not isinstance(body, dict):
        return " ".join(str(body).split())[:200]
    errors = body.get("validation_errors")
    return f"{body.get('detail', 'no reason given')}{f' {errors}' if errors else ''}"


def find_project(studio: Studio, name: str) -> Any | None:
    """The project of that title or number; None where there is none.

    Raises StudioError where several have the title, or none has the number.
    """
    projects = _projects(studio)
    found = [project for project in projects if project.title == name]
    if not found and name.isdecimal():
        found = [project for project in projects if project.id == int(name)]
        if not found:
            raise StudioError(f"{studio.url}: no project has the number {name}. {_there(projects)}")
    if len(found) > 1:
        numbers = ", ".join(str(project.id) for project in found)
        raise StudioError(f"{studio.url}: several projects are called {name!r}. Give one of the numbers {numbers}")
    if not found:
        return None
    with told(studio.url):
        return studio.client.projects.get(found[0].id)


def need_project(studio: Studio, name: str, way_out: str = "") -> Any:
    """The project of that title or number.

    Raises StudioError, which names projects with a title like it and those that fit, where there is none.
    """
    project = find_project(studio, name)
    if project is None:
        projects = _projects(studio)
        hints = [_alike(name, projects), _there(projects), way_out]
        raise StudioError(f"{studio.url}: no project {name!r}. {' '.join(filter(None, hints))}")
    return project


def _projects(studio: Studio) -> list[Any]:
    with told(studio.url):
        return list(studio.client.projects.list())


def _alike(name: str, projects: list[Any]) -> str:
    """A question for the projects with nearly this title; nothing where there are none."""
    titles = {" ".join(project.title.casefold().split()): project for project in projects}
    close = get_close_matches(" ".join(name.casefold().split()), titles, n=3, cutoff=0.75)
    return f"Did you mean {' or '.join(_named(titles[title]) for title in close)}?" if close else ""


def _named(project: Any) -> str:
    return f"{project.title!r} ({project.id})"


def _there(projects: list[Any]) -> str:
    """The projects of a server in a sentence: those that fit our drafts, else any."""
    ours = [project for project in projects if not _lacking(project)]
    told = ours or projects
    shown = ", ".join(map(_named, told[:SHOWN])) + (f" and {len(told) - SHOWN} more" if len(told) > SHOWN else "")
    if ours:
        return f"Projects of the annotator are: {shown}."
    return f"None of its projects is the annotator's: {shown}." if projects else "The server has no projects yet."


def make_project(studio: Studio, title: str, reviewers: int = 1) -> Any:
    """A project with our configuration and instructions, and two lists of tasks: all of them, and what needs review.

    Raises StudioError where the title does not suit the server.
    """
    least, most = TITLE_LENGTH
    if not least <= len(title) <= most:
        raise StudioError(f"{title!r} cannot be a project's title: Label Studio wants {least} to {most} characters")
    with told(studio.url):
        project = studio.client.projects.create(
            title=title,
            label_config=config(),
            expert_instruction=instructions(),
            show_instruction=True,
            maximum_annotations=reviewers,
            sampling="Uncertainty sampling",
            request_options=ONCE,
        )
        for view in (_view(VIEW, "tasks:predictions_score"), _view(REVIEW_VIEW, f"-tasks:data.{TO_REVIEW}", WAITING)):
            studio.client.views.create(project=project.id, data=view, request_options=ONCE)
    return project


# Tasks of which some claims need review.
WAITING = {
    "conjunction": "and",
    "items": [{"filter": f"filter:tasks:data.{TO_REVIEW}", "operator": "greater", "type": "Number", "value": 0}],
}


def _view(title: str, order: str, filters: dict[str, Any] | None = None) -> dict[str, Any]:
    """A list of tasks in that order, as the server keeps it."""
    view: dict[str, Any] = {
        "title": title,
        "type": "list",
        "target": "tasks",
        "ordering": [order],
        "hiddenColumns": {"explore": [*HIDDEN], "labeling": [*HIDDEN, *HIDDEN_BESIDE]},
    }
    return view if filters is None else {**view, "filters": filters}


def check_configuration(studio: Studio, project: Any) -> None:
    """Raise StudioError where a project's configuration lacks something that our regions need."""
    if lacking := _lacking(project):
        shown = "; ".join(lacking[:5]) + (f"; and {len(lacking) - 5} more" if len(lacking) > 5 else "")
        raise StudioError(
            f"{studio.url}: project {_named(project)} has another labelling configuration. It lacks {shown}. "
            "Use a project of its own (--create --project NAME), or paste schemas/label_studio.xml into its "
            f"Settings > Labeling Interface. {_there(_projects(studio))}"
        )


def _lacking(project: Any) -> list[str]:
    return sorted(_offers(config()) - _offers(getattr(project, "label_config", None) or ""))


def not_ours(studio: Studio, project: Any, tasks: int) -> StudioError:
    """The error for a project of tasks that were not pushed."""
    return StudioError(
        f"{studio.url}: project {_named(project)} is another's: none of its {tasks} tasks was sent there by "
        f"`annotator review push`. {_there(_projects(studio))}"
    )


def _offers(configuration: str) -> set[str]:
    """Labels, relations, controls and answers of a configuration, each as a phrase for messages."""
    try:
        root = ET.fromstring(configuration)
    except ET.ParseError:
        return set()
    found = {f"the label {item.get('value')}" for item in root.iter("Label")}
    found |= {f"the relation {item.get('value')}" for item in root.iter("Relation")}
    for control in (*root.iter("Choices"), *root.iter("TextArea"), *root.iter("Text")):
        found.add(f"the field {control.get('name')}")
        found |= {f"the answer {control.get('name')}={choice.get('value')}" for choice in control.iter("Choice")}
    return found


def instructions() -> str:
    """What reviewers read before they begin, as HTML, with the meanings of the codebook."""
    steps = (
        "Work in <b>Label All Tasks</b>: it gives the text more room, and the least certain articles come first. "
        "What you do is kept as a draft, and counts once you press <b>Submit</b> (Ctrl+Enter).",
        "Arrows say who said what: <b>attributed_to</b> from a claim to its source, "
        "<b>cited_by</b> from a source to whoever passed it on, <b>cue_of</b> from the words that attribute.",
        "Select a region: its questions appear beside the text, each answer with its key. Keys answer for the selected "
        "region only.",
        "Drag an end of a region to resize it: what is joined to it stays. Backspace deletes it with its arrows. Never "
        "turn a region into another kind: delete it and mark the words anew.",
        "New region: Escape, then <b>c</b> claim, <b>s</b> source or <b>q</b> cue, then mark the words. A new source "
        "needs its type, and its name where its words are not the name.",
        "New arrow: select the region that it starts from, Alt+R, click the other one. Then open Relations at the "
        "right, point at the last line and choose its label behind the three dots.",
        "The same source mentioned twice: <b>same_source</b> from the later mention to the earlier one, or the same "
        "name. A claim in pieces: <b>continues</b> from each later piece to the one before it.",
        "What you type into a field is saved by Enter; the pencil changes what is there. The chain is one field for "
        "what arrows would say: <b>origin &gt; who passed it on &gt; publisher</b>.",
        "An anonymous source is never given a name that the article does not give. When in doubt, leave a note.",
        "At the end press Escape, so that nothing is selected, and say under Article whether it is complete (Shift+1).",
    )
    # The page draws no list signs.
    parts = [f"<p>{n}. {step}</p><br>" for n, step in enumerate(steps, 1)]
    for name in [control.name for control in CLAIM_CONTROLS] + ["source_type"]:
        rows = (f"<li><b>{html.escape(v.value)}</b>: {html.escape(v.meaning)}</li>" for v in VOCABULARIES[name])
        parts.append(f"<br><h4>{name.replace('_', ' ')}</h4><ul>{''.join(rows)}</ul>")
    rows = (
        f"<li><b>{relation.name}</b> ({relation.start} to {' or '.join(relation.ends)}): {relation.meaning}</li>"
        for relation in RELATIONS
    )
    spans = (
        f"{CLAIM} leaves out cue, source, “that” and the full stop; {SOURCE} is the noun phrase; {CUE} the verb group."
    )
    return "".join([*parts, f"<br><h4>relations</h4><ul>{''.join(rows)}</ul><br><p>{html.escape(spans)}</p>"])
