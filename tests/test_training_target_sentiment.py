"""The training of the target model, on models small enough to make up.

What needs torch is skipped without it: run it with ``.venv-train/bin/python -m pytest``.
"""

import json
import random

import numpy as np
import pytest

from analysis_utils.target_sentiment.newsmtsc import DataError, Example
from analysis_utils.target_sentiment.pieces import encode, wordpieces
from training.target_sentiment.pairs import in_batches, read_texts, unlabelled_pairs

needs_torch = "training needs torch: make .venv-train/ready"

SENTENCES = ["Acme praised Norvik for its help.", "Norvik left.", "Acme has lost a lot of money."]
PAIRS = [
    (SENTENCES[0], ((0, 4),)),
    (SENTENCES[0], ((13, 19), (24, 27))),
    (SENTENCES[1], ((0, 6),)),
    (SENTENCES[2], ((0, 4),)),
]


@pytest.mark.parametrize("shuffle", [None, 7])
@pytest.mark.parametrize("n_items", [0, 1, 4, 5, 700])
def test_batches_hold_every_item_once_and_like_with_like(n_items, shuffle):
    lengths = [random.Random(n).randint(1, 60) for n in range(n_items)]
    order = random.Random(shuffle) if shuffle else None
    batches = in_batches(lengths, 4, order)
    assert sorted(place for batch in batches for place in batch) == list(range(n_items))
    assert all(len(batch) <= 4 for batch in batches)
    assert len(batches) == len(in_batches(lengths, 4))
    if n_items == 700:
        spread = np.mean([np.ptp([lengths[place] for place in batch]) for batch in batches])
        assert spread < 8
        again = in_batches(lengths, 4, random.Random(shuffle) if shuffle else None)
        assert batches == again


def test_unlabelled_pairs_are_new_targets_of_sentences_that_are_not_held_back(tmp_path):
    labelled = [Example("Barack Obama met Angela Merkel in Berlin.", ((0, 12),), 0)]
    held_back = [Example("Barack Obama has been praised by many voters in Ohio.", ((0, 12),), 1)]
    path = tmp_path / "news.txt"
    path.write_text(
        f"{held_back[0].sentence}\nMicrosoft said on Monday that it would sue Oracle.\n"
    )
    pairs = unlabelled_pairs(labelled, read_texts([path]), held_back)
    named = {sentence[start:end] for sentence, ((start, end),) in pairs}
    assert {"Angela Merkel", "Berlin", "Microsoft"} <= named
    assert "Barack Obama" not in named
    assert not any(sentence == held_back[0].sentence for sentence, _ in pairs)


def test_a_missing_text_is_told(tmp_path):
    with pytest.raises(DataError, match=r"none\.txt: cannot be read"):
        read_texts([tmp_path / "none.txt"])


def made_weights(folder, kind, layers, size=8):
    """A folder with a made-up encoder of BERT's or MPNet's shape."""
    torch = pytest.importorskip("torch", reason=needs_torch)
    from safetensors.torch import save_file

    from training.target_sentiment.encoder import _PARTS

    torch.manual_seed(3)
    config = {
        "model_type": kind,
        "hidden_size": size,
        "intermediate_size": 2 * size,
        "num_attention_heads": 2,
        "num_hidden_layers": layers,
        "layer_norm_eps": 1e-12,
    }
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(30600, size),
        "embeddings.position_embeddings.weight": torch.randn(300, size),
        "embeddings.token_type_embeddings.weight": torch.randn(2, size),
        "encoder.relative_attention_bias.weight": torch.randn(32, 2),
        "embeddings.LayerNorm.weight": torch.ones(size),
        "embeddings.LayerNorm.bias": torch.zeros(size),
    }
    shapes = {"up": (2 * size, size), "down": (size, 2 * size)}
    for layer in range(layers):
        for part, names in _PARTS.items():
            name = f"encoder.layer.{layer}.{names[kind == 'mpnet']}"
            rows, columns = shapes.get(part, (size, size))
            flat = part.startswith("after")
            weights[f"{name}.weight"] = torch.ones(size) if flat else torch.randn(rows, columns)
            weights[f"{name}.bias"] = torch.zeros(rows)
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    save_file(weights, folder / "model.safetensors")
    return folder


@pytest.fixture
def minilm(tmp_path):
    return made_weights(tmp_path / "bert", "bert", layers=4)


@pytest.fixture
def mpnet(tmp_path):
    return made_weights(tmp_path / "mpnet", "mpnet", layers=8)


def made_student(folder):
    from training.target_sentiment import student

    lower = student.Lower(folder)
    towers = [student.Tower(lower, 8) for _ in range(2)]
    return student.Student(lower, towers, wordpieces().token_to_id("[MASK]")).eval()


def test_padding_changes_no_score(minilm):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment import student

    model = made_student(minilm)
    pieces = [encode(*pair) for pair in PAIRS]
    readings = student.Readings(model.lower, pieces, model.blank)
    in_batch = student.read_scores(model.towers[0], readings)
    with torch.no_grad():
        for row, expected in zip(pieces, in_batch, strict=True):
            states = model.lower(torch.tensor([row]))
            target = (torch.tensor([row]) == model.blank).float()
            # States are kept in 16 bits for training.
            torch.testing.assert_close(
                model.towers[0](states, target)[0], expected, atol=0.02, rtol=0.02
            )


def test_the_exported_model_answers_as_the_trained_one(minilm, tmp_path):
    torch = pytest.importorskip("torch", reason=needs_torch)
    onnxruntime = pytest.importorskip("onnxruntime")
    from training.target_sentiment.export import export, quantise

    model = made_student(minilm)
    for tower in model.towers:
        torch.nn.init.normal_(tower.head.score.weight)
    model.temperature = 1.5
    export(model, tmp_path / "exact.onnx")
    quantise(tmp_path / "exact.onnx", tmp_path / "small.onnx")
    for sentence, target in PAIRS:
        pieces = [encode(sentence, target)]
        with torch.no_grad():
            expected = model(torch.tensor(pieces)).numpy()
        answers = [
            onnxruntime.InferenceSession(str(tmp_path / name)).run(None, {"pieces": pieces})[0]
            for name in ("exact.onnx", "small.onnx")
        ]
        np.testing.assert_allclose(answers[0], expected, atol=1e-4)
        np.testing.assert_allclose(answers[1], expected, atol=0.15)


def test_the_teacher_marks_the_pieces_of_its_target(mpnet):
    pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.teacher import _marks

    cut = wordpieces().encode(SENTENCES[0])
    marks = _marks(cut.offsets, PAIRS[1][1])
    marked = [piece for piece, mark in zip(cut.tokens, marks[1:-1], strict=True) if mark]
    assert marked == ["nor", "##vik", "its"]
    assert _marks(cut.offsets[:2], ((13, 19),)) == [1, 0, 0, 0]


def test_a_tower_learns_what_it_is_taught_and_the_same_each_time(minilm, monkeypatch):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment import student

    monkeypatch.setattr(student, "RATE", 5e-3)  # so small a model learns in so few steps

    pieces = [encode(*pair) for pair in PAIRS] * 8
    labels = torch.tensor([0, 2, 1, 0] * 8)
    scores = torch.nn.functional.one_hot(labels, 3) * 4.0
    lessons = student.Lessons(pieces, scores, torch.zeros(len(pieces), 8), labels)

    def taught():
        torch.manual_seed(0)
        model = made_student(minilm)
        readings = student.Readings(model.lower, pieces, model.blank)
        tower = model.towers[0]
        student.train_tower(tower, readings, lessons, 150, 1, lambda epoch: None, lambda line: None)
        return student.read_scores(tower, readings)

    first = taught()
    assert (first.argmax(1) == labels).float().mean() > 0.9
    torch.testing.assert_close(first, taught(), atol=0, rtol=0)


def test_a_temperature_undoes_overconfidence():
    pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.export import best_temperature

    draw = np.random.default_rng(0)
    scores = draw.normal(size=(4000, 3))
    honest = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    labels = [draw.choice(3, p=row) for row in honest]
    sure = np.exp(3 * scores) / np.exp(3 * scores).sum(axis=1, keepdims=True)
    assert best_temperature(sure, labels) == pytest.approx(3, abs=0.25)
    assert best_temperature(honest, labels) == pytest.approx(1, abs=0.1)
