"""Did they say it: the quotations and paraphrases of an article against originals."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.labels import AttributionMode, QuoteType, SourceType
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Attribution, Claim, Source
from annotator.tracing.paraphrases import Wording, closest, differences, other_speaker
from annotator.tracing.quotations import NOT_FOUND, Change, Match, Verdict, compare, hedge_gone, quoted_in
from annotator.tracing.words import HEDGING_CUES, words_of

FEWEST_QUOTED = 2  # a single word between marks says too little to be looked for
RANK = (Verdict.VERBATIM, Verdict.SHORTENED, Verdict.ALTERED, Verdict.NOT_FOUND)


@dataclass(frozen=True)
class Finding:
    """What became of one quotation or paraphrase; offsets are those of the article and of the original."""

    article_id: str
    what: str
    text: str
    start: int
    speaker: str
    verdict: Verdict
    original_id: str = ""
    original_text: str = ""
    original_start: int | None = None
    original_speaker: str = ""
    marked: bool = False
    changes: tuple[Change, ...] = ()
    lost: tuple[str, ...] = ()


def check(
    article: AnnotatedArticle, originals: Sequence[AnnotatedArticle], foreign: Collection[str] = ()
) -> list[Finding]:
    """Every quotation and attributed paraphrase of an article with its verdict, in the order of the text.

    `foreign` are ids of originals in another language than the article's. What no original has may be translated from
    one of these; words cannot tell.
    """
    found = [*_quotations(article, originals), *_paraphrases(article, originals)]
    if foreign:
        where = ", ".join(
            original.article.article_id for original in originals if original.article.article_id in foreign
        )
        found = [_perhaps_translated(finding, where) for finding in found]
    return sorted(found, key=lambda finding: (finding.start, finding.what))


def _perhaps_translated(finding: Finding, where: str) -> Finding:
    if finding.verdict is not Verdict.NOT_FOUND or not where:
        return finding
    return replace(finding, verdict=Verdict.TRANSLATED, original_id=where)


def _quotations(article: AnnotatedArticle, originals: Sequence[AnnotatedArticle]) -> Iterator[Finding]:
    text = article.article.text
    for start, end in quoted_in(text):
        claims = [c for c in article.claims if any(s.start < end and start < s.end for s in c.spans)]
        if len(words_of(text[start:end])) < FEWEST_QUOTED or not claims:
            continue
        said = wording(article, claims[0])
        best, where = NOT_FOUND, None
        for original in originals:
            match = compare(text[start:end], original.article.text)
            if _better(match, best):
                best, where = match, original
        if where is None:
            yield Finding(article.article.article_id, "quotation", text[start:end], start, said.speaker, best.verdict)
        else:
            yield _quoted(article, (start, end), said, where, best)


def _better(match: Match, than: Match) -> bool:
    return (-RANK.index(match.verdict), match.same) > (-RANK.index(than.verdict), than.same)


def _quoted(
    article: AnnotatedArticle, place: tuple[int, int], said: Wording, original: AnnotatedArticle, match: Match
) -> Finding:
    there = [c for c in original.claims if any(s.start < match.end and match.start < s.end for s in c.spans)]
    speaker = wording(original, there[0]) if there else Wording("")
    lost = ["hedge"] if hedge_gone(match) else []
    verdict = match.verdict
    if other_speaker(said, speaker):
        lost.append("speaker")
        verdict = Verdict.ALTERED  # the words are there, and somebody else's
    return Finding(
        article.article.article_id,
        "quotation",
        article.article.text[slice(*place)],
        place[0],
        said.speaker,
        verdict,
        original.article.article_id,
        original.article.text[match.start : match.end],
        match.start,
        speaker.speaker,
        match.marked,
        match.changes,
        tuple(lost),
    )


def _paraphrases(article: AnnotatedArticle, originals: Sequence[AnnotatedArticle]) -> Iterator[Finding]:
    there = [(original, list(wordings(original))) for original in originals]
    for claim in article.claims:
        if claim.attribution is AttributionMode.UNATTRIBUTED or claim.quote_type is QuoteType.DIRECT:
            continue
        printed = wording(article, claim)
        wanted = printed.gist
        best = closest(printed, (one for _, all_of in there for one in all_of)) if wanted.content else None
        if best is None:
            verdict, lost = Verdict.NOT_FOUND, []
        else:
            lost = differences(printed, best)
            verdict = Verdict.DIFFERS if lost else Verdict.SUPPORTED
            lost += anonymity_lost(article, claim, best)
        yield Finding(
            article.article.article_id,
            "paraphrase",
            claim.text,
            claim.spans[0].start,
            printed.speaker,
            verdict,
            best.where if best else "",
            best.text if best else "",
            best.start if best else None,
            best.speaker if best else "",
            lost=tuple(lost),
        )


def anonymity_lost(article: AnnotatedArticle, claim: Claim, original: Wording) -> list[str]:
    """Named where the original's source is anonymous and nothing in the chain of the article says so."""
    links = [article.source_by_id[link.source_id] for link in claim.chain]
    if original.anonymous and not any(source.anonymous for source in links):
        return ["anonymity"]
    mine = {word.key for word in words_of(" ".join(source.name for source in links)) if word.key[0].isdigit()}
    theirs = {word.key for word in words_of(original.speaker) if word.key[0].isdigit()}
    return ["number of sources"] if original.anonymous and theirs - mine else []


def wording(record: AnnotatedArticle, claim: Claim) -> Wording:
    """A claim with its speaker, as it is compared."""
    source, attribution = record.source_of(claim), record.attribution_of(claim)
    return Wording(
        claim.text,
        source.name,
        source.anonymous,
        named_person(source),
        _hedging(attribution),
        record.article.article_id,
        claim.spans[0].start,
    )


def named_person(source: Source) -> bool:
    """Whether a source is one person with a name: somebody whom another name contradicts."""
    named = source.name[:1].isupper() and not source.name.startswith(("The ", "A ", "An "))
    return source.type is SourceType.PERSON and not source.anonymous and source.source_id != ARTICLE_SOURCE and named


def _hedging(attribution: Attribution | None) -> bool:
    cue = attribution.cue.text if attribution and attribution.cue else ""
    return any(word.key in HEDGING_CUES for word in words_of(cue))


def wordings(record: AnnotatedArticle) -> Iterator[Wording]:
    """Everything that an original says, as claims; for a text of which the annotator took nothing, its lines."""
    for claim in record.claims:
        yield wording(record, claim)
    if not record.claims:
        place = 0
        for line in record.article.text.splitlines(keepends=True):
            if line.strip():
                yield Wording(line.strip(), where=record.article.article_id, start=place)
            place += len(line)
