"""Who holds an office that is told by its letters: "the PM", a headline's "Italy PM"."""

import re

from annotator.language import lexicon
from annotator.sources.mentions import Mention
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
    country = lexicon.table("demonyms").get(word.lower(), (word,))[0]
    return country if country in lexicon.entries("states") else ""
