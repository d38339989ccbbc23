"""Training on a network small enough for a test: targets, resuming after a kill, and the way into the shipped files."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional
from typer.testing import CliRunner

from annotator.cli import app
from annotator.errors import InputError
from annotator.extraction.extractor import Calibration, Extractor
from annotator.extraction.pieces import ARGUMENT_TAGS, TAGS, PieceTokenizer
from annotator.pipeline import MODEL_FOLDER
from annotator.training import fit
from annotator.training.augment import Example
from annotator.training.calibrate import calibrated
from annotator.training.corpus import IGNORED, CueTarget, Targets, read_polnear, read_unlabelled, targets_of
from annotator.training.export import export, write_calibration
from annotator.training.network import AttributionNetwork, pretrained_encoder, relative_buckets

CONFIG = {
    "hidden_size": 32,
    "vocab_size": 30522,
    "max_position_embeddings": 512,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "num_hidden_layers": 1,
}
TEXT = "Mayor opens pier\nThe pier is safe, Amina Wanjiru said. “It held,” she added, and left."
ATTRIBUTIONS = [
    ("Amina Wanjiru", "said", "The pier is safe"),
    ("she", "added", "“It held,”"),
]


def example(article_id: str = "pier") -> Example:
    def spans(words: str) -> list[tuple[int, int]]:
        return [(TEXT.index(words), TEXT.index(words) + len(words))]

    return Example(article_id, TEXT, [(spans(s), spans(c), spans(t)) for s, c, t in ATTRIBUTIONS])


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the encoder's package has it, with a tenth of the width and chance for weights."""
    folder = tmp_path_factory.mktemp("encoder")
    torch.manual_seed(0)
    size, inner = CONFIG["hidden_size"], CONFIG["intermediate_size"]
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (CONFIG["vocab_size"], size),
        "embeddings.position_embeddings.weight": (CONFIG["max_position_embeddings"], size),
        "embeddings.token_type_embeddings.weight": (2, size),
        "embeddings.LayerNorm.weight": (size,),
        "embeddings.LayerNorm.bias": (size,),
    }
    layer = {f"attention.self.{part}": (size, size) for part in ("query", "key", "value")}
    layer |= {
        "attention.output.dense": (size, size),
        "intermediate.dense": (inner, size),
        "output.dense": (size, inner),
    }
    for name, shape in layer.items():
        shapes |= {f"encoder.layer.0.{name}.weight": shape, f"encoder.layer.0.{name}.bias": shape[:1]}
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        shapes |= {f"encoder.layer.0.{name}.{kind}": (size,) for kind in ("weight", "bias")}
    save_file({name: torch.randn(shape) * 0.2 for name, shape in shapes.items()}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(CONFIG))
    shutil.copyfile(MODEL_FOLDER / "tokenizer.json", folder / "tokenizer.json")
    return folder


@pytest.fixture(scope="module")
def mpnet(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The encoder as MPNet has it: other names, no token types, a bias for distances, its own special pieces."""
    folder = tmp_path_factory.mktemp("mpnet")
    renamed = {"attention.self.query": "attention.attn.q", "attention.self.key": "attention.attn.k"}
    renamed |= {"attention.self.value": "attention.attn.v", "attention.output.dense": "attention.attn.o"}
    renamed |= {"attention.output.LayerNorm": "attention.LayerNorm"}
    weights = {}
    for name, value in load_file(encoder / "model.safetensors").items():
        ours = next((name.replace(old, new) for old, new in renamed.items() if old in name), name)
        weights[ours] = value
    del weights["embeddings.token_type_embeddings.weight"]
    words = weights["embeddings.word_embeddings.weight"]
    weights["embeddings.word_embeddings.weight"] = torch.cat([words[:4] * 0 + 9, words, words[:1] * 0 + 9])
    weights["encoder.relative_attention_bias.weight"] = torch.zeros(32, CONFIG["num_attention_heads"])
    save_file(weights, folder / "model.safetensors")
    more = {"model_type": "mpnet", "relative_attention_num_buckets": 32, "vocab_size": CONFIG["vocab_size"] + 5}
    (folder / "config.json").write_text(json.dumps(CONFIG | more))
    vocabulary = json.loads((encoder / "tokenizer.json").read_text())["model"]["vocab"]
    in_order = sorted(vocabulary, key=lambda word: vocabulary[word])
    (folder / "vocab.txt").write_text("\n".join(["<s>", "<pad>", "</s>", "<unk>", *in_order, "<mask>"]) + "\n")
    return folder


def test_mpnet_reads_the_pieces_of_bert_as_its_own(mpnet: Path) -> None:
    encoder, size = pretrained_encoder(mpnet)
    assert size == CONFIG["hidden_size"]
    vocabulary = (mpnet / "vocab.txt").read_text().split("\n")
    bert = vocabulary[4:]
    for theirs, ours in {"said": "said", "##s": "##s", "[UNK]": "[UNK]", "[CLS]": "<s>", "[SEP]": "</s>"}.items():
        assert vocabulary[int(encoder.own_id[bert.index(theirs)])] == ours


def test_distances_are_exact_when_near_and_share_buckets_when_far() -> None:
    offsets = torch.tensor([-200, -9, -8, -1, 0, 1, 7, 8, 200])
    assert relative_buckets(offsets, 32).tolist() == [15, 8, 8, 1, 0, 17, 23, 24, 31]


def test_student_learns_from_a_teacher_alone(encoder: Path, mpnet: Path, tmp_path: Path) -> None:
    fit.fit([example()], mpnet, tmp_path / "teacher", fit.Settings(epochs=1))
    teacher = fit.load_teacher(mpnet, tmp_path / "teacher")
    unlabelled = [Example(f"pier-{n}", TEXT, (), labelled=False) for n in range(8)]
    settings = fit.Settings(epochs=4, encoder_rate=1e-2, head_rate=1e-2)
    fit.fit(unlabelled, encoder, tmp_path / "student", settings, [teacher])
    curve = [json.loads(line)["tag"] for line in (tmp_path / "student" / "curve.jsonl").read_text().splitlines()]
    assert curve[-1] < curve[0]


def test_several_teachers_are_learned_by_their_mean(mpnet: Path) -> None:
    torch.manual_seed(1)
    network, *teachers = (AttributionNetwork(*pretrained_encoder(mpnet)).eval() for _ in range(3))
    batch = [Targets([101, 2016, 2056], [IGNORED] * 3)]

    def loss(taught_by: list[AttributionNetwork]) -> float:
        return float(fit.loss_of(network, batch, 0, fit.Settings(), random.Random(0), taught_by)["tag"])

    # Cross entropy is linear in what is to be learned.
    assert loss(teachers) == pytest.approx((loss(teachers[:1]) + loss(teachers[1:])) / 2, rel=1e-5)


def test_a_teacher_that_takes_the_start_mark_for_a_cue_is_not_asked_about_it(encoder: Path) -> None:
    network, teacher = (AttributionNetwork(*pretrained_encoder(encoder)).eval() for _ in range(2))
    with torch.no_grad():
        teacher.tag.bias[TAGS.index("B-cue")] = 100
    batch = [Targets([101, 2016, 2056], [IGNORED] * 3)]
    losses = fit.loss_of(network, batch, 0, fit.Settings(), random.Random(0), [teacher])
    assert all(loss.isfinite() for loss in losses.values())


def test_news_is_whole_undamaged_and_in_paragraphs(tmp_path: Path) -> None:
    told = " ".join(
        f'The bridge number {n} over the river held all night. "It is safe. It will stay," the mayor said.'
        for n in range(20)
    )
    texts = {"1": told, "2": told, "3": "Too short.", "4": told.replace("The", '"?The')}
    rows = "".join(f'{n},Bridges hold,"{text.replace(chr(34), chr(34) * 2)}"\n' for n, text in texts.items())
    path = tmp_path / "NewsArticles.csv"
    path.write_text("article_id,title,text\n" + rows)
    (example,) = read_unlabelled(path)
    headline, *paragraphs = example.text.split("\n")
    assert (example.article_id, headline, example.labelled) == ("newsarticles-1", "Bridges hold", False)
    assert told.startswith(" ".join(paragraphs))
    assert len(paragraphs) > 5
    assert all(paragraph.count('"') % 2 == 0 for paragraph in paragraphs[:-1])
    assert list(read_unlabelled(path)) == [example]
    assert not list(read_unlabelled(path, [told]))


def test_another_table_is_told_from_news(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("claim_id,text\n1,It rained.\n")
    with pytest.raises(InputError, match=r"claims\.csv: not the corpus NewsArticles"):
        list(read_unlabelled(path))


def test_commands_train_a_teacher_and_its_student(
    encoder: Path, mpnet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans = [{"source": s, "cue": c, "content": t} for s, c, t in example().attributions]
    labelled, unlabelled, gold = tmp_path / "train.jsonl", tmp_path / "news.jsonl", tmp_path / "gold.txt"
    labelled.write_text(json.dumps({"id": "pier", "text": TEXT, "attributions": spans}))
    gold.write_text("The bridge is closed for good, its owner said.")
    rows = [{"id": "other", "text": "Rain fell on the whole of the coast, she said."}, {"id": "gold", "text": TEXT}]
    rows[1]["text"] += f"\n{gold.read_text()}"
    unlabelled.write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.setattr("annotator.training.network.encoder_folder", lambda: encoder)
    learned = []
    fitted = fit.fit

    def noted(examples: list[Example], *given: Any) -> AttributionNetwork:
        learned.append([one.article_id for one in examples])
        return fitted(examples, *given)

    monkeypatch.setattr(fit, "fit", noted)

    def train(*options: object) -> None:
        given = ["train", labelled, "--epochs", 1, *options]
        done = CliRunner().invoke(app, [str(option) for option in given])
        assert done.exit_code == 0, done.output

    train("--encoder", mpnet, "--work", tmp_path / "teacher", "-o", tmp_path / "large")
    curve = json.loads((tmp_path / "teacher" / "curve.jsonl").read_text())
    assert curve["settings"]["encoder_rate"] == fit.TEACHER.encoder_rate
    told = [
        "--teacher",
        tmp_path / "teacher",
        "--teacher-encoder",
        mpnet,
        "--unlabelled",
        unlabelled,
        "--held-out",
        gold,
    ]
    train(*told, "--work", tmp_path / "student", "-o", tmp_path / "model")
    assert learned == [["pier"], ["pier", "other"]]
    assert isinstance(Extractor(tmp_path / "model").extract(TEXT, [(0, len(TEXT))]), list)


def test_a_teacher_on_another_encoder_is_told(encoder: Path, mpnet: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Train the teacher first"):
        fit.load_teacher(encoder, tmp_path)
    fit.fit([example()], encoder, tmp_path, fit.Settings(epochs=1))
    with pytest.raises(InputError, match="not trained on the encoder"):
        fit.load_teacher(mpnet, tmp_path)


def test_corpus_spans_follow_the_codebook(tmp_path: Path) -> None:
    text = "She also said that it rained."
    spans = {"source": [[0, 3]], "cue": [[4, 13]], "content": [[14, 29]]}
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"id": "rain", "text": text, "attributions": [spans]}) + "\n")
    (read,) = read_polnear(tmp_path / "corpus.jsonl")
    source, cue, content = read.attributions[0]
    assert [text[slice(*part[0])] for part in (source, cue, content)] == ["She", "said", "it rained"]


def test_every_cue_has_its_own_source_and_content(encoder: Path) -> None:
    tokenizer = PieceTokenizer(encoder / "tokenizer.json")
    (window,) = targets_of(example(), tokenizer)
    pieces = [TEXT[slice(*offsets)] for offsets in _offsets(tokenizer)]
    found = []
    for cue in window.cues:
        words = {
            role: [pieces[i] for i, t in cue.tags.items() if ARGUMENT_TAGS[t].endswith(role)]
            for role in ("source", "content")
        }
        found.append((pieces[cue.first : cue.last], words["source"][0], words["content"]))
    assert found == [
        (["said"], "Amin", ["The", "pier", "is", "safe"]),
        (["added"], "she", ["“", "It", "held", ",", "”"]),
    ]
    assert window.tags[0] == IGNORED
    assert [TAGS[window.tags[cue.first]] for cue in window.cues] == ["B-cue", "B-cue"]


def _offsets(tokenizer: PieceTokenizer) -> list[tuple[int, int]]:
    """Offsets of the pieces in the order of a window: start mark, lines, each with a break behind it."""
    found, place = [(0, 0)], 0
    for line in TEXT.split("\n"):
        found += [(place + start, place + end) for start, end in tokenizer.encode(line)[1]]
        place += len(line) + 1
        found.append((place - 1, place - 1))
    return found


def test_false_cue_is_learned_as_a_cue_without_arguments() -> None:
    cue, begin, outside = TAGS.index("B-cue"), TAGS.index("B-source"), 0
    gold = CueTarget(2, 3, {1: 1})
    window = Targets(ids=[101, 5, 6, 7, 8], tags=[IGNORED, begin, cue, outside, outside], cues=[gold])
    found = torch.tensor([[0, begin, cue, 0, cue]])
    assert fit.cues_to_learn([window], found, random.Random(0)) == [(0, gold), (0, CueTarget(4, 5, {}))]


def test_run_goes_on_after_a_kill_as_if_there_had_been_none(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples, settings = [example(f"pier-{n}") for n in range(4)], fit.Settings(epochs=3)
    whole = fit.fit(examples, encoder, tmp_path / "whole", settings)

    batches = fit.batches

    def killed(*given: object) -> object:
        if given[2] == settings.seed + 2:
            raise KeyboardInterrupt
        return batches(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(fit, "batches", killed)
        with pytest.raises(KeyboardInterrupt):
            fit.fit(examples, encoder, tmp_path / "killed", settings)
    resumed = fit.fit(examples, encoder, tmp_path / "killed", settings)

    for name, weights in whole.state_dict().items():
        torch.testing.assert_close(weights, resumed.state_dict()[name], atol=1e-6, rtol=0)
    curve = [json.loads(line) for line in (tmp_path / "killed" / "curve.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in curve] == [0, 1, 2]
    assert curve[-1]["tag"] < curve[0]["tag"]


def test_exported_network_says_what_the_trained_one_says(encoder: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = AttributionNetwork(*pretrained_encoder(encoder)).eval()
    export(network, encoder / "tokenizer.json", tmp_path, quantised=False)
    extractor = Extractor(tmp_path)
    ids = torch.randint(1000, 20000, (1, 40))
    padded = torch.cat([ids, torch.full((1, 8), 0)], dim=1)  # as in training, where rows are of unequal length
    present = padded != 0
    with torch.inference_mode():
        tags, states = (x[:, :40] for x in network(padded, present))
        bucket = torch.randint(0, 40, (1, 48))
        in_cue = torch.zeros_like(present)
        in_cue[:, 3:5] = True
        around = [functional.pad(x, (0, 0, 0, 8)) for x in (states, tags.softmax(-1))]
        scores = network.arguments(*around, bucket, in_cue, present)[:, :40]
    first = extractor._first_pass.run(None, {"ids": ids.numpy()})
    given = {"states": states, "tags": tags.softmax(-1), "bucket": bucket[:, :40], "in_cue": in_cue[:, :40]}
    (second,) = extractor._second_pass.run(None, {name: value.numpy() for name, value in given.items()})
    np.testing.assert_allclose(first[0], tags.numpy(), atol=1e-4)
    np.testing.assert_allclose(first[1], states.numpy(), atol=1e-4)
    np.testing.assert_allclose(second, scores.numpy(), atol=1e-4)


def test_quantised_export_loads_and_its_calibration_is_read(encoder: Path, tmp_path: Path) -> None:
    export(AttributionNetwork(*pretrained_encoder(encoder)), encoder / "tokenizer.json", tmp_path)
    write_calibration(Calibration(attribution=(0.5, 1.0, 2.0, 3.0)), tmp_path)
    extractor = Extractor(tmp_path)
    assert list(extractor._calibration.attribution) == [0.5, 1.0, 2.0, 3.0]
    assert isinstance(extractor.extract(TEXT, [(0, len(TEXT))]), list)


def test_calibration_of_the_shipped_model_follows_what_is_right() -> None:
    """With gold that calls every other attribution wrong, nobody can be sure of any."""
    extractor = Extractor(MODEL_FOLDER)
    right = [example(f"right-{n}") for n in range(10)]
    wrong = [Example(f"wrong-{n}", TEXT, []) for n in range(10)]
    calibration, _ = calibrated(extractor, [*right, *wrong])
    confidence = [
        calibration.attribution_right(e.evidence) for e in extractor.extract(TEXT, [(0, len(TEXT))]) if e.evidence
    ]
    assert confidence
    assert all(0.35 < one < 0.65 for one in confidence)


def test_a_model_that_finds_nothing_cannot_be_calibrated(encoder: Path, tmp_path: Path) -> None:
    export(AttributionNetwork(*pretrained_encoder(encoder)), encoder / "tokenizer.json", tmp_path)
    with pytest.raises(InputError, match="Train longer"):
        calibrated(Extractor(tmp_path), [Example("empty", TEXT, [])])
