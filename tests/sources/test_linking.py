"""Who a mention without a name stands for: what the network says becomes who is credited, or nobody."""

import json
from pathlib import Path

import numpy as np
import pytest

import annotator
from annotator.errors import ModelError
from annotator.labels import Resolution
from annotator.sources import candidates, linking
from annotator.sources.candidates import Candidate
from annotator.sources.evidence import FEATURES, Rows
from annotator.sources.linking import Network, read_network
from annotator.sources.mentions import Mention
from tests.articles import claim_with, read, speaker

TWO = "Sen. Anna Moor met Sarah Lee on Monday.\n\nShe said the pier was rotten."


def test_the_network_gives_probabilities_and_a_temperature_makes_them_less_sure() -> None:
    weight, bias = np.zeros((1, FEATURES), np.float32), np.zeros(1, np.float32)
    weight[0, 3] = 2.0
    rows = np.zeros((3, FEATURES), np.float32)
    rows[1, 3] = 1.0
    sure, unsure = Network([[(weight, bias)]])(rows), Network([[(weight, bias)]], temperature=2.0)(rows)
    assert sure.sum() == pytest.approx(1.0)
    assert sure.argmax() == unsure.argmax() == 1
    assert unsure[1] < sure[1]


def test_the_mean_of_two_networks_is_taken() -> None:
    bias = np.zeros(1, np.float32)
    weights = [np.full((1, FEATURES), sign, np.float32) for sign in (1, -1)]
    rows = np.eye(2, FEATURES, dtype=np.float32) * np.array([[1.0], [0.0]], np.float32)
    assert Network([[(weight, bias)] for weight in weights])(rows) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("words", ["", "{}", json.dumps({"temperature": 1, "networks": [[[1]]]})])
def test_a_file_that_holds_no_network_is_told(tmp_path: Path, words: str) -> None:
    (tmp_path / "linking.json").write_text(words)
    with pytest.raises(ModelError, match=r"linking\.json"):
        read_network(tmp_path / "linking.json")


def test_where_the_network_is_unsure_the_pronoun_stays_open_with_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(rows: Rows) -> Rows:
        return np.full(len(rows), 1 / len(rows), np.float32) * np.float32(0.5)

    monkeypatch.setattr(linking, "network", lambda: unsure)
    record = read(TWO)
    (item,) = [a for a in record.attributions if a.source_mention and a.source_mention.text == "She"]
    assert item.resolution is Resolution.UNRESOLVED
    names = {source.source_id: source.name for source in record.sources}
    assert {"Anna Moor", "Sarah Lee"} <= {names[candidate.source_id] for candidate in item.candidates}
    assert claim_with(record, "was rotten").needs_review


def test_a_link_is_as_sure_as_the_network() -> None:
    record = read(TWO)
    (item,) = [a for a in record.attributions if a.source_mention and a.source_mention.text == "She"]
    named = read("Sen. Anna Moor said the pier was rotten.").attributions[0]
    assert item.source_confidence < named.source_confidence


@pytest.mark.parametrize("name", ["Karla Moor", "Sarah Lindt"])
def test_another_name_gives_the_same_speaker(name: str) -> None:
    body = f"{name}, the mayor, opened the pier. “It is new,” she said. The mayor said it had cost little."
    record = read(body)
    assert speaker(record, "It is new") == speaker(record, "had cost little") == name


def test_i_outside_a_quotation_is_the_author() -> None:
    text = "The pier is gone\n\nI said last year that the pier was rotten. Nobody listened to the warning then."
    record = annotator.annotate(text, publisher="Daily Example")
    (item,) = [a for a in record.attributions if a.source_mention and a.source_mention.text == "I"]
    names = {source.source_id: source.name for source in record.sources}
    assert names[item.source_id] == "Daily Example"


def test_of_very_many_people_the_nearest_and_the_most_named_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[list[str]] = []

    def chances(self: linking.Linker, mention: Mention, found: list[Candidate], rows: Rows, rules: object) -> Rows:
        compared.append([one.name for one in found])
        return linking.network()(rows)

    rain = "It rained on the old bridge and on the road to the north, and the river rose. " * 8
    first_names = ("Ada", "Bea", "Cleo", "Dora", "Edith") * 4
    crowd = "\n\n".join(f"{first} Holm{n} came. {rain}" for n, first in enumerate(first_names))
    begin, end = "Maria Kent came. Maria Kent spoke. Maria Kent left.", "Anna Moor came. She said the pier was rotten."
    text = f"{begin}\n\n{crowd}\n\n{end}"
    monkeypatch.setattr(linking.Linker, "chances", chances)
    everybody = speaker(read(text), "pier")
    for name, value in {"MOST": 10, "NEAREST": 3, "OFTENEST": 1}.items():
        monkeypatch.setattr(candidates, name, value)
    assert speaker(read(text), "pier") == everybody == "Anna Moor"
    all_of_them, few = compared
    assert len(all_of_them) == 22
    assert {"Maria Kent", "Anna Moor"} < set(few)
    assert len(few) < 10  # the nearest three, the most named, and whom rules find in the 1,500 characters before
