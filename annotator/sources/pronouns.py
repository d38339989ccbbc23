"""Pronouns: whom "he", "they", "it" or "who" may stand for, with scores from 0 to 1.

Who spoke last comes first, then who is a subject, then who is spoken of; distance counts against everybody. Two
candidates about equally good leave a pronoun ambiguous, and one that stands too far off leaves it unresolved.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from spacy.tokens import Span, Token

from annotator.draft import Draft, DraftSource, Offsets
from annotator.labels import SourceType
from annotator.language import cues, lexicon
from annotator.language.names import name_key
from annotator.language.syntax import inside_quotes, noun_phrase
from annotator.sources.mention_reader import name_around, read_mention
from annotator.sources.mentions import NEUTER, PLURAL, SINGULAR, Mention, is_person, noun_entry
from annotator.sources.register import Register

MAX_RELATIVE_REACH = 12  # tokens between a "who" and the people that it stands for
KNOWN_PRONOUN = 0.1  # added for whom the article calls so; less than LAST_SPEAKER, who goes first
AMBIGUITY_MARGIN = 0.03  # two candidates closer than this are equally good; wider ones lose right answers only
LEAST_OF_SEVERAL = 0.4  # score below which "he" and "she" of several people are nobody that the text shows to be meant
LEAST = 0.5  # the same for "they" and "it", of one candidate too
NEAR = 300  # characters back in which "it" or "they" finds a body
LAST_SPEAKER = 0.12  # who spoke last in the paragraph goes on more often than anybody named since
LAST_BEFORE = 0.1  # the same of the paragraph before
JUST_BEFORE = 1.0  # for "he": the subject of the sentence before, in one paragraph with it
SPOKEN_OF = 0.35  # who is named in what somebody says
PAIR = 0.72  # for "they": two people whom the sentence before names together
TOPIC = 0.7  # for "it": what the sentence before is about
RECENT = 1500  # characters back in which a pronoun finds its antecedent

_THIRD = frozenset({"they", "them", "both", "it"})

Candidate = tuple[DraftSource, float]
Offer = tuple[DraftSource, float, bool]  # the last tells whether a body spoke through an unnamed person


class Pronouns:
    """Whom the pronouns of one article may stand for; it follows the register as that grows."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._draft = register.draft
        self._contents = sorted(span for item in register.draft.attributions for span in item.contents)
        self.spoken_for: set[int] = set()  # places where a body speaks through an unnamed person

    def offers(self, word: str, place: int) -> Iterator[Offer]:
        """Who has spoken or been named before a pronoun, with scores; agreement is not looked at.

        The third value tells whether a body spoke through an unnamed person: "A spokeswoman for ... said. She added".
        """
        line = self._draft.line_at(place)
        for n, (where, source) in enumerate(reversed(self._register.history[-6:])):
            if place - where <= RECENT:
                near = 0.75 if where >= line[0] else 0.6
                last = n == 0 and where >= _paragraph_before(self._draft, line[0])
                goes_on = (LAST_SPEAKER if where >= line[0] else LAST_BEFORE) if last else 0.0
                yield source, near + goes_on - min(0.3, (place - where) / 3000), last and where in self.spoken_for
        if word in SINGULAR:
            previous = sentence_before(self._draft, place)
            begin = max(line[0], previous.start_char) if previous is not None else line[0]
            for where, name, subject in people_before(self._register, place):
                near = JUST_BEFORE if subject and where >= begin else 0.72 if subject and where >= line[0] else 0.45
                near = SPOKEN_OF if self._is_spoken_of(where) else near
                yield self._register.person(name), near - min(0.3, (place - where) / 1500), False
        elif word in NEUTER | PLURAL:
            for where, ent in self._register.entities.bodies_before(place, NEAR):
                yield self._register.body(ent.text), 0.6 - min(0.4, (place - where) / 700), False
            before = sentence_before(self._draft, place) if word in PLURAL else None
            pair = _pair_in(self._register, before) if before is not None else None
            pair = last_pair(self._register, place) if pair is None and word == "both" else pair
            if pair is not None:
                yield pair, PAIR, False

    def _is_spoken_of(self, place: int) -> bool:
        """Whether a place lies in what somebody says: those who are spoken of speak next more rarely."""
        n = bisect_right(self._contents, (place, len(self._draft.text))) - 1
        return n >= 0 and place < self._contents[n][1]


def _pair_in(register: Register, sentence: Span) -> DraftSource | None:
    """Two people whom a sentence names together: "Grassley and Leahy see ... They sent a letter"."""
    pairs = [(t.head, t) for t in sentence if t.dep_ == "conj" and _are_named(register, t, t.head)]
    if len(pairs) != 1 or any(t.dep_ == "conj" and t.head.i == pairs[0][1].i for t in sentence):
        return None
    names = [register.people.full_name(name_around(register.draft, sentence, token)) for token in pairs[0]]
    found = _pair(register, names)
    title = next((t for t in pairs[0][0].lefts if t.dep_ == "compound" and t.ent_type_ != "PERSON"), None)
    found.head = found.head or (title.lemma_.lower().removesuffix("s") if title is not None else "")
    return found


def _pair(register: Register, names: list[str]) -> DraftSource:
    """Two people as one source."""
    key = f"{name_key(' and '.join(names))} pl"
    if (known := register.by_key.get(key)) is not None:
        return known
    affiliation = register.entities.shared_affiliation(names)
    found = register.add(key, " and ".join(names), SourceType.GROUP, affiliation, anonymous=False)
    found.plural, found.count = True, 2
    return found


def last_pair(register: Register, place: int) -> DraftSource | None:
    """The two people who were named together last: "King and Weeks were abducted. ... Both men said"."""
    sentence = sentence_before(register.draft, place)
    while sentence is not None and place - sentence.end_char <= RECENT:
        if (pair := _pair_in(register, sentence)) is not None:
            return pair
        sentence = sentence_before(register.draft, sentence.start_char)
    people = (s.name for _, s in reversed(register.history) if s.type is SourceType.PERSON and s.mentions)
    spoken: dict[str, None] = {}
    while len(spoken) < 2 and (name := next(people, None)) is not None:
        spoken[name] = None
    last = sorted(spoken, key=lambda name: next((p for p, n in register.people.places if n == name), place))
    named = len(last) == 2 and all(name in register.people.names for name in last)
    return _pair(register, last) if named else None


_COUNTRIES = frozenset({"country", "nation", "state", "government", "neighbour", "neighbor"})


def last_bodies(register: Register, mention: Mention) -> DraftSource | None:
    """The two countries or bodies that were named together last: "Ruritania and Velmara ... The two countries said"."""
    countries = mention.head.lemma_.lower() in _COUNTRIES
    names = register.entities.joined_before(mention.span[0], RECENT, "GPE" if countries else "ORG")
    if not names:
        return None
    found = _pair(register, names)
    found.type = SourceType.STATE if countries else found.type
    return found


def ranked(word: str, offers: Iterable[Offer]) -> list[Candidate]:
    """The possible antecedents of a pronoun among those offered, with scores from 0 to 1, best first."""
    scores: dict[int, Candidate] = {}
    for source, score, voice in offers:
        if source.pronoun and word in {"he", "she"}:
            if source.pronoun != word:
                continue
            score += KNOWN_PRONOUN
        agrees = _agrees(word, source) or (voice and word in SINGULAR)
        if agrees and score > scores.get(id(source), (source, -1.0))[1]:
            scores[id(source)] = (source, score)
    return sorted(scores.values(), key=lambda pair: -pair[1])


def _agrees(word: str, source: DraftSource) -> bool:
    """Whether a pronoun and a source agree in number and kind."""
    kind = source.type
    if word in SINGULAR:
        return kind in {SourceType.PERSON, SourceType.SOCIAL_POST} and not source.plural
    if word in NEUTER:
        one = kind in {SourceType.ORGANIZATION, SourceType.MEDIA, SourceType.DOCUMENT, SourceType.STATE}
        return one and not source.plural
    if word in PLURAL:
        body = kind is SourceType.ORGANIZATION and (not source.head or source.head in lexicon.table("nouns"))
        return kind is SourceType.GROUP or body or source.plural
    return kind is not SourceType.ARTICLE


def is_thin(word: str, scored: list[Candidate]) -> bool:
    """Whether the best candidate stands too far off to be meant; "she" in an article about one woman never is."""
    best = scored[0][1]
    if word in SINGULAR:
        return best < LEAST_OF_SEVERAL and len(scored) > 1
    return best < LEAST and word in _THIRD


def equally_good(scored: list[Candidate]) -> list[Candidate]:
    """The best candidate and those too close to it to be told apart."""
    return [candidate for candidate in scored if scored[0][1] - candidate[1] < AMBIGUITY_MARGIN]


def topic_before(draft: Draft, place: int, *, plural: bool = False) -> Mention | None:
    """What the sentence so far, or the one before, is about: "The study drew on 40 years ... It found".

    With `plural`, the people who are: "Top strategists spoke up on Monday. They lamented ...".
    """
    before = sentence_before(draft, place)
    here = [t for t in draft.sentence_at(place) if t.idx < place] if plural else []
    near = [*here[::-1], *(before if before is not None and before.end_char >= draft.line_at(place)[0] else ())]
    subjects = [t for t in near if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ != "PRON"]
    if not plural:
        subjects = [t for t in subjects if t.head == before.root][:1] if before is not None else []
    subject = next((t for t in subjects if (_are_people(t) if plural else _is_body_or_document(t))), None)
    mention = read_mention(draft, noun_phrase(draft, subject)) if subject is not None else None
    return mention if mention is not None and mention.kind in {"name", "description"} else None


LOOKED_BACK = 300  # words before a document or body within which the text told of it first


def words_before(mention: Mention) -> Iterator[Token]:
    """The words before a description, the nearest first, as far back as a text tells of what it takes up."""
    first = mention.head.left_edge.i
    return reversed(mention.head.doc[max(0, first - LOOKED_BACK) : first])


def introduced(draft: Draft, mention: Mention) -> Mention | None:
    """The fuller words by which the text told of somebody or something: "a survey of sailors" before "the survey"."""
    head, kinds = mention.head, {"document", "organization", "person"}
    if not mention.definite or mention.owner or noun_entry(head)[0] not in kinds:
        return None
    own = set(mention.text.lower().split()[1:])
    for token in words_before(mention):
        if token.lower_ == head.lower_ and token.dep_ not in {"compound", "poss"}:
            first = read_mention(draft, _without_others(draft, token))
            words = first.text.lower().split()
            if first.head.i == token.i and len(words) > len(own) + 1 and own <= set(words):
                known = first.kind in {"name", "description"} and not _tells_no_more(first, own)
                return first if known else None
    return None


def _without_others(draft: Draft, noun: Token) -> Offsets:
    """A noun phrase up to what is joined to it: "the EV mandate" of "the EV mandate and the slump"."""
    begin, end = noun_phrase(draft, noun)
    joint = next((child for child in noun.rights if child.dep_ == "cc"), None)
    return (begin, noun.idx + len(noun)) if joint is not None and noun.idx < joint.idx < end else (begin, end)


def _tells_no_more(first: Mention, own: set[str]) -> bool:
    """ "They accused the company of fraud", "the old company": a definite noun is called by another only."""
    before = {t.lower_ for t in first.head.lefts if t.dep_ in {"compound", "nmod", "poss"}}
    return first.definite and noun_entry(first.head)[0] != "document" and before <= own


def _is_body_or_document(noun: Token) -> bool:
    return noun_entry(noun)[0] in {"document", "organization", "media"} or noun.ent_type_ == "ORG"


def _are_people(noun: Token) -> bool:
    return noun.tag_ in {"NNS", "NNPS"} and noun_entry(noun)[0] in {"person", "group", "organization", "media"}


def document_shown(draft: Draft, cue: Offsets | None, mention: Mention) -> Token | None:
    """ "NBC published the video. It shows ...": what shows something is a document, not who published it."""
    before = sentence_before(draft, mention.span[0])
    shows = cues.lemma(draft, cue) in lexicon.words("document_cues")
    if mention.text.lower() not in NEUTER or not shows or before is None:
        return None
    nouns = [t for t in before if noun_entry(t)[0] == "document" and t.dep_ in {"dobj", "nsubj", "nsubjpass"}]
    if not nouns or before.end_char < draft.line_at(mention.span[0])[0]:
        return None
    return nouns[-1]


def relative_noun(draft: Draft, mention: Mention) -> Token | None:
    """The noun that a "who" or "which" stands for: the one that the parser hangs its clause on, or people before it."""
    verb = mention.head
    while verb.dep_ != "relcl" and verb.head.i != verb.i:
        verb = verb.head
    noun = None
    if verb.dep_ == "relcl":
        noun = verb.head
        group = noun.head if noun.dep_ == "conj" and noun.head.dep_ == "appos" else noun
        noun = group.head if group.dep_ == "appos" else noun
    elif (before := _noun_right_before(draft, mention)) is not None:
        noun = before  # the parser does not see the clause
    if noun is not None and noun.ent_type_ == "GPE" and mention.text.lower() == "who":
        noun = _person_before(noun) or noun  # "Rep. Bo Lee, R-Texas, a former surgeon, who said"
    described = noun is not None and noun is not verb.head and is_person(verb.head)  # "Bo Crow, a developer, who"
    if mention.text.lower() in {"who", "whom"} and not described and (noun is None or not is_person(noun)):
        noun = _person_noun_before(draft, mention) or noun  # "calls from listeners to his program, who said"
    if noun is not None and mention.text.lower() == "which":
        return _teller(noun)
    return _candidate_for(noun) if noun is not None else None


def _teller(noun: Token) -> Token:
    """ "Moor's remarks about the union, which included calling it": whose remarks they are speaks."""
    told = noun.head.head if noun.dep_ == "pobj" else noun
    owner = next((child for child in told.lefts if child.dep_ == "poss"), None)
    return owner if owner is not None and told.lemma_.lower() in lexicon.table("telling_nouns") else noun


def _person_before(place: Token) -> Token | None:
    """The last word of the person who is named last before a place, in its sentence."""
    return next((t for t in reversed(place.doc[place.sent.start : place.i]) if t.ent_type_ == "PERSON"), None)


def _person_noun_before(draft: Draft, mention: Mention) -> Token | None:
    """The nearest noun for people before a "who" that the parser hangs on something else."""
    doc, first = draft.doc, draft.tokens(mention.span)[0]
    begin = max(first.sent.start, first.i - MAX_RELATIVE_REACH)
    near = (doc[i] for i in range(first.i - 1, begin - 1, -1))
    found = next((t for t in near if is_person(t) and not inside_quotes(draft, t.idx)), None)
    while found is not None and found.dep_ in {"compound", "flat"} and found.head.i < first.i:
        found = found.head
    named = found is not None and found.dep_ == "appos" and found.head.pos_ == "PROPN"
    return found.head if found is not None and named else found


def _noun_right_before(draft: Draft, mention: Mention) -> Token | None:
    first = draft.tokens(mention.span)[0]
    before = first.nbor(-1) if first.i > first.sent.start else None
    fits = before is not None and before.pos_ in {"NOUN", "PROPN"} and noun_entry(before)[0] != "organization"
    return before if fits else None


def _candidate_for(noun: Token) -> Token:
    """ "the nominee for president, who spoke": the nominee speaks, not the office."""
    person = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else noun
    bare = not any(child.dep_ in {"det", "poss"} for child in noun.children)
    return person if bare and is_person(person) else noun


def people_before(register: Register, place: int) -> Iterator[tuple[int, str, bool]]:
    """Where people are named before a place, with their full names, and whether as subjects outside quotations."""
    for where, name in register.people.before(place, RECENT):
        if where < place:
            token = register.draft.doc.char_span(where, where + 1, alignment_mode="expand")
            head = token[0] if token is not None else None
            while head is not None and head.dep_ in {"compound", "flat", "appos"} and head.head.i != head.i:
                head = head.head  # "the director, Ann Lee, said": Lee is the subject
            subject = head is not None and head.dep_ in {"nsubj", "nsubjpass"}
            yield where, name, subject and not inside_quotes(register.draft, where)


def sentence_before(draft: Draft, place: int) -> Span | None:
    """The sentence before the one that a place lies in."""
    begin = draft.sentence_at(place).start_char
    return draft.sentence_at(begin - 1) if begin else None


def _paragraph_before(draft: Draft, start: int) -> int:
    """Where the paragraph before the one that begins at `start` begins."""
    end = len(draft.text[max(0, start - NEAR) : start].rstrip()) + max(0, start - NEAR)
    return draft.line_at(max(0, end - 1))[0]


def _are_named(register: Register, one: Token, other: Token) -> bool:
    """Whether two names that are joined are people's; the entity recogniser often knows one of two only."""
    kinds = {one.ent_type_, other.ent_type_}
    if all(token.text[0].isupper() and register.people.full_name(token.text) != token.text for token in (one, other)):
        return True  # "King and Weeks" after their full names
    return "PERSON" in kinds <= {"PERSON", ""} and one.pos_ == other.pos_ == "PROPN"
