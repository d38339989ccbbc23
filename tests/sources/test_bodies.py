"""A noun takes up the body that the text has named and that can be called so; no other, and not what is one itself."""

import pytest

import annotator
from tests.articles import speaker


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Maralto Credit will shut nine branches. The lender said nobody would lose a job.",
            "nobody would lose a job",
            "Maralto Credit",
        ),
        (
            "The Rail Platform Office met on Tuesday. The regulator said fares were too high.",
            "fares were too high",
            "Rail Platform Office",
        ),
        (
            "The Elsund Police Conduct Office looked at it. Zorbit Group wept. The watchdog said rules were broken.",
            "rules were broken",
            "Elsund Police Conduct Office",
        ),
        (
            "Harbour Light, a Lindt-based charity, closed on Monday. The Health Ministry wept. "
            "The charity said fuel had run out.",
            "fuel had run out",
            "Harbour Light",
        ),
        (
            "Norland Bears Sport Club lost. The Norland Bears paid. The Health Ministry said it was fair. "
            "The club said two players were ill.",
            "two players were ill",
            "Norland Bears Sport Club",
        ),
        ("Norvel Lithium has shut its pit. The miner said prices were low.", "prices were low", "Norvel Lithium"),
        (
            "Bo Lindt bought Norvel Lithium. The miner said prices were low.",
            "prices were low",
            "Bo Lindt",
        ),
        ("The Cebu Mariners lost. The Mariners said two were ill.", "two were ill", "Cebu Mariners"),
        (
            "The Elsund Quality Inspectorate came twice. The inspectorate said there was no shower.",
            "there was no shower",
            "Elsund Quality Inspectorate",
        ),
    ],
)
def test_a_noun_takes_up_a_body_that_can_be_called_so(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Zorbit Group moved to Elsund. The army said a bridge had fallen.", "a bridge had fallen", "the army"),
        (
            "Zorbit Group moved to Elsund. The fire department said the plant had burned.",
            "the plant had burned",
            "the fire department",
        ),
        (
            "Elsund Capital moved its staff. The central bank said prices would fall.",
            "prices would fall",
            "the central bank",
        ),
        (
            "The Velmar Food Board tested the water. The company said that it was clean.",
            "it was clean",
            "the company",
        ),
    ],
)
def test_a_noun_takes_up_no_body_of_another_kind(text: str, words: str, name: str) -> None:
    said = speaker(annotator.annotate(text, publisher="Daily Example"), words)
    assert said is not None
    assert said.removeprefix("the ").lower() == name.removeprefix("the ")


def test_who_is_called_a_company_belongs_to_business() -> None:
    record = annotator.annotate("Zorbitex is shut. “We are sorry,” the company said.", publisher="Daily Example")
    (source,) = (source for source in record.sources if source.name == "Zorbitex")
    assert source.affiliation.value == "corporate"


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("Zorbitex is shut.", "Zorbitex"),
        ("Velmarix will cut 400 jobs in May.", "Velmarix"),
        ("Bo Lindt left on Friday. Velmarix will cut 400 jobs in May.", "Velmarix"),
        ("Bo Lindt left on Friday. Lindt had been ill.", "the company"),
        ("Amina left on Friday.", "the company"),
    ],
)
def test_a_firm_of_one_word_is_the_company_whatever_the_recogniser_takes_it_for(lead: str, name: str) -> None:
    record = annotator.annotate(f"{lead} “We are sorry,” the company said.", publisher="Daily Example")
    (claim,) = (claim for claim in record.claims if "sorry" in claim.text)
    assert record.source_of(claim).name == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Fuel ran out on Monday, the coast guard said. The Norland Coast Guard said two boats were towed.",
            "Fuel ran out",
            "Norland Coast Guard",
        ),
        (
            "A housing trust has admitted that boilers failed. Elsund Homes Trust said it was sorry.",
            "boilers failed",
            "Elsund Homes Trust",
        ),
        (
            "Bar association says lawyer was beaten\n\nA lawyer was hurt on Monday. "
            "The Lindt Bar Association said it would complain.",
            "lawyer was beaten",
            "Lindt Bar Association",
        ),
        ("A court has ruled that the sale was void. The High Court of Norland meets in May.", "sale was void", "court"),
    ],
)
def test_a_body_that_is_described_first_is_the_one_that_then_speaks(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Norland Red Cross said fuel ran out. It warned that food would follow.", "Norland Red Cross"),
        ("The Growers Syndicate condemned the raid. It said shops would close.", "Growers Syndicate"),
    ],
)
def test_it_takes_up_a_body_whose_name_might_be_a_persons(text: str, name: str) -> None:
    record = annotator.annotate(text, publisher="Daily Example")
    assert record.source_of(record.claims[-1]).name == name


def test_the_last_word_of_a_name_tells_a_business() -> None:
    record = annotator.annotate("Kjelstrup Shipping said fares would rise.", publisher="Daily Example")
    assert record.source_of(record.claims[0]).affiliation.value == "corporate"
    record = annotator.annotate("Norvel Lithium said fares would rise.", publisher="Daily Example")
    assert record.source_of(record.claims[0]).type.value == "organization"
    record = annotator.annotate("The Centre for Aviation said fares would rise.", publisher="Daily Example")
    assert record.source_of(record.claims[0]).affiliation.value != "corporate"
