"""Mentions to sources: who stands behind "He", "the Ukrainian official", "one of the publication's interlocutors".

Every source keeps the fullest name that the article gives. Unnamed people are sources like any other, with their
description for a name; a mention that several sources fit equally well stays ambiguous, with its candidates.
"""

import re
from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Token

from annotator import lexicon
from annotator.antecedents import antecedent, member_of_group, owning_outlet, takes_up_nothing
from annotator.draft import Draft, DraftAttribution, DraftLink, DraftSource, Offsets, offsets_of
from annotator.frames import is_outlet, noun_phrase, outlet_in, sentence_of
from annotator.labels import Affiliation, AttributionMode, LinkBasis, LinkRole, Resolution, SourceType
from annotator.mention_reader import OF_THEM, PARTITIVE, name_around, read_mention
from annotator.mentions import (
    GENERIC_PEOPLE,
    NEUTER,
    NUMBERS,
    OWN,
    RELATIVE,
    Mention,
    count_of,
    entities_in,
    has_title,
    identifies,
    in_singular,
    is_coordination,
    is_person,
    is_singular_body,
    noun_entry,
    singular_if_one,
    titled_words,
)
from annotator.names import POSSESSIVE, bare_name
from annotator.pronouns import (
    RECENT,
    TOPIC,
    Candidate,
    Offer,
    Pronouns,
    document_shown,
    equally_good,
    is_thin,
    ranked,
    relative_noun,
    topic_before,
)
from annotator.publisher import name_key, names_us
from annotator.records import ARTICLE_SOURCE
from annotator.register import Register
from annotator.terms import give_terms

MAX_STANDING_WORDS = 8  # of what makes a bare "person" worth hearing ("briefed on the talks")
MAX_CANDIDATES = 3  # of an unresolved pronoun
UNSPECIFIED = "unspecified source (anonymous)"

_ONE_OF_SEVERAL = frozenset({"one", "another", "both", "all"})  # by themselves: of whom, the text has told
# What a document's name does without: when it came out, and that it is new.
_PASSING = re.compile(
    r"\b(?:(?-i:new|New(?= (?:[a-z]|Poll|Study|Report|Survey|Research)))|"
    r"latest|recent|fresh|separate|exhaustive|civil)\s+|"
    r"\s+(?:last|this|earlier this) (?:week|month|year)(?=\s+by\b|$)|"
    r"\s+(?:being\s+)?(?:published|released|conducted|carried out|issued|unveiled|posted|unsealed|seen by .+|"
    r"obtained by .+)"
    r"(?:\s+(?:on|last|this|earlier)?\s*(?:\w+day|week|month|year))?(?=\s+(?:in|by)\b|$)",
    re.IGNORECASE,
)
# "the memo, dated Aug. 9", "a poll, which tracks ...": what is said of a document is no part of its name.
_AFTER_DOCUMENT = re.compile(
    r",\s+(?:which|who|whose|an?|the|in|on|from|dated|conducted|released|published|seen|filed)\b"
)
_ISSUED_BY = re.compile(
    r"^(?P<noun>.+?)\s+(?:filed|issued|commissioned|written|prepared)?\s*by\s+(?:the\s+)?(?P<issuer>[A-Z].+)$"
)
_DESCRIBED = re.compile(r"^(?:(?:the|a|an|this|that|these|those|only|one)\s+)+", re.IGNORECASE)


class Resolver:
    """Resolves the mentions of one article, in text order."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.register = Register(draft)
        self.people = self.register.people
        self.pronouns = Pronouns(self.register)

    def run(self) -> None:
        """Give every attribution and every link its source."""
        for item in self.draft.all_attributions:
            for link in item.reporters:
                if link.mention and link.source is None:
                    link.source = self._of_link(link.mention, vehicle=link.role is LinkRole.VEHICLE)
                    self._passes_on(link)
            self._settle(item)
        self._merge_short_documents()
        self.draft.sources = self.register.sources

    def _merge_short_documents(self) -> None:
        """A headline's "Poll" is the one poll that the text then names."""
        documents = [s for s in self.register.sources if s.type is SourceType.DOCUMENT and s.head]
        for short in [s for s in documents if s.name.lower() == s.head]:
            longer = [s for s in documents if s.head == short.head and s is not short and s.mentions and short.mentions]
            if longer:
                whole = next((s for s in longer if any(word[0].isupper() for word in s.name.split())), longer[0])
                whole.mentions += short.mentions
                for item in self.draft.all_attributions:
                    item.source = whole if item.source is short else item.source
                    for link in item.reporters:
                        link.source = whole if link.source is short else link.source

    def _passes_on(self, link: DraftLink) -> None:
        """Who passes on what others say, and is no person by name, is an outlet: "The Meridian, citing officials"."""
        source = link.source
        if link.role is LinkRole.REPORTER and source and source.type is SourceType.ORGANIZATION and not source.head:
            source.type, source.affiliation = SourceType.MEDIA, Affiliation.MEDIA

    # --- one attribution ----------------------------------------------------------------------------------------

    def _settle(self, item: DraftAttribution) -> None:
        if item.mention is None:
            item.source = self._inherited_source(item) or self._unspecified(item)
            return
        mention = read_mention(self.draft, item.mention)
        place = item.mention[0]
        if names_us(mention.text) and not mention.text.lower().startswith("the "):
            item.source = self.register.publisher  # "This newspaper has learned"
        elif mention.kind == "pronoun":
            self._pronoun(item, mention)
        elif mention.kind == "name":
            item.source = self.register.named(mention)
        elif (body := self._spoken_for(mention)) is not None:
            item.source = body
            self.pronouns.spoken_for.add(place)
        elif mention.kind == "quantifier":
            item.source = self._quantifier(item, mention)
        else:
            item.source = self._described(item, mention)
        if item.source is not None:
            self.register.note(item.source, item.mention)
            if item.source.open and mention.kind != "name":
                item.resolution = Resolution.UNRESOLVED
            if item.mode is AttributionMode.EXPLICIT and self._is_anaphoric(mention, item.source):
                item.mode = AttributionMode.ANAPHORIC

    def _is_anaphoric(self, mention: Mention, source: DraftSource) -> bool:
        if mention.kind == "pronoun":
            return True
        if mention.kind != "description":
            return False
        if mention.owner and mention.owner in {"the publication", "the paper", "the newspaper", "the outlet"}:
            return True
        seen_before = len(source.mentions) > 1 and mention.definite
        generic = mention.definite and mention.head.lemma_.lower() in GENERIC_PEOPLE
        return seen_before or generic

    def _inherited_source(self, item: DraftAttribution) -> DraftSource | None:
        """A quotation or participle without a mention of its own, in the sentence of one that has it."""
        if item.cue is None or self.draft.head(item.cue).tag_ != "VBG":
            return None
        verb = self.draft.head(item.cue)
        if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN"} and verb.head.i < verb.i:
            item.mention = noun_phrase(self.draft, verb.head)  # "photos showing a row of windows"
            return self._of_link(item.mention, vehicle=False)
        bounds = sentence_of(self.draft, item.cue[0])
        before = [a for a in self.draft.attributions if a.source and a.cue and bounds[0] <= a.cue[0] < item.cue[0]]
        if before and before[-1].mention:
            item.mention = before[-1].mention
            item.mode = before[-1].mode
            return before[-1].source
        return None

    def _unspecified(self, item: DraftAttribution) -> DraftSource:
        source = self.register.by_key.get("unspecified")
        if source is None:
            source = self.register.add(
                "unspecified", UNSPECIFIED, SourceType.UNSPECIFIED, Affiliation.UNKNOWN, anonymous=True
            )
        return source

    # --- kinds of mentions --------------------------------------------------------------------------------------

    def _pronoun(self, item: DraftAttribution, mention: Mention) -> None:
        shown = document_shown(self.draft, item.cue, mention)
        scored = [(self._of_noun(shown), TOPIC)] if shown is not None else self._candidates(mention)
        word = mention.text.lower()
        if not scored or is_thin(word, scored):
            self._leave_open(item, mention, Resolution.UNRESOLVED, scored[:MAX_CANDIDATES])
        elif len(close := equally_good(scored)) > 1:
            self._leave_open(item, mention, Resolution.AMBIGUOUS, close)
        else:
            item.source = scored[0][0]
            if word in {"he", "she"}:
                item.source.pronoun = word

    def _leave_open(
        self, item: DraftAttribution, mention: Mention, how: Resolution, candidates: list[Candidate]
    ) -> None:
        """A source that says what is not known: "unresolved “it”", "ambiguous “she”"."""
        item.resolution, item.candidates = how, candidates
        known = how is Resolution.UNRESOLVED and not candidates
        key = f"{how.value} {mention.text.lower() if known else mention.span[0]}"
        item.source = self.register.by_key.get(key) or self.register.add(
            key, f"{how.value} “{mention.text}”", SourceType.UNSPECIFIED, Affiliation.UNKNOWN, anonymous=False
        )

    def _candidates(self, mention: Mention) -> list[Candidate]:
        """Possible antecedents of a pronoun with scores from 0 to 1, best first."""
        word, place = mention.text.lower(), mention.span[0]
        if word in RELATIVE and (noun := relative_noun(self.draft, mention)) is not None:
            return [(self._of_noun(noun), 1.0)]
        return ranked(word, chain(self.pronouns.offers(word, place), self._topic(word, place)))

    def _topic(self, word: str, place: int) -> Iterator[Offer]:
        """What the sentence before an "it" is about; made a source last, since sources are numbered as they come."""
        if word in NEUTER and (topic := topic_before(self.draft, place)) is not None:
            source = self.register.named(topic) if topic.kind == "name" else self._taken_up_or_new(topic)
            yield source, TOPIC, False

    def _quantifier(self, item: DraftAttribution, mention: Mention) -> DraftSource:
        words = " ".join(mention.text.lower().split())
        if (of_them := OF_THEM.fullmatch(words)) and (
            made := member_of_group(self.register, mention, of_them["count"])
        ):
            item.mode = AttributionMode.ANAPHORIC
            return made
        if words in _ONE_OF_SEVERAL:
            item.resolution = Resolution.UNRESOLVED
        key = f"quantifier {words}"
        return self.register.by_key.get(key) or self.register.add(
            key, f"{words} (anonymous)", SourceType.GROUP, Affiliation.UNKNOWN, anonymous=True
        )

    def _spoken_for(self, mention: Mention) -> DraftSource | None:
        """The body that an unnamed spokesperson speaks for: a named one, or a definite one ("the ministry")."""
        if mention.head.lower_ not in lexicon.words("spokespeople"):
            return None
        tokens = self.draft.tokens(mention.span)
        bodies = [
            e for e in entities_in(tokens) if e.label_ in {"ORG", "GPE"} and e.root.dep_ in {"pobj", "compound", "poss"}
        ]
        if bodies:
            name = POSSESSIVE.sub("", " ".join(bodies[-1].text.split()))
            return self.register.named(Mention(mention.span, name, bodies[-1].root, "name", name=name))
        inner = next((t for t in tokens if t.dep_ == "pobj" and t.head.head.i == mention.head.i), None)
        if inner is None or inner.pos_ not in {"NOUN", "PROPN"}:
            return None
        body = read_mention(self.draft, noun_phrase(self.draft, inner))
        if body.kind == "name":
            return self.register.named(body)
        entry = lexicon.table("nouns").get(inner.lemma_.lower(), ("",))
        if entry[0] != "organization" or not body.definite:
            return None
        return self._taken_up_or_new(body)

    # --- descriptions -------------------------------------------------------------------------------------------

    def _described(self, item: DraftAttribution, mention: Mention) -> DraftSource:
        self._owner_link(item, mention)
        if (earlier := antecedent(self.register, mention)) is not None:
            return earlier
        name, kind, anonymous = self._description(mention)
        key = f"{name_key(name)} {'pl' if mention.plural else 'sg'}"
        found = self.register.by_key.get(key)
        if found is not None and (mention.plural or mention.definite or not found.anonymous):
            return found
        if found is not None:
            key = f"{key} {mention.span[0]}"
        made = self._new_description(key, name, kind, mention, anonymous=anonymous)
        made.open = takes_up_nothing(mention, kind)
        return made

    def _taken_up_or_new(self, mention: Mention, told: SourceType | None = None) -> DraftSource:
        """The source that a description takes up or repeats, else a new one, of the type that its frame tells."""
        if (earlier := antecedent(self.register, mention)) is not None:
            return earlier
        name, kind, anonymous = self._description(mention)
        if told is not None:
            name, kind, anonymous = _DESCRIBED.sub("", name), told, False
        key = f"{name_key(name)} {'pl' if mention.plural else 'sg'}"
        return self.register.by_key.get(key) or self._new_description(key, name, kind, mention, anonymous=anonymous)

    def _new_description(
        self, key: str, name: str, kind: SourceType, mention: Mention, *, anonymous: bool
    ) -> DraftSource:
        shown = f"{name} (anonymous)" if anonymous else name
        affiliation = self.register.entities.affiliation(
            name, None, mention.text, kind, head=mention.head.lemma_.lower()
        )
        source = self.register.add(key, shown, kind, affiliation, anonymous=anonymous)
        source.head = mention.head.lemma_.lower()
        source.modifiers = mention.modifiers
        source.plural = mention.plural
        source.count = count_of(mention.text, plural=mention.plural)
        source.role = mention.head.lemma_.lower() if kind is SourceType.PERSON else None
        if anonymous:
            source.description = mention.text
        return source

    def _owner_link(self, item: DraftAttribution, mention: Mention) -> None:
        """ "Axios sources", "one of the publication's interlocutors": the outlet passes on what its sources say."""
        if not mention.owner or item.reporters:
            return
        lemma = mention.head.lemma_.lower()
        person = lexicon.table("nouns").get(lemma, ("",))[0] == "person"
        outlet = owning_outlet(self.register, mention)
        if outlet is not None and person and outlet.source_id != ARTICLE_SOURCE:
            basis = LinkBasis.EXPLICIT if is_outlet(mention.owner) else LinkBasis.INHERITED
            item.reporters.append(DraftLink(LinkRole.REPORTER, item.mention, item.cue, basis, outlet))

    def _description(self, mention: Mention) -> tuple[str, SourceType, bool]:
        """Name, type and anonymity of an unnamed source."""
        entry = noun_entry(mention.head)
        name = self._described_name(mention)
        if joint := self._joint_name(mention) or self._joint_appositive(mention):
            return joint, SourceType.GROUP, False
        if is_coordination(self.draft.tokens(mention.span)) and entry[0] in {"person", ""}:
            proper = [
                t
                for t in self.draft.tokens(mention.span)
                if t.pos_ == "PROPN"
                and (t.ent_type_ in {"PERSON", "ORG"} or (t.ent_type_ == "GPE" and t == mention.head))
            ]
            return name, SourceType.GROUP, not proper
        if entry[0] == "person":
            if mention.plural:
                return name, SourceType.GROUP, True
            return name, SourceType.PERSON, not identifies(mention)
        if mention.head.ent_type_ == "NORP":
            return name, SourceType.GROUP, True
        if entry[0]:
            return name, SourceType(entry[0]), False
        return name, (SourceType.GROUP if mention.plural else SourceType.ORGANIZATION), mention.plural

    def _joint_name(self, mention: Mention) -> str:
        """Full names of two people who speak together: "Mr. Grassley and Mr. Leahy"."""
        tokens = self.draft.tokens(mention.span)
        words = self.draft.words(mention.span)
        parts = [part.strip(" ,") for part in re.split(r"\s+and\s+|,\s+(?=(?:Mr|Ms|Mrs|Dr)\.)", words)]
        if not is_coordination(tokens) or not 1 < len(parts) <= 4:
            return ""
        names = [self.people.full_name(bare_name(part.split(",")[0])) for part in parts]
        named = all(name in self.people.names or has_title(part) for name, part in zip(names, parts, strict=True))
        return " and ".join(names) if named else ""

    def _joint_appositive(self, mention: Mention) -> str:
        """ "two voters, Ann Moor and Bo Lindt": the names of all who are counted."""
        named = (
            [t for t in mention.head.children if t.dep_ == "appos" and t.i > mention.head.i] if mention.plural else []
        )
        if len(named) != 1:
            return ""
        tokens = [named[0], *named[0].conjuncts]
        names = [self.people.full_name(name_around(self.draft, token.doc[:], token)) for token in tokens]
        people = is_person(mention.head) and all(token.pos_ == "PROPN" for token in tokens)
        return " and ".join(names) if people and len(tokens) == count_of(mention.text, plural=True) else ""

    def _described_name(self, mention: Mention) -> str:
        words = re.sub(r"\s+(?:here|there)$", "", " ".join(mention.text.split()))
        document = noun_entry(mention.head)[0] == "document"
        its = mention.owner.lower() in OWN
        if mention.owner and (its or self._possessive(mention) or not document):
            outlet = owning_outlet(self.register, mention) if not (its and document) else None
            owner = outlet.name if outlet is not None else self._owner_name(mention)
            noun = singular_if_one(words, mention)
            if mention.owner.lower() == "whose" and owner[-1:].islower() and owner.split()[-1].islower():
                return f"{noun} of {owner}"  # "countries whose leaders": leaders of countries
            mark = self._possessive(mention) if outlet is None else ""
            return f"{owner}{mark} {noun}".strip()
        words = self._lowered(mention, self._with_standing(mention, words))
        if partitive := PARTITIVE.match(words):
            rest = self._group_of(mention) or _without_number(words[partitive.end() :])
            return in_singular(rest, mention) if not mention.plural else f"{partitive['count'].lower()} {rest}"
        if document:
            words = _AFTER_DOCUMENT.split(re.sub(r"\s*\([^()]*\)?", "", words))[0]
            words = _PASSING.sub(" ", words).strip()
            words = " ".join(_DESCRIBED.sub("", words).split())
            if issued := _ISSUED_BY.match(words):
                words = f"{re.split(', | for ', issued['issuer'])[0]} {issued['noun']}"
            return words
        words = words.split(", ")[0]  # an appositive describes, it does not name
        return _DESCRIBED.sub("", words) if not is_singular_body(mention) else words

    def _group_of(self, mention: Mention) -> str:
        """The fullest description of the group that "one of the people" belongs to, without its number."""
        groups = [
            s for s in self.register.sources if s.plural and s.anonymous and s.head == mention.head.lemma_.lower()
        ]
        words = groups[-1].name.removesuffix(" (anonymous)").split() if groups else []
        return " ".join(word for word in words if word.lower() not in NUMBERS)

    def _with_standing(self, mention: Mention, words: str) -> str:
        """What makes a bare "person" or "people" worth hearing: "a person briefed on the talks"."""
        head = mention.head
        described = mention.modifiers - NUMBERS.keys()
        if (
            described
            or head.lemma_.lower() not in GENERIC_PEOPLE | {"people"}
            or offsets_of(head)[1] != mention.span[1]
        ):
            return words
        for child in head.rights:
            if child.dep_ in {"acl", "amod", "prep"} and child.left_edge.i == head.i + 1:
                end = child.right_edge
                tail = self.draft.text[mention.span[1] : end.idx + len(end)]
                tail = re.split(r"[,;:“”\"\n]|\s+(?:who|said|told)\b", tail)[0]
                terms = any(phrase in tail.lower() for phrase in lexicon.table("anonymity"))
                if len(tail.split()) <= MAX_STANDING_WORDS and not terms:
                    return words + tail.rstrip()
        return words

    def _lowered(self, mention: Mention, words: str) -> str:
        """Without the capital that only the beginning of a sentence gave."""
        first = self.draft.tokens(mention.span)[0]
        named = first.ent_type_ not in {"", "CARDINAL", "ORDINAL", "QUANTITY", "PERCENT"}
        if first.is_sent_start and not named and first.pos_ != "PROPN" and not first.text.isupper():
            return words[0].lower() + words[1:]
        return words

    def _possessive(self, mention: Mention) -> str:
        """The possessive ending that the text gives an owner, in the text's own mark: "Scott's family"."""
        poss = next((child for child in mention.head.lefts if child.dep_ == "poss" and child.pos_ != "PRON"), None)
        case = next((child for child in poss.children if child.tag_ == "POS"), None) if poss is not None else None
        return self.draft.words(offsets_of(case)) if case is not None else ""

    def _owner_name(self, mention: Mention) -> str:
        owner = mention.owner
        if owner.lower() == "whose" and (noun := relative_noun(self.draft, mention)) is not None:
            return self._of_noun(noun).name.removesuffix(" (anonymous)")
        if owner.lower() == "their" and (subject := self._plural_subject(mention)) is not None:
            return self._of_noun(subject).name.removesuffix(" (anonymous)")
        if owner.lower() in OWN:
            probe = Mention(
                mention.span,
                {"his": "he", "her": "she", "their": "they", "its": "it"}[owner.lower()],
                mention.head,
                "pronoun",
            )
            found = self._candidates(probe)
            if not found or len(equally_good(found)) > 1 or is_thin(probe.text, found):
                return owner.lower()
            name = found[0][0].name.removesuffix(" (anonymous)")
            return name.split()[-1] if found[0][0].type is SourceType.PERSON and not found[0][0].anonymous else name
        if titled_words(owner):
            return self.people.full_name(bare_name(owner))
        return re.sub(r"^(?:the|a|an)\s+", "", owner, flags=re.IGNORECASE)

    def _plural_subject(self, mention: Mention) -> Token | None:
        """People who are the subject of the sentence that goes before "according to their attorneys"."""
        subjects = (
            t
            for t in mention.head.sent
            if t.dep_ in {"nsubj", "nsubjpass"} and t.idx < mention.span[0] and t.head.dep_ in {"ROOT", "ccomp"}
        )
        return next((t for t in subjects if t.tag_ == "NNS" and is_person(t)), None)

    # --- links --------------------------------------------------------------------------------------------------

    def _of_link(self, span: Offsets, *, vehicle: bool) -> DraftSource:
        words = self.draft.words(span)
        mention = read_mention(self.draft, span)
        if not vehicle and names_us(words):
            return self._own_or_last(words, span[0])
        if vehicle and words in lexicon.phrases("platforms"):
            return self.register.by_key.get(name_key(words)) or self.register.add(
                name_key(words), words, SourceType.SOCIAL_POST, Affiliation.MEDIA, anonymous=False
            )
        if mention.kind == "pronoun":
            found = self._candidates(mention)
            if found:
                return found[0][0]
        if mention.kind == "name" and not vehicle:
            outlet = outlet_in(mention.name)
            source = self.register.outlet(outlet) if outlet else self.register.named(mention)
        elif words.startswith("The ") and words[4:5].isupper() and mention.span[0] != mention.head.sent.start_char:
            source = self.register.outlet(words)  # "told The Verge"
        else:
            source = self._taken_up_or_new(mention, SourceType.DOCUMENT if vehicle else None)
        self.register.note(source, span)
        return source

    def _of_noun(self, noun: Token) -> DraftSource:
        return self._of_link(noun_phrase(self.draft, noun), vehicle=False)

    def _own_or_last(self, words: str, place: int) -> DraftSource:
        """ "This newspaper" is the publisher; "the paper" is the outlet that the text has just named, if it has."""
        named = [s for where, s in self.register.history if s.type is SourceType.MEDIA and place - where <= RECENT]
        return named[-1] if named and words.lower().startswith("the ") else self.register.publisher


def resolve(draft: Draft) -> None:
    """Fill `draft.sources` and give every attribution and link its source."""
    Resolver(draft).run()
    give_terms(draft)


def _without_number(words: str) -> str:
    """ "two major candidates" are major candidates, where one of them speaks."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in NUMBERS else words
