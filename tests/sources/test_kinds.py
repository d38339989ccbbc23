"""Kinds of sources and of mentions: what a noun is, whose a title is, pairs, lists, and nobody in particular."""

import pytest

import annotator
from annotator.labels import SourceType
from annotator.records import Source
from tests.articles import claim_with

HEAD = "Council looks again at the old harbour plan\n\nThe harbour has been empty since March.\n\n"


def source(text: str, words: str) -> Source:
    record = annotator.annotate(HEAD + text, publisher="Daily Example")
    return record.source_of(claim_with(record, words))


@pytest.mark.parametrize(
    ("text", "kind", "anonymous"),
    [
        ("A neurosurgeon said that the pier had been rotten for years.", SourceType.PERSON, True),
        ("The memoir said that the pier had been rotten for years.", SourceType.DOCUMENT, False),
        ("The crowd said that the pier had been rotten for years.", SourceType.GROUP, True),
        ("Some said that the pier had been rotten for years.", SourceType.UNSPECIFIED, True),
        ("He said that the pier had been rotten for years.", SourceType.PERSON, False),
    ],
)
def test_a_noun_tells_what_kind_of_source_it_is(text: str, kind: SourceType, anonymous: bool) -> None:
    found = source(text, "had been rotten")
    assert (found.type, found.anonymous) == (kind, anonymous)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        pytest.param(
            "Bill Moor and Laura Moor met the council. Mrs. Moor said that the pier had been rotten for years.",
            "had been rotten",
            "Laura Moor",
            id="a title tells two people of one surname apart",
        ),
        pytest.param(
            "The mayor praised Peter Holm, a harbour engineer, who said that the pier had been rotten for years.",
            "had been rotten",
            "Peter Holm",
            id="who behind an apposition is whom it describes",
        ),
        pytest.param(
            "Peter Holm said the pier was old. Laura Moor said it was not. Both said that the crane should go.",
            "the crane should go",
            "Peter Holm and Laura Moor",
            id="both are the two who spoke last",
        ),
        pytest.param(
            "Several traders, including Peter Holm, said that the pier had been rotten for years.",
            "had been rotten",
            "several traders, including Peter Holm (anonymous)",
            id="who is one of many is not all of them",
        ),
        pytest.param(
            "Peter Holm, senior director of policy at the Harbour Council, and a member of its board, "
            "said that the pier had been rotten for years.",
            "had been rotten",
            "Peter Holm",
            id="two roles of one person",
        ),
        pytest.param(
            "The Care4Harbours charity said that the pier had been rotten for years.",
            "had been rotten",
            "Care4Harbours",
            id="what a body is stands behind its name",
        ),
        pytest.param(
            "The French rights group said that the pier had been rotten for years.",
            "had been rotten",
            "French rights group",
            id="a nation before what a body is is no name",
        ),
        pytest.param(
            "Alex Holm KC, for Mr Lindt, said that the pier had been rotten for years.",
            "had been rotten",
            "Alex Holm",
            id="letters behind a name are no part of it",
        ),
        pytest.param(
            "Ann Moor, Bo Lindt and Eva Holm said that the pier had been rotten for years.",
            "had been rotten",
            "Ann Moor, Bo Lindt and Eva Holm",
            id="three who speak together",
        ),
    ],
)
def test_who_is_meant(text: str, words: str, name: str) -> None:
    assert source(text, words).name == name


def test_a_mention_with_two_cues_has_one_source() -> None:
    record = annotator.annotate(
        f"{HEAD}A harbour official spoke to the traders. “It is old,” he said, adding that the pier had been rotten.",
        publisher="Daily Example",
    )
    assert record.source_of(claim_with(record, "It is old")) is record.source_of(claim_with(record, "been rotten"))


@pytest.mark.parametrize(
    "unnamed",
    [
        "A former aide, granted anonymity because she feared for her job, backed the account.",
        "A nurse at the clinic, who asked not to be named, agreed with the senator.",
    ],
)
def test_who_may_not_be_named_speaks_on_in_the_next_sentence(unnamed: str) -> None:
    record = annotator.annotate(
        f"Sen. Anna Moor said on Monday that the memo was real.\n\n{unnamed} She said the memo was green.",
        publisher="X",
    )
    (claim,) = (claim for claim in record.claims if "was green" in claim.text)
    assert record.source_of(claim).anonymous


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Roth, head of the council and a member of the party, said that the pier was rotten.", "Ana Roth"),
        pytest.param(
            "Ana Roth, who keeps bees, and Bo Lindt said that the pier was rotten.",
            "Ana Roth and Bo Lindt",
            marks=pytest.mark.xfail(reason="the parser hangs the second name on the relative clause"),
        ),
        ("Ana Roth and Bo Lindt said that the pier was rotten.", "Ana Roth and Bo Lindt"),
    ],
)
def test_two_offices_of_one_person_are_no_two_sources(text: str, name: str) -> None:
    assert source(text, "was rotten").name == name
