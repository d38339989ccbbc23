"""Predictions: what Label Studio's own checks accept, and what they do not look at."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings

from annotator.formats import label_studio
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record, plain_record, records
from tests.formats.label_studio.harbour import HARBOUR, interface


def regions(prediction: dict[str, Any]) -> list[dict[str, Any]]:
    return [result for result in prediction["result"] if result["type"] != "relation"]


def labelled(prediction: dict[str, Any]) -> dict[str, str]:
    """Label of each region by its id."""
    return {r["id"]: r["value"]["labels"][0] for r in regions(prediction) if r["type"] == "labels"}


def words(prediction: dict[str, Any]) -> dict[str, str]:
    return {r["id"]: r["value"]["text"] for r in regions(prediction) if r["type"] == "labels"}


def relations(prediction: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every relation as its name and the words that it joins."""
    said = words(prediction)
    return [
        (name, said[result["from_id"]], said[result["to_id"]])
        for result in prediction["result"]
        if result["type"] == "relation"
        for name in result["labels"]
    ]


def mistakes(prediction: dict[str, Any], text: str) -> Iterator[str]:
    """What breaks the editor and is not seen by the SDK."""
    if not prediction["model_version"] or not isinstance(prediction["model_version"], str):
        yield "no model version"
    labels = labelled(prediction)
    spans: dict[str, set[tuple[int, int]]] = {}
    for region in regions(prediction):
        value = region["value"]
        if not isinstance(region["id"], str) or "#" in region["id"] or region["id"] not in labels:
            yield f"id {region['id']!r}"
        if not 0 <= value["start"] < value["end"] <= len(text):
            yield f"{region['id']}: offsets"
        if isinstance(value["text"], str) and value["text"] != text[value["start"] : value["end"]]:
            yield f"{region['id']}: text"
        spans.setdefault(region["id"], set()).add((value["start"], value["end"]))
    yield from (f"{name}: several spans" for name, places in spans.items() if len(places) > 1)
    twice = Counter((r["id"], r["from_name"]) for r in regions(prediction))
    yield from (f"{key}: twice" for key, count in twice.items() if count > 1)
    yield from relation_mistakes(prediction, labels)


def relation_mistakes(prediction: dict[str, Any], labels: dict[str, str]) -> Iterator[str]:
    allowed = {relation.name: relation for relation in label_studio.RELATIONS}
    made = [result for result in prediction["result"] if result["type"] == "relation"]
    pairs = Counter((result["from_id"], result["to_id"]) for result in made)
    yield from (f"{pair}: two relations" for pair, count in pairs.items() if count > 1)
    for result in made:
        start, end = labels.get(result["from_id"]), labels.get(result["to_id"])
        if result["from_id"] == result["to_id"]:
            yield f"{result['from_id']}: joined to itself"
        if set(result) != {"type", "from_id", "to_id", "direction", "labels"} or not result["labels"]:
            yield f"keys {sorted(result)}"
        for name in result["labels"]:
            if name not in allowed or allowed[name].start != start or end not in allowed[name].ends:
                yield f"{name} from {start} to {end}"


@settings(max_examples=30, deadline=None)
@given(records())
def test_predictions_pass_the_sdk_and_what_it_misses(record: AnnotatedArticle) -> None:
    task = json.loads(json.dumps(label_studio.task(record)))
    [prediction] = task["predictions"]
    assert not interface().validate_prediction(prediction, return_errors=True)
    assert not list(mistakes(prediction, task["data"]["text"]))
    assert task["data"]["text"] == record.article.text
    to_review = task["data"].pop("to_review")
    assert to_review == sum(claim.needs_review for claim in record.claims)
    assert all(isinstance(value, str) for value in task["data"].values())


@settings(max_examples=30, deadline=None)
@given(records())
def test_every_claim_can_be_found_again_by_its_meta(record: AnnotatedArticle) -> None:
    prediction = label_studio.prediction(record)
    pieces = [r for r in regions(prediction) if r["value"].get("labels") == ["Claim"]]
    found = [(r["meta"]["claim_id"], r["value"]["start"], r["value"]["end"]) for r in pieces]
    assert found == [(claim.claim_id, span.start, span.end) for claim in record.claims for span in claim.spans]


def test_the_checks_of_this_file_see_mistakes() -> None:
    text = harbour_record().article.text
    assert not list(mistakes(HARBOUR, text))
    for path, value in {("model_version",): None, ("result", 0, "id"): 7, ("result", 0, "value", "end"): 9999}.items():
        spoiled = json.loads(json.dumps(HARBOUR))
        place = spoiled
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        assert list(mistakes(spoiled, text))
    doubled = {**HARBOUR, "result": [*HARBOUR["result"], HARBOUR["result"][-1]]}
    assert list(mistakes(doubled, text))


def test_the_chain_is_drawn_from_the_origin_to_the_reporter() -> None:
    joined = relations(HARBOUR)
    claim = "The harbour of Eastport will stay shut until Friday 🚢"
    assert ("attributed_to", claim, "a harbour official") in joined
    assert ("cited_by", "a harbour official", "Coastal Wire") in joined
    assert ("cue_of", "told", claim) in joined


def test_a_discontinuous_claim_continues_and_is_asked_about_once() -> None:
    assert ("continues", "“and nobody was hurt.”", "“The crane fell at midnight,”") in relations(HARBOUR)
    second = next(name for name, text in words(HARBOUR).items() if text == "“and nobody was hurt.”")
    assert [r["type"] for r in regions(HARBOUR) if r["id"] == second] == ["labels"]


def test_mentions_of_one_source_are_joined_backwards() -> None:
    assert ("same_source", "She", "Mayor Ana Ruiz") in relations(HARBOUR)


def test_own_voice_claims_stand_alone() -> None:
    ferries = "Two ferries lay idle on Monday"
    assert ferries in words(HARBOUR).values()
    assert not [relation for relation in relations(HARBOUR) if ferries in relation]


def test_a_claim_without_a_mention_goes_to_the_nearest_one_before_it() -> None:
    record = harbour_record()
    denial = record.attributions[2].model_copy(update={"source_mention": None})
    attributions = (*record.attributions[:2], denial, *record.attributions[3:])
    text = "the crane had been overloaded"
    joined = relations(label_studio.prediction(record.model_copy(update={"attributions": attributions})))
    assert ("attributed_to", text, "She") in joined


def test_relations_between_the_same_regions_become_one_with_two_labels() -> None:
    record = harbour_record()
    claim = record.claims[4]
    mayor, her = record.sources[3].mentions
    origin, publisher = claim.chain
    # "She" passes on what the mayor, who is she, said: cited_by and same_source join the same two mentions.
    chain = (
        origin.model_copy(update={"mention": her}),
        origin.model_copy(update={"mention": mayor, "role": "reporter"}),
        publisher,
    )
    odd = record.model_copy(update={"claims": (claim.model_copy(update={"chain": chain}),)})
    prediction = label_studio.prediction(odd)
    assert {"cited_by", "same_source"} in [set(r["labels"]) for r in prediction["result"] if r["type"] == "relation"]
    assert not list(mistakes(prediction, record.article.text))


def test_the_score_is_the_mean_confidence() -> None:
    confidences = [claim.confidence for claim in harbour_record().claims]
    assert abs(HARBOUR["score"] - sum(confidences) / 7) < 1e-9
    empty = plain_record("Rain fell").model_copy(update={"claims": ()})
    assert label_studio.prediction(empty)["score"] == 0.0


def test_a_claim_that_needs_review_says_why_and_who_it_may_be() -> None:
    made = label_studio.prediction(harbour_record())["result"]
    shown = [result["meta"]["text"] for result in made if result["type"] == "labels" and "text" in result["meta"]]
    assert shown == [["Needs review: two sources could be meant: Tom Lee or guard"]]
