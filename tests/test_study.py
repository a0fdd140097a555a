"""A study is read whole or not at all, and every fault names file, line, key and mend."""

import hashlib
import os
import shutil
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis_utils.files.workspace import build_root, collection
from analysis_utils.study import StudyError, current_study, read_study, study_names
from analysis_utils.study.checks import TABLE_HEADINGS, same_phrase
from analysis_utils.study.parts import Actor, ArticleEntry

GOOD = """\
event:
  title: A bridge closes
  start: 2020-03-01
outlets:
  - id: north
    name: Northern Post
  - id: south
    name: Southern Mail
articles:
  - outlet: north
    page: pages/north.txt
  - outlet: south
    page: pages/south.html
actors:
  - id: city
    name: City of Rivers
    kind: institution
    aliases: [Rivers]
    descriptions:
      - the town’s council
  - id: mayor
    name: Ada Brook
    kind: person
"""


@pytest.fixture
def folder(tmp_path):
    """A small study without faults."""
    folder = tmp_path / "bridge"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "north.txt").write_text("The bridge is closed.")
    (folder / "pages" / "south.html").write_text("<p>The bridge is closed.</p>")
    (folder / "pages" / "extra.txt").write_text("A page that the study does not name.")
    (folder / "study.yml").write_text(GOOD)
    return folder


def spoil(folder, old="", new=""):
    """Replace a part of the good study; the part must be there."""
    assert old in GOOD
    (folder / "study.yml").write_text(GOOD.replace(old, new, 1))


def faults_of(folder):
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    assert len(caught.value.faults) == len(set(caught.value.faults)) > 0
    assert all(str(fault) in str(caught.value) for fault in caught.value.faults)
    return caught.value.faults


# --- What is read -------------------------------------------------------------------------


def test_a_small_study_reads_with_its_defaults(folder):
    study = read_study(folder)
    assert study.name == "bridge" and study.folder == folder
    assert study.event.start == study.event.end == date(2020, 3, 1)
    assert [entry.id for entry in study.articles] == ["north", "south"]
    assert study.outlet_names == {"north": "Northern Post", "south": "Southern Mail"}
    assert study.actor("city").pronouns == ("it", "its", "itself")
    assert {"he", "she", "their"} < set(study.actor("mayor").pronouns)
    assert study.merge_terms == {}
    assert study.codes("mentions") is None


def test_what_is_unknown_is_a_key_error_that_lists_the_known(folder):
    study = read_study(folder)
    with pytest.raises(KeyError, match="north, south"):
        study.outlet("east")
    with pytest.raises(KeyError, match="city, mayor"):
        study.actor("east")


def test_a_study_does_not_change_once_read(folder):
    study = read_study(folder)
    with pytest.raises(ValidationError):
        study.event = None
    with pytest.raises(ValidationError):
        study.outlet("north").name = "Other"


@pytest.mark.parametrize("empty", ["", " ~", " null", ' ""'])
def test_an_optional_key_may_be_left_empty(folder, empty):
    spoil(folder, "    name: Northern Post\n", f"    name: Northern Post\n    country:{empty}\n")
    assert read_study(folder).outlet("north").country == ""


def test_words_that_yaml_takes_for_others_stay_words(folder):
    spoil(folder, "name: Northern Post", "name: Northern Post\n    country: No")
    assert read_study(folder).outlet("north").country == "No"


def test_a_day_stays_a_day_and_a_time_keeps_its_zone(folder):
    page = "    page: pages/north.txt\n"
    spoil(folder, page, page + "    published: 2020-03-02\n")
    assert read_study(folder).articles[0].published == date(2020, 3, 2)
    assert type(read_study(folder).articles[0].published) is date
    spoil(folder, page, page + "    published: 2020-03-02T11:06+03:00\n")
    zone = timezone(timedelta(hours=3))
    assert read_study(folder).articles[0].published == datetime(2020, 3, 2, 11, 6, tzinfo=zone)


def test_a_study_written_with_a_byte_order_mark_and_windows_line_ends_reads(folder):
    (folder / "study.yml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_study(folder).event.title == "A bridge closes"


def test_pronouns_may_be_narrowed_to_none():
    assert Actor(id="a", name="A", kind="person", pronouns=()).pronouns == ()


def test_pronouns_are_read_without_capitals_and_may_be_none(folder):
    spoil(folder, "    kind: person", "    kind: person\n    pronouns: [She, HERS]")
    assert read_study(folder).actor("mayor").pronouns == ("she", "hers")
    spoil(folder, "    kind: person", "    kind: person\n    pronouns: []")
    assert read_study(folder).actor("mayor").pronouns == ()


def test_an_id_given_wins_over_the_name_of_the_page():
    assert ArticleEntry(page="pages/x.txt", outlet="o").id == "x"
    assert ArticleEntry(page="pages/x.txt", outlet="o", id="y").id == "y"


def test_a_page_may_be_a_link_inside_the_study(folder):
    (folder / "pages" / "link.txt").symlink_to("north.txt")
    spoil(folder, "pages/north.txt", "pages/link.txt")
    assert read_study(folder).articles[0].page == "pages/link.txt"


# --- One fault at a time ------------------------------------------------------------------

#: Part of the good study, what stands there instead, and the fault: line, key, words of
#: the problem and words of the mend.
FAULTS = {
    "unknown key": (
        "  title:", "  titel: x\n  title:", 2, "event > titel", "no key", "Did you mean title?",
    ),
    "unknown key of a pattern": (
        "    name: Northern Post", "    name: N\n    page_patterns:\n      - {kind: date,"
        " pattern: x, reason: y, why: z}", 8, "outlets > no. 1 > page_patterns > no. 1 > why",
        "no key", "kind, pattern, reason",
    ),
    "unknown part": ("event:", "events: x\nevent:", 1, "events", "no key", "Did you mean event?"),
    "folder is no key": ("event:", "folder: x\nevent:", 1, "folder", "no key", "The keys are"),
    "missing key": ("  title: A bridge closes\n", "", 1, "event > title", "missing", "`title:`"),
    "required key left empty": (
        "A bridge closes", "", 2, "event > title", "missing", "what happened",
    ),
    "missing event": (
        GOOD[: GOOD.index("outlets")], "", 1, "event", "missing", "Add `event:`",
    ),
    "missing kind": (
        "    kind: person\n", "", 21, "actors > no. 2 > kind", "missing", "what the actor is",
    ),
    "missing page": (
        "pages/north.txt", "pages/nort.txt", 11, "articles > no. 1 > page",
        "no file pages/nort.txt", "Did you mean pages/north.txt?",
    ),
    "page key missing": (
        "    page: pages/north.txt\n", "", 10, "articles > no. 1 > page", "missing", "`page:`",
    ),
    "page above the folder": (
        "pages/north.txt", "../north.txt", 11, "articles > no. 1 > page", "outside",
        "Copy the page",
    ),
    "page from the root": (
        "pages/north.txt", "/north.txt", 11, "articles > no. 1 > page", "outside", "Copy the page",
    ),
    "page with backslashes": (
        "pages/north.txt", r"pages\north.txt", 11, "articles > no. 1 > page", "backslashes",
        "Write pages/north.txt.",
    ),
    "page with a sign that no name has": (
        "pages/north.txt", '"pages/\\0.txt"\n    id: a', 11, "articles > no. 1 > page",
        "no name of a file", "special characters",
    ),
    "kind of page that is not read": (
        "pages/north.txt", "pages/north.docx", 11, "articles > no. 1 > page", "no kind of page",
        ".txt, .html, .htm",
    ),
    "page used twice": (
        "pages/south.html", "./pages/north.txt\n    id: south", 13, "articles > no. 2 > page",
        "page of no. 1", "another page",
    ),
    "folder instead of a page": (
        "pages/north.txt", "pages", 11, "articles > no. 1 > page", "no kind of page", ".txt",
    ),
    "shared alias": (
        "    kind: person", "    kind: person\n    aliases: [Brook, rivers]", 24,
        "actors > no. 2 > aliases > no. 2", "'rivers' is a name of city already", "one actor",
    ),
    "shared description": (
        "    kind: person", "    kind: person\n    descriptions: [Town's  council]", 24,
        "actors > no. 2 > descriptions > no. 1", "name of city", "one actor",
    ),
    "shared name": (
        "Ada Brook", "The City of Rivers", 22, "actors > no. 2 > name", "name of city",
        "tells them apart",
    ),
    "two outlets of one name": (
        "Southern Mail", "northern  post", 8, "outlets > no. 2 > name", "the name of no. 1",
        "tells them apart",
    ),
    "outlet named like a column": (
        "Southern Mail", "Total", 8, "outlets > no. 2 > name", "a column 'total'",
        "another `name`",
    ),
    "outlet with the id of a column": (
        GOOD[GOOD.index("  - id: south") : GOOD.index("    page: pages/south")],
        "  - id: term\n    name: Southern Mail\narticles:\n  - outlet: north\n"
        "    page: pages/north.txt\n  - outlet: term\n", 7, "outlets > no. 2 > id",
        "a column 'term'", "another `id`",
    ),
    "unknown pronoun": (
        "    kind: person", "    kind: person\n    pronouns: [She, hers, hem]", 24,
        "actors > no. 2 > pronouns > no. 3", "'hem' is no pronoun", "Did you mean them?",
    ),
    "empty alias": (
        "[Rivers]", '[Rivers, " "]', 18, "actors > no. 1 > aliases > no. 2", "empty",
        "Write it out",
    ),
    "alias that is an article only": (
        "[Rivers]", "[The]", 18, "actors > no. 1 > aliases > no. 1", "names nobody", "Add the noun",
    ),
    "alias that is no list": (
        "[Rivers]", "Rivers", 18, "actors > no. 1 > aliases", "a list belongs here", "`- `",
    ),
    "name that is a list": (
        "Ada Brook", "[Ada, Brook]", 22, "actors > no. 2 > name", "a text belongs here", "one text",
    ),
    "actor that is a word": (
        "actors:\n", "actors:\n  - Ada\n", 15, "actors > no. 1", "keys with values",
        "`key: value`",
    ),
    "outlets that are no list": (
        GOOD[GOOD.index("outlets:") : GOOD.index("articles:")], "outlets: {north: x, south: y}\n",
        4, "outlets", "a list belongs here", "`- `",
    ),
    "kind of actor": (
        "kind: person", "kind: persn", 23, "actors > no. 2 > kind", "none of the kinds",
        "Did you mean person?",
    ),
    "date that is none": (
        "2020-03-01", "2020-02-30", 3, "event > start", "not a date", "year-month-day",
    ),
    "date in words": ("2020-03-01", "1 March 2020", 3, "event > start", "not a date", "2018-06-14"),
    "time for a day": (
        "2020-03-01", "2020-03-01T10:00+01:00", 3, "event > start", "not a date", "year-month-day",
    ),
    "end before start": (
        "2020-03-01", "2020-03-01\n  end: 2020-02-01", 4, "event > end", "before it starts",
        "Correct",
    ),
    "end without start": (
        "start: 2020-03-01", "end: 2020-02-01", 3, "event > end", "no first", "Add `start`",
    ),
    "time without zone": (
        "pages/north.txt", "pages/north.txt\n    published: 2020-03-01 10:30", 12,
        "articles > no. 1 > published", "without its zone", "2020-03-01T10:30+03:00",
    ),
    "published that is none": (
        "pages/north.txt", "pages/north.txt\n    published: yesterday", 12,
        "articles > no. 1 > published", "not a date", "year-month-day",
    ),
    "address of a script": (
        "pages/north.txt", "pages/north.txt\n    address: javascript:x", 12,
        "articles > no. 1 > address", "no web address", "https://",
    ),
    "unknown outlet": (
        "articles:", "articles:\n  - {outlet: nort, page: pages/extra.txt}", 10,
        "articles > no. 1 > outlet", "no outlet with the id 'nort'", "Did you mean north?",
    ),
    "outlet without an article": (
        "articles:", "  - id: east\n    name: East\narticles:", 9, "outlets > no. 3",
        "east has no article", "Add an article",
    ),
    "one outlet": (
        "  - id: south\n    name: Southern Mail\narticles:\n  - outlet: north\n"
        "    page: pages/north.txt\n  - outlet: south\n    page: pages/south.html\n",
        "articles:\n  - outlet: north\n    page: pages/north.txt\n", 4, "outlets",
        "two outlets or more", "Add an outlet",
    ),
    "id twice": (
        "id: mayor", "id: CITY", 21, "actors > no. 2 > id", "'CITY' is taken by no. 1", "another",
    ),
    "id of a page twice": (
        "pages/south.html", "pages/south.html\n    id: north", 14, "articles > no. 2 > id",
        "'north' is taken by no. 1", "another",
    ),
    "id with a space": (
        "id: mayor", "id: Frau Bürgermeister", 21, "actors > no. 2 > id", "no id",
        "Write `id: frau-burgermeister`.",
    ),
    "pattern that does not compile": (
        "    name: Northern Post", "    name: N\n    page_patterns:\n      - kind: date\n"
        "        pattern: (x\n        reason: y", 9,
        "outlets > no. 1 > page_patterns > no. 1 > pattern", "no regular expression", "backslash",
    ),
    "pattern with a number too large": (
        "    name: Northern Post", "    name: N\n    page_patterns:\n      - kind: date\n"
        "        pattern: 'a{99999999999}'\n        reason: y", 9,
        "outlets > no. 1 > page_patterns > no. 1 > pattern", "no regular expression",
        "backslash",
    ),
    "pattern with flags that fight": (
        "    name: Northern Post", "    name: N\n    page_patterns:\n      - kind: date\n"
        "        pattern: '(?a)(?u)x'\n        reason: y", 9,
        "outlets > no. 1 > page_patterns > no. 1 > pattern", "no regular expression",
        "backslash",
    ),
    "pattern with numbers inside numbers": (
        "    name: Northern Post", "    name: N\n    page_patterns:\n      - kind: date\n"
        "        pattern: '(?:(?:(?:(?:a{500}){500}){500}){500})'\n        reason: y", 9,
        "outlets > no. 1 > page_patterns > no. 1 > pattern", "more than 2 seconds",
        "shorter",
    ),
    "pattern of deep brackets": (
        "    name: Northern Post", "    name: N\n    page_patterns:\n      - kind: date\n"
        f"        pattern: {'(' * 5000}a{')' * 5000}\n        reason: y", 9,
        "outlets > no. 1 > page_patterns > no. 1 > pattern", "too much memory",
        "shorter",
    ),
    "kind of line": (
        "    name: Northern Post", "    name: N\n    page_patterns:\n      - kind: headlin\n"
        "        pattern: x\n        reason: y", 8,
        "outlets > no. 1 > page_patterns > no. 1 > kind", "none of the kinds",
        "Did you mean headline?",
    ),
    "key twice": (
        "    kind: person", "    kind: person\n    name: Ada", 24, "actors > no. 2 > name",
        "again, after line 22", "Keep one",
    ),
    "key that is no word": (
        "actors:", "{{x}}: y\nactors:", 14, "", "plain word", "quotation marks",
    ),
    "spelling under two terms": (
        "actors:", "merge_terms:\n  bridge: [brig]\n  span: [Brig]\nactors:", 16,
        "merge_terms > span > no. 1", "merged into 'bridge'", "one term",
    ),
    "spellings that are no list": (
        "actors:", "merge_terms:\n  bridge: brig\nactors:", 15, "merge_terms > bridge",
        "a list belongs here", "`- `",
    ),
    "terms that are a list": (
        "actors:", "merge_terms: [bridge]\nactors:", 14, "merge_terms", "terms with", "`term:",
    ),
    "a colon inside a value": (
        "A bridge closes", "Breaking: a bridge closes", 2, "column 18", "no valid YAML",
        "quotation marks",
    ),
    "a backslash": (
        "A bridge closes", r'"C:\docs closes"', 2, "column 14", "unknown escape", "for a backslash",
    ),
    "a sign beyond all signs": (
        "A bridge closes", r'"A \U00110000"', 2, "", "no sign has the number", "the sign itself",
    ),
    "half of a sign": (
        "A bridge closes", r'"A \ud83d"', 2, "event > title", "half of a sign", "the sign itself",
    ),
    "quotation marks inside quotation marks": (
        "A bridge closes", '"A "big" bridge closes"', 2, "column 14", "no valid YAML",
        "leave out the quotation marks",
    ),
    "a tab": ("  title", "\ttitle", 2, "column 1", "no valid YAML", "spaces, not with tabs"),
    "an open quotation mark": (
        "Ada Brook", '"Ada Brook', 22, "column 11", "no valid YAML",
        'Close the quotation mark " that was opened here.',
    ),
    "an open quotation mark that a later one closes": (
        GOOD, GOOD.replace("A bridge", '"A bridge').replace("City of Rivers", '"City of Rivers"'),
        2, "column 10", "no valid YAML", 'mark " that was opened here, or correct line 16.',
    ),
    "an open single quotation mark": (
        "A bridge closes", "'A bridge closes", 2, "column 10", "no valid YAML", "mark ' that was",
    ),
    "an open quotation mark in a list": (
        "[Rivers]", '["Rivers]', 18, "column 15", "no valid YAML", "opened here",
    ),
    "an open quotation mark before a key": (
        "  title:", '  "title:', 2, "column 3", "no valid YAML", "opened here",
    ),
    "an open bracket": (
        "[Rivers]", "[Rivers", 18, "column 14", "no valid YAML", "bracket [ that was opened here",
    ),
    "an open bracket at the end": (
        "Ada Brook\n    kind: person", "{Ada", 22, "column 11", "no valid YAML", "bracket { that",
    ),
    "a sign that no text begins with, below a text of two lines": (
        "A bridge closes", '"A bridge\n    closes"\n  summary: @x', 4, "column 12",
        "no valid YAML", "Put the value in quotation marks",
    ),
    "parts inside parts without end": (
        "A bridge closes", "[" * 2000, 2, "column 58", "more than 50 parts", "Delete brackets",
    ),
    "keys inside keys without end": (
        GOOD, "".join(" " * each + "event:\n" for each in range(500)), 50, "column 50",
        "more than 50 parts", "Delete brackets or spaces",
    ),
    "a tag of Python": (
        "A bridge closes", "!!python/object/apply:os.system [ls]", 2, "column 10",
        "tag:yaml.org,2002:python/object/apply:os.system tags a value", "Delete the tag",
    ),
    "a tag of one's own": (
        "A bridge closes", "!mine A bridge", 2, "column 10", "!mine tags a value", "Delete the tag",
    ),
    "a tag that nobody declared": (
        "A bridge closes", "!a!b A bridge", 2, "column 10", "no valid YAML", "",
    ),
    "a reference that doubles": (
        "actors:", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nactors:", 15, "column 8", "*a",
        "Write that part out",
    ),
    "keys taken from elsewhere": (
        "    kind: person", "    <<: *city", 23, "column 9", "*city", "Write that part out",
    ),
    "zero bytes": (GOOD, GOOD + "\0\0", None, "", "zero bytes", "encoding UTF-8"),
    "a value that begins with a sign": (
        "Ada Brook", "@ada", 22, "column 11", "no valid YAML", "quotation marks",
    ),
    "a second document": ("actors:", "---\nactors:", 14, "column 1", "another document", "---"),
    "a reference": ("Ada Brook", "*ada", 22, "column 11", "*ada", "Write that part out"),
    "an unprintable character": ("Ada Brook", "Ada\x07", 22, "", "U+0007", "Delete it"),
    "no keys": (GOOD, "- a list", 1, "", "no keys", "`event:`"),
    "nothing": (GOOD, "# only a comment", 1, "", "no keys", "`event:`"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_names_file_line_key_and_mend(folder, name):
    old, new, line, key, problem, mend = FAULTS[name]
    spoil(folder, old, new)
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line, fault.key) == (str(folder / "study.yml"), line, key)
    assert problem in fault.problem
    assert mend in fault.mend


@pytest.mark.parametrize("key", ["id", "name"])
@pytest.mark.parametrize("heading", ["told_by", "First", "relation", "meaning", "frame", "actor"])
def test_an_outlet_is_not_called_like_a_column_beside_it(folder, key, heading):
    old = {"id": "- id: north", "name": "name: Northern Post"}[key]
    (folder / "study.yml").write_text(
        GOOD.replace(old, f"{old.partition(':')[0]}: {heading}").replace(
            "outlet: north", f"outlet: {heading if key == 'id' else 'north'}"
        )
    )
    (fault,) = faults_of(folder)
    assert fault.key == f"outlets > no. 1 > {key}"
    assert f"a column {heading.lower()!r} beside" in fault.problem


def tables_by_outlet(corpus):
    """The tables that have one column an outlet."""
    from analysis_utils.measures import terms

    yield terms.merged_variants(terms.find_terms(corpus.sentences, corpus.tokens))


def test_no_table_has_a_column_beside_the_outlets_that_an_outlet_may_be_called(corpus):
    for table in tables_by_outlet(corpus):
        names = (*corpus.outlets, *corpus.outlets.values())
        beside = [name for name in table.columns if not str(name).startswith(names)]
        assert len(beside) < len(table.columns)
        assert set(beside) <= set(TABLE_HEADINGS)


def test_no_articles(folder):
    spoil(folder, GOOD[GOOD.index("articles:") : GOOD.index("actors:")], "")
    faults = faults_of(folder)
    assert [fault.key for fault in faults] == ["articles", "outlets > no. 1", "outlets > no. 2"]
    assert "Add one or more" in faults[0].mend


def test_a_link_out_of_the_folder_is_outside_it(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("x")
    (folder / "pages" / "link.txt").symlink_to(tmp_path / "secret.txt")
    spoil(folder, "pages/north.txt", "pages/link.txt")
    (fault,) = faults_of(folder)
    assert "outside" in fault.problem


def test_a_page_name_that_makes_no_id_asks_for_one(folder):
    (folder / "pages" / "our page.txt").write_text("x")
    spoil(folder, "pages/north.txt", "pages/our page.txt")
    (fault,) = faults_of(folder)
    assert (fault.line, fault.mend) == (10, "Write `id: our-page`.")


def test_a_file_in_another_encoding_is_told(folder):
    (folder / "study.yml").write_bytes(
        GOOD.replace("’", "'").replace("Ada", "Zoë").encode("latin-1")
    )
    (fault,) = faults_of(folder)
    assert "UTF-8" in fault.problem and "UTF-8" in fault.mend


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_of_two_bytes_a_letter_is_told(folder, encoding):
    (folder / "study.yml").write_bytes(GOOD.encode(encoding))
    (fault,) = faults_of(folder)
    assert "UTF-8" in fault.problem and "UTF-8" in fault.mend


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"\xef\xbb\xbf", b"%PDF-1.7", b"\x89PNG\0", b"---"]
)
def test_a_file_without_a_study_in_it_is_told(folder, content):
    (folder / "study.yml").write_bytes(content)
    (fault,) = faults_of(folder)
    assert fault.file == str(folder / "study.yml") and fault.mend


def test_tags_that_change_nothing_and_texts_of_many_lines_are_read(folder):
    summary = '!!str "A bridge\n    closes"'
    spoil(folder, "  start:", f"  summary: {summary}\n  start: !!str")
    assert read_study(folder).event.summary == "A bridge closes"


def test_an_anchor_without_a_reference_changes_nothing(folder):
    spoil(folder, "Ada Brook", "&ada Ada Brook")
    assert read_study(folder).actor("mayor").name == "Ada Brook"


def test_a_very_long_value_is_read_or_told_in_short(folder):
    spoil(folder, "A bridge closes", "a bridge " * 100_000)
    assert len(read_study(folder).event.title) == 899_999
    spoil(folder, "kind: person", "kind: " + "person" * 100_000)
    (fault,) = faults_of(folder)
    assert fault.key == "actors > no. 2 > kind" and len(str(fault)) < 2000
    spoil(folder, "outlet: north", "outlet: " + "north" * 100_000)
    assert len(str(faults_of(folder)[0])) < 2000


def test_a_file_that_is_far_too_large_is_told(folder):
    spoil(folder, "A bridge closes", "a bridge " * 1_000_000)
    (fault,) = faults_of(folder)
    assert "larger than 4 MB" in fault.problem


def test_of_very_many_faults_the_first_are_listed(folder):
    spoil(folder, "  title:", "".join(f"  key{number}: x\n" for number in range(150)) + "  title:")
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    assert len(caught.value.faults) == 150
    assert str(caught.value).endswith("- and 50 more.")


needs_links = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")


@needs_links
@pytest.mark.parametrize("kind", ["folder", "dangling link", "loop of links", "pipe"])
@pytest.mark.parametrize("name", ["study.yml", "pages/north.txt"])
def test_what_is_no_file_is_told_as_what_it_is(folder, name, kind):
    path = folder / name
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path.name if kind == "loop of links" else "gone.txt")
    (fault,) = faults_of(folder)
    word = {"folder": "a folder and no file", "pipe": "a pipe, a socket or a device"}
    assert word.get(kind, "a link that leads nowhere") in fault.problem
    assert name in str(fault) and fault.mend


def test_a_file_that_may_not_be_read_is_told(folder, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", refuse)
    (fault,) = faults_of(folder)
    assert "Permission denied" in fault.problem and "readable" in fault.mend


@pytest.mark.parametrize(
    "name", ["x" * 5000, "~nobody-of-this-name/study", "a/" * 3000, "study.yml"]
)
def test_whatever_is_named_as_a_study_is_looked_for(monkeypatch, tmp_path, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StudyError, match="no such study or folder"):
        current_study(name)


@pytest.mark.parametrize("page", ["x" * 5000 + ".txt", "a/" * 3000 + "b.txt"])
def test_a_page_of_any_name_is_looked_for(folder, page):
    spoil(folder, "pages/north.txt", page)
    fault = next(fault for fault in faults_of(folder) if fault.key.endswith("page"))
    assert (fault.line, len(str(fault)) < 2000) == (11, True)


def test_a_folder_without_a_study_names_the_studies_that_exist(folder):
    for missing in (folder / "pages", folder / "nowhere"):
        (fault,) = faults_of(missing)
        assert str(missing) in fault.file
        assert "kaspersky-europol" in fault.mend


def test_an_empty_folder_is_told_how_to_make_a_study(tmp_path):
    (fault,) = faults_of(tmp_path)
    assert "framing new-study" in fault.mend


def test_phrases_are_the_same_whatever_their_case_spaces_marks_and_article():
    for phrase in ("the  EU‘s law-enforcement agency", "EU's Law‑Enforcement Agency"):
        assert same_phrase(phrase) == "eu's law-enforcement agency"
    assert same_phrase("Thea") == "thea"


# --- All faults at once -------------------------------------------------------------------

SPOILT = """\
event:
  titel: A bridge closes
  start: 1 March
outlets:
  - id: north
    name: Northern Post
  - id: north
    countrey: Nowhere
articles:
  - outlet: nort
    page: pages/missing.txt
  - outlet: north
    page: ../north.txt
    published: 2020-03-01 10:30
  - outlet: north
    page: pages/south.html
    page: pages/north.txt
actors:
  - id: city
    name: Rivers
    kind: town
    aliases: [""]
  - id: mayor
    name: rivers
    kind: person
"""

SPOILT_PLACES = [
    (1, "event > title"),
    (2, "event > titel"),
    (3, "event > start"),
    (7, "outlets > no. 2 > id"),
    (7, "outlets > no. 2 > name"),
    (8, "outlets > no. 2 > countrey"),
    (10, "articles > no. 1 > outlet"),
    (11, "articles > no. 1 > page"),
    (13, "articles > no. 2 > page"),
    (14, "articles > no. 2 > published"),
    (17, "articles > no. 3 > page"),
    (21, "actors > no. 1 > kind"),
    (22, "actors > no. 1 > aliases > no. 1"),
    (24, "actors > no. 2 > name"),
]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(folder):
    (folder / "study.yml").write_text(SPOILT)
    faults = faults_of(folder)
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert sorted((fault.line, fault.key) for fault in faults) == SPOILT_PLACES


def test_messages_are_in_plain_words(folder):
    (folder / "study.yml").write_text(SPOILT)
    with pytest.raises(StudyError) as caught:
        read_study(folder)
    message = str(caught.value)
    assert message.startswith("The study has 14 faults:\n- ")
    for jargon in ("Input should", "pydantic", "http", "type=", "Value error", "validation"):
        assert jargon not in message
    for fault in caught.value.faults:
        assert fault.problem.endswith(".") and fault.mend.endswith((".", "?"))


VALUES = st.recursive(
    st.text(max_size=8) | st.sampled_from(["", "~", "2020-03-01", "person", "north", "the"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "kind", "outlet", "page", "aliases", "start"]), inner
        )
    ),
    max_leaves=8,
)
PARTS = st.sampled_from(["event", "outlets", "articles", "actors", "merge_terms", "else"])


@given(st.dictionaries(PARTS, VALUES))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_stands_in_the_file_it_reads_or_tells_its_faults(folder, content):
    (folder / "study.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    for fault in faults_of(folder):
        assert fault.line >= 1 and "Input should" not in fault.problem


MARKS = st.sampled_from(
    [*"\"'[]{}:,&*!|>%@`#-?<~\t\n\r\0", "\n  ", "---", "\n- ", ": ", "!!x", "\ufeff"]
)


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), MARKS | st.text(max_size=5)), max_size=4))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_study_with_signs_anywhere_reads_or_tells_its_faults(folder, signs):
    text = GOOD
    for place, sign in signs:
        text = text[:place] + sign + text[place:]
    (folder / "study.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        assert read_study(folder).folder == folder
    except StudyError as error:
        assert all(fault.problem and fault.mend for fault in error.faults)


@given(st.binary(max_size=60), st.integers(0, len(GOOD.encode())))
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_study_with_bytes_anywhere_reads_or_tells_its_faults(folder, content, place):
    whole = GOOD.encode()
    (folder / "study.yml").write_bytes(whole[:place] + content + whole[place:])
    try:
        assert read_study(folder).folder == folder
    except StudyError as error:
        assert all(fault.problem and fault.mend for fault in error.faults)


# --- Which study, and where its results go ------------------------------------------------


def test_the_default_study_reads_whole(study):
    assert study.outlet_names == {"tass": "TASS", "rferl": "RFE/RL"}
    assert study.outlet("rferl").publisher == "unnamed third-party page"
    assert [entry.id for entry in study.articles] == ["tass", "rferl"]
    assert (study.event.start, study.event.end) == (date(2018, 6, 13), date(2018, 6, 15))


def test_the_default_study_comes_back_from_what_it_dumps(study):
    assert type(study).model_validate(study.model_dump()) == study
    assert type(study).model_validate_json(study.model_dump_json()) == study


def test_the_actors_are_those_of_the_hand_codes(study, codes):
    coded = set(codes("mentions")["actor"]) - {""}
    assert {actor.id for actor in study.actors} == coded


def test_the_study_lists_every_name_and_alias_of_the_hand_codes(study, codes):
    mentions = codes("mentions")
    listed = {
        (actor.id, same_phrase(phrase))
        for actor in study.actors
        for phrase in (actor.name, *actor.aliases)
    }
    named = mentions[mentions["kind"].isin(["name", "alias"])]
    coded = {(row.actor, same_phrase(row.text)) for row in named.itertuples()}
    assert coded <= listed


@pytest.mark.parametrize("name", ["lines", "sentences", "mentions", "sentiment", "quotes"])
def test_hand_codes_have_no_missing_values(codes, name):
    table = codes(name)
    assert len(table) and not table.isna().any().any()


def test_offsets_of_the_hand_codes_cut_their_words_out_of_the_sentences(codes):
    sentences = codes("sentences").set_index("sentence_id")["text"]
    for name in ("mentions", "quotes"):
        for row in codes(name).itertuples():
            assert sentences[row.sentence_id][row.start : row.end] == row.text


def test_pages_are_those_of_the_datasheet_byte_for_byte(study):
    datasheet = (study.folder.parent / "README.md").read_text(encoding="utf-8")
    for entry in study.articles:
        digest = hashlib.sha256((study.folder / entry.page).read_bytes()).hexdigest()
        assert f"{digest}  {entry.id}.txt" in datasheet


@pytest.mark.parametrize("unset", [True, False])
def test_current_study_is_the_default_one(monkeypatch, study, unset):
    monkeypatch.setenv("FRAMING_STUDY", "")
    if unset:
        monkeypatch.delenv("FRAMING_STUDY")
    assert current_study() == study


def test_current_study_by_name_from_any_working_directory(monkeypatch, tmp_path, study):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRAMING_STUDY", study.name)
    assert current_study() == study


def test_current_study_by_folder(monkeypatch, folder):
    monkeypatch.setenv("FRAMING_STUDY", str(folder))
    assert current_study().folder == folder
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("FRAMING_STUDY", "bridge")
    assert current_study().folder == folder
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FRAMING_STUDY", ".")
    assert current_study().name == "bridge"


def test_current_study_by_its_file(monkeypatch, folder):
    monkeypatch.setenv("FRAMING_STUDY", str(folder / "study.yml"))
    assert current_study().folder == folder
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FRAMING_STUDY", "study.yml")
    assert current_study().folder == folder
    monkeypatch.setenv("FRAMING_STUDY", "pages/north.txt")
    with pytest.raises(StudyError, match="this is no folder of a study"):
        current_study()


def test_current_study_by_folder_from_the_project(monkeypatch, tmp_path, study):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRAMING_STUDY", f"data/{study.name}")
    assert current_study() == study


def test_current_study_that_names_nothing_lists_the_studies(monkeypatch):
    monkeypatch.setenv("FRAMING_STUDY", "kaspersky")
    with pytest.raises(StudyError) as caught:
        current_study()
    assert "FRAMING_STUDY=kaspersky" in str(caught.value)
    assert "Did you mean kaspersky-europol?" in str(caught.value)
    assert all(name in str(caught.value) for name in study_names())


def test_a_study_of_the_project_builds_under_its_name(study, build_folder):
    assert study.build_folder == build_folder / study.name
    assert study.figures_folder == build_folder / study.name / "figures"
    assert study.report_folder == build_folder / study.name / "report"


def test_a_study_elsewhere_builds_under_its_name(study, folder, tmp_path):
    place = tmp_path / "my-study"
    shutil.copytree(folder, place)
    assert read_study(place).build_folder == build_root() / "my-study"


def test_a_study_elsewhere_never_overwrites_one_of_the_project(study, folder, tmp_path):
    place = tmp_path / study.name
    shutil.copytree(folder, place)
    build = read_study(place).build_folder
    assert build != study.build_folder
    assert build.name.startswith(f"{study.name}-")
    assert read_study(place).build_folder == build


def test_studies_elsewhere_with_one_name_do_not_overwrite_each_other(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    shutil.copytree(folder, tmp_path / "other" / "bridge")
    first, second = read_study(folder), read_study(tmp_path / "other" / "bridge")
    usual = tmp_path / "build" / "bridge"
    assert first.build_folder == second.build_folder == usual  # nothing is built yet
    assert not usual.exists()
    first.claim_build_folder()
    assert first.build_folder == usual
    other = second.build_folder
    assert other.parent == usual.parent and other.name.startswith("bridge-")
    second.claim_build_folder()
    assert (first.build_folder, second.build_folder) == (usual, other)
    shutil.rmtree(folder)
    assert second.build_folder == usual  # the first study is no longer there


def test_the_build_folder_can_be_moved(monkeypatch, tmp_path):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path))
    assert build_root() == tmp_path
    monkeypatch.setenv("FRAMING_BUILD", "elsewhere")
    assert build_root() == collection() / "elsewhere"
    monkeypatch.delenv("FRAMING_BUILD")
    assert build_root() == collection() / "build"
