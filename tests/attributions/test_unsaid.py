"""What was not said is nobody's claim, and what somebody does not believe is denied."""

import pytest

from annotator.labels import AttributionMode, Polarity
from annotator.records import Claim
from tests.articles import HEAD, read


def attributed(sentence: str) -> list[Claim]:
    """The claims of a sentence that are somebody's, below a headline and a paragraph of the article's own."""
    lead = "The harbour has been empty since March.\n\n"
    record = read(lead + sentence)
    after = len(HEAD + lead)
    return [c for c in record.claims if c.spans[0].start >= after and c.attribution is not AttributionMode.UNATTRIBUTED]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Anna Moor did not say that the bridge was safe.",
        "The minister never claimed the road was open.",
        "The council does not claim the tunnel is shut.",
        "At no point did Moor say the ferry was slow.",
        "The report does not state that the pillars are cracked.",
        "Moor is falsely quoted as saying the deal was void.",
        "Nobody said the bridge was old.",
        "Neither the mayor nor the council said it would be paid for.",
        "No official said it would fall.",
        "The ministry refused to say whether the ferry was slow.",
        "The company has not announced that the plant will close.",
        "Moor stopped short of saying that the bridge was unsafe.",
        "None of the engineers said the steel was rusty.",
        "The police would not say how many people were hurt.",
        "The agency has yet to say whether the road will open.",
        "Savin didn't claim that the money was gone.",
        "Officials have not confirmed that two men were held.",
        "Nothing in the report says that the dam was weak.",
        "Governor Lena Fox has never said that the hospital would close.",
        "The prosecutor did not allege that Reed knew of the plan.",
        "In none of his speeches did Brandt claim that the vote was stolen.",
        "The study does not show that coffee causes cancer.",
        "No witness testified that the driver had been drinking.",
        "Not one of the residents reported hearing a blast.",
        "The airline declined to say when the flights would resume.",
        "Brandt won't say whether he will run again.",
        "The bank had not disclosed that it lost the data.",
        "Neither party has acknowledged that the talks collapsed.",
        pytest.param(
            "The spokesman fell short of confirming that troops had crossed the border.",
            marks=pytest.mark.xfail(reason="the parser takes 'confirming' for a noun"),
        ),
        "The army isn't saying that the base was hit.",
        "Without saying that the law was wrong, Fox signed it.",
        "The chairman avoided saying whether the merger was dead.",
        "Lawyers for Reed failed to explain why the money was moved.",
        "The letter makes no mention of the fire.",
    ],
)
def test_what_was_not_said_is_nobodys_claim(sentence: str) -> None:
    assert attributed(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Moor denied saying that the bridge was unsafe.",
        "Moor denied that the bridge was unsafe.",
        "The minister does not believe that the strike will end soon.",
        "Fox does not think the law will pass.",
        "The company rejected claims that it had hidden the leak.",
        "Reed has always denied that he took the money.",
    ],
)
def test_a_denial_is_negative(sentence: str) -> None:
    assert [claim.polarity for claim in attributed(sentence)] == [Polarity.NEGATIVE]


@pytest.mark.parametrize(
    "sentence",
    [
        "Savin did not deny that the money was gone.",
        "The company did not dispute that the plant had leaked oil.",
    ],
)
def test_who_does_not_deny_has_not_said_it(sentence: str) -> None:
    assert Polarity.POSITIVE not in [claim.polarity for claim in attributed(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Moor said the bridge was not safe.",
        "Savin said nobody had asked him about the money.",
        "Moor said, without giving details, that the bridge was safe.",
        "Fox said the law would not pass.",
        "Brandt said no deal had been reached.",
        '"I never said that the vote was stolen," Brandt told reporters.',
        "Unlike Fox, Brandt said the law was fair.",
        "It is not clear what caused the fire, police said.",
        "Reed said he did not know about the money.",
    ],
)
def test_a_negation_inside_what_is_said_leaves_it_said(sentence: str) -> None:
    assert {claim.polarity for claim in attributed(sentence)} == {Polarity.POSITIVE}


def test_nobody_is_no_source() -> None:
    record = read("The harbour is empty. Nobody said the bridge was old. Neither the mayor nor the council said so.")
    assert not any("nobody" in source.name.lower() or "neither" in source.name.lower() for source in record.sources)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Anna Moor falsely claimed that the bridge was safe.",
        "The minister wrongly said the road was open.",
        "The council has incorrectly stated that the tunnel was shut.",
    ],
)
def test_what_is_said_wrongly_is_said(sentence: str) -> None:
    assert attributed(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "With polls down, Moor may calculate that a pier helps her.",
        "Critics might say that the pier is late.",
        "It was unclear on Monday how the council would mend the pier while keeping it open.",
    ],
)
def test_what_is_guessed_or_unclear_nobody_has_said(sentence: str) -> None:
    assert not attributed(sentence)


def test_what_somebody_said_may_be_is_said() -> None:
    (claim,) = attributed("Moor argued that the pier may be rotten.")
    assert claim.text == "the pier may be rotten"
