"""What the linker learns from: people's names for mentions become rows that are right, and the network finds them."""

import numpy as np
import pytest
import torch

from annotator.evaluation.gold.articles import Parts, ResolvedAttribution, SourceArticle
from annotator.pipeline import Annotator
from annotator.sources.evidence import FEATURES
from annotator.sources.linking import Network, read_network
from annotator.training.linking import Example, as_json, best_temperature, examples_of, fit

TEXT = "Anna Moor met John Lee on the pier.\n\nShe said the pier was rotten. He said it was not rotten at all.\n"


def attribution(number: int, source: str, cue: str, content: str, name: str) -> ResolvedAttribution:
    spans = [((start := TEXT.index(words)), start + len(words)) for words in (source, f"{source} {cue}", content)]
    spans[1] = (spans[1][1] - len(cue), spans[1][1])
    return ResolvedAttribution(
        attribution_id=str(number),
        parts=Parts(*((span,) for span in spans)),
        source_id=name,
        source_names=(name,),
        source_types=("person",),
        anonymous=(False,),
        modes=("anaphoric",),
        quote_types=("indirect",),
        chains=((frozenset({name}), frozenset({"publisher"})),),
        own_voice=False,
    )


def test_the_rows_that_are_right_are_those_of_whom_people_name() -> None:
    gold = [
        attribution(0, "She", "said", "the pier was rotten", "Anna Moor"),
        attribution(1, "He", "said", "it was not rotten at all", "somebody whom the text does not name"),
    ]
    article = SourceArticle(article_id="a", text=TEXT, publisher=None, attributions=tuple(gold))
    she, he = examples_of([article], Annotator())
    assert (she.words, he.words) == ("She", "He")
    assert she.rows.shape[1] == FEATURES
    assert she.right != (len(she.rows) - 1,)
    assert he.right == (len(he.rows) - 1,)


def made(count: int, seed: int) -> list[Example]:
    """Mentions whose right candidate has the highest of one number."""
    random = np.random.default_rng(seed)
    found = []
    for n in range(count):
        rows = random.random((4, FEATURES)).astype(np.float32)
        found.append(Example(str(n), "she", rows, (int(rows[:, 5].argmax()),)))
    return found


@pytest.fixture(scope="module")
def network() -> list[tuple[np.ndarray, np.ndarray]]:
    torch.set_num_threads(1)
    return fit(made(300, seed=1), seed=1)


def test_a_network_learns_what_tells_who_is_meant(network: list[tuple[np.ndarray, np.ndarray]]) -> None:
    asked = made(100, seed=2)
    right = sum(int(Network([network])(example.rows).argmax()) in example.right for example in asked)
    assert right > 70  # chance is 25


def test_a_network_comes_back_from_its_file(network: list[tuple[np.ndarray, np.ndarray]], tmp_path) -> None:
    import json

    path = tmp_path / "linking.json"
    path.write_text(json.dumps(as_json([network], 1.5)))
    rows = made(1, seed=3)[0].rows
    assert read_network(path)(rows) == pytest.approx(Network([network], 1.5)(rows), abs=0.01)


def test_the_temperature_of_a_network_that_is_too_sure_is_high() -> None:
    weight = np.zeros((1, FEATURES), np.float32)
    weight[0, 5] = 200.0
    random = np.random.default_rng(4)
    examples = [
        Example(str(n), "she", random.random((3, FEATURES)).astype(np.float32), (int(random.integers(3)),))
        for n in range(50)
    ]
    told = Network([[(weight, np.zeros(1, np.float32))]])
    assert best_temperature(examples, [told] * 5) > 2
