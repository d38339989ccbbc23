"""`annotator evaluate`: how good it is."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options as o
from annotator.cli.loading import annotator_with, lexicon_of
from annotator.cli.terminal import command, console, group, reporting, stop

if TYPE_CHECKING:
    from annotator.evaluation import Report
    from annotator.records import AnnotatedArticle

app = group("Measure")

Earlier = Annotated[
    Path | None, typer.Option(metavar=o.FILE, help="An earlier --json report: list gains and losses against it.")
]
ListErrors = Annotated[bool, typer.Option("--list", help="List every error, sentence by sentence.")]
OracleSpans = Annotated[
    bool, typer.Option(help="Give the gold's cues, mentions and contents: measures sources and chains alone.")
]
Totals = Annotated[
    bool, typer.Option("--totals", help="Totals only, no article and no error: for gold that is to stay unread.")
]


@command(app, "annotator evaluate tests/gold --json report.json")
def evaluate(
    gold: o.Gold,
    json_report: o.JsonReport = None,
    errors: Earlier = None,
    list_errors: ListErrors = False,
    oracle_spans: OracleSpans = False,
    totals: Totals = False,
    lexicon: o.LexiconFolder = None,
) -> None:
    """Measure the annotator on gold. Claims, sources, anonymity, chains, attributions."""
    from annotator import evaluation
    from annotator.storage import write_text

    with reporting():
        if totals and (list_errors or errors is not None):
            stop("--totals tells of no article: leave out --list and --errors")
        if json_report is not None and not evaluation.may_be_written(json_report):
            stop(f"{json_report}: is there and is no report of an evaluation. --json takes a file to write")
        report = _measured(gold, lexicon, oracle_spans=oracle_spans)
        report = report.totals() if totals else report
        console().print(report.table())
        for line in report.errors() if list_errors else ():
            typer.echo(line)
        for line in report.compare(json.loads(errors.read_text(encoding="utf-8"))) if errors is not None else ():
            typer.echo(line)
        if json_report is not None:
            write_text(json_report, [json.dumps(report.to_json(), ensure_ascii=False, indent=1), "\n"])


def _measured(gold: list[Path], lexicon: Path | None, *, oracle_spans: bool) -> "Report":
    from annotator import evaluation
    from annotator.records import Article

    loaded = annotator_with(1, lexicon_of(lexicon))

    def annotate(text: str, publisher: str | None = None, title: str | None = None) -> "AnnotatedArticle":
        return loaded.annotate(Article(article_id="gold", text=text, publisher=publisher, title=title))

    return evaluation.evaluate(gold, annotate, oracle=evaluation.oracle_of(loaded) if oracle_spans else None)
