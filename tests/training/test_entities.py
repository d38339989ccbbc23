"""The entity head learns, and what is written reads the same as what was learned."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from annotator.extraction.entities import ENTITY_TAGS, LAYERS, EntityHead
from annotator.extraction.extractor import Extractor
from annotator.extraction.pieces import lines_of
from annotator.extraction.shapes import SHAPES
from annotator.pipeline import MODEL_FOLDER
from annotator.training.entities import Head, export_head, fit, lessons_of, tagged
from annotator.training.entity_labels import Taught

TEXT = "Amina Wanjiru said the pier was safe.\nElsund agreed with Wanjiru."
ENTITIES = [(0, 13, "PERSON"), (38, 44, "GPE"), (57, 64, "PERSON")]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(MODEL_FOLDER)


def test_every_piece_of_a_name_has_its_tag_and_doubtful_ones_count_little(extractor: Extractor) -> None:
    pieces, _, _ = extractor.inner_states(TEXT, lines_of(TEXT))
    tags, weights = tagged(pieces, Taught("a", TEXT, ENTITIES, [(38, 44)]))
    told = [
        (TEXT[s:e], ENTITY_TAGS[tag], float(w))
        for s, e, tag, w in zip(pieces.starts, pieces.ends, tags, weights, strict=True)
    ]
    person = [words for words, tag, _ in told if tag.endswith("PERSON")]
    assert "".join(person) == "AminaWanjiruWanjiru"
    assert told[0][1] == "B-PERSON"
    assert {weight < 0.5 for words, tag, weight in told if tag.endswith("GPE")} == {True}
    assert {weight for words, tag, weight in told if tag == "O"} == {1.0}
    assert [tag for _, tag, _ in told].count("B-PERSON") == 2


def test_a_head_learns_what_it_is_taught_and_is_the_same_as_a_file(tmp_path: Path, extractor: Extractor) -> None:
    lessons, width = lessons_of([Taught("a", TEXT, ENTITIES)] * 8, extractor, tmp_path / "states")
    states = np.fromfile(tmp_path / "states", np.float16).reshape(-1, width)
    head = fit(lessons, states, seed=1, epochs=60)
    first = lessons[0]
    layers = [
        torch.from_numpy(part[None].astype(np.float32)) for part in np.split(states[: len(first.tags)], 2, axis=1)
    ]
    shapes = first.shapes.astype(np.float32)
    with torch.inference_mode():
        scores = head(*layers, torch.from_numpy(shapes[None]))[0]
    assert scores.argmax(-1).tolist() == first.tags.tolist()
    export_head(head, tmp_path / "entities.onnx", quantised=False)
    written = EntityHead(onnxruntime.InferenceSession(str(tmp_path / "entities.onnx")))
    said = written([layer.numpy() for layer in layers], shapes)
    np.testing.assert_allclose(said, scores.log_softmax(-1).numpy(), atol=1e-4)


def test_a_head_sees_the_pieces_beside_it_and_no_others() -> None:
    torch.manual_seed(0)
    head = Head(16).eval()
    given = [torch.randn(1, 40, 16) for _ in LAYERS] + [torch.zeros(1, 40, len(SHAPES))]
    with torch.inference_mode():
        before = head(*given)
        given[0][0, 20] += 1
        changed = (head(*given) - before).abs().amax(-1)[0] > 1e-6
    assert changed.nonzero().flatten().tolist() == list(range(17, 24))
