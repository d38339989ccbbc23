"""What Python users call beside `Annotator` and `read`: one text or many articles to records, and records to tables."""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InputError, InputWarning
from annotator.formats.tables import claims_frame, sources_frame
from annotator.pipeline import default
from annotator.reading import SUFFIXES, is_english, language_of
from annotator.records import AnnotatedArticle, Article
from annotator.text import scrub

if TYPE_CHECKING:
    import pandas as pd


def annotate(
    text: str,
    *,
    publisher: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    article_id: str = "article",
) -> AnnotatedArticle:
    """Annotate one text: every claim with its cue, source and chain.

    >>> record = annotate("The mayor was asleep, a city official said on Monday.", publisher="Daily Example")
    >>> [(claim.text, record.chain_of(claim)) for claim in record.claims]
    [('The mayor was asleep', ('city official (anonymous)', 'Daily Example'))]

    Raises `InputError` for what is no text (a path, bytes, HTML), and for an empty `article_id`. A text in another
    language is an `InputWarning`.
    """
    check_text(text)
    known = {"publisher": publisher, "title": title, "published": published, "url": url, "article_id": article_id}
    try:
        article = Article.model_validate({"text": text} | {k: v and scrub(v) for k, v in known.items()})
    except (ValueError, TypeError) as error:
        raise InputError(f"this is no article: {' '.join(str(error).split())}") from error
    if not is_english(language := language_of(text)):
        warnings.warn(f"the text looks like {language!r}; the annotator reads English", InputWarning, stacklevel=2)
    return default().annotate(article)


def check_text(text: object) -> None:
    """Raise `InputError`, with advice, for what is no text of an article: a path, bytes, None, HTML."""
    if isinstance(text, Path) or (isinstance(text, str) and _is_path(text)):
        raise InputError(f"this is no article: {str(text)!r} is a path, not a text: annotator.read(path) reads it")
    if isinstance(text, bytes | bytearray):
        raise InputError(
            "this is no article: these are bytes, not a text: annotator.read(path) reads a file in any encoding"
        )
    if not isinstance(text, str):
        raise InputError(f"this is no article: a text is needed, not {type(text).__name__}")
    if _MARKUP.match(text):
        raise InputError("this is no article: HTML, not a text. Save it as .html, and annotator.read(path) reads it")


# A tag that a page or a fragment of one begins with.
_MARKUP = re.compile(
    r"\s*(?:<!doctype\b|<\?xml\b|<(?:html|head|body|article|div|p|h1|section|main)\b[^<>]*>)", re.IGNORECASE
)
_LONGEST_PATH = 1024


def _is_path(text: str) -> bool:
    if len(text) > _LONGEST_PATH or "\n" in text or not text.strip():
        return False
    if " " not in text and Path(text).suffix.lower() in SUFFIXES:
        return True
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False


class Records(list[AnnotatedArticle]):
    """Records of several articles, which pandas can have as tables."""

    def to_frame(self) -> "pd.DataFrame":
        """The claims, one a row, as in `claims.csv`."""
        return claims_frame(self)

    def sources_frame(self) -> "pd.DataFrame":
        """The sources of each article, one a row, as in `sources.csv`."""
        return sources_frame(self)


def iter_annotate(
    articles: Iterable[Article | str], on_failure: Callable[[Article, Exception], None] | None = None
) -> Iterator[AnnotatedArticle]:
    """Annotate articles or texts one after another, a bounded number in memory: `iter_annotate(read("news/"))`.

    Texts are numbered for their ids. With `on_failure`, an article that cannot be annotated is handed to it and the
    others go on. Raises `InputError` as `annotate` does.
    """
    return default().annotate_many(map(_as_article, count(1), articles), on_failure)


def annotate_all(articles: Iterable[Article | str]) -> Records:
    """The records of all articles: `annotate_all(read("news/")).to_frame()`."""
    return Records(iter_annotate(articles))


def _as_article(number: int, article: Article | str) -> Article:
    if isinstance(article, Article):
        return article
    check_text(article)
    return Article(article_id=f"article-{number}", text=scrub(article))
