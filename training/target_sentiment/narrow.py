"""Makes the start of a student from its teacher: fewer numbers a layer, fewer bits a word."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from training.target_sentiment.encoder import Layer

#: Added to the diagonal before solving, as a share of its mean, so that there is a solution.
RIDGE = 1e-3

#: Largest whole number of 4 bits with a sign.
MOST = 7


@torch.no_grad()
def narrowed(layer: Layer, inner: Tensor, width: int) -> Layer:
    """A copy of a layer that keeps some of its inner numbers.

    Those are kept that change the result most: by their mean size times that of the weights
    that read them (He et al. 2014).  The weights are fitted anew by least squares so
    that the kept ones give what all gave (He, Zhang and Sun 2017).

    Parameters
    ----------
    layer
        The layer.
    inner
        Inner numbers of the layer, one row a piece, as :func:`inner_numbers` collects them.
    width
        How many to keep.
    """
    effect = inner.abs().mean(0) * layer.down.weight.norm(dim=0)
    kept = effect.topk(width).indices.sort().values
    narrow = copy.deepcopy(layer)
    narrow.dropout = nn.Identity()  # with so many numbers gone, none is too many
    narrow.up.weight.data, narrow.up.bias.data = layer.up.weight[kept], layer.up.bias[kept]
    weights = _fitted(inner[:, kept], layer.down(inner))
    narrow.down.weight.data, narrow.down.bias.data = weights[:-1].T.contiguous(), weights[-1]
    return narrow


@contextmanager
def inner_numbers(layers: Sequence[Layer]) -> Iterator[list[Tensor]]:
    """Collects, while a teacher reads, the inner numbers of some of its layers.

    The list holds one table a layer at the end, one row for every piece read and for
    every place of padding.
    """
    heard: list[list[Tensor]] = [[] for _ in layers]
    hooks = [
        layer.down.register_forward_hook(
            lambda module, given, result, rows=rows: rows.append(given[0].flatten(0, 1))
        )
        for layer, rows in zip(layers, heard, strict=True)
    ]
    tables: list[Tensor] = []
    try:
        yield tables
    finally:
        for hook in hooks:
            hook.remove()
    tables += [torch.cat(rows) for rows in heard]


class FourBitWords(nn.Module):
    """Embeddings of words in 4 bits each, two to a byte, and a scale a word.

    Parameters
    ----------
    table
        One row a word, of even length.
    """

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = _best_scale(table)
        whole = (_rounded(table, scale) + MOST + 1).to(torch.uint8)
        first, second = whole.chunk(2, dim=1)
        self.register_buffer("bytes", first * 16 + second)
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor) -> Tensor:
        """Numbers of pieces as states, one more dimension."""
        packed = self.bytes[pieces].float()
        first = torch.floor(packed / 16)
        whole = torch.cat([first, packed - 16 * first], dim=-1) - (MOST + 1)
        return whole * self.scale[pieces]


def _fitted(given: Tensor, wanted: Tensor) -> Tensor:
    """Weights, the last row a constant, with which ``given`` comes closest to ``wanted``."""
    given = torch.cat([given, torch.ones(len(given), 1)], dim=1).double()
    square = given.T @ given
    square += torch.eye(len(square)) * square.diagonal().mean() * RIDGE
    return torch.linalg.solve(square, given.T @ wanted.double()).float()


def _best_scale(table: Tensor) -> Tensor:
    """For each row the scale with the least squared loss, of a few shares of the largest."""
    widest = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / MOST
    scales = torch.stack([widest * share / 20 for share in range(8, 21)])
    losses = torch.stack(
        [(_rounded(table, each) * each - table).square().sum(1) for each in scales]
    )
    return scales.gather(0, losses.argmin(0)[None, :, None])[0]


def _rounded(table: Tensor, scale: Tensor) -> Tensor:
    return (table / scale).round().clamp(-MOST, MOST)
