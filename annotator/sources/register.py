"""The register of one article's sources: who is entered under which name, and who was mentioned where.

Every source keeps the fullest name that the article gives, and is found again under it by its short forms and initials.
"""

import re
from functools import cached_property

from annotator.draft import Draft, DraftSource, Offsets
from annotator.labels import Affiliation, SectionKind, SourceType
from annotator.language.names import name_key
from annotator.language.outlets import is_outlet, outlet_in
from annotator.language.publisher import is_own_name
from annotator.records import ARTICLE_SOURCE, UNKNOWN_PUBLISHER
from annotator.sources.entities import Entities
from annotator.sources.full_names import titled
from annotator.sources.mention_reader import called_name
from annotator.sources.mentions import Mention, bare_body
from annotator.sources.roles import role_head, role_of
from annotator.sources.stretches import Stretches
from annotator.sources.titles import POSSESSIVE


class Register:
    """The sources of one article in the order in which it brought them up, the article itself first."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.entities = Entities(draft)
        self.people = self.entities.people
        self.history: list[tuple[int, DraftSource]] = []  # the mentions so far, with their places
        name = draft.article.publisher or UNKNOWN_PUBLISHER
        self.publisher = DraftSource(ARTICLE_SOURCE, name, SourceType.ARTICLE, Affiliation.MEDIA, anonymous=False)
        self.sources = [self.publisher]
        self.by_key = {ARTICLE_SOURCE: self.publisher}

    @cached_property
    def said_by(self) -> Stretches:
        """What is said, with the attribution that says it."""
        return Stretches((span, item) for item in self.draft.attributions for span in item.contents)

    def note(self, source: DraftSource, span: Offsets) -> None:
        """Write down that a source is mentioned at a place."""
        source.mentions.append(span)
        if (
            self.draft.section_kind(span[0]) is not SectionKind.CAPTION
        ):  # a picture between two paragraphs changes nobody
            self.history.append((span[0], source))

    def named(self, mention: Mention) -> DraftSource:
        """Who bears the name in a mention: somebody who is known already by this or a longer name, or a new source."""
        name = mention.name.split(" (")[0]  # "National Hurricane Center (NHC)"
        if any(word.islower() for word in name.split()) and (outlet := outlet_in(name)):
            name = outlet
        kind = self.entities.type_of(name, mention)
        if kind is SourceType.PERSON:
            place = self.draft.text.find(name, mention.span[0], mention.span[1])
            name = self.people.full_name(titled(self.draft.text, max(0, place), name))
        else:
            name = self.entities.longer(re.sub(r"^(?:the|The)\s+(?=[A-Z])", "", name))
        if self._is_publisher(name):
            return self.publisher
        key = name_key(name)
        source = self.by_key.get(key) or self._initialism(name) or self._named_later(mention, name)
        if source is None:
            role = role_of(self.draft, mention, name)
            affiliation = self.entities.affiliation(name, role, mention.text, kind)
            source = self.add(key, name, kind, affiliation, anonymous=False)
            source.role, source.head = role, role_head(role)
        elif source.role is None and (role := role_of(self.draft, mention, name)):
            source.role, source.head = role, role_head(role)
        return source

    def _is_publisher(self, name: str) -> bool:
        """Whether a name is that of the article's own outlet, whole or short ("the Courier")."""
        return is_own_name(name, self.draft.article.publisher or "")

    def _initialism(self, name: str) -> DraftSource | None:
        """ "the F.B.I." after "the Federal Bureau of Investigation"."""
        letters = name.replace(".", "")
        if not (letters.isupper() and 2 <= len(letters) <= 6):
            return None
        for source in self.by_key.values():
            capitals = "".join(word[0] for word in source.name.split() if word[0].isupper())
            if capitals == letters and source.type is not SourceType.PERSON:
                return source
        return None

    def _named_later(self, mention: Mention, name: str) -> DraftSource | None:
        """ "A visa programme will end. ... The programme, called EB-5, ...": what was described has its name now."""
        lemma = mention.head.lemma_.lower()
        if called_name(self.draft, mention.head) != name:
            return None
        described = [s for s in self.sources if s.head == lemma and s.mentions and s.name.islower() and not s.anonymous]
        if len(described) != 1:
            return None
        described[0].name = name
        self.by_key[name_key(name)] = described[0]
        return described[0]

    def person(self, name: str) -> DraftSource:
        """The person of a full name."""
        found = self.by_key.get(name_key(name))
        if found is None:
            affiliation = self.entities.affiliation(name, None, "", SourceType.PERSON)
            found = self.add(name_key(name), name, SourceType.PERSON, affiliation, anonymous=False)
        return found

    def body(self, words: str) -> DraftSource:
        """The body that the entity recogniser marks by these words, by its full name."""
        name = self.entities.longer(bare_body(words))
        found = self.by_key.get(name_key(name))
        if found is None:
            kind = SourceType.MEDIA if is_outlet(name) else SourceType.ORGANIZATION
            affiliation = self.entities.affiliation(name, None, "", kind)
            found = self.add(name_key(name), name, kind, affiliation, anonymous=False)
        return found

    def business(self, name: str) -> DraftSource:
        """The business of a name of one word, which the entity recogniser takes for a person's."""
        source = self.body(name)
        if source.type is SourceType.PERSON:
            source.type = SourceType.ORGANIZATION
        if source.affiliation is Affiliation.UNKNOWN:
            source.affiliation = Affiliation.CORPORATE
        return source

    def outlet(self, name: str) -> DraftSource:
        """The outlet of a name, which may be the publisher."""
        bare = POSSESSIVE.sub("", name if name.startswith("The ") else re.sub(r"^the\s+", "", name))
        bare = self.entities.with_article(bare)
        if self._is_publisher(bare):
            return self.publisher
        return self.by_key.get(name_key(bare)) or self.add(
            name_key(bare), bare, SourceType.MEDIA, Affiliation.MEDIA, anonymous=False
        )

    def last(self, kind: SourceType) -> DraftSource | None:
        """The source of a type that was mentioned last, else the last that passes on a claim, else the last entered."""
        recent = next((source for _, source in reversed(self.history) if source.type is kind), None)
        if recent is not None:
            return recent
        found = [source for source in self.by_key.values() if source.type is kind]
        linked = [
            link.source
            for item in self.draft.attributions
            for link in item.reporters
            if link.source and link.source.type is kind
        ]
        return next(reversed(linked or found), None)

    def latest(self, sources: list[DraftSource]) -> DraftSource | None:
        """Which of several sources was mentioned last; the last of them where none was."""
        ids = {id(source) for source in sources}
        recent = (source for _, source in reversed(self.history) if id(source) in ids)
        return next(recent, None) or (sources[-1] if sources else None)

    def add(self, key: str, name: str, kind: SourceType, affiliation: Affiliation, *, anonymous: bool) -> DraftSource:
        """Enter a new source under a key."""
        number = len(self.sources)  # the article itself is the first in the list
        source = DraftSource(f"s{number}", name, kind, affiliation, anonymous=anonymous)
        if kind is SourceType.PERSON and not anonymous:
            source.pronoun = self.people.pronoun(name)
        self.sources.append(source)
        self.by_key[key] = source
        return source
