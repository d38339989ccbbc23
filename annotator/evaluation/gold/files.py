"""Gold files, folders and patterns: which form each file has, and what is wrong with one that has none."""

import glob
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from annotator.errors import InputError
from annotator.evaluation.gold.articles import Form, GoldArticle, GoldSet
from annotator.evaluation.gold.attributions import attribution_article
from annotator.evaluation.gold.claims import CLAIM_FORMAT, claim_article
from annotator.evaluation.gold.rows import rows_of
from annotator.evaluation.gold.sources import PolnearTexts, source_article

T = TypeVar("T")
SUFFIXES = (".json", ".jsonl", ".jsonl.gz")
FORMS = "claim gold, resolved sources, PolNeAR or GUM news attributions"


def read_gold(paths: Iterable[str | Path], *, texts: Path | None = None) -> list[GoldSet]:
    """Read each file, folder or glob pattern as a set; one that holds several forms becomes a set for each.

    `texts` is the PolNeAR file with the texts of resolved sources; without it, PolNeAR dev and train are looked for
    in every folder above the gold and in `corpora` there.
    Raises InputError for a path without gold, for what is no gold, and where a text is missing or was changed.
    """
    sets = []
    known = PolnearTexts(texts)
    for path in paths:
        by_form: defaultdict[Form, list[GoldArticle]] = defaultdict(list)
        for file in _files(path):
            form, articles = _read_file(file, known)
            by_form[form] += articles
        sets += [GoldSet(str(path), form, tuple(articles)) for form, articles in by_form.items()]
    return sets


def _files(path: str | Path) -> list[Path]:
    place = Path(path)
    if place.is_file():
        return [place]
    if place.is_dir():
        found = sorted(file for file in place.rglob("*") if file.is_file() and file.name.endswith(SUFFIXES))
    else:
        found = sorted(Path(name) for name in glob.glob(str(path), recursive=True) if name.endswith(SUFFIXES))  # noqa: PTH207 (absolute patterns)
    if not found:
        raise InputError(f"{path}: no gold there. Give a file, a folder or a pattern of {', '.join(SUFFIXES)} files")
    return found


def _read_file(path: Path, texts: PolnearTexts) -> tuple[Form, Sequence[GoldArticle]]:
    rows = rows_of(path)
    first = rows[0] if rows else None
    if not isinstance(first, dict):
        raise InputError(f"{path}: not a gold file: it begins with no JSON object. Known are {FORMS}")
    if first.get("format") == CLAIM_FORMAT:
        return "claims", [_guarded(path, "", claim_article, path, first)]
    if "doc_id" in first and isinstance(first.get("attributions"), list) and "text" not in first:
        return "sources", [_guarded(path, "", source_article, path, first, texts)]
    if isinstance(first.get("text"), str) and isinstance(first.get("attributions"), list):
        return "attributions", [
            _guarded(path, f", line {n}", attribution_article, row) for n, row in enumerate(rows, 1)
        ]
    raise InputError(f"{path}: an unknown form of gold with the fields {', '.join(first)}. Known are {FORMS}")


def _guarded(path: Path, place: str, read: Callable[..., T], *arguments: Any) -> T:
    """What `read` returns; a field that is missing or of the wrong kind becomes an InputError."""
    try:
        return read(*arguments)
    except KeyError as error:
        raise InputError(f"{path}{place}: the gold lacks the field {error}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path}{place}: the gold does not have the fields of its form: {error}") from None
