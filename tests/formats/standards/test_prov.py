"""Chains as provenance: Turtle read by rdflib, PROV-JSON by the `prov` package, and both say the same."""

from collections import Counter
from pathlib import Path

import rdflib
from hypothesis import HealthCheck, given, settings
from prov.model import ProvAgent, ProvAttribution, ProvDerivation, ProvDocument, ProvEntity

from annotator import formats
from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle, ArticleReview, ClaimReview
from tests.factory import harbour_record, plain_record, records
from tests.formats.standards.texts import checked_record, hostile_record

PROV, DC, FOAF = rdflib.Namespace("http://www.w3.org/ns/prov#"), rdflib.DCTERMS, rdflib.FOAF
AA = rdflib.Namespace("urn:attribution-annotator:term:")
HARBOUR = "urn:attribution-annotator:record:harbour"
# prov 3.2.3 writes a derivation that has attributes of its own in the qualified form alone, and others in both.
SHORTHAND = {PROV.wasDerivedFrom, PROV.wasQuotedFrom, PROV.hadPrimarySource}
QUALIFIED = {
    PROV.qualifiedDerivation,
    PROV.qualifiedQuotation,
    PROV.qualifiedPrimarySource,
    PROV.entity,
    rdflib.RDF.type,
}


def written(folder: Path, *of: AnnotatedArticle) -> tuple[rdflib.Graph, ProvDocument]:
    turtle, noted = formats.write(of, folder, ["prov"])
    return rdflib.Graph().parse(turtle, format="turtle"), ProvDocument.deserialize(str(noted), format="json")


def claim(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"{HARBOUR}/claim/{name}")


def test_a_chain_of_three_is_told_from_the_publisher_to_the_origin(tmp_path: Path) -> None:
    there, _ = written(tmp_path, harbour_record())
    steps, at = [], claim("c02")
    while at:
        agent = there.value(at, PROV.wasAttributedTo)
        steps.append(str(there.value(agent, FOAF.name) or there.value(agent, DC.description)))
        at = next((to for to in there.objects(at, PROV.wasDerivedFrom) if "/telling/" in str(to)), None)
    assert steps == ["Daily Example", "Coastal Wire", "a harbour official"]


def test_a_link_says_its_role_and_on_what_it_rests(tmp_path: Path) -> None:
    there, _ = written(tmp_path, harbour_record())
    how = there.value(rdflib.URIRef(f"{claim('c02')}/telling/2"), PROV.qualifiedAttribution)
    told = [str(there.value(how, AA[name])) for name in ("role", "basis", "mention")]
    assert told == ["reporter", "explicit", "Coastal Wire"]


def test_an_anonymous_source_is_an_agent_without_a_name(tmp_path: Path) -> None:
    there, noted = written(tmp_path, harbour_record())
    agent = rdflib.URIRef(f"{HARBOUR}/source/s01")
    assert (agent, rdflib.RDF.type, PROV.Agent) in there
    assert there.value(agent, FOAF.name) is None
    assert str(there.value(agent, DC.description)) == "a harbour official"
    (same,) = [item for item in noted.get_records(ProvAgent) if item.identifier.uri == str(agent)]
    assert "name" not in {name.localpart for name, _ in same.attributes}


def test_a_quotation_is_quoted_and_a_paraphrase_derived(tmp_path: Path) -> None:
    there, _ = written(tmp_path, harbour_record())
    first = {name: rdflib.URIRef(f"{claim(name)}/telling/1") for name in ("c03", "c06")}
    assert (claim("c03"), PROV.wasQuotedFrom, first["c03"]) in there  # “The crane fell at midnight,” ...
    assert (claim("c06"), PROV.wasDerivedFrom, first["c06"]) in there  # claimed police believed the guard slept
    assert (claim("c06"), PROV.wasQuotedFrom, first["c06"]) not in there
    assert all((claim(name), PROV.hadPrimarySource, telling) in there for name, telling in first.items())


def test_the_own_voice_is_attributed_to_the_publisher_alone(tmp_path: Path) -> None:
    there, _ = written(tmp_path, harbour_record())
    assert list(there.objects(claim("c04"), PROV.wasAttributedTo)) == [rdflib.URIRef(f"{HARBOUR}/source/article")]
    assert list(there.objects(claim("c04"), PROV.hadPrimarySource)) == []


def test_a_memo_is_an_entity_that_a_telling_is_made_of(tmp_path: Path) -> None:
    there, _ = written(tmp_path, hostile_record())
    (memo,) = there.subjects(FOAF.name, rdflib.Literal("official’s memo \ufffe"))
    assert set(there.objects(memo, rdflib.RDF.type)) == {PROV.Entity}
    (telling,) = there.subjects(PROV.wasDerivedFrom, memo)
    assert str(there.value(telling, AA.role)) == "vehicle"
    assert list(there.objects(telling, PROV.wasAttributedTo)) == []


def test_texts_come_back_to_the_character(tmp_path: Path) -> None:
    record = hostile_record()
    there, noted = written(tmp_path, record)
    wanted = {each.text for each in record.claims}
    assert {str(value) for value in there.objects(None, PROV.value)} == wanted
    values = {str(v) for item in noted.get_records(ProvEntity) for n, v in item.attributes if n.localpart == "value"}
    assert values == wanted


def counted(noted: ProvDocument) -> tuple[int, int, int, int]:
    kinds = (ProvEntity, ProvAgent, ProvAttribution, ProvDerivation)
    return tuple(len(list(noted.get_records(kind))) for kind in kinds)  # type: ignore[return-value]


def test_both_notations_say_the_same(tmp_path: Path) -> None:
    there, noted = written(tmp_path, harbour_record(), hostile_record())
    turtle = noted.serialize(format="rdf", rdf_format="turtle")
    same = rdflib.Graph().parse(data=turtle, format="turtle")

    def essence(graph: rdflib.Graph) -> Counter[tuple[object, object, object]]:
        left_out = SHORTHAND | QUALIFIED | {rdflib.RDF.type}
        return Counter((s, p, o) for s, p, o in graph if p not in left_out and not {type(s), type(o)} & {rdflib.BNode})

    assert essence(there) == essence(same)
    derived = sum(len(list(there.subject_objects(kind))) for kind in SHORTHAND)
    assert counted(noted) == (
        len(set(there.subjects(rdflib.RDF.type, PROV.Entity))),
        len(set(there.subjects(rdflib.RDF.type, PROV.Agent))),
        len(list(there.subject_objects(PROV.wasAttributedTo))),
        derived,
    )


def test_two_reviews_share_the_article_and_not_their_claims(tmp_path: Path) -> None:
    record = harbour_record()
    both = [record.model_copy(update={"review": ArticleReview(reviewer=name)}) for name in ("ana", "bo")]
    there, _ = written(tmp_path, *both)
    article = rdflib.URIRef("https://daily.example/harbour")
    assert len(list(there.subjects(PROV.wasQuotedFrom, article))) == 2 * len(record.claims)
    assert {str(name) for name in there.objects(None, FOAF.name)} >= {"ana", "bo"}


def test_a_verdict_is_derived_from_the_claim_and_its_evidence(tmp_path: Path) -> None:
    there, noted = written(tmp_path, checked_record())
    (verdict,) = there.subjects(AA.verdict, None)
    (person,) = there.objects(verdict, PROV.wasAttributedTo)
    assert str(there.value(person, FOAF.name)) == "Ada"
    assert {str(source).rpartition("/")[2] for source in there.objects(verdict, PROV.wasDerivedFrom)} == {
        "c2",
        "a?b=1&c=2",
        "%C3%A4;b#c",
    }
    assert counted(noted)[0] == len(set(there.subjects(rdflib.RDF.type, PROV.Entity)))


def test_a_deleted_claim_is_not_told(tmp_path: Path) -> None:
    record = plain_record("Rain fell.")
    deleted = record.claims[0].model_copy(update={"review": ClaimReview(status=ReviewStatus.REJECTED)})
    there, _ = written(tmp_path, record.model_copy(update={"claims": (deleted,)}))
    assert list(there.objects(None, PROV.value)) == []


@given(records())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_read_by_both(tmp_path: Path, record: AnnotatedArticle) -> None:
    there, noted = written(tmp_path, record)
    told = [str(text) for at, text in there.subject_objects(PROV.value) if not str(at).endswith("/verdict")]
    assert sorted(told) == sorted(claim.text for claim in record.claims)
    assert counted(noted)[0] == len(set(there.subjects(rdflib.RDF.type, PROV.Entity)))
