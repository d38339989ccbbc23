"""What stands before is attributed afterwards."""

import pytest

import annotator
from tests.articles import claim_with, read, speaker


@pytest.mark.parametrize(
    "after",
    [
        "The harbour spokesman, Ivo Brandt, disclosed this while briefing reporters on Thursday.",
        "Harbour spokesman Ivo Brandt announced this at a meeting in Elsund.",
        "Ivo Brandt, the harbour spokesman, made this known during a visit.",
    ],
)
def test_who_disclosed_this_is_the_source_of_what_stands_before(after: str) -> None:
    record = read(f"Four men have been arrested over the theft of a crane from the pier.\n\n{after}")
    assert speaker(record, "Four men have been arrested") == "Ivo Brandt"
    assert not any("this" in claim.text for claim in record.claims)


def test_what_is_said_here_is_not_said_before() -> None:
    record = read("Four men have been arrested over a theft.\n\nIvo Brandt announced this: the pier will close in May.")
    assert speaker(record, "Four men have been arrested") is None


LINE = (
    "Axios: US to offer a truce in Doha\n\nIryna Holub — Tuesday, 11 February 2025, 14:20\n\n"
    "The United States intends to propose a halt to strikes on power plants in Doha on 18 February.\n\n"
    "Source: Axios, citing two US officials and a European diplomat\n\n"
    "Details: According to one of the American officials, the text has been shown to Rustem Dovhan, who heads the "
    "delegation. The European diplomat noted that Moscow would say yes.\n\n"
    "Quote from the diplomat: “Everybody wants the lights on.”\n\n"
    "Details: The talks may be moved to Muscat later on.\n\n"
    "Meanwhile, the German newspaper Der Anzeiger reports, with reference to a source in the Chancellery, that "
    "Berlin is ready to send observers.\n"
)


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        ("intends to propose", ["two US officials and a European diplomat (anonymous)", "Axios", "Kontur"]),
        ("the text has been shown", ["one of two US officials (anonymous)", "Axios", "Kontur"]),
        ("Moscow would say yes", ["European diplomat (anonymous)", "Axios", "Kontur"]),
        ("Everybody wants", ["European diplomat (anonymous)", "Axios", "Kontur"]),
        ("The talks may be moved", ["Kontur"]),
        ("Berlin is ready", ["source in the Chancellery (anonymous)", "Der Anzeiger", "Kontur"]),
    ],
)
def test_a_line_that_tells_the_source_is_of_the_lead_and_opens_a_scope(words: str, chain: list[str]) -> None:
    record = annotator.annotate(LINE, publisher="Kontur")
    claim = claim_with(record, words)
    names = record.source_by_id
    assert [names[link.source_id].name for link in claim.chain] == chain
    assert not claim.text.startswith("Details")
