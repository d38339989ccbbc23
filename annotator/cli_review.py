"""The commands `annotator review ...`: the round through Label Studio and back."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.terminal import FAILED, check_writable, progress, reporting, say, stop

app = typer.Typer(no_args_is_help=True, help="Review in Label Studio: out, corrected by people, back, compared.")


Url = Annotated[str | None, typer.Option(help="Address of the server.", envvar="LABEL_STUDIO_URL", show_default=False)]
Key = Annotated[
    str | None,
    typer.Option(help="API key: a personal access token or a legacy token.", envvar="LABEL_STUDIO_API_KEY"),
]
Project = Annotated[str, typer.Option(help="Title or number of the project.", show_default=False)]
Reviews = Annotated[Path, typer.Argument(help="Folder that `annotator review pull` has written.", show_default=False)]


@app.command()
def push(
    records: Annotated[list[Path], typer.Argument(help="Files of records; - for stdin.", show_default=False)],
    project: Project,
    url: Url = None,
    api_key: Key = None,
    create: Annotated[bool, typer.Option(help="Make the project if there is none.")] = False,
    queue: Annotated[
        str, typer.Option(help="What people should see: all, uncertain, anonymous, chain or zero-claims.")
    ] = "all",
    reviewers: Annotated[int, typer.Option(help="How many people look at each article of a new project.", min=1)] = 1,
) -> None:
    """Send records to Label Studio: each article once, the newest machine's drafts to correct."""
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
                api_key=api_key,
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


@app.command()
def pull(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the reviews.", show_default=False)],
    project: Project,
    url: Url = None,
    api_key: Key = None,
    excel: Annotated[bool, typer.Option(help="CSV for Excel: byte order mark, guarded cells.")] = False,
) -> None:
    """Fetch what reviewers did: reviews.jsonl and machine.jsonl, and the claims and sources as tables."""
    from annotator.review.files import write
    from annotator.review.pull import pull as fetch

    with reporting():
        check_writable(output)
        pulled = fetch(url=url, api_key=api_key, project=project)
        for path in write(pulled, output, excel=excel):
            say(f"wrote {path}")
    for link, problem in pulled.problems:
        say(f"{link}: {problem}")
    say(
        f"{len(pulled.reviews)} reviews of {len(pulled.machine)} of {pulled.tasks} articles; {pulled.skipped} skipped, "
        f"{pulled.drafts} begun and not submitted, {pulled.untouched} untouched, {len(pulled.problems)} problems"
    )
    raise typer.Exit(FAILED if pulled.problems else 0)


@app.command()
def demo(
    records: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of records to review; without any, six example articles.", show_default=False),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps the reviews. Default: a folder of the user's data.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port of the server. Default: one that is free.", min=1, max=65535)
    ] = None,
) -> None:
    """Try it: start a Label Studio of your own with a few articles; it is installed at the first run (1 GB)."""
    from annotator import demo as tried

    with reporting():
        reviewed = tried.records(records or ())
        tried.demo(reviewed, data=data or tried.default_data(), port=port, say=say)
