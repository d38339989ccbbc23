"""The vectors of words are spaCy's own to the rounding, and what is read from them is the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from annotator.errors import ModelError
from annotator.language import parse, vectors
from annotator.language.parse import Parser, use_fast_vectors
from annotator.language.vectors import ROWS, WordVectors

ARTICLES = [path.read_text(encoding="utf-8") for path in sorted(Path("exports/articles").glob("*.txt"))]
WORDS = sorted({word for article in ARTICLES for word in article.split()})
# Words of news, words that nobody wrote, blanks: what a text is made of, none of which spaCy's tokenizer refuses.
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60).map(" ".join)
ROUNDING = 1e-4


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="module")
def as_it_comes() -> Parser:
    """A parser whose vectors spaCy makes."""
    given = Parser()
    del given.nlp.get_pipe("tok2vec").predict  # type: ignore[attr-defined]
    return given


def differences(parser: Parser, docs: list[Doc]) -> Iterator[float]:
    """How far the vectors of each Doc are from those that spaCy makes of all of them."""
    tok2vec: Any = parser.nlp.get_pipe("tok2vec")
    assert isinstance(tok2vec.predict.__self__, WordVectors)
    for doc, ours, spacys in zip(docs, tok2vec.predict(docs), tok2vec.model.predict(docs), strict=True):
        assert ours.shape == spacys.shape == (len(doc), vectors.WIDTH)
        yield float(np.abs(ours - spacys).max(initial=0))


def read(parser: Parser, texts: list[str]) -> list[list[tuple[Any, ...]]]:
    docs = parser.parse([(text, ()) for text in texts])
    return [[(t.text, t.tag_, t.dep_, t.head.i, t.lemma_, t.pos_, t.is_sent_start) for t in doc] for doc in docs]


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_vectors_are_those_of_spacy_to_the_rounding(parser: Parser, texts: list[str]) -> None:
    docs = [parser.nlp.make_doc(text) for text in texts]
    if any(map(len, docs)):  # of no word at all spaCy asks no network
        assert max(differences(parser, docs)) < ROUNDING


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_trees_tags_and_lemmas_are_those_of_spacys_vectors(
    parser: Parser, as_it_comes: Parser, texts: list[str]
) -> None:
    assert read(parser, texts) == read(as_it_comes, texts)


def test_trees_of_news_are_those_of_spacys_vectors(parser: Parser, as_it_comes: Parser) -> None:
    assert read(parser, ARTICLES) == read(as_it_comes, ARTICLES)


def test_a_text_that_is_read_in_stretches_has_the_vectors_of_one(parser: Parser) -> None:
    docs = [parser.nlp.make_doc(" ".join(3 * WORDS)), parser.nlp.make_doc(ARTICLES[0])]
    assert len(docs[0]) > 2 * ROWS
    assert max(differences(parser, docs)) < ROUNDING


def test_no_text_changes_the_vectors_of_the_next(parser: Parser) -> None:
    predict = parser.nlp.get_pipe("tok2vec").predict  # type: ignore[attr-defined]
    first, second = parser.nlp.make_doc("Rain fell."), parser.nlp.make_doc("Nobody came.")
    np.testing.assert_allclose(predict([first, second])[1], predict([second])[0], atol=ROUNDING)


def test_no_more_words_are_kept_than_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MAX_KNOWN", 50)
    parser = Parser()
    ours = parser.nlp.get_pipe("tok2vec").predict.__self__  # type: ignore[attr-defined]
    for article in ARTICLES:
        (difference,) = differences(parser, [parser.nlp.make_doc(article)])
        assert difference < ROUNDING
        assert len(ours._table) == len(ours._known) <= 50 + len(set(article.split())) * 2


@pytest.mark.parametrize("components", [["tok2vec"], ["tagger"], []])
def test_a_pipeline_of_the_users_own_runs_as_it_comes(components: list[str]) -> None:
    nlp = spacy.blank("en")
    for name in components:
        nlp.add_pipe(name)
    use_fast_vectors(nlp)
    assert not any("predict" in vars(component) for _, component in nlp.pipeline if hasattr(component, "__dict__"))


LAYERS = {"width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3, "pretrained_vectors": None}
OTHERS = [{"width": 64}, {"window_size": 2}, {"maxout_pieces": 2}, {"pretrained_vectors": True}]


@pytest.mark.parametrize("other", OTHERS)
def test_other_layers_under_the_name_of_the_pinned_one_run_as_they_come(other: dict[str, Any]) -> None:
    nlp = spacy.blank("en")
    nlp.meta["name"] = parse.PIPELINES[0].removeprefix("en_")
    form = {"@architectures": "spacy.HashEmbedCNN.v2", "embed_size": 200, "subword_features": True}
    tok2vec: Any = nlp.add_pipe("tok2vec", config={"model": {**form, **LAYERS, **other}})
    if "pretrained_vectors" not in other:
        nlp.initialize()
    use_fast_vectors(nlp)
    assert "predict" not in vars(tok2vec)


def test_the_same_layers_under_the_name_of_the_pinned_one_are_run_faster() -> None:
    nlp = spacy.blank("en")
    nlp.meta["name"] = parse.PIPELINES[0].removeprefix("en_")
    form = {"@architectures": "spacy.HashEmbedCNN.v2", "embed_size": 200, "subword_features": True}
    tok2vec: Any = nlp.add_pipe("tok2vec", config={"model": {**form, **LAYERS, "depth": 2}})
    nlp.initialize()
    use_fast_vectors(nlp)
    doc = nlp.make_doc(ARTICLES[0])
    assert isinstance(tok2vec.predict.__self__, WordVectors)
    np.testing.assert_allclose(tok2vec.predict([doc])[0], tok2vec.model.predict([doc])[0], atol=ROUNDING)


def test_a_form_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vectors, "LAYER", tmp_path / "none.onnx")
    with pytest.raises(ModelError, match=r"none\.onnx.*Reinstall"):
        Parser()
