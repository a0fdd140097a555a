"""Coding sheets: nothing given away, never overwritten, read back however they were saved."""

import csv
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from analysis_utils.output.spreadsheets import SheetError, unguard, write_csv, write_xlsx
from analysis_utils.themes.validity import codebook, coding_sheets
from analysis_utils.themes.validity.coding_sheets import write_sheets
from analysis_utils.themes.validity.units import UNITS, all_units, coding_units, count_units
from analysis_utils.themes.validity.words import units_told

SENTENCES = [
    ("a:s01", "a", "=The council closed the bridge."),
    ("a:s02", "a", "“It is brave,” said the mayor, who stayed; -5 degrees."),
    ("b:s01", "b", "Mayor Smith, they say, erred."),
]
SPANS = {  # unit, sentence, words
    "mentions": [
        ("a:s01:1-12", "a:s01", "The council"),
        ("a:s02:20-29", "a:s02", "the mayor"),
        ("b:s01:0-11", "b:s01", "Mayor Smith"),
    ],
    "quotes": [("a:v01", "a:s02", "It is brave"), ("b:v01", "b:s01", "erred")],
}


def read_sheets(paths, corpus):
    return coding_sheets.read_sheets(paths, corpus.study, all_units(corpus))


def spans(name, key):
    of_sentence = {sentence: text for sentence, _, text in SENTENCES}
    starts = [of_sentence[sentence].index(words) for _, sentence, words in SPANS[name]]
    table = pd.DataFrame(SPANS[name], columns=[key, "sentence_id", "text"])
    return table.assign(start=starts, end=table["text"].str.len() + starts)


@pytest.fixture
def corpus(tmp_path):
    """Three sentences of two articles, two actors, one frame of the study."""
    actors = [
        SimpleNamespace(id="mayor", name="Anna Smith"),
        SimpleNamespace(id="council", name="The council"),
    ]
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "study.yml").write_text("event: {title: A bridge}", encoding="utf-8")
    frame = SimpleNamespace(id="Blame", name="Blame", description="whose fault", terms=())
    return SimpleNamespace(
        study=SimpleNamespace(actors=actors, frames=(frame,), folder=tmp_path / "study"),
        sentences=pd.DataFrame(SENTENCES, columns=["sentence_id", "article_id", "text"]),
        mentions=spans("mentions", "mention_id").assign(
            actor=["council", "mayor", "mayor"], kind="name"
        ),
        quotes=spans("quotes", "quote_id").assign(speaker=["mayor", ""], kind="direct", cue="say"),
    )


@pytest.fixture(scope="module")
def real_corpus(study):
    """The default study, beside the small corpus that this module calls ``corpus``."""
    from analysis_utils.annotation.corpus import load_corpus

    return load_corpus(study)


@pytest.fixture
def sheet(corpus, tmp_path):
    """The sheet of mentions as rows of cells, and a function that writes it back and reads it."""
    (path,) = write_sheets(corpus, tmp_path / "out", ["mentions"], ["csv"], "ann")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    def read(rows, name="mentions-ann.csv", encoding="utf-8-sig", **options):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, **options).writerows(rows)
        return read_sheets([path], corpus)

    return SimpleNamespace(rows=rows, read=read)


def fill(rows, unit, /, **codes):
    row = next(row for row in rows if row[0] == unit)
    for name, value in codes.items():
        row[rows[0].index(name)] = value


def as_lists(codes):
    return codes.to_numpy().tolist()


def test_a_sheet_shows_the_unit_in_its_context(corpus):
    mentions = coding_units(corpus, "mentions").set_index("unit_id")
    assert mentions.loc["a:s02:20-29", "text"] == "the mayor"
    assert mentions.loc["a:s02:20-29", "context"] == (
        "=The council closed the bridge. “It is brave,” said ⟦the mayor⟧, who stayed; -5 degrees."
    )
    assert mentions.loc["b:s01:0-11", "context"] == "⟦Mayor Smith⟧, they say, erred."


@pytest.mark.parametrize("unit", UNITS)
def test_a_sheet_has_every_unit_and_no_answer(corpus, unit):
    sheet = coding_sheets.coding_sheet(corpus, unit, "ann")
    assert sheet["unit_id"].tolist() == coding_units(corpus, unit)["unit_id"].tolist()
    assert set(sheet.columns[:3]) == {"unit_id", "text", "context"}
    assert sheet.drop(columns=["unit_id", "text", "context", "coder"]).isna().all(axis=None)


def test_a_quote_over_two_sentences_is_one_unit(corpus):
    corpus.quotes = corpus.quotes.iloc[::-1].reset_index(drop=True)
    corpus.quotes.loc[0, ["quote_id", "sentence_id"]] = ["a:v01", "a:s01"]
    corpus.quotes.loc[0, ["start", "end"]] = [24, 30]
    (unit,) = coding_units(corpus, "quotes").to_dict("records")
    assert unit["unit_id"] == "a:s01:24-s02:12"
    assert unit["text"] == "bridge It is brave"
    assert unit["context"].startswith("=The council closed the ⟦bridge⟧. “⟦It is brave⟧,” said")


def test_coders_with_the_same_seed_get_the_same_sample(corpus):
    def drawn(seed):
        return coding_sheets.coding_sheet(corpus, "mentions", sample=2, seed=seed)["unit_id"]

    assert drawn(1).tolist() == drawn(1).tolist() == sorted(drawn(1))
    assert len({tuple(drawn(seed)) for seed in range(8)}) == 3
    assert len(coding_sheets.coding_sheet(corpus, "mentions", sample=99)) == 3


def test_the_workbook_has_lists_a_codebook_and_fixed_headings(corpus, tmp_path):
    (path,) = write_sheets(corpus, tmp_path, ["mentions"], ["xlsx"], "ann")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["codes", "codebook", "instructions"]
    codes, codebook = book["codes"], book["codebook"]
    assert codes.freeze_panes == "B2"
    assert codes["A2"].alignment.wrap_text
    headings = {cell.value: cell.column_letter for cell in codes[1]}
    offered = {}
    for rule in codes.data_validations.dataValidation:
        cells = codebook[rule.formula1.removeprefix("codebook!").replace("$", "")]
        offered[str(rule.sqref)] = [cell.value for (cell,) in cells]
    assert offered == {
        f"{headings['actor']}2:{headings['actor']}4": ["mayor", "council", "other", "none"],
        f"{headings['polarity']}2:{headings['polarity']}4": [-1, 0, 1],
    }


def test_the_codebook_beside_a_csv_file_says_what_is_allowed(corpus, tmp_path):
    write_sheets(corpus, tmp_path, ["sentences"], ["csv"], "ann")
    text = (tmp_path / "sentences-codebook.md").read_text(encoding="utf-8")
    assert "## frame_Blame" in text and "whose fault" in text and "- `-1`: unfavourably" in text


def test_a_sheet_that_is_there_is_never_overwritten(corpus, tmp_path):
    (sheet,) = write_sheets(corpus, tmp_path, ["quotes"], ["xlsx"], "ann")
    filled = openpyxl.load_workbook(sheet)
    filled.active["D2"] = "direct"
    filled.save(sheet)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(SheetError, match=r"quotes-ann\.xlsx: there already.*--coder") as caught:
        write_sheets(corpus, tmp_path, coder="ann")
    assert "mentions" not in str(caught.value)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_what_a_killed_run_left_is_completed(corpus, tmp_path):
    whole = write_sheets(corpus, tmp_path / "whole", coder="ann")
    left = write_sheets(corpus, tmp_path / "left", coder="ann")
    for path in left[1:]:
        path.unlink()
    write_sheets(corpus, tmp_path / "left", coder="ann")
    assert sorted(path.name for path in (tmp_path / "left").iterdir()) == sorted(
        path.name for path in (tmp_path / "whole").iterdir()
    )
    with pytest.raises(SheetError, match="there already"):
        write_sheets(corpus, tmp_path / "left", coder="ann")
    assert len(whole) == len(left) > 1


@pytest.mark.parametrize("name", ["", "a/b", "../ann", "=ann", "1", "ann b"])
def test_a_coder_whose_name_is_no_file_name_is_told(corpus, tmp_path, name):
    with pytest.raises(SheetError, match="Begin with a letter"):
        write_sheets(corpus, tmp_path / "new", coder=name)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["method", "Variable", "context", "unit_id", "text", "METHOD"])
def test_a_coder_cannot_be_called_what_tables_call_something_else(corpus, tmp_path, name):
    with pytest.raises(SheetError, match=f"'{name}' cannot be .* Use another name"):
        write_sheets(corpus, tmp_path / "new", coder=name)
    assert not (tmp_path / "new").exists()


def test_a_sheet_of_the_same_coder_in_other_capitals_is_not_overwritten(corpus, tmp_path):
    write_sheets(corpus, tmp_path, ["quotes"], ["csv"], "Anna")
    with pytest.raises(SheetError, match="there already"):
        write_sheets(corpus, tmp_path, ["quotes"], ["csv"], "anna")


def test_a_kind_without_units_gets_no_sheet(corpus, tmp_path):
    corpus.quotes = corpus.quotes.head(0)
    names = {path.name for path in write_sheets(corpus, tmp_path, formats=["csv"])}
    assert names == {"sentences-coder1.csv", "mentions-coder1.csv"}


def test_an_empty_sheet_holds_no_codes(corpus, tmp_path):
    paths = write_sheets(corpus, tmp_path)
    assert len(paths) == 6
    assert read_sheets(paths, corpus).empty


def test_filled_csv_and_xlsx_give_the_same_codes(corpus, tmp_path, sheet):
    fill(sheet.rows, "a:s01:1-12", actor="council", polarity="-1")
    fill(sheet.rows, "b:s01:0-11", actor="none")
    expected = [
        ["ann", "a:s01:1-12", "actor", "council"],
        ["ann", "a:s01:1-12", "polarity", "-1"],
        ["ann", "b:s01:0-11", "actor", "none"],
    ]
    assert as_lists(sheet.read(sheet.rows)) == expected

    (path,) = write_sheets(corpus, tmp_path, ["mentions"], ["xlsx"], "ann")
    book = openpyxl.load_workbook(path)
    for row in book["codes"].iter_rows(min_row=2):
        coded = {name: value for _, unit, name, value in expected if unit == row[0].value}
        row[3].value, row[4].value = coded.get("actor"), coded.get("polarity") and -1
    book.save(path)
    assert as_lists(read_sheets([path], corpus)) == expected


@pytest.mark.parametrize(
    "cell", ["-1", " -1 ", "-1.0", "-1,0", "−1", "'-1"], ids=lambda cell: ascii(cell)
)
def test_minus_one_however_a_program_writes_it(sheet, cell):
    fill(sheet.rows, "a:s02:20-29", polarity=cell)
    assert as_lists(sheet.read(sheet.rows)) == [["ann", "a:s02:20-29", "polarity", "-1"]]


@pytest.mark.parametrize(
    ("cell", "code"), [("TRUE", "1"), (True, "1"), ("1.0", "1"), (False, "0"), ("-0", "0")]
)
def test_yes_and_no_however_a_program_writes_them(cell, code):
    asked = coding_sheets.Variable("whole", "?", {"1": "yes", "0": "no"})
    assert coding_sheets._code(asked, cell) == code


def test_a_coder_is_one_whatever_the_capitals(corpus, tmp_path):
    paths = []
    for coder, unit in (("Zoë", "a:s01:1-12"), ("ZOE\u0308", "b:s01:0-11")):
        sheet = coding_sheets.coding_sheet(corpus, "mentions", coder)
        sheet.loc[sheet["unit_id"] == unit, "actor"] = "mayor"
        paths.append(tmp_path / f"{len(paths)}.csv")
        write_csv(paths[-1], sheet)
    codes = read_sheets(paths, corpus)
    assert codes["coder"].tolist() == ["Zoë", "Zoë"]


def test_codes_of_one_coder_in_other_capitals_must_not_differ(sheet):
    more = [[*row[:-1], "Ann"] for row in sheet.rows[1:]]
    fill(sheet.rows, "a:s01:1-12", actor="council")
    sheet.rows += more
    more[0][sheet.rows[0].index("actor")] = "mayor"
    with pytest.raises(SheetError, match="row 5, actor: the same coder has 'council' in"):
        sheet.read(sheet.rows)


RESERVED = ["hand codes", "most coders", "method", "Variable", " unit_id ", "context", "coder a"]


@pytest.mark.parametrize("name", RESERVED)
def test_a_reserved_name_in_a_sheet_is_told_once_with_the_mend(sheet, name):
    for row in sheet.rows[1:]:
        row[-1] = name
        row[sheet.rows[0].index("actor")] = "mayor"
    with pytest.raises(SheetError) as caught:
        sheet.read(sheet.rows)
    told = str(caught.value)
    assert told.count(f"row 2, coder: {name.strip()!r} cannot be") == 1 and "row 3" not in told
    assert "Use another name" in told and "Write it in this column" in told


def test_a_reserved_name_from_the_files_name_is_told(sheet):
    rows = [row[:-1] for row in sheet.rows]
    fill(rows, "a:s01:1-12", actor="mayor")
    with pytest.raises(SheetError, match="'method' cannot be the name of a coder"):
        sheet.read(rows, name="mentions-method.csv")


def test_the_same_words_as_mention_and_as_quote_have_both_their_codes(corpus, sheet):
    corpus.quotes = corpus.quotes.tail(1).assign(start=0, end=11, text="Mayor Smith")
    fill(sheet.rows, "b:s01:0-11", actor="mayor")
    assert as_lists(sheet.read(sheet.rows)) == [["ann", "b:s01:0-11", "actor", "mayor"]]


def test_units_of_every_kind_are_counted(corpus):
    corpus.quotes = corpus.quotes.head(1)
    told = units_told(count_units(all_units(corpus)))
    assert "has 3 sentences, 3 mentions and 1 quote to code" in told
    corpus.quotes = corpus.quotes.head(0)
    assert count_units(all_units(corpus))["n"].tolist() == [3, 3, 0]


def test_codes_are_read_whatever_their_capitals(sheet):
    fill(sheet.rows, "a:s02:20-29", actor=" Mayor")
    assert as_lists(sheet.read(sheet.rows)) == [["ann", "a:s02:20-29", "actor", "mayor"]]


def saved_otherwise(rows, how):
    """Rows and options of another program's file."""
    fill(rows, "a:s01:1-12", actor="mayor")
    changes = {
        "semicolons": (rows, {"delimiter": ";"}),
        "tabs, UTF-16": (rows, {"delimiter": "\t", "encoding": "utf-16"}),
        "no byte order mark": (rows, {"encoding": "utf-8"}),
        "columns in another order": ([row[::-1] for row in rows], {}),
        "extra columns": ([[*row, "more", ""] for row in rows], {}),
        "extra rows": ([*rows[:2], [""] * 7, [" "], [], *rows[2:], ["", ""]], {}),
        "a line above the headings": ([["sep=,"], ["My sheet"], *rows], {}),
        "headings in capitals": ([[c.upper() for c in rows[0]], *rows[1:]], {}),
        "guards taken away": ([[unguard(cell) for cell in row] for row in rows], {}),
        "spaces after texts": ([[f"{cell} " for cell in row] for row in rows], {}),
        "no text and context": ([[row[0], *row[3:]] for row in rows], {}),
        "no coder": ([row[:-1] for row in rows], {}),
    }
    return changes[how]


@pytest.mark.parametrize(
    "how",
    [
        *("semicolons", "tabs, UTF-16", "no byte order mark", "columns in another order"),
        *("extra columns", "extra rows", "a line above the headings", "headings in capitals"),
        *("guards taken away", "spaces after texts", "no text and context", "no coder"),
    ],
)
def test_a_sheet_as_another_program_saved_it(sheet, how):
    rows, options = saved_otherwise(sheet.rows, how)
    expected = [["ann", "a:s01:1-12", "actor", "mayor"]]
    assert as_lists(sheet.read(rows, **options)) == expected


def test_lost_letters_are_told_and_the_codes_can_be_saved(sheet):
    fill(sheet.rows, "a:s02:20-29", actor="mayor")
    place = sheet.rows[0].index("context")
    lost = [[cell.encode("cp1252", "replace").decode("cp1252") for cell in r] for r in sheet.rows]
    with pytest.raises(SheetError, match=r"row 3, context: this is not what .* delete"):
        sheet.read(lost, encoding="cp1252")
    kept = [row[:place] + row[place + 1 :] for row in lost]
    assert len(sheet.read(kept, encoding="cp1252")) == 1


def swap_texts(rows):
    fill(rows, "a:s02:20-29", actor="mayor")
    rows[2][1], rows[3][1] = rows[3][1], rows[2][1]


#: What is wrong, and words of the message: row, column, problem, mend.
FAULTS = {
    "a value that is not allowed": (
        lambda rows: fill(rows, "a:s02:20-29", polarity="2"),
        "row 3, polarity: '2' is not allowed. Write one of -1, 0, 1",
    ),
    "an unknown actor": (
        lambda rows: fill(rows, "b:s01:0-11", actor="mayer"),
        "row 4, actor: 'mayer' is not allowed. Write one of mayor, council, other, none",
    ),
    "a text that was changed": (
        lambda rows: fill(rows, "b:s01:0-11", text="Mayor Smyth", actor="mayor"),
        "row 4, text: this is not what the study has for b:s01:0-11",
    ),
    "a column sorted alone": (swap_texts, "row 3, text: this is not"),
    "a unit of another study": (
        lambda rows: fill(rows, "b:s01:0-11", unit_id="c:s01:0-11", actor="mayor"),
        "row 4, unit_id: 'c:s01:0-11' is no unit of this study",
    ),
    "an id that is missing": (
        lambda rows: fill(rows, "b:s01:0-11", unit_id="", actor="mayor"),
        "row 4, unit_id: the id is missing",
    ),
    "two codes for the same": (
        lambda rows: rows.extend([[*rows[1][:3], "mayor", "", "", "ann"],
                                  [*rows[1][:3], "none", "", "", "ann"]]),
        "row 6, actor: the same coder has 'mayor' in",
    ),
    "no column to code": (
        lambda rows: rows[0].__setitem__(slice(3, 5), ["one", "two"]), "no column is one of actor",
    ),
    "no ids": (lambda rows: fill(rows, "unit_id", unit_id="id"), "there is no column unit_id"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_every_fault_names_file_row_column_and_mend(sheet, case):
    spoil, message = FAULTS[case]
    spoil(sheet.rows)
    with pytest.raises(SheetError) as caught:
        sheet.read(sheet.rows)
    assert message in str(caught.value)
    assert "mentions-ann.csv" in str(caught.value)


def test_many_faults_are_told_at_once_but_not_all(sheet):
    sheet.rows += [[f"x{number}", "", "", "mayor"] for number in range(15)]
    with pytest.raises(SheetError) as caught:
        sheet.read(sheet.rows)
    assert "'x0'" in str(caught.value) and "'x9'" in str(caught.value)
    assert "and 5 more" in str(caught.value)


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_file_that_is_no_sheet_is_told(corpus, tmp_path, name):
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    with pytest.raises(SheetError, match=name):
        read_sheets([tmp_path / name], corpus)
    with pytest.raises(SheetError, match=r"gone\.csv: it cannot be read"):
        read_sheets([tmp_path / "gone.csv"], corpus)


def test_filled_sheets_lie_in_the_studys_codes(corpus):
    folder = corpus.study.folder / "codes" / "sheets"
    assert coding_sheets.filled_sheets(corpus.study) == []
    folder.mkdir(parents=True)
    for name in ("b.XLSX", "a.csv", "~$b.xlsx", ".~lock.csv", "notes.md"):
        (folder / name).touch()
    found = coding_sheets.filled_sheets(corpus.study)
    assert [path.name for path in found] == ["a.csv", "b.XLSX"]
    (folder / "c.ods").touch()
    with pytest.raises(SheetError, match=r"c\.ods: .* Save it as XLSX or CSV"):
        coding_sheets.filled_sheets(corpus.study)


def test_rows_without_a_code_may_be_of_units_that_are_gone(corpus, sheet):
    fill(sheet.rows, "a:s01:1-12", actor="council")
    corpus.mentions = corpus.mentions.head(1)
    assert len(sheet.read(sheet.rows)) == 1


def test_a_unit_is_named_after_its_place_whatever_else_is_found(corpus, sheet):
    fill(sheet.rows, "b:s01:0-11", actor="none")
    corpus.mentions = corpus.mentions.tail(1).assign(mention_id="b:s01:m9", actor="council")
    assert as_lists(sheet.read(sheet.rows)) == [["ann", "b:s01:0-11", "actor", "none"]]


def test_two_actors_in_the_same_words_are_one_unit(corpus):
    corpus.mentions = pd.concat([corpus.mentions, corpus.mentions.tail(1).assign(actor="council")])
    units = coding_units(corpus, "mentions")
    assert len(units) == 3 and units["context"].iloc[2].count("⟦") == 1


@pytest.mark.parametrize("unit", UNITS)
def test_a_filled_sheet_of_real_articles_comes_back(unit, real_corpus, tmp_path):
    sheet = coding_sheets.coding_sheet(real_corpus, unit, "ann")
    asked = codebook.variables(real_corpus.study)[unit]
    for place, variable in enumerate(asked):
        values = [*variable.values] or ["say"]
        sheet[variable.name] = [
            codebook.as_number(values[(row + place) % len(values)]) for row in range(len(sheet))
        ]
    write_csv(tmp_path / "x.csv", sheet)
    write_xlsx(tmp_path / "x.xlsx", {"codes": sheet})
    first, second = (read_sheets([tmp_path / name], real_corpus) for name in ("x.csv", "x.xlsx"))
    assert len(first) == len(sheet) * len(asked)
    pd.testing.assert_frame_equal(first, second)
    names = [variable.name for variable in asked]
    wide = first.pivot(index="unit_id", columns="variable", values="value")
    expected = sheet.set_index("unit_id")[names].astype("str")
    assert (wide.loc[expected.index, names] == expected).all(axis=None)
