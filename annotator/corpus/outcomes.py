"""What comes of an article: rows of the tables and figures, or why there is nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from annotator.corpus.results import figures_of
from annotator.corpus.settings import Wish
from annotator.errors import RecordError
from annotator.records import Article


@dataclass(frozen=True)
class Done:
    """An annotated article: rows of the tables, its record as a line of JSON where asked for, and its figures."""

    claims: list[list[object]]
    sources: list[list[object]]
    record: str | None
    figures: dict[str, int]
    note: str | None = None  # what wants a look


@dataclass(frozen=True)
class Undone:
    """An article without a result, and why: it failed, or it was left out as asked."""

    kind: Literal["failed", "skipped"]
    why: str


Outcome = Done | Undone


def outcomes_of(annotator: Any, articles: list[Article], wish: Wish) -> Iterator[Outcome]:
    """Outcomes in the order of the articles; those in another language are left out before the others are grouped."""
    prepared = [_prepared(article, wish.other_languages) for article in articles]
    failed: dict[int, str] = {}

    def on_failure(article: Article, error: Exception) -> None:
        failed[id(article)] = f"cannot be annotated ({type(error).__name__}: {error})"

    taken = [article for article in prepared if isinstance(article, Article)]
    records = iter(list(annotator.annotate_many(taken, on_failure)))
    for article in prepared:
        if isinstance(article, Undone):
            yield article
        elif id(article) in failed:
            yield Undone("failed", failed[id(article)])
        else:
            try:
                yield _done(next(records), wish.records, _language_note(article, wish.other_languages))
            except RecordError as error:
                yield Undone("failed", str(error))


def _prepared(article: Article, other_languages: str) -> Article | Undone:
    """The article with its language noted, or why it is left out."""
    from annotator.reading import is_english, told_language

    if other_languages == "ignore":
        return article
    language = told_language(article)
    if other_languages == "skip" and not is_english(language):
        return Undone("skipped", f"the text looks like {language!r}")
    return article.model_copy(update={"language": language})


def _language_note(article: Article, other_languages: str) -> str | None:
    if other_languages != "warn" or article.language is None or article.language.lower().startswith("en"):
        return None
    return f"the text looks like {article.language!r}; the annotator reads English"


def _done(record: Any, with_record: bool, note: str | None) -> Done:
    from annotator.formats import jsonl, tables

    return Done(
        claims=tables.claim_cells(record),
        sources=tables.source_cells(record),
        record=next(jsonl.dump([record])) if with_record else None,
        figures=figures_of(record),
        note=note,
    )
