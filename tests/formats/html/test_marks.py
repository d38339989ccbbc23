"""The text with its marks: every claim numbered, every border of a mark a border of a piece."""

from annotator.labels import SectionKind
from annotator.records import Section
from tests.factory import (
    harbour_record,
    own_voice,
    plain_record,
    span,
)
from tests.formats.html.page import harbour, has, page, with_claims


def test_every_claim_is_numbered_in_the_text_and_on_a_card_and_both_lead_to_one_another() -> None:
    made = harbour()
    badges = made.all(f"//div[@id='a1-text']//a[{has('badge')}][@id]")
    cards = made.all(f"//li[{has('card')}]")
    assert len(badges) == len(cards) == len(harbour_record().claims)
    for number, (badge, card) in enumerate(zip(badges, cards, strict=True), 1):
        back = card.xpath(f".//h4/a[{has('badge')}]")[0]
        assert badge.text == str(number)
        assert "".join(back.itertext()).startswith(f"Claim {number}")
        assert badge.get("href") == f"#{card.get('id')}"
        assert back.get("href") == f"#{badge.get('id')}"


def test_the_pieces_of_a_discontinuous_claim_carry_its_number_each() -> None:
    pieces = harbour().texts(f"//div[@id='a1-text']//a[{has('badge')}][@href='#a1-c3']")
    assert len(pieces) == 2
    assert len(set(pieces)) == 1


def test_crossing_and_nested_spans_are_split_into_flat_pieces() -> None:
    text = "one two three four five\nsix seven"
    record = with_claims(
        text,
        own_voice("a", span(text, "one two three")),
        own_voice("b", span(text, "two three four five\nsix")),
        own_voice("c", span(text, "three")),
    )
    made = page(record)
    assert made.article_text() == text
    assert not made.all("//div[@id='a1-text']//span//span[not(@class='key')]")
    marked = {piece.text: piece.get("data-claims") for piece in made.all("//span[@data-claims]")}
    assert marked == {
        "one ": "a1-c1",
        "two ": "a1-c1 a1-c2",
        "three": "a1-c1 a1-c2 a1-c3",
        " four five": "a1-c2",
        "six": "a1-c2",
    }


def test_headings_and_boilerplate_look_their_part() -> None:
    text = "Rain\n\nWhat it means\nIt rained.\nFollow us"
    kinds = {
        "Rain": SectionKind.HEADLINE,
        "What it means": SectionKind.SUBHEADING,
        "It rained.": SectionKind.BODY,
        "Follow us": SectionKind.BOILERPLATE,
    }
    sections = tuple(
        Section(kind=kind, start=text.index(words), end=text.index(words) + len(words)) for words, kind in kinds.items()
    )
    made = page(plain_record(text).model_copy(update={"sections": sections, "claims": ()}))
    lines = made.all("//div[@id='a1-text']/*")
    assert {line.text_content(): line.get("class").split()[1] for line in lines} == kinds
    assert [line.tag for line in lines] == ["p", "h4", "p", "p"]


def test_a_paragraph_behind_a_dateline_is_no_dateline() -> None:
    text = "ELSUND — It rained on Monday and on Tuesday."
    kinds = ((SectionKind.DATELINE, 0, 8), (SectionKind.BODY, 9, len(text)))
    sections = tuple(Section(kind=kind, start=start, end=end) for kind, start, end in kinds)
    made = page(plain_record(text).model_copy(update={"sections": sections}))
    (line,) = made.all("//div[@id='a1-text']/p")
    assert line.get("class") == "line body"
    (dateline,) = made.all(f"//div[@id='a1-text']//span[{has('sec-dateline')}]")
    assert dateline.text == "ELSUND —"


def test_a_card_shows_the_sentence_with_cue_and_mention_marked() -> None:
    (context,) = harbour().all(f"//li[@id='a1-c2']//p[{has('context')}]")
    told = {kind: context.xpath(f".//span[{has(kind)}]") for kind in ("m", "mention", "cue")}
    assert "".join(told["mention"][0].itertext()) == "a harbour official"
    assert "".join(told["cue"][0].itertext()) == "told"
    assert "".join("".join(piece.itertext()) for piece in told["m"]).endswith("🚢")
    assert not context.xpath(".//@id | .//@data-claims | .//a")


def test_a_sentence_is_not_cut_at_a_title_and_ends_where_the_next_begins() -> None:
    text = "The pier is old. On Monday Sen. Ann Moor said that it was safe. Nobody else spoke.\nIt rained."
    record = with_claims(text, own_voice("a", span(text, "it was safe")), own_voice("b", span(text, "It rained")))
    first, *others = page(record).texts(f"//p[{has('context')}]")
    assert first == "In the text On Monday Sen. Ann Moor said that it was safe."
    assert others == []  # "It rained." says no more than its claim
