"""Where a content begins and ends, and whose it is; every text is written for its test."""

import pytest

import annotator
from annotator.labels import AttributionMode, QuoteType
from annotator.records import AnnotatedArticle, Claim

HEAD = "Council looks again at the old harbour plan\n\n"


def read(body: str) -> AnnotatedArticle:
    return annotator.annotate(HEAD + body, publisher="Daily Example")


def claim_with(record: AnnotatedArticle, words: str) -> Claim:
    found = [claim for claim in record.claims if words in claim.text]
    assert len(found) == 1, [claim.text for claim in record.claims]
    return found[0]


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


def test_a_bare_noun_can_be_denied() -> None:
    record = read("Police accused the harbour company of fraud. The harbour company has denied wrongdoing.")
    claim = claim_with(record, "wrongdoing")
    assert record.chain_of(claim)[0] == "harbour company"


@pytest.mark.parametrize(
    "text",
    [
        "The governor declared a state of emergency in the whole of the harbour district.",
        "The club announced the decision on Tuesday morning before training began at the pier.",
        "The agency did not mention if there were any casualties in the harbour district.",
    ],
)
def test_acts_and_silences_are_the_articles_own_claims(text: str) -> None:
    record = read(text)
    claim = next(claim for claim in record.claims if claim.text in text and claim.section == "body")
    assert claim.attribution is AttributionMode.UNATTRIBUTED


def test_who_is_told_is_no_content() -> None:
    record = read("In a letter, Pryce warned the chief secretary, Fiona Amadi, last month that delay would be fatal.")
    assert claim_with(record, "would be fatal").text == "delay would be fatal"


def test_a_clause_goes_on_around_according_to() -> None:
    record = read(
        "In January a tanker burned in Velsk; the clean-up, according to the fire service, is still going on."
    )
    claim = claim_with(record, "still going on")
    assert [span.text for span in claim.spans] == ["the clean-up", "is still going on"]


@pytest.mark.parametrize("question", ["Asked whether he would coach again", "Asked to explain the accident"])
def test_the_question_that_somebody_was_asked_is_no_claim(question: str) -> None:
    record = read(f"{question} on the pier, the captain, Bo Lindt, said: “Of course I will coach.”")
    assert not any("on the pier" in claim.text for claim in record.claims)


def test_a_sentence_ends_after_the_time_of_day() -> None:
    record = read("The gates close at 6 p.m. Thailand plans to build a new harbour in the north of the island.")
    assert claim_with(record, "Thailand").text.startswith("Thailand")


def test_parts_between_semicolons_are_claims() -> None:
    record = read("The rain fell for nine days in Elsund; the river rose by four metres in a week.")
    assert [claim.text for claim in record.claims if claim.section == "body"] == [
        "The rain fell for nine days in Elsund",
        "the river rose by four metres in a week",
    ]


@pytest.mark.parametrize(
    "line",
    ["(With PTI inputs)", "Email the reporters at tips@example.org", "Elsund | Updated: July 18, 2025 21:47 IST"],
)
def test_lines_of_the_page_are_no_claims(line: str) -> None:
    record = read(f"The rain fell for nine days in Elsund and in the hills above it.\n\n{line}")
    assert not any(line[1:10] in claim.text for claim in record.claims)


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("Mayor Ann Lee said she would rebuild the pier.", "she [Ann Lee] would rebuild the pier"),
        ("“I never met them,” said Mayor Ann Lee.", "“I [Ann Lee] never met them,”"),
        ("A port official said that he had seen the plan.", "he [port official (anonymous)] had seen the plan"),
        ("Carl Benson’s lawyer said he was innocent of the theft.", None),
        ("Mayor Ann Lee told Bo Lindt that he had to leave the pier.", None),
        ("Mayor Ann Lee said Bo Lindt had sold his boats.", None),
    ],
)
def test_a_speaker_who_speaks_of_himself_is_named_in_brackets(text: str, normalized: str | None) -> None:
    record = read(text)
    assert [claim.claim_normalized for claim in record.claims if claim.section == "body"] == [normalized]


def test_an_act_is_an_attribution_inside_the_articles_own_claim() -> None:
    record = read("The city council agreed to close the old pier before the first storms of the winter.")
    claim = claim_with(record, "agreed to close")
    assert claim.attribution is AttributionMode.UNATTRIBUTED
    acts = [item for item in record.attributions if item.cue and item.cue.start >= claim.spans[0].start]
    assert [record.source_by_id[item.source_id].name for item in acts] == ["city council"]


# --- attributions inside a claim --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "cue", "mention"),
    [
        ("Helen Strake said police suspect that the gate was left open.", "suspect", "police"),
        (
            "“The gate, according to the inspectors, was never locked,” Helen Strake said.",
            "according to",
            "the inspectors",
        ),
        ("Helen Strake said all they got was a message stating “the gate is closed”.", "stating", "a message"),
        ("“She went on to say that the gate was locked,” Helen Strake recalled.", "went on to say", "She"),
        ("“We persuaded the port board in May that the gate had to stay,” Helen Strake said.", "persuaded", "We"),
        (
            "Helen Strake said the firm gave assurances (none in writing) that the gate would stay.",
            "gave assurances",
            "the firm",
        ),
        ("“Somebody emailed me last night asking for the key to the gate,” Helen Strake said.", "emailed", "Somebody"),
        ("“The gate was, I believe, never locked,” Helen Strake said.", "believe", "I"),
    ],
)
def test_an_attribution_inside_a_content_is_nested(content: str, cue: str, mention: str) -> None:
    record = read(content)
    (claim,) = [claim for claim in record.claims if "gate" in claim.text]
    (nested,) = claim.nested
    assert nested.cue is not None
    assert nested.source_mention is not None
    assert (nested.cue.text, nested.source_mention.text) == (cue, mention)
    assert all("gate" in span.text or "locked" in span.text for span in nested.contents)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Sky News understands that the gate of the old harbour will be closed in May.", "understands"),
        ("The Guardian can reveal that the gate of the old harbour was sold twice.", "can reveal"),
        ("The Associated Press has learned that the gate of the old harbour was sold twice.", "has learned"),
    ],
)
def test_what_an_outlet_has_found_out_is_its_claim(text: str, cue: str) -> None:
    record = read(text)
    claim = claim_with(record, "the gate")
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert attribution.cue is not None
    assert (attribution.cue.text, record.source_of(claim).type) == (cue, "media")
    assert claim.text.startswith("the gate of the old harbour")


@pytest.mark.parametrize(
    "text",
    [
        "Lawmakers are debating whether a new pier is even feasible.",
        "The other 28 people have showed no signs of the disease since May.",
        "The agency did not estimate how many people were on the pier.",
        "The police did not say what had led to the crash on the pier.",
    ],
)
def test_weighing_silence_and_symptoms_are_no_statements(text: str) -> None:
    record = read(text)
    assert all(claim.attribution is AttributionMode.UNATTRIBUTED for claim in record.claims)
    assert [claim.text for claim in record.claims if claim.section == "body"] == [text.removesuffix(".")]


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


LEAD = "Ministers in Norvia have dropped an inquiry into a theft of which Julian Asker was accused."


@pytest.mark.parametrize(
    ("headline", "lead", "speaks"),
    [
        ("Julian Asker: Norvia drops theft inquiry", LEAD, False),
        (
            "Julian Asker: Norvia drops theft inquiry",
            "Julian Asker said that Norvia has dropped the theft inquiry.",
            True,
        ),
        ("Julian Asker: “Norvia drops theft inquiry”", LEAD, True),
    ],
)
def test_a_person_before_a_headlines_colon_speaks_or_is_the_topic(headline: str, lead: str, speaks: bool) -> None:
    record = annotator.annotate(f"{headline}\n\n{lead} Nobody knows what comes next.", publisher="Daily Example")
    assert (record.source_of(record.claims[0]).name == "Julian Asker") is speaks


def test_a_dateline_and_a_label_before_a_colon_speak_to_nobody() -> None:
    record = annotator.annotate(
        "The latest: Man hurt as Elsund pier falls\n\n"
        "London, United Kingdom: Mending a pier, while not easy, has been done.",
        publisher="Daily Example",
    )
    assert [claim.attribution for claim in record.claims] == [AttributionMode.UNATTRIBUTED] * 2


def test_a_content_never_begins_within_a_word() -> None:
    claim = claim_with(
        read(
            "One activist, Nur Kahn, on Sunday told Agence France-Presse arson has been used "
            '"as a weapon to evict poor dwellers" by developers.'
        ),
        "arson",
    )
    assert claim.text.startswith("arson has been used")


def test_what_a_person_says_by_an_outlet_is_inside_what_the_outlet_tells() -> None:
    record = read("According to the New York Times, Professor John Burr, the chairman, said the pier was never open.")
    claim = claim_with(record, "never open")
    assert record.chain_of(claim) == ("New York Times", "Daily Example")
    assert any("Burr" in (item.source_mention.text if item.source_mention else "") for item in claim.nested)


def test_a_sentence_before_is_no_part_of_a_paraphrase() -> None:
    record = read(
        "Brightmill, founded in 1961, employs 7,800 people. Revenue reached €2bn, according to its annual report."
    )
    assert claim_with(record, "7,800").attribution is AttributionMode.UNATTRIBUTED
    assert claim_with(record, "Revenue reached").text == "Revenue reached €2bn"


@pytest.mark.parametrize(
    "text",
    [
        "The band played “We Are Not Going Home” from the steps of the harbour office.",
        "The driver was evicted in April and sentenced to 50 weeks in jail for breaching his bail.",
        "The move breaks with Security Council resolutions declaring the harbour settlements to be illegal.",
        "Researchers at Kesar University released 212 young terrapins into the river in May.",
    ],
)
def test_acts_are_the_articles_own(text: str) -> None:
    record = read(text)
    assert [claim.text for claim in record.claims if claim.section == "body"] == [text.removesuffix(".")]
    assert record.claims[-1].attribution is AttributionMode.UNATTRIBUTED


@pytest.mark.parametrize(
    ("text", "words", "chain"),
    [
        (
            "A port official was quoted by the Anchor News as saying that the pier had rotted.",
            "had rotted",
            ("port official (anonymous)", "Anchor News"),
        ),
        (
            "The mayor was quoted as saying by state media that the pier had rotted.",
            "had rotted",
            ("mayor", "state media"),
        ),
        ("The chairman, it is understood, will leave the board.", "will leave", ("unspecified source (anonymous)",)),
        (
            "Danish claims that Polish boats left the harbour could not be independently verified.",
            "left the harbour",
            ("Denmark",),
        ),
    ],
)
def test_who_is_quoted_by_whom(text: str, words: str, chain: tuple[str, ...]) -> None:
    record = read(text)
    claim = claim_with(record, words)
    assert record.chain_of(claim) == (*chain, "Daily Example")
    assert "quoted" not in claim.text
    assert "verified" not in claim.text


@pytest.mark.parametrize(
    ("headline", "source"),
    [
        ("Harbour fees to rise in July - Treasury", "Treasury"),
        ("Harbour fees to rise ‘within days’ – Moor", "Ann Moor"),
        ("Harbour fees - what happens next", None),
    ],
)
def test_a_headline_names_its_source_after_a_dash(headline: str, source: str | None) -> None:
    body = "Ann Moor, the mayor, said harbour fees would rise within days. The Treasury said it would be July."
    record = annotator.annotate(f"{headline}\n\n{body}", publisher="Daily Example")
    first = record.claims[0]
    assert record.source_of(first).name == (source or "Daily Example")
    assert (" - " in first.text or " – " in first.text) == (source is None)
