"""Inputs of corpora: packed lines, long tables, Arrow files and folders of saved datasets."""

import gzip
import json
from pathlib import Path

import pytest

from annotator.errors import InputError, MissingExtraError
from annotator.reading.read import Failure, files_of, read

pa = pytest.importorskip("pyarrow")
zstandard = pytest.importorskip("zstandard")

ROWS = [
    {"id": f"a{n}", "text": f"It rained for the {n}. time, Holm said – “again”.", "publisher": "Babel"}
    for n in range(600)
]
TEXTS = [row["text"] for row in ROWS]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def texts(path: Path) -> list[str]:
    return [article.text for article in read(path)]


def test_packed_lines_are_read(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "news.jsonl.zst").write_bytes(zstandard.compress(LINES))
    frames = zstandard.compress(LINES[:1000]) + zstandard.compress(LINES[1000:])
    (tmp_path / "frames.jsonl.zst").write_bytes(frames)
    for path in tmp_path.iterdir():
        assert texts(path) == TEXTS, path.name


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_damaged_zst_file_is_an_error(tmp_path: Path, share: float) -> None:
    path, packed = tmp_path / "news.jsonl.zst", zstandard.compress(LINES)
    path.write_bytes(packed[: int(share * len(packed))])
    failures: list[Failure] = []
    assert len(list(read(path, on_failure=failures.append))) < len(ROWS)
    assert failures, "a cut file was taken for a whole one"
    path.write_bytes(b"no such thing")
    with pytest.raises(InputError, match=r"news\.jsonl\.zst: a damaged \.zst file"):
        texts(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_long_table_is_read_row_by_row_to_the_same_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    path = tmp_path / "news.csv"
    table = "id;text\r\n" + "".join(f'{row["id"]};"{row["text"]}"\r\n' for row in ROWS)
    path.write_bytes(table.encode(encoding))
    assert texts(path) == TEXTS
    monkeypatch.setattr("annotator.reading.read.READ_AT_ONCE", 0)
    assert texts(path) == TEXTS
    monkeypatch.setattr("annotator.reading.read.BEGINNING", 1001)  # amid a character
    assert texts(path) == TEXTS


def test_a_bad_row_of_a_long_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.reading.read.READ_AT_ONCE", 0)
    path = tmp_path / "news.csv"
    path.write_text("id,text\na,It rained.\nb,\nc,one,two\n", encoding="utf-8")
    failures: list[Failure] = []
    assert len(list(read(path, on_failure=failures.append))) == 1
    assert [failure.where for failure in failures] == [f"{path}, row 3", f"{path}, row 4"]


def saved_dataset(folder: Path) -> Path:
    """A folder as `datasets.Dataset.save_to_disk` writes it: two files of rows, and a cache beside them."""
    folder.mkdir(parents=True)
    table = pa.Table.from_pylist(ROWS)
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
    assert texts(saved_dataset(tmp_path / "one")) == TEXTS
    saved_dataset(tmp_path / "splits" / "train")
    (tmp_path / "splits" / "dataset_dict.json").write_text('{"splits": ["train"]}', encoding="utf-8")
    assert texts(tmp_path / "splits") == TEXTS


def test_a_dataset_that_does_not_name_its_files_is_an_error(tmp_path: Path) -> None:
    (saved_dataset(tmp_path / "one") / "state.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"state\.json: does not say which files"):
        texts(tmp_path / "one")


def test_an_arrow_file_of_either_kind_is_read(tmp_path: Path) -> None:
    table = pa.Table.from_pylist(ROWS)
    path = tmp_path / "news.arrow"
    for kind in (pa.ipc.new_stream, pa.ipc.new_file):
        with kind(path, table.schema) as file:
            file.write_table(table)
        assert texts(path) == TEXTS
    path.write_bytes(b"ARROW1 and nothing more")
    with pytest.raises(InputError, match=r"news\.arrow: not a sound Arrow file"):
        texts(path)


def test_an_address_of_fsspec_stands_for_its_files(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/news/b.jsonl": LINES, "/news/deep/a.jsonl.gz": b"", "/news/notes.docx": b""})
    assert files_of("memory://news") == [("memory:///news/b.jsonl", "b"), ("memory:///news/deep/a.jsonl.gz", "deep/a")]
    assert files_of("memory://news/*.jsonl") == [("memory:///news/b.jsonl", "b")]
    assert files_of("memory://news/b.jsonl") == [("memory:///news/b.jsonl", "b")]
    with pytest.raises(InputError, match="memory://nowhere: no such file"):
        files_of("memory://nowhere")


def test_without_zstandard_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    (tmp_path / "news.jsonl.zst").write_bytes(b"")
    with pytest.raises(MissingExtraError, match=r"attribution-annotator\[corpus\]"):
        texts(tmp_path / "news.jsonl.zst")
