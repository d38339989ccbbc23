"""Unnamed people and those who are told of after them: who is the same, and who is another."""

import pytest

import annotator
from annotator.records import Source
from tests.articles import claim_with


def two_sources(first: str, second: str) -> tuple[Source, Source]:
    text = f"{first} said that the pier had been rotten. {second} said on Tuesday that it would be mended."
    record = annotator.annotate(text, publisher="Daily Example")
    return record.source_of(claim_with(record, "been rotten")), record.source_of(claim_with(record, "be mended"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A harbour official", "The mayor"),
        ("A clerk", "The treasurer"),
        ("A police officer", "The police chief"),
        ("An adviser to the council, who spoke on condition of anonymity,", "The governor"),
        ("A woman who lives next to the pier", "The judge"),
        ("A docker", "The harbour's manager"),
        ("A sailor", "The harbour master"),
        ("A local charity", "The council"),
        ("Ann Moor, 41,", "The mayor"),
    ],
)
def test_who_is_called_something_else_is_somebody_else(first: str, second: str) -> None:
    one, other = two_sources(first, second)
    assert one is not other


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A harbour official", "The official"),
        ("A former clerk of the council", "The person"),
        ("A senior adviser to the government", "The official"),
        ("A surgeon who sails", "The doctor"),
        ("A lawyer for the dockers", "The attorney"),
        ("A resident of Pier Street", "The woman"),
        ("A council insider", "The source"),
        ("A local charity", "The organisation"),
    ],
)
def test_a_noun_that_means_the_same_or_more_takes_up(first: str, second: str) -> None:
    one, other = two_sources(first, second)
    assert one is other


def test_an_office_after_an_unnamed_source_is_called_by_its_name() -> None:
    _, mayor = two_sources("A harbour official", "The mayor")
    assert (mayor.name, mayor.anonymous) == ("mayor", False)


@pytest.mark.parametrize(
    ("between", "name"),
    [("", "the council"), ("Tom Lindt, a spokesman for the union, said that it was not. ", "Tom Lindt")],
)
def test_the_spokesman_speaks_for_whom_one_has_spoken_last(between: str, name: str) -> None:
    record = annotator.annotate(
        f"A spokesman for the council said that the pier had been rotten. {between}"
        "The spokesman said on Monday that it would be mended.",
        publisher="Daily Example",
    )
    found = record.source_of(claim_with(record, "be mended"))
    assert (found.name, found.anonymous) == (name, False)


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("One source", "one of four sources briefed on the call"),
        ("A second source", "second of four sources briefed on the call"),
        ("Another one of the sources", "another of four sources briefed on the call"),
        ("A fifth source", "fifth source"),
        ("One senior source", "senior source"),
        ("One source at the bank", "source at the bank"),
        ("One clerk", "clerk"),
    ],
)
def test_one_of_several_unnamed_people_is_called_after_them_where_nothing_tells_it_apart(
    mention: str, name: str
) -> None:
    _, one = two_sources("Four sources briefed on the call", mention)
    assert (one.name, one.anonymous, one.type.value) == (f"{name} (anonymous)", True, "person")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A council insider", "The pal"),
        ("A friend of the singer", "The insider"),
        ("A senior member of the ruling coalition", "The politician"),
        ("A former clerk", "The former clerk"),
    ],
)
def test_an_unnamed_person_goes_by_another_noun_for_such_people(first: str, second: str) -> None:
    one, other = two_sources(first, second)
    assert one is other


@pytest.mark.parametrize(
    ("whom", "name"),
    [
        ("officials privy to the deal said on Monday", "officials privy to the deal (anonymous)"),
        ("officials close to the council told reporters", "officials close to the council (anonymous)"),
    ],
)
def test_who_is_privy_to_something_ends_before_the_verb(whom: str, name: str) -> None:
    record = annotator.annotate(f"The pier is likely to be sold, {whom}.", publisher="Daily Example")
    assert record.source_of(claim_with(record, "likely to be sold")).name == name


@pytest.mark.parametrize("headline", ["Council to sell pier: sources", "Council to sell pier, sources say"])
def test_a_headlines_sources_are_those_whom_the_text_describes(headline: str) -> None:
    text = f"{headline}\n\nThe council plans to sell its pier, sources close to the mayor said on Monday."
    record = annotator.annotate(text, publisher="Daily Example")
    assert record.source_of(claim_with(record, "Council to sell")).name == "sources close to the mayor (anonymous)"


@pytest.mark.parametrize("verb", ["said", "told the inquiry"])
@pytest.mark.parametrize("who", ["Soldier F", "Nurse Z"])
def test_a_letter_alone_is_no_name(who: str, verb: str) -> None:
    record = annotator.annotate(f"{who} {verb} that the pier had been rotten.", publisher="Daily Example")
    assert record.source_of(claim_with(record, "been rotten")).name == who


def test_one_of_the_five_is_one_of_them() -> None:
    text = "Five dockers from Elsund said the pier was rotten. “Nobody listened to us,” one of the five recalled."
    record = annotator.annotate(text, publisher="Daily Example")
    assert record.source_of(claim_with(record, "Nobody listened")).name == "one of five dockers from Elsund (anonymous)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Maud Fenwick, 77, remembers the fire.", "Her neighbour, Hilda Marsden, said the engine came late."),
        ("Clerk Sasha Fenwick has accused the council of theft.", "Treasurer Hilda Marsden denied it."),
    ],
)
def test_she_is_nobody_whom_later_sentences_name(before: str, after: str) -> None:
    record = annotator.annotate(f"{before}\n\n“They took the chairs,” she said.\n\n{after}", publisher="Daily Example")
    assert record.source_of(claim_with(record, "took the chairs")).name.endswith("Fenwick")


def test_he_may_be_named_next_where_nobody_else_can_be_meant() -> None:
    text = "The union has called a strike. “We have had enough,” he said. Union leader Tom Lindt spoke at the pier."
    record = annotator.annotate(text, publisher="Daily Example")
    assert record.source_of(claim_with(record, "had enough")).name == "Tom Lindt"


@pytest.mark.parametrize(
    ("told", "name"),
    [("New Tide", "ruling party"), ("Green Tide, the ruling party,", "Green Tide")],
)
def test_the_ruling_party_is_one_that_was_called_so(told: str, name: str) -> None:
    text = f"Leaders of {told} met on Sunday. The ruling party said that the pier was safe."
    record = annotator.annotate(text, publisher="Daily Example")
    assert record.source_of(claim_with(record, "pier was safe")).name == name


def test_a_place_that_an_unnamed_diplomat_speaks_of_is_nobody() -> None:
    text = "A diplomat in the region said a truce was near. The diplomat said the group would cross at Bab Sharq."
    record = annotator.annotate(text, publisher="Daily Example")
    assert {record.source_of(claim).name for claim in record.claims} == {"diplomat in the region (anonymous)"}
