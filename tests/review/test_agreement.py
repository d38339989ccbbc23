"""Machine and reviewers compared, counted by hand."""

import json

import pytest

from annotator.labels import Kind
from tests.review.reviews import BASE, of_ana, of_ben, of_cam, report


def test_claims_are_counted_by_hand() -> None:
    """Seven of the machine's, seven of Ana's: six are the same, one is deleted and one added."""
    (machine_ana,) = report(of_ana()).comparisons
    assert (machine_ana.claims.right, machine_ana.claims.predicted, machine_ana.claims.gold) == (6, 7, 7)
    assert (machine_ana.exact.right, machine_ana.exact.predicted, machine_ana.exact.gold) == (6, 7, 7)
    assert (machine_ana.fields["source_type"].agreed, machine_ana.fields["source_type"].of) == (4, 6)
    assert machine_ana.fields["kind"].agreed == 6
    assert machine_ana.fields["kind"].alpha == 1.0


def test_alpha_is_that_of_the_formula() -> None:
    """Kinds of seven claims, one of them differing: 1 - (n - 1) * observed / expected, counted by hand."""
    (machine_ben,) = report(of_ben()).comparisons
    assert machine_ben.claims.right == 7
    kinds = [c.kind for c in BASE.claims]
    theirs = [Kind.OPINION if c.text.startswith("Two ferries") else c.kind for c in BASE.claims]
    values = kinds + theirs
    n = len(values)
    unlike = sum(a != b for i, a in enumerate(values) for j, b in enumerate(values) if i != j)
    observed = 2 * sum(a != b for a, b in zip(kinds, theirs, strict=True))
    expected = 1 - observed * (n - 1) / unlike
    assert machine_ben.fields["kind"].alpha == pytest.approx(expected, abs=1e-4)


def test_reviewers_are_compared_with_one_another() -> None:
    names = [(c.one, c.other) for c in report(of_ana(), of_ben()).comparisons]
    assert names == [
        ("machine", "all reviewers"),
        ("machine", "ana@example.com"),
        ("machine", "ben@example.com"),
        ("ana@example.com", "ben@example.com"),
    ]


def test_bands_hold_what_was_accepted_and_kept() -> None:
    bands = {band.low: band for band in report(of_ana()).bands}
    assert (bands[0.0].claims, bands[0.0].accepted, bands[0.0].kept) == (1, 0, 0)  # .4: rejected
    assert (bands[0.9].claims, bands[0.9].accepted, bands[0.9].kept) == (5, 3, 5)  # two of a group now
    assert sum(band.claims for band in bands.values()) == 7


def test_a_reviewer_who_changed_nothing_agrees_with_the_machine() -> None:
    made = report(of_cam())
    assert made.statuses == {"accepted": 7, "corrected": 0, "added": 0, "rejected": 0}
    assert not made.disagreements
    assert all(field.share == 1 for field in made.comparisons[0].fields.values())


def test_the_report_is_plain_json() -> None:
    values = json.loads(json.dumps(report(of_ana(), of_ben()).to_json()))
    assert values["statuses"]["rejected"] == 1
    assert values["comparisons"][1]["claims"]["f1"] == pytest.approx(12 / 14, abs=1e-4)
