"""A record as a UIMA CAS, the form that INCEpTION keeps annotations in, and back.

One layer of spans (`webanno.custom.Mark`) with a feature for each answer, and one of relations between them: INCEpTION
draws an arrow between marks of one layer only, and lets one layer of relations hang on it. In memory offsets are code
points; dkpro-cassis writes them as the UTF-16 units that Java counts.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from annotator.errors import MissingExtraError
from annotator.formats.label_studio import ANONYMOUS, CLAIM_CONTROLS, HEDGED, SOURCE_CONTROLS
from annotator.formats.tools.marks import TYPED, Arrow, Graph, Mark, inked
from annotator.labels import VOCABULARIES

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

MARK, RELATION = "webanno.custom.Mark", "webanno.custom.MarkRelation"
LABEL, IDENTIFIER, RECORD_ID = "label", "identifier", "record_id"
FLAGS = (HEDGED, ANONYMOUS)
CHOSEN = tuple(control.name for control in (*CLAIM_CONTROLS, *SOURCE_CONTROLS))
FEATURES = (LABEL, *CHOSEN, *FLAGS, *TYPED, IDENTIFIER, RECORD_ID)

# What XML cannot hold: control characters become their visible signs, the two noncharacters a replacement.
_NOT_XML = {n: 0x2400 + n for n in range(0x20) if chr(n) not in "\t\n\r"} | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}


def cassis() -> Any:
    """The library that reads and writes a CAS; raises `MissingExtraError` without it."""
    try:
        import cassis
    except ImportError as error:
        raise MissingExtraError("A UIMA CAS for INCEpTION", "inception") from error
    return cassis


@cache
def type_system() -> "TypeSystem":
    """The two layers, with what each feature holds."""
    made = cassis().TypeSystem()
    mark = made.create_type(MARK, description="A claim, a source or a cue")
    made.create_feature(mark, LABEL, "uima.cas.String", description="Claim, Source or Cue")
    for name in CHOSEN:
        words = ", ".join(word.value for word in VOCABULARIES[name])
        made.create_feature(mark, name, "uima.cas.String", description=words)
    for name in FLAGS:
        made.create_feature(mark, name, "uima.cas.Boolean")
    for name in (*TYPED, IDENTIFIER, RECORD_ID):
        made.create_feature(mark, name, "uima.cas.String")
    relation = made.create_type(RELATION, description="What joins two marks")
    made.create_feature(relation, "Governor", mark)
    made.create_feature(relation, "Dependent", mark)
    made.create_feature(relation, LABEL, "uima.cas.String", description="attributed_to, cited_by, cue_of ...")
    return made


def cas_of(graph: Graph, *, xml: bool = False) -> "Cas":
    """The graph as a CAS; with `xml`, what XML cannot hold is replaced one for one.

    Blanks at the ends of a mark, which INCEpTION refuses, stay outside it, and a mark of nothing else is left out.
    """
    made = cassis().Cas(typesystem=type_system(), sofa_string=_held(graph.text, xml), sofa_mime="text/plain")
    mark_type, relation_type = made.typesystem.get_type(MARK), made.typesystem.get_type(RELATION)
    there = {}
    for mark in graph.marks:
        if (place := inked(graph.text, *mark.pieces[0])) is None:
            continue
        answers = {name: _held(mark.answers[name], xml) for name in (*CHOSEN, *TYPED) if name in mark.answers}
        flags = {name: name in mark.answers for name in FLAGS}
        about = {LABEL: mark.label, IDENTIFIER: mark.mark_id, RECORD_ID: _held(mark.record_id, xml)}
        there[mark.mark_id] = mark_type(begin=place[0], end=place[1], **answers, **flags, **about)
    made.add_all(there.values())
    for arrow in graph.arrows:
        start, end = there.get(arrow.start), there.get(arrow.end)
        if start is not None and end is not None:
            # INCEpTION looks for a relation where its target is.
            relation = relation_type(begin=end.begin, end=end.end, Governor=start, Dependent=end, label=arrow.name)
            made.add(relation)
    return made


def _held(text: str, xml: bool) -> str:
    return text.translate(_NOT_XML) if xml else text


def graph_of(cas: "Cas", text: str) -> Graph:
    """The marks and arrows of a CAS over the text that it was made from; what was added has an id of its own."""
    graph = Graph(text)
    names: dict[int, str] = {}
    if len(cas.sofa_string or "") != len(text):
        graph.problems.append("its text is not the one that was exported; its annotations cannot be placed")
        return graph
    for number, found in enumerate(_all(cas, MARK), 1):
        known = found.get(IDENTIFIER)
        name = known if known and known not in names.values() else f"new-{number}"
        label = found.get(LABEL)
        if not label or not 0 <= found.begin < found.end <= len(text):
            words = " ".join(text[found.begin : found.end].split())[:40]
            graph.problems.append(f"“{words}” at {found.begin}..{found.end} has no label: Claim, Source or Cue")
            continue
        names[id(found)] = name
        answers = {key: str(found.get(key)) for key in (*CHOSEN, *TYPED) if found.get(key)}
        answers |= {key: key for key in FLAGS if found.get(key)}
        graph.marks.append(Mark(name, label, ((found.begin, found.end),), answers))
    for found in _all(cas, RELATION):
        start, end = names.get(id(found.get("Governor"))), names.get(id(found.get("Dependent")))
        if start is None or end is None or not found.get(LABEL):
            graph.problems.append(f"a relation labelled {found.get(LABEL)!r} joins no two marks with labels")
        else:
            graph.arrows.append(Arrow(start, found.get(LABEL), end))
    return graph


def _all(cas: "Cas", name: str) -> Any:
    return cas.select(name) if cas.typesystem.contains_type(name) else []
