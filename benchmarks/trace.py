"""What tracing is worth on the written stories, and what it costs: `python benchmarks/trace.py [--size CLAIMS]`."""

import argparse
import random
import resource
import tempfile
import time
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from annotator.labels import Affiliation, SourceType
from annotator.records import AnnotatedArticle, Article, Claim, Link, Source, Span, Tool
from annotator.tracing import check
from annotator.tracing.tracing import Trace, trace

STORIES = Path(__file__).parents[1] / "tests" / "gold_stories"
HELD_OUT = ("ferry", "quarry", "stadium", "vaccine")
Story = dict[str, Any]
Told = tuple[str, str]  # article and claim


def stories() -> dict[str, Story]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(STORIES.glob("*.toml"))}


def annotated(story: Story, annotator: Any) -> list[AnnotatedArticle]:
    articles = [
        Article(article_id=a["id"], publisher=a["publisher"], published=a["date"], text=a["text"])
        for a in story["article"]
    ]
    return list(annotator.annotate_many(articles))


def verdicts(story: Story, records: list[AnnotatedArticle]) -> tuple[int, int, int, list[str]]:
    """Right, all, wrongly said to be verbatim, and the misses."""
    by_id = {record.article.article_id: record for record in records}
    right, falsely, misses = 0, 0, []
    for asked in story.get("check", []):
        found = [
            f for f in check(by_id[asked["article"]], [by_id[i] for i in asked["against"]]) if asked["words"] in f.text
        ]
        quoted = asked["verdict"] in ("verbatim", "shortened", "altered")
        found.sort(key=lambda f: (f.what == "quotation") != quoted)
        first = found[0] if found else None
        changed = [[c.original, c.printed] for c in first.changes] if first else []
        good = first is not None and first.verdict.value == asked["verdict"]
        good = good and set(asked.get("lost", [])) <= set(first.lost) and asked.get("altered", changed) == changed
        right += good
        falsely += first is not None and first.verdict.value == "verbatim" != asked["verdict"]
        if not good:
            misses.append(
                f"{asked['article']}: {asked['words']}: {first.verdict.value if first else 'no unit'} {changed}"
            )
    return right, len(story.get("check", [])), falsely, misses


def pairs_of(story: Story, records: list[AnnotatedArticle], traced: Trace) -> tuple[set[Any], set[Any]]:
    """Pairs of claims that are one: the right ones, and those found."""

    def told(reference: str) -> Told:
        article, _, words = reference.partition(":")
        claims = [c for r in records if r.article.article_id == article for c in r.claims if words in c.text]
        return article, claims[0].claim_id if claims else reference

    right = {frozenset(p) for same in story.get("same", []) for p in combinations(map(told, same["claims"]), 2)}
    here = {record.article.article_id for record in records}
    found = {
        frozenset(((a.article, a.claim_id), (b.article, b.claim_id)))
        for group in traced.groups.values()
        for a, b in combinations(group, 2)
        if a.article != b.article and a.article in here
    }
    return right, found


def b_cubed(story_of: dict[str, Story], traced: Trace, names: tuple[str, ...]) -> float:
    """B-cubed F1 of the identities that the stories name; a source that was not found stands alone."""
    found: dict[str, str] = {}
    right: dict[str, str] = {}
    for name in names:
        for n, identity in enumerate(story_of[name].get("identity", [])):
            right |= dict.fromkeys(identity["is"], f"{name} {n}")
        for n, apart in enumerate(story_of[name].get("apart", [])):
            for reference in apart["are"]:
                if "anonymous" not in reference:
                    right.setdefault(reference, f"{name} apart {n} {reference}")
    for reference in right:
        article, _, named = reference.partition(":")
        own = [s for s in traced.sources if s.article == article and named in (s.name, s.name.split()[-1])]
        own = own or [s for s in traced.sources if s.article == article and s.name.endswith(named)]
        found[reference] = traced.identity[own[0].number] if own else reference
    precision = recall = 0.0
    for one in right:
        same = {other for other in right if right[other] == right[one]}
        joined = {other for other in right if found[other] == found[one]}
        precision += len(same & joined) / len(joined) / len(right)
        recall += len(same & joined) / len(same) / len(right)
    return 2 * precision * recall / (precision + recall)


def measure() -> None:
    from annotator.pipeline import Annotator

    annotator, told = Annotator(), stories()
    records = {name: annotated(story, annotator) for name, story in told.items()}
    with tempfile.TemporaryDirectory() as spill:
        traced = trace((r for some in records.values() for r in some), Path(spill))
    tuned = tuple(name for name in told if name not in HELD_OUT)
    for what, names in (("tuned on", tuned), ("held out", HELD_OUT), ("all", tuple(told))):
        counts = [verdicts(told[name], records[name]) for name in names]
        pairs = [pairs_of(told[name], records[name], traced) for name in names]
        both = sum(len(right & found) for right, found in pairs)
        f1 = 2 * both / sum(len(right) + len(found) for right, found in pairs)
        right, total, falsely = (sum(count[n] for count in counts) for n in range(3))
        print(
            f"{what}: identities B-cubed F1 {b_cubed(told, traced, names):.3f}, claims joined F1 {f1:.3f}, "
            f"verdicts {right}/{total}, wrongly verbatim {falsely}"
        )
    for name in told:
        print(*verdicts(told[name], records[name])[3], sep="\n", end="")


def made_up(claims: int) -> Iterator[AnnotatedArticle]:
    """Articles of ten claims of ten people over a made-up vocabulary; every fourth is told again by another outlet."""
    chance = random.Random(7)
    words = ["".join(chance.choices("bdfgklmnprstvz", k=1) + chance.choices("aeiou", k=1)) for _ in range(70)]
    vocabulary = sorted({"".join(chance.choices(words, k=3)) for _ in range(40_000)})
    told: list[str] = []
    for n in range(claims // 10):
        lines = []
        for _ in range(10):
            if told and chance.random() < 0.25:
                lines.append(chance.choice(told))
            else:
                # As in a language, few words are frequent.
                picked = (vocabulary[min(int(chance.paretovariate(0.35)), len(vocabulary)) - 1] for _ in range(14))
                lines.append(" ".join(picked))
                told = [*told[-500:], lines[-1]]
        people = [f"{chance.choice(vocabulary).title()} {chance.choice(vocabulary).title()}" for _ in lines]
        yield _record(n, lines, people)


def _record(n: int, lines: list[str], people: list[str]) -> AnnotatedArticle:
    text, place, made = "\n".join(lines), 0, []
    sources = tuple(
        Source(source_id=f"s{i}", name=name, type=SourceType.PERSON, affiliation=Affiliation.UNKNOWN, anonymous=False)
        for i, name in enumerate(people, 1)
    )
    own = Source(source_id="article", name="x", type=SourceType.ARTICLE, affiliation=Affiliation.MEDIA, anonymous=False)
    here = Link(source_id="article", role="publisher", basis="document")
    for number, (line, source) in enumerate(zip(lines, sources, strict=True)):
        span = Span(start=place, end=place + len(line), text=line)
        place += len(line) + 1
        made.append(
            Claim(
                claim_id=f"c{number}",
                attribution_id=None,
                section="body",
                paragraph=number,
                spans=(span,),
                text=line,
                quote_type="indirect",
                kind="statement",
                polarity="positive",
                hedged=False,
                attribution="explicit",
                stance="neutral",
                on_record="on_record",
                source_id=source.source_id,
                source_display=source.name,
                chain=(Link(source_id=source.source_id, role="origin", basis="explicit"), here),
                confidence=1,
                needs_review=False,
            )
        )
    return AnnotatedArticle(
        article=Article(
            article_id=f"a{n}", text=text, publisher=f"Outlet {n % 50}", published=f"2030-01-{n % 28 + 1:02}"
        ),
        claims=tuple(made),
        sources=(own, *sources),
        tool=Tool(name="made up", version="0", model="none", lexicon="none"),
    )


def cost(claims: int) -> None:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as spill:
        found = trace(made_up(claims), Path(spill))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{claims:,} claims and named sources: {time.perf_counter() - began:.1f} s, peak {peak:.0f} MiB, "
        f"{len(found.groups):,} told by several"
    )


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, help="measure the cost on so many made-up claims instead")
    given = asked.parse_args()
    if given.size:
        cost(given.size)
    else:
        measure()
