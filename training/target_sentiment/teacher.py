"""The teacher: a large encoder that reads whole sentences, names and all.

MPNet (Song et al. 2020; as all-mpnet-base-v2, 12 layers of 768 numbers).  Its
lower half stays as it is, so that every sentence goes through it once, whatever its targets
and however often it is learnt from.  Above it, a learnt vector marks the target's pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from analysis_utils.measures.target_sentiment.pieces import MOST_PIECES, Span
from training.target_sentiment.encoder import Encoder, run
from training.target_sentiment.learning import (
    READING_BATCH,
    Head,
    layer_groups,
    learn,
    pad,
    read_states,
)
from training.target_sentiment.pairs import Pair, in_batches

#: Layers that stay as they are.
FROZEN = 6

RATE = 3e-5


class Teacher(nn.Module):
    """Scores for negative, neutral and positive from the states after the frozen layers."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = Encoder(folder)
        self.mark = nn.Parameter(torch.zeros(self.encoder.size))
        self.head = Head(self.encoder.size)

    @property
    def upper(self) -> Sequence[nn.Module]:
        """The layers that learn."""
        return self.encoder.layers[FROZEN:]

    def lower_states(self, pieces: Tensor, present: Tensor) -> Tensor:
        """States of whole sentences after the frozen layers."""
        lower = self.encoder.layers[:FROZEN]
        return run(self.encoder.embed(pieces), lower, self.encoder.bias(present))

    def forward(self, states: Tensor, present: Tensor, target: Tensor) -> Tensor:
        return self.head.score(self.joined(states, present, target))

    def joined(self, states: Tensor, present: Tensor, target: Tensor) -> Tensor:
        """What the scores are made from, one row a pair."""
        marked = states + target[:, :, None] * self.mark
        states = run(marked, self.upper, self.encoder.bias(present))
        return self.head.join_states(states, target)


class Readings:
    """Pairs of a sentence and a target as a teacher reads them, lower layers done.

    The states of each sentence are kept in 16 bits: 1.5 kB times its pieces.
    """

    def __init__(self, teacher: Teacher, tokenizer, pairs: Sequence[Pair]) -> None:
        self._sentences = list(dict.fromkeys(sentence for sentence, _ in pairs))
        cut = [tokenizer.encode(sentence) for sentence in self._sentences]
        first, last = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
        room = MOST_PIECES - 2
        self._pieces = [[first, *each.ids[:room], last] for each in cut]
        offsets = {s: each.offsets[:room] for s, each in zip(self._sentences, cut, strict=True)}
        self._place = {sentence: place for place, sentence in enumerate(self._sentences)}
        self._of_pair = [self._place[sentence] for sentence, _ in pairs]
        self._targets = [_marks(offsets[sentence], target) for sentence, target in pairs]
        self.lengths = [len(self._pieces[place]) for place in self._of_pair]
        self._states = read_states(self._pieces, teacher.eval().lower_states)

    def batch(self, places: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """States, which pieces are there, and which are the target's, of some pairs."""
        rows = [self._states[self._of_pair[place]].float() for place in places]
        states = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        present = pad([[1] * len(row) for row in rows])
        return states, present, pad([self._targets[place] for place in places])


def train_teacher(
    teacher: Teacher,
    readings: Readings,
    labels: Sequence[int],
    epochs: int,
    seed: int,
    after_epoch: Callable[[int], None],
    report: Callable[[str], None] = print,
) -> None:
    """Fit the upper layers to labels, given as places (0, 1, 2)."""
    wanted = torch.tensor(labels)
    groups = layer_groups(teacher.upper, [teacher.mark, *teacher.head.parameters()], RATE)
    learn(
        teacher,
        groups,
        readings.lengths,
        lambda batch: functional.cross_entropy(teacher(*readings.batch(batch)), wanted[batch]),
        epochs,
        seed,
        after_epoch,
        report,
    )


@torch.no_grad()
def read_joined(teacher: Teacher, readings: Readings) -> tuple[Tensor, Tensor]:
    """The teacher's scores (logits) of every pair, and in 16 bits what it makes them from."""
    scores = torch.zeros(len(readings.lengths), 3)
    joined = torch.zeros(len(readings.lengths), teacher.encoder.size, dtype=torch.half)
    teacher.eval()
    for batch in in_batches(readings.lengths, READING_BATCH):
        rows = teacher.joined(*readings.batch(batch))
        scores[batch], joined[batch] = teacher.head.score(rows), rows.half()
    return scores, joined


def read_scores(teacher: Teacher, readings: Readings) -> Tensor:
    """The teacher's scores (logits) of every pair, one row a pair."""
    return read_joined(teacher, readings)[0]


def _marks(offsets: Sequence[Span], target: Sequence[Span]) -> list[int]:
    """1 for each piece that stands in the target, 0 for the others and for both ends; if the
    target was cut off, the first piece stands for it."""
    marks = [
        int(any(start < last and first < end for first, last in target)) for start, end in offsets
    ]
    return [0, *marks, 0] if any(marks) else [1, *[0] * (len(marks) + 1)]
