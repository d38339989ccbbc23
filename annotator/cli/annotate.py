"""`annotator annotate`: a few articles into files, or many as a run."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from annotator.cli import options as o
from annotator.cli.configuration import usual_formats
from annotator.cli.loading import annotator_with, formats_of, lexicon_of
from annotator.cli.options import RUN_FROM, OtherLanguage
from annotator.cli.runs import Asked, run
from annotator.cli.terminal import FAILED, UNUSABLE, check_writable, command, group, progress, reporting, say, stop

if TYPE_CHECKING:
    from annotator.language.lexicon import Lexicon
    from annotator.reading import Failure, Warned
    from annotator.records import AnnotatedArticle, Article

app = group("Annotate")
Failed = Callable[["Failure"], None]
_OF_RUNS = frozenset({"parquet", "jsonl", "csv"})  # what may be asked of a run alone
FAILURES, WARNINGS = "failures.jsonl", "warnings.jsonl"


@command(app, 'annotator annotate news/*.txt --publisher "Northline Review" -o annotated')
def annotate(
    context: typer.Context,
    inputs: o.Inputs,
    output: o.OutputOrStdout = None,
    to: o.To = None,
    publisher: o.Publisher = None,
    publisher_from: o.PublisherFrom = None,
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
    offline: o.Offline = False,
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
    _few(asked, as_run, usual_formats(context))


def _few(asked: Asked, as_run: bool | None, usual: str) -> None:
    """Annotate what one report can show; where the input turns out to be more than that, make it a run."""
    from annotator.cli.progress import outlets_missing
    from annotator.reading import read

    formats = formats_of(asked.to or usual)
    if asked.output is None and asked.to and formats not in (["jsonl"], ["csv"]):
        stop(f"--to {asked.to} writes files: name a folder with -o DIR. jsonl or csv alone can go to stdout")
    told = Told()
    failed = told.failed

    with reporting():
        lexicon = lexicon_of(asked.lexicon)
        if asked.output is not None:
            check_writable(Path(asked.output))
        found = read(
            asked.inputs,
            fields=asked.fields,
            given=asked.given,
            on_failure=failed,
            on_warning=told.warned,
            follow_links=asked.follow_links,
            online=not asked.offline,
        )
        first = list(islice(found, RUN_FROM + 1))
        if len(first) > RUN_FROM and as_run is None and asked.may_be_one():
            say(
                f"more than {RUN_FROM} articles: this is a run, in Parquet shards, with records and CSV beside them, "
                "and without a report (--no-run for the files of a few articles)"
            )
            run(replace(asked, to=asked.to if asked.to in _OF_RUNS else "parquet,jsonl,csv"))
        articles = list(_in_english(chain(first, found), asked.other_languages or OtherLanguage.WARN, told))
        if missing := outlets_missing(sum(not article.publisher for article in articles), len(articles)):
            say(missing)
        records = _told_of_forms(_annotated(articles, lexicon, asked.threads, failed), told)
        if asked.output is None:
            done = _print(records, formats if asked.to else ["jsonl"], excel=asked.excel)
        else:
            done = _write(list(records), told, Path(asked.output), formats, excel=asked.excel)
    told.end(asked.output)
    raise typer.Exit(UNUSABLE if not done else FAILED if told.failures else 0)


SHOWN = 20  # failures and warnings that are told one by one on stderr; the lists have all


class Told:
    """What failed and what wants a look, told as it comes and counted at the end."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.warnings: list[Warned] = []

    def failed(self, failure: "Failure") -> None:
        self.failures.append(failure)
        if len(self.failures) <= SHOWN:
            say(f"failed: {failure.where}: {failure.error}")

    def warned(self, warned: "Warned") -> None:
        self.warnings.append(warned)
        if len(self.warnings) <= SHOWN:
            say(f"warning: {warned.where}: {warned.note}")

    def lists(self) -> dict[str, str | None]:
        """The files of both lists by their names; None for an empty one."""
        rows = {
            FAILURES: [{"where": one.where, "error": one.error} for one in self.failures],
            WARNINGS: [{"where": one.where, "note": one.note} for one in self.warnings],
        }
        lines = {
            name: "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found) for name, found in rows.items()
        }
        return {name: text or None for name, text in lines.items()}

    def end(self, output: str | None) -> None:
        for found, what, name in ((self.failures, "failed", FAILURES), (self.warnings, "to look at", WARNINGS)):
            if found:
                say(f"{len(found):,} {what}" + (f", listed in {Path(output) / name}" if output is not None else ""))


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


def _told_of_forms(records: Iterable["AnnotatedArticle"], told: Told) -> Iterator["AnnotatedArticle"]:
    """Records as they come; of a text whose form was not understood somebody is told."""
    from annotator.labels import ReviewReason
    from annotator.reading import Warned

    for record in records:
        unread = sum(ReviewReason.FORM_UNREAD in claim.review_reasons for claim in record.claims)
        if unread:
            note = f"the form of the text was not understood; {unread} of its claims need review (form_unread)"
            told.warned(Warned(record.article.article_id, note))
        yield record


def _in_english(articles: Iterable["Article"], what: OtherLanguage, told: "Told") -> Iterator["Article"]:
    """Articles to annotate, with their language noted; what is done with others is the caller's choice."""
    from annotator.reading import Failure, Warned, is_english, told_language

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
            told.failed(Failure(article.article_id, f"{note}. Skipped, as asked"))
        else:
            told.warned(Warned(article.article_id, f"{note}. --other-languages skip leaves it out"))
            yield article.model_copy(update={"language": language})


def _print(records: Iterator["AnnotatedArticle"], formats: list[str], *, excel: bool) -> int:
    """Results on stdout, one format of those that are one text; how many there were."""
    from annotator.formats.jsonl import parts

    if formats == ["csv"]:
        found = list(records)
        if found:
            from annotator.formats.tables import claims_frame, csv_text

            text = csv_text(claims_frame(found), excel=excel)
            typer.echo(text.rstrip("\n").encode("utf-8-sig" if excel else "utf-8"))
        return len(found)
    done = 0
    for record in records:
        for part in parts(record):
            typer.echo(part.encode(), nl=False)  # JSON lines are UTF-8, whatever the terminal speaks
        done += 1
    return done


def _write(records: list["AnnotatedArticle"], told: Told, output: Path, formats: list[str], *, excel: bool) -> int:
    """Write the results with the lists of failures and warnings as one set; earlier lists do not stay.

    Where nothing was done there are no results, and none are written: what was in the folder stays.
    """
    from annotator import formats as writers
    from annotator.cli.progress import sentence
    from annotator.corpus import Summary
    from annotator.storage import write_text

    if not records:
        for name, text in told.lists().items():
            if text is not None:
                write_text(output / name, [text])
        say("nothing was annotated: no results were written")
        return 0
    for path in writers.write(records, output, formats, excel=excel, beside=told.lists()):
        if path.name not in (FAILURES, WARNINGS):
            say(f"wrote {path}")
    say(sentence(Summary.of(records)))
    return len(records)
