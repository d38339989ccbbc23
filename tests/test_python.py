"""The package as Python users meet it: what is refused, what is warned of, and records as tables."""

import warnings
from pathlib import Path

import pytest
import spacy

import annotator
from annotator.errors import InputError, InputWarning
from annotator.records import Article

NEWS = "It rained, Axios reported."


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("news/article.txt", r"is a path, not a text: annotator\.read"),
        (Path("article.txt"), r"is a path, not a text: annotator\.read"),
        (b"It rained.", r"bytes, not a text: annotator\.read"),
        (None, "a text is needed, not NoneType"),
        (17, "a text is needed, not int"),
        ("<!DOCTYPE html><p>It rained.</p>", "HTML, not a text"),
        ("<p>It rained, Axios reported.</p>", "HTML, not a text"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(given: object, advice: str) -> None:
    with pytest.raises(InputError, match=advice):
        annotator.annotate(given)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=advice):
        list(annotator.iter_annotate([given]))  # type: ignore[list-item]


def test_a_file_that_is_there_is_a_path_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "bridge"
    path.write_text(NEWS, encoding="utf-8")
    with pytest.raises(InputError, match="is a path"):
        annotator.annotate(str(path))


def test_another_language_is_warned_of_and_english_is_not() -> None:
    with pytest.warns(InputWarning, match="'de'"):
        annotator.annotate("Die Brücke ist sicher, sagte die Bürgermeisterin am Montag der Presse in Elsund.")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        annotator.annotate("The bridge is safe, the mayor told reporters in the town hall of Elsund on Monday.")


def test_records_of_files_become_a_table_of_claims(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(NEWS, encoding="utf-8")
    records = annotator.annotate_all(annotator.read(tmp_path))
    frame = records.to_frame()
    assert list(frame["article_id"].unique()) == ["a", "b"]
    assert len(frame) == sum(len(record.claims) for record in records)
    assert "Axios" in set(records.sources_frame()["source"])


def test_articles_and_texts_are_annotated_one_after_another() -> None:
    given = iter([Article(article_id="x", text=NEWS), NEWS])
    found = annotator.iter_annotate(given)
    assert [record.article.article_id for record in found] == ["x", "article-2"]


def test_the_component_works_in_a_blank_pipeline_with_a_publisher_for_each_document() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribution_annotator", config={"publisher": "Babel"})
    docs = [nlp.make_doc(NEWS), nlp.make_doc(NEWS)]
    docs[1].user_data.update(publisher="Northline Review", article_id="second")
    first, second = nlp.pipe(docs)
    assert [span.text for span in first.spans["claims"]] == ["It rained"]
    assert [doc._.attribution["article"]["publisher"] for doc in (first, second)] == ["Babel", "Northline Review"]
    assert second._.attribution["article"]["article_id"] == "second"
    assert first._.attribution["claims"][0]["source_display"] == "Axios"
