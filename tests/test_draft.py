"""What the draft of an article finds once for all that ask."""

import spacy

from annotator.draft import Draft
from annotator.records import Article


def test_capitals_that_no_sentence_gives_are_all_found_one_behind_another_too() -> None:
    text = "Then Ana Lindt, Bo and al-Eva left. Nobody spoke. “Why?” Moor asked the Port."
    draft = Draft(Article(article_id="a", text=text), (), spacy.blank("en")(text))
    assert draft.capitals_within == {"Ana", "Lindt", "Bo", "Port"}
