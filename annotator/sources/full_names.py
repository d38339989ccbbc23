"""The full names of the people in an article, and whose name a short form is, wherever in the article it stands.

"Sen. Moor" of a headline, a caption's "Anna Moor" and the text's "Anna J. Moor" are one person: forms that can be one
person's are put together first, whatever their order, and a name is looked up among the people that this makes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.draft import Offsets
from annotator.language import lexicon
from annotator.language.names import Words, is_short_for, spelling, surnames, words_of
from annotator.sources.titles import CAPITAL, NICKNAME, PARTICLE, POSSESSIVE, bare_name, is_title

MAX_NAME_WORDS = 5
MIN_SHOUTED = 4  # letters in capitals that are no initials
MIN_SURNAME = 2  # letters of a name that stands for a longer one
MIN_CUT = 3  # letters of a first name that stand for the whole
MAX_RUN = 120  # characters of the capitalised words before a surname
NEAR_NAME = 60  # characters around a full name in which it is told whose kin somebody is
AFTER_NAME = 150  # characters after a surname in which a pronoun takes it up
_GENERATION = frozenset({"jr", "sr", "ii", "iii", "iv"})
_RUN = re.compile(rf"(?<![\w’'-])(?:(?:{CAPITAL}|{PARTICLE}|{NICKNAME})[ \u00a0]+){{1,7}}\Z")
_SHORTENED = ("Dr", "Mr", "Mrs", "Ms", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Capt", "Sgt", "Jr", "St", r"\w")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?:\n“”\"—–-])\s*$")
_KIN = re.compile(
    r"\b(?:wife|husband|daughter|son|brother|sister|mother|father|niece|nephew|widow|first lady|late president)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|his|him|she|her)\b")
_OTHER_SENTENCE = re.compile(r"[.!?\n]\s")
_GENERATION_AFTER = re.compile(r",?[ \u00a0]((?:Jr|Sr)\b\.?|I?V|I{2,3})(?![\w’'])")
_HANDLE = re.compile(r"\s*\(@")  # a post's signature, which has the name of the account
_TITLE_OF = {"Mr": "he", "Sir": "he", "Mrs": "she", "Ms": "she", "Miss": "she", "Dame": "she"}


@dataclass(eq=False)
class Person:
    """Somebody under all full names that an article gives them, with the places of these."""

    forms: dict[str, Words] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fullest form; of equally full ones that in ordinary letters, with its accents, and most in use."""

        def fullness(form: str) -> tuple[int, bool, int, int]:
            return len(form.split()), not form.isupper(), _accents(form), self.times[form]

        best = max(self.forms, key=fullness)
        return best.title() if best.isupper() and len(best) > MIN_SHOUTED else best

    @property
    def first(self) -> int:
        return min(self.places)

    @property
    def pronoun(self) -> str:
        """The pronoun of the first names; "" where they tell none."""
        found = {pronoun_of(form) for form in self.forms} - {""}
        return found.pop() if len(found) == 1 else ""


@lexicon.remembered
def sentence_end() -> re.Pattern[str]:
    """A stop that ends a sentence, and no title or name that is cut short."""
    stopped = (title.rstrip(".") for title in lexicon.entries("titles") if title.endswith("."))
    shortened = sorted({*_SHORTENED, *stopped, *lexicon.entries("short_names")})
    return re.compile("".join(rf"(?<!\b{word})" for word in shortened) + r"\.\s")


def titled(text: str, place: int, surname: str) -> str:
    """A surname by itself with the courtesy title that stands before its place: "Mrs. Moor"."""
    before = re.search(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame)\.?\s$", text[max(0, place - 6) : place])
    return f"{before[1]} {surname}" if before is not None and " " not in surname else surname


class FullNames:
    """The people whom a text names in full; `marked` are the names that were recognised, with their places."""

    def __init__(self, text: str, marked: Iterable[tuple[int, str]], body: int) -> None:
        self._text = text
        self._body = body  # where the text begins; headlines before it name people before they are introduced
        self._known: dict[str, str] = {}
        places: defaultdict[str, set[int]] = defaultdict(set)
        named = [(place, trimmed(name)) for place, name in marked if not _HANDLE.match(text, place + len(name))]
        told = {word for place, name in named if place >= body and _is_full(name) for word in name.split()}
        for place, name in named:
            # A headline's capitals may be no part of the name that the text has.
            if _is_full(name) and (place >= body or not told & set(name.split())):
                places[name].add(place)
        self._marked = set(places)
        self._begins = {place + len(name): place for name, where in places.items() for place in where}
        for surname in sorted({_surname(name) for _, name in named if name}):
            for place, name in self._runs(surname):
                places[name].add(place)
        told_of = {name: where for name, where in places.items() if not all(_is_quoted(text, place) for place in where)}
        self.people = _Register(_people(self._attested(told_of)))
        known = {_surname(name) for name in told_of}
        # Whom only those name who are quoted: "Donald J. Trump" in a speech is "Donald Trump" in the text.
        said = {name: where for name, where in places.items() if _surname(name) not in known}
        self.people += _people(self._attested(said))

    def of(self, name: str) -> str:
        """The fullest name of whom a name stands for; the name itself where the article tells no more.

        A surname may have a courtesy title: "Mrs. Moor" is Ann, and no Bo, Moor.
        """
        if name not in self._known:
            title, _, surname = name.partition(" ")
            called = _TITLE_OF.get(title.rstrip("."), "") if surname else ""
            bare = surname if called else name
            found = self._person(words_of(bare), bare, called) or self._overlooked(bare)
            self._known[name] = found.name if found is not None else bare
        return self._known[name]

    def _person(self, wanted: Words, name: str, called: str = "") -> Person | None:
        if not wanted or len(wanted[-1]) < MIN_SURNAME:
            return None
        exact = self.people.called(wanted)
        found = exact or list(_bearers(self.people, wanted))
        agreeing = [person for person in found if called and person.pronoun in {called, ""}]
        if len(agreeing) == 1 and len(found) > 1:  # "Ms Moor" after "Mr Moor", whoever was told first
            return agreeing[0]
        if exact or len(wanted) > 1:
            return max(found, key=lambda person: len(person.places), default=None)
        called = called or (self._pronoun_of(name) if len(found) > 1 else "")
        found = [person for person in found if not called or person.pronoun in {called, ""}] or found
        bare = self._first_bare(name)
        before = [person for person in found if person.first <= bare]
        if not before and any(_ungenerated(words)[-1] == wanted[0] for p in found for words in p.forms.values()):
            found = [person for person in found if not self._is_another(person, name)]
        return max(before or found, key=lambda person: len(person.places), default=None)

    def _overlooked(self, name: str) -> Person | None:
        """Whom no recogniser has marked, by what leads up to the name: "Carly Fiorina" in a headline."""
        if " " in name or not name:
            return None
        places: defaultdict[str, set[int]] = defaultdict(set)
        for place, full in self._runs(name):
            places[full].add(place)
        self._marked |= {full for full in places if full.split()[0].lower() in lexicon.table("first_names")}
        self.people += _people(self._attested(places))
        return self._person(words_of(name), name) if places else None

    def _first_bare(self, name: str) -> int:
        """Where the body first uses a name by itself; headlines may, before anybody is introduced."""
        bare = (place for place in places_of(self._text, name, self._body) if not capital_before(self._text, place))
        return next(bare, len(self._text))

    def _is_another(self, person: Person, surname: str) -> bool:
        """Whether a surname that is used before a full name is somebody else's: "Obama" is not "Michelle Obama"."""
        for place in person.places:
            end = place + len(person.name)
            before = _OTHER_SENTENCE.split(self._text[max(0, place - NEAR_NAME) : place])[-1]
            if (
                re.search(rf"{re.escape(surname)}[’']s?\b", before)
                or _KIN.search(before)
                or _KIN.match(self._text, end + 2)
            ):
                return True
        called = self._pronoun_of(surname)
        return bool(called and person.pronoun and called != person.pronoun)

    def _pronoun_of(self, surname: str) -> str:
        """What a surname by itself is taken up by, and titles say: "Mrs. Clinton ... she"."""
        votes: Counter[str] = Counter()
        for place in places_of(self._text, surname):
            before = re.search(r"(\w+)\.?\s$", self._text[max(0, place - 8) : place])
            if before is not None and before[1] in _TITLE_OF:
                votes[_TITLE_OF[before[1]]] += 3
            elif not capital_before(self._text, place) and (
                after := _PRONOUN.search(self._text, place, place + AFTER_NAME)
            ):
                votes["she" if after.group() in {"she", "her"} else "he"] += 1
        best = votes.most_common(1)
        return best[0][0] if best and best[0][1] > 2 * (votes.total() - best[0][1]) and best[0][1] > 1 else ""

    def _attested(self, places: dict[str, set[int]]) -> dict[str, set[int]]:
        """Names without a first word that only a sentence's beginning gives them: "While Ann Moor", "Mogul Bo Lee"."""
        first_names = lexicon.table("first_names")
        sure = {_surname(name) for name in places if name in self._marked}
        found: defaultdict[str, set[int]] = defaultdict(set)
        for name, where in places.items():
            first, _, rest = name.partition(" ")
            bare = first.rstrip(".")
            short = len(bare) == 1 or bare in _SHORTENED or bare in lexicon.entries("short_names")
            named = short or first.lower() in first_names
            told = name in self._marked and rest not in places
            told |= any(_is_titled(self._text, place) for place in where)
            named |= told and not _is_word(first) and not first.endswith(("ing", "ed"))
            if not named and name not in self._marked and " " not in rest and _surname(name) in sure:
                continue  # "Affairs Moor" of an assistant secretary
            at_start = all(_STARTS_SENTENCE.search(self._text[max(0, place - 3) : place]) for place in where)
            begins = " " in rest and rest.partition(" ")[0].lower() in first_names
            alone = at_start and rest in places and _is_word(first)
            if not named and ((begins and (at_start or rest in places)) or alone):
                name = rest
            found[name] |= where
        return found

    def _runs(self, surname: str) -> Iterator[tuple[int, str]]:
        """Full names that end in a surname, where the text has them."""
        for start, end in _runs_before(self._text, surname):
            if start < self._body:
                continue
            start = max((stop.end() for stop in sentence_end().finditer(self._text, start, end)), default=start)
            words = bare_name(self._text[start:end]).split()
            if words and (preposition := re.search(r"\b(of|for|to|in|on)\s+$", self._text[max(0, start - 5) : start])):
                place = words[0] in lexicon.entries("states") or " ".join(words[1:]) in self._marked
                # "Minister of Information Moammar al-Eryani", "ambassador to Britain Liu Xiaming"
                words = words[1:] if place or preposition[1] in {"of", "for"} else words
            words = trimmed(" ".join(words)).split()
            if not words or not words[0][0].isupper() or _HANDLE.match(self._text, end):
                continue
            if words[-1:] == [surname] and (name := " ".join(words)) and _is_full(name):
                name = self._as_marked(name, end)
                generation = _GENERATION_AFTER.match(self._text, end)
                yield end - len(name), f"{name} {generation[1]}" if generation else name

    def _as_marked(self, name: str, end: int) -> str:
        """A run that ends at a place without what the recogniser leaves out there: "Co-star" of "Co-star Ann Moor"."""
        own = self._text[self._begins.get(end, end) : end]
        before = name.removesuffix(f" {own}").split()
        if not own or not name.endswith(f" {own}") or name in self._marked or any(map(_may_begin_a_name, before)):
            return name
        return own


def _may_begin_a_name(word: str) -> bool:
    """Whether a word is a first name or short for one ("R. Moor"), or a body's noun ("Radio Moor")."""
    short = word.endswith(".") and (len(word) == 2 or word[:-1] in lexicon.entries("short_names"))
    return short or word.lower() in lexicon.table("first_names") or lexicon.noun_type(word.lower()) in _BODIES


_BODIES = frozenset({"organization", "media"})


def pronoun_of(name: str) -> str:
    """ "he" or "she" where nine in ten who have this first name go by it; "" for other names."""
    words = words_of(name)
    return lexicon.table("first_names").get(words[0], ("",))[0].strip("-") if len(words) > 1 else ""


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place lies in a quotation that its paragraph opens."""
    before = text[text.rfind("\n", 0, place) + 1 : place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _is_titled(text: str, place: int) -> bool:
    """Whether a title stands right before a place: what follows it is a name's first word."""
    before = re.search(r"(\S+)\s$", text[max(0, place - 25) : place])
    return before is not None and is_title(before[1])


def _is_word(first: str) -> bool:
    """Whether what begins a name is letters or a word of English as far as we have them: "Mogul Lee", but "Ric Lee"."""
    tables = ("noun_kinds", "nouns", "demonyms", "title_roles")
    known = "-of-" in first or any(first.lower() in lexicon.table(name) for name in tables)  # "Mum-of-two"
    return known or first in lexicon.entries("no_first_name") or (first.isupper() and len(first) > 1)


def trimmed(name: str) -> str:
    """A name without an owner or a rank in capitals before it, and said once.

    >>> trimmed("The Courier’s Ann Moor"), trimmed("SEAL Bo Lee"), trimmed("Moor Ann Moor")
    ('Ann Moor', 'Bo Lee', 'Ann Moor')
    """
    words = _without_lead(name.split())
    owner = max((n for n, word in enumerate(words[:-1]) if POSSESSIVE.search(word)), default=-1)
    words = words[owner + 1 :]
    if len(words) > 2 and (words[0] == words[-1] or (len(words[0]) > 2 and words[0].isupper() > words[-1].isupper())):
        words = words[1:]
    return " ".join(words)


def _is_full(name: str) -> bool:
    words = name.split()
    count = len([word for word in words_of(name) if word not in _GENERATION])
    capitals = [word for word in words if word[0].isupper()]  # "María del Carmen Ruiz de Azúa", 'Bo "Skip" Lee'
    one = not sentence_end().search(name)
    return count >= 2 and len(capitals) <= MAX_NAME_WORDS and one and words[0][0].isupper()


def _people(places: dict[str, set[int]]) -> Iterator[Person]:
    """Forms that can be one person's, put together; the order of the article does not matter."""
    groups: list[list[str]] = []
    by_edge: defaultdict[str, list[int]] = defaultdict(list)  # of the fullest form, its first word and its last
    for name in sorted(places, key=lambda name: (-len(name.split()), name)):
        words = words_of(name)
        near = sorted({n for word in _edges(words) for n in by_edge[word]})
        # The fullest form decides: "Suu Kyi" and "Aung San" share no word, but both are parts of it.
        fitting = [groups[n] for n in near if is_one_person(words_of(groups[n][0]), words)]
        if fitting:
            max(fitting, key=lambda group: sum(len(places[other]) for other in group)).append(name)
        else:
            for word in _edges(words):
                by_edge[word].append(len(groups))
            groups.append([name])
    for group in groups:
        person = Person()
        for name in group:
            person.forms[name] = words_of(name)
            person.places += sorted(places[name])
            person.times[name] = len(places[name])
        yield person


def is_one_person(a: Words, b: Words) -> bool:
    """Whether two full names can be one person's.

    >>> is_one_person(("ann", "j", "moor"), ("ann", "moor")), is_one_person(("ann", "moor"), ("bo", "moor"))
    (True, False)
    """
    generations = (set(a) & _GENERATION, set(b) & _GENERATION)
    a, b = _ungenerated(a), _ungenerated(b)
    if generations[0] != generations[1] and (all(generations) or a == b):
        return False  # "Donald Trump" and "Donald Trump Jr."
    if a == b:
        return True
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    if long[0] == short[0] and _is_part(short, long):
        return True
    if long[-1] != short[-1]:
        return False
    if _is_part(short, long) and len(short) > 1 and short[0] != long[0]:
        return True  # "Stan Pate", "Luther Stan Pate"
    return _is_one_first_name(long[0], short[0]) and (len(short) == 2 or long[1][0] == short[1][0])


def _is_one_first_name(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b[0] == a) or (len(b) == 1 and a[0] == b):
        return True
    nicknames = lexicon.table("nicknames")
    cut = min(len(a), len(b)) >= MIN_CUT and (a.startswith(b) or b.startswith(a))
    return cut or b in nicknames.get(a, ()) or a in nicknames.get(b, ())


def _holds(full: Words, wanted: Words) -> bool:
    """Whether a name of several words can be a full one, or holds it: "Entrusting Ann Moor" is Ann Moor."""
    is_first_name = full[0] in lexicon.table("first_names")
    whole = len(full) >= len(wanted) or is_first_name
    same_end = _is_part(wanted, full) and _ungenerated(wanted)[-1] == _ungenerated(full)[-1]
    return same_end or (whole and is_one_person(full, wanted))


class _Register(list[Person]):
    """People with an index of the words of their names, so that a name is not compared with everybody's.

    It grows by `+=` alone.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        super().__init__(people)
        self._known = 0
        self._by_words: defaultdict[tuple[str, object], list[int]] = defaultdict(list)

    def called(self, name: Words) -> list[Person]:
        """Who is called exactly so, in their order."""
        return self._under(("name", name))

    def near(self, words: Iterable[str]) -> list[Person]:
        """Who has a name that begins or ends with one of some words, in their order."""
        return self._under(*(("edge", word) for word in words))

    def holding(self, word: str) -> list[Person]:
        """Who has a word anywhere in a name, in their order."""
        return self._under(("word", word))

    def like(self, surname: str) -> list[Person]:
        """Who has a surname of this spelling, or with its first letter and about its length, in their order."""
        lengths = range(len(surname) - 1, len(surname) + 2)
        return self._under(("spelling", spelling(surname)), *(("shape", (surname[:1], length)) for length in lengths))

    def _under(self, *keys: tuple[str, object]) -> list[Person]:
        for n in range(self._known, len(self)):
            for words in self[n].forms.values():
                for key in self._keys(words):
                    self._by_words[key].append(n)
        self._known = len(self)
        return [self[n] for n in sorted({n for key in keys for n in self._by_words.get(key, ())})]

    @staticmethod
    def _keys(words: Words) -> Iterator[tuple[str, object]]:
        plain = _ungenerated(words)
        yield "name", words
        yield from (("edge", word) for word in _edges(words))
        yield from (("word", word) for word in set(plain))
        if plain:
            yield "shape", (plain[-1][:1], len(plain[-1]))
        yield from (("spelling", spelled) for word in surnames(plain) if (spelled := spelling(word)))


def _edges(words: Words) -> set[str]:
    """The first word and the last, of which two full names share one if they can be one person's."""
    plain = _ungenerated(words)
    return {*plain[:1], *plain[-1:]}


def _bearers(people: _Register, wanted: Words) -> Iterator[Person]:
    """The people whose name a short form can be: by surname, else middle part, else first name, else misspelt."""
    if len(wanted) > 1:
        near = people.near(_edges(wanted) | {wanted[-1]})
        yield from (person for person in near if any(_holds(words, wanted) for words in person.forms.values()))
        return
    word = wanted[0]
    holding = people.holding(word)
    for near, fits in (
        (holding, lambda words: words[-1] == word),
        (holding, lambda words: word in words[1:-1]),
        (holding, lambda words: words[0] == word),
        (people.like(word), lambda words: is_short_for(word, " ".join(words))),
    ):
        found = [person for person in near if any(fits(_ungenerated(words)) for words in person.forms.values())]
        if found and (near is holding or len(found) == 1):  # another spelling is one person's or nobody's
            yield from found
            return


def _surname(name: str) -> str:
    words = [word for word in name.split() if words_of(word) and words_of(word)[0] not in _GENERATION]
    return words[-1].rstrip(",") if words else ""


def _ungenerated(words: Words) -> Words:
    return tuple(word for word in words if word not in _GENERATION) or words


def _accents(name: str) -> int:
    return sum(ord(character) > 127 for character in name)


def _is_part(short: Words, long: Words) -> bool:
    """Whether a longer name holds all words of a short one in their order."""
    rest = iter(long)
    return len(short) < len(long) and all(word in rest for word in short)


def places_of(text: str, words: str, start: int = 0) -> Iterator[int]:
    """Where words stand by themselves, no part of a longer word; a pattern for each name would take long to make."""
    place = text.find(words, start)
    while words and place >= 0:
        end = place + len(words)
        if is_edge(text, place) and is_edge(text, end):
            yield place
        place = text.find(words, end if is_edge(text, place) and is_edge(text, end) else place + 1)


def is_edge(text: str, place: int) -> bool:
    """Whether a word begins or ends at a place, as `\\b` has it."""
    before = place > 0 and is_word(text[place - 1])
    return before != (place < len(text) and is_word(text[place]))


def is_word(character: str) -> bool:
    """What a pattern takes for a part of a word; "" is none."""
    return character.isalnum() or character == "_"


def capital_before(text: str, place: int) -> bool:
    """Whether a capitalised word, no title, stands right before: then the word is the end of a longer name."""
    before = re.search(r"(\S+)\s$", text[max(0, place - 25) : place])
    return before is not None and before[1][0].isupper() and not is_title(before[1])


def _runs_before(text: str, surname: str) -> Iterator[Offsets]:
    """Capitalised words that lead up to a surname, with it, each at most once."""
    ends, place = 0, text.find(surname)
    while surname and place >= 0:
        end = place + len(surname)
        run = _RUN.search(text, max(ends, place - MAX_RUN), place) if is_edge(text, end) else None
        if run is not None:
            yield run.start(), end
            ends = end
        place = text.find(surname, place + 1)


def _without_lead(words: list[str]) -> list[str]:
    """Drop nationalities, parties and sentence openings before a first name."""
    nouns = lexicon.table("nouns")
    while len(words) > 2 and (
        nouns.get(words[0].lower(), ("",))[0] == "organization"  # "Director of Public Prosecution Eva-Marie Berg"
        or words[0] in lexicon.entries("no_first_name")
        or words[0].endswith(("ian", "ish", "ese", "can", "’s", "'s"))
        or words[0].startswith(("(", "“", '"', "‘"))  # "Commissioner of Police (East) Ann Moor"
    ):
        words = words[1:]
    return words[1:] if len(words) == 2 and words[0] in lexicon.entries("no_first_name") else words
