"""A short table says the same in LaTeX and in Word, whatever characters it holds."""

import io
import os
import re
import shutil
import subprocess

import docx
import pandas as pd
import pytest
from acting_characters import ACTING, ALL_ACTING, shown

from analysis_utils.output.tables import as_read, latex_table
from analysis_utils.output.word import add_table, new_document, saved

TABLE = pd.DataFrame(
    {
        "outlet": ["A&B $x$", "_North_ 100%"],
        "n": [1, 20],
        "named as": ['[1] "the firm", ~^\\{}<i>|', "a firm\x0bfriend of many, many letters"],
    }
)
NUMBERS = pd.DataFrame(
    {
        "share": [1.0, float("nan")],
        "tone": [-0.5, -0.001],
        "n": [3, 4],
        "coded": pd.array([7, None], dtype="Int64"),
        "said": [None, "-1 or so"],
    }
)


def in_word(table):
    document = new_document("Tables")
    add_table(document, table)
    return docx.Document(io.BytesIO(saved(document))).tables[0]


def rows_of(grid):
    return [[cell.text for cell in row.cells] for row in grid.rows]


@pytest.mark.parametrize("table", [TABLE, NUMBERS])
def test_word_and_latex_hold_the_same_cells(table):
    read = as_read(table)
    cells = [list(read.columns), *map(list, read.itertuples(index=False))]
    assert rows_of(in_word(table)) == cells
    body = [line for line in latex_table(table, "t", "c").split("\n") if line.endswith(r" \\")]
    assert len(body) == len(cells)
    assert all(line.count(" & ") == len(table.columns) - 1 for line in body)


def test_numbers_have_two_decimals_and_what_is_missing_a_dash():
    assert as_read(NUMBERS).to_numpy().tolist() == [
        ["1.00", "-0.50", "3", "7", "–"],
        ["–", "0.00", "4", "–", "-1 or so"],
    ]


def test_the_heading_comes_again_and_no_row_is_cut_in_two():
    rows = in_word(TABLE)._tbl.tr_lst
    properties = [{part.tag.rpartition("}")[2] for part in row.trPr} for row in rows]
    assert properties == [{"cantSplit", "tblHeader"}, {"cantSplit"}, {"cantSplit"}]


def test_a_wide_text_has_more_room_than_a_number():
    outlet, number, named = (column.width for column in in_word(TABLE).columns)
    assert named > outlet >= number


def test_latex_is_escaped():
    latex = latex_table(TABLE, "words", "50 % of $x$ & more")
    assert r"A\&B \$x\$ & 1 & {[}1{]} " in latex
    assert r"\_North\_ 100\%" in latex
    assert r"\caption{50 \% of \$x\$ \& more}" in latex and r"\label{tab:words}" in latex


def test_latex_needs_no_more_than_it_says():
    latex = latex_table(TABLE, "words", "Caption")
    assert latex.startswith(r"% \usepackage{booktabs,tabularx}")
    assert set(re.findall(r"\\begin\{(\w+)\}", latex)) == {"table", "tabularx"}
    assert "tabularx" not in latex_table(TABLE[["n"]], "n", "Caption").partition("\n")[2]


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="there is no LaTeX here")
@pytest.mark.parametrize("columns", ["onecolumn", "twocolumn"])
def test_latex_sets_it_in_a_column_and_on_a_page(tmp_path, columns):
    lines = [
        rf"\documentclass[{columns}]{{article}}\usepackage{{booktabs,tabularx}}",
        r"\begin{document}",
        *(
            latex_table(table, "t", "A caption, 100 %.")
            for table in (TABLE, NUMBERS, TABLE.head(0))
        ),
        r"\end{document}",
    ]
    (tmp_path / "tables.tex").write_text("\n".join(lines), encoding="utf-8")
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "tables.tex"]
    home = os.environ | {"HOME": str(tmp_path)}
    ran = subprocess.run(command, cwd=tmp_path, env=home, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-800:]
    assert "Overfull" not in ran.stdout


def test_no_character_acts_in_a_file_to_read():
    table = pd.DataFrame({ALL_ACTING: [ALL_ACTING]})
    word = "".join(map("".join, rows_of(in_word(table))))
    for text in (word, latex_table(table, "t", ALL_ACTING)):
        assert not set(text) & set(ACTING)
        assert all(re.sub(r"[{}]", "", shown(each)) in re.sub(r"[{}]", "", text) for each in ACTING)
