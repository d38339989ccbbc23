"""What the entity head learns from: two teachers brought together, people's own labels, and names of other countries.

spaCy's recognisers take a name that they do not know for what stands around it, now a person, now a body. An article
names most people twice, so its own majority settles much of that; where the teachers still differ, the label counts
for little.
"""

import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.language import lexicon
from annotator.training.augment import Edit, Example, edited

Named = tuple[int, int, str]  # half-open offsets and the label
NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})
MAJORITY, LEAST_TIMES = 0.65, 3  # of an article's labels for the same words, which then are all labelled so
_POSSESSIVE = re.compile(r"(?:['’]s?|(?<=s)['’])$")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof|Sir|Judge|President|Minister|Chancellor)\.? ((?:[A-Z][\w’'-]+ ?){1,3})"
)


@dataclass(frozen=True)
class Taught:
    """A text with its entities; what lies in a `doubtful` stretch is labelled without much trust."""

    article_id: str
    text: str
    entities: Sequence[Named]
    doubtful: Sequence[tuple[int, int]] = ()


def brought_together(article_id: str, text: str, first: Iterable[Named], second: Iterable[Named]) -> Taught:
    """The labels of the second teacher, doubtful where the first has others, and settled by the article's majority."""
    first, second = list(first), list(second)
    known, base = set(first), set(second)
    doubtful = [(start, end) for start, end, _ in known ^ base]
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end, label in first + second:
        votes[_plain(text[start:end])][label] += 1
    surnames = _surnames(text, votes)
    settled = [(start, end, _label(text[start:end], label, votes, surnames)) for start, end, label in second]
    sure = {
        (start, end)
        for (start, end, label), old in zip(settled, second, strict=True)
        if label != old[2] or (label == "PERSON" and _last_word(text[start:end]) in surnames)
    }
    return Taught(article_id, text, settled, [span for span in doubtful if span not in sure])


def _plain(words: str) -> str:
    return _POSSESSIVE.sub("", re.sub(r"^(?:the|The) ", "", " ".join(words.split())))


def _last_word(words: str) -> str:
    return next(reversed(_plain(words).split()), "")


def _surnames(text: str, votes: Mapping[str, Counter[str]]) -> set[str]:
    """Last names of those whom the text calls in full or by a title, if nothing else is called so more often."""
    full = [name for name, labels in votes.items() if " " in name and labels.most_common(1)[0][0] == "PERSON"]
    full += [match[1].strip() for match in _TITLED.finditer(text)]
    last = {_last_word(name) for name in full} - {""}
    return {
        name
        for name in last
        if name[0].isupper() and votes[name]["GPE"] + votes[name]["NORP"] <= 1 + votes[name]["PERSON"]
    }


def _label(words: str, label: str, votes: Mapping[str, Counter[str]], surnames: set[str]) -> str:
    if label not in NAME_LABELS:
        return label
    name = _plain(words)
    if name in surnames:
        return "PERSON"
    (most, times), total = votes[name].most_common(1)[0], votes[name].total()
    if total >= LEAST_TIMES and times >= MAJORITY * total:
        return most
    parts = name.split()
    if 2 <= len(parts) <= 3 and votes[name]["PERSON"] and parts[0].lower() in lexicon.table("first_names"):
        return "PERSON"
    return label


# --- people's labels --------------------------------------------------------------------------------------------------

_OF_PEOPLE = {"person": {"PERSON", "NORP"}, "organization": {"ORG", "FAC"}, "place": {"GPE", "LOC", "FAC"}}
MOST_WORDS = 4  # of a mention that is a name and nothing else
_NAMED_BY = {"person": "PERSON", "organization": "ORG", "place": "GPE"}


def corrected(taught: Taught, mentions: Iterable[Mapping[str, Any]]) -> Taught:
    """The labels as annotators have it who marked every mention, its head and its type (GUM)."""
    named = {tuple(one["head"]): one for one in mentions if one["head_tag"].startswith("NNP")}
    entities: list[Named] = []
    trusted: set[tuple[int, int]] = set()
    distrusted: set[tuple[int, int]] = set()
    covered: set[tuple[int, ...]] = set()
    for start, end, label in taught.entities:
        inside = {head: one for head, one in named.items() if start <= head[0] and head[1] <= end}
        covered |= set(inside)
        if label in NAME_LABELS and inside:
            kind = max(inside.values(), key=lambda one: one["end"] - one["start"])["type"]
            (trusted if kind in _OF_PEOPLE else distrusted).add((start, end))
            label = label if label in _OF_PEOPLE.get(kind, NAME_LABELS) else _NAMED_BY[kind]
        entities.append((start, end, label))
    for head, one in named.items():
        start, end = one["start"], one["end"]
        free = all(end <= first or last <= start for first, last, _ in entities)
        if head not in covered and free and one["type"] in _NAMED_BY and _is_bare_name(taught.text[start:end]):
            entities.append((start, end, _NAMED_BY[one["type"]]))
    doubtful = [span for span in {*taught.doubtful, *distrusted} if span not in trusted]
    return replace(taught, entities=sorted(entities), doubtful=sorted(doubtful))


def _is_bare_name(words: str) -> bool:
    parts = words.split()
    return 0 < len(parts) <= MOST_WORDS and all(part[0].isupper() for part in parts)


# --- names of other countries -----------------------------------------------------------------------------------------

Pools = Sequence[tuple[Sequence[str], Sequence[str]]]  # given names and surnames, country by country
HELD_OUT = 5  # one name in so many is never learned from, so that a test has new ones


def is_held_out(name: str) -> bool:
    """Whether a given name or surname is kept for tests."""
    return sum(name.lower().encode()) % HELD_OUT == 0


def renamed(taught: Taught, pools: Pools, chance: random.Random) -> Taught:
    """The text with others in it: each person, and half of the bodies and places, have another name all through."""
    labelled: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, label in taught.entities:
        labelled[label].append((start, end))
    people = labelled["PERSON"]
    others = _other_names([_plain(taught.text[start:end]).split() for start, end in people], pools, chance)
    edits = [edit for span in people for edit in _called_otherwise(taught.text, span, chance)]
    edits += [
        Edit(start + match.start(), start + match.start() + len(word), others[word])
        for start, end in people
        for match in _WORD.finditer(taught.text[start:end])
        if (word := _POSSESSIVE.sub("", match.group())) in others
    ]
    sure = set(labelled["ORG"] + labelled["GPE"]) - set(taught.doubtful)
    for label, made in (("ORG", _made_bodies), ("GPE", _made_places)):
        named = {_plain(taught.text[start:end]) for start, end in labelled[label] if (start, end) in sure}
        new = made(sorted(named, key=lambda name: (-len(name), name)), pools, chance)
        edits += [edit for span in labelled[label] if (edit := _whole_name(taught.text, span, new)) is not None]
    edits += [
        Edit(start, start, f"{chance.choice(_trades('organization', 'media')).capitalize()} ")
        for start, end in labelled["ORG"]
        if (start, end) in sure and _begins_sentence(taught.text, start) and " " in taught.text[start:end]
        if taught.text[start : start + 4].lower() != "the " and chance.random() < WITH_TRADE
    ]
    return _with_edits(taught, edits)


def _whole_name(text: str, span: tuple[int, int], new: Mapping[str, str]) -> Edit | None:
    """The edit of a name that may have an article before it and an ending behind it."""
    words = text[slice(*span)]
    name = _plain(words)
    at = words.find(name)
    if name not in new or at < 0:
        return None
    begin = 0 if words[:4] in {"the ", "The "} and _has_no_article(new[name]) else at
    return Edit(span[0] + begin, span[0] + at + len(name), new[name])


def _has_no_article(body: str) -> bool:
    """Whether a made-up name is a firm's, a team's or a campaign's, which nothing stands before: "Sola Gas"."""
    return not any(word in _KINDS for word in body.split())


def _with_edits(taught: Taught, edits: Sequence[Edit]) -> Taught:
    """The text with the edits made; who has another person's name now is a person, whoever it was."""
    count = len(taught.entities)
    spans = [(start, end) for start, end, _ in taught.entities] + list(taught.doubtful)
    moved = edited(Example(taught.article_id, taught.text, [([span], [], []) for span in spans]), edits)
    places = [source[0] for source, _, _ in moved.attributions]
    entities = [(*place, label) for place, (_, _, label) in zip(places[:count], taught.entities, strict=True)]
    sure = {(start, end) for start, end, label in entities if label == "PERSON"}
    doubtful = [span for span in places[count:] if span not in sure]
    return Taught(f"{taught.article_id}+names", moved.text, entities, doubtful)


_MADE = tomllib.loads((Path(__file__).parent / "bodies.toml").read_text(encoding="utf-8"))
_KINDS = _MADE["k"].split()  # what bodies are called by; the rest of their names is made of surnames
_PLACES = ("ia", "land", "stan", "ville", "burg", "stad", "ton", "ford", "ovo", "pur", "ania", "abad", "port", "mouth")
OTHER_SHAPES = 0.5  # of the bodies that are called otherwise have a name of these shapes
KEPT = 0.5  # of the names of bodies and places: real ones are to be learned as well


def _made_bodies(names: Sequence[str], pools: Pools, chance: random.Random) -> dict[str, str]:
    """Names of bodies that nobody knows; what is called by the first word of a longer name goes on being called so."""
    made: dict[str, str] = {}
    for name in names:
        if chance.random() < KEPT:
            continue
        longer = next((other for other in made if other.startswith(f"{name} ")), None)
        a, b = (chance.choice(chance.choice(pools)[1]) for _ in range(2))
        kind, second = chance.sample(_KINDS, 2)
        if " " in name:
            made[name] = _made_body(a, b, kind, second, chance)
        elif longer is not None:
            made[name] = made[longer].split()[0]
        elif name.isupper():
            made[name] = "".join(chance.choices("ABCDEFGHIKLMNOPRSTUVW", k=chance.choice((3, 3, 4))))
        else:
            made[name] = a
    return made


def _made_body(a: str, b: str, kind: str, second: str, chance: random.Random) -> str:
    if chance.random() >= OTHER_SHAPES:
        return str(chance.choice(_MADE["shapes"]).format(a=a, b=b, k=kind, k2=second))
    words = {name: chance.choice(pool) for name, pool in _word_pools().items()}
    return str(chance.choice(_MADE["other_shapes"]).format(a=a, b=b, k=kind, **words))


@lexicon.remembered
def _word_pools() -> dict[str, list[str]]:
    """The words that shapes are filled with, by their names there."""
    pools = {name: _MADE[name].split() for name in ("team", "stem", "end", "who", "what", "sort")}
    return pools | {name: sorted(lexicon.entries(of)) for name, of in (("firm", "company_words"), ("state", "states"))}


TITLED, NICKNAMED, WITH_PARTICLE = 0.15, 0.02, 0.04  # of full names
WITH_TRADE = 0.1  # of bodies whose names begin a sentence
_TITLE_BEFORE = re.compile(r"(?:[A-Z][\w.’'-]*|\b(?:[a-z]+or|[a-z]+er|[a-z]+ist|[a-z]+man))[ \u00a0]$")


def _called_otherwise(text: str, span: tuple[int, int], chance: random.Random) -> list[Edit]:
    """What a full name has in and before it elsewhere: a title, which is no part of it, a nickname, a particle."""
    name = _plain(text[slice(*span)])
    words = list(_WORD.finditer(name))
    if not 2 <= len(words) <= 3 or not text.startswith(name, span[0]) or any(len(word.group()) < 3 for word in words):
        return []
    edits, last = [], span[0] + words[-1].start()
    if chance.random() < TITLED and not _TITLE_BEFORE.search(text[max(0, span[0] - 30) : span[0]]):
        edits.append(Edit(span[0], span[0], f"{_title(text, span[0], chance)} "))
    if chance.random() < NICKNAMED:
        marks = chance.choice(("“”", '""', "‘’"))
        edits.append(Edit(last, last, f"{marks[0]}{chance.choice(_word_pools()['stem'])}{marks[1]} "))
    elif chance.random() < WITH_PARTICLE:
        edits.append(Edit(last, last, f"{chance.choice(_MADE['particles'])} "))
    return edits


def _title(text: str, place: int, chance: random.Random) -> str:
    """A title of some country, or a trade, which has a capital where a sentence begins."""
    if chance.random() < 0.6:
        titles = sorted(lexicon.entries("name_titles") | lexicon.entries("personal_titles"))
        return " ".join(chance.sample(titles, 1 if chance.random() < 0.85 else 2))
    trade = chance.choice(_trades("person"))
    return trade.capitalize() if _begins_sentence(text, place) or chance.random() < 0.2 else trade


@lexicon.remembered
def _trades(*kinds: str) -> Sequence[str]:
    """The nouns of one word for people or bodies: "plumber", "retailer"."""
    return sorted(noun for noun, entry in lexicon.table("nouns").items() if entry[0] in kinds and noun.isalpha())


def _begins_sentence(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n" or text[max(0, place - 2) : place] in {". ", "” "}


def _made_places(names: Sequence[str], pools: Pools, chance: random.Random) -> dict[str, str]:
    """Names of towns and countries that nobody knows."""
    stems = {name: chance.choice(chance.choice(pools)[1]) for name in names if chance.random() >= KEPT}
    return {name: f"{stem.rstrip('aeiouy')}{chance.choice(_PLACES)}" for name, stem in stems.items() if stem.isalpha()}


_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")


def _other_names(people: Iterable[list[str]], pools: Pools, chance: random.Random) -> dict[str, str]:
    """Another word for each word of people's names; full names are looked at first, so that a surname stays one."""
    others: dict[str, str] = {}
    for words in sorted(people, key=len, reverse=True):
        names, surnames = chance.choice(pools)
        for word in words:
            if len(word.rstrip(".")) > 1 and word[0].isupper() and word not in others:
                others[word] = chance.choice(surnames if word == words[-1] else names)
                if word == words[-1] and chance.random() < HYPHENATED:
                    others[word] += f"-{chance.choice(chance.choice(pools)[1])}"
    return others


HYPHENATED = 0.06  # of the surnames have two parts


def name_pools(*, held_out: bool = False) -> Pools:
    """Given names and surnames in Latin letters, country by country, from the package Faker (MIT licence).

    Those to learn from, or those that are kept for tests.
    """
    import importlib
    import pkgutil

    from faker.providers import person

    pools = []
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        names, surnames = (
            [name for name in _listed(provider, kind) if is_held_out(name) == held_out] for kind in ("first", "last")
        )
        if min(len(names), len(surnames)) >= LEAST_NAMES:
            pools.append((names, surnames))
    return pools


LEAST_NAMES = 10  # of a country whose names are used


def _listed(provider: Any, kind: str) -> list[str]:
    """The names of a country's lists whose own names begin with a word."""
    found: set[str] = set()
    for name in dir(provider):
        listed = getattr(provider, name)
        if name.startswith(kind) and "name" in name and isinstance(listed, tuple | list | dict):
            found |= {str(one) for one in listed}
    found = {name.title() if name.isupper() else name for name in found}
    return sorted(name for name in found if _LATIN.fullmatch(name))


_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_Ͱ-\uffff]+(?:[ '’-][^\W\d_Ͱ-\uffff]+)*")
