"""Exports of ProQuest: fields with their names, a line of underscores between two articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.own_study.exports.parts import n_words_in, paragraphs, shown
from analysis_utils.own_study.page import Taken

_RULE = re.compile(r"_{20,}")
_NAMES = (
    "abstract|abstract \\(summary\\)|links|full text|subject|location|people|company / organization"
    "|company|organization|title|alternate title|author|authors|byline|publication title"
    "|publication info|publication subject|first page|pages|number of pages|publication year"
    "|publication date|year|section|publisher|place of publication|country of publication|issn"
    "|e-issn|isbn|source type|language of publication|document type|document feature"
    "|proquest document id|document url|copyright|last updated|database|credit|dateline|column"
    "|classification|identifier / keyword|identifiers / keywords|illustration|word count|length"
    "|volume|issue|source attribution|accession number|business indexing term|details|edition"
)
_FIELD = re.compile(rf"(?P<name>{_NAMES})\s*(?::|$)\s*(?P<value>.*)", re.IGNORECASE)
_BARE = ("full text", "abstract", "details")
_FOOT = re.compile(
    r"(?:Contact us at|Contact ProQuest|Database copyright|Copyright ©? ?\d{4} ProQuest"
    r"|Terms and Conditions|Bibliography|Citation style).*",
    re.IGNORECASE,
)


def is_proquest(lines: Sequence[str]) -> bool:
    """Whether the lines of a file are those of an export of ProQuest."""
    names = {found["name"].lower() for line in shown(lines) if (found := _field(line))}
    told = {"publication title", "publication info", "proquest document id", "document url"}
    return "full text" in names and len(names & told) > 0


def is_proquest_list(lines: Sequence[str]) -> bool:
    """Whether it is an export of ProQuest without the texts."""
    names = {found["name"].lower() for line in shown(lines) if (found := _field(line))}
    return "full text" not in names and {"proquest document id", "publication title"} <= names


def proquest_articles(lines: Sequence[str], source: str) -> Iterator[Taken]:
    """The articles of an export, each with the fields that the export gives."""
    number = 0
    for ruled, group in groupby(lines, lambda line: bool(_RULE.fullmatch(line.strip()))):
        unit = list(group)
        fields = {} if ruled else _fields(unit)
        if fields.keys() & {"full text", "publication title", "publication info"}:
            number += 1
            yield _article(unit, fields, f"{source}, no. {number}")


def _field(line: str) -> re.Match | None:
    """A field with its name; three of them may stand without a colon, as headings."""
    found = _FIELD.fullmatch(line)
    is_heading = found is not None and line.casefold() in _BARE
    return found if found is not None and (":" in line or is_heading) else None


def _fields(unit: Sequence[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    name = ""
    for line in unit:
        plain = tidy(line)
        if _FOOT.fullmatch(plain):
            name = "foot"
            fields.setdefault(name, [])
        elif (found := _field(plain)) and not (name == "full text" and _in_text(found)):
            name = found["name"].lower()
            fields.setdefault(name, []).append(found["value"])
        elif name:
            fields[name].append(line)
    return fields


def _in_text(found: re.Match) -> bool:
    """Whether a line that looks like a field is one of the text: names of fields are followed by
    little, and a text seldom has them."""
    return len(found["value"].split()) > 40 and found["name"].lower() != "full text"


def _article(unit: Sequence[str], fields: dict[str, list[str]], source: str) -> Taken:
    value = {name: " ".join(shown(told)) for name, told in fields.items()}
    info = value.get("publication info", "")
    outlet = value.get("publication title") or info
    headline = value.get("title") or next(iter(shown(unit)), "")
    dated = re.search(r"\.\s*(\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4})", info)
    length = value.get("word count") or value.get("length") or ""
    return Taken(
        outlet=re.split(r"\s*;", outlet)[0],
        source=source,
        text=paragraphs(fields.get("full text", [])),
        headline=re.sub(r"\s*(?:\[[^\]]*\]\s*)+$", "", headline),
        byline=value.get("author") or value.get("authors") or value.get("byline", ""),
        section=value.get("section", ""),
        date=value.get("publication date") or (dated[1] if dated else ""),
        address=value.get("document url", ""),
        n_given=n_words_in(length) or n_words_in(f"{length} words"),
    )
