"""What teacher and student share: padding, reading, the head, and one way to learn."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from training.target_sentiment.pairs import in_batches

BATCH = 32

#: Sequences at once where nothing is learnt.
READING_BATCH = 64

#: Learning rates grow over this share of the steps, then shrink to nothing.
WARM_UP = 0.1

#: A head, and what else stands beside the layers, learns this many times faster than they do.
HEAD_FASTER = 4.0

#: Each layer learns slower than the one above it, by this factor (Howard and Ruder 2018).
SLOWER_BELOW = 0.9


class Head(nn.Module):
    """Three scores from the states of the target and of the whole sentence."""

    def __init__(self, size: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.join, self.score = nn.Linear(2 * size, size), nn.Linear(size, 3)
        self.dropout = nn.Dropout(dropout)

    def join_states(self, states: Tensor, target: Tensor) -> Tensor:
        """The first state and the mean of the target's as one row a pair, before scoring.

        ``states`` batch by length by size; ``target`` 1 for its pieces, batch by length.
        """
        # Summed as when the committed model learnt.  Multiplying, as the student does, adds in
        # another order: it rounds otherwise, and moves the scores of the model that is exported
        # in the end by up to 0.02.
        marked = target[:, :, None].to(states.dtype)
        mean = (states * marked).sum(1) / marked.sum(1)
        return self.join_ends(torch.stack([states[:, 0], mean], dim=1))

    def join_ends(self, states: Tensor) -> Tensor:
        """The same, where only the state of the first and that of the target are at hand."""
        return self.dropout(torch.tanh(self.join(self.dropout(states.flatten(1)))))


def pad(rows: Sequence[Sequence[int]], filler: int = 0) -> Tensor:
    """Rows of whole numbers as one table, shorter ones filled up at the end."""
    tensors = [torch.tensor(row, dtype=torch.long) for row in rows]
    return nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=filler)


def pad_rows(rows: Sequence[Sequence[int]], batch: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Some rows of pieces as one table, and which of its pieces are there."""
    chosen = [rows[place] for place in batch]
    return pad(chosen), pad([[1] * len(row) for row in chosen])


@torch.no_grad()
def read_states(
    rows: Sequence[Sequence[int]], read: Callable[[Tensor, Tensor], Tensor]
) -> list[Tensor]:
    """The states of rows of pieces, length by size, in 16 bits.

    ``read`` makes them from pieces and from which of these are there, both batch by length.
    """
    states: list[Tensor] = [torch.empty(0)] * len(rows)
    for batch in in_batches([len(row) for row in rows], READING_BATCH):
        for place, row in zip(batch, read(*pad_rows(rows, batch)), strict=True):
            states[place] = row[: len(rows[place])].half()
    return states


def layer_groups(layers: Sequence[nn.Module], head: Sequence[nn.Parameter], rate: float) -> list:
    """Parameters with their learning rates: the top layer ``rate``, each below a bit less."""
    groups = [
        {"params": list(layer.parameters()), "lr": rate * SLOWER_BELOW**depth}
        for depth, layer in enumerate(reversed(layers))
    ]
    return [*groups, {"params": list(head), "lr": rate * HEAD_FASTER}]


def learn(
    model: nn.Module,
    groups: list[dict],
    lengths: Sequence[int],
    loss_of: Callable[[list[int]], Tensor],
    epochs: int,
    seed: int,
    after_epoch: Callable[[int], None],
    report: Callable[[str], None] = print,
) -> None:
    """Fit a model in place with AdamW (Loshchilov and Hutter 2019).

    Parameters
    ----------
    model
        Put into training mode before each epoch.
    groups
        As :func:`layer_groups` gives them; all other parameters stay as they are.
    lengths
        Pieces of each item, to batch like with like.
    loss_of
        The loss of a batch, given the places of its items.
    epochs, seed
        Passes over all items; the seed of their order.
    after_epoch
        Called with the number of the epoch.
    report
        Takes a line of progress.
    """
    trained = [parameter for group in groups for parameter in group["params"]]
    model.requires_grad_(False)
    for parameter in trained:
        parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * len(in_batches(lengths, BATCH))
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps))
    order = random.Random(seed)
    for epoch in range(1, epochs + 1):
        model.train()
        losses = []
        for batch in in_batches(lengths, BATCH, order):
            loss = loss_of(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            pace.step()
            losses.append(loss.item())
            if len(losses) % 100 == 0:
                report(f"  epoch {epoch}, batch {len(losses)}: loss {sum(losses[-100:]) / 100:.3f}")
        model.eval()
        after_epoch(epoch)


def mean_weights(several: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several weights of one model (Izmailov et al. 2018); whole numbers, which do
    not learn, are the last's."""
    return {
        name: torch.stack([weights[name] for weights in several]).mean(0)
        if value.is_floating_point()
        else value
        for name, value in several[-1].items()
    }


def _pace(step: int, steps: int) -> float:
    warm = WARM_UP * steps
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / (steps - warm))
