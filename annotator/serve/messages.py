"""What Label Studio sends and what it is answered, as the schema at /openapi.json describes them."""

from typing import Any, Literal

from pydantic import BaseModel, Field, SkipValidation
from starlette.responses import Response

from annotator.formats.jsonl import json_text

NOTHING_NEW = "The annotator does not learn from webhooks. Fetch reviews with: annotator review pull"


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


def answered(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The value as JSON that can always be encoded, whatever a text holds."""
    return Response(json_text(value), status, headers, media_type="application/json")


def refused(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A refusal with its reason and the way out."""
    return answered({"detail": detail}, status, headers)
