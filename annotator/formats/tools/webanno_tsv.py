"""WebAnno TSV 3.3: a line a token, with the layers of `cas`; INCEpTION reads it where they are in the project.

Offsets count UTF-16 units. A sentence of the file is a line of the article; the format holds no text between two
sentences, so that the blanks with which a line begins become plain ones.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from annotator.formats.tools.cas import CHOSEN, FLAGS, IDENTIFIER, LABEL, MARK, RECORD_ID, RELATION
from annotator.formats.tools.inception import graph_of
from annotator.formats.tools.marks import TYPED, Graph, Mark
from annotator.formats.tools.naming import named
from annotator.formats.tools.tokens import covered, edges, lines, tokens
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

FOLDER = "webanno_tsv"
FEATURES = (LABEL, *CHOSEN, *FLAGS, *TYPED, IDENTIFIER, RECORD_ID)
EMPTY, NOTHING = "_", "*"  # no annotation here, and an annotation without this value
STACKED = "|"

_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n*]")
_CONTROLS = {n: f"\\{chr(n)}" for n in range(0x20) if not 7 < n < 14}
_IN_TEXT = str.maketrans({**_CONTROLS, 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 8: "\\b", 92: "\\\\"})


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `webanno_tsv/`: a file an article.

    Raises `OutputError` where a file cannot be written.
    """
    folder = folder / FOLDER
    return [write_text(folder / f"{stem}.tsv", [tsv(graph_of(record))]) for stem, record in named(records)]


def tsv(graph: Graph) -> str:
    """The graph as WebAnno TSV 3.3."""
    header = [
        "#FORMAT=WebAnno TSV 3.3",
        STACKED.join([f"#T_SP={MARK}", *FEATURES]),
        STACKED.join([f"#T_RL={RELATION}", LABEL, f"BT_{MARK}"]),
    ]
    return "\n".join([*header, "", "", "\n\n".join(_Table(graph).sentences()), ""])


def escaped(value: str) -> str:
    """A value as a cell holds it. A carriage return, for which there is no escape, becomes a blank.

    >>> print(escaped("a_b -> [c]\\r\\n"))
    a\\_b \\-> \\[c\\] \\n
    """
    kept = value.replace("\r", " ")
    return _RESERVED.sub(lambda match: {"\t": "\\t", "\n": "\\n"}.get(match[0], "\\" + match[0]), kept)


class _Table:
    """Tokens by their addresses, and what is marked on each."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.words = tokens(graph.text, edges(graph))
        self.units = [0, *accumulate(2 if ord(sign) > 0xFFFF else 1 for sign in graph.text)]  # UTF-16 before each place
        self.lines = list(lines(graph.text, self.words))
        self.address = {n: f"{s}-{t}" for s, line in enumerate(self.lines, 1) for t, n in enumerate(line, 1)}
        self.marks: dict[int, list[Mark]] = {}
        self.number: dict[str, int] = {}
        self.first: dict[str, int] = {}
        for mark in graph.marks:
            self._place(mark)

    def _place(self, mark: Mark) -> None:
        inside = covered(self.words, *mark.pieces[0])
        if not inside:
            return
        self.number[mark.mark_id] = len(self.number) + 1
        self.first[mark.mark_id] = inside[0]
        for token in inside:
            self.marks.setdefault(token, []).append(mark)

    def sentences(self) -> Iterator[str]:
        """Blocks of lines. A text of blanks alone has none, and the file, which needs one, an empty sentence."""
        begins = [self.words[line[0]][0] for line in self.lines] + [len(self.graph.text) + 1]
        for number, line in enumerate(self.lines):
            text = self.graph.text[begins[number] : begins[number + 1]]
            # Its last line break, and the blanks with which the next line begins, are no part of it.
            kept = text.rpartition("\n")[0] if number + 1 < len(self.lines) else text
            heads = [f"#Text={part.translate(_IN_TEXT)}" for part in kept.split("\n")]
            yield "\n".join([*heads, *(self._row(token) for token in line)])
        if not self.lines:
            yield "#Text=\n" + "\t".join(["1-1", "0-0", "", *[EMPTY] * (len(FEATURES) + 2), ""])

    def _row(self, token: int) -> str:
        start, end = self.words[token]
        here = self.marks.get(token, [])
        cells = [STACKED.join(self._cell(mark, name) for mark in here) or EMPTY for name in FEATURES]
        place = f"{self.units[start]}-{self.units[end]}"
        word = self.graph.text[start:end]
        return "\t".join([self.address[token], place, word, *cells, *self._relations(token), ""])

    def _cell(self, mark: Mark, name: str) -> str:
        values = {LABEL: mark.label, IDENTIFIER: mark.mark_id, RECORD_ID: mark.record_id}
        flag = str(name in mark.answers).lower() if name in FLAGS else None
        value = values.get(name) or flag or mark.answers.get(name)
        return f"{escaped(value) if value else NOTHING}[{self.number[mark.mark_id]}]"

    def _relations(self, token: int) -> tuple[str, str]:
        """The relations whose target begins at the token: their labels, and where each comes from."""
        ends = [
            arrow for arrow in self.graph.arrows if self.first.get(arrow.end) == token and arrow.start in self.number
        ]
        labels = STACKED.join(escaped(arrow.name) for arrow in ends)
        sources = STACKED.join(
            f"{self.address[self.first[a.start]]}[{self.number[a.start]}_{self.number[a.end]}]" for a in ends
        )
        return labels or EMPTY, sources or EMPTY
