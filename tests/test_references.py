"""Citations: every key is known, told as readers expect, and nothing uncited is listed."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from analysis_utils.output import references
from analysis_utils.output.references import bibtex, cited
from analysis_utils.output.references import references as listed
from analysis_utils.output.snippets import markdown_cited, markdown_text

BIB = files("analysis_utils.output").joinpath("references.bib").read_text(encoding="utf-8")
THEMES = Path(references.__file__).parent.parent / "themes"
KEYS = re.findall(r"^@\w+\{([\w-]+),", BIB, re.MULTILINE)


def test_citations_are_told_by_author_and_year():
    text = "Ranked [@monroe2008], after others [@entman1993; @song2020, p. 7] and [none]."
    assert cited(text) == (
        "Ranked (Monroe, Colaresi and Quinn 2008), after others (Entman 1993; Song et al. 2020,"
        " p. 7) and [none]."
    )


def test_only_what_is_cited_is_listed_and_once():
    text = "One [@vandijk1988]. Two [@entman1993; @vandijk1988]."
    assert [entry.split(" (")[0] for entry in listed(text)] == [
        "Entman, Robert M.",
        "van Dijk, Teun A.",
    ]
    assert re.findall(r"^@\w+\{(\w+),", bibtex(text), re.MULTILINE) == ["entman1993", "vandijk1988"]
    assert listed("None.") == [] and bibtex("None.") == ""


@pytest.mark.parametrize("function", [cited, listed, bibtex])
def test_an_unknown_key_is_named(function):
    with pytest.raises(KeyError, match="nobody1900"):
        function("As is known [@monroe2008; @nobody1900].")


@pytest.mark.parametrize("key", KEYS)
def test_every_entry_can_be_read(key):
    (entry,) = listed(f"[@{key}]")
    year = key[-4:]
    surname = re.sub(r"\W", "", entry.split(",")[0]).casefold().translate(str.maketrans("üä", "ua"))
    assert f"({year})" in entry and key == surname + year
    assert not set(entry) & set("{}\\") and "--" not in entry and ".." not in entry
    fields = set(references._entry(key)) - {"source"}
    assert {"author", "year", "title"} < fields
    assert len(fields) == bibtex(f"[@{key}]").count(" = {")


def test_keys_are_unique_and_in_order():
    assert sorted(set(KEYS)) == KEYS


def test_what_markdown_escapes_is_no_citation():
    assert bibtex(markdown_text("Told by [@nobody] and [@monroe2008]")) == ""
    assert (
        markdown_cited("*Told* [@monroe2008] by @nobody") == r"\*Told\* [@monroe2008] by \@nobody"
    )


@pytest.mark.parametrize(
    "path", sorted(THEMES.rglob("words.py")), ids=lambda path: path.parent.name
)
def test_whatever_a_theme_cites_is_in_the_bibliography(path):
    listed(" ".join(re.findall(r"\[@[\w-]+(?:; @[\w-]+)*\]", path.read_text(encoding="utf-8"))))
