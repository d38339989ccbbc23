"""What the options of `annotator annotate` ask for, and a run of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from annotator.cli.loading import lexicon_of
from annotator.cli.options import Duplicates, OtherLanguage, Where
from annotator.cli.terminal import FAILED, UNUSABLE, reporting, say, stop
from annotator.storage import MANIFEST

if TYPE_CHECKING:
    from annotator.corpus import Settings
    from annotator.reading import Fields

ARCHIVES = (".warc", ".warc.gz")


@dataclass(frozen=True)
class Asked:
    """The options by what they are about; None where they say nothing."""

    inputs: list[str]
    output: str | None
    to: str | None
    excel: bool
    follow_links: bool
    offline: bool
    fields: "Fields"
    given: dict[str, str]
    other_languages: OtherLanguage | None
    duplicates: Duplicates | None
    lexicon: Path | None
    threads: int
    workers: int | None
    engine: Where
    address: str | None
    fresh: bool
    shard_articles: int | None
    limits: dict[str, Any]

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> "Asked":
        """From the options of the command by their names."""
        from annotator.reading import Fields

        columns = {name.removesuffix("_column"): value for name, value in options.items() if name.endswith("_column")}
        limits = {"characters": "max_characters", "seconds": "timeout", "megabytes": "memory"}
        names = (
            "inputs",
            "output",
            "to",
            "excel",
            "follow_links",
            "offline",
            "other_languages",
            "duplicates",
            "lexicon",
            "threads",
            "workers",
            "engine",
        )
        return cls(
            **{name: options[name] for name in (*names, "address", "fresh", "shard_articles")},
            fields=Fields(**columns),
            given={
                name: options[name] for name in ("publisher", "publisher_from", "published", "url") if options[name]
            },
            limits={limit: options[name] for limit, name in limits.items() if options[name] is not None},
        )

    def clearly(self) -> bool:
        """Whether an option, an address, or what lies in the folder says that this is a run, whatever its size."""
        options = (self.workers, self.address, self.fresh, self.duplicates, self.shard_articles, self.limits)
        if any(options) or self.engine is not Where.LOCAL:
            return True
        if self.output is None:
            return False
        pages = ("http://", "https://")  # a page that the user typed is no place of a corpus
        remote = any("://" in place for place in (self.output, *self.inputs) if not place.lower().startswith(pages))
        return remote or self.archives() or (Path(self.output) / MANIFEST).exists()

    def archives(self) -> bool:
        return any(place.lower().endswith(ARCHIVES) for place in self.inputs)

    def may_be_one(self) -> bool:
        return self.output is not None and "-" not in self.inputs and not any("://" in one for one in self.inputs)

    def settings(self) -> "Settings":
        from annotator.corpus import SHARD_ARTICLES, Limits, Settings

        formats = [name.strip() for name in (self.to or "parquet").split(",") if name.strip()]
        if unknown := [name for name in formats if name not in ("parquet", "jsonl", "csv")] or self.excel * ["--excel"]:
            stop(
                f"{', '.join(unknown)}: a run writes Parquet, and with --to jsonl,csv records and CSV; "
                "annotator export RUN makes csv, xlsx, html and the others from those"
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
            follow_links=self.follow_links,
            lexicon=lexicon_of(self.lexicon).texts,
        )


def run(asked: Asked) -> NoReturn:
    """Do the run and leave with its exit status."""
    from annotator.cli.progress import Progress, outlets_missing, sentence
    from annotator.corpus import on_ray, write_csv
    from annotator.corpus import run as do

    if asked.output is None:
        stop("a run needs a folder for its shards: -o DIR")
    with reporting():
        settings = asked.settings()
    with reporting(), Progress() as progress:
        engine = on_ray(asked.address, asked.workers) if asked.engine is Where.RAY else None
        try:
            summary = do(
                asked.inputs,
                asked.output,
                settings,
                workers=asked.workers or 1,
                engine=engine,
                fresh=asked.fresh,
                watcher=progress,
            )
        except KeyboardInterrupt:
            stop(f"stopped. The same command goes on where this stopped in {asked.output}")
    say(sentence(summary))
    if missing := outlets_missing(summary.without_outlet, summary.articles):
        say(missing)
    if "csv" in (asked.to or "") and summary.articles:
        with reporting():
            for path in write_csv(asked.output):
                say(f"wrote {path}")
    if settings.records:
        say(f"other formats: annotator export {asked.output} -o tables --to xlsx,html,label-studio")
    raise typer.Exit(UNUSABLE if not summary.articles else FAILED if summary.failures else 0)
