"""What somebody is by title or function, and which part of public life that belongs to."""

import re
from itertools import chain
from operator import itemgetter

from annotator.draft import Draft
from annotator.labels import Affiliation
from annotator.language import lexicon
from annotator.sources.mentions import Mention


def role_of(draft: Draft, mention: Mention, name: str) -> str | None:
    """Title or function beside the name: what stands before it, or its appositive."""
    words = draft.words(mention.span)
    surname = name.split()[-1] if name.split() else name
    before, _, after = words.partition(surname)
    first = name.split()[0] if name.split() else ""
    before = before.split(first)[0] if first and first in before else before
    before = re.sub(r"^(?:the|a|an|The|A|An|One|one)\s+", "", before).strip(" ,")
    after = after.strip(" ,")
    role = after if len(after.split()) > 1 else before
    return role if len(role) > 2 and role.lower() not in {"mr.", "mr", "ms.", "mrs.", "dr.", "dr", "sir"} else None


def role_head(role: str | None) -> str:
    """The noun for a person in a role: "minister" of "Minister for Health"."""
    if not role:
        return ""
    for word in role.lower().replace(",", " ").split():
        if lexicon.noun_type(word) == "person":
            return word
    return ""


_WORD = re.compile(r"[\w-]+")


@lexicon.remembered
def _affiliation_words() -> dict[str, list[tuple[int, str, re.Pattern[str], Affiliation]]]:
    """The entries of the list, numbered, by their first words: most words of a text begin none."""
    entries: dict[str, list[tuple[int, str, re.Pattern[str], Affiliation]]] = {}
    for n, (word, row) in enumerate(lexicon.table("affiliations").items()):
        # "WHO" and "UN" are words, too, in lower case.
        pattern = (
            re.compile(rf"(?<![\w-]){re.escape(word.upper())}(?![\w-])")
            if word in {"who", "un", "eu"}
            else re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE)
        )
        first = _WORD.search(word.lower())
        entries.setdefault(first.group() if first else "", []).append((n, word.lower(), pattern, Affiliation(row[0])))
    return entries


def affiliation_of(words: str) -> Affiliation | None:
    """The affiliation that the words of a name, title or description tell; None where they tell none."""
    if not words:
        return None
    lowered, entries = words.lower(), _affiliation_words()
    begun = entries.keys() & {"", *_WORD.findall(lowered)}
    for _, word, pattern, affiliation in sorted(
        chain.from_iterable(map(entries.__getitem__, begun)), key=itemgetter(0)
    ):
        if word in lowered and pattern.search(words):
            return affiliation
    return None


def words_around(text: str, name: str) -> str:
    """What stands before a name and in apposition after it, at its first full mention."""
    place = text.find(name)
    if place < 0:
        return ""
    before = re.split(r"(?<=[a-z]{4})\.\s|[,;:\n“”]", text[max(0, place - 50) : place])[-1]  # not at "Rep. "
    after = text[place + len(name) : place + len(name) + 90]
    apposition = re.match(r",\s+(?:the|a|an|who|chief|head|director)?\s*([^,.\n]{3,80})", after)
    return f"{before} {apposition[0] if apposition else ''}"
