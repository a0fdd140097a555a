"""Entman's four functions: candidates with their cues, the sheet, the filled table read back."""

import csv
from types import SimpleNamespace

import pandas as pd
import pytest
from term_tables import text_tables

from analysis_utils.output.spreadsheets import write_csv
from analysis_utils.study import read_study
from analysis_utils.study.file import StudyError
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
    cues = find_hits(
        corpus.sentences, corpus.tokens, read_frame_file().functions, corpus.mentions
    ).assign(voice="own")
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
    for row in candidates.itertuples():
        for start, end in row.spans:
            assert row.text[start:end] in row.cues


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
    assert "not written anew" not in words.where_to_fill_in(study, candidates.head(0))


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
    told = words.where_to_fill_in(study, candidates.head(0))
    assert "The sheet in the study's folder coding was not written anew" in told
    assert f"save that one as {entman.FILLED}" in told
    # Where an earlier version had put it.
    path.replace(study.build_folder / path.name)
    told = words.where_to_fill_in(study, candidates.head(0))
    assert (
        "The sheet in the build folder (bridge), where an earlier version put it, was not" in told
    )


def test_the_sheet_lies_where_no_command_takes_it_away(flood, sheet_of):
    study, path = sheet_of
    nothing = candidates_of(flood).head(0)
    assert "functions.csv in the study's folder coding." in words.where_to_fill_in(study, nothing)
    study.coding_folder = path.parent.parent.parent / "coding" / "bridge"
    told = words.where_to_fill_in(study, nothing)
    assert "functions.csv in coding/bridge in the workspace." in told


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEADING + "tas,cause,So it is.,tass:s01,\n", "Did you mean tass?"),
        (HEADING + "tass,remedies,So it is.,tass:s01,\n", "Did you mean remedy?"),
        (HEADING + "tass,cause,So it is.,tass:s99,\n", "'tass:s99' is none"),
        ("outlet,function,sentence_id\ntass,cause,tass:s01\n", "the column is missing"),
    ],
)
def test_a_fault_of_the_filled_table_is_told(corpus, tmp_path, text, told):
    with pytest.raises(StudyError) as error:
        study = filled_study(corpus.study, tmp_path, text)
        entman.read_filled(study, corpus.sentences, FUNCTIONS)
    assert told in str(error.value) and "functions.csv" in str(error.value)


def test_a_statement_may_rest_on_the_whole_article(corpus, tmp_path):
    text = HEADING + "tass,problem,All of it.,,\n"
    study = filled_study(corpus.study, tmp_path, text)
    filled = entman.read_filled(study, corpus.sentences, FUNCTIONS)
    table = entman.by_outlet(filled, {"tass": "TASS", "rferl": "RFE/RL"}, ROLES)
    assert table.iloc[0].tolist() == ["Problem", "All of it.", "–"]
    assert table["function"].tolist() == list(ROLES.values())


def test_without_a_filled_table_there_is_nothing_to_lay_out(corpus, flood):
    nothing = pd.DataFrame(columns=[*entman.COLUMNS, "text"])
    candidates = candidates_of(flood)
    assert entman.by_outlet(nothing, {"a": "A"}, ROLES).empty
    assert entman.beside_candidates(nothing, candidates).empty
    worth = entman.evaluate(nothing, candidates, flood.sentences, FUNCTIONS)
    assert worth.empty and "not tested" in words.cues_finding(worth)


def test_the_cues_are_worth_what_a_hand_count_says(flood):
    candidates = candidates_of(flood)
    filled = pd.DataFrame(
        [("a", "problem", "x", "a:s01", ""), ("a", "remedy", "y", "a:s02", "")],
        columns=list(entman.COLUMNS),
    )
    worth = entman.evaluate(filled, candidates, flood.sentences, FUNCTIONS)
    worth = worth.set_index("function")
    # Four sentences without the standfirst, five proposals, two choices, one of them proposed.
    every = worth.loc["all functions"]
    assert (every["n"], every["chosen"], every["proposed"], every["both"]) == (16, 2, 5, 1)
    assert (every["precision"], every["recall"]) == (0.2, 0.5)
    assert worth.loc["every sentence", "recall"] == 1
    assert worth.loc["every sentence", "precision"] == 2 / 16


def test_statements_on_whole_articles_are_no_test_of_the_cues(flood):
    candidates = candidates_of(flood)
    whole = pd.DataFrame([("a", "problem", "x", "", "")], columns=list(entman.COLUMNS))
    worth = entman.evaluate(whole, candidates, flood.sentences, FUNCTIONS)
    assert words.cues_finding(worth).startswith("The filled table names no sentence")


def test_the_filled_table_of_the_default_study_names_sentences_of_its_outlets(corpus):
    filled = entman.read_filled(corpus.study, corpus.sentences, FUNCTIONS)
    assert set(filled["function"]) == set(ROLES)
    assert set(filled["outlet"]) == set(corpus.outlets)
    of = corpus.sentences.set_index("sentence_id")["outlet"]
    assert (filled["sentence_id"].map(of) == filled["outlet"]).all()
    candidates = candidates_of(corpus)
    worth = entman.evaluate(filled, candidates, corpus.sentences, FUNCTIONS)
    cues, every = worth.iloc[-2], worth.iloc[-1]
    assert cues["recall"] >= 0.75 and cues["precision"] > every["precision"]
    beside = entman.beside_candidates(filled, candidates)
    assert len(beside) == len(filled) and (beside["cues"] != "").sum() >= cues["both"]
