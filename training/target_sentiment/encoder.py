"""A transformer encoder that starts from the weights of MPNet.

A stack of attention layers (Vaswani et al. 2017; Devlin et al. 2019) with a bias for how far
apart two pieces stand (Song et al. 2020).  Written out here so that layers can be frozen,
copied, narrowed or run apart, and so that the exported graph holds nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

#: MPNet counts places from here.
FIRST_PLACE = 2

#: Names of a layer's parts here and in MPNet's weight files.
_PARTS = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "mix": "attention.attn.o",
    "after_attention": "attention.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "after_words": "output.LayerNorm",
}


class Layer(nn.Module):
    """Attention over all pieces, then two dense layers over each."""

    def __init__(self, size: int, inner: int, heads: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(size, size), nn.Linear(size, size)
        self.value, self.mix = nn.Linear(size, size), nn.Linear(size, size)
        self.after_attention = nn.LayerNorm(size, eps=epsilon)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.after_words = nn.LayerNorm(size, eps=epsilon)
        self.dropout = nn.Dropout(dropout)
        self.heads = heads

    def forward(self, states: Tensor, bias: Tensor, seekers: Tensor | None = None) -> Tensor:
        """New states: of all pieces, or only of those that ``seekers`` holds the states of.

        ``bias`` is added to the attention from each of them (rows) to each piece (columns).
        """
        seekers = states if seekers is None else seekers
        attended = functional.scaled_dot_product_attention(
            self._by_head(self.query(seekers)),
            self._by_head(self.key(states)),
            self._by_head(self.value(states)),
            attn_mask=bias,
        )
        attended = attended.transpose(1, 2).flatten(2)
        states = self.after_attention(seekers + self.dropout(self.mix(attended)))
        inner = functional.gelu(self.up(states))
        return self.after_words(states + self.dropout(self.down(inner)))

    def _by_head(self, states: Tensor) -> Tensor:
        batch, pieces, size = states.shape
        return states.view(batch, pieces, self.heads, size // self.heads).transpose(1, 2)


class Encoder(nn.Module):
    """Embeddings and layers, with the weights of a folder that holds a sentence model.

    Parameters
    ----------
    folder
        With ``config.json`` and ``model.safetensors`` of an MPNet model.
    dropout
        Share of numbers set to zero in training.
    """

    def __init__(self, folder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        weights = load_file(folder / "model.safetensors")
        self.size = config["hidden_size"]
        words = weights["embeddings.word_embeddings.weight"]
        self.words = nn.Embedding.from_pretrained(words, freeze=False)
        places = weights["embeddings.position_embeddings.weight"]
        self.places = nn.Parameter(places[FIRST_PLACE:].clone())
        self.norm = nn.LayerNorm(self.size, eps=config["layer_norm_eps"])
        self.dropout = nn.Dropout(dropout)
        _fill(self.norm, weights, "embeddings.LayerNorm")
        distances = weights["encoder.relative_attention_bias.weight"]
        self.distances = nn.Embedding.from_pretrained(distances, freeze=False)
        shape = (
            self.size, config["intermediate_size"], config["num_attention_heads"],
            config["layer_norm_eps"], dropout,
        )  # fmt: skip
        self.layers = nn.ModuleList(Layer(*shape) for _ in range(config["num_hidden_layers"]))
        for number, layer in enumerate(self.layers):
            for part, name in _PARTS.items():
                _fill(getattr(layer, part), weights, f"encoder.layer.{number}.{name}")

    def embed(self, pieces: Tensor) -> Tensor:
        """Numbers of pieces (batch by length) as states (batch by length by size)."""
        return self.dropout(self.norm(self.words(pieces) + self.places[: pieces.shape[1]]))

    def bias(self, present: Tensor) -> Tensor:
        """:func:`attention_bias` with this encoder's weights of distances."""
        return attention_bias(self.distances, present)


def run(states: Tensor, layers: Iterable[Layer], bias: Tensor) -> Tensor:
    """The states after some layers."""
    for layer in layers:
        states = layer(states, bias)
    return states


def attention_bias(distances: nn.Embedding, present: Tensor) -> Tensor:
    """What is added to attention: each head's weight of the distance; nothing goes to padding.

    ``present`` is 1 for a piece and 0 for padding, batch by length.
    """
    places = torch.arange(present.shape[1])
    buckets = _buckets(places[None, :] - places[:, None])
    by_distance = distances(buckets).permute(2, 0, 1)[None]
    return by_distance + (1 - present[:, None, None, :].float()) * -1e4


def _fill(part: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    part.weight.data, part.bias.data = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _buckets(distance: Tensor, half: int = 16, farthest: int = 128) -> Tensor:
    """The bucket of each distance, as MPNet (and T5, Raffel et al. 2020) count them: one each
    for near ones, wider and wider for far ones, and as many again for pieces that come later."""
    later, steps = (distance > 0).long() * half, distance.abs()
    exact = half // 2
    far = torch.log(steps.clamp(min=1) / exact) / math.log(farthest / exact) * (half - exact)
    return later + torch.where(steps < exact, steps, (exact + far.long()).clamp(max=half - 1))
