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
AFTER_HEADLINE, AFTER = 1500, 300  # characters in which somebody is named after a mention that means them
HE_OR_SHE = SINGULAR | {"his", "hers", "himself", "herself"}


@dataclass(eq=False)
class Candidate:
    """Somebody or something that a mention can stand for; `places` are where the text names it, in order."""

    name: str
    kind: SourceType
    make: Callable[[], DraftSource]  # enters it into the register, where it is not yet
    places: list[int] = field(default_factory=list)
    spoke: list[int] = field(default_factory=list)  # places of the mentions before that are sources
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
        found = {key: self._anew(one) for key, one in self.named.items()}
        for source in self._register.sources:
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
        one.spoke = places[: bisect_left(places, place)]

    def _anew(self, named: Candidate) -> Candidate:
        return Candidate(named.name, named.kind, named.make, named.places, pronoun=named.pronoun)

    def _is_in_sight(self, one: Candidate, mention: Mention) -> bool:
        """Whether a candidate is no part of the mention and named before it, or not long after."""
        begin, end = mention.span
        if mention.text.lower() in HE_OR_SHE and not one.is_someone:
            return False
        if has_one(one.places, mention.span):
            return False
        reach = AFTER_HEADLINE if self._draft.section_kind(begin) in HEADLINES else AFTER
        return bool(one.spoke) or bool(one.places and one.places[0] < begin) or has_one(one.places, (end, end + reach))


def has_one(places: Sequence[int], within: Offsets) -> bool:
    """Whether one of sorted places lies within a stretch."""
    n = bisect_left(places, within[0])
    return n < len(places) and places[n] < within[1]


def of_source(source: DraftSource) -> Candidate:
    """A source that has not been mentioned yet: a pair, the topic of a sentence."""
    return Candidate(source.name, source.type, partial(_itself, source), pronoun=source.pronoun)


def _itself(source: DraftSource) -> DraftSource:
    return source
