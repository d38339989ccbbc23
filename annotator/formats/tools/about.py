"""What is said of an article beside its marks, for tools that show it or keep it with the text."""

from annotator.formats.tables import CHAIN_SIGN
from annotator.records import AnnotatedArticle, Article

KNOWN = ("title", "publisher", "published", "url")


def meta(article: Article) -> dict[str, str]:
    """What is known of an article."""
    known = {name: getattr(article, name) for name in KNOWN}
    return {"article_id": article.article_id} | {name: value for name, value in known.items() if value}


def claims(record: AnnotatedArticle) -> list[str]:
    """A line a claim: its words, and its chain from the origin to the publisher."""
    return [" ".join(f"{claim.text} — {CHAIN_SIGN.join(record.chain_of(claim))}".split()) for claim in record.claims]
