"""Changes for tests: by the words that they are about, and at random."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from annotator.labels import (
    Affiliation,
    ArticleStatus,
    AttributionMode,
    Kind,
    OnRecord,
    QuoteType,
    SourceType,
    Stance,
    VerdictRating,
)
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle
from annotator.worklist import changes as c
from tests.factory import EVIDENCE, HARBOUR, PIECES


def place(words: str, text: str = HARBOUR) -> dict[str, Any]:
    """Where words stand in a text, as plain data."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def changes(record: AnnotatedArticle) -> st.SearchStrategy[c.Change]:
    """Changes of every kind to a record: most of them fit, and some do not."""
    single = _single(record)
    together = st.lists(single, min_size=1, max_size=3).map(lambda parts: c.Together(changes=tuple(parts)))
    return st.one_of(single, single, single, together)


def _single(record: AnnotatedArticle) -> st.SearchStrategy[Any]:
    claim = _one_of([claim.claim_id for claim in record.claims])
    source_id = _one_of([ARTICLE_SOURCE, *(source.source_id for source in record.sources)])
    place = _places(len(record.article.text))
    maybe = st.none() | place
    named = st.builds(
        c.Named,
        name=st.none() | _names([source.name for source in record.sources]),
        mention=maybe,
        type=st.sampled_from(SourceType),
        affiliation=st.sampled_from(Affiliation),
        anonymous=st.booleans(),
    )
    choice = st.one_of(st.builds(c.Known, source_id=source_id), named)
    spans = st.lists(place, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(c.AcceptClaim, claim_id=claim),
        st.builds(c.AcceptOthers),
        st.builds(c.DropClaim, claim_id=claim),
        st.builds(c.AddClaim, spans=spans, source=st.none() | choice, mention=maybe, cue=maybe),
        st.builds(c.SetSource, claim_id=claim, source=choice, mention=maybe, cue=maybe),
        st.builds(c.SetChain, claim_id=claim, links=st.lists(choice, min_size=1, max_size=3).map(tuple)),
        st.builds(
            c.SetLabels,
            claim_id=claim,
            kind=st.sampled_from(Kind),
            stance=st.none() | st.sampled_from(Stance),
            quote_type=st.none() | st.sampled_from(QuoteType),
            attribution=st.none() | st.sampled_from(AttributionMode),
            on_record=st.none() | st.sampled_from(OnRecord),
            hedged=st.none() | st.booleans(),
            claim_normalized=st.none() | st.sampled_from(PIECES),
        ),
        st.builds(c.SetSpans, claim_id=claim, spans=spans),
        st.builds(c.SetCue, claim_id=claim, cue=maybe),
        st.builds(c.SetMention, claim_id=claim, mention=maybe),
        st.builds(
            c.EditSource,
            source_id=source_id,
            name=st.none() | _names([source.name for source in record.sources]),
            type=st.none() | st.sampled_from(SourceType),
            anonymous=st.none() | st.booleans(),
            role=st.none() | st.sampled_from(PIECES),
        ),
        st.builds(c.JoinSources, source_id=source_id, into=source_id),
        st.builds(c.SetNote, claim_id=claim, note=st.sampled_from(["", *PIECES])),
        st.builds(
            c.SetVerdict,
            claim_id=claim,
            rating=st.sampled_from(VerdictRating),
            note=st.sampled_from(["", *PIECES]),
            evidence=st.lists(st.sampled_from(EVIDENCE), max_size=2).map(tuple),
        ),
        st.builds(c.ClearVerdict, claim_id=claim),
        st.builds(c.SetStatus, status=st.none() | st.sampled_from(ArticleStatus), note=st.none() | st.just("Seen")),
    )


def _one_of(ids: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([*ids, *ids, *ids, "nobody"])


def _names(known: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([*(name[:400] for name in known if name.strip()), "Ana Ruiz", "The Crane Board (anonymous)"])


def _places(length: int) -> st.SearchStrategy[c.Place]:
    def made(ends: tuple[int, int]) -> c.Place:
        start, end = sorted(ends)
        return c.Place(start=start, end=max(end, start + 1))

    ends = st.integers(0, length + 1)
    return st.tuples(ends, ends).map(made)
