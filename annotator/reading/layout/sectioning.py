"""The sections of a text, put together from what its lines are."""

from collections.abc import Iterable, Iterator

from annotator.labels import NonClaimReason, SectionKind
from annotator.reading.layout.authors import name_of
from annotator.reading.layout.datelines import DATELINE_LENGTH, colon_dateline_end, dateline_end
from annotator.reading.layout.head import mark_head
from annotator.reading.layout.lines import Line, folded, lines_of, view_of
from annotator.reading.layout.tail import mark_followers, mark_subheadings, mark_tail
from annotator.reading.layout.verdicts import verdict_on
from annotator.records import Article, Section

DATELINE_PARAGRAPHS = 3  # paragraphs in which a bare "LONDON —" is a dateline


def sections(
    text: str, *, title: str | None = None, byline: str | None = None, captions: Iterable[str] = ()
) -> tuple[Section, ...]:
    """The sections of `text` in order, which cover each of its non-blank characters once; raises nothing.

    Spans begin and end with a non-blank character. `title` and `byline`, where the reader knows them, decide which
    line is the headline and which one names the author.

    >>> [(s.kind.value, s.end - s.start) for s in sections("Rain stops play\\n\\nBy Ann Lee\\n\\nLORDS — It rained.")]
    [('headline', 15), ('byline', 10), ('dateline', 7), ('body', 10)]
    """
    lines = list(lines_of(text))
    known = {folded(caption) for caption in captions}
    for line in lines:
        if known and line.view in known:
            line.kind = SectionKind.CAPTION
            continue
        if verdict := verdict_on(line.view):
            line.kind = verdict.kind
    body = mark_head(lines, folded(title or ""), name_of(folded(byline or "")))
    mark_followers(lines)
    mark_tail(lines, body, text)
    mark_subheadings(lines, body)
    return tuple(_split(text, lines))


def sections_of(article: Article) -> tuple[Section, ...]:
    """The sections of an article; what its reader knows of title, byline and captions decides which lines they are."""
    known = article.metadata.get("captions")
    captions = [one for one in known if isinstance(one, str)] if isinstance(known, list) else []
    return sections(article.text, title=article.title, byline=article.byline, captions=captions)


def boilerplate_reason(text: str, section: Section) -> NonClaimReason:
    """Why a section holds no claim; `FRAGMENT` for one whose kind is read for claims."""
    match section.kind:
        case SectionKind.BYLINE:
            return NonClaimReason.BYLINE
        case SectionKind.DATELINE:
            return NonClaimReason.DATELINE
        case SectionKind.SUBHEADING:
            return NonClaimReason.HEADING
        case SectionKind.BOILERPLATE:
            verdict = verdict_on(view_of(text, section.start, section.end))
            return verdict.reason if verdict and verdict.kind is section.kind else NonClaimReason.BOILERPLATE
        case _:
            return NonClaimReason.FRAGMENT


def _split(text: str, lines: list[Line]) -> Iterator[Section]:
    """The sections of the marked lines, with the datelines cut off."""
    paragraphs = 0
    for line in lines:
        kind = line.kind or SectionKind.BODY
        start = line.start
        if kind is SectionKind.BODY:
            paragraphs += 1
            opening = text[start : min(line.end, start + DATELINE_LENGTH + 40)]
            cut = dateline_end(opening, known_only=paragraphs > DATELINE_PARAGRAPHS)
            if paragraphs == 1 and not cut:
                behind = (text[one.start : one.end] for one in lines if one.start > line.start)
                cut = colon_dateline_end(opening, text, behind)
            if cut:
                yield Section(kind=SectionKind.DATELINE, start=start, end=start + len(opening[:cut].rstrip()))
                start += len(opening) - len(opening[cut:].lstrip())
        yield Section(kind=kind, start=start, end=line.end)
