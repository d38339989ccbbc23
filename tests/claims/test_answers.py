"""Which claim a claim answers."""

import pytest

from tests.articles import claim_with, read

BEFORE = "Tom Lee, who runs the ferry company, said the mayor had spent the harbour fund on a dinner."


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("The mayor denied this.", "The mayor"),
        ("The mayor’s office disputed that on Friday.", "disputed"),
        ("The mayor, Ann Moor, called it a lie.", "lie"),
        ("Ann Moor, the mayor, dismissed the claim as nonsense.", "nonsense"),
        ("The mayor has rejected the allegation.", "rejected"),
        ("“That is not true,” the mayor told reporters.", "not true"),
        pytest.param(
            "The claim was denied by the mayor on Monday.",
            "claim",
            marks=pytest.mark.xfail(reason='"the mayor" is taken for Tom Lee, whom nothing else tells apart'),
        ),
        ("Mayor Ann Moor strongly denied the accusation.", "accusation"),
        ("The council refuted those claims in a letter.", "claims"),
        ("The mayor branded the accusation “a smear”.", "smear"),
        ("The town clerk contradicted that account.", "account"),
        ("The mayor hit back at the claims.", "claims"),
    ],
)
def test_an_answer_in_short_points_to_the_claim_before_it(after: str, words: str) -> None:
    record = read(f"Row over the fund\n\n{BEFORE} {after}")
    asked = claim_with(record, "harbour fund")
    assert words  # what the answer holds, for whoever reads a failure
    answers = [claim for claim in record.claims if claim.spans[0].start > asked.spans[-1].end]
    assert [claim.responds_to for claim in answers] == [asked.claim_id]


def test_a_denial_in_full_words_points_to_the_claim_that_it_shares_them_with() -> None:
    record = read(
        "Residents of Elsund said the paper mill had dumped chemical waste in the river. The weather was fine. "
        "The mill denied that it had dumped chemical waste in the river."
    )
    said, denied = record.claims[1], record.claims[-1]
    assert (denied.kind, denied.responds_to) == ("denial", said.claim_id)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor denied that she had sold the pier.",
        "Tom Lee said the pier was safe. The mayor denied him a licence for a second boat.",
        "Tom Lee said the pier was safe. The mayor rejected the budget that the council had drawn up in May.",
        "Tom Lee said the pier was safe. “That is good news,” the mayor said.",
    ],
)
def test_where_no_claim_is_meant_none_is_pointed_to(text: str) -> None:
    assert [claim.responds_to for claim in read(text).claims] == [None] * len(read(text).claims)
