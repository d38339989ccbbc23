"""A page of the harbour article, and what a reviewer does on it."""

import json
from typing import Any

from annotator.formats.label_studio import prediction
from annotator.records import AnnotatedArticle, Claim
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from tests.factory import HARBOUR, harbour_record

Results = list[dict[str, Any]]


def drawn() -> Results:
    made: Results = json.loads(json.dumps(prediction(harbour_record())["result"]))
    return made


def read(results: Results) -> tuple[AnnotatedArticle, list[str]]:
    page = Page.read(results, HARBOUR)
    record = corrected(harbour_record(), page)
    assert AnnotatedArticle.model_validate_json(record.model_dump_json()) == record
    return record, page.problems


def region_of(results: Results, words: str) -> str:
    return next(r["id"] for r in results if r["type"] == "labels" and HARBOUR[_span(r)] == words)


def _span(result: dict[str, Any]) -> slice:
    return slice(result["value"]["start"], result["value"]["end"])


def span_value(words: str, nth: int = 0) -> dict[str, int]:
    start = -1
    for _ in range(nth + 1):
        start = HARBOUR.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def draw(results: Results, region_id: str, label: str, words: str, nth: int = 0) -> None:
    value = {**span_value(words, nth), "labels": [label], "text": "whatever the server says"}
    results.append({"id": region_id, "from_name": "span", "to_name": "text", "type": "labels", "value": value})


def choose(results: Results, region_id: str, control: str, answer: str) -> None:
    results[:] = [r for r in results if not (r.get("id") == region_id and r.get("from_name") == control)]
    value = {"choices": [answer]}
    results.append({"id": region_id, "from_name": control, "to_name": "text", "type": "choices", "value": value})


def type_in(results: Results, region_id: str, control: str, words: str) -> None:
    results[:] = [r for r in results if not (r.get("id") == region_id and r.get("from_name") == control)]
    value = {"text": [words]}
    results.append({"id": region_id, "from_name": control, "to_name": "text", "type": "textarea", "value": value})


def relate(results: Results, start: str, end: str, *names: str, direction: str = "right") -> None:
    relation: dict[str, Any] = {"type": "relation", "from_id": start, "to_id": end, "direction": direction}
    results.append({**relation, "labels": list(names)} if names else relation)


def unrelate(results: Results, start: str, end: str) -> None:
    results[:] = [r for r in results if (r.get("from_id"), r.get("to_id")) != (start, end)]


def delete(results: Results, region_id: str) -> None:
    results[:] = [r for r in results if region_id not in (r.get("id"), r.get("from_id"), r.get("to_id"))]


def resize(results: Results, region_id: str, words: str) -> None:
    for result in results:
        if result.get("id") == region_id and "start" in result["value"]:
            result["value"] |= span_value(words)


def claim_with(record: AnnotatedArticle, words: str) -> Claim:
    return next(claim for claim in record.claims if words in claim.text)


def others_unchanged(record: AnnotatedArticle, *changed: str) -> bool:
    """Whether every claim but those with these ids is as it was."""
    before = {claim.claim_id: claim for claim in harbour_record().claims}
    return all(claim == before[claim.claim_id] for claim in record.claims if claim.claim_id not in changed)
