"""What the entity head is taught: two teachers brought together, people's labels, other names in the same places."""

import random

import pytest

from annotator.training.entity_labels import Named, Taught, brought_together, corrected, name_pools, renamed

POOLS = [(["Tadhg", "Ngozi"], ["Oyelaran", "Haraldsen"])]


def marked(text: str, *names: tuple[str, str]) -> list[Named]:
    """The nth mention of the same words is the nth place where they stand."""
    found: list[Named] = []
    for words, label in names:
        begin = max((end for start, end, _ in found if text[start:end] == words), default=0)
        start = text.index(words, begin)
        found.append((start, start + len(words), label))
    return found


def labels(taught: Taught) -> list[tuple[str, str]]:
    return [(taught.text[start:end], label) for start, end, label in taught.entities]


def test_the_articles_majority_settles_a_name() -> None:
    text = "Velmar fell. Velmar rose. Velmar fell again."
    first = marked(text, ("Velmar", "GPE"), ("Velmar", "GPE"), ("Velmar", "GPE"))
    second = marked(text, ("Velmar", "GPE"), ("Velmar", "ORG"), ("Velmar", "GPE"))
    taught = brought_together("a", text, first, second)
    assert labels(taught) == [("Velmar", "GPE")] * 3
    assert not taught.doubtful


def test_a_surname_is_a_persons_once_the_text_has_the_person() -> None:
    text = "Mr. Oswin Halder left. Halder was tired."
    both = marked(text, ("Oswin Halder", "PERSON"))
    taught = brought_together("a", text, both, [*both, (23, 29, "ORG")])
    assert labels(taught) == [("Oswin Halder", "PERSON"), ("Halder", "PERSON")]


def test_where_the_teachers_differ_nothing_is_sure() -> None:
    text = "Selva met Orlo."
    taught = brought_together("a", text, marked(text, ("Selva", "ORG")), marked(text, ("Selva", "GPE")))
    assert labels(taught) == [("Selva", "GPE")]
    assert set(taught.doubtful) == {(0, 5)}


def test_people_who_marked_every_mention_are_believed() -> None:
    text = "Orlo Brandt and the Selva Front met."
    taught = Taught("a", text, marked(text, ("the Selva Front", "PERSON")), [(16, 31)])
    mentions = [
        {"start": 16, "end": 31, "head": [26, 31], "head_tag": "NNP", "type": "organization"},
        {"start": 0, "end": 11, "head": [0, 4], "head_tag": "NNP", "type": "person"},
    ]
    better = corrected(taught, mentions)
    assert labels(better) == [("Orlo Brandt", "PERSON"), ("the Selva Front", "ORG")]
    assert not better.doubtful


@pytest.mark.parametrize("seed", range(20))
def test_everybody_has_another_name_all_through_and_every_label_stays_with_its_words(seed: int) -> None:
    text = (
        "Oswin Halder left the Brimstone Bank. Halder’s aide and Brimstone, of Elsund, said nothing. Nor did O. Halder."
    )
    names = [("Oswin Halder", "PERSON"), ("the Brimstone Bank", "ORG"), ("Halder’s", "PERSON"), ("Brimstone,", "ORG")]
    entities = [*marked(text, *names, ("Elsund", "GPE"))]
    entities[3] = (entities[3][0], entities[3][1] - 1, "ORG")
    taught = renamed(Taught("a", text, entities, [entities[2][:2]]), POOLS, random.Random(seed))
    told = labels(taught)
    assert [label for _, label in told] == ["PERSON", "ORG", "PERSON", "ORG", "GPE"]
    given, *_, surname = told[0][0].split()
    assert given in POOLS[0][0]
    assert told[2][0] == f"{surname}’s"
    assert "Halder" not in told[0][0] + told[2][0]
    body = told[1][0].removeprefix("the ")
    if body != "Brimstone Bank" and told[3][0] != "Brimstone":
        assert body.startswith(told[3][0])
    assert not taught.doubtful


def test_a_title_or_a_trade_before_a_name_is_no_part_of_it() -> None:
    text = "Oswin Halder left. Brimstone Foods said nothing."
    named = Taught("a", text, marked(text, ("Oswin Halder", "PERSON"), ("Brimstone Foods", "ORG")))
    others = [renamed(named, POOLS, random.Random(seed)) for seed in range(200)]
    assert [sorted({label for _, label in labels(one)}) for one in others] == [["ORG", "PERSON"]] * len(others)
    led = [one.text[: one.entities[0][0]] for one in others]
    assert {0, 1} == {bool(lead) for lead in led}
    assert all(lead.endswith(" ") and lead[0].isupper() for lead in led if lead)
    assert all(labels(one)[0][0].split()[0] in POOLS[0][0] for one in others)
    assert any(one.text[: one.entities[1][0]].split("left. ")[1] for one in others)


def test_firms_and_campaigns_stand_without_an_article() -> None:
    text = "Nobody at the Brimstone Bank spoke."
    named = Taught("a", text, marked(text, ("the Brimstone Bank", "ORG")))
    made = {labels(renamed(named, POOLS, random.Random(seed)))[0][0] for seed in range(300)}
    assert {"the Brimstone Bank"} < {name for name in made if name.startswith("the ")}
    assert not {name for name in made if name.startswith("the ") and name.endswith((" First", " & Sons"))}
    assert any(not name.startswith("the ") and " " not in name for name in made)


def test_names_for_tests_are_never_learned_from() -> None:
    pytest.importorskip("faker")
    learned, kept = name_pools(), name_pools(held_out=True)
    for part in (0, 1):
        seen = {name for pool in learned for name in pool[part]}
        assert len(seen) > 5000
        assert seen.isdisjoint(name for pool in kept for name in pool[part])
