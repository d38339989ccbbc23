"""CoNLL-U Plus: a line a token, a block a line of the article, a BIO column a layer, with ids of claims and chains.

Marks of one layer that overlap go into a second column of it, so that none is lost. A mark that goes on in another line
begins there anew, with the same id. Ids are percent-encoded, for a cell holds no blank and a chain is parted by `>`.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from annotator.formats.label_studio import COLOURS
from annotator.formats.tools.about import meta
from annotator.formats.tools.marks import Graph, Mark, Stretch, drawn, shown
from annotator.formats.tools.tokens import covered, edges, lines, tokens
from annotator.records import AnnotatedArticle, Claim
from annotator.storage import write_text

FOLDER, ARTICLES = "conll", "articles.conllup"
NOTHING = "_"
Column = tuple[str, int]  # label and number of the layer


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `conll/articles.conllup`.

    Raises `OutputError` where it cannot be written.
    """
    return [write_text(folder / FOLDER / ARTICLES, conllup(records))]


def conllup(records: Iterable[AnnotatedArticle]) -> Iterator[str]:
    """The parts of the file: the names of its columns, and each article."""
    tables = [_Table(shown(record)) for record in records]
    depth = {label: max([1, *(len(table.layers[label]) for table in tables)]) for label in COLOURS}
    columns = [(label, number) for label in COLOURS for number in range(depth[label])]
    names = [name for column in columns for name in _names(column)]
    yield f"# global.columns = {' '.join(['ID', 'FORM', 'START', 'END', *names])}\n"
    for table in tables:
        yield from table.blocks(columns)


def _names(column: Column) -> list[str]:
    label, number = column
    stem = f"ANNOTATOR:{label.upper()}" + (f"{number + 1}" if number else "")
    return [stem, f"{stem}_ID", *([f"{stem}_CHAIN"] if label == "Claim" else [])]


class _Table:
    """The tokens of an article, and the layers that its marks need."""

    def __init__(self, record: AnnotatedArticle) -> None:
        self.record, self.graph = record, drawn(record)
        self.words = tokens(self.graph.text, edges(self.graph))
        self.chains = {claim.claim_id: _chain(claim) for claim in record.claims}
        self.layers = {label: _layers(self.graph, self.words, label) for label in COLOURS}

    def blocks(self, columns: Sequence[Column]) -> Iterator[str]:
        for number, line in enumerate(lines(self.graph.text, self.words), 1):
            heads = [] if number > 1 else list(self._document())
            text = self.graph.text[self.words[line[0]][0] : self.words[line[-1]][1]]
            rows = [self._row(place, token, columns) for place, token in enumerate(line, 1)]
            yield "\n".join([*heads, f"# sent_id = {number}", f"# text = {_line(text)}", *rows, "", ""])

    def _document(self) -> Iterator[str]:
        yield f"# newdoc id = {quote(self.record.article.article_id, safe='')}"
        for name, value in meta(self.record.article).items():
            yield f"# {name} = {_line(value)}"
        for source in self.record.sources:
            yield f"# source {quote(source.source_id, safe='')} = {_line(source.name)}"

    def _row(self, place: int, token: int, columns: Sequence[Column]) -> str:
        start, end = self.words[token]
        cells = [cell for column in columns for cell in self._cells(column, token)]
        return "\t".join([str(place), self.graph.text[start:end], str(start), str(end), *cells])

    def _cells(self, column: Column, token: int) -> list[str]:
        label, number = column
        layer = self.layers[label][number] if number < len(self.layers[label]) else {}
        found = layer.get(token)
        if found is None:
            return [NOTHING if name.endswith(("_ID", "_CHAIN")) else "O" for name in _names(column)]
        mark, first = found
        cells = [f"{'B' if first else 'I'}-{label}", quote(mark.record_id, safe="") or NOTHING]
        return [*cells, self.chains[mark.record_id]] if label == "Claim" else cells


def _layers(graph: Graph, words: list[Stretch], label: str) -> list[dict[int, tuple[Mark, bool]]]:
    """The marks of a label by token, and whether they begin there; as few layers as hold them side by side."""
    made: list[dict[int, tuple[Mark, bool]]] = []
    begins = {line[0] for line in lines(graph.text, words)}
    for mark in sorted((m for m in graph.marks if m.label == label), key=lambda m: (m.start, -m.end)):
        inside = covered(words, mark.start, mark.end)
        layer = next((layer for layer in made if not layer.keys() & set(inside)), None)
        if layer is None:
            made.append(layer := {})
        layer |= {token: (mark, token == inside[0] or token in begins) for token in inside}
    return made


def _chain(claim: Claim) -> str:
    """The ids of a chain's sources, origin first."""
    return ">".join(quote(link.source_id, safe="") for link in claim.chain)


def _line(text: str) -> str:
    return " ".join(text.split())
