"""Who says what: sources, cues and contents of quotations and reported speech."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis_utils.attribution.article import read_articles
from analysis_utils.attribution.extract import find_attributions
from analysis_utils.attribution.linear import load_weights
from analysis_utils.attribution.speakers import Actors
from analysis_utils.attribution.table import find_rows
from analysis_utils.tables import Quotes

__all__ = ["find_quotes"]


def find_quotes(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: Iterable,
) -> pd.DataFrame:
    """Every attribution of the corpus: who is made to say what, by which words.

    Parameters
    ----------
    sentences, tokens, quotations, mentions
        Tables of the corpus.
    actors
        The study's actors.

    Returns
    -------
    Table ``quotes`` (see :class:`~analysis_utils.tables.Quotes`).
    """
    weights = load_weights()
    known = Actors(mentions, actors)
    texts = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    rows = []
    for article in read_articles(sentences, tokens, quotations):
        rows += find_rows(article, find_attributions(article, weights, nested=True), texts, known)
    return Quotes.checked(rows)
