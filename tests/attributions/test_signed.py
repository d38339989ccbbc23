"""Words with their speaker behind a dash."""

import pytest

import annotator
from annotator.labels import OnRecord, QuoteType
from tests.articles import claim_with, read, speaker


def test_a_dash_names_who_spoke() -> None:
    record = annotator.annotate(
        """“The bridge is safe and will open in May.” — Anna Moor, mayor of Linden

“As I said, Mara is a true expert.” -Commissioner Piotr Lindqvist

"This is not normal at all" — Ola Brandt (@olabrandt) June 3, 2024""",
        publisher="Daily Example",
    )
    assert speaker(record, "The bridge is safe and will open in May") == "Anna Moor"
    assert speaker(record, "This is not normal") == "Ola Brandt"
    assert not any("mayor of Linden" in claim.text for claim in record.claims)


def test_a_signature_stands_in_the_paragraph_or_below_it() -> None:
    record = annotator.annotate(
        """Residents were asked what they think of the plan.

“I love the new park.” – Lena Fox, teacher

“It cost far too much money.”
– Omar Haddad, pensioner""",
        publisher="Daily Example",
    )
    assert speaker(record, "I love the new park") == "Lena Fox"
    assert speaker(record, "It cost far too much") == "Omar Haddad"
    assert not any("teacher" in claim.text for claim in record.claims)
    assert not any("pensioner" in claim.text for claim in record.claims)


def test_an_embedded_post_is_the_accounts() -> None:
    record = annotator.annotate(
        """Northern Grid has tweeted this:

Power is back in all villages of the valley. Thank you for your patience. — Northern Grid (@northerngrid) June 2, 2024

The storm had cut power to 4,000 homes.""",
        publisher="Daily Example",
    )
    assert speaker(record, "Power is back in all villages") == "Northern Grid"
    assert speaker(record, "The storm had cut power") is None


def test_an_embedded_post_is_the_accounts_whose_line_stands_below_it() -> None:
    record = read(
        """The ferry stayed in port on Friday.

The outer harbour is closed. No crossing before Sunday.

— Northern Lines (@northernlines) February 2, 2025

Some 400 people waited on the quay."""
    )
    claim = claim_with(record, "No crossing before Sunday")
    assert record.chain_of(claim) == ("Northern Lines", "Daily Example")
    assert claim.on_record is OnRecord.PUBLISHED
    assert speaker(record, "Some 400 people waited") is None


def test_a_pull_quote_is_whose_name_ends_its_line() -> None:
    record = read(
        """Labour MP Anna Moor said that the ferry would stop in May.

The island will never have a doctor again if the ferry stops this summer Labour MP Anna Moor

The company has run the ferry for ten years, said Piotr Lindqvist, its head.

Nobody on the island has been asked about the ferry so far Piotr Lindqvist, head of the company"""
    )
    pulled = claim_with(record, "never have a doctor again")
    assert (record.chain_of(pulled)[0], pulled.quote_type) == ("Anna Moor", QuoteType.DIRECT)
    assert pulled.text == "The island will never have a doctor again if the ferry stops this summer"
    assert speaker(record, "Nobody on the island has been asked") == "Piotr Lindqvist"


@pytest.mark.parametrize(
    "line",
    [
        "The island of Sorn was given to the family of Anna Moor",
        "The council has for years refused to answer the letters of Labour MP Anna Moor",
        "Ferry to stop in May, says Labour MP Anna Moor",
    ],
)
def test_a_line_that_ends_in_a_name_is_no_pull_quote_where_the_name_is_part_of_it(line: str) -> None:
    record = read(f"Labour MP Anna Moor said that the ferry would stop in May.\n\n{line}\n\nIt will come back in June.")
    assert not any(claim.quote_type is QuoteType.DIRECT for claim in record.claims)
