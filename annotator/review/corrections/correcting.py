"""From a corrected page back to a record; the page of an uncorrected prediction gives the very record back.

The page that the annotator drew and the page that a reviewer left are read by the same code and compared. What looks
the same on both is the record's own, with all that no region shows; what differs is made from the reviewer's regions.
"""

from annotator.formats.label_studio import CLAIM, NOTE, prediction
from annotator.records import AnnotatedArticle, Claim, answering_there
from annotator.review.corrections.attributions import attributions_of
from annotator.review.corrections.claims import Claims
from annotator.review.corrections.mentions import Mentions
from annotator.review.corrections.sources import Sources
from annotator.review.regions import Page


def corrected(base: AnnotatedArticle, page: Page) -> AnnotatedArticle:
    """The record that a page says; whatever could not be understood is added to `page.problems`."""
    results = prediction(base)["result"]
    drawn = Page.read(results, base.article.text)
    sources = Sources(base, Mentions(base, page, drawn, results))
    claims = Claims(base, page, drawn, sources).made()
    attributions = attributions_of(base, claims, sources)
    kept = [item.claim for item in claims]
    changed = {
        "attributions": attributions,
        "claims": answering_there(kept),
        "sources": sources.used(attributions, kept),
    }
    return AnnotatedArticle(**{name: getattr(base, name) for name in AnnotatedArticle.model_fields} | changed)


def note_of(page: Page, claim: Claim) -> str | None:
    """What a reviewer wrote beside a claim."""
    first = (claim.spans[0].start, claim.spans[0].end)
    notes = (region.typed.get(NOTE) for region in page.labelled(CLAIM) if region.span == first)
    return next((note for note in notes if note), None)
