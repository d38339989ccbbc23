"""Datelines in front of a paragraph, and what only looks like one."""

import pytest

from tests.reading.layout.lines import MORE, marked


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("KYIV, Ukraine (Reuters) —", "The harbour is closed."),
        ("LONDON —", "The harbour is closed."),
        ("Paris, 3 May -", "The harbour is closed."),
        ("LUND, Sweden, Sept. 28 (UPI) --", "“It is closed,” she said."),
        ("Kyiv (Reuters) -", "The harbour is closed."),
        ("(CNN)", "The harbour is closed."),
        ("KUCHING:", "The harbour has been closed since Monday."),
        ("PETALING JAYA, May 3:", "“It is closed for the whole of May,” she said."),
        ("Lucknow:", "The harbour has been closed by the minister since a ferry sank there."),
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
        "FACTBOX: The harbour has been closed since Monday.",
        "Background: The harbour has been closed by the minister since a ferry sank there.",
        "Lindt: The harbour has been closed by the minister. Brandt: It was a ruin before that.",
        "Berg: The harbour has been closed by the minister, as Rep. Adam Berg has told us before.",
    ],
)
def test_what_is_no_dateline(paragraph: str) -> None:
    assert marked(f"Harbour closed\n\n{paragraph}\n\n{MORE}")[1] == ("body", paragraph)


def test_capitals_and_a_colon_name_who_speaks_where_others_do_so_too() -> None:
    text = f"Harbour closed\n\nLINDT: The harbour has been closed since Monday.\n\nBRANDT: It was a ruin.\n\n{MORE}"
    assert "dateline" not in [kind for kind, _ in marked(text)]
