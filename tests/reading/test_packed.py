"""Packed files."""

import gzip
import json
from pathlib import Path

import pytest

from annotator.errors import InputError, MissingExtraError
from annotator.reading import Failure, read
from tests.reading.written import NEWS, NEWS_LINES, NEWS_TEXTS, SENTENCE, texts, written

zstandard = pytest.importorskip("zstandard")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl.gz", json.dumps({"text": SENTENCE})), ("a.csv.gz", f"text\n{SENTENCE}\n"), ("a.txt.gz", SENTENCE)],
)
def test_compressed_files_are_read(tmp_path: Path, name: str, content: str) -> None:
    path = written(tmp_path / name, gzip.compress(content.encode()))

    (article,) = read([tmp_path])

    assert article.text == SENTENCE
    assert article.article_id.startswith("a")
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match=rf"{name}.*: "):
        texts(path)


def test_packed_lines_are_read(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(NEWS_LINES))
    (tmp_path / "news.jsonl.zst").write_bytes(zstandard.compress(NEWS_LINES))
    frames = zstandard.compress(NEWS_LINES[:1000]) + zstandard.compress(NEWS_LINES[1000:])
    (tmp_path / "frames.jsonl.zst").write_bytes(frames)
    for path in tmp_path.iterdir():
        assert texts(path) == NEWS_TEXTS, path.name


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_damaged_zst_file_is_an_error(tmp_path: Path, share: float) -> None:
    path, packed = tmp_path / "news.jsonl.zst", zstandard.compress(NEWS_LINES)
    path.write_bytes(packed[: int(share * len(packed))])
    failures: list[Failure] = []
    assert len(list(read(path, on_failure=failures.append))) < len(NEWS)
    assert failures, "a cut file was taken for a whole one"
    path.write_bytes(b"no such thing")
    with pytest.raises(InputError, match=r"news\.jsonl\.zst: a damaged \.zst file"):
        texts(path)


def test_without_zstandard_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    (tmp_path / "news.jsonl.zst").write_bytes(b"")
    with pytest.raises(MissingExtraError, match=r"attribution-annotator\[corpus\]"):
        texts(tmp_path / "news.jsonl.zst")
