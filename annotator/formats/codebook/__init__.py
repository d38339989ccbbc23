"""The labels as a coding manual, for coders and for a paper's appendix: HTML that prints well, and Markdown.

What the labels mean is what `annotator.labels` says, so the manual cannot differ from the program; its examples are
sentences of records. It says its version, its date and a digest of its content, and how to cite it.
"""

from annotator.formats.codebook.examples import examples
from annotator.formats.codebook.manual import FORMATS, Manual, as_json, manual, write

__all__ = ["FORMATS", "Manual", "as_json", "examples", "manual", "write"]
