"""The calls /health, /setup, /predict and /webhook, and the application that answers them.

Memory does not grow with the number of requests: a few bodies are held at a time, and the others wait unread.
"""

import logging
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.types import ASGIApp

from annotator.formats import label_studio
from annotator.serve.gate import Gate
from annotator.serve.keys import check_key, describe_key
from annotator.serve.messages import (
    Health,
    Ignored,
    PredictRequest,
    PredictResponse,
    Refusal,
    SetupRequest,
    SetupResponse,
    answered,
    refused,
)
from annotator.serve.predicting import Annotates, predictions

MAX_MEGABYTES = 16.0  # a task with 60 regions has 30 kB; Label Studio sends all selected tasks in one request

REFUSALS: dict[int | str, dict[str, Any]] = {status: {"model": Refusal} for status in (400, 401, 413)}

CALLS = frozenset({"/predict", "/setup", "/webhook", "/openapi.json"})  # of the backend, behind its key

log = logging.getLogger(__name__)


def create_app(
    annotator: Annotates,
    *,
    api_key: str | None = None,
    max_megabytes: float = MAX_MEGABYTES,
    hosts: Collection[str] = (),
    page: ASGIApp | None = None,
) -> FastAPI:
    """The backend around what annotates; with `api_key`, all calls but /health need it.

    It answers to its addresses, to localhost, and to the names in `hosts`. A `page` has whatever the backend's calls
    are not, behind its own door.

    Raises ServeError for a key that cannot be sent in a header.
    """
    check_key(api_key)
    # The pages that would show the API fetch their scripts from elsewhere; /openapi.json has it all.
    app = FastAPI(
        title="attribution-annotator",
        summary="Machine-learning backend for Label Studio",
        version=annotator.tool.version,
        docs_url=None,
        redoc_url=None,
        exception_handlers={RequestValidationError: _not_understood},
    )
    app.include_router(_small_calls(label_studio.version_of(annotator.tool)))
    app.include_router(_predict_call(annotator))
    app.add_middleware(
        Gate,
        api_key=api_key,
        max_bytes=int(max_megabytes * 1_000_000),
        open_requests=annotator.places + 1,
        hosts=hosts,
        keyed=CALLS if page is not None else None,
    )
    if page is not None:
        app.mount("/", page)
    if api_key is not None:
        describe_key(app)
    return app


async def _not_understood(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError), "it is registered for no other"
    found = (f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
    return refused(400, "; ".join(found))


def _small_calls(version: str) -> APIRouter:
    """The calls that are answered at once: Label Studio gives them a second or three."""
    router = APIRouter()

    @router.get("/health")
    async def health() -> Health:
        """Answers as soon as the model is loaded, with or without the key."""
        return Health()

    @router.post("/setup", responses=REFUSALS)
    async def setup(body: SetupRequest) -> SetupResponse:
        """Called when the backend is added to a project: checks that the predictions fit its configuration."""
        if missing := list(_missing(body.labelling_config)):
            fault = f"The labelling configuration of the project lacks {', '.join(missing)}"
            log.warning("%s", fault)  # Label Studio shows the status only
            raise HTTPException(400, f"{fault}. Paste schemas/label_studio.xml, or use: annotator review push --create")
        return SetupResponse(model_version=version)

    @router.post("/webhook", responses={401: REFUSALS[401]})
    async def webhook(request: Request) -> Ignored:
        """Accepts every notice and does nothing with it."""
        async for _ in request.stream():
            pass
        return Ignored()

    return router


def _predict_call(annotator: Annotates) -> APIRouter:
    router = APIRouter()

    @router.post("/predict", responses={200: {"model": PredictResponse}, **REFUSALS, 503: REFUSALS[400]})
    async def predict(body: PredictRequest, request: Request) -> Response:
        """Annotates the tasks; one that fails is named in `errors`, and the others are done."""
        results, failures = await predictions(annotator, body.tasks, request.is_disconnected)
        return answered({"results": results, "errors": [failure.model_dump() for failure in failures]})

    return router


def _missing(config: str) -> Iterator[str]:
    """What predictions need and the labelling configuration lacks."""
    try:
        root = ET.fromstring(config)
    except ET.ParseError as error:
        yield f"what makes it XML ({error})"
        return
    names = {element.get("name") for element in root.iter()}
    labels = {element.get("value") for element in root.iter("Label")}
    yield from (f"a control named {name!r}" for name in (label_studio.SPAN, label_studio.TEXT) if name not in names)
    yield from (f"the label {label!r}" for label in label_studio.COLOURS if label not in labels)
