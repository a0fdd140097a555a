"""Running, normalising and comparing notebooks."""

import base64
import copy
import io
import json
import re

import nbformat.v4 as v4
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image

from analysis_utils.files.workspace import data_folder
from analysis_utils.report.check_notebooks import SHOWN_LINES, compare_notebooks
from analysis_utils.report.notebooks import (
    NotebookError,
    as_text,
    find_notebooks,
    normalised,
    read_notebook,
    run_notebooks,
)
from analysis_utils.study import DEFAULT_STUDY


def picture(
    grey: float, size: tuple[int, int] = (40, 30), dot: tuple[int, int] | None = None
) -> str:
    """A plain picture, with a black dot of 5 by 5 pixels where wanted."""
    pixels = np.full((size[1], size[0], 3), round(grey * 255), dtype=np.uint8)
    if dot:
        pixels[dot[1] : dot[1] + 5, dot[0] : dot[0] + 5] = 0
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()


def notebook(data: dict, metadata: dict | None = None, printed: str = "told\n"):
    outputs = [
        v4.new_output("stream", name="stdout", text=printed),
        v4.new_output("display_data", data=data, metadata=metadata or {}),
    ]
    cell = v4.new_code_cell("tell()", id="a", outputs=outputs, execution_count=1)
    return v4.new_notebook(cells=[v4.new_markdown_cell("# Told?", id="b"), cell])


def test_the_same_outputs_do_not_differ():
    made = notebook({"text/plain": "4", "image/png": picture(0.5)})
    assert compare_notebooks(made, copy.deepcopy(made)) == []


def told(before: str, after: str, kind: str = "text/plain") -> list[str]:
    """What is said about two outputs: nothing if they agree."""
    found = compare_notebooks(notebook({kind: before}), notebook({kind: after}))
    return str(found[0]).split("\n    ") if found else []


KINDS = ("text/plain", "text/html", "text/markdown", "image/svg+xml")


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_compared_to_the_letter(kind):
    heading = f"code cell 1: {kind} differs"
    assert told("one 0.34\ntwo", "one 0.34\ntwo ", kind) == [heading, "-two", "+two "]
    assert told("one 0.34 two", "one 0.34 too", kind) == [heading, "-one 0.34 two", "+one 0.34 too"]


def test_printed_text_is_compared():
    (found,) = compare_notebooks(notebook({}), notebook({}, printed="said\n"))
    assert str(found) == "code cell 1: stdout differs\n    -told\n    +said"
    before, after = (notebook({}, printed=f"mean {mean}\n") for mean in ("0.34", "0.35"))
    assert compare_notebooks(before, after) == []


def printed(units: int, places: int, minus: str = "-") -> str:
    """So many units of the last of these places, with commas: (-123456, 2) is -1,234.56."""
    whole, rest = divmod(abs(units), 10**places)
    return f"{minus if units < 0 else ''}{whole:,}.{rest:0{places}}"


UNITS = st.integers(-(10**7), 10**7)
PLACES = st.integers(1, 6)
AROUND = st.sampled_from(
    ["{}", "{} at the start", "at the end {}", "at the end {}.", "({}; 1.00)", "[{},0.5]", "n={}",
     "{}\n", "a {} to 0.55", "0.10–{}", "p<{}", "{}%", "<td>{}</td>", "opacity:{};width:55%"]
)  # fmt: skip


@given(UNITS, PLACES, AROUND, st.sampled_from(KINDS))
def test_decimals_may_differ_by_one_unit_and_no_more(units, places, around, kind):
    before = around.format(printed(units, places))
    for step, agree in ((-2, False), (-1, True), (1, True), (2, False)):
        after = around.format(printed(units + step, places))
        assert (not told(before, after, kind)) is agree


@given(UNITS, PLACES, st.integers(1, 3), st.integers(-(10**4), 10**4))
def test_the_unit_is_that_of_the_coarser_number(units, places, more, step):
    finer = 10**more
    before, after = printed(units, places), printed(units * finer + step, places + more)
    assert (not told(before, after)) is (abs(step) <= finer)
    assert (not told(after, before)) is (abs(step) <= finer)


@given(UNITS, PLACES)
def test_a_minus_sign_is_a_minus_sign(units, places):
    before = f"mean {printed(units, places)}"
    assert told(before, f"mean {printed(units, places, minus='−')}") == []
    if abs(units) > 1:
        assert told(before, f"mean {printed(-units, places, minus='−')}")


AGREE = (
    ("-0.00", "0.00"), ("+0.01", "-0.00"), ("−0.00", "+0.01"), ("(-0.00 to 1)", "(0.01 to 1)"),
    ("1,234.5", "1,234.6"), ("999.9", "1,000.0"), ("0.3", "0.30"), (".34", ".35"),
    ("1e-05", "2e-05"), ("9e-05", "1e-04"), ("1.2e-05", "1.3E-05"), ("1e-05", "0.00001"),
    ("1.5e+06", "1.6e+06"),
    ("55%", "56%"), ("55 %", "54 %"), ("55\u00a0%", "56\u00a0%"), ("55\u202f%", "56\u202f%"),
    ("55\u2009%", "56\u2009%"), ("+1%", "0%"), ("0%", "-1%"), ("(55%)", "(56%)"),
    ("off by 3 points", "off by 4 points"), ("2 percentage points", "3 percentage points"),
    ("rgba(1, 2, 3, 0.50)", "rgba(1, 2, 3, 0.51)"), ("width: 55%", "width: 54%"),
    ("width: 55.25%", "width: 55.26%"), ("opacity:0.3", "opacity:0.4"), ("a+0.34", "a+0.35"),
    ("0.34:of", "0.35:of"),
)  # fmt: skip

DIFFER = (
    ("+0.01", "-0.01"), ("0.34", "0.36"), ("0.34", "-0.34"), ("0.30", "0.3 ", ),
    ("12", "13"), ("1,234", "1,235"), ("1,234", "2,234"), ("1,234", "1234"), ("(4 : 0)", "(5 : 0)"),
    ("n=12", "n=13"), ("1", "1.0"), ("0.99", "1"), ("55%", "57%"), ("55%", "55.0"), ("55%", "56 %"),
    ("55\n%", "56\n%"), ("1e-05", "3e-05"), ("1.5e+06", "1.7e+06"),
    ("3 pages", "4 pages"), ("3 pointsmen", "4 pointsmen"), ("55%", "-55%"), ("0,34", "0,35"),
    ("0.34", "nan"), ("0.34 0.5", "0.34"), ("0.34", "0.34 0.5"), ("", "0.34"), ("0.34", "O.34"),
    ("0.34 of", "0.34 in"), ("of 0.34", "in 0.34"), ("rgb(1, 2, 3)", "rgb(1, 2, 4)"),
)  # fmt: skip


@pytest.mark.parametrize(("before", "after"), AGREE)
def test_agree(before, after):
    assert told(before, after) == told(after, before) == []


@pytest.mark.parametrize(("before", "after"), DIFFER)
def test_differ(before, after):
    assert told(before, after) and told(after, before)


@given(st.integers(0, 10**7), st.integers(0, 10**7), AROUND)
def test_counts_are_exact(count, other, around):
    assume(count != other and "%" not in around)
    assert told(around.format(f"{count:,}"), around.format(f"{other:,}"))
    assert told(around.format(count), around.format(other))


@pytest.mark.parametrize(
    "name",
    ["s12", "tass:s02", "tass:s02:129-135", "T_4fa3", "#11bb33", "#1122.5", "2018-06-14",
     "14.06.2018", "11:06", "11:06:33.5", "2018-06-14T11:06:33.25+03:00", "3.11.7", "v3.11",
     "10.1145/3290605.33", "https://example.org/0.25/1.5", "12e4", "5a12e-05b", "F1", "0.5px",
     "550e8400-e29b-41de-05d4-446655440000", "1-0.5", "model-0.34", "0.5-fold", "0.25/1",
     "1.25:30"],
)  # fmt: skip
@given(st.data())
def test_digits_of_names_dates_times_and_versions_are_exact(name, data):
    place = data.draw(st.sampled_from([n for n, sign in enumerate(name) if sign.isdigit()]))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != name[place])
    other = f"{name[:place]}{digit}{name[place + 1 :]}"
    assert told(f"see {name}, of", f"see {other}, of")
    assert told(name, other)


ANY = st.text("0134.,-+−%:/#eEx_ \n\u2009", max_size=12)


@given(ANY, ANY)
def test_whatever_agrees_has_the_same_words_both_ways(before, after):
    agree = not told(before, after)
    assert agree == (not told(after, before))
    words = (re.sub(r"[\d.,eE+−-]", "", text) for text in (before, after))
    assert not agree or len(set(words)) == 1
    counts = (re.findall(r"\d+", text) for text in (before, after))
    assert not agree or re.search("[.e%]", before) or len({tuple(each) for each in counts}) == 1


TABLE = """<style type="text/css">
#T_{id} .col0 {{
  text-align: left;
}}
</style>
<table id="T_{id}">
  <caption>The mean tone&#39;s &lt;interval&gt;</caption>
  <tr>
    <td class="data row0 col0" >RFE/RL</td>
    <td class="data row0 col1" >{who}</td>
    <td class="data row0 col2" style="opacity: {opacity}">{mean}</td>
  </tr>
</table>"""


def table(id: str = "4fa3", who: str = "Kaspersky Lab", mean: str = "-0.34", opacity: str = "0.5"):
    return TABLE.format(id=id, who=who, mean=mean, opacity=opacity)


def test_a_number_is_told_with_its_words_and_without_its_markup():
    assert told(table(), table("77", mean="-0.29", opacity="0.6"), "text/html") == [
        "code cell 1: text/html differs",
        'was -0.34, is -0.29 in "... mean tone\'s <interval> RFE/RL Kaspersky Lab -0.34"',
    ]


def test_a_number_in_the_markup_is_told_with_its_markup():
    (_, change) = told(table(), table(opacity="0.8"), "text/html")
    assert change.startswith("was 0.5, is 0.8 in ") and 'style="opacity: 0.5">-0.34</td>' in change


def test_other_words_are_told_without_markup_and_without_numbers_that_agree():
    after = table("0bad", who="Europol", mean="-0.35")
    assert told(table(), after, "text/html")[1:] == ["-Kaspersky Lab", "+Europol"]
    assert told(table(), after.replace("-0.35", "0.35"), "text/html")[1:] == [
        *("-Kaspersky Lab", "+Europol"),
        'was -0.34, is 0.35 in "... mean tone\'s <interval> RFE/RL Kaspersky Lab -0.34"',
    ]


def test_markup_is_compared_too():
    assert told(table(), table().replace("left", "right"), "text/html")[1:] == [
        *("-  text-align: left;", "+  text-align: right;")
    ]


def test_ids_of_tables_may_have_other_names_but_not_other_places():
    two = table("4fa3") + table("0bad")
    assert told(two, table("00aa") + table("11bb"), "text/html") == []
    assert told(two, two.replace('"T_0bad"', '"T_4fa3"'), "text/html")
    assert told("T_4fa3", "T_0bad", "text/plain")
    assert told("T_fact", "T_dect", "text/html")


def test_every_number_beyond_the_tolerance_is_told_with_its_place():
    before = "A is 0.10, B is 0.20, C is 12 and D is 55%."
    after = "A is 0.30, B is 0.21, C is 13 and D is 80%."
    assert told(before, after)[1:] == [
        'was 0.10, is 0.30 in "A is 0.10, B is 0.20, C is 12 ..."',
        'was 12, is 13 in "... 0.10, B is 0.20, C is 12 and D is 55%."',
        'was 55, is 80 in "... C is 12 and D is 55%."',
    ]


def test_of_a_long_line_the_place_that_differs_is_told():
    said = "they said and said " * 60
    (_, removed, added) = told(f"{said}yes, {said}", f"{said}no, {said}")
    assert "said yes, they" in removed and "said no, they" in added
    assert max(map(len, (removed, added))) < 200


def picture_changes(before: str, after: str) -> list[str]:
    old, new = notebook({"image/png": before}), notebook({"image/png": after})
    return [found.what for found in compare_notebooks(old, new)]


def test_a_shade_is_no_change_and_another_size_is():
    assert picture_changes(picture(0.5), picture(0.52)) == []
    assert picture_changes(picture(0.2), picture(0.6)) == [
        "image/png: parts of the picture differ by up to 40%"
    ]
    assert picture_changes(picture(0.5), picture(0.5, size=(40, 31))) == [
        "image/png: 40x30 pixels became 40x31"
    ]


def test_one_moved_point_is_a_change():
    before, moved = picture(1, dot=(3, 3)), picture(1, dot=(20, 3))
    assert picture_changes(before, before) == []
    # 25 black pixels leave a block of 8 by 8: 39 percent.
    assert picture_changes(before, moved) == ["image/png: parts of the picture differ by up to 39%"]


def test_alternative_text_is_compared():
    same = {"image/png": picture(0.5)}
    before = notebook(same, {"image/png": {"alt": "two bars"}})
    after = notebook(same, {"image/png": {"alt": "three bars"}})
    (found,) = compare_notebooks(before, after)
    assert str(found).startswith("code cell 1: image/png alt differs\n    -two bars")


@pytest.mark.parametrize(("share", "agrees"), [("42%", True), ("44%", False)])
def test_numbers_in_alternative_text_are_numbers(share, agrees):
    same = {"image/png": picture(0.5)}
    before, after = (
        notebook(same, {"image/png": {"alt": f"Bars. TASS has {each} of the words."}})
        for each in ("41%", share)
    )
    assert (compare_notebooks(before, after) == []) is agrees


def test_changed_missing_and_uncounted_cells_are_told():
    made = notebook({"text/plain": "4"})
    shorter = v4.new_notebook(cells=made.cells[:1])
    assert [found.what for found in compare_notebooks(made, shorter)] == [
        "the cells are not the same"
    ]
    edited = copy.deepcopy(made)
    edited.cells[1].source = "other()"
    assert len(compare_notebooks(made, edited)) == 1
    uncounted = copy.deepcopy(made)
    uncounted.cells[1].execution_count = 7
    assert compare_notebooks(uncounted, made)[0].what == "was run as number 7, not 1"
    silent = copy.deepcopy(made)
    silent.cells[1].outputs = []
    assert compare_notebooks(silent, made)[0].what == "0 outputs became 2"


def test_what_outputs_say_that_came_or_went_is_told_without_markup():
    made = notebook({"text/html": "<p>four</p>"})
    silent = copy.deepcopy(made)
    silent.cells[1].outputs = []
    assert compare_notebooks(made, silent)[0].changes == ("-told", "-four")


def test_long_differences_are_cut():
    (_, *changes, last) = told("0.10 " * 100, "0.50 " * 100)
    assert len(changes) == SHOWN_LINES
    assert last == f"... and {100 - SHOWN_LINES} more"


def test_normalised_drops_what_differs_between_machines():
    made = notebook({"text/plain": "4"})
    made.metadata = {
        "language_info": {"name": "python", "version": "3.12.9"},
        "widgets": {"state": {}},
        "kernelspec": {"name": "my-env", "display_name": "Mine"},
    }
    made.cells[1].metadata = {"execution": {"iopub.busy": "now"}, "tags": ["keep"], "scrolled": 1}
    text = as_text(normalised(made))
    for word in ("3.12.9", "widgets", "my-env", "iopub", "scrolled"):
        assert word not in text
    assert '"keep"' in text and '"python3"' in text and text.endswith("}\n")


def test_cells_without_ids_get_steady_ones(tmp_path):
    path = tmp_path / "old.ipynb"
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# A\n", "b"]}]
    path.write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": cells})
    )
    first, second = as_text(read_notebook(path)), as_text(read_notebook(path))
    assert first == second and '"id": "cell-1"' in first


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"nbformat": 3}', '{"nbformat": 4, "cells": [1]}', "\xff"],
)
def test_a_broken_file_is_told_by_name(tmp_path, content):
    path = tmp_path / "5_broken.ipynb"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(NotebookError, match=r"5_broken\.ipynb"):
        read_notebook(path)


def test_a_missing_notebook_and_a_missing_folder(tmp_path):
    with pytest.raises(NotebookError, match="no such notebook"):
        read_notebook(tmp_path / "none.ipynb")
    with pytest.raises(NotebookError, match="no notebooks"):
        find_notebooks(tmp_path)


@pytest.mark.slow
def test_kernels_see_the_study_and_end_in_their_own_ways(tmp_path):
    sources = {
        "1_study": "import os; print(os.environ['FRAMING_STUDY'], os.getcwd())",
        "2_dies": "import os; os.kill(os.getpid(), 9)",
        "3_syntax": "if True print",
        "4_raises": "def inner():\n    return {}['outlet']\n\ninner()",
    }
    for name, source in sources.items():
        made = v4.new_notebook(cells=[v4.new_code_cell(source, id="a")])
        (tmp_path / f"{name}.ipynb").write_text(as_text(made))
    (tmp_path / "5_broken.ipynb").write_text("{")
    study = data_folder() / DEFAULT_STUDY
    runs = {run.path.stem: run for run in run_notebooks(find_notebooks(tmp_path), study)}
    (printed,) = runs["1_study"].notebook.cells[0].outputs
    assert printed.text == f"{study} {tmp_path}\n" and runs["1_study"].failure is None
    failures = {name: str(run.failure) for name, run in runs.items() if run.failure}
    assert failures["2_dies"].startswith("code cell 1: the kernel died")
    assert failures["3_syntax"] == "code cell 1: SyntaxError: invalid syntax (line 1)"
    assert failures["4_raises"] == "code cell 1: KeyError: 'outlet'"
    assert runs["4_raises"].failure.line == "inner()"
    assert failures["5_broken"].startswith("this is no readable notebook")
