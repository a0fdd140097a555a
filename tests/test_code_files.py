"""Every file in the folder ``codes`` is read, or told with the name that was meant."""

import os

import pytest

from analysis_utils.study.code_files import strange_files
from analysis_utils.study.codes import CODE_COLUMNS


@pytest.fixture
def codes(tmp_path):
    folder = tmp_path / "codes"
    folder.mkdir()
    return folder


def faults_of(codes):
    return list(strange_files(codes.parent))


def test_all_files_of_codes_and_the_folder_of_sheets_are_known(codes):
    for name in CODE_COLUMNS:
        (codes / f"{name}.csv").write_text("")
    (codes / "sheets").mkdir()
    (codes / "sheets" / "sentences-anna.csv").write_text("")
    assert faults_of(codes) == []


@pytest.mark.parametrize(
    "name",
    [
        *("frames-codebook.md", "README", "README.txt", "notes.docx", "frames.md", "LICENSE"),
        *(".DS_Store", ".gitignore", "Thumbs.db", "desktop.ini", "~$mentions.xlsx"),
        *("mentions.csv~", "mentions.csv.bak", "mentions.csv.orig", ".mentions.csv.swp"),
        *(".~lock.mentions.csv#", "#mentions.csv#"),
    ],
)
def test_documents_and_what_programs_leave_behind_are_passed_over(codes, name):
    (codes / name).write_text("")
    assert faults_of(codes) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("sentiments.csv", "sentiment.csv"), ("quote.csv", "quotes.csv")),
        *(("Mentions.csv", "mentions.csv"), ("mentions.CSV", "mentions.csv")),
        *(("mentions.xlsx", "mentions.csv"), ("mentions.tsv", "mentions.csv")),
        *(("mentions.txt", "mentions.csv"), ("mentions", "mentions.csv")),
        *(("mentions.csv.txt", "mentions.csv"), ("mentions (1).csv", "mentions.csv")),
        *(("mentions-old.csv", "mentions.csv"), ("aligment.csv", "alignment.csv")),
        ("zzz.csv", ""),
    ],
)
def test_a_file_that_is_not_read_is_told_with_the_nearest_name(codes, name, meant):
    (codes / name).write_text("")
    if os.listdir(codes) != [name]:
        pytest.skip("this system has another name for the file")
    (fault,) = faults_of(codes)
    assert fault.file == str(codes / name)
    assert "no codes are read from a file of this name" in fault.problem
    asked = f"Did you mean {meant}? " if meant else ""
    assert fault.mend.startswith(f"{asked}Rename it, or move it out of the folder codes.")


def test_a_folder_among_the_codes_is_told(codes):
    (codes / "sheet").mkdir()
    (codes / "old").mkdir()
    old, sheet = faults_of(codes)
    assert "a folder of this name" in old.problem and "Did you mean" not in old.mend
    assert sheet.mend.startswith("Did you mean sheets?")


def test_a_folder_with_the_name_of_codes_is_told(codes):
    (codes / "mentions.csv").mkdir()
    (fault,) = faults_of(codes)
    assert "a folder and no file" in fault.problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_links_that_lead_nowhere_and_pipes_are_told(codes):
    (codes / "mentions.csv").symlink_to("gone.csv")
    os.mkfifo(codes / "quotes.csv")
    link, pipe = faults_of(codes)
    assert "leads nowhere" in link.problem and "a pipe" in pipe.problem


def test_codes_that_are_no_folder_are_told(tmp_path):
    (tmp_path / "codes").write_text("")
    (fault,) = strange_files(tmp_path)
    assert "should be a folder" in fault.problem


def test_sheets_that_are_no_folder_are_told(codes):
    (codes / "sheets").write_text("")
    (fault,) = faults_of(codes)
    assert "should be a folder" in fault.problem


@pytest.mark.parametrize("name", ["Codes", "code", "codes "])
def test_a_folder_that_was_meant_to_be_codes_is_told(tmp_path, name):
    (tmp_path / name).mkdir()
    if (tmp_path / "codes").exists():
        pytest.skip("this system takes both names for one")
    assert list(strange_files(tmp_path)) == []
    (tmp_path / name / "mentions.csv").write_text("")
    (fault,) = strange_files(tmp_path)
    assert fault.file == str(tmp_path / name) and "Did you mean codes?" in fault.mend


def test_a_study_without_codes_has_no_faults_of_them(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mentions.csv").write_text("")
    assert list(strange_files(tmp_path)) == []
