"""The contrast: numbers worked by hand, properties, and what the two articles show."""

from types import SimpleNamespace

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
from analysis_utils.themes.term_contrast import words
from analysis_utils.themes.term_contrast.alike import Alike, how_alike
from analysis_utils.themes.term_contrast.house_style import mark_house_style
from analysis_utils.themes.term_contrast.keyness import log_odds_difference, log_ratio, signed_g2
from analysis_utils.themes.term_contrast.leading import (
    SHUFFLES,
    avoided_terms,
    by_chance,
    leading_by_both,
    leading_terms,
    least_articles,
    shuffled_unit,
    terms_each,
)
from analysis_utils.themes.term_contrast.tables import Contrast, contrast_terms
from analysis_utils.themes.term_contrast.tfidf import TfIdf, contrast_tfidf

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
    table = contrast_terms(term_table({"a": first, "b": second}))
    a, b = (
        table[table["outlet"] == outlet].sort_values("term").reset_index(drop=True)
        for outlet in ("a", "b")
    )
    for column in ("delta", "z", "g2", "log_ratio"):
        np.testing.assert_allclose(a[column], -b[column], atol=1e-9)
    assert a["variance"].tolist() == b["variance"].tolist()
    assert a["count"].tolist() == b["count_rest"].tolist()


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_swapping_the_outlets_swaps_the_signs(first, second):
    forth = contrast_terms(term_table({"a": first, "b": second}))
    back = contrast_terms(term_table({"a": second, "b": first}))
    both = forth.merge(back, on=["term", "outlet"], validate="one_to_one")
    assert len(both) == len(forth)
    np.testing.assert_allclose(both["delta_x"], -both["delta_y"], atol=1e-9)
    np.testing.assert_allclose(both["g2_x"], -both["g2_y"], atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS)
def test_identical_corpora_do_not_differ(documents):
    table = contrast_terms(term_table({"a": documents, "b": documents}))
    for column in ("delta", "z", "g2", "log_ratio"):
        np.testing.assert_allclose(table[column], 0, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(DOCUMENTS, min_size=2, max_size=4))
def test_counts_add_up(corpora):
    terms = term_table(dict(zip("abcd", corpora, strict=False)), function_words=("the",))
    table = contrast_terms(terms)
    for outlet, rows in table.groupby("outlet"):
        assert (rows["total"] == rows["count"].sum()).all()
        assert rows["count"].sum() == (terms["outlet"] == outlet).sum()
    assert (
        table["count"] + table["count_rest"] == table.groupby("term")["count"].transform("sum")
    ).all()
    assert (table["total"] + table["total_rest"] == len(terms)).all()
    assert table.notna().all(axis=None)


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


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"prior_words": 0}, "above 0"),
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
    table = contrast_tfidf(term_table({"a": [["ban"], ["firm"]], "b": [["firm"]]}))
    ban, firm = row(table, "ban", "a"), row(table, "firm", "a")
    assert (ban["tfidf"], ban["tfidf_rest"], ban["difference"]) == pytest.approx((0.5, 0, 0.5))
    assert (firm["tfidf"], firm["tfidf_rest"], firm["difference"]) == pytest.approx((0.5, 1, -0.5))
    assert row(table, "ban", "b")["difference"] == pytest.approx(-0.5)


# What the two articles show.


def test_merged_spellings_do_not_set_the_articles_apart(contrast, terms):
    for outlet in ("tass", "rferl"):
        found = row(contrast, "cybercrime", outlet)
        assert (found["count"], found["count_rest"]) == (4, 4)
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
    assert (found["count"], found["n_sentences"]) == (2, 1)
    assert "China" not in set(leading_terms(contrast)["term"])


def test_log_ratio_and_rates_of_arrays():
    assert log_ratio(np.array([2, 0]), 10, np.array([1, 1]), 10) == pytest.approx([1, -1])


def test_leading_terms_are_no_function_words_numbers_or_dates(contrast):
    leading = leading_terms(contrast, n=200)
    assert not leading["is_function_word"].any()
    assert not set(leading["kind"]) & {"number", "date"}
    assert "13" not in set(leading["term"])


# Which terms lead.


def leading_row(term, outlet, z, n_sentences=2, kind="word", is_function_word=False):
    return {
        "term": term, "outlet": outlet, "z": z, "n_sentences": n_sentences, "kind": kind,
        "is_function_word": is_function_word, "is_house_style": term == "Mr.",
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
            leading_row("Mr.", "a", 4.0),
            leading_row("first", "b", 1.0),
            leading_row("other", "b", 0.5),
        ]
    )
    leading = leading_terms(contrast)
    assert leading["term"].tolist() == ["first", "second", "other"]
    assert leading_terms(contrast, 1)["term"].tolist() == ["first", "other"]
    assert leading.index.tolist() == [0, 1, 2]


def test_terms_as_frequent_as_asked_for_have_a_row(example):
    assert set(contrast_terms(example, min_count=4)["term"]) == {"ban", "firm", "hope"}
    assert set(contrast_terms(example, min_count=8)["term"]) == {"firm", "hope"}


def test_rows_go_by_outlet_then_z_then_term():
    terms = term_table({"b": [["x", "y", "z", "z"]], "a": [["v", "w", "u", "u"]]})
    table = contrast_terms(terms)
    assert table["outlet"].unique().tolist() == ["b", "a"]
    assert table.loc[table["outlet"] == "b", "term"].tolist()[:3] == ["z", "x", "y"]


def test_counting_has_no_score(corpus):
    assert validated(term_contrast, corpus).empty


# What chance gives.


def test_a_deal_by_lot_seldom_reaches_a_word_that_fills_one_telling():
    shared = [["minister", f"w{number}"] for number in range(12)]
    told_apart = term_table(
        {"a": [[*words, "ban"] for words in shared], "b": [[*words, "hope"] for words in shared]}
    )
    tables = contrast_terms(told_apart), contrast_tfidf(told_apart)
    leading = leading_by_both(*tables, by_chance(told_apart, shuffles=200).highest)
    assert leading["term"].tolist() == ["ban", "hope"]
    assert (leading["shuffled"] < 0.05).all()


@settings(max_examples=20, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_chance_is_the_same_for_a_seed_and_never_below_zero(first, second):
    terms = term_table({"a": first, "b": second}, function_words=("the",))
    one, same = (by_chance(terms, shuffles=20).highest for _ in range(2))
    assert len(one) == 20 and (one >= 0).all() and one.tolist() == same.tolist()


def test_tellings_dealt_out_by_lot_are_no_rarity():
    """Of tellings that only the lot tells apart, about as many seem rare as a test allows."""
    draw, rare = np.random.default_rng(0), 0
    for seed in range(40):
        texts = [list(draw.choice(list("abcdefgh"), 5)) for _ in range(20)]
        terms = term_table({"x": texts[:10], "y": texts[10:]})
        chance = by_chance(terms, shuffles=100, seed=seed)
        leading = leading_by_both(contrast_terms(terms), contrast_tfidf(terms), chance.highest)
        rare += leading["shuffled"].min() < 0.05 if len(leading) else 0
    assert rare <= 6  # 2 of 40 expected


def test_articles_are_dealt_out_where_there_are_enough():
    terms = term_table({"a": [["ban"]] * 6, "b": [["firm"]] * 6})
    assert shuffled_unit(terms) == "passage_id"
    assert shuffled_unit(terms.assign(article_id=terms["sentence_id"])) == "article_id"


# Both measures side by side, and in words.


@pytest.fixture(scope="module")
def tables(corpus):
    return theme_tables(term_contrast, corpus)


def test_both_measures_name_their_first_terms(tables):
    for measure in ("by_log_odds", "by_tfidf"):
        named = tables.leading[tables.leading[measure]].groupby("outlet").size()
        assert (named == terms_each(2)).all()
    assert tables.leading["term"].is_unique
    both = tables.leading[["by_log_odds", "by_tfidf"]].all(axis=1)
    assert both.mean() > 0.5  # from a close reading: both find the same words
    assert [terms_each(n) for n in (2, 3, 5, 30)] == [6, 6, 3, 2]


def test_lines_and_evidence_are_sentences_of_the_articles(tables, corpus):
    texts = corpus.sentences.set_index("sentence_id")["text"]
    whole = tables.lines["left"] + tables.lines["keyword"] + tables.lines["right"]
    assert whole.tolist() == texts[tables.lines["sentence_id"]].tolist()
    shown = tables.evidence
    assert shown["sentence_id"].is_unique and len(shown) <= 10
    assert shown["text"].tolist() == texts[shown["sentence_id"]].tolist()
    assert not shown["sentence_id"].str.endswith("standfirst").any()
    surfaces = tables.terms.groupby("sentence_id")["term"].agg(set)
    for line in shown.itertuples():
        assert set(line.note.split(", ")) <= surfaces[line.sentence_id]


def test_the_answer_is_true_of_the_articles(tables, corpus):
    told = words.answer(tables, corpus)
    assert "TASS is set apart most by “resolution” (4 times, never in RFE/RL)" in told
    # "Kaspersky Lab" and "European Parliament" are names of their own.
    assert "“Kaspersky” (5 times, never by itself in TASS)" in told
    assert f"of {SHUFFLES:,} deals" in told
    assert "no proof of different choices" in told
    assert all(len(sentence.split()) <= 32 for sentence in told.split(". "))
    none = SimpleNamespace(leading=tables.leading.iloc[:0])
    assert "no word sets one apart" in words.answer(none, corpus)


def test_a_word_of_one_outlet_is_a_finding_only_beyond_chance(tables, corpus):
    assert words.findings(tables, corpus) == []  # two short articles cannot bear one
    rare = SimpleNamespace(**vars(tables) | {"leading": tables.leading.assign(shuffled=0.0)})
    said = [found.sentence for found in words.findings(rare, corpus)]
    assert sorted(said, reverse=True) == [
        "TASS says “resolution” 4 times, a word that RFE/RL never uses.",
        "RFE/RL says “software” 3 times, a word that TASS never uses.",
    ]
    assert all(found.weight <= 0.3 for found in words.findings(rare, corpus))


def test_the_method_names_its_sources_and_sizes(tables, corpus):
    told = words.method(tables, corpus)
    assert "24 sentences of 2 outlets" in told
    assert "[@monroe2008]" in told and "[@pedregosa2011]" in told


def test_the_headline_names_first_words_of_few_outlets(tables, corpus):
    title = words.headline(tables.leading, corpus.outlets)
    assert title.startswith("TASS: “resolution”") and "RFE/RL: “Kaspersky”" in title
    assert "No word sets" in words.headline(tables.leading.iloc[:0], corpus.outlets)


def test_the_thinnest_contrast_keeps_its_schema():
    thin = term_table({"a": [["ban"]], "b": [["firm", "hope"]]})
    table = Contrast.checked(contrast_terms(thin, prior_words=0.5))
    assert set(table["total"]) == set(table["total_rest"]) == {1, 2}
    tfidf = TfIdf.checked(contrast_tfidf(thin))
    assert set(tfidf["tfidf"]) >= {0.0, 1.0}
    assert leading_by_both(table, tfidf, by_chance(thin, shuffles=5).highest).empty


# House style, dispersion, the other side of a choice of words


def marked(documents, names=None):
    terms = term_table(documents)
    return mark_house_style(
        contrast_terms(terms), terms, names or {each: each for each in documents}
    )


def test_house_style_never_leads():
    style = ["Mr.", "Representative", "J.", "Calif.", "WATCH", "Courier"]
    sentences = [[*style, "strike", "vote"] for _ in range(4)]
    table = marked({"a": sentences, "b": [["vote", "harbour"]] * 4}, {"a": "Courier", "b": "Post"})
    assert set(leading_terms(table)["term"]).isdisjoint(style)
    assert {"strike", "harbour"} <= set(leading_terms(table)["term"])
    assert set(table.loc[table["is_house_style"], "term"]) == set(style)


@pytest.mark.parametrize("word", ["representative", "watch", "courier", "NATO", "post"])
def test_words_that_only_look_like_house_style_may_lead(word):
    table = marked({"a": [[word, "vote"]] * 4, "b": [["vote"]] * 4}, {"a": "Courier", "b": "Post"})
    assert word in leading_terms(table)["term"].tolist()


def test_a_place_in_capitals_is_house_style_if_it_is_a_name_elsewhere():
    loud = marked({"a": [["LONDON", "vote"]] * 4, "b": [["London", "vote"]] * 4})
    assert set(loud.loc[loud["is_house_style"], "term"]) == {"LONDON"}
    assert not marked({"a": [["UNESCO"]] * 4, "b": [["vote"]] * 4})["is_house_style"].any()


def many_articles(per_outlet):
    """Terms of outlets with many articles of one sentence each."""
    tables = [
        term_table({outlet: [words]}).assign(
            article_id=f"{outlet}{number}",
            sentence_id=f"{outlet}{number}:s01",
            passage_id=f"{outlet}{number}:s01",
        )
        for outlet, articles in per_outlet.items()
        for number, words in enumerate(articles)
    ]
    return pd.concat(tables, ignore_index=True)


def test_of_many_articles_a_word_of_a_few_does_not_lead():
    everywhere = [["strike", "vote"]] * 37 + [["flood", "flood", "flood", "vote"]] * 3
    terms = many_articles({"a": everywhere, "b": [["vote", "tide"]] * 40})
    table = mark_house_style(contrast_terms(terms), terms, {"a": "A", "b": "B"})
    assert least_articles(terms) == {"a": 4, "b": 4}
    leading = leading_terms(table, min_articles=least_articles(terms))
    assert {"strike", "tide"} <= set(leading["term"]) and "flood" not in set(leading["term"])
    assert "flood" in leading_terms(table)["term"].tolist()


def test_of_few_articles_one_is_enough():
    assert least_articles(term_table({"a": [["x"]], "b": [["y"]]})) == {"a": 1, "b": 1}


@pytest.mark.parametrize(("articles", "least"), [(29, 3), (30, 3), (31, 4), (40, 4), (41, 5)])
def test_a_leading_word_stands_in_a_tenth_of_the_articles(articles, least):
    terms = many_articles({"a": [["x", "y"]] * articles, "b": [["y"]] * 30})
    assert least_articles(terms)["a"] == least


def test_both_sides_of_a_choice_of_words_are_found():
    """Two outlets say one word, the third another."""
    two, third = [["undocumented", "vote"]] * 6, [["illegal", "vote"]] * 6
    table = marked({"a": two, "b": two, "c": third})
    chance = by_chance(term_table({"a": two, "b": two, "c": third}), shuffles=300)
    avoided = avoided_terms(table, chance.lowest)
    assert avoided[["term", "outlet"]].to_numpy().tolist() == [["undocumented", "c"]]
    assert avoided["shuffled"].item() < 0.05
    assert "illegal" in leading_terms(table)["term"].tolist()


def test_nothing_is_avoided_by_one_of_two_or_by_two_of_three():
    one, none = [["strike", "vote"]] * 3, [["vote"]] * 3
    lowest = np.zeros(5)
    assert avoided_terms(marked({"a": one, "b": none}), lowest).empty
    assert avoided_terms(marked({"a": one, "b": none, "c": none}), lowest).empty
    once = [["strike"], ["vote"]]  # in one sentence only
    assert avoided_terms(marked({"a": one, "b": once, "c": none}), lowest).empty


def test_outlets_of_the_same_words_are_most_alike():
    same, other = [["ferry", "strike"], ["harbour", "vote"]], [["rain", "vote"], ["snow", "ice"]]
    pairs = Alike.checked(how_alike(term_table({"a": same, "b": other, "c": same})))
    assert pairs[["outlet", "other"]].iloc[0].tolist() == ["a", "c"]
    assert pairs["similarity"].iloc[0] == pytest.approx(1)
    assert len(pairs) == 3 and pairs["similarity"].iloc[-1] < 0.5
