"""The contrast: numbers worked by hand, properties, and what the two articles show."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from term_tables import sentence_table, term_table

from analysis_utils.annotation.language import tokenise
from analysis_utils.measures.terms import find_terms
from analysis_utils.measures.terms.counts import count_terms
from analysis_utils.themes import term_contrast
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.term_contrast.keyness import log_odds_difference, log_ratio, signed_g2
from analysis_utils.themes.term_contrast.tables import (
    Contrast,
    contrast_terms,
    leading_function_words,
    leading_terms,
)
from analysis_utils.themes.term_contrast.tfidf import (
    Idf,
    TfIdf,
    contrast_tfidf,
    idf_by_document,
    strongest,
)
from analysis_utils.themes.term_contrast.words import (
    caption,
    evidence_caption,
    evidence_headline,
    finding,
    headline,
    tfidf_finding,
)

DOCUMENTS = st.lists(
    st.lists(st.sampled_from(["ban", "firm", "hope", "the"]), min_size=1, max_size=6),
    min_size=1,
    max_size=5,
).map(lambda documents: [*documents, ["ban", "firm"]])  # odds need two different terms


def row(table: pd.DataFrame, term: str, outlet: str) -> pd.Series:
    (found,) = table[(table["term"] == term) & (table["outlet"] == outlet)].iloc
    return found


@pytest.fixture(scope="module")
def example():
    """Ten terms an outlet: "firm" 6 and 2 times, "ban" 4 times and never, "hope" only in b."""
    return term_table(
        {
            "a": [["firm"] * 6, ["ban"] * 4],
            "b": [["firm", "hope"], ["firm", "hope"], ["hope"] * 6],
        },
        function_words=("firm",),
    )


@pytest.fixture(scope="module")
def terms(study, codes):
    """The terms of the two articles, from the hand-coded sentences."""
    coded = codes("sentences")
    outlets = coded["sentence_id"].str.split(":").str[0]
    parts = coded["sentence_id"].str.split(":").str[1]
    marked = (parts + ": ").where(parts.isin(["headline", "standfirst"]), "") + coded["text"]
    sentences = sentence_table({name: list(marked[outlets == name]) for name in outlets.unique()})
    return find_terms(sentences, tokenise(sentences), study.actors, study.merge_terms)


@pytest.fixture(scope="module")
def contrast(terms):
    return contrast_terms(terms)


# Worked by hand.


def test_log_odds_by_hand(example):
    # The prior is worth 10 terms and the pooled share of "firm" is 8 of 20, so a = 10 * 8/20 = 4.
    #   odds in a: (6 + 4) / (10 + 10 - 6 - 4) = 10/10 = 1
    #   odds in b: (2 + 4) / (10 + 10 - 2 - 4) =  6/14 = 3/7
    #   delta = log(1) - log(3/7) = log(7/3) = 0.847298
    #   variance = 1/10 + 1/6 = 0.266667; z = 0.847298 / 0.516398 = 1.640786
    found = row(contrast_terms(example, prior_words=10), "firm", "a")
    assert found["delta"] == pytest.approx(0.847298, abs=1e-6)
    assert found["variance"] == pytest.approx(0.266667, abs=1e-6)
    assert found["z"] == pytest.approx(1.640786, abs=1e-6)


def test_log_odds_of_outlets_of_different_size_by_hand():
    # (3 + 2) / (30 + 10 - 3 - 2) = 1/7 and (1 + 2) / (60 + 10 - 1 - 2) = 3/67:
    # delta = log(67/21) = 1.160171
    assert log_odds_difference(3, 30, 1, 60, 2, 10) == pytest.approx(1.160171, abs=1e-6)


def test_g2_by_hand(example):
    # firm: observed 6 and 4 of 10 (a), 2 and 8 of 10 (b); expected 4 and 6 in both.
    #   2 * (6 log(6/4) + 4 log(4/6) + 2 log(2/4) + 8 log(8/6))
    #   = 2 * (2.432791 - 1.621860 - 1.386294 + 2.301457) = 3.452187
    # ban: observed 4 and 6, 0 and 10; expected 2 and 8 in both.
    #   2 * (4 log(4/2) + 6 log(6/8) + 0 + 10 log(10/8))
    #   = 2 * (2.772589 - 1.726092 + 2.231436) = 6.555864
    table = contrast_terms(example)
    assert row(table, "firm", "a")["g2"] == pytest.approx(3.452187, abs=1e-5)
    assert row(table, "firm", "b")["g2"] == pytest.approx(-3.452187, abs=1e-5)
    assert row(table, "ban", "a")["g2"] == pytest.approx(6.555864, abs=1e-5)


def test_log_ratio_by_hand(example):
    # firm: log2((6/10) / (2/10)) = log2(3); ban: log2((4/10) / (0.5/10)) = log2(8).
    table = contrast_terms(example)
    assert row(table, "firm", "a")["log_ratio"] == pytest.approx(np.log2(3))
    assert row(table, "ban", "a")["log_ratio"] == pytest.approx(3)
    assert row(table, "ban", "b")["log_ratio"] == pytest.approx(-3)


def test_the_prior_is_worth_an_average_outlet_by_default(example):
    pd.testing.assert_frame_equal(contrast_terms(example), contrast_terms(example, prior_words=10))


def test_counts_rates_and_sentences(example):
    table = contrast_terms(example)
    assert list(table) == Contrast.columns()
    found = row(table, "firm", "a")
    assert (found["count"], found["total"], found["rate"]) == (6, 10, 600)
    assert (found["count_rest"], found["total_rest"], found["rate_rest"]) == (2, 10, 200)
    assert (found["n_sentences"], found["n_sentences_rest"]) == (1, 2)
    assert not found["single_sentence"]
    assert row(table, "ban", "a")["single_sentence"]
    assert row(table, "ban", "b")["single_sentence"]
    assert not row(table, "hope", "b")["single_sentence"]


def test_an_interval_by_hand():
    # One outlet has two sentences, "ban" and "firm"; the other one sentence, "firm firm", so only
    # the first varies: "ban" is drawn 0, 1 or 2 times (chances 1/4, 1/2, 1/4).  Pooled share of
    # "ban" 1/4, prior of 2 terms: a = 0.5 of 2.  Twice: odds (2.5 / 1.5) / (0.5 / 3.5) = 35/3.
    # Never: the draw counts as no difference.
    table = contrast_terms(term_table({"a": [["ban"], ["firm"]], "b": [["firm"] * 2]}), fewest=1)
    found = row(table, "ban", "a")
    assert (found["low"], found["high"]) == pytest.approx((0, np.log(35 / 3)))
    # Once, as observed: (1.5 / 2.5) / (0.5 / 3.5) = 21/5.
    assert found["delta"] == pytest.approx(np.log(21 / 5))


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 40), st.integers(1, 40))
def test_g2_agrees_with_scipy(count, count_rest, others, others_rest):
    if count + count_rest == 0:
        return
    cells = [[count, others], [count_rest, others_rest]]
    wanted = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    found = signed_g2(count, count + others, count_rest, count_rest + others_rest)
    assert abs(found) == pytest.approx(wanted, abs=1e-9)


# Properties.


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_two_outlets_mirror_each_other(first, second):
    table = contrast_terms(term_table({"a": first, "b": second}), draws=20)
    a, b = (
        table[table["outlet"] == outlet].sort_values("term").reset_index(drop=True)
        for outlet in ("a", "b")
    )
    for column in ("delta", "z", "g2", "log_ratio"):
        np.testing.assert_allclose(a[column], -b[column], atol=1e-9)
    np.testing.assert_allclose(a["low"], -b["high"], atol=1e-9)
    assert a["variance"].tolist() == b["variance"].tolist()
    assert a["count"].tolist() == b["count_rest"].tolist()


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_swapping_the_outlets_swaps_the_signs(first, second):
    forth = contrast_terms(term_table({"a": first, "b": second}), draws=5)
    back = contrast_terms(term_table({"a": second, "b": first}), draws=5)
    both = forth.merge(back, on=["term", "outlet"], validate="one_to_one")
    assert len(both) == len(forth)
    np.testing.assert_allclose(both["delta_x"], -both["delta_y"], atol=1e-9)
    np.testing.assert_allclose(both["g2_x"], -both["g2_y"], atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS)
def test_identical_corpora_do_not_differ(documents):
    table = contrast_terms(term_table({"a": documents, "b": documents}), draws=20)
    for column in ("delta", "z", "g2", "log_ratio"):
        np.testing.assert_allclose(table[column], 0, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(DOCUMENTS, min_size=2, max_size=4), st.sampled_from(["mark", "keep"]))
def test_counts_add_up(corpora, function_words):
    terms = term_table(dict(zip("abcd", corpora, strict=False)), function_words=("the",))
    table = contrast_terms(terms, draws=5, function_words=function_words, fewest=1)
    for outlet, rows in table.groupby("outlet"):
        assert (rows["total"] == rows["count"].sum()).all()
        assert rows["count"].sum() == (terms["outlet"] == outlet).sum()
    assert (
        table["count"] + table["count_rest"] == table.groupby("term")["count"].transform("sum")
    ).all()
    assert (table["total"] + table["total_rest"] == len(terms)).all()
    assert (table["low"] <= table["high"]).all()
    assert table.notna().all(axis=None)


def test_function_words_count_in_the_totals_however_they_are_handled(example):
    marked, dropped, kept = (
        contrast_terms(example, function_words=how, fewest=1) for how in ("mark", "drop", "keep")
    )
    assert set(marked.loc[marked["is_function_word"], "term"]) == {"firm"}
    assert set(dropped["term"]) == {"ban", "hope"}
    assert not kept["is_function_word"].any()
    for table in (dropped, kept):
        both = marked.merge(table, on=["term", "outlet"])
        for column in ("total", "delta", "low", "g2"):
            assert (both[f"{column}_x"] == both[f"{column}_y"]).all()


def test_rare_terms_leave_the_table_but_not_the_totals(example):
    table = contrast_terms(example, min_count=5)
    assert set(table["term"]) == {"firm", "hope"}
    assert (table["total"] == 10).all()


def test_each_of_several_outlets_against_the_rest():
    terms = term_table({"a": [["ban", "ban"]], "b": [["ban", "firm"]], "c": [["firm", "hope"]]})
    found = row(contrast_terms(terms), "ban", "b")
    assert (found["count"], found["count_rest"], found["total_rest"]) == (1, 2, 4)


def test_groups_other_than_outlets(example):
    terms = example.assign(country=example["outlet"].map({"a": "RU", "b": "US"}))
    table = contrast_terms(terms, by="country")
    assert list(table["country"].unique()) == ["RU", "US"]
    assert "outlet" not in table


def test_draws_repeat_with_the_seed_and_more_terms_than_a_block_do_no_harm():
    words = [f"word{number}" for number in range(450)]
    terms = term_table({"a": [words[:300], words[200:]], "b": [words[100:], ["word1"]]})
    one, same, other = (contrast_terms(terms, seed=seed, draws=50, fewest=1) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    first = contrast_terms(terms, seed=0, draws=50, fewest=1)
    pd.testing.assert_frame_equal(first, contrast_terms(terms, draws=50, fewest=1))
    assert (one["low"] != other["low"]).any()
    assert len(one) == 900
    # "word0" stands in one sentence of two, as "word320" does, in another block of terms.
    assert (row(one, "word0", "a")["high"] > 0) and (row(one, "word320", "a")["low"] <= 0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"prior_words": 0}, "above 0"),
        ({"function_words": "hide"}, "'mark', 'drop' or 'keep'"),
        ({"level": 95}, "between 0 and 1"),
    ],
)
def test_options_that_make_no_sense_are_refused(example, options, message):
    with pytest.raises(ValueError, match=message):
        contrast_terms(example, **options)


def test_one_outlet_is_no_contrast(example):
    alone = example[example["outlet"] == "a"]
    with pytest.raises(ValueError, match="two or more groups in column 'outlet'"):
        contrast_terms(alone)
    with pytest.raises(ValueError, match="two or more groups"):
        contrast_tfidf(alone)
    with pytest.raises(ValueError, match="hold no words"):
        count_terms(alone.head(0))
    with pytest.raises(ValueError, match="only one"):
        contrast_terms(term_table({"a": [["ban"]], "b": [["ban"]]}))


# Counting and TF-IDF.


def test_the_matrix_is_sparse_and_keeps_its_documents_in_order(example):
    from scipy.sparse import issparse

    counts = count_terms(example)
    assert issparse(counts.matrix)
    assert counts.terms.tolist() == ["ban", "firm", "hope"]
    assert counts.groups.tolist() == ["a", "a", "b", "b", "b"]
    assert counts.matrix.toarray().tolist() == [
        [0, 6, 0],
        [4, 0, 0],
        [0, 1, 1],
        [0, 1, 1],
        [0, 0, 6],
    ]


def test_tfidf_by_hand():
    # Sentences "ban" and "firm" in a, "firm" in b: each vector has length 1 in one direction, so
    # TF-IDF is 1 there.  Means: ban 1/2 and 0; firm 1/2 and 1.
    table = contrast_tfidf(term_table({"a": [["ban"], ["firm"]], "b": [["firm"]]}), fewest=1)
    ban, firm = row(table, "ban", "a"), row(table, "firm", "a")
    assert (ban["tfidf"], ban["tfidf_rest"], ban["difference"]) == pytest.approx((0.5, 0, 0.5))
    assert (firm["tfidf"], firm["tfidf_rest"], firm["difference"]) == pytest.approx((0.5, 1, -0.5))
    assert (ban["low"], ban["high"]) == pytest.approx((0, 1))
    mirrored = row(table, "ban", "b")
    assert (mirrored["difference"], mirrored["low"]) == pytest.approx((-0.5, -1))


def test_idf_of_two_articles_takes_two_values(terms):
    idf = idf_by_document(terms).set_index("document")
    assert idf.loc["article", "n_documents"] == 2
    assert idf.loc["article", "n_values"] == 2
    # Smoothed: log((1 + 2) / (1 + 2)) + 1 = 1 and log((1 + 2) / (1 + 1)) + 1 = 1.405465.
    assert idf.loc["article", ["lowest", "highest"]].tolist() == pytest.approx([1, 1.405465])
    assert idf.loc["sentence", "n_documents"] == 24
    assert idf.loc["sentence", "n_values"] > 5


# What the two articles show.


def test_merged_spellings_do_not_set_the_articles_apart(contrast, terms):
    for outlet in ("tass", "rferl"):
        found = row(contrast, "cybercrime", outlet)
        assert (found["count"], found["count_rest"]) == (4, 4)
        assert found["low"] < 0 < found["high"]
        tfidf = contrast_tfidf(terms)
        assert "cybercrime" not in set(tfidf[tfidf["outlet"] == outlet].head(10)["term"])


def test_the_words_that_set_the_articles_apart(contrast):
    # From a close reading: only RFE/RL uses the bare surname, "European" and "software"; only TASS
    # speaks of a resolution, of passing it and of freezing.
    told = contrast[~contrast["is_function_word"]]
    assert {"Kaspersky", "European", "software"} == set(
        told[told["outlet"] == "rferl"].head(3)["term"]
    )
    assert {"resolution", "pass", "freeze"} <= set(told[told["outlet"] == "tass"].head(3)["term"])


def test_a_repeated_standfirst_is_no_second_piece_of_evidence(contrast):
    # China stands twice in TASS: in a sentence and in the standfirst that repeats it.
    found = row(contrast, "China", "tass")
    assert (found["count"], found["n_sentences"], found["single_sentence"]) == (2, 1, True)
    assert found["low"] == 0


def test_log_ratio_and_rates_of_arrays():
    assert log_ratio(np.array([2, 0]), 10, np.array([1, 1]), 10) == pytest.approx([1, -1])


def test_the_finding_names_the_leading_terms_with_their_counts(contrast):
    outlets = {"tass": "TASS", "rferl": "RFE/RL"}
    leading = leading_terms(contrast)
    text = finding(leading, outlets)
    assert "TASS is set apart most by “resolution” (4 : 0)" in text
    assert "RFE/RL is set apart most by “Kaspersky” (5 : 0)" in text
    clear = leading.loc[leading["low"] > 0, "term"].tolist()
    assert f"{len(clear)} have an interval that excludes zero" in text
    assert f"{' and '.join(f'“{term}”' for term in clear)}." in text
    assert headline(leading, outlets).startswith("TASS: “resolution”")
    assert "“" not in headline(leading, outlets | {"third": "Third"})


def test_leading_terms_are_no_function_words_numbers_or_dates(contrast):
    leading = leading_terms(contrast, n=200)
    assert not leading["is_function_word"].any()
    assert not set(leading["kind"]) & {"number", "date"}
    assert "13" not in set(leading["term"])


def test_the_caption_gives_the_size_of_each_outlet(contrast):
    sizes = contrast.groupby("outlet", sort=False)["total"].first()
    assert f"{sizes['tass']} and {sizes['rferl']} occurrences" in caption(contrast)


def test_tfidf_tells_which_of_its_terms_also_lead(contrast, terms):
    leading = leading_terms(contrast)
    tfidf = contrast_tfidf(terms).assign(document="sentence")
    text = tfidf_finding(tfidf, leading, {"tass": "TASS"}, n=3)
    assert text == (
        "With sentences as documents, 3 of the 3 terms that it ranks highest for TASS also lead by"
        " log-odds."
    )
    none = tfidf_finding(tfidf, leading.iloc[:0], {"tass": "TASS"}, n=1)
    assert "0 of the 1 terms" in none and "not so “resolution”" in none


def test_from_a_handful_of_sentences_no_interval_is_given():
    few = term_table({"a": [["ban", "ban"]] * 4, "b": [["ban", "call"]] * 9})
    enough = term_table({"a": [["ban", "ban"]] * 5, "b": [["ban", "call"]] * 9})
    assert contrast_terms(few, draws=50)[["low", "high"]].isna().all(axis=None)
    assert contrast_terms(enough, draws=50)[["low", "high"]].notna().all(axis=None)
    assert contrast_tfidf(few, draws=50)[["low", "high"]].isna().all(axis=None)


def test_without_leading_terms_the_finding_says_so(contrast):
    assert finding(leading_terms(contrast).iloc[:0], {"tass": "TASS"}).startswith("Function words")


# Other groups than outlets.


@pytest.fixture(scope="module")
def by_country(example):
    return example.assign(country=example["outlet"].map({"a": "RU", "b": "US"}))


def test_prose_speaks_of_the_groups_that_are_compared(by_country):
    names = {"RU": "Russia", "US": "United States"}
    contrast = contrast_terms(by_country, by="country", draws=50, fewest=1)
    leading = leading_terms(contrast, min_sentences=1, by="country")
    assert headline(leading, names, "country") == "Russia: “ban”; United States: “hope”"
    text = finding(leading, names, by="country")
    assert text.startswith(
        "Russia is set apart most by “ban” (4 : 0). United States is set apart most by “hope”"
        " (8 : 0)."
    )
    assert "of one country and" in finding(leading.iloc[:0], names, by="country")
    assert "one country apart" in headline(leading.iloc[:0], names, "country")
    assert headline(leading, names | {"FR": "France"}, "country") == (
        "The terms that set each country apart from the others"
    )
    said = caption(contrast, "country")
    assert "10 and 10 occurrences" in said and "a mean country" in said and "outlet" not in said
    assert "each country in their sentences" in evidence_caption("country")
    tfidf = contrast_tfidf(by_country, by="country", draws=20).assign(document="sentence")
    assert "ranks highest for Russia" in tfidf_finding(tfidf, leading, names, by="country")
    assert strongest(tfidf, n=1, by="country")["term"].tolist() == ["ban", "hope"]


def test_articles_are_spoken_of_as_articles(example):
    contrast = contrast_terms(example, by="article_id", draws=20)
    leading = leading_terms(contrast, min_sentences=1, by="article_id")
    assert "sentences of the article or more" in caption(contrast, "article_id")
    assert finding(leading, {"a": "One", "b": "Two"}, by="article_id").startswith(
        "One is set apart"
    )


def test_the_evidence_is_headed_by_what_there_is(contrast):
    leading = leading_terms(contrast)
    assert evidence_headline(leading).startswith("Why these terms")
    assert evidence_headline(leading.iloc[:0]).startswith("No term sets one outlet apart")


def test_how_many_terms_are_firm_is_said_in_the_right_number(contrast):
    leading = leading_terms(contrast)
    one = leading[leading["term"] == "Kaspersky"]
    assert "Of the 1 term shown, 1 has an interval that excludes zero: “Kaspersky”." in finding(
        one, {"rferl": "RFE/RL"}
    )
    touching = one.assign(low=0.0)
    assert "None of the 1 term shown has an interval" in finding(touching, {"rferl": "RFE/RL"})
    assert finding(leading, {"rferl": "RFE/RL"}).count(" : 0), “") == 3
    assert "TASS is set apart most by no term." in finding(one, {"tass": "TASS"})


# Which terms lead.


def leading_row(term, outlet, z, n_sentences=2, kind="word", is_function_word=False):
    return {
        "term": term, "outlet": outlet, "z": z, "n_sentences": n_sentences, "kind": kind,
        "is_function_word": is_function_word,
    }  # fmt: skip


def test_a_leading_term_is_more_frequent_and_stands_in_two_sentences():
    contrast = pd.DataFrame(
        [
            leading_row("first", "a", 3.0),
            leading_row("second", "a", 0.1),
            leading_row("even", "a", 0.0),
            leading_row("less", "a", -1.0),
            leading_row("once", "a", 4.0, n_sentences=1),
            leading_row("the", "a", 4.0, is_function_word=True),
            leading_row("2018", "a", 4.0, kind="number"),
            leading_row("June", "a", 4.0, kind="date"),
            leading_row("first", "b", 1.0),
            leading_row("other", "b", 0.5),
        ]
    )
    leading = leading_terms(contrast)
    assert leading["term"].tolist() == ["first", "second", "other"]
    assert leading_terms(contrast, 1)["term"].tolist() == ["first", "other"]
    assert leading.index.tolist() == [0, 1, 2]
    function = leading_function_words(contrast)
    assert function["term"].tolist() == ["the"]
    many = [leading_row(f"w{n}", "a", 9.0 - n, is_function_word=True) for n in range(10)]
    assert len(leading_function_words(pd.DataFrame(many))) == 6
    assert leading_function_words(pd.DataFrame(many), 2)["term"].tolist() == ["w0", "w1"]


@pytest.mark.parametrize(("outlets", "most"), [("ab", 12), ("abc", 8)])
def test_as_many_terms_lead_as_a_figure_holds(outlets, most):
    rows = [
        leading_row(f"{outlet}{number}", outlet, 20.0 - number)
        for outlet in outlets
        for number in range(15)
    ]
    leading = leading_terms(pd.DataFrame(rows))
    assert leading.groupby("outlet").size().tolist() == [most] * len(outlets)
    assert f"{outlets[-1]}{most - 1}" in set(leading["term"])


def test_terms_as_frequent_as_asked_for_have_a_row(example):
    assert set(contrast_terms(example, min_count=4)["term"]) == {"ban", "firm", "hope"}
    assert set(contrast_terms(example, min_count=8)["term"]) == {"firm", "hope"}


def test_rows_go_by_outlet_then_z_then_term():
    terms = term_table({"b": [["x", "y", "z", "z"]], "a": [["v", "w", "u", "u"]]})
    table = contrast_terms(terms, draws=5)
    assert table["outlet"].unique().tolist() == ["b", "a"]
    assert table.loc[table["outlet"] == "b", "term"].tolist()[:3] == ["z", "x", "y"]


def test_the_tables_say_what_the_functions_give(corpus, terms):
    tables = theme_tables(term_contrast, corpus)
    assert tables.leading["term"].tolist() == leading_terms(tables.contrast)["term"].tolist()
    assert set(tables.lines["term"]) == set(tables.leading["term"])
    assert tables.tfidf["document"].unique().tolist() == ["sentence", "paragraph"]
    texts = corpus.sentences.set_index("sentence_id")["text"]
    whole = tables.lines["left"] + tables.lines["keyword"] + tables.lines["right"]
    assert whole.tolist() == texts[tables.lines["sentence_id"]].tolist()


def test_counting_has_no_score(corpus):
    assert validated(term_contrast, corpus).empty


def test_the_thinnest_contrast_keeps_its_schema():
    thin = term_table({"a": [["ban"]], "b": [["firm", "hope"]]})
    table = Contrast.checked(contrast_terms(thin, prior_words=0.5, draws=5))
    assert set(table["total"]) == set(table["total_rest"]) == {1, 2}
    assert "from 2,000 bootstrap draws" in caption(table)
    alone = TfIdf.checked(contrast_tfidf(thin, draws=5).assign(document="paragraph"))
    assert set(alone["tfidf"]) >= {0.0, 1.0}
    one = Idf.checked(idf_by_document(term_table({"a": [["ban"]]})))
    assert one["n_documents"].tolist() == one["n_values"].tolist() == [1, 1, 1]
    # One document: smoothed, log((1 + 1) / (1 + 1)) + 1 = 1, for all terms.
    assert one[["lowest", "highest", "share_highest"]].eq(1).all(axis=None)


def test_strongest_of_each_kind_of_document_by_hand(example):
    tfidf = pd.concat(
        contrast_tfidf(example, f"{document}_id", draws=5).assign(document=document)
        for document in ("sentence", "article")
    )
    assert strongest(tfidf, n=1)["term"].tolist() == ["ban", "hope"]
    assert strongest(tfidf, "article", n=2)["outlet"].tolist() == ["a", "a", "b", "b"]
    assert "firm" not in set(strongest(tfidf)["term"])
    many = term_table({"a": [[f"w{n}" for n in range(12)]], "b": [["firm"]]})
    tfidf = contrast_tfidf(many, draws=5).assign(document="sentence")
    assert strongest(tfidf).groupby("outlet", sort=False).size().tolist() == [8, 8]


def test_an_interval_of_tfidf_is_of_as_many_draws_as_asked_for(example):
    one = contrast_tfidf(example, draws=1, fewest=1)
    assert (one["low"] == one["high"]).all()
    many = contrast_tfidf(example, draws=50, fewest=1)
    assert (many["low"] < many["high"]).any()


def test_function_words_that_lead_are_more_frequent():
    rows = [leading_row(f"w{z}", "a", z, is_function_word=True) for z in (1.5, 0.5, 0.0, -0.5)]
    assert leading_function_words(pd.DataFrame(rows))["term"].tolist() == ["w1.5", "w0.5"]


def test_of_three_outlets_the_one_with_few_sentences_has_no_interval():
    terms = term_table({"a": [["ban"]] * 4, "b": [["firm"]] * 5, "c": [["hope"]] * 6})
    table = contrast_terms(terms, draws=20)
    given = table.groupby("outlet")["low"].apply(lambda low: low.notna().all())
    assert given.to_dict() == {"a": False, "b": True, "c": True}
