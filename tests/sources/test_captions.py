"""A picture between two paragraphs changes nobody whom the text means."""

import annotator
from tests.articles import claim_with, speaker

TEXT = (
    "Rico Grennan, an envoy, said that they had met ten times.\n\n"
    "Elias Marsk called the war 'a machine' ( AP )\n\n"
    '"We met in Elsund," he said.'
)


def test_a_credit_apart_in_brackets_tells_a_caption() -> None:
    record = annotator.annotate(TEXT, publisher="Daily Example")
    assert claim_with(record, "a machine").section.value == "caption"


def test_who_speaks_in_a_caption_is_no_antecedent_of_the_text() -> None:
    assert speaker(annotator.annotate(TEXT, publisher="Daily Example"), "We met in Elsund") == "Rico Grennan"


def test_an_agency_right_behind_a_sentence_is_no_caption() -> None:
    record = annotator.annotate("The harbour was shut on Monday.\n\nNobody was hurt. (AP)", publisher="Daily Example")
    assert claim_with(record, "Nobody was hurt").section.value == "body"


def test_he_is_the_subject_of_the_sentence_before_rather_than_who_spoke_last() -> None:
    text = (
        "Sir Keir Starman told Donald Troup that peace was near. Donald Troup said that it was not.\n\n"
        "Sir Keir Starman met Finland's president in London. He said Europe must do more."
    )
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "Europe must do more") == "Keir Starman"
