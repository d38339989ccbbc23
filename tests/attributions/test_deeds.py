"""What somebody does, wants or leaves unsaid is the article's own claim."""

import pytest

from annotator.labels import AttributionMode
from tests.articles import claim_with, read


def test_a_bare_noun_can_be_denied() -> None:
    record = read("Police accused the harbour company of fraud. The harbour company has denied wrongdoing.")
    claim = claim_with(record, "wrongdoing")
    assert record.chain_of(claim)[0] == "harbour company"


@pytest.mark.parametrize(
    "text",
    [
        "The governor declared a state of emergency in the whole of the harbour district.",
        "The club announced the decision on Tuesday morning before training began at the pier.",
        "The agency did not mention if there were any casualties in the harbour district.",
    ],
)
def test_acts_and_silences_are_the_articles_own_claims(text: str) -> None:
    record = read(text)
    claim = next(claim for claim in record.claims if claim.text in text and claim.section == "body")
    assert claim.attribution is AttributionMode.UNATTRIBUTED


def test_an_act_is_an_attribution_inside_the_articles_own_claim() -> None:
    record = read("The city council agreed to close the old pier before the first storms of the winter.")
    claim = claim_with(record, "agreed to close")
    assert claim.attribution is AttributionMode.UNATTRIBUTED
    acts = [item for item in record.attributions if item.cue and item.cue.start >= claim.spans[0].start]
    assert [record.source_by_id[item.source_id].name for item in acts] == ["city council"]


@pytest.mark.parametrize(
    "text",
    [
        "Lawmakers are debating whether a new pier is even feasible.",
        "The other 28 people have showed no signs of the disease since May.",
        "The agency did not estimate how many people were on the pier.",
        "The police did not say what had led to the crash on the pier.",
    ],
)
def test_weighing_silence_and_symptoms_are_no_statements(text: str) -> None:
    record = read(text)
    assert all(claim.attribution is AttributionMode.UNATTRIBUTED for claim in record.claims)
    assert [claim.text for claim in record.claims if claim.section == "body"] == [text.removesuffix(".")]


@pytest.mark.parametrize(
    "text",
    [
        "The band played “We Are Not Going Home” from the steps of the harbour office.",
        "The driver was evicted in April and sentenced to 50 weeks in jail for breaching his bail.",
        "The move breaks with Security Council resolutions declaring the harbour settlements to be illegal.",
        "Researchers at Kesar University released 212 young terrapins into the river in May.",
    ],
)
def test_acts_are_the_articles_own(text: str) -> None:
    record = read(text)
    assert [claim.text for claim in record.claims if claim.section == "body"] == [text.removesuffix(".")]
    assert record.claims[-1].attribution is AttributionMode.UNATTRIBUTED


@pytest.mark.parametrize(
    "text",
    [
        "The timing of the march suggested that the union wanted a new pier.",
        "The size of the crowd showed that people cared about the old pier.",
        "The council's silence indicated that nobody had a plan for the old pier.",
    ],
)
def test_a_conclusion_from_how_things_are_is_the_articles(text: str) -> None:
    claim = claim_with(read(text), text.split()[-1].rstrip("."))
    assert claim.attribution is AttributionMode.UNATTRIBUTED


def test_a_study_suggests_for_itself() -> None:
    record = read("The study suggested that the union was behind the march.")
    assert record.source_of(claim_with(record, "the union")).name == "study"


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Ann Moor wants the harbour board to resign.", "to resign", "Ann Moor"),
        ("Two fishermen want nets to be cheaper next year.", "to be cheaper", "two fishermen (anonymous)"),
        ("Ivo Brandt expected her to be back at work by May.", "to be back", "Ivo Brandt"),
        ("The Elsund Growers Union termed the levy unfair.", "levy unfair", "Elsund Growers Union"),
        ("Judge Ivo Brandt deemed the protest unlawful.", "protest unlawful", "Ivo Brandt"),
        ("The High Court directed the ministry to publish the list by May.", "to publish", "High Court"),
        ("Ann Moor implored the harbour board to stay open.", "to stay open", "Ann Moor"),
        (
            "The study, which followed 640 pupils for two years, found those given 20 minutes more had better marks.",
            "better marks",
            "study",
        ),
        ("Ivo Brandt said they had no regrets. He dared the governor to begin a recall.", "to begin", "Ivo Brandt"),
        ("Ann Moor appealed to the fishermen to come back to the harbour.", "to come back", "Ann Moor"),
        ("Her deputy, Ivo Brandt, felt the fine in the second case was harsh.", "was harsh", "Ivo Brandt"),
        ("The Elsund Weather Office has warned of frost on Monday night.", "frost on Monday night", "Elsund Weather"),
        ("Ann Moor told Radio Elsund's breakfast show that the harbour was full.", "was full", "Ann Moor"),
    ],
)
def test_what_somebody_wants_of_others_or_calls_something_is_theirs(text: str, words: str, source: str) -> None:
    record = read(text)
    assert record.source_of(claim_with(record, words)).name.startswith(source)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Moor wants to leave the harbour board in May.",
        "Ann Moor wants a chance to run the harbour board.",
        "Ivo Brandt felt the cold of the old harbour in his bones.",
        "Ivo Brandt directed the film in the old harbour.",
        "The ministry has been encouraging fishermen to leave the harbour.",
    ],
)
def test_what_somebody_wants_to_do_or_does_is_the_articles_own(text: str) -> None:
    record = read(text)
    assert all(claim.attribution is AttributionMode.UNATTRIBUTED for claim in record.claims)
