"""Labels that heads on the encoder's states give: kinds, affiliations, doubt about the article's own voice."""

import numpy as np
import pytest

from annotator.extraction.meaning import STATED, Head, Meaning, head
from annotator.labels import Flag
from tests.articles import claim_with, read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It was the most shameful vote that I have seen in this house,” Tom Lee said.", "opinion"),
        ("Tom Lee said the train left Elsund at nine.", "statement"),
        ("“The council must close the pier at once,” Tom Lee said.", "demand"),
        ("Prices will rise again in the spring, the economist Ana Ruiz said.", "prediction"),
        ("The mill denied that it had dumped waste in the river.", "denial"),
    ],
)
def test_an_attributed_claim_has_its_kind(text: str, kind: str) -> None:
    record = read(text)
    assert [claim.kind for claim in record.claims if claim.section == "body"] == [kind]


@pytest.mark.xfail(
    reason="the head calls a police chief a part of the government: few officers are in what it learned from"
)
def test_the_words_that_tell_where_somebody_belongs_may_stand_elsewhere() -> None:
    record = read(
        "“The road will be closed,” Mara Holt said on Monday. Nobody was hurt.\n\n"
        "Trains ran late. Later in the day the police chief, Mara Holt, opened a second road."
    )
    source = record.source_of(claim_with(record, "road will"))
    assert (source.name, source.affiliation) == ("Mara Holt", "law_enforcement")


def test_own_voice_that_may_be_somebodys_asks_for_review() -> None:
    record = read("The ferry sank in the night. The clerk allegedly took the money, in what the mayor saw as “a plot”.")
    doubted = [claim for claim in record.claims if "own_voice_doubtful" in claim.review_reasons]
    plain = claim_with(record, "ferry")
    assert plain.review_reasons == ()
    assert all(claim.confidence <= 0.7 for claim in doubted)
    assert plain.confidence > 0.7


def test_states_of_stretches_that_nobody_read_are_zero() -> None:
    meaning = Meaning(np.array([0, 4]), np.array([3, 8]), np.eye(2, dtype=np.float32), np.zeros(2), np.zeros(2))
    assert meaning.mean([(0, 8)]).tolist() == [0.5, 0.5]
    assert meaning.mean([(4, 6)]).tolist() == [0.0, 1.0]
    assert meaning.mean([(20, 30)]).tolist() == [0.0, 0.0]


def test_heads_say_the_same_of_narrowed_states() -> None:
    chance = np.random.default_rng(7)
    states = chance.normal(size=(6, 128)).astype(np.float32)
    places = np.arange(6) * 5
    meaning = Meaning(places, places + 4, states, np.zeros(6), np.zeros(6))
    narrowed = meaning.narrowed()
    assert narrowed.states.shape[1] < 128 / 4
    for name in STATED:
        learned = head(name, meaning)
        assert learned is not None
        weight = learned.weight[-128:]
        assert narrowed.mean([(3, 22)]) @ weight == pytest.approx(meaning.mean([(3, 22)]) @ weight, abs=0.02)
        assert not (narrowed.mean([(90, 95)]) @ weight).any()


def test_the_probabilities_of_a_head_add_up() -> None:
    chances = Head(("a", "b"), np.eye(2, dtype=np.float32), np.zeros(2, np.float32))(np.array([2.0, 0.0], np.float32))
    assert sum(chances.values()) == pytest.approx(1)
    assert chances["a"] > chances["b"]


@pytest.mark.parametrize(
    ("words", "flag", "expected"),
    [
        ("A source said that the pier was rotten.", Flag.BARE_SOURCE, True),
        ("A person close to the mayor said that the pier was rotten.", Flag.BARE_SOURCE, False),
        ("Two officials told Reuters that the pier was rotten.", Flag.SECONDHAND, True),
        ("Bo Lindt wrote on X that the pier was rotten.", Flag.SECONDHAND, True),
        ("The council said that the pier was rotten.", Flag.SECONDHAND, False),
    ],
)
def test_flags_are_what_they_say(words: str, flag: Flag, expected: bool) -> None:
    (claim,) = (claim for claim in read(words).claims if "was rotten" in claim.text)
    assert (flag in claim.flags) is expected
