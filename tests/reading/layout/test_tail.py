"""Notes, credits and lists below the last paragraph, and the headings between paragraphs."""

from tests.reading.layout.lines import MORE, PROSE, marked


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


def test_a_line_that_tells_what_somebody_said_is_no_heading() -> None:
    told = "Ann Moor said the council is working on a new pier"
    text = f"Harbour closed\n\n{PROSE}\n\n{told}\n\n{MORE}\n\nWhat Ann Moor said\n\n{PROSE}"
    assert ("body", told) in marked(text)
    assert ("subheading", "What Ann Moor said") in marked(text)


def test_a_line_between_dashes_is_a_heading_and_no_signature() -> None:
    text = (
        f'Harbour closed\n\n{PROSE}\n\n"It will open again in May, with new cranes."\n\n- Calls to resign -\n\n{MORE}'
    )
    assert ("subheading", "- Calls to resign -") in marked(text)
    assert ("body", "- Ann Moor, mayor") in marked(text.replace("- Calls to resign -", "- Ann Moor, mayor"))
