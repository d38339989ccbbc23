"""What a page of Label Studio says: an annotation's results as regions with their answers, and relations between them.

The server checks nothing of this, and its own words for a region are wrong where a line breaks in it: spans are cut
from the text anew, and whatever does not fit the configuration is told as a problem instead of being believed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.conventions import trim
from annotator.formats.label_studio import (
    ANONYMOUS,
    ARTICLE_NOTE,
    ARTICLE_STATUS,
    CLAIM_CONTROLS,
    COLOURS,
    DOUBTED,
    HEDGED,
    RELATIONS,
    SOURCE_CONTROLS,
    SPAN,
    Relation,
)
from annotator.labels import VOCABULARIES, ArticleStatus

# Answers of each control that is a choice; the two check boxes have one answer of their own name.
CHOICES: dict[str, frozenset[str]] = {
    control.name: frozenset(label.value for label in VOCABULARIES[control.name])
    for control in (*CLAIM_CONTROLS, *SOURCE_CONTROLS)
} | {name: frozenset({name}) for name in (HEDGED, ANONYMOUS)}

_SHOWN = 40  # characters of a region that a problem quotes


@dataclass
class Region:
    """A span with its label and answers: choices by control, and what was typed in by field."""

    region_id: str
    label: str
    start: int
    end: int
    choices: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass
class Page:
    """Regions by id, in the order of the results; relations as `(from, name, to)`, each of an allowed kind."""

    text: str
    regions: dict[str, Region] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    status: ArticleStatus | None = None
    note: str | None = None
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, results: Iterable[Mapping[str, Any]], text: str) -> "Page":
        """Read the results of an annotation or a prediction."""
        page, results = cls(text), list(results)
        for result in results:
            if result.get("type") == "labels":
                page._add_region(result)
        for result in results:
            if result.get("type") in {"choices", "textarea"}:
                page._add_answer(result)
        for result in results:
            if result.get("type") == "relation":
                page.relations += page._relation(result)
        return page

    def labelled(self, label: str) -> Iterator[Region]:
        return (region for region in self.regions.values() if region.label == label)

    def targets(self, region_id: str, relation: Relation) -> list[Region]:
        """Where the relations of this kind from a region lead to."""
        return [
            self.regions[end] for start, name, end in self.relations if start == region_id and name == relation.name
        ]

    def origins(self, region_id: str, relation: Relation) -> list[Region]:
        """Where the relations of this kind to a region come from."""
        return [
            self.regions[start] for start, name, end in self.relations if end == region_id and name == relation.name
        ]

    def words(self, region: Region) -> str:
        """A region for a message: its label and the beginning of its words."""
        words = " ".join(self.text[region.start : region.end].split())
        return f"{region.label.lower()} “{words if len(words) <= _SHOWN else words[:_SHOWN] + '…'}”"

    def _add_region(self, result: Mapping[str, Any]) -> None:
        region_id, value = _plain_id(result.get("id")), result.get("value") or {}
        label = next(iter(value.get("labels") or ()), None)
        if result.get("from_name") != SPAN or label not in COLOURS:
            known = ", ".join(COLOURS)
            self.problems.append(f"a region is labelled {label!r}, which the configuration has not: it has {known}")
            return
        start, end = value.get("start"), value.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(self.text)):
            self.problems.append(
                f"a {label.lower()} at {value.get('start')}..{value.get('end')} is no stretch of the text"
            )
        elif region_id in self.regions:
            self.problems.append(f"two regions have the id {region_id!r}; the second is left out")
        else:
            self.regions[region_id] = Region(region_id, label, *trimmed(self.text, start, end))

    def _add_answer(self, result: Mapping[str, Any]) -> None:
        name, value = result.get("from_name"), result.get("value") or {}
        if result.get("type") == "textarea":
            typed = value.get("text") or ()
            answer = "\n".join(typed if isinstance(typed, list) else [str(typed)]).strip()
        else:
            answer = next(iter(value.get("choices") or ()), "")
        region = self.regions.get(_plain_id(result.get("id")))
        if name in {ARTICLE_STATUS, ARTICLE_NOTE}:
            self._answer_of_article(name, answer)
        elif region is None or not answer:
            return  # the region was told as a problem; an answer that was taken back is none
        elif result.get("type") == "textarea":
            region.typed[str(name)] = answer
        elif answer in CHOICES.get(str(name), ()):
            region.choices[str(name)] = answer
        else:
            self.problems.append(f"{self.words(region)}: {name} has no answer {answer!r}")

    def _answer_of_article(self, name: str, answer: str) -> None:
        if name == ARTICLE_NOTE:
            self.note = answer or None
        elif answer in list(ArticleStatus):
            self.status = ArticleStatus(answer)
        else:
            self.problems.append(f"the article has the status {answer!r}, which the configuration has not")

    def _relation(self, result: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        """The relations of a result: one a label, turned round where it was drawn from the wrong end."""
        ends = [self.regions.get(_plain_id(result.get(key))) for key in ("from_id", "to_id")]
        start, end = ends if result.get("direction") != "left" else reversed(ends)
        names = result.get("labels") or [None]
        if start is None or end is None:
            self.problems.append(f"a relation {names[0] or 'without a label'} leads to a region that is not there")
            return
        for name in names:
            if relation := _allowed(name, start.label, end.label):
                yield start.region_id, relation.name, end.region_id
            elif relation := _allowed(name, end.label, start.label):
                yield end.region_id, relation.name, start.region_id
            else:
                self.problems.append(_cannot(name, self.words(start), self.words(end)))


def _plain_id(region_id: Any) -> str:
    """A region's id without the mark of a claim that needs review, which drafts of earlier versions do not have."""
    return str(region_id).replace(DOUBTED, "", 1)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks at its ends, or as it is where it holds nothing else."""
    inner = trim(text, start, end)
    return inner if inner[0] < inner[1] else (start, end)


def _allowed(name: str | None, start: str, end: str) -> Relation | None:
    """The relation of that name where it may join these labels; without a name, the only one that may."""
    fitting = [relation for relation in RELATIONS if relation.start == start and end in relation.ends]
    if name is None:
        return fitting[0] if len(fitting) == 1 else None
    return next((relation for relation in fitting if relation.name == name), None)


def _cannot(name: str | None, start: str, end: str) -> str:
    if name is None:
        return f"a relation from {start} to {end} has no label"
    relation = next((relation for relation in RELATIONS if relation.name == name), None)
    if relation is None:
        return f"a relation from {start} to {end} is labelled {name!r}, which the configuration has not"
    allowed = f"{relation.start.lower()} to {' or '.join(relation.ends).lower()}"
    return f"{name} from {start} to {end}: it joins {allowed}"


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """An id that is not taken: `wanted` itself, or its stem with the first number that is free."""
    taken = set(taken)
    stem = wanted.rstrip("0123456789")
    if wanted not in taken and stem == wanted:
        return wanted
    return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}{n}") not in taken)
