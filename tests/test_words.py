"""Lists of words: fit to be read, the same for all studies but the one that changes them."""

import hashlib
import re
from types import SimpleNamespace

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.typing import Series

from analysis_utils import cli, words
from analysis_utils.annotation.attribution.words import (
    adjective_classes,
    noun_classes,
    verb_classes,
)
from analysis_utils.annotation.corpus import fingerprint, load_corpus
from analysis_utils.files.yaml_source import read_source
from analysis_utils.schemas import Table
from analysis_utils.study import StudyError, read_study
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.frames.codebook import read_frame_file, study_frames
from analysis_utils.themes.frames.hits import find_hits
from analysis_utils.themes.voices.reporting_verbs import read_verbs

FILES = sorted(words.PLACE.glob("*.yml"))

#: Lists whose order says something: headings of tables, the best first.
COLUMNS = {"outlet", "date", "headline", "text", "address", "byline", "section"}
IN_ORDER = {"months", "months_short", "weekdays", "weekdays_short", *COLUMNS}

STUDY = """\
event: {title: A speech, start: 2024-05-01}
outlets:
  - {id: north, name: North}
  - {id: south, name: South}
articles:
  - {id: n, outlet: north, page: n.txt}
  - {id: s, outlet: south, page: s.txt}
actors:
  - {id: murphy, name: Murphy, kind: person, pronouns: [he]}
"""
PAGE = "\n\n".join(
    (
        "Murphy speaks of the bridge",
        "2 May 2024",
        "The bridge over the river was closed on Tuesday, and the council had little to say.",
        "Taoiseach Murphy visited the town in the rain on that day. Murphy joked that he would swim"
        " to the other side of the river.",
        "A palaver followed at the town hall, where the people of the town asked for boats.",
    )
)


def lists_in(path):
    """The lists of a file by name, in the order of the file."""
    for name, value in read_source(path).data.items():
        if path.name == words.FRAME_FILE:
            yield from ((entry["id"], entry["terms"]) for entry in value)
        else:
            yield name, value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_without_fault_and_each_list_in_order(path):
    assert read_source(path).faults == []
    for name, value in lists_in(path):
        told = list(value)
        assert told and len({*told}) == len(told), name
        if name not in IN_ORDER and isinstance(value, list) and path.name != words.FRAME_FILE:
            assert told == sorted(told, key=str.casefold), name


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name != words.FRAME_FILE], ids=lambda path: path.stem
)
def test_a_line_above_each_list_says_what_it_is_for(path):
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        assert block.startswith("#"), block[:60]


def test_a_list_is_an_attribute_and_an_unknown_one_is_told():
    assert "say" in words.speech.REPORTING and words.acts.ACT_NOUNS["decision"] == "decide"
    assert words.times.listed("months")[4] == "May"
    with pytest.raises(AttributeError, match=r"speech.yml has no group 'reportng'.*REPORTING"):
        words.speech.REPORTNG  # noqa: B018


def test_any_word_of_a_list_is_found_the_longest_first_and_none_in_an_empty_one(tmp_path):
    pattern = words.times.either("months", "months_short")
    assert re.match(pattern, "September")[0] == "September"
    change(tmp_path, "times.yml", "months: []")
    with words.used_by(tmp_path):
        assert not re.search(words.times.either("months"), "May or anything")


def test_the_classes_are_those_that_the_weights_were_learnt_with():
    told = str([sorted(each().items()) for each in (verb_classes, noun_classes, adjective_classes)])
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    assert digest == "4d76c90357bb21c5", "learn the weights of the attribution model again"


def change(folder, file, text):
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / file).write_text(text + "\n", encoding="utf-8")


@pytest.fixture
def folders(tmp_path):
    """Two studies of the same articles."""
    made = [tmp_path / "plain", tmp_path / "changed"]
    for folder in made:
        folder.mkdir()
        (folder / "study.yml").write_text(STUDY, "utf-8")
        (folder / "n.txt").write_text(PAGE, "utf-8")
        (folder / "s.txt").write_text(PAGE.replace("river", "water"), "utf-8")
    return made


def test_a_study_changes_lists_for_itself_alone(folders):
    plain, changed = folders
    before = read_study(changed)
    old = fingerprint(before)
    change(changed, "titles.yml", "offices: {add: [Taoiseach]}")
    change(changed, "speech.yml", "reporting: {add: [joke]}")
    change(changed, "generic_frames.yml", "conflict: {add: [palaver], remove: [winner]}")
    change(changed, "reporting_verbs.csv", "verb,stance\nsay,hostile")
    assert fingerprint(before) != old
    found = {}
    for folder in (plain, changed, plain):  # and back again, in one process
        study = read_study(folder)
        corpus = load_corpus(study)
        frames = study_frames(study)
        hits = find_hits(corpus.sentences, corpus.tokens, frames, corpus.mentions)
        found[folder.name] = {
            "mentions": corpus.mentions["text"].tolist(),
            "hits": hits.loc[hits["frame"] == "conflict", "text"].tolist(),
            "says": dict(read_verbs(study)[["verb", "stance"]].itertuples(index=False))["say"],
        }
    named = ["Murphy", "Murphy", "he"]  # headline, one sentence
    assert found["plain"]["mentions"] == named * 2
    assert found["changed"]["mentions"] == ["Murphy", *named] * 2  # the "Taoiseach" too
    assert found["plain"]["hits"] == [] and found["changed"]["hits"] == ["palaver"] * 2
    assert found["plain"]["says"] == "neutral" and found["changed"]["says"] == "hostile"
    assert "winner" not in next(f for f in frames_of(changed) if f.id == "conflict").terms
    assert "winner" in read_frame_file().frames[0].terms


def frames_of(folder):
    return study_frames(read_study(folder))


class Title(Table):
    """One row a title of courtesy."""

    title: Series[str] = pa.Field(description="as it is written")


def test_tables_of_a_theme_go_by_the_words_of_their_study(folders):
    def make(corpus):
        return {"titles": pd.DataFrame({"title": sorted(words.titles.COURTESY)}, dtype="str")}

    rooms = SimpleNamespace(SCHEMAS={"titles": Title}, make=make)
    theme = SimpleNamespace(__name__="themes.titles", tables=rooms)
    found = []
    for text in ("courtesy: [Mr]", "courtesy: [Mr, Ms]", "courtesy: [Mr]"):
        change(folders[1], "titles.yml", text)
        corpus = load_corpus(read_study(folders[1]))
        found.append(theme_tables(theme, corpus).titles["title"].tolist())
    assert found == [["Mr"], ["Mr", "Ms"], ["Mr"]]


def test_words_are_meant_for_as_long_as_a_study_is_at_work(tmp_path):
    change(tmp_path, "titles.yml", "courtesy: [Mr]")
    made = []

    @words.derived
    def courtesy():
        made.append(1)
        return sorted(words.titles.COURTESY)

    ours = courtesy()
    with words.used_by(tmp_path):
        assert courtesy() == ["Mr"] == courtesy()
        with words.used_by(tmp_path / "elsewhere"):
            assert courtesy() == ours
        change(tmp_path, "titles.yml", "courtesy: [Ms]")
        with words.used_by(tmp_path):  # as the file now is
            assert courtesy() == ["Ms"]
        assert courtesy() == ["Mr"]
    assert courtesy() == ours and len(made) == 3
    with pytest.raises(RuntimeError), words.used_by(tmp_path):
        raise RuntimeError
    assert courtesy() == ours


def test_words_with_something_behind_them_are_changed_too(tmp_path):
    change(tmp_path, "acts.yml", "act_nouns: {add: {palaver: talk}, remove: [walkout]}")
    change(tmp_path, "pronouns.yml", "families: {it: [it, its, itself]}")
    with words.used_by(tmp_path):
        nouns = words.acts.ACT_NOUNS
        assert nouns["palaver"] == "talk" and "walkout" not in nouns and nouns["ban"] == "ban"
        assert words.pronouns.FAMILIES == {"it": ("it", "its", "itself")}


@pytest.mark.parametrize(
    ("file", "text", "line", "key", "told"),
    [
        ("speach.yml", "reporting: [say]", None, "", "Did you mean speech.yml?"),
        ("speech.txt", "reporting: [say]", None, "", "The files are acts.yml,"),
        ("actors.yml", "never: [god]", None, "", "before there is a study"),
        ("speech.yml", "# no list\nreportng: [say]", 2, "reportng", "Did you mean reporting?"),
        ("speech.yml", "reporting: say", 1, "reporting", "Write `reporting: [..]`"),
        ("speech.yml", "reporting:", 1, "reporting", "there are no words here"),
        ("speech.yml", "saying: {ad: [joke], remove: [say]}", 1, "saying > ad", "mean add?"),
        ("speech.yml", "reporting:\n  ad: [joke]", 1, "reporting", "a list belongs here"),
        ("speech.yml", "saying:\n  remove: [sya]", 2, "saying > remove > no. 1", "mean say?"),
        ("speech.yml", "reporting: {remove: say}", 1, "reporting > remove", "a list belongs here"),
        ("speech.yml", "reporting: [say, [tell]]", 1, "reporting > no. 2", "a word belongs here"),
        ("speech.yml", "reporting: [say, '']", 1, "reporting > no. 2", "this is empty"),
        ("speech.yml", "reporting: [Say]", 1, "reporting > no. 1", "Write say."),
        ("speech.yml", "reporting: [point out]", 1, "reporting > no. 1", "several words"),
        ("titles.yml", "offices: [taoiseach]", 1, "offices > no. 1", "Write Taoiseach."),
        ("acts.yml", "act_nouns: [palaver]", 1, "act_nouns", "each with what belongs to it"),
        ("acts.yml", "act_nouns: {add: {yell: [cry]}}", 1, "act_nouns > add > yell", "one word."),
        ("pronouns.yml", "families: {it: its}", 1, "families > it", "Write [..]."),
        ("speech.yml", "reporting: [say\n", 1, "column 12", "no valid YAML"),
        ("speech.yml", "- say", 1, "", "Begin with the name of a list"),
        ("generic_frames.yml", "frames:\n  - {id: conflict}", 1, "frames", "The lists are"),
    ],
)  # fmt: skip
def test_faults_are_told_with_file_place_and_mend(folders, capsys, file, text, line, key, told):
    folder = folders[1]
    change(folder, file, text)
    with pytest.raises(StudyError) as error:
        read_study(folder)
    [fault] = error.value.faults
    assert (fault.file, fault.line, fault.key) == (str(folder / "words" / file), line, key)
    assert told in str(fault)
    assert cli.main(["check", str(folder)]) == cli.UNUSABLE
    assert told in capsys.readouterr().err
    with pytest.raises(StudyError), words.used_by(folder):
        pass


def test_a_file_in_another_encoding_or_none_at_all_is_told(folders):
    folder = folders[1]
    change(folder, "titles.yml", "")
    (folder / "words" / "titles.yml").write_bytes("offices: [Tánaiste]\n".encode("latin-1"))
    (folder / "words" / "speech.yml").mkdir()
    (folder / "words" / ".DS_Store").write_bytes(b"\0")
    with pytest.raises(StudyError) as error:
        read_study(folder)
    assert [fault.problem for fault in error.value.faults] == [
        "this is a folder and no file.",
        "the file is not in UTF-8.",
    ]


def test_a_term_that_cannot_be_looked_for_is_told_with_its_line(folders):
    change(folders[1], "generic_frames.yml", "conflict:\n  add: [a*]")
    with pytest.raises(StudyError, match=r"line 2, conflict > add > no. 1: 'a\*' would find"):
        frames_of(folders[1])
