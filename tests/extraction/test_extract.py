"""The extractor on networks that say what a test needs."""

from typing import Any

import numpy as np
import pytest

from annotator.extraction.extractor import Extractor
from annotator.extraction.pieces import ARGUMENT_TAGS, TAGS, lines_of
from annotator.pipeline import MODEL_FOLDER

TEXT = "It rained ( said"


class Network:
    """Stands in for a pass: one tag for each piece of TEXT, whatever is asked."""

    def __init__(self, tags: tuple[str, ...], said: list[str]) -> None:
        self.scores = np.full((1, len(said), len(tags)), -9.0, np.float32)
        for n, tag in enumerate(said):
            self.scores[0, n, tags.index(tag)] = 9.0

    def run(self, wanted: list[str] | None, given: dict[str, Any]) -> list[Any]:
        length = next(iter(given.values())).shape[1]
        widths = {"states": 128, "layer_2": 384, "layer_4": 384}
        more = [np.zeros((1, length, widths[name]), np.float32) for name in wanted or () if name in widths]
        return [self.scores[:, -length:], *more]


def test_a_source_of_nothing_but_a_bracket_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    extractor = Extractor(MODEL_FOLDER)
    start_mark_and_break = ["O"]
    first = [*start_mark_and_break, "B-content", "I-content", "B-source", "B-cue", *start_mark_and_break]
    second = ["B-content", "I-content", "B-source", "O", "O"]
    monkeypatch.setattr(extractor, "_first_pass", Network(TAGS, first))
    monkeypatch.setattr(extractor, "_second_pass", Network(ARGUMENT_TAGS, second))
    (found,) = extractor.extract(TEXT, lines_of(TEXT))
    assert found.source is None
    assert [TEXT[slice(*part)] for part in found.contents] == ["It rained"]
