"""What became of each claim of the machine."""

from annotator.formats import html
from annotator.formats.label_studio import prediction
from annotator.labels import ArticleStatus, ReviewStatus
from annotator.records import AnnotatedArticle, without_rejected
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from annotator.review.verdicts import judged
from tests.factory import HARBOUR
from tests.review.pages import drawn, region_of, type_in
from tests.review.reviews import BASE, of_ana, of_ben, review


def test_every_claim_says_what_became_of_it() -> None:
    status = {claim.text: claim.review.status for claim in of_ana().claims if claim.review}
    assert status["the crane had been overloaded"] is ReviewStatus.CORRECTED  # its source is another type
    assert status["Two ferries lay idle on Monday"] is ReviewStatus.ACCEPTED
    assert status["repairs may take weeks"] is ReviewStatus.REJECTED
    assert status["the guard slept"] is ReviewStatus.ADDED
    changed = next(c.review.changed for c in of_ben().claims if c.review and c.text.startswith("Two ferries"))
    assert changed == ("kind",)


def test_rejected_claims_stay_in_their_places_and_can_be_left_out() -> None:
    record = of_ana()
    assert [c.text for c in record.claims][-1] == "repairs may take weeks"
    assert [c.text for c in without_rejected(record).claims][-1] == "the guard slept"
    assert not list(
        AnnotatedArticle.model_validate_json(record.model_dump_json()).model_fields_set
        - set(AnnotatedArticle.model_fields)
    )


def test_a_note_beside_a_claim_and_on_the_article_is_kept() -> None:
    results = drawn()
    type_in(results, region_of(results, "Two ferries lay idle on Monday"), "note", "who saw it?")
    results.append(
        {"id": "n", "from_name": "article_note", "type": "textarea", "value": {"text": ["look at the chain"]}}
    )
    results.append(
        {"id": "s", "from_name": "article_status", "type": "choices", "value": {"choices": ["not_an_article"]}}
    )
    page = Page.read(results, HARBOUR)
    made = judged(BASE, corrected(BASE, page), page)
    assert [c.review.note for c in made.claims if c.review and c.review.note] == ["who saw it?"]
    assert (page.note, page.status) == ("look at the chain", ArticleStatus.NOT_AN_ARTICLE)
    assert all(c.review and c.review.status is ReviewStatus.ACCEPTED for c in made.claims)


def test_the_report_of_the_article_leaves_out_what_a_reviewer_deleted() -> None:
    page = html.render([of_ana()])
    assert page.count('<li class="card') == len(without_rejected(of_ana()).claims)


def test_prediction_of_a_review_shows_its_notes() -> None:
    results = drawn()
    type_in(results, region_of(results, "Two ferries lay idle on Monday"), "note", "who saw it?")
    record = without_rejected(review(results, "ana@example.com"))
    page = Page.read(prediction(record)["result"], HARBOUR)
    assert [r.typed["note"] for r in page.regions.values() if "note" in r.typed] == ["who saw it?"]
    assert corrected(record, page) == record
