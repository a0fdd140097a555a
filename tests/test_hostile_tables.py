"""Tables, sheets, codes, studies and folders that no program made are read, or told, in time."""

import csv
import io
import json
import os
import re
import zipfile
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.cell_range import CellRange
from read_or_told import (
    FAULT_INPUTS,
    HEADLINE,
    PARAGRAPHS,
    STUDY,
    drawn,
    in_time,
    letters,
    read_or_told,
    study_folder,
)

from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.output.spreadsheets import read_rows
from analysis_utils.own_study.intake import take_in
from analysis_utils.study import read_study

pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path_factory):
    """A new folder for each example."""
    return lambda: tmp_path_factory.mktemp("hostile")


# --- Tables of articles --------------------------------------------------------------------

OUTLETS = ("Alpha", "Beta", "Gamma")
ROWS = [
    {"outlet": name, "date": "2024-05-01", "headline": HEADLINE, "text": "\n".join(PARAGRAPHS[n:])}
    for n, name in enumerate(OUTLETS)
]


def as_csv(separator, quoting, ending):
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(
        buffer, ROWS[0], delimiter=separator, quoting=quoting, lineterminator=ending
    )
    writer.writeheader()
    writer.writerows(ROWS)
    return buffer.getvalue()


def at_a(sign, change):
    """A change at one of the places where a sign stands."""

    def changed(text, random, separator):
        places = [found.start() for found in re.finditer(re.escape(sign or separator), text)]
        if not places:
            return text
        where = random.choice(places)
        return text[:where] + change(separator) + text[where + 1 :]

    return changed


def anywhere(strange):
    def changed(text, random, separator):
        where = random.randrange(len(text) + 1)
        return text[:where] + (separator if strange is None else strange) + text[where:]

    return changed


def first_line(change):
    def changed(text, _, separator):
        head, end, rest = text.partition("\n")
        return change(head, separator) + end + rest

    return changed


#: What programs do to a table, and what leaves all its cells as they are.
HARMLESS = {
    "byte order mark": lambda text, *_: "\ufeff" + text.removeprefix("\ufeff"),
    "rows of nothing": lambda text, _, separator: f"{text}{separator * 3}\n\n{separator}\n",
    "heading in capitals": first_line(lambda head, _: head.upper()),
}

#: What may lose or merge a cell.
HARMFUL = {
    "mark left out": at_a('"', lambda _: ""),
    "mark twice": at_a('"', lambda _: '""'),
    "mark too many": anywhere('"'),
    "mark with a backslash": at_a('"', lambda _: '\\"'),
    "separator left out": at_a("", lambda _: ""),
    "separator too many": anywhere(None),
    "line too many": anywhere("\n"),
    "line left out": at_a("\n", lambda _: " "),
    "heading twice": first_line(lambda head, separator: f"{head}{separator}text"),
    "heading too few": first_line(lambda head, separator: head.rpartition(separator)[0]),
    "heading left out": first_line(lambda head, _: ""),
    "another heading": first_line(lambda head, _: head.replace("text", "words")),
    "two of one meaning": first_line(lambda head, _: head.replace("date", "source")),
    "cut off": lambda text, random, _: text[: random.randrange(len(text))],
    "zero": anywhere("\0"),
    "half a sign": anywhere("\udcff"),
    "endless line": anywhere("word " * 50_000),
    "empty row": anywhere("\n\n"),
    "no row": lambda text, *_: text.partition("\n")[0],
    "twice": lambda text, *_: text + text,
    "line above": lambda text, *_: f"Export of 1 May\n{text}",
    "separator told wrongly": lambda text, *_: f"sep=:\n{text}",
}

SHAPES = st.tuples(
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n"]),
)


def articles_in(path):
    """Letters of each article by its outlet."""
    return {page.outlet: _told(page.content.decode()) for page in take_in([str(path)]).pages}


def _told(page):
    """Headline and text of a page that has fields above its text."""
    fields, _, text = page.partition("\n\n")
    headlines = [line for line in fields.split("\n") if line.startswith("Headline: ")]
    return letters("".join(headlines).removeprefix("Headline: ") + text)


WANTED = {row["outlet"]: letters(row["headline"] + row["text"]) for row in ROWS}


@given(SHAPES, st.lists(st.sampled_from(sorted(HARMLESS)), max_size=3), st.booleans())
@drawn
def test_a_table_as_programs_save_it_is_read_whole(place, shape, changes, told):
    text, separator = as_csv(*shape), shape[0]
    for name in changes:
        text = HARMLESS[name](text, Random(0), separator)
    if told:
        mark = text[: text.startswith("\ufeff")]
        text = f"{mark}sep={separator}\n{text.removeprefix(mark)}"
    path = place() / "all.csv"
    path.write_bytes(text.encode())
    with in_time():
        assert articles_in(path) == WANTED


@given(SHAPES, st.lists(st.sampled_from(sorted(HARMFUL)), min_size=1, max_size=2), st.integers(0))
@drawn
def test_a_table_of_any_kind_loses_no_letter_or_is_told(place, shape, changes, seed):
    random, text = Random(seed), as_csv(*shape)
    for name in changes:
        text = HARMFUL[name](text, random, shape[0])
    path = place() / "all.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    found = read_or_told(path, articles_in, path)
    kept = {"mark left out", "mark twice", "mark too many", "empty row", "heading too few"}
    if found is not None and kept.issuperset(changes):
        told = "".join(letters(row["headline"] + row["text"]) for row in ROWS)
        assert "".join(found[name] for name in OUTLETS if name in found) == told


strange_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(sorted(ROWS[0])), strange_values), max_size=3),
    st.booleans(),
    st.sampled_from([None, 2]),
    st.sampled_from(["", "[", "]", "{", "\x00", ",", '"', "NaN", "[" * 5000, "9" * 5000]),
    st.integers(0),
)
@drawn
def test_json_of_any_kind_is_read_or_told(place, others, is_list, indent, strange, seed):
    random, rows = Random(seed), [*ROWS, *others]
    text = "\n".join(map(json.dumps, rows)) if not is_list else json.dumps(rows, indent=indent)
    where = random.randrange(len(text) + 1)
    path = place() / "all.jsonl"
    path.write_text(text[:where] + strange + text[where:], "utf-8")
    found = read_or_told(path, articles_in, path)
    if not strange and not others:
        assert found == WANTED


# --- Spreadsheets --------------------------------------------------------------------------


def good_book():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["unit_id", "text", "code"], ["u1", PARAGRAPHS[0], 1], ["u2", PARAGRAPHS[1], -1]):
        sheet.append(row)
    return book, sheet


def put(cell, value):
    return lambda book, sheet: sheet.__setitem__(cell, value)


def merged(cells):
    """Cells that are merged as a file tells it; the library would make each of them."""
    return lambda book, sheet: sheet.merged_cells.ranges.add(CellRange(cells))


def other_sheets(book, sheet):
    for number in range(30):
        book.create_sheet(f"s{number}", 0)["XFD9"] = "x"


def far_sheets(book, sheet):
    for number in range(30):
        book.create_sheet(f"s{number}", 0)["A1048576"] = "x"


def styled(book, sheet):
    sheet.sheet_state, sheet.row_dimensions[2].hidden = "visible", True
    sheet.protection.sheet = True
    sheet.freeze_panes = "XFD1048576"
    sheet.auto_filter.ref = "A1:XFD1048576"
    sheet.print_area = "A1:XFD1048576"


def named(book, sheet):
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["far"] = DefinedName("far", attr_text="codes!$A$1:$XFD$1048576")


#: What leaves the table as it is.
KEEPS = {
    "nothing": lambda book, sheet: None,
    "empty cell far away": put("XFD1048576", " "),
    "empty cell below": put("A1048576", ""),
    "merged below": merged("A9:XFD1048576"),
    "other sheets": other_sheets,
    "styles": styled,
    "names": named,
}

#: What may not.
SPOILS = {
    "cell far away": put("XFD1048576", "y"),
    "cell far below": put("B1048576", "y"),
    "many cells far below": far_sheets,
    "cell far right": put("XFD2", "y"),
    "merged": merged("A1:C2"),
    "merged rows": merged("A2:A3"),
    "merged far": merged("B2:XFD1048576"),
    "formula": put("C2", "=1+1"),
    "formula of itself": put("C2", "=C2&C2"),
    "formula of all": put("C2", "=SUM(A1:XFD1048576)"),
    "formula of a table": put("C2", "=IF(1,{1,2;3,4},0)"),
    "error": put("C2", "#REF!"),
    "huge number": put("C2", 1e308),
    "long number": put("C2", 10**300),
    "truth": put("C2", True),
    "heading twice": put("D1", "Code"),
    "heading of nothing": put("B1", None),
    "no heading": put("A1", "id"),
    "long text": put("B2", "x" * 32_767),
    "odd text": put("B2", "_x0000__x005F_ \ufffe"[:-1]),
}


def row_numbers(part):
    return re.sub(rb'<row r="3"', b'<row r="99999999999"', part)


def no_numbers(part):
    return re.sub(rb' r="[A-Z]*\d+"', b"", part)


def bomb(part):
    entities = b'<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)
    )
    return re.sub(rb"(<\?xml[^>]*>)?", lambda head: head[0] + entities + b"]>", part, count=1)


#: What is done to the XML of the sheet.
XML = {
    "as it is": lambda part: part,
    "size told wrongly": lambda part: re.sub(rb'ref="A1:[^"]*"', b'ref="A1:XFD1048576"', part),
    "no size told": lambda part: re.sub(rb"<dimension[^>]*>", b"", part),
    "row far too far": row_numbers,
    "rows without numbers": no_numbers,
    "cell of no place": lambda part: part.replace(b'r="B2"', b'r="ZZZZZ2"'),
    "cell of no row": lambda part: part.replace(b'r="B2"', b'r="B0"'),
    "kind unknown": lambda part: part.replace(b't="s"', b't="zz"', 1),
    "text that is not there": lambda part: re.sub(rb"<v>0</v>", b"<v>99999</v>", part),
    "a bomb": bomb,
    "many cells": lambda part: part.replace(b"</row>", b"<c/>" * 20_000 + b"</row>", 1),
    "many rows": lambda part: part.replace(b"</sheetData>", b"<row/>" * 90_000 + b"</sheetData>"),
    "deep": lambda part: part.replace(b"<sheetData>", b"<a>" * 5000 + b"<sheetData>"),
    "cut off": lambda part: part[: len(part) * 2 // 3],
    "two tables": lambda part: part.replace(b"</sheetData>", b"</sheetData><sheetData/>"),
}


def save(book, path, xml, packed=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    book.save(buffer)
    name = f"xl/worksheets/sheet{len(book.sheetnames) if len(book.sheetnames) > 1 else 1}.xml"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", packed) as new:
        for each in old.namelist():
            part = old.read(each)
            new.writestr(each, XML[xml](part) if each == name else part)


def codes_in(path):
    """The rows of a sheet by their unit."""
    headings, rows = read_rows(path, "unit_id")
    return [dict(zip(headings, row, strict=True)) for _, row in rows]


SHEET = [("u1", PARAGRAPHS[0], 1), ("u2", PARAGRAPHS[1], -1)]


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@given(
    st.sampled_from(sorted(KEEPS)),
    st.sampled_from(["as it is", "size told wrongly", "no size told", "rows without numbers"]),
    st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]),
)
@drawn
def test_a_sheet_as_programs_save_it_is_read_whole(place, change, xml, packed):
    book, sheet = good_book()
    KEEPS[change](book, sheet)
    path = place() / "codes.xlsx"
    save(book, path, xml if change == "nothing" else "as it is", packed)
    with in_time():
        found = [(row["unit_id"], row["text"], row["code"]) for row in codes_in(path)]
    assert found == SHEET


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@given(
    st.lists(st.sampled_from(sorted(SPOILS)), max_size=2, unique=True),
    st.sampled_from(sorted(XML)),
    st.sampled_from([1, 1, 1, 0.7]),
)
@drawn
def test_a_sheet_of_any_kind_is_read_or_told(place, changes, xml, whole):
    book, sheet = good_book()
    for name in changes:
        try:
            SPOILS[name](book, sheet)
        except (AttributeError, ValueError):  # a cell that is merged already takes nothing
            return
    path = place() / "codes.xlsx"
    save(book, path, xml)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * whole)])
    found = read_or_told(path, codes_in, path)
    if found is not None and not changes and xml in ("as it is", "two tables"):
        assert [row["text"] for row in found][:2] == PARAGRAPHS[:2]


# --- Codes ---------------------------------------------------------------------------------

SAID = "a1:s02"
CODES = {
    "lines": ["article_id,line_no,kept", "a1,1,True", "b1,1,False"],
    "sentences": ["sentence_id,line_no,n_words,text", f'a1:s01,3,17,"{PARAGRAPHS[0]}"'],
    "mentions": ["sentence_id,start,end,text,actor,kind", f"{SAID},39,48,Zoë Smith,mayor,name"],
    "sentiment": ["sentence_id,actor,polarity,voice", f"{SAID},mayor,-1,reporter"],
    "quotes": [
        "quote_id,sentence_id,type,speaker,cue,start,end,text",
        f"q1,{SAID},direct,mayor,said,1,20,This is a great day",
    ],
    "facts": ["fact_id,fact,status,sentence_ids", f"f1,a bridge,shared,{SAID} b1:s01"],
    "alignment": ["sentence_id,other_id,strength", "a1:s01,b1:s01,strong", f"{SAID},,none"],
    "functions": ["outlet,function,statement,sentence_id", f"a,problem,a bridge,{SAID}"],
}
CELLS = (
    *(
        "",
        " ",
        "mayor",
        "nobody",
        "a1:s01",
        "a1:s99",
        "zz:s01",
        "a1",
        "0",
        "-1",
        "9" * 9,
        "9" * 400,
    ),
    *("1e9", "1.5", "٣", "True", "yes", '"', '""', "a,b", "\u200b", "\x00", "=1+1", "NA", "nan"),
    *(PARAGRAPHS[0], "x" * 5000, "a1:s01 a1:s01 " * 300, "a_only", "zz_only", "shared", "strong"),
)
NAMES = (
    *(
        "{}.csv",
        "{}s.csv",
        "{}.CSV",
        "{}.xlsx",
        "{} (1).csv",
        "{}.csv.txt",
        "{}.json",
        "{}-old.csv",
    ),
    *("{}.csv~", "README-{}.md", ".{}.csv", "{}"),
)


@given(
    st.sampled_from(sorted(CODES)),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(CELLS)), max_size=2),
    st.sampled_from(NAMES[:1] * 3 + NAMES),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"]),
)
@drawn
def test_codes_of_any_kind_are_read_or_told(codes_study, name, changes, file, ending, encoding):
    folder, _ = codes_study
    rows = [line for line in csv.reader(CODES[name])]
    for number, column, value in changes:
        row = rows[number % len(rows)]
        row[column % len(row)] = value
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=ending).writerows(rows)
    for old in (folder / "codes").iterdir():
        old.unlink()
    path = folder / "codes" / file.format(name)
    path.write_bytes(buffer.getvalue().encode(encoding, "replace"))

    def read():
        study = read_study(folder)
        load_corpus(study)
        return study.codes(name)

    found = read_or_told(path, read)
    if found is not None and file == "{}.csv" and not changes:
        assert len(found) == len(rows) - 1


@pytest.fixture(scope="module")
def codes_study(tmp_path_factory):
    """A study whose corpus is made already, as codes change nothing in it."""
    folder = study_folder(tmp_path_factory.mktemp("codes") / "study")
    (folder / "codes").mkdir()
    return folder, load_corpus(read_study(folder))


# --- study.yml -----------------------------------------------------------------------------

#: Values that stand instead of another one.
VALUES = (
    *("", "~", "null", "[]", "{}", "[[[]]]", "{a: {b: c}}", "12", "1e999", "2024-13-45", "yes"),
    *("'open", '"open', "[open", "{open", "*x", "&x [*x]", "!!python/object:os.system x", "|\n a"),
    *("<<: *x", "? x", "- - -", "\t", "%YAML 9", "---", "'\\ud800'", '"\\ud800"', '"\\U00999999"'),
    *("../../etc/passwd", "/dev/zero", "pages", "pages/none.txt", "a" * 3000, "\ufeff", "\u200b"),
    *("[" * 300, "{a: " * 200, "[" * 60 + "]" * 60, "@", "`", "a: b: c", "#", "NaN", "0" * 400),
)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.sampled_from(["value", "key", "line", "twice", "indent", "gone"]),
            st.sampled_from(VALUES),
        ),
        min_size=1,
        max_size=3,
    )
)
@drawn
def test_a_study_file_of_any_kind_is_read_or_told(study_place, changes):
    lines = STUDY.splitlines()
    for number, how, value in changes:
        place = number % len(lines)
        head, colon, rest = lines[place].partition(":")
        lines[place] = {
            "value": f"{head}{colon} {value}",
            "key": f"{value}{colon}{rest}",
            "line": f"{lines[place]}\n{value}",
            "twice": f"{lines[place]}\n{lines[place]}",
            "indent": f" {lines[place]}",
            "gone": "",
        }[how]
    path = study_place / "study.yml"
    path.write_text("\n".join(lines), "utf-8", "replace")
    read_or_told(path, read_study, study_place)


@pytest.fixture(scope="module")
def study_place(tmp_path_factory):
    return study_folder(tmp_path_factory.mktemp("file") / "study")


# --- Folders -------------------------------------------------------------------------------

PAGE = "\n\n".join([HEADLINE, *PARAGRAPHS])


def link(to):
    return lambda path: path.symlink_to(to, target_is_directory=not to.endswith("txt"))


ODD = {
    "page": lambda path: path.with_suffix(".txt").write_text(PAGE, "utf-8"),
    "empty page": lambda path: path.with_suffix(".txt").write_text("", "utf-8"),
    "picture": lambda path: path.with_suffix(".png").write_bytes(b"\x89PNG\0"),
    "picture called a page": lambda path: path.with_suffix(".txt").write_bytes(b"\x89PNG\0"),
    "hidden": lambda path: path.with_name(f".{path.name}.txt").write_text(PAGE, "utf-8"),
    "folder": lambda path: path.mkdir(),
    "folder called a page": lambda path: path.with_suffix(".txt").mkdir(),
    "folders": lambda path: path.joinpath(*"abcdefghij" * 5).mkdir(parents=True),
    "link to nothing": lambda path: path.with_suffix(".txt").symlink_to("none.txt"),
    "link to itself": lambda path: path.with_suffix(".txt").symlink_to(f"{path.name}.txt"),
    "link to the folder": link("."),
    "link above": link(".."),
    "link to the other": link("inner"),
    "link to its like": link("x0"),
    "pipe": lambda path: os.mkfifo(path.with_suffix(".txt")),
    "pipe without a name": lambda path: os.mkfifo(path),
    "odd name": lambda path: path.with_name(f"{path.name}\n\u202e=1.txt").write_text(PAGE, "utf-8"),
    "no text for a name": lambda path: open(bytes(path) + b"\xff.txt", "w").close(),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes, and links for some alone")
@given(st.lists(st.tuples(st.sampled_from(sorted(ODD)), st.booleans()), min_size=1, max_size=5))
@drawn
def test_a_folder_of_any_kind_is_read_or_told(place, chosen):
    folder = place() / "around" / "pages"  # links above lead no further than to what is around
    (folder / "inner").mkdir(parents=True)
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(PAGE, "utf-8")
    n_pages = 2
    for number, (kind, inner) in enumerate(chosen):
        ODD[kind]((folder / "inner" if inner else folder) / f"x{number}")
        n_pages += kind in ("page", "odd name")
    found = read_or_told(folder, take_in, [str(folder)])
    if found is not None:
        assert len(found.pages) == n_pages


@pytest.mark.parametrize("place", ["", "cache", "cache/figures", "study.txt", "figures"])
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_a_build_folder_with_something_in_the_way_is_used_or_told(
    place, kind, tmp_path, monkeypatch
):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    folder = study_folder(tmp_path / "odd")
    path = tmp_path / "build" / "odd" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    {
        "file": lambda: path.write_bytes(b"x"),
        "folder": path.mkdir,
        "link": lambda: path.symlink_to("nowhere"),
    }[kind]()
    with in_time():
        try:
            assert len(load_corpus(read_study(folder)).articles) == 2
        except OSError as error:
            assert str(path) in str(error) or str(path.parent) in str(error)


# --- Inputs that have done harm before -----------------------------------------------------


def harmful(*patterns):
    found = [path for each in patterns for path in sorted(FAULT_INPUTS.glob(each))]
    return found or [pytest.param(FAULT_INPUTS, marks=pytest.mark.skip("no FAULT_INPUTS named"))]


@pytest.mark.parametrize("path", harmful("*/study.yml"), ids=lambda path: path.parent.name)
def test_a_study_that_has_done_harm_is_read_or_told(path):
    def read():
        return load_corpus(read_study(path.parent), cache=False)

    corpus = read_or_told(path.parent, read)
    if corpus is not None:
        for actor in corpus.study.actors:
            assert actor.id in set(corpus.mentions["actor"])


@pytest.mark.parametrize("path", harmful("*.csv", "*.xlsx"), ids=lambda path: path.name)
def test_a_table_that_has_done_harm_is_read_or_told(path):
    if path.suffix == ".csv":
        read_or_told(path, articles_in, path)
    else:
        read_or_told(path, codes_in, path)
