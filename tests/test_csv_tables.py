"""CSV read strictly: what is well formed comes back cell by cell, what is doubtful is told."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis_utils.files.csv_tables import (
    SEPARATORS,
    CsvFault,
    declared_separator,
    first_row,
    read_csv,
)

cells = st.text(st.sampled_from("ab1 .,;|\t\"'\n\r"), max_size=12)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=5)
)


def written(rows, separator=",", quoting=csv.QUOTE_ALL):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, quoting=quoting).writerows(rows)
    return buffer.getvalue()


def read(text, separator=","):
    return [row.cells for row in read_csv(text, separator)]


@pytest.mark.parametrize("separator", SEPARATORS)
@given(rows=tables)
@settings(max_examples=150)
def test_every_cell_comes_back_or_its_row_is_told(separator, rows):
    assert read(written(rows, separator), separator) == rows
    try:
        assert read(written(rows, separator, csv.QUOTE_MINIMAL), separator) == rows
    except CsvFault as fault:
        assert 1 <= fault.row <= len(rows)
        assert "\n" in "".join(rows[fault.row - 1]).replace("\r", "\n")


@given(rows=tables, place=st.integers(0), mark=st.booleans())
@settings(max_examples=300)
def test_a_mark_too_many_or_too_few_is_told_or_loses_no_letter(rows, place, mark):
    text = written(rows)
    marks = [i for i, sign in enumerate(text) if sign == '"']
    place = marks[place % len(marks)] if marks else 0
    broken = text[:place] + ('""' if mark else "") + text[place + 1 :]
    try:
        found = read(broken)
    except CsvFault as fault:
        assert fault.line >= 1
        return
    letters = "".join(sign for sign in broken if sign.isalnum())
    assert "".join(sign for row in found for cell in row for sign in cell if sign.isalnum()) == (
        letters
    )


def test_rows_are_numbered_as_a_spreadsheet_does_and_lines_as_an_editor():
    rows = list(read_csv('a,b\n\n1,"two\nlines"\n3,4\n'))
    assert [(row.number, row.line) for row in rows] == [(1, 1), (2, 2), (3, 3), (4, 5)]


def test_spaces_before_a_cell_are_none_of_it_if_so_wished():
    assert [row.cells for row in read_csv('a, b\n1, "x, y"\n', spaced=True)] == [
        ["a", "b"],
        ["1", "x, y"],
    ]
    assert read("a\n  x\n") == [["a"], ["  x"]]


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ('a,b\n1,"open\n2,"x y"\n', 2, "inside a text, or one before it is not closed"),
        ('a,b\n1,x\n2,"open\n3,y\n', 3, "never closed"),
        (
            'a,b\n1,"open text\nTwo,more text\nThree,last text"\n',
            2,
            "holds the row 'Two,more text'",
        ),
        ('a,b\n1,"say \\"no\\" now"\n', 2, "inside a text"),
        ('a,b\n"1" ,x\n', 2, "inside a text"),
    ],
)
def test_what_is_doubtful_is_told_with_its_row_and_mend(text, row, message):
    with pytest.raises(CsvFault, match=rf"row {row} \(line {row}.*{message}.*[Cc]lose") as error:
        read(text)
    assert error.value.row == row


@pytest.mark.parametrize(
    "paragraph",
    [
        "However, it rained.", "It cost 1,000 euros", "a, b and c,", "said on Monday,",
        "no separator", ",", ", so", "Moscow, Russia, and more; a\tb",
    ],
)  # fmt: skip
def test_prose_inside_a_cell_is_no_row(paragraph):
    rows = [["outlet", "text"], ["A", f"First line.\n{paragraph}\nLast line."]]
    assert read(written(rows)) == rows


def test_the_first_row_alone_tells_the_columns():
    assert first_row('outlet;"the; text"\nA;"open', ";") == ["outlet", "the; text"]
    assert first_row("", ",") == []


@pytest.mark.parametrize("separator", [*SEPARATORS, "^"])
@pytest.mark.parametrize("above", ["sep={}\r\n", '"sep={}"\n', "SEP={},,\r"])
def test_a_line_above_the_headings_tells_the_separator_and_is_no_row(separator, above):
    text = above.format(separator) + f"a{separator}b\n1{separator}2\n"
    assert declared_separator(text) == separator
    assert first_row(text, separator) == ["a", "b"]
    rows = list(read_csv(text, separator))
    assert [row.cells for row in rows] == [["a", "b"], ["1", "2"]]
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 3)]


@pytest.mark.parametrize("text", ["", "sep=\n", "sep=ab\n", "a,b\nsep=;\n", "sep=;x\n", "separate"])
def test_no_other_line_tells_the_separator(text):
    assert declared_separator(text) is None
