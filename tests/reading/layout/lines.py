"""An article of a few lines, and what the sections of a text are."""

from annotator.labels import NonClaimReason
from annotator.reading.layout import boilerplate_reason, sections

PROSE = "The harbour of Lund was closed on Monday after a tanker ran aground, the coast guard said in a statement."
MORE = "Tugs from two ports were sent to pull the ship free, and nobody was hurt, according to the harbour master."


def marked(text: str, title: str | None = None, byline: str | None = None) -> list[tuple[str, str]]:
    """The sections of a text as pairs of kind and words."""
    return [(s.kind.value, text[s.start : s.end]) for s in sections(text, title=title, byline=byline)]


def _around(line: str) -> str:
    """An article with a line between its paragraphs."""
    return f"Harbour closed after accident\n\n{PROSE}\n\n{line}\n\n{MORE}\n\n{PROSE}"


def kind_of(line: str) -> str:
    """The kind of a line that stands between the paragraphs of an article."""
    (kind,) = (kind for kind, words in marked(_around(line)) if words == line)
    return kind


def reason_of(line: str) -> NonClaimReason:
    """Why such a line holds no claim."""
    text = _around(line)
    (section,) = (s for s in sections(text) if text[s.start : s.end] == line)
    return boilerplate_reason(text, section)
