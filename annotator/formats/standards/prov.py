"""PROV: the chains as a graph of provenance, in Turtle (PROV-O) and in PROV-JSON, which say the same."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from annotator.formats.standards import names
from annotator.formats.standards.chains import (
    AGENT,
    ATTRIBUTED,
    DERIVED,
    ENTITY,
    PREFIXES,
    PRIMARY,
    QUOTED,
    Chains,
    Iri,
    Relation,
    Thing,
    Value,
)  # fmt: skip
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

TURTLE, JSON = "prov/chains.ttl", "prov/chains.json"
QUALIFIED: Final = {
    ATTRIBUTED: ("prov:qualifiedAttribution", "prov:Attribution", "prov:agent"),
    DERIVED: ("prov:qualifiedDerivation", "prov:Derivation", "prov:entity"),
}
# PROV-JSON: the kind of statement, who it is about, to what, and its type where it is a special derivation.
NOTED: Final = {
    ATTRIBUTED: ("wasAttributedTo", "prov:entity", "prov:agent", None),
    DERIVED: ("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity", None),
    QUOTED: ("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity", "prov:Quotation"),
    PRIMARY: ("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity", "prov:PrimarySource"),
}
# Addresses as qualified names: the scheme is the prefix, and stands for itself.
SCHEMES: Final = {"urn": "urn:", "http": "http:", "https": "https:"}

Node = dict[str, Any]


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `prov/chains.ttl` and `prov/chains.json`."""
    statements = list(_once(said for named in names.named(records) for said in Chains(named).statements()))
    document = json.dumps(_noted(statements), ensure_ascii=False, indent=1)
    return [write_text(folder / TURTLE, _turtle(statements)), write_text(folder / JSON, [document, "\n"])]


def _once(statements: Iterable[Thing | Relation]) -> Iterator[Thing | Relation]:
    """The statements, of which none is said twice: several articles have one tool, and several reviews one article."""
    seen: set[str] = set()
    for statement in statements:
        key = statement.iri if isinstance(statement, Thing) else repr(statement)
        if key not in seen:
            seen.add(key)
            yield statement


def _turtle(statements: Iterable[Thing | Relation]) -> Iterator[str]:
    for prefix, address in PREFIXES.items():
        yield f"@prefix {prefix}: <{address}> .\n"
    for said in statements:
        if isinstance(said, Thing):
            rest = "".join(f" ;\n    {name} {_term(value)}" for name, value in said.values)
            yield f"\n<{said.iri}> a {', '.join(said.types)}{rest} .\n"
            continue
        yield f"<{said.subject}> {said.kind} <{said.object}> .\n"
        if said.values:
            how, kind, to = QUALIFIED[said.kind]
            rest = "".join(f" ; {name} {_term(value)}" for name, value in said.values)
            yield f"<{said.subject}> {how} [ a {kind} ; {to} <{said.object}>{rest} ] .\n"


def _term(value: Value | Iri) -> str:
    """A value in Turtle, whose strings in double quotes know every escape that those of JSON have but the stroke."""
    match value:
        case Iri():
            return f"<{value.address}>"
        case bool():
            return str(value).lower()
        case float():
            return f'"{value!r}"^^xsd:double'
        case _:
            return json.dumps(value, ensure_ascii=False)


def _noted(statements: Iterable[Thing | Relation]) -> Node:
    """The statements as PROV-JSON."""
    document: dict[str, Node] = {"prefix": {**PREFIXES, **SCHEMES}}
    del document["prefix"]["prov"], document["prefix"]["xsd"]  # known to every reader
    for number, said in enumerate(statements):
        if isinstance(said, Thing):
            values = [("prov:type", kind) for kind in said.types if kind not in (ENTITY, AGENT)]
            where = document.setdefault("entity" if ENTITY in said.types else "agent", {})
            where[said.iri] = _attributes([*((name, _name(kind)) for name, kind in values), *_json_values(said.values)])
        else:
            kind, subject, object_, special = NOTED[said.kind]
            type_ = [("prov:type", _name(special))] if special else []
            attributes = _attributes([*type_, *_json_values(said.values)])
            document.setdefault(kind, {})[f"_:r{number}"] = {subject: said.subject, object_: said.object, **attributes}
    return document


def _json_values(values: Iterable[tuple[str, Value | Iri]]) -> Iterator[tuple[str, Any]]:
    for name, value in values:
        match value:
            case Iri():
                yield name, _name(value.address)
            case float():
                yield name, {"$": repr(value), "type": "xsd:double"}
            case _:
                yield name, value


def _name(qualified: str) -> Mapping[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _attributes(values: Iterable[tuple[str, Any]]) -> Node:
    """The values by their names; a name that comes again has a list of them."""
    found: dict[str, list[Any]] = {}
    for name, value in values:
        found.setdefault(name, []).append(value)
    return {name: of[0] if len(of) == 1 else of for name, of in found.items()}
