"""Files, folders and patterns: which files a user named."""

import json
from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.reading import Failure, files_of
from tests.reading.written import NEWS, NEWS_LINES, NEWS_TEXTS, SENTENCE, ids, texts, written


def test_a_folder_is_read_in_order_with_relative_ids(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "z.md", "a/.hidden.txt", ".git/y.txt", "a/Thumbs.db"):
        written(tmp_path / name, f"{name} {SENTENCE}")

    assert ids(tmp_path) == ["a/x", "b/x", "z"]


def test_a_pattern_names_files(tmp_path: Path) -> None:
    for name in ("one/x.txt", "two/x.txt", "two/y.html", "three.txt"):
        written(tmp_path / name, SENTENCE)

    assert ids(f"{tmp_path}/*/x.txt") == ["one/x", "two/x"]
    assert ids(f"{tmp_path}/**/*.t[x]t") == ["one/x", "three", "two/x"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    assert ids(written(tmp_path / "ferry [draft].txt", SENTENCE)) == ["ferry [draft]"]


def test_a_missing_file_is_an_error_that_names_similar_ones(tmp_path: Path) -> None:
    written(tmp_path / "ferry.txt", SENTENCE)

    with pytest.raises(InputError, match=r"fery\.txt: no such file or folder\. Similar names: ferry\.txt"):
        texts(tmp_path / "fery.txt")


def test_nothing_to_read_in_a_folder_or_pattern_is_an_error(tmp_path: Path) -> None:
    written(tmp_path / "picture.png", b"\x89PNG\r\n")

    for entry in (tmp_path, f"{tmp_path}/*.txt"):
        with pytest.raises(InputError, match=r"no files to read there.*\.txt"):
            texts(entry)


def saved_dataset(folder: Path) -> Path:
    """A folder as `datasets.Dataset.save_to_disk` writes it: two files of rows, and a cache beside them."""
    pa = pytest.importorskip("pyarrow")
    folder.mkdir(parents=True)
    table = pa.Table.from_pylist(NEWS)
    for n in range(2):
        with pa.ipc.new_stream(folder / f"data-0000{n}-of-00002.arrow", table.schema) as file:
            file.write_table(table.slice(n * 300, 300))
    with pa.ipc.new_stream(folder / "cache-0123.arrow", table.schema) as file:
        file.write_table(table)
    names = [{"filename": f"data-0000{n}-of-00002.arrow"} for n in range(2)]
    (folder / "state.json").write_text(json.dumps({"_data_files": names, "_split": "train"}), encoding="utf-8")
    (folder / "dataset_info.json").write_text("{}", encoding="utf-8")
    return folder


def test_a_saved_dataset_is_read_without_its_caches(tmp_path: Path) -> None:
    assert texts(saved_dataset(tmp_path / "one")) == NEWS_TEXTS
    saved_dataset(tmp_path / "splits" / "train")
    (tmp_path / "splits" / "dataset_dict.json").write_text('{"splits": ["train"]}', encoding="utf-8")
    assert texts(tmp_path / "splits") == NEWS_TEXTS


def test_a_dataset_that_does_not_name_its_files_is_an_error(tmp_path: Path) -> None:
    (saved_dataset(tmp_path / "one") / "state.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"state\.json: does not say which files"):
        texts(tmp_path / "one")


def test_an_address_of_fsspec_stands_for_its_files(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/news/b.jsonl": NEWS_LINES, "/news/deep/a.jsonl.gz": b"", "/news/notes.doc": b""})
    assert files_of("memory://news") == [("memory:///news/b.jsonl", "b"), ("memory:///news/deep/a.jsonl.gz", "deep/a")]
    left_out: list[Failure] = []
    files_of("memory://news", on_failure=left_out.append)
    assert left_out == [Failure("memory:///news/notes.doc", ".doc files are not read. Save it as .docx")]
    assert files_of("memory://news/*.jsonl") == [("memory:///news/b.jsonl", "b")]
    assert files_of("memory://news/b.jsonl") == [("memory:///news/b.jsonl", "b")]
    with pytest.raises(InputError, match="memory://nowhere: no such file"):
        files_of("memory://nowhere")
