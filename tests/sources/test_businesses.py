"""Names of one word that the article shows to be a business's are no surnames."""

import pytest

import annotator
from annotator.sources.businesses import businesses
from tests.articles import claim_with


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Accentia, the global consulting firm, was hit.", "Accentia"),
        ("The security firm Cybell warned of it.", "Cybell"),
        ("Zorbit’s customers left, and Zorbit shares fell.", "Zorbit"),
    ],
)
def test_what_a_name_has_or_is_tells_a_business(text: str, name: str) -> None:
    assert businesses(text, ()) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Lindberg, the head of a firm, left.",
        "Lindberg’s employees left.",
        "Mr. Lindberg’s employees left. Lindberg’s clients left, too.",
        "Maria’s customers left. Maria’s clients left, too.",
        "The security firm Hudson Rock warned of it.",
    ],
)
def test_people_have_employees_and_customers_too(text: str) -> None:
    assert not businesses(text, ())


def test_the_surname_of_somebody_whom_the_article_names_is_no_business() -> None:
    assert not businesses("The carmaker Fordham sold shares. Fordham’s clients left.", ["Doug Fordham"])


def test_a_business_is_it_and_no_person() -> None:
    record = annotator.annotate(
        "Accentia, the global consulting firm, was hit. Accentia said that it was well. "
        "“We moved the servers,” it added.",
        publisher="Daily Example",
    )
    said, added = record.source_of(claim_with(record, "was well")), record.source_of(claim_with(record, "the servers"))
    assert (said.name, said.type.value) == ("Accentia", "organization")
    assert said is added


def test_who_is_it_is_no_person() -> None:
    text = "Zorbitex said that the pier was shut. It added that it would open."
    record = annotator.annotate(text, publisher="Daily Example")
    said, added = record.source_of(claim_with(record, "was shut")), record.source_of(claim_with(record, "would open"))
    assert said is added
    assert (said.name, said.type.value) == ("Zorbitex", "organization")


def test_who_is_it_has_no_title() -> None:
    record = annotator.annotate("Mr. Zorbitex said the pier was shut. It added it would open.", publisher="X")
    assert record.source_of(claim_with(record, "pier was shut")).type.value == "person"
