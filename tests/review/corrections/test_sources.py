"""The sources of a page: those of the base stay what they are."""

import json

from annotator.formats.label_studio import prediction
from annotator.labels import SourceType
from annotator.records import ARTICLE_SOURCE
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from tests.factory import HARBOUR, harbour_record
from tests.review.pages import (
    claim_with,
    drawn,
    read,
    region_of,
    relate,
    unrelate,
)


def test_the_publisher_stays_where_its_mention_is_joined_to_another_source() -> None:
    """Every chain ends with the publisher, whatever a line says of the words that name it."""
    base = harbour_record()
    *others, told = base.attributions
    claim = base.claims[6]
    ours = claim.model_copy(update={"source_id": ARTICLE_SOURCE, "chain": claim.chain[-1:]})
    base = base.model_copy(
        update={
            "attributions": (*others, told.model_copy(update={"source_id": ARTICLE_SOURCE})),
            "claims": (*base.claims[:6], ours),
        }
    )
    results = json.loads(json.dumps(prediction(base)["result"]))
    relate(results, region_of(results, "He"), region_of(results, "Mayor Ana Ruiz"), "same_source")
    record = corrected(base, Page.read(results, HARBOUR))
    assert [record.chain_of(claim)[-1] for claim in record.claims] == ["Daily Example"] * 7
    assert record.source_of(record.claims[6]).name == "Ana Ruiz"


def test_a_cue_without_a_source_is_unspecified() -> None:
    results = drawn()
    unrelate(results, region_of(results, "the crane had been overloaded"), region_of(results, "She"))
    record, _ = read(results)
    assert record.source_of(claim_with(record, "overloaded")).type is SourceType.UNSPECIFIED
