"""Dates and numbers that differ: resolved by hand, flagged only where they clash."""

from datetime import date

import pandas as pd
import pytest
from coverage_tables import tables

from analysis_utils.study.parts import Actor
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage.amounts import number_value
from analysis_utils.themes.coverage.conflicts import find_conflicts
from analysis_utils.themes.coverage.dates import find_dates, reference_day
from analysis_utils.themes.coverage.differing_words import read_words

THURSDAY = date(2018, 6, 14)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("on Thursday", ["2018-06-14"]),
        ("on Wednesday", ["2018-06-13"]),
        ("on Friday", ["2018-06-08"]),
        ("last Thursday", ["2018-06-07"]),
        ("next Friday", []),
        ("on 13 June", ["2018-06-13"]),
        ("on June 13", ["2018-06-13"]),
        ("June 13, 2017, and 2 May 2016", ["2017-06-13", "2016-05-02"]),
        ("last Friday", ["2018-06-08"]),
        ("every Monday", []),
        ("last year", ["2017"]),
        ("this year", ["2018"]),
        ("next year", ["2019"]),
        ("1st of May", ["2018-05-01"]),
        ("1 December 1999", ["1999-12-01"]),
        ("in late 2017", ["2017"]),
        ("on 31 February", []),
        ("2,018 people and $2018, 1990s", []),
    ],
)
def test_dates_mean_days(text, means):
    assert [found.means for found in find_dates(text, THURSDAY)] == means


def test_a_date_without_a_year_is_near_the_writing_around_new_year():
    before, after = date(2018, 12, 31), date(2019, 1, 1)
    for spoken in (before, after):
        assert [d.means for d in find_dates("December 30", spoken)] == ["2018-12-30"]
        assert [d.means for d in find_dates("January 2", spoken)] == ["2019-01-02"]
    assert reference_day("2019-01-01T08:00", "MOSCOW, December 31. /TASS/.") == before
    assert [d.means for d in find_dates("December 30", THURSDAY)] == ["2018-12-30"]
    for year in (2019, 2021):  # before and after a leap year
        assert [d.means for d in find_dates("February 29", date(year, 2, 28))] == []


def test_a_date_of_the_same_year_is_at_most_270_days_off():
    spoken = date(2019, 1, 1)
    assert (date(2019, 9, 28) - spoken).days == 270
    assert [d.means for d in find_dates("September 28", spoken)] == ["2019-09-28"]
    assert [d.means for d in find_dates("September 29", spoken)] == ["2018-09-29"]


def test_without_a_day_of_writing_only_full_dates_have_a_meaning():
    assert [d.means for d in find_dates("Monday, June 3, June 3, 2018, 2017", None)] == [
        "2018-06-03",
        "2017",
    ]


def test_the_dateline_goes_before_the_day_of_publication():
    assert reference_day("2018-06-15", "MOSCOW, June 14. /TASS/.") == THURSDAY
    assert reference_day("2018-06-14T11:06+03:00") == THURSDAY
    assert reference_day("", "MOSCOW, June 14.") is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["400", "million"], 4e8),
        (["1.1", "million"], 1_100_000),
        (["1,200.5"], 1200.5),
        (["million"], 1e6),
        (["two", "hundred"], 200),
        (["about", "a", "hundred", "thousand"], 1e5),
        (["$", "3", "billion"], 3e9),
        (["one", "trillion"], 1e12),
        (["zero"], 0),
        (["twelve"], 12),
        (["Five"], 5),
        (["dozens"], None),
    ],
)
def test_number_values(words, value):
    assert number_value(words) == value


def conflicts(one, two, published=("2018-06-14", "2018-06-14"), link="counterpart"):
    actor = Actor(id="firm", name="Acme", kind="organisation")
    made = tables(("a", "body", one), ("b", "body", two), actors=[actor])
    readings = read_words(*made, [actor])
    pairs = pd.DataFrame({"sentence_id": ["a:s01"], "other_id": ["b:s01"], "link": link})
    articles = pd.DataFrame(
        {"article_id": ["a", "b"], "published": list(published), "dateline": ""}
    )
    return find_conflicts(pairs, readings, articles)


def test_two_days_of_the_same_deed_are_a_conflict():
    found = conflicts("Acme closed the plant on Tuesday.", "Acme closed the plant on 13 June.")
    assert found[["words", "means", "other_words", "other_means"]].values.tolist() == [
        ["Tuesday", "2018-06-12", "13 June", "2018-06-13"]
    ]


def test_a_year_in_a_name_dates_no_deed():
    one, two = "Acme praised the 2020 Democrats.", "Acme praised the Democrats on Wednesday."
    assert conflicts(one, two).empty


def test_articles_of_different_weeks_tell_of_different_deeds():
    said = "Acme closed the plant on Tuesday.", "Acme closed the plant on Monday."
    assert conflicts(*said, published=("2018-06-14", "2018-07-05")).empty
    assert len(conflicts(*said, published=("2018-06-14", "2018-06-16"))) == 1
    assert conflicts(*said, published=("2018-06-14", "")).empty  # "Monday" is of no known week


def test_the_same_day_in_other_words_is_none():
    assert conflicts("Acme closed the plant on Wednesday.", "Acme closed it on 13 June.").empty
    assert conflicts("Acme closed the plant in 2017.", "Acme closed the plant last year.").empty


def test_days_of_different_deeds_are_none():
    found = conflicts(
        "Acme closed the plant on Tuesday.", "The union called a strike at the plant on 13 June."
    )
    assert found.empty


def test_numbers_of_the_same_noun_are_compared():
    found = conflicts("The flood killed five people.", "The flood killed 7 people.")
    assert found.drop(columns=["sentence_id", "other_id"]).values.tolist() == [
        ["number", "five people", "5 people", "7 people", "7 people"]
    ]
    found = conflicts("Prices rose by 5% in May.", "Prices rose by 2.5% in May.")
    assert found[["means", "other_means"]].values.tolist() == [["5 percent", "2.5 percent"]]
    found = conflicts("Two million people fled.", "About 1,500 people fled.")
    assert found[["means", "other_means"]].values.tolist() == [["2,000,000 people", "1,500 people"]]
    assert conflicts("The flood killed five people.", "It took 7 days, 5 people died.").empty


def test_conflicts_of_numbers_stand_in_reading_order():
    """Many nouns, so that the order of a set would hardly be this one by chance."""
    nouns = ["workers", "trucks", "houses", "boats", "farms", "schools"]
    one, two = (
        "The flood hit " + ", ".join(f"{number} {noun}" for noun in nouns) + " on Monday."
        for number in (20, 30)
    )
    found = conflicts(one, two)
    assert found["words"].tolist() == [f"20 {noun}" for noun in nouns]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # What is left open meets.
        ("The flood killed more than 40 people.", "The flood killed 43 people."),
        ("The flood killed at least five people.", "The flood killed 7 people."),
        ("The flood killed up to 50 people.", "The flood killed 43 people."),
        ("The flood killed about 40 people.", "The flood killed 43 people."),
        ("The flood killed 40 or more people.", "The flood killed 43 people."),
        # One unit in two spellings.
        ("Acme cut 5 percent of the jobs.", "Acme cut 5 per cent of the jobs."),
        # Parts of a whole, and parts of another whole.
        ("Two of the five workers left Acme.", "Two workers left Acme."),
        ("The flood killed 5 injured people.", "The flood killed 7 people."),
        ("The flood killed another 5 people.", "The flood killed 7 people."),
        ("Acme cut 5 percent of the jobs.", "Acme cut 7 percent of the budget."),
        # Other deeds, and deeds that stand otherwise to fact.
        ("The flood killed five people.", "The flood hurt seven people."),
        ("Acme will hire 50 workers.", "Acme hired 30 workers."),
        ("Acme did not close 5 plants.", "Acme closed 7 plants."),
        # Ages and spans at other times.
        ("Smith, 47, led Acme for 7 years.", "Smith joined Acme at 40 and worked there 9 years."),
    ],
)
def test_numbers_that_can_both_be_true_are_none(one, two):
    assert conflicts(one, two).empty


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Acme closed the plant on Tuesday.", "Acme has owned the plant since Wednesday."),
        ("Acme closed the plant before Tuesday.", "Acme closed the plant on Wednesday."),
        ("Acme closed the plant in 2017.", "Acme closed the plant in fiscal 2018."),
        ("Acme will close the plant on Tuesday.", "Acme closed the plant on Wednesday."),
        ("Acme closed the plant on Tuesday.", "Acme did not close the plant on Wednesday."),
        ("Acme closed the plant on Monday and Tuesday.", "Acme closed the plant on 12 June."),
        ("Acme closed the plant on Tuesday.", "The plant of Beta was sold on Wednesday."),
        ("Acme closed the plant in 2017.", "Acme closed the plant on Tuesday."),
        ("The union said on Tuesday it was sorry.", "Acme said on Wednesday it was sorry."),
    ],
)
def test_days_that_can_both_be_true_are_none(one, two):
    assert conflicts(one, two).empty


def test_numbers_that_do_not_meet_are_told_with_what_they_leave_open():
    found = conflicts("The flood killed more than 40 people.", "The flood killed 30 people.")
    assert found[["words", "other_words"]].values.tolist() == [["more than 40 people", "30 people"]]


def test_numbers_of_sentences_that_are_not_surely_aligned_are_not_compared():
    one, two = "The flood killed five people.", "The flood killed 7 people."
    assert conflicts(one, two, link="possible").empty


def test_the_default_study_has_one_conflict(corpus, codes):
    found = theme_tables(coverage, corpus).conflicts
    coded = codes("facts")
    ids = coded.loc[coded["status"] == "conflict", "sentence_ids"].item().split()
    assert found[["sentence_id", "other_id"]].values.tolist() == [ids]
    assert found.loc[0, ["means", "other_means"]].tolist() == ["2018-06-14", "2018-06-13"]
