"""Lists and statements below a colon."""

import annotator
from tests.articles import speaker


def test_a_statement_below_a_colon_is_its_authors() -> None:
    record = annotator.annotate(
        """Mayor Anna Moor said in a statement:

The bridge is safe. We will open it in May.

The council meets on Tuesday.""",
        publisher="Daily Example",
    )
    assert speaker(record, "The bridge is safe") == "Anna Moor"
    assert speaker(record, "We will open it in May") == "Anna Moor"
    assert speaker(record, "The council meets on Tuesday") is None


def test_the_items_of_a_list_are_whose_it_is() -> None:
    record = annotator.annotate(
        """According to the ministry, three things went wrong:

1. The pillars were cracked.
2. The steel was rusty.

The ministry was founded in 1950.""",
        publisher="Daily Example",
    )
    assert speaker(record, "The pillars were cracked") == "the ministry"
    assert speaker(record, "The steel was rusty") == "the ministry"
    assert speaker(record, "The ministry was founded") is None


def test_bullets_of_a_letter_are_its_writers() -> None:
    record = annotator.annotate(
        """In a letter to parents, the school board wrote:

• Lessons will begin at nine.
• Buses will run as before.
• The canteen stays closed until March.

Parents had asked for a meeting.""",
        publisher="Daily Example",
    )
    assert speaker(record, "Lessons will begin at nine") == "school board"
    assert speaker(record, "The canteen stays closed") == "school board"
    assert speaker(record, "Parents had asked for a meeting") is None


def test_a_list_of_the_articles_own_is_nobody_elses() -> None:
    record = annotator.annotate(
        """The new rules are simple:

- Shops close at six.
- Bars close at ten.""",
        publisher="Daily Example",
    )
    assert speaker(record, "Shops close at six") is None
    assert speaker(record, "Bars close at ten") is None
