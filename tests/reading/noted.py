"""What is read of a file, with what failed and what was noted."""

from pathlib import Path

from annotator.reading import read
from annotator.records import Article


def read_with_notes(*inputs: str | Path) -> tuple[list[Article], list[str], list[str]]:
    """Articles, and the messages of failures and of warnings, each behind the name of its file."""
    failures: list[str] = []
    notes: list[str] = []
    articles = list(
        read(
            inputs,
            on_failure=lambda one: failures.append(f"{one.where.rpartition('/')[2]}: {one.error}"),
            on_warning=lambda one: notes.append(f"{one.where.rpartition('/')[2]}: {one.note}"),
        )
    )
    return articles, failures, notes


def paragraphs(article: Article) -> list[str]:
    return article.text.split("\n\n")
