"""Sources and chains fold by fold, and what each rule of `annotator/sources` is worth, one at a time.

    python benchmarks/sources.py sources_polnear_train
    python benchmarks/sources.py sources_polnear_train --rules > rules.txt
    python benchmarks/sources.py wikinews world2025_dev --raw --rules chains. >> rules.txt

A rule is a function of the room that can find nothing, a branch that need not be taken, or a list of words or a pattern
that can be empty. Each is switched off by itself, and the whole gold measured again: what is not better with a rule
than without it has no place in the room. A rule earns its place where less is right without it (in 95 % of resampled
articles), and harms where more is; it is idle where no record changes, and unseen where records change in nothing that
the gold has. Nothing but totals and the names of rules is printed.
"""

import ast
import importlib
import pkgutil
import re
import signal
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, FunctionType, ModuleType, SimpleNamespace
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.tokens import Doc

from annotator import sources
from annotator.evaluation import fold_of, measure, oracle_of, read_gold
from annotator.evaluation.gold.articles import ClaimArticle, GoldArticle, GoldSet, Parts, SourceArticle, spans_of
from annotator.evaluation.oracle import Resolve
from annotator.evaluation.predictions import predicted_sources, prediction_of
from annotator.evaluation.scores.claims import claim_outcomes
from annotator.evaluation.scores.counts import Outcome
from annotator.evaluation.scores.sources import source_outcomes
from annotator.evaluation.scores.statistics import interval
from annotator.extraction import Entity, Extractor, Found
from annotator.language.parse import Parser
from annotator.pipeline import Annotator
from annotator.records import AnnotatedArticle, Article

FOLDS = 5
SLOW = 60  # seconds; a rule without which the gold takes longer is one that ends a search
FIELDS = ("source_name", "chain", "source_type", "anonymous", "attribution")
SHOWN = (
    "claim F1",
    "attributions found",
    "source_name, of found",
    "chain, of found",
    *(f"{name}, of all gold" for name in (*FIELDS, "quote_type")),
    "same source B-cubed F1, of all gold",
    "anaphoric sources resolved, of found",
    "anaphoric sources right, of resolved",
    "calibration error, source_confidence",
    "calibration error, source_confidence, anaphoric",
)


class Given:
    """Gold articles, and what an annotator makes of them, which may use the spans of people."""

    def __init__(self, sets: Sequence[GoldSet], resolve: Resolve) -> None:
        self.sets = sets
        self.articles = [article for gold in sets for article in gold.articles]
        self._resolve = resolve

    def records(self) -> list[AnnotatedArticle]:
        """The record of each article, with the room `sources` as it is now."""
        return [
            self._resolve(article.text, publisher=article.publisher, spans=spans_of(article))
            for article in self.articles
        ]


def reading_once(*, raw: bool = False) -> Resolve:
    """The annotator with given spans, or, `raw`, with those that it finds itself; it reads a text once for all rules.

    Frames and the scopes that they open are no people's spans: only raw text has them.
    """
    annotator = Annotator()
    annotator.parser = _ParsedOnce(annotator.parser)  # type: ignore[assignment]
    annotator.extractor = _ExtractedOnce(annotator.extractor)  # type: ignore[assignment]

    def resolve(text: str, *, publisher: str | None = None, spans: Sequence[Parts] = ()) -> AnnotatedArticle:
        return annotator.annotate(Article(article_id="gold", text=text, publisher=publisher))

    return resolve if raw else oracle_of(annotator)


class _ParsedOnce:
    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._docs: dict[str, Doc] = {}

    def parse(self, articles: Sequence[tuple[str, Any]]) -> Iterator[Doc]:
        for article in articles:
            if article[0] not in self._docs:
                self._docs[article[0]] = next(self._parser.parse([article]))
            yield self._docs[article[0]]


class _ExtractedOnce:
    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._found: dict[str, Found] = {}
        self.marks_entities = extractor.marks_entities

    def read(self, text: str, lines: Any) -> Found:
        if text not in self._found:
            self._found[text] = self._extractor.read(text, lines)
        return self._found[text]

    read_names = read  # with given spans only the names of it are looked at

    def entities(self, text: str, lines: Any) -> Sequence[Entity]:
        return self.read(text, lines).entities


# --- fold by fold -----------------------------------------------------------------------------------------------------


def by_fold(given: Given) -> Table:
    """The measures of each fold's articles and of all, in percent, a row a measure; a table for each gold set."""
    records = dict(zip(map(id, given.articles), given.records(), strict=True))
    table = Table("gold", "measure", *(f"fold {n + 1}" for n in range(FOLDS)), "all", "95 % interval")
    for gold in given.sets:
        parts = [tuple(a for a in gold.articles if fold_of(a.article_id, FOLDS) == n) for n in range(FOLDS)]
        sets = [replace(gold, articles=articles) for articles in (*parts, gold.articles)]
        found = [measure(one, [records[id(a)] for a in one.articles]).measures for one in sets]
        table.add_row(gold.name, "articles", *(str(len(one.articles)) for one in sets))
        for name in (name for name in SHOWN if name in found[-1]):
            whole = found[-1][name]
            ends = f"{100 * whole.low:.1f}–{100 * whole.high:.1f}" if whole.low is not None and whole.high else ""
            table.add_row("", name, *(f"{100 * part[name].value:.1f}" if name in part else "" for part in found), ends)
        table.add_section()
    return table


# --- rules ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """Something that the room `sources` could do without; `off` does without it as long as it is open."""

    name: str
    off: Callable[[], Any]


def rules(room: ModuleType = sources) -> Iterator[Rule]:
    """Every function, branch, list of words and pattern of a room, and every lexicon that it reads."""
    modules = [importlib.import_module(f"{room.__name__}.{m.name}") for m in pkgutil.iter_modules(room.__path__)]
    for module in modules:
        yield from _of_code(module)
        for name in _made_in(module):
            if (empty := _empty(value := getattr(module, name))) is not None:
                yield Rule(f"{_short(module)}.{name} is empty", _without_constant(modules, value, empty))
    for name in sorted(set(re.findall(r'lexicon\.\w+\("(\w+)"\)', "".join(map(_text, modules))))):
        yield Rule(f"lexicon {name} is empty", _without_lexicon(modules, name))


def _short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _text(module: ModuleType) -> str:
    return Path(module.__file__ or "").read_text(encoding="utf-8")


def _of_code(module: ModuleType) -> Iterator[Rule]:
    """A function that finds nothing, or does nothing to its words; a branch that is never taken."""
    path, tree = Path(module.__file__ or ""), ast.parse(_text(module))
    for name, function, node in _functions(module, tree):
        label = f"{_short(module)}.{name}"
        for said, instead in _neutral(node):
            yield Rule(f"{label} {said}", _without_code(tree, path, function, node, "body", instead))
        branches = (part for part in ast.walk(node) if isinstance(part, ast.If) and not _ends_a_search(part))
        for branch in branches:
            says = " ".join(ast.unparse(branch.test).split())
            never = ast.Constant(False)
            yield Rule(f"{label}:{branch.lineno} if {says}", _without_code(tree, path, function, branch, "test", never))


def _functions(module: ModuleType, tree: ast.Module) -> Iterator[tuple[str, FunctionType, ast.FunctionDef]]:
    """The functions and methods of a module with the code that wrote them."""
    owners: list[tuple[str, Any, list[ast.stmt]]] = [("", module, tree.body)]
    owners += [(f"{n.name}.", getattr(module, n.name), n.body) for n in tree.body if isinstance(n, ast.ClassDef)]
    for prefix, owner, body in owners:
        for node in body:
            if isinstance(node, ast.FunctionDef) and node.name != "__init__":
                yield prefix + node.name, _bare(vars(owner)[node.name]), node


def _bare(function: Any) -> FunctionType:
    """A function without what caches it or makes it a property."""
    for name in ("__wrapped__", "func", "fget"):
        function = getattr(function, name, None) or function
    assert isinstance(function, FunctionType)
    return function


def _neutral(node: ast.FunctionDef) -> Iterator[tuple[str, list[ast.stmt]]]:
    """What a function does that finds nothing, as its return type has it, and one that leaves words as they are."""
    kind = ast.unparse(node.returns) if node.returns else "None"
    words = next((a.arg for a in node.args.args if a.annotation and ast.unparse(a.annotation) == "str"), None)
    nothing = next((value for begin, value in _NOTHING.items() if kind.startswith(begin)), None)
    if kind.endswith("| None") or kind == "None":
        nothing = "return None"
    if nothing:
        yield "finds nothing", ast.parse(nothing).body
    if kind == "str" and words:
        yield f"leaves {words} as it is", ast.parse(f"return {words}").body


_NOTHING = {
    "bool": "return False",
    "str": "return ''",
    "frozenset": "return frozenset()",
    "set": "return set()",
    "list": "return []",
    "tuple[str, ...": "return ()",
    "dict": "return {}",
    "Iterator": "yield from ()",
}


def _ends_a_search(branch: ast.If) -> bool:
    return any(isinstance(part, ast.Break) for statement in branch.body for part in ast.walk(statement))


def _without_code(
    tree: ast.Module, path: Path, function: FunctionType, node: ast.AST, part: str, instead: Any
) -> Callable[[], Any]:
    """Give the function itself other code, so that it does not matter who has imported it under which name."""

    @contextmanager
    def off() -> Iterator[None]:
        kept, was = function.__code__, getattr(node, part)
        setattr(node, part, instead)
        made = compile(ast.fix_missing_locations(tree), str(path), "exec")
        setattr(node, part, was)
        function.__code__ = _code_of(made, function)
        try:
            yield
        finally:
            function.__code__ = kept

    return off


def _code_of(code: CodeType, function: FunctionType) -> CodeType:
    """The code of a function inside that of its module."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == function.__qualname__:
                return inner
            if function.__qualname__.startswith(f"{inner.co_qualname}."):
                return _code_of(inner, function)
    raise LookupError(function.__qualname__)


def _empty(value: Any) -> Any:
    """The same kind of thing without anything in it; None for what is no list of words and no pattern."""
    if isinstance(value, re.Pattern):
        return re.compile(r"(?!)")
    return type(value)() if isinstance(value, frozenset | tuple | dict | list) and value else None


def _made_in(module: ModuleType) -> Iterator[str]:
    """The names that a module gives its constants; one that it imports is switched off where it is made."""
    for node in ast.parse(_text(module)).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _without_constant(modules: Sequence[ModuleType], value: Any, empty: Any) -> Callable[[], Any]:
    return _with_names([(module, name, empty) for module in modules for name, v in vars(module).items() if v is value])


def _without_lexicon(modules: Sequence[ModuleType], name: str) -> Callable[[], Any]:
    from annotator.language import lexicon

    def but_for(read: Callable[[str], Any]) -> Callable[[str], Any]:
        return lambda asked: type(read(asked))() if asked == name else read(asked)

    reads = {read: but_for(getattr(lexicon, read)) for read in ("words", "phrases", "table")}
    return _with_names([(m, "lexicon", SimpleNamespace(**reads)) for m in modules if "lexicon" in vars(m)])


def _with_names(changes: Sequence[tuple[ModuleType, str, Any]]) -> Callable[[], Any]:
    @contextmanager
    def off() -> Iterator[None]:
        kept = [(module, name, getattr(module, name)) for module, name, _ in changes]
        for module, name, value in changes:
            setattr(module, name, value)
        try:
            yield
        finally:
            for module, name, value in kept:
                setattr(module, name, value)

    return off


def _forget() -> None:
    """Empty what the room remembers from article to article: it was made with another set of rules."""
    for name in [name for name in sys.modules if name.startswith(f"{sources.__name__}.")]:
        for value in vars(sys.modules[name]).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


# --- what a rule is worth ---------------------------------------------------------------------------------------------


def right_in(article: GoldArticle, record: AnnotatedArticle) -> Mapping[str, int]:
    """How many of an article's gold units are right, field by field."""
    outcomes: Sequence[Outcome] = ()
    if isinstance(article, SourceArticle):
        outcomes = source_outcomes(article.text, article.attributions, predicted_sources(record))
    elif isinstance(article, ClaimArticle):
        outcomes = claim_outcomes(article, prediction_of(record)["claims"])
    return Counter(name for outcome in outcomes for name, right in outcome.fields.items() if right)


class Trial:
    """The gold with all rules, beside which it is measured without one."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.records = given.records()
        self.right = [right_in(a, r) for a, r in zip(given.articles, self.records, strict=True)]

    def without(self, rule: Rule) -> str:
        """One line: what the gold wins and loses without a rule."""
        try:
            with rule.off(), _at_most(SLOW):
                _forget()
                records = self.given.records()
        except Exception as error:  # whatever it is, the room cannot do without the rule
            return f"{'needed':9} {rule.name} ({type(error).__name__})"
        finally:
            _forget()
        changed = [n for n, record in enumerate(records) if record != self.records[n]]
        rows = [dict.fromkeys(FIELDS, 0) for _ in records]
        for n in changed:
            now = right_in(self.given.articles[n], records[n])
            rows[n] = {name: now.get(name, 0) - self.right[n].get(name, 0) for name in FIELDS}
        return _told(rule, len(changed), rows, [fold_of(a.article_id, FOLDS) for a in self.given.articles])


def _told(rule: Rule, changed: int, rows: Sequence[Mapping[str, int]], folds: Sequence[int]) -> str:
    """What a rule is worth: decided by the names, or by the first field that changes at all where no name does."""
    deciding = next((field for field in FIELDS if any(row[field] for row in rows)), None)
    field = deciding or FIELDS[0]
    by_fold = [sum(row[field] for row, fold in zip(rows, folds, strict=True) if fold == n) for n in range(FOLDS)]
    low, high = interval([[row[field]] for row in rows], lambda sums: sums[:, 0]) or (0.0, 0.0)
    total = {name: sum(row[name] for row in rows) for name in FIELDS}
    others = " ".join(f"{name} {total[name]:+d}" for name in FIELDS if name != field)
    verdict = ("earns" if high < 0 else "harms" if low > 0 else "open") if deciding else "unseen" if changed else "idle"
    return (
        f"{verdict:9} {rule.name}: {field} {total[field]:+d} [{low:+.0f}, {high:+.0f}] folds {by_fold} "
        f"{others} records {changed}"
    )


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main() -> None:
    options = ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("gold", nargs="+", type=Path, help="resolved sources or claim gold, never a sealed set")
    options.add_argument("--texts", type=Path, help="PolNeAR texts, where they do not lie above the gold")
    options.add_argument("--rules", nargs="?", const="", help="measure rule by rule: all, or those whose name has this")
    options.add_argument("--raw", action="store_true", help="find cues, mentions and contents too, as in use")
    asked = options.parse_args()
    if any("sealed" in path.resolve().name for path in asked.gold):
        options.error("a sealed set is measured once, as a whole: annotator evaluate --totals")
    given = Given(read_gold(asked.gold, texts=asked.texts), reading_once(raw=asked.raw))
    if asked.rules is None:
        Console(width=160).print(by_fold(given))
        return
    trial = Trial(given)
    for rule in rules():
        if asked.rules in rule.name:
            print(trial.without(rule), flush=True)


if __name__ == "__main__":
    main()
