"""The report as people see it."""

from annotator.review.report import render
from tests.review.pages import drawn, region_of, type_in
from tests.review.reviews import report, review


def test_the_page_escapes_what_an_article_says() -> None:
    results = drawn()
    type_in(results, region_of(results, "She"), "source_name", "<script>alert(1)</script>\x07")
    page = render(report(review(results, "<b>eve</b>")))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;eve&lt;/b&gt;" in page
