"""The kit for a write-up: what goes into a paper, and what others need to rerun it."""

import hashlib
import io
import json
import re
import zipfile

import docx
import pandas as pd
import pytest

from analysis_utils.files.workspace import notebooks_folder
from analysis_utils.report.notebooks import find_notebooks
from analysis_utils.report.write_up import write_kit
from analysis_utils.report.write_up.kit import make_kit
from analysis_utils.report.write_up.replication import replication
from analysis_utils.themes.findings.words import MOST_MARKS, chosen


@pytest.fixture(scope="module")
def kit(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit")
    write_kit(corpus.study, find_notebooks(notebooks_folder()), folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_kit_is_whole(kit):
    assert set(kit) >= {
        *("findings.md", "findings.docx", "methods.md", "references.bib"),
        *("tables.docx", "table_speakers.tex", "replication.zip"),
    }


def test_two_runs_write_the_same_bytes(kit, corpus, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert make_kit(corpus, find_notebooks(notebooks_folder())) == kit


def test_the_same_kit_is_not_made_again(kit, corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis_utils.report.write_up.kit.make_kit", None)
    write_kit(corpus.study, find_notebooks(notebooks_folder()), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kit
    with pytest.raises(TypeError):  # with other notebooks it is
        write_kit(corpus.study, [], tmp_path)


def test_every_finding_is_told_with_its_sentences(kit, corpus):
    document = docx.Document(io.BytesIO(kit["findings.docx"]))
    told = [part.text for part in document.paragraphs]
    quotes = " ".join(part.text for part in document.paragraphs if part.style.name == "Quote")
    texts = corpus.sentences.set_index("sentence_id")["text"]
    for finding in chosen(corpus):
        assert finding.sentence in told
        assert all(texts[sentence] in quotes for sentence in finding.evidence[:MOST_MARKS])


def test_every_figure_has_a_numbered_caption_and_alternative_text(kit):
    document = docx.Document(io.BytesIO(kit["findings.docx"]))
    captions = [part for part in document.paragraphs if part.style.name == "Caption"]
    assert captions and len(document.inline_shapes) == len(captions)
    assert all("SEQ Figure" in part._p.xml for part in captions)
    assert all(len(shape._inline.docPr.get("descr")) > 20 for shape in document.inline_shapes)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room for shape in document.inline_shapes)


def test_markdown_names_figures_that_are_there(kit, corpus):
    text = kit["findings.md"].decode()
    pictures = re.findall(r"!\[.+\]\(\.\./figures/(.+)\)", text)
    assert pictures
    assert all((corpus.study.figures_folder / name).is_file() for name in pictures)


def test_methods_cite_all_that_the_bibliography_holds_and_no_more(kit):
    cited = set(re.findall(r"@([\w-]+)", kit["methods.md"].decode()))
    listed = set(re.findall(r"^@\w+\{([\w-]+),", kit["references.bib"].decode(), re.MULTILINE))
    assert cited == listed and "monroe2008" in cited


def test_methods_have_this_studys_numbers(kit):
    assert "TASS (1 article, 293 words)" in kit["methods.md"].decode()


def test_shares_of_a_table_add_up_to_no_more_than_all(kit):
    (speakers, *_) = docx.Document(io.BytesIO(kit["tables.docx"])).tables
    names, *rows = [[cell.text for cell in row.cells] for row in speakers.rows]
    shares = pd.DataFrame(rows, columns=names)
    sums = shares["Share"].str.rstrip("%").astype(int).groupby(shares["Outlet"]).sum()
    assert set(sums.index) == {"TASS", "RFE/RL"} and (sums <= 102).all()


def archived(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_who_runs_it_again_finds_study_codes_versions_and_how(kit, corpus):
    parts = archived(kit["replication.zip"])
    assert {"study/study.yml", "study/codes/frames.csv", "packages.txt", "README.md"} <= set(parts)
    assert b"pandas==" in parts["packages.txt"]
    assert "framing report --study study" in parts["README.md"].decode()


def test_the_articles_are_left_out_but_can_be_told_apart(kit, corpus):
    parts = archived(kit["replication.zip"])
    assert not [name for name in parts if name.startswith("study/pages")]
    articles = pd.read_csv(io.BytesIO(parts["articles.csv"])).set_index("page")
    for entry in corpus.study.articles:
        page = (corpus.study.folder / entry.page).read_bytes()
        assert articles.at[entry.page, "sha256"] == hashlib.sha256(page).hexdigest()
    long = [text for text in corpus.sentences["text"] if len(text) > 60]
    notebooks = [parts[name].decode() for name in parts if name.endswith(".ipynb")]
    assert len(notebooks) == 9
    assert not [text for text in long for notebook in notebooks if text in notebook]
    cells = [cell for text in notebooks for cell in json.loads(text)["cells"]]
    assert not [cell for cell in cells if cell.get("outputs")]


def test_the_articles_come_along_where_that_is_wanted(corpus):
    parts = archived(replication(corpus.study, [], with_articles=True))
    for entry in corpus.study.articles:
        assert parts[f"study/{entry.page}"] == (corpus.study.folder / entry.page).read_bytes()
