"""What the forms of a claim hold: out of the record, and out of what was sent."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from annotator.errors import InputError
from annotator.formats.tables import CHAIN_SIGN
from annotator.labels import (
    Affiliation,
    AttributionMode,
    Kind,
    OnRecord,
    Polarity,
    QuoteType,
    SourceType,
    Stance,
)
from annotator.records import AnnotatedArticle, Claim
from annotator.serve.page.wording import Spans, found_at, placed, typed_spans, words_at
from annotator.text import scrub

# The labels of a claim that a form asks for, by what it calls them.
CLAIM_LABELS = (
    ("quote_type", "Quotation"),
    ("kind", "Kind"),
    ("polarity", "Polarity"),
    ("attribution", "Attribution"),
    ("stance", "Stance of the article"),
    ("on_record", "Terms"),
)
LONGEST, LONGEST_TEXT = 2_000, 20_000  # characters of a name or a chain, and of what is written in several lines


@dataclass(frozen=True)
class ClaimValues:
    """The fields of the form of a claim, as texts."""

    words: str = ""
    spans: str = ""
    source: str = ""
    chain: str = ""
    source_type: str = SourceType.PERSON.value
    affiliation: str = Affiliation.UNKNOWN.value
    anonymous: str = ""
    quote_type: str = QuoteType.INDIRECT.value
    kind: str = Kind.STATEMENT.value
    polarity: str = Polarity.POSITIVE.value
    attribution: str = AttributionMode.EXPLICIT.value
    stance: str = Stance.NEUTRAL.value
    on_record: str = OnRecord.ON_RECORD.value
    hedged: str = ""
    claim_normalized: str = ""
    remark: str = ""  # to the other reviewers
    everywhere: str = ""  # whether another source is meant for all claims of the one before

    @classmethod
    def of_claim(cls, record: AnnotatedArticle, claim: Claim) -> "ClaimValues":
        """What the record says."""
        source = record.source_of(claim)
        spans = [(span.start, span.end) for span in claim.spans]
        return cls(
            words=words_at(record.article.text, spans),
            spans=",".join(f"{start}-{end}" for start, end in spans),
            source=source.name,
            chain=CHAIN_SIGN.join(record.chain_of(claim)[:-1]),
            source_type=source.type.value,
            affiliation=source.affiliation.value,
            anonymous="yes" if source.anonymous else "",
            hedged="yes" if claim.hedged else "",
            claim_normalized=claim.claim_normalized or "",
            remark=(claim.review.note or "") if claim.review else "",
            **{name: getattr(claim, name).value for name, _ in CLAIM_LABELS},
        )

    @classmethod
    def of_form(cls, form: Mapping[str, Any]) -> "ClaimValues":
        """What was sent, as it is."""
        sent = {field.name: typed(form, field.name) for field in fields(cls)}
        return cls(**sent)

    @classmethod
    def of_selection(cls, text: str, spans: str) -> "ClaimValues":
        """A new claim from selected places; an empty form where none are."""
        try:
            places = placed(text, typed_spans(spans)) if spans else ()
        except InputError:
            places = ()
        return cls(words=words_at(text, places), spans=",".join(f"{start}-{end}" for start, end in places))

    def with_selection(self, text: str) -> "ClaimValues":
        """The form with the words of the selected places. Raises `InputError`."""
        places = placed(text, typed_spans(self.spans))
        return replace(self, words=words_at(text, places), spans=",".join(f"{start}-{end}" for start, end in places))

    def places(self, text: str) -> Spans:
        """Where the words stand: where they were selected, else found by the words. Raises `InputError`."""
        selected = typed_spans(self.spans)
        if selected and words_at(text, selected) == " ".join(self.words.split()):
            return placed(text, selected)
        return placed(text, found_at(text, self.words, selected[0][0] if selected else 0))


@dataclass(frozen=True)
class VerdictValues:
    """The fields of the form of a verdict."""

    rating: str = ""
    note: str = ""
    evidence: str = ""

    @classmethod
    def of_claim(cls, claim: Claim) -> "VerdictValues":
        """What the record says."""
        if claim.verdict is None:
            return cls()
        return cls(claim.verdict.rating.value, claim.verdict.note, "\n".join(claim.verdict.evidence))

    @classmethod
    def of_form(cls, form: Mapping[str, Any]) -> "VerdictValues":
        """What was sent, as it is."""
        note, evidence = (long_text(form, name) for name in ("note", "evidence"))
        return cls(typed(form, "rating"), note, evidence)


# What the fields are called beside one another, where their own names would not do.
CALLED = {
    **dict(CLAIM_LABELS),
    "claim_normalized": "Readable on its own",
    "source_type": "What the source is",
    "affiliation": "Where it belongs",
    "remark": "Note to the others",
    "rating": "Verdict",
    "note": "What was found",
}


def differences(theirs: ClaimValues | VerdictValues, yours: ClaimValues | VerdictValues) -> list[tuple[str, str, str]]:
    """The fields in which two forms of a kind differ: what each is called, and what either says."""
    ours = asdict(yours)
    return [
        (CALLED.get(name, name.capitalize()), value, ours[name])
        for name, value in asdict(theirs).items()
        if name not in ("spans", "everywhere") and value != ours[name]
    ]


Form = TypeVar("Form", ClaimValues, VerdictValues)


def packed(values: ClaimValues | VerdictValues) -> str:
    """A form as one text, to be told later what somebody changed in it."""
    return json.dumps(asdict(values))


def merged(sent: Form, opened: str, now: Form) -> Form:
    """The form as it would be now, with what somebody changed since they opened it.

    `opened` is the form then, packed; where it is none, whatever differs was changed.
    """
    try:
        then = json.loads(opened)
    except ValueError:
        then = None
    if not isinstance(then, dict):
        return sent
    changed = {name: value for name, value in asdict(sent).items() if value != then.get(name)}
    return replace(now, **changed)


def typed(form: Mapping[str, Any], name: str) -> str:
    """A field in one line."""
    return " ".join(long_text(form, name).split())


def long_text(form: Mapping[str, Any], name: str) -> str:
    """A field with its line ends."""
    value = form.get(name)
    return scrub(value).replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def check_lengths(values: ClaimValues | VerdictValues) -> None:
    """Raise `InputError` where a field is longer than anybody types."""
    for field in fields(values):
        most = LONGEST_TEXT if field.name in ("words", "note", "evidence") else LONGEST
        if (found := len(getattr(values, field.name))) > most:
            raise InputError(f"{field.name.replace('_', ' ')}: {found:,} characters, more than {most:,}")
