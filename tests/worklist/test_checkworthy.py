"""What is worth checking: wordings as news has them, those that must not count among them."""

from datetime import UTC, datetime

import pytest

from annotator.labels import Kind, ReviewStatus, VerdictRating
from annotator.language.lexicon import Lexicon, using
from annotator.records import ClaimReview, Verdict
from annotator.worklist.checkworthy import (
    Worth,
    accusation,
    cause,
    comparison,
    experience,
    quantity,
    rule_in_force,
    superlative,
    worth,
)
from annotator.worklist.need import in_order, need
from tests.factory import harbour_record, own_voice, plain_record, span


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the city spent $1.9 million on roofs", "$1.9 million"),
        ("profits of €3.4bn", "€3.4bn"),
        ("unemployment is 4.5% now", "4.5%"),
        ("1,250 homes were lost", "1,250"),
        ("nearly three quarters swam away", "three quarters"),
        ("half of them voted", "half"),
        ("dozens were hurt", "dozens"),
        ("in 2019 he met 12 ministers", "12"),
        ("he resigned in 2019", None),
        ("complaints were raised as early as 2025", None),
        ("a 2025 report warned of it", None),
        ("2,025 votes were lost", "2,025"),
        ("2000 people marched", "2000"),
        ("she was born on 4 March 1980", None),
        ("the vote is on March 4, 2026", None),
        ("it began at 9:30 a.m.", None),
        ("it began at 7 pm", None),
        ("Ferran, 27, confirmed it", None),
        ("a 27-year-old driver was held", None),
        ("COVID-19 came from bats", None),
        ("the Boeing 737 was grounded", None),
        ("the G7 agreed", None),
        ("he was one of them", None),
        ("two ministers resigned", None),
    ],
)
def test_quantities(words: str, found: str | None) -> None:
    assert quantity(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("it is the largest dam in the country", "the largest"),
        ("the most expensive bridge", "the most expensive"),
        ("for the first time, women voted", "the first time"),
        ("the only witness left", "the only"),
        ("an unprecedented flood", "unprecedented"),
        ("their greatest success", "their greatest"),
        ("the forest and the rest of the west", None),
        ("the protest and the arrest", None),
        ("most people stayed", None),
        ("at first he smiled", None),
    ],
)
def test_superlatives(words: str, found: str | None) -> None:
    assert superlative(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the minister took bribes", "bribes"),
        ("they had covered up the leak", "covered up"),
        ("the firm laundered money", "laundered"),
        ("he lied to the court", "lied"),
        ("the village lies in the north", None),
        ("the storm killed cattle", None),
        pytest.param("she stole the show", None, marks=pytest.mark.xfail(reason="words are read, not their sense")),
    ],
)
def test_accusations(words: str, found: str | None) -> None:
    assert accusation(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rents rose by a tenth", "rose by"),
        ("crime has doubled", "doubled"),
        ("more people came than before", None),
        ("more than 40 people came", "more than"),
        ("the crane fell at midnight", None),
        ("he rose early", None),
    ],
)
def test_comparisons(words: str, found: str | None) -> None:
    assert comparison(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the outage was due to a fault", "due to"),
        ("smoking causes cancer", "causes"),
        ("the law led to shortages", "led to"),
        ("a good cause", None),
    ],
)
def test_causes(words: str, found: str | None) -> None:
    assert cause(words) == found


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("it is illegal to park there", True),
        ("the law requires a permit", True),
        ("landlords are required to register", True),
        ("under state law, all votes count", True),
        ("the lawyer parked there", False),
        ("he is legally blind", False),
    ],
)
def test_rules_in_force(words: str, holds: bool) -> None:
    assert (rule_in_force(words) is not None) is holds


def test_personal_experience() -> None:
    assert experience("I saw the crane fall") == "I saw"
    assert experience("the crew saw it fall") is None


def said(text: str, kind: Kind = Kind.STATEMENT) -> Worth:
    record = plain_record(text)
    claim = own_voice("c01", span(text, text), kind=kind)
    return worth(record, claim)


def test_weights_of_rules_are_added_and_each_is_told_with_its_words() -> None:
    found = said("the mayor took the largest bribes, more than 2 million")
    assert found.score == 1.0
    assert found.why == (
        "a number or an amount (“2 million”)",
        "an accusation (“bribes”)",
        "a record, or something without an equal (“the largest”)",
        "a comparison or a change (“more than”)",
    )
    assert said("the mayor met the council") == Worth(0.0, (), False)


def test_predictions_stand_apart_and_what_no_check_can_decide_scores_nothing() -> None:
    text = "prices will rise by 4 percent"
    assert said(text, Kind.PREDICTION) == Worth(0.0, ("a prediction: only time will tell",), True)
    assert said(text, Kind.DEMAND).score == said(text, Kind.COMMITMENT).score == 0.0
    assert said(text, Kind.DENIAL).score > 0.0


def test_an_opinion_counts_half() -> None:
    text = "it was the worst flood"
    assert said(text, Kind.OPINION).score == said(text).score / 2
    assert said(text, Kind.OPINION).why[-1] == "an opinion, so half"


def test_a_newsrooms_own_words_count() -> None:
    with using(Lexicon({"accusations": "greenwash*"})):
        assert accusation("the firm greenwashes") == "greenwashes"
    assert accusation("the firm greenwashes") is None


def test_doubt_goes_before_anonymity_and_chain_before_what_is_sure() -> None:
    assert [claim.claim_id for claim, _ in in_order(harbour_record())][:2] == ["c07", "c02"]
    points = {claim.claim_id: found.points for claim, found in in_order(harbour_record())}
    assert points["c02"] == pytest.approx(2 + 1 + 1 - harbour_record().claims[1].confidence)
    assert points["c07"] == pytest.approx(3 + 1 - harbour_record().claims[6].confidence)


def test_what_is_worth_checking_needs_somebody_until_there_is_a_verdict() -> None:
    text = "40 ships sank"
    record, claim = plain_record(text), own_voice("c01", span(text, text), confidence=0.9)
    assert need(record, claim).why == ("worth checking: a number or an amount (“40”)",)
    assert need(record, claim).points == pytest.approx(0.8 + 0.1)


def test_what_was_decided_and_checked_needs_nobody() -> None:
    record = harbour_record()
    verdict = Verdict(rating=VerdictRating.TRUE, by="Ada", at=datetime(2026, 3, 4, tzinfo=UTC))
    review = ClaimReview(status=ReviewStatus.ACCEPTED)
    for claim in record.claims:
        settled = {"review": review, "verdict": verdict, "needs_review": False, "review_reasons": ()}
        assert need(record, claim.model_copy(update=settled)).points == 0
