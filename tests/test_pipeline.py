"""What a reader of an article expects to find in its record; every text is written for its test."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import annotator
from annotator.errors import InputError
from annotator.labels import AttributionMode, Kind, LinkBasis, NonClaimReason, OnRecord, QuoteType, Stance
from annotator.pipeline import Annotator
from annotator.records import AnnotatedArticle
from tests.articles import claim_with


def read(text: str, publisher: str | None = "Daily Example") -> AnnotatedArticle:
    return annotator.annotate(text, publisher=publisher)


RETOLD = """Coastal Tribune: Ministers plan to close the harbour

The government is preparing to close the old harbour before winter.

This was reported by the Coastal Tribune, citing two port officials who spoke on condition of anonymity.

The plan would cost 40 million euros, according to one port official. He said that no buyer had been found.

What is known about the harbour

Mayor Greta Holm said the city had not been told.
"""


def test_a_later_sentence_attributes_the_paragraph_before_it() -> None:
    record = read(RETOLD)
    claim = claim_with(record, "is preparing to close")
    assert claim.attribution is AttributionMode.POSTPONED
    assert record.chain_of(claim) == ("two port officials (anonymous)", "Coastal Tribune", "Daily Example")
    assert any(
        item.reason is NonClaimReason.ATTRIBUTION_STATEMENT or "reported by" not in item.text
        for item in record.non_claims
    )
    assert not any("This was reported" in claim.text for claim in record.claims)


def test_an_outlets_scope_passes_on_to_anonymous_claims_and_ends_at_a_heading() -> None:
    record = read(RETOLD)
    inside, outside = claim_with(record, "40 million"), claim_with(record, "had not been told")
    assert record.chain_of(inside) == ("one of two port officials (anonymous)", "Coastal Tribune", "Daily Example")
    assert [link.basis for link in inside.chain] == [LinkBasis.EXPLICIT, LinkBasis.INHERITED, LinkBasis.DOCUMENT]
    assert inside.on_record is OnRecord.CONDITION_OF_ANONYMITY
    assert record.chain_of(outside) == ("Greta Holm", "Daily Example")
    assert outside.on_record is OnRecord.ON_RECORD


def test_a_pronoun_takes_the_anonymous_official_not_a_named_person() -> None:
    record = read(
        "President Ana Duarte met the envoys in Porto. The talks failed, a Portuguese official said. "
        "He said the envoys had left early."
    )
    claim = claim_with(record, "had left early")
    assert record.source_of(claim).name == "Portuguese official (anonymous)"
    assert claim.attribution is AttributionMode.ANAPHORIC


def test_a_headlines_colon_names_the_outlet() -> None:
    claim = claim_with(record := read(RETOLD), "Ministers plan to close")
    assert record.chain_of(claim) == ("Coastal Tribune", "Daily Example")


def test_a_topic_before_a_headlines_colon_is_no_source() -> None:
    record = read("Harbour crisis: Three ships leave the port\n\nThree ships left the port of Elsund on Monday.")
    assert all(record.source_of(claim).name == "Daily Example" for claim in record.claims)


def test_a_headlines_tail_names_the_speaker() -> None:
    record = read("Flood barrier ‘will hold’, says minister\n\nThe barrier was inspected on Monday by engineers.")
    claim = claim_with(record, "Flood barrier")
    assert "minister" in record.source_of(claim).name


def test_the_cited_source_is_the_origin_and_the_outlet_the_reporter() -> None:
    record = read("Reuters, citing a Chilean diplomat, reported that the embassy would close in May.")
    claim = claim_with(record, "the embassy would close")
    assert record.chain_of(claim) == ("Chilean diplomat (anonymous)", "Reuters", "Daily Example")
    assert claim.source_display == "Reuters <- Chilean diplomat (anonymous)"


def test_told_an_outlet_puts_the_outlet_into_the_chain() -> None:
    record = read("Maria Lopez, a baker, told CNN that the street had been flooded twice.")
    assert record.chain_of(claim_with(record, "the street")) == ("Maria Lopez", "CNN", "Daily Example")


def test_an_outlets_sources_are_the_origin() -> None:
    record = read("According to Axios sources, the two ministers did not speak for a month.")
    assert record.chain_of(claim_with(record, "did not speak")) == (
        "Axios sources (anonymous)",
        "Axios",
        "Daily Example",
    )


def test_two_cues_make_two_claims() -> None:
    record = read("The minister said the bridge was safe, adding that it would open in June.")
    assert [claim.text for claim in record.claims] == ["the bridge was safe", "it would open in June"]


def test_an_interrupted_quotation_is_one_claim_with_two_spans() -> None:
    record = read("“We lost everything,” said Tom Baker, a farmer from Elsund, “but nobody was hurt.”")
    claim = record.claims[0]
    assert [span.text for span in claim.spans] == ["“We lost everything,”", "“but nobody was hurt.”"]
    assert claim.quote_type is QuoteType.DIRECT
    assert record.source_of(claim).name == "Tom Baker"


def test_what_somebody_agrees_to_do_is_the_articles_own_claim() -> None:
    record = read("The company agreed to sell its stake in the mine. The sale was completed on Monday.")
    assert {claim.attribution for claim in record.claims} == {AttributionMode.UNATTRIBUTED}


def test_reportedly_is_a_cue_without_a_source() -> None:
    claim = claim_with(record := read("The captain reportedly left the ship before dawn on Tuesday."), "captain")
    assert claim.stance is Stance.DISTANCING
    assert record.source_of(claim).name == "unspecified source (anonymous)"
    assert claim.text == "The captain left the ship before dawn on Tuesday"


def test_declining_to_comment_is_no_claim() -> None:
    record = read("The harbour closed on Monday after a storm. A spokesman for the port declined to comment.")
    assert not any("comment" in claim.text for claim in record.claims)
    assert NonClaimReason.NO_COMMENT in {item.reason for item in record.non_claims}


def test_a_denial_is_the_proposition_with_negative_polarity() -> None:
    claim = claim_with(read("The mayor denied that she had met the builders."), "she had met the builders")
    assert (claim.kind, claim.polarity) == (Kind.DENIAL, "negative")


def test_an_unknown_publisher_is_said_to_be_unknown() -> None:
    record = read("It rained for three days in Elsund.", publisher=None)
    assert record.chain_of(record.claims[0]) == ("unknown publisher",)


def test_the_component_leaves_plain_data_on_the_doc() -> None:
    from annotator.language.parse import load_pipeline

    nlp = load_pipeline()
    nlp.add_pipe("attribution_annotator", config={"publisher": "Daily Example"})
    doc = nlp("The mayor was asleep, a city official said.")
    record = AnnotatedArticle.model_validate(doc._.attribution)
    assert record.source_of(record.claims[0]).anonymous
    assert [span.text for span in doc.spans["claims"]] == ["The mayor was asleep"]


AWKWARD = st.text(
    st.sampled_from("aB. ,:;?!“”‘’\"'«»„\n\r\t \u00a0\u200b\u0000\u202e👩‍👩‍👧אبé-–—()@#")
    | st.characters(codec="utf-8"),
    min_size=1,
    max_size=120,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(AWKWARD | st.sampled_from(["“X,” he said. ", "A source told CNN it rained. ", "\n\n"]), max_size=6))
def test_no_text_breaks_the_run_or_an_offset(parts: list[str]) -> None:
    text = "".join(parts)
    record = read(text)
    for claim in record.claims:
        for span in claim.spans:
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize("text", ["", " \n ", "”", "“", "“‘", "By Jane Doe", "Subscribe to our newsletter"])
def test_texts_without_news_have_no_attributed_claims(text: str) -> None:
    assert all(claim.attribution is AttributionMode.UNATTRIBUTED for claim in read(text).claims)


def test_a_connective_before_the_source_is_no_piece_of_the_claim() -> None:
    record = read(
        "At the same time, according to two officials, the ministry pressed the council to soften its demands."
    )
    claim = claim_with(record, "the ministry pressed")
    assert claim.text == "the ministry pressed the council to soften its demands"
    assert [(item.text, item.reason) for item in record.non_claims] == [("At the same time", NonClaimReason.CONNECTIVE)]


def test_an_article_comes_out_the_same_alone_and_among_others() -> None:
    articles = [
        annotator.Article(article_id=str(n), text=text) for n, text in enumerate((RETOLD, RETOLD[:400], "It rained."))
    ]
    loaded = Annotator()
    together = list(loaded.annotate_many(articles))
    assert together == [loaded.annotate(article) for article in articles]
    assert together[0].claims


@pytest.mark.parametrize("name", ["text", "publisher", "title", "published", "url", "article_id"])
def test_lone_surrogates_are_replaced_wherever_they_are_given(name: str) -> None:
    given = {"text": "It rained, Bob Holm said.", name: "It rained \ud83d, Bob Holm said."}
    record = annotator.annotate(**given)
    assert getattr(record.article, name) == "It rained \ufffd, Bob Holm said."
    assert record.model_dump_json().encode()


@pytest.mark.parametrize("given", [{"text": None}, {"text": b"It rained."}, {"text": "It rained.", "article_id": ""}])
def test_what_is_no_article_is_an_error_of_our_own(given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="this is no article"):
        annotator.annotate(**given)
