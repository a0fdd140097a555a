"""Hand codes of a study: what their files must hold, and reading them.

The files are checked with the study, before anything is computed from them:
:mod:`analysis_utils.study.code_checks`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis_utils.files.csv_tables import CsvFault, read_csv, without_declared
from analysis_utils.files.normal_text import normal_text
from analysis_utils.study.file import Fault

if TYPE_CHECKING:
    import pandas as pd

#: Columns that each file of hand codes must have; it may have others.
CODE_COLUMNS = {
    "lines": ("article_id", "line_no", "kept"),
    "sentences": ("sentence_id", "line_no", "n_words", "text"),
    "mentions": ("sentence_id", "start", "end", "text", "actor", "kind"),
    "sentiment": ("sentence_id", "actor", "polarity", "voice"),
    "quotes": ("quote_id", "sentence_id", "type", "speaker", "cue", "start", "end", "text"),
    "triples": ("sentence_id", "agent", "verb", "object", "patient", "construction"),
    "labels": ("sentence_id", "actor", "of", "label", "relation"),
    "facts": ("fact_id", "fact", "status", "sentence_ids"),
    "alignment": ("sentence_id", "other_id", "strength"),
    "frames": ("coder", "sentence_id", "frame", "present"),
    "functions": ("outlet", "function", "statement", "sentence_id"),
}

#: Columns that tell the rows of a file apart; rows of the other files differ in any column.
KEYS = {
    "lines": ("article_id", "line_no"),
    "sentences": ("sentence_id",),
    "mentions": ("sentence_id", "start", "end", "actor", "kind"),
    "sentiment": ("sentence_id", "actor"),
    "quotes": ("quote_id", "sentence_id", "start"),
    "facts": ("fact_id",),
    "alignment": ("sentence_id", "other_id"),
    "frames": ("coder", "sentence_id", "frame"),
}

#: No page has a billion lines, and other scripts' digits are no numbers for a table.
_COUNT = ("[0-9]{1,9}", "Write a whole number, as in 12.")

#: What stands in a cell that is not any text: a pattern for the whole cell, and the mend.
CELLS = {
    "line_no": _COUNT,
    "n_words": _COUNT,
    "start": _COUNT,
    "end": _COUNT,
    "kept": ("True|TRUE|true|False|FALSE|false", "Write True or False."),
    "present": ("0|1", "Write 1 where the coder sees the frame, 0 where not."),
    "of": ("actor|act", "Write actor, or act for what the actor did."),
    "strength": ("strong|partial|none", "Write strong, partial, or none without other_id."),
    "polarity": ("-1|0|1", "Write -1 for unfavourable, 0 for neither or 1 for favourable."),
    "label": (r"(?s).*[^\W_].*", "Write the words that label the actor, or delete the row."),
    "kind": (
        "name|alias|description|pronoun|apposition|attributive|label|trap",
        "Write name, alias, description, pronoun, apposition, attributive, label or trap.",
    ),
    "type": (
        "direct|direct_partial|indirect|speech_act|unattributed",
        "Write direct, direct_partial, indirect, speech_act or unattributed.",
    ),
    "status": (
        r"shared|conflict|not_in_article|\S+_only",
        "Write shared, conflict, not_in_article, or the id of an outlet with _only behind it.",
    ),
}

#: Columns that are read as they are written, so that an id such as 2018 stays a text.
TEXT_COLUMNS = sorted(
    {name for names in CODE_COLUMNS.values() for name in names}
    - {"line_no", "n_words", "start", "end", "kept", "present", "polarity"}
)


def read_codes(folder: Path, name: str) -> pd.DataFrame | None:
    """Read the hand codes ``codes/<name>.csv`` in a study's folder.

    Parameters
    ----------
    folder
        The study's folder; the checks have found no fault in it.
    name
        Name of the codes, see ``CODE_COLUMNS``.

    Returns
    -------
    One row a code with the columns of the file, None if the study has no such
    codes.  Texts are normal text, as the articles' are that they quote.  Empty cells are empty
    strings, not missing values.
    """
    import pandas as pd

    path = code_file(folder, name)
    if not path.is_file():
        return None
    types = dict.fromkeys(TEXT_COLUMNS, str)
    text = without_declared(path.read_bytes().decode("utf-8-sig"))
    table = pd.read_csv(io.StringIO(text, newline=""), keep_default_na=False, dtype=types)
    for column in table.columns.intersection(TEXT_COLUMNS):
        table[column] = table[column].map(normal_text)
    return table


def code_file(folder: Path, name: str) -> Path:
    """Where a study's hand codes of this name lie, if there are any."""
    return folder / "codes" / f"{name}.csv"


@dataclass
class Codes:
    """The cells of a file of codes as normal text, with the line of every row."""

    path: Path
    heading: list[str]
    rows: list[list[str]]
    lines: list[int]

    def column(self, name: str) -> list[tuple[int, str]]:
        """Line and cell of every row; nothing if there is no such column."""
        if name not in self.heading:
            return []
        place = self.heading.index(name)
        return [(line, row[place]) for line, row in zip(self.lines, self.rows, strict=True)]


def read_cells(path: Path) -> Codes | Fault:
    """What stands in a CSV file, or why it cannot be read."""
    try:
        rows = [row for row in read_csv(path.read_bytes().decode("utf-8-sig")) if row.cells]
    except UnicodeDecodeError:
        mend = "Save it again with the encoding UTF-8."
        return Fault(str(path), None, "", "the file is not in UTF-8.", mend)
    except CsvFault as fault:
        return Fault(str(path), fault.line, "", fault.problem, fault.mend)
    except OSError as error:
        mend = "Make it readable, or delete it."
        return Fault(str(path), None, "", f"the file cannot be read ({error.strerror}).", mend)
    heading = rows[0].cells if rows else []
    texts = [[normal_text(cell) for cell in row.cells] for row in rows[1:]]
    return Codes(path, heading, texts, [row.line for row in rows[1:]])
