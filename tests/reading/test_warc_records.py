"""Records of web archives: a damaged one is told, and takes none of its neighbours along."""

import gzip
from pathlib import Path

import pytest

from annotator.reading import Failure, read
from tests.reading.test_hostile import warc

pytest.importorskip("warcio")

LENGTH = len(warc()) - warc().index(b"HTTP/1.1") - 4  # of the block that `warc` writes


def numbers(path: Path, data: bytes) -> tuple[list[str], list[Failure]]:
    """Numbers of the records that became articles, and what is told of the others."""
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    failures: list[Failure] = []
    articles = read(path, on_failure=failures.append)
    return [article.article_id.rsplit("-", 1)[1] for article in articles], failures


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("declared", [LENGTH + 200, 10**6, LENGTH - 100, 1])
def test_a_record_that_lies_about_its_length_swallows_no_neighbour(tmp_path: Path, name: str, declared: int) -> None:
    path = tmp_path / name

    articles, failures = numbers(path, warc() + warc(length=declared) + warc())

    assert articles == ["1", "3"]
    assert [failure.where for failure in failures] == [f"{path}, record 2"]
    assert failures[0].error.startswith(f"declares {declared:,} bytes, but")


def test_a_length_beyond_the_end_of_the_archive_swallows_no_neighbour(tmp_path: Path) -> None:
    articles, failures = numbers(tmp_path / "a.warc", warc() + warc(length=10**12) + warc())

    assert articles == ["1", "3"]
    assert failures[0].error.startswith("declares 1,000,000,000,000 bytes, but")


@pytest.mark.parametrize("length", [b"-5", b"many", b"9" * 30, b""])
def test_a_length_that_is_none_is_told(tmp_path: Path, length: bytes) -> None:
    strange = warc().replace(str(LENGTH).encode() + b"\r\n\r\nHTTP", length + b"\r\n\r\nHTTP")

    articles, failures = numbers(tmp_path / "a.warc", strange + warc())

    assert articles == ["2"]
    assert failures[0].error.startswith("a record without a length")


def test_a_record_without_an_address_is_told_and_the_next_one_read(tmp_path: Path) -> None:
    articles, failures = numbers(tmp_path / "a.warc", warc(target=False) + warc())

    assert articles == ["2"]
    assert "does not say which address it is of" in failures[0].error


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_half_page_at_the_cut_of_an_archive_is_no_article(tmp_path: Path, name: str) -> None:
    articles, failures = numbers(tmp_path / name, warc() + warc()[:-150])

    assert articles == ["1"]
    assert failures[0].error.startswith("the archive is cut off or damaged here")


def test_an_archive_of_nothing_but_damage_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.reading.warc_records.MAX_DAMAGES", 3)

    articles, failures = numbers(tmp_path / "a.warc", warc(length=1) * 9)

    assert (articles, len(failures)) == ([], 5)
    assert failures[-1].error == "more than 3 damaged records; what follows is not read"
