"""The table with one row an article adds up to what the themes count."""

import pytest

from analysis_utils.themes import actor_sentiment, coverage, findings, voices
from analysis_utils.themes.contract import theme_tables


@pytest.fixture(scope="module")
def articles(corpus):
    return theme_tables(findings, corpus).articles


def test_every_article_has_its_row(articles, corpus):
    assert articles["article_id"].tolist() == corpus.articles["article_id"].tolist()
    assert articles["headline"].tolist() == corpus.articles["headline"].tolist()


def test_words_are_those_of_the_body_and_each_has_one_voice(articles, corpus):
    body = corpus.sentences[corpus.sentences["part"] == "body"]
    sizes = body.groupby("article_id")["n_words"].sum()
    assert articles.set_index("article_id")["words"].to_dict() == sizes.to_dict()
    assert articles[["own", "reported", "quoted"]].sum(axis=1).tolist() == (
        articles["words"].tolist()
    )


def test_counts_add_up_to_those_of_the_themes(articles, corpus):
    labels = theme_tables(actor_sentiment, corpus).judgements["label"]
    assert articles["negative"].sum() == (labels < 0).sum()
    assert articles["positive"].sum() == (labels > 0).sum()
    told = theme_tables(coverage, corpus).told["told"]
    assert articles["alone"].sum() == (told == "one").sum()
    heard = theme_tables(voices, corpus).listed
    assert articles["speakers"].max() <= len(heard)
    assert (articles["speakers"] > 0).all()  # in both articles somebody speaks
