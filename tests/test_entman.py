"""Entman's four functions: candidates with their cues, the sheet, the filled table read back."""

import csv
from types import SimpleNamespace

import pandas as pd
import pytest
from term_tables import text_tables

from analysis_utils.output.spreadsheets import write_csv
from analysis_utils.study import read_study
from analysis_utils.themes import frames
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.frames import entman, words
from analysis_utils.themes.frames.codebook import frame_names, frame_table, read_frame_file
from analysis_utils.themes.frames.hits import find_hits

FUNCTIONS = frame_table(read_frame_file().functions, kind="function")
ROLES = frame_names(FUNCTIONS)


class Tables:
    """As much of a corpus as candidates need."""

    def __init__(self, texts):
        self.sentences, self.tokens = text_tables(texts)
        self.mentions = None


def candidates_of(corpus):
    cues = find_hits(corpus.sentences, corpus.tokens, read_frame_file().functions, corpus.mentions)
    return entman.candidates(cues, corpus.sentences, FUNCTIONS)


@pytest.fixture(scope="module")
def flood():
    return Tables(
        {
            "a": [
                "standfirst: The council must act",
                "The flood is a danger to the old town.",
                "It rained because of a storm.",
                "That was unfair, and the council must act.",
            ],
            "b": ["=1+1 is not the problem."],
        }
    )


def test_cues_propose_sentences_by_function_in_reading_order(flood):
    candidates = candidates_of(flood)
    assert candidates[["function", "sentence_id", "cues"]].to_numpy().tolist() == [
        ["problem", "a:s01", "danger"],
        ["problem", "b:s01", "problem"],
        ["cause", "a:s02", "because"],
        ["judgement", "a:s03", "unfair"],
        ["remedy", "a:s03", "must"],
    ]


def test_the_sheet_is_safe_to_open(flood, sheet_of):
    study, path = sheet_of
    candidates = candidates_of(flood)
    assert entman.save_sheet(study, candidates) == path
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert [*rows[0]] == [*entman.COLUMNS, "sentence"]
    assert {row["statement"] for row in rows} == {""}
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


@pytest.fixture
def sheet_of(tmp_path):
    """A study with only its folders, and the path of the sheet."""
    folder = tmp_path / "bridge"
    coding, build = folder / "coding", tmp_path / "build" / "bridge"
    coding.mkdir(parents=True)
    build.mkdir(parents=True)
    study = SimpleNamespace(folder=folder, coding_folder=coding, build_folder=build, name="bridge")
    return study, coding / entman.SHEET


def test_a_sheet_nobody_has_filled_in_is_written_anew(flood, sheet_of):
    study, path = sheet_of
    candidates = candidates_of(flood)
    entman.save_sheet(study, candidates.head(1))
    entman.save_sheet(study, candidates)
    assert len(read_csv(path)) == len(candidates)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_filled_in_where_it_lies_is_kept(flood, sheet_of, separator):
    study, path = sheet_of
    candidates = candidates_of(flood)
    entman.save_sheet(study, candidates)
    table = read_csv(path)
    table.loc[2, "statement"] = "The rain, they say."
    table.to_csv(path, index=False, sep=separator)
    before = path.read_bytes()
    assert entman.save_sheet(study, candidates) == path
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"my own notes", b"\x89PNG\r\n\x00"])
def test_a_file_that_is_no_sheet_is_kept(flood, sheet_of, content):
    study, path = sheet_of
    path.write_bytes(content)
    entman.save_sheet(study, candidates_of(flood))
    assert path.read_bytes() == content


def read_csv(path):
    return pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False)


def test_guards_against_formulas_are_taken_away_again(corpus, tmp_path):
    sheet = entman.sheet(candidates_of(corpus)).head(3)
    statements = ["=1+1 is what it says", "- that; + this", "'Safe' is the firm's word"]
    sheet = sheet.assign(statement=statements, remark=["@home", "'", "-5"])
    write_csv(tmp_path / "filled.csv", sheet)
    text = (tmp_path / "filled.csv").read_bytes().decode()
    study = filled_study(corpus.study, tmp_path, text)
    filled = entman.read_filled(study, corpus.sentences, FUNCTIONS)
    assert filled["statement"].tolist() == statements
    assert filled["remark"].tolist() == ["@home", "'", "-5"]


def test_an_apostrophe_that_somebody_typed_stays(corpus, tmp_path):
    text = HEADING + "tass,cause,'Safe' is the firm's word,tass:s01,12\n"
    filled = entman.read_filled(
        filled_study(corpus.study, tmp_path, text), corpus.sentences, FUNCTIONS
    )
    assert filled.loc[0, ["statement", "remark"]].tolist() == ["'Safe' is the firm's word", "12"]


def filled_study(study, tmp_path, text):
    """The default study with this filled table and no other codes."""
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "functions.csv").write_text(text, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    for name in ("study.yml", "pages/tass.txt", "pages/rferl.txt"):
        (tmp_path / name).write_bytes((study.folder / name).read_bytes())
    return read_study(tmp_path)


def test_a_sheet_with_statements_is_read_back(corpus, tmp_path):
    sheet = entman.sheet(candidates_of(corpus))
    sheet.loc[sheet.index[-1], "statement"] = "What, in “my” words;\nover two lines."
    sheet.loc[0, "statement"] = "  "
    study = filled_study(corpus.study, tmp_path, sheet.to_csv(index=False))
    filled = entman.read_filled(study, corpus.sentences, FUNCTIONS)
    assert filled["statement"].tolist() == ["What, in “my” words;\nover two lines."]
    assert filled["text"].tolist() == sheet["sentence"].tolist()[-1:]


HEADING = "outlet,function,statement,sentence_id,remark\n"


def tables_of(corpus, *statements):
    """The theme's tables as far as Entman's functions need them."""
    columns = [*entman.COLUMNS, "text"]
    filled = pd.DataFrame([(*row, "", "") for row in statements], columns=columns)
    return SimpleNamespace(functions=FUNCTIONS, candidates=candidates_of(corpus), statements=filled)


def test_a_statement_may_rest_on_the_whole_article(corpus, tmp_path):
    text = HEADING + "tass,problem,All of it.,,\n"
    study = filled_study(corpus.study, tmp_path, text)
    tables = tables_of(corpus)
    tables.statements = entman.read_filled(study, corpus.sentences, FUNCTIONS)
    (row,) = entman.side_by_side(tables, corpus.outlets).to_dict("records")
    assert (row["text"], row["sentence_id"], row["head"]) == ("All of it.", "", "Problem")


def test_without_a_filled_table_candidates_stand_there_once_each(flood):
    outlets = {"a": "Alpha", "b": "Beta"}
    rows = entman.side_by_side(tables_of(flood), outlets)
    assert rows["head"].tolist() == ["Problem", "Problem", "Cause", "Moral judgement"]
    assert rows["sentence_id"].is_unique
    assert rows["note"].str.startswith("cue words: ").all()
    caption = words.evidence_caption(tables_of(flood))
    assert caption.startswith("Candidates only") and "Nobody" in caption
    assert entman.SHEET in words.where_to_fill_in(tables_of(flood))


def test_the_table_stays_short_with_many_outlets():
    texts = {f"o{number}": ["It is a danger.", "A risk too."] for number in range(9)}
    many = Tables(texts)
    rows = entman.side_by_side(tables_of(many), {outlet: outlet for outlet in texts})
    assert len(rows) == entman.MOST_CANDIDATES and rows["outlet"].is_unique
    filled = tables_of(many, *[(outlet, "problem", "Danger", f"{outlet}:s01") for outlet in texts])
    rows = entman.side_by_side(filled, {outlet: outlet for outlet in texts})
    assert rows["outlet"].tolist() == list(texts)[: entman.MOST_STATEMENTS]


def test_the_cues_are_worth_what_a_hand_count_says(flood):
    chosen = ("a", "problem", "x", "a:s01"), ("a", "remedy", "y", "a:s02")
    worth = entman.cues_beside_statements(tables_of(flood, *chosen), flood.sentences)
    # Four sentences without the standfirst, five proposals, two choices, one of them proposed.
    assert worth["n"] == 16
    assert worth["f1"] == pytest.approx(2 * 1 / (5 + 2))
    assert worth["f1_every"] == pytest.approx(2 * 2 / (16 + 2))


def test_statements_on_whole_articles_are_no_test_of_the_cues(flood):
    whole = tables_of(flood, ("a", "problem", "x", ""))
    assert not entman.cues_beside_statements(whole, flood.sentences)["f1"] > 0


def test_the_filled_table_of_the_default_study_names_sentences_of_its_outlets(corpus):
    tables = theme_tables(frames, corpus)
    filled = tables.statements
    assert set(filled["function"]) == set(ROLES)
    of = corpus.sentences.set_index("sentence_id")["outlet"]
    assert (filled["sentence_id"].map(of) == filled["outlet"]).all()
    rows = entman.side_by_side(tables, corpus.outlets)
    assert rows["head"].unique().tolist() == list(ROLES.values())
    assert set(rows["text"]) <= set(filled["statement"])
    assert rows.groupby(["head", "outlet"]).size().max() <= entman.MOST_OF_A_FUNCTION
    worth = entman.cues_beside_statements(tables, corpus.sentences)
    assert worth["f1"] > worth["f1_every"]
