"""Words with their speaker behind a dash."""

import annotator
from annotator.labels import OnRecord
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
