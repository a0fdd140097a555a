"""A sentence whose matter another outlet tells in a clause or in two sentences is not alone."""

import pytest
from coverage_tables import tables

from analysis_utils.themes.coverage.alignment import align
from analysis_utils.themes.coverage.differing_words import read_words
from analysis_utils.themes.coverage.neighbours import may_tell

STRIKE = "Drivers of the tram company want higher wages and shorter shifts."
OPERA = "A soprano from Naples sang the last aria twice."


def found(*rows):
    made = tables(*((outlet, "body", text) for outlet, text in rows))
    return may_tell(made[0], align(*made), read_words(*made))


@pytest.mark.parametrize(
    "others",
    [
        # Over two sentences.
        ["The inspector found rust on the bridge.", "He wants it closed before the winter."],
        # In a clause of a long sentence about something else.
        [
            "The mayor, who opens a library on Sunday, thanked the inspector who had found rust"
            " on the bridge and wants it closed."
        ],
    ],
)
def test_what_is_scattered_may_be_told(others):
    one = "Because of rust, the inspector wants the bridge closed."
    assert found(("a", one), *(("b", other) for other in others))["a:s01"] == {"b"}


def test_what_nobody_has_is_alone():
    assert found(("a", STRIKE), ("a", OPERA), ("b", "The river flooded the town.")) == {}


def test_sentences_of_two_articles_are_no_neighbours():
    told = found(
        ("a", "Because of rust, the inspector wants the bridge closed before winter."),
        ("b", "The inspector found rust."),
        ("c", "Winter closed the bridge."),
        ("c", OPERA),
        ("b", STRIKE),
    )
    assert told.get("a:s01", set()) <= {"b", "c"}
