"""The figure of voices: whose words fill each outlet's articles."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import alt_text
from analysis_utils.output.figures import HIGHEST, Figure
from analysis_utils.output.marks import empty_figure
from analysis_utils.output.style import FAINT, INK, outlet_colours
from analysis_utils.themes.voices import words
from analysis_utils.themes.voices.sources import OWN_VOICE, UNNAMED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

#: Panels at most; the last one holds all speakers for whom there is no room.
MOST_PANELS = 6

#: What the last panel is called.
OTHERS = "All others"

#: Height in inches of an outlet's bar, and of what stands above and below the bars of a panel.
_BAR, _FRAME = 0.155, 0.55

_MM = 25.4


def shares(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """Whose words each outlet gives; see :func:`plot_shares`."""
    names, outlets = corpus.names["actor"], corpus.outlets
    title = words.headline(tables.shares, outlets, names)
    return Figure(
        name="voices_shares",
        draw=partial(plot_shares, tables.shares, outlets, names),
        data=tables.shares,
        title=title,
        caption=words.caption(tables, corpus),
        alt=alt_text("A panel a speaker; bars: share of each outlet's words.", title),
    )


#: The theme's figures by name.
FIGURES = {"shares": shares}


def plot_shares(
    shares: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str],
    *,
    width: float,
) -> Picture:
    """A panel a speaker, the outlet itself first; in each a bar an outlet, with its interval.

    Parameters
    ----------
    shares
        As :func:`~analysis_utils.themes.voices.tables.speaker_shares` gives them.
    outlets, actors
        Names by id.
    width
        In inches.
    """
    import matplotlib.pyplot as plt

    columns = 3 if width > 5 else 2
    height = _BAR * max(len(outlets), 3) + _FRAME
    most_rows = max(int(HIGHEST / _MM // height), 1)
    rows = panel_rows(shares, actors, min(MOST_PANELS, columns * most_rows))
    if rows.empty:
        return empty_figure("No words to count", width)
    speakers = list(dict.fromkeys(rows["who"]))
    lines = -(-len(speakers) // columns)
    fig, axes = plt.subplots(
        lines, columns, figsize=(width, lines * height), sharex=True, sharey=True, squeeze=False
    )
    reach = rows[["share", "high"]].max(axis=None) * (1.3 if columns == 3 else 1.45)
    for place, axis in enumerate(axes.flat):
        if place < len(speakers):
            own = rows[rows["who"] == speakers[place]]
            _draw_panel(axis, own, outlets, reach)
            letters = int(16 * width / columns) - 2
            axis.set_title("\n".join(textwrap.wrap(speakers[place], letters)[:2]))
            below = place + columns >= len(speakers)
            axis.tick_params(labelbottom=below)
            axis.set_xlabel("% of the words" if below else "")
        else:
            axis.set_axis_off()
    return fig


def panel_rows(shares: pd.DataFrame, actors: Mapping[str, str], most: int) -> pd.DataFrame:
    """One row a panel and outlet: ``who``, ``outlet``, ``share``, ``low`` and ``high``.

    The outlet itself comes first, then who has most words; those beyond ``most`` panels stand
    together in the last one, without intervals, as those of parts do not add up.
    """
    who = shares["speaker"].map(actors).fillna(shares["source"])
    told = shares.assign(who=who.where(shares["role"] != "own", OWN_VOICE))
    named = told[~told["who"].isin([OWN_VOICE, UNNAMED]) & (told["words"] > 0)]
    ranked = named.groupby("who", sort=False)["share"].sum()
    ranked = list(ranked.sort_values(ascending=False, kind="stable").index)
    rest = told[(told["role"] != "own") & (told["words"] > 0)]["who"].nunique()
    shown = [OWN_VOICE, *ranked[: most - (1 if rest + 1 <= most else 2)]]
    own = told[told["who"].isin(shown)]
    place = own["who"].map(shown.index)
    others = told[~told["who"].isin(shown)].groupby("outlet", sort=False, as_index=False)["share"]
    columns = ["who", "outlet", "share", "low", "high"]
    tables = [own.iloc[place.argsort(kind="stable")][columns]]
    if rest + 1 > len(shown):
        tables.append(others.sum().assign(who=OTHERS))
    return pd.concat(tables, ignore_index=True).reindex(columns=columns)


def _draw_panel(axis: Axes, rows: pd.DataFrame, outlets: Mapping[str, str], reach: float) -> None:
    """The bars of one speaker, with their shares, and where no word of it was found."""
    import seaborn as sns
    from matplotlib.patheffects import withStroke

    colours, order = outlet_colours(outlets), list(outlets)
    sns.barplot(
        rows, x="share", y="outlet", order=order, hue="outlet", hue_order=order, palette=colours,
        saturation=1, errorbar=None, width=0.78, legend=False, ax=axis,
    )  # fmt: skip
    told = rows.set_index("outlet")
    for place, outlet in enumerate(order):
        share = told["share"].get(outlet, 0.0)
        low, high = (told[bound].get(outlet) for bound in ("low", "high"))
        if share and low is not None and low < high:
            line = axis.plot([low, high], [place, place], color=INK, linewidth=0.7)[0]
            line.set_path_effects([withStroke(linewidth=2, foreground="white")])
        text = f"{100 * share:.0f} %" if share >= 0.005 else "under 1 %" if share else "none found"
        note = axis.text(
            reach, place, text, ha="right", va="center", size=7, color=INK if share else FAINT
        )
        note.set_path_effects([withStroke(linewidth=2, foreground="white")])
    axis.set(xlim=(0, reach), xlabel="", ylabel="")
    axis.set_yticks(
        range(len(order)),
        [textwrap.shorten(outlets[o], 18, placeholder="…") for o in order],
        size=7,
    )
    axis.locator_params(axis="x", nbins=3)
    axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}")
    axis.tick_params(axis="x", labelsize=7)
    axis.grid(visible=False, axis="y")
