""" "According to" amid a sentence and inside what an outlet tells."""

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
