"""Each kind of file has its reader; input without a name is what it looks like."""

import io
import json
import sys
from pathlib import Path

import pytest

from annotator.errors import EncodingError, InputError
from annotator.reading import SUFFIXES, read
from tests.reading.written import OTHER, SENTENCE, texts, written


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"\n{SENTENCE}\r\n", [("stdin", f"\n{SENTENCE}\r\n")]),
        (
            json.dumps({"text": SENTENCE}) + "\n\n" + json.dumps({"text": OTHER}),
            [("stdin-1", SENTENCE), ("stdin-3", OTHER)],
        ),
        (json.dumps({"text": SENTENCE}, indent=2), [("stdin", SENTENCE)]),
        (json.dumps([{"text": SENTENCE}, {"text": OTHER}]), [("stdin-1", SENTENCE), ("stdin-2", OTHER)]),
    ],
)
def test_standard_input_is_what_it_looks_like(
    monkeypatch: pytest.MonkeyPatch, data: str, expected: list[tuple[str, str]]
) -> None:
    feed(monkeypatch, data.encode())

    assert [(article.article_id, article.text) for article in read(["-"])] == expected


@pytest.mark.parametrize("start", ["<!DOCTYPE html><html>", "<html>", '<?xml version="1.0"?><html>'])
def test_a_page_on_standard_input_is_read_as_a_page(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    feed(monkeypatch, f"{start}<body><article><h1>Ferry sails</h1><p>{SENTENCE}</p></article></body></html>".encode())

    (article,) = read(["-"])

    assert article.text.endswith(SENTENCE)
    assert "<p>" not in article.text


def test_empty_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"")

    with pytest.raises(InputError, match="standard input: no text"):
        texts("-")


def test_an_unknown_suffix_is_an_error_and_a_pdf_is_called_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.log: \.log files are not read\. Save it as \.txt"):
        texts(written(tmp_path / "a.log", SENTENCE))
    with pytest.raises(EncodingError, match="this is a PDF"):
        texts(written(tmp_path / "a.txt", b"%PDF-1.4 and so on"))
    with pytest.raises(InputError, match="not a sound PDF"):
        texts(written(tmp_path / "a.pdf", b"%PDF-1.4 and so on"))


@pytest.mark.parametrize("content", ["", " \r\n\t\n"])
@pytest.mark.parametrize("suffix", sorted(SUFFIXES - {".parquet", ".arrow", ".warc", ".html", ".htm", ".xhtml"}))
def test_a_blank_file_has_no_text(tmp_path: Path, suffix: str, content: str) -> None:
    with pytest.raises(InputError, match=rf"blank\{suffix}: no text"):
        texts(written(tmp_path / f"blank{suffix}", content))
