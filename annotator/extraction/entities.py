"""The entities that a text names, read off the extractor's own encoder: people, bodies, places, dates, numbers.

A small network (`entities.onnx`) reads two inner layers of the encoder, which know words better than the last one does,
and how each word is written (shapes.py), since the encoder reads no capitals. Its labels are those of OntoNotes
(Weischedel et al., 2013), as spaCy's English pipelines have them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.extraction.decode import Scores, decode, log_softmax
from annotator.extraction.extracted import Entity
from annotator.extraction.pieces import Pieces

LABELS = (
    *("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"),
    *("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
ENTITY_TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
FILE = "entities.onnx"
LAYERS = ("layer_2", "layer_4")  # outputs of `model.onnx` that the head reads, each `[batch, length, encoder's width]`
_NEVER = -1e4


class EntityHead:
    """The head, loaded once; `session` is that of an ONNX file with the inputs `LAYERS` and `shapes`."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def __call__(self, layers: Sequence[Scores], shapes: Scores) -> Scores:
        """Log probabilities `[pieces, ENTITY_TAGS]`, of layers `[1, pieces, width]` and shapes `[pieces, SHAPES]`."""
        given = dict(zip(LAYERS, layers, strict=True)) | {"shapes": shapes[None]}
        (scores,) = self._session.run(None, given)
        return log_softmax(scores[0])


def has_head(folder: Path) -> bool:
    """Whether a folder's extractor marks entities; one that was just trained does not yet."""
    return (folder / FILE).is_file()


def entities_of(pieces: Pieces, chances: Scores, length: int) -> Iterator[Entity]:
    """The entities of a text of so many characters, in order; none goes on over the end of a paragraph."""
    chances = chances.copy()
    breaks = [last - 1 for _, last in pieces.paragraphs]
    chances[breaks, 1:] = _NEVER
    for mark in decode(chances, ENTITY_TAGS):
        end = min(pieces.ends[mark.last - 1], length)
        yield Entity(pieces.starts[mark.first], end, mark.role, mark.probability)


def settled(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a text, where a name of one word has the kind of the one longer name that it is short for.

    "Halvorsen" is a body after "Halvorsen Foods", and a person after "Greta Halvorsen"; the head sees a page at most,
    and the full name may stand on another.
    """
    found = [(_words(text[one.start : one.end]), one) for one in entities]
    surnames = {words[-1] for words, one in found if one.label == "PERSON" and len(words) > 1}
    firsts = {word for words, one in found if one.label == "PERSON" and len(words) > 1 for word in words[:-1]}
    bodies = {words[0] for words, one in found if one.label == "ORG" and len(words) > 1}
    kinds = dict.fromkeys(bodies - surnames - firsts, "ORG") | dict.fromkeys(surnames - bodies, "PERSON")
    return [
        replace(one, label=kinds[words[0]]) if len(words) == 1 and one.label in UNSURE and words[0] in kinds else one
        for words, one in found
    ]


UNSURE = frozenset({"PERSON", "ORG", "FAC", "PRODUCT", "WORK_OF_ART"})  # kinds that a bare surname may be taken for


def _words(name: str) -> list[str]:
    """The words of a name without its article and possessive ending."""
    words = _ENDING.sub("", name).split()
    return words[1:] if len(words) > 1 and words[0] in {"the", "The"} else words


_ENDING = re.compile(r"(?:['’]s?|(?<=s)['’])$")
