"""The order of the steps: an article goes in, a record comes out. Also a spaCy component.

Article -> sections -> Doc -> attributions -> frames -> claims -> sources -> chains -> labels -> AnnotatedArticle
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from annotator import attributions, claims, sources
from annotator.collect import collect
from annotator.draft import PROSE, Draft, Offsets
from annotator.extraction import Entity, Extracted, Extractor, Found
from annotator.extraction.pieces import MAX_CHAPTER
from annotator.language import outlets
from annotator.language.lexicon import OURS, Lexicon, using
from annotator.language.parse import Parser, give_back, with_entities
from annotator.reading.layout import completed, sections_of
from annotator.records import AnnotatedArticle, Article, Section, Tool
from annotator.text import encodable

MODEL_FOLDER = Path(__file__).parent / "models" / "en"
KNOWN_OF_DOC = ("article_id", "publisher", "title", "byline", "published", "url", "section", "agency")
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
        self._blas = ThreadpoolController()
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
        return self._finish(article, parts, self._parsed(article.text, parts, read.entities), read, oracle=True)

    def parsed(self, text: str, parts: tuple[Section, ...]) -> Doc:
        """A text of those sections, parsed, with the entities of its prose."""
        return self._parsed(text, parts, self.extractor.entities(text, prose_of(parts)))

    def _parsed(self, text: str, parts: tuple[Section, ...], entities: Iterable[Entity]) -> Doc:
        return self._with_entities(next(self.parser.parse([(text, parts)])), entities)

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
        read = (self._read(article, parts) for article, parts in zip(group, found, strict=True))
        docs = self.parser.parse([(a.text, parts) for a, parts in zip(group, found, strict=True)])
        for article, parts, doc, marked in zip(group, found, docs, read, strict=True):
            yield self._finish(article, parts, self._with_entities(doc, marked.entities), marked)

    def annotate_doc(self, doc: Doc, article: Article) -> AnnotatedArticle:
        """Annotate a Doc that a pipeline with tagger, parser and lemmatizer has been over; the Doc stays as it is.

        It needs no entities: those of the extractor are used, so that the record is the same whoever recognises others.
        """
        parts = self._sections(article)
        marked = self._read(article, parts)
        if self.extractor.marks_entities:
            doc = self._with_entities(doc.copy(), marked.entities)
        return self._finish(article, parts, doc, marked)

    def _sections(self, article: Article) -> tuple[Section, ...]:
        with using(self.lexicon):
            return sections_of(article)

    def _read(self, article: Article, parts: tuple[Section, ...]) -> Found:
        with self._one_thread():
            return self.extractor.read(article.text, prose_of(parts))

    def _one_thread(self) -> AbstractContextManager[object]:
        """numpy's products are small here: threads that share one wait for one another longer than they multiply."""
        limit: AbstractContextManager[object] = self._blas.limit(limits=1, user_api="blas")
        return limit

    def _finish(
        self, article: Article, parts: tuple[Section, ...], doc: Doc, read: Found, *, oracle: bool = False
    ) -> AnnotatedArticle:
        is_long = len(article.text) > MAX_CHAPTER
        if is_long:
            give_back()
        with using(self.lexicon), self._one_thread():
            draft = self._draft(article, parts, doc, read, oracle=oracle)
            if is_long:
                gc.collect()  # what resolved the sources knows the draft, and Python would find that much later
            sources.affiliate(draft)
            claims.doubt(draft)
            claims.mark_unread(draft)
            claims.timed(draft)
            claims.answer(draft)
            return collect(draft, self.tool)

    def drafts(self, articles: Iterable[Article]) -> Iterator[Draft]:
        """The drafts of articles before their labels, which training learns from."""
        for article in articles:
            parts = self._sections(article)
            read = self._read(article, parts)
            doc = self._parsed(article.text, parts, read.entities)
            with using(self.lexicon):
                yield self._draft(article, parts, doc, read, oracle=False)

    def _draft(self, article: Article, parts: tuple[Section, ...], doc: Doc, read: Found, *, oracle: bool) -> Draft:
        draft = Draft(completed(article, parts), parts, doc, meaning=read.meaning)
        if not len(doc):
            return draft
        with outlets.in_force(draft):
            (attributions.given if oracle else attributions.find)(draft, read.attributions)
            read.attributions.clear()  # the draft and the Doc have them now, and a long article has very many
            read.entities.clear()
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


class AttributionComponent:
    """The last component of a pipeline: puts the record, as plain data, into `doc._.attribution`.

    What is known of a document may stand in its `user_data`: article_id, publisher, title, byline, published, url,
    section, agency. In a pipeline that does not parse (`spacy.blank("en")`) the annotator parses by itself.
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
