"""What a reviewer says of a source on one of its mentions holds for all."""

import pytest

from annotator.labels import Flag, SourceType
from tests.factory import harbour_record
from tests.review.pages import choose, claim_with, drawn, read, region_of, type_in


def test_a_type_changed_on_one_mention_is_the_sources_type() -> None:
    results = drawn()
    choose(results, region_of(results, "She"), "source_type", "group")
    record, _ = read(results)
    assert record.source_by_id["s03"].type is SourceType.GROUP
    assert record.source_by_id["s03"].mentions == harbour_record().source_by_id["s03"].mentions


def test_a_name_edited_changes_what_every_claim_shows() -> None:
    results = drawn()
    type_in(results, region_of(results, "Mayor Ana Ruiz"), "source_name", "Ana Ruiz-Ortega")
    record, problems = read(results)
    assert record.source_by_id["s03"].name == "Ana Ruiz-Ortega"
    assert claim_with(record, "crane fell").source_display == "Ana Ruiz-Ortega"
    assert record.chain_of(claim_with(record, "overloaded")) == ("Ana Ruiz-Ortega", "Daily Example")
    assert not problems


@pytest.mark.parametrize(
    ("words", "name", "anonymous"),
    [("a harbour official", "Harbour official", False), ("Mayor Ana Ruiz", "Ana Ruiz (anonymous)", True)],
)
def test_anonymity_ticked_or_not_keeps_name_and_description_in_step(words: str, name: str, anonymous: bool) -> None:
    results = drawn()
    region = region_of(results, words)
    if anonymous:
        choose(results, region, "anonymous", "anonymous")
    else:
        results[:] = [r for r in results if not (r.get("id") == region and r.get("from_name") == "anonymous")]
    record, _ = read(results)
    source = next(s for s in record.sources if s.name == name)
    assert source.anonymous is anonymous
    assert (source.anonymity_description is not None) is anonymous
    told = claim_with(record, "stay shut until")
    assert (Flag.SINGLE_ANONYMOUS in told.flags) is anonymous
