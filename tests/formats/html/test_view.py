"""What the report is told: cards, numbers, filters and the table of sources."""

import re

from annotator.labels import AttributionMode
from tests.factory import (
    own_voice,
    span,
)
from tests.formats.html.page import chained, harbour, has, page, with_claims


def test_claims_are_numbered_in_the_order_of_the_text() -> None:
    text = "First. Second."
    record = with_claims(text, own_voice("late", span(text, "Second")), own_voice("early", span(text, "First")))
    assert [words.split(" · ")[0] for words in page(record).texts(f"//p[{has('foot')}]")] == [
        "Claim id early",
        "Claim id late",
    ]


def test_a_card_names_the_source_its_anonymity_and_its_chain() -> None:
    card = harbour().texts("//li[@id='a1-c2']")[0]
    assert "Harbour official anonymous" in card
    assert "Described as a harbour official" in card
    assert "on condition of anonymity" in card
    steps = harbour().texts(f"//li[@id='a1-c2']//span[{has('step')}]/a")
    assert steps == ["Harbour official (anonymous)", "Coastal Wire", "Daily Example"]
    assert "single anonymous" in card
    assert "secondhand" in card


def test_an_ambiguous_source_lists_its_candidates_and_asks_for_review() -> None:
    card = harbour().texts("//li[@id='a1-c7']")[0]
    assert "Source ambiguous. It may be Tom Lee (50%) or guard (50%)." in card
    assert "needs review" in card


def test_a_nested_attribution_stands_on_the_card() -> None:
    (words,) = harbour().texts(f"//li[@id='a1-c6']/p[{has('said')}]")
    assert words == "Inside the claim: police believed: the guard slept"


def test_labels_explain_themselves() -> None:
    titles = {tag.get("title") for tag in harbour().all(f"//ul[{has('tags')} or {has('flags')}]/li")}
    assert {AttributionMode.ANAPHORIC.meaning, "one anonymous person is the only origin"} <= titles


def test_the_numbers_at_the_top_are_those_of_the_run() -> None:
    numbers = dict(
        zip(harbour().texts("//dl[@class='numbers']//dt"), harbour().texts("//dl[@class='numbers']//dd"), strict=True)
    )
    assert numbers == {
        "article": "1",
        "claims": "7",
        "sources": "6",
        "claims from anonymous sources": "14% 1 of 7",
        "claims without attribution": "29% 2 of 7",
        "claims to be reviewed": "1 of 7",
    }


def test_filters_have_their_claims_and_are_hidden_without_scripts() -> None:
    made = harbour()
    assert made.all("//div[@id='filters'][@hidden]")
    matching = {
        name: [card.get("id") for card in made.all(f"//li[contains(@data-filter, '{name}')]")]
        for name in ("anonymous", "unattributed", "review")
    }
    assert matching == {"anonymous": ["a1-c2"], "unattributed": ["a1-c1", "a1-c4"], "review": ["a1-c7"]}


def test_the_source_table_adds_up() -> None:
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in harbour().all("//table//tbody/tr")]
    by_name = {re.sub(r"^\S+ ", "", row[0]): row[1:] for row in rows}
    assert by_name["Ana Ruiz Mayor, 1 person"] == [
        "person", "government", "no", "2", "1", "0", "1", "0", "0", "29%",
    ]  # fmt: skip
    assert by_name["Coastal Wire"][3:] == ["0", "0", "0", "0", "0", "1", "0%"]
    total = harbour().texts("//table//tfoot//td")
    assert total == ["1 of 7 claims, 14%", "7", "1", "0", "4", "2", "", "100%"]
    assert sum(int(row[4]) for row in rows) == 7


def test_more_sources_than_colours_differ_by_letter() -> None:
    made = page(chained("Rain fell.", *((f"Origin {n}",) for n in range(30))))
    keys = made.texts(f"//ul[{has('key-list')}]//span[{has('swatch')}]")
    assert keys[0] == "A"
    assert keys[-1] == "AD"
    assert len(set(keys)) == 30
