"""Tables as spreadsheets: safe to open, and back without loss."""

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis_utils.files.xlsx_tables import unescape_xml
from analysis_utils.output import spreadsheets
from analysis_utils.output.spreadsheets import (
    SheetError,
    escape_xml,
    guard,
    read_rows,
    unguard,
    write_csv,
    write_xlsx,
)

#: Texts that programs have run, cut, decoded or dropped.
NASTY = [
    "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "\"=1+1",
    "'=1+1", "''twas", "'", "＝1+1", "=HYPERLINK(\"http://a.b\")", "a;=1+1", "a,=1+1", "a\n=1+1",
    "one \"quoted\" word", "two\nlines", "dos\r\nlines", "tab\tinside", " space ", "🙂‮rtl⁦", "\x00",
    "\x00=1", "\x1f_x0001_", "_x0041", "_x0041\x01", "_x005F_x0041_", "\ufffe", "TRUE", "1e5",
    "2018-06-14", "#N/A", "nan", "None", "é", "日本", "",
]  # fmt: skip

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text("=+-@'\" \t\r\n,;_x041F", max_size=12),
)


@given(text=texts)
@settings(max_examples=400)
def test_guarding_loses_nothing(text):
    assert unguard(guard(text)) == text


@given(text=texts)
@settings(max_examples=400)
def test_a_guarded_text_is_no_formula_wherever_it_is_cut(text):
    for cell in re.split("[,;\t\r\n]", guard(text)):
        assert not re.match(r"[\s\0\"]*[=+\-@＝＋－＠]", cell)


@given(text=texts)
@settings(max_examples=400)
def test_escaping_for_xml_loses_nothing(text):
    assert unescape_xml(escape_xml(text)) == text


@pytest.mark.parametrize("text", ["'Safe' is the mayor's word", "a,'b", "so,'it said"])
def test_an_apostrophe_that_guards_nothing_is_somebodys_own(text):
    assert unguard(text) == text


def test_plain_prose_is_left_as_it_is():
    text = "“We are open, and ready,” it said; the state-owned firm didn't answer - so far."
    assert guard(text) == text == escape_xml(text)


def round_trip(path, table):
    if path.suffix == ".csv":
        write_csv(path, table)
    else:
        write_xlsx(path, {"codes": table})
    return [row[1:3] for _, row in read_rows(path, "unit_id")[1]]


@pytest.mark.parametrize("kind", spreadsheets.FORMATS)
@given(values=st.lists(texts, min_size=1, max_size=5))
@example(values=NASTY)
@settings(max_examples=60)
def test_a_table_comes_back_as_it_was(kind, values, tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / f"x.{kind}"
    table = pd.DataFrame({"unit_id": "u", "text": values, "code": -1}).astype(object)
    codes = -1 if kind == "xlsx" else "-1"
    assert round_trip(path, table) == [[value, codes] for value in values]


def test_a_code_of_minus_one_is_a_number_in_the_file(tmp_path):
    table = pd.DataFrame({"unit_id": ["u"], "code": [-1]}, dtype=object)
    write_csv(tmp_path / "x.csv", table)
    assert b'"-1"' in (tmp_path / "x.csv").read_bytes()  # without an apostrophe
    write_xlsx(tmp_path / "x.xlsx", {"codes": table})
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx")["codes"]["B2"]
    assert (cell.value, cell.data_type) == (-1, "n")


@pytest.mark.parametrize("text", NASTY[:12])
def test_no_cell_of_a_workbook_is_a_formula(text, tmp_path):
    write_xlsx(tmp_path / "x.xlsx", {"codes": pd.DataFrame({"unit_id": ["u"], "text": [text]})})
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx")["codes"]["B2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix  # so it stays a text when the coder edits it


def test_excel_is_told_that_a_csv_file_is_utf8(tmp_path):
    write_csv(tmp_path / "x.csv", pd.DataFrame({"unit_id": ["é"]}))
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_text_too_long_for_a_cell_is_an_error_and_not_cut(tmp_path):
    table = pd.DataFrame({"unit_id": ["u"], "text": ["a" * 40_000]})
    with pytest.raises(SheetError, match=r"x\.xlsx, row 2: the text has 40,000 .* format csv"):
        write_xlsx(tmp_path / "x.xlsx", {"codes": table})
    assert not (tmp_path / "x.xlsx").exists()
    assert round_trip(tmp_path / "x.csv", table) == [["a" * 40_000]]


def test_a_heading_is_no_formula(tmp_path):
    table = pd.DataFrame({"unit_id": ["u"], "=1+1": ["x"]})
    write_csv(tmp_path / "x.csv", table)
    assert b'"\'=1+1"' in (tmp_path / "x.csv").read_bytes()
    write_xlsx(tmp_path / "x.xlsx", {"codes": table})
    assert openpyxl.load_workbook(tmp_path / "x.xlsx")["codes"]["B1"].data_type == "s"
    for kind in spreadsheets.FORMATS:
        assert read_rows(tmp_path / f"x.{kind}", "unit_id")[0] == ["unit_id", "=1+1"]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The parts of a good XLSX file."""
    path = tmp_path_factory.mktemp("book") / "x.xlsx"
    write_xlsx(path, {"codes": pd.DataFrame({"unit_id": ["u"], "text": ["some words"]})})
    with zipfile.ZipFile(path) as archive:
        return path.read_bytes(), {name: archive.read(name) for name in archive.namelist()}


#: What can have happened to a part of the file.
DAMAGE = {
    "cut off": lambda part: part[: len(part) // 2],
    "a tag left open": lambda part: part.replace(b"</", b"<", 1),
    "not XML": lambda part: b"some words",
    "empty": lambda part: b"",
    "other elements": lambda part: b"<a><b c='d'/></a>",
    "other attributes": lambda part: re.sub(rb'="[^"]*"', b'="x"', part),
}


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_workbook_with_a_broken_part_is_told(damage, workbook, tmp_path):
    told = 0
    for broken in workbook[1]:
        path = tmp_path / "x.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for name, part in workbook[1].items():
                archive.writestr(name, DAMAGE[damage](part) if name == broken else part)
        try:
            read_rows(path, "unit_id")
        except SheetError as error:
            told += "x.xlsx" in str(error)
    assert told  # some parts, such as the theme, can be broken without harm


def test_a_workbook_that_was_cut_off_or_changed_is_told(workbook, tmp_path):
    content, path = workbook[0], tmp_path / "x.xlsx"
    for place in range(0, len(content), 97):
        path.write_bytes(content[:place])
        with pytest.raises(SheetError, match=r"x\.xlsx"):
            read_rows(path, "unit_id")
    for place in range(0, len(content), 41):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        try:
            read_rows(path, "unit_id")
        except SheetError as error:
            assert "x.xlsx" in str(error)


def test_a_workbook_with_broken_xml_names_the_mend(workbook, tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in workbook[1].items():
            archive.writestr(name, part[:-20] if name == "xl/worksheets/sheet1.xml" else part)
    with pytest.raises(SheetError, match=r"damaged .* Save it again as XLSX"):
        read_rows(path, "unit_id")


# --- What could be lost, and what is too much ----------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('unit_id,text\nu1,"open\nu2,"x y"\n', r"row 2 \(line 2.*quotation mark.*Close"),
        ('unit_id,text\nu1,x\nu2,"open\nu3,y\n', r"row 3 \(line 3.*never closed.*Close"),
        ('unit_id;text\nu1;"one\nu2;two\nu3;three"\n', "row 2 .*holds the row 'u2;two'"),
        ("unit_id,code,Code\nu1,a,b\n", "two columns have the heading code"),
        ("unit_id,code\nu1,a,b\n", "row 2: the cell C2 .'b'. stands under no heading"),
        ("unit_id,,code\nu1,b,\n", "row 2: the cell B2 .'b'. stands under no heading"),
    ],
)
def test_a_sheet_that_could_lose_a_cell_is_told(content, message, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(SheetError, match=rf"(?s)x\.csv.*{message}"):
        read_rows(path, "unit_id")


def test_empty_cells_around_a_table_do_no_harm(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a remark above\n\nunit_id,text,,\nu1,x,,\n,,,\nu2\n", "utf-8")
    headings, rows = read_rows(path, "unit_id")
    assert headings[:2] == ["unit_id", "text"]
    assert [(number, row[:2]) for number, row in rows] == [(4, ["u1", "x"]), (6, ["u2", ""])]


def far_cell(path, value):
    """A sheet with headings and codes, and one cell in its far corner."""
    book = openpyxl.Workbook()
    book.active.append(["unit_id", "text"])
    book.active.append(["u1", "x"])
    book.active["XFD1048576"] = value
    book.save(path)
    return path


def test_a_stray_cell_in_the_far_corner_is_told_with_its_name(tmp_path):
    with pytest.raises(SheetError, match=r"x\.xlsx, row 1048576: the cell XFD1048576 .'y'"):
        read_rows(far_cell(tmp_path / "x.xlsx", "y"), "unit_id")


def test_an_empty_cell_in_the_far_corner_does_no_harm(tmp_path):
    assert list(read_rows(far_cell(tmp_path / "x.xlsx", " "), "unit_id")[1]) == [(2, ["u1", "x"])]


def with_sheet(path, workbook, rows):
    """A workbook of which the sheet holds other rows, as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in workbook[1].items():
            if name == "xl/worksheets/sheet1.xml":
                start, _, end = part.partition(b"<sheetData>")
                part = start + b"<sheetData>" + rows + end[end.index(b"</sheetData>") :]
            archive.writestr(name, part)
    return path


def test_a_row_that_no_spreadsheet_has_is_told(workbook, tmp_path):
    rows = b'<row r="1000000000000"><c r="A1" t="n"><v>1</v></c></row>'
    with pytest.raises(SheetError, match=r"x\.xlsx: the sheet codes has too many rows"):
        read_rows(with_sheet(tmp_path / "x.xlsx", workbook, rows), "unit_id")


@pytest.mark.slow
def test_a_sheet_that_takes_too_long_is_told(workbook, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis_utils.files.xlsx_tables.READING_SECONDS", 1.0)
    rows = b'<row><c t="n"><v>1</v></c></row>' * 1_000_000
    with pytest.raises(SheetError, match=r"x\.xlsx: it takes more than 1 seconds"):
        read_rows(with_sheet(tmp_path / "x.xlsx", workbook, rows), "unit_id")


def test_a_sheet_that_unfolds_to_too_much_is_not_opened(workbook, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis_utils.files.xlsx_tables._LARGEST_UNFOLDED", 100_000)
    path = with_sheet(tmp_path / "x.xlsx", workbook, b" " * 200_000)
    with pytest.raises(SheetError, match=r"x\.xlsx: the file unfolds to too many bytes"):
        read_rows(path, "unit_id")


def test_two_runs_write_the_same_workbook(monkeypatch):
    table = pd.DataFrame({"text": ["a", "=b"]})
    first = spreadsheets.xlsx_bytes({"one": table})
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert spreadsheets.xlsx_bytes({"one": table}) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
        assert b"1980-01-01" in archive.read("docProps/core.xml")
