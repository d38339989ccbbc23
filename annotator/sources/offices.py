"""Who is told by what the article says of them once: an office by letters ("the PM"), an age ("the 31-year-old")."""

import re

from annotator.language import lexicon
from annotator.sources.mentions import Mention, country_of
from annotator.sources.names import People

AROUND = 60  # characters beside a name in which its office stands
_CALLED = re.compile(r"(?:[Tt]he )?(?:(?P<whose>[A-Z][\w.-]*(?: [A-Z][\w.-]*)?)(?:[’'ʼ]s?)? )?(?P<letters>[A-Z]{2,4})")


def holder(text: str, people: People, mention: Mention) -> str:
    """The person whom the article names with the office that a mention's letters tell, "" for none.

    Of several it is the one who was named last before the mention.
    """
    called = _CALLED.fullmatch(" ".join(mention.text.split()))
    offices = lexicon.table("office_letters").get(called["letters"].lower(), ()) if called else ()
    if called is None or not offices:
        return ""
    office = rf"(?i:{'|'.join(map(re.escape, (*offices, called['letters'])))})"
    named = {
        place: name
        for place, name in people.places
        if (found := _beside(office, name).search(text, max(0, place - AROUND), place + len(name) + AROUND))
        if not _is_of_another(called["whose"], text[max(0, place - AROUND) : found.end()])
    }
    if len(set(named.values())) == 1:
        return next(iter(named.values()))
    return next((name for place, name in reversed(named.items()) if place < mention.span[0]), "")


_OF_WHOM = re.compile(
    r"(?:[Tt]he )?(?P<whose>[A-Z][\w.&’'-]*?(?: [A-Z][\w.-]*)?)(?:[’'ʼ]s?)? "
    r"(?P<role>chief|boss|head|mayor|governor|MP|ambassador|president|premier|senator|minister)"
)
_HEADS = (
    r"chief|boss|head|president|chairman|chairwoman|chair|director|executive|CEO|leader|administrator|commissioner|"
    r"secretary[- ]general"
)


def chief_of(text: str, people: People, words: str) -> str:
    """The one person whom the article introduces as the head of a body or place: "UN chief", "Elsund mayor".

    Who is called chief, boss or head may be introduced by another word for it: "the UN secretary general, Ann Moor".
    """
    called = _OF_WHOM.fullmatch(words)
    if called is None or lexicon.table("nouns").get(called["whose"].lower()):
        return ""  # "Police chief" of a headline: the chief of some police
    role = _HEADS if called["role"] in {"chief", "boss", "head"} else re.escape(called["role"])
    whose = re.escape(called["whose"])
    office = rf"(?:{whose}(?:[’'ʼ]s?)? (?:[\w-]+ )?(?i:{role})|(?i:{role}) (?:of|for|in) (?:the )?{whose})"
    found = {
        name
        for place, name in people.places
        if _beside(office, name).search(text, max(0, place - AROUND), place + len(name) + AROUND)
    }
    return found.pop() if len(found) == 1 else ""


_AGED = re.compile(r"(?:[Tt]he )(?:[\w’'-]+ ){0,2}?(?P<age>\d{1,3})-year-old\b")


def aged(text: str, people: People, mention: Mention) -> str:
    """The one person whose age a mention tells: "Ann Moor, 31, ... The 31-year-old", "" for none or several."""
    told = _AGED.match(mention.text)
    if told is None:
        return ""
    age = told["age"]
    found = set()
    for place, name in people.places:
        last = re.escape(name.split()[-1])
        behind = rf"{last},? (?:who is |aged )?\(?{age}\b(?!-)"
        before = rf"\b{age}-year-old (?:[\w’'-]+ ){{0,3}}{re.escape(name.split()[0])}\b"
        if re.compile(rf"{behind}|{before}").search(text, max(0, place - AROUND), place + len(name) + 20):
            found.add(name)
    return found.pop() if len(found) == 1 else ""


def _beside(office: str, name: str) -> re.Pattern[str]:
    """An office right before a name, or behind it in apposition."""
    first, last = re.escape(name.split()[0]), re.escape(name.split()[-1])
    told = rf"{last}(?: is|, who is|,) (?:the |an? )?(?:[A-Z][\w’'-]* ){{0,2}}{office}"
    return re.compile(rf"\b(?:{office},? (?:\w+\. )?(?:{first}|{last})|{told})\b")


def _is_of_another(whose: str | None, words: str) -> bool:
    """Whether the country told last before a name is another than the mention's: "French Prime Minister Luc Perrin"."""
    countries = [country for word in re.findall(r"[A-Z]\w+", words) if (country := _country(word))]
    return bool(whose and countries and _country(whose) and _country(whose) != countries[-1])


def _country(word: str) -> str:
    """The country of an adjective, or of its own name; "" for other words."""
    country = country_of(word)
    return country if country in lexicon.entries("states") else ""
