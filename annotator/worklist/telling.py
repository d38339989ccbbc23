"""A change in words, for the history and for whoever met it: "source of c02: Ana Ruiz"."""

from annotator.formats.tables import CHAIN_SIGN
from annotator.records import AnnotatedArticle, Claim
from annotator.worklist import changes as c

SHOWN = 60  # characters of what somebody typed
_NOTHING = "nothing"


def told(change: c.Change, before: AnnotatedArticle, after: AnnotatedArticle) -> str:
    """A change that was made to `before` and left `after`, in one line."""
    if isinstance(change, c.Together):
        return "; ".join(told(one, before, after) for one in change.changes)
    if isinstance(change, c.SetStatus):
        return f"article: {_words(change.status)}"
    if isinstance(change, c.AcceptOthers):
        return "the other claims accepted"
    if isinstance(change, c.AddClaim):
        known = {claim.claim_id for claim in before.claims}
        added = [claim for claim in after.claims if claim.claim_id not in known]
        return "; ".join(f"{claim.claim_id} added: {_short(claim.text)}" for claim in added) or "a claim added"
    if isinstance(change, c.EditSource | c.JoinSources):
        return _of_source(change, before)
    return _of_claim(change, after)


def _of_source(change: c.EditSource | c.JoinSources, before: AnnotatedArticle) -> str:
    name = _name(before, change.source_id)
    if isinstance(change, c.JoinSources):
        return f"{name} joined with {_name(before, change.into)}"
    given = change.model_dump(mode="json", exclude={"change", "source_id"}, exclude_unset=True)
    values = ", ".join(f"{field} {_short(str(value))}" for field, value in given.items() if value is not None)
    return f"source {name}: {values or 'no role'}"


def _of_claim(change: c.OfClaim, after: AnnotatedArticle) -> str:
    claim = next((claim for claim in after.claims if claim.claim_id == change.claim_id), None)
    which = change.claim_id
    if claim is None or isinstance(change, c.DropClaim):
        return f"{which} dropped"
    match change:
        case c.AcceptClaim():
            return f"{which} accepted"
        case c.SetSource():
            return f"source of {which}: {_name(after, claim.source_id)}"
        case c.SetChain():
            return f"chain of {which}: {CHAIN_SIGN.join(after.chain_of(claim))}"
        case c.SetSpans():
            return f"words of {which}: {_short(claim.text)}"
        case c.SetNote():
            return f"note on {which}: {_short(change.note) or _NOTHING}"
        case c.SetVerdict():
            return f"verdict on {which}: {_words(change.rating)}"
        case c.ClearVerdict():
            return f"verdict on {which} taken away"
    return _of_words(change, after, claim)


def _of_words(change: c.OfClaim, after: AnnotatedArticle, claim: Claim) -> str:
    attribution = after.attribution_of(claim)
    if isinstance(change, c.SetCue):
        return (
            f"cue of {claim.claim_id}: {_short(attribution.cue.text) if attribution and attribution.cue else _NOTHING}"
        )
    if isinstance(change, c.SetMention):
        mention = attribution.source_mention if attribution else None
        return f"mention of {claim.claim_id}: {_short(mention.text) if mention else _NOTHING}"
    given = change.model_dump(mode="json", exclude={"change", "claim_id"}, exclude_unset=True)
    values = ", ".join(f"{field} {_words(value) if value is not None else _NOTHING}" for field, value in given.items())
    return f"{claim.claim_id}: {_short(values)}"


def _name(record: AnnotatedArticle, source_id: str) -> str:
    source = record.source_by_id.get(source_id)
    return _short(source.name) if source else source_id


def _words(value: object) -> str:
    """A label as a reader has it; `None` is an article that was opened again."""
    if value is None:
        return "open"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).replace("_", " ")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else words[:SHOWN] + "…"
