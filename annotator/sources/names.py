"""The people whom an article names: their fullest names, and the roles that it gives them.

Who is "Mr. Trump", "Vázquez", "the mayor"? A short form stands for the fullest name with the same words in the same
order; a role ("the mayor", a headline's "minister") stands for the one person whom the article introduces with it.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from operator import itemgetter

import numpy as np
from spacy.tokens import Doc, Span, Token

from annotator.draft import Draft, Offsets
from annotator.labels import SectionKind
from annotator.language import lexicon
from annotator.language.outlets import is_outlet

MAX_NAME_WORDS = 5
MIN_MISSPELT = 5  # letters of a surname that may differ in one of them and still be the same
MIN_DESCRIPTION = 3  # words of a description that is nobody else's
MIN_CUT = 3  # letters of a first name that stand for the whole
MAX_RUN = 120  # characters of the capitalised words before a surname
MAX_ROLE_WORDS = 5  # words before a name in which its role stands
_PARTICLE = r"(?:de|del|della|van|von|der|den|la|le|du|di|da|dos|el|al|bin|ibn|ben|bint|abu|ter|af|zu)"
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
CAPITAL = rf"(?:{_UPPER}[\w.’'ʼʻ-]*|al-[A-Z][\w’'-]*)"
POSSESSIVE = re.compile(r"(?:[’'ʼ]s|(?<=s)[’'ʼ])$")
_SENTENCE_END = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!\b\w)\.\s"
)
MIN_VOTES = 2  # times as many pronouns of one kind near a name as of the other, before they say anything
CERTAIN = 10  # votes of a title
_PRONOUNS = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she"}
_PRONOUNS["herself"] = "she"
_TITLED = re.compile(
    rf"\b(?P<title>Mr|Mrs|Ms|Miss|Sir|Dame)\.?[ \u00a0](?P<name>{CAPITAL}(?:[ \u00a0]{CAPITAL}){{0,2}})"
)
_NAME_AFTER = re.compile(rf",? (?P<name>{CAPITAL}(?:[ \u00a0]{CAPITAL})+)")
_BELONGS_TO_ONE = re.compile(rf"(?:[Tt]he |(?:{CAPITAL} )*{CAPITAL}[’'ʼ]s? )")
_ALSO_NAMES = frozenset(
    {"fan", "dean", "king", "queen", "prince", "bishop", "guest", "marine", "coach", "pope", "cardinal"}
)
_GENERATION = frozenset({"jr", "sr", "ii", "iii", "iv"})


_BODY = re.compile(r"\b(?P<name>[\w-]+) (?:[A-Z]{2,4}|Inc|Ltd|Corp|Group|Holdings|plc|GmbH|Limited|Company)\b")


class People:
    """The named people of one article; `places` are their mentions in text order, as `(offset, full name)`."""

    def __init__(self, draft: Draft, ents: tuple[Span, ...]) -> None:
        self._text = draft.text
        # Headlines and what stands between them and the text name people before anybody is introduced.
        self._headline = min((s.start for s in draft.sections if s.kind is SectionKind.BODY), default=0)
        self._known: dict[str, str] = {}
        self._introduced: dict[str, str] = {}
        self._bodies: dict[str, str] = {}
        for match in _BODY.finditer(self._text):
            self._bodies.setdefault(match["name"], match.group())
        told = list(_told_people(draft))
        taken = [(span.start, span.end) for span in told]
        guessed = [
            ent
            for ent in ents
            if ent.label_ == "PERSON"
            and ent.text[:1].isupper()
            and "\n" not in ent.text
            and not any(ent.start < end and start < ent.end for start, end in taken)
        ]
        self._marked = [(ent, bare_name(ent.text)) for ent in sorted([*told, *guessed], key=lambda span: span.start)]
        self.told = frozenset(bare_name(span.text) for span in told)
        self._longest = {
            name: _words(name)
            for ent, name in self._marked
            if ent.start_char >= self._headline
            and 2 <= len(name.split()) <= MAX_NAME_WORDS
            and not re.search(r"\w{2,}\.\s", name)
        }
        self.places: list[tuple[int, str]] = []
        self._roles: defaultdict[str, set[str]] = defaultdict(set)
        for ent, bare in self._marked:
            name = self.full_name(bare)
            if name and not self._is_no_name_of_one(name):
                self.places.append((ent.start_char, name))
                self._roles[name].update(_roles(ent))
        self.names = frozenset(name for _, name in self.places)
        self._pronouns = self._pronouns_of(draft)  # of marked names alone: more of them make the votes worse
        self.places = sorted({*self.places, *self._unmarked_places()})

    def _is_no_name_of_one(self, name: str) -> bool:
        return is_outlet(name) or name in lexicon.phrases("states") or bool(self.full_body(name))

    def is_surname(self, name: str) -> bool:
        """Whether a single word is the surname of a person whom the article names in full, with a first name."""
        full = self.introduced_as(name).split() if " " not in name else []
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
        pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(known)))})(?![\w-]| [A-Z])"
        for match in re.compile(pattern).finditer(self._text, self._headline):
            n = bisect_left(taken, match.start(), key=itemgetter(1))
            marked = n < len(taken) and taken[n][0] <= match.start()
            if not marked and not _capital_before(self._text, match.start()):
                yield match.start(), known[match.group()]

    def before(self, place: int, reach: int) -> list[tuple[int, str]]:
        """The mentions in the `reach` characters before a place."""
        first = bisect_left(self.places, place - reach, key=itemgetter(0))
        return self.places[first : bisect_left(self.places, place, key=itemgetter(0))]

    def pronoun(self, name: str) -> str:
        """ "he" or "she", as the article's own titles and pronouns say of a person, else the first name; or "".

        For the agreement of later pronouns only; no record tells it.
        """
        return self._pronouns.get(name) or _pronoun_of_first_name(name)

    def _pronouns_of(self, draft: Draft) -> dict[str, str]:
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for token in _tokens_of(draft.doc, _PRONOUNS):
            pronoun = _PRONOUNS[token.lower_]
            begin = draft.sentence_at(token.idx).start_char
            begin = draft.sentence_at(begin - 1).start_char if begin else begin
            near = {name for place, name in self.before(token.idx, token.idx - begin)}
            if len(near) == 1:
                votes[near.pop()][pronoun] += 1
        for match in _TITLED.finditer(draft.text):
            votes[self.full_name(match["name"])]["he" if match["title"] in {"Mr", "Sir"} else "she"] += CERTAIN
        return {
            name: counts.most_common(1)[0][0]
            for name, counts in votes.items()
            if counts.most_common(1)[0][1] >= MIN_VOTES * (counts.total() - counts.most_common(1)[0][1] + 1)
        }

    def roles(self, name: str) -> frozenset[str]:
        """Lemmas of the nouns by which the article introduces a person."""
        return frozenset(self._roles.get(name, ()))

    def holders(self, role: str) -> list[str]:
        """The people whom the article introduces with a role, by its lemma."""
        return sorted(name for name, roles in self._roles.items() if role in roles)

    def bearer(self, description: str) -> str:
        """Who is described in the same words elsewhere, with their name: "China's ambassador to Britain" before it.

        Only of a description that belongs to one person: with an owner or "the", and three words or more.
        """
        words = re.sub(r"^(?:the|The)\s+", "", description)
        if len(words.split()) < MIN_DESCRIPTION or not _BELONGS_TO_ONE.match(description):
            return ""
        after = (_NAME_AFTER.match(self._text, place + len(words)) for place in _places(self._text, words))
        named = {self.full_name(bare_name(match["name"])) for match in after if match is not None}
        found = named & self.names
        return found.pop() if len(named) == len(found) == 1 else ""

    def full_name(self, name: str) -> str:
        """The fullest name in the article that a short one stands for: "Trump" -> "Donald Trump"."""
        if name not in self._known:
            found = self.introduced_as(name) or _fullest(self._text, name, self._first_bare(name))
            self._known[name] = self._extended(found) or self._styled.get(found, found)
        return self._known[name]

    @cached_property
    def _styled(self) -> dict[str, str]:
        """Who has no surname is named with the style that the article uses first: "Pope Francis", "King Harald V"."""
        found: dict[str, str] = {}
        for match in _STYLED.finditer(self._text):
            found.setdefault(POSSESSIVE.sub("", match["name"]), POSSESSIVE.sub("", match.group()))
        return found

    def _extended(self, name: str) -> str:
        """A longer name with the same words in the same order, where all such names are one person's.

        "Vázquez" is "Wanda Vázquez Garced", "Dr. Meerjady" is "Meerjady Sabrina Flora".
        """
        wanted = _words(name)
        longer = {full: words for full, words in self._longest.items() if _is_part(wanted, words)}
        if len(wanted) == 1:
            # A surname that a step before left alone belongs to somebody else; other names of a person do not.
            longer = {full: words for full, words in longer.items() if wanted[0] != words[-1]}
            inner = {full: words for full, words in longer.items() if wanted[0] != words[0]}
            is_surname = any(words[-1] == wanted[0] for words in self._longest.values())
            longer = inner or ({} if is_surname else longer)
            if not longer and len(wanted[0]) >= MIN_MISSPELT:
                longer = {full: words for full, words in self._longest.items() if _one_letter_off(wanted[0], words[-1])}
        else:
            longer = {full: words for full, words in longer.items() if words[0] == wanted[0] or words[-1] == wanted[-1]}
        best = max(longer, key=lambda full: len(longer[full]), default="")
        one_person = all(_is_part(words, longer[best]) or words == longer[best] for words in longer.values())
        if not longer and len(wanted) > 1:
            familiar = [full for full, words in self._longest.items() if _is_nickname(wanted, words)]
            best = familiar[0] if familiar else ""
            one_person = len({self._longest[full][0] for full in familiar}) == 1
        return best if best and one_person else ""

    def _first_bare(self, name: str) -> int:
        """Where the body first uses a name by itself; headlines may, before anybody is introduced."""
        bare = (place for place in _places(self._text, name, self._headline) if not _capital_before(self._text, place))
        return next(bare, len(self._text))

    def introduced_as(self, name: str) -> str:
        """The full name under which a person was introduced, as the entity recogniser marks it.

        A surname that the article uses before any full name with it belongs to somebody else: "Obama" is not
        "Michelle Obama". Of several people with one surname the one named most often is meant.
        """
        if name not in self._introduced:
            self._introduced[name] = self._find_introduction(name)
        return self._introduced[name]

    def _may_be(self, surname: str, full: str) -> bool:
        """Whether the titles of a surname agree with the first name: "Mr. Obama" is not "Michelle Obama"."""
        titles = self._titles.get(surname.split()[-1], set())
        return not titles or _pronoun_of_first_name(full) in titles | {""}

    @cached_property
    def _titles(self) -> dict[str, set[str]]:
        return _titles_of(self._text)

    def _find_introduction(self, name: str) -> str:
        wanted = _plain(name)
        first_bare = self._first_bare(name)
        found: Counter[str] = Counter()
        for ent, full in self._marked:
            longer = _plain(full).endswith(" " + wanted) and 2 <= len(full.split()) <= MAX_NAME_WORDS
            if longer and not re.search(r"\w{2,}\.\s", full) and full[0].isupper():
                found[full] += 1 + (ent.start_char <= first_bare)
        candidates = [full for full in found if found[full] >= 2]
        if not candidates and len(found) == 1 and self._may_be(name, *found):
            candidates = list(found)  # whom the article names with it, be it behind the first bare surname
        return max(candidates, key=lambda full: (found[full], len(full)), default="")


def _titles_of(text: str) -> dict[str, set[str]]:
    """The pronouns that agree with the titles of each surname: "Mr. Obama" -> he."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for match in _TITLED.finditer(text):
        found[match["name"].split()[-1]].add("he" if match["title"] in {"Mr", "Sir"} else "she")
    return found


def _pronoun_of_first_name(name: str) -> str:
    first, *surname = name.split()[:2] or [""]
    return lexicon.table("first_names").get(first.lower(), ("",))[0].strip("-") if surname else ""


def _tokens_of(doc: Doc, words: Iterable[str]) -> Iterator[Token]:
    """The tokens that are one of some words in lower case; looking at every token by itself takes long."""
    ids = [doc.vocab.strings[word] for word in words if word in doc.vocab.strings]
    for i in np.flatnonzero(np.isin(doc.to_array("LOWER"), np.array(ids, dtype=np.uint64))):
        yield doc[int(i)]


@cache
def _introductions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = [noun for noun, row in lexicon.table("nouns").items() if row[0] == "person" and " " not in noun]
    nouns += [title.rstrip(".").lower() for title in title_words() if " " not in title]
    role = "|".join(sorted({re.escape(noun) for noun in nouns}, key=len, reverse=True))
    name = rf"{CAPITAL}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0])?{CAPITAL}){{0,3}}"
    full = rf"{CAPITAL}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0])?{CAPITAL}){{1,3}}"
    owner = rf"(?:the|a|an|its|his|her|(?:{CAPITAL} ){{0,2}}{CAPITAL}[’']s?)"
    return (
        re.compile(rf"\b(?i:{role})\.?[ \u00a0](?P<name>{name})"),
        re.compile(rf"\b(?P<name>{full}),(?: \d\d,| {owner}\b[^,.;:\n]{{0,40}}?\b(?i:{role})\b)"),
    )


def _told_people(draft: Draft) -> Iterator[Span]:
    """Names that the text itself shows to be a person's: after a title or role, before an age or an apposition.

    The entity recogniser takes many names that are not English for those of organisations.
    """
    ends = 0
    found = sorted(m.span("name") for pattern in _introductions() for m in pattern.finditer(draft.text))
    for start, end in found:
        words = bare_name(draft.text[start:end]).split()
        span = draft.doc.char_span(start, end) if start >= ends else None
        if span is None or not words or _is_no_person(words):
            continue
        ends = end
        yield span


def _is_no_person(words: list[str]) -> bool:
    name = " ".join(words)
    nouns = lexicon.table("nouns")
    common = any(nouns.get(word.lower(), ("",))[0] for word in words)
    return common or is_outlet(name) or name in lexicon.phrases("states") or name.isupper() or is_title(words[-1])


def _roles(person: Span) -> Iterator[str]:
    """Role nouns of a named person: "Prosecutor Helen Straker", "Ann Lee, the mayor", "the director, Dr Flora"."""
    doc, first = person.doc, person.start
    if first > person.sent.start and doc[first - 1].pos_ == "ADP":
        return  # "the mayor of Lyon" is not Lyon
    while first > person.sent.start and person.start - first < MAX_ROLE_WORDS and _may_name_role(doc[first - 1]):
        first -= 1
    near = [*doc[first : person.end], *(t for t in person.root.children if t.dep_ == "appos" and t.i >= person.end)]
    if person.root.dep_ == "appos":
        near.append(person.root.head)
    for token in near:
        lemma = token.lemma_.lower()
        lemma, *_ = lexicon.table("title_roles").get(token.lower_.rstrip("."), (lemma,))
        if lexicon.table("nouns").get(lemma, ("",))[0] == "person":
            yield lemma


def _may_name_role(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "ADJ", "ADP"} or token.text == "-"


def _words(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, without accents and stops."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return tuple(re.sub(r"[.’ʼ‘',]", "", word) for word in plain.split())


def _is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a longer name holds all words of a short one in their order, more than initials and no "Jr." more."""
    rest, more = iter(long), set(long) - set(short)
    return all(word in rest for word in short) and not more & _GENERATION and any(len(word) > 1 for word in more)


def _is_nickname(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is another one with the first name cut short or made familiar: "Pat Lee", "Patrick J. Lee Jr."."""
    surname = [word for word in long if word not in _GENERATION][-1]
    known = lexicon.table("nicknames").get(short[0], ())
    familiar = long[0] in known or (len(short[0]) >= MIN_CUT and long[0].startswith(short[0]))
    return len(short) == 2 and surname == short[1] and long[0] != short[0] and familiar


def _one_letter_off(a: str, b: str) -> bool:
    """Whether two words differ by one letter that is another, more or missing; the first is the same.

    >>> _one_letter_off("saree", "sarea"), _one_letter_off("brown", "green")
    (True, False)
    """
    if a[:1] != b[:1] or abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[same + (len(a) >= len(b)) :] == b[same + (len(b) >= len(a)) :]


def _plain(name: str) -> str:
    """A name for comparison: lower case, one kind of apostrophe."""
    return re.sub(r"[’ʼ‘]", "'", name.lower())


def _places(text: str, words: str, start: int = 0) -> Iterator[int]:
    """Where words stand by themselves, no part of a longer word; a pattern for each name would take long to make."""
    place = text.find(words, start)
    while words and place >= 0:
        end = place + len(words)
        if _is_edge(text, place) and _is_edge(text, end):
            yield place
        place = text.find(words, end if _is_edge(text, place) and _is_edge(text, end) else place + 1)


def _is_edge(text: str, place: int) -> bool:
    """Whether a word begins or ends at a place, as `\\b` has it."""
    before = place > 0 and _is_word(text[place - 1])
    return before != (place < len(text) and _is_word(text[place]))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _capital_before(text: str, place: int) -> bool:
    """Whether a capitalised word, no title, stands right before: then the word is the end of a longer name."""
    before = re.search(r"(\S+)\s$", text[max(0, place - 25) : place])
    return bool(before) and before is not None and before[1][0].isupper() and not is_title(before[1])


@cache
def title_words() -> frozenset[str]:
    return frozenset(lexicon.phrases("titles"))


def is_title(word: str) -> bool:
    known = title_words()
    parts = word.split("-")  # "Director-General"
    return word in known or word.removesuffix("s") in known or (len(parts) > 1 and all(part in known for part in parts))


def _is_trade(word: str) -> bool:
    """Whether a word before a name tells what somebody does: "Immunologist Kristian Andersen"."""
    lowered = word.lower()
    nouns = lexicon.table("nouns")
    known = any(nouns.get(one, ("",))[0] == "person" for one in (lowered, lowered.removesuffix("s")))
    known = known and lowered not in _ALSO_NAMES
    return known or lowered.endswith(("ologist", "ician", "grapher", "maker"))


_CALLING = ("man", "woman", "master", "herd", "smith", "wright", "keeper", "er", "or", "ist", "ian")


def _is_calling(word: str) -> bool:
    """Whether a word before a first and a last name has the form of a calling: "Fisherman Piet Haverkort"."""
    return len(word) > 4 and word.lower().endswith(_CALLING) and word.lower() not in lexicon.table("first_names")


# Words that begin a sentence or a noun phrase, and no name.
_LEADS = frozenset(
    {"a", "an", "one", "while", "when", "as", "if", "but", "and", "both", "after", "before", "though", "although"}
    | {"because", "since", "where", "even", "with", "like", "only", "then", "now", "today", "meanwhile", "however"}
)


def _behind_office(words: list[str]) -> list[str]:
    """ "of State Hillary Clinton" -> "Hillary Clinton"; nothing where no two names stand behind the office."""
    last = words[-2:]
    is_name = len(words) > 3 and all(word[0].isupper() and not _is_trade(word) for word in last)
    return last if is_name and " ".join(last) not in lexicon.phrases("states") else []


def bare_name(name: str) -> str:
    """A name without what stands before it: "Ukrainian President Volodymyr Zelensky" -> "Volodymyr Zelensky"."""
    words = " ".join(name.split()).strip(' ,.;:“”"-–—').split(" ")
    words = [word for word in words if word]
    last_title = max((n for n, word in enumerate(words[:-1]) if is_title(word) or _is_trade(word)), default=-1)
    kept = words[last_title + 1 :] or words
    if kept[0] in {"for", "of", "at", "in", "to", "on"}:
        kept = _behind_office(kept) or words  # "Minister for Health" names an office, not a person
    while len(kept) > 1 and kept[0].lower() in _LEADS | {"the"} and kept[0] != "The":
        kept = kept[1:]
    if len(kept) > 2 and _is_calling(kept[0]) and kept[1].lower() in lexicon.table("first_names"):
        kept = kept[1:]
    bare = POSSESSIVE.sub("", " ".join(kept))
    return f"{bare}." if bare.endswith((" Jr", " Sr")) and f"{bare}." in name else bare


def _fullest(text: str, name: str, first_bare: int) -> str:
    """The longest run of capitalised words in the text that ends in the last word of a name."""
    parts = name.split()
    if not parts:
        return name
    if len(parts) == 1 and len(parts[0]) < 3:
        return name
    found: Counter[str] = Counter()
    for start, end in _runs_before(text, parts[-1]):
        if _SENTENCE_END.search(text[start:end]) or start > first_bare:
            continue
        full = bare_name(text[start:end])
        words = full.split()
        if full and (preposition := re.search(r"\b(of|for|to|in)\s+$", text[max(0, start - 5) : start])):
            place = words[0] in lexicon.phrases("states")
            # "Minister of Information Moammar al-Eryani", "ambassador to Britain Liu Xiaming"
            words = words[1:] if place or preposition[1] in {"of", "for"} else words
        if words and words[0][0].islower():
            continue
        words = _without_lead(words)
        if 2 <= len(words) <= 5 and (len(parts) == 1 or words[0] == parts[0]) and words[-1] == parts[-1]:
            found[" ".join(words)] += 1
    return max(found, key=lambda full: (len(full.split()), found[full]), default=name)


_STYLED = re.compile(
    r"\b(?:Lord|Lady|King|Queen|Prince|Princess|Pope|Emperor|Empress|Sultan|Emir|Sheikh|Archduke|Saint) "
    rf"(?P<name>{CAPITAL})(?P<number> [IVX]+\b)?(?! [A-Z])"
)
_RUN = re.compile(rf"(?:(?:{CAPITAL}|{_PARTICLE})[ \u00a0]+){{1,5}}\Z")


def _runs_before(text: str, surname: str) -> Iterator[Offsets]:
    """Capitalised words that lead up to a surname, with it, each at most once."""
    ends, place = 0, text.find(surname)
    while surname and place >= 0:
        end = place + len(surname)
        run = _RUN.search(text, max(ends, place - MAX_RUN), place) if _is_edge(text, end) else None
        if run is not None:
            yield run.start(), end
            ends = end
        place = text.find(surname, place + 1)


def _without_lead(words: list[str]) -> list[str]:
    """Drop nationalities, parties and sentence openings before a first name."""
    nouns = lexicon.table("nouns")
    while len(words) > 2 and (
        nouns.get(words[0].lower(), ("",))[0] == "organization"  # "Director of Public Prosecution Eva-Marie Berg"
        or words[0] in lexicon.phrases("no_first_name")
        or words[0].endswith(("ian", "ish", "ese", "can", "’s", "'s"))
    ):
        words = words[1:]
    return words[1:] if len(words) == 2 and words[0] in lexicon.phrases("no_first_name") else words
