"""The measures of attributions against values worked out by hand."""

import pytest

from annotator.evaluation.gold.articles import Parts
from annotator.evaluation.scores.attributions import Attributions, normalized
from annotator.evaluation.scores.counts import Counts
from annotator.evaluation.scores.kinds import quote_type_of
from tests.evaluation.scores.said import SAID, parts

RUIZ = parts("Ana Ruiz", "said", "that the dam holds.")


LEE = parts("Tom Lee", "claims", "“nobody was hurt”")


POLICE = parts("police", "noted", "it")


def counts(gold: list[Parts], predicted: list[Parts]) -> dict[str, Counts]:
    return Attributions(SAID, gold, predicted).counts()


def test_both_sides_are_put_into_the_span_conventions() -> None:
    ruiz = normalized(SAID, RUIZ)
    assert [SAID[a:b] for a, b in ruiz.content] == ["the dam holds"]
    assert counts([RUIZ], [parts("Ana Ruiz", "said", "the dam holds")])["exact content"] == Counts(1, 1, 1)


def test_the_gold_predicted_is_wholly_right() -> None:
    everything = [RUIZ, LEE, POLICE]
    assert {count.f1 for count in counts(everything, everything).values()} == {1.0}


def test_a_pair_counts_from_half_of_the_tokens_on() -> None:
    # "the dam holds" has 3 tokens; "dam holds" has 2 of them: Jaccard 2/3. "holds" has 1: 1/3.
    assert counts([RUIZ], [parts("Ana Ruiz", "said", "dam holds")])["linked"] == Counts(1, 1, 1)
    assert counts([RUIZ], [parts("Ana Ruiz", "said", "holds")])["linked"] == Counts(0, 1, 1)


@pytest.mark.parametrize(
    ("gold", "predicted", "linked"),
    [
        ("Ana Ruiz", "Ruiz", 1),
        ("Ana Ruiz", "Tom Lee", 0),
        ("Ana Ruiz", None, 0),
        (None, "Ana Ruiz", 0),
        (None, None, 1),
    ],
)
def test_linked_sources_share_a_token_or_are_both_missing(gold: str | None, predicted: str | None, linked: int) -> None:
    found = counts([parts(gold, "said", "the dam holds")], [parts(predicted, "said", "the dam holds")])
    assert found["linked"] == Counts(linked, 1, 1)


def test_attributions_without_content_are_paired_by_their_cues() -> None:
    assert counts([RUIZ], [parts("Ana Ruiz", "said")])["linked"] == Counts(1, 1, 1)
    assert counts([RUIZ], [parts("Ana Ruiz", "claims")])["linked"] == Counts(0, 1, 1)


def test_each_attribution_has_one_partner() -> None:
    # Both predictions have the content; the one with the gold's cue is its partner, the other one is spurious.
    found = Attributions(SAID, [RUIZ], [parts("Tom Lee", "claims", "the dam holds"), RUIZ])
    assert [(pair.gold, pair.predicted, pair.linked) for pair in found.pairs] == [(0, 1, True)]
    assert found.counts()["linked"] == Counts(1, 2, 1)


def test_counts_of_triples_spans_and_tokens() -> None:
    found = counts([RUIZ, LEE], [parts("Ana Ruiz", "said", "the dam holds"), parts("Lee", "claims", "was hurt")])
    assert found["triple"] == Counts(1, 2, 2)
    assert found["exact source"] == Counts(1, 2, 2)
    assert found["exact cue"] == Counts(2, 2, 2)
    assert found["exact content"] == Counts(1, 2, 2)
    assert found["token source"] == Counts(3, 3, 4)  # Ana, Ruiz, Lee of Ana, Ruiz, Tom, Lee
    assert found["token content"] == Counts(5, 5, 8)  # gold: 3 words, and 3 words with 2 marks
    # "was hurt" has 2 of the 5 tokens of the gold content: 0.4, so Lee's attribution is not found.
    assert found["linked"] == Counts(1, 2, 2)


def test_a_span_that_two_attributions_share_counts_once() -> None:
    both = [parts("Ana Ruiz", "said", "the dam holds"), parts("Ana Ruiz", "noted", "it")]
    assert counts(both, both)["exact source"] == Counts(1, 1, 1)


def test_a_split_puts_a_paired_prediction_with_its_gold() -> None:
    wide = parts("Tom Lee", "claims", "claims “nobody was hurt”")  # its own kind would be mixed
    stray = parts("Bo", "told", "“We left,”")  # direct, and no gold has it
    split = Attributions(SAID, [RUIZ, LEE], [RUIZ, wide, stray]).split(lambda text, p: quote_type_of(text, p.content))
    assert sorted(split) == ["direct", "indirect"]
    assert split["indirect"]["linked"] == Counts(1, 1, 1)
    assert split["direct"]["linked"] == Counts(1, 2, 1)
    assert split["direct"]["exact content"] == Counts(0, 2, 1)
