"""From what a form says to changes of the worklist, and what to tell where somebody else was first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.errors import InputError
from annotator.formats.tables import CHAIN_SIGN
from annotator.labels import Affiliation, SourceType, VerdictRating
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Claim, Source
from annotator.serve.page.values import CLAIM_LABELS, ClaimValues, VerdictValues, differences, merged
from annotator.serve.page.wording import Spans
from annotator.worklist import Change as WorklistChange
from annotator.worklist import Entry, Step, parse

ANONYMOUS = "(anonymous)"
OF_ALL = frozenset({"edit_source", "join_sources", "accept_others", "set_status"})  # changes that concern every claim


@dataclass(frozen=True)
class Decision:
    """A change that a button says by itself."""

    what: str  # "accept", "drop", "restore", "complete" or "undo"


Change = ClaimValues | VerdictValues | Decision


@dataclass(frozen=True)
class Row:
    """A field in which two people differ."""

    name: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Clash:
    """That somebody else changed the same meanwhile, and what it is now."""

    who: str
    words: str
    rows: tuple[Row, ...] = ()


class ClashError(Exception):
    """Somebody else changed the same meanwhile; nothing was written."""

    def __init__(self, clash: Clash, change: Change) -> None:
        super().__init__(clash.words)
        self.clash = clash
        self.change = change  # with what somebody typed, on what is there now


# --- who was first ---


def since(entry: Entry, seen: str) -> list[Step]:
    """What was done to the article after the version that somebody saw. Raises `InputError`."""
    if not (seen.isascii() and seen.isdecimal() and len(seen) < 19):
        raise InputError("The form does not say which version of the article it is about. Load the page anew")
    return [step for step in entry.history if step.version > int(seen)]


def concerning(steps: Iterable[Step], claim_id: str, history: Sequence[Step]) -> list[Step]:
    """Those steps that changed this claim, or whatever every claim has a part in."""
    by_version = {step.version: step for step in history}
    return [step for step in steps if _concerns(step.change, claim_id, by_version)]


def claims_in(step: Step) -> list[str]:
    """The claims that a step was about."""
    parts = step.change.get("changes")
    changes = parts if isinstance(parts, list | tuple) else [step.change]
    return [str(change["claim_id"]) for change in changes if isinstance(change, dict) and change.get("claim_id")]


def _concerns(change: Mapping[str, Any], claim_id: str, by_version: Mapping[int, Step]) -> bool:
    kind = change.get("change")
    if kind in ("undo", "redo"):
        of = by_version.get(change.get("of", -1))
        return of is not None and _concerns(of.change, claim_id, by_version)
    if kind == "together":
        return any(_concerns(part, claim_id, by_version) for part in change.get("changes", ()))
    return kind in OF_ALL or change.get("claim_id") == claim_id


def clash_of(entry: Entry, claim_id: str, change: Change, step: Step) -> Clash:
    """What to tell of a step that somebody else made, beside what was typed."""
    now = values_now(entry.record, claim_id, change)
    found = [] if now is None or isinstance(change, Decision) else differences(now, change)
    words = f"Meanwhile, at {step.at:%H:%M} UTC: {step.what}."
    return Clash(step.by, words, tuple(Row(*difference) for difference in found))


def values_now(record: AnnotatedArticle, claim_id: str, change: Change) -> ClaimValues | VerdictValues | None:
    """What the form of a change would hold now; None for a button, and where the claim is not there."""
    claim = claim_of(record, claim_id)
    if claim is None or isinstance(change, Decision):
        return None
    return ClaimValues.of_claim(record, claim) if isinstance(change, ClaimValues) else VerdictValues.of_claim(claim)


def rebased(record: AnnotatedArticle, claim_id: str, change: Change, opened: str) -> Change:
    """A form as it would be now, with what somebody changed since they opened it; `opened` is the form then."""
    now = values_now(record, claim_id, change)
    if isinstance(now, ClaimValues) and isinstance(change, ClaimValues):
        return merged(change, opened, now)
    if isinstance(now, VerdictValues) and isinstance(change, VerdictValues):
        return merged(change, opened, now)
    return change


def claim_of(record: AnnotatedArticle, claim_id: str) -> Claim | None:
    """The claim with this id."""
    return next((claim for claim in record.claims if claim.claim_id == claim_id), None)


# --- what is to be changed ---


def change_of(record: AnnotatedArticle, claim_id: str, change: Change) -> WorklistChange | None:
    """What a form changes, as one step; None where nothing is different.

    Raises `InputError` for words that do not stand in the article, and `ChangeError` for values that are none.
    """
    found = list(_found(record, claim_id, change))
    if len(found) < 2:
        return parse(found[0]) if found else None
    return parse({"change": "together", "changes": found})


def _found(record: AnnotatedArticle, claim_id: str, change: Change) -> Iterator[dict[str, Any]]:
    claim = claim_of(record, claim_id)
    if isinstance(change, Decision):
        yield _decided(claim_id, change.what)
    elif isinstance(change, VerdictValues):
        yield from _verdict(claim_id, claim, change)
    elif claim_id and claim is None:
        raise InputError("This claim is not there any more. Add it anew, with its words")
    elif claim is None:
        yield _added(record, change)
    else:
        yield from _corrected(record, claim, change)


def _decided(claim_id: str, what: str) -> dict[str, Any]:
    if what == "complete":
        return {"change": "set_status", "status": "complete"}
    return {"change": "drop_claim" if what == "drop" else "accept_claim", "claim_id": claim_id}


def _verdict(claim_id: str, claim: Claim | None, values: VerdictValues) -> Iterator[dict[str, Any]]:
    before = VerdictValues.of_claim(claim) if claim else VerdictValues()
    if values == before:
        return
    if values.rating:
        evidence = [address.strip() for address in values.evidence.splitlines() if address.strip()]
        yield {
            "change": "set_verdict",
            "claim_id": claim_id,
            "rating": values.rating,
            "note": values.note,
            "evidence": evidence,
        }
    elif values.note or values.evidence:
        raise InputError(f"Choose a verdict for what was found: {', '.join(VerdictRating)}".replace("_", " "))
    else:
        yield {"change": "clear_verdict", "claim_id": claim_id}


def _added(record: AnnotatedArticle, values: ClaimValues) -> dict[str, Any]:
    places = _places(record.article.text, values.places(record.article.text))
    source = _choice(record, values.source, values, ClaimValues()) if values.source else None
    return {"change": "add_claim", "spans": places, "source": source}


def _corrected(record: AnnotatedArticle, claim: Claim, values: ClaimValues) -> Iterator[dict[str, Any]]:
    own = {"claim_id": claim.claim_id}
    before = ClaimValues.of_claim(record, claim)
    places = values.places(record.article.text)
    if places != tuple((span.start, span.end) for span in claim.spans):
        yield {"change": "set_spans", **own, "spans": _places(record.article.text, places)}
    yield from _resourced(record, claim, values, before)
    labels = {name: getattr(values, name) for name, _ in CLAIM_LABELS if getattr(values, name) != getattr(before, name)}
    if values.hedged != before.hedged:
        labels["hedged"] = bool(values.hedged)
    if values.claim_normalized != before.claim_normalized:
        labels["claim_normalized"] = values.claim_normalized or None
    if labels:
        yield {"change": "set_labels", **own, **labels}
    if values.remark != before.remark:
        yield {"change": "set_note", **own, "note": values.remark}


def _resourced(
    record: AnnotatedArticle, claim: Claim, values: ClaimValues, before: ClaimValues
) -> Iterator[dict[str, Any]]:
    """Whose the claim is and how it came; what its source is counts for all claims of the source."""
    own = {"claim_id": claim.claim_id}
    edited = _edited(values, before)
    if (values.source, values.chain) == (before.source, before.chain):
        if edited and claim.source_id != ARTICLE_SOURCE:
            yield {"change": "edit_source", "source_id": claim.source_id, **edited}
        return
    names = _names(record, values, before)
    if values.everywhere and names and claim.source_id != ARTICLE_SOURCE:
        yield from _for_all(record, claim.source_id, names[0], edited)
        if values.chain == before.chain:
            return
        names[0] = record.source_by_id[claim.source_id].name if source_named(record, names[0]) is None else names[0]
    links = [_choice(record, name, values, before, first=n == 0) for n, name in enumerate(names)]
    if values.chain != before.chain and len(links) > 1:
        yield {"change": "set_chain", **own, "links": links}
    else:
        yield {"change": "set_source", **own, "source": links[0] if links else {"source_id": ARTICLE_SOURCE}}
    known = links[0].get("source_id") if links else ARTICLE_SOURCE
    if edited and known == claim.source_id and known != ARTICLE_SOURCE:
        yield {"change": "edit_source", "source_id": known, **edited}


def _for_all(
    record: AnnotatedArticle, source_id: str, name: str, edited: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Another source for all claims of one: the two are one, or it has another name."""
    known = source_named(record, name)
    if known is None or known.source_id == source_id:
        anonymous = {} if "anonymous" in edited else {"anonymous": name.endswith(ANONYMOUS)}
        yield {"change": "edit_source", "source_id": source_id, "name": name, **anonymous, **edited}
    elif known.source_id == ARTICLE_SOURCE:
        raise InputError("That a source is the article’s own voice is said of each claim by itself")
    else:
        yield {"change": "join_sources", "source_id": source_id, "into": known.source_id}


def _names(record: AnnotatedArticle, values: ClaimValues, before: ClaimValues) -> list[str]:
    """The names of the chain, origin first and without the publisher."""
    publisher = record.source_by_id[ARTICLE_SOURCE].name if ARTICLE_SOURCE in record.source_by_id else ""
    names = [" ".join(name.split()) for name in values.chain.split(CHAIN_SIGN.strip())]
    names = [name for name in names if name]
    if names and publisher and names[-1].casefold() == publisher.casefold():
        names.pop()
    if values.source != before.source:
        if values.chain == before.chain:
            names = [values.source, *names[1:]]
        elif names[:1] != [values.source]:
            raise InputError(f"The source is “{values.source}”, and the chain begins with “{(names or [''])[0]}”")
    own = [name for name in names if not (publisher and name.casefold() == publisher.casefold())]
    return own if len(names) == 1 else names


def _choice(
    record: AnnotatedArticle, name: str, values: ClaimValues, before: ClaimValues, *, first: bool = True
) -> dict[str, Any]:
    """A source of the article by its name, or a new one: the origin with what the form says of it."""
    known = source_named(record, name)
    if known is not None:
        return {"source_id": known.source_id}
    anonymous = bool(values.anonymous) if values.anonymous != before.anonymous else name.endswith(ANONYMOUS)
    if not first:
        return {"name": name, "type": SourceType.MEDIA, "anonymous": name.endswith(ANONYMOUS)}
    return {
        "name": name,
        "type": values.source_type,
        "affiliation": values.affiliation or Affiliation.UNKNOWN,
        "anonymous": anonymous,
    }


def source_named(record: AnnotatedArticle, name: str) -> Source | None:
    """The source of the article that has this name, whatever its case."""
    return next((source for source in record.sources if source.name.casefold() == name.casefold()), None)


def _edited(values: ClaimValues, before: ClaimValues) -> dict[str, Any]:
    edited: dict[str, Any] = {}
    if values.source_type != before.source_type:
        edited["type"] = values.source_type
    if values.affiliation != before.affiliation:
        edited["affiliation"] = values.affiliation
    if values.anonymous != before.anonymous:
        edited["anonymous"] = bool(values.anonymous)
    return edited


def _places(text: str, spans: Spans) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "text": text[start:end]} for start, end in spans]
