"""Pages saved as PDF: lines, paragraphs, columns, hyphens, and what pages repeat."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from raw_pdf import plain_pdf, set_text

from analysis_utils.annotation.cleaning import PageError, clean_page
from analysis_utils.annotation.cleaning.layout import (
    Paragraph,
    Word,
    join_columns,
    mend_hyphens,
    paragraphs_of,
    typical_leading,
    visible_lines,
)
from analysis_utils.annotation.cleaning.pdf import read_pdf

LETTER = 5  # width of each letter of a line set by hand
PARAGRAPHS = [
    "The old bridge over the harbour will close to all traffic on Monday, the port authority said"
    " on Friday, after engineers found cracks in two of its main cables.",
    "Drivers were told to use the tunnel, which the authority has made free of charge for as long"
    " as the work lasts. Ferries will sail twice as often in the morning and in the evening.",
    "“We cannot take any risk,” the director of the authority told reporters at the harbour. The"
    " city council called the decision late and asked who had known of the cracks and when.",
]


def set_line(text, left=0, top=0, size=10):
    words = []
    for word in text.split():
        right = left + LETTER * len(word)
        words.append(Word(word, left, right, top, top + size))
        left = right + LETTER
    return words


def set_lines(lines, left=0, top=0, leading=12):
    return [
        word
        for number, line in enumerate(lines)
        for word in set_line(line, left, top + number * leading)
    ]


def wrapped(text, width):
    """A text cut into lines as typesetting does: each takes all words that fit."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def read_back(words):
    columns = visible_lines(words)
    leading = typical_leading(columns)
    return join_columns([list(paragraphs_of(column, leading)) for column in columns], ())


def texts(paragraphs):
    return [paragraph.text for paragraph in paragraphs]


def write_pdf(path, pages):
    """A PDF with lines of text at places: (x, y from the top, size, text), in points."""
    import matplotlib
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with (
        matplotlib.rc_context({"pdf.fonttype": 42, "font.family": "monospace"}),
        PdfPages(path) as pdf,
    ):
        for page in pages:
            figure = Figure(figsize=(6, 8))
            for x, y, size, text in page:
                figure.text(x / 432, 1 - y / 576, text, size=size, parse_math=False)
            pdf.savefig(figure)
    return path


def news_page(paragraphs, top=40, width=58):
    lines, y = [], top
    for paragraph in paragraphs:
        for line in wrapped(paragraph, width):
            lines.append((40, y, 10, line))
            y += 13
        y += 10
    return lines


def test_wrapped_lines_are_one_paragraph_whatever_sets_it_off():
    gap = set_lines(wrapped(PARAGRAPHS[0], 40)) + set_lines(wrapped(PARAGRAPHS[1], 40), top=90)
    assert texts(read_back(gap)) == PARAGRAPHS[:2]
    lines = [*wrapped(PARAGRAPHS[0], 40), *wrapped(PARAGRAPHS[1], 40)]
    no_gap_but_a_short_last_line = set_lines(lines)
    assert texts(read_back(no_gap_but_a_short_last_line)) == PARAGRAPHS[:2]


def test_an_indented_line_begins_a_paragraph():
    first = "All of the lines in here are as long as can be"
    words = set_lines([first, first], top=0) + set_line(first, left=10, top=24)
    words += set_line(first, top=36)
    assert [text.count("All") for text in texts(read_back(words))] == [2, 2]


def test_items_of_a_menu_stay_lines():
    menu = set_lines(["Home", "World news", "Sport"]) + set_lines(
        wrapped(PARAGRAPHS[0], 40), top=60
    )
    assert texts(read_back(menu)) == ["Home", "World news", "Sport", PARAGRAPHS[0]]


def test_texts_side_by_side_are_lines_of_their_own():
    words = set_line("14 June 2018") + set_line("The Herald", left=200)
    assert texts(read_back(words)) == ["14 June 2018", "The Herald"]


@pytest.mark.parametrize("shift", [0, 5], ids=["on one grid", "each on its own"])
def test_two_columns_are_read_one_after_the_other(shift):
    title = "A headline that runs across the whole of the page above both of its columns"
    left = [line for text in PARAGRAPHS[:2] for line in wrapped(text, 36)]
    right = wrapped(PARAGRAPHS[2], 36)
    words = set_line(title, size=14) + set_lines(left, top=30)
    words += set_lines(right, left=195, top=30 + shift)
    assert texts(read_back(words)) == [title, *PARAGRAPHS]


def test_a_paragraph_goes_on_in_the_next_column_and_over_the_page():
    lines = wrapped(PARAGRAPHS[0] + " " + PARAGRAPHS[1], 36)
    middle = len(lines) // 2
    words = set_lines(lines[:middle]) + set_lines(lines[middle:], left=195)
    assert texts(read_back(words)) == [" ".join(PARAGRAPHS[:2])]


def paragraph(text):
    return Paragraph(text, 10, full=True, gap_after=True)


def mended(*lines):
    joined = join_columns([[paragraph(line)] for line in lines], ())
    return " ".join(texts(mend_hyphens(joined)))


def test_a_parted_word_that_stands_elsewhere_is_mended():
    assert mended("Their cooper-", "ation, the cooperation.") == (
        "Their cooperation, the cooperation."
    )
    assert mended("Their cooper\xad", "ation.") == "Their cooperation."


def test_a_hyphen_that_may_belong_to_the_word_stays():
    assert mended("The state-", "owned bank.") == "The state-owned bank."
    assert mended("The state-", "owned bank, stateowned, state-owned.").startswith(
        "The state-owned"
    )
    assert mended("Jean-", "Paul spoke.") == "Jean-Paul spoke."


def test_where_many_lines_end_in_a_hyphen_it_parts_words():
    lines = ("The coun-", "cil of the har-", "bour has deci-", "ded on the well-", "known bridge.")
    assert mended(*lines) == "The council of the harbour has decided on the well-known bridge."


def test_a_pdf_flows_through_cleaning_as_any_page(tmp_path):
    head = [
        (40, 30, 9, "Home"), (110, 30, 9, "World"), (180, 30, 9, "Sport"),
        (40, 60, 16, "Harbour bridge closes for two months"),
        (40, 85, 9, "By Ada North"), (40, 98, 9, "June 14, 2018"),
    ]  # fmt: skip
    path = write_pdf(tmp_path / "bridge.PDF", [[*head, *news_page(PARAGRAPHS, top=130)]])
    lines = clean_page(path, "herald")
    told = lines[lines["kind"] != "blank"].set_index("clean")["kind"]
    assert told["Harbour bridge closes for two months"] == "headline"
    assert told["2018-06-14"] == "date" and told["Ada North"] == "byline"
    assert lines.loc[lines["kind"] == "body", "clean"].tolist() == PARAGRAPHS
    assert not lines.loc[lines["text"].isin(["Home", "World", "Sport"]), "kept"].any()


def test_what_pages_repeat_is_no_part_of_the_article_and_parts_no_paragraph(tmp_path):
    whole = f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"
    lines = wrapped(whole, 58)
    halves = [" ".join(lines[:3]), " ".join(lines[3:])]
    pages = [
        [(40, 20, 8, "The Herald, all the news of the harbour"), *news_page([half], top=60),
         (40, 560, 8, f"Page {number} of 2")]
        for number, half in enumerate(halves, 1)
    ]  # fmt: skip
    pages[0].insert(1, (40, 45, 16, "Harbour bridge closes for two months"))
    lines = clean_page(write_pdf(tmp_path / "bridge.pdf", pages), "herald")
    assert lines.loc[lines["kind"] == "body", "text"].tolist() == [whole]
    repeated = lines[lines["text"].str.contains("The Herald|Page")]
    assert len(repeated) == 4 and set(repeated["kind"]) == {"footer"}
    assert "repeat" in repeated["reason"].iloc[0]


LOCKED = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
3 0 obj <</Filter /Standard /V 1 /R 2 /P -4 /O <OWNER> /U <OWNER>>> endobj
trailer <</Root 1 0 R /Encrypt 3 0 R /ID [<00><00>] /Size 4>>
%%EOF
""".replace(b"OWNER", b"00" * 32)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LOCKED, "locked with a password"),
        (b"%PDF-1.7\nhalf of a file", "no valid PDF"),
        (b"no PDF at all", "no valid PDF"),
        (b"", "no valid PDF"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_told_with_its_mend(content, message, tmp_path):
    path = tmp_path / "bridge.pdf"
    path.write_bytes(content)
    with pytest.raises(PageError, match=rf"bridge\.pdf: .*{message}.*\.txt"):
        clean_page(path, "herald")


def test_pictures_of_text_are_told(tmp_path):
    path = write_pdf(tmp_path / "scan.pdf", [[]])
    with pytest.raises(PageError, match=r"scan\.pdf: .*only pictures.*OCR"):
        read_pdf(path)


def test_a_missing_pdf_is_told(tmp_path):
    with pytest.raises(PageError, match=r"none\.pdf: cannot be read"):
        clean_page(tmp_path / "none.pdf", "herald")


# --- Odd and hostile documents -------------------------------------------------------------

WHOLE = "The harbour bridge will close on Monday, the port authority told reporters on Friday."


@pytest.mark.parametrize(
    "content",
    [
        plain_pdf(set_text(WHOLE)),
        plain_pdf("", set_text(WHOLE), ""),
        plain_pdf(set_text(WHOLE) + set_text("HUGE", size=10**9)),
        plain_pdf(set_text(WHOLE) + f"BT /F1 11 Tf {10**9} 700 Td (far away) Tj ET"),
        plain_pdf(set_text(WHOLE), box="595 842 0 0"),
        plain_pdf(set_text(WHOLE), box="0 0 1000000000000 1000000000000"),
    ],
    ids=["plain", "blank pages", "huge letters", "far away", "box reversed", "box huge"],
)
def test_what_no_page_shows_changes_nothing(content, tmp_path):
    path = tmp_path / "bridge.pdf"
    path.write_bytes(content)
    assert read_pdf(path).text.strip() == WHOLE


@pytest.mark.parametrize(
    "content",
    [
        plain_pdf(set_text(WHOLE), box="a b c d"),
        plain_pdf(set_text(WHOLE), box="0 0 595"),
        plain_pdf(set_text(WHOLE), box="null null null null"),
        plain_pdf("", ""),
        plain_pdf(set_text(WHOLE, size=10**9)),
        plain_pdf(),
    ],
    ids=["no numbers", "three numbers", "nulls", "blank", "huge letters alone", "no page"],
)
def test_a_pdf_without_a_page_to_read_is_told_with_its_mend(content, tmp_path):
    path = tmp_path / "bridge.pdf"
    path.write_bytes(content)
    with pytest.raises(PageError, match=r"bridge\.pdf: .*\.txt"):
        read_pdf(path)


@pytest.mark.slow
def test_a_pdf_that_takes_too_long_is_told_with_its_mend(tmp_path):
    path = tmp_path / "bridge.pdf"
    path.write_bytes(plain_pdf("\n".join([set_text(WHOLE)] * 200_000)))
    start = time.monotonic()
    with pytest.raises(PageError, match=r"bridge\.pdf: .*more than .* seconds.*\.txt"):
        read_pdf(path)
    assert time.monotonic() - start < 60


def test_a_pdf_that_is_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis_utils.annotation.cleaning.pdf.LARGEST_PDF", 1000)
    path = write_pdf(tmp_path / "bridge.pdf", [news_page(PARAGRAPHS)])
    with pytest.raises(PageError, match=r"bridge\.pdf: the file has .* at most .*\.txt"):
        read_pdf(path)


@pytest.mark.slow
@given(place=st.integers(0, 900), bytes_=st.binary(min_size=1, max_size=8), cut=st.booleans())
@example(place=9, bytes_=b"%PDF-", cut=True)
@settings(max_examples=150, deadline=None)
def test_whatever_breaks_in_a_pdf_it_is_read_or_told(place, bytes_, cut, tmp_path_factory):
    whole = plain_pdf(set_text(WHOLE), "")
    place %= len(whole)
    path = tmp_path_factory.mktemp("broken") / "bridge.pdf"
    path.write_bytes(whole[:place] + bytes_ + (b"" if cut else whole[place + len(bytes_) :]))
    try:
        assert isinstance(read_pdf(path).text, str)
    except PageError as error:
        assert str(error).startswith(f"{path}: ")
