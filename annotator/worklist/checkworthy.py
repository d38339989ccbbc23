"""How much a claim is worth checking, by rules that can be said in a sentence each; no model, nothing learned.

A claim that no check can decide scores 0: what is predicted, promised or demanded, and opinions that no rule below
meets. Predictions are kept apart, for they can be looked at again when their time has come. For what is left the
weights of the rules that it meets are added, to 1 at most. The rules follow those who have annotated check-worthiness:

- Konstantinovskiy, Price, Babakar and Zubiaga (2021), "Toward Automated Factchecking: Developing an Annotation Schema
  and Benchmark for Consistent Automated Claim Detection", the schema of Full Fact: quantities in the past or present,
  correlation or causation, laws and rules of operation, other claims; predictions and personal experience apart.
- Hassan, Arslan, Li and Tremayne (2017), "Toward Automated Fact-Checking: Detecting Check-worthy Factual Claims by
  ClaimBuster": factual claims in which the public is interested, told from opinions; numbers are among its signs.
- CheckThat! (Nakov et al. 2018 to 2022; Alam et al. 2021 for the questions asked): does it hold a verifiable claim,
  would it harm somebody if it were false, should a fact-checker see it.

The weights say in which order a person would take two claims, and no more; they are no probability.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from annotator.labels import Kind, SourceType
from annotator.language import lexicon
from annotator.records import AnnotatedArticle, Claim

# Of these no check can say now whether they are so.
_UNDECIDABLE = {
    Kind.PREDICTION: "a prediction: only time will tell",
    Kind.COMMITMENT: "a promise or an intention",
    Kind.DEMAND: "a demand",
}
OPINION_SHARE = 0.5  # of the weights that an opinion keeps where a rule meets it: "the worst flood in a century"
EXPERIENCE_SHARE = 0.5  # of the weights that personal experience keeps: nobody else can look at it

_DATES = re.compile(
    r"(?<![$€£¥\d.,])\b(?:1[5-9]|20)\d\d(?:s\b|\b)(?![.,]?\d|%|\s+(?:people|percent|per cent|million|billion|times))"
    r"|\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:Jan(?:uary)?|Feb(?:ruary)?|March|Apr(?:il)?|May|June|July|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b(?:,?\s+\d{4})?"
    r"|\b\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?m\b|p\.?m\b|o’clock|o'clock)\.?"
    r"|\b\d{1,2}:\d\d\b"
)
# A digit that is no part of a name: not "COVID-19", "G7", "Boeing 737", "F-16".
_NUMBER = re.compile(
    r"(?<![\w-])[$€£¥]?\d+(?:[.,]\d+)*(?:%|\s?(?:k|m|bn|tn|million|billion|trillion|per ?cent))?(?!\w)"
)
_AGE = re.compile(r"(?<=\w),\s\d{1,2}(?=,|$)|\b\d{1,3}-year-old\b")
_NAMED_NUMBER = re.compile(
    r"\b(?:[A-Z]\w*-|[A-Z][a-z]+(?:\s[A-Z][a-z]+)*\s)\d+\b(?!\s*(?:%|per|percent|people|million|billion))"
)
_SUPERLATIVE = re.compile(r"\b(?:the|his|her|its|their|our|country’s|world’s)\s+(\w+est)\b", re.IGNORECASE)
_MOST = re.compile(r"\bthe\s+(?:most|least)\s+\w+", re.IGNORECASE)
_RULES = re.compile(
    r"\b(?:law|act|rule|statute|constitution|regulation|treaty|court|bill|contract|agreement)s?\b[^.;]{0,40}"
    r"\b(?:bans?|banned|allows?|allowed|requires?|required|forbids?|prohibits?|prohibited|limits?|obliges?|entitles?|permits?)\b"
    r"|\b(?:is|are|was|were|be)\s+(?:not\s+)?(?:il)?legal\b|\bunlawful\b|\bagainst the law\b|\bunder (?:\w+ ){0,3}law\b"
    r"|\b(?:is|are|was|were)\s+(?:required|obliged|entitled|allowed|banned|prohibited|forbidden)\b",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"\b(?:I|we)\s+(?:\w+\s+)?(?:saw|see|heard|hear|felt|feel|remember|thought|think|love|loved|hope|hoped|was|am|were"
    r"|want|wanted|never thought)\b|\bmy (?:life|family|mother|father|son|daughter|husband|wife|heart)\b",
)


@dataclass(frozen=True)
class Worth:
    """What the rules say of a claim: 0 to 1, the rules that it meets in words for the user, and whether it predicts."""

    score: float
    why: tuple[str, ...]
    prediction: bool


@dataclass(frozen=True)
class Rule:
    """A rule: its weight, what the user is told, and the words of the claim that meet it, or None."""

    weight: float
    meaning: str
    found: Callable[[str], str | None]


def quantity(words: str) -> str | None:
    """A number, an amount, a share: Full Fact's "quantity in the past or present"; a sign of ClaimBuster's, too.

    Dates, times of day, ages behind a name and numbers that are part of a name count for nothing.

    >>> quantity("prices fell by 4 percent in 2019"), quantity("he resigned in 2019"), quantity("a dozen ships sank")
    ('4 percent', None, 'dozen')
    """
    counted = _NAMED_NUMBER.sub(" ", _AGE.sub(" ", _DATES.sub(" ", words)))
    number = _NUMBER.search(counted)
    return number[0] if number else _first(_pattern("quantities"), counted)


def superlative(words: str) -> str | None:
    """A record or something without an equal: "the largest", "never before", "the only", "for the first time".

    One counter-example decides it, so it is as verifiable as a claim can be (the first question of CheckThat!).

    >>> superlative("it was the deadliest storm"), superlative("the forest burned"), superlative("the only judge")
    ('the deadliest', None, 'the only')
    """
    for match in _SUPERLATIVE.finditer(words):
        if match[1].lower() not in lexicon.words("not_superlatives"):
            return match[0]
    return _first(_MOST, words) or _first(_pattern("superlatives"), words)


def accusation(words: str) -> str | None:
    """Somebody is said to have done wrong: CheckThat! asks whether a claim, if false, harms somebody.

    >>> accusation("the mayor took bribes"), accusation("the mayor took a bus")
    ('bribes', None)
    """
    return _first(_pattern("accusations"), words)


def comparison(words: str) -> str | None:
    """More, less, up or down than something: Full Fact counts it to the quantities, numbers or no numbers.

    >>> comparison("crime has doubled since May"), comparison("crime is bad")
    ('doubled', None)
    """
    return _first(_pattern("comparisons"), words)


def cause(words: str) -> str | None:
    """One thing is said to be due to another: Full Fact's "correlation or causation".

    >>> cause("the outage was caused by a software fault"), cause("the outage lasted a day")
    ('caused by', None)
    """
    return _first(_pattern("causes"), words)


def rule_in_force(words: str) -> str | None:
    """What a law, a rule or a contract allows or asks for: Full Fact's "current laws or rules of operation".

    >>> rule_in_force("it is illegal to park here"), rule_in_force("he parked here")
    ('is illegal', None)
    """
    return _first(_RULES, words)


RULES = (
    Rule(0.40, "a number or an amount", quantity),
    Rule(0.30, "an accusation", accusation),
    Rule(0.30, "a record, or something without an equal", superlative),
    Rule(0.35, "a comparison or a change", comparison),
    Rule(0.20, "a cause", cause),
    Rule(0.20, "a law or a rule in force", rule_in_force),
)


def experience(words: str) -> str | None:
    """What only the speaker knows: Full Fact's "personal experience", which is not worth checking for itself.

    >>> experience("I saw the bridge fall"), experience("the bridge fell")
    ('I saw', None)
    """
    return _first(_EXPERIENCE, words)


def worth(record: AnnotatedArticle, claim: Claim) -> Worth:
    """How much the claim is worth checking, and why."""
    if told := _UNDECIDABLE.get(claim.kind):
        return Worth(0.0, (told,), claim.kind is Kind.PREDICTION)
    score, why = 0.0, []
    for rule in RULES:
        if (words := rule.found(claim.text)) is not None:
            score += rule.weight
            why.append(f"{rule.meaning} (“{' '.join(words.split())}”)")
    if why and claim.kind is Kind.OPINION:
        score *= OPINION_SHARE
        why.append("an opinion, so half")
    if why and record.source_of(claim).type is SourceType.PERSON and experience(claim.text):
        score *= EXPERIENCE_SHARE
        why.append("personal experience, so half")
    return Worth(round(min(score, 1.0), 2), tuple(why), False)


def _first(pattern: re.Pattern[str], words: str) -> str | None:
    match = pattern.search(words)
    return match[0] if match else None


@lexicon.remembered
def _pattern(name: str) -> re.Pattern[str]:
    """The entries of a list as whole words in any case, longer ones first; `*` stands for any end of a word."""
    entries = sorted(lexicon.phrases(name), key=len, reverse=True)
    parts = (re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]") for entry in entries)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
