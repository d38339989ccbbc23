"""What spellings of one name have in common."""

from annotator.language.names import name_key, words_of


def test_an_article_and_stops_make_no_other_name() -> None:
    assert name_key("The F.B.I.") == name_key("FBI")


def test_words_are_compared_without_accents_stops_and_capitals() -> None:
    assert words_of("Mr. José O’Neill") == ("mr", "jose", "oneill")
