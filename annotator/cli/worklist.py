"""The commands `annotator worklist ...`: articles into the file that people work in, what needs them, and out again."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options as o
from annotator.cli.loading import formats_of
from annotator.cli.terminal import PlainCommand, check_writable, command, group, reporting, say, stop

if TYPE_CHECKING:
    from annotator.records import AnnotatedArticle

app = group("A worklist: claims to check and to correct, in one file.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The worklist.", show_default=False)]
Into = Annotated[Path, typer.Option("--file", metavar="FILE", help="The worklist; made if there is none.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who adds them. Default: who is logged in.")]
QueueOption = Annotated[
    str,
    typer.Option(
        "--queue",
        metavar="NAME",
        help="Which claims: all, open, needs_review, anonymous, chain, checkworthy, predictions, with_verdict, "
        "without_verdict, rejected.",
    ),
]
Search = Annotated[str, typer.Option(metavar=o.WORDS, help="Only those whose words, source or chain hold this.")]
Limit = Annotated[int, typer.Option(metavar=o.NUMBER, help="How many at most.", min=1)]


@command(app, "annotator worklist add annotated/records.jsonl --file desk.worklist")
def add(records: o.Records, file: Into, by: By = None) -> None:
    """Add articles to a worklist. Those that are there already stay as they are, with all that was done to them.

    A folder of `annotator worklist export` or `annotator review pull` comes with what its reviewers did.
    """
    from annotator.formats.jsonl import load
    from annotator.worklist import Worklist, folders

    with reporting():
        loaded: list[AnnotatedArticle] = []
        machines: dict[str, AnnotatedArticle] = {}
        for path in records:
            if folders.holds_reviews(path):
                reviews, machine = folders.read(path)
                loaded += reviews
                machines |= machine
            else:
                loaded += load(path)
        with Worklist(file) as worklist:
            new = worklist.add_all(loaded, by or getpass.getuser(), machines=machines)
        say(f"{new} added to {file}, {len(loaded) - new} there already")


@app.command("list", cls=PlainCommand, epilog="Example: annotator worklist list desk.worklist --queue checkworthy")
def list_claims(file: File, queue: QueueOption = "all", search: Search = "", limit: Limit = 20) -> None:
    """Print the claims that need a person most, and why."""
    from annotator.worklist import Queue, Worklist

    with reporting():
        if queue not in list(Queue):
            stop(f"--queue: no queue {queue}. Queues are: {', '.join(Queue)}")
        with Worklist(file, create=False) as worklist:
            page = worklist.claims(queue=Queue(queue), search=search, limit=limit)
        for row in page.rows:
            typer.echo(f"{row.article_id} {row.claim_id}  {' '.join(row.text.split())}")
            said = [" > ".join(row.chain), *row.why, *([f"verdict: {row.verdict}"] if row.verdict else [])]
            typer.echo(f"    {'; '.join(' '.join(part.split()) for part in said)}")
        say(f"{len(page.rows)} of {page.total} claims")


@command(app, "annotator worklist export desk.worklist -o reviews --to html,xlsx")
def export(file: File, output: o.Output, to: o.Formats = "csv", excel: o.Excel = False) -> None:
    """Write what was done, also while others work. It is what `annotator review report`, `merge` and `gold` read."""
    from annotator.worklist import Worklist

    formats = formats_of(to)
    with reporting(), Worklist(file, create=False) as worklist:
        check_writable(output)
        for path in worklist.export(output, formats, excel=excel):
            say(f"wrote {path}")
