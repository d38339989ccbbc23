"""A rule that is switched off is off everywhere, and on again afterwards; what it is worth is told in totals."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from annotator.evaluation import read_gold
from annotator.evaluation.gold.articles import Parts
from annotator.records import AnnotatedArticle
from benchmarks.sources import FOLDS, Given, Rule, Trial, by_fold, rules
from tests.evaluation.harbour import annotate, claim_gold
from tests.factory import HARBOUR

WORDS = """
import re
from functools import cache

TITLES = frozenset({"Dr"})
_YEAR = re.compile(r"\\d{4}")


def bare(words: str) -> str:
    if words.startswith("the "):
        return words[4:]
    return words


@cache
def is_title(word: str) -> bool:
    return word in TITLES


class Reader:
    def year(self, words: str) -> str | None:
        found = _YEAR.search(words)
        return found.group() if found else None

    @property
    def years(self) -> list[str]:
        return ["1999"]
"""
USER = """
from toyroom.words import TITLES, Reader, bare as stripped


def said() -> tuple[object, ...]:
    return stripped("the mayor"), sorted(TITLES), Reader().year("in 2016"), Reader().years
"""
SAID = ("mayor", ["Dr"], "2016", ["1999"])


@pytest.fixture(scope="module")
def toyroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("rooms")
    (folder / "toyroom").mkdir()
    for name, code in (("__init__", ""), ("words", WORDS), ("user", USER)):
        (folder / "toyroom" / f"{name}.py").write_text(code)
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(folder)
        yield importlib.import_module("toyroom")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("words.bare finds nothing", ("", *SAID[1:])),
        ("words.bare leaves words as it is", ("the mayor", *SAID[1:])),
        ("words.bare:10 if words.startswith('the ')", ("the mayor", *SAID[1:])),
        ("words.Reader.year finds nothing", (*SAID[:2], None, SAID[3])),
        ("words.Reader.years finds nothing", (*SAID[:3], [])),
        ("words.TITLES is empty", (SAID[0], [], *SAID[2:])),
        ("words._YEAR is empty", (*SAID[:2], None, SAID[3])),
    ],
)
def test_a_rule_is_off_wherever_it_is_used_and_on_again_afterwards(
    toyroom: ModuleType, rule: str, said: tuple[Any, ...]
) -> None:
    found = {one.name: one for one in rules(toyroom)}
    user = importlib.import_module("toyroom.user")
    assert user.said() == SAID
    with found[rule].off():
        assert user.said() == said
    assert user.said() == SAID


def test_every_kind_of_rule_is_found_once(toyroom: ModuleType) -> None:
    names = [rule.name for rule in rules(toyroom)]
    assert len(names) == len(set(names)) == 8  # those above, and `is_title`, which is cached
    assert "words.is_title finds nothing" in names


class Switch:
    """A record that is right with the rule and has no claim without it, as if the rule had found them all."""

    def __init__(self) -> None:
        self.is_on = True
        self.off: dict[str, Any] = {"claims": ()}

    def rule(self, name: str = "the switch") -> Rule:
        return Rule(name, lambda: self)

    def __enter__(self) -> None:
        self.is_on = False

    def __exit__(self, *_: object) -> None:
        self.is_on = True

    def resolve(self, text: str, *, publisher: str | None = None, spans: Any = ()) -> AnnotatedArticle:
        record = annotate(text, publisher=publisher)
        assert all(isinstance(part, Parts) for part in spans)
        return record if self.is_on else record.model_copy(update=self.off)


@pytest.fixture
def given(tmp_path: Path) -> tuple[Switch, Given]:
    """Four articles of the same text, and what is switched when they are annotated."""
    for n in range(4):
        (tmp_path / f"{n}").mkdir()
        claim_gold(tmp_path / f"{n}")
    switch = Switch()
    return switch, Given(read_gold([tmp_path]), switch.resolve)


def test_what_falls_without_a_rule_is_what_it_earns(given: tuple[Switch, Given]) -> None:
    switch, articles = given
    line = Trial(articles).without(switch.rule())
    # One name is right in each of four articles, and every resample has four of them.
    assert line.startswith("earns     the switch: source_name -4 [-4, -4] folds")
    assert line.endswith("records 4")
    switch.is_on = False
    assert Trial(articles).without(Rule("nothing", lambda: switch)).startswith("idle      nothing: source_name +0")


def test_a_rule_that_changes_no_name_is_decided_by_what_it_changes(given: tuple[Switch, Given]) -> None:
    switch, articles = given
    claims = annotate(HARBOUR, publisher="Daily Example").claims
    switch.off = {"claims": tuple(claim.model_copy(update={"chain": ()}) for claim in claims)}
    assert Trial(articles).without(switch.rule()).startswith("earns     the switch: chain -4 [-4, -4] folds")


def test_a_rule_without_which_the_room_fails_is_needed(given: tuple[Switch, Given]) -> None:
    trial = Trial(given[1])
    trial.given = Given(given[1].sets, lambda *_, **__: {}["no such key"])  # type: ignore[arg-type]
    assert trial.without(given[0].rule()) == "needed    the switch (KeyError)"


def test_folds_stand_beside_one_another(given: tuple[Switch, Given]) -> None:
    table = by_fold(given[1])
    assert len(table.columns) == 2 + FOLDS + 2
    counts = [next(iter(column.cells)) for column in table.columns[2 : 2 + FOLDS + 1]]
    assert sum(map(int, counts[:-1])) == int(counts[-1]) == 4
    whole = dict(zip(table.columns[1].cells, table.columns[2 + FOLDS].cells, strict=True))
    # Of three claims two are found, and one of these has the right source.
    assert (whole["claim F1"], whole["source_name, of found"], whole["source_name, of all gold"]) == (
        "40.0", "50.0", "33.3",
    )  # fmt: skip
