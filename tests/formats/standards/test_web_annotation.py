"""Web annotations: read as linked data by pyld and rdflib, their selectors against the text."""

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdflib.collection import Collection
from rdflib.namespace import FOAF, RDFS

from annotator import formats
from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle, ArticleReview, ClaimReview
from tests.factory import harbour_record, plain_record, records
from tests.formats.standards.linked import dropped, graph
from tests.formats.standards.texts import HOSTILE, checked_record, hostile_record

AA = rdflib.Namespace("urn:attribution-annotator:term:")
PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX aa: <urn:attribution-annotator:term:>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def written(folder: Path, *of: AnnotatedArticle) -> Path:
    (path,) = formats.write(of, folder, ["web-annotation"])
    return path


def items(path: Path) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(path.read_text(encoding="utf-8"))["first"]["items"]}


def rows(path: Path, query: str) -> set[tuple[str, ...]]:
    return {tuple(map(str, row)) for row in graph(path).query(PREFIXES + query)}


def test_every_claim_and_mention_is_an_annotation_of_the_web(tmp_path: Path) -> None:
    record = harbour_record()
    path = written(tmp_path, record)
    found = rows(path, "SELECT ?a ?m { ?a a oa:Annotation ; oa:motivatedBy ?m }")
    named = [motivation.rpartition("#")[2] for _, motivation in found]
    assert named.count("describing") == len(record.claims)
    assert named.count("identifying") == sum(len(source.mentions) for source in record.sources)
    assert rows(path, "SELECT ?n { ?c <http://www.w3.org/ns/activitystreams#totalItems> ?n }") == {(str(len(found)),)}


def test_no_property_is_lost_on_the_way_to_linked_data(tmp_path: Path) -> None:
    assert dropped(written(tmp_path, harbour_record(), hostile_record())) == set()


def test_positions_count_code_points_and_words_are_those_of_the_text(tmp_path: Path) -> None:
    claim = items(written(tmp_path, hostile_record()))[
        "urn:attribution-annotator:record:hos%2Ftile%20%F0%9F%9A%A2/claim/c2"
    ]
    quotes, places = zip(*(target["selector"] for target in claim["target"]), strict=True)
    assert [HOSTILE[place["start"] : place["end"]] for place in places] == [quote["exact"] for quote in quotes]
    assert [quote["exact"] for quote in quotes] == ["“The pier", "is safe,", "and 🚢 will sail,”", "“by Friday.”"]
    # "Coastal Wire, " stands before the last piece, on the same line; the line before the third is another paragraph.
    assert "prefix" not in quotes[2]
    assert quotes[3]["prefix"].endswith("told Coastal Wire, ")
    assert claim["aa:text"] == "“The pier \x0bis safe,\r\nand 🚢 will sail,” “by Friday.”"


def test_words_around_are_no_more_than_32_units_of_utf_16(tmp_path: Path) -> None:
    for item in items(written(tmp_path, harbour_record(), hostile_record())).values():
        for target in item["target"]:
            for side in ("prefix", "suffix"):
                assert len(target["selector"][0].get(side, "").encode("utf-16-le")) <= 64


def test_a_chain_of_three_comes_out_in_its_order(tmp_path: Path) -> None:
    there = graph(written(tmp_path, harbour_record()))
    claim = rdflib.URIRef("urn:attribution-annotator:record:harbour/claim/c02")
    links = Collection(there, there.value(claim, AA.chain))
    agents = [there.value(link, AA.agent) for link in links]
    assert [str(there.value(link, AA.role)) for link in links] == ["origin", "reporter", "publisher"]
    assert [str(there.value(agent, RDFS.label)) for agent in agents] == ["a harbour official", "None", "None"]
    assert [str(there.value(agent, FOAF.name)) for agent in agents] == ["None", "Coastal Wire", "Daily Example"]
    chain = items(tmp_path / "web_annotations.jsonld")[str(claim)]["body"][1]["value"]
    assert chain == "Harbour official (anonymous) > Coastal Wire > Daily Example"


def test_who_is_anonymous_or_left_open_has_a_description_and_no_name(tmp_path: Path) -> None:
    path = written(tmp_path, hostile_record())
    assert {name for (name,) in rows(path, "SELECT ?n { ?a oa:hasBody/oa:hasSource/foaf:name ?n }")} == {
        "Daily <Example> & Co",
        "Coastal Wire",
        "official’s memo \ufffe",
    }
    described = {words for (words,) in rows(path, "SELECT ?n { ?a oa:hasBody/oa:hasSource/rdfs:label ?n }")}
    assert described == {"a port official", "unresolved: He"}


def test_targets_lead_to_the_address_of_the_article(tmp_path: Path) -> None:
    assert rows(written(tmp_path, hostile_record()), "SELECT ?s { ?a oa:hasTarget/oa:hasSource ?s }") == {
        ("https://daily.example/hafen%20stra%C3%9Fe?a=b&c=%3Cd%3E",)
    }


@pytest.mark.parametrize("url", [None, "", "not an address", "javascript:alert(1)", "file:///etc/hosts", "http://[::"])
def test_what_is_no_address_of_the_web_is_named_by_its_id(tmp_path: Path, url: str | None) -> None:
    path = written(tmp_path, plain_record("Rain fell.", url=url))
    assert rows(path, "SELECT ?s { ?a oa:hasTarget/oa:hasSource ?s }") == {("urn:attribution-annotator:article:plain",)}


def test_two_reviews_of_an_article_are_two_records_of_one_article(tmp_path: Path) -> None:
    record = harbour_record()
    reviews = [
        record.model_copy(update={"review": ArticleReview(reviewer=name, reviewed_at="2026-03-03T10:00:00+00:00")})
        for name in ("ana@desk", "bo@desk")
    ]
    path = written(tmp_path, *reviews, record, record)
    assert len(items(path)) == 4 * len(items(written(tmp_path / "one", record)))
    assert rows(path, "SELECT DISTINCT ?n { ?a <http://purl.org/dc/terms/creator>/foaf:name ?n }") == {
        ("ana@desk",),
        ("bo@desk",),
    }


def test_what_a_reviewer_deleted_is_left_out_and_what_they_noted_is_there(tmp_path: Path) -> None:
    record = harbour_record()
    deleted = ClaimReview(status=ReviewStatus.REJECTED)
    noted = ClaimReview(status=ReviewStatus.ACCEPTED, note="Seen on tape")
    first, second, *others = record.claims
    claims = (first.model_copy(update={"review": deleted}), second.model_copy(update={"review": noted}), *others)
    path = written(tmp_path, record.model_copy(update={"claims": claims}))
    assert "urn:attribution-annotator:record:harbour/claim/c01" not in items(path)
    assert ("Seen on tape",) in rows(path, "SELECT ?v { ?a oa:hasBody [ oa:hasPurpose oa:commenting ; rdf:value ?v ] }")


def test_a_verdict_is_a_tag_and_a_comment(tmp_path: Path) -> None:
    query = "SELECT ?p ?v { ?a oa:hasBody [ oa:hasPurpose ?p ; rdf:value ?v ] }"
    values = {value for _, value in rows(written(tmp_path, checked_record()), query)}
    assert "verdict: mostly_true" in values
    assert any("It sailed on" in value and "münchen.example" in value for value in values)


@given(records())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_linked_data_whose_places_fit(tmp_path: Path, record: AnnotatedArticle) -> None:
    path = written(tmp_path, record)
    assert len(graph(path)) > 0
    for item in items(path).values():
        for target in item["target"] if isinstance(item["target"], list) else []:
            quote, place = target["selector"]
            assert record.article.text[place["start"] : place["end"]] == quote["exact"]
            assert len(quote["exact"].splitlines()) == 1
