"""Measure an annotator on gold: the numbers, the errors sentence by sentence, and what changed since an earlier run."""

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from annotator.errors import InputError
from annotator.evaluation.gold import (
    AttributionArticle,
    ClaimArticle,
    GoldArticle,
    GoldClaim,
    GoldSet,
    Offsets,
    Parts,
    ResolvedAttribution,
    SourceArticle,
    read_gold,
    spans_of,
)
from annotator.evaluation.oracle import Resolve
from annotator.evaluation.score import (
    Attributions,
    ClaimScore,
    Counts,
    Outcome,
    PredictedClaim,
    PredictedSource,
    SpanDict,
    Tally,
    b_cubed,
    by_quote_type,
    by_speech,
    calibration_error,
    claim_outcomes,
    f1_interval,
    quote_type_of,
    score_claims,
    share_interval,
    source_outcomes,
    spans_of_claim,
    tallies,
)
from annotator.labels import AttributionMode, Resolution, SourceType
from annotator.records import AnnotatedArticle, Attribution, Claim, Nested, Span

if TYPE_CHECKING:
    from rich.table import Table


NEAR = 300  # characters between two mentions of a source that a reader still has in view
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "him", "her", "them", "this", "those")
)
FORMAT = "annotator-evaluation/1"


class Annotate(Protocol):
    """What is measured: a function from a text and its publisher to the record."""

    def __call__(self, text: str, *, publisher: str | None = None) -> AnnotatedArticle: ...


@dataclass(frozen=True)
class Measure:
    """One number of a report: `right` of `of` where it is a share, `low` and `high` the ends of its 95 % interval."""

    value: float
    right: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Unit:
    """A gold claim or attribution, and what became of it.

    `fields` tells for each field that the unit has whether it is right, None where it was not judged; `gold` and
    `predicted` hold the values of these fields.
    """

    key: str
    text: str
    sentence: str
    found: bool
    fields: dict[str, bool | None]
    gold: dict[str, Any]
    predicted: dict[str, Any]


@dataclass(frozen=True)
class Spurious:
    """A predicted claim or attribution that is none of the gold's."""

    start: int
    text: str
    sentence: str


@dataclass(frozen=True)
class ArticleReport:
    """The outcomes of one article."""

    article_id: str
    units: tuple[Unit, ...]
    spurious: tuple[Spurious, ...] = ()


@dataclass(frozen=True)
class SetReport:
    """The measures of one gold set over all its articles, and the outcomes of each article."""

    name: str
    form: str
    measures: dict[str, Measure]
    articles: tuple[ArticleReport, ...]


@dataclass(frozen=True)
class Report:
    """The result of an evaluation."""

    sets: tuple[SetReport, ...]
    tool: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """All measures and outcomes as JSON values; what a later run is compared with."""
        return {"format": FORMAT, "tool": self.tool, "sets": [asdict(part) for part in self.sets]}

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Set, measure, value in percent, "right/of" and interval, as printed."""
        return [
            (part.name, name, f"{100 * m.value:.1f}", _share(m), _interval(m))
            for part in self.sets
            for name, m in part.measures.items()
        ]

    def table(self) -> "Table":
        """The rows as a table for the terminal, a rule between the sets."""
        from rich.table import Table

        table = Table("gold", "measure", "%", "of", "95 % interval")
        for _, rows in groupby(self.rows(), key=lambda row: row[0]):
            for row in rows:
                table.add_row(*row)
            table.add_section()
        return table

    def errors(self) -> Iterator[str]:
        """One line for each unit that was missed, each field that is wrong and each spurious prediction."""
        for part in self.sets:
            for article in part.articles:
                for unit in article.units:
                    yield from (f"{article.article_id} {line}" for line in _errors_of(unit))
                for extra in article.spurious:
                    yield f"{article.article_id} spurious: {extra.text!r} in: {extra.sentence}"

    def compare(self, earlier: Mapping[str, Any]) -> Iterator[str]:
        """Gains and losses against an earlier report, one line each with its sentence, then their number.

        `earlier` is what `to_json` returned. Only units that both reports have are compared.
        Raises InputError when it is no such report.
        """
        if not isinstance(earlier, Mapping) or earlier.get("format") != FORMAT:
            raise InputError(f"the earlier report is not one of `annotator evaluate --json` (format {FORMAT!r})")
        before = dict(_units(earlier))
        changes = []
        absent = 0
        for key, unit in _units(self.to_json()):
            if key in before:
                changes += [(gain, f"{key[1]} {line}") for gain, line in _changes(before.pop(key), unit)]
            else:
                absent += 1
        for gain, line in sorted(changes, key=lambda change: not change[0]):
            yield f"{'gain' if gain else 'loss'}: {line}"
        gains = sum(gain for gain, _ in changes)
        yield f"gains: {gains}, losses: {len(changes) - gains}"
        if absent or before:
            yield f"not compared: {absent} only in this run, {len(before)} only in the earlier one"


def evaluate(
    gold_paths: Iterable[str | Path],
    annotate: Annotate,
    *,
    texts: Path | None = None,
    measured: Callable[[GoldArticle], None] | None = None,
    oracle: Resolve | None = None,
) -> Report:
    """Annotate every article of the gold and score the records; a text that stands in two sets is annotated once.

    `texts` is the PolNeAR file for resolved sources (see `read_gold`); `measured` is called after each article.
    With `oracle`, that function gets the gold's spans, so that the errors of sources and chains show by themselves.
    Raises InputError for what is no gold, and whatever `annotate` raises: a number over fewer articles would mislead.
    """
    sets = read_gold(gold_paths, texts=texts)
    known: dict[tuple[str, str | None], AnnotatedArticle] = {}
    reports = []
    for gold in sets:
        records = []
        for article in gold.articles:
            key = (article.text, article.publisher)
            if key not in known:
                known[key] = (
                    oracle(article.text, publisher=article.publisher, spans=spans_of(article))
                    if oracle
                    else annotate(article.text, publisher=article.publisher)
                )
                if measured:
                    measured(article)
            records.append(known[key])
        reports.append(_report(gold, records))
    tool = next(iter(known.values())).tool.model_dump() if known else {}
    return Report(tuple(reports), tool)


def may_be_written(path: Path) -> bool:
    """Whether a report may take this place: nothing is there, or an earlier report is; never gold given by mistake."""
    if not path.exists():
        return True
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")).get("format") == FORMAT)
    except (ValueError, AttributeError, OSError):
        return False


def _report(gold: GoldSet, records: Sequence[AnnotatedArticle]) -> SetReport:
    makers: dict[str, Callable[[Any, Sequence[AnnotatedArticle]], tuple[dict[str, Measure], list[ArticleReport]]]] = {
        "claims": _claims_report,
        "sources": _sources_report,
        "attributions": _attributions_report,
    }
    measures, articles = makers[gold.form](gold.articles, records)
    return SetReport(gold.name, gold.form, measures, tuple(articles))


# From the record to what is scored ------------------------------------------------------------------------------------


def prediction_of(record: AnnotatedArticle) -> dict[str, list[PredictedClaim]]:
    """The claims of a record in the scorer's exchange format, `{"claims": [...]}`, in the order of the record."""
    return {"claims": [_predicted_claim(record, claim) for claim in record.claims]}


def _predicted_claim(record: AnnotatedArticle, claim: Claim) -> PredictedClaim:
    source, attribution = record.source_of(claim), record.attribution_of(claim)
    return PredictedClaim(
        start=claim.spans[0].start,
        end=claim.spans[-1].end,
        content_spans=[SpanDict(start=span.start, end=span.end) for span in claim.spans],
        quote_type=claim.quote_type.value,
        kind=claim.kind.value,
        attribution=claim.attribution.value,
        stance=claim.stance.value,
        on_record=claim.on_record.value,
        source=source.name,
        source_type=source.type.value,
        affiliation=source.affiliation.value,
        anonymous=source.anonymous,
        chain=list(record.chain_of(claim)),
        resolution=attribution.resolution.value if attribution else Resolution.RESOLVED.value,
        cue=_span_dict(attribution.cue) if attribution else None,
        source_mention=_span_dict(attribution.source_mention) if attribution else None,
    )


def _span_dict(span: Span | None) -> SpanDict | None:
    return SpanDict(start=span.start, end=span.end) if span else None


def _offsets(*spans: Span | None) -> tuple[Offsets, ...]:
    return tuple(sorted((span.start, span.end) for span in spans if span))


def parts_of(attribution: Attribution) -> Parts:
    """The spans of a record's attribution."""
    return Parts(_offsets(attribution.source_mention), _offsets(attribution.cue), _offsets(*attribution.contents))


def predicted_sources(record: AnnotatedArticle) -> list[PredictedSource]:
    """Every attribution of a record with its source, then the claims that lie outside of their attribution's contents.

    The latter are continuations, postponed and implied attributions, and the article's own voice. An attribution
    takes mode and chain from its first claim; its quote type is that of its claims, mixed where they differ.
    """
    found, covered = [], set()
    for attribution in record.attributions:
        contents = _offsets(*attribution.contents)
        claims = [
            claim
            for claim in record.claims
            if claim.attribution_id == attribution.attribution_id and _touch(_offsets(*claim.spans), contents)
        ]
        covered |= {claim.claim_id for claim in claims}
        found.append(_of_attribution(record, attribution, contents, claims))
    return found + [_of_claims(record, [c], _offsets(*c.spans)) for c in record.claims if c.claim_id not in covered]


def _touch(some: Iterable[Offsets], others: Sequence[Offsets]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _of_attribution(
    record: AnnotatedArticle, attribution: Attribution, contents: tuple[Offsets, ...], claims: list[Claim]
) -> PredictedSource:
    if claims:
        return _of_claims(record, claims, contents)
    # An attribution inside another one's content has no row in the claim table.
    source = record.source_by_id[attribution.source_id]
    return PredictedSource(
        content=contents,
        source_id=source.source_id,
        source_name=source.name,
        source_type=source.type.value,
        anonymous=source.anonymous,
        attribution=AttributionMode.EXPLICIT.value,
        quote_type=quote_type_of(record.article.text, contents),
        chain=(source.name,),
        resolution=attribution.resolution.value,
    )


def _of_claims(record: AnnotatedArticle, claims: list[Claim], content: tuple[Offsets, ...]) -> PredictedSource:
    first = claims[0]
    source = record.source_of(first)
    quote_types = {claim.quote_type.value for claim in claims}
    attribution = record.attribution_of(first)
    return PredictedSource(
        content=content,
        source_id=source.source_id,
        source_name=source.name,
        source_type=source.type.value,
        anonymous=source.anonymous,
        attribution=first.attribution.value,
        quote_type=quote_types.pop() if len(quote_types) == 1 else "mixed",
        chain=record.chain_of(first)[:-1],
        own_voice=first.attribution is AttributionMode.UNATTRIBUTED,
        resolution=attribution.resolution.value if attribution else Resolution.RESOLVED.value,
    )


# Claims ---------------------------------------------------------------------------------------------------------------


def _claims_report(
    articles: Sequence[ClaimArticle], records: Sequence[AnnotatedArticle]
) -> tuple[dict[str, Measure], list[ArticleReport]]:
    scores, reports = [], []
    for gold, record in zip(articles, records, strict=True):
        predicted = prediction_of(record)["claims"]
        outcomes = claim_outcomes(gold, predicted)
        scores.append(score_claims(gold, predicted, outcomes))
        units = [_claim_unit(gold, c, o, predicted) for c, o in zip(gold.claims, outcomes, strict=True)]
        spans = [spans_of_claim(claim) for claim in predicted]
        reports.append(ArticleReport(gold.article_id, tuple(units), _spurious(gold.text, spans, outcomes)))
    return _claim_measures(scores) | _anaphora(reports), reports


def _claim_measures(scores: Sequence[ClaimScore]) -> dict[str, Measure]:
    total = sum(scores, ClaimScore())
    measures = _f1_measures("claim", [score.claims for score in scores])
    measures["exact spans"] = _of(total.exact_spans, total.claims.right)
    measures["claims in non-claim text"] = _of(total.in_non_claims, total.claims.predicted)
    return measures | _field_measures([score.fields for score in scores])


def _claim_unit(article: ClaimArticle, claim: GoldClaim, outcome: Outcome, predicted: Sequence[PredictedClaim]) -> Unit:
    partner: Mapping[str, Any] = predicted[outcome.partner] if outcome.partner is not None else {}
    gold: dict[str, Any] = {name: getattr(claim, _FIELD_OF.get(name, name)) for name in outcome.fields}
    theirs: dict[str, Any] = {name: partner.get(_FIELD_OF.get(name, name)) for name in outcome.fields if partner}
    for name in ("cue", "cue_overlap", "source_mention", "source_mention_overlap"):
        if name in gold:
            gold[name] = article.text[slice(*gold[name])]
        if place := theirs.get(name):
            theirs[name] = article.text[place["start"] : place["end"]]
    gold["chain"] = list(claim.chain)
    if partner:
        theirs["resolution"] = partner.get("resolution")
    return Unit(
        claim.claim_id,
        claim.text,
        sentences_around(article.text, claim.spans[0][0], claim.spans[-1][1]),
        outcome.found,
        dict(outcome.fields),
        gold,
        theirs,
    )


_FIELD_OF = {
    "source_name": "source",
    "attributed_or_not": "attribution",
    "cue_overlap": "cue",
    "source_mention_overlap": "source_mention",
}


# Attributions ---------------------------------------------------------------------------------------------------------


def _attributions_report(
    articles: Sequence[AttributionArticle], records: Sequence[AnnotatedArticle]
) -> tuple[dict[str, Measure], list[ArticleReport]]:
    scored, reports = [], []
    for gold, record in zip(articles, records, strict=True):
        pairs = Attributions(
            gold.text, [item.parts for item in gold.attributions], [parts_of(item) for item in record.attributions]
        )
        scored.append(pairs)
        reports.append(_attribution_article(gold, pairs))
    measures = _counts_measures([pairs.counts() for pairs in scored], "") | _calibration(scored, records)
    chained = [hit for gold, record in zip(articles, records, strict=True) for hit in _chains_of_two(gold, record)]
    if chained:
        measures["chains of two found"] = _of(sum(chained), len(chained))
    for kind_of in (by_quote_type, by_speech):
        split = [pairs.split(kind_of) for pairs in scored]
        for kind in sorted({kind for parts in split for kind in parts}):
            only = _counts_measures([parts.get(kind, {}) for parts in split], f", {kind}")
            # Precision and recall of every role and kind would bury the rest.
            measures |= {name: measure for name, measure in only.items() if " F1" in name}
    return measures, reports


def _calibration(scored: Sequence[Attributions], records: Sequence[AnnotatedArticle]) -> dict[str, Measure]:
    """How far confidence is from being right: of attributions (linked), and of sources where the content is right."""
    whole: list[tuple[float, bool]] = []
    sources: list[tuple[float, bool]] = []
    for pairs, record in zip(scored, records, strict=True):
        partner = {pair.predicted: pair for pair in pairs.pairs}
        for n, item in enumerate(record.attributions):
            pair = partner.get(n)
            whole.append((item.confidence, pair is not None and pair.linked))
            if pair is not None:
                sources.append((item.source_confidence, pair.linked))
    return {
        f"calibration error, {name}": Measure(calibration_error([c for c, _ in rows], [right for _, right in rows]))
        for name, rows in (("attribution", whole), ("source", sources))
    }


def _chains_of_two(gold: AttributionArticle, record: AnnotatedArticle) -> list[bool]:
    """For each gold attribution inside another one's content, whether the record tells both steps.

    It does with an attribution for the outer one and, inside its claims, a nested attribution or one of the record for
    the inner one, or with a chain that holds the sources of both.
    """
    by_id = {item.attribution_id: item for item in gold.attributions}
    return [
        _tells_both(by_id[item.parent].parts, item.parts, record)
        for item in gold.attributions
        if item.parent is not None
    ]


def _tells_both(outer: Parts, inner: Parts, record: AnnotatedArticle) -> bool:
    theirs = [item for item in record.attributions if _same(parts_of(item), outer)]
    sources = {item.source_id for item in record.attributions if _same(parts_of(item), inner)}
    for claim in record.claims:
        within = [_nested_parts(item) for item in claim.nested]
        is_outer = any(claim.attribution_id == item.attribution_id for item in theirs)
        steps = {link.source_id for link in claim.chain}
        if is_outer and (any(_same(parts, inner) for parts in within) or sources & steps):
            return True
        if sources & steps and {item.source_id for item in theirs} & steps and len(steps) > 2:
            return True
    return False


def _nested_parts(item: Nested) -> Parts:
    return Parts(_offsets(item.source_mention), _offsets(item.cue), _offsets(*item.contents))


def _same(ours: Parts, gold: Parts) -> bool:
    """The same cue, or, where the gold has none, the same content."""
    return _touch(ours.cue, gold.cue) if gold.cue else _touch(ours.content, gold.content)


def _counts_measures(articles: Sequence[Mapping[str, Counts]], suffix: str) -> dict[str, Measure]:
    names = dict.fromkeys(name for counts in articles for name in counts)
    measures: dict[str, Measure] = {}
    for name in names:
        measures |= _f1_measures(name, [counts.get(name, Counts()) for counts in articles], suffix)
    return measures


def _attribution_article(gold: AttributionArticle, scored: Attributions) -> ArticleReport:
    partner = {pair.gold: pair for pair in scored.pairs}
    units = []
    for i, (item, ours) in enumerate(zip(gold.attributions, scored.gold, strict=True)):
        pair = partner.get(i)
        theirs = scored.predicted[pair.predicted] if pair else None
        start, end = (item.parts.content or item.parts.cue)[0][0], (item.parts.content or item.parts.cue)[-1][1]
        units.append(
            Unit(
                item.attribution_id,
                _words(gold.text, ours.content),
                sentences_around(gold.text, start, end),
                pair is not None,
                {"source": pair.linked if pair else None},
                {"source": _words(gold.text, ours.source), "cue": _words(gold.text, ours.cue)},
                {"source": _words(gold.text, theirs.source), "cue": _words(gold.text, theirs.cue)} if theirs else {},
            )
        )
    paired = {pair.predicted for pair in scored.pairs}
    extra = [
        parts.content or parts.cue
        for j, parts in enumerate(scored.predicted)
        if j not in paired and (parts.content or parts.cue)
    ]
    return ArticleReport(gold.article_id, tuple(units), tuple(_extra(gold.text, spans) for spans in extra))


# Resolved sources -----------------------------------------------------------------------------------------------------


def _sources_report(
    articles: Sequence[SourceArticle], records: Sequence[AnnotatedArticle]
) -> tuple[dict[str, Measure], list[ArticleReport]]:
    fields, reports = [], []
    labels: list[tuple[Hashable, Hashable, bool]] = []
    for gold, record in zip(articles, records, strict=True):
        predicted = predicted_sources(record)
        outcomes = source_outcomes(gold.text, gold.attributions, predicted)
        fields.append(tallies(outcomes))
        units = []
        for n, (item, outcome) in enumerate(zip(gold.attributions, outcomes, strict=True)):
            theirs = predicted[outcome.partner] if outcome.partner is not None else None
            # A missed attribution is a cluster of its own.
            cluster = (gold.article_id, "source", theirs.source_id) if theirs else (gold.article_id, "missed", str(n))
            labels.append(((gold.article_id, item.source_id), cluster, outcome.found))
            units.append(_source_unit(gold.text, item, outcome, theirs))
        reports.append(ArticleReport(gold.article_id, tuple(units)))
    found = [(ours, theirs) for ours, theirs, aligned in labels if aligned]
    measures = {"attributions found": _of(len(found), len(labels))} | _field_measures(fields)
    measures |= _anaphora(reports) | _by_mention(articles, reports)
    measures["same source B-cubed F1, of found"] = Measure(b_cubed([a for a, _ in found], [b for _, b in found])[2])
    everything = b_cubed([a for a, _, _ in labels], [b for _, b, _ in labels])
    measures["same source B-cubed F1, of all gold"] = Measure(everything[2])
    return measures, reports


def _anaphora(reports: Sequence[ArticleReport]) -> dict[str, Measure]:
    """How many anaphoric sources of the gold the record resolves, and how many of these are right: wrong is worse.

    The last measure leaves out those that the gold lets be explicit and the record takes for that.
    """
    anaphoric = [unit for report in reports for unit in report.units if unit.found and _is_anaphoric(unit)]
    resolved = [unit for unit in anaphoric if _is_resolved(unit)]
    taken_up = [unit for unit in resolved if not _is_taken_for_explicit(unit)]
    return {
        "anaphoric sources resolved, of found": _of(len(resolved), len(anaphoric)),
        "anaphoric sources right, of resolved": _of(_named_right(resolved), len(resolved)),
        "anaphoric sources right, of resolved as such": _of(_named_right(taken_up), len(taken_up)),
    }


def _named_right(units: Iterable[Unit]) -> int:
    return sum(unit.fields.get("source_name") is True for unit in units)


def _is_anaphoric(unit: Unit) -> bool:
    return bool(unit.gold.get("attribution") == AttributionMode.ANAPHORIC.value)


def _is_taken_for_explicit(unit: Unit) -> bool:
    explicit = unit.predicted.get("attribution") == AttributionMode.EXPLICIT.value
    return explicit and unit.fields.get("attribution") is True


def _is_resolved(unit: Unit) -> bool:
    """Whether the record credits a source and stands by it: not the article itself, nobody, or one of several."""
    credited = unit.predicted.get("source_type") not in {SourceType.UNSPECIFIED.value, SourceType.ARTICLE.value}
    return credited and unit.predicted.get("resolution") == Resolution.RESOLVED.value


def _by_mention(articles: Sequence[SourceArticle], reports: Sequence[ArticleReport]) -> dict[str, Measure]:
    """How often the source is right by the kind of its mention, and by how far back the source stood last."""
    right: dict[str, list[bool]] = {}
    wrong: Counter[str] = Counter()
    for article, report in zip(articles, reports, strict=True):
        last: dict[str, int] = {}
        items = zip(article.attributions, report.units, strict=True)
        for item, unit in sorted(items, key=lambda pair: (pair[0].parts.source or pair[0].parts.content)[0]):
            place = (item.parts.source or item.parts.content or item.parts.cue)[0][0]
            kinds = [mention_kind(_words(article.text, item.parts.source), item.source_names[0])]
            if kinds[0] in {"pronoun", "description"} and item.source_id in last:
                kinds.append("near" if place - last[item.source_id] <= NEAR else "far")
            last[item.source_id] = place
            if unit.found:
                is_right = unit.fields.get("source_name") is True
                names = [kinds[0], *(f"{kinds[0]}, last mention {distance}" for distance in kinds[1:])]
                for name in names:
                    right.setdefault(name, []).append(is_right)
                wrong.update([] if is_right else [f"{names[-1]}: {_taken_for(unit)}"])
    measures = {f"source_name by mention: {kind}": _of(sum(hits), len(hits)) for kind, hits in sorted(right.items())}
    total = wrong.total()
    return measures | {f"wrong source by mention: {kind}": _of(n, total) for kind, n in sorted(wrong.items())}


def _taken_for(unit: Unit) -> str:
    """What a wrong source is: none that the record stands by, another type than the gold's, or another of its type."""
    if not _is_resolved(unit):
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


def _source_unit(text: str, item: ResolvedAttribution, outcome: Outcome, theirs: PredictedSource | None) -> Unit:
    content = item.parts.content or item.parts.cue
    gold = {
        "source_name": item.source_names[0],
        "source_type": item.source_types[0],
        "anonymous": item.anonymous[0],
        "attribution": item.modes[0],
        "quote_type": item.quote_types[0],
        "chain": [min(link) for link in item.chains[0][:-1]],
    }
    predicted = {name: getattr(theirs, name) for name in [*gold, "resolution"]} if theirs else {}
    return Unit(
        item.attribution_id,
        _words(text, content),
        sentences_around(text, content[0][0], content[-1][1]),
        outcome.found,
        dict(outcome.fields),
        gold,
        {name: list(value) if isinstance(value, tuple) else value for name, value in predicted.items()},
    )


# Measures -------------------------------------------------------------------------------------------------------------


def _of(right: int, of: int) -> Measure:
    return Measure(right / of if of else 0.0, right, of)


def _f1_measures(name: str, counts: Sequence[Counts], suffix: str = "") -> dict[str, Measure]:
    """F1 with its interval, precision and recall of counts pooled over articles."""
    total = sum(counts, Counts())
    low, high = f1_interval(counts) or (None, None)
    return {
        f"{name} F1{suffix}": Measure(total.f1, low=low, high=high),
        f"{name} precision{suffix}": _of(total.right, total.predicted),
        f"{name} recall{suffix}": _of(total.right, total.gold),
    }


def _field_measures(articles: Sequence[Mapping[str, Tally]]) -> dict[str, Measure]:
    """For each field the share that is right of those found, and of all gold with its interval."""
    measures = {}
    for name in dict.fromkeys(name for fields in articles for name in fields):
        each = [fields.get(name, Tally()) for fields in articles]
        total = sum(each, Tally())
        low, high = share_interval([(tally.right, tally.gold) for tally in each]) or (None, None)
        of_all = _of(total.right, total.gold)
        measures[f"{name}, of found"] = _of(total.right, total.judged)
        measures[f"{name}, of all gold"] = Measure(of_all.value, of_all.right, of_all.of, low, high)
    return measures


def _share(measure: Measure) -> str:
    return f"{measure.right}/{measure.of}" if measure.of is not None else ""


def _interval(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return ""
    return f"{100 * measure.low:.1f}–{100 * measure.high:.1f}"


# Sentence by sentence -------------------------------------------------------------------------------------------------

_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\bSt)(?<!\bvs)"
    r"[.!?…][”’\"')]*\s+(?=[“‘\"'(]*[A-Z0-9])|\s*\n\s*"
)


def sentences_around(text: str, start: int, end: int) -> str:
    """The sentences that a stretch of text touches, as a reader would quote them; only for people to read.

    >>> sentences_around("It rained. Mr. Fox left. He ran.", 15, 18)
    'Mr. Fox left.'
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((place for place in ends if place <= start), default=0)
    last = min((place for place in ends if place >= end), default=len(text))
    return " ".join(text[first:last].split())


def _words(text: str, spans: Iterable[Offsets]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _extra(text: str, spans: Sequence[Offsets]) -> Spurious:
    return Spurious(spans[0][0], _words(text, spans), sentences_around(text, spans[0][0], spans[-1][1]))


def _spurious(text: str, spans: Sequence[list[Offsets]], outcomes: Iterable[Outcome]) -> tuple[Spurious, ...]:
    paired = {outcome.partner for outcome in outcomes}
    return tuple(_extra(text, each) for j, each in enumerate(spans) if j not in paired)


def _errors_of(unit: Unit) -> Iterator[str]:
    if not unit.found:
        yield f"{unit.key} missed: {unit.text!r} in: {unit.sentence}"
    for name, right in unit.fields.items():
        # `cue` and `source_mention` already say what their strict `_overlap` would repeat.
        if right is False and not name.endswith("_overlap"):
            yield (
                f"{unit.key} {name}: gold {unit.gold.get(name)!r}, predicted {unit.predicted.get(name)!r} "
                f"in: {unit.sentence}"
            )


_Key = tuple[str, str, str]


def _units(report: Mapping[str, Any]) -> Iterator[tuple[_Key, Mapping[str, Any]]]:
    """The units of a report by form, article and key."""
    for part in report["sets"]:
        for article in part["articles"]:
            for unit in article["units"]:
                yield (part["form"], article["article_id"], unit["key"]), unit


def _changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
    """Whether each change is a gain, and the line that tells it."""
    if was["found"] != now["found"]:
        before, after = ("found", "missed") if was["found"] else ("missed", "found")
        yield now["found"], f"{now['key']}: was {before}, now {after}: {now['sentence']}"
        return
    for name, right in now["fields"].items():
        earlier = was["fields"].get(name)
        if None not in (right, earlier) and right != earlier and not name.endswith("_overlap"):
            values = f"was {was['predicted'].get(name)!r}, now {now['predicted'].get(name)!r}"
            yield right, f"{now['key']} {name}: {values}, gold {now['gold'].get(name)!r}: {now['sentence']}"
