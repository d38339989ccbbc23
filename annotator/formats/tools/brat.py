"""brat: a text and its annotations in standoff (`.txt`, `.ann`), with the configuration that they need.

Offsets are code points, and the text is the record's own. A claim of several pieces is one annotation with gaps. brat
has no escapes: a span is cut at line breaks and tabs, for its words stand in a line of their own, and so do typed
answers, which are notes: `chain: A > B ‖ note: ...`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.formats.label_studio import (
    ANONYMOUS,
    CLAIM,
    CLAIM_CONTROLS,
    COLOURS,
    CONTINUES,
    HEDGED,
    RELATIONS,
    SOURCE,
    SOURCE_CONTROLS,
)
from annotator.formats.tools.marks import TYPED, Arrow, Graph, Mark, Stretch, drawn, joined, shown, united
from annotator.formats.tools.naming import named
from annotator.labels import VOCABULARIES
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

FOLDER = "brat"
NOTES, IDENTITY = "AnnotatorNotes", "Id"  # types of comments: the one that people edit, and what the mark stood for
BETWEEN = " ‖ "  # between the fields of a note
FLAGS = (HEDGED, ANONYMOUS)  # answers that are there or not

# Where `str.splitlines`, by which brat reads its files, ends a line; and the tab, at which other readers part one.
_BREAKS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_UNBROKEN = re.compile(f"[^{_BREAKS}]+")
_FIELD = re.compile(rf"({'|'.join(TYPED)}): (.*)", re.DOTALL)
_SPAN = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
_ARGUMENT = re.compile(r"[^:\s]+:(T\d+)")


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `brat/`: two files an article, `annotation.conf` and `visual.conf`.

    Raises `OutputError` where a file cannot be written.
    """
    folder = folder / FOLDER
    made = [
        write_text(folder / "annotation.conf", [annotation_conf()]),
        write_text(folder / "visual.conf", [visual_conf()]),
    ]
    for stem, record in named(records):
        graph = graph_of(record)
        made += [write_text(folder / f"{stem}.txt", [graph.text]), write_text(folder / f"{stem}.ann", standoff(graph))]
    return made


def graph_of(record: AnnotatedArticle) -> Graph:
    """The marks that brat is given."""
    return joined(drawn(shown(record)))


def given(record: AnnotatedArticle) -> str:
    """What brat is given of a record."""
    return "".join(standoff(graph_of(record)))


def standoff(graph: Graph) -> Iterator[str]:
    """The lines of an `.ann` file. A mark of nothing but line breaks, which brat cannot hold, is left out."""
    numbers: dict[str, str] = {}
    attributes = notes = 0
    for mark in graph.marks:
        if not (pieces := cut(graph.text, mark.pieces)):
            continue
        target = numbers[mark.mark_id] = f"T{len(numbers) + 1}"
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(graph.text[start:end] for start, end in pieces)
        yield f"{target}\t{mark.label} {places}\t{words}\n"
        for name, answer in mark.answers.items():
            if name not in TYPED:
                attributes += 1
                value = "" if name in FLAGS else f" {answer}"
                yield f"A{attributes}\t{name} {target}{value}\n"
        for kind, text in ((IDENTITY, f"{mark.mark_id} {mark.record_id}"), (NOTES, _note(mark))):
            if text:
                notes += 1
                yield f"#{notes}\t{kind} {target}\t{_line(text)}\n"
    there = [a for a in graph.arrows if a.start in numbers and a.end in numbers]
    for number, arrow in enumerate(there, 1):
        yield f"R{number}\t{arrow.name} Arg1:{numbers[arrow.start]} Arg2:{numbers[arrow.end]}\n"


def cut(text: str, pieces: Iterable[Stretch]) -> list[Stretch]:
    """The pieces in text order, parted at line breaks and tabs, without blanks at their ends.

    >>> cut("one\\r\\ntwo", [(0, 8)])
    [(0, 3), (5, 8)]
    """
    lines = (
        (match.start() + len(match[0]) - len(match[0].lstrip()), match.end() - len(match[0]) + len(match[0].rstrip()))
        for start, end in united(pieces)
        for match in _UNBROKEN.finditer(text, start, end)
    )
    return [(start, end) for start, end in lines if start < end]


def _note(mark: Mark) -> str:
    return BETWEEN.join(f"{name}: {answer.replace('‖', '|')}" for name, answer in mark.answers.items() if name in TYPED)


def _line(text: str) -> str:
    return " ".join(text.split())


def read(text: str, annotations: str) -> Graph:
    """What an `.ann` file says of its text; lines that cannot be understood are told in `problems`."""
    graph = Graph(text)
    rows = [line.rstrip("\r").split("\t") for line in annotations.split("\n") if line.strip()]
    known_kinds = ("T", "A", "M", "R", "#")
    for row in [row for row in rows if len(row) < 2 or not row[0].startswith(known_kinds)]:
        graph.problems.append(f"{' '.join(row)[:60]!r} is no line that a record has a place for")
        rows.remove(row)
    for row in rows:
        if row[0].startswith("T"):
            _read_span(graph, row)
    known = graph.by_id()
    names: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {target: {} for target in known}
    for row in rows:
        if row[0].startswith(("A", "M")):
            _read_attribute(graph, row, answers)
        elif row[0].startswith("#"):
            _read_comment(graph, row, answers, names)
        elif row[0].startswith("R"):
            ends = _ARGUMENT.findall(row[1])
            if len(ends) == 2 and set(ends) <= set(known):
                graph.arrows.append(Arrow(ends[0], row[1].split(" ")[0], ends[1]))
            else:
                graph.problems.append(f"{row[0]}: {row[1]!r} joins no two spans that are there")
    graph.marks = [
        Mark(names.get(target, target), mark.label, mark.pieces, answers[target]) for target, mark in known.items()
    ]
    graph.arrows = [Arrow(names.get(a.start, a.start), a.name, names.get(a.end, a.end)) for a in graph.arrows]
    return graph


def _read_span(graph: Graph, row: Sequence[str]) -> None:
    match = _SPAN.fullmatch(row[1])
    pieces = [(int(start), int(end)) for start, end in re.findall(r"(\d+) (\d+)", match[2])] if match else []
    if not match or any(not 0 <= start < end <= len(graph.text) for start, end in pieces):
        graph.problems.append(f"{row[0]}: {row[1]!r} is no stretch of a text of {len(graph.text)} characters")
        return
    graph.marks.append(Mark(row[0], match[1], _rejoined(graph.text, pieces)))


def _rejoined(text: str, pieces: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The pieces, those made one between which there are line breaks, tabs and blanks alone."""
    made: list[Stretch] = []
    for start, end in united(pieces):
        if made and not text[made[-1][1] : start].strip():
            made[-1] = made[-1][0], end
        else:
            made.append((start, end))
    return tuple(made)


def _read_attribute(graph: Graph, row: Sequence[str], answers: dict[str, dict[str, str]]) -> None:
    name, target, value = [*row[1].split(" "), "", ""][:3]
    if target not in answers:
        graph.problems.append(f"{row[0]}: {row[1]!r} is an attribute of no span")
    else:
        answers[target][name] = value or name


def _read_comment(graph: Graph, row: Sequence[str], answers: dict[str, dict[str, str]], names: dict[str, str]) -> None:
    kind, target = [*row[1].split(" "), ""][:2]
    words = "\t".join(row[2:]).strip()
    if target not in answers:
        return  # a comment on a relation, or on nothing
    if kind == IDENTITY:
        known = words.split(" ")[0]
        names[target] = known if known and known not in names.values() else target
    elif kind == NOTES:
        for part in words.split(BETWEEN):
            match = _FIELD.fullmatch(part.strip())
            if match:
                answers[target][match[1]] = match[2]
            elif part.strip():
                answers[target]["note"] = " ".join(filter(None, [answers[target].get("note"), part.strip()]))


def annotation_conf() -> str:
    """What may be annotated, in the words of the codebook."""
    relations = [
        f"{relation.name}\tArg1:{relation.start}, Arg2:{'|'.join(relation.ends)}"
        for relation in RELATIONS
        if relation is not CONTINUES
    ]
    questions = [(CLAIM, control.name) for control in CLAIM_CONTROLS]
    questions += [(SOURCE, control.name) for control in SOURCE_CONTROLS]
    attributes = [
        f"{name}\tArg:{label}, Value:{'|'.join(word.value for word in VOCABULARIES[name])}" for label, name in questions
    ]
    attributes += [f"{HEDGED}\tArg:{CLAIM}", f"{ANONYMOUS}\tArg:{SOURCE}"]
    # Without this line brat refuses spans that overlap, and an attribution inside a claim does.
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    sections = {
        "entities": list(COLOURS),
        "relations": [*relations, overlap],
        "events": [],
        "attributes": attributes,
    }
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections.items())


def visual_conf() -> str:
    """The colours of the labels, as in Label Studio."""
    colours = [f"{label}\tbgColor:{colour}, fgColor:white" for label, (colour, _) in COLOURS.items()]
    flags = [f"{flag}\tglyph:{sign}" for flag, sign in ((HEDGED, "?"), (ANONYMOUS, "✻"))]
    return "\n".join(["[labels]", *COLOURS, "", "[drawing]", *colours, *flags, ""])
