"""The steps from labelled sentences to the committed model, each kept in a work folder.

A step whose result is there already is not done again, so that a training that was cut
off goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import torch

from analysis_utils.target_sentiment.evaluation import agreement
from analysis_utils.target_sentiment.newsmtsc import Example
from analysis_utils.target_sentiment.pieces import BLANK, encode, wordpieces
from training.target_sentiment import student, teacher
from training.target_sentiment.pairs import Pair, read_texts, unlabelled_pairs
from training.target_sentiment.start import minilm_folder, mpnet_folder

TEACHER_EPOCHS, TOWER_EPOCHS = 2, 2

#: The seed of the teacher, and one for each tower.
TEACHER_SEED, TOWER_SEEDS = 0, (1, 2)

#: Threads of the teacher.  Another number would round otherwise and end at other weights.
THREADS = 2


@dataclass(frozen=True)
class Data:
    """What is learnt from, and what choices are made on."""

    train: Sequence[Example]
    dev: dict[str, Sequence[Example]]
    texts: Sequence[Path]

    @property
    def pairs(self) -> list[Pair]:
        """The labelled pairs without their labels."""
        return [(example.sentence, example.target) for example in self.train]


def trained_teacher(data: Data, work: Path) -> teacher.Teacher:
    """The teacher, fitted to the labelled pairs."""
    _deterministic(TEACHER_SEED, THREADS)
    folder = mpnet_folder(work)
    model, path = teacher.Teacher(folder), work / "teacher.pt"
    if not path.exists():
        tokenizer = wordpieces(folder / "vocab.txt")
        pairs = {name: _pairs(examples) for name, examples in data.dev.items()}
        dev = {name: teacher.Readings(model, tokenizer, each) for name, each in pairs.items()}

        def after_epoch(number: int) -> None:
            scores = {name: teacher.read_scores(model, each) for name, each in dev.items()}
            say(f"teacher, epoch {number}: {_told(data, scores)}")

        readings = teacher.Readings(model, tokenizer, data.pairs)
        labels = [example.label + 1 for example in data.train]
        teacher.train_teacher(
            model, readings, labels, TEACHER_EPOCHS, TEACHER_SEED, after_epoch, say
        )
        _save(model.state_dict(), path)
    model.load_state_dict(torch.load(path))
    return model


def further_pairs(data: Data, work: Path) -> list[Pair]:
    """Pairs without a label, from the labelled sentences and from further texts."""
    path = work / "pairs.json"
    if not path.exists():
        held_back = [example for examples in data.dev.values() for example in examples]
        pairs = unlabelled_pairs(data.train, read_texts(data.texts), held_back)
        path.write_text(json.dumps(pairs), encoding="utf-8")
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return [(sentence, tuple(map(tuple, target))) for sentence, target in loaded]


def lessons(data: Data, work: Path) -> student.Lessons:
    """What the student learns from: all pairs with what the teacher says of them."""
    pairs = [*data.pairs, *further_pairs(data, work)]
    path = work / "said.pt"
    if not path.exists():
        model = trained_teacher(data, work)
        say(f"the teacher reads {len(pairs):,} pairs")
        readings = teacher.Readings(model, wordpieces(mpnet_folder(work) / "vocab.txt"), pairs)
        _save(teacher.read_joined(model, readings), path)
    scores, joined = torch.load(path)
    labels = torch.full((len(pairs),), -1)
    labels[: len(data.train)] = torch.tensor([example.label + 1 for example in data.train])
    return student.Lessons([encode(*pair) for pair in pairs], scores, joined, labels)


def trained_towers(data: Data, work: Path) -> list[student.Tower]:
    """The towers of the student, trained side by side, each in a process of its own."""
    learnt = lessons(data, work)
    size = learnt.joined.shape[1]
    todo = [seed for seed in TOWER_SEEDS if not _tower_path(work, seed).exists()]
    with ProcessPoolExecutor(THREADS, get_context("spawn")) as pool:
        for done in [pool.submit(_train_tower, data, learnt, work, seed) for seed in todo]:
            done.result()
    towers = [student.Tower(student.Lower(minilm_folder()), size) for _ in TOWER_SEEDS]
    for tower, seed in zip(towers, TOWER_SEEDS, strict=True):
        tower.load_state_dict(torch.load(_tower_path(work, seed)))
    return towers


def whole_student(data: Data, work: Path) -> student.Student:
    """The student as it is exported, in 32 bits and without a temperature."""
    towers = trained_towers(data, work)
    return student.Student(student.Lower(minilm_folder()), towers, blank_piece()).eval()


def blank_piece() -> int:
    """The number of the piece that stands for a mention of the target."""
    return wordpieces().token_to_id(BLANK)


def _train_tower(data: Data, learnt: student.Lessons, work: Path, seed: int) -> None:
    _deterministic(seed, 1)
    lower = student.Lower(minilm_folder())
    tower = student.Tower(lower, learnt.joined.shape[1])
    pieces = {name: [encode(*pair) for pair in _pairs(dev)] for name, dev in data.dev.items()}
    dev = {name: student.Readings(lower, each, blank_piece()) for name, each in pieces.items()}

    def after_epoch(number: int) -> None:
        scores = {name: student.read_scores(tower, each) for name, each in dev.items()}
        say(f"tower {seed}, epoch {number}: {_told(data, scores)}")

    readings = student.Readings(lower, learnt.pieces, blank_piece())
    student.train_tower(tower, readings, learnt, TOWER_EPOCHS, seed, after_epoch, say)
    _save(tower.state_dict(), _tower_path(work, seed))


def say(line: str) -> None:
    """A line of progress, at once."""
    print(line, flush=True)


def _deterministic(seed: int, threads: int) -> None:
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)


def _pairs(examples: Sequence[Example]) -> list[Pair]:
    return [(example.sentence, example.target) for example in examples]


def _told(data: Data, scores: dict[str, torch.Tensor]) -> str:
    """Macro-F1 on each development part."""
    found = {
        name: agreement([e.label for e in data.dev[name]], each.argmax(1).numpy() - 1)["macro_f1"]
        for name, each in scores.items()
    }
    return ", ".join(f"{name} {value:.3f}" for name, value in found.items())


def _tower_path(work: Path, seed: int) -> Path:
    return work / f"tower-{seed}.pt"


def _save(content: object, path: Path) -> None:
    """Saved beside its place, then moved there, so that no half file is taken for a result."""
    beside = path.with_suffix(".part")
    torch.save(content, beside)
    beside.replace(path)
