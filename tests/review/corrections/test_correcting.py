"""Pages become records again: untouched ones unchanged."""

import json
from pathlib import Path

from hypothesis import given, settings

from annotator.formats.jsonl import load
from annotator.formats.label_studio import prediction
from annotator.records import AnnotatedArticle
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from tests.factory import records


@settings(max_examples=60, deadline=None)
@given(records())
def test_an_untouched_page_is_the_record_again(record: AnnotatedArticle) -> None:
    results = json.loads(json.dumps(prediction(record)["result"]))
    page = Page.read(results, record.article.text)
    assert corrected(record, page) == record


def test_untouched_pages_of_the_gallery_are_its_records_again() -> None:
    made = list(load(Path(__file__).parents[3] / "exports" / "records.jsonl"))
    assert len(made) == 6
    for record in made:
        page = Page.read(prediction(record)["result"], record.article.text)
        assert corrected(record, page) == record
        assert not page.problems
