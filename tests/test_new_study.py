"""A study made from pages: intake, tables, proposed actors, the file, and nothing half-written."""

import csv
import json
import os
import re
import socket
from datetime import date

import pytest

from analysis_utils import cli
from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.files.normal_text import normal_text
from analysis_utils.own_study import building
from analysis_utils.own_study.building import new_study
from analysis_utils.own_study.intake import IntakeError
from analysis_utils.own_study.kinds import country_code, is_medium, kind_by_words
from analysis_utils.own_study.proposals import propose_actors
from analysis_utils.own_study.reading import Text
from analysis_utils.own_study.review import review
from analysis_utils.own_study.writing import quoted
from analysis_utils.study import read_study
from analysis_utils.study.file import read_source
from analysis_utils.themes.findings.words import introduction

PARAGRAPHS = [
    "Acme Corp will build a new bridge over the river in Riverton, the company said on Monday.",
    "“We have waited for this since the flood,” Mayor Ada North told reporters in Canada.",
    "North said that the Ministry of Transport pays for half of what Acme Corp builds there.",
    "The Ministry of Transport gave no comment, and neither did the Canadian Builders Union.",
]
HEADLINE = "Acme Corp builds new bridge in Riverton"

HOSTILE = [
    'He said: "No # comment"',
    "- a list? {no} [none] *all* &any !tag %x @y `z`",
    "Zoë’s café 🎉 costs 5 €\u200f and \u202eright to left\u202c",
    "ends with a colon:",
    "C:\\new\\table\tand\x07 bell \x85 \u2028 \ufeff \U0001f600",
    "'single' and null",
    "~",
]


@pytest.fixture
def folder(tmp_path):
    """Two pages of two outlets."""
    pages = tmp_path / "pages"
    pages.mkdir()
    body = "\n\n".join(PARAGRAPHS)
    (pages / "herald.txt").write_text(f"{HEADLINE}\n\n14 June 2018\n\n{body}\n", "utf-8")
    told = "".join(f"<p>{text}</p>" for text in reversed(PARAGRAPHS))
    html = f"<html><body><h1>New bridge for Riverton</h1><p>16 June 2018</p>{told}</body></html>"
    (pages / "Times.HTML").write_text(html, "utf-8")
    return pages


def faults_of(place, *wanted, **event):
    with pytest.raises(IntakeError) as error:
        new_study(str(place), wanted, **event)
    return str(error.value)


def table(path, rows, delimiter=","):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows(**other):
    body = "\n\n".join(PARAGRAPHS)
    return [
        {"Publication": name, "pub_date": "2018-06-14T11:06:00Z", "Title": HEADLINE, "Body": body}
        | other
        for name in ("The Herald", "RFE/RL")
    ]


# --- A study whole -------------------------------------------------------------------------


def test_a_folder_of_pages_becomes_a_study(folder, tmp_path):
    made = new_study(f"{tmp_path}/bridge", [str(folder)])
    study = read_study(tmp_path / "bridge")
    assert study == made.study
    assert {outlet.name for outlet in study.outlets} == {"herald", "Times"}
    assert [entry.page for entry in study.articles] == ["pages/times.html", "pages/herald.txt"]
    for entry, page in zip(study.articles, ("Times.HTML", "herald.txt"), strict=True):
        assert (study.folder / entry.page).read_bytes() == (folder / page).read_bytes()
    assert (str(study.event.start), str(study.event.end)) == ("2018-06-14", "2018-06-16")
    assert "bridge" in study.event.title
    assert made.n_words.keys() == {"herald", "times"} and min(made.n_words.values()) > 50


def test_outlets_may_be_named_and_have_several_pages(folder, tmp_path):
    (folder / "late").mkdir()
    (folder / "late" / "Times.HTML").write_bytes((folder / "Times.HTML").read_bytes())
    wanted = [f"RFE/RL={folder}/herald.txt", f"Fox News={folder}/Times.HTML"]
    study = new_study(f"{tmp_path}/named", [*wanted, f"fox  news={folder}/late"]).study
    assert study.outlet_names == {"rferl": "RFE/RL", "fox-news": "Fox News"}
    assert [entry.id for entry in study.articles] == ["rferl", "fox-news-1", "fox-news-2"]


def test_folders_in_a_folder_are_outlets_and_what_is_no_page_is_told(folder, tmp_path):
    for outlet in ("North Post", "South Post"):
        (folder / outlet).mkdir()
        (folder / outlet / "a.txt").write_bytes((folder / "herald.txt").read_bytes())
        (folder / outlet / "a_files").mkdir()
        (folder / outlet / "a_files" / "advert.html").write_text("saved by the browser")
        (folder / outlet / ".hidden.txt").write_text("")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "North Post.xlsx").write_bytes(b"a list of links beside the folder")
    made = new_study(f"{tmp_path}/posts", [str(folder)])
    names = {outlet.name for outlet in made.study.outlets}
    assert names == {"herald", "Times", "North Post", "South Post"}
    assert any("left out" in note and "photo.jpg" in note for note in made.notes)


def test_the_event_can_be_given(folder, tmp_path):
    event = {"title": 'The "bridge": 1', "start": "2018-06-01", "end": "2018-06-02"}
    study = new_study(f"{tmp_path}/given", [str(folder)], **event).study
    assert study.event.title == event["title"]
    assert (str(study.event.start), str(study.event.end)) == ("2018-06-01", "2018-06-02")
    told = faults_of(f"{tmp_path}/wrong", str(folder), start="2018-06-03", end="2018-06-02")
    assert "ends before it starts" in told
    assert "'June' is not a date" in faults_of(f"{tmp_path}/wrong", str(folder), start="June")


def test_without_a_name_and_a_date_there_is_still_a_study(tmp_path):
    for name in ("a", "b"):
        text = "it was raining all day long, and nobody went out to see what the water had done.\n"
        (tmp_path / f"{name}.txt").write_text(text * 2)
    made = new_study(f"{tmp_path}/rain", [f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"])
    assert made.study.actors == () and made.study.event.title == "An event"
    assert any("No page tells a date" in note for note in made.notes)
    assert made.study.event.start is made.study.event.end is None
    told = (made.study.folder / "study.yml").read_text()
    assert str(date.today()) not in told


def test_an_event_without_a_day_is_told_without_one(tmp_path):
    path = table(tmp_path / "all.csv", rows(pub_date=""))
    study = new_study(f"{tmp_path}/new", [str(path)]).study
    told = introduction(load_corpus(study, cache=False))
    assert f"{study.event.title}. Told by The Herald and RFE/RL in" in told
    assert not any("far from the event" in each.problem for each in review(study))


@pytest.mark.parametrize("wanted", ["/", "", ".", ".."])
def test_a_place_that_is_none(wanted, folder):
    assert "." in faults_of(wanted, str(folder))


def test_a_folder_in_use_is_left_alone(folder, tmp_path):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert "there already" in faults_of(folder, str(folder))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    (tmp_path / "empty").mkdir()
    new_study(f"{tmp_path}/empty", [str(folder)])


def test_nothing_is_left_where_a_study_cannot_be_finished(folder, tmp_path, monkeypatch):
    def crash(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(building, "read_study", crash)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ZeroDivisionError):
        new_study(f"{tmp_path}/half", [str(folder)])
    assert sorted(tmp_path.iterdir()) == before


def test_a_plain_name_lies_under_data(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "data_folder", lambda: tmp_path / "data")
    assert new_study("bridge", [str(folder)]).study.folder == tmp_path / "data" / "bridge"


# --- Bad input -----------------------------------------------------------------------------


def test_every_fault_is_told_at_once_and_nothing_is_written(folder, tmp_path):
    (folder / "empty.txt").write_text("")
    (folder / "latin.txt").write_bytes("Zoë".encode("latin-1"))
    (folder / "scan.pdf").write_bytes(b"%PDF-")
    (folder / "word.docx").write_bytes(b"PK")
    names = ("empty.txt", "latin.txt", "scan.pdf", "word.docx", "missing.html")
    told = faults_of(tmp_path / "new", *(f"{folder}/{name}" for name in names))
    assert "for 5 faults" in told and all(name in told for name in names)
    for mend in ("Save the whole page again", "UTF-8", "no valid PDF", ".pdf", "Correct the path"):
        assert mend in told
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("value", ["={folder}", "Herald=", "Herald={folder}/none.txt"])
def test_a_value_that_names_nothing(value, folder, tmp_path):
    told = faults_of(tmp_path / "new", value.format(folder=folder))
    assert "outlet" in told or "there is no such file" in told


def test_fewer_than_two_outlets(folder, tmp_path):
    told = faults_of(tmp_path / "new", f"Herald={folder}")
    assert "two outlets or more" in told and "Herald" in told and "--page" in told


def test_an_outlet_called_like_a_column(folder, tmp_path):
    told = faults_of(tmp_path / "new", f"Term={folder}/herald.txt", f"{folder}/Times.HTML")
    assert "Term: an outlet cannot be called so" in told


def test_a_folder_without_pages(folder, tmp_path):
    (tmp_path / "none").mkdir()
    assert "no page in this folder" in faults_of(tmp_path / "new", f"{tmp_path}/none")


# --- Tables --------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_of_a_csv_become_articles(delimiter, tmp_path):
    path = table(tmp_path / "all.csv", rows(URL="https://example.org/1"), delimiter)
    study = new_study(f"{tmp_path}/new", [str(path)]).study
    assert study.outlet_names == {"the-herald": "The Herald", "rferl": "RFE/RL"}
    assert {str(entry.published) for entry in study.articles} == {"2018-06-14 11:06:00+00:00"}
    assert {entry.address for entry in study.articles} == {"https://example.org/1"}
    articles = load_corpus(study, cache=False).articles
    assert set(articles["text"]) == {"\n".join([HEADLINE, *PARAGRAPHS])}
    assert set(articles["headline"]) == {HEADLINE}


def test_a_small_table_leaves_long_cells_readable_elsewhere(tmp_path):
    before = csv.field_size_limit()
    new_study(f"{tmp_path}/new", [str(table(tmp_path / "all.csv", rows()))])
    assert csv.field_size_limit() >= before


def test_lines_of_json_become_articles(tmp_path):
    path = tmp_path / "all.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in rows(year=2018)), "utf-8")
    study = new_study(f"{tmp_path}/new", [str(path)]).study
    assert set(study.outlet_names.values()) == {"The Herald", "RFE/RL"}


@pytest.mark.parametrize("indent", [None, 1])
def test_one_list_of_objects_is_read_as_their_lines_are(indent, tmp_path):
    (tmp_path / "all.jsonl").write_text(json.dumps(rows(), indent=indent), "utf-8")
    made = new_study(f"{tmp_path}/new", [f"{tmp_path}/all.jsonl"])
    assert list(made.study.outlet_names.values()) == ["The Herald", "RFE/RL"]
    assert "from all.jsonl, no. 2" in (made.study.folder / "study.yml").read_text("utf-8")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^"])
def test_a_first_line_that_tells_the_separator_is_heeded(separator, tmp_path):
    path = table(tmp_path / "all.csv", rows(), separator)
    path.write_text(f"sep={separator}\n{path.read_text('utf-8-sig')}", "utf-8-sig")
    made = new_study(f"{tmp_path}/new", [str(path)])
    assert list(made.study.outlet_names.values()) == ["The Herald", "RFE/RL"]


def test_wrapped_and_escaped_texts_are_read_as_a_reader_sees_them(tmp_path):
    """As WordPress and news services export them, and Python's own json."""
    texts = [each.replace("'", "&#8217;") for each in PARAGRAPHS]
    wrapped = {
        "source": {"id": None, "name": "The Herald"},
        "title": {"rendered": "A bridge &amp; its fall"},
        "content": {"rendered": "".join(f"<p>{text}</p>" for text in texts)},
    }
    listed = {"source": "The Post", "title": float("nan"), "content": PARAGRAPHS}
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(map(json.dumps, (wrapped, listed))), "utf-8")
    study = new_study(f"{tmp_path}/new", [str(path)]).study
    assert list(study.outlet_names.values()) == ["The Herald", "The Post"]
    herald, post = ((study.folder / each.page).read_text("utf-8") for each in study.articles)
    assert "\nHeadline: A bridge & its fall\n" in herald and "&" not in herald.split("\n\n", 1)[1]
    assert post.split("\n\n", 1)[1] == "\n\n".join(PARAGRAPHS) + "\n"


def test_the_text_of_a_table_is_kept_but_for_what_sites_put_into_it(tmp_path):
    """Short lines are its own here, as on no page; a link and an offer are not."""
    odd = [*PARAGRAPHS[:2], "4 May 2018", "Short", *PARAGRAPHS[2:], "She walked out."]
    inserts = ["Read more: how the bridge fell", "By Ada North", "Sign up for our newsletter"]
    body = "\n".join([*odd[:3], inserts[0], *odd[3:], *inserts[1:]])
    path = table(tmp_path / "all.csv", rows(Body=body, Title="14 June 2018: by North"))
    corpus = load_corpus(new_study(f"{tmp_path}/new", [str(path)]).study, cache=False)
    assert set(corpus.articles["headline"]) == {"14 June 2018: by North"}
    assert set(corpus.articles["text"]) == {"\n".join(["14 June 2018: by North", *odd])}


def test_a_table_of_one_outlet_and_html_in_its_text(tmp_path, folder):
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    path = table(tmp_path / "one.csv", [{"headline": HEADLINE, "content": body}])
    wanted = [f"The Herald={path}", f"Times={folder}/Times.HTML"]
    study = new_study(f"{tmp_path}/new", wanted).study
    page = (study.folder / study.articles[0].page).read_text("utf-8")
    fields = ["Outlet: The Herald", f"Headline: {HEADLINE}", "Length: 62 words"]
    assert page == "\n\n".join(["\n".join(fields), *PARAGRAPHS]) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "outlet", "message"),
    [
        ("t.csv", "outlet,words\nA,text\n", "", "no column for the text.*'outlet', 'words'"),
        ("t.csv", "title,text\nA,text\n", "", "no column for the outlet"),
        ("t.csv", "source,text\nA,text\n", "A=", "column 'source' tells the outlet too"),
        ("t.csv", "source,text\nA,\n", "", "row 2: the text of the article is empty"),
        ("t.csv", "source,text\n,words\n", "", "row 2: the outlet is empty"),
        (
            "t.csv",
            '"source","text"\nA","words"\n',
            "",
            "row 2: the outlet 'A\"' has half of a pair",
        ),
        ("t.csv", "source,text\n", "", "no column|no article"),
        ("t.csv", "", "", "page is empty"),
        ("t.jsonl", '{"outlet": "A", "text": "b"}\n{"outlet": ', "", "line 2: this is no JSON"),
        ("t.jsonl", "[1, 2]", "", r"no\. 1: this is no object"),
        ("t.jsonl", "[" * 100_000, "", "begins as a list .* and is none"),
        ("t.jsonl", '[{"outlet": "A", "text": "b"},\n{"outlet"', "", "line 2: .*Close the list"),
        ("t.jsonl", "[]", "", "no column|no article"),
        ("t.jsonl", "{[", "", "line 1: this is no JSON"),
        ("t.jsonl", '{"outlet": "A", "text": null}', "", "line 1: the text of the article"),
        (
            "t.jsonl",
            '{"outlet": "A", "text": {"a": 1}}',
            "",
            "line 1: 'text' is an object or a list",
        ),
    ],
)
def test_a_table_with_a_fault_is_told_with_its_row(name, content, outlet, message, tmp_path):
    (tmp_path / name).write_text(content)
    with pytest.raises(IntakeError, match=f"{name}.*(?:{message})"):
        new_study(f"{tmp_path}/new", [f"{outlet}{tmp_path}/{name}"])
    assert not (tmp_path / "new").exists()


OPEN = """outlet,text
Alpha,"Acme Corp will build a new bridge over the river in Riverton, it said."
Beta,"Acme Corp said on Friday that nobody would pay for the bridge{}
Gamma,"Acme Corp has no bridge, the mayor told reporters."
"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (OPEN.format(""), r"row 3 \(line 3.*quotation mark.*Close"),
        ("outlet,text\nA,words\nB,\"open\nC,words\n", r"row 3 \(line 3.*never closed.*Close"),
        ('outlet,text\nA,x\nB,"one\nC,two\nD,three"\n', r"row 3 .*holds the row 'C,two'"),
        ('outlet;text\nA;x\nB;"one\nC;two\nD;three"\n', r"row 3 .*holds the row 'C;two'"),
        ("outlet,text\nA,words, and more\n", r"row 2 \(line 2.*3 cells.*2 headings.*quotation"),
        ("outlet,text,url\nA,one\ntwo,x\n", r"row 2 .*2 cells.*\n.*row 3 .*2 cells"),
        ("outlet,text,\nA,words,lost\n", "row 2 .*no heading.*Write a heading"),
        ("outlet,text,text\nA,one,two\n", "2 columns have the heading 'text' or 'text'.*only one"),
        ("outlet,Text,t e x t\nA,one,two\n", "2 columns have the heading 'Text' or 't e x t'"),
        (f"outlet,text\nA,{'a ' * 60_000}\n", "row 2: a paragraph .* 100,000 characters"),
    ],
    ids=["open", "open at the end", "swallowed", "semicolons", "longer", "shorter", "unnamed",
         "repeated", "alike", "one line"],
)  # fmt: skip
def test_no_row_swallows_or_loses_a_text_in_silence(content, message, tmp_path):
    (tmp_path / "t.csv").write_text(content, "utf-8")
    told = faults_of(tmp_path / "new", f"{tmp_path}/t.csv")
    assert re.search(rf"t\.csv.*{message}", told, re.DOTALL), told


def test_a_key_that_stands_twice_in_an_object_is_told(tmp_path):
    (tmp_path / "t.jsonl").write_text('{"outlet": "A", "text": "b", "text": "c"}')
    told = faults_of(tmp_path / "new", f"{tmp_path}/t.jsonl")
    assert "line 1" in told and "'text' stands in it twice" in told


def test_of_two_columns_that_could_be_read_the_one_that_is_read_is_told(tmp_path):
    path = table(tmp_path / "all.csv", rows(story="another text"))
    notes = new_study(f"{tmp_path}/new", [str(path)]).notes
    assert any("'Body', 'story', 'Body' is read as the text" in note for note in notes)


def test_empty_cells_and_rows_at_the_end_do_no_harm(tmp_path):
    lines = [
        f'{name},"{HEADLINE}","{" ".join(PARAGRAPHS[:1] + PARAGRAPHS[2:])}",,' for name in "AB"
    ]
    path = tmp_path / "all.csv"
    path.write_text("\n".join(["outlet, title, text,,", *lines, ",,,,", "", ",,"]), "utf-8")
    study = new_study(f"{tmp_path}/new", [str(path)]).study
    assert [outlet.name for outlet in study.outlets] == ["A", "B"]


def test_a_cell_that_takes_too_long_is_told_with_its_row(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis_utils.annotation.cleaning.pages.READING_SECONDS", 1.0)
    attributes = " ".join(f"a{number}=b" for number in range(100_000))
    path = table(tmp_path / "all.csv", rows(Body=f"<p {attributes}>words</p>"))
    told = faults_of(tmp_path / "new", str(path))
    assert "row 2: " in told and "row 3: " in told and "more than 1 seconds" in told


def test_dates_that_cannot_be_read_for_sure_are_told(tmp_path):
    path = table(tmp_path / "all.csv", rows(pub_date="3/4/2018"))
    made = new_study(f"{tmp_path}/new", [str(path)])
    assert all(entry.published is None for entry in made.study.articles)
    assert any("2 dates" in note and "'3/4/2018'" in note for note in made.notes)


# --- The file ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_back_from_yaml_as_it_was_but_for_its_spelling(text, tmp_path):
    path = tmp_path / "study.yml"
    path.write_text(f"a:\n  b: {quoted(text)}\n", "utf-8")
    assert read_source(path).data == {"a": {"b": normal_text(text)}}


@pytest.mark.parametrize("text", [*HOSTILE, "zero \0 byte", "half \ud83d of a sign"])
def test_a_table_may_hold_any_sign(text, tmp_path):
    path = tmp_path / "all.jsonl"
    told = rows(Body=f"{PARAGRAPHS[0]} {text}\n{PARAGRAPHS[1]}", Title=text)
    path.write_text("\n".join(map(json.dumps, told)), "utf-8")
    study = new_study(f"{tmp_path}/new", [str(path)]).study
    assert len(load_corpus(study, cache=False).articles) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_a_study_bears_any_headline_title_and_outlet(text, folder, tmp_path):
    shown = "".join(sign for sign in text if sign.isprintable()) or "x"
    path = table(tmp_path / "all.csv", rows(Title=text))
    wanted = [str(path), f"{shown.replace('=', '')} paper={folder}/herald.txt"]
    study = new_study(f"{tmp_path}/new", wanted, title=text).study
    assert study.event.title == normal_text(text).strip()
    assert len(study.outlets) == 3


# --- Proposed actors -----------------------------------------------------------------------


def proposed(*lines, outlets=("a", "b")):
    texts = [Text(outlet, outlet, "", lines) for outlet in outlets]
    return {each.actor.name: each for each in propose_actors(texts, outlets)}


def test_the_actors_of_the_default_study_are_found(corpus):
    """Against the actors that a reader chose: names, kinds and forms."""
    texts = []
    for article_id, lines in corpus.lines[corpus.lines["kept"]].groupby("article_id"):
        body = lines.loc[lines["kind"] != "headline", "clean"]
        texts.append(Text(article_id, article_id, "", tuple(body)))
    found = {each.actor.name: each for each in propose_actors(texts, ["TASS", "RFE/RL"])}
    kinds = {actor.name: actor.kind for actor in corpus.study.actors}
    right = {name for name, each in found.items() if kinds.get(name) == each.actor.kind}
    assert right >= {"Kaspersky Lab", "European Parliament", "Europol", "Russia", "United States"}
    person = next(each.actor for each in found.values() if each.actor.kind == "person")
    assert {person.name, *person.aliases} == {"Eugene Kaspersky", "Yevgeny Kaspersky"}
    assert "Kaspersky" in found["Kaspersky Lab"].actor.aliases
    assert {"US", "U.S."} <= set(found["United States"].actor.aliases)
    assert "TASS" not in found and len(found) <= 10


def test_forms_of_one_name_are_one_actor():
    found = proposed(
        "President Joe Biden met Mr. Biden’s old friend Angela Merkel in Washington on Monday.",
        "The European Union thanked Biden, and Joseph Biden thanked the EU and the U.K. for it.",
        "Merkel said that the United Kingdom and the E.U. had been right to wait for Biden.",
    )
    assert set(found["Joe Biden"].actor.aliases) == {"Biden", "Joseph Biden"}
    assert found["Joe Biden"].actor.kind == "person"
    assert "EU" in found["European Union"].actor.aliases
    assert found["European Union"].actor.kind == "institution"
    assert found["United Kingdom"].actor.kind == "country"
    assert "Washington" not in found


def test_a_name_that_is_always_given_whole_is_no_persons():
    said = "Zippo Mobility said on Monday that it would go to court."
    called = "Mark Stone spoke to Zippo Mobility on Friday, and Stone was not content."
    found = proposed(*[f"{said} {called}"] * 2, outlets=("a", "b"))
    assert found["Zippo Mobility"].actor.kind == "organisation"
    assert found["Mark Stone"].actor.kind == "person"


def test_a_surname_goes_to_the_one_that_it_follows_and_the_doubt_is_told():
    found = proposed(
        "Bill Carter met the council of the town on Monday, and Carter was glad to be there.",
        "Carter said that Carter Street had been a mistake, and Carter would have it back.",
        "Amy Carter, who is his sister, had nothing to say about it, the council said.",
    )
    assert "Carter" in found["Bill Carter"].actor.aliases
    assert any("Amy Carter" in doubt for doubt in found["Bill Carter"].doubts)


def test_phrases_belong_to_one_actor_only(corpus):
    found = proposed(*PARAGRAPHS * 2)
    phrases = [
        name.casefold()
        for each in found.values()
        for name in (each.actor.name, *each.actor.aliases)
    ]
    assert len(phrases) == len(set(phrases))
    assert found["Ministry of Transport"].actor.kind == "institution"
    assert found["Acme Corp"].actor.kind == "organisation"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Department of Justice", "institution"),
        ("Supreme Court", "institution"),
        ("Labour Party", "organisation"),
        ("Bank of Somewhere", "organisation"),
        ("University of Nowhere", "organisation"),
        ("NATO", "institution"),
        ("Who", None),
        ("Jane Doe", None),
    ],
)
def test_what_the_words_of_a_name_say(name, kind):
    assert kind_by_words(name) == kind


def test_countries_and_media_are_known_by_name():
    assert country_code("the United States") == country_code("U.S.A.") == "US"
    assert country_code("North Korea") == country_code("DPRK") == "KP"
    assert country_code("us") is country_code("Us") is country_code("EU") is None
    assert is_medium("The Daily Post") and is_medium("CNN") and not is_medium("Post Office")


# --- The command ---------------------------------------------------------------------------


def test_the_command_tells_what_was_made_and_what_to_do_next(folder, tmp_path, capsys):
    place = f"{tmp_path}/a study"
    assert cli.main(["new-study", place, "--page", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "herald: one article" in told and "words kept" in told
    assert "Acme Corp (organisation), named" in told
    assert f"framing check '{place}'" in told and f"make report STUDY='{place}'" in told
    assert cli.main(["new-study", place, "--page", str(folder)]) == 2
    assert "there already" in capsys.readouterr().err


needs_links = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")


def spoil(path, kind):
    """Put something there that no page can be read from."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(os.path.relpath(path))  # its name may be no longer than 107 letters
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.symlink_to({"dangling link": "gone", "loop of links": path.name}[kind])


@needs_links
@pytest.mark.parametrize("name", ["news.txt", "news", "news.html"])
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "dangling link", "loop of links"])
def test_what_is_no_file_in_a_folder_of_pages_is_told(folder, tmp_path, monkeypatch, kind, name):
    monkeypatch.chdir(folder)
    spoil(folder / name, kind)
    message = faults_of(tmp_path / "new", str(folder))
    expected = "a link that leads nowhere" if "link" in kind else "a pipe, a socket or a device"
    assert f"{folder / name}: " in message and expected in message
    assert not (tmp_path / "new").exists()


@needs_links
@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize("name", ["news.txt", "news.csv", "news"])
def test_what_is_no_file_is_no_page(folder, tmp_path, kind, name):
    spoil(tmp_path / name, kind)
    message = faults_of(tmp_path / "new", f"A={tmp_path / name}", f"B={folder / 'herald.txt'}")
    assert f"{tmp_path / name}: this is no file, but a pipe" in message


@needs_links
def test_a_link_back_to_a_folder_above_is_told(folder, tmp_path):
    (folder / "again").symlink_to(folder, target_is_directory=True)
    message = faults_of(tmp_path / "new", str(folder))
    assert f"{folder / 'again'}: this link leads back" in message


@needs_links
def test_folders_with_links_to_each_other_are_each_read_once(folder, tmp_path):
    names = [f"f{number}" for number in range(12)]
    for name in names:
        (folder / name).mkdir()
    for name in names:
        for other in names:
            (folder / name / f"to-{other}").symlink_to(folder / other, target_is_directory=True)
    assert "for 144 faults" in faults_of(tmp_path / "new", str(folder))


@needs_links
def test_a_folder_that_is_read_already_is_told(folder, tmp_path):
    (folder / "inner").mkdir()
    (folder / "later").symlink_to(folder / "inner", target_is_directory=True)
    message = faults_of(tmp_path / "new", str(folder))
    assert f"{folder / 'later'}: this is the folder {folder / 'inner'} again. Delete" in message


@needs_links
@pytest.mark.parametrize("kind", ["pipe", "dangling link", "loop of links"])
def test_a_study_takes_no_place_that_is_taken(folder, tmp_path, kind):
    spoil(tmp_path / "new", kind)
    assert "there already" in faults_of(tmp_path / "new", str(folder))


@pytest.mark.parametrize("name", ["x" * 300])
def test_a_study_of_a_name_that_no_folder_has_is_told(folder, tmp_path, name):
    assert "it cannot be made" in faults_of(f"{tmp_path}/{name}", str(folder))


def test_a_folder_that_may_not_be_read_is_told(folder, tmp_path, monkeypatch):
    (folder / "closed").mkdir()
    real = os.listdir

    def refuse(path="."):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert "closed: the folder cannot be read (Permission" in faults_of(tmp_path / "n", str(folder))
