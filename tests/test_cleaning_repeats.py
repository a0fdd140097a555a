"""Summaries and standfirsts that repeat the text."""

from analysis_utils.annotation.cleaning.repeats import find_repeat, left_out_words

ONE = "The council said on Tuesday that it would pay for a bridge, a claim that the mayor denies."
TWO = "People on the other bank have asked for it since the flood of last year."
SHORTENED = "The council said on Tuesday that it would pay for a bridge."


def test_words_left_out_at_the_end_and_in_the_middle():
    assert left_out_words(SHORTENED, ONE) == ("a claim that the mayor denies",)
    text = "The council said that it would pay for a bridge, a claim that the mayor denies."
    assert left_out_words(text, ONE) == ("on Tuesday",)
    assert left_out_words(ONE, ONE) == ()


def test_a_summary_of_two_paragraphs():
    repeat = find_repeat(f"{SHORTENED} {TWO}", {7: ONE, 9: TWO, 11: "Something else altogether."})
    assert repeat.left_out == {7: ("a claim that the mayor denies",), 9: ()}


def test_a_text_with_news_of_its_own_is_no_repeat():
    own = "The vote is to follow in the autumn, when the cost of the work will be known."
    assert find_repeat(f"{SHORTENED} {own}", {7: ONE}) is None
    assert find_repeat("", {7: ONE}) is None
    assert find_repeat(own, {}) is None
