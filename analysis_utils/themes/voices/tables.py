"""Whose words each outlet gives: who is quoted, how much, how introduced, and who never speaks.

News is made of other people's words, and whom it lets speak is a choice (Sigal 1973;
Bell 1991).  All of it is counted from ``corpus.quotes``: direct and partial quotes stand in
quotation marks, reported speech is somebody's in the outlet's words.  Only the body counts:
a headline or standfirst mostly repeats it, so its quotes are listed but not added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis_utils.annotation.voice import VOICES, word_voices
from analysis_utils.measures.intervals import FEW, bootstrap_weights, percentile_interval
from analysis_utils.schemas import QUOTE_KINDS, VALIDATION_COLUMNS, in_articles_of
from analysis_utils.study import benchmark_results
from analysis_utils.themes.voices import validation as hand_codes
from analysis_utils.themes.voices.sources import WHO, name_sources

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study import Actor

#: What an actor's best way of being heard is called, and the column that counts it.
_HEARD = {
    "in quotation marks": "quoted",
    "in reported speech": "reported",
    "with others": "shared",
    "through others": "relayed",
}

#: F1 of exact spans that a plain rule over reporting verbs reaches on the same articles.
_PLAIN_RULE = {"source": 0.47, "cue": 0.51, "content": 0.14}

_EXACTNESS = (
    "A span counts as wrong if it is one word longer or shorter than the marked one;"
    " attributions of thoughts and plans, which are no voices here, count too."
)

_KNOWN_ERRORS = {
    "direct": "A mark that the page lost is put back by rule, sometimes in the wrong place.",
    "partial": "Words in quotation marks that are no quote, such as a title, are taken for one.",
    "reported": "Speech that no verb or phrase introduces is not found.",
}


def list_quotes(quotes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Every quote on one row, in reading order.

    Returns
    -------
    ``quote_id``, ``outlet``, ``article_id``, ``part``, ``position`` (sentence of the body
    where it begins, 0 outside), ``sentence_ids`` (several with a space between), ``role`` (see
    ``ROLES``), ``speaker`` (id of an actor, or empty), ``source`` (of others, their name;
    empty if the source is an actor), ``as_written`` (the source in the text), ``joint``
    (ids of actors who share the quote), ``cue``, ``kind``, ``n_words``, ``text`` and ``inside``.
    """
    place = sentences[["sentence_id", "outlet", "article_id", "part", "position"]]
    rows = name_sources(quotes).merge(place, on="sentence_id")
    first = ["outlet", "article_id", "part", "position", *WHO, "as_written", "joint", "cue"]
    quotes_by_id = rows.groupby("quote_id", sort=False)
    table = quotes_by_id[[*first, "kind", "inside"]].first()
    table["sentence_ids"] = quotes_by_id["sentence_id"].agg(_joined)
    table["n_words"] = quotes_by_id["n_words"].sum()
    table["text"] = _texts(rows)
    order = ["outlet", "article_id", "part", "position", "sentence_ids", *WHO, "as_written"]
    return table[[*order, "joint", "cue", "kind", "n_words", "text", "inside"]].reset_index()


def _texts(rows: pd.DataFrame) -> pd.Series:
    """The text of each quote; an ellipsis where the outlet breaks in within a sentence."""
    same = (
        rows[["quote_id", "sentence_id"]].eq(rows[["quote_id", "sentence_id"]].shift()).all(axis=1)
    )
    pieces = rows["text"].where(~same, "… " + rows["text"])
    return pieces.groupby(rows["quote_id"]).agg(" ".join)


def _joined(sentence_ids: pd.Series) -> str:
    return " ".join(dict.fromkeys(sentence_ids))


def speaker_shares(
    quotes: pd.DataFrame, sentences: pd.DataFrame, outlets: Iterable[str], seed: int = 0
) -> pd.DataFrame:
    """How many of its words each outlet gives to whom.

    A word has one voice: a quote told inside another counts for the one who tells it,
    and one with several sources for the first of them.

    Parameters
    ----------
    quotes, sentences
        Tables of the corpus; only sentences of the body count.
    outlets
        Ids of the outlets, in the order wanted.
    seed
        Seed of the intervals.

    Returns
    -------
    One row an outlet and speaker, the outlet itself first, then most words first:
    ``outlet``, ``role``, ``speaker``, ``source`` (see :func:`list_quotes`), ``n_quotes`` (also
    those told inside another), ``n_shared`` (of these, with further actors as sources),
    ``quoted`` and ``reported`` (words; the outlet's own stand under ``words`` only), ``words``,
    ``share`` of the outlet's words (0 to 1), ``low`` and ``high`` (nominal 95 % bootstrap
    interval of the share), ``n_units`` and ``unit``: what the interval draws anew.  ``unit`` is
    ``articles`` for an outlet with ``FEW`` articles or more, else ``sentences``, so outlets may
    differ: say in words what the column says.  NaN in ``low`` and ``high`` with fewer than
    ``FEW`` units.
    """
    body = sentences[sentences["part"] == "body"]
    listed = list_quotes(quotes[quotes["sentence_id"].isin(body["sentence_id"])], sentences)
    words = word_voices(quotes, body).merge(body[["sentence_id", "article_id", "outlet"]])
    words = words.drop(columns=["speaker", "source"])
    words = words.merge(listed[["quote_id", *WHO]], on="quote_id", how="left")
    words["role"] = words["role"].fillna("own")
    words = words.fillna({"speaker": "", "source": ""})
    tables = [
        _outlet_shares(outlet, words[words["outlet"] == outlet], listed, seed) for outlet in outlets
    ]
    return pd.concat(tables, ignore_index=True)


def _outlet_shares(
    outlet: str, words: pd.DataFrame, listed: pd.DataFrame, seed: int
) -> pd.DataFrame:
    counts = words.groupby(list(WHO))["voice"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=["own", "quoted", "reported"], fill_value=0)
    told = listed[listed["outlet"] == outlet].assign(n_shared=lambda rows: rows["joint"] != "")
    table = told.groupby(list(WHO)).agg(n_quotes=("quote_id", "size"), n_shared=("n_shared", "sum"))
    own = pd.MultiIndex.from_tuples([("own", "", "")], names=WHO)  # is always told, even if none
    who = counts.index.union(table.index).union(own)
    table = counts.reindex(who).join(table).fillna(0).astype(int)
    table["words"] = table[["own", "quoted", "reported"]].sum(axis=1)
    table["share"] = table["words"] / max(len(words), 1)
    table = table.join(_intervals(words, who, seed)).reset_index().assign(outlet=outlet)
    table["first"] = table["role"] == "own"
    table = table.sort_values(["first", "words", *WHO], ascending=[False, False, True, True, True])
    columns = ["outlet", *WHO, "n_quotes", "n_shared", "quoted", "reported", "words", "share"]
    return table[[*columns, "low", "high", "n_units", "unit"]]


def _intervals(words: pd.DataFrame, who: pd.MultiIndex, seed: int) -> pd.DataFrame:
    """Bootstrap intervals of the shares of one outlet's words, by speaker."""
    unit = "article_id" if words["article_id"].nunique() >= FEW else "sentence_id"
    by_unit = words.groupby([*WHO, unit]).size().unstack(fill_value=0).reindex(who, fill_value=0)
    table = pd.DataFrame(index=by_unit.index)
    table["low"], table["high"] = np.nan, np.nan
    table["n_units"] = by_unit.shape[1]
    table["unit"] = "articles" if unit == "article_id" else "sentences"
    if by_unit.shape[1] >= FEW:
        weights = bootstrap_weights(np.zeros(by_unit.shape[1]), seed=seed)
        totals = weights @ by_unit.sum().to_numpy()
        drawn = (weights @ by_unit.to_numpy().T) / totals[:, None]
        table["low"], table["high"] = percentile_interval(drawn)
    return table


def talked_about(
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    actors: Sequence[Actor],
    outlets: Iterable[str],
) -> pd.DataFrame:
    """How often each actor is spoken of, and how often it is heard, in the body.

    Returns
    -------
    One row an outlet and actor that it mentions or lets speak, most mentioned first:
    ``outlet``, ``actor``, ``mentions``, ``quoted`` and ``reported`` (quotes on the first
    level), ``shared`` (quotes in which the actor is a further source beside the first),
    ``relayed`` (quotes that somebody else's quote tells), ``words`` (as the first or only
    source) and ``heard``: ``in quotation marks``, ``in reported speech``, ``with others``,
    ``through others`` or ``never``, the first that applies.
    """
    body = sentences[sentences["part"] == "body"]
    outlet_of = body.set_index("sentence_id")["outlet"]
    listed = list_quotes(quotes[quotes["sentence_id"].isin(outlet_of.index)], sentences)
    spoken = listed["kind"].map(VOICES).where(listed["inside"] == "", "relayed")
    shared = listed.assign(actor=listed["joint"].str.split()).explode("actor")
    events = [
        mentions.assign(outlet=mentions["sentence_id"].map(outlet_of), event="mentions"),
        listed.assign(actor=listed["speaker"], event=spoken),
        shared.assign(event="shared"),
    ]
    columns = ["outlet", "actor", "event"]
    told = pd.concat([table[columns] for table in events]).dropna()
    counts = told.groupby(columns).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["mentions", *_HEARD.values()], fill_value=0)
    first_level = listed[listed["inside"] == ""]
    counts["words"] = first_level.groupby(["outlet", "speaker"])["n_words"].sum()
    counts = counts.fillna(0).astype(int)
    levels = [counts[column] > 0 for column in _HEARD.values()]
    counts["heard"] = np.select(levels, list(_HEARD), default="never")
    return _in_order(counts.reset_index(), outlets, actors)


def _in_order(
    counts: pd.DataFrame, outlets: Iterable[str], actors: Sequence[Actor]
) -> pd.DataFrame:
    """Outlets as the study has them, the most mentioned actor first."""
    first = {outlet: rank for rank, outlet in enumerate(outlets)}
    then = {actor.id: rank for rank, actor in enumerate(actors)}
    placed = counts.assign(first=counts["outlet"].map(first), then=counts["actor"].map(then))
    by = ["first", "mentions", "words", "then"]
    ordered = placed[placed["then"].notna()].sort_values(by, ascending=[True, False, False, True])
    return ordered.drop(columns=["first", "then"]).rename_axis(columns=None).reset_index(drop=True)


def first_heard(
    quotes: pd.DataFrame, sentences: pd.DataFrame, outlets: Iterable[str]
) -> pd.DataFrame:
    """Who is heard first, and how far into the article.

    Returns
    -------
    One row an outlet and speaker, earliest first: ``outlet``, ``role``, ``speaker``,
    ``source``, ``articles`` (of the outlet, in which it is heard), ``opens`` (articles in
    which nobody is heard before it) and ``sentence`` (of the body, in which it is first heard;
    the median over articles).
    """
    listed = list_quotes(quotes, sentences)
    listed = listed[(listed["part"] == "body") & (listed["inside"] == "")]
    first = listed.drop_duplicates(["article_id", *WHO])
    opens = ~first["article_id"].duplicated()
    table = (
        first.assign(opens=opens)
        .groupby(["outlet", *WHO], sort=False)
        .agg(articles=("opens", "size"), opens=("opens", "sum"), sentence=("position", "median"))
        .reset_index()
    )
    ranks = {outlet: rank for rank, outlet in enumerate(outlets)}
    table = table.assign(rank=table["outlet"].map(ranks))
    ordered = table.sort_values(["rank", "sentence"], kind="stable", ignore_index=True)
    return ordered.drop(columns="rank")


def compare_shares(
    tables: Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    outlets: Iterable[str],
    actors: Iterable[str],
) -> pd.DataFrame:
    """The shares of words that several tables of quotes give to each speaker, side by side.

    Parameters
    ----------
    tables
        Tables ``quotes`` by name; the first is the one that the others are compared with, in
        the articles of which it has a quote.
    sentences
        Table of the corpus.
    outlets, actors
        Ids of the outlets, and of the actors: speakers who are none of them count together.

    Returns
    -------
    One row an outlet and speaker: ``outlet``, ``role``, ``speaker``, and for each name its
    share of the words (0 to 1) and, beside the first, ``points``: how far it lies from it.
    Empty if the first table is.
    """
    first, *others = tables
    if tables[first].empty:
        return pd.DataFrame()
    read = tables[first]["sentence_id"]
    sentences = sentences[in_articles_of(sentences["sentence_id"], read)]
    known = list(actors)
    tables = {
        name: quotes[in_articles_of(quotes["sentence_id"], read)].assign(
            speaker=lambda rows: rows["speaker"].where(rows["speaker"].isin(known), "")
        )
        for name, quotes in tables.items()
    }
    outlets = [outlet for outlet in outlets if outlet in set(sentences["outlet"])]
    key = ["outlet", "role", "speaker"]
    shares = {
        name: speaker_shares(quotes, sentences, outlets).groupby(key, sort=False)["share"].sum()
        for name, quotes in tables.items()
    }
    table = pd.DataFrame(shares).fillna(0.0)
    for name in others:
        table[f"{name}, points"] = 100 * (table[name] - table[first])
    ranks = {outlet: rank for rank, outlet in enumerate(outlets)}
    table = table.reset_index()
    table["rank"] = table["outlet"].map(ranks)
    ordered = table.sort_values(["rank", first], ascending=[True, False], kind="stable")
    return ordered.drop(columns="rank").reset_index(drop=True)


def validate(corpus: Corpus) -> pd.DataFrame:
    """How far the voices agree with hand codes and with people's labels on public news.

    Returns
    -------
    One row a measure: ``measure``, ``against``, ``score``, ``value`` (0 to 1), ``n``,
    ``unit``, ``baseline``, ``baseline_value`` and ``known_errors``.  Without hand codes only
    the rows on public data.
    """
    return pd.DataFrame([*_hand_coded(corpus), *_public()], columns=list(VALIDATION_COLUMNS))


def _hand_coded(corpus: Corpus) -> Iterator[dict]:
    codes = corpus.study.codes("quotes")
    coded = hand_codes.coded_quotes(codes)
    if coded.empty:
        return
    marked = hand_codes.marked_quotes(
        corpus.sentences, corpus.tokens, corpus.quotations, corpus.mentions
    )
    found = hand_codes.agreement(corpus.quotes, codes).set_index("kind")
    trivial = hand_codes.agreement(marked, codes).set_index("kind")
    shared = {
        "against": "hand codes",
        "unit": "quotes",
        "baseline": "only quotation marks, the nearest actor before \u201csaid\u201d",
    }
    for kind, errors in _KNOWN_ERRORS.items():
        if kind in found.index:
            yield shared | {
                "measure": f"quotes found: {QUOTE_KINDS[kind]}",
                "score": "recall",
                "value": found.loc[kind, "recall"],
                "n": found.loc[kind, "coded"],
                "baseline_value": trivial.loc[kind, "recall"],
                "known_errors": errors,
            }
    yield shared | {
        "measure": "speaker and cue of the coded quotes",
        "score": "share with both right",
        "value": found.loc["all", "both_right"] / found.loc["all", "coded"],
        "n": found.loc["all", "coded"],
        "baseline_value": trivial.loc["all", "both_right"] / trivial.loc["all", "coded"],
        "known_errors": "A pronoun or a short form that two speakers fit is left open.",
    }
    yield shared | _share_overlap(corpus, coded, marked)


def _share_overlap(corpus: Corpus, coded: pd.DataFrame, marked: pd.DataFrame) -> dict:
    """How much of the outlets' words goes to the same speaker as in the hand codes."""
    tables = {"coded": coded, "found": corpus.quotes, "marks": marked}
    table = compare_shares(tables, corpus.sentences, corpus.outlets, corpus.names["actor"])
    n_outlets = table["outlet"].nunique()
    same = {
        name: table[["coded", name]].min(axis=1).sum() / n_outlets for name in ("found", "marks")
    }
    return {
        "measure": "share of words by speaker",
        "score": "overlap of the shares, mean over outlets",
        "value": same["found"],
        "n": len(table),
        "unit": "outlets' speakers",
        "baseline_value": same["marks"],
        "known_errors": "Words that go on in somebody's sense without saying so count as the"
        " outlet's own.",
    }


def _public() -> Iterator[dict]:
    """Exact spans on public news as the benchmark last saved them; none if it never ran."""
    try:
        scores = benchmark_results("attribution")
    except FileNotFoundError:
        return
    for row in scores.itertuples():
        yield {
            "measure": f"{row.element}s of attributions, marked to the word",
            "against": f"PolNeAR, {row.articles} articles, weights {row.weights}",
            "score": "F1 of exact spans",
            "value": row.f1,
            "n": row.marked,
            "unit": f"{row.element}s",
            "baseline": "a plain rule",
            "baseline_value": _PLAIN_RULE[row.element],
            "known_errors": _EXACTNESS,
        }
