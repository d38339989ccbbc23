"""Pages that are exports of news databases: Factiva, Europresse. One page holds many articles."""

from collections.abc import Iterable

from annotator.reading import europresse, factiva
from annotator.reading.input import Input
from annotator.reading.markup import tree_of
from annotator.reading.outcomes import Outcome
from annotator.reading.story import outcomes


def is_export(html: str) -> bool:
    return factiva.is_page(html) or europresse.is_page(html)


def outcomes_of(html: str, source: Input) -> Iterable[Outcome]:
    """The articles of an export. Raises `InputError` where it cannot be parsed."""
    tree = tree_of(html, source.where)
    found = factiva.page_stories(tree) if factiva.is_page(html) else europresse.stories(tree)
    return outcomes(found, source)
