"""The trained extractor: word pieces in, marks of cue, source and content out."""

from annotator.extraction.extracted import Evidence, Extracted
from annotator.extraction.extractor import Extractor

__all__ = ["Evidence", "Extracted", "Extractor"]
