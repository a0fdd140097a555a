"""Sentences near in meaning have vectors near in angle, however they are batched."""

import numpy as np
import pytest

from analysis_utils.measures.embeddings import BATCH, DIMENSIONS, MOST_PIECES, embed

FOOD = "A man is eating his dinner."
MEAL = "Somebody has a meal."
MARKET = "Shares fell sharply on Monday."


def test_vectors_have_length_one_and_rows_keep_their_order():
    vectors = embed([MARKET, FOOD, MARKET])
    assert vectors.shape == (3, DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_meaning_counts_more_than_words():
    food, meal, market, chairs = embed([FOOD, MEAL, MARKET, "A man is eating his hat in anger."])
    assert food @ meal > food @ market + 0.3
    assert abs(food @ market) < 0.2
    assert food @ chairs < 0.9


def test_a_text_has_the_same_vector_in_any_company():
    alone = embed([FOOD])[0]
    company = [f"{MARKET} {'and so on ' * number}" for number in range(2 * BATCH)]
    among = embed([*company, FOOD])[-1]
    np.testing.assert_allclose(alone, among, atol=0.02)


def test_case_does_not_matter_and_too_long_a_text_is_cut():
    assert embed([FOOD])[0] @ embed([FOOD.upper()])[0] == pytest.approx(1, abs=1e-4)
    long = "word " * MOST_PIECES
    np.testing.assert_allclose(*embed([long, long + "of another kind entirely"]), atol=1e-5)


def test_no_texts_and_empty_texts():
    assert embed([]).shape == (0, DIMENSIONS)
    assert np.isfinite(embed([""])).all()
