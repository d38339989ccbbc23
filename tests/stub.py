"""An annotator without a model, for tests of runs: as many claims as paragraphs, and some words that break it.

Runs use it where the environment says `ANNOTATOR_RUN_ANNOTATOR=tests.stub:make`; with
`ANNOTATOR_RUN_READER=tests.stub:outcomes` some words break the reading of a file or page too.
"""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.errors import InputError
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
from annotator.reading import Failure, Passed, outcomes_of
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
                crash()
            if "HANG" in article.text:
                hang()
            while "WAIT" in article.text and not Path(os.environ["STUB_FOLDER"], "go on").exists():
                time.sleep(0.02)
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


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    """Say so in a file that the test looks for, and never come back."""
    Path(os.environ["STUB_FOLDER"], f"hangs-{os.getpid()}").touch()
    time.sleep(3600)


def outcomes(path: Path, name: str, **about: Any) -> Iterator[Article | Failure | Passed]:
    """What a file holds, as the product has it, but for words that say what they do to the process that reads them."""
    if str(path) == os.environ.get("STUB_DENIED"):
        raise InputError(f"{path}: Permission denied")
    if path.suffix in (".html", ".warc", ".gz"):
        from annotator.reading import page

        page.article_from_html = broken_by_words(page.article_from_html)
    for outcome in outcomes_of(path, name, **about):
        if isinstance(outcome, Article):
            break_by_words(outcome.text)
        yield outcome


def break_by_words(text: str) -> None:
    if "CRASHES THE READER" in text:
        crash()
    if "HANGS THE READER" in text:
        hang()
    if "BLOATS THE READER" in text:
        bytearray(1 << 40)
    if "CONFUSES THE READER" in text:
        raise OverflowError("too large for any reader")
    if "ENDS THE READER ONCE" in text and not (ended := Path(os.environ["STUB_FOLDER"], "ended once")).exists():
        ended.touch()
        crash()


def broken_by_words(read: Callable[..., Article]) -> Callable[..., Article]:
    def article_from_html(html: str, **about: Any) -> Article:
        break_by_words(html)
        return read(html, **about)

    return read if read.__name__ == "article_from_html" and read.__module__ == __name__ else article_from_html


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
