"""Sources and chains measured alone: the annotator with the gold's own cues, mentions and contents."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from annotator.evaluation.gold.articles import Offsets, Parts
from annotator.records import AnnotatedArticle, Article


class Resolve(Protocol):
    """A function from a text, its publisher and the spans of every attribution to the record."""

    def __call__(self, text: str, *, publisher: str | None = None, spans: Sequence[Parts]) -> AnnotatedArticle: ...


class TakesSpans(Protocol):
    """An annotator that takes cue, source mention and contents from people, as `annotator.Annotator` does."""

    def annotate_given(
        self, article: Article, spans: Iterable[tuple[Offsets | None, Offsets | None, Sequence[Offsets]]]
    ) -> AnnotatedArticle: ...


def oracle_of(annotator: TakesSpans) -> Resolve:
    """An annotator as a function that takes the spans of the attributions from people."""

    def resolve(text: str, *, publisher: str | None = None, spans: Sequence[Parts]) -> AnnotatedArticle:
        given = [(_whole(part.cue), _whole(part.source), part.content) for part in spans]
        return annotator.annotate_given(Article(article_id="gold", text=text, publisher=publisher), given)

    return resolve


def _whole(pieces: Sequence[Offsets]) -> Offsets | None:
    """From the first piece's start to the last one's end: a mention or a cue has no gaps for the annotator."""
    return (pieces[0][0], pieces[-1][1]) if pieces else None
