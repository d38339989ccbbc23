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


@pytest.mark.parametrize("name", ["zeros.jsonl.gz", "zeros.jsonl.zst", "zeros.csv.gz", "zeros.txt.gz"])
def test_a_file_that_unpacks_to_far_more_than_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("annotator.reading.packed.UNPACKED_UNASKED", 1000)
    pack = gzip.compress if name.endswith(".gz") else zstandard.compress
    path = written(tmp_path / name, pack(b"0" * 1_000_000))

    with pytest.raises(InputError, match=rf"{name}: unpacks to more than 250 times its size.* unpack it and read"):
        texts(path)


def test_repetitive_news_is_read_however_well_it_packs(tmp_path: Path) -> None:
    line = json.dumps({"text": SENTENCE}) + "\n"

    assert len(texts(written(tmp_path / "a.jsonl.gz", gzip.compress(line.encode() * 20_000)))) == 20_000


@pytest.mark.parametrize("suffix", [".txt", ".html", ".json"])
def test_what_is_read_as_a_whole_may_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr("annotator.reading.packed.MAX_WHOLE", 20)

    with pytest.raises(InputError, match=rf"a\{suffix}: more than 0 MB, which are not read at once\. Divide it, or"):
        texts(written(tmp_path / f"a{suffix}", SENTENCE))


def test_lines_before_the_cut_of_a_packed_file_are_read(tmp_path: Path) -> None:
    packed = gzip.compress(NEWS_LINES, mtime=0)
    path = written(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])
    failures: list[Failure] = []

    articles = list(read(path, on_failure=failures.append))

    assert articles
    assert [article.text for article in articles] == NEWS_TEXTS[: len(articles)]
    assert failures[-1].where == str(path)
    assert failures[-1].error.startswith("a damaged .gz file")
