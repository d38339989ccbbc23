"""The people whom an article names: their fullest names, and the roles that it gives them.

Who is "Mr. Trump", "Vázquez", "the mayor"? A short form stands for the fullest name with the same words in the same
order; a role ("the mayor", a headline's "minister") stands for the one person whom the article introduces with it.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter

from spacy.tokens import Span, Token

from annotator.draft import Draft, Offsets
from annotator.labels import SectionKind
from annotator.language import lexicon
from annotator.language.outlets import is_outlet
from annotator.language.syntax import tokens_of
from annotator.sources.businesses import businesses, long_names
from annotator.sources.first_described import described_first
from annotator.sources.full_names import FullNames, capital_before, places_of, pronoun_of, sentence_end, titled
from annotator.sources.mentions import noun_entry
from annotator.sources.titles import CAPITAL, PARTICLE, POSSESSIVE, bare_name, is_title, title_words

MIN_DESCRIPTION = 3  # words of a description that is nobody else's
MAX_ROLE_WORDS = 5  # words before a name in which its role stands
MAX_TOLD_WORDS = 10  # words around the head of what is told of somebody
MIN_VOTES = 2  # times as many pronouns of one kind near a name as of the other, before they say anything
CERTAIN = 10  # votes of a title
_PRONOUNS = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she"}
_PRONOUNS["herself"] = "she"
_TITLED = re.compile(
    rf"\b(?P<title>Mr|Mrs|Ms|Miss|Sir|Dame)\.?[ \u00a0](?P<name>{CAPITAL}(?:[ \u00a0]{CAPITAL}){{0,2}})"
)
_NAME_AFTER = re.compile(rf",? (?P<name>{CAPITAL}(?:[ \u00a0]{CAPITAL})+)")
_BELONGS_TO_ONE = re.compile(rf"(?:[Tt]he |(?:{CAPITAL} )*{CAPITAL}[’'ʼ]s? )")
_LETTERS = re.compile(r"[\w-]+")
_WORD = re.compile(r"(?<![\w-])[\w-]+(?![\w-]| [A-Z])")


class People:
    """The named people of one article; `places` are their mentions in text order, as `(offset, full name)`."""

    def __init__(self, draft: Draft, ents: tuple[Span, ...]) -> None:
        self._text = draft.text
        # Headlines and what stands between them and the text name people before anybody is introduced.
        self._headline = draft.body_start
        self._bodies = {**long_names(self._text), **draft.spelled}
        told = list(_told_people(draft))
        taken = {token for span in told for token in range(span.start, span.end)}
        guessed = [
            ent
            for ent in ents
            if ent.label_ == "PERSON"
            and ent.text[:1].isupper()
            and "\n" not in ent.text
            and taken.isdisjoint(range(ent.start, ent.end))
            and not _is_where(ent)
        ]
        self._marked = [
            (ent, bare_name(sentence_end().split(ent.text)[0]))
            for ent in sorted([*told, *guessed], key=lambda span: span.start)
        ]
        for name in businesses(self._text, (bare for _, bare in self._marked)):
            self._bodies.setdefault(name, name)
        self.told = frozenset(bare_name(span.text) for span in told)
        marked = [*((ent.start_char, name) for ent, name in self._marked), *_couples(self._text)]
        self._full = FullNames(self._text, sorted(marked), self._headline)
        named: list[tuple[Span, str]] = []
        self._roles: defaultdict[str, set[str]] = defaultdict(set)
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        self._owned: set[tuple[str, str]] = set()
        for ent, bare in self._marked:
            name = self.full_name(titled(self._text, ent.end_char - len(bare), bare))
            if name and not self._is_no_name_of_one(name) and not _made_the_page(draft, ent.start_char):
                named.append((ent, name))
                self._roles[name].update(_roles(ent))
                self._words[name].update(_told_words(ent))
                self._owned.update((noun.lemma_.lower(), name) for noun in _apposed(ent) if _is_owned(noun))
        self.names = frozenset(name for _, name in named)
        self.places = [(ent.start_char, name) for ent, name in named]
        self._pronouns = self._pronouns_of(draft)  # of marked names alone: more of them make the votes worse
        self._described = self._described_first(draft, named)
        places = sorted({*self.places, *self._unmarked_places()})
        # A picture between two paragraphs changes nobody whom the text means.
        self.places = [one for one in places if draft.section_kind(one[0]) is not SectionKind.CAPTION]

    def _described_first(self, draft: Draft, named: Sequence[tuple[Span, str]]) -> dict[int, str]:
        """Who is described before they are named, by where the description's head stands; it is a role of theirs."""
        described = dict(described_first(draft, named))
        for token, name in described.items():
            if noun_entry(token)[1:2] != ("public",):  # whoever is a mother or a witness is something else besides
                self._roles[name].add(token.lemma_.lower())
        return {token.idx: name for token, name in described.items()}

    def described_at(self, head: Token) -> str:
        """The full name of whoever a description means that the text gives before the name, "" for others."""
        return self._described.get(head.idx, "")

    def _is_no_name_of_one(self, name: str) -> bool:
        outlet = is_outlet(name) and name not in self.told
        return (
            outlet or name in lexicon.entries("states") or name in self._bodies.values() or bool(self.full_body(name))
        )

    def is_surname(self, name: str) -> bool:
        """Whether a single word is the surname of a person whom the article names in full, with a first name."""
        full = self.full_name(name).split() if " " not in name else []
        return len(full) > 1 and full[0].lower() in lexicon.table("first_names")

    def full_body(self, name: str) -> str:
        """The body whose name begins with a single word: "Maravente" is "Maravente CF", no person."""
        return self._bodies.get(name, "")

    def _unmarked_places(self) -> Iterator[tuple[int, str]]:
        """Where a known surname stands that the entity recogniser has overlooked: "Nor is Trump self-funding"."""
        surnames: defaultdict[str, set[str]] = defaultdict(set)
        for _, name in self.places:
            surnames[name.split()[-1]].add(name)
        known = {surname: names.pop() for surname, names in surnames.items() if len(names) == 1 and len(surname) > 2}
        known = {surname: name for surname, name in known.items() if " " in name and surname[0].isupper()}
        if not known:
            return
        taken = [(place, place + len(name)) for place, name in self.places]
        for match in self._alone(known):
            n = bisect_left(taken, match.start(), key=itemgetter(1))
            marked = n < len(taken) and taken[n][0] <= match.start()
            if not marked and not capital_before(self._text, match.start()):
                yield match.start(), known[match.group()]

    def _alone(self, surnames: Iterable[str]) -> Iterator[re.Match[str]]:
        """Where surnames stand before no other name; those of letters alone are looked up word by word."""
        plain = {surname for surname in surnames if _LETTERS.fullmatch(surname)}
        found = [match for match in _WORD.finditer(self._text, self._headline) if match.group() in plain]
        if others := sorted(set(surnames) - plain):
            pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, others))})(?![\w-]| [A-Z])"
            found += re.compile(pattern).finditer(self._text, self._headline)
        end = 0
        for match in sorted(found, key=lambda match: match.start()):
            if match.start() >= end:
                end = match.end()
                yield match

    @cached_property
    def _firsts(self) -> list[tuple[int, str]]:
        """Everybody with the place where they are first named, in text order."""
        first: dict[str, int] = {}
        for place, name in self.places:
            first.setdefault(name, place)
        return sorted((place, name) for name, place in first.items())

    def named_before(self, place: int) -> list[str]:
        """Everybody who is named before a place, in the order in which they were."""
        return [name for _, name in self._firsts[: bisect_left(self._firsts, place, key=itemgetter(0))]]

    def before(self, place: int, reach: int) -> list[tuple[int, str]]:
        """The mentions in the `reach` characters before a place."""
        first = bisect_left(self.places, place - reach, key=itemgetter(0))
        return self.places[first : bisect_left(self.places, place, key=itemgetter(0))]

    def pronoun(self, name: str) -> str:
        """ "he" or "she", as the article's own titles and pronouns say of a person, or the first name; "" for neither.

        For the agreement of later pronouns only; no record tells it.
        """
        return self._pronouns.get(name) or pronoun_of(name)

    def _pronouns_of(self, draft: Draft) -> dict[str, str]:
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for token in tokens_of(draft.doc, _PRONOUNS):
            pronoun = _PRONOUNS[token.lower_]
            begin = draft.sentence_at(token.idx).start_char
            begin = draft.sentence_at(begin - 1).start_char if begin else begin
            near = {name for place, name in self.before(token.idx, token.idx - begin)}
            if len(near) == 1:
                votes[near.pop()][pronoun] += 1
        for match in _TITLED.finditer(draft.text):
            votes[self.full_name(titled(draft.text, match.start("name"), match["name"]))][
                "he" if match["title"] in {"Mr", "Sir"} else "she"
            ] += CERTAIN
        for name in list(votes):
            if called := pronoun_of(name):
                votes[name][called] += CERTAIN
        return {
            name: counts.most_common(1)[0][0]
            for name, counts in votes.items()
            if counts.most_common(1)[0][1] >= MIN_VOTES * (counts.total() - counts.most_common(1)[0][1] + 1)
        }

    def roles(self, name: str) -> frozenset[str]:
        """Lemmas of the nouns by which the article introduces a person."""
        return frozenset(self._roles.get(name, ()))

    def words(self, name: str) -> frozenset[str]:
        """Lemmas of all that the article says of a person beside the name: "president of the fruit growers' union"."""
        return frozenset(self._words.get(name, ()))

    def holders(self, role: str) -> list[str]:
        """The people whom the article introduces with a role, by its lemma."""
        return self._holders.get(role, [])

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        """The people by their roles, sorted."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._roles):
            for role in self._roles[name]:
                found[role].append(name)
        return found

    def owned(self, role: str) -> list[str]:
        """The people whom the article introduces as somebody's: "the singer's manager, Bo Lindt"."""
        return sorted(name for noun, name in self._owned if noun == role)

    def bearer(self, description: str) -> str:
        """Who is described in the same words elsewhere, with their name: "China's ambassador to Britain" before it.

        Only of a description that belongs to one person: with an owner or "the", and three words or more.
        """
        words = re.sub(r"^(?:the|The)\s+", "", description)
        if len(words.split()) < MIN_DESCRIPTION or not _BELONGS_TO_ONE.match(description):
            return ""
        after = (_NAME_AFTER.match(self._text, place + len(words)) for place in places_of(self._text, words))
        named = {self.full_name(bare_name(match["name"])) for match in after if match is not None}
        found = named & self.names
        return found.pop() if len(named) == len(found) == 1 else ""

    def full_name(self, name: str) -> str:
        """The fullest name in the article that a short one stands for: "Trump" -> "Donald Trump"."""
        return self._full.of(name)


_COUPLE = re.compile(
    rf"(?<![\w-])(?P<one>{CAPITAL})[ \u00a0]and[ \u00a0](?P<other>{CAPITAL})[ \u00a0](?P<surname>{CAPITAL})(?![\w-])"
)


def _couples(text: str) -> Iterator[tuple[int, str]]:
    """The first of two people who have one surname: "Colin Moor" of "Colin and Jean Moor"."""
    known = lexicon.table("first_names")
    for match in _COUPLE.finditer(text):
        if {match["one"].lower(), match["other"].lower()} <= known.keys() and match["surname"].lower() not in known:
            yield match.start(), f"{match['one']} {match['surname']}"


_CREDITED = re.compile(r"[\w.’' -]{3,40}/ ?[A-Z][\w.’' -]{1,40}\)")
_MAKERS = frozenset({SectionKind.BYLINE, SectionKind.BOILERPLATE})


def _made_the_page(draft: Draft, place: int) -> bool:
    """Whether a name is that of a reporter or photographer, whom no pronoun of the article means."""
    kind = draft.section_kind(place)
    if draft.text[place - 1 : place] == "(" and _CREDITED.match(draft.text, place):
        return True  # at the end of a caption that stands in the text: "(Bo Lindt/The Ledger)"
    if kind in _MAKERS or kind is SectionKind.BODY:
        return kind in _MAKERS
    before = draft.text[draft.line_at(place)[0] : place].rstrip(": ").lower()
    labels = lexicon.words("credit_labels")
    return any(before == label or before.endswith((f" {label}", f" {label} by", f"({label}")) for label in labels)


@lexicon.remembered
def _introductions() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """The words for roles in lower case, what a role with a name is, and a name with its age or role behind it."""
    nouns = [noun for noun, row in lexicon.table("nouns").items() if row[0] == "person" and " " not in noun]
    nouns += [title.rstrip(".").lower() for title in title_words() if " " not in title]
    role = "|".join(sorted({re.escape(noun) for noun in nouns}, key=len, reverse=True))
    name = rf"{CAPITAL}(?:[ \u00a0](?:{PARTICLE}[ \u00a0])?{CAPITAL}){{0,3}}"
    full = rf"{CAPITAL}(?:[ \u00a0](?:{PARTICLE}[ \u00a0])?{CAPITAL}){{1,3}}"
    owner = rf"(?:the|a|an|its|his|her|(?:{CAPITAL} ){{0,2}}{CAPITAL}[’']s?)"
    return (
        frozenset(map(str.lower, nouns)),
        re.compile(rf"\b(?i:{role})\.?[ \u00a0](?P<name>{name})"),
        re.compile(rf"\b(?P<name>{full}),(?: \d\d,| {owner}\b[^,.;:\n]{{0,40}}?\b(?i:{role})\b)"),
    )


_BLANK_BEFORE_NAME = re.compile(rf"[ \u00a0](?={CAPITAL})")
_BEGIN = re.compile(r"\b(?=\w)")


def _introduced(text: str) -> Iterator[Offsets]:
    """Names behind a role, or before an age or a role in apposition.

    Only words before a capital are looked up among the many roles: a pattern would try each role at every word.
    """
    roles, with_role, apposed = _introductions()
    longest = max(map(len, roles), default=0) + 1  # with a stop
    done = 0
    for blank in _BLANK_BEFORE_NAME.finditer(text):
        end = blank.start()
        last = text.rfind(" ", 0, end) + 1  # a role is one word
        for begin in (match.start() for match in _BEGIN.finditer(text, max(last, end - longest), end)):
            word = text[begin:end].lower()
            known = word in roles or word.removesuffix(".") in roles or not word.isascii()
            if begin >= done and known and (match := with_role.match(text, begin)):
                done = match.end()
                stop = sentence_end().search(match["name"] + " ")  # "mayor Ann Moor. The town"
                yield (match.start("name"), match.start("name") + stop.start()) if stop else match.span("name")
    yield from (match.span("name") for match in apposed.finditer(text))


def _told_people(draft: Draft) -> Iterator[Span]:
    """Names that the text itself shows to be a person's: after a title or role, before an age or an apposition.

    The entity recogniser takes many names that are not English for those of organisations.
    """
    ends = 0
    introduced = {_in_one_sentence(draft.text, span) for span in _introduced(draft.text)}
    for start, end in sorted({*introduced, *_by_first_names(draft)}):
        words = bare_name(draft.text[start:end]).split()
        span = draft.doc.char_span(start, end) if start >= ends else None
        if span is None or not words or _is_no_person(words, introduced=(start, end) in introduced):
            continue
        ends = end
        yield span


def _in_one_sentence(text: str, name: Offsets) -> Offsets:
    """A name without the end of the sentence before it: "Ann Moor" of "... to Russia. Ann Moor, the envoy, said"."""
    ends = [match.end() for match in sentence_end().finditer(text, *name)]
    return (ends[-1], name[1]) if ends and ends[-1] < name[1] else name


_FIRST_AND_LAST = re.compile(
    rf"(?<![\w’'-])(?P<first>[A-Z][a-z]+)[ \u00a0](?:[A-Z]\.?[ \u00a0])*(?:{PARTICLE}[ \u00a0])?"
    r"(?P<last>[A-Z][\w’'-]*[a-z])"
)
_CAPITAL_AFTER = re.compile(r"[ \u00a0](?P<word>[A-Z][\w-]+)")
_PLACES = frozenset({"GPE", "LOC", "FAC", "EVENT", "WORK_OF_ART", "LAW", "DATE"})


_CITIES_TOO = frozenset(
    {"London", "Dallas", "Houston", "Berlin", "Rome", "Milan", "Boston", "Denver", "Orlando", "Phoenix", "Memphis"}
    | {"Kingston", "Brooklyn", "York", "Kent", "Essex", "Devon", "Chelsea", "Preston", "Asia", "India", "China"}
)


def _by_first_names(draft: Draft) -> Iterator[Offsets]:
    """A first name and a capital after it, outside headlines, whose words all have capitals."""
    first_names, states = lexicon.table("first_names"), lexicon.entries("states")
    for match in _FIRST_AND_LAST.finditer(draft.text):
        if match["first"].lower() not in first_names or match["first"] in states or match["last"] in states:
            continue
        if match["first"] in _CITIES_TOO:
            continue  # "London Fire Brigade"
        if capital_before(draft.text, match.start()) or is_outlet(match.group()):
            continue  # "New York Times", "Sky News"
        after = _CAPITAL_AFTER.match(draft.text, match.end())
        words = (after["word"], f"{match['last']} {after['word']}") if after is not None else ()  # "Coast Guard"
        if after is not None and (any(map(_is_of_bodies, words)) or _begins_a_body(draft, match.span())):
            continue  # "West Yorkshire Police", "North Fenland District Council"
        if draft.section_kind(match.start()) in {SectionKind.BODY, SectionKind.CAPTION}:
            labels = {token.ent_type_ for token in draft.tokens(match.span())}
            if not labels & _PLACES and "PERSON" not in labels and not POSSESSIVE.search(match["last"]):
                yield match.span()


def _is_of_bodies(word: str) -> bool:
    return lexicon.noun_type(word.lower()) == "organization"


_BUSINESS = re.compile(r"(?: [A-Z][\w&]+){0,3},? (?:Inc|Ltd|Corp|Co|plc|PLC|LLC|LLP|GmbH|Limited|Company)\b")


def _begins_a_body(draft: Draft, name: Offsets) -> bool:
    """Whether two words begin a longer name that the entity recogniser takes for a body's, with a noun at its end."""
    if _BUSINESS.match(draft.text, name[1]):
        return True
    last = draft.tokens(name)[-1]
    while last.i + 1 < len(last.doc) and last.nbor(1).ent_iob_ == "I":
        last = last.nbor(1)
    kind, *_ = lexicon.table("noun_kinds").get(last.lower_, ("person",))
    return last.ent_type_ == "ORG" and last.idx >= name[1] and (_is_of_bodies(last.text) or kind != "person")


def _is_no_person(words: list[str], *, introduced: bool) -> bool:
    name = " ".join(words)
    nouns = lexicon.table("nouns")
    common = any(nouns.get(word.lower(), ("",))[0] for word in words)
    common &= not (introduced and len(words) == 2 and pronoun_of(name))  # "Mayor Lionel Post"; but "Austin Police"
    outlet = is_outlet(name) and not pronoun_of(name)  # "Mayor Don Guardian"
    return common or outlet or name in lexicon.entries("states") or name.isupper() or is_title(words[-1])


def _roles(person: Span) -> Iterator[str]:
    """Role nouns of a named person: "Prosecutor Helen Straker", "Ann Lee, the mayor", "the director, Dr Flora"."""
    if person.start > person.sent.start and person.doc[person.start - 1].pos_ == "ADP":
        return  # "the mayor of Lyon" is not Lyon
    near = [*_leading(person), *person, *(t for t in person.root.children if t.dep_ == "appos" and t.i >= person.end)]
    near += _apposed(person)
    for token in near:
        lemma = token.lemma_.lower()
        lemma, *_ = lexicon.table("title_roles").get(token.lower_.rstrip("."), (lemma,))
        letters = token.text.isupper() and lemma in lexicon.table("office_letters")
        common = token.text.islower() and noun_entry(token)[0] == "person"
        if lexicon.noun_type(lemma) == "person" or letters or common:
            yield lemma


def _leading(person: Span) -> Span:
    """The words right before a name that may tell a role."""
    first = person.start
    while first > person.sent.start and person.start - first < MAX_ROLE_WORDS and _may_name_role(person.doc[first - 1]):
        first -= 1
    return person.doc[first : person.start]


def _is_owned(noun: Token) -> bool:
    return any(child.dep_ == "poss" for child in noun.lefts)


def _apposed(person: Span) -> list[Token]:
    """The noun that a name stands in apposition to: "the area's MP, Ann Moor", whatever the parser makes of it."""
    if person.root.dep_ == "appos":
        return [person.root.head]
    comma = person.start - 1
    noun = person.doc[comma - 1] if comma > person.sent.start and person.doc[comma].text == "," else None
    return [noun] if noun is not None and any(t.dep_ in {"poss", "det"} for t in noun.lefts) else []


def _told_words(person: Span) -> Iterator[str]:
    """Lemmas of the words beside a named person: before the name, in apposition, in "who ..." and in "is a ..."."""
    near = list(_leading(person))
    behind = (t for t in person.root.children if t.i >= person.end)
    heads = [t for t in behind if t.dep_ == "appos" or (t.dep_ == "relcl" and _is_of_who(t))]
    verb = person.root.head
    if person.root.dep_ == "nsubj" and verb.lemma_ == "be":
        heads += [t for t in verb.rights if t.dep_ == "attr"]
    if person.root.dep_ == "appos":
        heads.append(verb)
    for head in heads:
        near += [t for t in head.subtree if abs(t.i - head.i) <= MAX_TOLD_WORDS]
    for token in near:
        if token.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"} and not person.start <= token.i < person.end:
            yield token.lemma_.lower()


def _is_of_who(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ == "who" for child in verb.lefts)


def _is_where(person: Span) -> bool:
    """ "A tribal elder in Deir Hassan": a place that the entity recogniser takes for a person."""
    if person.start < 2 or person.doc[person.start - 1].lower_ not in {"in", "near", "outside"}:
        return False
    somebody = person.doc[person.start - 2]
    named = person[0].lower_ in lexicon.table("first_names")
    return somebody.text.islower() and noun_entry(somebody)[0] == "person" and not named


def _may_name_role(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "ADJ", "ADP"} or token.text == "-"
