"""The steps from labelled sentences to the committed model, each kept in a work folder.

A step whose result is there already is not done again, so that a training that was cut
off goes on where it stopped.  A change of this code needs an empty work folder: what is there was
made by the code before.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from analysis_utils.measures.target_sentiment.evaluation import agreement
from analysis_utils.measures.target_sentiment.newsmtsc import Example
from analysis_utils.measures.target_sentiment.pieces import BLANK, encode, wordpieces
from training.target_sentiment import student, teacher
from training.target_sentiment.eight_bits import in_eight_bits
from training.target_sentiment.learning import mean_weights, read_states
from training.target_sentiment.made_pairs import contrasts, first_person, renamed
from training.target_sentiment.narrow import inner_numbers, narrowed
from training.target_sentiment.pairs import Pair, read_texts, unlabelled_pairs
from training.target_sentiment.start import mpnet_folder

TEACHER_EPOCHS, LOWER_EPOCHS, EPOCHS = 2, 3, 3

TEACHER_SEED, STUDENT_SEED = 0, 1

#: Layers of the teacher that the student starts from, of those that stayed as they were and
#: of those that learnt, and the inner numbers that each keeps of 3,072: what fits 40 MB.
LOWER_LAYERS, LOWER_WIDTH = (0, 2, 4), 1024
UPPER_LAYERS, UPPER_WIDTH = (6, 8, 9, 11), 704

#: What the last pass reads: pairs made with other names beside their target, turns of those in
#: the first person, of which there are few, and pairs read before, so that they are not forgotten.
RENAMED, FIRST_PERSON_TURNS, READ_AGAIN = 10_000, 5, 17_000

#: Labelled pairs that say which inner numbers matter.
CALIBRATING = 512

#: Threads that learn.  Another number would round otherwise and end at other weights.
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
        return _pairs(self.train)


class NotTrained(RuntimeError):
    """A work folder holds no finished training."""


def trained_teacher(data: Data, work: Path) -> teacher.Teacher:
    """The teacher, fitted to the labelled pairs."""
    _deterministic(TEACHER_SEED)
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
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps(pairs), encoding="utf-8")
        beside.replace(path)
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return [(sentence, tuple(map(tuple, target))) for sentence, target in loaded]


def all_pairs(data: Data, work: Path) -> list[Pair]:
    """The labelled pairs, then those without a label: the order of what is said of them."""
    return [*data.pairs, *further_pairs(data, work)]


def lessons(data: Data, work: Path) -> student.Lessons:
    """What the student learns from: all pairs with what the teacher says of them."""
    pairs = all_pairs(data, work)
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


def last_lessons(data: Data, work: Path) -> student.Lessons:
    """Pairs made from others, and some of those again.

    What is said of them is what was said of those that they were made from."""
    known, pairs = lessons(data, work), all_pairs(data, work)
    made = [*renamed(pairs, RENAMED, STUDENT_SEED), *contrasts(data.train, STUDENT_SEED)]
    for turn in range(FIRST_PERSON_TURNS):
        made += first_person(pairs, STUDENT_SEED + turn)
    again = random.Random(STUDENT_SEED).sample(range(len(pairs)), min(READ_AGAIN, len(pairs)))
    made += [(pairs[place], place) for place in again]
    places = [place for _, place in made]
    pieces = [encode(*pair) for pair, _ in made]
    return student.Lessons(pieces, known.scores[places], known.joined[places], known.labels[places])


def narrow_student(data: Data, work: Path) -> tuple[student.Lower, student.Upper]:
    """The student before it learns: chosen layers of the teacher, narrowed."""
    path = work / "narrow.pt"
    if not path.exists():
        model = trained_teacher(data, work).eval()
        layers = [model.encoder.layers[number] for number in (*LOWER_LAYERS, *UPPER_LAYERS)]
        pairs = random.Random(STUDENT_SEED).sample(data.pairs, min(CALIBRATING, len(data.pairs)))
        with inner_numbers(layers) as numbers:
            tokenizer = wordpieces(mpnet_folder(work) / "vocab.txt")
            teacher.read_scores(model, teacher.Readings(model, tokenizer, pairs))
        widths = [LOWER_WIDTH] * len(LOWER_LAYERS) + [UPPER_WIDTH] * len(UPPER_LAYERS)
        narrow = [narrowed(*each) for each in zip(layers, numbers, widths, strict=True)]
        first = len(LOWER_LAYERS)
        lower = student.Lower(model.encoder, teacher_pieces(), narrow[:first])
        _save((lower, student.Upper(model, narrow[first:])), path)
    return torch.load(path, weights_only=False)


def trained_lower(data: Data, work: Path) -> student.Lower:
    """The student's lower layers, fitted to the teacher's states of sentences with a blank."""
    path = work / "lower.pt"
    if not path.exists():
        lower, _ = narrow_student(data, work)
        pieces = [encode(*pair) for pair in _one_a_sentence(data, work)]
        say(f"the teacher reads {len(pieces):,} sentences")
        model, numbers = trained_teacher(data, work).eval(), teacher_pieces()
        rows = [numbers[row].tolist() for row in pieces]
        wanted = read_states(rows, model.lower_states)
        _deterministic(STUDENT_SEED)
        student.train_lower(lower, pieces, wanted, LOWER_EPOCHS, STUDENT_SEED, say)
        _save(lower, path)
    return torch.load(path, weights_only=False)


def trained_student(data: Data, work: Path) -> student.Student:
    """The student after all lessons: the mean of its weights at the ends of the epochs."""
    path = work / "student.pt"
    if not path.exists():
        _, upper = narrow_student(data, work)
        model = student.Student(trained_lower(data, work), upper, blank_piece())
        _train(model, data, lessons(data, work), student.RATE, EPOCHS)
        _save(model, path)
    return torch.load(path, weights_only=False)


def finished_student(data: Data, work: Path) -> student.Student:
    """The student as it is exported, but in 32 bits and without a temperature.

    A last pass reads pairs made from others, with the errors that 8 bits will bring."""
    path = work / "finished.pt"
    if not path.exists():
        model = trained_student(data, work)
        with in_eight_bits(model):
            _train(model, data, last_lessons(data, work), student.FINISHING_RATE, 1)
        _save(model, path)
    return trained(work)


def trained(work: Path) -> student.Student:
    """The finished student of a work folder.

    Raises
    ------
    NotTrained
        If there is none.
    """
    path = work / "finished.pt"
    if not path.exists():
        raise NotTrained(f"{work}: holds no finished training. Run `make train` first.")
    return torch.load(path, weights_only=False).eval()


def teacher_pieces() -> torch.Tensor:
    """For each piece of the student its number in the teacher's vocabulary.

    MPNet's is BERT's with four pieces before and one behind, which stand for both ends, for
    padding and for what is blank.
    """
    ours = wordpieces()
    numbers = torch.arange(ours.get_vocab_size()) + 4
    numbers[[ours.token_to_id(piece) for piece in ("[CLS]", "[PAD]", "[SEP]")]] = torch.arange(3)
    numbers[blank_piece()] = ours.get_vocab_size() + 4
    return numbers


def blank_piece() -> int:
    """The number of the piece that stands for a mention of the target."""
    return wordpieces().token_to_id(BLANK)


def _train(
    model: student.Student, data: Data, learnt: student.Lessons, rate: float, epochs: int
) -> None:
    """Fit a student in place; it ends with the mean of its weights after each epoch."""
    dev = {name: [encode(*pair) for pair in _pairs(each)] for name, each in data.dev.items()}
    weights = []

    def after_epoch(number: int) -> None:
        weights.append(copy.deepcopy(model.state_dict()))
        scores = {name: student.read_scores(model, each) for name, each in dev.items()}
        say(f"student, epoch {number}: {_told(data, scores)}")

    say(f"the student learns from {len(learnt.pieces):,} pairs")
    _deterministic(STUDENT_SEED)
    student.train_student(model, learnt, rate, epochs, STUDENT_SEED, after_epoch, say)
    model.load_state_dict(mean_weights(weights))


def _one_a_sentence(data: Data, work: Path) -> list[Pair]:
    """One pair of each sentence: its last labelled one, if there is any."""
    return list({pair[0]: pair for pair in [*further_pairs(data, work), *data.pairs]}.values())


def say(line: str) -> None:
    """A line of progress, at once."""
    print(line, flush=True)


def _deterministic(seed: int) -> None:
    torch.manual_seed(seed)
    torch.set_num_threads(THREADS)
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


def _save(content: object, path: Path) -> None:
    """Saved beside its place, then moved there, so that no half file is taken for a result."""
    beside = path.with_suffix(".part")
    torch.save(content, beside)
    beside.replace(path)
