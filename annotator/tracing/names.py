"""Names as they are compared: without titles, accents and ways of transliteration."""

import re

from annotator.language.publisher import without_edition
from annotator.tracing.words import folded

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "president",
        "minister",
        "prime",
        "mayor",
        "senator",
        "sen",
        "rep",
        "governor",
        "gov",
        "judge",
        "justice",
        "general",
        "gen",
        "colonel",
        "captain",
        "chief",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "the",
    ]
)
_SPELLINGS = (
    (re.compile(r"\bab[dt][aeu]?[lr]?[ -]"), "abd "),
    (re.compile(r"oe|ö"), "o"),
    (re.compile(r"ae|ä"), "a"),
    (re.compile(r"ue|ü|ou"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"iy|yi|ij|ii|yy|y\b|y"), "i"),
    (re.compile(r"ks"), "x"),
    (re.compile(r"(.)\1+"), r"\1"),
)
SHORT = {
    "bill": "william", "will": "william", "bob": "robert", "rob": "robert", "joe": "joseph", "jim": "james",
    "mike": "michael", "tom": "thomas", "dan": "daniel", "dave": "david", "steve": "steven", "chris": "christopher",
    "tony": "anthony", "liz": "elizabeth", "kate": "katherine", "ben": "benjamin",
    "matt": "matthew", "nick": "nicholas",
    "alex": "alexander", "sam": "samuel", "ed": "edward", "ted": "edward", "ron": "ronald", "don": "donald",
    "greg": "gregory", "andy": "andrew", "jeff": "jeffrey", "pete": "peter", "sue": "susan", "maggie": "margaret",
}  # fmt: skip


def skeleton(name: str) -> str:
    """A name as it is compared.

    >>> skeleton("Dr. Abdel-Karim Stroem") == skeleton("Abdul Karim Ström")
    True
    """
    small = re.sub(r"['.]|\(.*?\)", "", folded(name))
    for pattern, spelling in _SPELLINGS:
        small = pattern.sub(spelling, small)
    words = re.findall(r"[^\W_]+", small)
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


def initials(name: str) -> str:
    """The acronym that a body's name would have: of its words with a capital."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper() and word != "The")


def outlet_key(name: str) -> str:
    """An outlet as it is compared.

    >>> outlet_key("The Velden Courier (London)") == outlet_key("Velden Courier")
    True
    """
    return re.sub(r"^the ", "", " ".join(re.findall(r"[^\W_]+", folded(without_edition(name)))))
