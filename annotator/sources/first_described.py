"""Who is described before they are named: "The transport minister has said ... Gráinne Hackett told the committee".

News leads with what somebody is and names them in the next sentence without another word on who they are. Whoever is
new there and is introduced in another way ("Defence attorney Paul Greer") is somebody else.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from annotator.draft import Draft, offsets_of
from annotator.language import lexicon
from annotator.language.syntax import inside_quotes
from annotator.sources.full_names import pronoun_of
from annotator.sources.mentions import COURTESY, UNNAMED, noun_entry, pronoun_of_noun, wider
from annotator.sources.titles import is_title

LEAD = 700  # characters of the body in which somebody is described first
AFTER = 2  # sentences after a description in which its bearer is named
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PARTS = frozenset({"compound", "flat", "poss", "nmod"})
_STATE = frozenset({"government", "politics", "unknown"})  # affiliations of offices that have each other's titles
_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_NO_MORE = frozenset({"former", "retired", "ex", "now"})  # what somebody was tells nothing of what they are


Named = dict[int, tuple[Span, str]]


def described_first(draft: Draft, named: Sequence[tuple[Span, str]]) -> Iterator[tuple[Token, str]]:
    """The head of each such description with the full name of who is meant; `named` are the names in text order."""
    first: dict[str, Span] = {}
    for person, name in named:
        place = person.root.dep_ == "pobj" and person.root.head.lower_ in {"of", "in", "for"}  # "the mayor of Elsund"
        if person.start_char >= draft.body_start and " " in name and not place:
            first.setdefault(name, person)
    new: Named = {}  # by the sentences that name somebody for the first time
    for name, person in first.items():
        new.setdefault(person.sent.start, (person, name))
    known = min((person.start_char for person in first.values()), default=0)
    sentences = [s for s in draft.prose_sentences if s.start_char < draft.body_start + 2 * LEAD]
    left: set[str] = set()  # nouns of those who were described and stayed without a name
    for n, sentence in enumerate(sentences):
        if sentence.end_char > known:
            break  # a description behind a name is that person's, or another's
        in_headline = sentence.start_char < draft.body_start
        described = [t for t in sentence if _is_described(t, sentence, in_headline=in_headline)]
        described = [t for t in described if t.head.lemma_ in lexicon.table("cues")] or described
        described = [t for t in described if t.lemma_.lower() not in left]
        left.update(t.lemma_.lower() for t in described)
        if len(described) != 1:
            continue
        behind = [s for s in sentences[n + 1 :] if s.start_char >= draft.body_start][:AFTER]
        bearer = _introduced_so(described[0], [(one, name) for name, one in first.items() if one.start > sentence.end])
        if bearer := bearer or _named_behind(draft, described[0], behind, new, in_headline=in_headline):
            yield described[0], bearer
            left.discard(described[0].lemma_.lower())


def _named_behind(draft: Draft, described: Token, behind: Sequence[Span], new: Named, *, in_headline: bool) -> str:
    """Whoever is first named in the sentences `behind` a description, as far as these go on about the same person."""
    for following in behind:
        found = new.get(following.start)
        if found is not None or not (in_headline or _goes_on(following)):
            return found[1] if found is not None and _may_bear(draft, described, *found) else ""
    return ""


def _introduced_so(described: Token, people: Sequence[tuple[Span, str]]) -> str:
    """Whoever alone is then introduced by the very noun: "..., says coach" and "Coach Luka Brezovac"."""
    lemma = described.lemma_.lower()
    names = {name for person, name in people if lemma in {t.lemma_.lower() for t in _introducing(person)}}
    return names.pop() if len(names) == 1 else ""


def _is_described(token: Token, sentence: Span, *, in_headline: bool) -> bool:
    """Whether a token is the head of somebody's description without a name, and what its sentence is about."""
    if token.tag_ not in {"NN", "NNP"} or token.lower_ in UNNAMED or not _is_person(token):
        return False
    if token.dep_ not in _SUBJECTS and not (in_headline and _stands_alone(token, sentence)):
        return False
    return not any(child.dep_ == "appos" or child.ent_type_ == "PERSON" for child in token.rights)


def _is_person(token: Token) -> bool:
    """Whether a noun is one for people, or at least for nothing else, and speaks: "the chair said", "MEC warns"."""
    kind = noun_entry(token)[0]
    if token.lower_ in lexicon.table("office_letters") or (token.is_upper and is_title(token.text)):
        return True
    common = token.text.islower() and not kind and token.ent_type_ not in _NAMED
    return kind == "person" or (common and token.head.lemma_ in lexicon.table("cues"))


def _stands_alone(token: Token, sentence: Span) -> bool:
    """Whether a word of a headline is told to speak: "Rail boss: ...", "..., minister says"."""
    behind = token.nbor(1).text if token.i + 1 < sentence.end else ""
    return behind == ":" or (token.i + 1 < sentence.end and token.nbor(1).lemma_ in lexicon.table("cues"))


def _goes_on(sentence: Span) -> bool:
    """Whether a sentence goes on about the same person: its subject is a pronoun."""
    subjects = [t for t in sentence if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT"]
    return bool(subjects) and all(t.pos_ == "PRON" for t in subjects)


def _may_bear(draft: Draft, described: Token, person: Span, name: str) -> bool:
    """Whether a person is named as whoever was just described is: bare, as a subject, with no other role."""
    if inside_quotes(draft, person.start_char) or not _is_subject(person):
        return False
    begin, end = draft.line_at(described.idx) if described.idx < draft.body_start else offsets_of(described.sent)
    if any(word in draft.text[begin:end] for word in name.split()):
        return False  # "Diplomat praises Moor": somebody else
    called = pronoun_of_noun(described.lemma_.lower())
    if called and pronoun_of(name) not in {called, ""}:
        return False
    return all(_fits(described, token) for token in _introducing(person))


def _is_subject(person: Span) -> bool:
    token, behind = person.root, person.doc[person.end : person.end + 1]
    if behind.text == ",":  # "Bo Lee, a former nurse, said"
        end = next((t.i for t in person.doc[person.end + 1 : person.sent.end] if t.text == ","), person.end)
        behind = person.doc[end + 1 : end + 2]
    while (token.dep_ in _PARTS and token.head.i > token.i) or (token.dep_ == "appos" and token.head.i < token.i):
        token = token.head
    return token.dep_ in _SUBJECTS or any(t.pos_ in {"VERB", "AUX"} for t in behind)


def _introducing(person: Span) -> Iterator[Token]:
    """The words by which a name is introduced: those before it, and the heads of what stands in apposition."""
    doc, n = person.doc, person.start - 1
    while n >= person.sent.start and doc[n].pos_ in {"NOUN", "PROPN", "ADJ", "PART"}:
        yield doc[n]
        n -= 1
    for token in person.root.children:
        if token.dep_ == "appos" and not {t.lower_ for t in token.lefts} & _NO_MORE and not token.is_digit:
            yield token
    if person.root.dep_ == "appos":
        yield person.root.head


def _fits(described: Token, token: Token) -> bool:
    """Whether a word that introduces somebody can be said of whom was described: a title, the same or a wider noun."""
    if token.text.rstrip(".") in COURTESY or (not token.text.isalpha() and not token.text.endswith(".")):
        return True
    lemma, *_ = lexicon.table("title_roles").get(token.lower_.rstrip("."), (token.lemma_.lower(),))
    own = described.lemma_.lower()
    if token.text.endswith(".") and own.startswith(token.lower_.rstrip(".")):
        return True  # "Ald." of an alderman
    if lemma == own or lemma in wider(own) or own in wider(lemma):
        return True
    entry = lexicon.table("nouns").get(lemma, ("", "unknown"))
    same = entry[1] == noun_entry(described)[1] or {entry[1], noun_entry(described)[1]} <= _STATE
    return is_title(token.text) and same
