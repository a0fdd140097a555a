"""Keyword in context: all variants, cut between words, and never another word."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from term_tables import text_tables

from analysis_utils.measures.terms import find_terms
from analysis_utils.themes.term_contrast.concordance import (
    Concordance,
    concordance,
    cut_left,
    cut_right,
    evidence,
)

TEXTS = {
    "a": ["They fight cyber crimes in the US.", "It told us so."],
    "b": ["Cybercrime pays, and cybercrime in the U.S. pays well."],
}


@pytest.fixture(scope="module")
def sentences():
    return text_tables(TEXTS)[0]


@pytest.fixture(scope="module")
def terms():
    return find_terms(*text_tables(TEXTS))


@pytest.mark.parametrize("wanted", ["cybercrime", "cyber crimes", "Cyber Crimes", "Cybercrime"])
def test_every_variant_finds_all(wanted, terms, sentences):
    lines = concordance(wanted, terms, sentences, width=None)
    assert list(lines) == Concordance.columns()
    assert lines["keyword"].tolist() == ["cyber crimes", "Cybercrime", "cybercrime"]
    assert lines["sentence_id"].tolist() == ["a:s01", "b:s01", "b:s01"]
    assert lines["left"].tolist() == ["They fight ", "", "Cybercrime pays, and "]
    texts = sentences.set_index("sentence_id")["text"]
    assert (lines["left"] + lines["keyword"] + lines["right"]).tolist() == [
        texts[sentence_id] for sentence_id in lines["sentence_id"]
    ]


def test_us_is_not_the_us(terms, sentences):
    assert concordance("US", terms, sentences)["keyword"].tolist() == ["US", "U.S."]
    assert concordance("us", terms, sentences)["keyword"].tolist() == ["us"]
    without = terms[terms["surface"] != "us"]
    with pytest.raises(KeyError, match="'us' does not occur"):
        concordance("us", without, sentences)


def test_a_term_that_does_not_occur_is_told_with_terms_like_it(terms, sentences):
    with pytest.raises(KeyError, match="'cybercrimez' does not occur; terms like it: cybercrime"):
        concordance("cybercrimez", terms, sentences)


def test_evidence_follows_the_rows(terms, sentences):
    rows = pd.DataFrame({"term": ["US", "cybercrime", "US"]})
    lines = evidence(rows, terms, sentences)
    assert lines["term"].tolist() == ["US"] * 2 + ["cybercrime"] * 3
    assert lines["outlet"].tolist() == ["a", "b", "a", "b", "b"]


def test_cuts_fall_between_words():
    text = "The company hopes that the projects will be resumed."
    assert cut_right(text, 20) == "The company hopes…"
    assert cut_left(text, 20) == "…will be resumed."
    assert cut_right(text, None) == text


@given(st.text(), st.integers(1, 30))
def test_cut_texts_fit(text, width):
    for cut in (cut_left(text, width), cut_right(text, width)):
        assert len(cut) <= width
        assert cut == text or "…" in cut


def test_no_rows_have_no_lines(terms, sentences):
    none = evidence(pd.DataFrame({"term": []}), terms, sentences)
    assert none.empty and list(none) == Concordance.columns()


def test_lines_of_other_groups_name_their_group(terms, sentences):
    grouped = terms.assign(country=terms["outlet"].map({"a": "RU", "b": "US"}))
    lines = evidence(pd.DataFrame({"term": ["cybercrime"]}), grouped, sentences, by="country")
    assert lines["country"].tolist() == ["RU", "US", "US"] and "outlet" not in lines
    assert "country" in concordance("cybercrime", grouped, sentences, by="country")
