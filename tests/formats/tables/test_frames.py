"""Data frames: types that know a missing value."""

from annotator.formats import tables
from tests.factory import harbour_record


def test_frames_have_types_that_know_a_missing_value() -> None:
    frame = tables.claims_frame([harbour_record()])
    assert frame["cue_start"].isna().sum() == 2
    assert frame["cue_start"].max() == harbour_record().article.text.index("added")
    assert frame["needs_review"].sum() == 1
    assert frame["confidence"].min() == 0.4
