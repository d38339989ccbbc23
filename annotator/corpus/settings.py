"""What decides the results of a run; workers and machines do not, and may change between two attempts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotator.reading import DEFAULT_FIELDS, Fields

SHARD_ARTICLES = 100  # at most; with long articles a shard has fewer


@dataclass(frozen=True)
class Limits:
    """What one article may take: characters, seconds, and megabytes of memory beyond those of the loaded model."""

    characters: int = 1_000_000
    seconds: float = 300.0
    megabytes: int = 4096

    @property
    def bytes(self) -> int:
        return self.megabytes << 20


@dataclass(frozen=True)
class Wish:
    """How a worker is to annotate articles; `lexicon` has the texts of the user's word lists by their names."""

    records: bool = False
    other_languages: str = "warn"
    threads: int = 1
    limits: Limits = Limits()
    lexicon: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What a run is asked to do.

    `duplicates` says what happens to an article whose text another had before it, `follow_links` whether links may lead
    out of an input folder, `lexicon` the texts of the user's word lists, which all machines get, by their names.
    """

    fields: Fields = DEFAULT_FIELDS
    given: Mapping[str, str] = field(default_factory=dict)
    records: bool = False
    other_languages: Literal["warn", "skip", "ignore"] = "warn"
    duplicates: Literal["keep", "skip"] = "keep"
    limits: Limits = field(default_factory=Limits)
    threads: int = 1
    shard_articles: int = SHARD_ARTICLES
    follow_links: bool = False
    lexicon: Mapping[str, str] = field(default_factory=dict)

    @property
    def wish(self) -> Wish:
        return Wish(self.records, self.other_languages, self.threads, self.limits, self.lexicon)


DEFAULT_SETTINGS = Settings()
