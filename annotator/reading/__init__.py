"""From file to article: one module a kind of input, and the sections that a text has (`layout`)."""

from annotator.reading.articles import STDIN, outcomes_of, read
from annotator.reading.encodings import decode
from annotator.reading.files import files_of
from annotator.reading.input import DEFAULT_FIELDS, Fields
from annotator.reading.kinds import SUFFIXES
from annotator.reading.language import is_english, language_of, told_language
from annotator.reading.outcomes import Failure, Passed
from annotator.reading.plain import read_text

__all__ = [
    "DEFAULT_FIELDS",
    "STDIN",
    "SUFFIXES",
    "Failure",
    "Fields",
    "Passed",
    "decode",
    "files_of",
    "is_english",
    "language_of",
    "outcomes_of",
    "read",
    "read_text",
    "told_language",
]
