"""TEI documents as lxml reads them: the text to the character, parts joined, pointers that lead somewhere."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from annotator import formats
from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle, Article, ArticleReview
from tests.factory import harbour_record, own_voice, own_voice_source, plain_record, records, span
from tests.formats.standards.texts import checked_record, hostile_record

EXPORTS = Path(__file__).parents[3] / "exports" / "records.jsonl"
NS = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def written(folder: Path, record: AnnotatedArticle) -> Any:
    (path,) = formats.write([record], folder, ["tei"])
    return etree.parse(path).getroot()


def text_of(element: Any) -> str:
    """The text inside an element, each gap the character that it stands for."""
    found = element.text or ""
    for child in element:
        if etree.QName(child).localname == "gap":
            found += chr(int(child.findtext("t:desc", namespaces=NS).removeprefix("U+"), 16))
        else:
            found += text_of(child)
        found += child.tail or ""
    return found


def parts_of(root: Any, xml_id: str) -> list[str]:
    """The words of something that is marked, part by part along `next`."""
    by_id = {element.get(XML_ID): element for element in root.iter() if element.get(XML_ID)}
    found, at = [], by_id[xml_id]
    while at is not None:
        found.append(text_of(at))
        following = at.get("next")
        at = by_id[following[1:]] if following else None
    return found


def paragraphs(root: Any) -> list[tuple[int, str]]:
    return [(int(each.get("n", 0)), text_of(each)) for each in root.iterfind(".//t:body/*[@n]", NS)]


@pytest.mark.parametrize("record", [*load(EXPORTS), harbour_record(), hostile_record()])
def test_every_word_of_the_article_is_there_to_the_character(tmp_path: Path, record: AnnotatedArticle) -> None:
    text = record.article.text
    there = paragraphs(written(tmp_path, record))
    assert all(text[start : start + len(words)] == words for start, words in there)
    kept = sum(len(words) for _, words in there)
    assert kept == len(re.sub("[\n\r\x85\u2028\u2029]", "", text)) - sum(map(len, re.findall(r"(?m)^[ \t]+$", text)))


@pytest.mark.parametrize("record", [*load(EXPORTS), harbour_record(), hostile_record()])
def test_the_parts_of_a_claim_are_its_words(tmp_path: Path, record: AnnotatedArticle) -> None:
    root = written(tmp_path, record)
    first = {element.get("n"): element.get(XML_ID) for element in reversed(root.findall(".//t:body//*[@ana][@n]", NS))}
    for claim in record.claims:
        words = "".join(parts_of(root, first[claim.claim_id]))
        assert re.sub(r"\s", "", words) == re.sub(r"\s", "", claim.text)


def test_said_leads_to_who_says_it_and_quote_to_the_document(tmp_path: Path) -> None:
    root = written(tmp_path, hostile_record())
    said = root.find('.//t:said[@n="c2"]', NS)
    (speaker,) = root.xpath(f"//*[@xml:id='{said.get('who')[1:]}']")
    assert etree.QName(speaker).localname == "person"
    quote = root.find('.//t:quote[@n="c3"]', NS)
    (memo,) = root.xpath(f"//*[@xml:id='{quote.get('source')[1:]}']")
    assert (etree.QName(memo).localname, text_of(memo)) == ("bibl", "official’s memo \ufffd")
    assert said.get("direct") == "true"


def test_a_claim_that_crosses_two_elements_is_cut_and_joined(tmp_path: Path) -> None:
    root = written(tmp_path, hostile_record())
    assert parts_of(root, "claim.c5") == ["is safe,", "and 🚢 will sail,” a port"]
    assert parts_of(root, "claim.c2") == ["“The pier \x0bis safe,", "and 🚢 will sail,”", "“by Friday.”"]
    mention = root.find('.//t:rs[@ref="#source.s1"]', NS).get(XML_ID)
    assert parts_of(root, mention) == ["a port", " official"]


def test_characters_that_xml_cannot_hold_are_gaps_with_their_code_point(tmp_path: Path) -> None:
    root = written(tmp_path, hostile_record())
    assert [gap.findtext("t:desc", namespaces=NS) for gap in root.iterfind(".//t:gap", NS)] == [
        "U+000B",
        "U+FFFE",
        "U+0000",
    ]
    assert root.findtext(".//t:titleStmt/t:title", namespaces=NS) == "]]> & \ufffd 𝔼"
    assert "U+FFFD" in root.findtext(".//t:editorialDecl/t:p", namespaces=NS)


def test_who_is_anonymous_has_a_note_and_no_name(tmp_path: Path) -> None:
    root = written(tmp_path, harbour_record())
    person = root.find('.//t:person[@n="s01"]', NS)
    assert person.find("t:persName", NS) is None
    notes = {note.get("type"): note.text for note in person.iterfind("t:note", NS)}
    assert notes == {"anonymous": "a harbour official", "reason": "on condition of anonymity"}


def test_a_chain_of_three_is_three_links_from_its_origin(tmp_path: Path) -> None:
    root = written(tmp_path, harbour_record())
    links = root.findall('.//t:linkGrp[@corresp="#claim.c02"]/t:link', NS)
    assert [link.get("target").split()[1] for link in links] == ["#source.s01", "#source.s02", "#source.article"]
    assert links[1].get("ana") == "#link_role.reporter #link_basis.explicit"


def test_a_verdict_is_a_note_on_its_claim(tmp_path: Path) -> None:
    note = written(tmp_path, checked_record()).find(".//t:note[@type='verdict']", NS)
    assert (note.get("corresp"), note.get("ana")) == ("#claim.c2", "#verdict.mostly_true")
    said, *evidence = [text_of(paragraph) for paragraph in note.iterfind("t:p", NS)]
    assert said == "</script> It sailed on \ufffdMonday 🚢 (Ada, 2026-03-04T12:30:00+00:00)"
    assert evidence == ["https://daily.example/a?b=1&c=2", "https://münchen.example/ä;b#c"]


@given(records())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_keeps_its_text_and_every_pointer_leads_somewhere(tmp_path: Path, record: AnnotatedArticle) -> None:
    root = written(tmp_path, record)
    text = record.article.text
    assert all(text[start : start + len(words)] == words for start, words in paragraphs(root))
    ids = [element.get(XML_ID) for element in root.iter() if element.get(XML_ID)]
    assert len(ids) == len(set(ids))
    pointing = ("who", "ana", "ref", "next", "prev", "corresp", "source")
    pointers = {word for e in root.iter() for name in pointing for word in e.get(name, "").split()}
    pointers |= {word for link in root.iterfind(".//t:link", NS) for word in link.get("target", "").split()}
    assert {pointer.removeprefix("#") for pointer in pointers} <= set(ids)


def test_a_paragraph_of_many_crossings_keeps_them_apart(tmp_path: Path) -> None:
    text = "Rain fell on Eastport all day and all night long."
    stretches = ["Rain fell on", "fell on Eastport all", "on Eastport all day and", "and all night"]
    claims = tuple(own_voice(f"c{n}", span(text, words)) for n, words in enumerate(stretches))
    record = AnnotatedArticle(
        article=Article(article_id="crossing", text=text), claims=claims, sources=(own_voice_source(),),
        tool=harbour_record().tool,
    )  # fmt: skip
    root = written(tmp_path, record)
    assert ["".join(parts_of(root, f"claim.c{n}")) for n in range(len(stretches))] == stretches


@pytest.mark.parametrize(
    "published", ["2026-13-45", "March 2026", "2026-03-02T10:00:00+00:00", "2026-03-02", "0000-01-01"]
)
def test_only_a_date_that_is_one_is_told_as_such(tmp_path: Path, published: str) -> None:
    date = written(tmp_path, plain_record("Rain fell.", published=published)).find(".//t:sourceDesc//t:date", NS)
    assert date.text == published
    assert (date.get("when") is not None) == published.startswith("2026-03-02")


def test_two_reviews_of_an_article_are_two_files(tmp_path: Path) -> None:
    record = harbour_record()
    both = [record.model_copy(update={"review": ArticleReview(reviewer=name)}) for name in ("ana", "bo")]
    paths = formats.write([*both, record, record], tmp_path, ["tei"])
    assert len({path.name for path in paths}) == 4
    names = [etree.parse(path).findtext(".//t:respStmt[2]/t:name", namespaces=NS) for path in paths[:2]]
    assert names == ["ana", "bo"]
