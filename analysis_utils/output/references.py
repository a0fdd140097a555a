"""What a text cites, as readers see it: ``[@monroe2008]`` and the entry in ``references.bib``.

Texts cite as Pandoc does, so that a write-up made with Pandoc or LaTeX can use them as they are.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from analysis_utils.output.english import listed

#: The most authors that a citation names one by one.
MOST_AUTHORS = 3

#: A bracket with a key in it; not one that Markdown escapes.
_CITED = re.compile(r"(?<!\\)\[([^\[\]]*@[^\[\]]*)\]")
_KEY = re.compile(r"@([\w-]+)")
_ENTRY = re.compile(r"^@(\w+)\{([\w-]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^ *(\w+) = \{(.*)\},$", re.MULTILINE)


def cited(text: str) -> str:
    """The text with its citations as a reader expects them.

    >>> cited("Terms were ranked by log-odds [@monroe2008].")
    'Terms were ranked by log-odds (Monroe, Colaresi and Quinn 2008).'

    Raises
    ------
    KeyError
        If a key is not in ``references.bib``; the error names it.
    """
    return _CITED.sub(lambda group: f"({_KEY.sub(_author_and_year, group[1])})", text)


def references(text: str) -> list[str]:
    """The sources that a text cites, as entries of a list of references.

    >>> references("Frames have four functions [@entman1993].")[0][:32]
    'Entman, Robert M. (1993). Framin'

    Raises
    ------
    KeyError
        If a key is not in ``references.bib``; the error names it.
    """
    return sorted(map(_as_listed, _keys(text)), key=str.casefold)


def bibtex(text: str) -> str:
    """The entries of ``references.bib`` that a text cites, in the order of their keys.

    Raises
    ------
    KeyError
        If a key is not in ``references.bib``; the error names it.
    """
    return "\n".join(f"{_entry(key)['source']}\n" for key in sorted(_keys(text)))


def _keys(text: str) -> set[str]:
    return {key for group in _CITED.findall(text) for key in _KEY.findall(group)}


@cache
def _entries() -> dict[str, dict[str, str]]:
    """Fields of each entry by its key, beside ``source``, the entry as it is written."""
    text = files("analysis_utils.output").joinpath("references.bib").read_text(encoding="utf-8")
    return {
        entry[2]: {"source": entry[0], **{name: held for name, held in _FIELD.findall(entry[3])}}
        for entry in _ENTRY.finditer(text)
    }


def _entry(key: str) -> dict[str, str]:
    if key not in _entries():
        raise KeyError(f"{key} is cited, but is no key in output/references.bib: add its entry")
    return _entries()[key]


def _author_and_year(key: re.Match) -> str:
    entry = _entry(key[1])
    names = [name.partition(",")[0] for name in entry["author"].split(" and ")]
    told = listed(names) if len(names) <= MOST_AUTHORS else f"{names[0]} et al."
    return f"{told} {entry['year']}"


def _as_listed(key: str) -> str:
    """Authors, year, title, and where it appeared."""
    entry = {name: _plain(held) for name, held in _entry(key).items()}
    where = [_place(entry), entry.get("pages", ""), entry.get("publisher", "")]
    told = [_names(entry["author"]), f"({entry['year']}).", _ended(entry["title"])]
    return " ".join([*told, f"{', '.join(filter(None, where))}."])


def _place(entry: dict[str, str]) -> str:
    """What it appeared in: the journal with its volume, or the book with its editors."""
    if "journal" in entry:
        number = f"({entry['number']})" if "number" in entry else ""
        return f"{entry['journal']}, {entry['volume']}{number}"
    if "editor" in entry:
        return f"In {entry['booktitle']}, edited by {_names(entry['editor'])}"
    kinds = ("booktitle", "institution", "howpublished", "edition")
    return next((entry[kind] for kind in kinds if kind in entry), "")


def _names(names: str) -> str:
    """Names as ``and`` parts them in a file of BibTeX, apart where a name has a comma."""
    return "; ".join(names.split(" and "))


def _plain(held: str) -> str:
    return re.sub(r"[{}\\]", "", held).replace("--", "–")


def _ended(title: str) -> str:
    return title if title.endswith(("?", "!")) else f"{title}."
