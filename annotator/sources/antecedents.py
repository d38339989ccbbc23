"""What a description takes up: "the mayor", "the service", "one of them" after those whom the text has told of.

A definite description stands for an earlier source only where exactly one fits; where it must mean somebody and nobody
fits, it says so.
"""

import re
from bisect import bisect_left
from collections import Counter

from annotator.draft import Draft, DraftSource
from annotator.labels import Affiliation, SourceType
from annotator.language import lexicon
from annotator.language.names import name_key
from annotator.language.outlets import outlet_in
from annotator.language.syntax import noun_phrase, sentence_of, subject_of
from annotator.records import ARTICLE_SOURCE
from annotator.sources.bodies import MAKERS, body_called, names_another
from annotator.sources.candidates import HEADLINES
from annotator.sources.mention_reader import read_mention
from annotator.sources.mentions import (
    GENERIC_BODIES,
    GENERIC_PEOPLE,
    NUMBERS,
    OF_THE_STATE,
    OWN,
    UNNAMED,
    Mention,
    can_be_called,
    identifies,
    is_person,
    noun_entry,
    part_of,
    wider,
)
from annotator.sources.pronouns import RECENT, last_bodies, last_pair, people_before, words_before
from annotator.sources.register import Register

_TAKING_UP = GENERIC_BODIES | {"article", "finding", "piece"}
_ANY_ROLE = frozenset({"leader", "politician", "boss", "head", "executive", "figure", "veteran"})
_ANEW = frozenset({"former", "veteran", "retired", "one-time", "first-term", "old"})
_TWO = re.compile(r"(?:both|the two|the (?:pair|couple|duo)\Z)(?: of the)?(?:\s+\w+)?\Z", re.IGNORECASE)
_PAIRS = frozenset({"two", "pair", "couple", "duo"})
_OF_OFFICES = frozenset({"officer", "official"})
_BY_AGE = re.compile(
    r"[Tt]he (?:\d{1,3}-year-old|(?:\w+-)?(?:mother|father|mum|mom|dad|grandmother|grandfather)[ -]of[ -][\w-]+)"
)
MAX_BACK = 30  # attributions back in which a statement was issued that "the statement" takes up
AFTER_LEAD = 700  # characters in which the text names whom its lead describes
OFTEN = 3  # times that it then names them
ROOT = 5  # letters that words of one root begin with
NEARBY = 500  # characters back in which one of several office holders is meant
_OFFICES_OF_MANY = frozenset({"minister", "secretary", "ambassador", "senator", "judge"})


def antecedent(register: Register, mention: Mention) -> DraftSource | None:
    """The earlier source that a definite description takes up, if there is exactly one that fits."""
    lemma = mention.head.lemma_.lower()
    if _TWO.match(mention.text) and (is_person(mention.head) or mention.head.lower_ in _PAIRS):
        return last_pair(register, mention.span[0])
    if _TWO.match(mention.text) and (two := last_bodies(register, mention)) is not None:
        return two
    if _BY_AGE.fullmatch(mention.text):
        return _last_named(register, mention)
    if mention.owner.lower() in OWN and not mention.plural:
        return _theirs(register, lemma, mention)
    if not mention.definite or mention.owner or is_named_in_group(register, mention):
        return None
    if (taken_up := _same_description(register, mention, lemma)) is not None:
        told = _told_so(register, lemma, mention) if mention.modifiers - _ANEW and not taken_up.anonymous else None
        return told if told is not None and told.type is taken_up.type else taken_up
    return _by_kind(register, lemma, mention)


def _by_kind(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """The author of a document, the outlet, the body or the person that a definite noun means."""
    entry = noun_entry(mention.head)
    if entry[0] == "document" and len(mention.text.split()) == 2 and (author := _author(register, lemma, mention)):
        return author
    if entry[0] == "media":
        return register.last(SourceType.MEDIA) or _passed_on(register) or _outlet_before(register, mention.span[0])
    # "Zorbit will cut jobs, the chip designer said"
    is_body = entry[0] == "organization" or (lemma in MAKERS and not register.people.before(mention.span[0], RECENT))
    if is_body and not mention.plural and (body := body_called(register, mention, lemma)) is not None:
        return body
    if lemma == "official" and not mention.plural and not mention.modifiers and (named := _official(register, mention)):
        return named
    if (entry[0] != "person" and not register.people.holders(lemma)) or mention.plural:
        return None
    known = (_told_so, _holder) if mention.modifiers - _ANEW else (_holder, _told_so)
    for find in known if lemma not in GENERIC_PEOPLE else ():
        if (somebody := find(register, lemma, mention)) is not None:
            return somebody
    return _unnamed(register, lemma, mention) or (
        _same_person(register, lemma, mention) if lemma not in GENERIC_PEOPLE else None
    )


def _last_named(register: Register, mention: Mention) -> DraftSource | None:
    """ "Bo Lindt told the club ... the 31-year-old said", told there alone: whoever was named before.

    "In the gallery was Bo Lindt. The 70-year-old said": whoever the sentence before names. A "her" behind is a woman's.
    """
    place, people = mention.span[0], register.people
    own = register.draft.sentence_at(place)
    behind = next((t.lower_ for t in own if t.idx > place and t.lower_ in _POSSESSIVES), "")
    known = {s.name: s.pronoun for _, s in register.history}
    named = people.before(place, RECENT)
    before = [(at, name) for at, name in named if _agree(known.get(name) or people.pronoun(name), behind)]
    sentence = register.draft.sentence_at(max(0, own.start_char - 1))
    just = {name for at, name in before if sentence.start_char <= at < sentence.end_char}
    spoke = (at_and_source for at_and_source in reversed(register.history) if _is_one(at_and_source[1]))
    at, spoken = next(((at, s) for at, s in spoke if _agree(s.pronoun, behind)), (0, None))
    if len(just) == 1 and sentence.start_char >= max(at, register.draft.line_at(place)[0]):
        return register.person(just.pop())
    if spoken is not None and place - at <= RECENT:
        return spoken
    return register.person(before[-1][1]) if before else None


_POSSESSIVES = {"his": "he", "her": "she"}


def _is_one(source: DraftSource) -> bool:
    return source.type is SourceType.PERSON


def _agree(pronoun: str, possessive: str) -> bool:
    return not possessive or pronoun in {"", _POSSESSIVES[possessive]}


def is_named_in_group(register: Register, mention: Mention) -> bool:
    """ "The European diplomat" of "two officials and a European diplomat" is that one, and unnamed."""
    words = re.sub(r"^[Tt]he ", "", mention.text)
    groups = [s.name for s in register.sources if s.plural and s.anonymous and words in s.name]
    part = rf"(?:^|\band |, )an? {re.escape(words)}\b"
    return not mention.plural and any(re.search(part, name) for name in groups)


def _unnamed(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """ "A surgeon said ... The doctor said": the unnamed person who spoke last, where the noun is theirs, too."""
    spoken = (entry for entry in reversed(register.history) if entry[1].type is SourceType.PERSON)
    where, last = next(spoken, (0, None))
    if last is None or not last.anonymous or mention.modifiers - last.modifiers or mention.span[0] - where > RECENT:
        return None
    return last if can_be_called(last, lemma) else None


def _passed_on(register: Register) -> DraftSource | None:
    """ "..., according to Harbour One. ... the broadcaster said": the body that spoke last is an outlet, then."""
    last = register.history[-1][1] if register.history else None
    if last is None or last.type is not SourceType.ORGANIZATION or last.head or last.anonymous:
        return None
    last.type, last.affiliation = SourceType.MEDIA, Affiliation.MEDIA
    return last


def _outlet_before(register: Register, place: int) -> DraftSource | None:
    """ "They told Baltic Tribune that ... The publication notes": the outlet that was named last."""
    outlet = register.entities.outlet_before(place)
    return register.outlet(outlet) if outlet else None


def _author(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """ "The army said in a statement ... The statement said": whoever issued it says what it says.

    So does who spoke "in a separate statement", or "published a statement, maintaining that ...".
    """
    draft = register.draft
    issued = re.compile(rf"\b(?:an?|its|his|her|their) (?:\S+ )?{re.escape(lemma)}\b")
    told_before = bisect_left(draft.attributions, mention.span[0], key=lambda item: item.start)
    for item in reversed(draft.attributions[max(0, told_before - MAX_BACK) : told_before]):
        if item.cue and item.source:
            for found in draft.matches(issued, sentence_of(draft, item.cue[0])):
                told = draft.text[max(0, found.start() - 20) : found.start()].split()[-1:]
                own = told and told[0].lower() in {"in", "with", "by", "through"}
                if own and not any(start <= found.start() < end for start, end in item.contents):
                    return item.source
    return _issuer(register, lemma, mention)


def _issuer(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """ "The army published a statement ...": the named body or person that did so last before "the statement"."""
    for token in words_before(mention):
        if token.lemma_.lower() == lemma and token.dep_ == "dobj" and token.head.lemma_ in _ISSUING:
            subject = subject_of(token.head)
            issuer = read_mention(register.draft, noun_phrase(register.draft, subject)) if subject is not None else None
            return register.named(issuer) if issuer is not None and issuer.kind == "name" else None
    return None


_ISSUING = frozenset({"publish", "issue", "release", "post"})


def _same_description(register: Register, mention: Mention, lemma: str) -> DraftSource | None:
    """The source with the same head noun whose modifiers do not contradict, the latest where several fit."""
    fitting = [
        source
        for source in register.sources
        if source.source_id != ARTICLE_SOURCE
        and source.mentions
        and source.head == lemma
        and source.plural == mention.plural
        and (mention.modifiers <= source.modifiers or not source.anonymous)
        and not names_another(register.draft, mention, source)
    ]
    return register.latest(fitting)


def _holder(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """The one named person whom the article introduces with this role: "the mayor", a headline's "minister"."""
    spoken = [
        s
        for s in register.by_key.values()
        if s.type is SourceType.PERSON and not s.anonymous and s.role and lemma in s.role.lower().split()
    ]
    if len(spoken) == 1:
        return spoken[0]
    names = register.people.holders(lemma)
    named = (s for _, s in reversed(register.history if names else ()) if not s.anonymous)
    if recent := next((s for s in named if lemma in register.people.roles(s.name)), None):
        return recent
    if len(names) > 1 and not spoken:  # of several governors, the one whom the text has just named
        near = {name for _, name in register.people.before(mention.span[0], NEARBY) if name in names}
        return register.person(near.pop()) if len(near) == 1 else None
    if len(names) != 1 or spoken:
        return None
    others = [s for s in register.sources if s.anonymous and s.head == lemma and s.mentions]
    return None if others else register.person(names[0])


def _theirs(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """ "Her manager said" after "the singer's manager, Bo Lindt": who alone was introduced as somebody's."""
    named = set(register.people.named_before(mention.span[0]))
    owned = [name for name in register.people.owned(lemma) if name in named]
    return register.person(owned[0]) if len(owned) == 1 and not mention.modifiers & _ANEW else None


def _told_so(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """ "The union leader" after "Bo Lindt, president of the growers' union": of whom alone the text tells as much.

    Of a team or firm that it has with nobody's name, it is whoever alone has the role: "the Gaels boss".
    """
    own = {word.lower() for word in mention.modifiers} - _ANEW - UNNAMED
    people = register.people
    named_before = people.named_before(mention.span[0])
    before = [name for name in named_before if " " in name and not _is_titled_so(name)]
    called = [name for name in before if _is_called(lemma, people.roles(name) | people.words(name))]
    fitting = [name for name in called if own & people.words(name)] if own else called
    named = all(t.text[:1].isupper() for t in mention.head.lefts if t.lemma_.lower() in own)
    if own and named and not fitting and not any(own & people.words(name) for name in before):
        fitting = called
    return register.person(fitting[0]) if len(fitting) == 1 else None


def _is_titled_so(name: str) -> bool:
    """ "Obama Speech": what is somebody's is taken for a person."""
    return lexicon.noun_type(name.split()[-1].lower()) == "document"


def _is_called(lemma: str, nouns: frozenset[str]) -> bool:
    """Whether somebody of whom these words are told can be called by a noun: by one of them or a wider one."""
    if lemma in _LEADERS and nouns & _LEADERS:
        return True
    does = _AGENT.fullmatch(lemma)  # "who runs a haulage firm", "who drives a tractor"
    return (
        lemma in nouns
        or any(lemma in wider(noun) for noun in nouns)
        or (does is not None and any(noun.startswith(does["stem"]) for noun in nouns))
    )


_AGENT = re.compile(r"(?P<stem>\w{3,}[^aeiou\W])(?:i?er|or|eer)")


_LEADERS = frozenset(
    {"boss", "chair", "chairman", "chairperson", "chairwoman", "chief", "director", "head", "leader", "manager"}
    | {"president", "executive"}
)


def _official(register: Register, mention: Mention) -> DraftSource | None:
    """ "According to the official": the officer of state who spoke last or was just introduced with an office.

    Not where the text has an unnamed official of its own.
    """
    place = mention.span[0]
    if any(s.head == "official" and s.anonymous and s.mentions for s in register.sources):
        return None
    last = register.history[-1] if register.history else None
    if last and last[1].type is SourceType.PERSON and not last[1].anonymous and place - last[0] <= RECENT:
        return last[1] if last[1].affiliation in OF_THE_STATE else None
    near = {name for _, name in register.people.before(place, NEARBY)}
    holder = near.pop() if len(near) == 1 else ""
    in_office = register.people.roles(holder) & lexicon.words("offices") if holder else None
    return register.person(holder) if in_office else None


def _same_person(register: Register, lemma: str, mention: Mention) -> DraftSource | None:
    """Who spoke last, described anew: "Daniel Okoro, defending, said ... The solicitor described ..."

    Only a named person of whose role the article tells nothing else, and no office that somebody else may hold.
    """
    line = register.draft.line_at(mention.span[0])
    spoken = (entry for entry in reversed(register.history) if entry[1].type is not SourceType.MEDIA)
    where, last = next(spoken, (0, None))  # "In an interview with Radio Sud, the leader said": not the radio
    if last is None or where < line[0]:
        people = list(people_before(register, mention.span[0]))
        subjects = {name: place for place, name, subject in people if subject and place >= line[0]}
        named = subjects if len(subjects) == 1 else {name: place for place, name, _ in people if place >= line[0]}
        if len(named) == 1:
            last, where = register.person(next(iter(named))), next(iter(named.values()))
    if last is None or last.type is not SourceType.PERSON or last.anonymous:
        return None
    if where >= mention.head.sent.start_char and mention.head.dep_ not in {"nsubj", "nsubjpass"}:
        return None  # "Lee told the nominee": nobody is told something by themselves
    roles = register.people.roles(last.name)
    if lemma in lexicon.words("offices") and lemma not in roles:
        return None
    in_paragraph = where >= line[0]
    anew = bool(mention.modifiers & _ANEW) or any("-year-old" in word for word in mention.text.split())
    any_role = lemma in _ANY_ROLE or mention.head.text[:1].isupper()  # "the Uruguayan" has a role beside that
    near = in_paragraph and (not roles or lemma in roles or any_role)
    return last if near or (anew and mention.span[0] - where <= RECENT) else None


def named_after(register: Register, mention: Mention) -> DraftSource | None:
    """ "A hotelier has told the court ...", in the lead: whom the next paragraphs name, where they tell that it is her.

    They do with her role ("juror Ann Moor"), with a word of its root beside the name ("who runs the hotel"), or by
    telling of nobody else half as often.
    """
    place, lemma = mention.span[0], mention.head.lemma_.lower()
    known = noun_entry(mention.head)[0] == "person" and lemma not in GENERIC_PEOPLE | UNNAMED
    anew = mention.definite or mention.plural or mention.owner or mention.modifiers & _ANEW
    if anew or not known or not _in_lead(register.draft, place):
        return None
    people = register.people
    first: dict[str, int] = {}
    for where, name in people.places:
        first.setdefault(name, where)
    near = [name for name, where in first.items() if mention.span[1] <= where < place + AFTER_LEAD]
    same = [name for name in near if {lemma, *wider(lemma)} & people.roles(name) or _shares_root(register, lemma, name)]
    if len(same) == 1:
        return register.person(same[0])
    often = Counter(name for _, name in people.places)
    if same or not near or people.roles(near[0]) or often[near[0]] < OFTEN:
        return None
    others = max((times for name, times in often.items() if name != near[0]), default=0)
    return register.person(near[0]) if 2 * others <= often[near[0]] else None


def _in_lead(draft: Draft, place: int) -> bool:
    """Whether a place lies in a headline or in the first two sentences of the first paragraph."""
    body = draft.body_start
    behind = draft.sentence_at(draft.sentence_at(body).end_char + 1).end_char
    return draft.section_kind(place) in HEADLINES or body <= place < min(behind, draft.line_at(body)[1])


def _shares_root(register: Register, lemma: str, name: str) -> bool:
    """Whether a word beside somebody's first full name has the root of a noun: "hotelier", "the Railway Hotel"."""
    text = register.draft.text
    if lemma in _OF_OFFICES:
        return False  # "her office" makes nobody an officer
    place = text.find(name)
    begin = max(register.draft.sentence_at(place).start_char, place - 60) if place >= 0 else 0
    around = text[begin : place + len(name) + 160].lower().replace(f"the {lemma}", "")  # who is told of again, unnamed
    return place >= 0 and len(lemma) >= ROOT and re.search(rf"\b{re.escape(lemma[:ROOT])}", around) is not None


def takes_up_nothing(mention: Mention, kind: SourceType) -> bool:
    """Whether a description must mean whom the text has named, and the resolver does not know who that is.

    "The agency", "the woman", "the union leader"; but "the mayor" and "the man who called" are known without more.
    """
    lemma = mention.head.lemma_.lower()
    if not mention.definite:
        return False
    if lemma in _TAKING_UP:
        return not mention.modifiers
    after = any(t.dep_ in {"prep", "relcl", "acl", "appos"} and t.i > mention.head.i for t in mention.head.children)
    known = after or (identifies(mention) and lemma not in _OFFICES_OF_MANY)
    ordered = mention.head.doc[mention.head.left_edge.i : mention.head.i]
    is_one_of_several = any(t.ent_type_ == "ORDINAL" or t.lower_ in {"other", "same"} for t in ordered)
    return kind is SourceType.PERSON and not mention.plural and not known and not is_one_of_several


def member_of_group(register: Register, mention: Mention, count: str | None) -> DraftSource | None:
    """ "one of them": a part of the group that was named last; "another": one more of the same kind."""
    alone, count = count is None, count or "another"
    unnamed = (s for _, s in reversed(register.history) if s.anonymous and s.head)
    entered = (s for s in reversed(register.sources) if s.plural and s.anonymous and s.head and s.mentions)
    group = next((s for s in unnamed if s.plural or alone), None) or next(entered, None)
    if group is None:
        return None
    one = count in {"one", "another"}
    whole = group.name.removesuffix(" (anonymous)")
    if one and (group.plural or whole.startswith("one of ")):
        name = part_of(count, whole.removeprefix("one of "))
    else:
        words = [w for w in whole.removeprefix("one of ").split() if w.lower() not in NUMBERS]
        words = [w for w in words if not w.isdigit() and w.lower() != "other"]
        name = " ".join([count, *words] if words[:1] != [count] else words)
    key = f"{name_key(name)} {mention.span[0]}"
    made = register.add(
        key,
        f"{name} (anonymous)",
        SourceType.PERSON if one else SourceType.GROUP,
        group.affiliation,
        anonymous=True,
    )
    made.head, made.modifiers, made.plural = group.head, group.modifiers, not one
    made.count, made.description = NUMBERS.get(count, 1 if one else None), mention.text
    made.reason, made.inherited = group.reason, group.reason is not None
    made.role = group.head if one else None
    return made


def owning_outlet(register: Register, mention: Mention) -> DraftSource | None:
    """The outlet that a source belongs to, by name or as the last one: "one of the publication's interlocutors"."""
    if outlet_in(mention.owner):
        return register.outlet(outlet_in(mention.owner) or mention.owner)
    head = mention.owner.lower().split()[-1] if mention.owner else ""
    if mention.head.lower_ == "media":
        return None  # "its state media" are a country's
    if lexicon.noun_type(head) == "media" or head in {"agency", "its"}:
        return register.last(SourceType.MEDIA)
    return None
