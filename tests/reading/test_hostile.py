"""One bad file never ends the others, whatever it holds and whatever format it claims to be."""

import gzip
import json
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.reading import Failure, read
from annotator.reading.outcomes import UNFORESEEN

zstandard = pytest.importorskip("zstandard")

NEWS = "The bridge is safe, the mayor of Elsund said on Monday. It was closed for a week in March."
ROW = {"id": "a", "text": NEWS, "title": "Bridge opens", "published": "2026-03-03"}


def parquet(**columns: object) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in columns.items()}), sink)
    return sink.getvalue()


def arrow(**columns: object) -> bytes:
    import io

    import pyarrow as pa

    sink = io.BytesIO()
    table = pa.table({name: [value] for name, value in columns.items()})
    with pa.ipc.new_stream(sink, table.schema) as file:
        file.write_table(table)
    return sink.getvalue()


def warc(length: int | None = None, target: bool = True) -> bytes:
    page = f"<html><body><article><h1>Bridge opens</h1><p>{NEWS}</p><p>{NEWS}</p></article></body></html>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-03-03T00:00:00Z\r\n"
    head += b"WARC-Target-URI: https://news.example/a\r\n" if target else b""
    head += b"Content-Type: application/http; msgtype=response\r\n"
    return head + f"Content-Length: {length or len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


# Each is one failure: its name, and its bytes
HOSTILE: dict[str, bytes] = {
    "binary.txt": bytes(range(256)) * 40,
    "empty.txt": b"",
    "blanks.txt": b" \n\n\t ",
    "utf16-cut.txt": "Elsund".encode("utf-16") + b"\xff",
    "empty.html": b"",
    "menu.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "cut.json": json.dumps(ROW).encode()[:-9],
    "number.json": b"17",
    "deep.json": b"[" * 300 + b"]" * 300,
    "no-text.jsonl": b'{"id": "a", "headline": "Bridge opens"}\n',
    "list.jsonl": b"[1, 2]\n",
    "text-is-object.jsonl": b'{"text": {"a": 1}}\n',
    "broken.jsonl": b'{"text": "The bridge\n',
    "infinite.jsonl": b'{"text": Infinity}\n',
    "no-text.csv": b"id,headline\n1,Bridge opens\n",
    "only-head.csv": b"",
    "more-cells.csv": b"id,text\n1,The bridge is safe,x,y\n",
    "cut.gz.jsonl.gz": gzip.compress(json.dumps(ROW).encode() * 9)[:40],
    "no.gz.jsonl.gz": b"not packed at all",
    "no-frame.jsonl.zst": b"not packed at all",
    "cut.parquet": parquet(text=NEWS)[:60],
    "no.parquet": b"PAR1 and nothing else PAR1",
    "no-text.parquet": parquet(headline="Bridge opens"),
    "nested.parquet": parquet(text={"paragraphs": 1}),
    "no.arrow": b"ARROW1\0\0 and nothing else",
    "no.warc": b"no record at all\r\n",
    "lying.warc": warc(length=10**12),
    "no-target.warc": warc(target=False),
    "cut.warc": warc()[:-200],
    "short.warc.gz": gzip.compress(warc())[:90],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(30):
        (folder / f"good-{n:02}.txt").write_text(f"{NEWS} It is number {n}.", encoding="utf-8")
    return folder


def everything(folder: Path) -> tuple[list[str], list[Failure]]:
    failures: list[Failure] = []
    return [article.article_id for article in read([folder], on_failure=failures.append)], failures


def test_thirty_hostile_files_beside_thirty_good_ones(folder: Path) -> None:
    for name, data in HOSTILE.items():
        (folder / name).write_bytes(data)
    assert len(HOSTILE) == 30
    articles, failures = everything(folder)
    assert sorted(articles) == [f"good-{n:02}" for n in range(30)]
    told = {name: [f for f in failures if f"/{name}" in f.where] for name in HOSTILE}
    assert {name: len(found) for name, found in told.items()} == dict.fromkeys(HOSTILE, 1)


def test_a_link_out_of_the_folder_is_told_and_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(NEWS, encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    articles, failures = everything(folder)
    assert "link" not in articles
    assert [failure.where.rsplit("/", 1)[1] for failure in failures] == ["link.txt"]
    assert len(list(read([folder], follow_links=True))) == 31


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_and_sockets_hold_nothing_up(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.txt"))
        articles, failures = everything(folder)
    assert len(articles) == 30
    assert {failure.where.rsplit("/", 1)[1] for failure in failures} == {"pipe.txt", "socket.txt"}


# --- two thousand damaged files a format ---------------------------------------------------------------------------

SEEDS: dict[str, bytes] = {
    "a.txt": NEWS.encode(),
    "a.html": f"<html><head><title>Bridge</title></head><body><p>{NEWS}</p></body></html>".encode(),
    "a.json": json.dumps([ROW, ROW]).encode(),
    "a.jsonl": (json.dumps(ROW) + "\n").encode() * 3,
    "a.csv": f'id,text,title\n1,"{NEWS}",Bridge\n2,"{NEWS}",Bridge\n'.encode(),
    "a.jsonl.gz": gzip.compress((json.dumps(ROW) + "\n").encode(), mtime=0),
    "a.warc": warc() * 2,
    "a.warc.gz": gzip.compress(warc(), mtime=0) * 2,
    "a.tsv": f'id\ttext\n1\t"{NEWS}"\n2\t{NEWS}\n'.encode(),
    "a.jsonl.zst": zstandard.compress((json.dumps(ROW) + "\n").encode()),
    "a.parquet": parquet(**ROW),
    "a.arrow": arrow(**ROW),
}
FILES = 2000
MARKS = [b"\0", b'"', b"\r", b"\xff", b"{", b",", b"<", b"\xf0\x9f\x98", b"\xe2\x80\xae"]


def damaged(seed: bytes, chance: random.Random) -> bytes:
    """The file with one to four wounds: bytes changed, cut out, doubled or put in."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.randint(1, 12)
        here = bytes(data[at : at + length])
        wounds = [b"", chance.randbytes(length), here * 2, chance.choice(MARKS)]
        data[at : at + chance.choice([0, length])] = chance.choice(wounds)
    return bytes(data)


def trials(name: str) -> Iterator[bytes]:
    chance = random.Random(name)
    for _ in range(FILES):
        yield damaged(SEEDS[name], chance)


@pytest.mark.parametrize("name", SEEDS)
def test_only_our_own_errors_come_out_of_damaged_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for data in trials(name):
        path.write_bytes(data)
        failures: list[Failure] = []
        try:
            articles = list(read([path], on_failure=failures.append))
        except AnnotatorError:
            continue
        assert all(article.text.encode() is not None for article in articles)
        assert not any(failure.error.startswith(UNFORESEEN) for failure in failures), failures
