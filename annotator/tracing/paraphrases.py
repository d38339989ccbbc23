"""Whether an original supports a paraphrase, and what differs: number, negation, hedge."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.tracing.words import Gist, gist, is_negation, stem, words_of

ENOUGH = 0.6  # share of the paraphrase's content words that the original's claim must have
BEFORE = 3  # words before the first shared one that may negate it
FEWEST = 2  # content words that must be the same


@dataclass(frozen=True)
class Wording:
    """A claim as one text has it, and who says it there."""

    text: str
    speaker: str = ""
    anonymous: bool = False
    named_person: bool = False
    hedging_cue: bool = False
    where: str = ""
    start: int = 0

    @property
    def gist(self) -> Gist:
        return gist(self.text)

    @property
    def hedged(self) -> bool:
        return self.hedging_cue or bool(self.gist.hedges)


def closest(paraphrase: Wording, originals: Iterable[Wording]) -> Wording | None:
    """The wording of the originals that has most of the paraphrase's content; None where none has enough."""
    best, found = (0.0, 0.0, 0.0), None
    mine = paraphrase.gist
    for wording in originals:
        other = wording.gist
        shared = len(mine.content & other.content)
        if shared < FEWEST or (cover := shared / len(mine.content)) < ENOUGH:
            continue
        agreed = float(mine.numbers == other.numbers) + float(mine.negated == other.negated)
        rank = (cover, agreed, shared / len(mine.content | other.content))
        if rank > best:
            best, found = rank, wording
    return found


def differences(printed: Wording, original: Wording) -> list[str]:
    """What of the original the paraphrase does not keep, of number, negation, hedge and speaker."""
    other_numbers = ["number"] if printed.gist.numbers - original.gist.numbers else []
    return other_numbers + differences_beside_numbers(printed, original)


def differences_beside_numbers(printed: Wording, original: Wording) -> list[str]:
    """What of the original's negation, hedge and speaker a wording does not keep."""
    found = []
    shared = printed.gist.content & original.gist.content
    if _negated(printed.text, shared) != _negated(original.text, shared):
        found.append("negation")
    if original.hedged and not printed.hedged:
        found.append("hedge")
    if other_speaker(printed, original):
        found.append("speaker")
    return found


def _negated(text: str, shared: frozenset[str]) -> bool:
    """Whether the part that both wordings have is negated: "we reopen if they find no cracks" says yes to reopening."""
    words = words_of(text)
    places = [n for n, word in enumerate(words) if stem(word.key) in shared]
    part = words[max(0, places[0] - BEFORE) : places[-1] + 1] if places else words
    return sum(is_negation(word.key) for word in part) % 2 == 1


def other_speaker(printed: Wording, original: Wording) -> bool:
    """Whether two named people are named, or nobody where there was a name; an outlet that passes on is no speaker."""
    if original.named_person and printed.named_person:
        return surname(printed.speaker) != surname(original.speaker)
    return original.named_person and printed.anonymous


def surname(name: str) -> str:
    from annotator.tracing.names import skeleton

    return skeleton(name).rpartition(" ")[2]
