"""What every tool is given."""

from annotator.formats.label_studio import prediction
from annotator.formats.tools.marks import drawn, joined, results, shown, united
from annotator.records import AnnotatedArticle
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from tests.factory import harbour_record
from tests.formats.tools.rough import rough_record


def test_marks_and_arrows_are_those_of_the_task() -> None:
    record = harbour_record()
    page, again = (
        Page.read(found, record.article.text) for found in (prediction(record)["result"], results(drawn(record)))
    )
    assert again == page
    assert not again.problems


def test_a_claim_of_several_pieces_comes_back_from_one_mark() -> None:
    record = rough_record()
    graph = joined(drawn(record))
    claim = graph.by_id()["claim-2"]
    assert [record.article.text[start:end] for start, end in claim.pieces] == [s.text for s in record.claims[1].spans]
    assert corrected(record, Page.read(results(graph), record.article.text)) == record


def test_deleted_claims_are_not_shown() -> None:
    record = harbour_record()
    review = {"status": "rejected"}
    values = record.model_dump(mode="json")
    values["claims"][0]["review"] = review
    assert len(shown(AnnotatedArticle.model_validate(values)).claims) == len(record.claims) - 1


def test_pieces_that_overlap_are_one() -> None:
    assert united([(4, 6), (0, 2), (5, 9), (2, 3)]) == [(0, 2), (2, 3), (4, 9)]
