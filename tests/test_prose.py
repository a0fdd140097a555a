"""Prose that a newspaper would print: in the notebooks, and what the themes compute."""

import re
from importlib import import_module

import pytest
from prose import faults, sentences
from test_contract import NAMES

from analysis_utils.files.workspace import collection
from analysis_utils.output.references import cited
from analysis_utils.report.notebooks import COLLECTION, read_notebook
from analysis_utils.themes.contract import theme_tables

#: Words of a sentence at most; methods and limits may take more room.
MOST, MOST_OF_METHODS = 30, 40


def running_text(markdown):
    """Markdown without its marks: of a link what is shown, of a heading its words."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"(?m)^#+ |`|\*", "", shown)


@pytest.mark.parametrize("name", COLLECTION)
def test_text_of_notebooks_is_plain(name):
    heading, found = "", []
    for cell in read_notebook(collection() / "notebooks" / f"{name}.ipynb").cells:
        if cell.cell_type == "markdown":
            heading = re.findall(r"(?m)^#+ (.+)$|\Z", cell.source)[0] or heading
            most = MOST_OF_METHODS if heading in ("Method", "Limits") else MOST
            found += faults(running_text(cell.source), most)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_computed_text_is_plain(name, corpus):
    theme = import_module(f"analysis_utils.themes.{name}")
    tables = theme_tables(theme, corpus)
    told = [theme.words.answer(tables, corpus)]
    told += [finding.sentence for finding in theme.words.findings(tables, corpus)]
    found = [fault for text in told for fault in faults(text, MOST)]
    found += faults(cited(theme.words.method(tables, corpus)), MOST_OF_METHODS)
    assert not found, "\n".join(found)


def test_sentences_end_where_a_reader_ends_them():
    told = "Mr. Kim said no. “It is over.” So he left (Doe et al. 2008). U.S. Marines stayed! Why?"
    expected = (
        "Mr. Kim said no.|“It is over.”|So he left (Doe et al. 2008).|U.S. Marines stayed!|Why?"
    )
    assert sentences(told) == expected.split("|")


def test_faults_are_found():
    assert faults("A (b (c)) of tass:s05.", 4) == [
        "5 words: A (b (c)) of tass:s05.",
        "a bracket in a bracket: (b (c))",
        "an id: tass:s05",
    ]
    assert faults("A (b) and (c).", 30) == []
