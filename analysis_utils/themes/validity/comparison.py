"""Coders beside each other and beside the methods: how often they agree, and where they do not.

Codes are tables with ``coder``, ``unit_id``, ``variable`` and ``value``, as
:mod:`analysis_utils.themes.validity.hand_coding` gives them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis_utils.measures import agreement
from analysis_utils.themes.validity.coders import MAJORITY, METHOD
from analysis_utils.themes.validity.coding_sheets import CODE_COLUMNS

_KEY = ["unit_id", "variable"]

_SCORES = ("n", "accuracy", "accuracy_baseline", "macro_f1", "macro_f1_baseline", "alpha")


def majority(codes: pd.DataFrame) -> pd.DataFrame:
    """What most coders say of each unit with two coders or more; without most, no code."""
    counts = codes.groupby([*_KEY, "value"], sort=False).size().rename("votes").reset_index()
    groups = counts.groupby(_KEY)["votes"]
    most = counts["votes"] == groups.transform("max")
    tied = counts[most].duplicated(_KEY, keep=False).reindex(counts.index, fill_value=True)
    chosen = counts[most & ~tied & (groups.transform("sum") > 1)]
    return chosen.assign(coder=MAJORITY)[list(CODE_COLUMNS)].reset_index(drop=True)


def beside_coders(codes: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The methods beside each coder, and beside most coders where there are several.

    Parameters
    ----------
    codes
        The coders' codes.
    said
        What the methods say: :func:`~analysis_utils.themes.validity.hand_coding.method_codes`.

    Returns
    -------
    One row a variable and coder: ``variable``, ``coder``, ``n`` (units), ``accuracy``,
    ``accuracy_baseline`` (of always giving the coder's most frequent value), ``macro_f1``
    (mean F1 of the coder's values, alike), ``macro_f1_baseline`` and ``alpha`` (nominal, missing
    where all values are the same).
    """
    coders = pd.concat([codes, majority(codes)], ignore_index=True)
    pairs = coders.merge(said.drop(columns="coder"), on=_KEY, suffixes=("", "_said"))
    rows = [
        {"variable": variable, "coder": coder, **_scores(group["value"], group["value_said"])}
        for (variable, coder), group in pairs.groupby(["variable", "coder"], sort=False)
    ]
    table = pd.DataFrame(rows, columns=["variable", "coder", *_SCORES])
    return _in_order(table, {"variable": said["variable"].unique()})


def _scores(truth: pd.Series, said: pd.Series) -> dict[str, float]:
    from sklearn.metrics import accuracy_score, f1_score  # heavy: only where codes exist

    values = sorted(truth.unique())
    often = pd.Series(truth.mode().iloc[0], index=truth.index)
    both = pd.DataFrame({"unit_id": [*range(len(truth))] * 2, "value": [*truth, *said]})

    def macro_f1(answers: pd.Series) -> float:
        return f1_score(truth, answers, labels=values, average="macro", zero_division=0)

    return {
        "n": len(truth),
        "accuracy": accuracy_score(truth, said),
        "accuracy_baseline": accuracy_score(truth, often),
        "macro_f1": macro_f1(said),
        "macro_f1_baseline": macro_f1(often),
        "alpha": agreement.alpha(agreement.count_values(both).to_numpy()),
    }


def disagreements(codes: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Units that were coded differently, with their text.

    Parameters
    ----------
    codes
        Codes of coders, of the methods, or of both.
    units
        The units that were coded: :func:`~analysis_utils.themes.validity.units.all_units`.

    Returns
    -------
    One row a unit, variable and coder: ``variable``, ``coder``, ``value`` (empty if this coder
    has none), ``unit_id`` and ``context`` with the unit between ``⟦`` and ``⟧``; variable by
    variable in reading order, every coder for each.
    """
    values = codes.groupby(_KEY)["value"].nunique()
    shown = units[["unit_id", "context"]].drop_duplicates("unit_id")
    differing = values[values > 1].index.to_frame(index=False).merge(shown, on="unit_id")
    coders = codes["coder"].unique()
    every = differing.merge(pd.Series(coders, name="coder", dtype="str"), how="cross")
    table = every.merge(codes, on=[*_KEY, "coder"], how="left").fillna({"value": ""})
    order = {"variable": codes["variable"].unique(), "unit_id": shown["unit_id"], "coder": coders}
    return _in_order(table, order)[["variable", "coder", "value", "unit_id", "context"]]


def against_method(codes: pd.DataFrame, said: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Units of which the methods say what no coder says, as :func:`disagreements` gives them.

    Parameters
    ----------
    codes
        The coders' codes.
    said
        What the methods say.
    units
        The units that were coded.
    """
    differing = disagreements(pd.concat([codes, said], ignore_index=True), units)
    by_method = differing[differing["coder"] == METHOD].set_index(_KEY)["value"]
    answer = differing.join(by_method.rename("answer"), on=_KEY)["answer"]
    by_people = (differing["coder"] != METHOD) & (differing["value"] != "") & (answer != "")
    groups = [differing[column] for column in _KEY]
    coded = by_people.groupby(groups).transform("any")
    alike = (by_people & (differing["value"] == answer)).groupby(groups).transform("any")
    return differing[coded & ~alike].reset_index(drop=True)


def _in_order(table: pd.DataFrame, orders: dict[str, Iterable[str]]) -> pd.DataFrame:
    """Rows sorted by columns, each in an order of its own."""
    places = {
        column: {value: place for place, value in enumerate(order)}
        for column, order in orders.items()
    }
    return table.sort_values(
        list(orders),
        key=lambda column: column.map(places[column.name]),
        kind="stable",
        ignore_index=True,
    )
