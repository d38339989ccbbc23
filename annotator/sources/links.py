"""What the linker's probabilities decide: whom a pronoun or a description takes up, and what is too thin to tell."""

from annotator.draft import DraftSource
from annotator.labels import SourceType
from annotator.language import lexicon
from annotator.language.syntax import sentence_of
from annotator.sources.antecedents import antecedent, is_named_in_group
from annotator.sources.bodies import kinds_meant
from annotator.sources.candidates import HEADLINES
from annotator.sources.candidates import Candidate as Somebody
from annotator.sources.linking import Linker, Ranked
from annotator.sources.mentions import GENERIC_PEOPLE, Mention, can_be_called, noun_entry
from annotator.sources.pronouns import Candidate
from annotator.sources.register import Register

LEAST_PERSON = 0.6  # probability of a link of a person's description, which may be somebody's who has no name
LEAST_BODY = 0.75  # the same of a body's
LEAST_TOLD = 0.4  # the same for one that says what somebody is: "the neurosurgeon", but not "the man"
LEAST_OTHER = 0.8  # the same where rules find somebody else
MANY = 2  # people whom the article introduces with a role, so that it does not tell one
LEAST_NAMED = 0.8  # the same of a name, where rules take who is meant for an unnamed source
LEAST_LIKELY = 0.02  # the same of a candidate that is worth telling
MAX_CANDIDATES = 3  # of an unresolved pronoun
_OF_MANY = frozenset(
    {"unknown", "public", "politics", "government"}
)  # affiliations of roles beside which one has an office


class Links:
    """Asks the linker about the mentions of one article, and holds its answers against what rules find."""

    def __init__(self, register: Register, linker: Linker) -> None:
        self.register = register
        self.draft = register.draft
        self.people = register.people
        self.linker = linker

    def likely(self, mention: Mention, rules: list[Candidate]) -> list[Candidate]:
        """Whom a mention can stand for, with probabilities, best first."""
        ranked = self._named_too_late(mention, self.linker.rank(mention, rules))
        unnamed = rules[0][0] if rules and rules[0][0].anonymous else None
        if unnamed is not None and ranked[0][1] < LEAST_NAMED:  # a name for who wants none is the worst mistake
            ranked.sort(key=lambda pair: pair[0] is None or pair[0].source is not unnamed)
        likely = [(one, chance) for one, chance in ranked if one is not None and chance > LEAST_LIKELY]
        return [(one.make(), chance) for one, chance in likely[:MAX_CANDIDATES]]

    def _named_too_late(self, mention: Mention, ranked: Ranked) -> Ranked:
        """The ranking without who is named in later sentences only, where somebody before "he said" can be meant.

        Their probability goes to the best of those who are left: whoever has spoken, or has no other pronoun.
        """
        word, end = mention.text.lower(), sentence_of(self.draft, mention.span[0])[1]
        late = [one for one, _ in ranked if one is not None and not one.spoke and min(one.places, default=0) >= end]
        kept = [pair for pair in ranked if pair[0] not in late]
        n = next(
            (n for n, (one, _) in enumerate(kept) if one is not None and (one.spoke or one.pronoun in {"", word})), -1
        )
        if word not in {"he", "she"} or not late or n < 0:
            return ranked
        kept[n] = (kept[n][0], kept[n][1] + sum(chance for one, chance in ranked if one in late))
        return sorted(kept, key=lambda pair: -pair[1])

    def taken_up(self, mention: Mention) -> DraftSource | None:
        """Whom or what a description takes up: the source that rules find, or else whom the network is sure of."""
        earlier = antecedent(self.register, mention)
        if not self._may_take_up(mention) and (earlier is None or mention.owner):
            return earlier
        if earlier is not None and earlier.anonymous and _is_told_again(earlier, mention):
            return earlier
        one, chance = self.linker.rank(mention, [(earlier, 1.0)] if earlier is not None else [])[0]
        if one is None or (earlier is not None and one.source is earlier):
            return earlier
        least = LEAST_OTHER if earlier is not None else self._least(mention)
        return one.make() if chance >= least and self._can_be(mention, one) else earlier

    def _may_take_up(self, mention: Mention) -> bool:
        """Whether a description can mean whom the article names: "the tyrant", a headline's "actor"."""
        kind = noun_entry(mention.head)[0]
        another = kind == "organization" and not kinds_meant(self.draft, mention)
        anew = not mention.definite and self.draft.section_kind(mention.span[0]) not in HEADLINES
        # "the Danish ministry" is no Danish government
        if kind not in {"person", "organization"} or mention.plural or mention.owner or another or anew:
            return False
        return not is_named_in_group(self.register, mention)

    def _least(self, mention: Mention) -> float:
        """The probability from which on a description is somebody's who is named."""
        lemma = mention.head.lemma_.lower()
        if noun_entry(mention.head)[0] != "person":
            return LEAST_BODY
        told = mention.definite and lemma not in GENERIC_PEOPLE
        return LEAST_TOLD if told and len(self.people.holders(lemma)) < MANY else LEAST_PERSON

    def _can_be(self, mention: Mention, one: Somebody) -> bool:
        """Whether a candidate is of the mention's number and kind, and can be called so."""
        if one.plural != mention.plural or one.is_someone != (noun_entry(mention.head)[0] == "person"):
            return False
        lemma = mention.head.lemma_.lower()
        if one.kind is SourceType.PERSON and (one.source is None or not one.source.anonymous):
            return lemma not in lexicon.words("offices") or self._can_hold(lemma, one)
        # A body that is told of by a noun has no name, whether it is anonymous or not.
        told = one.source is not None and one.source.head in one.name.lower().split()
        return one.source is None or not told or can_be_called(one.source, lemma)

    def _can_hold(self, office: str, one: Somebody) -> bool:
        """Whether somebody has an office by what the text tells; who is well known need not be introduced with it."""
        roles = self.people.roles(one.name)
        told = {lexicon.table("nouns").get(role, ("", "unknown"))[1] for role in roles} - _OF_MANY
        return office in roles or (len(one.places) > 1 and not told)


def _is_told_again(unnamed: DraftSource, mention: Mention) -> bool:
    """ "A former aide said ... the former aide said": the same words, or a noun alone that the source can be called."""
    lemma = mention.head.lemma_.lower()
    if unnamed.head == lemma and unnamed.modifiers == mention.modifiers:
        return True
    return not mention.modifiers and unnamed.type is SourceType.PERSON and can_be_called(unnamed, lemma)
