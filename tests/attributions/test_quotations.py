"""Quotations are whole and have one owner."""

import annotator
from annotator.labels import AttributionMode, QuoteType
from tests.articles import claim_with, read, speaker


def test_a_quotation_over_paragraphs_is_one_claim() -> None:
    record = read(
        "In a statement, the Doyle family said: ‘Kieran was our sunshine. He lit up every kitchen.\n\n"
        "‘He was due to marry in September.\n\n"
        "‘We would ask that people give us time.’\n\n"
        "The inquest opens in May."
    )
    claim = claim_with(record, "our sunshine")
    assert [span.text[:12] for span in claim.spans] == ["‘Kieran was ", "‘He was due ", "‘We would as"]
    assert claim.quote_type is QuoteType.DIRECT
    assert "inquest" not in claim.text


def test_a_quotation_of_several_sentences_is_whole() -> None:
    text = '"The pier is gone. Nobody came to see it. We shall not build another," the mayor told reporters in Elsund.'
    assert claim_with(read(text), "The pier is gone").text == text.split(" the mayor")[0]


def test_what_a_colon_introduces_is_speech_whatever_the_verb() -> None:
    record = read(
        'Mayor Ann Lee took a parting shot on Monday: "This harbour was sold for nothing and nobody asked us."'
    )
    claim = claim_with(record, "sold for nothing")
    assert record.source_of(claim).name == "Ann Lee"


def test_a_quotation_that_goes_on_after_the_cue_is_a_claim_of_its_own() -> None:
    record = read("“The pier is gone,” Ann Lee, the mayor, said. “We shall build another one.”")
    first, second = claim_with(record, "is gone"), claim_with(record, "build another")
    assert first.attribution_id == second.attribution_id
    assert (first.attribution, second.attribution) == (AttributionMode.EXPLICIT, AttributionMode.CONTINUATION)
    assert record.chain_of(second) == ("Ann Lee", "Daily Example")
    assert all(link.cue is None for link in second.chain)


def test_a_quotation_that_the_cue_interrupts_is_one_claim() -> None:
    record = read("“The pier,” Ann Lee, the mayor, said, “is gone for good.”")
    assert claim_with(record, "is gone for good").text == "“The pier,” “is gone for good.”"


def test_a_missing_closing_mark_does_not_hand_the_quotation_to_who_speaks_before() -> None:
    record = annotator.annotate(
        """Council looks again at the old harbour plan

“It is a disgrace,” said councillor Paul Renner. “If the pier goes, the town goes with it.

“I have been here for forty years and have never seen such a thing,” added harbour master Ivo Brandt.""",
        publisher="Daily Example",
    )
    assert speaker(record, "It is a disgrace") == "Paul Renner"
    assert speaker(record, "forty years") == "Ivo Brandt"


def test_a_quotation_behind_a_paraphrase_is_a_claim_of_its_own() -> None:
    record = read(
        "Ann Lee, the mayor, said that the pier would be gone by the spring.\n\n“We shall build another one in May.”"
    )
    first, second = claim_with(record, "gone by the spring"), claim_with(record, "build another")
    assert first.text == "the pier would be gone by the spring"
    assert (speaker(record, "build another"), second.text) == ("Ann Lee", "“We shall build another one in May.”")


def test_straight_single_marks_hold_over_paragraphs() -> None:
    record = read(
        "'The pier is a wreck,' Ann Lee, the mayor, wrote on Friday.\n\n"
        "'There used to be a ferry. Now there's a bus that doesn't come.\n\n"
        "'It's been like that since my grandfather's day.'\n\n"
        "The harbour's owners met on Monday."
    )
    claim = claim_with(record, "used to be a ferry")
    assert [span.text[:12] for span in claim.spans] == ["'There used ", "'It's been l"]
    assert claim.quote_type is QuoteType.DIRECT
    assert speaker(record, "harbour's owners met") is None


def test_a_quotation_goes_on_behind_the_name_of_a_programme() -> None:
    record = read("“We will mend the pier,” Ann Moor told CNBC’s “Power Lunch.” “We will build a new one in Norland.”")
    mend, build = claim_with(record, "mend the pier"), claim_with(record, "build a new one")
    assert mend is not build
    assert record.source_of(mend).name == record.source_of(build).name == "Ann Moor"
