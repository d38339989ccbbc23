"""Commands across articles: who said it first, and did they say it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options as o
from annotator.cli.loading import annotator_with
from annotator.cli.terminal import check_writable, command, group, reporting, say, stop

if TYPE_CHECKING:
    from annotator.records import AnnotatedArticle

app = group("Across articles")
RECORDS = (".jsonl", ".jsonl.gz")
Places = Annotated[
    list[Path],
    typer.Argument(metavar="RECORDS", help="Records, result folders, or folders of runs.", show_default=False),
]
Identities = Annotated[
    Path | None, typer.Option(metavar="CSV", help="A people.csv that you corrected, or its folder; its identities win.")
]
Checked = Annotated[str, typer.Argument(metavar="ARTICLE", help="An article, or records.", show_default=False)]
Against = Annotated[
    list[str],
    typer.Option(metavar="ORIGINAL", help="A transcript, a statement or an article; give it again for each."),
]


@command(app, "annotator trace annotated/records.jsonl -o traced")
def trace(records: Places, output: o.Output, identities: Identities = None, excel: o.Excel = False) -> None:
    """Trace claims and sources across articles. Who told it first, who passed it on, what was lost."""
    from annotator.cli.progress import many
    from annotator.errors import MissingExtraError
    from annotator.formats.people import read_identities
    from annotator.storage import missing_shards
    from annotator.tracing.inputs import articles_of
    from annotator.tracing.working import working

    with reporting():
        check_writable(output)
        try:
            from annotator.tracing.results import write
            from annotator.tracing.tracing import trace as traced
        except ImportError as error:
            raise MissingExtraError("trace", "trace") from error
        given = read_identities(identities) if identities else None
        for place in records:
            if missing := missing_shards(place):
                say(f"{place}: the run is not finished, {missing} of its shards are not in this trace")
        with working(output, records) as folder:
            found = traced(articles_of(records), folder, given, resume=True)
        paths = write(found, output, excel=excel)
        told = many(len(found.groups), "claim"), many(len(found.stories), "story", "stories")
        say(f"{many(found.articles, 'article')}, {told[0]} told by several articles, {told[1]}")
        for path in paths:
            if not path.name.startswith("story-"):
                say(f"wrote {path}")


@command(app, "annotator check article.txt --against transcript.txt -o checked")
def check(
    article: Checked,
    against: Against,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar=o.FOLDER, help="Folder; JSON lines on stdout without it.")
    ] = None,
    excel: o.Excel = False,
    threads: o.Threads = 1,
) -> None:
    """Check quotations and paraphrases of an article against originals."""
    from annotator.tracing import check as checked
    from annotator.tracing import verdicts

    with reporting():
        if output is not None:
            check_writable(output)
        records = _records([article, *against], threads)
        originals = [record for place in against for record in records[place]]
        findings = [
            finding
            for record in records[article]
            for finding in checked(record, originals, _in_another_language(record, originals))
        ]
        if output is None:
            for finding in findings:
                typer.echo(verdicts.line(finding).encode())
            return
        for path in verdicts.write(findings, output, excel=excel):
            say(f"wrote {path}")


def _in_another_language(record: "AnnotatedArticle", originals: "list[AnnotatedArticle]") -> set[str]:
    """Ids of the originals that are in another language; of a few words it cannot be told."""
    from annotator.reading.language import told_language

    languages = {one.article.article_id: (told_language(one.article) or "")[:2].lower() for one in originals}
    own = (told_language(record.article) or "")[:2].lower()
    return {name for name, language in languages.items() if language and own and language != own}


def _records(places: list[str], threads: int) -> "dict[str, list[AnnotatedArticle]]":
    """The records of each place; what is no file of records is read as articles and annotated first."""
    from annotator.formats.jsonl import load
    from annotator.reading import read

    found: dict[str, list[AnnotatedArticle]] = {}
    annotator = None
    for place in places:
        if _has_records(Path(place)):
            found[place] = list(load(place))
            continue
        articles = list(read([place], on_failure=lambda failure: stop(f"{failure.where}: {failure.error}")))
        annotator = annotator or annotator_with(threads)
        found[place] = list(annotator.annotate_many(articles))
    return found


def _has_records(place: Path) -> bool:
    if place.is_dir():
        return (place / "records").is_dir() or any((place / f"records{suffix}").exists() for suffix in RECORDS)
    if not place.name.endswith(RECORDS) or not place.exists():
        return False
    from annotator.errors import AnnotatorError
    from annotator.formats.jsonl import load

    try:
        next(load(place), None)
    except AnnotatorError:
        return False  # articles as JSON lines
    return True
