""" "According to" amid a sentence and inside what an outlet tells."""

import pytest

from tests.articles import claim_with, read


def test_a_clause_goes_on_around_according_to() -> None:
    record = read(
        "In January a tanker burned in Velsk; the clean-up, according to the fire service, is still going on."
    )
    claim = claim_with(record, "still going on")
    assert [span.text for span in claim.spans] == ["the clean-up", "is still going on"]


def test_what_a_person_says_by_an_outlet_is_inside_what_the_outlet_tells() -> None:
    record = read("According to the New York Times, Professor John Burr, the chairman, said the pier was never open.")
    claim = claim_with(record, "never open")
    assert record.chain_of(claim) == ("New York Times", "Daily Example")
    assert any("Burr" in (item.source_mention.text if item.source_mention else "") for item in claim.nested)


@pytest.mark.parametrize(
    ("text", "content", "chain"),
    [
        ("The mayor said the pier was closed, Reuters reported.", "the pier was closed", ("mayor", "Reuters")),
        ("“It is over,” Bo Lindt wrote, according to CNBC.", "It is over", ("Bo Lindt", "CNBC")),
        (
            "Norland, which has ships there, said the pier was closed, its state media reported.",
            "the pier was closed",
            ("Norland", "Norland state media"),
        ),
    ],
)
def test_who_speaks_is_the_source_and_the_outlet_passes_it_on(text: str, content: str, chain: tuple[str, ...]) -> None:
    record = read(text)
    assert record.chain_of(claim_with(record, content))[:-1] == chain


def test_who_is_spoken_of_by_people_is_inside_what_they_say() -> None:
    record = read("The mayor said the pier was closed, according to three clerks.")
    assert record.source_of(claim_with(record, "the pier was closed")).name == "three clerks (anonymous)"
