"""Lines, and hard-wrapped paragraphs."""

import pytest

from tests.reading.layout.lines import MORE, PROSE, marked


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
