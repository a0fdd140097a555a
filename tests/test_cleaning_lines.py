"""Lines, their shape and the stretch that holds the article."""

import contextlib
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis_utils.annotation.cleaning import PageError, label_lines
from analysis_utils.annotation.cleaning.lines import (
    GAP_COST,
    best_run,
    line_scores,
    read_lines,
    split_lines,
)
from analysis_utils.annotation.cleaning.wording import find_cue
from analysis_utils.study.parts import PagePattern

SENTENCE = "The council said on Tuesday that it would pay for a new bridge over the river."


@given(st.text(alphabet=st.sampled_from("ab \n\r\x0c\x0b\x85\u2028")))
def test_lines_give_the_page_back(page):
    lines = split_lines(page)
    assert "".join(text + ending for text, ending in lines) == page
    assert all("\n" not in text and "\r" not in text for text, _ in lines)


def test_only_newlines_end_a_line():
    assert split_lines("a\x0cb\u2028c\r\nd\re\n") == [
        ("a\x0cb\u2028c", "\r\n"),
        ("d", "\r"),
        ("e", "\n"),
    ]


def test_running_text_by_shape():
    shapes = {line.text: line.running for line in read_lines(
        f"{SENTENCE}\nRiverton Council To Pay For New Bridge Over The River This Year Says Mayor\n"
        "Too short to say.\nThe council said on Tuesday that it would pay for a new bridge over..."
    )}  # fmt: skip
    assert list(shapes.values()) == [True, False, False, False]


def test_marks_without_width_are_blank():
    assert [line.blank for line in read_lines("\u200b\ufeff\n\xa0\na")] == [True, True, False]


@pytest.mark.parametrize(
    ("scores", "run"),
    [
        ([], (0, 0)),
        ([-1, -2], (0, 0)),
        ([5, -1, 5], (0, 3)),
        ([-3, 5, -1, 4, -2], (1, 4)),
        ([5, -GAP_COST - 1, 50], (2, 3)),  # far less than the best: not the article
        ([200, -GAP_COST - 1, 210], (0, 1)),  # comparable and first
        ([200, -GAP_COST, 210], (0, 3)),  # a break within bounds
        ([1, -5, 4, -1, 4], (2, 5)),
    ],
)
def test_best_run_by_hand(scores, run):
    assert best_run(scores) == run


@given(st.lists(st.integers(-30, 30), max_size=40))
def test_short_runs_are_maximum_subsequences(scores):
    """Where no break is long and no second run compares, it is the classic maximum."""
    start, stop = best_run(scores)
    total = sum(scores[start:stop])
    best = max(
        (sum(scores[i:j]) for i in range(len(scores)) for j in range(i, len(scores) + 1)), default=0
    )
    assert total * 2 >= best or sum(score for score in scores if score < 0) < -GAP_COST


def test_a_date_and_a_box_count_in_full_once_a_break():
    page = f"{SENTENCE}\nMost read\n3 May 2019\nMost read\n4 May 2019\n{SENTENCE}\n3 May 2019"
    scores = line_scores(read_lines(page))
    assert scores[1] < scores[3] < 0 and scores[2] < scores[4] < 0
    assert scores[6] == scores[2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Share on Facebook", "navigation"),
        ("Facebook Twitter WhatsApp Email", "navigation"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("{{item.title}}", "template"),
        ("Most read", "related"),
        ("READ MORE: Old bridge closed", "related"),
        ("More from Business", "related"),
        ("Sign up for our morning newsletter", "footer"),
        ("All rights reserved.", "footer"),
        ("12 comments", "comments"),
        ("By Jane Doe", "byline"),
        ("Jane Doe is a staff writer for the Riverton Daily.", "byline"),
        ("Photo: Jane Doe", "credit"),
        ("The mayor on the old bridge. (Jane Doe/AP)", "credit"),
        ("This article was originally published by the Riverton Daily", "notice"),
    ],
)
def test_wording_of_news_sites(text, kind):
    cue = find_cue(text, len(text.split()))
    assert cue is not None and cue.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "by choosing only what interests you",
        "Bridge opens to traffic",
        "You can sign up for the new service as a free trial, the company said on Monday.",
        "The recipe for these cookies has been in the family since the war.",
    ],
)
def test_what_is_no_wording_of_sites(text):
    assert find_cue(text, len(text.split())) is None


def _work(page: str) -> int:
    """Lines of code run by reading a page and finding its article: a clock that does not lie."""
    from analysis_utils.annotation.cleaning.article import find_body, label_body

    steps = 0

    def count(frame, event, argument):
        nonlocal steps
        steps += 1
        return count

    sys.settrace(count)
    try:
        lines = read_lines(page)
        label_body(lines, *find_body(lines))
    finally:
        sys.settrace(None)
    return steps


@pytest.mark.parametrize(
    "unit", [f"{SENTENCE}\n\n", "Menu\n", f"{SENTENCE}\nMost read\nOther\n", "3 May 2019\n"]
)
def test_work_grows_with_the_page_not_faster(unit):
    _work(unit)  # warm caches
    assert _work(unit * 400) < 5 * _work(unit * 100)


def test_ten_megabytes_on_one_line():
    (line,) = read_lines("words and more words, " * 500_000)
    assert line.n_words == 2_000_000


def test_a_line_of_megabytes_is_no_paragraph_and_does_not_hang():
    paragraph = "The company said on Monday that it would halt its work with the agency."
    page = "\n".join([paragraph, "x " * 5_000_000, paragraph.replace("Monday", "Tuesday")])
    lines = label_lines(page, "a")
    assert lines["kept"].tolist() == [True, False, True]
    assert "no paragraph" in lines["reason"][1] and len(lines["text"][1]) == 10_000_000


def pattern(expression):
    return PagePattern(kind="footer", pattern=expression, reason="known")


#: Of these each tries every way to part a line, if it is let.
SLOW = (
    *(r"^(\w+\s?)*X$", r"^([a-z ]|\w+\s?)+[XYZ]$"),
    *(r"(a|b|ab)*(?=c)d", r"^(?:(\w|\w\w)+ ?)+$(?<=X)"),
)


@pytest.mark.parametrize("expression", SLOW)
def test_a_pattern_finds_nothing_or_is_told_with_its_mend(expression, monkeypatch):
    monkeypatch.setattr("analysis_utils.annotation.cleaning.wording.PATTERN_SECONDS", 0.2)
    page = f"{SENTENCE[:-1]} and so it said to the X of it\n{'ab' * 60}e\n"
    start = time.monotonic()
    try:
        assert "footer" not in set(label_lines(page, "herald", [pattern(expression)])["kind"])
    except PageError as error:
        assert repr(expression) in str(error) and "Write it in study.yml without" in str(error)
    assert time.monotonic() - start < 20


def test_a_pattern_that_takes_too_long_is_told_with_its_line(monkeypatch):
    monkeypatch.setattr("analysis_utils.annotation.cleaning.wording.PATTERN_SECONDS", 0.2)
    with pytest.raises(PageError, match=r"page pattern .*of kind footer takes more than.*The coun"):
        label_lines(SENTENCE[:-1] * 3 + "!", "herald", [pattern(SLOW[1])])


@pytest.mark.parametrize("expression", [r"^Read more: \w+", "^By .*$", r"more\b", "(?i)READ"])
def test_a_pattern_that_is_written_well_is_found(expression):
    page = f"{SENTENCE}\n\nBy Read more: bridges\n" if "By" in expression else "Read more: bridges"
    assert "footer" in set(label_lines(page, "herald", [pattern(expression)])["kind"])


@pytest.mark.parametrize(
    "expression",
    [
        *(r"(?=(\w+\s?)*X)", r"(?=(\w+\s?)*\bX)", r"(?=.*.*.*.*.*X)", r"(?=(a|a)*X)"),
        *(r"(?!(\w+\s?)*X)zz", r"(?=((?:a|aa)+)$X)", r"(\w+\s?)*?(?:\w+\s?)*?X\d"),
    ],
)
def test_the_limit_of_time_holds_whichever_the_pattern(expression, monkeypatch):
    """It is told in time of the processor, so that a busy machine changes no result."""
    monkeypatch.setattr("analysis_utils.annotation.cleaning.wording.PATTERN_SECONDS", 0.2)
    page = "\n".join([SENTENCE, "a" * 80, "word " * 3000, "a" * 90_000])
    start = time.process_time()
    with contextlib.suppress(PageError):
        label_lines(page, "herald", [pattern(expression)])
    assert time.process_time() - start < 5
