"""Articles for runs, and what a run left behind."""

import io
import json
from pathlib import Path
from typing import Any

from annotator.corpus import Settings

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "exports" / "articles" / "anonymous-politics.txt"
SMALL = Settings(records=True, shard_articles=4, other_languages="ignore")


def news(path: Path, articles: int, **special: str) -> Path:
    """JSON lines of so many articles; `a3="CRASH"` is the text of the article with that id."""
    texts = {f"a{n}": f"Holm said it rained.\nAn anonymous official saw {n} boats." for n in range(articles)} | special
    rows = (json.dumps({"id": name, "text": text, "publisher": "Elsund Courier"}) for name, text in texts.items())
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a run with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def column(folder: Path, table: str, name: str) -> list[Any]:
    from pyarrow.parquet import read_table

    return [cell for path in sorted(folder.glob(f"{table}/*")) for cell in read_table(path)[name].to_pylist()]


def page(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """A page of a newspaper."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title} - Elsund Courier</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def archive(path: Path, *pages: tuple[str, bytes]) -> Path:
    """A WARC file of pages by their addresses, after a record that says what made it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a test"}))
        for address, html in pages:
            payload = io.BytesIO(html)
            writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=answer))
    return path
