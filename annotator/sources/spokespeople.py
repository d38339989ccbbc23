"""Who is spoken for: "a spokeswoman for the ministry", "a police spokesman", a bare "spokesman" of the body before."""

from collections.abc import Callable

from annotator.draft import DraftSource
from annotator.labels import SourceType
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase
from annotator.sources.antecedents import antecedent
from annotator.sources.mention_reader import read_mention
from annotator.sources.mentions import GENERIC_BODIES, OF_THE_STATE, Mention, entities_in, noun_entry
from annotator.sources.pronouns import RECENT, topic_before
from annotator.sources.register import Register
from annotator.sources.titles import POSSESSIVE, bare_name


class Spokespeople:
    """Finds the bodies behind their speakers; `described` gives the source of a description, which may be a new one."""

    def __init__(self, register: Register, described: Callable[[Mention], DraftSource]) -> None:
        self.register = register
        self.draft = register.draft
        self._described = described
        self._spoken_for: dict[int, DraftSource] = {}  # by the places of who speaks for them

    def body_of(self, mention: Mention) -> DraftSource | None:
        """The body that an unnamed spokesperson speaks for: a named one, or a definite one ("the ministry")."""
        head = mention.head
        # Who is "a representative for the company" speaks for it; who is one of a union may be anybody in it.
        for_it = head.lower_ == "representative" and any(child.lower_ == "for" for child in head.rights)
        if not for_it and head.lower_ not in lexicon.words("spokespeople"):
            return None
        body = self._body_before_last(mention) or self._body_of(mention)
        if body is not None:
            self._spoken_for[mention.span[0]] = body
        return body

    def _body_before_last(self, mention: Mention) -> DraftSource | None:
        """ "A spokesman for the council said ... The spokesman said": the council, unless another spoke since."""
        if not mention.definite or mention.plural or len(mention.text.split()) > 2:
            return None
        words = lexicon.words("spokespeople")
        for place, source in reversed(self.register.history):
            if place in self._spoken_for:
                return self._spoken_for[place]
            if source.type is SourceType.PERSON and {source.head, *self.register.people.roles(source.name)} & words:
                return None
        return None

    def _body_of(self, mention: Mention) -> DraftSource | None:
        tokens = self.draft.tokens(mention.span)
        if person := next((e for e in entities_in(tokens) if e.label_ == "PERSON" and e.start > mention.head.i), None):
            before = {t.lower_.rstrip(".") for t in self.draft.doc[max(tokens.start, person.start - 2) : person.start]}
            if before & {",", "mr", "mrs", "ms", "dr"}:  # "Spokesman of the board, Mr Lindt,"
                name = bare_name(person.text)
                return self.register.named(Mention(mention.span, name, person.root, "name", name=name))
        bodies = [
            e for e in entities_in(tokens) if e.label_ in {"ORG", "GPE"} and e.root.dep_ in {"pobj", "compound", "poss"}
        ]
        if bodies:
            name = POSSESSIVE.sub("", " ".join(bodies[-1].text.split()))
            return self.register.named(Mention(mention.span, name, bodies[-1].root, "name", name=name))
        inner = next((t for t in tokens if t.dep_ == "pobj" and t.head.head.i == mention.head.i), None)
        if inner is None:
            return self._compounded(mention) or self._body_before(mention)
        if inner.pos_ not in {"NOUN", "PROPN"}:
            return None
        body = read_mention(self.draft, noun_phrase(self.draft, inner))
        if body.kind == "name":
            return self.register.named(body)
        if noun_entry(inner)[0] != "organization" or not body.definite:
            return None
        return self._described(body)

    def _compounded(self, mention: Mention) -> DraftSource | None:
        """The body of "a police spokesman", and of "a company spokesman" where the text has told which company."""
        bodies = [t for t in mention.head.lefts if t.dep_ in {"compound", "nmod"}]
        if not bodies or bodies[-1].i + 1 != mention.head.i or noun_entry(bodies[-1])[0] != "organization":
            return None
        first = next((t for t in mention.head.lefts if t.dep_ not in {"det", "nummod", "poss"}), bodies[-1]).left_edge
        words = self.draft.doc[first.i : bodies[-1].i + 1]
        span = (words.start_char, words.end_char)
        modifiers = frozenset(t.lemma_.lower() for t in words[:-1])
        body = Mention(span, words.text, bodies[-1], "description", definite=True, modifiers=modifiers)
        if bodies[-1].lower_ in GENERIC_BODIES and not modifiers:
            return antecedent(self.register, body)  # "a company spokesman": which, the text has told
        # A reader finds "the council" and "the finance ministry", and no hospital or bank of many.
        return self._described(body) if noun_entry(bodies[-1])[1] in OF_THE_STATE else antecedent(self.register, body)

    def _body_before(self, mention: Mention) -> DraftSource | None:
        """ "The ferry is late, Harbour Lines said. A spokeswoman said ...": she speaks for them."""
        if len(mention.text.split()) > 2 or mention.definite or mention.plural:
            return None
        last = self.register.history[-1] if self.register.history else None
        if last is not None and mention.span[0] - last[0] <= RECENT:
            return last[1] if last[1].type is SourceType.ORGANIZATION and not last[1].anonymous else None
        topic = topic_before(self.draft, mention.span[0])
        if topic is None or noun_entry(topic.head)[0] in {"document", "media"}:
            return None
        return self.register.named(topic) if topic.kind == "name" else self._described(topic)
