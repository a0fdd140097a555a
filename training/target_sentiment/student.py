"""The student: what is exported.  Small, and blind to who is judged.

MiniLM (Wang et al. 2020; as all-MiniLM-L6-v2, 6 layers of 384 numbers) reads the sentence
with a blank for its target.  Its lowest layers stay as they are; above them stand several
towers, each the upper layers learnt from another seed, whose scores are averaged.  Each tower
learns from people's labels and from the teacher: its scores, and the numbers it joins them
from (Hinton, Vinyals and Dean 2015; Romero et al. 2015).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.target_sentiment.encoder import Encoder
from training.target_sentiment.learning import Head, layer_groups, learn, pad
from training.target_sentiment.pairs import in_batches

#: Layers that stay as they are, and are shared by the towers.
FROZEN = 2

RATE = 1e-4

#: The teacher's scores are flattened by this much, so that its second choice counts too.
TEMPERATURE = 2.0

#: Weight of people's labels beside the teacher's scores, where there is a label.
LABEL_WEIGHT = 0.5

#: Weight of the distance to what the teacher joins its scores from.
HINT_WEIGHT = 1.0

READING_BATCH = 64


@dataclass(frozen=True)
class Lessons:
    """Pairs to learn from: pieces, the teacher's scores and joined states, people's labels as
    places (0, 1, 2), -1 where there is none."""

    pieces: Sequence[Sequence[int]]
    scores: Tensor
    joined: Tensor
    labels: Tensor


class Lower(nn.Module):
    """The layers that stay as they are."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = Encoder(folder)
        self.upper = self.encoder.layers[FROZEN:]
        self.encoder.layers = self.encoder.layers[:FROZEN]

    def forward(self, pieces: Tensor, bias: Tensor | None = None) -> Tensor:
        return self.encoder.run(self.encoder.embed(pieces), self.encoder.layers, bias)


class Tower(nn.Module):
    """Scores from the states after the lower layers."""

    def __init__(self, lower: Lower, teacher_size: int) -> None:
        super().__init__()
        self.layers = copy.deepcopy(lower.upper)
        self.head = Head(lower.encoder.size)
        self.hint = nn.Linear(lower.encoder.size, teacher_size)

    def forward(self, states: Tensor, target: Tensor, bias: Tensor | None = None) -> Tensor:
        return self.head.score(self.joined(states, target, bias))

    def joined(self, states: Tensor, target: Tensor, bias: Tensor | None = None) -> Tensor:
        """What the scores are made from, one row a pair."""
        for layer in self.layers:
            states = layer(states, bias)
        return self.head.join_states(states, target)


class Student(nn.Module):
    """From the pieces of one sentence to probabilities, as it is exported.

    All sequences of a batch have the same length: there is no padding.
    """

    def __init__(self, lower: Lower, towers: Sequence[Tower], blank: int) -> None:
        super().__init__()
        self.lower, self.towers, self.blank = lower, nn.ModuleList(towers), blank
        self.temperature = 1.0

    def forward(self, pieces: Tensor) -> Tensor:
        return functional.softmax(self.scores(pieces) / self.temperature, dim=1)

    def scores(self, pieces: Tensor) -> Tensor:
        """The mean of the towers' scores, before they become probabilities."""
        states, target = self.lower(pieces), (pieces == self.blank).float()
        return sum(tower(states, target) for tower in self.towers) / len(self.towers)


class Readings:
    """Pairs as the student reads them, lower layers done: states kept in 16 bits."""

    def __init__(self, lower: Lower, pieces: Sequence[Sequence[int]], blank: int) -> None:
        self.lengths = [len(row) for row in pieces]
        self._targets = [[int(piece == blank) for piece in row] for row in pieces]
        self._states = self._read(lower.eval(), pieces)
        self._encoder = lower.encoder

    @torch.no_grad()
    def _read(self, lower: Lower, pieces: Sequence[Sequence[int]]) -> list[Tensor]:
        states: list[Tensor] = [torch.empty(0)] * len(pieces)
        for batch in in_batches(self.lengths, READING_BATCH):
            present = pad([[1] * self.lengths[place] for place in batch])
            read = lower(pad([pieces[place] for place in batch]), lower.encoder.bias(present))
            for place, row in zip(batch, read, strict=True):
                states[place] = row[: self.lengths[place]].half()
        return states

    def batch(self, places: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """States, which pieces are blanks, and the bias that hides padding, of some pairs."""
        states = nn.utils.rnn.pad_sequence(
            [self._states[place].float() for place in places], batch_first=True
        )
        present = pad([[1] * self.lengths[place] for place in places])
        return states, pad([self._targets[place] for place in places]), self._encoder.bias(present)


def train_tower(
    tower: Tower,
    readings: Readings,
    lessons: Lessons,
    epochs: int,
    seed: int,
    after_epoch: Callable[[int], None],
    report: Callable[[str], None] = print,
) -> None:
    """Fit a tower to people's labels and to the teacher."""

    def loss_of(batch: list[int]) -> Tensor:
        joined = tower.joined(*readings.batch(batch))
        loss = _distance(tower.head.score(joined), lessons.scores[batch], lessons.labels[batch])
        hint = functional.mse_loss(torch.tanh(tower.hint(joined)), lessons.joined[batch].float())
        return loss + HINT_WEIGHT * hint

    head = [*tower.head.parameters(), *tower.hint.parameters()]
    groups = layer_groups(tower.layers, head, RATE)
    learn(tower, groups, readings.lengths, loss_of, epochs, seed, after_epoch, report)


@torch.no_grad()
def read_scores(tower: Tower, readings: Readings) -> Tensor:
    """The tower's scores (logits) of every pair, one row a pair."""
    scores = torch.zeros(len(readings.lengths), 3)
    tower.eval()
    for batch in in_batches(readings.lengths, READING_BATCH):
        scores[batch] = tower(*readings.batch(batch))
    return scores


def _distance(scores: Tensor, teacher: Tensor, labels: Tensor) -> Tensor:
    """How far scores are from the teacher's and, where there are labels, from these."""
    soft = functional.softmax(teacher / TEMPERATURE, dim=1)
    said = functional.log_softmax(scores / TEMPERATURE, dim=1)
    to_teacher = functional.kl_div(said, soft, reduction="none").sum(1) * TEMPERATURE**2
    to_labels = functional.cross_entropy(scores, labels, ignore_index=-1, reduction="none")
    share = LABEL_WEIGHT * (labels >= 0)
    return ((1 - share) * to_teacher + share * to_labels).mean()
