"""Words with their speaker behind a dash."""

import annotator
from tests.articles import speaker


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
