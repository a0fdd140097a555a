"""House style: what an outlet's rules and its page write, whatever the event.

"Mr." or "Representative" before a name, a middle initial, "Calif." for California, a place in
capitals before the first sentence, the outlet's own name, "WATCH" above a video: such words set
outlets apart better than any other, and say nothing of how an event is told.  They are counted
like all terms and never lead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from analysis_utils.words import terms as words_of_terms
from analysis_utils.words import titles

#: A word in capitals of so many letters is no acronym if it is written small elsewhere.
_LONG = 5

_INITIAL = re.compile(r"^[A-Z]\.?$")

#: A word is written so where more than this share of its occurrences are.
_MOSTLY = 0.5


def mark_house_style(
    contrast: pd.DataFrame, terms: pd.DataFrame, outlets: Mapping[str, str], by: str = "outlet"
) -> pd.DataFrame:
    """The contrast with ``is_house_style`` filled in.

    Parameters
    ----------
    contrast
        As :func:`~analysis_utils.themes.term_contrast.tables.contrast_terms` gives it.
    terms
        The terms it was made from.
    outlets
        Names of the outlets by id.
    by
        Column of the outlets, or of other groups.
    """
    everywhere = _titles_inserts_and_initials(terms)
    own = {outlet: _own_words(terms, name) for outlet, name in outlets.items()}
    is_style = [
        term in everywhere or term in own.get(outlet, ())
        for term, outlet in zip(contrast["term"], contrast[by], strict=True)
    ]
    return contrast.assign(is_house_style=pd.Series(is_style, index=contrast.index, dtype=bool))


def _titles_inserts_and_initials(terms: pd.DataFrame) -> set[str]:
    bare = terms["term"].str.strip(".")
    as_title = bare.str.lower().isin({*titles.ALIKE, *titles.ALIKE.values()})
    as_insert = bare.str.lower().isin(words_of_terms.INSERTS)
    capital, all_capitals = _share(terms, str.istitle), _share(terms, str.isupper)
    written_small = set(terms.loc[~terms["surface"].map(str.isupper), "surface"].str.lower())
    is_loud = terms["term"].str.lower().isin(written_small) & terms["term"].map(str.isupper)
    is_loud &= terms["term"].str.len().ge(_LONG)
    return {
        *terms.loc[terms["term"].str.endswith("."), "term"],
        *terms.loc[is_loud, "term"],
        *terms.loc[bare.isin(titles.COURTESY | titles.HONOURS), "term"],
        *terms.loc[as_title & terms["term"].map(capital).gt(_MOSTLY), "term"],
        *terms.loc[as_insert & terms["term"].map(all_capitals).gt(_MOSTLY), "term"],
        *terms.loc[terms["surface"].map(lambda word: bool(_INITIAL.match(word))), "term"],
    }


def _own_words(terms: pd.DataFrame, name: str) -> set[str]:
    """Terms that are an outlet's name or a word of it, written as in a name."""
    words = {name.lower(), *name.lower().split()}
    mine = terms["surface"].str.lower().isin(words)
    capital = _share(terms[mine], lambda word: not word.islower())
    return set(capital.index[capital.gt(_MOSTLY)])


def _share(terms: pd.DataFrame, written) -> pd.Series:
    """The share of each term's occurrences that are written in some way."""
    return terms["surface"].map(written).astype(float).groupby(terms["term"]).mean()
