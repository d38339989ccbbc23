"""The word table says what spaCy's own components say, and sentences keep to their borders."""

from pathlib import Path

import pytest

from annotator.errors import ModelError
from annotator.language.parse import (
    MAX_PARSED,
    WORD_TABLES,
    Parser,
    _rows,
    _WordTable,
    load_pipeline,
    with_entities,
)
from annotator.reading.layout import sections

TEXT = (
    "Officials said two ships were leaving. The mayor’s aides weren’t told, and she has left.\n"
    "“It was raining,” he added; the boats left at nine. They never came back."
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def test_the_word_table_agrees_with_the_pipeline(parser: Parser) -> None:
    for doc in parser.parse([(TEXT, ()), (TEXT, ())]):
        whole = load_pipeline()(doc.text)
        assert [(t.text, t.tag_, t.dep_) for t in doc] == [(t.text, t.tag_, t.dep_) for t in whole]
        assert [(t.text, t.pos_, t.lemma_) for t in doc] == [(t.text, t.pos_, t.lemma_) for t in whole]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He cited Gazette Notice Nos. 4411 and 12. She agreed.", 2),
        ("According to Bulletin No. 31 of the office, the storm may cross. Rain is expected.", 2),
        ("Under Art. 5 of the code he may appeal. He has asked for it.", 2),
    ],
)
def test_a_number_behind_what_counts_it_begins_no_sentence(parser: Parser, text: str, sentences: int) -> None:
    found = [sentence.text for sentence in next(parser.parse([(text, ())])).sents]
    assert len(found) == sentences, found


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The town met on Monday. Capt. Jerome Whitlow said that it was late.", 2),
        ("The town met on Monday. Mohd. Farid Whitlow said that it was late.", 2),
        ("The town met in Rockville, Md. Farid Whitlow said that it was late.", 2),
        ("The town met on Monday. Coun. Ann Moor left. Supt. Bo Lindt stayed.", 3),
        ("He waited 5 min. Jerome left on Monday.", 1),  # as spaCy has it: no title
        ("Gen Z voted on Monday. Police said it was late.", 2),
    ],
)
def test_a_title_that_is_cut_short_ends_no_sentence(parser: Parser, text: str, sentences: int) -> None:
    found = [sentence.text for sentence in next(parser.parse([(text, ())])).sents]
    assert len(found) == sentences, found


def test_the_recogniser_of_the_pipeline_runs_only_where_it_is_asked_for(parser: Parser) -> None:
    text = "Angela Merkel left Berlin on Tuesday."
    assert not next(parser.parse([(text, ())])).ents
    assert [ent.label_ for ent in next(Parser(recogniser=True).parse([(text, ())])).ents] == ["PERSON", "GPE", "DATE"]


def test_entities_take_in_whole_tokens_and_share_none(parser: Parser) -> None:
    text = "Amina Wanjiru’s pier fell in Mombasa."
    doc = next(parser.parse([(text, ())]))
    places = [("PERSON", "Amina Wanj"), ("ORG", "jiru"), ("GPE", "Mombasa")]
    found = [(text.index(words), text.index(words) + len(words), label) for label, words in places]
    assert [(ent.text, ent.label_) for ent in with_entities(doc, found).ents] == [
        ("Amina Wanjiru", "PERSON"),
        ("Mombasa", "GPE"),
    ]
    assert [token.ent_iob_ for token in doc[:3]] == ["B", "I", "O"]


@pytest.mark.parametrize(
    ("text", "marks", "entities"),
    [
        (
            "Then Khalfan Saif Al Sabt spoke.",
            [("PERSON", "Khalfan"), ("PERSON", "Saif Al Sabt")],
            ["Khalfan Saif Al Sabt"],
        ),
        ("Ana saw Bo. Eva Lindt left.", [("PERSON", "Bo"), ("PERSON", "Eva Lindt")], ["Bo", "Eva Lindt"]),
        ("In May ZorbiSure Kenya closed.", [("ORG", "ZorbiSure"), ("GPE", "Kenya")], ["ZorbiSure Kenya"]),
        ("In May NATO Kenya talks closed.", [("ORG", "NATO"), ("GPE", "Kenya")], ["NATO", "Kenya"]),
        ("In May ZorbiSure Elsund closed.", [("ORG", "ZorbiSure"), ("GPE", "Elsund")], ["ZorbiSure", "Elsund"]),
        ("Then Elsund hurler Bo Ó Lindt left.", [("PERSON", "Elsund hurler Bo Ó Lindt")], ["Bo Ó Lindt"]),
        ("Then Bo dela Lindt left.", [("PERSON", "Bo dela Lindt")], ["Bo dela Lindt"]),
    ],
)
def test_marks_side_by_side_are_one_name_and_a_trade_is_none(
    parser: Parser, text: str, marks: list[tuple[str, str]], entities: list[str]
) -> None:
    found = [(text.index(words), text.index(words) + len(words), label) for label, words in marks]
    assert [ent.text for ent in with_entities(next(parser.parse([(text, ())])), found).ents] == entities


def test_no_sentence_crosses_a_section_border(parser: Parser) -> None:
    text = "Rain stops play in Elsund\n\nIt rained all day and nobody came"
    doc = next(parser.parse([(text, sections(text))]))
    starts = {sentence.start_char for sentence in doc.sents}
    assert text.index("It rained") in starts


def test_a_long_line_is_parsed_in_parts_that_make_one_doc(parser: Parser) -> None:
    text = "The rain fell. " * (2 * MAX_PARSED // 15 + 10)
    doc = next(parser.parse([(text, ())]))
    assert doc.text == text


def test_sentences_of_every_part_of_a_long_text_keep_to_the_borders_of_its_sections(parser: Parser) -> None:
    text = "\n".join(["The rain fell over the harbour"] * (2 * MAX_PARSED // 31 + 10))
    parts = sections(text, title=None, byline=None)
    starts = {sentence.start_char for sentence in next(parser.parse([(text, parts)])).sents}
    assert starts >= {part.start for part in parts}


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelError, match="xx_no_such_pipeline"):
        load_pipeline("xx_no_such_pipeline")


def test_a_word_has_the_tags_and_lemma_that_the_pipelines_own_components_give_it() -> None:
    text = Path("exports/articles/anonymous-politics.txt").read_text(encoding="utf-8") + (
        "\nIt isn't so, although they ain't gonna let's. She'd had nothin'; the mice were running, Cannot we go?\n\n \t"
    )
    nlp = load_pipeline()
    doc = nlp(text)
    words = _WordTable(nlp, WORD_TABLES)
    keys = list(dict.fromkeys(_rows(doc, "ORTH", "TAG", "DEP")))
    words._learn(keys)
    by_tag = dict(words._known)
    words._learn_by_form(keys)
    assert by_tag == words._known
    assert len(words._by_tag) < len(keys) / 3


def test_a_table_that_starts_anew_knows_the_words_of_the_text_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = Parser()
    monkeypatch.setattr("annotator.language.parse.MAX_KNOWN_WORDS", 2)
    docs = list(parser.parse([("The mice ran home.", ()), ("The mice ran away.", ())]))
    assert [[token.lemma_ for token in doc][:3] for doc in docs] == [["the", "mouse", "run"]] * 2
