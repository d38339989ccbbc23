"""JSON-LD as pyld and rdflib read it, without a network: what the published contexts say of the terms that we use."""

import json
from pathlib import Path
from typing import Any

import rdflib
from pyld import jsonld

OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
FOAF, RDFS = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
COUNT = f"{XSD}nonNegativeInteger"

# Of the Web Annotation Data Model; compared with the published context of the W3C by hand, 2026-11-28: the same triples
# for the six articles of exports/.
ANNOTATION = {
    "id": "@id",
    "type": "@type",
    **{name: f"{OA}{name}" for name in ("Annotation", "SpecificResource", "TextualBody")},
    **{name: f"{OA}{name}" for name in ("TextQuoteSelector", "TextPositionSelector", "exact", "prefix", "suffix")},
    **{name: f"{OA}{name}" for name in ("describing", "identifying", "tagging", "commenting")},
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "Software": f"{AS}Application",
    "Person": f"{FOAF}Person",
    "Organization": f"{FOAF}Organization",
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "modified": {"@id": "http://purl.org/dc/terms/modified", "@type": f"{XSD}dateTime"},
    "generator": {"@id": f"{AS}generator", "@type": "@id"},
    "first": {"@id": f"{AS}first", "@type": "@id"},
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "total": {"@id": f"{AS}totalItems", "@type": COUNT},
    "startIndex": {"@id": f"{AS}startIndex", "@type": COUNT},
    "start": {"@id": f"{OA}start", "@type": COUNT},
    "end": {"@id": f"{OA}end", "@type": COUNT},
    "name": f"{FOAF}name",
    "label": f"{RDFS}label",
    "format": "http://purl.org/dc/elements/1.1/format",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
}
SCHEMA_ORG = {"@vocab": "https://schema.org/", "url": {"@id": "https://schema.org/url", "@type": "@id"}}
CONTEXTS = {"http://www.w3.org/ns/anno.jsonld": ANNOTATION, "https://schema.org": SCHEMA_ORG}


def _context(url: str, options: object = None) -> dict[str, Any]:
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": CONTEXTS[url]},
        "contentType": "application/ld+json",
    }


def graph(path: Path) -> rdflib.Graph:
    """What pyld makes of a file of JSON-LD, as a graph of rdflib."""
    values = json.loads(path.read_text(encoding="utf-8"))
    quads = jsonld.to_rdf(values, {"documentLoader": _context, "format": "application/n-quads"})
    return rdflib.Graph().parse(data=quads, format="nt")


def dropped(path: Path) -> set[str]:
    """Names of properties in a file that its context does not know: JSON-LD passes over them without a word."""
    values = json.loads(path.read_text(encoding="utf-8"))
    kept = jsonld.compact(
        jsonld.expand(values, {"documentLoader": _context}), values["@context"], {"documentLoader": _context}
    )
    return set(_names(values)) - set(_names(kept)) - {"@context", "@graph"}


def _names(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for part in value for name in _names(part)]
    if isinstance(value, dict):
        return [*value, *(name for part in value.values() for name in _names(part))]
    return []
