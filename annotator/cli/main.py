"""The command `annotator`: it parses, calls and prints; the work is done by the functions of the package.

Exit status: 0 all done, 1 some of the input failed or a check found something, 2 nothing could be done.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from annotator.cli import review as cli_review
from annotator.cli.terminal import FAILED
from annotator.cli.terminal import check_writable as _check_writable
from annotator.cli.terminal import console as _console
from annotator.cli.terminal import progress as _progress
from annotator.cli.terminal import reporting as _reporting
from annotator.cli.terminal import say as _say
from annotator.cli.terminal import stop as _stop
from annotator.errors import MissingExtraError

if TYPE_CHECKING:
    from annotator.corpus import Settings
    from annotator.pipeline import Annotator
    from annotator.reading.read import Failure, Fields
    from annotator.records import AnnotatedArticle, Article

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Who really said this, and how did it reach us? Claims, sources and chains of news articles.",
)
app.add_typer(cli_review.app, name="review")

ALL_FORMATS = "jsonl,csv,label-studio,html"
RUN_FROM = 1000  # articles above which a report in one page, and a task list in one file, serve nobody
RUNS = "Runs (see docs/scale.md)"

Inputs = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.", show_default=False)]
Records = Annotated[
    list[Path], typer.Argument(help="Files of records (records.jsonl), or - for stdin.", show_default=False)
]
OutputFolder = Annotated[
    str | None, typer.Option("-o", "--output", help="Folder for the results; JSONL on stdout without it.")
]
Formats = Annotated[str, typer.Option("--to", help="Formats to write, separated by commas.")]
Excel = Annotated[bool, typer.Option("--excel", help="CSV for Excel: with a byte order mark, formulas disarmed.")]


class OtherLanguage(StrEnum):
    """What to do with an article that is not in English."""

    WARN = "warn"
    SKIP = "skip"
    IGNORE = "ignore"


class Duplicates(StrEnum):
    """What a run does with an article whose text another article had before it."""

    KEEP = "keep"
    SKIP = "skip"


class Where(StrEnum):
    """Where a run does its work."""

    LOCAL = "local"
    RAY = "ray"


@app.command()
def annotate(
    inputs: Inputs,
    output: OutputFolder = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            help=f"Formats to write, separated by commas: {ALL_FORMATS}. A run writes Parquet, and jsonl if asked.",
        ),
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published the articles.")] = None,
    published: Annotated[str | None, typer.Option(help="When they were published.")] = None,
    url: Annotated[str | None, typer.Option(help="Where they were published.")] = None,
    other_languages: Annotated[
        OtherLanguage | None,
        typer.Option(help="Articles that are not in English: warn and go on, skip (web archives), or ignore."),
    ] = None,
    id_column: Annotated[str, typer.Option(help="Field with the article's id.")] = "id",
    text_column: Annotated[str, typer.Option(help="Field with the article's text.")] = "text",
    title_column: Annotated[str, typer.Option(help="Field with the headline.")] = "title",
    publisher_column: Annotated[str, typer.Option(help="Field with the publisher.")] = "publisher",
    byline_column: Annotated[str, typer.Option(help="Field with the author.")] = "byline",
    url_column: Annotated[str, typer.Option(help="Field with the address.")] = "url",
    published_column: Annotated[str, typer.Option(help="Field with the date.")] = "published",
    language_column: Annotated[str, typer.Option(help="Field with the language code.")] = "language",
    excel: Excel = False,
    threads: Annotated[int, typer.Option(help="Threads of the extractor.", min=1)] = 1,
    as_run: Annotated[
        bool | None,
        typer.Option(
            "--run/--no-run",
            help=f"Whether this is a run, in shards that survive a kill; so it is above {RUN_FROM} articles.",
            rich_help_panel=RUNS,
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes, or actors of Ray.", min=1, rich_help_panel=RUNS)
    ] = None,
    engine: Annotated[
        Where, typer.Option(help="This machine, or a Ray cluster (extra: cluster).", rich_help_panel=RUNS)
    ] = Where.LOCAL,
    address: Annotated[
        str | None, typer.Option(help="The Ray cluster; a local one without it.", rich_help_panel=RUNS)
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start the run in DIR anew.", rich_help_panel=RUNS)] = False,
    duplicates: Annotated[
        Duplicates | None,
        typer.Option(help="Articles with the same text: keep, or skip (web archives).", rich_help_panel=RUNS),
    ] = None,
    shard_articles: Annotated[
        int | None, typer.Option(help="Most articles of a shard.", min=1, rich_help_panel=RUNS)
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(help="Seconds that an article may take.", min=1, rich_help_panel=RUNS)
    ] = None,
    memory: Annotated[
        int | None, typer.Option(help="Megabytes that an article may take.", min=64, rich_help_panel=RUNS)
    ] = None,
    max_characters: Annotated[
        int | None, typer.Option(help="Characters that an article may have.", min=1, rich_help_panel=RUNS)
    ] = None,
) -> None:
    """Annotate articles: every claim with its cue, its source and the chain it came through."""
    from annotator.reading.read import Fields, read

    fields = Fields(
        id=id_column,
        text=text_column,
        title=title_column,
        publisher=publisher_column,
        byline=byline_column,
        url=url_column,
        published=published_column,
        language=language_column,
    )
    given = {k: v for k, v in {"publisher": publisher, "published": published, "url": url}.items() if v}
    limits = {"characters": max_characters, "seconds": timeout, "megabytes": memory}
    asked = _RunAsked(
        inputs=inputs,
        output=output,
        to=to,
        excel=excel,
        fields=fields,
        given=given,
        other_languages=other_languages,
        duplicates=duplicates,
        threads=threads,
        workers=workers,
        engine=engine,
        address=address,
        fresh=fresh,
        shard_articles=shard_articles,
        limits={name: value for name, value in limits.items() if value is not None},
    )
    if as_run or (as_run is None and asked.clearly()):
        _run(asked)
    formats = _formats(to or ALL_FORMATS)
    failures: list[Failure] = []

    def failed(failure: "Failure") -> None:
        failures.append(failure)
        _say(f"failed: {failure.where}: {failure.error}")

    with _reporting():
        if output is not None:
            _check_writable(Path(output))
        found = read(inputs, fields=fields, given=given, on_failure=failed)
        articles = list(islice(found, RUN_FROM + 1))
        if len(articles) > RUN_FROM and as_run is None and asked.may_be_one():
            _say(f"more than {RUN_FROM} articles: this is a run, in shards (--no-run for the files of a few articles)")
            _run(asked)
        articles = list(_in_english(chain(articles, found), other_languages or OtherLanguage.WARN, failed))
        records = _annotated(articles, threads, failed)
        if output is None:
            _print_records(records)
        else:
            _write(list(records), Path(output), formats, excel=excel)
            _write_failures(failures, Path(output))
    raise typer.Exit(FAILED if failures else 0)


@app.command()
def export(
    records: Records,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the results.")],
    to: Formats = ALL_FORMATS,
    excel: Excel = False,
) -> None:
    """Write other formats from records, without running the model."""
    from annotator.formats.jsonl import load

    formats = _formats(to)
    with _reporting():
        loaded = [record for path in records for record in load(path)]
        _check_writable(output)
        _write(loaded, output, formats, excel=excel)


@app.command()
def verify(records: Records) -> None:
    """Check records: every span against its text, every id, every vocabulary."""
    from annotator.formats.jsonl import check

    with _reporting():
        found = 0
        for path in records:
            for problem in check(path):
                found += 1
                typer.echo(problem)
    if found:
        _say(f"{found} problem{'s' if found > 1 else ''} found")
        raise typer.Exit(FAILED)
    _say("all records are sound")


@app.command()
def summarize(
    run: Annotated[str, typer.Argument(help="Folder of a run.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the tables and the page; RUN/summary without it.")
    ] = None,
    excel: Excel = False,
) -> None:
    """Summarize a run: who is quoted, by which outlet, how openly, over time; CSV and one page with plots."""
    from annotator.corpus import summarize as summary_of
    from annotator.storage import is_remote

    if output is None and is_remote(run):
        _stop("-o DIR: name a folder of this machine for the summary of a run that lies elsewhere")
    with _reporting():
        folder = output or Path(run) / "summary"
        for path in summary_of(run, folder, excel=excel):
            _say(f"wrote {path}")


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Gold files or folders.", show_default=False)],
    json_report: Annotated[Path | None, typer.Option("--json", help="Write the whole report here.")] = None,
    errors: Annotated[
        Path | None, typer.Option(help="An earlier --json report: list gains and losses against it.")
    ] = None,
    list_errors: Annotated[bool, typer.Option("--list", help="List every error, sentence by sentence.")] = False,
    oracle_spans: Annotated[
        bool, typer.Option(help="Give the gold's cues, mentions and contents: measures sources and chains alone.")
    ] = False,
    totals: Annotated[
        bool, typer.Option(help="Totals only, no article and no error: for gold that is to stay unread.")
    ] = False,
) -> None:
    """Measure the annotator on gold: claims, sources, anonymity, chains, attributions."""
    from annotator import evaluation
    from annotator.records import Article
    from annotator.storage import write_text

    with _reporting():
        if totals and (list_errors or errors is not None):
            _stop("--totals tells of no article: leave out --list and --errors")
        if json_report is not None and not evaluation.may_be_written(json_report):
            _stop(f"{json_report}: is there and is no report of an evaluation. --json takes a file to write")
        loaded = _load_annotator(1)

        def run(text: str, publisher: str | None = None, title: str | None = None) -> "AnnotatedArticle":
            return loaded.annotate(Article(article_id="gold", text=text, publisher=publisher, title=title))

        report = evaluation.evaluate(gold, run, oracle=evaluation.oracle_of(loaded) if oracle_spans else None)
        report = report.totals() if totals else report
        _console().print(report.table())
        if list_errors:
            for line in report.errors():
                typer.echo(line)
        if errors is not None:
            for line in report.compare(json.loads(errors.read_text(encoding="utf-8"))):
                typer.echo(line)
        if json_report is not None:
            write_text(json_report, [json.dumps(report.to_json(), ensure_ascii=False, indent=1), "\n"])


@app.command()
def schema(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")] = Path("schemas"),
) -> None:
    """Write the contract: JSON Schema of the record, table schemas, Label Studio configuration."""
    from annotator.formats import contract

    with _reporting():
        for path in contract.write(folder):
            _say(f"wrote {path}")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to answer at; the default can be reached from here only.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port to answer at; 0 takes a free one.", min=0, max=65535)] = 9090,
    api_key: Annotated[
        str | None,
        typer.Option(envvar="ANNOTATOR_API_KEY", show_envvar=True, help="Key that callers must bring."),
    ] = None,
    max_mb: Annotated[float, typer.Option(help="Largest request in megabytes.", min=0.001)] = 16,
    threads: Annotated[int, typer.Option(help="Threads of the extractor.", min=1)] = 1,
) -> None:
    """Answer Label Studio as a machine-learning backend: predictions for any task with a text (extra: serve)."""
    with _reporting():
        try:
            from annotator import serve as backend
        except ImportError as error:
            raise MissingExtraError("Serving", "serve") from error
        if api_key is None:  # an empty variable stays an empty key, which is an error: it must not open the server
            api_key = os.environ.get("ANNOTATOR_API_KEY")
        with backend.listen(host, port) as at:
            if host not in ("127.0.0.1", "localhost", "::1") and api_key is None:
                _say(f"warning: whoever can reach {host} can use this server. --api-key asks for a key")
            backend_app = backend.create_app(_load_annotator(threads), api_key=api_key, max_megabytes=max_mb)
            _say(f"answering at http://{host}:{at.getsockname()[1]} until Ctrl-C")
            backend.serve(backend_app, at)


@app.command()
def train(
    corpus: Annotated[Path, typer.Argument(help="PolNeAR train as JSON lines, gzip or plain.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the model.")] = Path("model"),
    work: Annotated[Path, typer.Option(help="Folder for checkpoint and curve; a run goes on from there.")] = Path(
        "train"
    ),
    calibrate: Annotated[
        Path | None, typer.Option(help="PolNeAR dev: articles that confidence is fitted on, never learned from.")
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="Passes over the corpus.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of everything random.")] = None,
    articles: Annotated[int | None, typer.Option(help="Learn from so many articles only (learning curve).")] = None,
    encoder: Annotated[
        Path | None, typer.Option(help="Folder of a larger BERT or MPNet encoder: trains what can be a --teacher.")
    ] = None,
    encoder_rate: Annotated[float | None, typer.Option(help="Learning rate of the encoder.")] = None,
    teacher: Annotated[
        list[Path] | None,
        typer.Option(help="Learn from a larger network too, the --work of its training; of several, from their mean."),
    ] = None,
    teacher_encoder: Annotated[Path | None, typer.Option(help="The --encoder that the teachers started from.")] = None,
    unlabelled: Annotated[
        list[Path] | None,
        typer.Option(help="Articles that only the teacher says something of: JSON lines, or NewsArticles.zip."),
    ] = None,
    held_out: Annotated[
        list[Path] | None,
        typer.Option(help="Texts that you measure on: an unlabelled article with a sentence of theirs is left out."),
    ] = None,
) -> None:
    """Train the extractor from the corpus and write it as int8 ONNX (extra: train)."""
    with _reporting():
        try:
            from annotator.training import fit
            from annotator.training.export import export, write_calibration
        except ImportError as error:
            raise MissingExtraError("Training", "train") from error
        from annotator.extraction.extractor import Extractor
        from annotator.training.calibrate import calibrated
        from annotator.training.corpus import read_polnear, read_unlabelled
        from annotator.training.network import encoder_folder, tokenizer_of

        if unlabelled and not teacher:
            _stop("--unlabelled: only a --teacher can say what these articles hold")
        if teacher and not teacher_encoder:
            _stop("--teacher: needs the folder of the encoder that it started from, with --teacher-encoder")
        given: dict[str, Any] = {"epochs": epochs, "seed": seed, "encoder_rate": encoder_rate}
        usual = fit.TEACHER if encoder else fit.Settings()
        settings = replace(usual, **{name: value for name, value in given.items() if value is not None})
        examples = list(read_polnear(corpus))
        if articles is not None:
            examples = Random(0).sample(examples, min(articles, len(examples)))
        measured = [path.read_text(encoding="utf-8") for path in held_out or ()]
        examples += [example for path in unlabelled or () for example in read_unlabelled(path, measured)]
        start = encoder or encoder_folder()
        teachers = [fit.load_teacher(teacher_encoder, folder) for folder in teacher or () if teacher_encoder]
        network = fit.fit(examples, start, work, settings, teachers)
        export(network, tokenizer_of(start), output)
        _say(f"wrote {output}")
        if calibrate:
            calibration, errors = calibrated(Extractor(output), list(read_polnear(calibrate)))
            write_calibration(calibration, output)
            _say(f"expected calibration error: attribution {errors['attribution']}, source {errors['source']}")


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("attribution-annotator"))
        raise typer.Exit


# --- parts of the commands --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _RunAsked:
    """What the options say of a run; None where they say nothing."""

    inputs: list[str]
    output: str | None
    to: str | None
    excel: bool
    fields: "Fields"
    given: dict[str, str]
    other_languages: OtherLanguage | None
    duplicates: Duplicates | None
    threads: int
    workers: int | None
    engine: Where
    address: str | None
    fresh: bool
    shard_articles: int | None
    limits: dict[str, Any]

    def clearly(self) -> bool:
        """Whether an option, an address, or what lies in the folder says that this is a run, whatever its size."""
        options = (self.workers, self.address, self.fresh, self.duplicates, self.shard_articles, self.limits)
        if any(options) or self.engine is not Where.LOCAL:
            return True
        if self.output is None:
            return False
        remote = any("://" in place for place in (self.output, *self.inputs))
        return remote or self.archives() or (Path(self.output) / "manifest.json").exists()

    def archives(self) -> bool:
        return any(place.lower().endswith((".warc", ".warc.gz")) for place in self.inputs)

    def may_be_one(self) -> bool:
        return self.output is not None and "-" not in self.inputs

    def settings(self) -> "Settings":
        from annotator.corpus import SHARD_ARTICLES, Limits, Settings

        formats = [name.strip() for name in (self.to or "parquet").split(",") if name.strip()]
        if unknown := [name for name in formats if name not in ("parquet", "jsonl")] or self.excel * ["--excel"]:
            _stop(
                f"{', '.join(unknown)}: a run writes Parquet, and records with --to jsonl; "
                "annotator export makes the other formats from those"
            )
        crawled = self.archives()
        return Settings(
            fields=self.fields,
            given=self.given,
            records="jsonl" in formats,
            other_languages=(self.other_languages or (OtherLanguage.SKIP if crawled else OtherLanguage.WARN)).value,
            duplicates=(self.duplicates or (Duplicates.SKIP if crawled else Duplicates.KEEP)).value,
            limits=Limits(**self.limits),
            threads=self.threads,
            shard_articles=self.shard_articles or SHARD_ARTICLES,
        )


def _run(asked: _RunAsked) -> NoReturn:
    from annotator.cli.progress import Progress, sentence
    from annotator.corpus import run

    if asked.output is None:
        _stop("a run needs a folder for its shards: -o DIR")
    settings = asked.settings()
    with _reporting(), Progress() as progress:
        engine = None
        if asked.engine is Where.RAY:
            from annotator.corpus import on_ray

            engine = on_ray(asked.address, asked.workers)
        try:
            summary = run(
                asked.inputs,
                asked.output,
                settings,
                workers=asked.workers or 1,
                engine=engine,
                fresh=asked.fresh,
                watcher=progress,
            )
        except KeyboardInterrupt:
            _stop(f"stopped. The same command goes on where this stopped in {asked.output}")
    _say(sentence(summary))
    raise typer.Exit(FAILED if summary.failures else 0)


def _formats(to: str) -> list[str]:
    known = ALL_FORMATS.split(",")
    wanted = [name.strip() for name in to.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        _stop(f"--to: no format {', '.join(unknown)}. Formats are: {', '.join(known)}")
    return wanted


def _load_annotator(threads: int) -> "Annotator":
    from annotator.pipeline import Annotator

    return Annotator(threads=threads)


def _annotated(
    articles: list["Article"], threads: int, failed: Callable[["Failure"], None]
) -> Iterator["AnnotatedArticle"]:
    from annotator.reading.read import Failure

    if not articles:
        return
    loaded = _load_annotator(threads)

    def on_failure(article: "Article", error: Exception) -> None:
        failed(Failure(article.article_id, f"cannot be annotated ({type(error).__name__}: {error})"))

    with _progress(len(articles)) as advance:
        for record in loaded.annotate_many(articles, on_failure):
            yield record
            advance()


def _in_english(
    articles: Iterable["Article"], what: OtherLanguage, failed: Callable[["Failure"], None]
) -> Iterator["Article"]:
    """Articles to annotate, with their language noted; what is done with others is the caller's choice."""
    from annotator.reading.read import Failure, language_of

    for article in articles:
        if what is OtherLanguage.IGNORE:
            yield article
            continue
        language = article.language or language_of(article.text)
        if language is None or language.lower().startswith("en"):
            yield article.model_copy(update={"language": language})
            continue
        note = f"the text looks like {language!r}; the annotator reads English"
        if what is OtherLanguage.SKIP:
            failed(Failure(article.article_id, f"{note}. Skipped, as asked"))
        else:
            _say(f"warning: {article.article_id}: {note}. --other-languages skip leaves it out")
            yield article.model_copy(update={"language": language})


def _print_records(records: Iterator["AnnotatedArticle"]) -> None:
    from annotator.formats.jsonl import dump

    for line in dump(records):
        sys.stdout.write(line if line.endswith("\n") else line + "\n")
        sys.stdout.flush()


def _write(records: list["AnnotatedArticle"], output: Path, formats: list[str], *, excel: bool) -> None:
    from annotator import formats as writers

    for path in writers.write(records, output, formats, excel=excel):
        _say(f"wrote {path}")


def _write_failures(failures: list["Failure"], output: Path) -> None:
    """List the failures of this run beside its results; an earlier run's list does not stay."""
    from annotator.storage import write_text

    path = output / "failures.jsonl"
    if failures:
        rows = ({"where": failure.where, "error": failure.error} for failure in failures)
        write_text(path, (json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        _say(f"{len(failures)} failed, listed in {path}")
    else:
        path.unlink(missing_ok=True)
