"""Everybody and everything that a mention without a name can stand for: whoever the article names or has described."""

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from annotator.draft import DraftSource, Offsets
from annotator.labels import SectionKind, SourceType
from annotator.language.names import name_key
from annotator.records import ARTICLE_SOURCE
from annotator.sources.mentions import SINGULAR, Mention, bare_body
from annotator.sources.register import Register

HEADLINES = frozenset({SectionKind.HEADLINE, SectionKind.STANDFIRST})
MOST = 120  # candidates that are all compared, more than an ordinary article has; of more the nearest and most named
NEAREST, OFTENEST = 40, 8  # of these: named, or a source, last before a mention; named most in the whole article
LOOKED_BACK = 1_000  # names before a mention among which the nearest are looked for
AFTER_HEADLINE, AFTER = 1500, 300  # characters in which somebody is named after a mention that means them
HE_OR_SHE = SINGULAR | {"his", "hers", "himself", "herself"}


@dataclass(eq=False)
class Candidate:
    """Somebody or something that a mention can stand for; `places` are where the text names it, in order."""

    name: str
    kind: SourceType
    make: Callable[[], DraftSource]  # enters it into the register, where it is not yet
    places: list[int] = field(default_factory=list)
    spoke: int = 0  # how many of the mentions before are sources
    spoke_last: int = -1  # where the last of these stands
    source: DraftSource | None = None
    head: str = ""
    pronoun: str = ""

    @property
    def plural(self) -> bool:
        return self.kind is SourceType.GROUP or (self.source is not None and self.source.plural)

    @property
    def is_someone(self) -> bool:
        """Whether it is one person, or an account that speaks as one."""
        return self.kind in {SourceType.PERSON, SourceType.SOCIAL_POST} and not self.plural


class Candidates:
    """The candidates of one article; they follow the register as that grows."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._draft = register.draft
        self._mentioned: dict[int, list[int]] = {}  # where each source is mentioned, in order
        self._entered: dict[str, list[DraftSource]] = {}  # the register's sources by the keys of their names
        self._numbers: dict[int, int] = {}  # of these sources, as they were entered

    @cached_property
    def named(self) -> dict[str, Candidate]:
        """Everybody and every body that the text names, by key, whether they are sources or not."""
        found: dict[str, Candidate] = {}
        for place, name in self._register.people.places:
            one = Candidate(name, SourceType.PERSON, partial(self._register.person, name))
            one.pronoun = self._register.people.pronoun(name)
            found.setdefault(name_key(name), one).places.append(place)
        for ent in self._draft.doc.ents:
            if ent.label_ == "ORG" and (ent.text[:1].isupper() or ent.text.startswith("the ")):
                name = self._register.entities.longer(bare_body(ent.text))
                one = Candidate(name, SourceType.ORGANIZATION, partial(self._register.body, ent.text))
                one = found.setdefault(name_key(name), one)
                if one.kind is SourceType.ORGANIZATION:
                    one.places.append(ent.start_char)
        return found

    def of(self, mention: Mention) -> list[Candidate]:
        """Whoever the article names, and the sources that it has described so far, as far as they can be meant."""
        named, sources = list(self.named), self._register.sources
        if len(named) + len(sources) > MOST:
            named, sources = self._nearest(mention)
        found = {key: self._anew(self.named[key]) for key in named}
        for source in sources:
            unknown = source.type is SourceType.UNSPECIFIED or source.name.endswith("”")
            if source.source_id == ARTICLE_SOURCE or unknown or not source.mentions:
                continue
            key = name_key(source.name)
            if key not in found or found[key].source is not None:
                key = key if key not in found else source.source_id
                found[key] = Candidate(source.name, source.type, partial(_itself, source))
                found[key].places = self._places(source)
            self._with_source(found[key], source, mention.span[0])
        return [one for one in found.values() if self._is_in_sight(one, mention)]

    @cached_property
    def _order(self) -> list[tuple[int, str]]:
        """Every place where somebody or something is named, with the key of who it is, in text order."""
        return sorted((place, key) for key, one in self.named.items() for place in one.places)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """The number of each key in the order in which the text names them."""
        return {key: n for n, key in enumerate(self.named)}

    @cached_property
    def _often(self) -> list[str]:
        """Whom the text names most."""
        return sorted(self.named, key=lambda key: -len(self.named[key].places))[:OFTENEST]

    def _nearest(self, mention: Mention) -> tuple[list[str], list[DraftSource]]:
        """Keys of names and sources among which somebody is meant in an article with very many, in their order."""
        end = bisect_left(self._order, (mention.span[1] + self._reach(mention), ""))
        keys = set(self._often)
        for _, key in reversed(self._order[max(0, end - LOOKED_BACK) : end]):
            keys.add(key)
            if len(keys) >= NEAREST + OFTENEST:
                break
        recent = dict.fromkeys(id(source) for _, source in reversed(self._register.history[-LOOKED_BACK:]))
        self._enter()
        numbers = {self._numbers[one] for one in list(recent)[:NEAREST] if one in self._numbers}
        names = (name_key(self._register.sources[number].name) for number in numbers)
        keys |= {key for key in names if key in self.named}
        numbers |= {self._numbers[id(source)] for key in keys for source in self._entered.get(key, ())}
        return sorted(keys, key=self._ranks.__getitem__), [self._register.sources[n] for n in sorted(numbers)]

    def _enter(self) -> None:
        """Take in the sources that are new in the register."""
        for number in range(len(self._numbers), len(self._register.sources)):
            source = self._register.sources[number]
            self._numbers[id(source)] = number
            self._entered.setdefault(name_key(source.name), []).append(source)

    def _places(self, source: DraftSource) -> list[int]:
        """Where a source has been mentioned so far; sorted in as the mentions come, since each later one asks."""
        places = self._mentioned.setdefault(id(source), [])
        for start, _ in source.mentions[len(places) :]:
            insort(places, start)
        return places

    def _with_source(self, one: Candidate, source: DraftSource, place: int) -> None:
        one.source, one.kind, one.head = source, source.type, source.head
        one.pronoun = source.pronoun or one.pronoun
        one.make = partial(_itself, source)
        places = self._places(source)
        one.spoke = bisect_left(places, place)
        one.spoke_last = places[one.spoke - 1] if one.spoke else -1

    def _anew(self, named: Candidate) -> Candidate:
        return Candidate(named.name, named.kind, named.make, named.places, pronoun=named.pronoun)

    def _is_in_sight(self, one: Candidate, mention: Mention) -> bool:
        """Whether a candidate is no part of the mention and named before it, or not long after."""
        begin, end = mention.span
        if mention.text.lower() in HE_OR_SHE and not one.is_someone:
            return False
        if has_one(one.places, mention.span):
            return False
        if one.spoke or (one.places and one.places[0] < begin):
            return True
        return has_one(one.places, (end, end + self._reach(mention)))

    def _reach(self, mention: Mention) -> int:
        """In how many characters behind a mention somebody may be named whom it means."""
        return AFTER_HEADLINE if self._draft.section_kind(mention.span[0]) in HEADLINES else AFTER


def has_one(places: Sequence[int], within: Offsets) -> bool:
    """Whether one of sorted places lies within a stretch."""
    n = bisect_left(places, within[0])
    return n < len(places) and places[n] < within[1]


def of_source(source: DraftSource) -> Candidate:
    """A source that has not been mentioned yet: a pair, the topic of a sentence."""
    return Candidate(source.name, source.type, partial(_itself, source), pronoun=source.pronoun)


def _itself(source: DraftSource) -> DraftSource:
    return source
