"""The article's own voice, cut into claims."""

import pytest

from annotator.labels import AttributionMode, SourceType
from tests.articles import claim_with, read, speaker


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


def own_claims(text: str) -> list[str]:
    own = (claim for claim in read(text).claims if claim.attribution is AttributionMode.UNATTRIBUTED)
    return [claim.text for claim in own if claim.section == "body"]


def test_what_somebody_does_before_he_speaks_is_the_articles_own() -> None:
    assert own_claims("Ann Lee left the burning house by a window and said that nobody had warned her family.") == [
        "Ann Lee left the burning house by a window"
    ]
    assert not own_claims("Ann Lee turned and said that nobody had warned her family of the fire.")


def test_whom_a_cue_governs_is_no_part_of_what_the_article_says() -> None:
    assert own_claims("Paul Renner walked across the square and told him: “You have sold this town.”") == [
        "Paul Renner walked across the square"
    ]


def test_terms_of_anonymity_are_no_claim_beside_an_attribution() -> None:
    assert not own_claims(
        "A dam inspector, granted anonymity because he feared retaliation, said his office had not seen the memo."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The numbers rose again last year despite pledges by ministers to bring them down.",
        "The court on Friday authorized the demolition of the old lighthouse in Elsund.",
        "The minister has said nothing in public about the closure of the harbour.",
        "The foreign secretary is expected to visit the harbour on Monday to open the new pier.",
    ],
)
def test_acts_and_silences_and_what_is_expected_are_the_articles_own(sentence: str) -> None:
    assert own_claims(sentence) == [sentence.rstrip(".")]


def test_what_somebody_is_expected_to_say_is_his() -> None:
    record = read("The prime minister is expected to acknowledge that more needs to be done to save the harbour.")
    assert speaker(record, "more needs to be done") == "prime minister"


def test_an_explanation_behind_a_quotation_is_nobodys_claim() -> None:
    record = read("“He was fantastic, too,” Ann Lee said, referring to the former mayor of Elsund.")
    assert [claim.text for claim in record.claims if claim.section == "body"] == ["“He was fantastic, too,”"]


@pytest.mark.parametrize("verb", ["applauded", "condemned", "criticised", "praised"])
def test_a_verdict_is_whose_it_is(verb: str) -> None:
    record = read(f"Ann Lee, the mayor, {verb} the decision to close the harbour.")
    assert speaker(record, "the decision to close the harbour") == "Ann Lee"


@pytest.mark.parametrize(
    "line",
    [
        "Cutouts of the mayor and the harbour master behind bars at a booth of the annual fair of Elsund (EMF)",
        "‘Not as crowded’",
        "- 'A matter of when' -",
        "A woman waves a flag at the annual fair in Elsund on May 3, 2025",
    ],
)
def test_captions_without_a_verb_and_quoted_headings_claim_nothing(line: str) -> None:
    rain = "The rain fell for nine days in Elsund and in the hills above it."
    assert own_claims(f"{rain}\n\n{line}\n\nThe river rose by four metres in a week.")[1:] == [
        "The river rose by four metres in a week"
    ]


def test_items_of_a_list_need_no_verb() -> None:
    record = read("The fire brigade found three faults:\n\n- Broken hinges on both doors of the hall")
    assert claim_with(record, "Broken hinges")


def test_what_reportedly_happened_in_a_clause_is_nobodys_in_particular() -> None:
    record = read("Paul Renner was arrested near the harbour on Monday after he allegedly struck the arm of a woman.")
    assert [claim.text for claim in record.claims if claim.section == "body"] == [
        "Paul Renner was arrested near the harbour on Monday",
        "he struck the arm of a woman",
    ]
    assert record.source_of(claim_with(record, "struck")).type is SourceType.UNSPECIFIED
