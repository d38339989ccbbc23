"""Mentions to sources: who stands behind "He", "the Ukrainian official", "one of the publication's interlocutors".

Every source keeps the fullest name that the article gives. Unnamed people are sources like any other, with their
description for a name; a mention that several sources fit equally well stays ambiguous, with its candidates.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Span, Token

from annotator import cues, lexicon
from annotator.draft import Draft, DraftAttribution, DraftLink, DraftSource, Offsets, offsets_of
from annotator.frames import is_outlet, noun_phrase, outlet_in, sentence_of
from annotator.labels import Affiliation, AttributionMode, LinkBasis, LinkRole, Resolution, SourceType
from annotator.mention_reader import OF_THEM, PARTITIVE, name_around, read_mention
from annotator.mentions import (
    GENERIC_BODIES,
    GENERIC_PEOPLE,
    NEUTER,
    NUMBERS,
    OWN,
    PLURAL,
    RELATIVE,
    SINGULAR,
    Mention,
    count_of,
    entities_in,
    has_title,
    in_singular,
    is_coordination,
    is_person,
    is_singular_body,
    noun_entry,
    singular_if_one,
    titled_words,
)
from annotator.names import POSSESSIVE, bare_name
from annotator.publisher import name_key, names_us
from annotator.records import ARTICLE_SOURCE
from annotator.register import Register
from annotator.terms import give_terms

MAX_RELATIVE_REACH = 12  # tokens between a "who" and the people that it stands for
MAX_STANDING_WORDS = 8  # of what makes a bare "person" worth hearing ("briefed on the talks")
KNOWN_PRONOUN = 0.1  # added for whom the article calls so; less than LAST_SPEAKER, who goes first
AMBIGUITY_MARGIN = 0.03  # two candidates closer than this are equally good; wider ones lose right answers only
LEAST_OF_SEVERAL = 0.4  # score below which "he" and "she" of several people are nobody that the text shows to be meant
LEAST = 0.5  # the same for "they" and "it", of one candidate too
MAX_CANDIDATES = 3  # of an unresolved pronoun
LAST_SPEAKER = 0.12  # who spoke last in the paragraph goes on more often than anybody named since
LAST_BEFORE = 0.1  # the same of the paragraph before
SPOKEN_OF = 0.35  # who is named in what somebody says
PAIR = 0.72  # for "they": two people whom the sentence before names together
TOPIC = 0.7  # for "it": what the sentence before is about
RECENT = 1500  # characters back in which a pronoun finds its antecedent
UNSPECIFIED = "unspecified source (anonymous)"

_THIRD = frozenset({"they", "them", "both", "it"})
_ONE_OF_SEVERAL = frozenset({"one", "another", "both", "all"})  # by themselves: of whom, the text has told
_ANY_ROLE = frozenset({"leader", "politician", "boss", "head", "executive", "figure", "veteran"})
_ANEW = frozenset({"former", "veteran", "retired", "one-time", "first-term", "old"})
_OFFICES_OF_MANY = frozenset({"minister", "secretary", "ambassador", "senator", "judge"})
NEAR = 300  # characters back in which "it" or "they" finds a body
_TAKING_UP = GENERIC_BODIES | {"article", "finding", "piece"}
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
        self.contents = sorted(span for item in draft.attributions for span in item.contents)
        self.spoken_for: set[int] = set()  # places where a body speaks through an unnamed person

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
            self.spoken_for.add(place)
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
        scored = self._shown(item, mention) or self._candidates(mention)
        word = mention.text.lower()
        if not scored or _is_thin(word, scored):
            self._leave_open(item, mention, Resolution.UNRESOLVED, scored[:MAX_CANDIDATES])
        elif len(close := _equally_good(scored)) > 1:
            self._leave_open(item, mention, Resolution.AMBIGUOUS, close)
        else:
            item.source = scored[0][0]
            if word in {"he", "she"}:
                item.source.pronoun = word

    def _leave_open(
        self, item: DraftAttribution, mention: Mention, how: Resolution, candidates: list[tuple[DraftSource, float]]
    ) -> None:
        """A source that says what is not known: "unresolved “it”", "ambiguous “she”"."""
        item.resolution, item.candidates = how, candidates
        known = how is Resolution.UNRESOLVED and not candidates
        key = f"{how.value} {mention.text.lower() if known else mention.span[0]}"
        item.source = self.register.by_key.get(key) or self.register.add(
            key, f"{how.value} “{mention.text}”", SourceType.UNSPECIFIED, Affiliation.UNKNOWN, anonymous=False
        )

    def _shown(self, item: DraftAttribution, mention: Mention) -> list[tuple[DraftSource, float]]:
        """ "NBC published the video. It shows ...": what shows something is a document, not who published it."""
        before = self._sentence_before(mention.span[0])
        shows = cues.lemma(self.draft, item.cue) in lexicon.words("document_cues")
        if mention.text.lower() not in NEUTER or not shows or before is None:
            return []
        nouns = [t for t in before if noun_entry(t)[0] == "document" and t.dep_ in {"dobj", "nsubj", "nsubjpass"}]
        if not nouns or before.end_char < self.draft.line_at(mention.span[0])[0]:
            return []
        return [(self._of_link(noun_phrase(self.draft, nouns[-1]), vehicle=False), TOPIC)]

    def _candidates(self, mention: Mention) -> list[tuple[DraftSource, float]]:
        """Possible antecedents of a pronoun with scores from 0 to 1, best first."""
        word, place = mention.text.lower(), mention.span[0]
        if word in RELATIVE and (found := self._relative(mention)) is not None:
            return [(found, 1.0)]
        scores: dict[int, tuple[DraftSource, float]] = {}
        for source, score, voice in self._offers(word, place):
            if source.pronoun and word in {"he", "she"}:
                if source.pronoun != word:
                    continue
                score += KNOWN_PRONOUN
            agrees = _agrees(word, source) or (voice and word in SINGULAR)
            if agrees and score > scores.get(id(source), (source, -1.0))[1]:
                scores[id(source)] = (source, score)
        return sorted(scores.values(), key=lambda pair: -pair[1])

    def _offers(self, word: str, place: int) -> Iterator[tuple[DraftSource, float, bool]]:
        """Who has spoken or been named before a pronoun, with scores; agreement is not looked at.

        The third value tells whether a body spoke through an unnamed person: "A spokeswoman for ... said. She added".
        """
        line = self.draft.line_at(place)
        for n, (where, source) in enumerate(reversed(self.register.history[-6:])):
            if place - where <= RECENT:
                near = 0.75 if where >= line[0] else 0.6
                last = n == 0 and where >= self._paragraph_before(line[0])
                goes_on = (LAST_SPEAKER if where >= line[0] else LAST_BEFORE) if last else 0.0
                yield source, near + goes_on - min(0.3, (place - where) / 3000), last and where in self.spoken_for
        if word in SINGULAR:
            for where, name, subject in self._people_before(place):
                near = 0.72 if subject and where >= line[0] else 0.45
                near = SPOKEN_OF if self._is_spoken_of(where) else near
                yield self.register.person(name), near - min(0.3, (place - where) / 1500), False
        elif word in NEUTER | PLURAL:
            for where, ent in self.register.entities.bodies_before(place, NEAR):
                yield self.register.body(ent.text), 0.6 - min(0.4, (place - where) / 700), False
            if word in PLURAL and (pair := self._pair_before(place)) is not None:
                yield pair, PAIR, False
            if word in NEUTER and (topic := self._topic_before(place)) is not None:
                yield topic, TOPIC, False

    def _sentence_before(self, place: int) -> Span | None:
        begin = self.draft.sentence_at(place).start_char
        return self.draft.sentence_at(begin - 1) if begin else None

    def _pair_before(self, place: int) -> DraftSource | None:
        """Two people whom the sentence before names together: "Grassley and Leahy see ... They sent a letter"."""
        if (before := self._sentence_before(place)) is None:
            return None
        pairs = [(t.head, t) for t in before if t.dep_ == "conj" and _are_named(t, t.head)]
        if len(pairs) != 1 or any(t.dep_ == "conj" and t.head.i == pairs[0][1].i for t in before):
            return None
        names = [self.people.full_name(name_around(self.draft, before, token)) for token in pairs[0]]
        key = f"{name_key(' and '.join(names))} pl"
        if (known := self.register.by_key.get(key)) is not None:
            return known
        affiliation = self.register.entities.shared_affiliation(names)
        found = self.register.add(key, " and ".join(names), SourceType.GROUP, affiliation, anonymous=False)
        found.plural = True
        title = next((t for t in pairs[0][0].lefts if t.dep_ == "compound" and t.ent_type_ != "PERSON"), None)
        found.head, found.count = title.lemma_.lower().removesuffix("s") if title is not None else "", 2
        return found

    def _paragraph_before(self, start: int) -> int:
        """Where the paragraph before the one that begins at `start` begins."""
        end = len(self.draft.text[max(0, start - NEAR) : start].rstrip()) + max(0, start - NEAR)
        return self.draft.line_at(max(0, end - 1))[0]

    def _is_spoken_of(self, place: int) -> bool:
        """Whether a place lies in what somebody says: those who are spoken of speak next more rarely."""
        n = bisect_right(self.contents, (place, len(self.draft.text))) - 1
        return n >= 0 and place < self.contents[n][1]

    def _topic_before(self, place: int) -> DraftSource | None:
        """The body or document that the sentence before is about: "The study drew on 40 years ... It found"."""
        if (before := self._sentence_before(place)) is None:
            return None
        subject = next((t for t in before.root.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None or before.end_char < self.draft.line_at(place)[0] or subject.pos_ == "PRON":
            return None
        if noun_entry(subject)[0] not in {"document", "organization", "media"} and subject.ent_type_ != "ORG":
            return None
        span = noun_phrase(self.draft, subject)
        mention = read_mention(self.draft, span)
        if mention.kind not in {"name", "description"}:
            return None
        return self.register.named(mention) if mention.kind == "name" else self._taken_up_or_new(mention)

    def _people_before(self, place: int) -> Iterator[tuple[int, str, bool]]:
        for where, name in self.people.before(place, RECENT):
            if where < place:
                token = self.draft.doc.char_span(where, where + 1, alignment_mode="expand")
                head = token[0] if token is not None else None
                while head is not None and head.dep_ in {"compound", "flat", "appos"} and head.head.i != head.i:
                    head = head.head  # "the director, Ann Lee, said": Lee is the subject
                subject = head is not None and head.dep_ in {"nsubj", "nsubjpass"}
                yield where, name, subject and not _inside_quotes(self.draft, where)

    def _relative(self, mention: Mention) -> DraftSource | None:
        verb = mention.head
        while verb.dep_ != "relcl" and verb.head.i != verb.i:
            verb = verb.head
        noun = None
        if verb.dep_ == "relcl":
            noun = verb.head
            group = noun.head if noun.dep_ == "conj" and noun.head.dep_ == "appos" else noun
            noun = group.head if group.dep_ == "appos" else noun
        if mention.text.lower() in {"who", "whom"} and (noun is None or not is_person(noun)):
            noun = self._person_noun_before(mention) or noun  # "calls from listeners to his program, who said"
        noun = _candidate_for(noun) if noun is not None else None
        return self._of_link(noun_phrase(self.draft, noun), vehicle=False) if noun is not None else None

    def _person_noun_before(self, mention: Mention) -> Token | None:
        """The nearest noun for people before a "who" that the parser hangs on something else."""
        doc, first = self.draft.doc, self.draft.tokens(mention.span)[0]
        begin = max(first.sent.start, first.i - MAX_RELATIVE_REACH)
        near = (doc[i] for i in range(first.i - 1, begin - 1, -1))
        found = next((t for t in near if is_person(t) and not _inside_quotes(self.draft, t.idx)), None)
        while found is not None and found.dep_ in {"compound", "flat"} and found.head.i < first.i:
            found = found.head
        return found

    def _quantifier(self, item: DraftAttribution, mention: Mention) -> DraftSource:
        words = " ".join(mention.text.lower().split())
        if (of_them := OF_THEM.fullmatch(words)) and (made := self._member(item, mention, of_them["count"])):
            return made
        if words in _ONE_OF_SEVERAL:
            item.resolution = Resolution.UNRESOLVED
        key = f"quantifier {words}"
        return self.register.by_key.get(key) or self.register.add(
            key, f"{words} (anonymous)", SourceType.GROUP, Affiliation.UNKNOWN, anonymous=True
        )

    def _member(self, item: DraftAttribution, mention: Mention, count: str | None) -> DraftSource | None:
        """ "one of them": a part of the group that was named last; "another": one more of the same kind."""
        alone, count = count is None, count or "another"
        groups = [s for _, s in self.register.history if (s.plural or alone) and s.anonymous and s.head]
        groups += (
            [s for s in self.register.sources if s.plural and s.anonymous and s.head and s.mentions]
            if not groups
            else []
        )
        if not groups:
            return None
        group, one = groups[-1], count in {"one", "another"}
        words = [w for w in group.name.removesuffix(" (anonymous)").split() if w.lower() not in NUMBERS]
        last = {group.head + "s": group.head, "people": "person"} if one else {}
        words = [last.get(word, word) for word in words]
        kept = count == "another" or not one
        name = " ".join([count, *words] if kept and words[:1] != [count] else words)
        key = f"{name_key(name)} {mention.span[0]}"
        made = self.register.add(
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
        item.mode = AttributionMode.ANAPHORIC
        return made

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
        if (earlier := self._antecedent(mention)) is not None:
            return earlier
        name, kind, anonymous = self._description(mention)
        key = f"{name_key(name)} {'pl' if mention.plural else 'sg'}"
        found = self.register.by_key.get(key)
        if found is not None and (mention.plural or mention.definite or not found.anonymous):
            return found
        if found is not None:
            key = f"{key} {mention.span[0]}"
        made = self._new_description(key, name, kind, mention, anonymous=anonymous)
        made.open = self._takes_up_nothing(mention, kind)
        return made

    def _takes_up_nothing(self, mention: Mention, kind: SourceType) -> bool:
        """Whether a description must mean whom the text has named, and the resolver does not know who that is.

        "The agency", "the woman", "the union leader"; but "the mayor" and "the man who called" are known without more.
        """
        lemma = mention.head.lemma_.lower()
        if not mention.definite:
            return False
        if lemma in _TAKING_UP:
            return not mention.modifiers
        after = any(t.dep_ in {"prep", "relcl", "acl", "appos"} and t.i > mention.head.i for t in mention.head.children)
        known = after or (self._identifies(mention, lemma) and lemma not in _OFFICES_OF_MANY)
        ordered = mention.head.doc[mention.head.left_edge.i : mention.head.i]
        is_one_of_several = any(t.ent_type_ == "ORDINAL" or t.lower_ in {"other", "same"} for t in ordered)
        return kind is SourceType.PERSON and not mention.plural and not known and not is_one_of_several

    def _taken_up_or_new(self, mention: Mention, told: SourceType | None = None) -> DraftSource:
        """The source that a description takes up or repeats, else a new one, of the type that its frame tells."""
        if (earlier := self._antecedent(mention)) is not None:
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
        outlet = self._owner_outlet(mention)
        if outlet is not None and person and outlet.source_id != ARTICLE_SOURCE:
            basis = LinkBasis.EXPLICIT if is_outlet(mention.owner) else LinkBasis.INHERITED
            item.reporters.append(DraftLink(LinkRole.REPORTER, item.mention, item.cue, basis, outlet))

    def _owner_outlet(self, mention: Mention) -> DraftSource | None:
        if outlet_in(mention.owner):
            return self.register.outlet(outlet_in(mention.owner) or mention.owner)
        head = mention.owner.lower().split()[-1] if mention.owner else ""
        if lexicon.table("nouns").get(head, ("",))[0] == "media" or head in {"agency", "its"}:
            return self.register.last(SourceType.MEDIA)
        return None

    def _antecedent(self, mention: Mention) -> DraftSource | None:
        """The earlier source that a definite description takes up, if there is exactly one that fits."""
        lemma = mention.head.lemma_.lower()
        if not mention.definite or mention.owner:
            return None
        if (taken_up := self._same_description(mention, lemma)) is not None:
            return taken_up
        entry = noun_entry(mention.head)
        if entry[0] == "media":
            return self.register.last(SourceType.MEDIA)
        if lemma == "agency" and not self.register.entities.named_body(lemma, mention.span[0]):
            return self.register.last(SourceType.MEDIA)
        if (
            entry[0] == "organization"
            and not mention.plural
            and (body := self._body_called(lemma, mention)) is not None
        ):
            return body
        if entry[0] == "person" and lemma not in GENERIC_PEOPLE and not mention.plural:
            return self._holder(lemma, mention) or self._same_person(lemma, mention)
        return None

    def _same_person(self, lemma: str, mention: Mention) -> DraftSource | None:
        """Who spoke last, described anew: "Daniel Okoro, defending, said ... The solicitor described ..."

        Only a named person of whose role the article tells nothing else, and no office that somebody else may hold.
        """
        line = self.draft.line_at(mention.span[0])
        spoken = (entry for entry in reversed(self.register.history) if entry[1].type is not SourceType.MEDIA)
        where, last = next(spoken, (0, None))  # "In an interview with Radio Sud, the leader said": not the radio
        if last is None or where < line[0]:
            people = list(self._people_before(mention.span[0]))
            subjects = {name: place for place, name, subject in people if subject and place >= line[0]}
            named = subjects if len(subjects) == 1 else {name: place for place, name, _ in people if place >= line[0]}
            if len(named) == 1:
                last, where = self.register.person(next(iter(named))), next(iter(named.values()))
        if last is None or last.type is not SourceType.PERSON or last.anonymous:
            return None
        if where >= mention.head.sent.start_char and mention.head.dep_ not in {"nsubj", "nsubjpass"}:
            return None  # "Lee told the nominee": nobody is told something by themselves
        roles = self.people.roles(last.name)
        if lemma in lexicon.words("offices") and lemma not in roles:
            return None
        in_paragraph = where >= line[0]
        anew = bool(mention.modifiers & _ANEW) or any("-year-old" in word for word in mention.text.split())
        near = in_paragraph and (not roles or lemma in roles or lemma in _ANY_ROLE)
        return last if near or (anew and mention.span[0] - where <= RECENT) else None

    def _same_description(self, mention: Mention, lemma: str) -> DraftSource | None:
        """The source with the same head noun whose modifiers do not contradict, the latest where several fit."""
        fitting = [
            source
            for source in self.register.sources
            if source.source_id != ARTICLE_SOURCE
            and source.mentions
            and source.head == lemma
            and source.plural == mention.plural
            and (mention.modifiers <= source.modifiers or not source.anonymous)
            and not self._names_another(mention, source)
        ]
        return self.register.latest(fitting)

    def _names_another(self, mention: Mention, source: DraftSource) -> bool:
        """Whether a description names what an earlier one does not: "the Reuters/Ipsos poll" is no other poll."""
        names = {t.text for t in self.draft.tokens(mention.span) if t.pos_ == "PROPN" and t.i != mention.head.i}
        return bool(names) and not any(name in source.name for name in names)

    def _body_called(self, lemma: str, mention: Mention) -> DraftSource | None:
        """ "the service" after "Calderwick Fire and Rescue Service"; "the club" after the one club that spoke."""
        named = [
            s
            for s in self.register.sources
            if lemma in s.name.lower().split()
            and s.name != lemma
            and not s.anonymous
            and s.type is not SourceType.DOCUMENT
        ]
        if len(named) == 1:
            return named[0]
        if not named and (name := self.register.entities.named_body(lemma, mention.span[0])):
            return self.register.body(name)
        if lemma not in GENERIC_BODIES:
            return None
        bodies = [s for s in self.register.sources if s.type is SourceType.ORGANIZATION and not s.head and s.mentions]
        if lemma in {"company", "firm"}:
            bodies = [s for s in bodies if s.affiliation is Affiliation.CORPORATE] or bodies
        return self.register.latest(bodies)

    def _holder(self, lemma: str, mention: Mention) -> DraftSource | None:
        """The one named person whom the article introduces with this role: "the mayor", a headline's "minister"."""
        spoken = [
            s
            for s in self.register.by_key.values()
            if s.type is SourceType.PERSON and not s.anonymous and s.role and lemma in s.role.lower().split()
        ]
        if len(spoken) == 1:
            return spoken[0]
        recent = [
            s for _, s in reversed(self.register.history) if not s.anonymous and lemma in self.people.roles(s.name)
        ]
        if recent:
            return recent[0]
        names = self.people.holders(lemma)
        if len(names) != 1 or spoken:
            return None
        others = [s for s in self.register.sources if s.anonymous and s.head == lemma and s.mentions]
        return None if others else self.register.person(names[0])

    def _description(self, mention: Mention) -> tuple[str, SourceType, bool]:
        """Name, type and anonymity of an unnamed source."""
        lemma = mention.head.lemma_.lower()
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
            return name, SourceType.PERSON, not self._identifies(mention, lemma)
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

    def _identifies(self, mention: Mention, lemma: str) -> bool:
        """A definite office ("the mayor", "the local health secretary") has one holder whom the reader can find."""
        words = mention.text.lower()
        return mention.definite and any(re.search(rf"\b{re.escape(o)}\b", words) for o in lexicon.phrases("offices"))

    def _described_name(self, mention: Mention) -> str:
        words = re.sub(r"\s+(?:here|there)$", "", " ".join(mention.text.split()))
        document = noun_entry(mention.head)[0] == "document"
        its = mention.owner.lower() in OWN
        if mention.owner and (its or self._possessive(mention) or not document):
            outlet = self._owner_outlet(mention) if not (its and document) else None
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
        if owner.lower() == "whose" and (people := self._relative(mention)) is not None:
            return people.name.removesuffix(" (anonymous)")
        if owner.lower() == "their" and (subject := self._plural_subject(mention)) is not None:
            return self._of_link(noun_phrase(self.draft, subject), vehicle=False).name.removesuffix(" (anonymous)")
        if owner.lower() in OWN:
            probe = Mention(
                mention.span,
                {"his": "he", "her": "she", "their": "they", "its": "it"}[owner.lower()],
                mention.head,
                "pronoun",
            )
            found = self._candidates(probe)
            if not found or len(_equally_good(found)) > 1 or _is_thin(probe.text, found):
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

    def _own_or_last(self, words: str, place: int) -> DraftSource:
        """ "This newspaper" is the publisher; "the paper" is the outlet that the text has just named, if it has."""
        named = [s for where, s in self.register.history if s.type is SourceType.MEDIA and place - where <= RECENT]
        return named[-1] if named and words.lower().startswith("the ") else self.register.publisher


def resolve(draft: Draft) -> None:
    """Fill `draft.sources` and give every attribution and link its source."""
    Resolver(draft).run()
    give_terms(draft)


def _candidate_for(noun: Token) -> Token:
    """ "the nominee for president, who spoke": the nominee speaks, not the office."""
    person = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else noun
    bare = not any(child.dep_ in {"det", "poss"} for child in noun.children)
    return person if bare and is_person(person) else noun


def _without_number(words: str) -> str:
    """ "two major candidates" are major candidates, where one of them speaks."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in NUMBERS else words


def _is_thin(word: str, scored: list[tuple[DraftSource, float]]) -> bool:
    """Whether the best candidate stands too far off to be meant; "she" in an article about one woman never is."""
    best = scored[0][1]
    if word in SINGULAR:
        return best < LEAST_OF_SEVERAL and len(scored) > 1
    return best < LEAST and word in _THIRD


def _equally_good(scored: list[tuple[DraftSource, float]]) -> list[tuple[DraftSource, float]]:
    """The best candidate and those too close to it to be told apart."""
    return [candidate for candidate in scored if scored[0][1] - candidate[1] < AMBIGUITY_MARGIN]


def _agrees(word: str, source: DraftSource) -> bool:
    kind = source.type
    if word in SINGULAR:
        return kind in {SourceType.PERSON, SourceType.SOCIAL_POST} and not source.plural
    if word in NEUTER:
        return kind in {SourceType.ORGANIZATION, SourceType.MEDIA, SourceType.DOCUMENT, SourceType.STATE}
    if word in PLURAL:
        body = kind is SourceType.ORGANIZATION and (not source.head or source.head in lexicon.table("nouns"))
        return kind is SourceType.GROUP or body or source.plural
    return kind is not SourceType.ARTICLE


def _are_named(one: Token, other: Token) -> bool:
    """Whether two names that are joined are people's; the entity recogniser often knows one of two only."""
    kinds = {one.ent_type_, other.ent_type_}
    return "PERSON" in kinds <= {"PERSON", ""} and one.pos_ == other.pos_ == "PROPN"


def _inside_quotes(draft: Draft, place: int) -> bool:
    line = draft.line_at(place)
    before = draft.text[max(line[0], place - RECENT) : place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
