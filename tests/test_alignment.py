"""Alignment of sentences: hand-made texts, links by hand, agreement with the hand codes."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from coverage_tables import tables

from analysis_utils.files.workspace import collection
from analysis_utils.schemas import article_of
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage import alignment
from analysis_utils.themes.coverage.alignment import (
    COUNTERPART,
    POSSIBLE,
    VIEWS,
    align,
    cut,
    describe,
    letter_runs,
    link_pairs,
    word_vectors,
)
from analysis_utils.themes.coverage.coded import (
    coded_pairs,
    evaluate_links,
    evaluate_similarity,
)

FLOOD = "The river flooded the town on Monday and the mayor closed all schools."
FLOOD_AGAIN = "On Monday the river flooded the town, and all schools were closed by the mayor."
STRIKE = "Drivers of the tram company want higher wages and shorter shifts this year."
OPERA = "A soprano from Naples sang the last aria twice."


@pytest.fixture(scope="module")
def pairs(corpus):
    return theme_tables(coverage, corpus).pairs


def test_a_mask_hides_a_mention_and_nothing_else():
    assert cut("Acme Corp sued Beta.", [(0, 20)], [(0, 9)]) == "it sued Beta."
    assert cut("Acme Corp sued Beta.", [(10, 20)], [(0, 9)]) == "sued Beta."
    assert cut("Beta sued Acme", [(0, 14)], [(10, 14)]) == "Beta sued it"
    assert cut("Acme sued Acme.", [(0, 15)], [(10, 14), (0, 4)]) == "it sued it."


def test_letter_runs_know_the_ends_of_a_word():
    assert "<co" in set(letter_runs("cooperate")) & set(letter_runs("cooperation"))
    assert not set(letter_runs("halt")) & set(letter_runs("suspend"))
    assert list(letter_runs("Ban")) == ["<ba", "ban", "an>", "<ban", "ban>", "<ban>"]


def test_the_article_of_a_sentence():
    assert article_of("a-b_1:s05") == "a-b_1"


def test_what_is_the_same_is_more_alike_than_what_is_not():
    made = tables(
        ("a", "body", FLOOD),
        ("a", "body", OPERA),
        ("b", "body", FLOOD_AGAIN),
        ("b", "body", STRIKE),
    )
    found = align(*made)
    first = found.iloc[0]
    assert (first["sentence_id"], first["other_id"]) == ("a:s01", "b:s01")
    assert first["link"] == "counterpart"
    assert (found["similarity"].iloc[1:] < POSSIBLE).all()
    assert len(found) == 4


def test_the_same_sentence_has_similarity_one():
    found = align(*tables(("a", "body", FLOOD), ("b", "body", FLOOD), ("b", "body", STRIKE)))
    assert found.loc[0, ["similarity", *VIEWS]].tolist() == pytest.approx([1] * 5, abs=1e-3)


def test_only_like_parts_of_different_outlets_are_compared():
    made = tables(
        ("a", "headline", FLOOD),
        ("a", "standfirst", FLOOD),
        ("a", "body", FLOOD),
        ("a", "body", FLOOD),
        ("b", "headline", FLOOD),
        ("b", "body", FLOOD),
    )
    found = align(*made)
    ids = set(zip(found["sentence_id"], found["other_id"], strict=True))
    assert ids == {
        ("a:headline", "b:headline"),
        ("a:s01", "b:s01"),
        ("a:s02", "b:s01"),
    }


def pieces(text):
    """How many pieces of words stand for a text."""
    sentences, made, *_ = tables(("a", "body", text))
    return word_vectors(sentences, made).getnnz()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("40", 18),  # as many as a word of eight letters has
        ("bankrupt", 8 + 7 + 6),
        ("ban", 6),
        ("the", 0),
        ("3 May", 18),
        ("May 3", 18),
        ("3 May 40", 36),
        ("40 3 May", 36),
        ("Monday 3", 18 + 6 + 5 + 4),
    ],
)
def test_a_number_weighs_as_much_as_a_word_and_a_day_with_its_month_is_one(text, count):
    assert pieces(text) == count


def test_a_day_and_its_month_are_the_same_in_either_order():
    sentences, made, *_ = tables(("a", "body", "It rained on 3 May."), ("b", "body", "May 3"))
    one, two = word_vectors(sentences, made)
    assert (one @ two.T).toarray().item() > 0
    assert set(two.indices) < set(one.indices)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        # Bank, close, door: three content words are enough.
        (
            "The bank, which lost two million euros on 3 May, closed its doors after angry"
            " customers had demanded their savings.",
            3,
        ),
        ("It rained, and angry customers demanded their savings.", 1),
        ("Angry customers demanded their savings.", 0),  # the whole sentence
    ],
)
def test_clauses_of_three_content_words_stand_beside_the_whole_sentence(text, clauses):
    found = describe(*tables(("a", "body", text)))
    assert found.first_clause.tolist() == [0, 1 + clauses]
    assert len(found.clauses) == len(found.clauses_masked) == 1 + clauses


def test_a_clause_alone_can_be_what_both_tell():
    shared = "angry customers demanded their savings"
    made = tables(
        ("a", "body", f"The river flooded the old town, and {shared}."),
        ("a", "body", STRIKE),
        ("b", "body", OPERA),
        ("b", "body", f"{shared.capitalize()}."),
    )
    found = align(*made).set_index(["sentence_id", "other_id"])
    row = found.loc[("a:s01", "b:s02")]
    assert row["clauses"] > 0.9 > row["written"]
    assert found["clauses"].drop(("a:s01", "b:s02")).max() < 0.4


def test_work_in_blocks_gives_the_same(monkeypatch):
    made = tables(*((outlet, "body", text) for outlet in "ab" for text in (FLOOD, STRIKE, OPERA)))
    whole = align(*made)
    monkeypatch.setattr(alignment, "_BLOCK", 2)
    pd.testing.assert_frame_equal(whole, align(*made))


def test_products_of_many_pairs_are_all_there():
    vectors = np.array([[1.0, 0.0], [0.0, 2.0]])
    rows = np.arange(2 * 65536 + 3) % 2
    assert alignment._dots(vectors, rows, rows).tolist() == np.where(rows, 4.0, 1.0).tolist()
    assert len(alignment._dots(vectors, rows[:0], rows[:0])) == 0


def test_an_outlet_without_text_leaves_the_tables_empty(corpus):
    sentences = corpus.sentences[corpus.sentences["outlet"] == "tass"]
    told = {
        name: table[table["sentence_id"].isin(sentences["sentence_id"])]
        for name in ("tokens", "quotations", "mentions", "quotes")
        for table in [getattr(corpus, name)]
    }
    found = theme_tables(coverage, replace(corpus, sentences=sentences, **told))
    assert set(found.told["told"]) == {"one"}
    assert found.pairs.empty and found.omissions.empty and found.shifts.empty


def test_one_outlet_or_no_word_gives_no_pair_or_no_fault():
    assert align(*tables(("a", "body", FLOOD))).empty
    found = align(*tables(("a", "body", "… — !"), ("b", "body", "?")))
    assert found["words"].tolist() == [0.0]


def test_fewer_candidates_keep_the_most_similar():
    rows = [("a", "body", FLOOD), ("b", "body", STRIKE), ("b", "body", OPERA)]
    made = tables(*rows, ("b", "body", FLOOD_AGAIN), ("a", "body", OPERA))
    few, all_of_them = align(*made, candidates=1), align(*made)
    best = few.loc[few["sentence_id"] == "a:s01", "other_id"]
    assert "b:s03" in set(best) and len(few) < len(all_of_them)
    merged = few.merge(all_of_them, on=["sentence_id", "other_id"], suffixes=("", "_all"))
    assert merged["similarity"].tolist() == pytest.approx(merged["similarity_all"].tolist())


def pair_table(*rows):
    made = pd.DataFrame(rows, columns=["sentence_id", "other_id", "similarity"])
    return made.assign(words=made["similarity"])


def test_links_by_hand():
    table = pair_table(
        ("a:s01", "b:s01", 0.9),
        ("a:s01", "b:s02", 0.5),  # the best for b:s02, not for a:s01
        ("a:s02", "b:s01", 0.48),  # the best for a:s02
        ("a:s02", "b:s02", 0.47),  # the best for none
        ("a:s03", "b:s01", 0.2),  # too low
    )
    linked = link_pairs(table, counterpart=0.6, possible=0.4)
    assert linked["link"].tolist() == ["counterpart", "possible", "possible", "", ""]
    linked = link_pairs(table, counterpart=0.9, possible=0.48)  # the thresholds themselves count
    assert linked["link"].tolist() == ["counterpart", "possible", "possible", "", ""]


def test_a_likeness_of_meaning_without_words_in_common_is_possible_only():
    table = pair_table(("a:s01", "b:s01", 0.6), ("a:s02", "b:s02", 0.62)).assign(words=0.1)
    assert link_pairs(table)["link"].tolist() == ["possible", "counterpart"]
    assert set(link_pairs(table.assign(words=0.3))["link"]) == {"counterpart"}


def test_the_best_is_the_best_in_each_article():
    table = pair_table(("a:s01", "b:s01", 0.5), ("a:s01", "c:s01", 0.45))
    assert (link_pairs(table, 0.6, 0.4)["link"] == "possible").all()


def test_alignment_agrees_with_the_hand_codes(pairs, codes):
    coded = coded_pairs(pairs, codes("alignment"))
    scores = evaluate_similarity(coded).set_index("similarity")["average_precision"]
    assert scores["mean of the four"] >= 0.9
    assert scores["mean of the four"] > scores.drop("mean of the four").max()
    assert scores[VIEWS["masked"]] > scores[VIEWS["written"]]


def test_no_pair_above_the_threshold_is_false(pairs, codes):
    links = evaluate_links(coded_pairs(pairs, codes("alignment"))).set_index("link")
    assert links.loc["counterpart", "pairs"] == links.loc["counterpart", "right"] >= 3


def test_all_pairs_of_the_default_study_are_compared(pairs, corpus):
    told = corpus.sentences[corpus.sentences["part"] == "body"]["outlet"].value_counts()
    assert len(pairs) == told.prod() + 1
    assert pairs["similarity"].is_monotonic_decreasing


def test_two_runs_give_the_same(pairs, corpus):
    pd.testing.assert_frame_equal(pairs, coverage.tables.align_corpus(corpus))


def test_thresholds_and_labels_hold_no_text():
    labels = pd.read_csv(collection() / "benchmarks" / "alignment_labels.csv")
    assert list(labels) == ["event", "sentence_id", "other_id", "strength"]
    assert set(labels["strength"]) == {"strong", "partial", "none"}
    ids = pd.concat([labels["sentence_id"], labels["other_id"]])
    assert all(re.fullmatch(r"\w+:(?:s\d\d|headline)", name) for name in ids)
    assert not labels.duplicated(["sentence_id", "other_id"]).any()
    assert 0 < POSSIBLE < COUNTERPART < 1
