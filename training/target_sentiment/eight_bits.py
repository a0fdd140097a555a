"""Lets a model learn with the errors that 8 bits will bring (Jacob et al. 2018)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

#: Steps between the least and the largest number that is given to a layer.
STEPS = 255

#: Largest whole number of a weight, as 7 of 8 bits are used; the exported model has one more,
#: so that its steps are a little finer.
MOST_OF_WEIGHT = 63


@contextmanager
def in_eight_bits(model: nn.Module) -> Iterator[None]:
    """Within, every linear layer computes as if with weights and given numbers in 8 bits.

    Numbers are scaled by sequence, its padding included, and weights by row, much as they are in
    the exported model, which reads no padding; gradients pass as if nothing was rounded.
    """
    linear = [module for module in model.modules() if isinstance(module, nn.Linear)]
    hooks = [module.register_forward_pre_hook(_round_given) for module in linear]
    for module in linear:
        parametrize.register_parametrization(module, "weight", _Rounded())
    try:
        yield
    finally:
        for module, hook in zip(linear, hooks, strict=True):
            hook.remove()
            parametrize.remove_parametrizations(module, "weight", leave_parametrized=False)


class _Rounded(nn.Module):
    def forward(self, weight: Tensor) -> Tensor:
        scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / MOST_OF_WEIGHT
        return _rounded(weight, scale)


def _round_given(module: nn.Module, given: tuple[Tensor]) -> tuple[Tensor]:
    (numbers,) = given
    inside = tuple(range(1, numbers.dim()))
    least = numbers.detach().amin(inside, keepdim=True).clamp(max=0)
    most = numbers.detach().amax(inside, keepdim=True).clamp(min=0)
    return (_rounded(numbers, (most - least).clamp(min=1e-8) / STEPS),)


def _rounded(numbers: Tensor, scale: Tensor) -> Tensor:
    """Whole multiples of the scale, with the gradient of the numbers themselves."""
    return numbers + (torch.round(numbers / scale) * scale - numbers).detach()
