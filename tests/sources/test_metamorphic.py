"""What must not change whose words are whose: other names, a byline or caption in front, another article, another order.

Each property makes an article of small parts by Hypothesis, changes it, and compares what the record says of each claim.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import annotator
from annotator.records import AnnotatedArticle
from tests.articles import speaker

FEW = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
WOMEN = ("Laura Moor", "Maria Santos", "Elena Petrova", "Ingrid Solberg", "Fatima Hassan", "Olena Kovalchuk")
MEN = ("Peter Holm", "Carlos Vega", "Thomas Brandt", "Ahmed Saleh", "Viktor Lund", "Daniel Okoye")
ROLES = ("Mayor", "Senator", "Professor", "Judge")
NEWS = (
    "the pier had been rotten for years",
    "forty ships a year use the old harbour",
    "the bridge would stay closed all winter",
    "the ferry was too slow for the mail",
    "the school needs a new roof",
    "the market had lost half of its traders",
)
HEADLINE = "Council looks again at the old harbour plan"
OPENING = "The harbour has been empty since March."


class Part(NamedTuple):
    """A paragraph with one speaker: a statement with the name, and one with the surname or a pronoun."""

    name: str
    role: str
    first: str
    second: str
    by_pronoun: bool

    @property
    def text(self) -> str:
        again = ("She" if self.name in WOMEN else "He") if self.by_pronoun else self.name.split()[-1]
        return f"{self.role} {self.name} said that {self.first}. {again} said that {self.second}."

    @property
    def expected(self) -> Mapping[str, str]:
        return {self.first: self.name, self.second: self.name}


@st.composite
def parts(draw: st.DrawFn, names: tuple[str, ...] = (*WOMEN, *MEN), news: tuple[str, ...] = NEWS[:4]) -> list[Part]:
    people = draw(st.permutations(names).map(lambda order: order[:2]))
    told = draw(st.permutations(news))
    roles = draw(st.permutations(ROLES))
    pronouns = draw(st.tuples(st.booleans(), st.booleans()))
    return [Part(people[n], roles[n], told[2 * n], told[2 * n + 1], pronouns[n]) for n in range(2)]


def article(told: list[Part], *, lead: str = "") -> str:
    return "\n\n".join([HEADLINE, *([lead] if lead else []), OPENING, *(part.text for part in told)])


def whose(record: AnnotatedArticle, told: list[Part]) -> dict[str, str | None]:
    return {words: speaker(record, words) for part in told for words in part.expected}


def expected(told: list[Part]) -> dict[str, str]:
    return {words: name for part in told for words, name in part.expected.items()}


def read(text: str) -> AnnotatedArticle:
    return annotator.annotate(text, publisher="Daily Example")


@FEW
@given(parts())
def test_two_people_who_speak_in_turn_keep_their_words(told: list[Part]) -> None:
    assert whose(read(article(told)), told) == expected(told)


@FEW
@given(parts(), st.permutations(WOMEN), st.permutations(MEN))
def test_other_names_everywhere_give_the_same_structure(
    told: list[Part], women: list[str], men: list[str]
) -> None:
    others = dict(zip((*WOMEN, *MEN), (*women, *men), strict=True))
    renamed = [part._replace(name=others[part.name]) for part in told]
    before, after = read(article(told)), read(article(renamed))
    assert [(s.type, s.anonymous, s.affiliation, len(s.mentions)) for s in after.sources] == [
        (s.type, s.anonymous, s.affiliation, len(s.mentions)) for s in before.sources
    ]
    assert {words: others[name or ""] for words, name in whose(before, told).items()} == whose(after, renamed)


@FEW
@given(
    parts(),
    st.sampled_from(
        (
            "By {other}",
            "By {other}, Harbour Correspondent",
            "{other} in front of the old pier on Monday. Photo: {another}/Reuters",
            "Photograph: {other}/AFP/Getty Images",
        )
    ),
)
def test_a_byline_or_a_caption_in_front_changes_no_source(told: list[Part], lead: str) -> None:
    other, another = [name for name in (*WOMEN, *MEN) if name not in {part.name for part in told}][:2]
    record = read(article(told, lead=lead.format(other=other, another=another)))
    assert whose(record, told) == expected(told)
    assert not {other, another} & {source.name for source in record.sources if source.mentions}


@FEW
@given(parts(), st.sampled_from(("{surname} backs new plan for the harbour", "{surname} under fire over old pier")))
def test_a_headline_with_a_surname_alone_changes_no_source(told: list[Part], headline: str) -> None:
    text = article(told).replace(HEADLINE, headline.format(surname=told[0].name.split()[-1]))
    assert whose(read(text), told) == expected(told)


@FEW
@given(parts(WOMEN, NEWS[:4]), parts(MEN, NEWS[2:]))
def test_an_article_behind_another_keeps_its_sources_apart(one: list[Part], other: list[Part]) -> None:
    other = [part._replace(first=f"{part.first} again", second=f"{part.second} again") for part in other]
    text = f"{article(one)}\n\n{article(other)}"
    wanted = expected(one) | expected(other)
    record = read(text)
    found = {
        words: next(record.source_of(c).name for c in record.claims if c.text.rstrip(".").endswith(words))
        for words in wanted
    }
    assert found == wanted


@FEW
@given(parts())
def test_the_order_of_two_paragraphs_does_not_matter(told: list[Part]) -> None:
    assert whose(read(article(told)), told) == whose(read(article(told[::-1])), told)


# --- nobody becomes a source who only made the page -------------------------------------------------------------------


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param("By Peter Holm", id="byline"),
        pytest.param("The old pier on Monday. Credit: Peter Holm", id="credit of a caption"),
        pytest.param("The old pier on Monday. (Peter Holm/Getty Images)", id="photographer in brackets"),
        pytest.param("Peter Holm @peterholm", id="handle"),
    ],
)
def test_he_is_nobody_who_only_made_the_page(lead: str) -> None:
    record = read(f"{HEADLINE}\n\n{lead}\n\n{OPENING}\n\nThe mayor, Carlos Vega, came late. He said that {NEWS[0]}.")
    assert speaker(record, NEWS[0]) == "Carlos Vega"
    assert "Peter Holm" not in {source.name for source in record.sources}


@pytest.mark.parametrize("lead", ["By Peter Holm", "The old pier on Monday. Credit: Peter Holm"])
def test_he_is_not_the_reporter_where_nobody_else_is_named(lead: str) -> None:
    record = read(f"{HEADLINE}\n\n{lead}\n\n{OPENING} He said that {NEWS[0]}.")
    assert speaker(record, NEWS[0]) != "Peter Holm"


# --- spokespeople: whoever is unnamed speaks for the body, who says that they want no name for nobody -----------------

SPOKESPEOPLE = ("spokesman", "spokeswoman", "spokesperson")


@pytest.mark.parametrize("word", SPOKESPEOPLE)
@pytest.mark.parametrize(
    "subject", ["A {word} for the Harbour Agency", "The Harbour Agency’s {word}", "A Harbour Agency {word}"]
)
def test_an_unnamed_spokesperson_speaks_for_the_body(word: str, subject: str) -> None:
    record = read(f"{HEADLINE}\n\n{OPENING}\n\n{subject.format(word=word)} said that {NEWS[0]}.")
    assert speaker(record, NEWS[0]) == "Harbour Agency"


@pytest.mark.parametrize("word", SPOKESPEOPLE)
@pytest.mark.parametrize(
    "sentence",
    [
        "A Harbour Agency {word}, who spoke on condition of anonymity, said that {news}.",
        "A {word} for the Harbour Agency said on condition of anonymity that {news}.",
        "A {word} for the police, who was not authorised to speak publicly, said that {news}.",
        "According to a {word} for the ministry who asked not to be named, {news}.",
    ],
)
def test_a_spokesperson_who_wants_no_name_is_anonymous(word: str, sentence: str) -> None:
    record = read(f"{HEADLINE}\n\n{OPENING}\n\n{sentence.format(word=word, news=NEWS[0])}")
    claim = next(claim for claim in record.claims if NEWS[0] in claim.text)
    assert record.source_of(claim).anonymous


# --- a surname is a person's, whatever else the word may be -----------------------------------------------------------


@pytest.mark.parametrize("surname", ["Fox", "Mirror", "Post", "Times", "Banks", "Court", "Union", "Board", "Council"])
@pytest.mark.parametrize("again", ["{surname} said that {news}.", "“It is fair,” {surname} said. {surname} said {news}."])
def test_a_surname_is_no_outlet_and_no_body_once_the_person_is_known(surname: str, again: str) -> None:
    told = again.format(surname=surname, news=NEWS[0])
    record = read(f"{HEADLINE}\n\n{OPENING}\n\nMayor Lionel {surname} met the traders on Monday. {told}")
    assert speaker(record, NEWS[0]) == f"Lionel {surname}"


@pytest.mark.parametrize("name", ["Cyril Ramaphoza", "Lesia Vasylko", "Olena Kovalchuk", "Paris Jackson", "Sandy Banks"])
@pytest.mark.parametrize("sentence", ["{name} said on Monday that {news}.", "According to {name}, {news}."])
def test_a_person_without_a_title_is_a_person(name: str, sentence: str) -> None:
    record = read(f"{HEADLINE}\n\n{OPENING}\n\n{sentence.format(name=name, news=NEWS[0])}")
    claim = next(claim for claim in record.claims if NEWS[0] in claim.text)
    assert (record.source_of(claim).name, record.source_of(claim).type) == (name, "person")


@pytest.mark.parametrize("spelling", ["Zelensky", "Zelenskyy", "Zelenskiy"])
def test_another_spelling_of_a_surname_is_the_same_person(spelling: str) -> None:
    record = read(
        f"{HEADLINE}\n\nPresident Volodymyr Zelensky said the bridge was safe.\n\n{spelling} added that {NEWS[0]}."
    )
    assert speaker(record, NEWS[0]) == "Volodymyr Zelensky"


@pytest.mark.parametrize("name", ["Errol Banks", "Judd Law", "Les Times"])
def test_a_surname_alone_at_the_beginning_keeps_its_capital(name: str) -> None:
    record = read(f"{HEADLINE}\n\nBusinessman {name} met the mayor.\n\n{name.split()[-1]} said that {NEWS[0]}.")
    assert speaker(record, NEWS[0]) == name
