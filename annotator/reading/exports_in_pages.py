"""Pages that are exports of news databases: Factiva, Europresse, Nexis, ProQuest. One page holds many articles."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotator.reading import europresse, factiva, nexis, proquest
from annotator.reading.input import Input
from annotator.reading.markup import tree_of
from annotator.reading.outcomes import Outcome
from annotator.reading.story import Story, outcomes

# Databases whose exports are pages, each with what tells it and what takes it apart.
DATABASES: tuple[tuple[Callable[[str], bool], Callable[[Any], Iterator[Story]]], ...] = (
    (factiva.is_page, factiva.page_stories),
    (europresse.is_page, europresse.stories),
    (nexis.is_page, nexis.page_stories),
    (proquest.is_page, proquest.page_stories),
)


def is_export(html: str) -> bool:
    return any(is_page(html) for is_page, _ in DATABASES)


def outcomes_of(html: str, source: Input) -> Iterable[Outcome]:
    """The articles of an export. Raises `InputError` where it cannot be parsed."""
    stories = next(stories for is_page, stories in DATABASES if is_page(html))
    return outcomes(stories(tree_of(html, source.where)), source)
