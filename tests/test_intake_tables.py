"""Tables that researchers have: articles, outlets, dates, headlines and words, each as it is."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from analysis_utils.annotation.cleaning import PageError, read_metadata
from analysis_utils.own_study.intake import take_in
from analysis_utils.own_study.page import PageFault
from analysis_utils.own_study.rows import is_table, read_articles
from analysis_utils.own_study.tables.cells import readable, where_cut
from analysis_utils.own_study.tables.days import read_days

CASES = Path(__file__).parent / "intake"
PAPERS = ["The Harbour Times", "The Harbour Times", "Daily Courier", "Daily Courier",
          "Northern Post", "Northern Post"]  # fmt: skip
SITES = [f"{name.replace(' ', '').lower()}.com" for name in PAPERS]
DAYS = ["2023-03-14", "2023-03-15", "2023-03-14", "2023-03-16", "2023-03-15", "2023-03-17"]
HEADLINES = [
    "Ferry runs aground off Port Ellan, 43 hurt",
    "Isles Ferries ignored two warnings before crash, letters show",
    "Heroic crew save 212 as ferry hits reef",
    "Union boss accused of exploiting ferry disaster",
    "Minister orders inquiry after Merrow Star grounding",
    "Islanders wait for food as ferry row deepens",
]
#: Words of the six texts, without their headlines.
WORDS = [186, 140, 137, 116, 142, 128]

TEXT = (
    "The river rose again on Monday, and the town of Riverton asked for boats.\n"
    "“We have waited since the flood,” Mayor Ada North said."
)


def read(path, outlet="", columns=None):
    faults = []
    reading = read_articles(Path(path), outlet, faults, columns)
    assert not faults
    return reading


def words_of(page):
    kept = page.lines[page.lines["kind"] == "body"]
    return sum(len(clean.split()) for clean in kept["clean"])


def headline_of(page):
    return read_metadata(page.lines)["headline"]


@pytest.mark.parametrize(
    ("name", "outlets"),
    [
        ("09_xlsx/articles.xlsx", PAPERS),
        ("11_csv_sep_line/articles.csv", PAPERS),
        ("13_mediacloud_csv/mc-with-text.csv", PAPERS),
        ("14_newsplease/articles.jsonl", SITES),
        ("14_newsplease/with_outlet.jsonl", PAPERS),
        ("15_tsv/articles.tsv", PAPERS),
        ("17_csv_nan_rows/articles1.csv", PAPERS),
        ("19_two_source_columns/articles.csv", PAPERS),
        ("19_two_source_columns/nexis_factiva.csv", PAPERS),
        ("21_mojibake/articles.csv", PAPERS),
        ("41_tool_outputs/trafilatura.jsonl", PAPERS),
        ("41_tool_outputs/newspaper4k.jsonl", SITES),
        ("41_tool_outputs/guardian.jsonl", PAPERS),
        ("41_tool_outputs/eventregistry.jsonl", PAPERS),
        ("41_tool_outputs/json_array.jsonl", PAPERS),
        ("54_csv_scraped_boilerplate/articles.csv", PAPERS),
    ],
)
def test_each_row_is_an_article_with_its_own_fields(name, outlets):
    pages = read(CASES / name).pages
    assert [page.outlet for page in pages] == outlets
    assert [headline_of(page) for page in pages] == HEADLINES
    assert [page.published[:10] for page in pages] == DAYS
    assert [words_of(page) for page in pages] == WORDS


def test_posts_of_a_forum():
    pages = read(CASES / "41_tool_outputs/reddit.csv").pages
    assert {page.outlet for page in pages} == {
        "r/TheHarbourTimes", "r/DailyCourier", "r/NorthernPost"
    }  # fmt: skip
    assert [words_of(page) for page in pages] == WORDS
    assert all(page.published.startswith("2023-03-1") for page in pages)


@pytest.mark.parametrize("name", ["tweets.csv", "tweets_outlet.csv"])
def test_short_messages_have_their_senders_and_their_days(name):
    pages = read(CASES / "37_tweets_csv" / name).pages
    assert len(pages) == 60
    assert {page.outlet for page in pages} == {"harbourtimes", "dailycourier", "northernpost"}
    assert {page.published[:10] for page in pages} == {f"2023-03-{n}" for n in range(14, 18)}


def test_inserts_of_sites_are_no_text_and_no_patterns_are_needed():
    for page in read(CASES / "54_csv_scraped_boilerplate/articles.csv").pages:
        kept = " ".join(page.lines.loc[page.lines["kept"], "clean"])
        for insert in ("Advertisement", "Sign up", "Read more", "Ann Cole", "©", "Follow", "(Reut"):
            assert insert not in kept


def test_broken_signs_are_mended_in_every_text():
    for page in read(CASES / "21_mojibake/articles.csv").pages:
        kept = " ".join(page.lines.loc[page.lines["kept"], "clean"])
        assert not set("â€œ�&#") & set(kept)
        assert kept.count("“") == kept.count("”")


# --- Dates -----------------------------------------------------------------------------------


def test_dates_of_a_column_tell_the_order_of_the_doubtful_ones():
    pages = read(CASES / "12_csv_dates/dmy.csv").pages
    assert [page.published for page in pages] == [
        "2023-03-14", "2023-03-15", "2023-03-04", "2023-03-05", "2023-03-06", "2023-03-17"
    ]  # fmt: skip


def test_a_column_in_two_orders_leaves_doubtful_dates_out_and_names_them():
    reading = read(CASES / "12_csv_dates/articles.csv")
    assert [page.published[:10] for page in reading.pages] == [
        "2023-03-14", "2023-03-15", "", "2023-03-16", "2023-03-14", "2023-03-17"
    ]  # fmt: skip
    assert any("row 4, '03/04/2023'" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["3/15/2023", "3/4/2023"], ["2023-03-15", "2023-03-04"]),
        (["15.03.2023", "4.3.2023 10:30"], ["2023-03-15", "2023-03-04 10:30"]),
        (["31/12/22", "01/02/23"], ["2022-12-31", "2023-02-01"]),
        (["03/04/2023", "05/06/2023"], ["03/04/2023", "05/06/2023"]),
        (["04/04/2023"], ["2023-04-04"]),
        (["16-03-11"], ["16-03-11"]),
        (["20230314", "20230314T101112Z"], ["2023-03-14", "2023-03-14T10:11Z"]),
        (["44999", "44999.5"], ["2023-03-14", "2023-03-14"]),
        (["1678788000", "1678788000000"], ["2023-03-14T10:00+00:00"] * 2),
        (["2023/3/4"], ["2023-03-04"]),
        (["Tue Mar 14 10:00:00 +0000 2023"], ["2023-03-14T10:00:00+00:00"]),
        (["99/99/2023", "", "soon"], ["99/99/2023", "", "soon"]),
    ],
)
def test_dates_as_programs_write_them(cells, days):
    assert read_days(cells) == days


# --- What is left out, and what is refused ---------------------------------------------------


def test_rows_without_a_text_are_left_out_with_the_reason():
    reading = read(CASES / "17_csv_nan_rows/articles1.csv")
    assert [each.source for each in reading.set_aside] == [
        "articles1.csv, row 8", "articles1.csv, row 9"
    ]  # fmt: skip
    assert "empty" in reading.set_aside[0].reason and "'nan'" in reading.set_aside[1].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[Removed]", "empty (it has '[Removed]')"),
        ("N/A", "empty"),
        ("The river rose again on Monday, and the to… [+904 chars]", "[+904 chars]"),
        ("The river rose again on Monday […]", "[…]"),
        ("Access Denied. You don't have permission to access this page.", "error"),
        ("Please enable JavaScript and cookies to continue", "error"),
        ("This story is for subscribers only. Already a subscriber? Sign in.", "subscribe"),
    ],
)
def test_what_stands_in_the_place_of_a_text_is_told(text, reason, tmp_path):
    rows = [{"outlet": "A", "text": text}, {"outlet": "B", "text": TEXT}]
    (tmp_path / "t.json").write_text(json.dumps(rows), "utf-8")
    reading = read(tmp_path / "t.json")
    assert [page.outlet for page in reading.pages] == ["B"]
    assert [reason in each.reason for each in reading.set_aside] == [True]


def test_a_table_of_cut_texts_alone_is_refused_with_the_mend():
    with pytest.raises(PageFault, match=r"no row is an article.*\[\+959 chars\].*Save the page"):
        read(CASES / "16_newsapi_json/everything.json")


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("13_mediacloud_csv/mc-onlinenews.csv", "links and no texts.*Save page as"),
        ("61_google_news_links/links.csv", "links and no texts.*--columns text=title"),
        ("33_zotero/My Library.csv", "Zotero.*Export Items"),
        ("38_headlines_only/no_text_column.csv", "--columns text=headline_text"),
    ],
)
def test_a_table_without_texts_is_told_what_to_do(name, mend):
    with pytest.raises(PageFault, match=mend):
        read(CASES / name)


def test_the_mend_for_headlines_alone_works():
    reading = read(
        CASES / "38_headlines_only/no_text_column.csv", columns={"text": "headline_text"}
    )
    assert {page.published for page in reading.pages} == {f"2023-03-{n}" for n in range(14, 18)}
    assert {page.outlet for page in reading.pages} == set(PAPERS)
    assert words_of(reading.pages[0]) == 8


def test_a_table_in_another_encoding_is_told_in_the_words_of_excel(tmp_path):
    path = CASES / "10_csv_excel_europe/articles.csv"
    with pytest.raises(PageError, match=r"'CSV UTF-8 \(Comma delimited\)'"):
        read(path)
    saved = tmp_path / "articles.csv"  # as Excel then saves it, with a semicolon in Europe
    saved.write_text(path.read_text("cp1252"), "utf-8-sig")
    assert [words_of(page) for page in read(saved).pages] == WORDS


def test_rows_with_more_cells_than_columns_are_told():
    faults = []
    read_articles(CASES / "39_csv_unquoted_commas/articles.csv", "", faults)
    assert len(faults) == 6
    assert "16 cells stand under 4 headings" in faults[0] and "quotation marks" in faults[0]


# --- Relatives -------------------------------------------------------------------------------


def frame():
    return pd.DataFrame(
        {
            "Paper": ["The Herald", "The Post"],
            "Publication date": [datetime(2018, 6, 14), datetime(2018, 6, 15)],
            "Title": ["River rises in Riverton", "Riverton asks for boats"],
            "Text": [TEXT, TEXT],
        }
    )


def test_a_workbook_with_a_title_above_its_headings(tmp_path):
    book = Workbook()
    book.active.append(["Articles on the river"])
    book.active.append([])
    for row in [["Newspaper", "Date", "Headline", "Full text"],
                ["The Herald", datetime(2018, 6, 14), "River rises", TEXT],
                ["The Post", datetime(2018, 6, 15), "Boats", TEXT]]:  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    pages = read(tmp_path / "t.xlsx").pages
    assert [(page.outlet, page.published) for page in pages] == [
        ("The Herald", "2018-06-14"), ("The Post", "2018-06-15")
    ]  # fmt: skip
    assert pages[0].source == "t.xlsx, row 4"


def test_a_sheet_for_each_outlet(tmp_path):
    book = Workbook()
    for name in ("The Herald", "The Post"):
        sheet = book.create_sheet(name)
        sheet.append(["Date", "Text"])
        sheet.append(["2018-06-14", TEXT])
    book.save(tmp_path / "t.xlsx")
    assert [page.outlet for page in read(tmp_path / "t.xlsx").pages] == ["The Herald", "The Post"]


def test_a_table_with_the_numbers_that_pandas_writes(tmp_path):
    told = frame().rename(columns={"Paper": "Newspaper"})
    told.to_csv(tmp_path / "t.csv")
    told.to_excel(tmp_path / "t.xlsx")
    told.to_parquet(tmp_path / "t.parquet")
    told.to_json(tmp_path / "t.json", orient="records", date_format="iso")
    for name in ("t.csv", "t.xlsx", "t.parquet", "t.json"):
        pages = read(tmp_path / name).pages
        assert [(page.outlet, page.published[:10]) for page in pages] == [
            ("The Herald", "2018-06-14"), ("The Post", "2018-06-15")
        ], name  # fmt: skip


def test_a_workbook_is_known_by_its_content_and_a_web_table_is_no_workbook(tmp_path):
    told = frame().rename(columns={"Paper": "Newspaper"})
    told.to_excel(tmp_path / "t.xlsx", index=False)
    shutil.copy(tmp_path / "t.xlsx", tmp_path / "t.xls")
    told.to_html(tmp_path / "u.xls", index=False)
    for name in ("t.xls", "u.xls"):
        assert [page.outlet for page in read(tmp_path / name).pages] == ["The Herald", "The Post"]


@pytest.mark.parametrize("damage", [b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked"])
def test_a_damaged_or_locked_workbook_is_told(damage, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(damage)
    with pytest.raises(PageError, match=r"t\.xlsx.*damaged or locked.*save it again"):
        read(tmp_path / "t.xlsx")


def test_a_column_with_a_name_of_its_own_can_be_named(tmp_path):
    frame().rename(columns={"Text": "Words"}).to_csv(tmp_path / "t.csv", index=False)
    with pytest.raises(PageFault, match="--columns text=HEADING"):
        read(tmp_path / "t.csv")
    reading = read(tmp_path / "t.csv", columns={"text": "words", "outlet": "Paper"})
    assert reading.columns["text"] == "Words" and reading.columns["outlet"] == "Paper"


@pytest.mark.parametrize("answer", [
    {"status": "ok", "articles": [{"source": {"id": None, "name": "The Herald"}, "content": TEXT}]},
    {"response": {"results": [{"fields": {"bodyText": TEXT, "publication": "The Herald"}}]}},
    {"articles": {"results": [{"body": TEXT, "source": {"uri": "h.org", "title": "The Herald"}}]}},
    {"outlet": "The Herald", "text": TEXT},
    [{"title": {"rendered": "A"}, "content": {"rendered": TEXT}, "source": "The Herald"}],
])  # fmt: skip
def test_answers_of_services_and_single_objects(answer, tmp_path):
    (tmp_path / "t.json").write_text(json.dumps(answer, indent=1), "utf-8")
    (page,) = read(tmp_path / "t.json").pages
    assert page.outlet == "The Herald" and words_of(page) == 24


def test_the_longer_of_two_columns_is_the_text(tmp_path):
    rows = [{"outlet": name, "content": "news", "body": TEXT * 2} for name in "AB"]
    (tmp_path / "t.json").write_text(json.dumps(rows), "utf-8")
    assert read(tmp_path / "t.json").columns["text"] == "body"


def test_a_column_that_names_archives_alone_is_told(tmp_path):
    rows = [{"source": name, "text": TEXT} for name in ("Nexis", "Factiva")]
    (tmp_path / "t.json").write_text(json.dumps(rows), "utf-8")
    assert any("archives (Factiva, Nexis)" in note for note in read(tmp_path / "t.json").notes)


def test_a_text_that_fills_a_cell_of_excel_is_told(tmp_path):
    rows = [
        {"outlet": name, "text": ("word " * 9_000)[:n]} for name, n in [("A", 32_767), ("B", 99)]
    ]
    (tmp_path / "t.json").write_text(json.dumps(rows), "utf-8")
    assert any("no. 1: the text has 32,767" in note for note in read(tmp_path / "t.json").notes)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (r"One.\n\nTwo.\nThree.", "One.\n\nTwo.\nThree."),
        ('["One.", "It\'s two."]', "One.\nIt's two."),
        ("Fish &amp;amp; chips &#8220;here&#8221;", "Fish & chips “here”"),
        ("<p>One.</p><p>Two &lt; three.</p>", "One.\n\nTwo < three."),
        ("Itâ€™s â€œlateâ€\ufffd, he said", "It’s “late”, he said"),
        ("Zoë’s café in São Tomé, 5 € a cup", "Zoë’s café in São Tomé, 5 € a cup"),
        ("AT&T; R&D", "AT&T; R&D"),
    ],
)
def test_a_cell_reads_as_a_reader_sees_it(cell, text):
    assert readable(cell) == text


def test_a_text_with_dots_at_its_end_is_whole():
    assert where_cut("And nobody knew why ...") == where_cut("He said [sic]") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_by_the_name_of_a_text(encoding, tmp_path):
    """As Excel saves "Text (Tab delimited)" and "Unicode Text"."""
    text = (CASES / "15_tsv/articles.tsv").read_text("utf-8")
    (tmp_path / "t.txt").write_text(text, encoding)
    assert is_table(tmp_path / "t.txt")
    assert [words_of(page) for page in read(tmp_path / "t.txt").pages] == WORDS


def test_a_text_is_no_table(tmp_path):
    (tmp_path / "t.txt").write_text(f"The text, and the source\n\n{TEXT}", "utf-8")
    assert not is_table(tmp_path / "t.txt")


def test_a_folder_of_tables_is_taken_and_a_table_among_pages_is_set_aside(tmp_path):
    (table,) = (CASES / "09_xlsx").glob("*.xlsx")
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(table, alone)
    assert len(take_in([str(alone)]).pages) == 6
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    shutil.copy(table, mixed)
    (mixed / "Post.txt").write_text(f"The river rose\n\n{TEXT}", encoding="utf-8")
    (left_out,) = take_in([str(mixed)]).set_aside
    assert "add --page" in left_out.reason and left_out.source == table.name


@pytest.mark.parametrize("text", ["sep=;\n", "sep=,", "\n\n", "sep=;\n\n"])
def test_a_table_without_a_row_is_told(text, tmp_path):
    path = tmp_path / "all.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((PageFault, PageError), match="empty"):
        read_articles(path, "", [], {})
