"""The order of the steps: an article goes in, a record comes out. Also a spaCy component.

Article -> sections -> Doc -> attributions -> frames -> claims -> sources -> chains -> labels -> AnnotatedArticle
"""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from annotator import attributions, claims, sources
from annotator.collect import collect
from annotator.draft import PROSE, Draft, Offsets
from annotator.errors import InputError, InputWarning
from annotator.extraction import Entity, Extracted, Extractor, Found
from annotator.formats.tables import claims_frame, sources_frame
from annotator.language.lexicon import OURS, Lexicon, using
from annotator.language.parse import Parser, with_entities
from annotator.reading import SUFFIXES, language_of
from annotator.reading.layout import completed, sections_of
from annotator.records import AnnotatedArticle, Article, Section, Tool
from annotator.text import encodable, scrub

if TYPE_CHECKING:
    import pandas as pd

MODEL_FOLDER = Path(__file__).parent / "models" / "en"
KNOWN_OF_DOC = ("article_id", "publisher", "title", "byline", "published", "url")
BATCH_ARTICLES = 8  # articles whose windows share batches; more save no time and cost memory


# Cue, source mention and contents of an attribution that a person marked, as half-open offsets.
GivenSpans = tuple[Offsets | None, Offsets | None, Sequence[Offsets]]


class Annotator:
    """The pipeline, loaded once and used for any number of articles.

    `lexicon` is a folder of the user's word lists, or a `Lexicon`; another annotator of the same process has its own.
    Raises ModelError when the spaCy pipeline or the extractor cannot be loaded, and LexiconError for a word list that
    does not fit.
    """

    def __init__(
        self,
        spacy_pipeline: str | None = None,
        model: Path = MODEL_FOLDER,
        threads: int = 1,
        lexicon: Lexicon | str | Path | None = None,
    ) -> None:
        if not isinstance(lexicon, Lexicon):
            lexicon = OURS if lexicon is None else Lexicon.read(lexicon)
        self.lexicon = lexicon
        self.extractor = Extractor(model, threads)
        # A model that was just trained has no head for entities yet; then spaCy's recogniser marks them.
        self.parser = Parser(spacy_pipeline, threads, recogniser=not self.extractor.marks_entities)
        meta = self.parser.nlp.meta
        self.tool = Tool(
            name="attribution-annotator",
            version=version("attribution-annotator"),
            model=f"{model.name}+{meta['lang']}_{meta['name']}-{meta['version']}",
            lexicon=lexicon.version(),
        )

    def annotate(self, article: Article) -> AnnotatedArticle:
        """Annotate one article."""
        return next(self.annotate_many([article]))

    def annotate_given(self, article: Article, spans: Iterable[GivenSpans]) -> AnnotatedArticle:
        """Annotate an article whose attributions are known: cue, source mention and contents are those given."""
        article = encodable(article)
        parts = self._sections(article)
        given = [Extracted(cue, source, tuple(contents), 1.0) for cue, source, contents in spans]
        read = replace(self.extractor.read_names(article.text, prose_of(parts)), attributions=given)
        doc = self._with_entities(next(self.parser.parse([(article.text, parts)])), read.entities)
        return self._finish(article, parts, doc, read, oracle=True)

    def parsed(self, text: str, parts: tuple[Section, ...]) -> Doc:
        """A text of those sections, parsed, with the entities of its prose."""
        doc = next(self.parser.parse([(text, parts)]))
        return self._with_entities(doc, self.extractor.entities(text, prose_of(parts)))

    def _with_entities(self, doc: Doc, entities: Iterable[Entity]) -> Doc:
        if not self.extractor.marks_entities:
            return doc
        return with_entities(doc, ((one.start, one.end, one.label) for one in entities))

    def annotate_many(
        self, articles: Iterable[Article], on_failure: Callable[[Article, Exception], None] | None = None
    ) -> Iterator[AnnotatedArticle]:
        """Annotate articles in their order, a bounded number at a time.

        With `on_failure`, an article that cannot be annotated is handed to it and the others go on.
        """
        waiting = iter(articles)
        while group := list(islice(waiting, BATCH_ARTICLES)):
            if on_failure is None:
                yield from self._group(group)
                continue
            try:
                yield from list(self._group(group))
            except Exception:  # whatever it was, it must not take the other articles of the group along
                yield from self._one_by_one(group, on_failure)

    def _one_by_one(
        self, group: list[Article], on_failure: Callable[[Article, Exception], None]
    ) -> Iterator[AnnotatedArticle]:
        for article in group:
            try:
                yield self.annotate(article)
            except Exception as error:  # reported with its article
                on_failure(article, error)

    def _group(self, group: list[Article]) -> Iterator[AnnotatedArticle]:
        group = [encodable(article) for article in group]
        found = [self._sections(article) for article in group]
        read = (self.extractor.read(a.text, prose_of(parts)) for a, parts in zip(group, found, strict=True))
        docs = self.parser.parse([(a.text, parts) for a, parts in zip(group, found, strict=True)])
        for article, parts, doc, marked in zip(group, found, docs, read, strict=True):
            yield self._finish(article, parts, self._with_entities(doc, marked.entities), marked)

    def annotate_doc(self, doc: Doc, article: Article) -> AnnotatedArticle:
        """Annotate a Doc that a pipeline with tagger, parser and lemmatizer has been over; the Doc stays as it is.

        It needs no entities: those of the extractor are used, so that the record is the same whoever recognises others.
        """
        parts = self._sections(article)
        marked = self.extractor.read(article.text, prose_of(parts))
        if self.extractor.marks_entities:
            doc = self._with_entities(doc.copy(), marked.entities)
        return self._finish(article, parts, doc, marked)

    def _sections(self, article: Article) -> tuple[Section, ...]:
        with using(self.lexicon):
            return sections_of(article)

    def _finish(
        self, article: Article, parts: tuple[Section, ...], doc: Doc, read: Found, *, oracle: bool = False
    ) -> AnnotatedArticle:
        with using(self.lexicon):
            draft = self._draft(article, parts, doc, read, oracle=oracle)
            sources.affiliate(draft)
            claims.doubt(draft)
            claims.timed(draft)
            claims.answer(draft)
            return collect(draft, self.tool)

    def drafts(self, articles: Iterable[Article]) -> Iterator[Draft]:
        """The drafts of articles before their labels, which training learns from."""
        for article in articles:
            parts = self._sections(article)
            read = self.extractor.read(article.text, prose_of(parts))
            doc = self._with_entities(next(self.parser.parse([(article.text, parts)])), read.entities)
            with using(self.lexicon):
                yield self._draft(article, parts, doc, read, oracle=False)

    def _draft(self, article: Article, parts: tuple[Section, ...], doc: Doc, read: Found, *, oracle: bool) -> Draft:
        draft = Draft(completed(article, parts), parts, doc, meaning=read.meaning)
        if len(doc):
            (attributions.given if oracle else attributions.find)(draft, read.attributions)
            claims.split(draft)
            sources.resolve(draft)
            sources.follow(draft)
        return draft


def prose_of(parts: Iterable[Section]) -> list[Offsets]:
    """Offsets of the sections that the extractor reads."""
    return [(part.start, part.end) for part in parts if part.kind in PROSE]


@cache
def default() -> Annotator:
    """The annotator with its default settings, loaded at the first call."""
    return Annotator()


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
    if (language := language_of(text)) is not None and language != "en":
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


class AttributionComponent:
    """The last component of a pipeline: puts the record, as plain data, into `doc._.attribution`.

    What is known of a document may stand in its `user_data`: article_id, publisher, title, byline, published, url. In a
    pipeline that does not parse (`spacy.blank("en")`) the annotator parses by itself.
    """

    def __init__(self, publisher: str | None = None) -> None:
        self.publisher = publisher
        if not Doc.has_extension("attribution"):
            Doc.set_extension("attribution", default=None)

    def __call__(self, doc: Doc) -> Doc:
        known = {"article_id": "article", "publisher": self.publisher}
        known |= {name: doc.user_data[name] for name in KNOWN_OF_DOC if doc.user_data.get(name)}
        article = Article.model_validate({**known, "text": doc.text})
        parsed = all(map(doc.has_annotation, ("DEP", "TAG", "LEMMA")))
        record = default().annotate_doc(doc, article) if parsed or not len(doc) else default().annotate(article)
        doc._.attribution = record.model_dump(mode="json")
        spans = [
            doc.char_span(s.start, s.end, label=c.quote_type, alignment_mode="expand")
            for c in record.claims
            for s in c.spans
        ]
        doc.spans["claims"] = [span for span in spans if span is not None]
        return doc


@Language.factory("attribution_annotator", default_config={"publisher": None})
def make_component(nlp: Language, name: str, publisher: str | None = None) -> Any:
    """Factory behind `nlp.add_pipe("attribution_annotator")`."""
    return AttributionComponent(publisher)
