"""Sections of whole articles: they cover every character once, in time that grows with the length."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.labels import NonClaimReason, SectionKind
from annotator.reading.layout import boilerplate_reason, sections
from annotator.records import Section
from tests.reading.layout.lines import MORE, PROSE, marked


def test_a_web_page_with_labels_above_their_values() -> None:
    text = (
        "News\n\nHarbour closed after accident\n\nAuthor:\nAnna Lind\nDate:\n\nGetty Images / «Planet'»\n\n"
        f"{PROSE}\n\n{MORE}\n\nWhat is known about the ship\n\n{PROSE}\n\n"
        "For more news and in-depth stories from Sweden, please follow us on X."
    )
    assert marked(text) == [
        ("boilerplate", "News"),
        ("headline", "Harbour closed after accident"),
        ("boilerplate", "Author:"),
        ("byline", "Anna Lind"),
        ("boilerplate", "Date:"),
        ("boilerplate", "Getty Images / «Planet'»"),
        ("body", PROSE),
        ("body", MORE),
        ("subheading", "What is known about the ship"),
        ("body", PROSE),
        ("boilerplate", "For more news and in-depth stories from Sweden, please follow us on X."),
    ]


def test_reasons_follow_the_kind() -> None:
    def reason(kind: SectionKind) -> NonClaimReason:
        return boilerplate_reason("Harbour closed", Section(kind=kind, start=0, end=14))

    assert reason(SectionKind.SUBHEADING) is NonClaimReason.HEADING
    assert reason(SectionKind.DATELINE) is NonClaimReason.DATELINE
    assert reason(SectionKind.BODY) is NonClaimReason.FRAGMENT
    assert reason(SectionKind.BOILERPLATE) is NonClaimReason.BOILERPLATE


LINES = st.sampled_from(
    [
        "News",
        "Harbour closed",
        PROSE,
        "LONDON (AP) — It rained.",
        "LONDON —",
        "(CNN)",
        "By Anna Lind",
        "Author:",
        "Date:",
        "Sources",
        "Read more:",
        "Per Ek is a reporter.",
        "—",
        "Photo: Per",
        "",
        " ",
        '"',
        "the bar, the coast guard said in a statement that it sent to all of the",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\x0c", " "])
PAGES = st.lists(st.tuples(LINES, BREAKS), max_size=14).map(lambda parts: "".join(line + end for line, end in parts))


@given(text=st.text() | PAGES, title=st.none() | st.text(max_size=5) | LINES, byline=st.none() | LINES)
@example(text="KYIV — \ud800", title=None, byline=None)
@example(text="\x1c\u3000", title="", byline="")
def test_sections_cover_every_character_once(text: str, title: str | None, byline: str | None) -> None:
    found = sections(text, title=title, byline=byline)
    end = 0
    for section in found:
        assert not text[end : section.start].strip()
        assert end <= section.start < section.end <= len(text)
        assert text[section.start : section.end] == text[section.start : section.end].strip()
        assert boilerplate_reason(text, section) in NonClaimReason
        end = section.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "unit", ["a", '"', "A, ", "(A", "For more , follow ", "By Anna ", "Image: x ", "LUND, ", "a b\n", "- \n\n"]
)
def test_long_texts_take_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    sections(text)
    assert time.process_time() - begin < 10  # a fraction of a second where the time is linear, hours where it is not
