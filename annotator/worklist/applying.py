"""A change made to a record: pure functions from a sound record to a sound record, marked as `review pull` marks it."""

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any, TypeVar

from annotator.errors import ChangeError
from annotator.labels import (
    ArticleStatus,
    AttributionMode,
    Kind,
    LinkBasis,
    OnRecord,
    Polarity,
    QuoteType,
    ReviewStatus,
    Stance,
)
from annotator.records import (
    ARTICLE_SOURCE,
    AnnotatedArticle,
    ArticleReview,
    Candidate,
    Claim,
    ClaimReview,
    Link,
    Nested,
    Source,
    Span,
    Verdict,
)
from annotator.review.corrections.chains import role_of
from annotator.review.corrections.details import anonymity
from annotator.review.corrections.labels import following, terms_of
from annotator.review.regions import free_id
from annotator.review.verdicts import SETTLED, claim_review
from annotator.worklist import changes as c
from annotator.worklist.draft import CERTAIN, Draft, contents_of, is_rejected

_Part = TypeVar("_Part", Candidate, Link)

AND = " + "  # between the names of several reviewers, as `annotator review merge` writes them
# Terms that say that the source has a name, and such that say that it has none.
_NAMED = frozenset({OnRecord.ON_RECORD, OnRecord.PUBLISHED})
_UNNAMED = frozenset({OnRecord.CONDITION_OF_ANONYMITY, OnRecord.BACKGROUND, OnRecord.UNNAMED_NO_TERMS})


def applied(
    record: AnnotatedArticle, machine: AnnotatedArticle, change: c.Change, by: str, at: datetime
) -> AnnotatedArticle:
    """The record after a change by somebody at some time; `machine` is what the machine had said.

    Raises `ChangeError` where the change does not fit the record.
    """
    if isinstance(change, c.Together):
        for n, one in enumerate(change.changes, 1):
            try:
                record = applied(record, machine, one, by, at)
            except ChangeError as error:
                raise ChangeError(f"change {n} of {len(change.changes)} ({one.change}): {error}") from None
        return record
    draft = Draft(record, machine)
    if isinstance(change, c.SetVerdict):
        draft.claim(change.claim_id)
        verdict = Verdict(rating=change.rating, note=change.note, evidence=change.evidence, by=by, at=at)
        _update(draft, change.claim_id, verdict=verdict)
    else:
        _make(change, draft)
    return _reviewed(_judged(draft), change, by, at)


def is_open(claim: Claim) -> bool:
    """Whether nobody has decided about a claim; one that only changed with its source is open while it is in doubt."""
    return claim.review is None or claim.needs_review


# --- what follows from every change -----------------------------------------------------------------------------------


def _judged(draft: Draft) -> AnnotatedArticle:
    """The draft as a record, in which each claim says what became of the machine's."""
    record, before = draft.finished(), {claim.claim_id: claim for claim in draft.machine.claims}
    claims = []
    for claim in record.claims:
        if is_rejected(claim) and claim.claim_id not in draft.looked_at:
            claims.append(claim)
            continue
        note = claim.review.note if claim.review else None
        review = claim_review(draft.machine, before.get(claim.claim_id), record, claim, note)
        if claim.claim_id in draft.looked_at:
            claim = claim.model_copy(update={"review": review, **SETTLED})
        elif claim.review is not None or review.status is not ReviewStatus.ACCEPTED:
            claim = claim.model_copy(update={"review": review})
        claims.append(claim)
    return record.model_copy(update={"claims": tuple(claims)})


def _reviewed(record: AnnotatedArticle, change: c.Change, by: str, at: datetime) -> AnnotatedArticle:
    """The record with everybody who has changed it, and when that was last."""
    old = record.review or ArticleReview(reviewer=by)
    names = dict.fromkeys([*old.reviewer.split(AND), by])
    values: dict[str, Any] = {"reviewer": AND.join(names), "reviewed_at": at.isoformat()}
    if isinstance(change, c.SetStatus):
        values["status"] = change.status
        values["note"] = old.note if change.note is None else change.note or None
    return record.model_copy(update={"review": old.model_copy(update=values)})


def _update(draft: Draft, claim_id: str, **values: Any) -> None:
    """Change what is no part of the annotation."""
    draft.claims[claim_id] = draft.claim(claim_id).model_copy(update=values)


def _terms(claim: Claim, source: Source) -> dict[str, Any]:
    """Terms that fit the source's anonymity, where those of the claim do not."""
    if claim.on_record in (_NAMED if source.anonymous else _UNNAMED):
        return {"on_record": terms_of(source)}
    return {}


def _relabelled(claim: Claim, before: Claim, source: Source) -> Claim:
    """The claim with the labels that follow from whose it is now."""
    values = following(claim, before, source) or _terms(claim, source)
    return claim.model_copy(update=values) if values else claim


# --- the changes ------------------------------------------------------------------------------------------------------


@singledispatch
def _make(change: Any, draft: Draft) -> None:
    raise TypeError(f"no change: {type(change).__name__}")


@_make.register
def _(change: c.AcceptClaim, draft: Draft) -> None:
    _look_at(draft, [draft.claim(change.claim_id)])


@_make.register
def _(change: c.AcceptOthers, draft: Draft) -> None:
    _look_at(draft, [claim for claim in draft.claims.values() if is_open(claim)])


def _look_at(draft: Draft, claims: Iterable[Claim]) -> None:
    draft.looked_at |= {claim.claim_id for claim in claims}


@_make.register
def _(change: c.DropClaim, draft: Draft) -> None:
    claim = draft.claim(change.claim_id)
    if all(claim.claim_id != other.claim_id for other in draft.machine.claims):
        draft.claims[claim.claim_id] = draft.unattributed(claim)
        del draft.claims[claim.claim_id]
        draft.claims = {
            i: one.model_copy(update={"responds_to": None}) if one.responds_to == claim.claim_id else one
            for i, one in draft.claims.items()
        }
        return
    note = claim.review.note if claim.review else None
    _update(draft, change.claim_id, review=ClaimReview(status=ReviewStatus.REJECTED, note=note), **SETTLED)


@_make.register
def _(change: c.AddClaim, draft: Draft) -> None:
    spans = draft.spans(change.spans)
    taken = {*draft.claims, *(claim.claim_id for claim in draft.machine.claims)}
    claim = Claim(
        claim_id=free_id("r1", taken),
        attribution_id=None,
        **draft.where(spans),
        claim_normalized=None,
        quote_type=QuoteType.NONE,
        kind=Kind.STATEMENT,
        polarity=Polarity.POSITIVE,
        hedged=False,
        attribution=AttributionMode.UNATTRIBUTED,
        stance=Stance.NEUTRAL,
        on_record=OnRecord.NOT_APPLICABLE,
        source_id=ARTICLE_SOURCE,
        source_display="",
        chain=(draft.published(),),
        confidence=CERTAIN,
        needs_review=False,
    )
    draft.insert(claim)
    if change.source is None and (change.mention or change.cue):
        raise ChangeError("source: a claim with a cue or a mention has a source. Give it one")
    if change.source is None:
        draft.put(claim)
        draft.looked_at.add(claim.claim_id)
    else:
        _give_source(draft, claim, change.source, change.mention, change.cue)


@_make.register
def _(change: c.SetSource, draft: Draft) -> None:
    _give_source(draft, draft.claim(change.claim_id), change.source, change.mention, change.cue)


def _give_source(
    draft: Draft, claim: Claim, choice: c.SourceChoice, mention: c.Place | None, cue: c.Place | None
) -> None:
    source, named_here = draft.chosen(choice)
    draft.looked_at.add(claim.claim_id)
    if source.source_id == ARTICLE_SOURCE:
        if mention or cue:
            raise ChangeError("source: the article's own voice has neither cue nor mention")
        _own_voice(draft, claim)
        return
    old = draft.attribution(claim)
    kept_mention, kept_cue = (old.source_mention, old.cue) if old else (None, None)
    place = draft.span(mention, "mention") if mention else named_here or kept_mention
    words = draft.span(cue, "cue") if cue else kept_cue
    made = draft.own_attribution(claim, source_id=source.source_id, source_mention=place, cue=words)
    origin = Link(
        source_id=source.source_id, role=role_of(0, source), basis=LinkBasis.EXPLICIT, mention=place, cue=words
    )
    between = (link for link in claim.chain[1:-1] if link.source_id != source.source_id)
    chain = (origin, *between, claim.chain[-1])
    made = made.model_copy(update={"source_id": source.source_id, "chain": chain})
    made = _relabelled(made, claim, source)
    draft.claims[claim.claim_id] = made
    if place is not None:
        draft.mentioned(source.source_id, place)
        if claim.source_id != source.source_id:
            draft.unmentioned(claim.source_id, place)
    draft.put(made)


def _own_voice(draft: Draft, claim: Claim) -> None:
    made = draft.unattributed(claim)
    made = made.model_copy(update={"source_id": ARTICLE_SOURCE, "chain": (draft.published(),)})
    draft.put(_relabelled(made, claim, draft.publisher()))


@_make.register
def _(change: c.SetChain, draft: Draft) -> None:
    claim = draft.claim(change.claim_id)
    chosen = [draft.chosen(choice, passing_on=n > 0) for n, choice in enumerate(change.links)]
    ids = [source.source_id for source, _ in chosen]
    if ARTICLE_SOURCE in ids:
        raise ChangeError("links: the publisher is the last link of every chain. Leave it out")
    if twice := next((source.name for source, _ in chosen if ids.count(source.source_id) > 1), None):
        raise ChangeError(f"links: {twice!r} stands in the chain twice")
    draft.looked_at.add(claim.claim_id)
    there = {link.source_id: link for link in claim.chain[:-1]}
    links = []
    for n, (source, mention) in enumerate(chosen):
        link = there.get(source.source_id) or Link(
            source_id=source.source_id, role=role_of(n, source), basis=LinkBasis.EXPLICIT
        )
        values: dict[str, Any] = {"role": role_of(n, source)} | ({"mention": mention} if mention else {})
        links.append(link.model_copy(update=values))
    origin, made = links[0], claim
    if origin.source_id != claim.source_id or claim.attribution_id is None:
        old = draft.attribution(claim)
        cue = origin.cue or (old.cue if old else None)
        made = draft.own_attribution(claim, source_id=origin.source_id, source_mention=origin.mention, cue=cue)
    made = made.model_copy(update={"source_id": origin.source_id, "chain": (*links, claim.chain[-1])})
    draft.put(_relabelled(made, claim, chosen[0][0]))


@_make.register
def _(change: c.SetLabels, draft: Draft) -> None:
    claim = draft.claim(change.claim_id)
    given = change.model_fields_set - {"change", "claim_id"}
    values = {name: value for name in given if (value := getattr(change, name)) is not None}
    if "claim_normalized" in given:
        values["claim_normalized"] = change.claim_normalized or None
    if not values:
        raise ChangeError("set_labels: no label is given")
    draft.looked_at.add(claim.claim_id)
    draft.put(claim.model_copy(update=values))


@_make.register
def _(change: c.SetSpans, draft: Draft) -> None:
    claim = draft.claim(change.claim_id)
    spans = draft.spans(change.spans)
    nested = tuple(one for one in claim.nested if _lies_in(one, spans))
    draft.looked_at.add(claim.claim_id)
    draft.put(claim.model_copy(update={**draft.where(spans), "nested": nested}))
    if (attribution := draft.attribution(claim)) is not None:
        contents = contents_of(draft.claims_of(attribution.attribution_id))
        draft.attributions[attribution.attribution_id] = attribution.model_copy(update={"contents": contents})


def _lies_in(nested: Nested, spans: Iterable[Span]) -> bool:
    spans = tuple(spans)
    return all(any(one.start <= part.start and part.end <= one.end for one in spans) for part in nested.contents)


@_make.register
def _(change: c.SetCue, draft: Draft) -> None:
    _reword(draft, change.claim_id, "cue", draft.span(change.cue, "cue") if change.cue else None)


@_make.register
def _(change: c.SetMention, draft: Draft) -> None:
    _reword(draft, change.claim_id, "mention", draft.span(change.mention, "mention") if change.mention else None)


def _reword(draft: Draft, claim_id: str, what: str, now: Span | None) -> None:
    """Change the cue or the mention of an attribution, which all of its claims share, and in their first links."""
    claim = draft.claim(claim_id)
    attribution = draft.attribution(claim)
    if attribution is None:
        raise ChangeError(f"{what}: a claim in the article's own voice has none. Give it a source first")
    name = {"cue": "cue", "mention": "source_mention"}[what]
    before = getattr(attribution, name)
    draft.looked_at.add(claim_id)
    draft.attributions[attribution.attribution_id] = attribution.model_copy(update={name: now, "confidence": CERTAIN})
    for one in draft.claims_of(attribution.attribution_id):
        first = one.chain[0]
        if first.source_id == attribution.source_id and len(one.chain) > 1:
            draft.put(one.model_copy(update={"chain": (first.model_copy(update={what: now}), *one.chain[1:])}))
    if what == "mention" and before is not None:
        draft.unmentioned(attribution.source_id, before)
    if what == "mention" and now is not None:
        draft.mentioned(attribution.source_id, now)


@_make.register
def _(change: c.EditSource, draft: Draft) -> None:
    source = _own(draft, change.source_id)
    given = change.model_fields_set - {"change", "source_id"}
    values: dict[str, Any] = {
        name: value for name in ("name", "type", "affiliation") if (value := getattr(change, name)) is not None
    }
    if values.get("type") == "article":
        raise ChangeError("type: the article's own voice is one source alone, and not this one")
    if "name" in values:
        values["name"] = " ".join(values["name"].split())
    if change.anonymous is not None and change.anonymous is not source.anonymous:
        words = source.mentions[0].text if source.mentions else source.name
        values |= anonymity(source, change.anonymous, words, values)
    if "role" in given:
        values["role"] = change.role or None
    if not values:
        raise ChangeError("edit_source: nothing is given that changes")
    if "name" in values and (other := draft.by_name(values["name"])) and other.source_id != source.source_id:
        raise ChangeError(
            f"name: {other.name!r} is another source of the article ({other.source_id}). Join the two instead"
        )
    edited = source.model_copy(update=values)
    draft.sources[source.source_id] = edited
    for claim in list(draft.claims.values()):
        if any(link.source_id == source.source_id for link in claim.chain) or claim.source_id == source.source_id:
            fitting = _terms(claim, edited) if claim.source_id == source.source_id and "anonymous" in values else {}
            draft.put(claim.model_copy(update=fitting))


def _own(draft: Draft, source_id: str) -> Source:
    if source_id == ARTICLE_SOURCE:
        raise ChangeError("source_id: the article's own voice cannot be changed; give its claims another source")
    return draft.source(source_id)


@_make.register
def _(change: c.JoinSources, draft: Draft) -> None:
    gone, kept = _own(draft, change.source_id), _own(draft, change.into)
    if gone.source_id == kept.source_id:
        raise ChangeError("into: a source cannot be joined with itself")

    mentions = sorted({*kept.mentions, *gone.mentions}, key=lambda span: (span.start, span.end))
    draft.sources[kept.source_id] = kept.model_copy(update={"mentions": tuple(mentions)})
    for item in list(draft.attributions.values()):
        owner = kept.source_id if item.source_id == gone.source_id else item.source_id
        values = {"source_id": owner, "candidates": _joined(item.candidates, gone, kept)}
        draft.attributions[item.attribution_id] = item.model_copy(update=values)
    for claim in list(draft.claims.values()):
        if any(link.source_id == gone.source_id for link in claim.chain) or claim.source_id == gone.source_id:
            owner = kept.source_id if claim.source_id == gone.source_id else claim.source_id
            moved = {"source_id": owner, "chain": _joined(claim.chain, gone, kept)}
            fitting = _terms(claim, kept) if owner == kept.source_id else {}
            draft.put(claim.model_copy(update=moved | fitting))
    del draft.sources[gone.source_id]


def _joined(parts: Iterable[_Part], gone: Source, kept: Source) -> tuple[_Part, ...]:
    """Links or candidates of which those of both sources are one, the first of them; all others stay."""
    made: list[_Part] = []
    for part in parts:
        if part.source_id == gone.source_id:
            part = part.model_copy(update={"source_id": kept.source_id})
        if part.source_id != kept.source_id or all(one.source_id != kept.source_id for one in made):
            made.append(part)
    return tuple(made)


@_make.register
def _(change: c.SetNote, draft: Draft) -> None:
    claim = draft.claim(change.claim_id)
    status = claim.review.status if claim.review else ReviewStatus.ACCEPTED
    review = (claim.review or ClaimReview(status=status)).model_copy(update={"note": change.note or None})
    _update(draft, change.claim_id, review=review)


@_make.register
def _(change: c.ClearVerdict, draft: Draft) -> None:
    if draft.claim(change.claim_id).verdict is None:
        raise ChangeError("claim_id: there is no verdict on that claim")
    _update(draft, change.claim_id, verdict=None)


@_make.register
def _(change: c.SetStatus, draft: Draft) -> None:
    if change.status is ArticleStatus.COMPLETE:
        _look_at(draft, [claim for claim in draft.claims.values() if is_open(claim)])
