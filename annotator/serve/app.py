"""Label Studio's machine-learning backend: the pipeline answers its calls /health, /setup, /predict and /webhook.

Memory does not grow with the number of requests: a few bodies are held at a time, the others wait unread, and one
worker annotates.
"""

import asyncio
import base64
import binascii
import logging
import secrets
import socket
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, Literal

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, SkipValidation, ValidationError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from annotator.errors import ServeError
from annotator.formats import label_studio
from annotator.formats.jsonl import json_text
from annotator.pipeline import BATCH_ARTICLES, Annotator
from annotator.records import Article
from annotator.text import scrub

HOST, PORT = "127.0.0.1", 9090  # the port that Label Studio's own examples use
MAX_MEGABYTES = 16.0  # a task with 60 regions has 30 kB; Label Studio sends all selected tasks in one request
OPEN_REQUESTS = 2  # one is annotated while the next is read
MAX_WAITING = 256
STOP_SECONDS = 10  # for requests that are being answered
BODY_SECONDS = 30.0  # whoever sends more slowly must not keep the others waiting
NOTHING_NEW = "The annotator does not learn from webhooks. Fetch reviews with: annotator review pull"

log = logging.getLogger("annotator.serve.app")


class Task(BaseModel):
    """A task: the article is `data.text`; other fields that `annotator review push` writes are used where present."""

    id: int | str | None = None
    data: dict[str, Any] = Field(examples=[{"text": "It rained, Axios reported.", "publisher": "Babel"}])


class PredictRequest(BaseModel):
    """Tasks to annotate; whatever else Label Studio sends is not looked at."""

    tasks: list[SkipValidation[Task]]  # looked at one by one: a bad task must not take the others along


class Prediction(BaseModel):
    """Claims, sources and cues of one article as regions and relations; the lower the score, the more to review."""

    model_version: str
    score: float
    result: list[dict[str, Any]]


class Failure(BaseModel):
    """A task that could not be annotated: its place in the request, its id and what is wrong."""

    index: int
    task: int | str | None
    error: str


class PredictResponse(BaseModel):
    """One result a task in the order of the tasks; an empty list, and a line in `errors`, for a task that failed."""

    results: list[Prediction | list[Prediction]]
    errors: list[Failure]


class SetupRequest(BaseModel):
    """What Label Studio sends when the backend is added to a project: `schema` is the labelling configuration."""

    labelling_config: str = Field(alias="schema")


class SetupResponse(BaseModel):
    model_version: str


class Health(BaseModel):
    status: Literal["UP"] = "UP"


class Ignored(BaseModel):
    status: Literal["ignored"] = "ignored"
    detail: str = NOTHING_NEW


class Refusal(BaseModel):
    """Why a request was not answered, and what to do."""

    detail: str


def create_app(annotator: Annotator, *, api_key: str | None = None, max_megabytes: float = MAX_MEGABYTES) -> FastAPI:
    """The backend around a loaded annotator; with `api_key`, all calls but /health need it.

    Raises ServeError for a key that cannot be sent in a header.
    """
    _check_key(api_key)
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="annotator")
    # Annotating something at once loads what is loaded late, and tells the version that /setup is asked for.
    version = label_studio.model_version(annotator.annotate(Article(article_id="first", text="It rained, he said.")))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        worker.shutdown(wait=False, cancel_futures=True)

    # The pages that would show the API fetch their scripts from elsewhere; /openapi.json has it all.
    app = FastAPI(
        title="attribution-annotator",
        summary="Machine-learning backend for Label Studio",
        version=annotator.tool.version,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    refusals: dict[int | str, dict[str, Any]] = {status: {"model": Refusal} for status in (400, 401, 413)}

    @app.exception_handler(RequestValidationError)
    async def _not_understood(_: Request, error: RequestValidationError) -> Response:
        found = (f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
        return _refused(400, "; ".join(found))

    @app.get("/health")
    async def health() -> Health:
        """Answers as soon as the model is loaded, with or without the key."""
        return Health()

    @app.post("/setup", responses=refusals)
    async def setup(body: SetupRequest) -> SetupResponse:
        """Called when the backend is added to a project: checks that the predictions fit its configuration."""
        if missing := list(_missing(body.labelling_config)):
            fault = f"The labelling configuration of the project lacks {', '.join(missing)}"
            log.warning("%s", fault)  # Label Studio shows the status only
            raise HTTPException(400, f"{fault}. Paste schemas/label_studio.xml, or use: annotator review push --create")
        return SetupResponse(model_version=version)

    @app.post("/predict", responses={200: {"model": PredictResponse}, **refusals, 503: refusals[400]})
    async def predict(body: PredictRequest, request: Request) -> Response:
        """Annotates the tasks; one that fails is named in `errors`, and the others are done."""
        results: list[Any] = []
        errors: list[Failure] = []
        for start in range(0, len(body.tasks), BATCH_ARTICLES):
            if await request.is_disconnected():
                log.warning("the caller left after %d of %d tasks", start, len(body.tasks))
                break
            call = partial(predictions, annotator, body.tasks[start : start + BATCH_ARTICLES], start)
            done, failed = await asyncio.get_running_loop().run_in_executor(worker, call)
            results += done
            errors += failed
        return _json({"results": results, "errors": [error.model_dump() for error in errors]})

    @app.post("/webhook", responses={401: refusals[401]})
    async def webhook(request: Request) -> Ignored:
        """Accepts every notice and does nothing with it."""
        async for _ in request.stream():
            pass
        return Ignored()

    app.add_middleware(Gate, api_key=api_key, max_bytes=int(max_megabytes * 1_000_000))
    if api_key is not None:
        _describe_key(app)
    return app


def _check_key(api_key: str | None) -> None:
    if api_key is not None and not (api_key.isascii() and api_key.isprintable() and api_key.strip() == api_key != ""):
        raise ServeError("The API key must consist of ASCII characters, with no blank at its ends")


def _describe_key(app: FastAPI) -> None:
    """Say in the schema that all calls but /health need the key; the gate looks at it before anything is read."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        schemes = ("basic", "bearer")
        schema["components"]["securitySchemes"] = {scheme: {"type": "http", "scheme": scheme} for scheme in schemes}
        schema["security"] = [{scheme: []} for scheme in schemes]
        schema["paths"]["/health"]["get"]["security"] = []
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def predictions(
    annotator: Annotator, tasks: Sequence[Any], start: int = 0
) -> tuple[list[dict[str, Any] | list[Any]], list[Failure]]:
    """A prediction a task, an empty list for one that failed, and the failures; the first task has number `start`."""
    results: list[dict[str, Any] | list[Any]] = [[] for _ in tasks]
    failures: list[Failure] = []
    articles: list[Article] = []

    def failed(place: int, error: str) -> None:
        task = tasks[place].get("id") if isinstance(tasks[place], dict) else None
        task = task if isinstance(task, int | str) else None
        log.warning("task %r: %s", task, error)
        failures.append(Failure.model_construct(index=start + place, task=task, error=error))

    def unexpected(article: Article, error: Exception) -> None:
        failed(int(article.article_id), f"cannot be annotated ({type(error).__name__}: {_first_line(error)})")

    for place, task in enumerate(tasks):
        try:
            articles.append(_article(Task.model_validate(task), str(place)))
        except ValueError as error:
            failed(place, _first_line(error))
    for record in annotator.annotate_many(articles, unexpected):
        results[int(record.article.article_id)] = label_studio.prediction(record)
    return results, failures


def _article(task: Task, name: str) -> Article:
    """The article of a task, named by its place in the request."""
    text = task.data.get("text")
    if not isinstance(text, str):
        fields = ", ".join(map(str, task.data)) or "none"
        raise ValueError(f"data.text must hold the article; the fields are: {fields}")
    known = {
        key: scrub(value)
        for key in ("title", "publisher", "published", "url")
        if isinstance(value := task.data.get(key), str) and value
    }
    if known.get("title") == task.data.get("article_id"):  # `push` writes the id where there is no title
        known.pop("title", None)
    return Article(article_id=name, text=scrub(text), **known)  # one for one, so the offsets stay


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
    return str(error).split("\n", 1)[0]


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


class Gate:
    """Lets requests in: with the key where one is asked, no larger than the limit, and to /predict a few at a time."""

    def __init__(self, app: ASGIApp, *, api_key: str | None, max_bytes: int) -> None:
        self.app, self.api_key, self.max_bytes = app, api_key, max_bytes
        self.room = asyncio.Semaphore(OPEN_REQUESTS)
        self.waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/health":
            await self.app(scope, receive, send)
        elif (refusal := self._refusal(Headers(scope=scope))) is not None:
            await _drain(receive)
            await refusal(scope, receive, send)
        elif scope["path"] != "/predict":
            # Short and answered at once: Label Studio waits three seconds for /setup.
            await self._let_in(scope, receive, send)
        else:
            self.waiting += 1
            try:
                async with self.room:
                    await self._let_in(scope, receive, send)
            finally:
                self.waiting -= 1

    def _refusal(self, headers: Headers) -> Response | None:
        if self.api_key is not None and not _has_key(headers.get("authorization", ""), self.api_key):
            advice = "In Label Studio choose basic authentication with any name and the key as password"
            return _refused(401, f"The API key is missing or wrong. {advice}", {"WWW-Authenticate": "Basic"})
        if headers.get("content-length", "0").isdecimal() and int(headers.get("content-length", "0")) > self.max_bytes:
            return self._too_large()
        if self.waiting >= MAX_WAITING:
            return _refused(503, f"{MAX_WAITING} requests are waiting. Try again later", {"Retry-After": "30"})
        return None

    def _too_large(self) -> Response:
        limit = f"{self.max_bytes / 1_000_000:g} MB"
        return _refused(413, f"The request is larger than {limit}. Select fewer tasks, or serve with a higher --max-mb")

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/webhook":  # whose body nobody keeps
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await self._body(receive)
        except TimeoutError:
            await _refused(408, f"The request took longer than {BODY_SECONDS:g} s to arrive")(scope, receive, send)
            return
        if body is None:
            await _drain(receive)
            await self._too_large()(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)

    async def _body(self, receive: Receive) -> bytes | None:
        """The whole body, or None where it is too large."""
        parts, size = [], 0
        while True:
            message = await receive()
            part = message.get("body", b"")
            size += len(part)
            if size > self.max_bytes:
                return None
            parts.append(part)
            if not message.get("more_body", False):
                return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body first, and then what comes after it."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


async def _drain(receive: Receive) -> None:
    """Read and drop the rest of a body: a caller that is still sending would not see the answer."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        return


def _has_key(authorization: str, key: str) -> bool:
    """Whether the header brings the key: as bearer token, or as password of basic authentication."""
    scheme, _, value = authorization.partition(" ")
    given = value.strip().encode()
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).partition(b":")[2]
        except binascii.Error:
            return False
    elif scheme.lower() not in ("bearer", "token"):
        return False
    return secrets.compare_digest(given, key.encode())


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(json_text(value), status, headers, media_type="application/json")


def _refused(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    return _json({"detail": detail}, status, headers)


def listen(host: str = HOST, port: int = PORT) -> socket.socket:
    """A socket at the address; port 0 is any free one.

    Raises ServeError when the address cannot be had.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ServeError(f"{host}:{port} cannot be had ({error.strerror}). Choose another --port or --host") from error


def serve(app: FastAPI, at: socket.socket) -> None:
    """Answer requests at the socket until Ctrl-C or SIGTERM."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=STOP_SECONDS
    )
    with suppress(KeyboardInterrupt):  # uvicorn ends in good order, and then raises it once more
        uvicorn.Server(config).run(sockets=[at])
