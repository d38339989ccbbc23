"""Headlines that name their source."""

import pytest

import annotator
from tests.articles import speaker

LEAD = "Ministers in Norvia have dropped an inquiry into a theft of which Julian Asker was accused."


@pytest.mark.parametrize(
    ("headline", "lead", "speaks"),
    [
        ("Julian Asker: Norvia drops theft inquiry", LEAD, False),
        (
            "Julian Asker: Norvia drops theft inquiry",
            "Julian Asker said that Norvia has dropped the theft inquiry.",
            True,
        ),
        ("Julian Asker: “Norvia drops theft inquiry”", LEAD, True),
    ],
)
def test_a_person_before_a_headlines_colon_speaks_or_is_the_topic(headline: str, lead: str, speaks: bool) -> None:
    record = annotator.annotate(f"{headline}\n\n{lead} Nobody knows what comes next.", publisher="Daily Example")
    assert (record.source_of(record.claims[0]).name == "Julian Asker") is speaks


@pytest.mark.parametrize(
    ("headline", "source"),
    [
        ("Harbour fees to rise in July - Treasury", "Treasury"),
        ("Harbour fees to rise ‘within days’ – Moor", "Ann Moor"),
        ("Harbour fees - what happens next", None),
    ],
)
def test_a_headline_names_its_source_after_a_dash(headline: str, source: str | None) -> None:
    body = "Ann Moor, the mayor, said harbour fees would rise within days. The Treasury said it would be July."
    record = annotator.annotate(f"{headline}\n\n{body}", publisher="Daily Example")
    first = record.claims[0]
    assert record.source_of(first).name == (source or "Daily Example")
    assert (" - " in first.text or " – " in first.text) == (source is None)


@pytest.mark.parametrize(
    "headline", ["Depot: what we know so far", "Depot: closed for a year", "Harbour: how you can help"]
)
def test_a_thing_before_a_headlines_colon_says_nothing(headline: str) -> None:
    body = "A fire broke out at the depot of the harbour on Monday. The depot will stay closed for a year."
    record = annotator.annotate(f"{headline}\n\n{body}", publisher="Daily Example")
    assert {source.name for source in record.sources} == {"Daily Example"}


def test_a_topic_before_the_colon_leaves_who_speaks_behind_the_dash() -> None:
    record = annotator.annotate(
        "Harbour barge: Migrants change minds over move - Robert Jenner\n\n"
        "Migrants who had refused to board the harbour barge have changed their minds, the minister has said.\n\n"
        "“Many moved yesterday,” Robert Jenner said. He spoke on Monday at the harbour.",
        publisher="Daily Example",
    )
    assert speaker(record, "Migrants change minds over move") == "Robert Jenner"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Mandric", "Đorđe Mandrić"),
        ("Pyvarov", "Oleksii Pivarov"),
        ("Ben-Harun", "Yifat Ben Haroun"),
        ("Schroeter", "Heike Schröter"),
        ("Al-Hashmi", "Saad Al Hashmi"),
    ],
)
def test_a_surname_before_the_colon_is_whoever_has_it_in_the_spelling_of_the_text(label: str, name: str) -> None:
    record = annotator.annotate(
        f"{label}: Elsund hospital will not close\n\nThe hospital of Elsund has lost its doctors. "
        f"Health Minister {name} said that new ones would come in May. Nurse Eva Lindt said the hospital was full.",
        publisher="Daily Example",
    )
    assert speaker(record, "Elsund hospital will not close") == name


def test_a_surname_that_two_have_who_are_spelled_so_stays_as_the_headline_has_it() -> None:
    record = annotator.annotate(
        "Pyvarov: Elsund hospital will not close\n\nMinister Oleh Pivarov said that doctors would come in May. "
        "Nurse Eva Pivarov said the hospital was full. Nobody knows what comes next.",
        publisher="Daily Example",
    )
    assert speaker(record, "Elsund hospital will not close") == "Pyvarov"


@pytest.mark.parametrize(
    ("headline", "lead", "source"),
    [
        ("Coric: Drop the inquiry", "The inquiry goes on. Slađana Ćorić said it should be dropped.", "Slađana Ćorić"),
        ("Source: Norvia to drop inquiry", "Norvia will drop it, a person at the court said.", "source (anonymous)"),
    ],
)
def test_a_name_without_its_accents_or_a_source_speaks_before_the_colon(headline: str, lead: str, source: str) -> None:
    record = annotator.annotate(f"{headline}\n\n{lead}", publisher="Babel")
    assert record.chain_of(record.claims[0])[0] == source


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("'I just ran': schoolgirl escapes fire", "Ann Moor"),
        ("“I just ran”: Ann Moor on the fire", "Ann Moor"),
        ("'Daylight robbery': prices soar in Elsund", "Daily Example"),
    ],
)
def test_a_quotation_before_a_colon_is_theirs_of_whom_the_headline_goes_on(headline: str, name: str) -> None:
    body = "The schoolgirl, Ann Moor, left the house on Monday. She said the stairs were on fire."
    record = annotator.annotate(f"{headline}\n\n{body}", publisher="Daily Example")
    assert record.source_of(record.claims[0]).name == name
