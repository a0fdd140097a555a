"""Target-dependent sentiment: what the model reads, what it answers, and what moves it."""

import numpy as np
import pytest

from analysis_utils.measures.target_sentiment import (
    classify,
    encode,
    labels,
    polarity,
    word_effects,
)
from analysis_utils.measures.target_sentiment.model import MODEL
from analysis_utils.measures.target_sentiment.name_swap import (
    NAMES,
    NEUTRAL,
    ROLES,
    mean_change,
    swap_names,
)
from analysis_utils.measures.target_sentiment.pieces import (
    BLANK,
    MOST_PIECES,
    VOCABULARY,
    WINDOW,
    wordpieces,
)
from analysis_utils.themes.actor_sentiment import coded
from analysis_utils.themes.actor_sentiment.methods import TARGET_MODEL
from analysis_utils.themes.actor_sentiment.scoring import nearest, score_mentions

#: What the mean of |change of polarity| may be when a name is swapped in neutral sentences.
MOST_CHANGE = 0.05

#: Bytes of model and vocabulary together.
MOST_BYTES = 40_000_000


def spans(sentence, *words):
    """Where each word stands first."""
    return [(sentence.index(word), sentence.index(word) + len(word)) for word in words]


def read(sentence, target):
    """What the model reads, in words."""
    return " ".join(wordpieces().id_to_token(piece) for piece in encode(sentence, target))


def labels_of(*pairs):
    """The model's labels of sentences and one target's name each."""
    targets = [spans(*pair) for pair in pairs]
    return labels(classify([sentence for sentence, _ in pairs], targets)).tolist()


def test_every_mention_of_the_target_is_one_blank():
    sentence = "Acme Corp. said Norvik owed it money."
    assert read(sentence, spans(sentence, "Acme Corp", "it")) == (
        "[CLS] [MASK] . said nor ##vik owed [MASK] money . [SEP]"
    )


def test_a_mention_inside_another_is_not_read_twice():
    sentence = "The board of Acme left."
    assert read(sentence, [(13, 17), (0, 17)]) == "[CLS] [MASK] left . [SEP]"


def test_the_word_for_a_blank_in_a_text_is_no_blank():
    sentence = f"Acme sells {BLANK} and [CLS]."
    pieces = encode(sentence, [(0, 4)])
    assert pieces.count(wordpieces().token_to_id(BLANK)) == 1
    assert pieces.count(wordpieces().token_to_id("[CLS]")) == 1


def test_far_words_are_not_read():
    sentence = " ".join([f"w{n}" for n in range(50)] + ["Acme"] + [f"v{n}" for n in range(50)])
    found = read(sentence, spans(sentence, "Acme"))
    text = found.replace(" ##", "").replace(" ", "")
    assert f"w{50 - WINDOW}" in text and f"v{WINDOW - 1}" in text
    assert f"w{49 - WINDOW}w" not in text and f"v{WINDOW}" not in text


@pytest.mark.parametrize("before", [0, 5, 400])
def test_a_blank_is_always_among_the_pieces(before):
    sentence = "x" * before + "☃" * before + " Acme " + "?!" * 400
    pieces = encode(sentence, spans(sentence, "Acme"))
    assert len(pieces) <= MOST_PIECES
    assert wordpieces().token_to_id(BLANK) in pieces
    ends = [wordpieces().token_to_id(each) for each in ("[CLS]", "[SEP]")]
    assert [pieces[0], pieces[-1]] == ends


@pytest.mark.parametrize("target", [[(3, 3)], [(-1, 2)], [(0, 40)], [(4, 2)]])
def test_a_mention_outside_the_sentence_is_told(target):
    with pytest.raises(ValueError, match=r"is not inside 'Acme left\.'"):
        classify(["Acme left."], [target])


def test_a_sentence_without_a_mention_is_told():
    with pytest.raises(ValueError, match="no mention of the target is given"):
        classify(["Acme left."], [[]])
    with pytest.raises(ValueError, match="2 sentences, but 1 targets"):
        classify(["Acme left.", "So did we."], [[(0, 4)]])


def test_no_pairs_give_no_rows():
    assert classify([], []).shape == (0, 3)


def test_probabilities_are_probabilities():
    found = classify(["Acme left.", "😀", "Acme"], [[(0, 4)], [(0, 1)], [(0, 4)]])
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    assert (found >= 0).all()
    assert (np.abs(polarity(found)) <= 1).all()


def test_polarity_and_label_of_probabilities():
    found = np.array([[0.2, 0.3, 0.5], [0.5, 0.4, 0.1], [0.1, 0.8, 0.1]])
    assert polarity(found) == pytest.approx([0.3, -0.4, 0.0])
    assert labels(found).tolist() == [1, -1, 0]


def test_a_pair_has_the_same_row_in_any_company():
    sentence = "Norvik condemned the plan."
    alone = classify([sentence], [[(0, 6)]])[0]
    company = [f"Acme {'sold more ' * number}boats." for number in range(40)]
    among = classify([*company, sentence], [*[[(0, 4)]] * 40, [(0, 6)]])[-1]
    np.testing.assert_array_equal(alone, among)


def test_the_answer_is_for_the_target_alone():
    sentence = "Prosecutors praised Acme for its help and condemned Norvik for its lies."
    assert labels_of((sentence, "Acme"), (sentence, "Norvik")) == [1, -1]


def test_a_contrast_of_two_clauses_is_heard():
    sentence = "Smith gave a wonderful, great speech, but Jones told horrible, disgusting lies."
    assert labels_of((sentence, "Smith"), (sentence, "Jones")) == [1, -1]


def test_plain_praise_blame_and_report():
    assert labels_of(
        ("Voters admire Smith, an honest and brilliant leader.", "Smith"),
        ("Jones is a corrupt liar who has betrayed his country, critics say.", "Jones"),
        ("Brown met reporters in Boston on Tuesday.", "Brown"),
    ) == [1, -1, 0]


def test_a_word_that_makes_the_judgement_has_the_largest_effect():
    sentence = "Jones is a corrupt man who lives in Ohio."
    effects = dict(word_effects(sentence, [(0, 5)]))
    assert list(effects) == ["is", "a", "corrupt", "man", "who", "lives", "in", "Ohio"]
    assert min(effects, key=effects.get) == "corrupt" and effects["corrupt"] < -0.2


def test_without_a_word_the_target_is_found_again():
    sentence = "In May it was said that Jones lied and Jones left."
    effects = word_effects(sentence, [(24, 29), (39, 44)])
    assert " ".join(word for word, _ in effects) == "In May it was said that lied and left"
    assert word_effects("Acme", [(0, 4)]) == []


@pytest.mark.parametrize(
    ("sentence", "target", "words"),
    [
        ("Acme—corrupt to the core—lost.", (0, 4), "corrupt to the core—lost"),
        ("A pro-Acme, Acme-backed plan.", (6, 10), "A pro Acme-backed plan"),
        ("Acme’s sly plan: 'Acme's'.", (0, 4), "sly plan Acme's"),
    ],
)
def test_words_joined_to_a_mention_are_words_and_its_possessive_is_none(sentence, target, words):
    assert " ".join(word for word, _ in word_effects(sentence, [target])) == words


def test_names_hardly_move_a_score():
    swapped = swap_names()
    assert len(swapped) == len(NEUTRAL) * len(NAMES) * len(ROLES)
    changes = mean_change(swapped).set_index("swapped")["mean_change"]
    assert changes["target"] == 0  # its name is blanked
    assert changes["other"] <= MOST_CHANGE


def test_the_mean_change_of_names_by_hand():
    import pandas as pd

    rows = [("s", "target", 0.1), ("s", "target", 0.3), ("t", "target", 0.0), ("t", "target", 0.0)]
    table = pd.DataFrame(rows, columns=["sentence", "swapped", "polarity"])
    (row,) = mean_change(table).to_dict("records")
    assert (row["pairs"], row["mean_change"]) == (2, pytest.approx(0.1))
    assert row["largest_change"] == pytest.approx(0.2)


def test_model_and_vocabulary_are_small_enough_to_commit():
    assert MODEL.stat().st_size + VOCABULARY.stat().st_size <= MOST_BYTES


@pytest.fixture(scope="module")
def model_scores(corpus):
    scores = score_mentions(corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes)
    scores = nearest(scores)
    return scores[scores["method"] == TARGET_MODEL]


def test_the_close_reading_is_met(model_scores, codes):
    found = coded.evaluate(model_scores, codes("sentiment")).iloc[0]
    assert found["macro_f1"] > 0.51
    assert found["opposite"] <= 1


def test_the_company_does_not_blame_itself_in_tass(model_scores):
    """What it says of itself is heard as neutral, not as blame, and the mean is held to be above
    zero.  So small a mean is no finding: of a model that is learnt anew it may fall below."""
    quoted = model_scores[
        (model_scores["outlet"] == "tass")
        & (model_scores["actor"] == "kaspersky_lab")
        & (model_scores["voice"] == "quoted")
    ]
    assert quoted["sentence_id"].tolist() == ["tass:s04", "tass:s06", "tass:s09"]
    assert (quoted["label"] == 0).all()
    assert quoted["polarity"].mean() > 0
