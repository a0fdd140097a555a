"""Tables and prose in notebooks: escaped, stable, readable."""

import re
from html import escape

import pandas as pd
import pytest
from acting_characters import ACTING, shown
from bs4 import BeautifulSoup

from analysis_utils.output import cells
from analysis_utils.output.english import counted, listed

HOSTILE = "<script>alert(1)</script>"


def html(frame, **options):
    return cells.table(frame, **options).html


def test_text_from_articles_is_escaped_in_cells_and_headings():
    frame = pd.DataFrame({HOSTILE: [HOSTILE]}, index=pd.Index([HOSTILE], name=HOSTILE))
    page = html(frame, caption=HOSTILE)
    assert "<script>" not in page.replace("<th>", "")
    assert page.count("&lt;script&gt;") == 5


def test_two_showings_are_the_same_and_other_tables_differ():
    frame = pd.DataFrame({"term": ["a"], "count": [1]})
    assert html(frame) == html(frame)
    assert html(frame) != html(frame.assign(count=2))


def name(frame, caption="Mean tone."):
    """The name that the HTML gives to a table, which its style sheet uses."""
    page = html(frame, caption=caption)
    (found,) = re.findall(r'<table id="(T_\w+)">', page)
    assert f"#{found} .col0 {{" in page
    return found


SCORES = pd.DataFrame(
    {"actor": ["Kaspersky", "Europol"], "mean": [-0.34, 1e-5], "range": ["0.1 (-0.1 to 1)", "no"]}
)


@pytest.mark.parametrize(
    "other",
    [
        SCORES.assign(mean=[0.29, 1.0]),
        SCORES.assign(mean=[None, 2.0]),
        SCORES.assign(range=["-0.00 (−1,234.5 to 1e-05)", "no"]),
        SCORES.assign(mean=[0.34, -0.1], range=["55% (+55 to .1)", "no"]),
    ],
)
def test_the_name_of_a_table_does_not_depend_on_numbers(other):
    assert name(other) == name(SCORES)
    assert name(other, "Mean tone of 12.") == name(SCORES, "Mean tone of 13.")


@pytest.mark.parametrize(
    "other",
    [
        SCORES.assign(actor=["Kaspersky", "Russia"]),
        SCORES.assign(range=["0.1 (-0.1 and 1)", "no"]),
        SCORES.rename(columns={"mean": "median"}),
        SCORES[["mean", "actor", "range"]],
        SCORES.assign(mean=["-0.34", "0.00"]),  # set left, as a text
    ],
)
def test_the_name_of_a_table_depends_on_its_words_and_columns(other):
    assert name(other) != name(SCORES)
    assert name(SCORES, "Median tone.") != name(SCORES)


def test_text_alone_says_what_the_table_is():
    shown = cells.table(pd.DataFrame({"a": [1, 2]}), caption="Counts.")
    assert repr(shown) == "Counts. [table of 2 rows]"


def test_row_numbers_are_hidden_and_labels_shown():
    frame = pd.DataFrame({"count": [1, 2]})
    assert "row_heading" not in html(frame).split("</style>")[1]
    assert "TASS" in html(frame.set_axis(["TASS", "RFE/RL"]))


def test_missing_values_are_a_dash_and_floats_short():
    page = html(pd.DataFrame({"rate": [1 / 3, None]}))
    assert "0.33" in page
    assert "–" in page


def test_a_number_that_rounds_to_zero_has_no_sign():
    page = html(pd.DataFrame({"mean": [-0.001, -0.006, 0.001]}))
    assert "-0.00" not in page
    assert "-0.01" in page
    assert page.count(">0.00<") == 2


def test_same_named_columns_are_refused():
    with pytest.raises(ValueError, match="different names"):
        cells.table(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_prose_helpers():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert counted(1, "article") == "1 article"
    assert counted(2100, "article") == "2,100 articles"


def test_ids_are_shown_as_names():
    frame = pd.DataFrame({"outlet": ["tass"], "text": ["tass"]})
    page = html(frame, names={"outlet": {"tass": "TASS"}, "actor": {"x": "X"}})
    assert page.count(">TASS<") == 1
    assert page.count(">tass<") == 1


def test_a_table_without_rows_says_so():
    assert (
        "This study has none."
        in cells.table(pd.DataFrame({"a": []}), caption="Codes.", empty="This study has none.").html
    )


@pytest.mark.parametrize(
    "text", [HOSTILE, "a *b* _c_ [d](e) $x$ \\(y\\) &copy;", "1. One", "# No heading"]
)
def test_nothing_in_prose_is_markup(text):
    shown = cells.prose(text)
    assert shown.html == f'<div class="prose"><p>{escape(text)}</p></div>'
    assert repr(shown) == text


def test_a_caption_is_in_italics_and_escaped():
    assert f"<em>{escape(HOSTILE)}</em>" in cells.caption(HOSTILE).html


def test_prose_is_cut_into_paragraphs_at_blank_lines():
    assert cells.prose("One.\n\nTwo.").html.count("<p>") == 2
    assert "<p>" not in cells.prose("").html


@pytest.mark.parametrize("character", ACTING)
def test_a_character_that_only_acts_is_shown_as_its_number(character):
    text = f"ab{character}cd"
    assert cells.visible(text) == f"ab{shown(character)}cd"
    for told in (cells.prose(text), cells.caption(text), cells.table(pd.DataFrame({text: [text]}))):
        assert character not in told._repr_html_() + repr(told)
        assert f"ab{shown(character)}cd" in told._repr_html_()


@pytest.mark.parametrize("text", ["a\tb\nc", "½ m² 🎉 … “é”\xa0–", "👩\u200d💻 and ❤\ufe0f"])
def test_what_is_seen_stays_as_it_is(text):
    assert cells.visible(text) == text


def test_a_column_of_long_texts_is_never_narrow():
    page = html(pd.DataFrame({"text": ["word " * 20], "outlet": ["TASS"], "n": [1]}))
    assert re.findall(r"\.col(\d) \{[^}]*min-width", page) == ["0"]


SENTENCES = pd.DataFrame(
    {
        "outlet": ["a", "b", "a", "c"],
        "sentence_id": ["a:s01", "b:s02", "a:s03", ""],
        "text": ["One said.", HOSTILE, "Three said.", "In a coder's words."],
        "matter": ["ban", "ban", "talks", "talks"],
        "head": ["The ban", "The ban", "The talks", "The talks"],
        "note": ["", "claimed", "", ""],
    }
)


def rows_of(outlets, **options):
    """Texts of the cells of an evidence table, row by row; and the table."""
    named = {outlet: outlet.upper() for outlet in outlets}
    soup = BeautifulSoup(cells.evidence(SENTENCES, named, **options).html, "html.parser")
    rows = soup.select("tbody tr")
    told = [[" ".join(each.get_text(" ").split()) for each in row.children] for row in rows]
    return told, soup.table


def test_few_outlets_stand_beside_each_other_matter_by_matter():
    rows, table = rows_of("abc", caption="Said.")
    assert [each.get_text() for each in table.select("thead th")] == ["A", "B", "C"]
    assert rows == [
        ["The ban"],
        ["One said. s01", f"{HOSTILE} s02 claimed", ""],
        ["The talks"],
        ["Three said. s03", "", "In a coder's words."],
    ]
    assert "evidence" in table["class"] and table.caption.get_text() == "Said."


def test_many_outlets_stand_below_each_other():
    rows, _ = rows_of("abcd")
    assert rows[:3] == [["The ban"], ["A", "One said. s01"], ["B", f"{HOSTILE} s02 claimed"]]


def test_evidence_ends_after_so_many_matters_and_is_never_markup():
    rows, table = rows_of("abcd", most=1)
    assert [row[0] for row in rows] == ["The ban", "A", "B"]
    assert not table.find("script")


def test_of_thirty_outlets_no_more_is_shown_than_of_three():
    outlets = {f"o{n}": f"Outlet {n}" for n in range(30)}
    rows = pd.DataFrame({"outlet": [*outlets], "sentence_id": "x:s1", "text": "Said."})
    shown = cells.evidence(rows, outlets, most=2).html
    assert shown.count("Said.") == 6


def test_a_mark_leads_to_its_sentence_among_the_tellings():
    _, table = rows_of("abc")
    links = {mark.get_text(): mark["href"] for mark in table.select("a.sentence")}
    assert links == {f"s0{n}": f"0_findings.ipynb#{o}:s0{n}" for n, o in enumerate("aba", start=1)}


def test_no_evidence_is_said_in_words():
    assert cells.evidence(SENTENCES.head(0), {"a": "A"}, "Said.").text == "Said. None."
