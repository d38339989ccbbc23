"""Questions and answers."""

import annotator
from tests.articles import read, speaker


def test_an_answer_is_the_interviewees() -> None:
    record = annotator.annotate(
        """Mayor Anna Moor spoke to the Post about the bridge.

Q: Is the bridge safe?

A: It is safe. We checked it twice.

Q: Do you trust the ministry?

A: No. They lied to the whole town.""",
        publisher="Daily Example",
    )
    assert speaker(record, "It is safe") == "Anna Moor"
    assert speaker(record, "We checked it twice") == "Anna Moor"
    assert speaker(record, "They lied to the whole town") == "Anna Moor"
    assert not any("Is the bridge safe" in claim.text for claim in record.claims)


def test_questions_may_be_set_as_headings() -> None:
    record = annotator.annotate(
        """Mayor Anna Moor spoke to the Post about the bridge.

Is the bridge safe?

It is safe. We checked it twice.

Do you trust the ministry?

No. They lied to the whole town.""",
        publisher="Daily Example",
    )
    assert speaker(record, "It is safe") == "Anna Moor"
    assert speaker(record, "They lied to the whole town") == "Anna Moor"


def test_names_before_a_colon_take_turns() -> None:
    record = annotator.annotate(
        """Paul Renner, an engineer, answered questions of readers.

Reader: Why is the bridge closed?

Renner: The pillars are cracked. Repairs will take a year.""",
        publisher="Daily Example",
    )
    assert speaker(record, "The pillars are cracked") == "Paul Renner"
    assert speaker(record, "Repairs will take a year") == "Paul Renner"


def test_initials_stand_for_whom_the_introduction_presents() -> None:
    record = annotator.annotate(
        """Anna Moor is the mayor of Linden. She spoke to our reporter.

LP: Is the bridge safe?

AM: The bridge was checked twice in May. It is safe.""",
        publisher="Daily Example",
    )
    assert speaker(record, "The bridge was checked twice in May") == "Anna Moor"


def test_initials_before_answers_alone_make_an_interview() -> None:
    record = read(
        """The engineer Paula Ana Renner talks about the bridge, which Mayor Tom Reed wants to sell.

You call it safe. Is it?

PAR: It is as safe as any. We check it every year.

Mayor Reed says it costs too much.

PAR: He has never asked for the figures.

What would you do first?

PAR: Paint the railing."""
    )
    assert speaker(record, "We check it every year") == "Paula Ana Renner"
    assert speaker(record, "Paint the railing") == "Paula Ana Renner"
    assert speaker(record, "it costs too much") == "Tom Reed"


def test_what_others_are_quoted_with_below_the_last_answer_is_theirs() -> None:
    record = annotator.annotate(
        """Mayor Anna Moor spoke to the Post about the bridge.

Q: Is the bridge safe?

A: It is safe. We checked it twice.

Q: Do you trust the ministry?

A: No. They lied to the whole town.

They will lie again in the autumn.

Sornholm Council said in an e-mail that it had never seen the report.""",
        publisher="Daily Example",
    )
    assert speaker(record, "They will lie again") == "Anna Moor"
    assert speaker(record, "never seen the report") == "Sornholm Council"
