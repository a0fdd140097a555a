"""Coverage: who tells what, worked by hand, and against the hand codes."""

from types import SimpleNamespace

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.coverage import coded
from analysis_utils.themes.coverage.tables import openings, tellings
from analysis_utils.themes.coverage.validation import validate

OUTLETS = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def sentence_rows(counts):
    return pd.DataFrame(
        [
            {
                "sentence_id": f"{outlet}:s{number:02d}",
                "article_id": outlet,
                "outlet": outlet,
                "part": "body",
                "position": number,
                "text": f"Sentence {number} of {outlet}.",
            }
            for outlet, count in counts.items()
            for number in range(1, count + 1)
        ]
    )


def pair_rows(*rows):
    table = pd.DataFrame(rows, columns=["sentence_id", "other_id", "similarity", "link"])
    for side, outlet in (("sentence_id", "outlet"), ("other_id", "other_outlet")):
        table[outlet] = table[side].str.split(":").str[0]
    return table


@pytest.fixture
def by_hand():
    sentences = sentence_rows({"a": 3, "b": 2, "c": 1})
    pairs = pair_rows(
        ("a:s01", "b:s02", 0.9, "counterpart"),
        ("a:s01", "c:s01", 0.8, "counterpart"),
        ("b:s02", "c:s01", 0.7, "counterpart"),
        ("a:s02", "b:s01", 0.5, "possible"),
        ("a:s03", "b:s01", 0.3, ""),
    )
    return tellings(sentences, pairs, OUTLETS)


def test_who_tells_what_by_hand(by_hand):
    told = by_hand.set_index("sentence_id")
    assert told["told"].to_dict() == {
        "a:s01": "all",
        "a:s02": "possibly",
        "a:s03": "one",
        "b:s01": "possibly",
        "b:s02": "all",
        "c:s01": "all",
    }
    assert told.loc["a:s01", "counterparts"] == "b c"
    assert told.loc["a:s02", ["counterparts", "possible"]].tolist() == ["", "b"]


@pytest.mark.parametrize(
    ("counterparts", "expected"), [("", "one"), ("b", "some"), ("b c", "some"), ("b c d", "all")]
)
def test_all_are_all_the_others(counterparts, expected):
    """Of four outlets, three others have to tell it; two are some of them."""
    outlets = {name: name for name in "abcd"}
    links = [("a:s01", f"{other}:s01", 0.9, "counterpart") for other in counterparts.split()]
    told = tellings(sentence_rows(dict.fromkeys(outlets, 1)), pair_rows(*links), outlets)
    assert told.loc[0, ["counterparts", "told"]].tolist() == [counterparts, expected]


def test_a_sure_counterpart_is_not_possible_too():
    sentences = sentence_rows({"a": 1, "b": 2, "c": 1})
    pairs = pair_rows(
        ("a:s01", "b:s01", 0.9, "counterpart"),
        ("a:s01", "b:s02", 0.5, "possible"),
        ("a:s01", "c:s01", 0.5, "possible"),
    )
    told = tellings(sentences, pairs, OUTLETS).set_index("sentence_id")
    assert told.loc["a:s01", ["counterparts", "possible", "told"]].tolist() == ["b", "c", "some"]


def test_places_run_from_the_first_sentence_to_the_last(by_hand):
    places = by_hand.set_index("sentence_id")["place"]
    assert places[["a:s01", "a:s02", "a:s03"]].tolist() == [0, 0.5, 1]
    assert places[["b:s01", "b:s02"]].tolist() == [0, 1]
    assert places["c:s01"] == 0  # the only one is the first


def test_a_headline_stands_at_the_head_and_is_no_opening():
    sentences = sentence_rows({"a": 3})
    sentences.loc[0, ["part", "position"]] = ["headline", 0]
    sentences.loc[[1, 2], "position"] = [1, 2]
    told = tellings(sentences, pair_rows(), {"a": "Alpha"})
    assert told["place"].tolist() == [0, 0, 1]
    assert openings(told)[["headline_id", "lead_id"]].values.tolist() == [["a:s01", "a:s02"]]


def test_a_standfirst_is_no_telling():
    sentences = sentence_rows({"a": 2})
    sentences.loc[0, "part"] = "standfirst"
    assert tellings(sentences, pair_rows(), OUTLETS)["sentence_id"].tolist() == ["a:s02"]


#: The least and the largest numbers that are true, where they are not 0 and without end.
LEAST = {"head": -1}
MOST = {"place": 1, "weight": 1}


@pytest.mark.parametrize("name", coverage.tables.SCHEMAS)
def test_bounds_of_the_tables_are_those_of_their_numbers(name, found):
    schema, table = coverage.tables.SCHEMAS[name], getattr(found, name)
    some = table.head(1).reset_index(drop=True)
    if name == "copies":  # the default study has none
        row = {column: 3 if column in ("shared", "sentences") else "a" for column in some}
        some = schema.checked([row])
    for column in some.select_dtypes("number"):
        schema.checked(some.assign(**{column: LEAST.get(column, 0)}))
        if column in ("similarity", "nearest") or name == "pairs":
            continue  # a cosine of rounded vectors may be a little above 1 or below 0
        with pytest.raises(SchemaErrors):
            schema.checked(some.assign(**{column: LEAST.get(column, 0) - 1}))
        if column in MOST:
            schema.checked(some.assign(**{column: MOST[column]}))
            with pytest.raises(SchemaErrors):
                schema.checked(some.assign(**{column: MOST[column] + 1}))


@pytest.fixture(scope="module")
def found(corpus):
    """The tables of the default study."""
    return theme_tables(coverage, corpus)


@pytest.fixture(scope="module")
def told(found):
    return found.told


@pytest.fixture(scope="module")
def pairs(found):
    return found.pairs


def test_sentences_told_alone_are_those_of_the_hand_codes(told, codes):
    alone = coded.evaluate_alone(told, codes("alignment"))
    assert alone["coder"].sum() == 6
    assert alone["machine"].all() and alone["coder"].all()


def test_shared_facts_are_not_called_alone(told, codes):
    facts, alone = codes("facts"), set(told.loc[told["told"] == "one", "sentence_id"])
    coded = codes("alignment")
    aligned = set(coded.loc[coded["strength"] != "none", ["sentence_id", "other_id"]].stack())
    shared = facts.loc[facts["status"] == "shared", "sentence_ids"].str.split().explode()
    assert not alone & aligned & set(shared)


def test_what_stands_only_beside_the_article_is_told_by_nobody(found):
    texts = pd.concat([found.told["text"], found.omissions["text"]])
    assert not texts.str.contains("court|dismissal|lawsuit", case=False).any()


def test_only_linked_sentences_are_read_side_by_side(found):
    linked = found.pairs[found.pairs["link"] != ""]
    ids = set(zip(linked["sentence_id"], linked["other_id"], strict=True))
    for table in (found.instead, found.shifts, found.conflicts):
        assert len(table) and set(zip(table["sentence_id"], table["other_id"], strict=True)) <= ids


def test_the_first_sentences_open(found):
    assert found.openings["lead_id"].tolist() == ["tass:s01", "rferl:s01"]


def test_without_hand_codes_nothing_is_claimed(told, pairs):
    read = coded.coded_pairs(pairs, None)
    assert read.empty
    similarity = coded.evaluate_similarity(read)
    assert similarity.empty and coded.evaluate_links(read).empty
    assert coded.evaluate_alone(told, None).empty
    assert coded.evaluate_facts(None, told, pairs).empty


def test_pairs_of_articles_that_nobody_coded_are_left_out(pairs):
    codes = pd.DataFrame({"sentence_id": ["tass:s01"], "other_id": ["x:s01"], "strength": "strong"})
    assert coded.coded_pairs(pairs, codes).empty


def coded_corpus(**codes):
    """A corpus of which nothing but the hand codes is looked at."""
    return SimpleNamespace(study=SimpleNamespace(codes=codes.get))


@pytest.mark.parametrize("strength", ["none", "strong"])
def test_of_what_nothing_is_coded_there_is_no_score(found, strength):
    """Only sentences alone are coded, or only pairs: the other measure has no row."""
    none = strength == "none"
    told = found.told
    alone = told.loc[(told["outlet"] == "tass") & (told["told"] == "one"), "sentence_id"]
    codes = pd.DataFrame(
        {
            "sentence_id": alone.head(1),
            "other_id": "" if none else "rferl:s02",
            "strength": strength,
        }
    )
    rows = validate(found, coded_corpus(alignment=codes))
    measures = rows.loc[rows["against"] == "hand codes", "measure"].tolist()
    of_pairs = [rows["measure"][0], "pairs that tell the same, linked as sure counterparts"]
    assert measures == (["sentences that one outlet alone tells"] if none else of_pairs)
    assert rows["value"].notna().all() and rows["baseline_value"].notna().all()


def test_validation_has_a_row_a_measure(corpus):
    table = validated(coverage, corpus)
    assert list(table.columns) == list(VALIDATION_COLUMNS)
    assert len(table) == 5
    recall = table.set_index("measure").loc["pairs that tell the same, linked as sure counterparts"]
    assert recall["value"] == pytest.approx(4 / 11)  # a link needs much; most stay "possible"
    assert table["value"].between(0, 1).all()
    assert (table["value"] > table["baseline_value"]).all()
    assert (table["known_errors"].str.endswith(".")).all()


def test_an_article_opens_with_its_first_sentence_with_headline_or_without():
    told = pd.DataFrame(
        {
            "sentence_id": ["a:s01", "a:s02", "b:headline", "b:s01"],
            "outlet": ["x", "x", "y", "y"],
            "part": ["body", "body", "headline", "body"],
            "text": ["one", "two", "head", "three"],
        }
    )
    opening = openings(told)
    assert opening["lead"].tolist() == ["one", "three"]
    assert opening["headline"].tolist() == ["", "head"]
    bare = openings(told[told["part"] == "body"])
    assert bare["lead_id"].tolist() == ["a:s01", "b:s01"] and set(bare["headline"]) == {""}
