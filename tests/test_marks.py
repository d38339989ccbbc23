"""Quotation marks: copies of a text have its length, so that offsets hold in them."""

from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.text import common_marks, fold
from tests.articles import claim_with, speaker


@given(st.text(alphabet="ab.,`'’“”「」『』〝〞″＂ \n\u00a0", max_size=40))
def test_every_copy_is_as_long_as_the_text(text: str) -> None:
    assert len(common_marks(text)) == len(fold(text)) == len(text)


def test_marks_of_other_hands_are_quotation_marks() -> None:
    record = annotator.annotate(
        "``The bridge is safe,'' said Mayor Anna Moor. ``It was checked in May.''\n\n"
        "「The road is open,」 said Prime Minister Sato Kenji. 『It was checked twice,』 he added.\n\n"
        "″The tunnel is shut,″ said Paul Renner.",
        publisher="Daily Example",
    )
    wanted = {
        "``The bridge is safe,''": "Anna Moor",
        "``It was checked in May.''": "Anna Moor",
        "「The road is open,」": "Sato Kenji",
        "『It was checked twice,』": "Sato Kenji",
        "″The tunnel is shut,″": "Paul Renner",
    }
    assert {words: speaker(record, words) for words in wanted} == wanted
    assert {claim_with(record, words).text for words in wanted} == set(wanted)
