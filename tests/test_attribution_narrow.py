"""The words that are put into somebody's mouth: each rule, and what it must leave alone."""

import pytest
from attribution_articles import attribution, read, words_of

from analysis_utils.annotation.attribution.narrow import narrowed


def left_of(text, source, cue, *content):
    """What is left of contents, as words."""
    article = read(text)
    return words_of(article, narrowed(article, attribution(article, source, cue, *content)))


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("accused", "the firm of hiding the report", "hiding the report"),
        ("blamed", "the flood on poor maintenance", "poor maintenance"),
        ("blamed", "the engineers for the flood", "the flood"),
        ("dismissed", "the claims as a farce", "a farce"),
        ("criticized", "the firm for its silence", "its silence"),
        ("compared", "the strike to a siege", "a siege"),
        ("called", "the strike absurd", "absurd"),
        ("labeled", "the strike illegal", "illegal"),
    ],
)
def test_of_a_judgement_only_what_is_said_of_its_object_is_left(cue, content, expected):
    assert left_of(f"The mayor {cue} {content}.", "The mayor", cue, content) == [expected]


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("reported", "the flood on Monday"),
        ("announced", "the purchase of the firm"),
        ("called", "the strike"),
        ("said", "the firm would accuse the union of panic"),
    ],
)
def test_what_is_no_judgement_keeps_its_object(cue, content):
    assert left_of(f"The mayor {cue} {content}.", "The mayor", cue, content) == [content]


def test_an_opening_that_is_cut():
    text = "The mayor said that the dam would hold."
    assert left_of(text, "The mayor", "said", "that the dam would hold") == ["the dam would hold"]


def test_a_that_which_points_at_something_stays():
    text = "The mayor criticized that plan."
    assert left_of(text, "The mayor", "criticized", "that plan") == ["that plan"]


def test_marks_and_commas_at_the_edges_are_cut():
    text = "The dam would hold, the mayor said."
    assert left_of(text, "the mayor", "said", "The dam would hold ,") == ["The dam would hold"]
    text = "The mayor said, “the dam will hold” and left."
    left = left_of(text, "The mayor", "said", ", “ the dam will hold ”")
    assert left == ["the dam will hold"]


def test_a_comma_inside_quotation_marks_is_part_of_the_quotation():
    text = "“The dam will hold,” the mayor said."
    left = left_of(text, "the mayor", "said", "“ The dam will hold , ”")
    assert left == ["The dam will hold ,"]


def test_a_gloss_on_a_name_at_the_end_is_cut():
    text = "The mayor thanked Delta Rescue, a charity that saves swimmers."
    content = "Delta Rescue , a charity that saves swimmers"
    assert left_of(text, "The mayor", "thanked", content) == ["Delta Rescue"]


def test_a_gloss_on_what_is_no_name_stays():
    text = "The mayor thanked the rescuers, a charity that saves swimmers."
    content = "the rescuers , a charity that saves swimmers"
    assert left_of(text, "The mayor", "thanked", content) == [content]


def test_a_gloss_that_the_source_gives_inside_quotation_marks_stays():
    text = "The mayor said “we work with Delta Rescue, a charity that saves swimmers”."
    content = "we work with Delta Rescue , a charity that saves swimmers"
    assert left_of(text, "The mayor", "said", content) == [content]


def test_an_apposition_to_a_name_between_commas_is_cut_out():
    text = "The mayor said the city would work with Aquatec, the country's water agency, on dams."
    content = "the city would work with Aquatec , the country 's water agency , on dams"
    left = left_of(text, "The mayor", "said", content)
    assert left == ["the city would work with Aquatec", "on dams"]


def test_two_appositions_cut_a_content_into_three():
    text = (
        "The mayor said Ada Brown, the head of the union, and Joe Field, the owner of the mill,"
        " would meet in May."
    )
    content = (
        "Ada Brown , the head of the union , and Joe Field , the owner of the mill ,"
        " would meet in May"
    )
    left = left_of(text, "The mayor", "said", content)
    assert left == ["Ada Brown", "and Joe Field", "would meet in May"]


@pytest.mark.parametrize(
    "content",
    [
        "the city would work with Aquatec , Delta and Norvik , on dams",
        "the city would work with engineers , the best in the country , on dams",
        "the city would , after a long delay , work with Aquatec",
        "the rescuers , a local charity , would help",
        "the city met Ada Brown , farmers and engineers , in May",
    ],
)
def test_other_words_between_commas_stay(content):
    text = f"The mayor said {content.replace(' ,', ',')}."
    assert left_of(text, "The mayor", "said", content) == [content]


def test_an_apposition_inside_quotation_marks_stays():
    text = "The mayor said “we work with Aquatec, the country's water agency, on dams”."
    content = "we work with Aquatec , the country 's water agency , on dams"
    assert left_of(text, "The mayor", "said", content) == [content]


def test_an_object_before_its_verb_is_the_whole_content():
    text = "The town sued, allegations the mayor denies."
    left = left_of(text, "the mayor", "denies", "The town sued , allegations")
    assert left == ["allegations"]


def test_of_an_explanation_between_quotation_and_cue_the_quotation_is_left():
    text = "“We will work with the Fund,” Europe's lender of last resort, the mayor said."
    left = left_of(text, "the mayor", "said", "Europe 's lender of last resort")
    assert left == ["We will work with the Fund ,"]


def test_a_clause_between_quotation_and_cue_is_a_content():
    text = "“We will work with the Fund” is all they wrote, the mayor said."
    left = left_of(text, "the mayor", "said", "is all they wrote")
    assert left == ["is all they wrote"]


def test_what_is_joined_but_told_of_the_source_is_cut():
    text = "The mayor hopes they win the vote and is ready to help."
    content = "they win the vote and is ready to help"
    assert left_of(text, "The mayor", "hopes", content) == ["they win the vote"]


def test_what_is_joined_and_told_of_the_same_subject_stays():
    text = "The mayor hopes the dams hold and are safe."
    content = "the dams hold and are safe"
    assert left_of(text, "The mayor", "hopes", content) == [content]
