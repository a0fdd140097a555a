"""The notebook that introduces a study."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis_utils.themes import overview


def test_outlets_are_shown_with_who_pays_and_who_published(study):
    table = overview.outlet_table(study).set_index("outlet")
    assert table.loc["TASS", "country"] == "Russia"
    assert table.loc["TASS", "published by"] == "TASS"
    assert table.loc["RFE/RL", "published by"] != "RFE/RL"
    assert table["articles"].tolist() == [1, 1]


def test_articles_stand_side_by_side(corpus):
    table = overview.side_by_side(corpus)
    assert table.loc["published", "tass"] == "2018-06-14T11:06+03:00"
    assert table.loc["standfirst", "rferl"] == "–"
    assert table.loc["first sentence", "tass"].startswith("Russian multinational")
    assert overview.side_by_side(corpus, most=1).shape[1] == 1


def test_quoted_words_are_those_of_the_hand_codes(corpus, codes):
    quotes = codes("quotes")
    direct = quotes[quotes["type"].str.startswith("direct")]
    coded = direct["text"].str.split().str.len().groupby(direct["sentence_id"].str[:4]).sum()
    sizes = overview.text_sizes(corpus).set_index("outlet")
    assert sizes.loc["tass", "quoted"] == coded["tass"]
    assert sizes.loc["rferl", "quoted"] == coded["rfer"]


def test_own_and_quoted_words_add_up(corpus):
    sizes = overview.text_sizes(corpus)
    assert (sizes["own"] + sizes["quoted"]).tolist() == sizes["words"].tolist()
    assert sizes["share_quoted"].between(0, 1).all()
    assert sizes["words"].tolist() == corpus.articles["n_words"].tolist()


def test_a_bar_is_as_long_as_the_outlets_words(corpus):
    sizes = overview.text_sizes(corpus)
    fig = overview.plot_text_sizes(sizes, corpus.outlets, "Words")
    own, quoted = fig.axes[0].patches[:2]
    assert own.get_width() + quoted.get_width() == pytest.approx(sizes.loc[0, "words"])
    plt.close(fig)


def test_the_introduction_names_event_days_and_tellers(corpus):
    text = overview.introduction(corpus)
    assert "13 June 2018 to 15 June 2018" in text
    assert "told by TASS (1 article) and RFE/RL (1 article)" in text


def test_one_article_an_outlet_is_told_as_such(corpus):
    assert "single article" in overview.limits_of_size(corpus)


def test_the_title_gives_both_shares_or_names_who_quotes_most(corpus):
    sizes = overview.text_sizes(corpus)
    title = overview.text_sizes_title(sizes, corpus.outlets)
    assert title == "In quotation marks: 29% of TASS's words, 22% of RFE/RL's"
    three = pd.DataFrame({"outlet": ["a", "b", "c"], "share_quoted": [0.221, 0.219, 0.1]})
    names = {"a": "Alpha", "b": "Beta", "c": "Gamma"}
    assert overview.text_sizes_title(three, names).startswith("Alpha and Beta quote most: 22%")
    even = sizes.assign(share_quoted=0.2)
    assert "All outlets quote alike: 20%" in overview.text_sizes_title(even, corpus.outlets)


def test_coded_speech_shows_who_speaks(corpus):
    speech = overview.coded_speech(corpus).set_index(["outlet", "actor"])
    # 29 % of TASS's words and 22 % of RFE/RL's stand in quotation marks; by the codes far more is
    # somebody's speech, and in TASS more than half is the company's or its head's.
    company = speech["share"].unstack("outlet").loc[["kaspersky_lab", "eugene_kaspersky"]].sum()
    assert company["tass"] > 0.5 > company["rferl"]
    sizes = overview.text_sizes(corpus).set_index("outlet")["quoted"]
    in_marks = speech["in marks"].groupby("outlet").sum()
    assert in_marks.to_dict() == sizes.to_dict()


def test_tables_are_listed_with_their_sizes(corpus):
    table = overview.table_sizes(corpus).set_index("table")
    assert table.loc["sentences", "rows"] == len(corpus.sentences)
    assert table["one row"].str.len().gt(0).all()
