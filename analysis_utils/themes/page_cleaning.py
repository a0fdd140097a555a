"""What cleaning did to the pages, for the reader's eye: where the article lies on each
page, every removed line with its reason, and the agreement with hand codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.patches import Patch

from analysis_utils.annotation.language import count_words
from analysis_utils.output import english, figures
from analysis_utils.schemas import KEPT_KINDS, METADATA_KINDS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: More pages than this in one map are no longer readable.
MOST_PAGES = 12

#: What a reader tells apart on the map: group -> kinds, colour, hatch.
_GROUPS = {
    "the article": (KEPT_KINDS, "#333333", ""),
    "about the article": ((*METADATA_KINDS, "credit"), "#999999", ""),
    "repeats the article": (("summary", "duplicate"), "#FFFFFF", "\\\\\\\\"),
    "other articles": (("related",), "#D8CBE6", "...."),
    "the site": (
        ("navigation", "advertisement", "template", "comments", "footer", "blank"),
        "#EEEEEE",
        "",
    ),
}


def kinds_of_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """How many lines and words of each kind the pages hold.

    Returns
    -------
    One row a kind that occurs, most words first: ``kind``, ``kept``, then
    ``lines`` and ``words`` (of the raw line) over all pages.
    """
    counted = lines.assign(words=lines["text"].map(count_words))
    groups = counted[counted["kind"] != "blank"].groupby(["kind", "kept"], as_index=False)
    table = groups.agg(lines=("text", "size"), words=("words", "sum"))
    return table.sort_values(["words", "kind"], ascending=[False, True], ignore_index=True)


def removed_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """Every line that is not counted as the article's own, blank ones aside.

    Returns
    -------
    One row a line: ``article_id``, ``line_no``, ``text`` (as on the page),
    ``kind`` and ``reason``.
    """
    removed = lines[~lines["kept"] & (lines["kind"] != "blank")]
    return removed[["article_id", "line_no", "text", "kind", "reason"]].reset_index(drop=True)


def agreement_with_codes(lines: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Kept or not, line by line, against hand codes; the whole page as the trivial method.

    Parameters
    ----------
    lines
        Table ``lines`` of a corpus.
    codes
        Columns ``article_id``, ``line_no`` and ``kept``: the hand codes; None if the
        study has none, which gives an empty table.

    Returns
    -------
    One row a method: ``method``, ``lines``, ``right`` (lines with the coder's
    decision), ``precision`` and ``recall`` of the kept lines (0 to 1).
    """
    if codes is None:
        return pd.DataFrame()
    coded = codes.merge(lines, on=["article_id", "line_no"], suffixes=("_code", ""))
    kept_by_hand = coded["kept_code"].astype(bool)
    methods = {"line rules": coded["kept"], "whole page": pd.Series(True, index=coded.index)}
    rows = []
    for method, kept in methods.items():
        both = (kept & kept_by_hand).sum()
        rows.append(
            {
                "method": method,
                "lines": len(coded),
                "right": (kept == kept_by_hand).sum(),
                "precision": both / max(kept.sum(), 1),
                "recall": both / max(kept_by_hand.sum(), 1),
            }
        )
    return pd.DataFrame(rows)


def map_segments(lines: pd.DataFrame) -> pd.DataFrame:
    """Each page as stretches of lines of one group, in reading order.

    Returns
    -------
    One row a stretch: ``article_id``, ``group``, ``first_line``,
    ``last_line`` and ``words``.
    """
    group_of = {kind: group for group, (kinds, *_) in _GROUPS.items() for kind in kinds}
    text = lines[lines["kind"] != "blank"]
    text = text.assign(group=text["kind"].map(group_of), words=text["text"].map(count_words))
    changes = (text["group"] != text["group"].shift()) | (
        text["article_id"] != text["article_id"].shift()
    )
    return (
        text.groupby(changes.cumsum().rename("stretch"))
        .agg(
            article_id=("article_id", "first"),
            group=("group", "first"),
            first_line=("line_no", "first"),
            last_line=("line_no", "last"),
            words=("words", "sum"),
        )
        .reset_index(drop=True)
    )


def plot_page_map(segments: pd.DataFrame, labels: dict[str, str], title: str) -> Figure:
    """Each page as one bar from its first word to its last; what is not article is pale.

    Parameters
    ----------
    segments
        As :func:`map_segments` returns.
    labels
        What to call each page, by article id; the first ``MOST_PAGES`` are drawn.
    title
        The finding, in a few words.
    """
    figures.house_style()
    pages = list(labels)[:MOST_PAGES]
    fig, ax = plt.subplots(figsize=(7, 1.5 + 0.45 * len(pages)), layout="constrained")
    for row, page in enumerate(pages):
        stretches = segments[segments["article_id"] == page]
        ends = stretches["words"].cumsum()
        for stretch, end in zip(stretches.itertuples(), ends, strict=True):
            _, colour, hatch = _GROUPS[stretch.group]
            ax.barh(
                row, stretch.words, left=end - stretch.words, height=0.62,
                color=colour, hatch=hatch, edgecolor=figures.FAINT, linewidth=0.4,
            )  # fmt: skip
    ax.set_yticks(range(len(pages)), [labels[page] for page in pages])
    ax.set(title=title, xlabel="words from the top of the page")
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    legend = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=figures.FAINT, linewidth=0.4, label=group)
        for group, (_, colour, hatch) in _GROUPS.items()
    ]
    fig.legend(handles=legend, loc="outside lower center", ncols=3)
    return fig


def page_labels(articles: pd.DataFrame, outlets: dict[str, str]) -> dict[str, str]:
    """What to call each page in a figure: the outlet, with the article where it has several."""
    several = articles["outlet"].duplicated(keep=False)
    names = articles["outlet"].map(outlets)
    labels = names.where(~several, names + ": " + articles["article_id"])
    return dict(zip(articles["article_id"], labels, strict=True))


def finding(lines: pd.DataFrame, labels: dict[str, str]) -> str:
    """What share of each page's words is the article, in a sentence; for many pages, the range."""
    words = lines.assign(words=lines["text"].map(count_words))
    total = words.groupby("article_id")["words"].sum()
    kept = words[words["kept"]].groupby("article_id")["words"].sum().reindex(total.index)
    share = kept.fillna(0) / total.clip(lower=1)
    if len(share) > MOST_PAGES:
        return (
            f"On {english.counted(len(share), 'page')} the article makes up between"
            f" {share.min():.0%} and {share.max():.0%} of the words,"
            f" {share.median():.0%} in the middle."
        )
    parts = [
        f"{share[page]:.0%} of the {total[page]:,} words on the page of {label}"
        for page, label in labels.items()
    ]
    return f"The article makes up {english.listed(parts)}."


def headline(lines: pd.DataFrame) -> str:
    """How much of the pages is not the article, as the title of the map."""
    words = lines["text"].map(count_words)
    share = 1 - words[lines["kept"]].sum() / max(words.sum(), 1)
    if share < 0.01:
        return "These pages hold next to nothing but the article"
    return f"{share:.0%} of the words on these pages are not the article"
