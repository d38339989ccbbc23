"""Headline, standfirst, author and date above the first paragraph."""

import pytest

from tests.reading.layout.lines import MORE, PROSE, marked


def test_standfirst_stands_between_headline_and_byline() -> None:
    deck = "A tanker has run aground, and the pilots are on strike."
    credits = "By Anna Lind and Per Ek, Reuters\n12 March 2024, 14:05 GMT"
    text = f"Opinion | Politics\n\nHarbour closed\n\n{deck}\n\n{credits}\n\n{PROSE}"
    assert [kind for kind, _ in marked(text)] == ["boilerplate", "headline", "standfirst", "byline", "dateline", "body"]


def test_what_authors_are_stands_below_their_names() -> None:
    text = f"Harbour closed\n\nBy Anna Lind and Per Ek\n\nTransport correspondents\n\n{PROSE}"
    assert [kind for kind, _ in marked(text)] == ["headline", "byline", "byline", "body"]


def test_first_paragraph_is_no_standfirst() -> None:
    assert [kind for kind, _ in marked(f"Harbour closed\n\n{PROSE}\n\n{MORE}")] == ["headline", "body", "body"]


def test_archive_labels_mark_the_abstract_as_standfirst() -> None:
    text = f"Harbour Closed After Accident.\n\nABSTRACT.\n\n{MORE}\n\nFULL TEXT.\n\nLUND, Sweden - {PROSE}"
    assert marked(text) == [
        ("headline", "Harbour Closed After Accident."),
        ("boilerplate", "ABSTRACT."),
        ("standfirst", MORE),
        ("boilerplate", "FULL TEXT."),
        ("dateline", "LUND, Sweden -"),
        ("body", PROSE),
    ]


@pytest.mark.parametrize("text", [PROSE, f"{PROSE}\n\n{MORE}", f"The army seized a town.\n\n{PROSE}"])
def test_prose_has_no_headline(text: str) -> None:
    assert {kind for kind, _ in marked(text)} == {"body"}


def test_a_single_line_without_a_full_stop_is_a_headline() -> None:
    assert marked("Harbour of Lund closed after tanker runs aground") == [
        ("headline", "Harbour of Lund closed after tanker runs aground")
    ]


def test_title_decides_which_line_is_the_headline() -> None:
    text = f"Ships & Ports\n\nThe harbour was the heart of it.\n\n{PROSE}"
    assert marked(text)[0] == ("headline", "Ships & Ports")
    for title in ("The Harbour Was the Heart of It", "The harbour was the heart of it - Daily Planet"):
        assert marked(text, title=title)[:2] == [
            ("boilerplate", "Ships & Ports"),
            ("headline", "The harbour was the heart of it."),
        ]


def test_byline_of_the_reader_is_found_without_by() -> None:
    assert marked(f"Harbour closed\n\nlind\n\n{PROSE}", byline="By Lind")[1] == ("byline", "lind")


def test_author_role_and_date_on_lines_of_their_own() -> None:
    text = f"Harbour closed\n\nPer Ek\nHarbour correspondent\nPublished\n3 hours ago\n\n{PROSE}\n\n{MORE}"
    assert [kind for kind, _ in marked(text)][1:5] == ["byline", "byline", "boilerplate", "dateline"]


@pytest.mark.parametrize("line", ["Anna Lind", "Anna Lind, Harbour Post", "Anna Lind-Ek"])
def test_a_name_alone_below_the_headline_is_the_author(line: str) -> None:
    assert [kind for kind, _ in marked(f"Harbour closed to tankers\n\n{line}\n\n{PROSE}\n\n{MORE}")][:2] == [
        "headline",
        "byline",
    ]


@pytest.mark.parametrize("line", ["Harbour Post — Politics", "HARBOUR EVENING POST | NATION", "Elsund"])
def test_paper_section_or_place_above_the_headline_is_a_label(line: str) -> None:
    text = f"{line}\n\nHarbour closed to tankers after accident\n\n{PROSE}\n\n{MORE}"
    assert [kind for kind, _ in marked(text)][:2] == ["boilerplate", "headline"]
