"""Which body a noun takes up: "the lender" after "Shannon Credit", "the watchdog" after the one office that was named.

A body is called by a word of its name ("the bureau"), by what the text says that it is ("the operator, Gibb Charter"),
or by a noun for its part of public life. Of several that fit it is whoever spoke last, else the one that the text names
by far the most, else whoever did something nearby.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.draft import Draft, DraftSource
from annotator.labels import Affiliation, SourceType
from annotator.language import lexicon
from annotator.language.outlets import is_outlet
from annotator.sources.mention_reader import read_mention
from annotator.sources.mentions import Mention, country_of, is_person, noun_entry
from annotator.sources.pronouns import RECENT
from annotator.sources.register import Register
from annotator.sources.roles import affiliation_of
from annotator.sources.titles import POSSESSIVE

LOOKED_BACK_FOR = 5_000  # characters in which a text tells which body it is about
MANY = 4  # times that a text names the body that it is about
NEARBY = 500  # characters back in which a body has done something that a noun then takes up
LEAD, NEXT = 400, 3  # characters of the body in which a body is described first; sentences in which it is then named
_CORPORATE, _STATE = Affiliation.CORPORATE, Affiliation.GOVERNMENT
# Nouns for bodies of other parts of public life than their own entry says, or of several.
_LIKE = {
    "agency": {_STATE, Affiliation.NGO_IGO, Affiliation.LAW_ENFORCEMENT},
    "watchdog": {_STATE, Affiliation.NGO_IGO, Affiliation.LAW_ENFORCEMENT},
    "group": {Affiliation.NGO_IGO, _CORPORATE, Affiliation.POLITICS},
    "organisation": {Affiliation.NGO_IGO},
    "organization": {Affiliation.NGO_IGO},
    "association": {Affiliation.NGO_IGO, Affiliation.SPORT},
    "federation": {Affiliation.NGO_IGO, Affiliation.SPORT},
    "institution": {Affiliation.ACADEMIC},
    "service": {_STATE, Affiliation.LAW_ENFORCEMENT},
    "force": {Affiliation.LAW_ENFORCEMENT},
    "tank": {Affiliation.NGO_IGO, Affiliation.ACADEMIC},
}
# Nouns that stand for whichever body of their kind was named, beside those for businesses: "the army" is one itself.
_ANY = _LIKE.keys() | {"authority", "charity", "club", "department", "ministry", "party", "regulator", "team", "union"}
# Nouns for people by which business pages call companies, too.
MAKERS = frozenset(
    {"brewer", "builder", "contractor", "designer", "developer", "distributor", "exporter", "grocer", "miner"}
    | {"pollster", "producer", "publisher", "refiner", "seller", "shipper", "vendor"}
)
# Those that mean what is known to be of their kind alone; with more words they are names: "the fire department".
_OF_THE_STATE = frozenset({"authority", "department", "force", "institution", "ministry", "service"})
# "The ruling party" is none that was named without the word.
_APART = frozenset({"ruling", "governing", "opposition", "rival"})
_OF_ANY_KIND = frozenset({"group", "agency", "organisation", "organization", "company", "firm"})


_PLACES = frozenset({"NORP", "GPE", "LOC"})


@dataclass
class _Body:
    """A body that was named before a mention: how often, where it did something last, and where it spoke last."""

    name: str
    times: int = 0
    acted: int = -1
    spoke: int = -1
    kinds: frozenset[Affiliation] = frozenset()  # parts of public life that it is known to belong to


def body_called(register: Register, mention: Mention, lemma: str) -> DraftSource | None:
    """The named body that a definite noun takes up, if the text tells which."""
    apart = _told_apart(mention)
    if apart and not any(word in register.draft.text[: mention.span[0]].lower() for word in apart):
        return None
    if (named := _by_name(register, mention, lemma)) is not None:
        return named
    wanted = kinds_meant(register.draft, mention)
    if not wanted:
        return None
    bodies, place = _named_before(register, mention), mention.span[0]
    known = [b for b in bodies if b.kinds & wanted]
    unknown = [b for b in bodies if not b.kinds and (b.spoke >= 0 or lemma not in _OF_THE_STATE)]
    heard = [b for b in known if b.spoke >= 0] if _CORPORATE in wanted else []
    pools = (heard, known + unknown) if lemma in _OF_ANY_KIND else (known, unknown)
    found = next((one for pool in pools if (one := _meant(pool, place))), None)
    if found is None:
        lone = register.entities.lone_name(place, RECENT) if _CORPORATE in wanted and not bodies else ""
        return register.business(lone) if lone else None
    source = register.body(found.name)
    if source.affiliation is Affiliation.UNKNOWN and len(wanted) == 1:
        source.affiliation = next(iter(wanted))
    return source


def named_next(register: Register, mention: Mention) -> DraftSource | None:
    """ "An NHS trust has admitted ... Holmfold Hospitals NHS Trust said": whom the lead describes, and then names.

    The name has a word of the description, and stands in the next sentences (codebook, rule 12).
    """
    draft, place = register.draft, mention.span[0]
    if noun_entry(mention.head)[0] != "organization" or mention.plural or place > draft.body_start + LEAD:
        return None
    own = {t.lower_ for t in draft.tokens(mention.span) if t.pos_ in {"NOUN", "PROPN"} and t.ent_type_ not in _PLACES}
    behind = [s for s in draft.prose_sentences if s.start_char > place and s.start_char >= draft.body_start][:NEXT]
    end = behind[-1].end_char if behind else place
    speakers = (item.mention for item in draft.attributions if item.mention and item.mention[0] > place)
    for span in sorted(span for span in speakers if behind and behind[0].start_char <= span[0] < end):
        named = read_mention(draft, span)
        words = {word.lower() for word in named.name.split()}
        if named.kind == "name" and len(words) > 1 and own & words and not is_person(named.head):
            return register.named(named)
    return None


def kinds_meant(draft: Draft, mention: Mention) -> frozenset[Affiliation]:
    """The parts of public life whose bodies a noun can take up; none where it is a body itself: "the army"."""
    lemma = mention.head.lemma_.lower()
    own = noun_entry(mention.head)[1:2] or ("unknown",)
    wanted = _LIKE.get(lemma, {Affiliation(own[0])} - {Affiliation.UNKNOWN}) if lemma not in MAKERS else {_CORPORATE}
    named = any(t.pos_ == "PROPN" and t.ent_type_ not in _PLACES for t in draft.tokens(mention.span))
    named |= bool(mention.modifiers - {"local"}) and lemma in _OF_THE_STATE  # "the Education ministry"
    named |= lemma == "bank" and "central" in mention.modifiers
    named |= bool(_told_apart(mention))
    return frozenset(wanted) if not named and (lemma in _ANY or _CORPORATE in wanted) else frozenset()


def _told_apart(mention: Mention) -> frozenset[str]:
    return _APART & set(mention.text.lower().split())


def _by_name(register: Register, mention: Mention, lemma: str) -> DraftSource | None:
    """ "the service" after "Calderwick Fire and Rescue Service", "the charity" after "Harbour Aid, a charity"."""
    named = [
        s
        for s in register.sources
        if lemma in s.name.lower().split()
        and s.name.lower() != lemma
        and not s.anonymous
        and s.type is not SourceType.DOCUMENT
        and not names_another(register.draft, mention, s)
    ]
    if len(named) == 1:
        return named[0]
    place = mention.span[0]
    if not named and (
        name := register.entities.named_body(lemma, place) or register.entities.apposed_body(lemma, place)
    ):
        return register.body(name)
    return register.latest(named) if len(named) > 1 and not mention.modifiers else None


def _named_before(register: Register, mention: Mention) -> list[_Body]:
    """The bodies named or heard before a mention, outlets left out."""
    found: dict[str, _Body] = {}
    place = mention.span[0]
    for where, name, acts in register.entities.named_bodies(place, LOOKED_BACK_FOR):
        if not is_outlet(name) and not lexicon.table("nouns").get(name.lower()):
            body = found.setdefault(name, _Body(name))
            body.times += 1
            body.acted = where if acts else body.acted
    for where, source in reversed(register.history):
        if place - where > LOOKED_BACK_FOR:
            break
        if source.type is SourceType.ORGANIZATION and not source.anonymous and not source.head and where < place:
            body = found.setdefault(source.name, _Body(source.name))
            body.spoke = max(where, body.spoke)
            body.kinds = frozenset({source.affiliation} - {Affiliation.UNKNOWN})
    for body in found.values():
        body.kinds |= _kinds_of(register, body.name)
    nations = _countries(mention.text)
    whole = [b for name, b in found.items() if not any(other.endswith(f" {name}") for other in found)]
    return [b for b in whole if not nations or not (own := _countries(b.name)) or own & nations]


def _countries(words: str) -> set[str]:
    """The countries that some words name or are the adjectives of."""
    found = {country_of(POSSESSIVE.sub("", word.strip(","))) for word in words.split() if word[0].isupper()}
    return found & set(lexicon.entries("states"))


def names_another(draft: Draft, mention: Mention, source: DraftSource) -> bool:
    """Whether a description names what an earlier one does not: "the Reuters/Ipsos poll" is no other poll.

    Nor is "the Jordanian government" that of Syria; "the Russian ministry" is "Russia's foreign ministry".
    """
    others = [t for t in draft.tokens(mention.span) if t.i != mention.head.i]
    names = {t.text for t in others if t.pos_ == "PROPN"}
    nations = {t.text for t in others if t.ent_type_ in {"NORP", "GPE"} and t.text[:1].isupper()}
    known = {country_of(POSSESSIVE.sub("", word)) for word in source.name.split() if word[0].isupper()}
    if known and any(country_of(word) not in known for word in nations):
        return True
    names -= nations
    return bool(names) and not any(name in source.name for name in names)


def _kinds_of(register: Register, name: str) -> frozenset[Affiliation]:
    """The parts of public life that a name tells, or what the text calls its bearer; unknown for another noun."""
    words, nouns = name.lower().split(), lexicon.table("nouns")
    told = (nouns.get(word, ()) for word in (words[-1], words[0], *register.entities.called(name)))
    entries = {Affiliation(row[1]) for row in told if row[:1] == ("organization",)}
    by_words = affiliation_of(name)
    return frozenset({by_words} if by_words else entries)


def _meant(fitting: Sequence[_Body], place: int) -> _Body | None:
    """Of those that fit the one that the text is about, else who spoke last, is named the most, or acted nearby."""
    often = sorted(fitting, key=lambda body: -body.times)
    most = bool(often) and (len(often) == 1 or often[0].times >= 2 * often[1].times)
    spoke = [body for body in fitting if body.spoke >= 0 and place - body.spoke <= RECENT]
    if spoke and not (most and often[0].times >= MANY):
        return max(spoke, key=lambda body: body.spoke)
    near = [body for body in fitting if body.acted >= 0 and place - body.acted <= NEARBY]
    return often[0] if most else near[0] if len(near) == 1 else None
