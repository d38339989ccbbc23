"""Fits the heads that label claims and sources: kind, affiliation, and doubt about the article's own voice.

    python -m annotator.training.labels --claims GOLD... --sources sources_polnear_train \\
        --texts polnear_train.jsonl.gz -o annotator/models/en

It prints first what each head and the rules get right by cross-validation, ten folds of whole articles, then fits on
everything. Run it again whenever encoder, word lists or the steps before change.
"""

import json
import re
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from annotator.claims import classify, furniture, kinds, own_doubt
from annotator.collect import collect
from annotator.conventions import trim
from annotator.draft import Draft, Offsets, inside, overlaps
from annotator.evaluation.gold.articles import ClaimArticle, GoldArticle, fold_of
from annotator.evaluation.gold.files import read_gold
from annotator.evaluation.predictions import prediction_of
from annotator.evaluation.scores.claims import claim_outcomes
from annotator.evaluation.scores.matching import characters, norm
from annotator.extraction.meaning import STATED, Projection
from annotator.labels import Affiliation, Kind, SectionKind
from annotator.pipeline import MODEL_FOLDER, Annotator
from annotator.records import Article
from annotator.sources import affiliations

FOLDS, WIDTH = 10, 128
SHARED = 15  # characters of a missed attribution in a claim of own voice that make it somebody's
PENALTY = {"kind": 0.003, "affiliation": 0.001, "own_voice": 0.01, "furniture": 0.0003}  # on squared weights
FURNITURE = Path(__file__).parent / "furniture.txt"
TOGETHER = 8  # sentences of furniture that are read in one text
LABELS = {
    "kind": tuple(map(str, Kind)),
    "affiliation": tuple(map(str, Affiliation)),
    "own_voice": ("own", own_doubt.DOUBTFUL),
    "furniture": (furniture.CLAIM, "call to action", "boilerplate", "photo credit"),
}

Matrix = NDArray[np.float32]


@dataclass
class Lessons:
    """What one head learns from: rows of features, the right labels (the best first), the rules' labels, articles."""

    rows: list[Matrix] = field(default_factory=list)
    right: list[Sequence[str]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)

    def add(self, row: Matrix, right: Sequence[str], rule: str, article: str, where: str) -> None:
        self.rows.append(row)
        self.right.append(right)
        self.rules.append(rule)
        self.articles.append(article)
        self.sets.append(where)


def lessons_of(claims: Iterable[Path], sources: Path | None, texts: Path | None) -> dict[str, Lessons]:
    """The lessons of all heads, from claim gold and from gold whose sources have affiliations."""
    annotator = Annotator()
    size = sum(output.shape[2] for output in annotator.extractor.inner_outputs)
    annotator.extractor.projection = Projection(
        np.eye(size, dtype=np.float32), np.zeros(size, np.float32), fitted=False
    )
    lessons: dict[str, Lessons] = {name: Lessons() for name in LABELS}
    for path in claims:
        for article in read_gold([path])[0].articles:
            assert isinstance(article, ClaimArticle), f"{path}: this is no claim gold"
            _learn_claims(annotator, article, path.stem, lessons)
    _learn_furniture(annotator, lessons["furniture"])
    if sources is None:
        return lessons
    for article in read_gold([sources], texts=texts)[0].articles:
        draft = _draft(annotator, article)
        _learn_sources(draft, article, _affiliations(sources, article), lessons["affiliation"])
        _learn_prose(draft, [(0, len(draft.text))], (), article.article_id, "sources", lessons["furniture"])
    return lessons


def _draft(annotator: Annotator, article: GoldArticle) -> Draft:
    given = Article(article_id=article.article_id, text=article.text, publisher=article.publisher)
    return next(annotator.drafts([given]))


def _learn_claims(annotator: Annotator, gold: ClaimArticle, where: str, lessons: dict[str, Lessons]) -> None:
    draft = _draft(annotator, gold)
    predicted = prediction_of(collect(draft, annotator.tool))["claims"]
    affiliated: defaultdict[int, list[str]] = defaultdict(list)
    sources = {id(source): source for source in draft.sources}
    found = set()
    for outcome, claim in zip(claim_outcomes(gold, predicted), gold.claims, strict=True):
        if outcome.partner is None:
            continue
        made = draft.claims[outcome.partner]
        found.add(claim.claim_id)
        source = made.attribution.source if made.attribution else None
        if source is not None and claim.affiliation and norm(source.name) in map(norm, claim.accepted("source")):
            affiliated[id(source)] += claim.accepted("affiliation")
        if made.attribution is not None and claim.kind in LABELS["kind"]:
            quote = classify.quote_type_of(draft, made)
            rule = classify.kind_of(draft, made)
            row = kinds.features(draft, made, rule, quote)
            lessons["kind"].add(row, claim.accepted("kind"), rule, gold.article_id, where)
    for number, labels in affiliated.items():
        source = sources[number]
        if source.type not in affiliations.SETTLED:
            row = affiliations.features(draft, source)
            lessons["affiliation"].add(row, labels, source.affiliation, gold.article_id, where)
    _learn_doubt(draft, gold, found, where, lessons["own_voice"])
    given = [span for claim in gold.claims for span in claim.spans]
    _learn_prose(draft, given, gold.non_claims or (), gold.article_id, where, lessons["furniture"])


def _learn_doubt(draft: Draft, gold: ClaimArticle, found: set[str], where: str, lessons: Lessons) -> None:
    """A claim of own voice that holds some of an attribution which was not found is somebody's."""
    silent = characters(gold.non_claims or ())
    given = [characters(c.spans) for c in gold.claims if c.attribution != "unattributed"]
    for n, claim in enumerate(draft.claims):
        if claim.attribution is not None:
            continue
        own = characters(claim.spans)
        if len(own & silent) > len(own) / 2:
            continue  # furniture is another matter
        somebodys = any(len(own & chars) >= min(SHARED, len(chars)) for chars in given)
        row = own_doubt.features(draft, n)
        lessons.add(row, [LABELS["own_voice"][somebodys]], "own", gold.article_id, where)


def _affiliations(folder: Path, article: GoldArticle) -> dict[str, str]:
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["doc_id"] == article.article_id:
            return {norm(one["source_name"]): one["affiliation"] for one in told["sources"] if one.get("affiliation")}
    return {}


def _learn_sources(draft: Draft, gold: GoldArticle, known: dict[str, str], lessons: Lessons) -> None:
    for source in draft.sources:
        if source.type not in affiliations.SETTLED and norm(source.name) in known:
            row = affiliations.features(draft, source)
            lessons.add(row, [known[norm(source.name)]], source.affiliation, gold.article_id, "sources")


def _learn_prose(
    draft: Draft, claims: Sequence[Offsets], silent: Sequence[Offsets], article: str, where: str, lessons: Lessons
) -> None:
    """Sentences with a claim are none of furniture; those that gold leaves out whole are."""
    for sentence in draft.prose_sentences:
        span = trim(draft.text, sentence.start_char, sentence.end_char)
        if span[0] >= span[1] or draft.section_kind(span[0]) is SectionKind.HEADLINE or draft.meaning is None:
            continue
        row = furniture.features(draft.text, draft.meaning, span)
        if any(overlaps(span, claim) for claim in claims):
            lessons.add(row, [furniture.CLAIM], furniture.CLAIM, article, where)
        elif any(inside(span, one) for one in silent) and not _declines(draft.words(span)):
            caption = draft.section_kind(span[0]) is SectionKind.CAPTION
            kinds = ["photo credit"] if caption else ["boilerplate", "call to action", "photo credit"]
            lessons.add(row, kinds, furniture.CLAIM, article, where)


def _declines(words: str) -> bool:
    """Whether a sentence is left out for what it says: no comment, a question, terms of anonymity."""
    return re.search(r"comment|respon[ds]|repl(?:y|ied)|anonym|\?\W*\Z", words) is not None


def _learn_furniture(annotator: Annotator, lessons: Lessons) -> None:
    """The sentences written for the purpose, some of them in one text."""
    lines = [line for line in FURNITURE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [(kind.strip(), words.strip()) for kind, words in (line.split("|", 1) for line in lines)]
    pairs = sorted(pairs, key=lambda pair: fold_of(pair[1], len(pairs)))  # no text is all of one kind
    for first in range(0, len(pairs), TOGETHER):
        some = pairs[first : first + TOGETHER]
        text = "\n".join(words for _, words in some)
        starts = [sum(len(words) + 1 for _, words in some[:n]) for n in range(len(some))]
        spans = [(start, start + len(words)) for start, (_, words) in zip(starts, some, strict=True)]
        meaning = annotator.extractor.read_names(text, spans).meaning
        assert meaning is not None, "a model that has the entity head has states"
        for (kind, words), span in zip(some, spans, strict=True):
            lessons.add(furniture.features(text, meaning, span), [kind], furniture.CLAIM, words, "furniture.txt")


# --- fitting ----------------------------------------------------------------------------------------------------


def projected(lessons: dict[str, Lessons], size: int) -> Projection:
    """Principal components of the states of all lessons `[size, WIDTH]`; no label is used."""
    states = np.concatenate([np.stack(lessons[name].rows)[:, -size:] for name in sorted(STATED)])
    mean, spread = states.mean(axis=0), states.std(axis=0) + 1e-3
    axes = np.linalg.svd((states - mean) / spread, full_matrices=False)[2][:WIDTH].T / np.sqrt(WIDTH)
    weight = (axes / spread[:, None]).astype(np.float16).astype(np.float32)
    return Projection(weight, (-mean @ weight).astype(np.float32))


def fitted(rows: Matrix, right: NDArray[np.int64], labels: int, penalty: float) -> tuple[Matrix, Matrix]:
    """Weights `[features, labels]` and bias of a multinomial logistic regression."""
    x, y = torch.from_numpy(rows), torch.from_numpy(right)
    weight = torch.zeros(rows.shape[1], labels, requires_grad=True)
    bias = torch.zeros(labels, requires_grad=True)
    steps = torch.optim.LBFGS([weight, bias], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        steps.zero_grad()
        lost = torch.nn.functional.cross_entropy(x @ weight + bias, y) + penalty * weight.square().sum()
        lost.backward()  # type: ignore[no-untyped-call]
        return lost

    steps.step(loss)  # type: ignore[no-untyped-call]
    return weight.detach().numpy(), bias.detach().numpy()


def crossed(name: str, lessons: Lessons, rows: Matrix) -> Matrix:
    """Probabilities `[rows, labels]` of each row by a head that has not seen its article."""
    right = np.array([LABELS[name].index(labels[0]) for labels in lessons.right])
    folds = np.array([fold_of(article, FOLDS) for article in lessons.articles])
    chances = np.zeros((len(rows), len(LABELS[name])), np.float32)
    for fold in range(FOLDS):
        seen, held = folds != fold, folds == fold
        weight, bias = fitted(rows[seen], right[seen], len(LABELS[name]), PENALTY[name])
        scores = rows[held] @ weight + bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances[held] = odds / odds.sum(axis=1, keepdims=True)
    return chances


def report(name: str, lessons: Lessons, chances: Matrix) -> None:
    """Print what the head and the rules get right, set by set; of doubt its calibration, too."""
    told = [LABELS[name][n] for n in chances.argmax(axis=1)]
    for where in dict.fromkeys(lessons.sets):
        here = [n for n, one in enumerate(lessons.sets) if one == where]
        head = np.mean([told[n] in lessons.right[n] for n in here])
        rules = np.mean([lessons.rules[n] in lessons.right[n] for n in here])
        print(f"{name}, {where}: {len(here)} rows, rules {100 * rules:.1f}, head {100 * head:.1f}")
    if name == "furniture":
        _report_furniture(lessons, chances[:, 0])
    if name == "own_voice":
        _report_doubt(lessons, chances[:, 1])


def _report_furniture(lessons: Lessons, claims: Matrix) -> None:
    for where in dict.fromkeys(lessons.sets):
        here = np.array([one == where for one in lessons.sets])
        dropped = (1 - claims >= furniture.LEAST) & here
        real = np.array([labels[0] != furniture.CLAIM for labels in lessons.right]) & here
        print(
            f"furniture, {where}: {(dropped & real).sum()} of {real.sum()} found, {(dropped & ~real).sum()} claims lost"
        )


def _report_doubt(lessons: Lessons, chances: Matrix) -> None:
    somebodys = np.array([labels[0] == own_doubt.DOUBTFUL for labels in lessons.right])
    bins = np.minimum((chances * 10).astype(int), 9)
    error = sum(
        abs(chances[bins == n].mean() - somebodys[bins == n].mean()) * (bins == n).mean() for n in set(bins.tolist())
    )
    print(f"own_voice: {len(chances)} claims, {somebodys.sum()} somebody's, calibration error {error:.3f}")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        read = chances >= least
        share = (read & somebodys).sum() / max(1, somebodys.sum())
        print(f"  from {least}: {read.sum()} to read, {(read & somebodys).sum()} somebody's ({100 * share:.0f} %)")


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=Path, nargs="+", required=True, help="claim gold: folders or files")
    parser.add_argument("--sources", type=Path, help="gold whose sources have affiliations")
    parser.add_argument("--texts", type=Path, help="the PolNeAR file that has the texts of --sources")
    parser.add_argument("-o", "--output", type=Path, default=MODEL_FOLDER)
    given = parser.parse_args()
    torch.set_num_threads(1)
    lessons = lessons_of(given.claims, given.sources, given.texts)
    size = sum(output.shape[2] for output in Annotator().extractor.inner_outputs)
    projection = projected(lessons, size)
    arrays: dict[str, Any] = {
        "projection_weight": projection.weight.astype(np.float16),
        "projection_bias": projection.bias,
    }
    for name, taught in lessons.items():
        rows = np.stack(taught.rows).astype(np.float32)
        if name in STATED:
            rows = np.hstack([rows[:, :-size], rows[:, -size:] @ projection.weight + projection.bias])
        report(name, taught, crossed(name, taught, rows))
        right = np.array([LABELS[name].index(labels[0]) for labels in taught.right])
        weight, bias = fitted(rows, right, len(LABELS[name]), PENALTY[name])
        arrays |= {f"{name}_weight": weight, f"{name}_bias": bias, f"{name}_labels": np.array(LABELS[name])}
    np.savez_compressed(given.output / "labels.npz", **arrays)


if __name__ == "__main__":
    main()
