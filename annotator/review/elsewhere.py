"""What people corrected in brat, INCEpTION, Prodigy or doccano, as records: the contract of Label Studio's way back.

A tool may hold less than was drawn. So what it was given is read by the same code as what came back, and only what
differs between the two counts as a person's word; all else stays what the machine had.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from annotator.errors import InputError, MissingExtraError
from annotator.formats.tools import brat, doccano, inception, prodigy, xmi
from annotator.formats.tools.marks import Arrow, Graph, Mark, results, shown
from annotator.formats.tools.naming import named
from annotator.labels import ArticleStatus
from annotator.records import AnnotatedArticle, ArticleReview
from annotator.review.corrections import corrected
from annotator.review.regions import Page
from annotator.review.verdicts import judged

Lines = Callable[[Mapping[str, Any]], Any]
# Cases of a project export of INCEpTION that are nobody's own: what was imported.
_NOBODY = "INITIAL_CAS"


class Left(NamedTuple):
    """What lies in a folder of an article: where, by whom if the tool says so, and its text."""

    place: str
    reviewer: str | None
    content: str


class Tool(NamedTuple):
    """A tool with a way back: its module, and either the ending of its files or what names the article of a line."""

    module: ModuleType
    ending: str | None = None
    article_of: Lines | None = None


TOOLS: dict[str, Tool] = {
    "brat": Tool(brat, ending=".ann"),
    "inception": Tool(inception, ending=".json"),
    "xmi": Tool(xmi, ending=".xmi"),
    "prodigy": Tool(prodigy, article_of=lambda line: (line.get("meta") or {}).get("article_id")),
    "doccano": Tool(doccano, article_of=lambda line: line.get("article_id")),
}


@dataclass
class Collected:
    """What came back: a record for each review, the machine's of each of these articles, and what is left aside."""

    reviews: list[AnnotatedArticle] = field(default_factory=list)
    machine: list[AnnotatedArticle] = field(default_factory=list)
    untouched: int = 0
    missing: int = 0  # articles of which the folder has nothing
    problems: list[tuple[str, str]] = field(default_factory=list)  # where, what is wrong


def collect(
    path: Path, tool: str, records: Sequence[AnnotatedArticle], *, reviewer: str, complete: bool = False
) -> Collected:
    """Read what a tool left of the records that it was given.

    An article that nobody changed counts as reviewed only where `complete` says that all were looked at.

    Raises InputError where there is no such file or folder, or nothing of these records in it.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder. Name what the tool has exported")
    collected = Collected()
    left = dict(_left(path, TOOLS[tool], records, collected))
    for record in records:
        found = left.get(record.article.article_id, [])
        collected.missing += not found
        reviews = [_review(TOOLS[tool].module, record, one, reviewer, complete, collected) for one in found]
        if any(reviews):
            collected.machine.append(shown(record))
            collected.reviews += [review for review in reviews if review]
    if collected.missing == len(records):
        raise InputError(f"{path}: has nothing of these {len(records)} articles in the form of {tool}")
    return collected


def _left(
    path: Path, tool: Tool, records: Sequence[AnnotatedArticle], collected: Collected
) -> Iterator[tuple[str, list[Left]]]:
    """What there is of each article, by its id."""
    if tool.article_of is not None:
        yield from _lines(path, tool.article_of, collected).items()
        return
    files = [path] if path.is_file() else sorted(path.rglob(f"*{tool.ending}"))
    for stem, record in named(records):
        if (told := _other_text(files, stem, record)) is not None:
            collected.problems.append(
                (str(told), "is not the text that was exported; its annotations cannot be placed")
            )
            continue
        own = [file for file in files if file.is_file() and file.stem == stem]
        # INCEpTION's export of a project: a folder an article, a file a person.
        of_people = [file for file in files if file.is_file() and file.parent.stem == stem and file.stem != _NOBODY]
        found = [Left(str(file), None, _content(file)) for file in own]
        found += [Left(str(file), file.stem, _content(file)) for file in of_people]
        if found:
            yield record.article.article_id, found


def _other_text(files: Sequence[Path], stem: str, record: AnnotatedArticle) -> Path | None:
    """The text beside the annotations of brat where it was changed."""
    texts = [file.with_suffix(".txt") for file in files if file.stem == stem and file.suffix == ".ann"]
    return next((one for one in texts if one.is_file() and _content(one) != shown(record).article.text), None)


def _lines(path: Path, article_of: Lines, collected: Collected) -> dict[str, list[Left]]:
    """The lines of a JSONL file, or of those in a folder, by article; what a person rejected in Prodigy is left out."""
    found: dict[str, list[Left]] = defaultdict(list)
    files = [path] if path.is_file() else sorted(path.rglob("*.jsonl"))
    for file in files:
        person = file.stem if len(files) > 1 else None  # doccano exports a file a person
        for number, line in enumerate(_content(file).split("\n"), 1):
            place = f"{file}, line {number}"
            try:
                value = json.loads(line) if line.strip() else {}
            except (ValueError, RecursionError) as error:
                collected.problems.append((place, f"not JSON: {error}"))
                continue
            if not isinstance(value, dict) or value.get("answer", "accept") != "accept":
                collected.problems.append((place, "was not accepted, and is left out"))
            elif (article_id := article_of(value)) is not None:
                found[str(article_id)].append(Left(place, person, line))
    return found


def _content(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read: {error}") from error


def _review(
    module: ModuleType, record: AnnotatedArticle, left: Left, reviewer: str, complete: bool, collected: Collected
) -> AnnotatedArticle | None:
    """The record as it was left; None where nobody changed it or it cannot be read."""
    base, text = shown(record), shown(record).article.text
    drawn = module.graph_of(record)
    before = identified(module.read(text, module.given(record)), drawn)
    try:
        after: Graph = module.read(text, left.content)
    except MissingExtraError:
        raise
    except Exception as error:  # a file of other hands can break a foreign reader in any way
        collected.problems.append((left.place, f"cannot be read ({type(error).__name__}: {str(error)[:200]})"))
        return None
    if not after.marks and after.problems:
        collected.problems += [(left.place, problem) for problem in after.problems]
        return None
    after = identified(after, before)
    if not complete and same(before, after):
        collected.untouched += 1
        return None
    page = Page.read(results(carried(drawn, before, after)), text)
    made = judged(base, corrected(base, page), page)
    collected.problems += [(left.place, problem) for problem in (*after.problems, *page.problems)]
    review = ArticleReview(
        reviewer=left.reviewer or reviewer,
        status=ArticleStatus.COMPLETE if complete else None,
        task=left.place,
    )
    return made.model_copy(update={"review": review})


def same(before: Graph, after: Graph) -> bool:
    """Whether nothing was changed."""
    told = (
        [{mark.mark_id: (mark.label, mark.pieces, dict(mark.answers)) for mark in graph.marks}, set(graph.arrows)]
        for graph in (before, after)
    )
    return next(told) == next(told)


def identified(after: Graph, before: Graph) -> Graph:
    """The graph whose marks with ids of their own are known by place and label, where the tool was given such a one."""
    free: dict[tuple[str, tuple[Any, ...]], list[str]] = defaultdict(list)
    there = {mark.mark_id for mark in after.marks}
    for mark in before.marks:
        if mark.mark_id not in there:
            free[mark.label, mark.pieces].append(mark.mark_id)
    names: dict[str, str] = {}
    known = before.by_id()
    for mark in after.marks:
        if mark.mark_id not in known and (same_place := free[mark.label, mark.pieces]):
            names[mark.mark_id] = same_place.pop(0)
    marks = [replace(mark, mark_id=names.get(mark.mark_id, mark.mark_id)) for mark in after.marks]
    arrows = [Arrow(names.get(a.start, a.start), a.name, names.get(a.end, a.end)) for a in after.arrows]
    return Graph(after.text, marks, arrows, after.problems)


def carried(drawn: Graph, before: Graph, after: Graph) -> Graph:
    """What was drawn, with what differs between what a tool was given and what it left."""
    own, was = drawn.by_id(), before.by_id()
    marks = [_carried(own.get(mark.mark_id), was.get(mark.mark_id), mark) for mark in after.marks]
    marks += [mark for mark in drawn.marks if mark.mark_id not in was]  # which the tool could not hold
    there = {mark.mark_id for mark in marks}
    given = set(before.arrows)
    kept = [a for a in drawn.arrows if a not in given and {a.start, a.end} <= there]
    return Graph(drawn.text, marks, [*after.arrows, *kept])


def _carried(own: Mark | None, was: Mark | None, now: Mark) -> Mark:
    if own is None or was is None:
        return now
    names: Iterable[str] = dict.fromkeys([*own.answers, *now.answers])
    answers = {
        name: own.answers.get(name) if now.answers.get(name) == was.answers.get(name) else now.answers.get(name)
        for name in names
    }
    said = {name: answer for name, answer in answers.items() if answer is not None}
    return replace(now, pieces=own.pieces if now.pieces == was.pieces else now.pieces, answers=said)
