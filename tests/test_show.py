"""Tables and prose in notebooks: escaped, stable, readable."""

from html import escape

import pandas as pd
import pytest

from analysis_utils import show

HOSTILE = "<script>alert(1)</script>"


def html(frame, **options):
    return show.table(frame, **options).html


def test_text_from_articles_is_escaped_in_cells_and_headings():
    frame = pd.DataFrame({HOSTILE: [HOSTILE]}, index=pd.Index([HOSTILE], name=HOSTILE))
    page = html(frame, caption=HOSTILE)
    assert "<script>" not in page.replace("<th>", "")
    assert page.count("&lt;script&gt;") == 5


def test_two_showings_are_the_same_and_other_tables_differ():
    frame = pd.DataFrame({"term": ["a"], "count": [1]})
    assert html(frame) == html(frame)
    assert html(frame) != html(frame.assign(count=2))


def test_text_alone_says_what_the_table_is():
    shown = show.table(pd.DataFrame({"a": [1, 2]}), caption="Counts.")
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
        show.table(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_prose_helpers():
    assert show.listed([]) == ""
    assert show.listed(["a"]) == "a"
    assert show.listed(["a", "b", "c"]) == "a, b and c"
    assert show.counted(1, "article") == "1 article"
    assert show.counted(2100, "article") == "2,100 articles"


def test_ids_are_shown_as_names():
    frame = pd.DataFrame({"outlet": ["tass"], "text": ["tass"]})
    page = html(frame, names={"outlet": {"tass": "TASS"}, "actor": {"x": "X"}})
    assert page.count(">TASS<") == 1
    assert page.count(">tass<") == 1


def test_a_table_without_rows_says_so():
    assert (
        "This study has none."
        in show.table(pd.DataFrame({"a": []}), caption="Codes.", empty="This study has none.").html
    )


@pytest.mark.parametrize(
    "text", [HOSTILE, "a *b* _c_ [d](e) $x$ \\(y\\) &copy;", "1. One", "# No heading"]
)
def test_nothing_in_prose_is_markup(text):
    shown = show.prose(text)
    assert shown.html == f'<div class="prose"><p>{escape(text)}</p></div>'
    assert repr(shown) == text


def test_a_caption_is_in_italics_and_escaped():
    assert f"<em>{escape(HOSTILE)}</em>" in show.caption(HOSTILE).html


def test_prose_is_cut_into_paragraphs_at_blank_lines():
    assert show.prose("One.\n\nTwo.").html.count("<p>") == 2
    assert "<p>" not in show.prose("").html
