"""Which part of public life a source belongs to, learned from news whose sources people have labelled.

A linear head reads what the word lists say of the source's role, name, mentions and the words beside them, wherever the
article names it, and what the encoder makes of these places. The rules' own label (entities.py) is one of the features.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from annotator.draft import Draft, DraftSource, Offsets
from annotator.extraction.meaning import Vector, head
from annotator.labels import Affiliation, SourceType
from annotator.language import lexicon
from annotator.sources.full_names import is_word
from annotator.sources.roles import affiliation_of

SURE = 0.8  # what the head needs to overrule words that tell an affiliation; better than always or never, on folds
MOST_PLACES = 40  # of a source that are looked at
BEFORE, AFTER = 70, 90  # characters beside a place that may describe its bearer
_NEAR, _BEHIND = 40, 70
_LABELS = tuple(Affiliation)
_TYPES = tuple(kind for kind in SourceType if kind is not SourceType.ARTICLE)
_NAMED = frozenset({SourceType.PERSON, SourceType.GROUP, SourceType.ORGANIZATION, SourceType.STATE})
SETTLED = frozenset({SourceType.ARTICLE, SourceType.MEDIA, SourceType.STATE})
_RULE, _AGE = 1.5, re.compile(r"(?:, \d\d\b|.*, \d\d,)")
_QUOTE_OR_STOP = re.compile(r"(?<=[a-z]{4})\. |[“”\"]")


def affiliate(draft: Draft) -> None:
    """Label the sources of a draft; outlets and states are settled by what they are."""
    learned = head("affiliation", draft.meaning)
    if learned is None or draft.meaning is None:
        return
    for source in draft.sources:
        if source.type not in SETTLED:
            chances = learned(features(draft, source))
            best = max(chances, key=lambda label: chances[label])
            if source.affiliation is Affiliation.UNKNOWN or chances[best] >= SURE:
                source.affiliation = Affiliation(best)


def features(draft: Draft, source: DraftSource) -> Vector:
    """What the head reads of a source, `[features]`: what it is, what words say of it, what the encoder makes of it."""
    assert draft.meaning is not None, "features are read where the encoder has read the article"
    places = places_of(draft, source)
    before = [draft.text[max(0, start - BEFORE) : start].split("\n")[-1] for start, _ in places]
    after = [draft.text[end : end + AFTER].split("\n")[0] for _, end in places]
    near = [_QUOTE_OR_STOP.split(words)[-1][-_NEAR:] for words in before]
    behind = [re.split(r"[.“”\"]", words)[0][:_BEHIND] for words in after]
    apposed = [words for words in behind if words.startswith(",")]
    plain = [
        *(_RULE * (label is source.affiliation) for label in _LABELS),
        *(kind is source.type for kind in _TYPES),
        source.anonymous,
        bool(source.role),
        len(source.name.split()) == 1,
        source.count is not None,
        len(places) / 10,
        any(_AGE.match(words) for words in after),
    ]
    listed = [_listed(texts) for texts in ([source.role or ""], [source.name], near, apposed, before, after)]
    own = [source.role or "", source.name]
    nouns = [_nouns(texts) for texts in (near, apposed, own, [draft.words(span) for span in source.mentions])]
    words: Vector = np.concatenate([np.array(plain, np.float32), *listed, *nouns])
    return np.concatenate([words, draft.meaning.mean(places)])


def places_of(draft: Draft, source: DraftSource) -> list[Offsets]:
    """Where the article speaks of a source: its mentions, and a name (of a person the last word, too) elsewhere."""
    found = set(source.mentions)
    if not source.anonymous and source.type in _NAMED and source.name.split():
        names = {source.name, source.name.split()[-1] if source.type is SourceType.PERSON else source.name}
        for name in names:
            found |= set(islice(_whole_words(draft.text, name), MOST_PLACES))
    return sorted(found)[:MOST_PLACES]


def _whole_words(text: str, name: str) -> Iterator[Offsets]:
    """Where a name stands that is no part of a word; a pattern would be compiled for each name."""
    begin = text.find(name)
    while begin >= 0:
        end = begin + len(name)
        if is_word(text[begin - 1 : begin]) or is_word(text[end : end + 1]):
            begin = text.find(name, begin + 1)
            continue
        yield begin, end
        begin = text.find(name, end)


def _listed(texts: Iterable[str]) -> Vector:
    """How many of some texts the list of affiliations has a word for, by affiliation; bounded."""
    found = np.zeros(len(_LABELS), np.float32)
    for text in texts:
        if (label := affiliation_of(text)) is not None:
            found[_LABELS.index(label)] += 1
    return (np.minimum(found, 3) / 1.5).astype(np.float32)


def _nouns(texts: Iterable[str]) -> Vector:
    """How often nouns of some texts tell an affiliation; bounded."""
    table = lexicon.table("nouns")
    found = np.zeros(len(_LABELS), np.float32)
    for text in texts:
        for word in re.findall(r"[a-z]+", text.lower()):
            row = table.get(word)
            if row and len(row) > 1 and row[1] != Affiliation.UNKNOWN:
                found[_LABELS.index(Affiliation(row[1]))] += 1
    return (np.minimum(found, 4) / 2).astype(np.float32)
