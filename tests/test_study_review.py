"""What is wrong with a study or thin: each finding names where, what and the mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis_utils import cli
from analysis_utils.annotation.cleaning import PageError
from analysis_utils.own_study import review as review_module
from analysis_utils.own_study.review import review
from analysis_utils.study import read_study

SENTENCES = [
    "The council of Riverton said on Tuesday that it would pay for a new bridge over the river.",
    "“This is a great day,” said Anna Smith, the mayor, who has asked for it since the flood.",
    "A vote on the cost, which has grown twice since last year, is to follow in the autumn.",
    "Builders will begin in May, and the old bridge will be gone before the end of the summer.",
]
OTHERS = [
    "Riverton is to have its bridge at last, but nobody knows who is going to pay for all of it.",
    "Some said that the moon could be reached for less money than Riverton spends on its roads.",
    "Shops near the river fear for their trade while the street in front of them is dug up.",
    "The mayor of the town did not answer questions that reporters sent to her office on Monday.",
]
STUDY = """\
event:
  title: A bridge
  start: 2024-05-01
outlets:
  - {id: north, name: North}
  - {id: south, name: South}
articles:
  - {id: n1, outlet: north, page: n1.txt}
  - {id: n2, outlet: north, page: n2.txt}
  - {id: s1, outlet: south, page: s1.txt}
  - {id: s2, outlet: south, page: s2.txt}
actors:
  - {id: riverton, name: Riverton, kind: institution}
"""
S2 = "  - {id: s2, outlet: south, page: s2.txt}\n"
HEAD = "A bridge for the town at last\n\n2 May 2024\n\n"


def page(sentences, part):
    """An article of more than a hundred words, unlike that of another part."""
    own = [f"{text} So says {part} {number}." for number, text in enumerate(sentences)]
    return HEAD + "\n\n".join([*own, *(text.replace("the", part) for text in sentences)]) + "\n"


@pytest.fixture
def folder(tmp_path):
    """A study with nothing wrong or thin."""
    made = tmp_path / "bridge"
    made.mkdir()
    (made / "study.yml").write_text(STUDY, "utf-8")
    for name, sentences in (("n1", SENTENCES), ("s1", OTHERS)):
        (made / f"{name}.txt").write_text(page(sentences, "this"), "utf-8")
        changed = [text.replace("the", "that").replace("is", "was") for text in sentences]
        (made / f"{name[0]}2.txt").write_text(page(changed[::-1], "some"), "utf-8")
    return made


@pytest.fixture(autouse=True)
def own_build_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("FRAMING_STUDY", "")


def change(folder, file, old, new):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")


def findings(folder):
    return "\n".join(map(str, review(read_study(folder))))


def test_a_sound_study_has_no_findings(folder, capsys):
    assert findings(folder) == ""
    assert cli.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "Nothing is wrong or thin.\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("study.yml", S2, "", "outlet South: with one article"),
        ("n1.txt", HEAD, "", "article n1 (n1.txt): no headline was found"),
        ("n1.txt", "2 May 2024\n\n", "", "article n1 (n1.txt): no date was found"),
        ("s1.txt", "2 May 2024", "2 May 2022", "s1 (s1.txt): it is of 2022-05-02, far from"),
        ("study.yml", "e: Riverton", "e: Rivertown", "actor Rivertown: no article mentions it"),
        ("study.yml", "e: Riverton", "e: Anna Smith", "actor Anna Smith: only North mentions"),
        ("study.yml", "kind", "aliases: [the town], kind", "'the town': it has no capital"),
        ("study.yml", "kind", "aliases: [Moon], kind", "'Moon': the articles have the ordinary"),
        (
            "study.yml",
            "actors:\n",
            "actors:\n  - {id: smith, name: Smith, kind: person, aliases: [Riverton Smith]}\n",
            "actor Riverton, 'Riverton': it stands inside 'Riverton Smith', a name of Smith",
        ),
        ("study.yml", STUDY[STUDY.index("actors") :], "", "study.yml: there are no actors"),
    ],
)
def test_what_is_thin_is_told(file, old, new, told, folder):
    change(folder, file, old, new)
    assert told in findings(folder)


def test_articles_that_are_short_uneven_or_copies(folder):
    (folder / "s1.txt").write_bytes((folder / "n1.txt").read_bytes())
    (folder / "s2.txt").write_text(HEAD + OTHERS[0], "utf-8")
    found = findings(folder)
    assert "articles n1 and s1: they have the same text, though of two outlets." in found
    assert "article s2 (s2.txt): 20 words are kept of it" in found
    (folder / "s1.txt").write_bytes((folder / "s2.txt").read_bytes())
    found = findings(folder)
    assert "outlets North and South: they are of very uneven size" in found
    assert "articles s1 and s2: they have the same text. Leave one" in found


def test_every_page_that_cannot_be_read_is_told(folder, capsys):
    for name in ("n1", "s2"):
        (folder / f"{name}.txt").write_text("")
    with pytest.raises(PageError, match=r"n1\.txt: the page is empty[\s\S]*s2\.txt"):
        review(read_study(folder))
    assert cli.main(["check", str(folder)]) == 2
    assert "Save the whole page again" in capsys.readouterr().err


def test_a_fault_of_the_file_is_exit_code_2(folder, capsys):
    change(folder, "study.yml", "kind: institution", "kind: town")
    assert cli.main(["check", str(folder)]) == 2
    assert "line 13" in capsys.readouterr().err


def checked(folder, capsys):
    """Exit code and message of `framing check`."""
    code = cli.main(["check", str(folder)])
    return code, capsys.readouterr().err


def test_lists_that_only_a_notebook_reads_are_checked_too(folder, capsys):
    frame = "frames:\n  - {id: own, name: Own, description: Own, terms: ['a*']}\n"
    change(folder, "study.yml", "actors:\n", frame + "actors:\n")
    (folder / "reporting_verbs.csv").write_text("verb,stanze\nsay,neutral\n", "utf-8")
    code, message = checked(folder, capsys)
    assert code == cli.UNUSABLE
    assert "frames > no. 1 > terms > no. 1" in message and "reporting_verbs.csv" in message


def test_filled_sheets_are_checked_too(folder, capsys):
    sheets = folder / "codes" / "sheets"
    sheets.mkdir(parents=True)
    (sheets / "sentences-anna.csv").write_text("unit_id,speech\nn1:s99,1\n", "utf-8")
    code, message = checked(folder, capsys)
    assert code == cli.UNUSABLE and "sentences-anna.csv" in message


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("functions", "outlet,function,statement,sentence_id\nzork,problem,x,n1:s01\n", "'zork'"),
        ("functions", "outlet,function,statement,sentence_id\nnorth,x,x,n1:s01\n", "'x' is no"),
        ("functions", "outlet,function,statement,sentence_id\nnorth,cause,x,n1:s1\n", "'n1:s1'"),
        ("frames", "coder,sentence_id,frame,present\na,n1:s01,zork,1\n", "'zork' is no frame"),
        ("sentiments", "sentence_id,actor,polarity,voice\n", "Did you mean sentiment.csv?"),
    ],
)
def test_codes_that_the_report_would_fail_on_are_told(folder, capsys, name, text, told):
    (folder / "codes").mkdir()
    (folder / "codes" / f"{name}.csv").write_text(text, "utf-8")
    code, message = checked(folder, capsys)
    assert code == cli.UNUSABLE and told in message and f"{name}.csv" in message


@given(
    st.lists(st.sets(st.tuples(st.sampled_from("abc"), st.integers(0, 3))), min_size=1, max_size=6)
)
def test_copies_are_those_that_a_comparison_one_by_one_finds(passages):
    alike = [
        (first, second)
        for second in range(len(passages))
        for first in range(second)
        if (least := min(len(passages[first]), len(passages[second])))
        and len(passages[first] & passages[second]) >= review_module.COPIED_SHARE * least
    ]
    assert list(review_module._alike(passages)) == alike
