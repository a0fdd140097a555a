"""The training of the target model, on models small enough to make up.

What needs torch is skipped without it: ``make test-training`` runs it.
"""

import json
import random

import numpy as np
import pytest

from analysis_utils.measures.target_sentiment.newsmtsc import DataError, Example
from analysis_utils.measures.target_sentiment.pieces import VOCABULARY, encode, wordpieces
from training.target_sentiment.made_pairs import BODIES, contrasts, first_person, renamed
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


def test_of_a_table_the_last_column_is_read(tmp_path):
    path = tmp_path / "snippets.tsv"
    path.write_text("1_1\t0.4\tMicrosoft said on Monday that it would sue Oracle.\n")
    assert read_texts([path]) == ["Microsoft said on Monday that it would sue Oracle."]


def test_names_beside_the_target_are_replaced_and_the_target_is_found_again():
    sentence = "Acme sued Norvik, and it won, Ohio says."
    pairs = [(sentence, ((0, 4), (22, 24))), (sentence, ((10, 16),)), (sentence, ((30, 34),))]
    pairs.append(("Somebody left.", ((0, 8),)))
    made = renamed(pairs, 10, 1)
    assert sorted(place for _, place in made) == [0, 1, 2]
    names = ("Acme", "Norvik", "Ohio", "Somebody")
    for (text, target), place in made:
        read = [text[start:end] for start, end in target]
        assert read == [sentence[start:end] for start, end in pairs[place][1]]
        words = text.rstrip(".").replace(",", "").split()
        assert [words[0], words[2], words[-2]] == [w for w in words if w in names]
    assert any(text != pairs[place][0] for (text, _), place in made)
    assert len(renamed(pairs, 2, 1)) == 2
    assert made == renamed(pairs, 10, 1)


def test_contrasts_join_two_labelled_sentences_of_different_label():
    labelled = [
        Example("We admire Acme.", ((10, 14),), 1),
        Example("Norvik is led by Smith Jr.", ((17, 26),), -1),
        Example("Brown left.", ((0, 5),), 0),
        Example(" ".join(["long"] * 30) + " Gray.", ((150, 154),), 0),
    ]
    made = contrasts(labelled, 1)
    assert made and made == contrasts(labelled, 1)
    for (sentence, target), place in made:
        assert place < 3
        assert [sentence[a:b] for a, b in target] == [
            labelled[place].sentence[a:b] for a, b in labelled[place].target
        ]
    for ((first, _), one), ((second, _), other) in zip(made[::2], made[1::2], strict=True):
        assert first == second
        assert labelled[one].label != labelled[other].label
    assert len({sentence for (sentence, _), _ in made}) > 10
    assert contrasts(labelled[:1], 1) == []


def test_a_speaker_is_the_first_person_of_what_it_says():
    sentence = "“We did our best, and I’m proud,” the mayor, Ann Lee, said."
    pairs = [("Nobody spoke.", ((0, 6),)), (sentence, ((45, 52),))]
    made = first_person(pairs, 1)
    assert [place for _, place in made] == [1, 1, 1]
    (both, alone, body) = ([s[a:b] for a, b in spans] for (s, spans), _ in made)
    assert both == ["We", "our", "I", "Ann Lee"] and alone == both[:3]
    (_, (said, _), (told, _)) = (pair for pair, _ in made)
    assert said == "“We did our best, and I’m proud,”"
    assert len(body) == 1 and body[0] in BODIES
    assert told == f"“Our {body[0]} did our best, and I’m proud,”"


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("“We admire Lee,” Brown said.", "Lee"),  # is spoken of
        ("“We did well,” Brown said of Lee.", "Lee"),  # does not speak
        ("“We did well,” Brown told Lee.", "Lee"),
        ("Of Lee, Brown said: “We did well.”", "Lee"),
        ("“It went well,” Lee said.", "Lee"),  # no first person
        ("“We” lost, but “they” won, Lee said.", "Lee"),  # two quotations
        ("Lee said we did well.", "Lee"),  # no quotation
    ],
)
def test_who_does_not_plainly_speak_is_no_first_person(sentence, target):
    start = sentence.index(target)
    assert first_person([(sentence, ((start, start + len(target)),))], 1) == []


def test_a_missing_text_is_told(tmp_path):
    with pytest.raises(DataError, match=r"none\.txt: cannot be read"):
        read_texts([tmp_path / "none.txt"])


def _training_on(folder, texts):
    """A folder with parts made up, and what would be learnt from them."""
    from training.target_sentiment.__main__ import read_data

    row = {"sentence": "Acme left.", "start": 0, "end": 4, "label": 0}
    for name, sentence in {"train": "Acme left.", "dev_a": "Acme left us."}.items():
        (folder / f"{name}.jsonl").write_text(json.dumps(row | {"sentence": sentence}))
    return read_data(folder, texts)


def test_a_work_folder_holds_one_training(tmp_path):
    pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.__main__ import TRAINED_ON, _claim

    texts = [tmp_path / "a.txt", tmp_path / "b.txt"]
    work = tmp_path / "work"
    with pytest.raises(DataError, match=r"a\.txt: cannot be read"):
        _claim(work, _training_on(tmp_path, texts), tmp_path)
    for path in texts:
        path.write_text(path.name)
    _claim(work, _training_on(tmp_path, texts), tmp_path)
    noted = (work / TRAINED_ON).read_text()
    _claim(work, _training_on(tmp_path, texts), tmp_path)
    assert (work / TRAINED_ON).read_text() == noted
    with pytest.raises(DataError, match="holds a training on other files"):
        _claim(work, _training_on(tmp_path, texts[::-1]), tmp_path)  # their order counts


def test_what_is_not_trained_is_told(tmp_path):
    pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.stages import NotTrained, trained

    with pytest.raises(NotTrained, match="Run `make train` first"):
        trained(tmp_path)


def test_a_missing_start_is_told(tmp_path, monkeypatch):
    from training.target_sentiment import start

    monkeypatch.setattr(start, "_PACKAGES", ["no-such-package-here"])
    with pytest.raises(start.StartMissing, match=r"no-such-package-here is missing\. Run"):
        start.mpnet_folder(tmp_path)
    monkeypatch.setattr(start, "_PACKAGES", ["pandas"])  # there, but without a part of the archive
    with pytest.raises(start.StartMissing, match="pandas is missing"):
        start.mpnet_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def mpnet(tmp_path):
    """A folder with a made-up encoder of MPNet's shape and its vocabulary."""
    torch = pytest.importorskip("torch", reason=needs_torch)
    from safetensors.torch import save_file

    from training.target_sentiment.encoder import _PARTS

    torch.manual_seed(3)
    size, layers = 8, 12
    config = {
        "hidden_size": size,
        "intermediate_size": 2 * size,
        "num_attention_heads": 2,
        "num_hidden_layers": layers,
        "layer_norm_eps": 1e-12,
    }
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(30600, size),
        "embeddings.position_embeddings.weight": torch.randn(300, size),
        "encoder.relative_attention_bias.weight": torch.randn(32, 2),
        "embeddings.LayerNorm.weight": torch.ones(size),
        "embeddings.LayerNorm.bias": torch.zeros(size),
    }
    shapes = {"up": (2 * size, size), "down": (size, 2 * size)}
    for layer in range(layers):
        for part, name in _PARTS.items():
            rows, columns = shapes.get(part, (size, size))
            flat = part.startswith("after")
            value = torch.ones(size) if flat else torch.randn(rows, columns) / 2
            weights[f"encoder.layer.{layer}.{name}.weight"] = value
            weights[f"encoder.layer.{layer}.{name}.bias"] = torch.zeros(rows)
    folder = tmp_path / "mpnet"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    ours = VOCABULARY.read_text(encoding="utf-8")
    (folder / "vocab.txt").write_text(f"<s>\n<pad>\n</s>\n<unk>\n{ours}<mask>\n", encoding="utf-8")
    save_file(weights, folder / "model.safetensors")
    return folder


@pytest.fixture
def made_teacher(mpnet):
    from training.target_sentiment.teacher import Teacher

    return Teacher(mpnet).eval()


@pytest.fixture
def made_student(made_teacher, mpnet):
    import torch

    from training.target_sentiment import student
    from training.target_sentiment.narrow import inner_numbers, narrowed
    from training.target_sentiment.stages import blank_piece, teacher_pieces
    from training.target_sentiment.teacher import Readings, read_scores

    torch.manual_seed(0)
    layers = [made_teacher.encoder.layers[number] for number in (0, 3, 7, 9)]
    with inner_numbers(layers) as numbers:
        read_scores(made_teacher, Readings(made_teacher, wordpieces(mpnet / "vocab.txt"), PAIRS))
    narrow = [narrowed(*each, 12) for each in zip(layers, numbers, strict=True)]
    lower = student.Lower(made_teacher.encoder, teacher_pieces(), narrow[:2])
    return student.Student(lower, student.Upper(made_teacher, narrow[2:]), blank_piece()).eval()


def test_teacher_and_student_join_the_same_two_states(made_teacher):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.student import ends

    states = torch.randn(
        2, 5, made_teacher.encoder.size, generator=torch.Generator().manual_seed(0)
    )
    target = torch.tensor([[0, 1, 0, 0, 0], [0, 0, 1, 1, 1]])
    head = made_teacher.head.eval()
    wanted = torch.stack([states[:, 0], torch.stack([states[0, 1], states[1, 2:].mean(0)])], dim=1)
    torch.testing.assert_close(head.join_states(states, target), head.join_ends(wanted))
    torch.testing.assert_close(ends(target) @ states, wanted)


def test_padding_changes_no_score(made_student):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment import student

    pieces = [encode(*pair) for pair in PAIRS]
    in_batch = student.read_scores(made_student, pieces)
    for row, expected in zip(pieces, in_batch, strict=True):
        alone = student.read_scores(made_student, [row])[0]
        torch.testing.assert_close(alone, expected, atol=1e-4, rtol=1e-4)


def test_the_exported_model_answers_as_the_trained_one(made_student, tmp_path):
    torch = pytest.importorskip("torch", reason=needs_torch)
    onnxruntime = pytest.importorskip("onnxruntime")
    from training.target_sentiment.export import export, export_with_same_bits, quantise

    torch.nn.init.normal_(made_student.upper.head.score.weight)
    made_student.temperature = 1.5
    export(made_student, tmp_path / "exact.onnx")
    quantise(tmp_path / "exact.onnx", tmp_path / "small.onnx")
    tried = [encode(*pair) for pair in PAIRS]
    export_with_same_bits(made_student, tmp_path / "same.onnx", tried)
    for sentence, target in PAIRS:
        pieces = [encode(sentence, target)]
        with torch.no_grad():
            expected = made_student(torch.tensor(pieces)).numpy()
        answers = [
            onnxruntime.InferenceSession(str(tmp_path / name)).run(None, {"pieces": pieces})[0]
            for name in ("exact.onnx", "small.onnx", "same.onnx")
        ]
        np.testing.assert_allclose(answers[0], expected, atol=1e-4)
        np.testing.assert_allclose(answers[1], expected, atol=0.15)
        np.testing.assert_allclose(answers[2], answers[1], atol=0.05)


def test_distances_are_counted_alike_where_the_model_is_written_again():
    torch = pytest.importorskip("torch", reason=needs_torch)
    pytest.importorskip("onnx")
    from training.target_sentiment.encoder import _buckets
    from training.target_sentiment.same_bits import buckets

    apart = np.arange(-159, 160)
    assert buckets(apart).tolist() == _buckets(torch.tensor(apart)).tolist()


def test_the_teacher_marks_the_pieces_of_its_target(mpnet):
    pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.teacher import _marks

    cut = wordpieces().encode(SENTENCES[0])
    marks = _marks(cut.offsets, PAIRS[1][1])
    marked = [piece for piece, mark in zip(cut.tokens, marks[1:-1], strict=True) if mark]
    assert marked == ["nor", "##vik", "its"]
    assert _marks(cut.offsets[:2], ((13, 19),)) == [1, 0, 0, 0]


def test_the_last_layer_asks_for_the_same_states_that_all_would_give(made_teacher):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment import student

    upper = student.Upper(made_teacher, made_teacher.upper).eval()
    states, target = torch.randn(1, 6, 8), torch.tensor([[0, 0, 0, 1, 0, 0]])
    present = torch.ones(1, 6)
    with torch.no_grad():
        expected = made_teacher.joined(states, present, target)
        bias = made_teacher.encoder.bias(present)
        torch.testing.assert_close(upper.joined(states, target, bias), expected)


def test_a_narrow_layer_leaves_out_idle_numbers_and_makes_up_for_others():
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.encoder import Layer
    from training.target_sentiment.narrow import inner_numbers, narrowed

    torch.manual_seed(0)
    layer = Layer(8, 16, 2, 1e-12, 0.0).eval()
    layer.down.weight.data[:, [0, 3, 5, 6]] = 0  # idle
    states, bias = torch.randn(40, 5, 8), torch.zeros(1, 1, 5, 5)
    with torch.no_grad(), inner_numbers([layer]) as numbers:
        wanted = layer(states, bias)
    assert numbers[0].shape == (200, 16)
    same = narrowed(layer, numbers[0], 12)
    torch.testing.assert_close(same(states, bias), wanted, atol=5e-3, rtol=5e-3)
    narrow = narrowed(layer, numbers[0], 6)
    assert narrow.up.weight.shape == (6, 8)
    fitted = (narrow(states, bias) - wanted).square().mean()
    kept = [(layer.up.weight == row).all(1).nonzero().item() for row in narrow.up.weight]
    narrow.down.weight.data, narrow.down.bias.data = layer.down.weight[:, kept], layer.down.bias
    assert fitted < 0.8 * (narrow(states, bias) - wanted).square().mean()


def test_words_in_4_bits_are_near_what_they_were():
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.narrow import FourBitWords

    table = torch.randn(50, 64) * torch.rand(50, 1)
    table[7] = 0
    words = FourBitWords(table)
    assert words.bytes.shape == (50, 32) and words.bytes.dtype == torch.uint8
    read = words(torch.arange(50))
    assert (read - table).square().sum() / table.square().sum() < 0.02
    assert torch.equal(read[7], torch.zeros(64))
    torch.testing.assert_close(FourBitWords(read)(torch.arange(50)), read, atol=1e-2, rtol=0.1)


def test_each_piece_has_its_number_in_the_vocabulary_of_the_teacher():
    pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.stages import teacher_pieces

    numbers, place = teacher_pieces(), wordpieces().token_to_id
    assert [int(numbers[place(piece)]) for piece in ("[CLS]", "[PAD]", "[SEP]")] == [0, 1, 2]
    assert int(numbers[place("[MASK]")]) == 30526
    assert int(numbers[place("the")]) == place("the") + 4
    assert len(set(numbers.tolist())) == 30522


def test_lower_layers_learn_the_states_of_the_teacher(made_student, made_teacher, monkeypatch):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment import student
    from training.target_sentiment.learning import read_states
    from training.target_sentiment.stages import teacher_pieces

    monkeypatch.setattr(student, "LOWER_RATE", 5e-3)
    pieces = [encode(*pair) for pair in PAIRS]
    wanted = read_states(
        [teacher_pieces()[row].tolist() for row in pieces], made_teacher.lower_states
    )

    def missed():
        given = read_states(pieces, made_student.lower.eval())
        return (torch.cat(given).float() - torch.cat(wanted).float()).square().mean()

    before = missed()
    student.train_lower(made_student.lower, pieces, wanted, 150, 1, lambda line: None)
    assert missed() < before / 3


def test_a_student_learns_what_it_is_taught_and_the_same_each_time(made_student):
    torch = pytest.importorskip("torch", reason=needs_torch)
    import copy

    from training.target_sentiment import student

    pieces = [encode(*pair) for pair in PAIRS] * 8
    labels = torch.tensor([0, 2, 1, 0] * 8)
    scores = torch.nn.functional.one_hot(labels, 3) * 4.0
    lessons = student.Lessons(pieces, scores, torch.zeros(len(pieces), 8), labels)

    def taught():
        torch.manual_seed(0)
        model = copy.deepcopy(made_student)
        student.train_student(model, lessons, 5e-3, 150, 1, lambda epoch: None, lambda line: None)
        return student.read_scores(model, pieces)

    first = taught()
    assert (first.argmax(1) == labels).float().mean() > 0.9
    torch.testing.assert_close(first, taught(), atol=0, rtol=0)


def test_what_is_said_of_a_pair_is_said_of_those_made_from_it(tmp_path):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.stages import FIRST_PERSON_TURNS, Data, last_lessons

    train = [Example(*pair, label) for pair, label in zip(PAIRS, (1, 0, -1, 0), strict=True)]
    spoken = "“We won,” Smith said."
    (tmp_path / "pairs.json").write_text(json.dumps([[spoken, [[10, 15]]]]), encoding="utf-8")
    said = torch.arange(5.0)[:, None]
    torch.save((said.expand(5, 3), said.expand(5, 8)), tmp_path / "said.pt")
    learnt = last_lessons(Data(train, {}, []), tmp_path)
    assert len(learnt.pieces) == len(learnt.scores) == len(learnt.joined) == len(learnt.labels)
    assert (learnt.scores[:, 0] == learnt.joined[:, 0]).all()
    labels = torch.tensor([2, 1, 0, 1, -1])
    assert (learnt.labels == labels[learnt.scores[:, 0].long()]).all()
    assert (learnt.scores[:, 0] == 4).sum() == 3 * FIRST_PERSON_TURNS + 1  # and itself, again
    won = wordpieces().token_to_id("won")
    spoke = [won in row for row in learnt.pieces]
    assert spoke == (learnt.scores[:, 0] == 4).tolist()


def test_in_eight_bits_each_sequence_and_each_row_of_weights_has_its_scale():
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.eight_bits import MOST_OF_WEIGHT, in_eight_bits

    torch.manual_seed(0)
    layer = torch.nn.Linear(64, 64, bias=False)
    layer.weight.data = torch.eye(64)
    numbers = torch.randn(2, 30, 64) * torch.tensor([1.0, 100.0])[:, None, None]
    with torch.no_grad(), in_eight_bits(layer):
        rounded = layer(numbers)
        layer.parametrizations.weight.original.data = torch.randn(64, 64)
        assert all(len(row.unique()) <= 2 * MOST_OF_WEIGHT + 1 for row in layer.weight)
    for given, taken in zip(numbers, rounded, strict=True):
        step = (given.max() - given.min()) / 255
        assert len(taken.unique()) <= 256
        assert (given - taken).abs().max() <= 0.51 * step
    assert not hasattr(layer, "parametrizations") and len(layer.weight.unique()) > 4000


def test_in_eight_bits_all_layers_still_learn(made_student):
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.eight_bits import in_eight_bits

    linear = [each for each in made_student.modules() if isinstance(each, torch.nn.Linear)]
    before = [layer.weight.detach().clone() for layer in linear]
    with in_eight_bits(made_student):
        optimizer = torch.optim.SGD(made_student.parameters(), lr=0.1)
        made_student(torch.tensor([encode(*PAIRS[0])]))[0, 0].backward()
        optimizer.step()
    for layer, weight in zip(linear, before, strict=True):
        assert not torch.equal(layer.weight, weight)


def test_the_mean_of_weights():
    torch = pytest.importorskip("torch", reason=needs_torch)
    from training.target_sentiment.learning import mean_weights

    ends = [{"a": torch.tensor([float(n)]), "b": torch.tensor([n])} for n in (1, 2, 6)]
    assert mean_weights(ends) == {"a": torch.tensor([3.0]), "b": torch.tensor([6])}


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
