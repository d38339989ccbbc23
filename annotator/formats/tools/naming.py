"""Names of files, one an article, for tools that keep an article in a file of its own."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from annotator.records import AnnotatedArticle

_READABLE = 40  # characters of an article's id that its file name keeps
_DIGEST = 8  # hexadecimal digits that tell ids apart which look the same in a file name


def stem_of(article_id: str) -> str:
    """A name that every file system takes, and that follows from the id alone.

    >>> stem_of("news/Böhm 7"), stem_of("..")
    ('news-b-hm-7-c63e6e36', 'article-5ec1f7e7')
    """
    readable = re.sub(r"[^a-z0-9]+", "-", article_id.lower())[:_READABLE].strip("-") or "article"
    return f"{readable}-{hashlib.sha256(article_id.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGEST]}"


def named(records: Iterable[AnnotatedArticle]) -> Iterator[tuple[str, AnnotatedArticle]]:
    """Each record with the stem of its files; the second of an article, another reviewer's, has a number behind it."""
    seen: Counter[str] = Counter()
    for record in records:
        stem = stem_of(record.article.article_id)
        seen[stem] += 1
        yield stem if seen[stem] == 1 else f"{stem}-{seen[stem]}", record
