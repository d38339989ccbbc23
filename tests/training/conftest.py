"""Encoders small enough for a test."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from annotator.pipeline import MODEL_FOLDER

CONFIG = {
    "hidden_size": 32,
    "vocab_size": 30522,
    "max_position_embeddings": 512,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "num_hidden_layers": 1,
}


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
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
