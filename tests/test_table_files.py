"""A saved table says the same in every file, whatever characters it holds, and twice the same."""

import io
from types import SimpleNamespace

import docx
import pandas as pd
import pytest

from analysis_utils.table_files import KINDS, export_table

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
    pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(files()["csv"])), TABLE)


def test_the_word_file_holds_caption_cells_and_text(files):
    document = docx.Document(io.BytesIO(files()["docx"]))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[:2] == [list(TABLE.columns), ["A&B $x$", "1", '<i> "the firm", ~^\\{}']]
    assert cells[2][2] == "a firmfriend"  # a character that Word cannot hold is left out
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
    assert files(TABLE.head(0))["csv"] == b"outlet,n,named as\n"


def test_a_table_needs_a_caption(files):
    with pytest.raises(ValueError, match="caption"):
        files(caption=" ")
