"""Which claims of news meet and are one, and which only share a formula or the names of the day."""

from pathlib import Path

import pytest

from annotator.tracing.rows import Rows
from annotator.tracing.tracing import trace

FILLER = [f"{word} boats left the harbour of {word}" for word in ("Osk", "Varde", "Lunt", "Brask", "Tjell")]


def told(number: int, text: str, source: str, quote_type: str) -> Rows:
    kind = "person" if source[:1].isupper() else "group"
    chain = f'[["{source}", "{kind}", "s1"], ["Daily {number}", "article", "article"]]'
    article = f"a{number}"
    claim = ("c1", article, f"Daily {number}", "2030-01-01", text, "s1", source, False, quote_type, False, chain)
    return Rows(article, (claim,), ())


def are_one(folder: Path, one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    some = [told(0, *one), told(1, *other)]
    some += [told(n, text, "Ida Berg", "indirect") for n, text in enumerate(FILLER, 2)]
    return any({0, 1} <= {claim.claim for claim in group} for group in trace(some, folder).groups.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("“We never signed the contract,”", "Nils Rask", "direct"),
            ("“We never signed the contract.”", "Rask", "direct"),
        ),
        (
            ("“He is the union's best recruiter,”", "Nils Rask", "direct"),
            ("he was the unions’ best recruiter", "officials", "mixed"),
        ),
        (
            ("“He is becoming the gang's best recruiter,”", "Nils Rask", "direct"),
            ("he was “becoming the gangs' best recruiter”", "Eva Toft", "mixed"),
        ),
    ],
)
def test_one_claim(tmp_path: Path, one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert are_one(tmp_path, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("“We'll see how it goes,”", "Nils Rask", "direct"), ("“How it goes, we'll see.”", "Eva Toft", "direct")),
        (("“Raise the flag!”", "Nils Rask", "direct"), ("“Raise the flag, they told me,”", "Eva Toft", "direct")),
        (
            ("she would rather vote for Karin Holm than Rask", "Eva Toft", "indirect"),
            ("she can vote for Karin Holm over Rask", "Mia Dahl", "indirect"),
        ),
        (("they welcome the attention", "officials", "indirect"), ("they welcome attention", "delegates", "indirect")),
    ],
)
def test_two_claims(tmp_path: Path, one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert not are_one(tmp_path, one, other)


def lost_by(second: Rows, folder: Path) -> tuple[str, ...]:
    """What a second telling lost against one of an official who wants no name."""
    first = told(0, "the harbour of Varde may close its gates in June", "an official (anonymous)", "indirect")
    claim = first.claims[0]
    first = Rows(first.article, ((*claim[:7], True, *claim[8:]),), ())
    folder.mkdir()
    found = trace([first, second], folder)
    return next(lost for number, lost in found.lost.items() if number)


def test_nobody_behind_the_words_is_a_lost_anonymity_and_another_speaker_is_none(tmp_path: Path) -> None:
    text = "the harbour of Varde may close its gates in June"
    own = told(1, text, "Daily 1", "none")
    own = Rows(own.article, ((*own.claims[0][:-1], '[["Daily 1", "article", "article"]]'),), ())
    assert lost_by(own, tmp_path / "own") == ("anonymity",)
    assert lost_by(told(1, text, "Nils Rask", "indirect"), tmp_path / "other") == ()


def test_a_pronoun_leaves_open_who_it_is_about(tmp_path: Path) -> None:
    one = ("She ended her campaign in a post on Osknet, in which she thanked her supporters", "Daily 0", "none")
    other = ("He ended his campaign in a post on Lunthub, in which he thanked his supporters", "Daily 1", "none")
    assert not are_one(tmp_path, one, other)
