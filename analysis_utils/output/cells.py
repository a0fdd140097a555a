"""How notebooks show tables and computed prose: escaped, aligned, the same in every run."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from pandas.api.types import is_integer_dtype, is_numeric_dtype

from analysis_utils.files.normal_text import UNSEEN
from analysis_utils.output.english import counted

_TEXT = "text-align: left; vertical-align: top; white-space: normal"
_NUMBER = "text-align: right; vertical-align: top; font-variant-numeric: tabular-nums"
_CAPTION = "text-align: left; font-style: italic"
_LONG_TEXT = f"{_TEXT}; min-width: 17em"  # more than thirty letters

#: Characters of a text from which on its column is never narrow.
_LONG = 80

#: Characters of a text that a table shows at most: pages can hold megabytes on one line.
LONGEST_CELL = 3000

# What nobody sees, what steers a terminal or parts lines, and what no file of text can hold.
_HIDDEN = re.compile(
    f"{UNSEEN.pattern}|[\x0b-\x0d\x1c-\x1f\x80-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)

# Words without a digit: of "1e-05" nothing, not even the "e".
_WORDS = re.compile(r"\b[^\W\d]+\b")


@dataclass(frozen=True)
class Shown:
    """What a notebook shows: HTML, and plain words where there is only text."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return visible(self.html)

    def __repr__(self) -> str:
        return visible(self.text)


def together(*parts: Shown) -> Shown:
    """One below the other."""
    return Shown("".join(part.html for part in parts), "\n".join(part.text for part in parts))


def visible(text: str) -> str:
    """The text with characters that would only act, and not be seen, as their numbers.

    Tabs and ends of lines stay, and so do the joiners inside an emoji.

    >>> visible("abc\u202egnp.exe")
    'abc[U+202E]gnp.exe'
    """
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def shortened(text: str, most: int = LONGEST_CELL) -> str:
    """The beginning of a text that is longer than this, and how much was left off.

    >>> shortened("aaaaaaaaaa", 4)
    'aaaa… [6 more characters]'
    """
    if len(text) <= most:
        return text
    return f"{text[:most]}… [{len(text) - most:,} more characters]"


def table(
    frame: pd.DataFrame,
    caption: str = "",
    *,
    names: Mapping[str, Mapping[str, str]] | None = None,
    decimals: int = 2,
    empty: str = "None.",
) -> Shown:
    """A table as HTML: text wraps and is escaped, numbers line up, no row numbers.

    A text of more than ``LONGEST_CELL`` characters is cut, and says by how much.

    Row numbers are hidden; an index with a name or with text labels is shown.

    Parameters
    ----------
    frame
        What to show.
    caption
        Shown above the table.
    names
        What to show instead of ids, by column: ``{"outlet": {"tass": "TASS"}}``.
    decimals
        Places after the point of numbers that are not whole.
    empty
        What to say instead of a table without rows.

    Raises
    ------
    ValueError
        If two columns share a name.
    """
    if frame.empty:
        return prose(f"{caption} {empty}".strip())
    if not frame.columns.is_unique:
        raise ValueError("a table to show needs different names for its columns")
    frame = frame.replace({column: dict(ids) for column, ids in (names or {}).items()})
    frame = frame.map(lambda cell: shortened(cell) if isinstance(cell, str) else cell)
    return Shown(
        _as_html(frame, caption, decimals),
        f"{caption} [table of {counted(len(frame), 'row')}]".strip(),
    )


def _as_html(frame: pd.DataFrame, caption: str, decimals: int) -> str:
    from pandas.io.formats.style import Styler  # heavy: loads a template engine

    styler = Styler(
        _no_signed_zeros(frame, decimals),
        uuid=_name(frame, caption),
        cell_ids=False,
        caption=html.escape(caption) or None,
    )
    styler = styler.format(precision=decimals, na_rep="–", escape="html")
    styler = styler.format_index(escape="html", axis=0)
    styler = styler.format_index(_heading, escape="html", axis=1)
    for axis in (0, 1):
        styler = styler.format_index_names(escape="html", axis=axis)
    if frame.index.name is None and is_integer_dtype(frame.index):
        styler = styler.hide(axis="index")
    return styler.set_table_styles(_styles(frame)).to_html()


def _name(frame: pd.DataFrame, caption: str) -> str:
    """A name for the HTML of a table, where the styler would draw a random one in every run.

    Numbers are left out, as a score that rounds the other way on another machine is no
    other table.  Tables that share all their words share the name: as the styles are part
    of it, the rules of one are those of the other.
    """
    told = f"{caption} {list(frame.columns)} {frame.to_csv()}"
    named = f"{_WORDS.findall(told)}{_styles(frame)}"
    return hashlib.sha256(named.encode()).hexdigest()[:8]


def _no_signed_zeros(frame: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """Numbers that round to zero are zero, so that -0.001 is not shown as "-0.00"."""
    frame = frame.copy()
    fractions = frame.select_dtypes("float").columns
    frame[fractions] = frame[fractions].mask(frame[fractions].abs() < 0.5 * 10**-decimals, 0.0)
    return frame


def _heading(column: str) -> str:
    """The name of a column as words, so that a long one can wrap."""
    return str(column).replace("_", " ")


def _styles(frame: pd.DataFrame) -> list[dict]:
    """One rule a column, for its cells and its heading: text left, numbers right."""
    rules = {"caption": _CAPTION, "th.row_heading": _TEXT}
    for place, column in enumerate(frame.columns):
        rules[f".col{place}"] = _style(frame[column])
    return [{"selector": selector, "props": props} for selector, props in rules.items()]


def _style(column: pd.Series) -> str:
    if is_numeric_dtype(column):
        return _NUMBER
    return _LONG_TEXT if column.astype(str).str.len().gt(_LONG).any() else _TEXT


def prose(text: str) -> Shown:
    """Computed text as paragraphs, cut at blank lines; nothing in it is taken for markup."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n") if part)
    return Shown(f'<div class="prose">{paragraphs}</div>', text)


#: More outlets than this stand below each other, not side by side.
MOST_COLUMNS = 3


def evidence(
    rows: pd.DataFrame, outlets: Mapping[str, str], caption: str = "", *, most: int = 10
) -> Shown:
    """Sentences of the articles as evidence, side by side by outlet.

    Parameters
    ----------
    rows
        One row a sentence, the most telling first: ``outlet``, ``sentence_id``, ``text`` and, if
        wanted, ``matter`` (what the sentence bears on; sentences of one matter stand on one level),
        ``head`` (what stands above the level) and ``note`` (a few words below the sentence, such
        as whose words they are).  What rests on no one sentence has an empty id.
    outlets
        Names by id.
    caption
        Shown above.
    most
        Rows that are shown at most: matters if there are any, else sentences of each outlet.
        Of many outlets no more sentences are shown than three columns of so many rows hold.
    """
    if rows.empty:
        return prose(f"{caption} None.".strip())
    told = rows.assign(level=_levels(rows)).sort_values("level", kind="stable")
    told = told[told["level"] < most].head(MOST_COLUMNS * most)
    if len(outlets) <= MOST_COLUMNS:
        kind, head = "evidence", [html.escape(name) for name in outlets.values()]
        laid_out = _beside
    else:
        kind, head, laid_out = "evidence listed", ["outlet", "sentence"], _below
    lines = [
        _head(level, len(head)) + laid_out(level, outlets) for _, level in told.groupby("level")
    ]
    title = f'<caption style="{_CAPTION}">{html.escape(caption)}</caption>' if caption else ""
    return Shown(
        f'<table class="{kind}">{title}<thead>{_line(head, "th")}</thead>'
        f"<tbody>{''.join(lines)}</tbody></table>",
        "\n".join([caption, *(f"{outlets[row.outlet]}: {row.text}" for row in told.itertuples())]),
    )


def _levels(rows: pd.DataFrame) -> pd.Series:
    if "matter" in rows:
        return pd.Series(pd.factorize(rows["matter"])[0], index=rows.index)
    return rows.groupby("outlet").cumcount()


def _beside(level: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """What the outlets tell of one matter, in a column each."""
    return _line(["".join(map(_sentence, _of(level, outlet))) for outlet in outlets])


def _below(level: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """What the outlets tell of one matter, in a row each."""
    rows = level.to_dict("records")
    return "".join(_line([html.escape(outlets[row["outlet"]]), _sentence(row)]) for row in rows)


def _head(level: pd.DataFrame, columns: int) -> str:
    """What stands above the sentences of one matter, if anything does."""
    if "head" not in level:
        return ""
    head = html.escape(level["head"].iloc[0])
    return f'<tr><th colspan="{columns}" style="{_TEXT}">{head}</th></tr>'


def _line(told: Iterable[str], tag: str = "td") -> str:
    cells = "".join(f'<{tag} style="{_TEXT}">{cell}</{tag}>' for cell in told)
    return f"<tr>{cells}</tr>"


def _of(rows: pd.DataFrame, outlet: str) -> list[dict]:
    return rows[rows["outlet"] == outlet].to_dict("records")


def _sentence(row: Mapping) -> str:
    text = html.escape(shortened(row["text"]))
    note = f"<br><small>{html.escape(row['note'])}</small>" if row.get("note") else ""
    # A space that does not break: no mark stands alone on a line.
    link = f"\u00a0{sentence_link(row['sentence_id'])}" if row["sentence_id"] else ""
    return f"<p>{text}{link}{note}</p>"


def sentence_link(sentence_id: str) -> str:
    """A small mark that leads to a sentence among the tellings of the first notebook."""
    target, shown = html.escape(sentence_id), html.escape(sentence_id.rpartition(":")[2])
    return f'<a class="sentence" href="0_findings.ipynb#{target}" title="{target}">{shown}</a>'


def caption(text: str) -> Shown:
    """The caption of a figure as a paragraph in italics."""
    return Shown(f'<div class="prose"><p><em>{html.escape(text)}</em></p></div>', text)
