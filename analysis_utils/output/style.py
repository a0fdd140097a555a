"""The house style of the figures.

One colour and one marker an outlet in every figure.  Neighbouring colours
differ in lightness as well as hue, so that they hold for colour-blind readers
and in grey print, and the marker says the same once more.  Text stays dark.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle

#: In the order that outlets are given; dark and light alternate.
COLOURS = (
    "#004488", "#D27C0C", "#882255", "#3B9C8C", "#444444",
    "#6AAED6", "#7A7A1F", "#E39AA8", "#332288", "#8C8C8C",
)  # fmt: skip
#: One more than there are colours: only from the 111th outlet on does a pair come again.
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "h", "*")

#: Text and rules: dark enough for a contrast of more than 7 on white.
INK = "#222222"
FAINT = "#595959"

#: Pixels an inch: for print, and for the picture inside a notebook.
PRINT_DPI = 300
SHRINK = 2
SCREEN_DPI = PRINT_DPI // SHRINK

_STYLE = {
    "font.family": "DejaVu Sans",  # travels with matplotlib: the same letters everywhere
    "text.parse_math": False,  # a dollar sign in a name or an article begins no formula
    "font.size": 8,  # in print; nothing is smaller than 7
    "axes.titlesize": 8,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "xtick.major.size": 0,  # the grid shows where they are
    "ytick.major.size": 0,
    "legend.fontsize": 8,
    "legend.title_fontsize": 8,
    "figure.constrained_layout.use": True,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#BBBBBB",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "pdf.fonttype": 42,  # TrueType: journals ask for it, and text stays text
    "svg.fonttype": "none",  # text as text
    "svg.hashsalt": "framing-analysis",  # the same ids in every run
    "figure.dpi": SCREEN_DPI,
}


def house_style() -> None:
    """Set the style that every figure of the project shares, whatever somebody's own settings."""
    import matplotlib as mpl  # heavy, as is seaborn: only where something is drawn
    import seaborn as sns

    mpl.rcdefaults()
    sns.set_theme(style="whitegrid", rc=_STYLE)


def outlet_colours(outlets: Iterable[str]) -> dict[str, str]:
    """One colour an outlet, by its place in the study."""
    return dict(zip(outlets, cycle(COLOURS), strict=False))


def outlet_markers(outlets: Iterable[str]) -> dict[str, str]:
    """One marker an outlet, so that colour is never the only sign."""
    return dict(zip(outlets, cycle(MARKERS), strict=False))
