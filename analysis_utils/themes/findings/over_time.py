"""Findings over time, for studies of many articles: how much is told in the outlet's own voice.

Articles are the unit: a week's share is as sure as its articles are many, and a trend is told
only where the articles, one after the other, rise or fall by more than chance.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import word_voices
from analysis_utils.measures.intervals import FEW, clustered_share_interval
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import alt_text, counted, listed, percent
from analysis_utils.output.figures import ExportedFigure, Figure, export
from analysis_utils.output.marks import too_few_handle
from analysis_utils.output.style import outlet_colours, outlet_markers
from analysis_utils.schemas import Table, article_of
from analysis_utils.themes import actor_sentiment
from analysis_utils.themes.contract import theme_tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Over fewer periods than this nothing can be seen to rise or fall.
FEWEST_PERIODS = 3

#: What a period is by its code in pandas, and how many days a study spans with it at most.
PERIODS = {"W-SUN": 366, "M": 5 * 366, "Y": np.inf}

#: How often chance alone may make a trend anywhere in a study.
CHANCE = 0.05

#: More outlets than this are told by their number.
MOST_NAMES = 3

_NAMES = {"W-SUN": "week", "M": "month", "Y": "year"}
_TICKS = {"week": "{0.day} {0:%b}\n{0.year}", "month": "{0:%b}\n{0.year}", "year": "{0.year}"}

#: In inches: how wide a panel is, how low and how tall it may be, and how high all are together.
_WIDE, _LOW, _TALL, _HIGH = 1.6, 0.8, 1.1, 8.2


class OverTime(Table):
    """One row an outlet and period, also where the outlet has no article."""

    outlet: Series[str] = pa.Field(description="outlet")
    period: Series[str] = pa.Field(isin=list(_NAMES.values()), description="what a period is")
    label: Series[str] = pa.Field(description="ISO week, month or year: 2018-W24, 2018-06, 2018")
    start: Series[str] = pa.Field(description="its first day, ISO 8601")
    articles: Series[int] = pa.Field(ge=0, description="dated articles of the outlet in it")
    words: Series[int] = pa.Field(ge=0, description="words of their bodies")
    own: Series[int] = pa.Field(ge=0, description="of these, words in the outlet's own voice")
    share: Series[float] = pa.Field(ge=0, le=1, nullable=True, description="share of the words")
    low: Series[float] = pa.Field(nullable=True, description="its lower bound, if any")
    high: Series[float] = pa.Field(nullable=True, description="its upper bound, if any")
    negative: Series[int] = pa.Field(ge=0, description="times a sentence shows an actor badly")
    positive: Series[int] = pa.Field(ge=0, description="times a sentence shows an actor well")


class Trends(Table):
    """One row an outlet: whether its articles' shares rise or fall."""

    outlet: Series[str] = pa.Field(unique=True, description="outlet")
    articles: Series[int] = pa.Field(ge=0, description="its dated articles with a body")
    before: Series[float] = pa.Field(nullable=True, description="mean share, earlier half of them")
    after: Series[float] = pa.Field(nullable=True, description="mean share, later half of them")
    tau: Series[float] = pa.Field(nullable=True, description="Kendall's tau of date and share")
    p: Series[float] = pa.Field(nullable=True, description="how often chance gives as much")
    trend: Series[str] = pa.Field(isin=["rose", "fell", ""], description="what can be told, if any")


def make(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """The tables ``over_time`` and ``trends``; empty for a study that is too small for them."""
    if not is_over_time(corpus):
        return {"over_time": OverTime.checked([]), "trends": Trends.checked([])}
    judgements = theme_tables(actor_sentiment, corpus).judgements
    shares, outlets = own_shares(corpus, judgements), corpus.outlets
    return {"over_time": by_period(shares, outlets), "trends": trends(shares, outlets)}


def is_over_time(corpus: Corpus) -> bool:
    """Whether a study is large enough for time: ``FEW`` dated articles an outlet, and periods."""
    dated = _days(corpus.articles)
    counts = dated.groupby("outlet").size().reindex(list(corpus.outlets), fill_value=0)
    return counts.min() >= FEW and len(_all_periods(dated["day"])) >= FEWEST_PERIODS


def shown(tables: SimpleNamespace, corpus: Corpus) -> ExportedFigure | Shown:
    """The figure, saved and shown; nothing where a study is too small for it.

    Parameters
    ----------
    tables, corpus
        The theme's tables and what they were made from.
    """
    if tables.over_time.empty:
        return Shown("", "")
    return export(over_time(tables, corpus), corpus.study)


def _days(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles that have a date, with their ``day``."""
    days = pd.to_datetime(articles["published"].str[:10], format="%Y-%m-%d", errors="coerce")
    return articles.assign(day=days).dropna(subset=["day"])


def _all_periods(days: pd.Series) -> pd.PeriodIndex:
    """Every period from the first day to the last: weeks, or longer where there are many."""
    span = (days.max() - days.min()).days
    kind = next(kind for kind, most in PERIODS.items() if span <= most)
    return pd.period_range(days.min(), days.max(), freq=kind)


def own_shares(corpus: Corpus, judgements: pd.DataFrame) -> pd.DataFrame:
    """The words of each dated article, those in its outlet's own voice, and its judgements.

    Parameters
    ----------
    corpus
        The corpus.
    judgements
        ``sentence_id`` and ``label``, below 0 or above: a row a sentence that judges an actor.

    Returns
    -------
    ``article_id``, ``outlet``, ``day``, ``words`` (of the body), ``own``, ``negative`` and
    ``positive``; earliest first.
    """
    body = corpus.sentences[corpus.sentences["part"] == "body"]
    words = word_voices(corpus.quotes, body)
    articles = words.groupby(words["sentence_id"].map(article_of))
    signs = judgements["label"].groupby(judgements["sentence_id"].map(article_of))
    counted = {
        "words": articles.size(),
        "own": articles["voice"].agg(lambda voices: (voices == "own").sum()),
        "negative": signs.agg(lambda labels: (labels < 0).sum()),
        "positive": signs.agg(lambda labels: (labels > 0).sum()),
    }
    told = _days(corpus.articles)[["article_id", "outlet", "day"]].sort_values("day", kind="stable")
    for name, counts in counted.items():
        told[name] = told["article_id"].map(counts).fillna(0).astype(int)
    return told.reset_index(drop=True)


def by_period(shares: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Each outlet's articles, words and share of its own voice by week, month or year.

    Parameters
    ----------
    shares
        As :func:`own_shares` gives them.
    outlets
        Names by id, in the order wanted.

    Returns
    -------
    See :class:`OverTime`.  Weeks where the study spans a year at most, months up to five years.
    Intervals take articles as units, and there is none below ``FEW`` of them.
    """
    periods = _all_periods(shares["day"])
    told = shares.assign(when=shares["day"].dt.to_period(periods.freq))
    groups = dict(list(told.groupby(["outlet", "when"])))
    return OverTime.checked(
        {"outlet": outlet, **_named(period), **_counted(groups.get((outlet, period), told[:0]))}
        for outlet in outlets
        for period in periods
    )


def _named(period: pd.Period) -> dict[str, str]:
    kind, day = _NAMES[period.freqstr.partition("-DEC")[0]], period.start_time
    year, week, _ = day.isocalendar()
    labels = {"week": f"{year}-W{week:02d}", "month": f"{day:%Y-%m}", "year": f"{day.year}"}
    return {"period": kind, "label": labels[kind], "start": day.date().isoformat()}


def _counted(articles: pd.DataFrame) -> dict[str, float]:
    words, own = articles["words"].sum(), articles["own"].sum()
    low, high = clustered_share_interval(articles["own"], articles["words"])
    share = own / words if words else np.nan
    judged = articles[["negative", "positive"]].sum()
    size = {"articles": len(articles), "words": words, "own": own, **judged}
    return {**size, "share": share, "low": low, "high": high}


def trends(shares: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Whether each outlet's articles use its own voice more and more, or less and less.

    Parameters
    ----------
    shares
        As :func:`own_shares` gives them.
    outlets
        Names by id, in the order wanted.

    Returns
    -------
    See :class:`Trends`.  Kendall's rank correlation of an article's day with its share (Mann
    1945); all outlets together have the chance ``CHANCE`` of a trend where there is none.
    """
    worded = shares[shares["words"] > 0]
    return Trends.checked(
        {"outlet": outlet, **_trend(worded[worded["outlet"] == outlet], CHANCE / len(outlets))}
        for outlet in outlets
    )


def _trend(articles: pd.DataFrame, chance: float) -> dict[str, float | str]:
    from scipy.stats import kendalltau  # heavy: only where a trend is asked for

    share, half = articles["own"] / articles["words"], len(articles) // 2
    before, after = share.iloc[:half].mean(), share.iloc[len(share) - half :].mean()
    # With one day or one share for all, or few articles, there is no order to speak of.
    ordered = len(share) >= FEW and min(articles["day"].nunique(), share.nunique()) > 1
    tau, p = kendalltau(articles["day"].astype("int64"), share) if ordered else (np.nan, np.nan)
    rose, fell = tau > 0 and after > before, tau < 0 and after < before
    trend = ("rose" if rose else "fell" if fell else "") if p <= chance else ""
    size = {"articles": len(share), "before": before, "after": after}
    return {**size, "tau": tau, "p": p, "trend": trend}


def told(trends: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """What rose or fell, in one sentence; or that no trend can be told.

    Parameters
    ----------
    trends
        As :func:`trends` gives them.
    outlets
        Names by id.
    """
    moved = trends[trends["trend"] != ""]
    if moved.empty:
        return "No outlet's share of words in its own voice rose or fell by more than chance."
    ways = [_moved(rows, outlets, len(moved)) for _, rows in moved.groupby("trend")]
    still = "; elsewhere no trend can be told" if len(moved) < len(trends) else ""
    return f"The share of words in the outlet's own voice {' and '.join(ways[::-1])}{still}."


def _moved(rows: pd.DataFrame, outlets: Mapping[str, str], moved: int) -> str:
    first = rows.iloc[0]
    names = [outlets[outlet] for outlet in rows["outlet"]]
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} others"]
    how_far = f" from {percent(first['before'])} to {percent(first['after'])}" if moved == 1 else ""
    return f"{first['trend']}{how_far} at {listed(names)}"


def over_time(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Each outlet's share of its own voice over time; see :func:`plot_over_time`."""
    table, outlets = tables.over_time, corpus.outlets
    title = told(tables.trends, outlets)
    return Figure(
        name="over_time",
        draw=partial(plot_over_time, table, outlets),
        data=table,
        title=title.removesuffix("."),
        caption=caption(table),
        alt=alt_text("Lines: share of each outlet's own voice over time.", title.rstrip(".")),
    )


def caption(table: pd.DataFrame) -> str:
    """What the figure shows, how many articles it rests on, and how sure it is.

    Parameters
    ----------
    table
        As :func:`by_period` gives it.
    """
    dated, period = table["articles"].sum(), table["period"].iloc[0]
    return (
        f"Share of the words of {counted(dated, 'article')} that stand in the outlet's own voice,"
        f" by {period}; gaps where an outlet has no article. Lines up and down are 95 % intervals"
        f" with articles as units, from {FEW} articles a {period} on."
    )


def method(tables: SimpleNamespace) -> str:
    """How time was measured, ready for a methods section; empty for a study too small for it.

    Parameters
    ----------
    tables
        The theme's tables.
    """
    if tables.over_time.empty:
        return ""
    return (
        f"Over time, the share of words in the outlet's own voice was taken by"
        f" {tables.over_time['period'].iloc[0]}, with Wilson's interval for clustered shares,"
        " articles as units [@korn1998; @dean2015]. Whether an outlet's articles rise or fall was"
        f" tested by Kendall's tau [@mann1945], at {100 * CHANCE:.0f} % for all outlets together."
    )


def plot_over_time(table: pd.DataFrame, outlets: Mapping[str, str], width: float = 6.85) -> Picture:
    """A small panel an outlet: its share of words in its own voice, period by period.

    Parameters
    ----------
    table
        As :func:`by_period` gives it.
    outlets
        Names by id; decides order, colour and marker.
    width
        Of the figure, in inches.

    Returns
    -------
    A figure without a title.  Periods without an article leave a gap; those of fewer than ``FEW``
    have a hollow marker and no interval.
    """
    import matplotlib.pyplot as plt  # heavy: only where it is drawn

    columns = min(len(outlets), max(int(width / _WIDE), math.ceil(len(outlets) * _LOW / _HIGH)))
    rows = math.ceil(len(outlets) / columns)
    high = min(_TALL, _HIGH / rows)
    fig, grid = plt.subplots(
        rows, columns, figsize=(width, rows * high + 0.6), sharex=True, sharey=True, squeeze=False
    )
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    for place, (axis, (outlet, name)) in enumerate(zip(grid.flat, outlets.items(), strict=False)):
        told = table[table["outlet"] == outlet].reset_index(drop=True)
        _draw_shares(axis, told, colours[outlet], markers[outlet])
        lines = textwrap.wrap(name, int(width / columns * 11), max_lines=2, placeholder="…")
        axis.set_title("\n".join(lines))
        axis.tick_params(labelbottom=place + columns >= len(outlets))
    for axis in grid.flat[len(outlets) :]:
        axis.set_axis_off()
    _name_days(grid.flat[0], table[table["outlet"] == next(iter(outlets))])
    fig.supylabel("share in its own voice", fontsize="medium")
    if table["articles"].between(1, FEW - 1).any():
        fig.legend(handles=[too_few_handle("articles")], loc="outside lower left")
    return fig


def _draw_shares(axis: Axes, told: pd.DataFrame, colour: str, marker: str) -> None:
    """One outlet's line, with gaps, and its marks: hollow without an interval."""
    mark = partial(axis.plot, color=colour, marker=marker, markersize=4, linewidth=0.8)
    axis.vlines(told.index, told["low"], told["high"], color=colour, linewidth=1)
    mark(told.index, told["share"], markerfacecolor="white")
    mark(told.index, told["share"].where(told["articles"] >= FEW), linestyle="")
    axis.set(xlim=(-0.7, len(told) - 0.3), ylim=(-0.04, 1.04))
    axis.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])


def _name_days(axis: Axes, periods: pd.DataFrame) -> None:
    """The first and the last period below the panels: for more names they are too narrow."""
    days = pd.to_datetime(periods["start"].iloc[[0, -1]])
    form = _TICKS[periods["period"].iloc[0]]
    axis.set_xticks([0, len(periods) - 1], [form.format(day) for day in days])
