"""Reviews of the harbour article made by hand."""

from annotator.labels import ArticleStatus
from annotator.records import AnnotatedArticle, ArticleReview
from annotator.review.agreement import Agreement, agreement
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from annotator.review.verdicts import judged
from tests.factory import HARBOUR, harbour_record
from tests.review.pages import Results, choose, delete, draw, drawn, region_of, resize

BASE = harbour_record()


def review(results: Results, reviewer: str, at: str = "2026-03-03T10:00:00Z") -> AnnotatedArticle:
    page = Page.read(results, HARBOUR)
    made = judged(BASE, corrected(BASE, page), page)
    status = page.status or ArticleStatus.COMPLETE
    about = ArticleReview(reviewer=reviewer, reviewed_at=at, status=status, task="http://127.0.0.1/projects/1?task=2")
    return made.model_copy(update={"review": about})


def judge(results: Results, status: str) -> None:
    results.append({"id": "s", "from_name": "article_status", "type": "choices", "value": {"choices": [status]}})


def of_ana() -> AnnotatedArticle:
    """Corrects a source's type, deletes a claim, adds one."""
    results = drawn()
    choose(results, region_of(results, "She"), "source_type", "group")
    delete(results, region_of(results, "repairs may take weeks"))
    draw(results, "x1", "Claim", "the guard slept")
    return review(results, "ana@example.com")


def of_ben() -> AnnotatedArticle:
    """Corrects a kind and shortens a claim."""
    results = drawn()
    choose(results, region_of(results, "Two ferries lay idle on Monday"), "kind", "opinion")
    resize(results, region_of(results, "the crane had been overloaded"), "the crane had been")
    return review(results, "ben@example.com", at="2026-03-04T10:00:00Z")


def of_cam() -> AnnotatedArticle:
    """Leaves everything as it is."""
    return review(drawn(), "cam@example.com", at="2026-03-02T10:00:00Z")


def report(*reviews: AnnotatedArticle) -> Agreement:
    return agreement(reviews, {"harbour": BASE})
