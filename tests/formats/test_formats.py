"""Files of every format."""

from pathlib import Path

import pytest

from annotator import formats
from annotator.errors import OutputError
from annotator.formats.tools.naming import stem_of
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record, plain_record

STEM = stem_of("harbour")


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_format_writes_its_files(tmp_path: Path) -> None:
    paths = formats.write([harbour_record()], tmp_path / "new" / "folder", list(formats.FORMATS))
    assert names(tmp_path / "new" / "folder") == {
        "records.jsonl",
        "claims.csv",
        "sources.csv",
        "datapackage.json",
        "label_studio/tasks.json",
        "label_studio/config.xml",
        "report.html",
        "claims.xlsx",
        f"brat/{STEM}.txt",
        f"brat/{STEM}.ann",
        "brat/annotation.conf",
        "brat/visual.conf",
        "inception/TypeSystem.xml",
        f"inception/{STEM}.json",
        "xmi/TypeSystem.xml",
        f"xmi/{STEM}.xmi",
        f"webanno_tsv/{STEM}.tsv",
        "prodigy/articles.jsonl",
        "doccano/articles.jsonl",
        "doccano/span_labels.json",
        "doccano/relation_labels.json",
        "argilla/settings.json",
        "argilla/records.json",
        "spacy/articles.spacy",
        "conll/articles.conllup",
        "web_annotations.jsonld",
        "schema_org/claims.jsonld",
        "schema_org/claim_reviews.jsonld",
        f"tei/{STEM}.xml",
        "prov/chains.ttl",
        "prov/chains.json",
        f"citron/{STEM}.json",
    }
    assert {path.relative_to(tmp_path / "new" / "folder").as_posix() for path in paths} == names(
        tmp_path / "new" / "folder"
    )


@pytest.mark.parametrize("records", [[], [plain_record("Rain fell in Eastport.")]])
def test_no_records_and_plain_ones_are_written_too(tmp_path: Path, records: list[AnnotatedArticle]) -> None:
    of_each_article = 7  # two files of brat, three that INCEpTION reads, one of TEI and one of Citron
    made = formats.write(records, tmp_path, list(formats.FORMATS))
    assert len(made) == 25 + of_each_article * len(records)


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no format 'ods'\. Formats are: jsonl, csv"):
        formats.write([harbour_record()], tmp_path, ["jsonl", "ods"])
    assert not names(tmp_path)


def test_what_lies_beside_belongs_to_the_set(tmp_path: Path) -> None:
    paths = formats.write([harbour_record()], tmp_path, ["jsonl"], beside={"failures.jsonl": "{}\n"})
    assert [path.name for path in paths] == ["records.jsonl", "failures.jsonl"]
    formats.write([harbour_record()], tmp_path, ["jsonl"], beside={"failures.jsonl": None})
    assert names(tmp_path) == {"records.jsonl"}


def test_a_format_that_fails_leaves_the_files_of_all_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = list(formats.FORMATS)
    before = {path: path.read_bytes() for path in formats.write([harbour_record()], tmp_path, every)}

    def full(*_: object) -> list[Path]:
        raise OutputError("no space left")

    monkeypatch.setitem(formats.FORMATS, "html", full)
    with pytest.raises(OutputError, match="no space left"):
        formats.write([plain_record("Rain fell in Eastport.")], tmp_path, every)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
