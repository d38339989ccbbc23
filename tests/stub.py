"""An annotator without a model, for tests of runs: as many claims as paragraphs, and some words that break it.

Runs use it where the environment says `ANNOTATOR_RUN_ANNOTATOR=tests.stub:make`.
"""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator

from annotator.labels import (
    Affiliation,
    AttributionMode,
    Kind,
    LinkBasis,
    LinkRole,
    OnRecord,
    Polarity,
    QuoteType,
    SectionKind,
    SourceType,
    Stance,
)
from annotator.records import AnnotatedArticle, Article, Attribution, Claim, Link, Source, Span, Tool

TOOL = Tool(name="stub", version=os.environ.get("STUB_VERSION", "1"), model="none", lexicon="none")
SECONDS = float(os.environ.get("STUB_SECONDS", "0"))  # that an article takes


class Stub:
    tool = TOOL

    def annotate_many(
        self, articles: Iterable[Article], on_failure: Callable[[Article, Exception], None]
    ) -> Iterator[AnnotatedArticle]:
        for article in articles:
            time.sleep(SECONDS)
            if "CRASH" in article.text:
                os.kill(os.getpid(), signal.SIGSEGV)
            if "HANG" in article.text:
                time.sleep(3600)
            try:
                if "BLOAT" in article.text:
                    bytearray(1 << 40)
                if "FAIL" in article.text:
                    raise ValueError("not this one")
            except Exception as error:
                on_failure(article, error)
                continue
            yield record_of(article)


def make() -> Stub:
    return Stub()


def record_of(article: Article) -> AnnotatedArticle:
    """Each paragraph is a claim; "anonymous" in it makes its source one, "own voice" leaves it to the article."""
    publisher = _source("article", article.publisher or "unknown publisher", SourceType.ARTICLE)
    claims, attributions, sources, at = [], [], {"article": publisher}, 0
    for n, line in enumerate(article.text.split("\n")):
        span = Span(start=at, end=at + len(line), text=line) if line.strip() else None
        at += len(line) + 1
        if span is None:
            continue
        own = "own voice" in line
        name = "official (anonymous)" if "anonymous" in line else line.split()[0]
        source = publisher if own else sources.setdefault(name, _source(f"s{len(sources)}", name, SourceType.PERSON))
        if not own:
            attributions.append(
                Attribution(
                    attribution_id=f"a{n}",
                    cue=None,
                    source_mention=None,
                    contents=(span,),
                    source_id=source.source_id,
                    confidence=1,
                )
            )
        claims.append(_claim(n, span, None if own else f"a{n}", source))
    return AnnotatedArticle(
        article=article,
        claims=tuple(claims),
        attributions=tuple(attributions),
        sources=tuple(sources.values()),
        tool=TOOL,
    )


def _claim(n: int, span: Span, attribution_id: str | None, source: Source) -> Claim:
    publisher = Link(source_id="article", role=LinkRole.PUBLISHER, basis=LinkBasis.DOCUMENT)
    origin = Link(source_id=source.source_id, role=LinkRole.ORIGIN, basis=LinkBasis.EXPLICIT)
    return Claim(
        claim_id=f"c{n}",
        attribution_id=attribution_id,
        section=SectionKind.BODY,
        paragraph=n,
        spans=(span,),
        text=span.text,
        quote_type=(QuoteType.DIRECT if "“" in span.text else QuoteType.INDIRECT) if attribution_id else QuoteType.NONE,
        kind=Kind.STATEMENT,
        polarity=Polarity.POSITIVE,
        hedged=False,
        attribution=AttributionMode.EXPLICIT if attribution_id else AttributionMode.UNATTRIBUTED,
        stance=Stance.NEUTRAL,
        on_record=OnRecord.ON_RECORD if attribution_id else OnRecord.NOT_APPLICABLE,
        source_id=source.source_id,
        source_display=source.name,
        chain=(origin, publisher) if attribution_id else (publisher,),
        confidence=1,
        needs_review=False,
    )


def _source(source_id: str, name: str, kind: SourceType) -> Source:
    return Source(
        source_id=source_id,
        name=name,
        type=kind,
        affiliation=Affiliation.UNKNOWN,
        anonymous="anonymous" in name,
    )
