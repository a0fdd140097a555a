"""Hand codes belong to their study, and every fault in them names file, line, column and mend."""

import csv
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis_utils.study import StudyError, read_study
from analysis_utils.study.code_checks import Known, code_faults, lost_lines, slid_codes
from analysis_utils.study.codes import CELLS, CODE_COLUMNS, KEYS, TEXT_COLUMNS, read_codes

GOOD = {
    "lines": "article_id,line_no,code,kept\n2018,1,headline,True\n2018,2,metadata,False\n",
    "sentences": "sentence_id,line_no,n_words,text\n2018:headline,1,2,The end\n",
    "mentions": "sentence_id,start,end,text,actor,kind\n2018:s01,0,3,Ada,ada,name\n"
    "2018:s01,4,9,bread,,trap\n",
    "sentiment": "sentence_id,actor,polarity,voice\n2018:s01,ada,-1,reporter\n"
    '2018:s02,ada,0,"none,\nnobody"\n2018:s03,ada,1,reporter\n',
    "quotes": "quote_id,sentence_id,type,speaker,cue,start,end,text\n"
    "q01,2018:s01,direct,a neighbour,say,0,3,Yes\n",
    "triples": "sentence_id,agent,verb,object,patient,construction\n"
    "2018:s01,ada,bake,bread,,active\n2018:s02,,praise,Ada,ada,passive\n",
    "labels": "sentence_id,actor,of,label,relation\n2018:s01,ada,actor,the baker,apposition\n",
    "facts": "fact_id,fact,status,sentence_ids\nf01,Ada bakes,shared,2018:s01 other:s02\n"
    "f02,it rains,not_in_article,\n",
    "alignment": "sentence_id,other_id,strength\n2018:s01,other:s02,strong\n2018:s02,,none\n",
    "functions": "outlet,function,statement,sentence_id\npost,cause,Ada bakes,2018:s01\n"
    "post,remedy,let her bake,\n",
    "frames": "coder,sentence_id,frame,present\na,2018:s01,conflict,0\nb,2018:s01,conflict,1\n",
}


@pytest.fixture
def folder(tmp_path):
    """A folder with codes of one article without faults."""
    (tmp_path / "codes").mkdir()
    for name, text in GOOD.items():
        (tmp_path / "codes" / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


KNOWN = Known(
    ["2018", "other"],
    ["post", "mail"],
    ["ada", "bea"],
    ["conflict", "economy"],
    ["cause", "remedy"],
)


def faults_of(folder):
    return list(code_faults(folder, KNOWN))


def test_codes_without_faults(folder):
    assert faults_of(folder) == []


def test_a_study_needs_no_codes(tmp_path):
    assert faults_of(tmp_path) == []
    assert read_codes(tmp_path, "lines") is None


def test_ids_that_look_like_numbers_stay_texts_and_numbers_are_numbers(folder):
    lines, sentiment = read_codes(folder, "lines"), read_codes(folder, "sentiment")
    assert lines["article_id"].tolist() == ["2018", "2018"]
    assert lines["kept"].tolist() == [True, False]
    assert sentiment["polarity"].tolist() == [-1, 0, 1]
    assert read_codes(folder, "mentions")["actor"].tolist() == ["ada", ""]


def test_every_cell_that_is_checked_is_in_a_column_that_is_needed():
    assert set(CELLS) <= {column for columns in CODE_COLUMNS.values() for column in columns}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("mentions", ",name", ",Name"),
        ("quotes", ",direct,", ",Direct,"),
        ("facts", ",shared,", ",both,"),
        ("labels", ",the baker,", ",–,"),
    ],
)
def test_a_mistyped_kind_is_told(folder, name, right, wrong):
    path = folder / "codes" / f"{name}.csv"
    path.write_text(GOOD[name].replace(right, wrong), encoding="utf-8")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line) == (str(path), 2) and fault.mend.startswith("Write")


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name in CODE_COLUMNS for column in CODE_COLUMNS[name]]
)
def test_a_missing_column_is_told(folder, name, column):
    path = folder / "codes" / f"{name}.csv"
    text = re.sub(rf"\b{column}\b", f"{column}x", GOOD[name], count=1)
    path.write_text(text, encoding="utf-8")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line, fault.key) == (str(path), 1, column)
    assert "missing" in fault.problem
    assert f"Did you mean {column}x?" in fault.mend


#: File, what stands in it, what stands there instead, and the fault: line, column, words of
#: the problem and words of the mend.
FAULTS = {
    "another article": (
        "lines", "2018,2", "1984,2", 3, "article_id", "'1984' is of no article", "Delete the",
    ),
    "another article's sentence": (
        "sentences", "2018:", "1984:", 2, "sentence_id", "'1984:headline' is of no", "correct the",
    ),
    "unknown actor": (
        "mentions", "ada", "adda", 2, "actor", "'adda' is no actor", "in study.yml: ada, bea",
    ),
    "judgement of nobody": (
        "sentiment", "ada,0", ",0", 3, "actor", "'' is no actor", "in study.yml: ada, bea",
    ),
    "polarity beyond the scale": (
        "sentiment", "ada,-1", "ada,2", 2, "polarity", "'2' is not", "-1 for unfavourable",
    ),
    "polarity after a cell of two lines": (
        "sentiment", "ada,1", "ada,good", 5, "polarity", "'good' is not", "-1 for unfavourable",
    ),
    "polarity left out": (
        "sentiment", "ada,0", "ada,", 3, "polarity", "'' is not", "-1 for unfavourable",
    ),
    "offset in words": ("quotes", ",0,3", ",zero,3", 2, "start", "'zero'", "whole number"),
    "number of words": ("sentences", "1,2,", "1,2.5,", 2, "n_words", "'2.5'", "whole number"),
    "offset of many digits": (
        "mentions", ",0,3,", f",0,{'9' * 5000},", 2, "end", "'999", "whole number",
    ),
    "offset in other digits": ("mentions", ",0,3,", ",0,٣,", 2, "end", "'٣'", "whole number"),
    "offset below nothing": ("mentions", ",0,3,", ",-1,3,", 2, "start", "'-1'", "whole number"),
    "offset that is no number": ("quotes", ",0,3,", ",0,nan,", 2, "end", "'nan'", "whole number"),
    "offset without end": ("quotes", ",0,3,", ",0,inf,", 2, "end", "'inf'", "whole number"),
    "offset left out": ("quotes", ",0,3,", ",,3,", 2, "start", "''", "whole number"),
    "offset with a fraction": ("quotes", ",0,3,", ",0.0,3,", 2, "start", "'0.0'", "whole number"),
    "offset with a sign": ("quotes", ",0,3,", ",+0,3,", 2, "start", "'+0'", "whole number"),
    "line of many digits": ("lines", "2018,2", f"2018,{'2' * 30}", 3, "line_no", "'2", "whole"),
    "unknown outlet": (
        "functions", "post,cause", "psot,cause", 2, "outlet", "'psot' is no outlet",
        "Did you mean post? Write the id of an outlet in study.yml: post, mail.",
    ),
    "unknown function": (
        "functions", "post,cause", "post,causes", 2, "function", "'causes' is no function",
        "Did you mean cause? Write the id of a function in analysis_utils/words/generic_frames.yml",
    ),
    "unknown frame": (
        "frames", "b,2018:s01,conflict", "b,2018:s01,konflict", 3, "frame",
        "'konflict' is no frame", "Did you mean conflict? Write the id of a frame in study.yml or",
    ),
    "fact of an unknown outlet": (
        "facts", ",shared,", ",pots_only,", 2, "status", "'pots_only' is of no outlet",
        "Did you mean post? Write the id of an outlet before _only: post, mail.",
    ),
    "a pair of one": (
        "alignment", "other:s02,strong", ",strong", 2, "strength", "'strong' is not what belongs",
        "leave it empty beside none",
    ),
    "a sentence alone with another": (
        "alignment", "other:s02,strong", "other:s02,none", 2, "strength", "'none' is not what",
        "leave it empty beside none",
    ),
    "the nearest actor": (
        "labels", ",ada,", ",adda,", 2, "actor", "'adda' is no actor", "Did you mean ada? Write",
    ),
    "the nearest article": (
        "lines", "2018,2", "2081,2", 3, "article_id", "'2081' is of no", "Did you mean 2018? ",
    ),
    "kept as another word": ("lines", "False", "no", 3, "kept", "'no'", "True or False"),
    "semicolons": ("lines", ",", ";", 1, "", "not separated by commas", "with commas"),
    "a comma too many": ("quotes", "Yes", "Yes, no", 2, "", "9 cells", "in quotation marks"),
    "a cell too few": ("lines", ",False", "", 3, "", "3 cells stand under 4", "quotation marks"),
    "another article's sentence among several": (
        "facts", "other:s02", "1984:s02", 2, "sentence_ids", "'1984:s02' is of", "correct the",
    ),
    "agent of another study": (
        "triples", "ada,bake", "eve,bake", 2, "agent", "'eve' is no actor", "study.yml: ada, bea",
    ),
    "frame half present": ("frames", "conflict,1", "conflict,?", 3, "present", "'?'", "1 where"),
    "an open quotation mark": (
        "sentences", "The end", '"The end', 2, "", "never closed", "Close each text",
    ),
    "a column twice": ("lines", ",code,", ",kept,", 1, "kept", "two columns", "Keep one"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_every_fault_names_file_line_column_and_mend(folder, case):
    name, old, new, line, column, problem, mend = FAULTS[case]
    path = folder / "codes" / f"{name}.csv"
    assert old in GOOD[name]
    count = -1 if case == "semicolons" else 1
    path.write_text(GOOD[name].replace(old, new, count), encoding="utf-8")
    fault = faults_of(folder)[0]
    assert (fault.file, fault.line, fault.key) == (str(path), line, column)
    assert problem in fault.problem
    assert mend in fault.mend


def test_keys_are_columns_that_are_needed():
    for name, columns in KEYS.items():
        assert set(columns) <= set(CODE_COLUMNS[name])


@pytest.mark.parametrize("name", CODE_COLUMNS)
def test_a_row_that_stands_twice_is_told_with_both_lines(folder, name):
    path = folder / "codes" / f"{name}.csv"
    row = GOOD[name].splitlines()[1]
    path.write_text(GOOD[name] + f"{row}\n" * 2, encoding="utf-8")
    (fault,) = faults_of(folder)
    again = GOOD[name].count("\n") + 1
    assert (fault.file, fault.line) == (str(path), again)
    assert fault.key == ", ".join(KEYS.get(name, ()))
    assert fault.problem.endswith("stands here twice, after line 2.")
    assert "Delete one" in fault.mend


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("frames", "b,2018:s01,conflict,1", "a,2018:s01,conflict,1", "'a', '2018:s01', 'conflict'"),
        ("sentiment", "2018:s02,ada,0", "2018:s01,ada,0", "'2018:s01', 'ada'"),
        ("lines", "2018,2,metadata", "2018,1,metadata", "'2018', '1'"),
    ],
)
def test_rows_that_contradict_each_other_are_told(folder, name, old, new, told):
    path = folder / "codes" / f"{name}.csv"
    assert old in GOOD[name]
    path.write_text(GOOD[name].replace(old, new), encoding="utf-8")
    (fault,) = faults_of(folder)
    assert (fault.line, fault.problem) == (3, f"{told} stands here twice, after line 2.")


def test_two_acts_or_labels_of_a_sentence_are_no_repetition(folder):
    for name, row in {
        "triples": "2018:s01,ada,eat,bread,,active",
        "labels": "2018:s01,ada,actor,the friend,apposition",
    }.items():
        path = folder / "codes" / f"{name}.csv"
        path.write_text(f"{GOOD[name]}{row}\n", encoding="utf-8")
    assert faults_of(folder) == []


@pytest.mark.parametrize("text", ["", GOOD["lines"].splitlines()[0]])
def test_a_file_without_codes_is_a_fault(folder, text):
    (folder / "codes" / "lines.csv").write_text(text)
    (fault,) = faults_of(folder)
    assert fault.line == 1


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("text", ["", "\ufeff", " \n", "a,b\nc,d\n"])
def test_a_file_without_any_of_its_columns_is_one_fault_that_lists_them(folder, name, text):
    (folder / "codes" / f"{name}.csv").write_text(text, encoding="utf-8")
    (fault,) = faults_of(folder)
    assert fault.line == 1 and ", ".join(CODE_COLUMNS[name]) in fault.mend


@pytest.mark.parametrize("separator", ";|\t")
def test_columns_that_no_commas_separate_are_one_fault(folder, separator):
    (folder / "codes" / "lines.csv").write_text(GOOD["lines"].replace(",", separator))
    (fault,) = faults_of(folder)
    assert "not separated by commas" in fault.problem


def test_a_first_line_that_tells_the_separator_is_no_code(folder):
    before = read_codes(folder, "lines")
    (folder / "codes" / "lines.csv").write_text(f"sep=,\n{GOOD['lines']}", encoding="utf-8")
    assert faults_of(folder) == []
    pd.testing.assert_frame_equal(read_codes(folder, "lines"), before)


def test_another_encoding_is_told(folder):
    (folder / "codes" / "lines.csv").write_bytes(GOOD["lines"].encode("utf-16"))
    (fault,) = faults_of(folder)
    assert "lines.csv" in fault.file and "UTF-8" in fault.mend


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder):
    text = b"\xef\xbb\xbf" + GOOD["lines"].replace("\n", "\r\n").encode()
    (folder / "codes" / "lines.csv").write_bytes(text)
    assert faults_of(folder) == []
    assert read_codes(folder, "lines").columns[0] == "article_id"


def test_many_strange_ids_are_one_fault_with_the_first_few(folder):
    rows = "".join(f"a{number % 5},{number},body,True\n" for number in range(10))
    (folder / "codes" / "lines.csv").write_text("article_id,line_no,code,kept\n" + rows)
    (fault,) = faults_of(folder)
    assert fault.problem == (
        "'a0', 'a1' (line 3), 'a2' (line 4) and 2 more are of no article of the study."
    )


def test_codes_left_over_from_another_study_stop_it_with_all_other_faults(study, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(study.folder, copy)
    text = (copy / "study.yml").read_text(encoding="utf-8")
    text = text.replace("id: tass\n    outlet", "id: agency\n    outlet")
    (copy / "study.yml").write_text(text.replace("name: RFE/RL", "name: tass"), encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(copy)
    first, *others = caught.value.faults
    assert (first.file, first.key) == (str(copy / "study.yml"), "outlets > no. 2 > name")
    assert [fault.file for fault in others] == [
        str(copy / "codes" / f"{name}.csv")
        for name in sorted(CODE_COLUMNS)
        if (study.folder / "codes" / f"{name}.csv").is_file()
    ]
    assert all("Delete the folder codes if it belongs to another" in each.mend for each in others)


def test_what_cannot_be_told_is_not_checked(folder):
    (folder / "codes" / "frames.csv").write_text(GOOD["frames"].replace("conflict", "unknown"))
    (folder / "codes" / "functions.csv").write_text(GOOD["functions"].replace("cause", "unknown"))
    assert len(faults_of(folder)) == 2
    assert list(code_faults(folder, replace(KNOWN, frames=None, functions=None))) == []


def test_several_strange_ids_are_told_with_their_lines_and_what_was_meant(folder):
    (folder / "codes" / "labels.csv").write_text(
        "sentence_id,actor,of,label,relation\n2018:s01,ada,actor,a,b\n2018:s01,adda,actor,a,b\n"
        "2018:s01,xyzzy,actor,a,b\n2018:s01,beaa,actor,a,b\n"
    )
    (fault,) = faults_of(folder)
    assert fault.line == 3
    assert fault.problem == ("'adda', 'xyzzy' (line 4), 'beaa' (line 5) are no actor of the study.")
    assert fault.mend.startswith("'adda': Did you mean ada? 'beaa': Did you mean bea? Write")


TEXTS = {"2018:s01": "Ada bakes bread.", "2018:s02": "Yes.", "other:s02": "No."}


def test_all_sentences_that_there_are_not_are_told_with_the_nearest(tmp_path):
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "alignment.csv").write_text(
        "sentence_id,other_id,strength\n2018:s1,other:s2,strong\n2018:s02,other:s02,strong\n"
    )
    (tmp_path / "codes" / "mentions.csv").write_text(
        "sentence_id,start,end,text,actor,kind\n2018:s01,4,7,Ada,ada,name\n2018:s9,0,3,Ada,ada,name\n"
        "2018:s02,0,2,Ada,ada,name\n2018:s01,2,2,,ada,name\n"
    )
    faults = list(slid_codes(tmp_path, TEXTS))
    assert [(Path(each.file).stem, each.line, each.key) for each in faults] == [
        *(("mentions", 3, "sentence_id"), ("mentions", 2, "text")),
        *(("alignment", 2, "sentence_id"), ("alignment", 2, "other_id")),
    ]
    assert faults[2].mend.startswith("Did you mean 2018:s01?")
    assert faults[1].problem.endswith("So it is in lines 4, 5.")


def test_codes_of_lines_that_the_page_does_not_have_are_told(folder):
    assert list(lost_lines(folder, {("2018", 1), ("2018", 2)})) == []
    (fault,) = lost_lines(folder, {("2018", 1), ("other", 2)})
    assert (fault.line, fault.key) == (3, "line_no")
    assert "'2018, 2' is no line" in fault.problem


CELL = st.text(max_size=6) | st.sampled_from(
    ["", "ada", "2018:s01", "2018", "-1", "1e9", "9" * 5000, "NaN", "٣", '"', "\n", "\0", "post"]
)


@pytest.mark.parametrize("name", CODE_COLUMNS)
@given(data=st.data())
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_codes_with_anything_in_a_cell_are_read_or_told(folder, name, data):
    heading, *rows = csv.reader(GOOD[name].splitlines(keepends=True))
    for _ in range(data.draw(st.integers(1, 3))):
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELL)
    with (folder / "codes" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    faults = faults_of(folder)
    assert all(fault.problem and fault.mend and len(str(fault)) < 2000 for fault in faults)
    if not faults:
        table = read_codes(folder, name)
        assert len(table) == len(rows)
        numbers = set(CELLS) & set(table.columns) - set(TEXT_COLUMNS)
        assert not [column for column in numbers if table[column].dtype == object]
        list(slid_codes(folder, TEXTS))


@pytest.mark.parametrize("name", CODE_COLUMNS)
@given(data=st.data())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_codes_with_any_bytes_are_read_or_told(folder, name, data):
    whole = GOOD[name].encode()
    place = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(place, len(whole)))
    damaged = whole[:place] + data.draw(st.binary(max_size=20)) + whole[end:]
    (folder / "codes" / f"{name}.csv").write_bytes(damaged)
    faults = faults_of(folder)
    assert all(fault.problem and fault.mend for fault in faults)
    if not faults:
        assert len(read_codes(folder, name))
        list(slid_codes(folder, TEXTS))
