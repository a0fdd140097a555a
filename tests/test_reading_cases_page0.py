"""Kinds of fault that readers found on the first page, each with relatives written for the test."""

import pandas as pd
import pytest
from coverage_tables import tables

from analysis_utils.annotation.parsed import read_sentences
from analysis_utils.themes.coverage.attributions import _is_copied
from analysis_utils.themes.coverage.pieces import is_headless, pieces
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.findings import glance, words


def quotable(text, most=17):
    sentences, tokens, _, quotations = tables(("a", "body", text))
    (sentence,) = read_sentences(sentences, tokens, quotations)
    found = pieces(sentence, most)
    return [text[start:end] for start, end in found if not is_headless(sentence, start, end)]


@pytest.mark.parametrize(
    ("text", "most", "nonsense"),
    [
        (
            "The council should consider what course would be in the best interest of the town.",
            8,
            ("what course would be", "what course"),
        ),
        (
            "It was the frankest word yet of the degree to which the quarrel had hurt the town.",
            8,
            ("of the degree", "the degree"),
        ),
        (
            "The ministers and a number of mayors have accused Delmar of hiding debts from them.",
            10,
            ("have accused Delmar", "accused Delmar of hiding debts"),
        ),
        (
            "The nominee joined a chorus of members calling on the mayor to leave the race.",
            9,
            ("joined a chorus of members calling", "a chorus of members calling"),
        ),
        (
            "The firm hopes that the works will be resumed and is ready to meet with the council.",
            8,
            ("resumed and is ready to meet", "is ready to meet"),
        ),
        (
            "The plan is wrong in addition to being wildly offensive to any victim of the flood.",
            11,
            ("addition to being wildly offensive to any victim of the flood",),
        ),
    ],
)
def test_no_quotation_is_cut_into_nonsense(text, most, nonsense):
    found = quotable(text, most)
    assert not set(nonsense) & set(found)
    assert all(
        not piece.endswith((" would be", " calling", " degree", " to meet")) for piece in found
    )


def test_what_lacks_its_subject_is_known():
    text = "Several mayors have accused Delmar of fraud."
    sentences, tokens, _, quotations = tables(("a", "body", text))
    (sentence,) = read_sentences(sentences, tokens, quotations)
    assert is_headless(sentence, text.index("have"), len(text))
    assert not is_headless(sentence, 0, len(text))


def finding(weight, sentence, evidence, kind="omission"):
    return Finding(kind, weight, sentence, evidence, "coverage")


def test_the_same_person_and_neighbouring_sentences_do_not_fill_the_page():
    same = [
        finding(0.5 - n / 100, f"Only A quotes Lena Graham: “{n} of it”.", (f"a:s{2 * n:02}",))
        for n in range(1, 5)
    ]
    others = [
        finding(0.42 - n / 100, f"Only B tells “{n} of that”.", (f"b:s{2 * n:02}",), kind)
        for n, kind in enumerate(["voice", "naming", "wording", "attribution", "tone"], start=1)
    ]
    told = words.choose([*same, *others], most=7)
    assert sum("Graham" in one.sentence for one in told) <= 2
    assert told[0] == same[0]


def test_what_the_event_is_about_is_no_reason_to_be_left_out():
    found = [
        finding(0.6 - n / 100, f"Only A tells that Max Obern did “{n}”.", (f"a:s{2 * n:02}",))
        for n in range(1, 8)
    ]
    assert len(words.choose(found)) == words.MOST


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("The bridge will open on the first of May", True),
        ("The bridge opens", False),  # so short that anybody would say it so
        ("The bridge will open later than that in May", False),
    ],
)
def test_a_post_printed_word_for_word_is_no_statement_of_the_outlet(text, copied):
    class Said:
        text = "“The bridge will open on the first of May!” Obern wrote."

    assert _is_copied(text, Said) is copied


def test_a_glance_tells_labels_and_no_bare_titles():
    assert glance._is_bare_title("President") and glance._is_bare_title("Rep.")
    assert not glance._is_bare_title("former President of the club")
    assert glance._without("Norland’s Delmar Group", "Delmar Group") == "Norland’s"


def test_a_share_is_told_with_its_interval_and_unclear_speakers_are():
    row = pd.Series({"share": 0.55, "low": 0.31, "high": 0.77})
    assert glance._share(row) == "55 % (31 to 77)"
    assert glance._share(pd.Series({"share": 0.55, "low": None, "high": None})) == "55 %"
