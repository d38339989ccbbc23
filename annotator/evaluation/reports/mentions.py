"""How often the source is right by the kind of its mention: pronoun, surname, description and the like."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from annotator.evaluation.gold.articles import ResolvedAttribution, SourceArticle
from annotator.evaluation.reports.anaphora import is_resolved
from annotator.evaluation.reports.measures import Measure, share_of
from annotator.evaluation.reports.units import ArticleReport, Unit, words_at

NEAR = 300  # characters between two mentions of a source that a reader still has in view
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "him", "her", "them", "this", "those")
)


def by_mention(articles: Sequence[SourceArticle], reports: Sequence[ArticleReport]) -> dict[str, Measure]:
    """How often the source is right by the kind of its mention, and by how far back the source stood last."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    for article, report in zip(articles, reports, strict=True):
        for kinds, unit in _kinds(article, report):
            is_right = unit.fields.get("source_name") is True
            for kind in kinds:
                right[kind].append(is_right)
            wrong.update([] if is_right else [f"{kinds[-1]}: {_taken_for(unit)}"])
    measures = {
        f"source_name by mention: {kind}": share_of(sum(hits), len(hits)) for kind, hits in sorted(right.items())
    }
    return measures | {
        f"wrong source by mention: {kind}": share_of(n, wrong.total()) for kind, n in sorted(wrong.items())
    }


def _kinds(article: SourceArticle, report: ArticleReport) -> Iterator[tuple[list[str], Unit]]:
    """Each unit that was found, in the order of the text, with the kind of its mention, and the kind by distance."""
    last: dict[str, int] = {}
    both = zip(article.attributions, report.units, strict=True)
    for item, unit in sorted(both, key=lambda pair: (pair[0].parts.source or pair[0].parts.content)[0]):
        kind = mention_kind(words_at(article.text, item.parts.source), item.source_names[0])
        distance = _distance(item, last) if kind in {"pronoun", "description"} else None
        last[item.source_id] = _place(item)
        if unit.found:
            yield [kind, *([f"{kind}, last mention {distance}"] if distance else [])], unit


def _distance(item: ResolvedAttribution, last: dict[str, int]) -> str | None:
    if item.source_id not in last:
        return None
    return "near" if _place(item) - last[item.source_id] <= NEAR else "far"


def _place(item: ResolvedAttribution) -> int:
    return (item.parts.source or item.parts.content or item.parts.cue)[0][0]


def _taken_for(unit: Unit) -> str:
    """What a wrong source is: none that the record stands by, another type than the gold's, or another of its type."""
    if not is_resolved(unit):
        return "left open"
    return "another of its type" if unit.fields.get("source_type") else "of another type"


def mention_kind(words: str, name: str) -> str:
    """Whether a mention is a pronoun, an acronym, a surname, a (fuller) name, a description, or none.

    >>> [mention_kind(words, "Ann Lee") for words in ("She", "Lee", "Mayor Ann Lee", "the mayor", "")]
    ['pronoun', 'surname', 'name', 'description', 'none']
    """
    bare = re.sub(r"^(?:the|The|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)\s+", "", words.strip())
    if not bare:
        return "none"
    if bare.lower() in _PRONOUNS:
        return "pronoun"
    if re.fullmatch(r"(?:[A-Z]\.?){2,6}", bare):
        return "acronym"
    if " " not in bare and bare[0].isupper() and bare != name:
        return "surname"
    return "name" if any(word[0].isupper() and word in name for word in bare.split()) else "description"
