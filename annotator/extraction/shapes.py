"""How the words of a text are written, piece by piece: the encoder reads no capitals, and names have them."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotator.extraction.pieces import Pieces

SHAPES = (
    "begins with a capital",
    "begins with a small letter",
    "its word is all capitals",
    "its word has a capital inside",
    "goes on within a word",
    "its word has a digit",
    "is no word",
    "may begin a sentence",
    "its word has a letter that is not English",
    "a full stop follows its word",
    "is the break behind a paragraph",
    "how much of its paragraph's words have capitals",
)
_BEFORE_SENTENCE = frozenset('.!?:;\n“”"‘«»„•|')

Signs = NDArray[np.bool_]


def shapes_of(text: str, pieces: Pieces) -> NDArray[np.float32]:
    """What `SHAPES` says of each piece of a text, `[pieces, shapes]`, between 0 and 1."""
    if not pieces.ids:
        return np.zeros((0, len(SHAPES)), np.float32)
    begin, end = pieces.starts[0], min(pieces.ends[-1], len(text))
    words = _Words(text[begin:end])  # a chapter of a long text is looked at by itself
    at = np.minimum(np.array(pieces.starts), end) - begin
    word = words.number[at]
    is_word = word > 0
    goes_on = is_word & ~words.begins[at]
    breaks = np.zeros(len(at), bool)
    breaks[[last - 1 for _, last in pieces.paragraphs]] = True
    capitals = words.share("capital")[word]
    columns = (
        words.sign("capital")[at],
        (words.sign("word") & ~words.sign("capital") & ~words.sign("digit"))[at],
        is_word & (capitals == words.lengths[word]) & (words.lengths[word] > 1),
        is_word & (capitals > words.capitalised[word]) & (capitals < words.lengths[word]),
        goes_on,
        is_word & (words.share("digit")[word] > 0),
        ~is_word,
        words.may_begin_sentence[at],
        is_word & (words.share("foreign")[word] > 0),
        is_word & words.has_stop[word],
        breaks,
        _capitalised(pieces, is_word & ~goes_on, words.capitalised[word]),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _capitalised(pieces: Pieces, begins: Signs, capital: Signs) -> NDArray[np.float64]:
    """Of each piece how much of its paragraph's words begin with a capital; headlines have most."""
    found = np.zeros(len(pieces.ids))
    for first, last in pieces.paragraphs:
        own = capital[first:last][begins[first:last]]
        found[first:last] = own.mean() if len(own) else 0.0
    return found


class _Words:
    """The words of a text, which are runs of letters and digits; arrays of characters have one more, for the end."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(f"{text}\n".encode("utf-32-le", "surrogatepass"), np.uint32)
        kinds, self._which = np.unique(codes, return_inverse=True)
        self._characters = [chr(code) for code in kinds]
        word = self.sign("word")
        self.begins: Signs = word & ~np.concatenate([[False], word[:-1]])
        # Of each character the word that it belongs to, from 1; 0 where it is in none.
        self.number: NDArray[np.int64] = np.where(word, np.cumsum(self.begins), 0)
        self._count = int(self.begins.sum()) + 1

    def sign(self, name: str) -> Signs:
        """Of each character whether it is part of a word, a capital, a digit, a blank ..."""
        test = {
            "word": str.isalnum,
            "capital": str.isupper,
            "digit": str.isdigit,
            "blank": lambda c: c.isspace() and c != "\n",
            "foreign": lambda c: c.isalpha() and not c.isascii(),
            "before": _BEFORE_SENTENCE.__contains__,
        }[name]
        told: Signs = np.array([test(character) for character in self._characters], bool)[self._which]
        return told

    def share(self, name: str) -> NDArray[np.int64]:
        """In how many characters of each word a sign is."""
        return np.bincount(self.number[self.sign(name)], minlength=self._count)

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        return self.share("word")

    @cached_property
    def capitalised(self) -> Signs:
        """Of each word whether its first letter is a capital."""
        found = np.zeros(self._count, bool)
        found[self.number[self.begins]] = self.sign("capital")[self.begins]
        return found

    @cached_property
    def has_stop(self) -> Signs:
        """Of each word whether a full stop follows it."""
        stop = np.array([character == "." for character in self._characters], bool)[self._which]
        found = np.zeros(self._count, bool)
        found[self.number[:-1][stop[1:]]] = True
        found[0] = False
        return found

    @cached_property
    def may_begin_sentence(self) -> Signs:
        """Of each place whether the last character before it that is no blank may stand before a sentence."""
        before = np.concatenate([[True], self.sign("before")])
        blank = np.concatenate([[False], self.sign("blank")])
        last = np.maximum.accumulate(np.where(blank, 0, np.arange(len(before))))
        found: Signs = before[last]
        return found
