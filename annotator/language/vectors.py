"""The vectors of words that tagger and parser read, as spaCy's tok2vec gives them, in a third of its time.

The network has two halves. The lower one sees a word by itself (its form, prefix, suffix, shape and the space behind
it), so what it gives for a word is kept. The upper one, four layers that each see the word before and behind, is run
by onnxruntime, which has kernels for more processors than numpy's BLAS knows. All weights are the loaded pipeline's;
the file beside this one is the form of one layer alone, made by `annotator/training/window_layer.py`.
"""

import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from annotator.errors import ModelError

WIDTH, PIECES = 96, 3  # of the layers of the pinned pipeline, which the form is made for
LAYER = Path(__file__).with_name("window_layer.onnx")
MAX_KNOWN = 8_192  # words whose lower half is kept, 0.6 KB each; all are forgotten when there are more
ROWS = 1_024  # words that the layers read at once: their arrays take 4 KB a word
_NOTHING = b""  # stands for an empty row
_BUILT_LIKE = re.compile(
    r"extract_features>>list2ragged>>with_array\((ints-getitem>>hashembed\|?)+\)"
    r">>with_array\(maxout>>layernorm>>dropout\)>>ragged2list"
    r">>with_array\((residual\(expand_window>>maxout>>layernorm>>dropout\)(>>)?)+\)"
)


class WordVectors:
    """The tok2vec of a pipeline, from its model; raises ValueError where it is not built like the pinned one's."""

    def __init__(self, model: Any) -> None:
        if not _BUILT_LIKE.fullmatch(model.name):
            raise ValueError(f"other layers: {model.name}")
        embed, encode = model.layers
        extract, _, *self._embed, _ = embed.layers
        self._columns = list(extract.attrs["columns"])
        self._layers = [_weights(layer) for layer in encode.layers[0].layers]
        self._sight = len(self._layers)  # words that a word sees on each side
        if encode.attrs["pad"] < self._sight:
            raise ValueError("words see those of the next text")
        self._session = _session()
        self._one_at_a_time = Lock()  # of the threads that learn words
        self._forget()

    def predict(self, docs: Sequence[Doc]) -> list[NDArray[np.float32]]:
        """The vectors of each Doc's words, one row a word."""
        words = [_keys(doc.to_array(self._columns)) for doc in docs]
        gap = [_NOTHING] * self._sight  # empty rows, so that no text sees another; spaCy puts them there, too
        vectors = self._encoded(self._lower_half([*chain.from_iterable([*gap, *doc] for doc in words), *gap]))
        ends = np.cumsum([self._sight + len(doc) for doc in words]).tolist()
        return [vectors[end - len(doc) : end] for doc, end in zip(words, ends, strict=True)]

    def _forget(self) -> None:
        self._known = {_NOTHING: 0}
        self._table = np.zeros((1, WIDTH), np.float32)

    def _lower_half(self, words: list[bytes]) -> NDArray[np.float32]:
        """What the lower half gives for each word, from the table, which knows all of them afterwards."""
        with self._one_at_a_time:
            if len(self._known) > MAX_KNOWN:
                self._forget()
            if new := [word for word in dict.fromkeys(words) if word not in self._known]:
                made: Any = np.frombuffer(b"".join(new), np.uint64).reshape(len(new), len(self._columns))
                for layer in self._embed:
                    made = layer.predict(made)
                self._known.update(zip(new, range(len(self._known), len(self._known) + len(new)), strict=True))
                self._table = np.concatenate((self._table, made))
            return self._table[[self._known[word] for word in words]]

    def _encoded(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        """The upper half, over stretches of rows that are read with as many before and behind as a word sees."""
        found = np.empty_like(x)
        for start in range(0, len(x), ROWS):
            before = max(start - self._sight, 0)
            read = x[before : start + ROWS + self._sight]
            for weights in self._layers:
                (read,) = self._session.run(None, {"x": read, **weights})
            found[start : start + ROWS] = read[start - before :][:ROWS]
        return found


def _session() -> Any:
    """The form, ready to run; raises ModelError where it is missing or no form."""
    try:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # an arena would keep the largest arrays for good
        return onnxruntime.InferenceSession(str(LAYER), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # it raises kinds of its own
        raise ModelError(f"{LAYER}: cannot be loaded ({error}). Reinstall the package.") from error


def _weights(layer: Any) -> dict[str, NDArray[np.float32]]:
    """The weights of one layer as the form takes them: the pieces of all outputs one behind the other."""
    nodes = {node.name: node for node in layer.walk()}
    maxout, norm = nodes["maxout"], nodes["layernorm"]
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    if not isinstance(weights, np.ndarray) or weights.shape != (WIDTH, PIECES, 3 * WIDTH):
        raise ValueError("another width, or held by a GPU")
    if nodes["expand_window"].attrs["window_size"] != 1:
        raise ValueError("a wider window")
    return {
        "weights": np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(3 * WIDTH, PIECES * WIDTH)),
        "bias": bias.T.flatten(),
        "scale": norm.get_param("G"),
        "shift": norm.get_param("b"),
    }


def _keys(signs: Any) -> list[bytes]:
    """Each word's signs as bytes, by which it is known."""
    return np.ascontiguousarray(signs, np.uint64).view(f"V{8 * signs.shape[1]}").ravel().tolist()
