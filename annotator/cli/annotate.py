"""`annotator annotate`: a few articles into files, or many as a run."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from annotator.cli import options as o
from annotator.cli.loading import annotator_with, formats_of, lexicon_of
from annotator.cli.options import ALL_FORMATS, RUN_FROM, OtherLanguage
from annotator.cli.runs import Asked, run
from annotator.cli.terminal import FAILED, check_writable, command, group, progress, reporting, say

if TYPE_CHECKING:
    from annotator.language.lexicon import Lexicon
    from annotator.reading import Failure
    from annotator.records import AnnotatedArticle, Article

app = group("Annotate")
Failed = Callable[["Failure"], None]
FAILURES = "failures.jsonl"


@command(app, 'annotator annotate news/*.txt --publisher "Northline Review" -o annotated')
def annotate(
    inputs: o.Inputs,
    output: o.OutputOrStdout = None,
    to: o.To = None,
    publisher: o.Publisher = None,
    published: o.Published = None,
    url: o.Url = None,
    other_languages: o.OtherLanguages = None,
    id_column: o.IdColumn = "id",
    text_column: o.TextColumn = "text",
    title_column: o.TitleColumn = "title",
    publisher_column: o.PublisherColumn = "publisher",
    byline_column: o.BylineColumn = "byline",
    url_column: o.UrlColumn = "url",
    published_column: o.PublishedColumn = "published",
    language_column: o.LanguageColumn = "language",
    follow_links: o.FollowLinks = False,
    excel: o.Excel = False,
    lexicon: o.LexiconFolder = None,
    threads: o.Threads = 1,
    as_run: o.AsRun = None,
    workers: o.Workers = None,
    engine: o.Engine = o.Where.LOCAL,
    address: o.Address = None,
    fresh: o.Fresh = False,
    duplicates: o.DuplicateTexts = None,
    shard_articles: o.ShardArticles = None,
    timeout: o.Timeout = None,
    memory: o.Memory = None,
    max_characters: o.MaxCharacters = None,
) -> None:
    """Annotate articles: claims with cue, source and chain."""
    asked = Asked.of(locals())  # the options by their names
    if as_run or (as_run is None and asked.clearly()):
        run(asked)
    _few(asked, as_run)


def _few(asked: Asked, as_run: bool | None) -> None:
    """Annotate what one report can show; where the input turns out to be more than that, make it a run."""
    from annotator.reading import read

    formats = formats_of(asked.to or ALL_FORMATS)
    failures: list[Failure] = []

    def failed(failure: "Failure") -> None:
        failures.append(failure)
        say(f"failed: {failure.where}: {failure.error}")

    with reporting():
        lexicon = lexicon_of(asked.lexicon)
        if asked.output is not None:
            check_writable(Path(asked.output))
        found = read(
            asked.inputs,
            fields=asked.fields,
            given=asked.given,
            on_failure=failed,
            follow_links=asked.follow_links,
        )
        first = list(islice(found, RUN_FROM + 1))
        if len(first) > RUN_FROM and as_run is None and asked.may_be_one():
            say(f"more than {RUN_FROM} articles: this is a run, in shards (--no-run for the files of a few articles)")
            run(asked)
        articles = list(_in_english(chain(first, found), asked.other_languages or OtherLanguage.WARN, failed))
        records = _annotated(articles, lexicon, asked.threads, failed)
        if asked.output is None:
            _print(records)
        else:
            _write(list(records), failures, Path(asked.output), formats, excel=asked.excel)
    raise typer.Exit(FAILED if failures else 0)


def _annotated(
    articles: list["Article"], lexicon: "Lexicon", threads: int, failed: Failed
) -> Iterator["AnnotatedArticle"]:
    from annotator.reading import Failure

    if not articles:
        return
    loaded = annotator_with(threads, lexicon)

    def on_failure(article: "Article", error: Exception) -> None:
        failed(Failure(article.article_id, f"cannot be annotated ({type(error).__name__}: {error})"))

    with progress(len(articles)) as advance:
        for record in loaded.annotate_many(articles, on_failure):
            yield record
            advance()


def _in_english(articles: Iterable["Article"], what: OtherLanguage, failed: Failed) -> Iterator["Article"]:
    """Articles to annotate, with their language noted; what is done with others is the caller's choice."""
    from annotator.reading import Failure, is_english, told_language

    for article in articles:
        if what is OtherLanguage.IGNORE:
            yield article
            continue
        language = told_language(article)
        if is_english(language):
            yield article.model_copy(update={"language": language})
            continue
        note = f"the text looks like {language!r}; the annotator reads English"
        if what is OtherLanguage.SKIP:
            failed(Failure(article.article_id, f"{note}. Skipped, as asked"))
        else:
            say(f"warning: {article.article_id}: {note}. --other-languages skip leaves it out")
            yield article.model_copy(update={"language": language})


def _print(records: Iterator["AnnotatedArticle"]) -> None:
    from annotator.formats.jsonl import dump

    for line in dump(records):
        typer.echo(line.rstrip("\n").encode())  # JSON lines are UTF-8, whatever the terminal speaks


def _write(
    records: list["AnnotatedArticle"], failures: list["Failure"], output: Path, formats: list[str], *, excel: bool
) -> None:
    """Write the results and the list of failures as one set; an earlier list does not stay."""
    from annotator import formats as writers

    rows = ({"where": failure.where, "error": failure.error} for failure in failures)
    listed = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    paths = writers.write(records, output, formats, excel=excel, beside={FAILURES: listed or None})
    for path in paths:
        if path.name != FAILURES:
            say(f"wrote {path}")
    if failures:
        say(f"{len(failures)} failed, listed in {output / FAILURES}")
