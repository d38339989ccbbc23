"""Attributions that no corpus teaches, and what the text says of how a claim travelled.

The extractor's attributions come in; they are mended at their edges (mending.py), and joined by the frames of news
writing: "Axios: ..." (headlines.py), a colon before a quotation (quotations.py), "NBC, citing an official" (citing.py),
"This was reported by Axios" (postponed.py), "told CNN" (carried.py). What comes first matters: each pass builds on what
those before it left.
"""

from collections.abc import Iterable

from annotator.attributions.according import around_according, said_by_another
from annotator.attributions.answered import answered
from annotator.attributions.asides import as_put, emerged, learned
from annotator.attributions.blocks import blocks, labelled_quotes
from annotator.attributions.carried import carried
from annotator.attributions.cited import cited_as
from annotator.attributions.citing import citing
from annotator.attributions.conjoined import one_cue_each
from annotator.attributions.estimates import estimates
from annotator.attributions.expected import expected
from annotator.attributions.headlines import headline
from annotator.attributions.implied import implied
from annotator.attributions.mending import mended
from annotator.attributions.nouns import telling_nouns
from annotator.attributions.postponed import postponed
from annotator.attributions.posts import dialogue, posts
from annotator.attributions.quotations import handles, long_quotations, quotations
from annotator.attributions.signed import signed
from annotator.attributions.transcripts import transcript
from annotator.attributions.turns import turns
from annotator.draft import Draft, DraftAttribution
from annotator.extraction.extracted import Extracted


def find(draft: Draft, extracted: Iterable[Extracted]) -> None:
    """Fill `draft.attributions`, in text order, from the extractor's findings and the frames."""
    found = [item for one in extracted if (item := mended(draft, one)) is not None]
    draft.attributions = found
    draft.attributions = [part for item in draft.attributions for part in one_cue_each(draft, item)]
    expected(draft)
    long_quotations(draft)
    quotations(draft)
    for item in draft.attributions:
        around_according(draft, item)
        said_by_another(draft, item)
    if not transcript(draft):
        turns(draft)
    blocks(draft)
    labelled_quotes(draft)
    signed(draft)
    posts(draft)
    dialogue(draft)
    cited_as(draft)
    learned(draft)
    emerged(draft)
    as_put(draft)
    handles(draft)
    estimates(draft)
    telling_nouns(draft)
    citing(draft)
    postponed(draft)
    carried(draft)
    headline(draft)
    implied(draft)
    answered(draft)
    draft.attributions.sort(key=lambda item: item.start)


def given(draft: Draft, spans: Iterable[Extracted]) -> None:
    """Fill `draft.attributions` with spans that a person marked; only the links of their sentences are looked for."""
    draft.given = True
    draft.attributions = [
        DraftAttribution(one.cue, one.source, sorted(one.contents), one.confidence) for one in spans if one.contents
    ]
    carried(draft)
    draft.attributions.sort(key=lambda item: item.start)
