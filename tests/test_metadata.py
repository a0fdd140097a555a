"""What the collection is found and cited by agrees: versions, citation, catalogue, data package."""

import csv
import hashlib
import json
import re
import tomllib
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path, PurePosixPath

import pytest
import yaml

from analysis_utils import __version__
from analysis_utils.report.provenance import citation
from analysis_utils.study.codes import CELLS, CODE_COLUMNS

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
STUDY = DATA / "kaspersky-europol"


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


# Read with all scalars as they are written: a version must not turn into a number.
CFF = yaml.load(text("CITATION.cff"), Loader=yaml.BaseLoader)
CODEMETA = json.loads(text("codemeta.json"))
PACKAGE = json.loads(text("data/datapackage.json"))
PROJECT = tomllib.loads(text("pyproject.toml"))["project"]
CHANGES = re.findall(r"^## \[(.+)\] - (.+)$", text("CHANGELOG.md"), flags=re.MULTILINE)

RESOURCES = {each["name"]: each for each in PACKAGE["resources"]}
TABLES = {name: each for name, each in RESOURCES.items() if each["format"] == "csv"}


def read_day(written):
    """A day that there is, written year-month-day; fromisoformat() takes other forms too."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        raise ValueError
    return date.fromisoformat(written)


def is_day(written):
    try:
        return bool(read_day(written))
    except ValueError:
        return False


# The files agree with each other


def test_the_version_is_the_same_everywhere():
    # A version that pyproject.toml calls dynamic is read from the package.
    found = {
        "pyproject.toml": PROJECT.get("version", __version__),
        "CITATION.cff": CFF["version"],
        "codemeta.json": CODEMETA["version"],
        "datapackage.json": PACKAGE["version"],
        "CHANGELOG.md": CHANGES[0][0],
    }
    assert found == dict.fromkeys(found, __version__)
    assert "version" in PROJECT or "version" in PROJECT["dynamic"]


def test_the_day_of_the_release_is_the_same_everywhere():
    days = {CFF["date-released"], CODEMETA["dateModified"], CHANGES[0][1], PACKAGE["created"][:10]}
    assert len(days) == 1


def test_those_who_cite_and_those_who_search_are_told_the_same():
    assert CODEMETA["name"] == CFF["title"]
    assert CODEMETA["keywords"] == CFF["keywords"]
    assert CODEMETA["license"] == f"https://spdx.org/licenses/{CFF['license']}"
    named = [author["name"] for author in CFF["authors"]]
    assert [author["name"] for author in CODEMETA["author"]] == named
    assert [each["title"] for each in PACKAGE["contributors"]] == named


def test_licences_and_versions_of_python_are_those_of_the_package():
    parts = (CODEMETA, *CODEMETA["hasPart"])
    told = {part["license"].removeprefix("https://spdx.org/licenses/") for part in parts}
    assert told == set(PROJECT["license"].split(" AND "))
    first, beyond = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["requires-python"]).groups()
    runs_on = [f"Python 3.{minor}" for minor in range(int(first), int(beyond))]
    assert CODEMETA["runtimePlatform"] == runs_on


def test_the_report_cites_this_version():
    assert citation().endswith(f"{CFF['title']}, version {__version__}.")


# CHANGELOG.md


def test_the_changelog_has_its_versions_newest_first_with_their_days():
    assert all(is_day(day) for _, day in CHANGES)
    order = [(day, [int(part) for part in version.split(".")]) for version, day in CHANGES]
    assert order == sorted(order, reverse=True)
    assert len(CHANGES) == len(re.findall(r"^## ", text("CHANGELOG.md"), flags=re.MULTILINE))


def test_changes_are_sorted_by_their_kind():
    kinds = re.findall(r"^### (.+)$", text("CHANGELOG.md"), flags=re.MULTILINE)
    assert kinds
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


# CITATION.cff, by the Citation File Format 1.2.0

CFF_NEEDED = {"cff-version", "message", "title", "authors"}
CFF_OPTIONAL = {
    "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license",
    "license-url", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "type", "url", "version",
}  # fmt: skip


def cff_faults(cff):
    """What keeps this from being a citation file of a release."""
    yield from (f"{key} is missing" for key in {*CFF_NEEDED, "version"} - cff.keys())
    yield from (f"{key} is no key" for key in cff.keys() - CFF_NEEDED - CFF_OPTIONAL)
    if cff.get("cff-version") != "1.2.0":
        yield "cff-version"
    if cff.get("type") not in ("software", "dataset"):
        yield "type"
    if not is_day(cff.get("date-released", "")):
        yield "date-released"
    # A list would offer a choice between licences, which there is not.
    if not isinstance(cff.get("license"), str):
        yield "license"
    if not all(author.keys() & {"name", "family-names"} for author in cff.get("authors") or [{}]):
        yield "authors"
    keywords = cff.get("keywords", [])
    if not keywords or len(set(keywords)) < len(keywords):
        yield "keywords"


def test_the_citation_file_is_sound():
    assert not list(cff_faults(CFF))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"cff-version": "1.1.0"}, "cff-version"),
        ({"type": "collection"}, "type"),
        ({"date-released": "2026-11-31"}, "date-released"),
        ({"date-released": "20261128"}, "date-released"),
        ({"license": ["MIT", "Apache-2.0"]}, "license"),
        ({"authors": []}, "authors"),
        ({"authors": [{"affiliation": "nobody"}]}, "authors"),
        ({"keywords": ["news", "news"]}, "keywords"),
        ({"licence": "MIT"}, "licence is no key"),
    ],
)
def test_a_fault_of_the_citation_file_is_found(change, fault):
    assert list(cff_faults(CFF | change)) == [fault]


@pytest.mark.parametrize("key", sorted({*CFF_NEEDED, "version"}))
def test_a_key_that_the_citation_file_lacks_is_found(key):
    faults = cff_faults({name: value for name, value in CFF.items() if name != key})
    assert f"{key} is missing" in faults


# codemeta.json, by CodeMeta 3.0

CODEMETA_NEEDED = {
    "@context", "@type", "name", "description", "version", "dateModified", "license", "author",
    "keywords", "programmingLanguage", "runtimePlatform", "operatingSystem",
    "softwareRequirements", "applicationCategory", "developmentStatus",
}  # fmt: skip


def codemeta_faults(meta):
    """What keeps this from telling a catalogue what the software is."""
    yield from (f"{key} is missing" for key in CODEMETA_NEEDED - meta.keys())
    if meta.get("@context") != "https://w3id.org/codemeta/3.0":
        yield "@context"
    if meta.get("@type") not in ("SoftwareSourceCode", "SoftwareApplication"):
        yield "@type"
    for key in ("dateCreated", "dateModified"):
        if not is_day(meta.get(key, "")):
            yield key
    for part in (meta, *meta.get("hasPart", [])):
        if not part.get("license", "").startswith("https://spdx.org/licenses/"):
            yield f"license of {part.get('name')}"
    for key in ("author", "softwareRequirements", "hasPart"):
        if not all({"@type", "name"} <= each.keys() for each in meta.get(key) or [{}]):
            yield key


def test_the_description_of_the_software_is_sound():
    assert not list(codemeta_faults(CODEMETA))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"@context": "https://schema.org"}, "@context"),
        ({"@type": "Thing"}, "@type"),
        ({"dateCreated": "November 2026"}, "dateCreated"),
        ({"license": "MIT", "name": "x"}, "license of x"),
        ({"author": [{"name": "x"}]}, "author"),
        ({"softwareRequirements": []}, "softwareRequirements"),
    ],
)
def test_a_fault_of_the_description_of_the_software_is_found(change, fault):
    assert list(codemeta_faults(CODEMETA | change)) == [fault]


@pytest.mark.parametrize("key", sorted(CODEMETA_NEEDED))
def test_what_the_description_of_the_software_lacks_is_found(key):
    faults = codemeta_faults({name: value for name, value in CODEMETA.items() if name != key})
    assert f"{key} is missing" in faults


# datapackage.json, by the Data Package standard 2.0


def package_faults(package):
    """What keeps this from being a data package whose rights and columns are told."""
    if package.get("$schema") != "https://datapackage.org/profiles/2.0/datapackage.json":
        yield "$schema"
    if not is_time(package.get("created", "")):
        yield "created"
    for key in ("name", "title", "description", "version", "licenses", "sources", "resources"):
        if not package.get(key):
            yield key
    resources = package.get("resources", [])
    if len({each["name"] for each in resources}) < len(resources):
        yield "two resources of one name"
    for resource in resources:
        yield from (f"{resource['name']}: {fault}" for fault in resource_faults(resource))
    for part in (package, *resources):
        if not all(each.keys() & {"name", "path"} for each in part.get("licenses", [])):
            yield f"{part.get('name')}: licenses"


def is_time(written):
    """Whether this is a time with its zone, as RFC 3339 writes it."""
    try:
        return datetime.fromisoformat(written).tzinfo is not None and "T" in written
    except ValueError:
        return False


def resource_faults(resource):
    """What a resource lacks, apart from its file."""
    if not re.fullmatch(r"[-a-z0-9._]+", resource["name"]):
        yield "name"
    path = PurePosixPath(resource.get("path", "/"))
    if path.is_absolute() or ".." in path.parts:
        yield "path"
    for key in ("title", "description", "format", "mediatype", "encoding", "bytes", "hash"):
        if not resource.get(key):
            yield key
    if resource.get("format") != "csv":
        return
    if resource.get("type") != "table":
        yield "type"
    fields = resource.get("schema", {}).get("fields", [])
    if not fields or not all({"name", "type", "description"} <= each.keys() for each in fields):
        yield "fields"


def test_the_data_package_is_sound():
    assert not list(package_faults(PACKAGE))


@pytest.mark.parametrize(
    ("place", "key", "value", "fault"),
    [
        ((), "$schema", "", "$schema"),
        ((), "created", "2026-11-28", "created"),
        ((), "created", "2026-11-28T00:00:00", "created"),
        ((), "sources", [], "sources"),
        ((), "licenses", [{"title": "free"}], "kaspersky-europol: licenses"),
        (("resources", 0), "name", "page-tass", "two resources of one name"),
        (("resources", 0), "name", "A study", "A study: name"),
        (("resources", 0), "path", "../study.yml", "study: path"),
        (("resources", 0), "licenses", [{}], "study: licenses"),
        (("resources", 0), "hash", "", "study: hash"),
        (("resources", 3), "type", "file", "lines: type"),
        (("resources", 3), "schema", {}, "lines: fields"),
        (("resources", 3, "schema", "fields", 0), "description", None, "lines: fields"),
    ],
)
def test_a_fault_of_the_data_package_is_found(place, key, value, fault):
    package = deepcopy(PACKAGE)
    part = package
    for step in place:
        part = part[step]
    part[key] = value
    if value is None:
        del part[key]
    assert list(package_faults(package)) == [fault]


def test_no_resource_claims_a_licence_for_words_of_the_outlets():
    theirs = {"page-tass", "page-rferl", "sentences", "mentions", "quotes", "triples", "labels"}
    closed = {
        name
        for name, each in RESOURCES.items()
        if any(licence["name"] == "other-closed" for licence in each.get("licenses", []))
    }
    assert closed == theirs
    assert all(len(RESOURCES[name]["licenses"]) == 1 for name in theirs if name[:4] == "page")


# The data package agrees with its files


def file_faults(folder, resource):
    """Where a file is not what its resource says."""
    path = folder / resource["path"]
    if not path.is_file():
        yield "there is no such file"
        return
    content = path.read_bytes()
    total = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if resource["bytes"] != len(content):
        yield f"bytes: it has {len(content)}"
    if resource["hash"] != total:
        yield f"hash: it has {total}"
    if path.suffix != f".{resource['format']}":
        yield f"format: it is {path.suffix}"
    try:
        content.decode(resource["encoding"])
    except UnicodeDecodeError:
        yield "encoding"


@pytest.mark.parametrize("name", RESOURCES)
def test_each_resource_is_the_file_that_it_describes(name):
    assert not list(file_faults(DATA, RESOURCES[name]))


def test_a_file_that_changed_is_found(tmp_path):
    described = {"path": "a.txt", "format": "txt", "encoding": "utf-8", "bytes": 1, "hash": "?"}
    assert list(file_faults(tmp_path, described)) == ["there is no such file"]
    (tmp_path / "a.txt").write_bytes(b"\xff\xff")
    found = " ".join(file_faults(tmp_path, described | {"format": "csv"}))
    assert re.findall(r"bytes|hash|format|encoding", found) == [
        "bytes", "hash", "format", "encoding",
    ]  # fmt: skip


def test_every_file_of_the_study_is_one_resource_and_nothing_else_is():
    # What a desktop or an editor leaves behind begins with a dot; sheets to fill in lie in coding.
    files = [path.relative_to(DATA) for path in STUDY.rglob("*") if path.is_file()]
    own = re.compile(r"(^|/)\.|^[^/]+/coding/")
    seen = [path.as_posix() for path in files if not own.search(path.as_posix())]
    assert sorted(seen) == sorted(each["path"] for each in RESOURCES.values())


# Cells of the tables, by Table Schema

BOOLEANS = dict.fromkeys(("true", "True", "TRUE", "1"), True)
BOOLEANS |= dict.fromkeys(("false", "False", "FALSE", "0"), False)


def read_whole(cell):
    # int() alone would also take 1_000 and blanks around a number.
    if not re.fullmatch(r"[+-]?\d+", cell):
        raise ValueError
    return int(cell)


READERS = {
    "string": str,
    "integer": read_whole,
    "boolean": BOOLEANS.__getitem__,
    "date": read_day,
}

#: Constraints that hold or not for one value; a name that is not here is an error, so that no
#: constraint goes unchecked.
HOLDS = {
    "enum": lambda value, allowed: value in allowed,
    "minimum": lambda value, least: value >= least,
    "pattern": lambda value, pattern: re.fullmatch(pattern, value),
    "required": lambda value, needed: True,
    "unique": lambda value, needed: True,
}


def cell_faults(field, cells, missing):
    """Where the cells of a column, row for row, are not what its field says."""
    constraints = field.get("constraints", {})
    values = []
    for row, cell in enumerate(cells, start=1):
        if cell in missing:
            if constraints.get("required"):
                yield f"row {row}: required"
            continue
        try:
            values.append(READERS[field["type"]](cell))
        except (ValueError, KeyError):
            yield f"row {row}: {cell!r} is no {field['type']}"
            continue
        broken = [name for name, rule in constraints.items() if not HOLDS[name](values[-1], rule)]
        yield from (f"row {row}: {name}" for name in broken)
    if constraints.get("unique") and len(set(values)) < len(values):
        yield "unique"


def key_faults(schema, rows):
    """Keys that do not tell rows apart.  Rows that lack a part of a unique key do not count."""
    missing = schema["missingValues"]
    primary = schema.get("primaryKey", [])
    for key in [primary, *schema.get("uniqueKeys", [])]:
        found = [[row[name] for name in key] for row in rows if key]
        if key == primary and any(cell in missing for cells in found for cell in cells):
            yield f"{key}: empty"
        complete = [tuple(cells) for cells in found if not set(cells) & set(missing)]
        if len(set(complete)) < len(complete):
            yield f"{key}: twice"


def link_faults(schema, rows, tables):
    """Cells that name a row of another table that is not there."""
    for link in schema.get("foreignKeys", []):
        (here,), (there,) = link["fields"], link["reference"]["fields"]
        known = {row[there] for row in tables[link["reference"]["resource"]]}
        named = {row[here] for row in rows} - {*schema["missingValues"]}
        yield from (f"{here}: {each}" for each in sorted(named - known))


def read_table(name):
    """Heading and rows of a table as they are written."""
    with (DATA / TABLES[name]["path"]).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True, restkey="beyond the columns")
        return list(reader.fieldnames), list(reader)


@pytest.mark.parametrize("name", TABLES)
def test_each_table_has_the_columns_of_its_schema_in_their_order(name):
    heading, rows = read_table(name)
    assert heading == [field["name"] for field in TABLES[name]["schema"]["fields"]]
    assert rows
    assert all(list(row) == heading and None not in row.values() for row in rows)


@pytest.mark.parametrize("name", TABLES)
def test_each_cell_obeys_its_schema(name):
    schema = TABLES[name]["schema"]
    _, rows = read_table(name)
    for field in schema["fields"]:
        column = [row[field["name"]] for row in rows]
        assert not list(cell_faults(field, column, schema["missingValues"])), field["name"]
    assert not list(key_faults(schema, rows))
    linked = {each["reference"]["resource"] for each in schema.get("foreignKeys", [])}
    assert not list(link_faults(schema, rows, {each: read_table(each)[1] for each in linked}))


@pytest.mark.parametrize(
    ("kind", "constraints", "cells", "faults"),
    [
        ("string", {}, ["a", ""], []),
        ("string", {"required": True}, ["a", ""], ["row 2: required"]),
        ("string", {"unique": True}, ["a", "", "", "b"], []),
        ("string", {"unique": True}, ["a", "a"], ["unique"]),
        ("string", {"enum": ["a", "b"]}, ["a", "", "c"], ["row 3: enum"]),
        ("string", {"pattern": "[a-z]"}, ["a", "ab"], ["row 2: pattern"]),
        ("integer", {"minimum": 1}, ["1", "0"], ["row 2: minimum"]),
        ("integer", {"enum": [-1, 0, 1]}, ["-1", "2"], ["row 2: enum"]),
        ("integer", {}, ["12", "1.0"], ["row 2: '1.0' is no integer"]),
        ("integer", {}, ["-12", " 1"], ["row 2: ' 1' is no integer"]),
        ("boolean", {}, ["True", "false", "yes"], ["row 3: 'yes' is no boolean"]),
        ("date", {}, ["2018-06-14", "2018-06-31"], ["row 2: '2018-06-31' is no date"]),
        ("date", {}, ["2018-06-14", "20180614"], ["row 2: '20180614' is no date"]),
    ],
)  # fmt: skip
def test_a_cell_that_breaks_its_schema_is_found(kind, constraints, cells, faults):
    field = {"type": kind, "constraints": constraints}
    assert list(cell_faults(field, cells, missing=[""])) == faults


def test_a_constraint_that_nobody_checks_is_an_error():
    with pytest.raises(KeyError, match="maximum"):
        list(cell_faults({"type": "integer", "constraints": {"maximum": 1}}, ["2"], [""]))


def test_a_broken_key_or_link_is_found():
    schema = {
        "missingValues": [""],
        "primaryKey": ["a", "b"],
        "uniqueKeys": [["b"]],
        "foreignKeys": [{"fields": ["b"], "reference": {"resource": "t", "fields": ["c"]}}],
    }
    row = {"a": "1", "b": "2"}
    assert not list(key_faults(schema, [row]))
    assert list(key_faults(schema, [row, row])) == ["['a', 'b']: twice", "['b']: twice"]
    assert list(key_faults(schema, [row, row | {"b": ""}])) == ["['a', 'b']: empty"]
    assert list(link_faults(schema, [row, row | {"b": ""}], {"t": [{"c": "3"}]})) == ["b: 2"]


# The data package agrees with what the package and the study know


def enums(column):
    """The values that tables allow for a column, by table."""
    return {
        name: field["constraints"]["enum"]
        for name, table in TABLES.items()
        for field in table["schema"]["fields"]
        if field["name"] == column and "enum" in field.get("constraints", {})
    }


def test_the_tables_are_those_that_the_package_reads():
    assert set(TABLES) == set(CODE_COLUMNS)
    for name, columns in CODE_COLUMNS.items():
        assert set(columns) <= {field["name"] for field in TABLES[name]["schema"]["fields"]}, name


@pytest.mark.parametrize("column", ["kind", "type", "strength", "of", "polarity", "present"])
def test_values_of_a_column_are_those_that_the_package_takes(column):
    (allowed,) = enums(column).values()
    assert "|".join(map(str, allowed)) == CELLS[column][0]


@pytest.mark.parametrize(
    ("column", "of"),
    [
        ("actor", "actors"),
        ("agent", "actors"),
        ("patient", "actors"),
        ("outlet", "outlets"),
        ("article_id", "articles"),
    ],
)
def test_ids_are_those_of_the_study(column, of):
    study = yaml.safe_load((STUDY / "study.yml").read_text(encoding="utf-8"))
    assert enums(column)
    for name, allowed in enums(column).items():
        assert allowed == [each["id"] for each in study[of]], name


def test_frames_are_those_of_the_codebook():
    codebook = (STUDY / "codes" / "frames-codebook.md").read_text(encoding="utf-8")
    assert enums("frame") == {"frames": re.findall(r"^- `(\w+)`", codebook, flags=re.MULTILINE)}
