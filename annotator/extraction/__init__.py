"""The trained extractor: word pieces in, marks of cue, source, content and entities out."""

from annotator.extraction.extracted import Entity, Evidence, Extracted, Found
from annotator.extraction.extractor import Extractor

__all__ = ["Entity", "Evidence", "Extracted", "Extractor", "Found"]
