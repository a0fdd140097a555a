"""What cleaning did to the pages: maps, removed lines, agreement with hand codes."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis_utils.annotation.language import count_words
from analysis_utils.schemas import LINE_KINDS
from analysis_utils.study import benchmark_results
from analysis_utils.themes import page_cleaning
from analysis_utils.themes.page_cleaning import agreement_with_codes, map_segments, page_labels


def test_lines_agree_with_every_hand_code(corpus, codes):
    rules, whole_page = agreement_with_codes(corpus.lines, codes("lines")).itertuples()
    assert (rules.right, rules.precision, rules.recall) == (rules.lines, 1, 1)
    assert whole_page.recall == 1
    assert whole_page.precision < 0.5


def test_a_wrongly_kept_line_costs_precision(corpus, codes):
    read_also = corpus.lines["text"].str.contains("challenging software ban")
    wrong = corpus.lines.assign(kept=corpus.lines["kept"] | read_also)
    rules = agreement_with_codes(wrong, codes("lines")).iloc[0]
    assert rules["right"] == rules["lines"] - 1
    assert rules["precision"] < 1 == rules["recall"]


def test_without_hand_codes_there_is_no_agreement(corpus):
    assert agreement_with_codes(corpus.lines, None).empty


def test_removed_lines_are_all_lines_not_kept(corpus):
    removed = page_cleaning.removed_lines(corpus.lines)
    text = corpus.lines[corpus.lines["kind"] != "blank"]
    assert len(removed) + text["kept"].sum() == len(text)
    assert removed["reason"].str.len().gt(0).all()
    assert removed["text"].str.contains("Read also").any()


def test_kinds_add_up_to_the_page(corpus):
    kinds = page_cleaning.kinds_of_lines(corpus.lines)
    assert kinds["words"].sum() == corpus.lines["text"].map(count_words).sum()
    assert set(kinds["kind"]) <= set(LINE_KINDS)


def test_the_map_covers_every_word_of_every_page(corpus):
    segments = map_segments(corpus.lines)
    words = corpus.lines.groupby("article_id")["text"].agg(
        lambda lines: sum(map(count_words, lines))
    )
    pd.testing.assert_series_equal(
        segments.groupby("article_id")["words"].sum(), words, check_names=False, check_dtype=False
    )
    neighbours = segments[segments["article_id"] == segments["article_id"].shift()]
    before = segments["group"].shift()[neighbours.index]
    assert (neighbours["group"] != before).all()


def test_every_kind_has_a_place_on_the_map():
    lines = pd.DataFrame(
        {"article_id": "a", "line_no": 1, "text": "word", "kind": list(LINE_KINDS)}
    )
    assert map_segments(lines)["group"].notna().all()


def test_the_finding_gives_the_share_of_the_page(corpus):
    labels = page_labels(corpus.articles, corpus.outlets)
    finding = page_cleaning.finding(corpus.lines, labels)
    page = corpus.lines[corpus.lines["article_id"] == "tass"]
    share = page[page["kept"]]["text"].map(count_words).sum() / page["text"].map(count_words).sum()
    assert f"{share:.0%} of the" in finding
    assert "TASS" in finding and "RFE/RL" in finding


def test_outlets_with_several_articles_are_told_apart():
    articles = pd.DataFrame({"article_id": ["a1", "a2", "b"], "outlet": ["a", "a", "b"]})
    labels = page_labels(articles, {"a": "Alpha", "b": "Beta"})
    assert labels == {"a1": "Alpha: a1", "a2": "Alpha: a2", "b": "Beta"}


def test_bars_are_as_long_as_the_page(corpus):
    segments = map_segments(corpus.lines)
    fig = page_cleaning.plot_page_map(segments, {"tass": "TASS"}, "Title")
    bars = fig.axes[0].patches
    assert sum(bar.get_width() for bar in bars) == pytest.approx(
        segments.loc[segments["article_id"] == "tass", "words"].sum()
    )
    plt.close(fig)


def test_saved_benchmark_keeps_its_floor():
    results = benchmark_results("page_cleaning").set_index("method")["token F1"]
    assert results["line rules"] >= 0.88
    assert results["whole page"] == pytest.approx(0.647, abs=0.005)


def test_the_headline_tells_how_much_is_not_the_article(corpus):
    words = corpus.lines["text"].map(count_words)
    share = 1 - words[corpus.lines["kept"]].sum() / words.sum()
    assert page_cleaning.headline(corpus.lines).startswith(f"{share:.0%} of the words")
    kept = corpus.lines[corpus.lines["kept"]]
    assert "next to nothing" in page_cleaning.headline(kept)
