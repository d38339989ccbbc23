"""The JSON Schema of a record: correct, and as strict as the records."""

import json
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.records import AnnotatedArticle
from annotator.schema import record_schema
from tests.factory import harbour_record, records


@cache
def validator() -> Any:
    draft = import_module("jsonschema").Draft202012Validator  # its types are not declared
    draft.check_schema(record_schema())
    return draft(record_schema())


@settings(max_examples=30, deadline=None)
@given(records())
def test_every_record_is_valid(record: AnnotatedArticle) -> None:
    assert not list(validator().iter_errors(json.loads(record.model_dump_json())))


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.pop("tool"),
        lambda r: r.pop("sections"),
        lambda r: r.update(schema_version="2"),
        lambda r: r["claims"][0].update(kind="guess"),
        lambda r: r["claims"][0].update(colour="red"),
        lambda r: r["claims"][0].update(confidence=1.5),
        lambda r: r["claims"][0].update(spans=[]),
        lambda r: r["claims"][0]["spans"][0].update(start=-1),
        lambda r: r["claims"][1]["chain"][0].update(role="gossip"),
        lambda r: r["article"].update(article_id=""),
    ],
)
def test_what_is_no_record_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    value = json.loads(harbour_record().model_dump_json())
    assert validator().is_valid(value)
    change(value)
    assert not validator().is_valid(value)
