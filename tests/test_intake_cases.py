"""Inputs of the kinds that researchers have, with what is right for each: one invented event."""

import re
import shlex
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis_utils import cli
from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.own_study import building
from analysis_utils.own_study.building import Choices, new_study, prepare
from analysis_utils.own_study.event import headline_of, published_on
from analysis_utils.own_study.intake import IntakeError
from analysis_utils.own_study.kept import kept_words
from analysis_utils.own_study.review import review
from analysis_utils.own_study.told import what_was_taken
from analysis_utils.study import read_study

CASES = Path(__file__).parent / "intake"
HARBOUR, COURIER, POST = "The Harbour Times", "Daily Courier", "Northern Post"
#: Outlet, day, headline and words of the six articles that most inputs have.
SIX = [
    (HARBOUR, "2023-03-14", "Ferry runs aground off Port Ellan, 43 hurt", 186),
    (HARBOUR, "2023-03-15", "Isles Ferries ignored two warnings before crash, letters show", 140),
    (COURIER, "2023-03-14", "Heroic crew save 212 as ferry hits reef", 137),
    (COURIER, "2023-03-16", "Union boss accused of exploiting ferry disaster", 116),
    (POST, "2023-03-15", "Minister orders inquiry after Merrow Star grounding", 142),
    (POST, "2023-03-17", "Islanders wait for food as ferry row deepens", 128),
]


def prepared(tmp_path, *wanted, **choices):
    return prepare(f"{tmp_path}/new", [str(each) for each in wanted], Choices(**choices))


def taken(study):
    return [
        (page.outlet, published_on(page), headline_of(page), kept_words(page.lines).n_kept)
        for page in study.taken.pages
    ]


def refused(tmp_path, *wanted, **choices):
    with pytest.raises(IntakeError) as error:
        prepared(tmp_path, *wanted, **choices)
    assert not (tmp_path / "new").exists()
    return str(error.value)


# --- Archives ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "01_nexis_docx/Files (6).DOCX",
        "02_nexis_uni_txt/Files (6).txt",
        "05_factiva_html/Factiva-all.html",
        "06_factiva_rtf/Factiva.rtf",
    ],
)
def test_an_export_gives_each_article_with_its_own_fields(name, tmp_path):
    study = prepared(tmp_path, CASES / name)
    place = " (London)" if "nexis" in name else ""
    assert taken(study) == [(f"{outlet}{place}", *rest) for outlet, *rest in SIX]
    given = [kept_words(page.lines).n_given for page in study.taken.pages]
    assert given == [n_words for *_, n_words in SIX]
    assert "Search Terms" not in "".join(page.content.decode() for page in study.taken.pages)


def test_bylines_of_an_export_are_no_text(tmp_path):
    study = prepared(tmp_path, CASES / "05_factiva_html/Factiva-all.html")
    lines = study.taken.pages[2].lines
    assert lines.loc[lines["kind"] == "byline", "clean"].tolist() == ["Courier staff"]


def test_exports_of_single_outlets(tmp_path):
    study = prepared(tmp_path, CASES / "08_proquest_txt")
    assert sorted(taken(study)) == sorted(SIX)


def test_an_rtf_is_read_whatever_its_name(tmp_path):
    folder = CASES / "06_factiva_rtf"
    study = prepared(tmp_path, f"Herald={folder / 'renamed.txt'}", folder / "Factiva.rtf")
    assert taken(study)[0][3] == 186
    assert study.entries[0].page == "pages/herald.txt"


def test_an_outlet_may_be_named_for_an_export_of_one_outlet_only(tmp_path):
    single = CASES / "08_proquest_txt/Daily Courier.txt"
    study = prepared(tmp_path, f"The Courier={single}", CASES / "08_proquest_txt/Northern Post.txt")
    assert {page.outlet for page in study.taken.pages} == {"The Courier", POST}
    told = refused(tmp_path, f"The Courier={CASES / '06_factiva_rtf/Factiva.rtf'}")
    assert "tells their outlets" in told and "without an outlet" in told


# --- Several articles in one file ----------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "numbers"),
    [("71_html_many_articles", [2, 0, 1]), ("72_txt_many_articles", [2, 3, 0, 1])],
)
def test_two_articles_of_one_file_are_two(folder, numbers, tmp_path):
    study = prepared(tmp_path, CASES / folder)
    assert taken(study) == [SIX[number] for number in numbers]


def test_a_live_blog_keeps_its_entries(tmp_path):
    study = prepared(tmp_path, CASES / "28_live_blog")
    told = {page.outlet: "\n".join(page.lines.query("kept")["clean"]) for page in study.taken.pages}
    assert set(told) == {COURIER, "Harbour Times", POST}
    for outlet in ("Harbour Times", POST):
        for entry in ("Minister orders inquiry", "Commissioner: we warned them", "Good morning"):
            assert entry in told[outlet]
        assert "Updated at" not in told[outlet] and "Share" not in told[outlet]
    assert {published_on(page)[:10] for page in study.taken.pages} == {"2023-03-14"}


# --- Outlets -------------------------------------------------------------------------------


def test_names_that_are_alike_are_told_with_the_mend(tmp_path):
    path = CASES / "18_outlet_spellings/articles.csv"
    study = prepared(tmp_path, path)
    told = "\n".join(what_was_taken(study))
    mends = ["dailycourier.com=Daily Courier", "NORTHERN POST ONLINE=Northern Post"]
    mends.append("The Harbour Times(London)=The Harbour Times (London)")
    assert all(f"--same-outlet '{mend}'" in told for mend in mends)
    mended = prepared(tmp_path, path, same_outlets=mends)
    assert [outlet.name for outlet in mended.outlets] == [f"{HARBOUR} (London)", COURIER, POST]


def test_a_place_in_brackets_is_no_outlet_of_its_own(tmp_path):
    wanted = CASES / "01_nexis_docx/Files (6).DOCX", CASES / "06_factiva_rtf/Factiva.rtf"
    study = prepared(tmp_path, *wanted)
    assert [outlet.name for outlet in study.outlets] == [HARBOUR, COURIER, POST]
    assert any("'The Harbour Times (London)'" in note for note in study.taken.notes)


def test_files_of_one_folder_are_of_the_outlets_that_their_names_tell(tmp_path):
    study = prepared(tmp_path, CASES / "65_flat_folder")
    assert [page.outlet for page in study.taken.pages] == ["courier"] * 2 + ["harbour"] * 2
    assert any("names of files" in note for note in study.taken.notes)


# --- What is left out, and what is refused -------------------------------------------------


def test_what_clutters_a_folder_is_left_out_and_told(tmp_path):
    flat = CASES / "65_flat_folder"
    for outlet, name in (("Courier", "courier"), ("Harbour", "harbour")):
        folder = tmp_path / "pages" / outlet
        folder.mkdir(parents=True)
        for number in (1, 2):
            shutil.copyfile(flat / f"{name}_{number}.txt", folder / f"{number}.txt")
        (folder / "notes.txt").write_text("to do: ask Anna\n")
        (folder / "urls.txt").write_text("https://example.org/1\nhttps://example.org/2\n")
        (folder / "Thumbs.db").write_bytes(b"\0\1")
        (folder / "~$2.docx").write_bytes(b"owner")
        (folder / "links.csv").write_text("a,b\n1,2\n")
    study = prepared(tmp_path, tmp_path / "pages")
    assert [page.outlet for page in study.taken.pages] == ["Courier"] * 2 + ["Harbour"] * 2
    reasons = {each.source: each.reason for each in study.taken.set_aside}
    names = ("notes.txt", "urls.txt", "Thumbs.db", "~$2.docx", "links.csv")
    outlets = ("Courier", "Harbour")
    assert set(reasons) == {f"{outlet}/{name}" for outlet in outlets for name in names}
    told = "\n".join(what_was_taken(study))
    assert "Left out:" in told and "Courier/notes.txt: it has a few words only" in told


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("32_warc/crawl.warc", "save it as HTML"),
        ("33_zotero/export.ris", "Save the articles themselves"),
        ("61_google_news_links/links.txt", "Open each link"),
        ("62_epub_eml/book.epub", "this is an e-book. Copy the text"),
        ("62_epub_eml/newsletter.eml", "this is a mail. Copy the text"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_mend(name, mend, tmp_path):
    assert mend in refused(tmp_path, CASES / name)


def test_a_page_saved_as_one_file_is_read(tmp_path):
    study = prepared(tmp_path, CASES / "31_mhtml", CASES / "72_txt_many_articles/Daily Courier.txt")
    assert taken(study)[0] == ("Harbour Times", *SIX[0][1:])


def test_an_article_in_another_language_is_told_by_name(tmp_path):
    told = refused(tmp_path, CASES / "36_german_article")
    assert "Hafenblatt.txt" in told and "German" in told and "--language any" in told


def test_with_any_language_it_is_cleaned_and_scored_nowhere(tmp_path):
    folders = CASES / "36_german_article", CASES / "65_flat_folder/harbour_1.txt"
    study = prepared(tmp_path, *folders, language="any")
    assert "German (1)" in "\n".join(what_was_taken(study))
    args = ["new-study", f"{tmp_path}/new", "--yes", "--language", "any"]
    assert cli.main([*args, *(part for each in folders for part in ("--page", str(each)))]) == 0
    corpus = load_corpus(read_study(tmp_path / "new"), cache=False)
    assert set(corpus.lines["article_id"]) == {"daily-courier", "hafenblatt", "harbour_1"}
    for table in (corpus.articles, corpus.sentences):
        assert "hafenblatt" not in set(table["article_id"])
    assert "hafenblatt" not in corpus.outlets


def test_a_study_whose_headlines_are_its_texts_is_written_whole(tmp_path):
    made = new_study(f"{tmp_path}/new", [str(CASES / "38_headlines_only/same.csv")])
    corpus = load_corpus(made.study, cache=False)
    assert len(corpus.articles) == 30 and (corpus.articles["n_words"] > 3).all()
    assert (tmp_path / "new/study.yml").read_text("utf-8").count("page_patterns") == 0


# --- Words kept of words given -------------------------------------------------------------


def test_the_check_names_articles_of_which_little_is_kept(tmp_path):
    made = new_study(f"{tmp_path}/new", [str(CASES / "06_factiva_rtf/Factiva.rtf")])
    page = made.study.folder / made.study.articles[0].page
    text = page.read_text("utf-8")
    page.write_text(text[: text.index("“This was an accident")], "utf-8")
    told = [str(each) for each in review(made.study)]
    n_left = sum(len(line.split()) for line in text.split("\n\n")[1:3])
    assert any(f"{n_left} words are kept, and its source tells of 186" in each for each in told)


def test_the_check_names_an_article_whose_end_is_left_out(tmp_path):
    body = (CASES / "65_flat_folder/harbour_1.txt").read_text("utf-8").strip()
    ends = f"{body}\n\nThe inquiry begins in May, and the ferry stays where it is.\n"
    study = f"{tmp_path}/new"
    (tmp_path / "a.txt").write_text(ends, "utf-8")
    made = new_study(study, [f"A={tmp_path}/a.txt", str(CASES / "65_flat_folder/courier_1.txt")])
    assert not any("cut" in str(each) for each in review(made.study))
    pattern = "    page_patterns:\n      - {kind: related, pattern: '^The inquiry', reason: x}\n"
    path = tmp_path / "new/study.yml"
    text = path.read_text("utf-8")
    name = '    name: "A"\n'
    path.write_text(text.replace(name, name + pattern), "utf-8")
    told = [str(each) for each in review(read_study(tmp_path / "new"))]
    assert any("its end may be cut: 'The inquiry begins in May" in each for each in told)


# --- The command ---------------------------------------------------------------------------


def test_the_command_says_what_it_takes_before_it_writes(tmp_path, capsys):
    pages = ["--page", str(CASES / "06_factiva_rtf/Factiva.rtf")]
    assert cli.main(["new-study", f"{tmp_path}/new", *pages]) == 0
    told = capsys.readouterr().out
    for part in (
        "one file, 6 articles", "Factiva.rtf: an export of Factiva",
        "The Harbour Times  2 articles, 326 of 326 words kept",
        "Dates: 2023-03-14 to 2023-03-17", "Language: English (6)",
    ):  # fmt: skip
        assert part in told
    assert told.index("What was taken") < told.index("Study:")


def test_at_a_terminal_the_command_asks(tmp_path, capsys, monkeypatch):
    answers = iter(["n", "y"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    command = ["new-study", f"{tmp_path}/new", "--page", str(CASES / "06_factiva_rtf/Factiva.rtf")]
    assert cli.main(command) == 0 and not (tmp_path / "new").exists()
    assert "Nothing was written" in capsys.readouterr().out
    assert cli.main(command) == 0 and (tmp_path / "new/study.yml").exists()


def test_at_a_terminal_alike_outlets_are_asked_about(tmp_path, monkeypatch):
    asked = []

    def answer(question):
        asked.append(question)
        return "y"

    monkeypatch.setattr("builtins.input", answer)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    path = str(CASES / "18_outlet_spellings/articles.csv")
    assert cli.main(["new-study", f"{tmp_path}/new", "--page", path]) == 0
    assert len(asked) == 4 and "one outlet" in asked[0]
    assert len(read_study(tmp_path / "new").outlets) == 3


def test_a_guess_of_columns_can_be_corrected(tmp_path):
    rows = "Paper,Source,Words,Story\n" + "".join(
        f'{outlet},Nexis,"{headline} was told.","A ferry ran aground and {n} people were hurt."\n'
        for outlet, _, headline, n in SIX
    )
    (tmp_path / "a.csv").write_text(rows, "utf-8")
    command = ["new-study", f"{tmp_path}/new", "--page", f"{tmp_path}/a.csv"]
    assert cli.main([*command, "--columns", "outlet=Paper,text=Words"]) == 0
    study = read_study(tmp_path / "new")
    assert [outlet.name for outlet in study.outlets] == [HARBOUR, COURIER, POST]
    page = (study.folder / study.articles[0].page).read_text("utf-8")
    assert "was told." in page and "people were hurt" not in page


@pytest.mark.parametrize("value", ["words=Story", "text", "text=None such"])
def test_wrong_columns_are_told(value, tmp_path, capsys):
    (tmp_path / "a.csv").write_text("outlet,text\nA,It rained all day.\nB,It rained.\n", "utf-8")
    command = ["new-study", f"{tmp_path}/new", "--page", f"{tmp_path}/a.csv", "--columns", value]
    assert cli.main(command) == 2
    assert "--columns" in capsys.readouterr().err


# --- The guide -----------------------------------------------------------------------------


def test_the_guide_s_command_for_exports_works_to_the_letter(tmp_path, monkeypatch):
    """Each file is made as the guide says that the archive saves it."""
    guide = (Path(__file__).parents[1] / "docs/your-own-study.md").read_text("utf-8")
    (command,) = re.findall(r"^```text\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    folder = tmp_path / "exports"
    folder.mkdir()
    shutil.copyfile(CASES / "01_nexis_docx/Files (6).DOCX", folder / "nexis.docx")
    shutil.copyfile(CASES / "06_factiva_rtf/Factiva.rtf", folder / "factiva.rtf")
    shutil.copyfile(CASES / "08_proquest_txt/Daily Courier.txt", folder / "proquest.txt")
    rows = pd.DataFrame(SIX, columns=["Newspaper", "Date", "Headline", "Words"])
    rows["Text"] = [f"A ferry ran aground, and number {n} tells of it." for n in rows["Words"]]
    rows.to_excel(folder / "articles.xlsx", index=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(building, "data_folder", lambda: tmp_path / "data")
    program, *words = shlex.split(command.replace("\\\n", " "))
    assert program == ".venv/bin/framing" and cli.main(words) == 0
    study = read_study(tmp_path / "data/bridge")
    assert [outlet.name for outlet in study.outlets] == [HARBOUR, COURIER, POST]
    assert len(study.articles) == 6 + 6 + 2 + 6


def test_the_guide_names_the_menus_of_each_archive():
    guide = (Path(__file__).parents[1] / "docs/your-own-study.md").read_text("utf-8")
    for words in ("Full documents", "MS Word (docx)", "Full Article/Report", "Article Format",
                  "Text only", "Citation, abstract, full text", "--columns", "--same-outlet",
                  "--language any", "--yes"):  # fmt: skip
        assert words in guide
