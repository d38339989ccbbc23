"""The words of a mention: its head noun, its owner, its number, and what they tell of who it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from annotator.draft import DraftSource, Offsets
from annotator.labels import Affiliation, SourceType
from annotator.language import lexicon
from annotator.language.outlets import is_outlet
from annotator.sources.titles import POSSESSIVE, title_words

NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "a dozen": 12,
    "twelve": 12,
    "both": 2,
}
_QUANTITIES = frozenset(
    {"one", "another", "some", "many", "several", "most", "two", "three", "both", "number", "majority"}
)
_NUMBER_OF_PEOPLE = frozenset(
    {"group", "array", "handful", "couple", "host", "crowd", "dozens", "scores", "pair", "trio"}
)
SINGULAR = frozenset({"he", "she", "him", "her"})
PLURAL = frozenset({"they", "them", "both", "we"})
NEUTER = frozenset({"it", "this", "that"})
RELATIVE = frozenset({"who", "which", "whom", "whose"})
OUR = frozenset({"we", "us", "our", "ours"})
FIRST_PERSON = frozenset({"i", "me", "my", "mine"}) | OUR
OWN = frozenset({"his", "her", "their", "its"})
GENERIC_PEOPLE = frozenset({"official", "source", "person", "man", "woman", "interlocutor", "individual"})
UNNAMED = GENERIC_PEOPLE - {"official"} | {"insider"}
GENERIC_BODIES = frozenset({"company", "firm", "group", "agency", "ministry", "department", "club", "team", "union"})
OF_THE_STATE = frozenset(
    {Affiliation.GOVERNMENT, Affiliation.POLITICS, Affiliation.MILITARY, Affiliation.LAW_ENFORCEMENT}
)
_BODIES = frozenset({"group", "organization", "organisation", "body"})
_BUSINESSES = _BODIES | {"company", "firm", "business"}
COURTESY = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Sir", "Dame"})
# Endings of nouns for people that no dictionary has.
_PERSON_ENDINGS = ("-year-old", "holder", "goer", "er", "or", "ist", "ian", "man", "woman")


@dataclass
class Mention:
    """The words of a source and what they tell: pronoun, name or description."""

    span: Offsets
    text: str
    head: Token
    kind: str  # "pronoun", "name", "description", "quantifier"
    name: str = ""
    owner: str = ""
    definite: bool = False
    plural: bool = False
    modifiers: frozenset[str] = frozenset()


def head_of(tokens: Span) -> Token:
    """The noun that a mention hangs on; "one of the officials" hangs on "officials"."""
    head = tokens.root
    inner = next((t for t in tokens if t.dep_ == "pobj" and t.head.lower_ == "of" and t.head.head.i == head.i), None)
    if inner is not None:
        people = inner.tag_ in {"NNS", "NNPS"} and noun_entry(inner)[0] == "person"
        # "a group of Republicans", "an array of artists"
        if head.lower_ in _QUANTITIES or (head.lower_ in _NUMBER_OF_PEOPLE and people):
            return inner
    if head.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"} and head.lower_ not in _QUANTITIES:
        nouns = [t for t in tokens if t.pos_ in {"NOUN", "PROPN"}]
        return nouns[0] if nouns else tokens[-1] if head.pos_ == "DET" else head  # "the retired general", tagged so
    return head


def entities_in(tokens: Span) -> Iterator[Span]:
    """The entities inside a mention; `Span.ents` would go through all of the text for them."""
    n = tokens.start
    while n < tokens.end:
        first = n
        n += 1
        if tokens.doc[first].ent_type_:
            while n < tokens.end and tokens.doc[n].ent_iob_ == "I":
                n += 1
            yield Span(tokens.doc, first, n, label=tokens.doc[first].ent_type_)


def titled_words(name: str) -> bool:
    """Whether words are a courtesy title and a name: "Mr. Lee"."""
    words = name.split()
    return len(words) > 1 and words[0].rstrip(".") in COURTESY and all(word[0].isupper() for word in words)


def is_plural_person(head: Token) -> bool:
    """ "Scholars have long debated", where the tagger takes the first word for a name."""
    one = head.lower_.removesuffix("s")
    return one != head.lower_ and lexicon.noun_type(one) == "person"


def is_person(token: Token) -> bool:
    """Whether a noun or a name is a person's, or several people's."""
    return token.ent_type_ == "PERSON" or (
        token.pos_ in {"NOUN", "PROPN"} and (noun_entry(token)[0] == "person" or is_plural_person(token))
    )


def noun_entry(head: Token) -> tuple[str, ...]:
    """Type and affiliation of a head noun; taggers leave the plural in "Democrats"."""
    nouns = lexicon.table("nouns")
    lowered = head.lower_
    before = head.doc[head.i - 1].lower_ if head.i else ""
    after = head.doc[head.i + 1].lower_ if head.i + 1 < len(head.doc) else ""
    if lowered == "paper" and after in {"published", "presented", "by"}:
        return nouns["research paper"]  # no newspaper
    if before == "the" and is_compatriot(head):
        return ("person", "unknown")
    return (
        nouns.get(f"{before} {lowered}")
        or nouns.get(f"{before} {lowered.removesuffix('s')}")
        or nouns.get(lowered)
        or nouns.get(head.lemma_.lower())
        or nouns.get(lowered.removesuffix("s"))
        or (_kind_of_noun(head), "unknown")
    )


_MEN = frozenset(
    {"man", "boy", "father", "grandfather", "husband", "son", "brother", "businessman", "congressman", "king", "prince"}
    | {"widower", "uncle", "nephew", "grandson", "stepfather", "stepson", "stepbrother", "dad", "granddad", "grandad"}
    | {"godfather", "groom", "bridegroom", "fiancé", "boyfriend", "ex-husband", "waiter", "schoolboy", "monk"}
)
_WOMEN = frozenset(
    {"woman", "girl", "mother", "grandmother", "wife", "daughter", "sister", "lady", "queen", "princess", "widow"}
    | {"aunt", "niece", "granddaughter", "stepmother", "stepdaughter", "stepsister", "mum", "mom", "grandma", "granny"}
    | {"godmother", "bride", "fiancée", "girlfriend", "ex-wife", "actress", "waitress", "schoolgirl", "heiress", "nun"}
    | {"hostess", "stewardess"}
)


def pronoun_of_noun(noun: str) -> str:
    """ "he" or "she", as a noun for people in lower case tells; "" for neither."""
    return "he" if noun in _MEN else "she" if noun in _WOMEN or noun.endswith("woman") else ""


# Whom gossip pages call by one another's nouns, and whom one calls a politician where no more is told of them.
_CONFIDANTS = frozenset({"buddy", "confidant", "confidante", "friend", "insider", "mole", "pal", "spy", "tipster"})
_POLITICIANS = frozenset({"politician", "lawmaker", "legislator", "parliamentarian", "mp"})
_IN_POLITICS = _POLITICIANS | {"member", "deputy", "figure", "leader", "representative", "backbencher", "whip"}


def can_be_called(source: DraftSource, noun: str) -> bool:
    """Whether an unnamed source can be "the" noun: "a surgeon" is the doctor and the source, but not the mayor.

    Whoever speaks for a state is "the official"; so is a source or a person of whom nothing tells where they belong.
    """
    if source.type is not SourceType.PERSON:
        any_body = _BUSINESSES if source.affiliation is Affiliation.CORPORATE else _BODIES
        return noun == source.head or noun in any_body or noun in wider(source.head)
    if noun == "official" and source.head in UNNAMED and source.affiliation is Affiliation.UNKNOWN:
        return True
    if noun == "official" and source.affiliation in OF_THE_STATE:
        return True
    if noun in _CONFIDANTS and source.head in _CONFIDANTS | UNNAMED:
        return True
    if noun in _POLITICIANS and source.head in _IN_POLITICS and source.affiliation in {"politics", "government"}:
        return True
    return noun in {source.head, *UNNAMED, *wider(source.head)} or noun.endswith("-year-old")


_COMPATRIOT = re.compile(
    r"(?:Dutch|English|French|Irish|Scots|Welsh)(?:wo)?man|Briton|Spaniard|Swede|Dane|Finn|Pole|Turk|Scot|Serb|Croat"
)


def is_compatriot(head: Token) -> bool:
    """ "the Uruguayan" is one person; "the Chinese" and "the British" are a nation, "the Iranian minister" is none."""
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    alone = following is None or following.pos_ not in {"NOUN", "PROPN", "ADJ"}
    one = head.text[:1].isupper() and not head.lower_.endswith(("s", "ese", "ch", "sh"))
    return alone and (
        (one and head.lower_ in lexicon.table("demonyms")) or _COMPATRIOT.fullmatch(head.text) is not None
    )


def part_of(count: str, group: str) -> str:
    """What one of a group is called (decision 11 of the codebook): "one of two agents", "another of the agents"."""
    first, _, rest = group.partition(" ")
    if rest and (first.lower() in NUMBERS or first.isdigit()):
        return f"{count} of {first.lower()} {rest}"
    return f"{count} of {group}" if first == "the" else f"{count} of the {group}"


def is_survey_office(words: str) -> bool:
    """ "the British Geological Survey": a body that surveys a country, and no survey."""
    return words.endswith("Geological Survey")


def country_of(word: str) -> str:
    """The country of an adjective, or the word itself."""
    return lexicon.table("demonyms").get(word.lower(), (word,))[0]


def wider(noun: str) -> tuple[str, ...]:
    """The nouns that mean the same as a noun or more, as far as WordNet has them."""
    return lexicon.table("noun_kinds").get(noun, ())[1:]


def _kind_of_noun(head: Token) -> str:
    """The type of source that a noun in small letters is by its usual meaning; "" where that tells none."""
    if not head.text.islower():
        return ""
    # Tagged as an adjective, "hotelier" has the lemma "hoteli".
    forms = (head.lemma_, head.text, head.lemma_.removesuffix("s"))
    found = next((row for form in forms if (row := lexicon.table("noun_kinds").get(form))), None)
    return found[0] if found else "person" if head.lemma_.endswith(_PERSON_ENDINGS) else ""


def bare_body(words: str) -> str:
    """The name of a body without its article, possessive ending and what goes on behind: "accused the Hospital of"."""
    return POSSESSIVE.sub("", re.sub(r"^(?:the|The)\s+|\s(?:of|for)$", "", " ".join(words.split())))


def is_coordination(tokens: Span) -> bool:
    """ "Grassley and Leahy", "American and Ukrainian officials"; not "Department of Health and Safety"."""
    root = tokens.root
    joined = [t for t in tokens if t.dep_ == "conj" and t.head.i == root.i]
    if not joined or _is_second_role(root, joined[0]):
        return False
    # "Calderwick Fire and Rescue Service" is one name: capitals throughout, and a body's noun at its end.
    last = tokens[-1]
    entry = lexicon.table("nouns").get(last.lower_, ("",))
    one_name = all(t.text[0].isupper() or t.lower_ in {"and", "&", "the", "of"} for t in tokens)
    one_body = any(ent.start <= joined[0].i < ent.end and ent.start <= root.i for ent in entities_in(tokens))
    return not (one_body or (one_name and entry[0] == "organization"))


def _is_second_role(person: Token, joined: Token) -> bool:
    """ "Ana Roth, head of the council and a member of the party" is one; "Ana Roth, a nurse, and a doctor" are two."""
    after = person.nbor(1) if person.i + 1 < len(person.doc) else None
    begin = joined.left_edge.i - 1
    one = joined.pos_ == "NOUN" and any(t.lower_ in {"a", "an"} for t in joined.lefts)
    told = after is not None and after.text == "," and person.pos_ == "PROPN" and begin > person.i + 1
    return one and told and person.doc[begin].lower_ == "and" and person.doc[begin - 1].text != ","


def has_title(words: str) -> bool:
    """Whether a title stands among the words."""
    return any(word in title_words() for word in words.split())


def owner_of(tokens: Span, head: Token) -> str:
    """Who a source belongs to: "Axios" of "Axios sources", "the publication" of "the publication's interlocutors"."""
    for child in head.lefts:
        if child.dep_ == "poss":
            if child.pos_ == "PRON":
                return child.text
            words = child.doc[child.left_edge.i : child.i + 1].text
            return POSSESSIVE.sub("", words)
    for child in head.rights:
        if child.lower_ == "of" and child.i == head.i + 1 and noun_entry(head)[0] == "person":
            inner = next((t for t in child.children if t.dep_ == "pobj"), None)
            if inner is not None and noun_entry(inner)[0] == "media" and inner.i < tokens.end:
                return inner.doc[inner.left_edge.i : inner.i + 1].text
    compound = [t for t in head.lefts if t.dep_ in {"compound", "nmod", "amod"} and t.pos_ == "PROPN"]
    compound = [t for t in compound if not any(c.dep_ == "cc" for c in t.children)]  # "Lee and party leaders"
    if compound and head.ent_type_ != "PERSON":
        words = head.doc[compound[0].left_edge.i : compound[-1].i + 1].text
        if is_outlet(words) or compound[-1].ent_type_ == "PERSON":
            return words
    before = re.sub(r"^(?:the|one|two|three|several|some|many)\s+", "", tokens.doc[tokens.start : head.i].text)
    return before if head.i > tokens.start and is_outlet(before) else ""


def singular_if_one(words: str, mention: Mention) -> str:
    """The noun of a mention with its adjectives, in the singular for one of several."""
    lemma = mention.head.lemma_.lower()
    one = re.match(r"(?:one|a|another)\b", words.lower()) is not None
    kinds = {"amod", "nummod", "compound"}
    kept = [
        mention.head.doc[t.left_edge.i : t.i + 1].text  # "foreign" of "foreign policy chief"
        for t in mention.head.lefts
        if t.dep_ in kinds and t.text not in mention.owner
    ]
    return " ".join([*kept, lemma if one else mention.head.text])


def is_singular_body(mention: Mention) -> bool:
    """ "the army", "the court": an organisation keeps its article, as in the codebook's names."""
    entry = lexicon.table("nouns").get(mention.head.lemma_.lower())
    return mention.definite and entry is not None and entry[0] == "organization" and len(mention.text.split()) == 2


def identifies(mention: Mention) -> bool:
    """A definite office ("the mayor", "the local health secretary") has one holder whom the reader can find."""
    words = mention.text.lower()
    # "Britain's defence secretary" is the one that Britain has.
    owned = any(t.dep_ == "poss" and t.pos_ == "PROPN" for t in mention.head.lefts) and not mention.plural
    return (mention.definite or owned) and any(
        re.search(rf"\b{re.escape(o)}\b", words) for o in lexicon.phrases("offices")
    )


def count_of(words: str, *, plural: bool) -> int | None:
    """How many people a mention speaks of, as far as it says so; 1 for a singular."""
    lowered = words.lower()
    if match := _COUNTED.match(lowered):
        return NUMBERS[match[1]]
    if match := _NUMBERED.match(lowered):
        return int(match[1])
    return None if plural else 1


_COUNTED = re.compile(
    rf"(?:at least |about |some |the |these |another )?({'|'.join(sorted(NUMBERS, key=len, reverse=True))})\b"
)
_NUMBERED = re.compile(r"(?:at least |about |some |the )?(\d{1,3})\s")
