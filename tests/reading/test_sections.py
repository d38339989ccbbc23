"""Which line of an article is what."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.labels import NonClaimReason, SectionKind
from annotator.reading.sections import boilerplate_reason, sections
from annotator.records import Section

PROSE = "The harbour of Lund was closed on Monday after a tanker ran aground, the coast guard said in a statement."
MORE = "Tugs from two ports were sent to pull the ship free, and nobody was hurt, according to the harbour master."


def marked(text: str, title: str | None = None, byline: str | None = None) -> list[tuple[str, str]]:
    """The sections of a text as pairs of kind and words."""
    return [(s.kind.value, text[s.start : s.end]) for s in sections(text, title=title, byline=byline)]


def kind_of(line: str) -> str:
    """The kind of a line that stands between the paragraphs of an article."""
    text = f"Harbour closed after accident\n\n{PROSE}\n\n{line}\n\n{MORE}\n\n{PROSE}"
    (kind,) = (kind for kind, words in marked(text) if words == line)
    return kind


def reason_of(line: str) -> NonClaimReason:
    text = f"Harbour closed after accident\n\n{PROSE}\n\n{line}\n\n{MORE}\n\n{PROSE}"
    (section,) = (s for s in sections(text) if text[s.start : s.end] == line)
    return boilerplate_reason(text, section)


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


def test_standfirst_stands_between_headline_and_byline() -> None:
    deck = "A tanker has run aground, and the pilots are on strike."
    credits = "By Anna Lind and Per Ek, Reuters\n12 March 2024, 14:05 GMT"
    text = f"Opinion | Politics\n\nHarbour closed\n\n{deck}\n\n{credits}\n\n{PROSE}"
    assert [kind for kind, _ in marked(text)] == ["boilerplate", "headline", "standfirst", "byline", "dateline", "body"]


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


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("KYIV, Ukraine (Reuters) —", "The harbour is closed."),
        ("LONDON —", "The harbour is closed."),
        ("Paris, 3 May -", "The harbour is closed."),
        ("LUND, Sweden, Sept. 28 (UPI) --", "“It is closed,” she said."),
        ("Kyiv (Reuters) -", "The harbour is closed."),
        ("(CNN)", "The harbour is closed."),
    ],
)
def test_dateline_is_cut_off_the_paragraph(dateline: str, rest: str) -> None:
    text = f"Harbour closed\n\n{dateline} {rest}\n\n{MORE}"
    assert marked(text)[1:3] == [("dateline", dateline), ("body", rest)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "BREAKING — Police have closed the harbour.",
        "NATO — which has 32 members — will meet in June.",
        "Lind — The minister — was asked to leave.",
        "Rep. Adam Berg (D-Ohio) — He is the chairman — did not answer.",
        "The GOP - The party of Berg - lost.",
    ],
)
def test_what_is_no_dateline(paragraph: str) -> None:
    assert marked(f"Harbour closed\n\n{paragraph}\n\n{MORE}")[1] == ("body", paragraph)


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Lind",
        "By ANNA LIND and Per Ek, Associated Press",
        "By Anna Lind in Lund",
        "Written by Anna Lind | 12 March 2024",
        "Author: Anna Lind",
        "By Reuters",
    ],
)
def test_bylines(line: str) -> None:
    assert kind_of(line) == "byline"
    assert reason_of(line) is NonClaimReason.BYLINE


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, January 15, 2019",
        "12 March 2024, 14:05 GMT",
        "Updated: 3 May 2024",
        "Published 3 hours ago",
        "2024-03-12 14:05",
        "6:05 p.m.",
    ],
)
def test_date_lines(line: str) -> None:
    assert kind_of(line) == "dateline"
    assert reason_of(line) is NonClaimReason.DATELINE


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Anna Lind",
        "(AP Photo/Anna Lind)",
        "Reuters/Anna Lind",
        "Anna Lind via Getty Images.",
        "Image source, Getty Images",
        "Image: Anna Lind.",
    ],
)
def test_pure_credits(line: str) -> None:
    assert kind_of(line) == "boilerplate"
    assert reason_of(line) is NonClaimReason.CREDIT


@pytest.mark.parametrize(
    "line",
    [
        "The tanker off Lund on Monday. Photo: Anna Lind",
        "The tanker off Lund on Monday (AP Photo/Anna Lind)",
        "The tanker off Lund on Monday. REUTERS/Anna Lind",
        "A crane on the quay Image: Anna Lind.",
        "The tanker off Lund on Monday [Anna Lind/Getty Images]",
        "Image caption, The tanker lies off Lund",
    ],
)
def test_captions(line: str) -> None:
    assert kind_of(line) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Five questions about the harbour",
        "READ ALSO: Five questions about the harbour",
        "Read the rest here.",
        "Follow us on Telegram",
        "Follow Anna Lind on Twitter @annalind.",
        "Sign up for our newsletter",
        "Subscribe to our podcast to hear it first.",
        "Share this article",
        "Have an opinion on this story? Write to us.",
    ],
)
def test_calls_to_action(line: str) -> None:
    assert kind_of(line) == "boilerplate"
    assert reason_of(line) is NonClaimReason.CALL_TO_ACTION


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Copyright 2024 The Daily Planet. All rights reserved.",
        "(Reporting by Anna Lind; Editing by Per Ek)",
        "This story was originally published in The Daily Planet.",
        "Comments",
        "Tags: harbour, Lund",
        "Associated Press writer Anna Lind contributed to this report.",
        "* * *",
    ],
)
def test_boilerplate(line: str) -> None:
    assert kind_of(line) == "boilerplate"
    assert reason_of(line) is NonClaimReason.BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law was changed on Monday.",
        "Heavy rain contributed to this year's floods.",
        "Comments by the minister angered the pilots.",
        "Advertisement sales fell by half.",
        "Follow the money, she said on Twitter on Monday.",
        "By Monday, the harbour was open.",
        "By large margins, voters chose the tunnel.",
        "Sources said that the captain was asleep.",
        "Related companies own the ship.",
        "Photo shops were closed, too.",
        "The ship was late. (Reuters)",
        "Share prices fell.",
        "May 2024 was the worst month.",
        "“Subscribe to our plan,” she said.",
        "He wrote on X.",
        "“It is over,” said the pilot",
        "- bring the pilots back",
        "Anna Lind is a pilot, and she was asleep.",
        "Editor's note: The minister was never asked.",
    ],
)
def test_sentences_of_news_are_kept(line: str) -> None:
    assert kind_of(line) == "body"


@pytest.mark.parametrize(
    "line",
    ["See also: the report of the harbour master", "Sign up for our harbour newsletter"],
)
def test_no_phrase_holds_inside_a_paragraph(line: str) -> None:
    paragraph = f"{PROSE} {line}, it said."
    assert kind_of(paragraph) == "body"


def test_list_below_a_colon_has_no_subheadings() -> None:
    plan = "The plan has two points:\n\nBring the pilots back\n\nPay for the tugs"
    text = f"Harbour closed\n\n{PROSE}\n\n{plan}\n\n{MORE}"
    assert "subheading" not in {kind for kind, _ in marked(text)}


def test_note_about_an_author_whom_the_article_does_not_speak_of() -> None:
    note = "Per Ek is a reporter for the Daily Planet."
    assert marked(f"Harbour closed\n\n{PROSE}\n\n{MORE}\n\n{note}")[-1] == ("boilerplate", note)
    assert marked(f"Harbour closed\n\n{PROSE}\n\nThe captain hit Ek.\n\n{note}")[-1] == ("body", note)


def test_note_about_the_author_of_the_byline() -> None:
    note = "Per Ek is a correspondent in Lund."
    text = f"Harbour closed\n\nBy Per Ek\n\n{PROSE}\n\n{MORE}\n\nThe Associated Press\n\n{note}"
    assert marked(text)[-2:] == [("byline", "The Associated Press"), ("boilerplate", note)]


def test_author_role_and_date_on_lines_of_their_own() -> None:
    text = f"Harbour closed\n\nPer Ek\nHarbour correspondent\nPublished\n3 hours ago\n\n{PROSE}\n\n{MORE}"
    assert [kind for kind, _ in marked(text)][1:5] == ["byline", "byline", "boilerplate", "dateline"]


def test_end_credit_and_signature() -> None:
    credit = "Per Ek reported from Lund, and Anna Lind from Malmo."
    assert marked(f"Harbour closed\n\n{PROSE}\n\n{MORE}\n\n{credit}")[-1] == ("boilerplate", credit)
    assert marked(f"Harbour closed\n\n{PROSE}\n\n{MORE}\n\nPer Ek")[-1] == ("byline", "Per Ek")


def test_sources_below_a_wiki_article() -> None:
    text = (
        f"Harbour closed\n\n{PROSE}\n\n{MORE}\n\nRelated news\n\n"
        '"Tanker breaks in two" — Wikinews, May 2, 2019\n\n'
        'Sources\n\nAnna Lind. "Harbour closed" — Reuters, May 3, 2019'
    )
    assert [kind for kind, _ in marked(text)] == ["headline", "body", "body", *["boilerplate"] * 4]


def test_prose_below_sources_is_kept() -> None:
    text = f"Harbour closed\n\n{PROSE}\n\nSources\n\n{MORE}"
    assert marked(text)[-1] == ("body", MORE)


def test_hard_wrapped_paragraphs_are_one_section_each() -> None:
    first = (
        "The harbour of Lund was closed on Monday after a tanker ran aground on\n"
        "the bar, the coast guard said in a statement that it sent to all of the\n"
        "newspapers and stations in the town. Tugs from two ports were sent to\n"
        "pull the ship free."
    )
    second = (
        "Nobody was hurt, according to the harbour master, who had spoken to the\n"
        "captain on the telephone after the accident and before the coast guard\n"
        "came on board."
    )
    text = f"Harbour closed after accident\nBy Anna Lind\n\n{first}\n\nThe cause\n\n{second}\n"
    assert marked(text) == [
        ("headline", "Harbour closed after accident"),
        ("byline", "By Anna Lind"),
        ("body", first),
        ("subheading", "The cause"),
        ("body", second),
    ]


def test_lines_that_end_with_sentences_are_paragraphs() -> None:
    line = "The harbour of Lund was closed on Monday after a tanker ran aground."
    assert [words for _, words in marked("\n".join([line] * 5))] == [line] * 5


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_every_line_end_divides(end: str) -> None:
    assert [words for _, words in marked(f"Harbour closed{end}{end}  {PROSE} {end}{MORE}")] == [
        "Harbour closed",
        PROSE,
        MORE,
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
    begin = time.perf_counter()
    sections(text)
    assert time.perf_counter() - begin < 10  # a fraction of a second where the time is linear, hours where it is not
