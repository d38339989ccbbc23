"""Who goes on in an interview, a programme or a post comes by the same way; elsewhere they do not."""

import pytest

import annotator
from tests.articles import claim_with

FIRST = "Mirela Stan told Kanal Sjuan that the dam was old. "
POST = "“The dam is old,” Mirela Stan wrote on Facebook. "


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (FIRST + "She said that the pier would close.", ("Kanal Sjuan",)),
        (FIRST + "The engineer added that the pier would close.", ("Kanal Sjuan",)),
        (FIRST + "“The pier would close,” Stan said.", ("Kanal Sjuan",)),
        (FIRST + "Stan said the pier would close.", ()),
        (FIRST + "Stan said in the same interview that the pier would close.", ("Kanal Sjuan",)),
        (FIRST + "She said in the interview that the pier would close.", ("Kanal Sjuan",)),
        (FIRST + "She also told the channel that the pier would close.", ("Kanal Sjuan",)),
        (FIRST + "She said in an interview that the pier would close.", ()),
        (FIRST + "At a press conference, she said that the pier would close.", ()),
        (FIRST + "She later said that the pier would close.", ()),
        (FIRST + "She told the council that the pier would close.", ()),
        (FIRST + "Rain is expected in March. She said that the pier would close.", ()),
        (FIRST + "Ivo Brandt said he was sorry. Stan said that the pier would close.", ()),
        (POST + "“The pier would close,” she wrote.", ("Facebook",)),
        ("Mirela Stan wrote on Facebook that it was old, and said that the pier would close.", ("Facebook",)),
        (POST + "She told the council that the pier would close.", ()),
    ],
)
def test_the_way_of_the_claim_before_is_that_of_the_same_speaker(text: str, links: tuple[str, ...]) -> None:
    record = annotator.annotate(text, publisher="Daily Example")
    assert record.chain_of(claim_with(record, "pier would close"))[1:-1] == links


def test_a_way_that_goes_on_is_inherited_and_not_shown() -> None:
    record = annotator.annotate(FIRST + "She said that the pier would close.", publisher="Daily Example")
    claim = claim_with(record, "pier would close")
    assert [link.basis for link in claim.chain] == ["explicit", "inherited", "document"]
    assert claim.source_display == "Mirela Stan"


@pytest.mark.parametrize(
    ("publisher", "chain"),
    [
        ("WPQM Channel 12", ("Mirela Stan", "WPQM Channel 12")),
        ("WPQM Channel 9", ("Mirela Stan", "12 News", "WPQM Channel 9")),
    ],
)
def test_a_station_is_known_by_its_number(publisher: str, chain: tuple[str, ...]) -> None:
    record = annotator.annotate("Neighbor Mirela Stan told 12 News that the pier would close.", publisher=publisher)
    assert record.chain_of(claim_with(record, "pier would close")) == chain
