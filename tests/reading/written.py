"""Files written for a test, and what is read of them."""

import json
from pathlib import Path
from typing import Any

from annotator.reading import Failure, read
from annotator.records import Article

SENTENCE = "The harbour master said the ferry would sail on Friday."
QUOTED = "The mayor’s office said “no comment” — twice."
OTHER = "Police denied the report."
NEWS = [
    {"id": f"a{n}", "text": f"It rained for the {n}. time, Holm said – “again”.", "publisher": "Babel"}
    for n in range(600)
]
NEWS_TEXTS = [row["text"] for row in NEWS]
NEWS_LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in NEWS).encode()


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def json_lines(path: Path, *rows: Any) -> Path:
    return written(path, "".join(json.dumps(row) + "\n" for row in rows))


def read_all(*inputs: str | Path, **options: Any) -> tuple[list[Article], list[Failure]]:
    failures: list[Failure] = []
    return list(read(inputs, on_failure=failures.append, **options)), failures


def texts(*inputs: str | Path, **options: Any) -> list[str]:
    return [article.text for article in read(inputs, **options)]


def ids(*inputs: str | Path, **options: Any) -> list[str]:
    return [article.article_id for article in read(inputs, **options)]
