"""Where coders differ, side by side."""

from tests.review.reviews import of_ana, report


def test_disagreements_show_both_sides_as_a_merge_conflict() -> None:
    made = report(of_ana())
    assert made.corrected[0] == ("source_type", 2)
    conflict = next(d for d in made.disagreements if d.fields == ("source_type",)).conflict()
    ours, theirs = conflict.split("=======")
    assert "<<<<<<< machine" in ours
    assert "Ana Ruiz (person, government)" in ours
    assert "Ana Ruiz (group, government)" in theirs
    assert ">>>>>>> ana@example.com" in theirs
    deleted = next(d for d in made.disagreements if d.fields == ("claim",) and d.rows[0][2] == "(no claim here)")
    assert deleted.rows[0][1] == "repairs may take weeks"
