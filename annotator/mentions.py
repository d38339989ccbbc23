"""The words of a source: the name, description or pronoun that a mention is, and what they tell of who it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from annotator import lexicon
from annotator.draft import Offsets
from annotator.names import POSSESSIVE, bare_name, is_title, title_words
from annotator.outlets import is_outlet

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
_QUANTITIES = frozenset({"one", "some", "many", "several", "most", "two", "three", "both", "number", "majority"})
_NUMBER_OF_PEOPLE = frozenset(
    {"group", "array", "handful", "couple", "host", "crowd", "dozens", "scores", "pair", "trio"}
)
COURTESY = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Sir", "Dame"})
# Endings of nouns for people; what else ends so and speaks in the news stands in the list of nouns.
_PERSON_ENDING = re.compile(r"(?:[^aeiou]er|eer|[st]or|ist|ian|man|woman|ant|ee|holder|goer)$")


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
    if head.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"}:
        nouns = [t for t in tokens if t.pos_ in {"NOUN", "PROPN"}]
        return nouns[0] if nouns else head
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


def person_in(tokens: Span) -> str:
    """The person that a mention names: "speaker of the parliament Ali Larijani", not "a spokesman for Ali Larijani"."""
    for ent in entities_in(tokens):
        first = ent.start
        while first > tokens.start and (is_title(tokens.doc[first - 1].text) or tokens.doc[first - 1].pos_ == "DET"):
            first -= 1  # "advisers to Mr. Obama", "a memo reviewed by the Ledger"
        before = tokens.doc[first - 1] if first > tokens.start else None
        after = ent[-1].nbor(1) if ent.end < len(tokens.doc) else None
        owned = after is not None and after.tag_ == "POS" and ent.end < tokens.end
        if ent.label_ != "PERSON" or owned or (before is not None and before.pos_ == "ADP"):
            continue
        if ent.end == tokens.end or (after is not None and after.text in {",", "(", "-", "—"}) or tokens.root in ent:
            name = bare_name(ent.text)
            if not is_outlet(name) and name not in lexicon.phrases("states"):
                return name
    return ""


def titled_name(tokens: Span) -> str:
    """ "Dr Duale", "Mr. Lee": whatever else the words may be, that is a person."""
    return bare_name(tokens.text) if titled_words(tokens.text) else ""


def titled_words(name: str) -> bool:
    """Whether words are a courtesy title and a name: "Mr. Lee"."""
    words = name.split()
    return len(words) > 1 and words[0].rstrip(".") in COURTESY and all(word[0].isupper() for word in words)


def person_at_end(tokens: Span) -> str:
    """One person with their titles before: "Retired FBI agent and terrorism specialist Ali Soufan"."""
    people = [ent for ent in entities_in(tokens) if ent.label_ == "PERSON"]
    if len(people) != 1 or people[0].end != tokens.end or people[0].start == tokens.start:
        return ""
    before = people[0][0].nbor(-1)
    nouns = [t.lemma_.lower() for t in tokens.doc[tokens.start : people[0].start] if t.pos_ == "NOUN"]
    titled = bool(nouns) and nouns[-1] == before.lemma_.lower() and noun_entry(before)[0] in {"person", ""}
    return bare_name(people[0].text) if titled and before.dep_ != "prep" else ""


def is_plural_person(head: Token) -> bool:
    """ "Scholars have long debated", where the tagger takes the first word for a name."""
    one = head.lower_.removesuffix("s")
    return one != head.lower_ and lexicon.table("nouns").get(one, ("",))[0] == "person"


def noun_entry(head: Token) -> tuple[str, ...]:
    """Type and affiliation of a head noun; taggers leave the plural in "Democrats"."""
    nouns = lexicon.table("nouns")
    lowered = head.lower_
    before = head.doc[head.i - 1].lower_ if head.i else ""
    return (
        nouns.get(f"{before} {lowered}")
        or nouns.get(f"{before} {lowered.removesuffix('s')}")
        or nouns.get(lowered)
        or nouns.get(head.lemma_.lower())
        or nouns.get(lowered.removesuffix("s"))
        or (
            ("person", "unknown")
            if head.text.islower() and _PERSON_ENDING.search(head.lemma_.lower())
            else ("", "unknown")
        )
    )


def outlet_at_end(tokens: Span) -> str:
    """The outlet in "news broadcaster NRK", "state press agency PAP"."""
    name = next(
        (n for n in range(tokens.start, tokens.end) if tokens.doc[n].text[0].isupper() and n > tokens.start), None
    )
    if name is None or not tokens.doc[name : tokens.end].text.replace(" ", "").isalnum():
        return ""
    noun = tokens.doc[name - 1]
    is_media = noun.text.islower() and (noun_entry(noun)[0] == "media" or noun.lower_ in {"agency", "broadcaster"})
    return tokens.doc[name : tokens.end].text if is_media else ""


def bare_body(words: str) -> str:
    """The name of a body without its article and possessive ending."""
    return POSSESSIVE.sub("", re.sub(r"^(?:the|The)\s+", "", " ".join(words.split())))


def whole_name(tokens: Span) -> str:
    """A body's name of any length: capitals throughout and the noun of a body at its end."""
    words = [t for t in tokens if t.i > tokens.start or t.lower_ not in {"the", "a"}]
    capitals = all(t.text[0].isupper() or t.lower_ in {"and", "&", "of", "for", "the"} for t in words)
    entry = lexicon.table("nouns").get(words[-1].lower_, ("",)) if words else ("",)
    if len(words) < 3 or not capitals or entry[0] != "organization":
        return ""
    return tokens.doc[words[0].i : words[-1].i + 1].text


def body_in(tokens: Span, head: Token) -> str:
    """The organisation or country that a mention names, as far as the entity recogniser marks it."""
    for ent in entities_in(tokens):
        if ent.label_ in {"ORG", "GPE"} and head in ent and ent.text[0].isupper() | ent.text.startswith("the "):
            if len(ent) == 1 and ent.start > tokens.start and ent[0].nbor(-1).pos_ == "PROPN":
                return ""
            return POSSESSIVE.sub("", " ".join(ent.text.split()))
    return ""


def is_coordination(tokens: Span) -> bool:
    """ "Grassley and Leahy", "American and Ukrainian officials"; not "Department of Health and Safety"."""
    root = tokens.root
    joined = [t for t in tokens if t.dep_ == "conj" and t.head.i == root.i]
    if not joined:
        return False
    # "Calderwick Fire and Rescue Service" is one name: capitals throughout, and a body's noun at its end.
    last = tokens[-1]
    entry = lexicon.table("nouns").get(last.lower_, ("",))
    one_name = all(t.text[0].isupper() or t.lower_ in {"and", "&", "the", "of"} for t in tokens)
    one_body = any(ent.start <= joined[0].i < ent.end and ent.start <= root.i for ent in entities_in(tokens))
    return not (one_body or (one_name and entry[0] == "organization"))


def joins_name(token: Token, head: Token) -> bool:
    """Whether a token before a name's head is part of the name: "van" in "Ann van Dyck"."""
    if token.text in "-’'" or token.lower_ in {
        "al",
        "bin",
        "ibn",
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "le",
        "du",
        "el",
    }:
        return token.is_punct is False or token.text == "-"
    return (
        (token.pos_ == "PROPN" and token.dep_ in {"compound", "flat", "amod", "nmod"})
        or (token.text in {"of", "for", "&"} and head.ent_type_ == token.ent_type_ == "ORG")
        or (
            token.ent_type_ == head.ent_type_
            and token.ent_type_ in {"PERSON", "ORG", "GPE"}
            and token.ent_iob_ != "O"
            and head.ent_iob_ == "I"
        )
    )


def continues_name(token: Token, tokens: Span) -> bool:
    """Whether a token after a name's head is part of the name: "of Justice"."""
    following = token.nbor(1) if token.i + 1 < tokens.end else None
    if token.pos_ == "PROPN" and token.dep_ not in {"appos", "conj"}:
        return True
    if token.lower_ in {"of", "for", "to", "in"} and following is not None and token.head.pos_ == "PROPN":
        return following.pos_ == "PROPN" or following.lower_ == "the"
    return token.lower_ == "the" and token.i > tokens.start and token.nbor(-1).lower_ in {"of", "for", "in"}


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
    if compound:
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
    kept = [t.text for t in mention.head.lefts if t.dep_ in kinds and t.text not in mention.owner]
    return " ".join([*kept, lemma if one else mention.head.text])


def in_singular(words: str, mention: Mention) -> str:
    """ "one of the residents" is a resident."""
    head = re.escape(mention.head.text)
    one = "person" if mention.head.lower_ == "people" else mention.head.lemma_
    return re.sub(rf"\b{head}\b", one, words, count=1)


def is_singular_body(mention: Mention) -> bool:
    """ "the army", "the court": an organisation keeps its article, as in the codebook's names."""
    entry = lexicon.table("nouns").get(mention.head.lemma_.lower())
    return mention.definite and entry is not None and entry[0] == "organization" and len(mention.text.split()) == 2


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
