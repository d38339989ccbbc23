"""Mentions to sources: who stands behind "He", "the Ukrainian official", "one of the publication's interlocutors".

Unnamed people are sources like any other, with their description for a name; a mention that several sources fit
equally well stays ambiguous, with its candidates. What a mention is, whom it may take up and how a description reads
stand in mention_reader.py, pronouns.py, antecedents.py and descriptions.py; here it is decided, one mention at a time.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from spacy.tokens import Token

from annotator.draft import Draft, DraftAttribution, DraftLink, DraftSource, Offsets, inside
from annotator.labels import Affiliation, AttributionMode, LinkBasis, LinkRole, Resolution, SourceType
from annotator.language import lexicon
from annotator.language.listeners import kind_of
from annotator.language.names import name_key
from annotator.language.outlets import is_outlet, outlet_in
from annotator.language.publisher import names_us
from annotator.language.syntax import noun_phrase, sentence_of, subject_of
from annotator.records import ARTICLE_SOURCE
from annotator.sources.antecedents import antecedent, member_of_group, named_after, owning_outlet, takes_up_nothing
from annotator.sources.bodies import named_next
from annotator.sources.candidates import HE_OR_SHE, HEADLINES
from annotator.sources.descriptions import Owner, describe, goes_by_owner, possessive, without_determiner
from annotator.sources.evidence import THEY
from annotator.sources.full_names import titled
from annotator.sources.linking import Linker
from annotator.sources.links import MAX_CANDIDATES, Links
from annotator.sources.mention_reader import OF_THEM, name_around, read_mention
from annotator.sources.mentions import (
    FIRST_PERSON,
    GENERIC_PEOPLE,
    NEUTER,
    OUR,
    OWN,
    PLURAL,
    RELATIVE,
    SINGULAR,
    UNNAMED,
    Mention,
    can_be_called,
    count_of,
    is_person,
    noun_entry,
    pronoun_of_noun,
    titled_words,
)
from annotator.sources.offices import aged, chief_of, holder
from annotator.sources.pronouns import (
    RECENT,
    TOPIC,
    Candidate,
    Offer,
    Pronouns,
    document_shown,
    equally_good,
    introduced,
    is_thin,
    ranked,
    relative_noun,
    sentence_before,
    topic_before,
)
from annotator.sources.register import Register
from annotator.sources.spokespeople import Spokespeople
from annotator.sources.terms import give_terms
from annotator.sources.titles import bare_name

LEAST_SURE = 0.3  # probability of a link below which it is left open
UNSPECIFIED = "unspecified source (anonymous)"

_OUTLETS = frozenset({SourceType.MEDIA, SourceType.ARTICLE})
_QUOTES = frozenset({SourceType.MEDIA, SourceType.DOCUMENT, SourceType.ORGANIZATION, SourceType.STATE})
_OF_ITS_OWN = ("its ", "his ", "her ", "their ")
_OF_NO_KIND = UNNAMED | {"official", "witness"}  # of whom a headline tells no more
_PEOPLE = frozenset({"people", "those"})
_MAN_OR_WOMAN = frozenset({"man", "woman", "boy", "girl", "teenager"})
_ONE_OF_SEVERAL = frozenset({"one", "another", "both", "all"})  # by themselves: of whom, the text has told


class Resolver:
    """Resolves the mentions of one article, in text order."""

    def __init__(self, draft: Draft, linker: Callable[[Register], Linker] = Linker) -> None:
        self.draft = draft
        self.register = Register(draft)
        self.people = self.register.people
        self.pronouns = Pronouns(self.register)
        self.links = Links(self.register, linker(self.register))
        self.spokespeople = Spokespeople(self.register, self._taken_up_or_new)
        self._settled: dict[Offsets, DraftAttribution] = {}  # by their mentions
        self._heads: dict[str, str] = {}  # who is the head that a mention's words tell
        numbered = list(enumerate(draft.attributions))
        self._numbers = {id(item): n for n, item in numbered}
        self._cues = sorted((item.cue[0], n) for n, item in numbered if item.cue)

    def run(self) -> None:
        """Give every attribution and every link its source."""
        for item in self.draft.all_attributions:
            for link in item.reporters:
                if link.mention and link.source is None and not self._is_its_own(link.mention):
                    link.source = self._of_link(link.mention, vehicle=link.role is LinkRole.VEHICLE)
                    self._passes_on(link)
            self._settle(item)
            for link in item.reporters:
                if link.mention and link.source is None:
                    link.source = self._own_document(item, link.mention, vehicle=link.role is LinkRole.VEHICLE)
        self._merge_short()
        self.draft.sources = self.register.sources

    def _merge_short(self) -> None:
        """A headline's "Poll" is the one poll that the text then names, its "sources" those that it then describes."""
        documents = [s for s in self.register.sources if s.type is SourceType.DOCUMENT and s.head and s.mentions]
        for short in [s for s in documents if s.name.lower() == s.head]:
            longer = [s for s in documents if s.head == short.head and s is not short]
            if longer:
                self._merge(
                    short, next((s for s in longer if any(word[0].isupper() for word in s.name.split())), longer[0])
                )
        unnamed = [s for s in self.register.sources if s.anonymous and s.head and s.mentions]
        for short in [s for s in unnamed if s.head in _OF_NO_KIND and " " not in s.name.removesuffix(" (anonymous)")]:
            longer = [s for s in unnamed if s.head == short.head and s.plural == short.plural and s is not short]
            if len(longer) == 1 and all(self.draft.section_kind(at) in HEADLINES for at, _ in short.mentions):
                self._merge(short, longer[0])

    def _merge(self, short: DraftSource, whole: DraftSource) -> None:
        whole.mentions += short.mentions
        for item in self.draft.all_attributions:
            item.source = whole if item.source is short else item.source
            for link in item.reporters:
                link.source = whole if link.source is short else link.source

    def _is_its_own(self, mention: Offsets) -> bool:
        return self.draft.words(mention).lower().startswith(_OF_ITS_OWN)

    def _own_document(self, item: DraftAttribution, mention: Offsets, *, vehicle: bool) -> DraftSource:
        """ "In its report, the bank said ...": the bank's report, whom the sentence names only then."""
        known = len(self.register.sources)
        made = self._of_link(mention, vehicle=vehicle)
        _, _, rest = made.name.partition(" ")
        is_new = len(self.register.sources) > known
        if item.source is not None and is_new and made.name.lower().startswith(_OF_ITS_OWN):
            made.name = f"{item.source.name.removesuffix(' (anonymous)')} {rest}"
        return made

    def _passes_on(self, link: DraftLink) -> None:
        """Who passes on what others say, and is no person by name, is an outlet: "The Meridian, citing officials"."""
        source = link.source
        if link.role is LinkRole.REPORTER and source and source.type is SourceType.ORGANIZATION and not source.head:
            source.type, source.affiliation = SourceType.MEDIA, Affiliation.MEDIA

    # --- one attribution ----------------------------------------------------------------------------------------

    def _told_once(self, mention: Mention) -> str:
        """Who is meant by what the article says of them once: before a name, by letters, as a head, by an age."""
        unnamed = self._speaks_unnamed(mention) or self._spoke_unnamed(mention)
        if (described := self.people.described_at(mention.head)) and not unnamed:
            return described
        words = " ".join(mention.text.split())
        if words not in self._heads:
            self._heads[words] = chief_of(self.draft.text, self.people, words)
        told = holder(self.draft.text, self.people, mention) or self._heads[words]
        return told or aged(self.draft.text, self.people, mention)

    def _settle(self, item: DraftAttribution) -> None:
        if item.mention is None:
            item.source = self._inherited_source(item) or self._unspecified(item)
            return
        same = self._settled.setdefault(item.mention, item)
        if same is not item and same.source is not None:  # "he said, adding that"
            item.source, item.resolution, item.mode = same.source, same.resolution, same.mode
            item.candidates, item.source_confidence = same.candidates, same.source_confidence
            return
        mention = self._by_surname(read_mention(self.draft, item.mention))
        place = item.mention[0]
        if names_us(mention.text) and not mention.text.lower().startswith("the "):
            item.source = self.register.publisher  # "This newspaper has learned"
        elif told := self._told_once(mention):
            item.source = self.register.person(told)
            mention = replace(mention, kind="description", definite=True)
        elif mention.kind == "pronoun":
            self._pronoun(item, mention)
        elif mention.kind == "name":
            item.source = self.register.named(mention)
        elif not self._speaks_unnamed(mention) and (body := self.spokespeople.body_of(mention)) is not None:
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

    def _by_surname(self, mention: Mention) -> Mention:
        """ "Banks said", at the beginning of a sentence: no banks, but Errol Banks, whom the article names."""
        word = mention.text
        if mention.kind == "name" or " " in word or not word[:1].isupper():
            return mention
        full = self.people.full_name(word)
        known = full in self.people.names and " " in full
        return replace(mention, kind="name", name=full) if known else mention

    def _speaks_unnamed(self, mention: Mention) -> bool:
        """ "A NATO spokesperson, who spoke on condition of anonymity": the person is the source, and unnamed."""
        end = sentence_of(self.draft, mention.span[0])[1]
        behind = self.draft.text[mention.span[1] : end].lower().replace("’", "'")
        return any(phrase in behind for phrase in lexicon.table("anonymity"))

    def _spoke_unnamed(self, mention: Mention) -> bool:
        """ "A former aide recalled ... the former aide said": an unnamed source of the very same words."""
        last = self.register.history[-1][1] if self.register.history else None
        if last is None or not last.anonymous or not mention.definite or mention.plural or mention.owner:
            return False
        lemma = mention.head.lemma_.lower()
        called = last.type is SourceType.PERSON and not mention.modifiers and can_be_called(last, lemma)
        return called or (last.head == lemma and mention.modifiers == last.modifiers)

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
        if (spends := next((t for t in verb.ancestors if t.lemma_ == "spend"), None)) is not None:
            who = subject_of(spends)  # "The president spent the first weeks of his term arguing that"
            item.mention = noun_phrase(self.draft, who) if who is not None and who.i < spends.i else None
            if item.mention is not None:
                self._settle(item)
                return item.source
        if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN"} and verb.head.i < verb.i:
            item.mention = noun_phrase(self.draft, verb.head)  # "photos showing a row of windows"
            return self._of_link(item.mention, vehicle=False)
        bounds = sentence_of(self.draft, item.cue[0])
        begin, end = (bisect_left(self._cues, (place, -1)) for place in (bounds[0], item.cue[0]))
        here = [self.draft.attributions[n] for n in sorted(n for _, n in self._cues[begin:end])]
        before = next((other for other in reversed(here) if other.source), None)
        if before is not None and before.mention:
            item.mention = before.mention
            item.mode = before.mode
            return before.source
        subject = subject_of(verb.head) if verb.dep_ == "advcl" else None
        # "Noting that it rained, the mayor called for calm", "She wrote to the mayor asking him to go"
        if subject is not None and subject.lower_ not in {"it", "there", "that", "this"}:
            item.mention = noun_phrase(self.draft, subject)
            self._settle(item)
        return item.source

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
        word = mention.text.lower()
        if shown is not None:
            item.source = self._of_noun(shown)
            return
        if word in FIRST_PERSON:
            item.source = self._own_voice(item, word)
            return
        if word in HE_OR_SHE and (unnamed := self._unnamed_before(mention.span[0])) is not None:
            item.source = self._of_noun(unnamed)
            return
        if (does := self._who_does(mention)) is not None:
            item.source = does
            return
        if word == "it" and (body := self._body_after_all(mention.span[0])) is not None:
            item.source = body
            return
        scored = self._candidates(mention, item.contents)
        speaks_for = bool(scored) and scored[0][0].type not in {SourceType.PERSON, SourceType.SOCIAL_POST}
        if (word in SINGULAR and not speaks_for) or word in OWN:
            scored = self.links.likely(mention, scored)
            how = Resolution.UNRESOLVED if not scored or scored[0][1] < LEAST_SURE else Resolution.RESOLVED
        elif not scored or is_thin(word, scored):
            how = Resolution.UNRESOLVED
        else:
            how = Resolution.AMBIGUOUS if len(equally_good(scored)) > 1 else Resolution.RESOLVED
        if how is not Resolution.RESOLVED:
            self._leave_open(item, mention, how, scored[:MAX_CANDIDATES])
            return
        item.source = scored[0][0]
        if word in SINGULAR or word in OWN:
            item.source_confidence *= min(1.0, scored[0][1])
        if word in {"he", "she"}:
            item.source.pronoun = word

    def _who_does(self, mention: Mention) -> DraftSource | None:
        """ "The army has hit what it said were camps": the subject of the sentence that the words are part of."""
        place = mention.span[0]
        if self.draft.text[max(0, place - 5) : place].lower() != "what " or mention.text.lower() in FIRST_PERSON:
            return None
        verb = mention.head.head.head
        subject = subject_of(verb) if verb.pos_ == "VERB" else None
        if subject is None or subject.idx >= place or subject.pos_ == "PRON":
            return None
        doer = read_mention(self.draft, noun_phrase(self.draft, subject))
        return self.register.named(doer) if doer.kind == "name" else self._taken_up_or_new(doer)

    def _body_after_all(self, place: int) -> DraftSource | None:
        """ "Accentia said ... It added": who spoke last, taken for a person by a name of one word, is a body."""
        where, last = self.register.history[-1] if self.register.history else (0, None)
        if last is None or last.type is not SourceType.PERSON or last.anonymous or last.pronoun or last.role:
            return None
        between = self.draft.text[where : self.draft.sentence_at(place).start_char]
        near = place - where <= RECENT and between.strip().count("\n\n") <= 1
        near = near and not any(self.register.entities.bodies_before(place, place - where))
        if not near or not self.register.entities.may_be_a_body(last.name):
            return None
        last.type = SourceType.ORGANIZATION
        last.affiliation = self.register.entities.affiliation(last.name, None, "", last.type)
        return last

    def _unnamed_before(self, place: int) -> Token | None:
        """ "A former aide, granted anonymity, agreed. She said": whom the sentence before lets speak without a name."""
        begin = sentence_of(self.draft, place)[0]
        before = self.draft.sentence_at(begin - 1) if begin == place > 0 else None
        if before is None or "\n" in self.draft.text[before.end_char : begin]:
            return None
        words = before.text.lower().replace("’", "'")
        if not any(phrase in words for phrase in lexicon.table("anonymity")):
            return None
        subjects = (t for t in before if t.dep_ in {"nsubj", "nsubjpass"} and t.head.dep_ == "ROOT")
        return next((t for t in subjects if t.tag_ == "NN" and is_person(t)), None)

    def _somebody_before(self, mention: Mention) -> Token | None:
        """ "A dog walker found it. The man said": whom alone the sentence before tells of, without a name."""
        lemma, place = mention.head.lemma_.lower(), mention.span[0]
        if not mention.definite or mention.plural or lemma not in _MAN_OR_WOMAN or len(mention.text.split()) > 2:
            return None
        before = sentence_before(self.draft, place)
        people = [
            t
            for t in before or ()
            if t.tag_ == "NN" and is_person(t) and t.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
        ]
        alone = len(people) == 1 and people[0].dep_ in {"nsubj", "nsubjpass"}
        plain = alone and any(t.lower_ in {"a", "an"} for t in people[0].lefts) and not people[0].conjuncts
        return people[0] if plain and pronoun_of_noun(people[0].lemma_) in {"", pronoun_of_noun(lemma)} else None

    def _own_voice(self, item: DraftAttribution, word: str) -> DraftSource:
        """ "I" and "we": whoever is quoted there, else the author or the outlet."""
        assert item.mention is not None
        place = item.mention[0]
        around = (other for _, other in self.register.said_by.around(place) if other is not item)
        quoted = {self._numbers[id(other)]: other.source for other in around if other.source}
        if quoted:
            return quoted[min(quoted)]
        author = (self.draft.article.byline or "").removeprefix("By ").strip()
        return self.register.person(author) if word not in OUR and " " in author else self.register.publisher

    def _leave_open(
        self, item: DraftAttribution, mention: Mention, how: Resolution, candidates: list[Candidate]
    ) -> None:
        """A source that says what is not known: "unresolved “it”", "ambiguous “she”"."""
        item.resolution, item.candidates = how, candidates
        known = how is Resolution.UNRESOLVED and not candidates
        key = f"{how.value} {mention.text.lower() if known else mention.span[0]}"
        word = mention.text.lower()
        kind = SourceType.PERSON if word in HE_OR_SHE else SourceType.GROUP if word in THEY else SourceType.UNSPECIFIED
        item.source = self.register.by_key.get(key) or self.register.add(
            key, f"{how.value} “{mention.text}”", kind, Affiliation.UNKNOWN, anonymous=False
        )

    def _candidates(self, mention: Mention, said: Sequence[Offsets] = ()) -> list[Candidate]:
        """Possible antecedents of a pronoun with scores from 0 to 1, best first."""
        word, place = mention.text.lower(), mention.span[0]
        if word in RELATIVE and (noun := relative_noun(self.draft, mention)) is not None:
            name = name_around(self.draft, noun.sent, noun) if noun.pos_ == "PROPN" else ""
            name = self.people.full_name(titled(self.draft.text, noun.idx, name))
            if name in self.people.names:
                return [(self.register.person(name), 1.0)]
            return [(self._of_noun(noun), 1.0)]
        return ranked(word, chain(self.pronouns.offers(word, place), self._topic(word, place, said)))

    def _topic(self, word: str, place: int, said: Sequence[Offsets]) -> Iterator[Offer]:
        """What the sentence before an "it" is about; made a source last, since sources are numbered as they come."""
        plural = word in PLURAL
        if word in NEUTER | PLURAL and (topic := topic_before(self.draft, place, plural=plural)) is not None:
            if any(inside(topic.span, span) for span in said):
                return  # "Officials had no basis to do it, they allege": who says so is somebody else
            source = self.register.named(topic) if topic.kind == "name" else self._taken_up_or_new(topic)
            yield source, TOPIC, False

    def _quantifier(self, item: DraftAttribution, mention: Mention) -> DraftSource:
        words = " ".join(mention.text.lower().split())
        if (of_them := OF_THEM.fullmatch(words)) and (
            made := member_of_group(self.register, mention, of_them["count"])
        ):
            item.mode = AttributionMode.ANAPHORIC
            return made
        last = self.register.history[-1][1] if self.register.history else None
        if words == "one" and (group := self._group_before(mention, here=last is not None and last.plural)):
            last = group
        if words == "one" and last is not None and last.plural and last.anonymous and last.head:
            item.mode = AttributionMode.ANAPHORIC
            return member_of_group(self.register, mention, "one") or last  # "Two witnesses came. One said"
        if words in _ONE_OF_SEVERAL:
            item.resolution = Resolution.UNRESOLVED
        if words not in _PEOPLE:
            return self._unspecified(item)  # "Some say"
        key = f"quantifier {words}"
        return self.register.by_key.get(key) or self.register.add(
            key, f"{words} (anonymous)", SourceType.GROUP, Affiliation.UNKNOWN, anonymous=True
        )

    def _group_before(self, mention: Mention, *, here: bool) -> DraftSource | None:
        """The people whom the sentence before tells of: "Migrants on board complain of the food. One said".

        With `here`, only those of the same sentence: "Experts were divided: one called it theatre".
        """
        topic = topic_before(self.draft, mention.span[0], plural=True)
        if topic is None or topic.kind != "description" or not topic.plural:
            return None
        if here and topic.span[0] < sentence_of(self.draft, mention.span[0])[0]:
            return None
        group = self._taken_up_or_new(topic)
        self.register.note(group, topic.span)
        return group

    # --- descriptions -------------------------------------------------------------------------------------------

    def _described(self, item: DraftAttribution, mention: Mention) -> DraftSource:
        self._owner_link(item, mention)
        if (earlier := self.links.taken_up(mention)) is not None:
            return earlier
        if not self._speaks_unnamed(mention) and (later := named_after(self.register, mention)) is not None:
            return later
        if (named := named_next(self.register, mention)) is not None:
            return named
        if name := self.register.people.bearer(mention.text):
            return self.register.person(name)
        if (first := introduced(self.draft, mention)) is not None:
            item.mode = AttributionMode.ANAPHORIC
            return self.register.named(first) if first.kind == "name" else self._taken_up_or_new(first)
        if (somebody := self._somebody_before(mention)) is not None:
            item.mode = AttributionMode.ANAPHORIC
            return self._of_noun(somebody)
        name, kind, anonymous = describe(self.register, mention, self._owner(mention))
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
        name, kind, anonymous = describe(self.register, mention, self._owner(mention))
        if told is not None:
            name, kind, anonymous = without_determiner(name), told, False
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
        person = lexicon.noun_type(lemma) == "person"
        outlet = owning_outlet(self.register, mention)
        if outlet is not None and person and outlet.source_id != ARTICLE_SOURCE:
            basis = LinkBasis.EXPLICIT if is_outlet(mention.owner) else LinkBasis.INHERITED
            item.reporters.append(DraftLink(LinkRole.REPORTER, item.mention, item.cue, basis, outlet))

    def _owner(self, mention: Mention) -> Owner | None:
        """Whom a source is called by: the outlet of "the publication's interlocutors", the man of "his lawyer"."""
        if not goes_by_owner(self.draft, mention):
            return None
        of_document = noun_entry(mention.head)[0] == "document" and mention.owner.lower() in OWN
        outlet = owning_outlet(self.register, mention) if not of_document else None
        if outlet is not None:
            return Owner(outlet.name)
        name = self._owner_name(mention)
        if of_document and name.lower() in OWN:
            return None  # of whom nobody knows, "its report" is a report
        of_person = mention.owner.lower() in OWN and name in self.people.names
        return Owner(name, "'s" if of_person else possessive(self.draft, mention))

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
            found = [one for one in self._candidates(probe) if one[0].type is not SourceType.DOCUMENT]
            if probe.text in HE_OR_SHE:
                found = [one for one in self.links.likely(probe, found) if one[1] >= LEAST_SURE]
            elif len(equally_good(found)) > 1 or (found and is_thin(probe.text, found)):
                found = []
            if not found:
                return owner.lower()
            return found[0][0].name.removesuffix(" (anonymous)")
        bare = bare_name(owner)
        if titled_words(owner) or (bare != owner and bare in self.people.names):
            return self.people.full_name(bare)
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
        if not vehicle and (names_us(words) or kind_of(words)):
            return self._own_or_last(words, span[0])
        if vehicle and words in lexicon.entries("platforms"):
            return self.register.by_key.get(name_key(words)) or self.register.add(
                name_key(words), words, SourceType.SOCIAL_POST, Affiliation.MEDIA, anonymous=False
            )
        if mention.kind == "pronoun":
            found = self._candidates(mention)
            if found or words.lower() == "it":
                return found[0][0] if found else self._last_to_quote(span[0])
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

    def _last_to_quote(self, place: int) -> DraftSource:
        """ "It quoted the manager as saying": what the text has just named that is nobody, else the publisher."""
        things = (s for where, s in reversed(self.register.history) if s.type in _QUOTES and place - where <= RECENT)
        return next(things, self.register.publisher)

    def _own_or_last(self, words: str, place: int) -> DraftSource:
        """ "This newspaper" is the publisher; "the paper" is the outlet that the text has just named, if it has.

        "The agency", "the network" may be a body that is no outlet, where the text has called one so.
        """
        kind = kind_of(words)
        bodies = (s for s in self.register.sources if s.type is not SourceType.MEDIA and kind and not names_us(words))
        if any(self.draft.words(span).lower().endswith(kind) for body in bodies for span in body.mentions):
            return self.register.publisher
        outlets = [s for where, s in reversed(self.register.history) if s.type in _OUTLETS and place - where <= RECENT]
        called = (s for s in outlets if re.search(rf"{kind} {re.escape(s.name)}\b", self.draft.text) and kind)
        named = next(called, None) or next(iter(outlets), None)
        return named if named is not None and words.lower().startswith("the ") else self.register.publisher


def resolve(draft: Draft) -> None:
    """Fill `draft.sources` and give every attribution and link its source."""
    Resolver(draft).run()
    give_terms(draft)
