"""What the model says of the frames of whole articles, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import pandas as pd

from analysis_utils.measures.intervals import share_interval
from analysis_utils.output.english import capital, counted, listed
from analysis_utils.themes.frames.article_frames import scored

#: Of more outlets than this only the articles are counted.
MOST_OUTLETS = 3

#: Whose reading it is.
BY_MODEL = "a model learnt on labelled articles"


def tells_articles(tables: SimpleNamespace) -> bool:
    """Whether the frames of whole articles are told: nobody coded, and no frame is the study's."""
    issue = tables.codebook["kind"].eq("issue").any()
    return not issue and not tables.shares["reliable"].any() and not tables.articles.empty


def framed(articles: pd.DataFrame) -> pd.DataFrame:
    """How many articles of each outlet have each frame.

    Parameters
    ----------
    articles
        Table ``articles`` of the theme.

    Returns
    -------
    ``frame``, ``outlet``, ``found`` (articles that have it), ``n`` (articles) and ``reliable``,
    in the order of the frames.
    """
    counts = articles.groupby(["frame", "outlet"], sort=False).agg(
        found=("present", "sum"), n=("present", "size"), reliable=("reliable", "first")
    )
    return counts.reset_index()


def articles_told(
    articles: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """Which outlets tell the event in which frame, and which frames cannot be told.

    Parameters
    ----------
    articles
        Table ``articles`` of the theme.
    outlets, names
        Names of outlets and frames by id.
    """
    counts = framed(articles)
    by_frame = dict(iter(counts[counts["reliable"]].groupby("frame", sort=False)))
    found = {frame: rows for frame, rows in by_frame.items() if rows["found"].any()}
    where = [f"{names[frame].lower()} in {_where(rows, outlets)}" for frame, rows in found.items()]
    told = f"{capital(BY_MODEL)} finds {listed(where) or 'none of the frames that it can tell'}."
    absent = [names[frame].lower() for frame in by_frame if frame not in found]
    if absent and found:
        told += f" It finds {listed(absent, last='or')} in none."
    apart = [names[frame].lower() for frame, rows in found.items() if _apart(rows)]
    if (counts["n"] > 1).any():
        told += f" Outlets are clearly apart in {listed(apart) or 'none of them'}."
    unknown = [names[each].lower() for each in counts.loc[~counts["reliable"], "frame"].unique()]
    if unknown:
        are = "is a frame" if len(unknown) == 1 else "are frames"
        told += f" Whether {listed(unknown)} {are} cannot be told."
    return told


def articles_title(
    articles: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """The commonest frame and where it is, as the title of the figure."""
    counts = framed(articles)
    known = counts[counts["reliable"]]
    total = known.groupby("frame", sort=False)["found"].sum()
    if not total.any():
        return "No frame that can be told is found"
    most = total.idxmax()
    return f"{names[most]} in {_where(known[known['frame'] == most], outlets)}"


def articles_caption() -> str:
    """The caption of the figure."""
    return (
        "Articles in which a model finds each generic frame. The model was learnt on 203 labelled"
        " articles on climate; other topics were not measured. Grey: cannot be told, as on articles"
        " unseen the model is wrong too often."
    )


def articles_read(articles: pd.DataFrame, names: Mapping[str, str]) -> str:
    """How the frames of articles were found, as a paragraph for a methods section."""
    told, scores = articles.loc[articles["reliable"], "frame"].unique(), scored()["macro_f1"]
    each = [f"{scores[frame]:.2f} for {names[frame].lower()}" for frame in told]
    frames = counted(articles["frame"].nunique(), "generic frame")
    return (
        f"The {counted(articles['article_id'].nunique(), 'article')} were read for {frames}"
        " [@semetko2000]. Whether an article had a frame was decided by two logistic regressions on"
        " the frame's terms and statements and on the meaning of the article, learnt on 203"
        " labelled articles on climate [@frermann2023]. On articles unseen their macro-F1 was"
        f" {listed(each)}; frames that they found too poorly were not told."
    )


def _where(rows: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """The outlets that have a frame; of many, or of many articles, how many articles."""
    if len(outlets) > MOST_OUTLETS or (rows["n"] > 1).any():
        return f"{rows['found'].sum()} of {counted(rows['n'].sum(), 'article')}"
    having = rows[rows["found"] > 0]
    if len(having) == len(outlets):
        return "both outlets" if len(outlets) == 2 else "every outlet"
    return listed([outlets[outlet] for outlet in having["outlet"]])


def _apart(rows: pd.DataFrame) -> bool:
    """Whether the intervals of the outlets furthest apart do not meet."""
    bounds = [share_interval(row.found, row.n) for row in rows.itertuples()]
    return max(low for low, _ in bounds) > min(high for _, high in bounds)
