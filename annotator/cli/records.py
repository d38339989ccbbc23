"""Commands about records that are there: other formats, checks, the contract, and what a run comes to."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import options as o
from annotator.cli.loading import formats_of
from annotator.cli.terminal import FAILED, check_writable, command, group, reporting, say, stop

app = group("Records")


@command(app, "annotator export annotated/records.jsonl -o tables --to csv --excel")
def export(records: o.Records, output: o.Output, to: o.Formats = o.ALL_FORMATS, excel: o.Excel = False) -> None:
    """Write other formats from records, without running the model."""
    from annotator import formats as writers
    from annotator.formats.jsonl import load

    formats = formats_of(to)
    with reporting():
        loaded = [record for path in records for record in load(path)]
        check_writable(output)
        for path in writers.write(loaded, output, formats, excel=excel):
            say(f"wrote {path}")


@command(app, "annotator verify annotated/records.jsonl")
def verify(records: o.Records) -> None:
    """Check records: every span, every id, every label."""
    from annotator.formats.jsonl import check

    with reporting():
        found = 0
        for path in records:
            for problem in check(path):
                found += 1
                typer.echo(problem)
    if found:
        say(f"{found} problem{'s' if found > 1 else ''} found")
        raise typer.Exit(FAILED)
    say("all records are sound")


@command(app, "annotator summarize run -o summary")
def summarize(
    run: o.Run,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar=o.FOLDER, help="Folder for the tables and the page; RUN/summary without it."
        ),
    ] = None,
    identities: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="The people.csv of a trace, or its folder; sources are its identities."),
    ] = None,
    excel: o.Excel = False,
) -> None:
    """Summarize a run: who is quoted, where, how openly, when. CSV, and one page with plots."""
    from annotator.corpus import summarize as summary_of
    from annotator.formats.people import read_identities
    from annotator.storage import is_remote

    if output is None and is_remote(run):
        stop("-o DIR: name a folder of this machine for the summary of a run that lies elsewhere")
    with reporting():
        given = read_identities(identities) if identities else None
        for path in summary_of(run, output or Path(run) / "summary", excel=excel, identities=given):
            say(f"wrote {path}")


@command(app, "annotator codebook -o manual --to html,md")
def codebook(
    output: o.Output,
    records: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="RECORDS",
            help="Records to take the examples from; without any, six articles of the package.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="FORMATS", help="html, md, separated by commas.")] = "html,md",
) -> None:
    """Write the labels as a coding manual. Each with its meaning and examples; versioned, to be cited and printed."""
    from annotator.formats import codebook as book
    from annotator.formats.jsonl import load

    wanted = [name.strip() for name in to.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in book.FORMATS]:
        stop(f"--to: no format {', '.join(unknown)}. Formats are: {', '.join(book.FORMATS)}")
    with reporting():
        loaded = [record for path in records or () for record in load(path)]
        check_writable(output)
        for path in book.write(loaded, output, wanted):
            say(f"wrote {path}")


@command(app, "annotator schema schemas")
def schema(folder: o.SchemaFolder = Path("schemas")) -> None:
    """Write the contract of records, tables and tasks. JSON Schema, table schemas, Label Studio configuration."""
    from annotator.formats import contract

    with reporting():
        for path in contract.write(folder):
            say(f"wrote {path}")
