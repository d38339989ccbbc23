"""Which mentions are one source's: what lines and names say."""

from tests.review.pages import choose, claim_with, delete, draw, drawn, read, region_of, relate, type_in, unrelate


def test_a_mention_given_another_sources_name_moves_to_that_source() -> None:
    results = drawn()
    type_in(results, region_of(results, "He"), "source_name", "Tom Lee")
    record, _ = read(results)
    claim = claim_with(record, "repairs may take weeks")
    assert claim.source_id == "s04"
    assert record.chain_of(claim) == ("Tom Lee", "Daily Example")
    assert claim.source_display == "Tom Lee"
    assert "He" in [mention.text for mention in record.source_by_id["s04"].mentions]
    assert "s06" not in record.source_by_id


def test_a_mention_deleted_between_two_others_does_not_part_them() -> None:
    results = drawn()
    delete(results, region_of(results, "Coastal Wire"))
    record, _ = read(results)
    assert record.source_of(claim_with(record, "overloaded")).name == "Ana Ruiz"
    assert record.chain_of(claim_with(record, "stay shut until")) == ("Harbour official (anonymous)", "Daily Example")


def test_a_line_to_the_right_antecedent_resolves_a_pronoun() -> None:
    results = drawn()
    relate(results, region_of(results, "He"), region_of(results, "Engineer Tom Lee of the Port Board"), "same_source")
    record, _ = read(results)
    claim = claim_with(record, "repairs may take weeks")
    assert record.source_of(claim).name == "Tom Lee"
    assert "unresolved: He" not in [source.name for source in record.sources]


def test_a_line_taken_away_makes_two_sources() -> None:
    results = drawn()
    unrelate(results, region_of(results, "She"), region_of(results, "Mayor Ana Ruiz"))
    record, _ = read(results)
    first, second = claim_with(record, "crane fell"), claim_with(record, "overloaded")
    assert first.source_id == "s03"
    assert second.source_id != "s03"


def test_a_source_marked_on_nothing_but_a_line_break_is_an_unnamed_one() -> None:
    results = drawn()
    draw(results, "x1", "Source", "\n\n")
    choose(results, "x1", "source_type", "person")
    relate(results, region_of(results, "Two ferries lay idle on Monday"), "x1", "attributed_to")
    record, problems = read(results)
    assert record.source_of(claim_with(record, "Two ferries")).name == "unnamed source"
    assert not problems
