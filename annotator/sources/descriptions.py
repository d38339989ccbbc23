"""How a source without a name is put into words: "a person briefed on the talks", "Scott's family", "Ipsos poll".

The description is the name that the codebook gives an unnamed source, in the singular for one of several, without
articles and without what the text says of a document in passing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.draft import Draft, offsets_of
from annotator.labels import SourceType
from annotator.language import lexicon
from annotator.sources.mention_reader import PARTITIVE, name_around
from annotator.sources.mentions import (
    GENERIC_PEOPLE,
    NUMBERS,
    OWN,
    Mention,
    count_of,
    has_title,
    identifies,
    is_compatriot,
    is_coordination,
    is_singular_body,
    noun_entry,
    part_of,
    singular_if_one,
)
from annotator.sources.register import Register
from annotator.sources.titles import CAPITAL, POSSESSIVE, bare_name

MAX_STANDING_WORDS = 8  # of what makes a bare "person" worth hearing ("briefed on the talks")
# What a document's name does without: when it came out, and that it is new.
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?! \d{1,2}\b)(?: \d{4})?"
)
_PASSING = re.compile(
    rf"\b(?:(?-i:new|New(?= (?:[a-z]|Poll|Study|Report|Survey|Research)))|"
    rf"latest|recent|fresh|separate|exhaustive|civil|\w+-year-old|{_MONTH})\s+|"
    r"\s+(?:last|this|earlier this) (?:week|month|year)(?=\s+by\b|$)|"
    r"\s+(?:being\s+)?(?:published|released|conducted|carried out|issued|unveiled|posted|unsealed|seen by .+|"
    r"obtained by .+|corroborated|verified|supported)"
    r"(?:\s+(?:on|last|this|earlier)?\s*(?:\w+day|week|month|year))?(?=\s+(?:in|by)\b|$)",
    re.IGNORECASE,
)
# "the memo, dated Aug. 9", "a poll, which tracks ...": what is said of a document is no part of its name.
_AFTER_DOCUMENT = re.compile(
    r",\s+(?:which|who|whose|an?|the|in|on|from|near|dated|conducted|released|published|seen|filed)\b"
)
_ISSUED_BY = re.compile(
    r"^(?P<noun>.+?),?\s+(?:(?:filed|issued|commissioned|written|prepared|compiled|drafted|signed|sent|produced)\s+"
    r"(?:\w+\s+){0,2})?(?:by|(?<=(?:oll|ent)\s)from)\s+(?:the\s+)?(?P<issuer>[A-Z].+)$"
)
# A name of three words or more stays behind what its bearer made, as the text has it: "survey by Harbour Policy Lab"
_FOR_WHOM = re.compile(
    r"(?<!Center)(?<!Centre)(?<!Institute)(?<!Observatory)(?<!Agency)(?<!Foundation)(?<!Office)(?<!Council)"
    r"(?<!Commission)(?<!Committee)(?<!Network)(?<!Campaign)(?<!Association)(?<!Coalition)(?<!Alliance) for "
)
_BY_BODY = re.compile(r"(?:[a-z][\w-]* )*[a-z]\w*(?<!ed)(?<!en),? by (?:the )?[A-Z][^\s,]* [^\s,]+ [^,]+,?")
# "reports received by Amnesty", "a memo seen by the Ledger": who has a document has not made it.
_HELD_BY = re.compile(r"\w(?:ed|en|eard|ained)$")
_PLACED = re.compile(rf"[\w\s-]+ (?:in|of|from|near) {CAPITAL}(?: {CAPITAL})*, {CAPITAL}(?: {CAPITAL})?")
_STANDING = re.compile(
    r" (?:with (?:direct |first-hand )?knowledge of|familiar with|briefed on|close to|involved in|privy to)"
    r"(?: [\w’'-]+){1,5}"
)
_UP_TO_VERB = re.compile(
    r"[,;:“”\"\n]|(?<=\w)\s+(?:who|said|says?|told|tells?|spoke|asked|declined|added|confirmed|claimed|warned|"
    r"revealed|explained|(?:have|has|had)(?= \w+ed\b))\b"
)
_APPOSED = re.compile(r",(?: (?!including|like|such as)|$)")
_DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|only|one(?! (?:man|woman|person|reader)$)|even|just|by|among|on|in|from|"
    r"(?:last|this) (?:week|month|year)[’']s|(?:mon|tues|wednes|thurs|fri|satur|sun)day[’']s|both(?=.* and ))\s+)+",
    re.IGNORECASE,
)


# The words for one of a group, and how many it has at least.
_MEMBERS = {"one": 1, "another": 2, "other": 2, "second": 2, "third": 3, "fourth": 4}
_MEMBER = re.compile(rf"(?:(?:a|the) )?(?P<which>{'|'.join(_MEMBERS)}) ", re.IGNORECASE)

_SOME = frozenset({"many", "most", "some", "several", "few", "others", "those"})  # "many in the party"
_OF_NO_STANDING = GENERIC_PEOPLE | {"people", "group", "organization", "organisation"}


class Owner(NamedTuple):
    """Whom a source belongs to, with the possessive ending that the text gives: "Scott" and "'s"."""

    name: str
    mark: str = ""


def describe(register: Register, mention: Mention, owner: Owner | None) -> tuple[str, SourceType, bool]:
    """Name, type and anonymity of an unnamed source, called by its owner where it has one."""
    entry = noun_entry(mention.head)
    if owner is not None and not owner.mark and _is_counted(mention, owner):
        owner = None  # "three Nordmark officials familiar with the talks"
    name = _owned_name(mention, owner) if owner is not None else _own_name(register, mention)
    name = re.sub(r"\s*\([^()]*\)$", "", _as_attested(register, name) if owner is not None and owner.mark else name)
    name = _shared_by(register, mention, with_full_names(register, name))
    if joint := _joint_name(register, mention) or _joint_appositive(register, mention):
        return joint, SourceType.GROUP, False
    if is_coordination(register.draft.tokens(mention.span)) and entry[0] in {"person", ""}:
        proper = [
            t
            for t in register.draft.tokens(mention.span)
            if t.pos_ == "PROPN" and (t.ent_type_ in {"PERSON", "ORG"} or (t.ent_type_ == "GPE" and t == mention.head))
            if t.head.lower_ != "by"  # "officials and documents reviewed by CNN"
        ]
        return name, SourceType.GROUP, not proper
    if entry[0] == "person":
        if mention.plural:
            return name, SourceType.GROUP, True
        return name, SourceType.PERSON, not (identifies(mention) or is_compatriot(mention.head))
    if mention.head.ent_type_ == "NORP" or mention.head.lower_ in _SOME:
        return name, SourceType.GROUP, True
    if entry[0] == "group" and owner is None:
        return name, SourceType.GROUP, True
    if entry[0]:
        return name, SourceType(entry[0]), False
    return name, (SourceType.GROUP if mention.plural else SourceType.ORGANIZATION), mention.plural


def _is_counted(mention: Mention, owner: Owner) -> bool:
    """Whether a number stands before the owner, whose name the mention has as it is."""
    first, _, rest = mention.text.partition(" ")
    return mention.plural and first.lower() in NUMBERS and rest.startswith(f"{owner.name} ")


_NAME_IN = re.compile(
    rf"(?P<lead>^|\band |\blike |, |\bincluding )(?P<name>(?:[A-Z]\w*\.? )*{CAPITAL})(?=,| and | or |$)"
)
_SHARE = re.compile(
    r"(?:(?:only|just|about|nearly|almost|some|more than|less than|fewer than|at least|over|an?|the) )*"
    r"(?:[\w.]+ (?:percent|per cent|in (?:\d+|ten|five|four|three))|[\d.]+ ?%|half|a third|a quarter|two-thirds)",
    re.IGNORECASE,
)
_SHARED_BY = re.compile(
    rf"{_SHARE.pattern} (?:of )?(?:the |all )?(?P<whom>(?:[\w’'-]+ )*?(?:voters|adults|americans|respondents|residents|"
    r"people|women|men|students|workers|households|democrats|republicans|parents|britons))\b",
    re.IGNORECASE,
)


def with_full_names(register: Register, words: str) -> str:
    """ "critics like Mr. Lee and Ms. Moor": people inside a description under their full names."""

    def full(match: re.Match[str]) -> str:
        bare = bare_name(match["name"])
        found = register.people.full_name(bare)
        known = found != match["name"] and " " in found and found in register.people.names
        known &= match["name"].lower() not in lexicon.table("demonyms")
        return match["lead"] + found if known else match.group()

    return _NAME_IN.sub(full, words)


def _shared_by(register: Register, mention: Mention, name: str) -> str:
    """ "46 percent" of those whom the poll's last share was of."""
    if not _SHARE.fullmatch(name.strip(" –-")):
        return name
    before = list(_SHARED_BY.finditer(register.draft.text, 0, mention.span[0]))
    of = "" if re.search(r" in (?:\d+|ten)$", name) else " of"
    return f"{name}{of} {before[-1]['whom']}" if before else name


def _joint_name(register: Register, mention: Mention) -> str:
    """Full names of two people who speak together: "Mr. Grassley and Mr. Leahy"."""
    words = register.draft.words(mention.span)
    *before, last = re.split(r",?\s+and\s+", words.removeprefix("Both "))
    listed = [part for joined in before for part in joined.split(", ") if part]
    known = [part for part in listed if register.people.full_name(bare_name(part)) in register.people.names]
    parts = [*(listed if known == listed else before), last]
    if not 1 < len(parts) <= 4:
        return ""
    names = [register.people.full_name(bare_name(part.split(",")[0])) for part in parts]
    named = all(name in register.people.names or has_title(part) for name, part in zip(names, parts, strict=True))
    if len(parts) == 2 and " " not in parts[0] and names[0].split()[1:] == names[1].split()[-1:]:
        names[0] = parts[0]  # "Colin and Jean Moor", as the text has them
    return listed_names(names) if named else ""


def _joint_appositive(register: Register, mention: Mention) -> str:
    """ "two voters, Ann Moor and Bo Lindt": the names of all who are counted."""
    named = [t for t in mention.head.children if t.dep_ == "appos" and t.i > mention.head.i] if mention.plural else []
    if len(named) != 1:
        return ""
    tokens = [named[0], *named[0].conjuncts]
    names = [register.people.full_name(name_around(register.draft, token.doc[:], token)) for token in tokens]
    known = len(set(names) & register.people.names) == count_of(mention.text, plural=True)
    return listed_names(names) if known else ""


def listed_names(names: Sequence[str]) -> str:
    """ "Ann Moor, Bo Lindt and Eva Fox"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def goes_by_owner(draft: Draft, mention: Mention) -> bool:
    """Whether a source is called by whom it belongs to; a document is only where the text says "its" or "Scott's"."""
    belongs = mention.owner.lower() in OWN or possessive(draft, mention) or noun_entry(mention.head)[0] != "document"
    return bool(mention.owner and belongs)


def possessive(draft: Draft, mention: Mention) -> str:
    """The possessive ending that the text gives an owner, in the text's own mark: "Scott's family"."""
    poss = next((child for child in mention.head.lefts if child.dep_ == "poss" and child.pos_ != "PRON"), None)
    if poss is None:
        return ""
    if (case := next((child for child in poss.children if child.tag_ == "POS"), None)) is not None:
        return draft.words(offsets_of(case))
    end = offsets_of(poss)[1]  # "workers’ representatives": the tagger takes the mark for a closing quote
    behind = draft.text[end : end + 1]
    return behind if poss.lower_.endswith("s") and behind and behind in "’'" else ""


def _owned_name(mention: Mention, owner: Owner) -> str:
    """ "Scott's family", "Axios sources", "leaders of countries"."""
    noun = singular_if_one(_words(mention), mention)
    if mention.owner.lower() == "whose" and owner.name[-1:].islower() and owner.name.split()[-1].islower():
        return f"{noun} of {owner.name}"  # "countries whose leaders": leaders of countries
    return f"{owner.name}{owner.mark} {noun}".strip()


def _as_attested(register: Register, name: str) -> str:
    """ "Moor's office" under the owner's full name, where the article has it so: "Ann Moor's office".

    Whose "her office" is goes by the words that the article has elsewhere, the fullest first: "Moor office".
    """
    first, _, rest = name.partition(" ")
    surname = POSSESSIVE.sub("", first)
    full = register.people.full_name(surname)
    forms = [f"{full}{mark} {rest}" for mark in ("’s", "'s", "", "s’", "s'")] if full != surname else []
    if (whole := name.partition("'s ")[0]) in register.people.names and " " in whole:
        rest = name[len(whole) + 3 :]
        forms = [f"{owner} {rest}" for owner in (f"{whole}’s", whole, whole.split()[-1])]
    return next((form for form in forms if form in register.draft.text), name)


def _own_name(register: Register, mention: Mention) -> str:
    """The words of a description, without what only its place in the text gave them."""
    words = _lowered(register.draft, mention, _with_standing(register.draft, mention, _words(mention)))
    if partitive := PARTITIVE.match(words):
        rest, count = _group_of(register, mention) or words[partitive.end() :], partitive["count"].lower()
        count = "another" if count.startswith("another") else count
        return f"{count} {_without_number(rest)}" if mention.plural else part_of(count, rest)
    if (member := _MEMBER.match(words)) and (whole := _counted_group(register, mention, member["which"].lower())):
        return part_of(member["which"].lower(), whole)
    if noun_entry(mention.head)[0] == "document":
        return _document_name(words)
    if is_coordination(register.draft.tokens(mention.span)):
        words = re.sub(r"^(?:[Bb]oth |[Tt]he (?=\w+ \w+ and ))|\s*\([^()]*\)", "", words)
        words = re.sub(r"(^|\band )[Tt]he (?=[A-Z])", r"\1", re.split(r", (?:an?|the|which|who)\b", words)[0])
        first, joint, rest = words.partition(" and ")  # "Gov. Ann Moor and leaders of the council"
        full = register.people.full_name(bare_name(first))
        return f"{full}{joint}{rest}" if full in register.people.names else words
    # An appositive describes, it does not name; "police in Baytown, Texas" has none.
    listed = re.match(r"[^,]+ including [A-Z]", words)  # "many towns including Elsund, Lindt and Baywater"
    # "South Korean, Ukrainian and Western sources": before its noun a comma is one of a list.
    begin = max(0, words.find(mention.head.text))
    rest = re.split(_APPOSED, words[begin:])[0]
    words = words if listed or _PLACED.fullmatch(words) else words[:begin] + rest
    return without_determiner(words) if not is_singular_body(mention) else words


def _document_name(words: str) -> str:
    """ "a new poll by Ipsos, released on Monday" is the Ipsos poll."""
    words = re.sub(r"^(?:its|his|her|their) |(?<=[’']s) own\b", "", words, flags=re.IGNORECASE)
    words = _AFTER_DOCUMENT.split(re.sub(r"\s*\([^()]*\)?| based on .*", "", words))[0]
    words = _PASSING.sub(" ", words).strip()
    words = " ".join(without_determiner(words).split())
    issued = _ISSUED_BY.match(words)
    named = issued is not None and " of " not in issued["noun"] and re.search(r"\s[A-Z]", issued["noun"])
    if issued and named:
        words = issued["noun"]  # "Harbour Commission records compiled by the Centre"
    elif _BY_BODY.fullmatch(by := _FOR_WHOM.split(words)[0]):
        words = by.replace(",", "")  # "review by the Harbour Council"
    elif issued and not _HELD_BY.search(issued["noun"]) and " and other " not in issued["issuer"]:
        words = f"{re.split(', | for ', issued['issuer'])[0]} {issued['noun']}"
    return words


def _words(mention: Mention) -> str:
    words = re.sub(r"\s+(?:here|there|(?<!ed )on [MTWFS]\w+day)$", "", " ".join(mention.text.split()))
    return POSSESSIVE.sub("", words)  # of "critics' claims" the source is critics


def without_determiner(words: str) -> str:
    """ "the only official" is an official."""
    return _DETERMINERS.sub("", words)


def _group_of(register: Register, mention: Mention) -> str:
    """The fullest description of the group that "one of the people" belongs to."""
    groups = [s for s in register.sources if s.plural and s.anonymous and s.head == mention.head.lemma_.lower()]
    words = groups[-1].name.removesuffix(" (anonymous)") if groups else ""
    parts = [part for part in re.split(r", | and ", words) if mention.head.text in part.split()]
    return parts[0] if len(parts) == 1 else words  # "two officials" of "two officials and a diplomat"


def _counted_group(register: Register, mention: Mention, which: str) -> str:
    """The "two officials" told before of whom "one official" or "the second official" is one, if any."""
    if mention.plural or offsets_of(mention.head)[1] != mention.span[1]:
        return ""
    least, own = max(2, _MEMBERS[which]), mention.modifiers - _MEMBERS.keys()
    groups = (
        s for s in reversed(register.sources) if s.plural and s.anonymous and s.head == mention.head.lemma_.lower()
    )
    counted = ((s, s.name.removesuffix(" (anonymous)")) for s in groups if own <= s.modifiers)
    return next((name for s, name in counted if (s.count or 0) >= least and name != _without_number(name)), "")


def _with_standing(draft: Draft, mention: Mention, words: str) -> str:
    """What makes a bare "person" or "people" worth hearing: "a person briefed on the talks"."""
    head = mention.head
    described = mention.modifiers - NUMBERS.keys()
    if described or head.lemma_.lower() not in _OF_NO_STANDING or offsets_of(head)[1] != mention.span[1]:
        return words
    for child in head.rights:
        if child.dep_ in {"acl", "amod", "prep", "relcl"} and child.left_edge.i == head.i + 1:
            end = child.right_edge
            tail = _UP_TO_VERB.split(draft.text[mention.span[1] : end.idx + len(end)])[0]
            terms = any(phrase in tail.lower() for phrase in lexicon.table("anonymity"))
            tail = tail.removesuffix(" who").rstrip()
            if len(tail.split()) <= MAX_STANDING_WORDS and not terms:
                return words + tail
    behind = _STANDING.match(draft.text, mention.span[1])  # where the parser hangs it on the verb
    return words + _UP_TO_VERB.split(behind.group())[0] if behind is not None else words


def _lowered(draft: Draft, mention: Mention, words: str) -> str:
    """Without the capital that only the beginning of a sentence gave."""
    first = draft.tokens(mention.span)[0]
    named = first.ent_type_ not in {"", "CARDINAL", "ORDINAL", "QUANTITY", "PERCENT"}
    # At the start of a sentence the tagger takes "Health officials" for a name; the lexicon knows the noun.
    named |= first.pos_ == "PROPN" and not noun_entry(first)[0]
    if first.is_sent_start and not named and not first.text[1:2].isupper():
        return words[0].lower() + words[1:]
    return words


def _without_number(words: str) -> str:
    """ "two major candidates" are major candidates, where one of them speaks."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in NUMBERS else words
