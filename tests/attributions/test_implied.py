"""Whole quotations without a cue."""

import annotator
from tests.articles import claim_with, speaker


def test_a_quotation_is_whom_the_sentence_before_is_about() -> None:
    record = annotator.annotate(
        """Transport Minister Oleg Savin said that new talks were planned for Thursday.

Tom Reed lost his barn in the flood last autumn. “I stood on the roof for six hours. Nobody came.”

Mayor Anna Moor was furious. “They lied to us. They lied to everyone in this town.”""",
        publisher="Daily Example",
    )
    assert claim_with(record, "new talks were planned for Thursday").text == "new talks were planned for Thursday"
    assert speaker(record, "new talks were planned for Thursday") == "Oleg Savin"
    assert speaker(record, "“I stood on the roof for six hours. Nobody came.”") == "Tom Reed"
    assert speaker(record, "“They lied to us. They lied to everyone in this town.”") == "Anna Moor"


def test_a_quotation_belongs_to_its_own_paragraph() -> None:
    record = annotator.annotate(
        """Farmers in the valley have waited for rain since April.

Ida Brandt, who keeps 300 sheep, has sold half of them. “There is no grass left on my hills.”

Her neighbour Karl Holm shrugged. “We have seen worse, and we will see worse again.”""",
        publisher="Daily Example",
    )
    assert speaker(record, "has sold half of them") is None
    assert speaker(record, "There is no grass left") == "Ida Brandt"
    assert speaker(record, "We have seen worse") == "Karl Holm"


def test_a_quotation_goes_on_after_a_gesture() -> None:
    record = annotator.annotate(
        "Paul Renner has worked at the mill since 1999.\n\n"
        "Renner opened the door. “This is where they found the papers.” He pointed at the floor. “Under those boards.”",
        publisher="Daily Example",
    )
    assert speaker(record, "This is where they found the papers") == "Paul Renner"


def test_quoted_words_are_no_quotation() -> None:
    record = annotator.annotate(
        """The government calls its plan “a great leap forward for the whole region” and has spent millions on it.

The song “Nobody knows the trouble I have seen” was played at the funeral.""",
        publisher="Daily Example",
    )
    assert speaker(record, "was played at the funeral") is None


def test_a_tired_speaker_goes_on() -> None:
    record = annotator.annotate(
        """“The road is closed,” said police chief Omar Haddad. “We do not know for how long.”

Haddad looked tired. “It has been a long night.”""",
        publisher="Daily Example",
    )
    assert speaker(record, "The road is closed") == "Omar Haddad"
    assert speaker(record, "We do not know for how long") == "Omar Haddad"
    assert speaker(record, "It has been a long night") == "Omar Haddad"
