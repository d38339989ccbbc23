"""Which part of an article's text is what: headline, byline, body, boilerplate and the rest.

The text is read line by line. A line becomes one section, with two exceptions: the lines of a hard-wrapped paragraph
make one section together, which spans their line breaks; a dateline in front of a paragraph ("KYIV, Ukraine (Reuters)
— ") is a section of its own. A line that nothing is known about is body: prose read as boilerplate would be lost,
boilerplate read as prose is only odd.
Every pattern looks at a bounded stretch of a line, so that the time grows with the length of the text and no faster.
"""

from annotator.reading.layout.sectioning import boilerplate_reason, sections, sections_of
from annotator.reading.layout.stated import completed

__all__ = ["boilerplate_reason", "completed", "sections", "sections_of"]
