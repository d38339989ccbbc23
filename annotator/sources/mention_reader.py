"""Reading a mention: whether it is a pronoun, a quantifier, a name or a description, and which name it is headed by.

"Retired FBI agent Ali Soufan" is a name, "a spokesman for Ali Larijani" a description, "one of them" a quantifier.
"""

import re

from spacy.tokens import Span, Token

from annotator.draft import Draft, Offsets, offsets_of
from annotator.language import lexicon
from annotator.language.outlets import is_known, is_outlet, outlet_in
from annotator.sources.full_names import MAX_NAME_WORDS, places_of
from annotator.sources.mentions import (
    COURTESY,
    FIRST_PERSON,
    NEUTER,
    PLURAL,
    RELATIVE,
    SINGULAR,
    Mention,
    bare_body,
    entities_in,
    head_of,
    is_coordination,
    is_plural_person,
    is_survey_office,
    noun_entry,
    owner_of,
    titled_words,
)
from annotator.sources.titles import CAPITAL, POSSESSIVE, bare_name, behind_letters, is_title

_PRONOUNS = SINGULAR | PLURAL | NEUTER | RELATIVE | FIRST_PERSON | {"you", "his", "their", "its", "himself", "herself"}
_QUANTIFIERS = frozenset(
    {
        "some",
        "others",
        "many",
        "several",
        "most",
        "few",
        "all",
        "everyone",
        "everybody",
        "someone",
        "somebody",
        "nobody",
        "anyone",
        "no one",
        "anyone’s",
        "anyone's",
        "people",
        "those",
        "one",
    }
)
_COLLECTIVE = frozenset({"police", "media", "people", "percent", "%"})
OF_THEM = re.compile(
    r"(?P<count>one|two|three|four|five|six|some|several|many|most|both|another) of "
    r"(?:them|whom|these|the (?:pair|two|three|four|five|six|seven|eight|nine|ten|dozen|trio|quartet|group))|"
    r"another(?: one)?",
    re.IGNORECASE,
)
PARTITIVE = re.compile(
    r"(?P<count>another(?: one)?|one|two|three|four|five|six|some|several|many|most|both) of "
    r"(?:the|those|these|its|their|his|her)\s+",
    re.IGNORECASE,
)


def read_mention(draft: Draft, span: Offsets) -> Mention:
    """What the words at a place in the text are, with the name in them or what a description says."""
    tokens = draft.tokens(span)
    words = draft.words(span)
    head = head_of(tokens)
    nation = re.sub(r"^[Tt]he (\w+)s$", r"\1", words)
    if nation[:1].isupper() and (country := _nation(draft, nation, words)):
        return Mention(span, words, head, "name", name=country)  # "Russian claims that ...", "the Saudis"
    if is_known(words):
        return Mention(span, words, head, "name", name=words)  # "told Axios", which the tagger may not know
    lowered = words.lower().strip()
    if lowered in _QUANTIFIERS or OF_THEM.fullmatch(lowered):
        return Mention(span, words, head, "quantifier")
    if lowered in _PRONOUNS or (len(tokens) == 1 and tokens[0].pos_ == "PRON"):
        return Mention(span, words, head, "pronoun")
    name = "" if _names_some_of_many(tokens, head) else _initials(draft, words) or _name_in(draft, tokens, head)
    name = name or _self_named(draft, span)
    if name:
        return Mention(span, words, head, "name", name=_cased(draft, span, name))
    modifiers = frozenset(
        t.lemma_.lower() for t in head.lefts if t.dep_ in {"amod", "compound", "nummod", "poss", "nmod"}
    ) | frozenset(t.lower_ for t in head.lefts if t.ent_type_ in {"NORP", "GPE", "ORG"})
    plural = head.tag_ in {"NNS", "NNPS"} or head.lower_ in _COLLECTIVE or is_plural_person(head)
    determined = [t.lower_ for t in head.lefts if t.dep_ in {"det", "poss", "nummod"}]
    # A headline drops the article: "says minister" is the minister.
    definite = any(word in {"the", "this", "that", "these", "those"} for word in determined) or (
        not determined and not plural and head.lemma_.lower() in lexicon.words("offices")
    )
    if partitive := PARTITIVE.match(words):
        definite, plural = False, partitive["count"].lower().split()[0] not in {"one", "another"}
    return Mention(
        span,
        words,
        head,
        "description",
        owner=owner_of(tokens, head),
        definite=definite,
        plural=plural,
        modifiers=modifiers,
    )


_LABELLED = re.compile(r"(?:, [^:\n]{2,60})?(?: \([^)\n]{1,40}\))?:")


def _cased(draft: Draft, span: Offsets, name: str) -> str:
    """The name of a transcript's label as it is written elsewhere: "MOSES TEMBO:" is Moses Tembo."""
    if not name.isupper() or len(name) < 4 or _LABELLED.match(draft.text, span[1]) is None:
        return name
    ends = [place + len(name) for place in places_of(draft.text, name)] if " " not in name else []
    if any(_LABELLED.match(draft.text, end) is None for end in ends):
        return name  # a body's letters
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)


def _nation(draft: Draft, nation: str, words: str) -> str:
    """The country of an adjective; of its people only where the article names the country: "the Saudis say"."""
    country = lexicon.table("demonyms").get(nation.lower(), ("",))[0]
    return country if nation == words or country in draft.text else ""


def _name_in(draft: Draft, tokens: Span, head: Token) -> str:
    """The proper name that a noun phrase is headed by, its own or that of its appositive."""
    for find in (
        _abbreviated,
        _listed_bodies,
        _described_person,
        _titled_name,
        _after_office,
        _after_letters,
        _person_at_end,
        outlet_at_end,
        _beside_kind,
    ):
        if name := find(tokens):
            return name
    if is_coordination(tokens) or _are_several(head):
        return ""  # "Grassley and Leahy", "many African-Americans"
    lemma = head.lemma_.lower()
    if handle := re.search(r"@\w+", tokens.text):
        return handle.group()
    if whole := _whole_name(tokens):
        return whole
    entry = noun_entry(head)
    if person := _person_in(tokens):
        return person
    if (entry[0] == "media" or lemma == "agency") and (outlet := outlet_in(tokens.text)):
        return outlet
    is_office = is_survey_office(tokens.text)
    if entry[0] in {"person", "document"} and not is_office and head.dep_ != "compound" and not is_outlet(tokens.text):
        return _named_appositive(draft, tokens, head)
    if body := _body_in(tokens, head):
        return name_around(draft, tokens, head) if body.split()[0] == "Office" else body
    if head.text[0].isupper() and not entry[0] and _is_capitalised_name(draft, tokens, head):
        return name_around(draft, tokens, head)
    if head.pos_ == "PROPN" or (head.ent_type_ in {"PERSON", "ORG", "GPE"} and head.text[:1].isupper()):
        name = name_around(draft, tokens, head)
        is_common = len(tokens) == 1 or head.tag_ in {"NNS", "NNPS"} or name.islower()  # "Russia's foreign ministry"
        is_common |= entry[0] == "media" and name == head.text  # "Iranian state TV"
        return "" if entry[0] and is_common and not is_office else name
    return _named_appositive(draft, tokens, head)


_BODY = rf"{CAPITAL}(?: (?:(?:of|for) )?{CAPITAL})*"
# "the High Commissioner for Refugees (HCR)", "The trade body, Society of Ferry Makers (SFM)"
_WITH_LETTERS = re.compile(
    rf"(?:[Tt]he (?:[a-z ]+, (?:the )?)?)?(?P<name>{CAPITAL}(?:[ -](?:(?:the|of|for|on|in|and|to|&) )*{CAPITAL})+) "
    r"\((?P<letters>[A-Z][A-Za-z]{1,9})\)?"
)


def _initials(draft: Draft, words: str) -> str:
    """Letters that the text has in brackets behind a name, words of English or not: "CAN", "WHO"."""
    letters = words.removeprefix("the ").removeprefix("The ")
    return letters if letters in draft.spelled else ""


def _abbreviated(tokens: Span) -> str:
    """A body by its own letters behind it, whatever its last noun is: "the High Commissioner for Refugees (HCR)"."""
    found = _WITH_LETTERS.fullmatch(" ".join(tokens.text.split()))
    if found is None:
        return ""
    capitals = re.sub(r"[^A-Z]", "", found["name"])
    return found["name"] if _is_within(found["letters"].upper(), capitals) else ""


_LISTED = re.compile(rf"(?:[Tt]he )?{_BODY}(?:, (?:the )?{_BODY})+,? and (?:the )?{_BODY}")


def _listed_bodies(tokens: Span) -> str:
    """Three bodies or more that speak together: "the Greens, Free Norvia and the Farmers' League"."""
    words = " ".join(tokens.text.split())
    if _LISTED.fullmatch(words) is None:
        return ""
    marked = [ent.text for ent in entities_in(tokens) if ent.label_ in {"ORG", "NORP"}]
    parts = re.split(r",? and |, ", words)
    bodies = [part for part in parts if part in marked or re.match("[Tt]he ", part) or _ends_as_a_body(part)]
    names = [re.sub(r"^[Tt]he ", "", part) for part in parts]
    people = any(is_title(name.split()[0]) for name in names)
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(bodies) > 1 and not people else ""


def _ends_as_a_body(name: str) -> bool:
    return lexicon.noun_type(name.split()[-1].lower()) == "organization"


def _is_within(letters: str, capitals: str) -> bool:
    """Whether letters stand among others in their order."""
    others = iter(capitals)
    return all(letter in others for letter in letters)


def _names_some_of_many(tokens: Span, head: Token) -> bool:
    """ "Several leaders, including Sen. Moor": those who are named are only some of them."""
    behind = tokens.doc[head.i + 1 : tokens.end].text
    return head.tag_ == "NNS" and re.search(r"(?:^|, )(?:including|such as|led by) ", behind) is not None


# "Ann Moor, Elsund Republican and a lead author of the bill"
_TWO_ROLES = re.compile(r"(?P<one>[^,]+), (?:[\w.’'-]+ ){0,3}(?:Republican|Democrat|[a-z]+) and (?:an?|the) [a-z][^,]*")


def _described_person(tokens: Span) -> str:
    """ "Ann Moor, senior director of policy at the Harbour Council, and a member of its board": one person."""
    if (both := _TWO_ROLES.fullmatch(" ".join(tokens.text.split()))) and noun_entry(tokens[-1])[0] != "organization":
        people = [ent for ent in entities_in(tokens) if ent.label_ == "PERSON"]
        return bare_name(people[0].text) if len(people) == 1 and both["one"].endswith(people[0].text) else ""
    first = next(entities_in(tokens), None)
    if first is None or first.label_ != "PERSON" or first.start != tokens.start or tokens.end - first.end < 3:
        return ""
    comma, after = tokens.doc[first.end], tokens.doc[first.end + 1]
    role = next((t for t in tokens.doc[first.end + 1 : tokens.end] if t.pos_ in {"NOUN", "PROPN"}), None)
    told = comma.text == "," and after.text.islower() and after.lower_ not in {"and", "including", "like"}
    one = role is not None and role.tag_ != "NNS" and noun_entry(role)[0] == "person"
    return bare_name(first.text) if told and one and len(first) > 1 else ""


def _titled_name(tokens: Span) -> str:
    """ "Dr Duale", "Mr. Lee": whatever else the words may be, that is a person."""
    return bare_name(tokens.text) if titled_words(tokens.text) else ""


def _person_at_end(tokens: Span) -> str:
    """One person with their titles before: "Retired FBI agent and terrorism specialist Ali Soufan"."""
    people = [ent for ent in entities_in(tokens) if ent.label_ == "PERSON"]
    if len(people) != 1 or people[0].end != tokens.end or people[0].start == tokens.start:
        return ""
    first = people[0].start
    while first - 1 > tokens.start and tokens.doc[first - 1].text.rstrip(".") in COURTESY:
        first -= 1  # "former minister Sir Bo Lee"
    before = tokens.doc[first - 1]
    if _of_document(tokens, people[0].start) or _is_anothers(tokens, people[0]) or _is_near(tokens, first):
        return ""
    told = noun_entry(before)[0] == "person"  # "retired general", an adjective to the tagger
    nouns = [t.lemma_.lower() for t in tokens.doc[tokens.start : first] if t.pos_ == "NOUN" or (told and t == before)]
    titled = bool(nouns) and nouns[-1] == before.lemma_.lower() and noun_entry(before)[0] in {"person", ""}
    titled = titled and before.dep_ != "prep"
    named = people[0].text if len(people[0].text) > 1 else tokens.doc[first - 1 : tokens.end].text  # "Soldier F"
    return bare_name(named) if titled or _is_of_an_office(tokens, before) else ""


def _of_document(tokens: Span, person: int) -> bool:
    """Whether a person is named only to tell of a document: "a briefing note prepared for then-minister Guy Lindt"."""
    before = tokens.doc[tokens.start : person]
    document = next((n for n, t in enumerate(before) if t.pos_ == "NOUN" and noun_entry(t)[0] == "document"), None)
    return document is not None and any(t.pos_ == "ADP" for t in before[document:])


def _is_anothers(tokens: Span, person: Span) -> bool:
    """ "The family of the hostage Ann Moor", "parents of Bo Lee": others speak, of whom a noun for a group tells."""
    link = person.root.head
    whose = link.head if person.root.dep_ == "pobj" and link.lower_ == "of" else None
    if whose is None or whose.i < tokens.start:
        return False
    kind = noun_entry(whose)[0]
    return kind == "group" or (kind == "person" and whose.tag_ == "NNS")  # "Leader of the Opposition Ann Moor"


def _is_near(tokens: Span, person: int) -> bool:
    """ "A source close to President Ann Moor", "an aide to Mayor Bo Lee": who is named is not who speaks."""
    while person > tokens.start and is_title(tokens.doc[person - 1].text) and tokens.doc[person - 1].text[0].isupper():
        person -= 1
    return person > tokens.start and tokens.doc[person - 1].lower_ == "to"


def _is_of_an_office(tokens: Span, last: Token) -> bool:
    """Whether a place or a body ends an office: "China's ambassador to Britain" before "Liu Xiaming"."""
    first = last
    while first.i > tokens.start and first.ent_iob_ == "I":
        first = first.nbor(-1)
    if last.ent_type_ not in {"GPE", "LOC", "ORG", "FAC"} or first.i - tokens.start < 2:
        return False
    before = first.nbor(-1)
    return before.pos_ == "ADP" and before.head.i >= tokens.start and noun_entry(before.head)[0] == "person"


def _after_office(tokens: Span) -> str:
    """A person whom no recogniser knows, after an office: "Director of Public Prosecution Eva-Marie Berg"."""
    run = tokens.end
    while run > tokens.start and (tokens.doc[run - 1].text[0].isupper() or tokens.doc[run - 1].text == "-"):
        run -= 1
    run -= run > tokens.start + 1 and tokens.doc[run - 1].lower_ == "the"
    office = tokens.doc[run - 1] if run > tokens.start else None
    if office is None or office.lower_ not in {"of", "for"} or noun_entry(office.head)[0] != "person":
        return ""
    nouns = lexicon.table("nouns")
    ends = [
        t.i
        for t in tokens.doc[run : tokens.end]
        if nouns.get(t.lower_, ("person",))[0] == "organization" or t.lower_ in _REGIONS
    ]
    name = tokens.doc[ends[-1] + 1 : tokens.end].text if ends else ""
    return name if 2 <= len(name.split()) <= MAX_NAME_WORDS else ""


def _after_letters(tokens: Span) -> str:
    """A person after an office's letters, whatever the recogniser makes of them: "Carlow-Kilkenny TD John Lee"."""
    words = tokens.text.split()
    name = behind_letters(words)
    return bare_name(" ".join(name)) if len(name) < len(words) else ""


_REGIONS = frozenset({"region", "oblast", "province", "county", "state", "district", "republic", "territory"})


def outlet_at_end(tokens: Span) -> str:
    """The outlet in "news broadcaster NRK", "state press agency PAP", "business daily Les Echos"."""
    capitals = (n for n in range(tokens.start + 1, tokens.end) if tokens.doc[n].text[0].isupper())
    name = next((n for n in capitals if _is_outlet_kind(tokens.doc[n - 1])), None)  # not "German" in "German daily X"
    if name is None or noun_entry(tokens.doc[name])[0] == "media":
        return ""  # "Iranian state TV"
    if not tokens.doc[name : tokens.end].text.replace(" ", "").isalnum():
        return ""
    if any(t.pos_ == "ADP" for t in tokens.doc[tokens.start : name]):
        return ""  # "a study published in the journal Harbour Science"
    return tokens.doc[name : tokens.end].text


def _is_outlet_kind(noun: Token) -> bool:
    return noun.text.islower() and (noun_entry(noun)[0] == "media" or noun.lower_ in _OUTLET_KINDS)


_OUTLET_KINDS = frozenset({"agency", "broadcaster", "daily", "weekly", "tabloid"})  # nouns, where a name follows
_CAPITALS = rf"{CAPITAL}(?: (?:(?:the|of|for|and|de|la|&) )*{CAPITAL})*"
_OUTLET_THEN_KIND = re.compile(
    rf"(?:[Tt]he )?(?:{CAPITAL}[’'ʼ]s? )?(?:[a-z][\w-]* )*"
    rf"(?!(?:The|An?|This|That|Its|His|Her|Their) )(?P<name>{_CAPITALS}) (?:state )?"
    r"(?:news ?agency|newspaper|magazine|broadcaster|daily|weekly|tabloid|news ?site|newswire|news ?service|website|"
    r"television|radio|TV channel|channel)"
)
_KIND = (
    r"(?:charity|(?:(?:campaign|advocacy|pressure|rights|lobby) )?group|think[ -]?tank|nonprofit|watchdog|"
    r"(?:trade )?union)"
)
_BODY_THEN_KIND = re.compile(rf"(?:[Tt]he )?(?P<name>(?!(?:The|An?) ){_CAPITALS}) {_KIND}")
# "Nurses for the Coast, an aid group"
KIND_APPOSED = re.compile(
    rf", (?:an?|the) (?:[\w’'-]+ ){{0,4}}?(?:{_KIND}|network|coalition|alliance)"
    r"(?:,|$| (?:based|in|of|for|that|which|with|representing|founded|campaigning)\b)"
)
# "Nurses without Borders", "Mothers Against Quarries"; "Lawyers for Moor" are nobody's name
_PEOPLE_FOR = re.compile(
    rf"(?:[Tt]he )?(?P<name>(?P<who>[A-Z][a-z]+s) (?:against|without|Against|For|Without) (?:the )?{_CAPITALS})"
    r"(?=,|$)"
)
_BODY_WITH_KIND = re.compile(rf"(?:[Tt]he )?(?P<name>{_CAPITALS})(?={KIND_APPOSED.pattern})")
_KIND_THEN_BODY = re.compile(rf"(?:(?:[Tt]he|[Aa]n?) )?(?:\S+ ){{0,4}}?(?P<noun>[a-z]+) (?P<name>{_CAPITALS})")
_KINDS = frozenset(
    {"charity", "group", "organisation", "organization", "party", "union", "watchdog", "nonprofit", "network", "giant"}
)


def _beside_kind(tokens: Span) -> str:
    """A name beside what it is, or known: "Japan's Kyodo news agency", "the charity Feed the Harbour"."""
    words = " ".join(tokens.text.split())
    if known := next((name for name in lexicon.phrases("bodies") if name in words), ""):
        return known
    if re.fullmatch(rf"{CAPITAL}-{CAPITAL}", words) and is_outlet(words):
        return words  # "RBC-Ukraine", which is two words to the parser
    outlet = _OUTLET_THEN_KIND.fullmatch(words)
    if outlet is not None and not outlet["name"].endswith((*_OF_A_NATION, "’s", "'s")):
        return outlet["name"]
    apposed = _BODY_WITH_KIND.match(words)
    if apposed is not None and apposed["name"].split()[0].lower() not in lexicon.table("first_names"):
        return apposed["name"]
    of_people = _PEOPLE_FOR.match(words)
    if of_people is not None and lexicon.table("noun_kinds").get(of_people["who"][:-1].lower(), ("",))[0] == "person":
        return of_people["name"]
    body = _BODY_THEN_KIND.fullmatch(words)
    whole = body is not None and (" " in body["name"] or words[:4].lower() == "the ")  # "Tory group" of a headline
    if body is not None and whole and not _tells_whose(body["name"].lower()):
        return body["name"]
    body = _KIND_THEN_BODY.fullmatch(words)
    return body["name"] if body is not None and body["noun"] in _KINDS else ""


def _tells_whose(word: str) -> bool:
    """Whether a word before a body's noun is no name: "the Tory group", "the French charity"."""
    return word in lexicon.table("demonyms") or word in lexicon.table("nouns") or word in lexicon.table("noun_kinds")


_OF_A_NATION = ("ian", "ish", "ese", "can", "State", "Local")  # "the Russian news agency" has no name


def _are_several(head: Token) -> bool:
    """ "African-Americans", "two voters, Ann Moor and Bo Lindt": no name of one."""
    counted = head.tag_ == "NNS" and any(t.dep_ == "appos" and list(t.conjuncts) for t in head.children)
    return counted or (head.ent_type_ == "NORP" and head.text.endswith("s"))


def _whole_name(tokens: Span) -> str:
    """A body's name of any length: capitals throughout and the noun of a body at its end."""
    words = [t for t in tokens if t.i > tokens.start or t.lower_ not in {"the", "a"}]
    capitals = all(t.text[0].isupper() or t.lower_ in {"and", "&", "of", "for", "the"} for t in words)
    entry = lexicon.table("nouns").get(words[-1].lower_, ("",)) if words else ("",)
    unknown = bool(words) and not any(t.ent_type_ in {"PERSON", "GPE", "NORP"} or is_title(t.text) for t in words)
    unknown &= words[-1].tag_ in {"NNP", "NNPS"} and not noun_entry(words[-1])[0] and not is_outlet(tokens.text)
    if len(words) < 3 or not capitals or not (entry[0] == "organization" or unknown):
        return ""
    if words[0].text.rstrip(".") in lexicon.entries("personal_titles"):
        of = next((n for n, t in enumerate(words) if t.lower_ in {"of", "for"}), 0)
        return bare_name(" ".join(t.text for t in words[:of])) if of > 1 else ""  # "Prof Ann Moor of Elsund University"
    return tokens.doc[words[0].i : words[-1].i + 1].text


def _person_in(tokens: Span) -> str:
    """The person that a mention names: "speaker of the parliament Ali Larijani", not "a spokesman for Ali Larijani"."""
    for ent in entities_in(tokens):
        first = ent.start
        while first > tokens.start and (is_title(tokens.doc[first - 1].text) or tokens.doc[first - 1].pos_ == "DET"):
            first -= 1  # "advisers to Mr. Obama", "a memo reviewed by the Ledger"
        before = tokens.doc[first - 1] if first > tokens.start else None
        after = ent[-1].nbor(1) if ent.end < len(tokens.doc) else None
        owned = after is not None and after.tag_ == "POS" and ent.end < tokens.end
        # "a spokesman for Ali Larijani", "a study in the journal Harbour Science"
        no_head = before is not None and (before.pos_ == "ADP" or noun_entry(before)[0] == "media")
        no_head |= _of_document(tokens, first) or _is_anothers(tokens, ent)
        if ent.label_ != "PERSON" or owned or no_head:
            continue
        if ent.end == tokens.end or (after is not None and after.text in {",", "(", "-", "—"}) or tokens.root in ent:
            name = bare_name(ent.text)
            if not is_outlet(name) and name not in lexicon.entries("states"):
                return name
    return ""


def _named_appositive(draft: Draft, tokens: Span, head: Token) -> str:
    appositive = next((t for t in head.children if t.dep_ == "appos" and t.pos_ == "PROPN" and t in tokens), None)
    if appositive is None or appositive.ent_type_ == "DATE":
        return called_name(draft, head)
    between = head.doc[head.i + 1 : appositive.left_edge.i]
    if noun_entry(head)[0] == "document" and any(t.pos_ == "ADP" for t in between):
        return ""  # "a study published in the journal Harbour Science", as the parser has it
    return name_around(draft, tokens, appositive)


def called_name(draft: Draft, head: Token) -> str:
    """ "The programme, called Harbour First,": the name that the text says something has."""
    if not any(child.dep_ == "det" and child.lower_ == "the" for child in head.children):
        return ""
    words = draft.text[offsets_of(head)[1] :]
    found = re.match(
        r",? (?:called|named|known as|dubbed) (?:the )?[“\"]?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*){0,4})", words
    )
    return found["name"] if found is not None else ""


_SELF_NAMED = re.compile(
    r",? who (?:[a-z]+ ){0,3}?(?:(?:give|gave) (?:his|her|their) name|(?:identified|introduced) (?:him|her|them)self|"
    r"to be (?:[a-z]+ )?(?:called|named|identified)(?: [a-z]+){0,2}?(?: by (?:his|her|their) (?:first|given) name)?)"
    rf"(?: only| simply| just)?(?: as)?,? (?P<name>{CAPITAL}(?: {CAPITAL})?)(?=[,. ])"
)


def _self_named(draft: Draft, span: Offsets) -> str:
    """ "a trader, who gave her name only as Amina": the name by which somebody wants to be called."""
    found = _SELF_NAMED.match(draft.text, span[1])
    return found["name"] if found is not None else ""


_OF_WHOM = frozenset({"people", "men", "women", "children"})


def _with_whose(ent: Span, begin: int) -> Span:
    """A body's name with its place or the plural that owns it: "Unity Party" of "the People's Unity Party"."""
    place = ent[0].nbor(-1) if ent.start - 1 == begin else None
    if place is not None and place.dep_ == "compound" and place.ent_type_ == "GPE" and len(ent) > 1:
        is_state = place.text.isupper() or place.text in lexicon.entries("states")
        return ent if is_state else ent.doc[begin : ent.end]  # "Tendring Shore District Council"
    owner = ent[0].nbor(-2) if ent.start - 2 >= begin else None
    if owner is None or not owner.text[0].isupper() or ent[0].nbor(-1).tag_ != "POS":
        return ent
    of_many = owner.lower_ in _OF_WHOM or (owner.lower_.endswith("s") and noun_entry(owner)[0] == "person")
    return ent.doc[owner.i : ent.end] if of_many and not is_title(owner.text) else ent


def _body_in(tokens: Span, head: Token) -> str:
    """The organisation or country that a mention names, as far as the entity recogniser marks it."""
    for ent in entities_in(tokens):
        if ent.label_ in {"ORG", "GPE"} and head in ent and ent.text[0].isupper() | ent.text.startswith("the "):
            if len(ent) == 1 and ent.start > tokens.start and ent[0].nbor(-1).pos_ == "PROPN":
                return ""
            if ent[-1].pos_ == "ADP":  # "the Supreme Court of", which goes on
                end = ent.end
                while end < tokens.end and tokens.doc[end].pos_ == "PROPN":
                    end += 1
                return bare_body(tokens.doc[ent.start : end].text)
            return POSSESSIVE.sub("", _without_trade(_with_post(_with_whose(ent, tokens.start), tokens.end)))
    return ""


_POSTS = frozenset({"delegation", "mission", "embassy", "consulate", "ambassador"})


def _with_post(ent: Span, end: int) -> Span:
    """A mission's name with the country where it is: "the EU Delegation" of "the EU Delegation to Georgia"."""
    if not any(token.lower_ in _POSTS for token in ent) or ent.end + 1 >= end or ent.doc[ent.end].lower_ not in _AT:
        return ent
    place = next(entities_in(ent.doc[ent.end + 1 : end]), None)
    return ent.doc[ent.start : place.end] if place is not None and place.start == ent.end + 1 else ent


_AT = frozenset({"to", "in"})
_TRADES = ("maker", "retailer", "insurer", "lender", "airline", "carrier", "startup", "manufacturer")


def _without_trade(ent: Span) -> str:
    """A body's name without what it does, where that begins the sentence: "Chipmaker Nvidia"."""
    words = ent.text.split()
    if len(words) > 1 and words[0].rstrip(".") in lexicon.entries("personal_titles"):
        return bare_name(ent.text)  # "Baroness Ann Moor", taken for a body
    does = len(words) > 1 and ent[0].is_sent_start and words[0].lower().endswith(_TRADES)
    return " ".join(words[does:])


def _is_capitalised_name(draft: Draft, tokens: Span, head: Token) -> bool:
    """An unknown capitalised word is a name where an appositive explains it, or it is capitalised mid-sentence."""
    if any(child.dep_ == "appos" for child in head.children) or head.i != tokens.start:
        return True
    if head.is_sent_start is not True:
        return True
    if re.fullmatch(r"[A-Z]\w*", head.text):
        return head.text in draft.capitals_within
    return re.search(rf"[a-z,] {re.escape(head.text)}\b", draft.text) is not None


def name_around(draft: Draft, tokens: Span, head: Token) -> str:
    """The whole name that a token is the head of, as far as it stands in `tokens`, without title and possessive."""
    first = head.i
    if head.text == "Office" and not any(t.dep_ == "compound" for t in head.lefts):
        # "U.S. Attorney's Office": whose it is, is its name.
        first = min((t.left_edge.i for t in head.lefts if t.dep_ == "poss" and t.pos_ == "PROPN"), default=first)
        first += first < head.i and head.doc[first].lower_ == "the"
    while first > tokens.start and _joins_name(head.doc[first - 1], head):
        first -= 1
    last = head.i
    while head.ent_type_ == "ORG" and first > tokens.start and head.doc[first].ent_iob_ == "I":
        first -= 1  # "the Elsund Dock Workers Association", a plural within
    while last + 1 < tokens.end and _continues_name(head.doc[last + 1], tokens):
        last += 1
    words = head.doc[first : last + 1].text
    words = draft.text[head.doc[first].idx : head.doc[last].idx + len(head.doc[last])] or words
    if head.text == "Office" and POSSESSIVE.search(words.partition(" Office")[0]):
        return words  # "Prime Minister's Office"
    return POSSESSIVE.sub("", bare_name(words))


def _joins_name(token: Token, head: Token) -> bool:
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
    if head.ent_type_ == "PERSON" and token.ent_type_ not in {"", "PERSON"}:
        return False  # "ambassador to Britain Liu Xiaming"
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


def _continues_name(token: Token, tokens: Span) -> bool:
    """Whether a token after a name's head is part of the name: "of Justice"."""
    following = token.nbor(1) if token.i + 1 < tokens.end else None
    if token.pos_ == "PROPN" and token.dep_ not in {"appos", "conj"}:
        return True
    if token.lower_ in {"of", "for", "to", "in"} and following is not None and token.head.pos_ == "PROPN":
        return following.pos_ == "PROPN" or following.lower_ == "the"
    return token.lower_ == "the" and token.i > tokens.start and token.nbor(-1).lower_ in {"of", "for", "in"}
