"""The DocBin, read by spaCy."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from annotator.formats.tools import spacy_docs
from annotator.formats.tools.marks import drawn
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record
from tests.formats.fuzz import record_over, texts
from tests.formats.tools.rough import rough_record

RECORDS = [harbour_record(), rough_record()]


def test_spacy_reads_texts_spans_and_the_record(tmp_path: Path) -> None:
    (path,) = spacy_docs.write_into(RECORDS, tmp_path)
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    for doc, record in zip(docs, RECORDS, strict=True):
        assert doc.text == record.article.text
        assert AnnotatedArticle.model_validate(doc._.attribution) == record
        graph = drawn(record)
        for label, group in spacy_docs.GROUPS.items():
            assert sorted((s.id_, s.start_char, s.end_char, s.kb_id_) for s in doc.spans[group]) == sorted(
                (mark.mark_id, mark.start, mark.end, mark.record_id) for mark in graph.marks if mark.label == label
            )
        assert [tuple(arrow) for arrow in doc.user_data["relations"]] == graph.arrows
    assert [span.label_ for span in docs[1].spans["claims"]][1:3] == ["direct", "direct"]
    assert {span.label_ for span in docs[1].spans["sources"]} == {"person", "media", "group"}


def test_a_bin_is_written_the_same_each_time(tmp_path: Path) -> None:
    first, second = (spacy_docs.write_into(RECORDS, tmp_path / name)[0].read_bytes() for name in "ab")
    assert first == second


@pytest.mark.parametrize("seed", range(40))
def test_any_text_is_held(seed: int, tmp_path: Path) -> None:
    (text,) = texts(seed, 1)
    record = record_over(text, seed)
    (path,) = spacy_docs.write_into([record], tmp_path)
    (doc,) = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    assert doc.text == spacy_docs.shown(record).article.text
