"""Coverage: who tells what, worked by hand, and against the hand codes."""

from types import SimpleNamespace

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.coverage import coded, words
from analysis_utils.themes.coverage.summaries import summaries
from analysis_utils.themes.coverage.tables import (
    TOLD,
    count_tellings,
    opening,
    statement_matrix,
    tellings,
    told_alone,
)
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
    assert opening(told)["sentence_id"].tolist() == ["a:s02"]
    counts = count_tellings(told, {"a": "Alpha"})
    assert counts["n"].tolist() == [0, 0, 0, 2] and counts["share"].tolist() == [0, 0, 0, 1]
    assert told_alone(told)["sentence_id"].tolist() == ["a:s01", "a:s02", "a:s03"]


def test_a_standfirst_is_no_telling():
    sentences = sentence_rows({"a": 2})
    sentences.loc[0, "part"] = "standfirst"
    assert tellings(sentences, pair_rows(), OUTLETS)["sentence_id"].tolist() == ["a:s02"]


def test_shares_add_up(by_hand):
    counts = count_tellings(by_hand, OUTLETS)
    assert counts.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    row = counts.set_index(["outlet", "told"])
    assert row.loc[("a", "one"), "n"] == 1 and row.loc[("b", "all"), "share"] == 0.5
    assert set(counts["told"]) == set(TOLD)


def test_the_statements_of_two_outlets_or_more(by_hand):
    matrix = statement_matrix(by_hand, OUTLETS)
    assert matrix[["told_by", "a", "b", "c"]].values.tolist() == [[3, "a:s01", "b:s02", "c:s01"]]
    assert matrix.loc[0, "first"] in by_hand["text"].tolist()


def test_what_most_tell_comes_first_and_two_are_enough():
    sentences = sentence_rows({"a": 2, "b": 3, "c": 2})
    pairs = pair_rows(
        ("a:s01", "b:s01", 0.9, "counterpart"),
        ("a:s02", "b:s03", 0.9, "counterpart"),
        ("a:s02", "c:s02", 0.9, "counterpart"),
        ("b:s03", "c:s02", 0.9, "counterpart"),
    )
    matrix = statement_matrix(tellings(sentences, pairs, OUTLETS), OUTLETS)
    assert matrix[["told_by", "first", "a", "b", "c"]].values.tolist() == [
        [3, "Sentence 2 of a.", "a:s02", "b:s03", "c:s02"],
        [2, "Sentence 1 of a.", "a:s01", "b:s01", ""],
    ]


#: The least and the largest numbers that are true, where they are not 0 and without end.
LEAST = {"line_no": 1, "head": -1, "kept": 0.5}
MOST = {"share": 1, "place": 1, "kept": 1}


@pytest.mark.parametrize("name", coverage.tables.SCHEMAS)
def test_bounds_of_the_tables_are_those_of_their_numbers(name, found):
    schema, table = coverage.tables.SCHEMAS[name], getattr(found, name)
    some = table.head(1).reset_index(drop=True)
    for column in some.select_dtypes("number"):
        schema.checked(some.assign(**{column: LEAST.get(column, 0)}))
        if name == "pairs":
            continue  # a cosine of rounded vectors may be a little above 1 or below 0
        with pytest.raises(SchemaErrors):
            schema.checked(some.assign(**{column: LEAST.get(column, 0) - 1}))
        if column in MOST:
            schema.checked(some.assign(**{column: MOST[column]}))
            with pytest.raises(SchemaErrors):
                schema.checked(some.assign(**{column: MOST[column] + 1}))


def test_an_outlet_without_sentences_is_no_fault():
    sentences = sentence_rows({"a": 1})
    told = tellings(sentences, pair_rows(), OUTLETS)
    assert told["told"].tolist() == ["one"]
    counts = count_tellings(told, OUTLETS)
    assert counts.loc[counts["outlet"] == "b", "share"].tolist() == [0, 0, 0, 0]
    assert statement_matrix(told, OUTLETS).empty
    assert "Beta: 0 sentences" in words.told_finding(counts, OUTLETS)


def summary_of(summary, *texts):
    sentences = sentence_rows({"a": len(texts)}).assign(text=texts)
    lines = pd.DataFrame([{"article_id": "a", "line_no": 2, "kind": "summary", "text": summary}])
    return summaries(lines, sentences)


def test_what_a_summary_drops_by_hand():
    found = summary_of(
        "The bank accused the minister of fraud. Markets fell.",
        "The bank accused the minister of fraud, which he denies.",
        "A second sentence says quite other things about the bank.",
    )
    assert found[["sentence_id", "dropped"]].values.tolist() == [["a:s01", "which he denies"]]
    assert found["kept"].item() == pytest.approx(7 / 10)


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


def test_every_fact_of_one_outlet_is_pointed_to(found, codes):
    facts = coded.evaluate_facts(codes("facts"), found.told, found.details)
    assert len(facts) == 13
    assert (facts["named"] != "").all()


def test_what_stands_only_beside_the_article_is_told_by_nobody(found):
    texts = pd.concat([found.told["text"], found.details["text"]])
    assert not texts.str.contains("court|dismissal|lawsuit", case=False).any()


def test_standfirst_and_summary_of_the_default_study(found):
    dropped = found.summaries.set_index("sentence_id")["dropped"]
    assert dropped["rferl:s03"] == "allegations Russian officials and Kaspersky deny"
    assert "the company said in a statement" in dropped["tass:s02"]
    assert dropped["rferl:s01"] == ""


def test_only_linked_sentences_are_read_side_by_side(found):
    linked = found.pairs[found.pairs["link"] != ""]
    ids = set(zip(linked["sentence_id"], linked["other_id"], strict=True))
    for table in (found.instead, found.shifts, found.conflicts):
        assert len(table) and set(zip(table["sentence_id"], table["other_id"], strict=True)) <= ids


def test_the_first_sentences_open(found):
    assert found.opening["sentence_id"].tolist() == ["tass:s01", "rferl:s01"]


def test_without_hand_codes_nothing_is_claimed(told, pairs):
    read = coded.coded_pairs(pairs, None)
    assert read.empty
    similarity = coded.evaluate_similarity(read)
    assert similarity.empty and coded.evaluate_links(read).empty
    assert coded.evaluate_alone(told, None).empty
    facts = coded.evaluate_facts(None, told, pairs)
    assert "no hand-coded pairs" in words.agreement_finding(similarity, pd.DataFrame(), facts)


def test_what_is_coded_beside_pairs_is_told_without_pairs(told, pairs, codes):
    alone = codes("alignment").query("strength == 'none'")
    similarity = coded.evaluate_similarity(coded.coded_pairs(pairs, alone))
    text = words.agreement_finding(similarity, coded.evaluate_alone(told, alone), pd.DataFrame())
    assert "no hand-coded pairs" in text and "Of 6 sentences that the coder found" in text


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
    alone = found.alone.loc[found.alone["outlet"] == "tass", "sentence_id"]
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
