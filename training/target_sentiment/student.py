"""The student: what is exported.  Small, and blind to who is judged.

It starts as its teacher with fewer and narrower layers (Sanh et al. 2019), and reads the sentence
with a blank for its target.  First its lower layers learn to give the states that the teacher's
give (Jiao et al. 2020).  Then all learn from people's labels and from the teacher: its scores, and
the numbers it joins them from (Hinton, Vinyals and Dean 2015; Romero et al. 2015).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from analysis_utils.measures.target_sentiment.pieces import MOST_PIECES
from training.target_sentiment.encoder import Encoder, Layer, attention_bias, run
from training.target_sentiment.learning import (
    READING_BATCH,
    layer_groups,
    learn,
    pad_rows,
)
from training.target_sentiment.narrow import FourBitWords
from training.target_sentiment.pairs import in_batches
from training.target_sentiment.teacher import Teacher

LOWER_RATE, RATE, FINISHING_RATE = 2e-4, 1e-4, 5e-5

#: The teacher's scores are flattened by this much, so that its second choice counts too.
TEMPERATURE = 2.0

#: Weight of people's labels beside the teacher's scores, where there is a label.
LABEL_WEIGHT = 0.5

#: Weight of the distance to what the teacher joins its scores from.
HINT_WEIGHT = 1.0


@dataclass(frozen=True)
class Lessons:
    """Pairs to learn from: pieces, the teacher's scores and joined states, people's labels as
    places (0, 1, 2), -1 where there is none."""

    pieces: Sequence[Sequence[int]]
    scores: Tensor
    joined: Tensor
    labels: Tensor


class Lower(nn.Module):
    """From pieces to states, whatever is asked of them.

    Parameters
    ----------
    encoder
        Of the teacher.
    numbers
        For each piece of the student its number in the teacher's vocabulary.
    layers
        The layers to start from.
    """

    def __init__(self, encoder: Encoder, numbers: Tensor, layers: Iterable[Layer]) -> None:
        super().__init__()
        self.words = FourBitWords(encoder.words.weight.detach()[numbers])
        self.register_buffer("places", encoder.places.detach()[:MOST_PIECES].half())
        self.norm, self.distances = copy.deepcopy(encoder.norm), copy.deepcopy(encoder.distances)
        self.layers = nn.ModuleList(layers)

    def forward(self, pieces: Tensor, present: Tensor) -> Tensor:
        return self.states(pieces, self.bias(present))

    def states(self, pieces: Tensor, bias: Tensor) -> Tensor:
        """The states after all layers, where the bias of attention is known."""
        states = self.norm(self.words(pieces) + self.places[: pieces.shape[1]].float())
        return run(states, self.layers, bias)

    def bias(self, present: Tensor) -> Tensor:
        """What is added to attention, as the teacher's does."""
        return attention_bias(self.distances, present)


class Upper(nn.Module):
    """From states and what is blank in them to scores.

    The last layer is only asked for what is scored: the first state and the target's.
    """

    def __init__(self, teacher: Teacher, layers: Iterable[Layer]) -> None:
        super().__init__()
        self.mark, self.head = copy.deepcopy(teacher.mark), copy.deepcopy(teacher.head)
        self.head.dropout = nn.Identity()
        self.layers = nn.ModuleList(layers)

    def joined(self, states: Tensor, target: Tensor, bias: Tensor) -> Tensor:
        """What the scores are made from, one row a pair."""
        *layers, last = self.layers
        states = run(states + target[:, :, None] * self.mark, layers, bias)
        two = ends(target)
        return self.head.join_ends(last(states, two[:, None] @ bias, two @ states))


class Student(nn.Module):
    """From the pieces of sentences to scores, or to probabilities, as it is exported."""

    def __init__(self, lower: Lower, upper: Upper, blank: int) -> None:
        super().__init__()
        self.lower, self.upper, self.blank = lower, upper, blank
        self.temperature = 1.0

    def forward(self, pieces: Tensor) -> Tensor:
        """Probabilities.  All sequences of a batch have the same length: there is no padding."""
        joined = self.joined(pieces, torch.ones_like(pieces))
        return functional.softmax(self.upper.head.score(joined) / self.temperature, dim=1)

    def joined(self, pieces: Tensor, present: Tensor) -> Tensor:
        """What the scores are made from, one row a pair; ``present`` is 0 for padding."""
        target, bias = (pieces == self.blank).float(), self.lower.bias(present)
        return self.upper.joined(self.lower.states(pieces, bias), target, bias)


def train_lower(
    lower: Lower,
    pieces: Sequence[Sequence[int]],
    wanted: Sequence[Tensor],
    epochs: int,
    seed: int,
    report: Callable[[str], None] = print,
) -> None:
    """Fit the lower layers to the states that the teacher has of the same pieces.

    The loss is the share of the states' variance that is missed, over all their numbers alike.
    """
    every = torch.cat([states.float() for states in wanted])
    spread = every.std(dim=0)

    def loss_of(batch: list[int]) -> Tensor:
        rows, present = pad_rows(pieces, batch)
        given = lower(rows, present)[present.bool()]
        return functional.mse_loss(
            given / spread, torch.cat([wanted[place].float() for place in batch]) / spread
        )

    groups = layer_groups(lower.layers, lower.norm.parameters(), LOWER_RATE)
    lengths = [len(row) for row in pieces]
    learn(lower, groups, lengths, loss_of, epochs, seed, lambda number: None, report)


def train_student(
    student: Student,
    lessons: Lessons,
    rate: float,
    epochs: int,
    seed: int,
    after_epoch: Callable[[int], None],
    report: Callable[[str], None] = print,
) -> None:
    """Fit all layers to people's labels and to the teacher."""

    def loss_of(batch: list[int]) -> Tensor:
        joined = student.joined(*pad_rows(lessons.pieces, batch))
        scores = student.upper.head.score(joined)
        hint = functional.mse_loss(joined, lessons.joined[batch].float())
        distance = _distance(scores, lessons.scores[batch], lessons.labels[batch])
        return distance + HINT_WEIGHT * hint

    layers = [*student.lower.layers, *student.upper.layers]
    head = [student.upper.mark, *student.upper.head.parameters()]
    groups = layer_groups(layers, head, rate)
    lengths = [len(row) for row in lessons.pieces]
    learn(student, groups, lengths, loss_of, epochs, seed, after_epoch, report)


def ends(target: Tensor) -> Tensor:
    """What a pair's states are multiplied by to get two: the first, and the mean of the
    target's.  ``target`` is 1 for its pieces, batch by length; batch by 2 by length."""
    first = torch.zeros_like(target, dtype=torch.float)
    first[:, 0] = 1
    return torch.stack([first, target / target.sum(1, keepdim=True)], dim=1)


@torch.no_grad()
def read_scores(student: Student, pieces: Sequence[Sequence[int]]) -> Tensor:
    """The scores (logits) of every pair, one row a pair."""
    scores = torch.zeros(len(pieces), 3)
    student.eval()
    for batch in in_batches([len(row) for row in pieces], READING_BATCH):
        scores[batch] = student.upper.head.score(student.joined(*pad_rows(pieces, batch)))
    return scores


def _distance(scores: Tensor, teacher: Tensor, labels: Tensor) -> Tensor:
    """How far scores are from the teacher's and, where there are labels, from these."""
    soft = functional.softmax(teacher / TEMPERATURE, dim=1)
    said = functional.log_softmax(scores / TEMPERATURE, dim=1)
    to_teacher = functional.kl_div(said, soft, reduction="none").sum(1) * TEMPERATURE**2
    to_labels = functional.cross_entropy(scores, labels, ignore_index=-1, reduction="none")
    share = LABEL_WEIGHT * (labels >= 0)
    return ((1 - share) * to_teacher + share * to_labels).mean()
