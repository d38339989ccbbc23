"""Where two coders of an article differ, side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.records import AnnotatedArticle, Claim
from annotator.review.alignment import aligned
from annotator.review.verdicts import MACHINE, changed_columns

LABELS = ("quote_type", "kind", "polarity", "attribution", "stance", "on_record", "hedged")


@dataclass
class Disagreement:
    """A claim on which two coders differ; `rows` are field, value of one, value of the other."""

    article_id: str
    one: str
    other: str
    where: str
    task: str | None
    fields: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]

    def conflict(self) -> str:
        """Both sides as in a merge conflict."""
        title = f"{self.article_id}: {', '.join(self.fields)}" + (f"  ({self.task})" if self.task else "")
        ours = [f"  {name:<12}{value}" for name, value, _ in self.rows]
        theirs = [f"  {name:<12}{value}" for name, _, value in self.rows]
        parts = [
            title,
            f"  … {self.where} …",
            f"<<<<<<< {self.one}",
            *ours,
            "=======",
            *theirs,
            f">>>>>>> {self.other}",
        ]
        return "\n".join(parts)


def disagreements(one: str, other: str, ours: AnnotatedArticle, theirs: AnnotatedArticle) -> Iterator[Disagreement]:
    """The claims on which two records of an article differ, in the order of the first."""
    task = next((r.review.task for r in (theirs, ours) if r.review), None)
    for x, y in aligned(ours, theirs):
        fields = changed_columns(ours, x, theirs, y) if x and y else ("claim",)
        if not fields:
            continue
        claim = x or y
        assert claim is not None
        sides = _sides(ours, x), _sides(theirs, y)
        rows = tuple(
            (name, sides[0].get(name, ""), sides[1].get(name, ""))
            for name in ("claim", *_NAMES)
            if name == "claim" or sides[0].get(name) != sides[1].get(name)
        )
        yield Disagreement(ours.article.article_id, one, other, _around(ours, claim), task, fields, rows)


_NAMES = ("on its own", "cue", "mention", "source", "chain", *LABELS)


def _sides(record: AnnotatedArticle, claim: Claim | None) -> dict[str, str]:
    """What one coder says of a claim, in words."""
    if claim is None:
        return {"claim": "(no claim here)"}
    source, attribution = record.source_of(claim), record.attribution_of(claim)
    kind = f"{source.type}, {source.affiliation}{', anonymous' if source.anonymous else ''}"
    found = {
        "claim": " … ".join(" ".join(span.text.split()) for span in claim.spans),
        "on its own": claim.claim_normalized or "",
        "cue": attribution.cue.text if attribution and attribution.cue else "",
        "mention": attribution.source_mention.text if attribution and attribution.source_mention else "",
        "source": f"{source.name} ({kind})",
        "chain": " > ".join(record.chain_of(claim)),
    }
    return found | {name: str(getattr(claim, name)) for name in LABELS}


def _around(record: AnnotatedArticle, claim: Claim) -> str:
    """The line that the claim begins in, cut where it is long."""
    text, start = record.article.text, claim.spans[0].start
    begin = max(text.rfind("\n", 0, start) + 1, start - 80)
    end = text.find("\n", claim.spans[-1].end)
    end = min(len(text) if end < 0 else end, claim.spans[-1].end + 80)
    return " ".join(text[begin:end].split())


_WEIGHT = {"claim": 4, "source": 3, "anonymous": 3, "chain": 2, "spans": 1}


def worst_first(found: Iterable[Disagreement]) -> list[Disagreement]:
    """What matters most first: claims that one lacks, other sources, other chains; between people before all."""
    return sorted(found, key=lambda d: (d.one == MACHINE, -sum(_WEIGHT.get(name, 1) for name in d.fields)))
