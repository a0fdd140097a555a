"""How the articles are built, beside each other: a block a sentence, shaded by whose words."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from analysis_utils.output.annotate import OTHERS_SHADE, Badge, badges
from analysis_utils.output.english import alt_text, counted, listed
from analysis_utils.output.figures import Figure
from analysis_utils.output.style import FAINT, INK, outlet_colours
from analysis_utils.themes.findings.layout import links_of
from analysis_utils.themes.findings.side_by_side import most_heard

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

_MM = 1 / 25.4  # in inches

#: In millimetres: the height of a word, less where there are many.
_WORDS = (0.2, 0.15, 0.1, 0.05)

#: The least height of a block, room between blocks, and the height of the figure at most, so that a
#: caption fits below it.
_LOW, _GAP, _HIGH = 3.3, 0.7, 210

#: A line and a letter of the smallest text, those of the legend, and room beside its letters.
_LINE, _LETTER, _LEGEND_LINE, _LEGEND_LETTER, _HANDLE = 2.9, 1.45, 4.2, 1.4, 8

#: Room above the blocks, and how wide a block must be to say how it begins.
_TOP, _LETTERED = 9, 22

#: Of a headline and of a name, lines and letters at most.
_HEADLINE_LINES, _LONGEST_NAME = 3, 22

#: Which part of a block that says how it begins is left to the shades of its words.
_BAR = 0.35

#: Behind the outlet's own words.
_OWN_SHADE = "#F2F2F2"


def tellings(tables: SimpleNamespace, corpus: Corpus) -> Figure:
    """The articles side by side as blocks; see :func:`plot_tellings`."""
    table, outlets = tables.tellings, corpus.outlets
    title = headline(table, outlets)
    return Figure(
        name="tellings",
        draw=partial(plot_tellings, table, tables.spoken, outlets, corpus.names["actor"]),
        data=table,
        title=title,
        caption=caption(table),
        alt=alt_text("Columns of blocks, one for each sentence of each article.", title),
    )


#: The theme's figures by name.
FIGURES = {"tellings": tellings}


def headline(tellings: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How many sentences of each article no other one tells; of many, of the most and the fewest.

    Parameters
    ----------
    tellings
        See :class:`~analysis_utils.themes.findings.tables.Tellings`.
    outlets
        Names by id.
    """
    body = tellings[tellings["part"] == "body"]
    counts = body.groupby("outlet", sort=False)["kind"].agg(
        alone=lambda kinds: (kinds == "alone").sum(), n="size"
    )
    shares = (counts["alone"] / counts["n"]).sort_values(ascending=False, kind="stable")
    if len(counts) > 2:
        most, fewest = (counts.loc[outlet] for outlet in (shares.index[0], shares.index[-1]))
        return (
            f"Without a counterpart: most at {outlets[most.name]}, {most['alone']} of"
            f" {counted(most['n'], 'sentence')}; fewest at {outlets[fewest.name]},"
            f" {fewest['alone']} of {fewest['n']}"
        )
    told = [f"{row.alone} of {row.n} of {outlets[row.Index]}" for row in counts.itertuples()]
    return f"Sentences without a counterpart: {listed(told) or 'none'}"


def caption(tellings: pd.DataFrame) -> str:
    """What the figure shows, and how.

    Parameters
    ----------
    tellings
        See :class:`~analysis_utils.themes.findings.tables.Tellings`.
    """
    articles, sentences = tellings["article_id"].nunique(), len(tellings)
    crossing = (
        "; thin lines join such sentences that stand on different levels" if articles == 2 else ""
    )
    return (
        f"{counted(sentences, 'sentence')} of {counted(articles, 'article')}, from top to bottom;"
        " the longer a sentence, the higher its block, and the shades show whose words it holds,"
        " from left to right. Lines join sentences on one level that were aligned as telling the"
        f" same, dotted where they only may{crossing}."
    )


class _Block(NamedTuple):
    """Where a sentence is drawn, in millimetres from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


def plot_tellings(
    tellings: pd.DataFrame,
    spoken: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str],
    *,
    width: float,
) -> Picture:
    """A column an article, a block a sentence, as high as it is long.

    Blocks are shaded by whose words they hold, from left to right as in the sentence; those that
    no other article tells have a line around them.

    Parameters
    ----------
    tellings, spoken
        See :class:`~analysis_utils.themes.findings.tables.Tellings` and ``Spoken``.
    outlets, actors
        Names by id.
    width
        In inches.
    """
    import matplotlib.pyplot as plt

    wide = width / _MM
    spoken = spoken[spoken["sentence_id"].isin(tellings["sentence_id"])]
    speakers = most_heard(spoken)
    known = {badge.name: badge for badge in badges(actors, speakers).values()}
    legend = _legend([known[who] for who in speakers if who in known])
    entry = max(len(str(each.get_label())) for each in legend) * _LEGEND_LETTER + _HANDLE
    columns = min(max(1, int(wide / entry)), len(legend))
    below = 3 + _LEGEND_LINE * math.ceil(len(legend) / columns)
    blocks, bottom = _placed(tellings, wide, _HIGH - below)
    high = bottom + below
    fig = plt.figure(figsize=(width, high * _MM))
    fig.set_layout_engine("none")  # all places are given
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, wide), ylim=(high, 0))
    ax.set_axis_off()
    _head(ax, tellings, outlets, blocks)
    _join(ax, tellings, blocks)
    voices = dict(list(spoken.groupby("sentence_id")))
    roomy = _roomy(blocks.values())
    for row in tellings.itertuples():
        block, said = blocks[row.sentence_id], voices.get(row.sentence_id, spoken[:0])
        labelled = block.width >= _LETTERED and (roomy or row.part == "headline")
        _draw(ax, block, row, said, known, labelled)
    fig.legend(
        handles=legend, loc="lower left", ncols=columns, fontsize=7, bbox_to_anchor=(0, 0),
        borderaxespad=0.2, handlelength=1.6, columnspacing=1,
    )  # fmt: skip
    return fig


def _roomy(blocks: Iterable[_Block]) -> bool:
    """Whether blocks have room for their first words: all say how they begin, or none."""
    return all(block.height >= _LINE for block in blocks)


def _placed(tellings: pd.DataFrame, wide: float, high: float) -> tuple[dict[str, _Block], float]:
    """Where each sentence is drawn, and where the lowest ends: at ``high`` at most."""
    columns = list(tellings["article_id"].unique())
    between = 0.12 * wide / len(columns)
    width = (wide - between * (len(columns) - 1) - 1) / len(columns)
    cells = [tellings["row"], tellings["article_id"]]
    for word in _WORDS:
        heights = _heights(tellings, width, word)
        of_rows = heights.groupby(cells).sum().groupby("row").max()
        body = of_rows[of_rows.index > 0].sum()
        room = high - _TOP - of_rows[of_rows.index == 0].sum()
        if body <= room:
            break
    shrunk = min(1.0, room / max(body, 1))
    scale = tellings["row"].gt(0).map({True: shrunk, False: 1.0})  # headlines stay
    heights, of_rows = heights * scale, of_rows * scale.groupby(tellings["row"]).first()
    tops = of_rows.cumsum() - of_rows + _TOP
    within = heights.groupby(cells).cumsum() - heights
    blocks = {
        row.sentence_id: _Block(
            0.5 + columns.index(row.article_id) * (width + between),
            tops[row.row] + within[row.Index],
            width,
            heights[row.Index] - _GAP * scale[row.Index],
        )
        for row in tellings.itertuples()
    }
    return blocks, _TOP + of_rows.sum()


def _heights(tellings: pd.DataFrame, width: float, word: float) -> pd.Series:
    """How high each sentence's block is with the room below it, before anything is shrunk."""
    most = _HEADLINE_LINES if width >= _LETTERED else 1
    headlines = [len(_lines(row, width - 2, most)) for row in tellings.itertuples()]
    return (
        (tellings["n_words"] * word)
        .clip(lower=_LOW)
        .mask(tellings["part"] == "headline", pd.Series(headlines, tellings.index) * _LINE + _GAP)
    ) + _GAP


def _head(
    ax: Axes,
    tellings: pd.DataFrame,
    outlets: Mapping[str, str],
    blocks: Mapping[str, _Block],
) -> None:
    """Each column's outlet, and how much of the article stands nowhere else."""
    colours = outlet_colours(outlets)
    for _, told in tellings.groupby("article_id", sort=False):
        block, outlet = blocks[told["sentence_id"].iloc[0]], told["outlet"].iloc[0]
        letters = int(block.width / _LEGEND_LETTER)
        name = textwrap.shorten(outlets[outlet], max(letters, 4), placeholder="…")
        ax.text(block.x, 3, name, fontsize=8, weight="bold", color=colours[outlet], va="center")
        alone = told.loc[told["part"] == "body", "kind"] == "alone"
        size = (
            f"{alone.sum()} of {len(alone)} only here"
            if letters > 16
            else f"{alone.sum()} of {len(alone)}"
        )
        ax.text(block.x, 6.6, size, fontsize=7, color=FAINT, va="center")


def _join(ax: Axes, tellings: pd.DataFrame, blocks: Mapping[str, _Block]) -> None:
    """Lines between sentences that tell the same: on one level, and between two articles all."""
    links = links_of(tellings)
    if tellings["article_id"].nunique() > 2:
        links = links[links["level"]]
    lows = {block.y: block.height for block in sorted(blocks.values(), key=lambda b: -b.height)}
    for link in links[links["sure"] | links["level"]].itertuples():
        ends = blocks[link.sentence_id], blocks[link.other_id]
        on_level = ends[0].y == ends[1].y
        heights = [lows[end.y] if on_level else end.height for end in ends]
        if ends[0].x < ends[1].x:
            ax.plot(
                [ends[0].x + ends[0].width, ends[1].x],
                [end.y + height / 2 for end, height in zip(ends, heights, strict=True)],
                color=FAINT,
                linewidth=1.2 if on_level else 0.6,
                linestyle="-" if link.sure else ":",
                zorder=1,
            )


def _draw(
    ax: Axes, block: _Block, row, voices: pd.DataFrame, known: Mapping[str, Badge], labelled: bool
) -> None:
    """A sentence: how it begins, its own words and those of others, and whether it is alone."""
    from matplotlib.patches import Rectangle

    x, y, width, height = block
    ax.add_patch(Rectangle((x, y), width, height, facecolor=_OWN_SHADE, linewidth=0, zorder=2))
    bar = width * _BAR if labelled else width
    for voice in voices.itertuples():
        start, end = (bar * min(place / len(row.text), 1) for place in (voice.start, voice.end))
        shade = known[voice.who].shade if voice.who in known else OTHERS_SHADE
        stretch = Rectangle((x + width - bar + start, y), end - start, height, facecolor=shade)
        stretch.set(linewidth=0, zorder=3)
        ax.add_patch(stretch)
    if row.kind == "alone" and row.part == "body":
        frame = Rectangle((x, y), width, height, edgecolor=INK, linewidth=1.2, fill=False)
        ax.add_patch(frame).set_zorder(4)
    if not labelled:
        return
    heard = voices.loc[voices["n_words"].idxmax(), "who"] if len(voices) else ""
    if heard in known and known[heard].shade != OTHERS_SHADE:
        letters = known[heard].letters
        place = x + width - 0.8, y + height / 2
        ax.text(*place, letters, fontsize=7, color=FAINT, ha="right", va="center", zorder=5)
    beside = bar if len(voices) else 0
    lines = _lines(row, width - beside - 2, int(height / _LINE))
    ax.text(
        x + 1.2,
        y + height / 2,
        "\n".join(lines),
        fontsize=7,
        weight="bold" if row.part == "headline" else "normal",
        style="italic" if row.part == "standfirst" else "normal",
        va="center",
        linespacing=1.1,
        zorder=5,
    )


def _lines(row, room: float, most: int) -> list[str]:
    """The first words of a sentence, as many as there is room for."""
    letter = _LETTER * (1.2 if row.part == "headline" else 1)  # headlines are bold
    letters = max(int(room / letter), 4)
    return textwrap.wrap(row.text, letters, max_lines=max(most, 1), placeholder="…")


def _legend(speakers: list[Badge]) -> list[Artist]:
    """What the shades, the frame and the lines mean."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    shaded = [badge for badge in speakers if badge.shade != OTHERS_SHADE]
    return [
        Patch(facecolor=_OWN_SHADE, edgecolor="#BBBBBB", linewidth=0.4, label="own words"),
        *(Patch(facecolor=each.shade, label=_named(each)) for each in shaded),
        Patch(facecolor=OTHERS_SHADE, label="somebody else"),
        Patch(facecolor="white", edgecolor=INK, linewidth=1.2, label="only here"),
        Line2D([], [], color=FAINT, linewidth=1.2, label="tells the same"),
        Line2D([], [], color=FAINT, linewidth=1.2, linestyle=":", label="may tell the same"),
    ]


def _named(badge: Badge) -> str:
    return textwrap.shorten(f"{badge.letters} {badge.name}", _LONGEST_NAME, placeholder="…")
