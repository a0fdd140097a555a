"""A saved table says the same in every file, whatever characters it holds, and twice the same."""

import csv
import io
from types import SimpleNamespace

import docx
import pandas as pd
import pytest
from acting_characters import ACTING, ALL_ACTING, shown

from analysis_utils.output.spreadsheets import read_rows
from analysis_utils.output.tables import KINDS, export_table

TABLE = pd.DataFrame(
    {
        "outlet": ["A&B $x$", "_North_ 100%"],
        "n": [1, 20],
        "named as": ['<i> "the firm", ~^\\{}', "a firm\x0bfriend"],
    }
)


@pytest.fixture
def files(tmp_path):
    """Save the table and give back what was written, by ending."""

    def write(table=TABLE, **changes):
        said = {"caption": "50 % of $x$ & more", "text": "One.\n\nTwo & three."} | changes
        export_table(table, "words", study=SimpleNamespace(tables_folder=tmp_path), **said)
        return {kind: (tmp_path / f"words.{kind}").read_bytes() for kind in KINDS}

    return write


def test_the_csv_file_holds_the_table(files):
    read = pd.read_csv(io.BytesIO(files()["csv"]), encoding="utf-8-sig")
    pd.testing.assert_frame_equal(read, TABLE)


NUMBERS = pd.DataFrame(
    {
        "share": [1.0, float("nan")],
        "tone": [-0.5, -0.001],
        "n": [3, 4],
        "coded": pd.array([7, None], dtype="Int64"),
        "said": [None, "-1 or so"],
    }
)


def test_numbers_and_missing_values_are_alike_in_all_formats(files):
    written = files(NUMBERS)
    rows = [["1.00", "-0.50", "3", "7", "–"], ["–", "0.00", "4", "–", "-1 or so"]]
    (table,) = docx.Document(io.BytesIO(written["docx"])).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == rows
    for row in rows:
        assert f"{' & '.join(row)} \\\\\n" in written["tex"].decode()
    told = list(csv.reader(io.StringIO(written["csv"].decode("utf-8-sig"), newline="")))
    rows[1][-1] = "'-1 or so"  # a text might be taken for a formula, the number -0.50 not
    assert told == [list(NUMBERS.columns), *rows]


def test_words_of_an_article_are_no_formula_in_the_csv_file(files, tmp_path):
    files(pd.DataFrame({"said": ["=1+1", "'so"], "n": [-1, 1]}))
    text = (tmp_path / "words.csv").read_text(encoding="utf-8-sig")
    assert '"\'=1+1","-1"' in text
    rows = [row for _, row in read_rows(tmp_path / "words.csv", "said")[1]]
    assert rows == [["=1+1", "-1"], ["'so", "1"]]


def test_the_word_file_holds_caption_cells_and_text(files):
    document = docx.Document(io.BytesIO(files()["docx"]))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[:2] == [list(TABLE.columns), ["A&B $x$", "1", '<i> "the firm", ~^\\{}']]
    assert cells[2][2] == "a firm[U+000B]friend"  # a character that Word cannot hold
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs == ["50 % of $x$ & more", "One.", "Two & three."]


def test_latex_is_escaped(files):
    latex = files()["tex"].decode()
    assert r"A\&B \$x\$ & 1 & <i> " in latex
    assert r"\_North\_ 100\%" in latex
    assert r"\caption{50 \% of \$x\$ \& more} \label{tab:words}" in latex


def test_the_text_stands_alone(files):
    assert files()["txt"] == b"One.\n\nTwo & three.\n"


def test_two_runs_write_the_same_bytes(files, monkeypatch):
    first = files()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert files() == first


def test_an_empty_table_is_saved_with_its_headings(files):
    assert files(TABLE.head(0))["csv"].decode("utf-8-sig") == '"outlet","n","named as"\r\n'


def test_a_table_without_columns_is_saved_without_one(files):
    written = files(pd.DataFrame())
    assert docx.Document(io.BytesIO(written["docx"])).tables == []
    assert written["csv"].decode("utf-8-sig").strip() == ""


def test_a_table_needs_a_caption(files):
    with pytest.raises(ValueError, match="caption"):
        files(caption=" ")


def test_no_character_acts_in_a_file_to_read(files):
    table = pd.DataFrame({ALL_ACTING: [ALL_ACTING]})
    written = files(table, caption=ALL_ACTING, text=ALL_ACTING)
    document = docx.Document(io.BytesIO(written["docx"]))
    told = {
        "docx": "".join(paragraph.text for paragraph in document.paragraphs),
        "cells": "".join(cell.text for row in document.tables[0].rows for cell in row.cells),
        "tex": written["tex"].decode(),
        "txt": written["txt"].decode(),
    }
    for kind, text in told.items():
        assert not set(text) & set(ACTING), kind
        assert all(shown(character) in text for character in ACTING), kind
