"""What a run came to: the lists of what failed and what was left out, and the figures, put together from the shards."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from annotator.corpus.plan import Task
from annotator.labels import AttributionMode
from annotator.reading import Failure
from annotator.records import AnnotatedArticle
from annotator.storage import Folder


@dataclass(frozen=True)
class Summary:
    """What a run came to; `anonymous` counts attributed claims whose source is anonymous, `without_outlet` articles."""

    articles: int = 0
    words: int = 0
    claims: int = 0
    attributed: int = 0
    anonymous: int = 0
    sources: int = 0
    without_outlet: int = 0
    failures: int = 0
    skipped: int = 0
    warnings: int = 0

    @classmethod
    def of(cls, records: Iterable[AnnotatedArticle]) -> "Summary":
        """The figures of records; nothing is said of what failed."""
        counts: Counter[str] = Counter()
        for record in records:
            counts.update(figures_of(record))
        return cls(**counts)

    @property
    def anonymous_share(self) -> float | None:
        return self.anonymous / self.attributed if self.attributed else None


FIGURES = ("articles", "words", "claims", "attributed", "anonymous", "sources", "without_outlet")


def figures_of(record: AnnotatedArticle) -> dict[str, int]:
    """What a `Summary` counts of one article, by the names of `FIGURES`."""
    attributed = [claim for claim in record.claims if claim.attribution is not AttributionMode.UNATTRIBUTED]
    return {
        "articles": 1,
        "words": sum(1 for _ in re.finditer(r"\S+", record.article.text)),
        "claims": len(record.claims),
        "attributed": len(attributed),
        "anonymous": sum(record.source_of(claim).anonymous for claim in attributed),
        "sources": len(record.sources),
        "without_outlet": int(not record.article.publisher),
    }


def put_together(folder: Folder, shards: Sequence[Task], left_out: Sequence[Failure] = ()) -> Summary:
    """Write the lists (failures, skipped, warnings) and `summary.json` from what the shards say of themselves.

    `left_out` are files that were never read.
    """
    counts: Counter[str] = Counter()
    failures = [{"where": one.where, "error": str(one.error)} for one in left_out]
    skipped, warnings = [], []
    for name in (task["shard"] for task in shards):
        done = folder.read_json(f"done/{name}.json")
        for about in (folder.read_json(f"articles/{name}.json"), done):
            failures += about["failures"]
            skipped += about["skipped"]
            warnings += about.get("warnings", [])
        counts.update({key: value for key, value in done.items() if isinstance(value, int)})
    summary = Summary(**counts, failures=len(failures), skipped=len(skipped), warnings=len(warnings))
    _write_rows(folder, "failures.jsonl", failures)
    _write_rows(folder, "skipped.jsonl", skipped)
    _write_rows(folder, "warnings.jsonl", warnings)
    folder.write_json("summary.json", asdict(summary) | {"anonymous_share": summary.anonymous_share})
    return summary


def _write_rows(folder: Folder, name: str, rows: Sequence[dict[str, str]]) -> None:
    """Write a list of this run; an earlier run's list does not stay."""
    if rows:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        folder.write(name, lines.encode("utf-8", "replace"))
    else:
        folder.remove(name)
