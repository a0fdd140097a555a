"""The notebook that introduces a study, and how far its sentences can be trusted."""

import dataclasses

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis_utils.themes import findings
from analysis_utils.themes.contract import theme_tables, validated

NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


@pytest.fixture(scope="module")
def tables(corpus):
    return theme_tables(findings, corpus)


def test_outlets_are_shown_with_who_pays_and_who_published(tables):
    table = tables.outlets.set_index("outlet")
    assert table.loc["tass", "country"] == "Russia"
    assert table.loc["tass", "published_by"] == "TASS"
    assert table.loc["rferl", "published_by"] != "RFE/RL"
    assert table["articles"].tolist() == [1, 1]


def test_articles_stand_side_by_side(tables, corpus):
    table = findings.tables.side_by_side(tables.beginnings, corpus.outlets)
    assert table.loc["outlet"].tolist() == ["TASS", "RFE/RL"]
    assert table.loc["published", "tass"] == "2018-06-14T11:06+03:00"
    assert table.loc["standfirst", "rferl"] == "–"
    assert table.loc["first sentence", "tass"].startswith("Russian multinational")
    sizes = corpus.articles.set_index("article_id")["n_words"].astype(str)
    assert table.loc["words"].to_dict() == sizes.to_dict()
    one = findings.tables.side_by_side(tables.beginnings, corpus.outlets, most=1)
    assert list(one.columns) == ["tass"]


def made(rows):
    columns = ["sentence_id", "article_id", "outlet", "part", "position", "text", "n_words"]
    return pd.DataFrame(rows, columns=columns)


SENTENCES = made(
    [
        ("a1:headline", "a1", "a", "headline", 0, "A bridge", 2),
        ("a1:s01", "a1", "a", "body", 1, "It “is so” today.", 4),
        ("a1:s02", "a1", "a", "body", 2, "They left.", 2),
        ("a2:s01", "a2", "a", "body", 1, "“Go on now!”", 3),
        ("b1:s01", "b1", "b", "body", 1, "Nothing new.", 2),
    ]
)


def test_words_inside_and_outside_marks_by_hand():
    marks = [("a1:s01", 2), ("a2:s01", 3), ("a1:headline", 2)]  # a headline is no part of the body
    quotations = pd.DataFrame(marks, columns=["sentence_id", "n_words"])
    sizes = findings.tables.text_sizes(SENTENCES, quotations, NAMES)
    assert sizes.to_numpy().tolist() == [
        ["a", 2, 3, 9, 4, 5, 5 / 9],
        ["b", 1, 1, 2, 2, 0, 0.0],
        ["c", 0, 0, 0, 0, 0, 0.0],  # an outlet without a body has no share of anything
    ]


def test_a_body_of_one_word_may_be_all_quotation():
    one = SENTENCES[SENTENCES["sentence_id"] == "b1:s01"].assign(text="“No.”", n_words=1)
    quotations = pd.DataFrame({"sentence_id": ["b1:s01"], "n_words": [1]})
    sizes = findings.tables.text_sizes(one, quotations, {"b": "Beta"})
    assert sizes["share_quoted"].tolist() == [1.0]


def test_an_empty_table_of_the_corpus_is_listed():
    row = {"table": "quotes", "rows": 0, "one_row": "a quote"}
    assert len(findings.tables.Held.checked([row])) == 1


def test_speech_in_a_headline_alone_counts_against_no_body():
    headline = made([("c1:headline", "c1", "c", "headline", 0, "It is so", 3)])
    codes = pd.DataFrame(
        {"sentence_id": ["c1:headline"], "type": "indirect", "speaker": "ada", "text": "It is so"}
    )
    speech = findings.tables.coded_speech(codes, headline, NAMES)
    assert speech["share"].tolist() == [3.0]


def test_the_first_sentence_is_that_of_the_body():
    told = pd.DataFrame({"article_id": ["a1", *"defghi"], "outlet": "a"})
    empty = ["published", "section", "dateline", "headline", "standfirst"]
    sizes = dict.fromkeys(["n_paragraphs", "n_sentences", "n_words"], [7] + [0] * 6)
    table = findings.tables.beginnings(told.assign(**dict.fromkeys(empty, ""), **sizes), SENTENCES)
    assert table["first_sentence"].tolist() == ["It “is so” today.", *[""] * 6]
    assert table[["paragraphs", "sentences", "words"]].sum().eq(7).all()
    assert findings.tables.side_by_side(table, NAMES).shape[1] == 6  # more cannot be read


def test_speech_is_counted_by_speaker_with_and_without_marks():
    codes = pd.DataFrame(
        [
            ("b1:s01", "reported", "bea", "Nothing new"),
            ("a1:s01", "direct_partial", "ada", "is so"),
            ("a1:s02", "indirect", "ada", "left"),
            ("a1:s02", "unattributed", "ada", "They left."),
            ("a2:s01", "direct", "bea", "Go on now and on"),
        ],
        columns=["sentence_id", "type", "speaker", "text"],
    )
    speech = findings.tables.coded_speech(codes, SENTENCES, NAMES)
    assert speech.to_numpy().tolist() == [
        ["a", "bea", 5, 0, 5 / 9],  # most words first
        ["a", "ada", 2, 1, 3 / 9],
        ["b", "bea", 0, 2, 1.0],
    ]
    assert findings.tables.coded_speech(None, SENTENCES, NAMES).empty


def test_quoted_words_are_those_of_the_hand_codes(tables, codes):
    quotes = codes("quotes")
    direct = quotes[quotes["type"].str.startswith("direct")]
    coded = direct["text"].str.split().str.len().groupby(direct["sentence_id"].str[:4]).sum()
    sizes = tables.sizes.set_index("outlet")
    assert sizes.loc["tass", "quoted"] == coded["tass"]
    assert sizes.loc["rferl", "quoted"] == coded["rfer"]
    in_marks = tables.speech.groupby("outlet")["in_marks"].sum()
    assert in_marks.to_dict() == sizes["quoted"].to_dict()


def test_coded_speech_shows_who_speaks(tables):
    speech = tables.speech.set_index(["outlet", "actor"])
    # 29 % of TASS's words and 22 % of RFE/RL's stand in quotation marks; by the codes far more is
    # somebody's speech, and in TASS more than half is the company's or its head's.
    company = speech["share"].unstack("outlet").loc[["kaspersky_lab", "eugene_kaspersky"]].sum()
    assert company["tass"] > 0.5 > company["rferl"]


def test_tables_are_listed_with_their_sizes(tables, corpus):
    table = tables.held.set_index("table")
    assert table.loc["sentences", "rows"] == len(corpus.sentences)
    assert table.loc["sentences", "one_row"].startswith("a sentence of the headline")


def test_bars_are_as_long_as_the_outlets_words(tables, corpus):
    fig, ax = plt.subplots()
    assert findings.figures.plot_text_sizes(tables.sizes, corpus.outlets, "Words", ax) is fig
    widths = sorted(round(bar.get_width()) for bar in ax.patches)
    assert widths == sorted([*tables.sizes["words"], *tables.sizes["own"]])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["TASS", "RFE/RL"]
    plt.close(fig)


def test_the_introduction_names_event_days_and_tellers(corpus):
    text = findings.words.introduction(corpus)
    assert "13 June 2018 to 15 June 2018" in text
    assert "told by TASS (1 article) and RFE/RL (1 article)" in text


def test_an_event_of_one_day_has_one_date(corpus):
    study = corpus.study.model_copy()
    object.__setattr__(study, "event", study.event.model_copy(update={"end": study.event.start}))
    text = findings.words.introduction(dataclasses.replace(corpus, study=study))
    assert "13 June 2018, told by" in text and " to " not in text.partition("told")[0][-40:]


@pytest.mark.parametrize(
    ("outlets", "words"),
    [
        (["tass", "rferl"], "Each outlet is represented by a single article."),
        (["tass", "rferl", "rferl"], "At least one outlet is represented by a single article."),
        (["tass", "rferl"] * 2, "Each outlet is represented by 2 articles or more."),
    ],
)
def test_limits_are_told_by_the_number_of_articles(corpus, outlets, words):
    sized = dataclasses.replace(corpus, articles=pd.DataFrame({"outlet": outlets}))
    assert findings.words.limits_of_size(sized).startswith(words)


def test_the_title_gives_both_shares_or_names_who_quotes_most(tables, corpus):
    title = findings.words.text_sizes_headline(tables.sizes, corpus.outlets)
    assert title == "In quotation marks: 29% of TASS's words, 22% of RFE/RL's"
    three = pd.DataFrame({"outlet": ["a", "b", "c"], "share_quoted": [0.221, 0.219, 0.1]})
    title = findings.words.text_sizes_headline(three, NAMES)
    assert title == "Alpha and Beta quote most: 22% of their words"
    title = findings.words.text_sizes_headline(three[1:].assign(share_quoted=[0.3, 0.1]), NAMES)
    assert title == "In quotation marks: 30% of Beta's words, 10% of Gamma's"
    even = tables.sizes.assign(share_quoted=0.2)
    title = findings.words.text_sizes_headline(even, corpus.outlets)
    assert "All outlets quote alike: 20%" in title


def test_sentences_are_scored_beside_cutting_at_every_mark(corpus):
    row = validated(findings, corpus).iloc[0]
    assert (row["value"], row["n"], row["unit"]) == (1, 24, "sentences")
    # Cutting at every mark makes pieces of "said. ... U.S. Department", which nobody coded.
    assert row["baseline_value"] < 1


def test_a_sentence_cut_otherwise_lowers_the_score(corpus):
    halves = corpus.sentences.copy()
    halves.loc[0, "text"] = halves.loc[0, "text"][:10]
    changed = dataclasses.replace(corpus, sentences=halves)
    row = validated(findings, changed).iloc[0]
    assert row["value"] == pytest.approx(2 * 23 / 48)
