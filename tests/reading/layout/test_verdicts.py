"""What a line is by its own words, and sentences of news that only look like it."""

import pytest

from annotator.labels import NonClaimReason
from tests.reading.layout.lines import PROSE, kind_of, reason_of


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Five questions about the harbour",
        "READ ALSO: Five questions about the harbour",
        "Read the rest here.",
        "Follow us on Telegram",
        "Follow Anna Lind on Twitter @annalind.",
        "Sign up for our newsletter",
        "Subscribe to our podcast to hear it first.",
        "Share this article",
        "Have an opinion on this story? Write to us.",
    ],
)
def test_calls_to_action(line: str) -> None:
    assert kind_of(line) == "boilerplate"
    assert reason_of(line) is NonClaimReason.CALL_TO_ACTION


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Copyright 2024 The Daily Planet. All rights reserved.",
        "(Reporting by Anna Lind; Editing by Per Ek)",
        "This story was originally published in The Daily Planet.",
        "Comments",
        "Tags: harbour, Lund",
        "Associated Press writer Anna Lind contributed to this report.",
        "* * *",
    ],
)
def test_boilerplate(line: str) -> None:
    assert kind_of(line) == "boilerplate"
    assert reason_of(line) is NonClaimReason.BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law was changed on Monday.",
        "Heavy rain contributed to this year's floods.",
        "Comments by the minister angered the pilots.",
        "Advertisement sales fell by half.",
        "Follow the money, she said on Twitter on Monday.",
        "By Monday, the harbour was open.",
        "By large margins, voters chose the tunnel.",
        "Sources said that the captain was asleep.",
        "Related companies own the ship.",
        "Photo shops were closed, too.",
        "The ship was late. (Reuters)",
        "Share prices fell.",
        "May 2024 was the worst month.",
        "“Subscribe to our plan,” she said.",
        "He wrote on X.",
        "“It is over,” said the pilot",
        "- bring the pilots back",
        "Anna Lind is a pilot, and she was asleep.",
        "Editor's note: The minister was never asked.",
    ],
)
def test_sentences_of_news_are_kept(line: str) -> None:
    assert kind_of(line) == "body"


@pytest.mark.parametrize(
    "line",
    ["See also: the report of the harbour master", "Sign up for our harbour newsletter"],
)
def test_no_phrase_holds_inside_a_paragraph(line: str) -> None:
    paragraph = f"{PROSE} {line}, it said."
    assert kind_of(paragraph) == "body"
