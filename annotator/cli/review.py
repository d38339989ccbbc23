"""The commands `annotator review ...`: the round through Label Studio and back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options as o
from annotator.cli.keys import key_of
from annotator.cli.terminal import FAILED, check_writable, command, console, group, progress, reporting, say, stop

if TYPE_CHECKING:
    from annotator.records import AnnotatedArticle

app = group("Review in Label Studio: out, corrected, back, compared.")
VARIABLE = "LABEL_STUDIO_API_KEY"

Url = Annotated[
    str | None,
    typer.Option(
        metavar="URL", help="Address of the server.", envvar="LABEL_STUDIO_URL", show_default=False, callback=o.plain
    ),
]
Key = Annotated[
    str | None, typer.Option(metavar="KEY", help=f"A personal access token or a legacy token; better: {VARIABLE}.")
]
Project = Annotated[
    str,
    typer.Option(metavar="NAME", help="Title or number of the project.", show_default=False, callback=o.plain),
]
Reviews = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder that `annotator review pull` has written.", show_default=False)
]
Queue = Annotated[
    str,
    typer.Option(metavar="NAME", help="What people should see: all, uncertain, anonymous, chain or zero-claims."),
]
Reviewers = Annotated[
    int, typer.Option(metavar=o.NUMBER, help="How many people look at each article of a new project.", min=1)
]
Finished = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="Folder of `annotator review pull` or `merge`.", show_default=False),
]
HtmlReport = Annotated[Path | None, typer.Option(metavar=o.FILE, help="Write it as a page here.")]
Disagreements = Annotated[int, typer.Option(metavar=o.NUMBER, help="How many to print, the gravest first.", min=0)]
Examples = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="RECORDS",
        help="Files of records to review; without any, six example articles.",
        show_default=False,
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(metavar=o.FOLDER, help="Folder that keeps the reviews. Default: a folder of the user's data."),
]
Port = Annotated[
    int | None,
    typer.Option(metavar=o.NUMBER, help="Port of the server. Default: one that is free.", min=1, max=65535),
]
Trust = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", help="Reviewer whose word decides a tie; may be given several times, the first counts most."
    ),
]


@command(app, "annotator review push annotated/records.jsonl --project Elections --create")
def push(
    records: o.Records,
    project: Project,
    url: Url = None,
    api_key: Key = None,
    api_key_file: o.ApiKeyFile = None,
    create: Annotated[bool, typer.Option("--create", help="Make the project if there is none.")] = False,
    queue: Queue = "all",
    reviewers: Reviewers = 1,
) -> None:
    """Send records to Label Studio as drafts to correct. Each article once, with the newest machine's drafts."""
    from annotator.formats.jsonl import load
    from annotator.review.push import QUEUES
    from annotator.review.push import push as send

    with reporting():
        if queue not in QUEUES:
            stop(f"--queue: no queue {queue}. Queues are: {', '.join(QUEUES)}")
        loaded = [record for path in records for record in load(path)]
        with progress(len(loaded), "sending") as advance:
            done = send(
                loaded,
                url=url,
                api_key=key_of(api_key, api_key_file, VARIABLE),
                project=project,
                create=create,
                queue=queue,
                reviewers=reviewers,
                advance=advance,
            )
    for article_id in done.changed_texts:
        say(f"{article_id}: its text is not the one that is there, so it is a task of its own")
    if done.outdated:
        say(
            f"{done.outdated} other articles of the project have drafts of another version, which reviewers are not "
            "shown. Annotate them again and push them too"
        )
    say(f"{done.new} new, {done.updated} with new drafts, {done.known} there already, {done.left_out} left out")
    typer.echo(done.url)


@command(app, "annotator review pull --project Elections -o reviews")
def pull(
    output: o.Output,
    project: Project,
    url: Url = None,
    api_key: Key = None,
    api_key_file: o.ApiKeyFile = None,
    excel: o.Excel = False,
) -> None:
    """Fetch what reviewers did. Writes reviews.jsonl and machine.jsonl, and the claims and sources as tables."""
    from annotator.review.files import write
    from annotator.review.pull import pull as fetch

    with reporting():
        check_writable(output)
        pulled = fetch(url=url, api_key=key_of(api_key, api_key_file, VARIABLE), project=project)
        for path in write(pulled, output, excel=excel):
            say(f"wrote {path}")
    for link, problem in pulled.problems:
        say(f"{link}: {problem}")
    say(
        f"{len(pulled.reviews)} reviews of {len(pulled.machine)} of {pulled.tasks} articles; {pulled.skipped} skipped, "
        f"{pulled.drafts} begun and not submitted, {pulled.untouched} untouched, {len(pulled.problems)} problems"
    )
    raise typer.Exit(FAILED if pulled.problems else 0)


@command(app, "annotator review collect brat --from brat --records annotated --reviewer ana -o reviews")
def collect(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="Folder or file that the tool left.", show_default=False)
    ],
    output: o.Output,
    records: Annotated[
        list[Path],
        typer.Option(metavar="RECORDS", help="The records that were exported; again for more.", show_default=False),
    ],
    tool: Annotated[
        str,
        typer.Option("--from", metavar="TOOL", help="brat, inception, xmi, prodigy or doccano.", show_default=False),
    ],
    reviewer: Annotated[
        str, typer.Option(metavar="NAME", help="Who reviewed, where the tool does not say.", show_default=False)
    ],
    complete: Annotated[
        bool, typer.Option("--complete", help="Every article was looked at, those without a change too.")
    ] = False,
    excel: o.Excel = False,
) -> None:
    """Take back what people corrected in other tools. Writes what `pull` writes, for report, merge and gold."""
    from annotator.formats.jsonl import load
    from annotator.review.elsewhere import TOOLS
    from annotator.review.elsewhere import collect as take
    from annotator.review.files import write

    with reporting():
        if tool not in TOOLS:
            stop(f"--from: no way back from {tool}. There is one from: {', '.join(TOOLS)}")
        check_writable(output)
        loaded = [record for one in records for record in load(one)]
        collected = take(path, tool, loaded, reviewer=reviewer, complete=complete)
        for written in write(collected, output, excel=excel):
            say(f"wrote {written}")
    for place, problem in collected.problems:
        say(f"{place}: {problem}")
    say(
        f"{len(collected.reviews)} reviews of {len(collected.machine)} of {len(loaded)} articles; "
        f"{collected.untouched} untouched, {collected.missing} not there, {len(collected.problems)} problems"
    )
    raise typer.Exit(FAILED if collected.problems else 0)


@command(app, "annotator review report reviews --html report.html")
def report(
    reviews: Reviews,
    json_report: o.JsonReport = None,
    html: HtmlReport = None,
    disagreements: Disagreements = 10,
) -> None:
    """Compare machine and reviewers; the disagreements come first. Reviewers among themselves too."""
    from annotator.review import files
    from annotator.review.agreement import agreement
    from annotator.review.report import render, tables
    from annotator.storage import write_text

    with reporting():
        made = agreement(*files.read(reviews))
        for one in made.disagreements[:disagreements]:
            typer.echo(one.conflict() + "\n")
        if (more := len(made.disagreements) - disagreements) > 0:
            say(f"{more} more disagreements; --html or --json has them all")
        console().print(*tables(made), sep="\n")
        if json_report:
            write_text(json_report, [json.dumps(made.to_json(), ensure_ascii=False, indent=1), "\n"])
            say(f"wrote {json_report}")
        if html:
            say(f"wrote {write_text(html, [render(made)])}")


@command(app, "annotator review merge reviews -o final --trust Ada")
def merge(
    reviews: Reviews,
    output: o.Output,
    trust: Trust = None,
    excel: o.Excel = False,
) -> None:
    """Make one final version of each article. It is what most reviewers say; ties are listed in undecided.csv."""
    from annotator.review import files
    from annotator.review.merge import merge as merged
    from annotator.review.verdicts import reviewer_of

    with reporting():
        loaded, machine = files.read(reviews)
        names = {reviewer_of(record) for record in loaded}
        if unknown := [name for name in trust or () if name not in names]:
            stop(f"--trust: no review by {unknown[0]}. Reviewers are: {', '.join(sorted(names))}")
        check_writable(output)
        made = merged(loaded, machine, trust=trust or ())
        for path in files.write_merged(made, output, excel=excel):
            say(f"wrote {path}")
        say(f"{len(made.records)} articles, {len(made.undecided)} undecided")


@command(app, "annotator review gold final -o gold")
def gold(
    reviews: Finished,
    output: o.Output,
) -> None:
    """Turn reviews of complete articles into gold. It is what `annotator evaluate` and `annotator train` read."""
    from annotator.review import files
    from annotator.review import gold as making

    with reporting():
        loaded = files.read_any(reviews)
        kept = making.complete(loaded)
        if not kept:
            stop(f"{reviews}: none of the {len(loaded)} reviews says that its article is complete")
        check_writable(output)
        making.write(kept, output)
        say(f"wrote {len(kept)} articles into {output}; {len(loaded) - len(kept)} are not complete")
        say(f"annotator evaluate {output}/*.json measures on them; {output / making.ATTRIBUTIONS} trains the extractor")


@command(app, "annotator review demo")
def demo(
    records: Examples = None,
    data: Data = None,
    port: Port = None,
) -> None:
    """Try it: start a Label Studio of your own. It is installed at the first run (1 GB), with a few articles."""
    from annotator.review import demo as tried

    with reporting():
        reviewed = tried.records(records) if records else demo_articles()
        tried.demo(reviewed, data=data or tried.default_data(), port=port, say=say)


def demo_articles() -> "list[AnnotatedArticle]":
    """The articles of the package, annotated now."""
    from annotator.pipeline import Annotator
    from annotator.reading import read
    from annotator.review.demo import ARTICLES

    return list(Annotator().annotate_many(read([str(ARTICLES)])))
