"""Names as the article uses them: the full name of a body, the type of who bears a name, and their affiliation.

"the Courier" is "The Courier" where the text never leaves the article out, "Curva Nove" a body where it is called "the
fan group Curva Nove", and who is introduced with a title is a person, whatever the entity recogniser takes them for.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Span

from annotator.draft import Draft
from annotator.labels import Affiliation, SourceType
from annotator.language import lexicon
from annotator.language.outlets import is_outlet
from annotator.sources.full_names import MAX_NAME_WORDS, is_edge
from annotator.sources.mention_reader import KIND_APPOSED, outlet_at_end
from annotator.sources.mentions import COURTESY, GENERIC_BODIES, Mention, bare_body, has_title, is_survey_office
from annotator.sources.names import People
from annotator.sources.roles import affiliation_of, words_around
from annotator.sources.titles import POSSESSIVE

MIN_LETTERS, MAX_LETTERS = 2, 6  # of initials that stand for a body
_KINDS_OF_BODIES = frozenset(
    {"party", "charity", "association", "organisation", "organization", "foundation", "institute"}
)

_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?[ \u00a0]")

CALLED_WITHIN = 5_000  # characters in which a noun takes up a body that the text has called so
FEW_LABELS = 2  # times that the entity recogniser may take a name for a body's by mistake


class Entities:
    """The entities that one article names: its people, and the bodies that the entity recogniser marks."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._ents = tuple(draft.doc.ents)  # spaCy builds them anew each time it is asked
        self._counts = Counter((ent.text, ent.label_) for ent in self._ents)
        self._spelled: dict[str, str] = {}  # bodies by their initials
        self._shown: dict[str, bool] = {}  # names that the text treats as bodies'
        self._articles: dict[str, str] = {}  # outlets by the name that the text gives them
        self.people = People(draft, self._ents)

    @cached_property
    def _bodies(self) -> dict[str, list[tuple[int, str]]]:
        """The organisations of the text by each word of their names, with the place where each is first named."""
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for ent in self._ents:
            name = bare_body(ent.text)
            capital = ent.text[:1].isupper() or ent.text.startswith("the ")
            if ent.label_ in {"ORG", "FAC", "GPE"} and capital and len(name.split()) > 1:
                for word in set(ent.text.lower().split()):
                    found[word].setdefault(name, ent.start_char)
        return {word: [(start, name) for name, start in names.items()] for word, names in found.items()}

    def named_body(self, lemma: str, place: int) -> str:
        """The one organisation named before a place that is called so."""
        before = {name for start, name in self._bodies.get(lemma, ()) if start < place}
        return before.pop() if len(before) == 1 else ""

    def apposed_body(self, lemma: str, place: int) -> str:
        """The last body before a place that the text calls so: "the group, Harbour Workers", "Aid, a charity"."""
        before = reversed(self._before(place, CALLED_WITHIN))
        named = (bare_body(ent.text) for ent in before if ent.label_ in {"ORG", "PERSON"})
        return next((full for name in named if lemma in self._called.get(full := self.longer(name), ())), "")

    def _before(self, place: int, reach: int) -> Sequence[Span]:
        """The entities in the `reach` characters before a place."""
        first = bisect_left(self._ents, place - reach, key=lambda ent: ent.start_char)
        return self._ents[first : bisect_left(self._ents, place, key=lambda ent: ent.start_char)]

    def bodies_before(self, place: int, reach: int, *, subjects: bool = True) -> Iterator[tuple[int, Span]]:
        """The organisations in the `reach` characters before a place, those alone that are subjects unless told."""
        for ent in self._before(place, reach):
            if ent.label_ == "ORG" and (not subjects or ent.root.dep_ in {"nsubj", "nsubjpass"}):
                yield ent.start_char, ent

    def joined_before(self, place: int, reach: int, label: str) -> list[str]:
        """The last two bodies or places in the `reach` characters before a place that "and" joins, and no third."""
        near = self._before(place, reach)
        for n in range(len(near) - 2, -1, -1):
            pair, text = near[n : n + 2], self._draft.text
            joint = text[pair[0].end_char : pair[1].start_char]
            listed = text.endswith(", ", 0, pair[0].start_char) and n and near[n - 1].label_ == label
            if all(ent.label_ == label for ent in pair) and joint in {" and ", " and the "} and not listed:
                return [self.longer(bare_body(ent.text)) for ent in pair]
        return []

    def named_bodies(self, place: int, reach: int) -> Iterator[tuple[int, str, bool]]:
        """Where bodies are named in the `reach` characters before a place, by which names, and whether as subjects."""
        near = self._before(place, reach)
        people = Counter(ent.text for ent in near if ent.label_ == "PERSON")
        bodies = {bare_body(ent.text) for ent in near if ent.label_ == "ORG"}
        for ent in near:
            name = bare_body(ent.text)
            taken_for_a_person = ent.label_ == "PERSON" and (people[ent.text] > 1 or name in bodies)
            shown = ent.label_ == "PERSON" and not self._is_known(name) and self._shows_a_body(name)
            if ent.label_ == "ORG" or shown or (taken_for_a_person and self.may_be_a_body(name)):
                yield ent.start_char, self.longer(name), ent.root.dep_ in {"nsubj", "nsubjpass"}

    @cached_property
    def _called(self) -> dict[str, set[str]]:
        """What the text calls bodies beside their names: "the operator, Gibb Charter", "video app Clipso"."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for ent in self._ents:
            if ent.label_ not in {"PERSON", "ORG"}:
                continue
            beside = [t for t in ent.root.rights if t.dep_ == "appos" and t.left_edge.i == ent.end + 1]
            if ent.root.dep_ == "appos" and ent.root.head.i < ent.start:
                beside.append(ent.root.head)
            beside += [child for child in ent.root.lefts if child.dep_ == "compound" and child.i < ent.start]
            found[self.longer(bare_body(ent.text))].update(t.lemma_.lower() for t in beside if t.tag_ == "NN")
        return found

    def called(self, name: str) -> frozenset[str]:
        """The nouns by which the text introduces a body."""
        return frozenset(self._called.get(name, ()))

    def may_be_a_body(self, name: str) -> bool:
        """Whether a name of one word that is taken for a person's may be a body's: no first name, nobody's surname."""
        if " " in name or name.lower() in lexicon.table("first_names") or name in self.people.told:
            return False
        return self.people.full_name(name) == name and not self._is_titled(name)

    def lone_name(self, place: int, reach: int) -> str:
        """The one name of a word in the `reach` characters before a place that may be a body's: "Zorbit is shut"."""
        people = (bare_body(ent.text) for ent in self._before(place, reach) if ent.label_ == "PERSON")
        names = {name for name in people if self.may_be_a_body(name)}
        return names.pop() if len(names) == 1 else ""

    def outlet_before(self, place: int) -> str:
        """The outlet that was named last before a place."""
        return next((ent.text for ent in reversed(self._before(place, place)) if is_outlet(ent.text)), "")

    def longer(self, name: str) -> str:
        """A body's full name, where the article gives it once: "Halvorsen" -> "Halvorsen Foods"."""
        if is_outlet(name) or name in lexicon.entries("states"):
            return name
        if full := self.people.full_body(name) or self._spelled_out(name):
            return full
        outlets = {bare_body(words) for words, _ in self._counts if words.endswith(f" {name}") and is_outlet(words)}
        if len(outlets) == 1:
            return outlets.pop()  # "The Post" after "the New York Post"
        if len(name.split()) > 1 and name.split()[-1] in _WHOLE:
            return name  # "Victoria Police" is not the "Victoria Police Air Wing"
        longer = Counter(
            _ARTICLE.sub("", " ".join(words.split()))
            for words, label in self._counts
            if label == "ORG" and _goes_on(words, name)
        )
        longer = Counter({full.partition(" (")[0]: times for full, times in longer.items()})
        whole = [full for full in longer if not POSSESSIVE.search(full) and len(full.split()) <= MAX_NAME_WORDS]
        return whole[0] if len(whole) == 1 else self._with_place(name) or name

    def _with_place(self, name: str) -> str:
        """A team's or body's full name where the article gives it with a place: "the Mariners" -> "Cebu Mariners"."""
        if " " in name or lexicon.table("nouns").get(name.lower()):
            return ""
        labels = {words for words, label in self._counts if label == "ORG" and words.split()[1:] == [name]}
        full = {_ARTICLE.sub("", words) for words in labels if not words.lower().startswith("the ")}
        full -= {words for words in full if words.split()[0] in lexicon.entries("no_first_name")}  # "Senior Harbour"
        return full.pop() if len(full) == 1 else ""

    def _spelled_out(self, letters: str) -> str:
        """The body whose initials stand for it, wherever the article spells it out: "the F.B.I."."""
        letters = letters.replace(".", "")
        if not (letters.isupper() and letters.isalpha() and MIN_LETTERS <= len(letters) <= MAX_LETTERS):
            return ""
        if letters not in self._spelled:
            small = r"(?:(?:of|for|and|the|in|on|to|&)[ \u00a0])*"
            words = rf"[ \u00a0-]{small}".join(rf"{letter}[a-z][\w’'-]*" for letter in letters)
            # "CREW": a little word may have its letter, too.
            pattern = re.compile(rf"(?<![\w-]){words}(?![\w-])")
            found = Counter(" ".join(match.group().split()) for match in pattern.finditer(self._draft.text))
            self._spelled[letters] = POSSESSIVE.sub("", found.most_common(1)[0][0]) if found else ""
        return self._spelled[letters]

    def with_article(self, outlet: str) -> str:
        """An outlet that the text never names without "The" has it in its name: "The Meridian Post"."""
        if outlet.startswith("The ") or "/" in outlet:
            return outlet
        if outlet not in self._articles:
            places = [m.start() for m in re.finditer(rf"\b{re.escape(outlet)}\b", self._draft.text)]
            articles = {self._draft.text[max(0, place - 4) : place] for place in places}
            self._articles[outlet] = f"The {outlet}" if articles == {"The "} else outlet
        return self._articles[outlet]

    def type_of(self, name: str, mention: Mention) -> SourceType:
        """What a name is the name of, as its words, the text and the entity recogniser tell, in this order."""
        bare = _ARTICLE.sub("", name)
        last = bare.split()[-1].lower().rstrip("s") if bare.split() else ""
        if self.people.is_surname(bare) or self._is_introduced(bare) or bare.startswith("@"):
            return SourceType.PERSON  # "Fox" after "Lionel Fox", "Guardian" after "Mayor Don Guardian"
        if is_outlet(bare) or outlet_at_end(self._draft.tokens(mention.span)) == name:
            return SourceType.MEDIA
        if self._called_a_body(bare, mention) or self.people.full_body(bare) or is_survey_office(bare):
            return SourceType.ORGANIZATION
        if " " not in bare and len(self.people.full_name(bare).split()) > 1:
            return SourceType.PERSON  # "Trump" after "Donald Trump", "Jordan" after "Jim Jordan"
        if bare in lexicon.entries("states"):
            return SourceType.STATE
        noun = lexicon.table("nouns").get(last) or lexicon.table("nouns").get(last + "s")
        if noun and bare.lower().endswith(f"{last}s") and self._begins_as_a_person(bare):
            return SourceType.PERSON  # "Sandy Banks"
        if noun and len(bare.split()) > 1 and noun[0] in {"organization", "document", "media"}:
            return SourceType(noun[0])
        return self._type_by_labels(bare, mention)

    def _type_by_labels(self, bare: str, mention: Mention) -> SourceType:
        """What a name that says nothing itself is, as the text and the entity recogniser have it."""
        full = self.people.full_name(bare)
        if self._is_told(bare, mention) or (full != bare and full in self.people.names):
            return SourceType.PERSON
        if self._shows_a_body(bare):
            return SourceType.ORGANIZATION
        if any(other == bare or other.endswith(" " + bare) for other in self.people.names):
            labels = self._labels_of(bare, whole=True)
            if not labels or labels["PERSON"] >= labels["ORG"]:
                return SourceType.PERSON
        labels = self._labels_of(bare, whole=False)
        if labels and labels.most_common(1)[0][0] == "PERSON":
            return SourceType.PERSON
        if self._begins_as_a_person(bare) and labels["ORG"] <= FEW_LABELS:
            return SourceType.PERSON  # "Cyril Ramaphoza", which the recogniser does not know
        if labels or bare.isupper() or re.search(r"\b(?:of|for|and|on)\b|(?:[’']s|s[’']) ", bare):
            return SourceType.ORGANIZATION
        return SourceType.PERSON if has_title(mention.text) or len(bare.split()) < 4 else SourceType.ORGANIZATION

    def _is_introduced(self, name: str) -> bool:
        """Whether a title or a role stands with a full name, or a courtesy title with its last word alone."""
        full = self.people.full_name(name)
        surname = full.split()[-1] if full.split() else ""
        return " " in full and (full in self.people.told or self._is_titled(surname))

    def _is_titled(self, surname: str) -> bool:
        """Whether a courtesy title stands with a surname alone, anywhere in the text."""
        text = self._draft.text
        return any(
            text.startswith(surname, place) and is_edge(text, place + len(surname))
            for place in self._courtesies.get(surname[:1], ())
        )

    @cached_property
    def _courtesies(self) -> dict[str, list[int]]:
        """Where something follows a courtesy title, by its first letter."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for match in _COURTESY.finditer(self._draft.text):
            found[self._draft.text[match.end() : match.end() + 1]].append(match.end())
        return found

    def _begins_as_a_person(self, name: str) -> bool:
        """Whether a name of two or three words begins with a first name, and none of them tells a body."""
        words = name.split()
        plain = all(word[0].isupper() and word.isalpha() for word in words)
        return 2 <= len(words) <= 3 and plain and words[0].lower() in lexicon.table("first_names")

    def _shows_a_body(self, name: str) -> bool:
        """Whether the text treats a name as no person's: by an article, a state behind it, "It said", a noun."""
        if name not in self._shown:
            told = self._takes_an_article(name) or self._ends_as_a_body(name) or self._goes_on_as_it(name)
            nouns = self.called(name) if not told else ()
            self._shown[name] = told or any(lexicon.noun_type(noun) == "organization" for noun in nouns)
        return self._shown[name]

    def _goes_on_as_it(self, name: str) -> bool:
        """ "Mineradora Serra said the dam had passed. It added ...": the one body that "it" can stand for."""
        for words, sentence in self._before_it:
            if name in words:
                near = self._before(sentence.end_char, sentence.end_char - sentence.start_char)
                if all(name in ent.text for ent in near if ent.label_ == "ORG"):
                    return True
        return False

    @cached_property
    def _before_it(self) -> list[tuple[str, Span]]:
        """The sentences, with their words, that are about nobody and no body by its noun, and "it" says something."""
        cues, found = lexicon.table("cues"), []
        for before, sentence in pairwise(self._draft.sentences):
            first = next((token for token in sentence if not token.is_space), None)
            told = first is not None and first.lower_ == "it" and first.dep_ == "nsubj"
            subjects = (token.lemma_.lower() for token in before if token.dep_ in {"nsubj", "nsubjpass"})
            nouns = any(lexicon.noun_type(noun) in {"organization", "document"} for noun in subjects)
            if first is not None and told and first.head.lemma_ in cues and not nouns:
                words = before.text
                if not _HE_OR_SHE.search(words):
                    found.append((words, before))
        return found

    def _takes_an_article(self, name: str) -> bool:
        """ "the Kenya Red Cross", "the Banks Syndicate": a name that always has "the" before it is nobody's own."""
        text = self._draft.text
        places = [m.start() for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]
        return bool(places) and all(text.endswith(("the ", "The "), 0, place) for place in places)

    def _ends_as_a_body(self, name: str) -> bool:
        """ "TransGas Botswana", "Norvel Lithium": a state or a business ends a name that begins with no first name."""
        words = name.split()
        ends = (len(words) > 1 and words[-1] in lexicon.entries("states")) or _is_business(name)
        return ends and words[0].lower() not in lexicon.table("first_names")

    def _called_a_body(self, name: str, mention: Mention) -> bool:
        """ "the fan group Curva Nove", "Curva Nove, a charity": the noun beside a name tells that it is a body's."""
        before, _, after = self._draft.words(mention.span).partition(name)
        if KIND_APPOSED.match(after):
            return True
        nouns = {*before.split()[-1:], *after.split()[:1]} & (GENERIC_BODIES | _KINDS_OF_BODIES)
        return any(lexicon.noun_type(noun) == "organization" for noun in nouns)

    def _is_told(self, name: str, mention: Mention) -> bool:
        """Whether the text shows a name to be a person's: it stands with a title or a role somewhere."""
        return any(word.rstrip(".") in COURTESY for word in mention.text.split()[:1]) or self._is_known(name)

    def _is_known(self, name: str) -> bool:
        return name in self.people.told or self.people.full_name(name) in self.people.told

    def _labels_of(self, name: str, *, whole: bool) -> Counter[str]:
        """How often the entity recogniser gave each label to a name, or to a longer one that holds it."""
        found: Counter[str] = Counter()
        for (words, label), times in self._counts.items():
            if words == name or (not whole and name in words):
                found[label] += times
        return found

    def affiliation(self, name: str, role: str | None, words: str, kind: SourceType, *, head: str = "") -> Affiliation:
        """Which part of public life a source belongs to, by its role, the words of a mention, its name or its head."""
        if kind is SourceType.MEDIA:
            return Affiliation.MEDIA
        if kind is SourceType.STATE:
            return Affiliation.GOVERNMENT
        for text in (role or "", words, name):
            if found := affiliation_of(text):
                return found
        if kind is SourceType.ORGANIZATION and _is_business(name):
            return Affiliation.CORPORATE
        if kind is SourceType.PERSON and name and (found := affiliation_of(words_around(self._draft.text, name))):
            return found
        for noun in sorted(self.people.roles(name)) if kind is SourceType.PERSON else ():
            if (row := lexicon.table("nouns").get(noun, ("person", "unknown")))[1] != "unknown":
                return Affiliation(row[1])
        entry = lexicon.table("nouns").get(head)
        return Affiliation(entry[1]) if entry else Affiliation.UNKNOWN

    def shared_affiliation(self, names: list[str]) -> Affiliation:
        """The affiliation that all of several people have, if they have one in common."""
        found = {self.affiliation(name, None, "", SourceType.PERSON) for name in names}
        return found.pop() if len(found) == 1 else Affiliation.UNKNOWN


def _is_business(name: str) -> bool:
    """Whether a name of capitals ends as those of businesses do: "Kjelstrup Marine", not "Centre for Aviation"."""
    words = name.split()
    plain = len(words) > 1 and all(word[0].isupper() for word in words)
    return plain and words[-1] in lexicon.entries("company_words")


def _goes_on(words: str, name: str) -> bool:
    """Whether words begin with a name, with or without an article, and go on with a capital."""
    begins = words, _ARTICLE.sub("", words)
    return any(one.startswith(f"{name} ") and "A" <= one[len(name) + 1 : len(name) + 2] <= "Z" for one in begins)


_HE_OR_SHE = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_WHOLE = frozenset({"Police", "Council", "Ministry", "University", "Department", "Army", "Government", "Court"})
_ARTICLE = re.compile(r"^(?:the|The)\s+")
