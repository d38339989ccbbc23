"""Who a name is: by the fullest name of the article, by first names, and never by a word that only looks like one."""

import pytest

import annotator
from tests.articles import speaker

HEAD = "Council looks again at the old harbour plan\n\nThe harbour has been empty since March.\n\n"


def said_by(text: str, words: str) -> str | None:
    return speaker(annotator.annotate(HEAD + text, publisher="Daily Example"), words)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        pytest.param(
            "Brandt said the pier was old. The council met in May. Ola Brandt has led it since 2019.",
            "the pier was old",
            "Ola Brandt",
            id="a surname is whom the article names later",
        ),
        pytest.param(
            "Mr. Brandt said the pier was old. His wife, Laura Brandt, met the council in May.",
            "the pier was old",
            "Brandt",
            id="Mr. Brandt is not Laura Brandt",
        ),
        pytest.param(
            "Laura Moor and Peter Holm met in May. The pier was old, she said.",
            "The pier was old",
            "Laura Moor",
            id="she is who has a woman's name",
        ),
        pytest.param(
            'Former minister Lionel Fox said the deal was done. "It is fair," Fox said.',
            "It is fair",
            "Lionel Fox",
            id="a surname is no outlet",
        ),
        pytest.param(
            "Businessman Errol Banks said the plan was fair. Banks said he had paid for it himself.",
            "he had paid for it himself",
            "Errol Banks",
            id="a surname is no common noun",
        ),
        pytest.param(
            'Cyril Ramaphoza said the ferry was slow. "It takes an hour," he said.',
            "It takes an hour",
            "Cyril Ramaphoza",
            id="a person whom the recogniser takes for a body",
        ),
        pytest.param(
            "While Secretary of State Lena Fox said the pier was old, the council did nothing.",
            "the pier was old",
            "Lena Fox",
            id="no conjunction and no office in a name",
        ),
        pytest.param(
            "A NATO spokesperson, who spoke on condition of anonymity, said talks had failed.",
            "talks had failed",
            "NATO spokesperson (anonymous)",
            id="a spokesperson who stays unnamed speaks for nobody",
        ),
        pytest.param(
            "A NATO spokesperson said talks had failed.", "talks had failed", "NATO", id="any other speaks for the body"
        ),
    ],
)
def test_who_said_it(text: str, words: str, name: str) -> None:
    assert said_by(text, words) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Norwegian business daily Handelsvakt", "Handelsvakt"),
        ("The weekly Le Phare", "Le Phare"),
        ("News broadcaster NRK", "NRK"),
    ],
)
def test_an_outlet_is_named_without_what_it_is(source: str, name: str) -> None:
    assert said_by(f"{source} reported that the pier was closed.", "the pier was closed") == name
