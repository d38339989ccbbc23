"""Claims of schema.org: every word of them one of its vocabulary, as rdflib has it; read as linked data."""

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings

from annotator import formats
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record, plain_record, records
from tests.formats.standards.linked import graph
from tests.formats.standards.texts import VERDICT, checked_record, hostile_record


def written(folder: Path, *of: AnnotatedArticle) -> Path:
    return formats.write(of, folder, ["schema-org"])[0]


def claims(path: Path) -> dict[str, dict[str, Any]]:
    nodes = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    return {node["@id"].rpartition("/")[2]: node for node in nodes if node["@type"] == "Claim"}


def outside(there: rdflib.Graph) -> set[str]:
    """Properties and types that schema.org does not have."""
    used = {*there.predicates(), *there.objects(None, rdflib.RDF.type)} - {rdflib.RDF.type}
    return {str(term) for term in used if term not in rdflib.SDO}


def test_the_vocabulary_of_rdflib_would_tell_a_word_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "wrong.jsonld"
    path.write_text('{"@context": "https://schema.org", "@type": "Claim", "appearence": "x"}', encoding="utf-8")
    assert outside(graph(path)) == {"https://schema.org/appearence"}


def test_every_word_is_one_of_schema_org(tmp_path: Path) -> None:
    there = graph(written(tmp_path, harbour_record(), hostile_record()))
    assert outside(there) == set()
    assert len(set(there.subjects(rdflib.RDF.type, rdflib.SDO.Claim))) == len(harbour_record().claims) + len(
        hostile_record().claims
    )


def test_who_said_it_is_the_author_and_nobody_interpreted_it(tmp_path: Path) -> None:
    path = written(tmp_path, harbour_record())
    mayor = claims(path)["c03"]["author"]
    assert (mayor["@type"], mayor["name"], mayor["jobTitle"]) == ("Person", "Ana Ruiz", "Mayor")
    own = claims(path)["c04"]["author"]
    assert (own["@type"], own["name"]) == ("Organization", "Daily Example")
    assert "claimInterpreter" not in path.read_text(encoding="utf-8")


def test_an_anonymous_source_is_described_and_has_no_name(tmp_path: Path) -> None:
    author = claims(written(tmp_path, harbour_record()))["c02"]["author"]
    assert (author["description"], "name" in author) == ("a harbour official", False)


def test_a_claim_appeared_in_what_it_went_through_and_in_the_article(tmp_path: Path) -> None:
    there = graph(written(tmp_path, harbour_record()))
    (claim,) = there.subjects(rdflib.SDO.text, rdflib.Literal("The harbour of Eastport will stay shut until Friday 🚢"))
    works = list(there.objects(claim, rdflib.SDO.appearance))
    article = rdflib.URIRef("https://daily.example/harbour")
    assert article in works
    (other,) = set(works) - {article}
    assert str(there.value(there.value(other, rdflib.SDO.publisher), rdflib.SDO.name)) == "Coastal Wire"
    assert (
        list(there.objects(claim, rdflib.SDO.firstAppearance)) == []
    )  # the article does not say that it was the first


def test_a_memo_is_a_work_and_says_nothing_itself(tmp_path: Path) -> None:
    claim = claims(written(tmp_path, hostile_record()))["c3"]
    assert "author" not in claim
    assert claim["isBasedOn"]["name"] == "official’s memo \ufffe"
    assert claim["appearance"][0]["@type"] == "CreativeWork"


def test_no_text_ends_the_script_element_that_it_is_pasted_into(tmp_path: Path) -> None:
    path = written(tmp_path, hostile_record())
    assert "<" not in path.read_text(encoding="utf-8")
    assert claims(path)["c%201%2F%C3%BC"]["text"] == "</script><b>Bold</b> &amp; ]]> says minister 𝔼"


def reviews(folder: Path, *of: AnnotatedArticle) -> list[dict[str, Any]]:
    return json.loads(formats.write(of, folder, ["schema-org"])[1].read_text(encoding="utf-8"))["@graph"]


def test_a_verdict_is_a_draft_that_lacks_nothing_but_its_own_address(tmp_path: Path) -> None:
    (review,) = reviews(tmp_path, checked_record(), harbour_record())
    # What Google requires of a ClaimReview and of its Rating (developers.google.com, "Fact check structured data").
    assert {"claimReviewed", "reviewRating", "url"} - review.keys() == {"url"}
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Mostly true"}
    assert (review["creativeWorkStatus"], review["author"]["name"]) == ("Draft", "Ada")
    assert review["reviewBody"] == VERDICT.note
    item = review["itemReviewed"]
    assert (item["@type"], item["author"]["description"]) == ("Claim", "a port official")
    assert item["appearance"][-1] == {"@id": "https://daily.example/hafen%20stra%C3%9Fe?a=b&c=%3Cd%3E"}


def test_evidence_is_cited_and_all_words_are_those_of_schema_org(tmp_path: Path) -> None:
    reviews(tmp_path, checked_record())
    there = graph(tmp_path / "schema_org" / "claim_reviews.jsonld")
    assert outside(there) == set()
    assert {str(url) for url in there.objects(None, rdflib.SDO.url)} == {
        "https://daily.example/a?b=1&c=2",
        "https://m%C3%BCnchen.example/%C3%A4;b#c",
    }
    assert "<" not in (tmp_path / "schema_org" / "claim_reviews.jsonld").read_text(encoding="utf-8")


def test_without_a_verdict_there_is_no_review(tmp_path: Path) -> None:
    assert reviews(tmp_path, harbour_record()) == []


@pytest.mark.parametrize("record", [plain_record("Rain fell."), plain_record("Rain.", url="ftp://x", title="")])
def test_what_is_not_known_is_not_there(tmp_path: Path, record: AnnotatedArticle) -> None:
    article = json.loads(written(tmp_path, record).read_text(encoding="utf-8"))["@graph"][0]
    assert article == {"@type": "NewsArticle", "@id": "urn:attribution-annotator:article:plain"}


@given(records())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_made_of_words_of_schema_org(tmp_path: Path, record: AnnotatedArticle) -> None:
    assert outside(graph(written(tmp_path, record))) == set()
