"""Dates, datelines and section tags as pages write them."""

import pytest

from analysis_utils.annotation.cleaning.metadata import cut_dateline, cut_tag, find_date, is_dated


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("date 2018-06-14 Politics & Diplomacy", "2018-06-14"),
        ("Published 15 June 2018", "2018-06-15"),
        ("Dec. 13, 2023 at 7:17 a.m. PT", "2023-12-13"),  # PT has two offsets a year
        ("Dec 22, 2023 10:59 AM EST", "2023-12-22T10:59-05:00"),
        ("09:09 GMT, 22 December 2023", "2023-12-22T09:09+00:00"),
        ("2023-12-22T15:23:34Z", "2023-12-22T15:23+00:00"),
        ("Jan 23rd 2024 at 11:15PM CET", "2024-01-23T23:15+01:00"),
        ("12:05 am GMT, 1 May 2019", "2019-05-01T00:05+00:00"),
        ("Posted on Sunday 24th December 2023", "2023-12-24"),
        ("14/06/2018", "2018-06-14"),
        ("04/06/2018", ""),  # April or June
    ],
)
def test_dates_as_pages_write_them(text, iso):
    assert find_date(text).iso == iso


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("UTC+3", "+03:00"), ("UTC-3", "-03:00"), ("GMT+5:30", "+05:30"), ("UTC", "+00:00")],
)
def test_offsets_keep_their_sign(zone, offset):
    assert find_date(f"June 14, 2018, 11:06 {zone}").iso == f"2018-06-14T11:06{offset}"


def test_a_year_from_elsewhere_completes_a_date():
    text = "June 14, 11:06 UTC+3 MOSCOW"
    assert find_date(text).iso == ""
    assert find_date(text, 2018).iso == "2018-06-14T11:06+03:00"


@pytest.mark.parametrize(
    "text",
    [
        "Leaders to attend opening ceremony of the cup on June 14",
        "Gas pipelines by 2018",
        "The council said on 3 May 2019 that it would pay for a bridge.",
        "11",
        "May be",
    ],
)
def test_a_line_that_has_a_date_but_is_not_about_it(text):
    assert find_date(text) is None


def test_days_that_do_not_exist_have_no_value():
    assert find_date("31 June 2018").iso == ""
    assert find_date("29 February", 2018).iso == ""


def test_ages_are_about_dates():
    assert is_dated("3 hours ago") and is_dated("By Jane Doe, 12m ago")
    assert not is_dated("It was built ages ago")


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("MOSCOW, June 14. /TASS/. Russian firm", "MOSCOW, June 14. /TASS/."),
        ("RIVERTON, Ohio (AP) — The council", "RIVERTON, Ohio (AP) —"),
        ("LONDON, Dec 22 (Reuters) - The council", "LONDON, Dec 22 (Reuters) -"),
        ("NEW YORK — The council", "NEW YORK —"),
        ("LOS ANGELES -- “We will", "LOS ANGELES --"),
        ("London (AP) — The council", "London (AP) —"),
        ("The US — a partner — said", ""),
        ("NATO - the alliance - said", ""),
        ("TEN MONTHS AGO, the council", ""),
        ("Kaspersky Lab has taken", ""),
    ],
)
def test_datelines(text, dateline):
    found, rest = cut_dateline(text)
    assert found == dateline
    assert f"{found} {rest}".strip() == text


@pytest.mark.parametrize(
    ("headline", "menu", "parts"),
    [
        ("SportSport stars meet", (), ("Sport", "Sport stars meet")),
        ("Real EstateReal Estate falls", (), ("Real Estate", "Real Estate falls")),
        ("PoliticsMinister resigns", {"Politics"}, ("Politics", "Minister resigns")),
        ("PoliticsMinister resigns", (), ("", "PoliticsMinister resigns")),
        ("Sport stars meet", {"Sport"}, ("", "Sport stars meet")),
        ("Sirhan Sirhan denied parole", (), ("", "Sirhan Sirhan denied parole")),
        ("Will Will Smith return?", {"Will"}, ("", "Will Will Smith return?")),
        ("BoBo the clown retires", (), ("", "BoBo the clown retires")),
    ],
)
def test_section_tag_glued_to_a_headline(headline, menu, parts):
    assert cut_tag(headline, menu) == parts
