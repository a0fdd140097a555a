"""Short tables for a write-up: their cells as they are read, and as LaTeX."""

from __future__ import annotations

import pandas as pd
from pandas.api.types import is_numeric_dtype

from analysis_utils.output import cells
from analysis_utils.output.snippets import latex_text

#: What stands for a missing value.
MISSING = "–"

#: Letters up to which a column of texts is no wider than its words.
_NARROW = 10


def as_read(table: pd.DataFrame) -> pd.DataFrame:
    """The table as texts: numbers that are not whole with two decimals, a dash for none."""
    return table.astype(object).map(_cell).rename(columns=lambda name: cells.visible(str(name)))


def _cell(value: object) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return MISSING
    if isinstance(value, float):
        return f"{round(value, 2) + 0:.2f}"  # adding 0 leaves no minus zero
    return cells.visible(str(value))


def latex_table(table: pd.DataFrame, name: str, caption: str) -> str:
    """A table for a page or a column of LaTeX, which needs ``booktabs`` and ``tabularx``.

    Parameters
    ----------
    table
        What to show, as it is to be read: names rather than ids.
    name
        What the label says after ``tab:``.
    caption
        What is shown, n, the method, the interval.
    """
    read = as_read(table)
    lines = [read.columns, *read.itertuples(index=False)]
    head, *body = [" & ".join(map(latex_text, line)) + r" \\" for line in lines]
    columns = [
        _latex_column(is_number, read[column])
        for is_number, column in zip(map(is_numeric_dtype, table.dtypes), read, strict=True)
    ]
    begin, end = _environment("".join(columns))
    return "\n".join(
        [
            r"% \usepackage{booktabs,tabularx}",
            r"\begin{table}[t]",
            rf"  \caption{{{latex_text(caption)}}}",
            rf"  \label{{tab:{name}}}",
            r"  \footnotesize\setlength{\tabcolsep}{4pt}",
            f"  {begin}",
            *(f"    {line}" for line in (r"\toprule", head, r"\midrule", *body, r"\bottomrule")),
            f"  {end}",
            r"\end{table}",
            "",
        ]
    )


def _environment(columns: str) -> tuple[str, str]:
    """As wide as the text where a column can wrap, else as wide as its cells."""
    kind, width = ("tabularx", r"{\linewidth}") if "X" in columns else ("tabular", "")
    return rf"\begin{{{kind}}}{width}{{@{{}}{columns}@{{}}}}", rf"\end{{{kind}}}"


def _latex_column(is_number: bool, read: pd.Series) -> str:
    if is_number:
        return "r"
    return "l" if longest(read) <= _NARROW else r">{\raggedright\arraybackslash}X"


def longest(read: pd.Series) -> int:
    """Letters of the longest cell or heading."""
    return max(len(str(read.name)), int(read.str.len().max()) if len(read) else 0)
