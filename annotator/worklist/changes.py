"""What a person can do to an article: each change a small model, all of them one union that `change` tells apart.

>>> parse({"change": "accept_claim", "claim_id": "c01"})
AcceptClaim(change='accept_claim', claim_id='c01')

Places are half-open offsets in code points of `article.text`, as in the records. Whoever counts otherwise (JavaScript
counts UTF-16 units) is found out by `Place.text`, the words that are meant to stand there.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from annotator.errors import ChangeError
from annotator.labels import (
    Affiliation,
    ArticleStatus,
    AttributionMode,
    Kind,
    OnRecord,
    Polarity,
    QuoteType,
    SourceType,
    Stance,
    VerdictRating,
)
from annotator.records import WebAddress
from annotator.text import scrub

Name = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(scrub)]
Words = Annotated[str, Field(max_length=20_000), AfterValidator(scrub)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Place(_Model):
    """A stretch of the article's text; where `text` is given it must be what stands there."""

    model_config = ConfigDict(str_strip_whitespace=False)

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str | None = None


class Known(_Model):
    """A source of the article; `article` is its own voice, which only `SetSource` and `AddClaim` take."""

    source_id: str


class Named(_Model):
    """A source that the article has not yet: by a typed name, or by the words of a mention, or both.

    A name that a source of the article has already (whatever its case) is that source. Without a type a new one is a
    person, or a news outlet where it stands behind the origin in a chain.
    """

    name: Name | None = None
    mention: Place | None = None
    type: SourceType | None = None
    affiliation: Affiliation | None = None
    anonymous: bool = False


SourceChoice = Known | Named


class AcceptClaim(_Model):
    """The claim is right as it stands; one that was dropped comes back."""

    change: Literal["accept_claim"] = "accept_claim"
    claim_id: str


class AcceptOthers(_Model):
    """Every claim of the article that nobody has decided about is right as it stands."""

    change: Literal["accept_others"] = "accept_others"


class DropClaim(_Model):
    """It is no claim. It stays in the record, marked as rejected; one that a person added goes altogether."""

    change: Literal["drop_claim"] = "drop_claim"
    claim_id: str


class AddClaim(_Model):
    """A claim that the machine has not; without a source it is the article's own voice."""

    change: Literal["add_claim"] = "add_claim"
    spans: tuple[Place, ...] = Field(min_length=1)
    source: SourceChoice | None = None
    mention: Place | None = None
    cue: Place | None = None


class SetSource(_Model):
    """Who is behind a claim. The chain begins with them from now on; links behind the old source stay.

    `mention` and `cue` say where; what is not given stays. `Known("article")` makes it the article's own voice.
    """

    change: Literal["set_source"] = "set_source"
    claim_id: str
    source: SourceChoice
    mention: Place | None = None
    cue: Place | None = None


class SetChain(_Model):
    """How a claim came, its origin first, the publisher (who is always last) left out; the origin is its source."""

    change: Literal["set_chain"] = "set_chain"
    claim_id: str
    links: tuple[SourceChoice, ...] = Field(min_length=1)


class SetLabels(_Model):
    """Labels of a claim; those that are not given stay. `claim_normalized: null` takes the words away."""

    change: Literal["set_labels"] = "set_labels"
    claim_id: str
    quote_type: QuoteType | None = None
    kind: Kind | None = None
    polarity: Polarity | None = None
    hedged: bool | None = None
    attribution: AttributionMode | None = None
    stance: Stance | None = None
    on_record: OnRecord | None = None
    claim_normalized: Words | None = None


class SetSpans(_Model):
    """Which words the claim is; several places in the order of the text, none overlapping."""

    change: Literal["set_spans"] = "set_spans"
    claim_id: str
    spans: tuple[Place, ...] = Field(min_length=1)


class SetCue(_Model):
    """Which words attribute the claim; null for none."""

    change: Literal["set_cue"] = "set_cue"
    claim_id: str
    cue: Place | None


class SetMention(_Model):
    """Which words name the claim's source; null for none. The source stays; `SetSource` changes it."""

    change: Literal["set_mention"] = "set_mention"
    claim_id: str
    mention: Place | None


class EditSource(_Model):
    """What a source is, for all of its claims; what is not given stays. `role: null` takes the role away."""

    change: Literal["edit_source"] = "edit_source"
    source_id: str
    name: Name | None = None
    type: SourceType | None = None
    affiliation: Affiliation | None = None
    anonymous: bool | None = None
    role: Words | None = None


class JoinSources(_Model):
    """Two sources are one: all claims, links and mentions of `source_id` are those of `into`."""

    change: Literal["join_sources"] = "join_sources"
    source_id: str
    into: str


class SetNote(_Model):
    """A note on a claim for the other reviewers; an empty one takes it away.

    It counts as a look at the claim, which keeps its doubts: one that the machine asks to be reviewed stays open.
    """

    change: Literal["set_note"] = "set_note"
    claim_id: str
    note: Words


class SetVerdict(_Model):
    """What was found about a claim; who and when are those of the change."""

    change: Literal["set_verdict"] = "set_verdict"
    claim_id: str
    rating: VerdictRating
    note: Words = ""
    evidence: tuple[WebAddress, ...] = Field((), max_length=50)


class ClearVerdict(_Model):
    """There is no verdict on the claim any more."""

    change: Literal["clear_verdict"] = "clear_verdict"
    claim_id: str


class SetStatus(_Model):
    """How far the article is; `complete` accepts every claim that nobody has decided about, null opens it again."""

    change: Literal["set_status"] = "set_status"
    status: ArticleStatus | None
    note: Words | None = None


OfClaim = (
    AcceptClaim
    | DropClaim
    | SetSource
    | SetChain
    | SetLabels
    | SetSpans
    | SetCue
    | SetMention
    | SetNote
    | SetVerdict
    | ClearVerdict
)
Single = Annotated[
    OfClaim | AddClaim | AcceptOthers | EditSource | JoinSources | SetStatus,
    Field(discriminator="change"),
]


class Together(_Model):
    """Several changes as one step: all or none, one version, one undo. In its order, each on what is before it left."""

    change: Literal["together"] = "together"
    changes: tuple[Single, ...] = Field(min_length=1, max_length=200)


Change = Single | Together
CHANGES: TypeAdapter[Change] = TypeAdapter(Annotated[Change, Field(discriminator="change")])


def parse(value: Any) -> Change:
    """A change from plain data. Raises `ChangeError` with one sentence for each thing that is wrong."""
    try:
        return CHANGES.validate_python(value)
    except ValidationError as error:
        raise ChangeError("; ".join(map(_told, error.errors(include_url=False, include_context=False)))) from error


def _told(found: ErrorDetails) -> str:
    where = ".".join(str(part) for part in found["loc"][1:]) or "change"
    return f"{where}: {found['msg'].removeprefix('Value error, ')}"
