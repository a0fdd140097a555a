"""Kinds of fault found by reading events: who "he" and "she" are, and who speaks."""

import pytest
from test_actors import actor, mentions_in

MARSH = actor("Helen Marsh", "person", ["Marsh"])
OBERN = actor("Tom Obern", "person", ["Obern"])
REED = actor("Anna Reed", "person", ["Reed"])


def meant(*paragraphs):
    """The pronouns that are somebody of the study, with whom."""
    found = mentions_in(*paragraphs, actors=(MARSH, OBERN, REED))
    return [(text, who) for text, who, kind in found if kind == "pronoun"]


def test_somebody_else_is_the_one_who_said_it():
    assert (
        meant(
            [
                "Justice Helen Marsh asked how the pay would be worked out.",
                "Mr. Tobin said the court could use the records, which he said were complete.",
            ]
        )
        == []
    )


@pytest.mark.parametrize(
    "told, expected",
    [
        (["Tom Obern met Anna Reed.", "She left early, and he stayed."], ["reed", "obern"]),
        (["Tom Obern met Paul Stone.", "He left early."], []),
        (["Tom Obern was invited by Paul Stone, without him asking the town."], []),
        (["A clerk called Tom Obern and he answered."], ["obern"]),
        (["Anna Reed and her aides left."], ["reed"]),
        (["Tom Obern praised Paul Stone for his courage."], []),
        (['"Anna Reed is tired and she wants peace," Tom Obern said.'], ["reed"]),
        (["In his letter, Tom Obern asked for help."], ["obern"]),
        (["Paul Stone would not say whether he had met Tom Obern."], []),
        (["He doubted whether Tom Obern would come."], []),
    ],
)  # fmt: skip
def test_he_and_she_where_the_text_decides(told, expected):
    assert [who for _, who in meant(told)] == expected
