"""Outlets that no list has: by the kind of name that they have, and by what the article says of them."""

import pytest

import annotator
from annotator.records import Article
from tests.articles import read, speaker


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("Two officials told the Morning Ledger last week that the pier would close.", "Morning Ledger"),
        ("Two officials told the Porto-based magazine Ondas that the pier would close.", "Ondas"),
        ("Two officials told Kanal 9, a private broadcaster, that the pier would close.", "Kanal 9"),
        ("Two officials told the Tidewatch news site that the pier would close.", "Tidewatch"),
        ("Speaking to the Elsund Standard, two officials said that the pier would close.", "Elsund Standard"),
        ("Two officials told the Southline Review that the pier would close.", "Southline Review"),
    ],
)
def test_whom_officials_tell_is_an_outlet_by_its_name_or_what_it_is_called(words: str, outlet: str) -> None:
    record = read(words)
    (claim,) = (claim for claim in record.claims if "would close" in claim.text)
    assert record.chain_of(claim) == ("two officials (anonymous)", outlet, "Daily Example")


def test_an_outlet_of_one_sentence_is_one_in_all() -> None:
    record = read(
        "The Southline Review reported on Monday that the pier would close.\n\nAnn Moor told the Southline Review "
        "that it was old.\n\nAccording to the Southline Review, the crane would stay."
    )
    (review,) = (source for source in record.sources if source.name == "Southline Review")
    assert review.type == "media"


@pytest.mark.parametrize("listener", ["Peter Ledger", "the Review Board", "the Independent Commission", "the council"])
def test_who_is_told_something_and_prints_nothing_is_no_link(listener: str) -> None:
    record = read(f"Ann Moor told {listener} that the pier would close.")
    (claim,) = (claim for claim in record.claims if "would close" in claim.text)
    assert record.chain_of(claim) == ("Ann Moor", "Daily Example")


@pytest.mark.parametrize("force", ["West Yorkshire Police", "Kent Police", "Dyfed-Powys Police", "South Elsund Police"])
def test_a_police_force_is_a_body_under_its_whole_name(force: str) -> None:
    record = read(f"{force} confirmed that the pier would close.")
    (body,) = (source for source in record.sources if source.type == "organization")
    assert (speaker(record, "would close"), body.name) == (force, force)


def test_an_outlet_of_one_article_is_none_of_the_next() -> None:
    shown, named = "Ann Moor told Kanal 9, a private broadcaster, that", "Ann Moor told Kanal 9 that"
    texts = [Article(article_id=words, text=f"{words} the pier would close.") for words in (shown, named)]
    first, second = annotator.annotate_all(texts)
    assert "Kanal 9" in {source.name for source in first.sources}
    assert second == annotator.annotate_all(texts[1:])[0]


TOLD = "The dam was built in 1961. Odhiambo Rege told {} that it was full.\n\nRain is expected in March."


def chain_of_the_dam(text: str) -> tuple[str, ...]:
    record = annotator.annotate(text, publisher="Daily Example")
    (claim,) = (claim for claim in record.claims if "full" in claim.text)
    return record.chain_of(claim)


@pytest.mark.parametrize(
    "outlet",
    [
        "Kestrel Hallam FM",
        "CyberLedgerHub",
        "Wave of the Volta",
        "DWXL",
        "Channel South",
        "La Voz del Valle",
        "Kanal Sjuan",
        "Tatler Point",
        "Lakeside FM 98.4",
        "Capital Vibes",
        "France Soirée",
        "Folha do Sado",
        "Volkskoerier",
        "Orrin Defence Weekly",
    ],
)
def test_who_is_told_something_by_name_and_stands_nowhere_else_is_an_outlet(outlet: str) -> None:
    assert chain_of_the_dam(TOLD.format(outlet)) == ("Odhiambo Rege", outlet, "Daily Example")


@pytest.mark.parametrize(
    "listener",
    [
        "Congress",
        "Parliament",
        "Kyiv",
        "NATO",
        "Ofcom",
        "UNICEF",
        "Stormont",
        "Hezbollah",
        "Lok Sabha",
        "Labour",
        "Mum",
        "MPs",
        "FBI agents",
        "Pfizer shareholders",
        "Israelis",
        "the High Court",
        "Southwark Crown Court",
        "Kestrel Bank",
        "Wexbridge Town Council",
        "Judge Mirela Stan",
        "Mirela Stan",
        "Elmstead University",
        "Elmstead Rovers",
        "Lathom & Pryce",
        "Boeing's safety programme",
        "Kestrel, which runs the dam,",
    ],
)
def test_who_is_told_something_and_is_a_body_a_place_or_a_person_is_none(listener: str) -> None:
    assert chain_of_the_dam(TOLD.format(listener)) == ("Odhiambo Rege", "Daily Example")


def test_whom_the_article_is_about_is_no_outlet() -> None:
    text = "Kestrelwing has been warned. Odhiambo Rege told Kestrelwing that the dam was full."
    assert chain_of_the_dam(text) == ("Odhiambo Rege", "Daily Example")


@pytest.mark.xfail(reason="a club of one word that stands nowhere else looks like an outlet of one word")
def test_a_club_of_one_word_is_no_outlet() -> None:
    assert chain_of_the_dam(TOLD.format("Arsenal")) == ("Odhiambo Rege", "Daily Example")


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        ("Odhiambo Rege told TV channel Rossa 2 that it was full.", ("Rossa 2",)),
        ("Odhiambo Rege told the state news agency KATS that it was full.", ("KATS",)),
        ("Odhiambo Rege told the agency Vistula Inform that it was full.", ("Vistula Inform",)),
        ("Odhiambo Rege told the semi-official agency Sabz-e Kavir that it was full.", ("Sabz-e Kavir",)),
        ("Odhiambo Rege told the agency UNRWO that it was full.", ()),
        ("Odhiambo Rege told the relief agency Open Hands that it was full.", ()),
        ("One farmer told the business daily Al Qasr that it was full.", ("Al Qasr",)),
        ("“It is full,” Odhiambo Rege told Radio Tamar's breakfast show.", ("Radio Tamar's breakfast show",)),
        ("Odhiambo Rege told the daily Hora Cero that it was full.", ("Hora Cero",)),
        ("Odhiambo Rege told the Norland Sports Network that it was full.", ("Norland Sports Network",)),
        ("Odhiambo Rege confirmed to CyberLedgerHub that it was full.", ("CyberLedgerHub",)),
        ("In a statement shared with CyberLedgerHub, Odhiambo Rege said it was full.", ("CyberLedgerHub",)),
        ("In a memo seen by Lakeside FM, Odhiambo Rege said it was full.", ("memo", "Lakeside FM")),
        ("Appearing on Channel South, Odhiambo Rege said it was full.", ("Channel South",)),
        (
            "Speaking on Channel 4's Sunday Brunch show, Odhiambo Rege said it was full.",
            ("Channel 4's Sunday Brunch show",),
        ),
        ("Under a bill seen by Lakeside FM, owners would have to keep the dam full.", ("Lakeside FM",)),
        ("Under a bill that passed in May, owners would have to keep the dam full.", ()),
        ("Odhiambo Rege told the paper Congress had said it was full.", ()),
    ],
)
def test_an_outlet_is_known_by_what_it_is_called_asked_or_shown(words: str, chain: tuple[str, ...]) -> None:
    assert chain_of_the_dam(f"The dam was built in 1961. {words}\n\nRain is expected.")[1:-1] == chain


NAMED = "The dam will be shut, the Kestrel Courier reported. "


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (NAMED + "Odhiambo Rege told the newspaper that it was full.", ("Kestrel Courier",)),
        (NAMED + "Odhiambo Rege told the daily it was full.", ("Kestrel Courier",)),
        (NAMED + "In an interview with the newspaper, Odhiambo Rege said it was full.", ("Kestrel Courier",)),
        (NAMED + "Odhiambo Rege told the paper's owner that it was full.", ()),
        (
            "Ann Moor told the Tasnova Wire that she was ill. Odhiambo Rege told the agency it was full.",
            ("Tasnova Wire",),
        ),
        ("The Dam Agency told the Tasnova Wire it was sorry. Odhiambo Rege told the agency that it was full.", ()),
        ("The dam was built in 1961. Odhiambo Rege told the agency that it was full.", ()),
        ("The dam was shown by Radio Kestrel. Odhiambo Rege told the broadcaster it was full.", ()),
    ],
)
def test_an_outlet_that_was_named_is_one_by_what_it_is_called(text: str, links: tuple[str, ...]) -> None:
    assert chain_of_the_dam(text)[1:-1] == links
