"""Who says what: sources, cues and contents of quotations and reported speech."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis_utils.annotation.attribution.article import read_articles
from analysis_utils.annotation.attribution.extract import find_attributions
from analysis_utils.annotation.attribution.linear import load_weights
from analysis_utils.annotation.attribution.speakers import Actors
from analysis_utils.annotation.attribution.table import find_rows
from analysis_utils.files.progress import shown
from analysis_utils.schemas import Quotes

__all__ = ["find_quotes"]


def find_quotes(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: Iterable,
) -> pd.DataFrame:
    """Who is made to say what, by which words: quotations and reported speech.

    An attribution has a source, a cue and a content (Pareti 2016; Newell,
    Margolin and Ruths 2018).  Cues are found word by word with logistic
    regression over the parse, and grown to their span; the source and the content
    are the best of the spans that the parse and the quotation marks offer (as in
    O'Keefe et al. 2012, but for any cue).  ``models/attribution/README.md`` says
    what the weights were learnt from, and how well they do.

    For the table, the wide contents of that annotation are made narrower
    (:mod:`~analysis_utils.annotation.attribution.narrow`), and only voices are kept: speech,
    writing, claims, demands, judgements and voiced attitudes, not plans, knowledge
    or deeds (:mod:`~analysis_utils.annotation.attribution.voiced`).  Further rules:

    - A quotation belongs to one quote, over all its sentences and paragraphs.
      One that nothing attributes takes source and cue of the sentence before if
      it stands alone; a whole sentence in marks without either is a quote
      without source, a shorter stretch (a title, a scare quote) none.
    - A quote has one kind.  An attribution with quoted words inside a clause
      gives two quotes with the same cue: the quoted words, and the rest.
    - What is told inside another quote names it in ``inside``; speakers telling
      of their own words there ("he said he hoped") are not quoted twice.
    - The speaker is the actor whose mention heads the source or stands in
      apposition to it; members joined by "and" are in ``joint``.  A pronoun that
      the mentions leave open is whoever the attribution before it names.

    Parameters
    ----------
    sentences, tokens, quotations, mentions
        Tables of the corpus; each article's sentences in reading order.
    actors
        The study's actors, with ``id`` and ``pronouns``.

    Returns
    -------
    Table ``quotes`` (see :class:`~analysis_utils.schemas.Quotes`), in reading order.
    """
    weights = load_weights()
    known = Actors(mentions, actors)
    texts = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    rows = []
    articles = read_articles(sentences, tokens, quotations)
    n_articles = sentences["article_id"].nunique()
    for article in shown(articles, "Finding who says what", "article", n_articles):
        rows += find_rows(article, find_attributions(article, weights, nested=True), texts, known)
    return Quotes.checked(rows)
