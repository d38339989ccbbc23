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
