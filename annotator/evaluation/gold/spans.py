"""Spans as gold files write them: `{"start", "end"}` or `[start, end]`, in any order."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.evaluation.gold.articles import Offsets, Parts, Spans


def offsets_in(span: Any) -> Offsets:
    """The offsets of one span."""
    start, end = (span["start"], span["end"]) if isinstance(span, dict) else span
    return int(start), int(end)


def spans_in(spans: Iterable[Any]) -> Spans:
    """The offsets of several, in the order of the text."""
    return tuple(sorted(offsets_in(span) for span in spans))


def parts_in(item: Mapping[str, Any]) -> Parts:
    """Source, cue and content of an attribution; raises ValueError where it has neither cue nor content."""
    parts = Parts(spans_in(item["source"]), spans_in(item["cue"]), spans_in(item["content"]))
    if not (parts.cue or parts.content):
        raise ValueError("an attribution has neither cue nor content")
    return parts


def check_inside(spans: Iterable[Offsets], text: str, what: str) -> None:
    """Raise ValueError where a span is empty or reaches out of the text; `what` names it."""
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{what}: {start}..{end} is no stretch of a text of {len(text)} characters")


def check_parts(parts: Parts, text: str, what: str) -> None:
    """Raise ValueError where a span of an attribution is empty or reaches out of the text."""
    check_inside([*parts.source, *parts.cue, *parts.content], text, what)
