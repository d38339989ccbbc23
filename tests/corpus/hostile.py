"""Files that hold no article and are harmless: thirty kinds, each of which is one line of failures of a run."""

import gzip
import json
import struct
from pathlib import Path

from tests.corpus.news import archive, page

TEXT = "Holm said it rained. An anonymous official saw boats.\n" * 20
ROW = json.dumps({"id": "a", "text": TEXT})
NESTED = '{"text": "Holm said so.", "notes": ' + "[" * 60 + "]" * 60 + "}"


def hostile_files(folder: Path) -> list[Path]:
    """Write the files into a folder, which is made, and return them in the order of their names."""
    folder.mkdir()
    made = {
        "blank.txt": b" \n\n",
        "confuses.txt": b"CONFUSES THE READER",
        "crashes.txt": b"CRASHES THE READER",
        "hangs.txt": b"HANGS THE READER",
        "bloats.txt": b"BLOATS THE READER",
        "empty.txt": b"",
        "long.txt": b"Holm said so. " * 500,
        "nul.txt": bytes(range(256)) * 20,
        "pdf.txt": b"%PDF-1.7 it is said",
        "picture.txt": b"\x89PNG\r\n\x1a\n",
        "unpacked.txt.gz": TEXT.encode(),
        "cut.txt.gz": gzip.compress(TEXT.encode())[:-20],
        "unpacked.jsonl.zst": ROW.encode(),
        "broken.jsonl": b'{"text": "Holm said',
        "latin.jsonl": '{"text": "Möwen, said Holm"}'.encode("latin-1"),
        "list.jsonl": b'["Holm said so."]',
        "nested.jsonl": NESTED.encode(),
        "number.jsonl": b'{"text": 7}',
        "without.jsonl": b'{"words": "Holm said so."}',
        "broken.json": b'[{"text": "Holm said so."}',
        "number.json": b"7",
        "empty.csv": b"",
        "without.csv": b"id,words\n1,Holm said so.\n",
        "no article.html": b"<html><body><a href='/'>Home</a></body></html>",
        "no archive.warc": b"it is said\n" * 20,
        "garbage.parquet": b"PAR1" + bytes(range(200)) + b"PAR1",
        "garbage.arrow": struct.pack("<ii", -1, 1 << 20) + b"x" * 64,
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    cut = {"cut.parquet": _parquet, "cut.jsonl.zst": _zst, "cut.warc.gz": _archive}
    for name, write in cut.items():
        write(folder / name)
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[: len(whole) // 4])
    return sorted(folder / name for name in [*made, *cut])


def _parquet(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": [TEXT]}), path)


def _archive(path: Path) -> None:
    archive(path, ("https://elsund.example/ferry", page("Ferry", (TEXT, TEXT))))


def _zst(path: Path) -> None:
    import zstandard

    path.write_bytes(zstandard.compress("\n".join(f"{ROW} {n}" for n in range(9)).encode()))
