"""Arguments and options, so that a command's signature is a list of names."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

ALL_FORMATS = "jsonl,csv,label-studio,html"
# Of other annotation tools, and of the web of data and of libraries: docs/standards.md.
TOOL_FORMATS = "brat,inception,xmi,webanno-tsv,prodigy,doccano,argilla,spacy,conll"
WEB_FORMATS = "web-annotation,schema-org,tei,prov,citron"
KNOWN_FORMATS = f"{ALL_FORMATS},xlsx,{TOOL_FORMATS},{WEB_FORMATS}"
RUN_FROM = 1000  # articles above which a report in one page, and a task list in one file, serve nobody
FILE, FOLDER, NUMBER, WORDS = "FILE", "DIR", "N", "TEXT"


class OtherLanguage(StrEnum):
    """What to do with an article that is not in English."""

    WARN = "warn"
    SKIP = "skip"
    IGNORE = "ignore"


class Naming(StrEnum):
    """Where the outlet's name stands, if nobody says it."""

    FOLDER = "folder"


class Duplicates(StrEnum):
    """What a run does with an article whose text another article had before it."""

    KEEP = "keep"
    SKIP = "skip"


class Where(StrEnum):
    """Where a run does its work."""

    LOCAL = "local"
    RAY = "ray"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files, folders, globs, the address of a page, or - for stdin: text, HTML, MHTML, Markdown, Word, PDF, "
        "RTF, ODT, EPUB, mail, CSV, TSV, Excel, JSON, JSON lines, formats of the wire (NITF, NewsML-G2, ninjs, RSS, "
        "Atom), Parquet, Arrow, WARC; exports of Nexis, Factiva, Europresse, ProQuest, Event Registry, NewsAPI, "
        "Media Cloud, GDELT (docs/formats.md); also .gz, and .zst of JSON lines.",
        show_default=False,
    ),
]
Records = Annotated[
    list[Path],
    typer.Argument(
        metavar="RECORDS",
        help="Files of records, folders of results or of a run, or - for stdin.",
        show_default=False,
    ),
]
Gold = Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold files or folders.", show_default=False)]
Run = Annotated[
    str, typer.Argument(metavar="RUN", help="Folder of a run, or of the results of a few articles.", show_default=False)
]
Corpus = Annotated[Path, typer.Argument(metavar="CORPUS", help="PolNeAR train as JSON lines, gzip or plain.")]
SchemaFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to.")]

OutputOrStdout = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar=FOLDER, help="Folder for the results; JSONL on stdout without it."),
]
Output = Annotated[
    Path, typer.Option("-o", "--output", metavar=FOLDER, help="Folder for the results.", show_default=False)
]
To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FORMATS",
        help=f"{ALL_FORMATS} (these without --to), xlsx, {TOOL_FORMATS}, {WEB_FORMATS}, "
        "separated by commas; of a run parquet,jsonl,csv.",
    ),
]
JsonReport = Annotated[Path | None, typer.Option("--json", metavar=FILE, help="Write the whole report here.")]
Formats = Annotated[
    str, typer.Option("--to", metavar="FORMATS", help=f"{KNOWN_FORMATS.replace(',', ', ')}, separated by commas.")
]
Excel = Annotated[bool, typer.Option("--excel", help="CSV for Excel: with a byte order mark, formulas disarmed.")]
Threads = Annotated[int, typer.Option(metavar=NUMBER, help="Threads of the extractor.", min=1)]

LexiconFolder = Annotated[
    Path | None,
    typer.Option("--lexicon", metavar=FOLDER, help="Folder with your own words, added to ours: see annotator lexicon."),
]


def plain(value: str | None) -> str | None:
    """What was typed as text; bytes that are none are refused: they would get into records, addresses and headers."""
    try:
        # Python hides bytes that its locale cannot read behind surrogates: here they come out again.
        return value and value.encode(errors="surrogateescape").decode()
    except UnicodeError:
        raise typer.BadParameter("these bytes are no text (UTF-8)") from None


# What is known of the articles besides their text
def _known(what: str) -> Any:
    return typer.Option(metavar=WORDS, help=what, callback=plain)


Publisher = Annotated[str | None, _known("Who published the articles.")]
PublisherFrom = Annotated[
    Naming | None, typer.Option(help="folder: the outlet is called as the folder of its file (news/Harbour_Gazette/).")
]
Published = Annotated[str | None, _known("When they were published.")]
Url = Annotated[str | None, _known("Where they were published.")]
OtherLanguages = Annotated[
    OtherLanguage | None,
    typer.Option(help="Articles that are not in English: warn and go on, skip (web archives), or ignore."),
]


# Which field of a table or of a JSON object holds what
def _column(what: str) -> Any:
    return typer.Option(metavar="NAME", help=f"Field with the {what}.", callback=plain)


IdColumn = Annotated[str, _column("article's id")]
TextColumn = Annotated[str, _column("article's text")]
TitleColumn = Annotated[str, _column("headline")]
PublisherColumn = Annotated[str, _column("publisher")]
BylineColumn = Annotated[str, _column("author")]
UrlColumn = Annotated[str, _column("address")]
PublishedColumn = Annotated[str, _column("date")]
LanguageColumn = Annotated[str, _column("language code")]

FollowLinks = Annotated[bool, typer.Option("--follow-links", help="Follow links that lead out of an input folder.")]

Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing, an address among the inputs neither.")]

# Runs
AsRun = Annotated[
    bool | None,
    typer.Option(
        "--run/--no-run",
        help=f"A run: shards that survive a kill (docs/scale.md). So it is above {RUN_FROM} articles.",
    ),
]
Workers = Annotated[int | None, typer.Option(metavar=NUMBER, help="Of a run: processes, or actors of Ray.", min=1)]
Engine = Annotated[Where, typer.Option(help="Of a run: this machine, or a Ray cluster (extra: cluster).")]
Address = Annotated[str | None, typer.Option(metavar="ADDRESS", help="The Ray cluster; a local one without it.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Start the run in DIR anew.")]
DuplicateTexts = Annotated[
    Duplicates | None,
    typer.Option("--duplicates", help="Of a run: articles with the same text: keep, or skip (web archives)."),
]
ShardArticles = Annotated[int | None, typer.Option(metavar=NUMBER, help="Most articles of a shard.", min=1)]
Timeout = Annotated[float | None, typer.Option(metavar="SECONDS", help="Of a run: time for an article.", min=1)]
Memory = Annotated[int | None, typer.Option(metavar="MB", help="Of a run: memory for an article.", min=64)]
MaxCharacters = Annotated[int | None, typer.Option(metavar=NUMBER, help="Of a run: length of an article.", min=1)]

# Keys are seldom words of a command: whoever lists the processes of the machine would read them
ApiKeyFile = Annotated[
    Path | None, typer.Option(metavar=FILE, help="File with the key, readable by you alone; - asks for it.")
]
