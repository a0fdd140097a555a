"""Terms to explore: which set the chosen outlets apart by which measure, and their sentences."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

import pandas as pd

from analysis_utils.lab.view import MANY_SENTENCES, Choice, Several, Switch, View, Words
from analysis_utils.measures.terms import find_terms, merged_variants, unmerged
from analysis_utils.output import cells
from analysis_utils.output.cells import Shown
from analysis_utils.output.english import counted, listed
from analysis_utils.output.style import SCREEN_DPI, house_style, outlet_colours, outlet_markers
from analysis_utils.themes import term_contrast
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.term_contrast import concordance
from analysis_utils.themes.term_contrast.house_style import mark_house_style
from analysis_utils.themes.term_contrast.leading import leading_terms
from analysis_utils.themes.term_contrast.tables import contrast_terms
from analysis_utils.words import used_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from analysis_utils.annotation.corpus import Corpus

UNITS = {"lemma": "base forms", "word": "words as written"}

#: Measures by which terms can be ordered, by their column in a contrast.
MEASURES = {
    "z": "log-odds with a prior, z",
    "g2": "log-likelihood ratio, G2",
    "log_ratio": "log ratio",
}

#: Leading terms of each outlet.
MOST_TERMS = 8

#: Lines of the concordance that are shown of each outlet.
MOST_LINES = 12

_COLUMNS = [
    *("outlet", "term", "count", "n_sentences", "rate", "count_rest", "rate_rest"),
    *("log_ratio", "g2", "delta", "z"),
]


def term_explorer(corpus: Corpus) -> View:
    """The contrast of terms between outlets, with its figure, table and concordance.

    Choices: the outlets to set against each other; whether words count in their base form;
    the measure that orders the terms; whether variants count as one term; and a word to look
    up (the first leading term, if none).  It begins with the theme's own contrast.  Those of
    other choices are made when they are chosen.

    Parameters
    ----------
    corpus
        As :func:`~analysis_utils.annotation.corpus.load_corpus` gives it.

    Returns
    -------
    View
    """
    contrasts = _Contrasts(corpus)
    controls = (
        Several("outlets", "Outlets", corpus.outlets),
        Choice("unit", "Unit", UNITS),
        Choice("measure", "Ordered by", MEASURES),
        Switch("merge", "Merge variants", True),
        Words("word", "Look up a word", hint="the first leading term"),
    )
    return View("terms", "Term explorer", controls, contrasts.show, still=contrasts.tables)


class _Contrasts:
    """The terms of a corpus in all units, and their contrasts, each made once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._theme = theme_tables(term_contrast, corpus)
        self._terms = cache(self._found)
        self._contrast = cache(self._contrasted)

    def show(self, measure: str, **choices) -> Shown:
        contrast = self._chosen(**{key: choices[key] for key in ("outlets", "unit", "merge")})
        figure = _figure(contrast, measure, self._corpus.outlets)
        return cells.together(figure, self.tables(measure=measure, **choices))

    def tables(self, measure: str, word: str, **choices) -> Shown:
        """The leading terms and a concordance."""
        leading = _leading_by(self._chosen(**choices), measure)
        caption = f"The terms that lead each outlet by {MEASURES[measure]}."
        names = self._corpus.names
        table = cells.table(leading[_COLUMNS], caption, names=names, empty="No term leads.")
        terms = self._of_outlets(**choices)
        return cells.together(
            table, self._look_up(word.strip(), leading, terms), _merged(terms, choices["merge"])
        )

    def _chosen(self, outlets: tuple[str, ...], unit: str, merge: bool) -> pd.DataFrame:
        if len(outlets) < 2:
            raise ValueError("A contrast needs two outlets or more: choose another one as well.")
        return self._contrast(tuple(outlets), unit, merge)

    def _look_up(self, word: str, leading: pd.DataFrame, terms: pd.DataFrame) -> Shown:
        wanted = word or next(iter(leading["term"]), "")
        if not wanted:
            return cells.prose("No term to look up.")
        try:
            found = concordance.concordance(wanted, terms, self._corpus.sentences)
        except KeyError as error:
            return cells.prose(f"{error.args[0]}.")
        shown = found.groupby("outlet", sort=False).head(MOST_LINES)
        return cells.table(
            shown.drop(columns="passage_id"),
            f"“{wanted}” in its sentences: {counted(len(found), 'occurrence')}, at most"
            f" {MOST_LINES} of each outlet shown.",
            names=self._corpus.names,
        )

    def _found(self, unit: Literal["lemma", "word"]) -> pd.DataFrame:
        if unit == "lemma":
            return self._theme.terms
        study = self._corpus.study
        with used_by(study.folder):
            return find_terms(
                self._corpus.sentences, self._corpus.tokens, study.actors, study.merge_terms, unit
            )

    def _of_outlets(
        self, outlets: tuple[str, ...], unit: Literal["lemma", "word"], merge: bool
    ) -> pd.DataFrame:
        terms = self._terms(unit)
        terms = terms[terms["outlet"].isin(outlets)]
        return terms if merge else unmerged(terms)

    def _contrasted(
        self, outlets: tuple[str, ...], unit: Literal["lemma", "word"], merge: bool
    ) -> pd.DataFrame:
        if (set(outlets), unit, merge) == (set(self._corpus.outlets), "lemma", True):
            return self._theme.contrast
        terms = self._of_outlets(outlets, unit, merge)
        contrast = contrast_terms(
            terms, min_count=1 if len(self._corpus.sentences) <= MANY_SENTENCES else 2
        )
        return mark_house_style(contrast, terms, self._corpus.outlets)


def _merged(terms: pd.DataFrame, merge: bool) -> Shown:
    """Every merge, so that a reader can object to it."""
    if not merge:
        return cells.prose("No variants are merged.")
    caption = "Variants that count as one term."
    return cells.table(merged_variants(terms), caption, empty="There are none.")


def _leading_by(contrast: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The leading terms in the order of any measure; those of log-odds go by ``z``."""
    ranked = contrast.assign(z=contrast[measure], kept=contrast["z"])
    ranked["place"] = pd.factorize(ranked["outlet"])[0]
    ranked = ranked.sort_values(["place", "z"], ascending=[True, False], kind="stable")
    leading = leading_terms(ranked.reset_index(drop=True), MOST_TERMS)
    return leading.assign(z=leading["kept"])


def _figure(contrast: pd.DataFrame, measure: str, outlets: Mapping[str, str]) -> Shown:
    leading = _leading_by(contrast, measure)
    if leading.empty:
        return cells.prose("No term leads one of these outlets.")
    first = leading.drop_duplicates("outlet")
    told = [f"{outlets[row.outlet]} leads with “{row.term}”" for row in first.itertuples()]
    return picture(plot_measure(leading, measure, outlets), f"{listed(told)}.")


def plot_measure(
    leading: pd.DataFrame, measure: str, outlets: Mapping[str, str], ax: Axes | None = None
) -> Picture:
    """One dot a term, by outlet, as far to the right as the measure says.

    Parameters
    ----------
    leading
        As :func:`~analysis_utils.themes.term_contrast.tables.leading_terms` gives it.
    measure
        Column to show, one of ``MEASURES``.
    outlets
        Names of the outlets by id, in the order of the study.
    ax
        What to draw on; a figure of its own by default.
    """
    import matplotlib.pyplot as plt
    import seaborn as sns

    house_style()
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 0.8 + 0.24 * len(leading)))
    names = leading["outlet"].map(outlets)
    colours, markers = (
        dict(zip(outlets.values(), signs(outlets).values(), strict=True))
        for signs in (outlet_colours, outlet_markers)
    )
    style = {"palette": colours, "markers": markers, "s": 50}
    sns.scatterplot(leading, x=measure, y="term", hue=names, style=names, ax=ax, **style)
    ax.set(xlabel=MEASURES[measure], ylabel="", xlim=(0, None))
    sns.move_legend(ax, "lower left", bbox_to_anchor=(0, 1), ncols=names.nunique(), title="")
    return cast("Picture", ax.get_figure(root=True))


def picture(fig: Picture, alt: str) -> Shown:
    """A figure as a picture in HTML; the figure is closed."""
    import matplotlib.pyplot as plt

    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=SCREEN_DPI, bbox_inches="tight")
    plt.close(fig)
    encoded = base64.b64encode(buffer.getvalue()).decode("ascii")
    described = cells.prose(alt)
    return Shown(
        f'<img alt="Figure; its numbers stand in the table below." style="max-width: 100%"'
        f' src="data:image/png;base64,{encoded}">{described.html}',
        alt,
    )
