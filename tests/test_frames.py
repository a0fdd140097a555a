"""Frames: reading them, finding their terms, shares, agreement with coders, evidence, figures."""

import math
import shutil
from itertools import pairwise

import matplotlib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection, PathCollection
from pandera.errors import SchemaErrors
from term_tables import text_tables

from analysis_utils.measures.agreement import TENTATIVE
from analysis_utils.measures.intervals import FEW
from analysis_utils.study import read_study
from analysis_utils.study.file import StudyError
from analysis_utils.study.parts import Frame
from analysis_utils.themes import frames
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.frames import coded as hand_codes
from analysis_utils.themes.frames import evidence as frame_evidence
from analysis_utils.themes.frames import figures as plots
from analysis_utils.themes.frames import words as prose_of
from analysis_utils.themes.frames.codebook import (
    frame_names,
    frame_table,
    groups,
    read_frame_file,
    study_frames,
)
from analysis_utils.themes.frames.hits import find_hits
from analysis_utils.themes.frames.similarity import (
    best_threshold,
    either,
    read_by_similarity,
    without_names,
)

matplotlib.use("Agg")

FIVE = ["conflict", "human_interest", "economic_consequences", "morality", "responsibility"]


def frame(*terms, frame_id="f"):
    return Frame(id=frame_id, name=f"The {frame_id}", description="What it says.", terms=terms)


def found(text, *terms, mentions=None):
    """The words that the terms find in a sentence."""
    hits = find_hits(*text_tables({"a": [text]}), [frame(*terms)], mentions)
    return hits["text"].tolist()


@pytest.fixture(scope="module")
def default(corpus):
    return theme_tables(frames, corpus)


# Reading frames


def test_the_generic_frames_are_those_of_the_literature_and_entmans_functions():
    content = read_frame_file()
    assert [each.id for each in content.frames] == FIVE
    assert [each.id for each in content.functions] == ["problem", "cause", "judgement", "remedy"]
    for each in (*content.frames, *content.functions):
        assert each.terms and each.description and each.source
        assert len(each.terms) == len(set(each.terms)), each.id


BROKEN = """\
frames:
  - id: conflict
    name: Conflict
    description: Two sides.
    terms: [quar*rel, "qu*", deny]
  - id: conflict
    name: Conflict again
    terms: [deny, "--"]
    word: deny
"""


def test_every_fault_of_the_file_is_told_with_line_and_mend(tmp_path):
    path = tmp_path / "frames.yml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(StudyError) as error:
        read_frame_file(path)
    told = {(fault.line, fault.key): str(fault) for fault in error.value.faults}
    assert "has a * inside it" in told[(5, "frames > no. 1 > terms > no. 1")]
    assert "Write more letters" in told[(5, "frames > no. 1 > terms > no. 2")]
    assert "is taken by no. 1" in told[(6, "frames > no. 2 > id")]
    assert "is no word" in told[(8, "frames > no. 2 > terms > no. 2")]
    assert "`description` is missing" in told[(6, "frames > no. 2 > description")]
    assert "The keys are id, name" in told[(9, "frames > no. 2 > word")]
    assert len(told) == 6


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "there is no such file"),
        ("frames:\n\t- id: x\n", "Indent with spaces"),
        ("just words\n", "it holds no keys"),
        ("frame: []\n", "Did you mean frames?"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path, content, problem):
    path = tmp_path / "frames.yml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(StudyError, match=problem):
        read_frame_file(path)


def changed_study(study, tmp_path, old, new):
    """The default study without codes, with something else in its ``study.yml``."""
    text = (study.folder / "study.yml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "study.yml").write_text(text.replace(old, new), encoding="utf-8")
    shutil.copytree(study.folder / "pages", tmp_path / "pages")
    return read_study(tmp_path)


def test_frames_of_the_study_follow_the_generic_ones(study):
    ids = [each.id for each in study_frames(study)]
    assert ids == [*FIVE, *(each.id for each in study.frames)]
    assert len(study.frames) == 5


def test_a_frame_of_the_study_takes_the_place_of_a_generic_one(study, tmp_path):
    changed = changed_study(study, tmp_path, "- id: security_threat", "- id: conflict")
    conflict, *others = study_frames(changed)
    assert conflict.name == "Security threat"
    assert "conflict" not in [each.id for each in others]
    book = frame_table([conflict, *others], [each.id for each in changed.frames])
    assert book["kind"].tolist() == ["issue"] + ["generic"] * 4 + ["issue"] * 4
    assert groups(book)["issue frames"] == ["conflict", *(each.id for each in others[4:])]
    assert [*groups(book)] == ["all frames", "generic frames", "issue frames"]
    assert [*groups(book[book["kind"] == "generic"])] == ["all frames", "generic frames"]


def test_a_term_of_the_study_that_cannot_be_looked_for_is_told_with_its_line(study, tmp_path):
    changed = changed_study(study, tmp_path, "      - espionage\n", "      - e*\n")
    lines = (tmp_path / "study.yml").read_text(encoding="utf-8").splitlines()
    with pytest.raises(StudyError, match="would find almost anything") as error:
        study_frames(changed)
    assert error.value.faults[0].line == lines.index("      - e*") + 1


# Finding terms


@pytest.mark.parametrize(
    ("text", "terms", "words"),
    [
        ("They denied it and deny it.", ["deny"], ["denied", "deny"]),
        ("He was accused; the accusation stood.", ["accus*"], ["accused", "accusation"]),
        ("The war of words went on.", ["war of words", "war"], ["war of words"]),
        ("A stand-off, a stand off.", ["stand-off"], ["stand-off", "stand off"]),
        ("They stand, off the coast.", ["stand off"], []),
        ("It was without any evidence.", ["without evidence"], []),
        ("They called it a threat to us.", ["US"], []),
        ("The US calls it a threat.", ["us"], []),
        ("The U.S. calls it a threat.", ["US"], ["U.S."]),
        ("The Department of Justice spoke of justice.", ["justice"], ["justice"]),
        ("Justice was done, he said: “Justice!”", ["justice"], ["Justice", "Justice"]),
        ("headline: Riverton Workers Sue Council", ["sue"], ["Sue"]),
        ("On Monday they march in March.", ["March"], ["March"]),
        ("An anti-virus firm found the virus.", ["virus"], ["virus"]),
        ("An anti-virus firm found the virus.", ["anti-virus"], ["anti-virus"]),
        ("The flood cost £5, and costs more.", ["cost"], ["cost", "costs"]),
        ("Nothing of the kind.", [], []),
        ("Strike!", ["strike"], ["Strike"]),
        ("Two MPs met an MP.", ["MP"], ["MPs", "MP"]),
        ("Two MPs met an MP.", ["MPs"], ["MPs"]),
        ("Their abc and abyss.", ["abc*", "aby*"], ["abc", "abyss"]),
    ],
)
def test_terms_are_found_in_every_form_but_not_in_names(text, terms, words):
    assert found(text, *terms) == words


def test_nothing_is_found_in_what_an_actor_is_called():
    text = "The Fair trade union wants fair pay."
    mentions = pd.DataFrame(
        [("a:s01", 4, 14, "alias"), ("a:s01", 21, 35, "description")],
        columns=["sentence_id", "start", "end", "kind"],
    )
    assert found(text, "trade", "fair", "pay") == ["trade", "fair", "pay"]
    assert found(text, "trade", "fair", "pay", mentions=mentions) == ["fair", "pay"]


@pytest.mark.parametrize(("name", "words"), [((5, 8), ["not"]), ((8, 11), ["can"])])
def test_a_word_that_touches_a_name_is_none_of_it(name, words):
    mentions = pd.DataFrame(
        [("a:s01", *name, "name")], columns=["sentence_id", "start", "end", "kind"]
    )
    assert found("They cannot win.", "can", "not", mentions=mentions) == words


def test_a_word_may_belong_to_several_frames():
    two = [frame("ban", frame_id="one"), frame("ban", frame_id="two")]
    hits = find_hits(*text_tables({"a": ["A ban."]}), two)
    assert hits["frame"].tolist() == ["one", "two"]


@pytest.mark.parametrize("term", ["*", "ab*", "good ab*"])
def test_a_term_that_cannot_be_looked_for_is_refused(term):
    with pytest.raises(ValueError, match="would find almost anything"):
        found("A word.", term)


@settings(max_examples=25)  # each is parsed
@given(st.text(alphabet="abB -*’'“”.:&<>$é😀\n", max_size=40))
def test_hits_lie_where_their_words_stand(text):
    sentences, tokens = text_tables({"a": [f"The ban {text} was banned."]})
    hits = find_hits(sentences, tokens, [frame("ban", "ban*", "a b")])
    for hit in hits.itertuples():
        assert sentences["text"][0][hit.start : hit.end] == hit.text
    for first, second in pairwise(hits.itertuples()):
        assert first.end <= second.start


def test_sentences_without_words_have_no_hits():
    assert find_hits(*text_tables({"a": ["…"]}), [frame("word")]).empty


# Scores and shares

TWO = [frame("strike", frame_id="dispute"), frame("cost", frame_id="money")]


@pytest.fixture(scope="module")
def small():
    """Two outlets, with voices by hand: the second hit of "a:s02" is quoted."""
    sentences, tokens = text_tables(
        {
            "a": [
                "headline: Strike in Riverton",
                "standfirst: The strike goes on",
                "A strike and a strike.",
                "The strike will cost us, they said.",
                "It rained.",
            ],
            "b": ["It rained.", "The cost rose."],
        }
    )
    hits = find_hits(sentences, tokens, TWO)
    quoted = (hits["sentence_id"] == "a:s02") & (hits["frame"] == "money")
    hits["voice"] = quoted.map({True: "quoted", False: "own"})
    return sentences, hits, frames.tables.score_sentences(sentences, hits, TWO)


def test_each_sentence_and_frame_has_its_hits_and_their_voice(small):
    *_, scores = small
    assert len(scores) == 7 * 2
    row = scores.set_index(["sentence_id", "frame"])
    first = row.loc[("a:s01", "dispute")]
    assert (first["hits"], first["present"], first["own"], first["others"]) == (2, 1, 1, 0)
    assert first["words"] == "strike"
    quoted = row.loc[("a:s02", "money")]
    assert (quoted["hits"], quoted["own"], quoted["others"]) == (1, 0, 1)
    assert row.loc[("a:s03", "money"), ["hits", "present", "own", "others"]].sum() == 0


def test_without_voices_every_hit_is_the_outlets_own(small):
    sentences, hits, _ = small
    scores = frames.tables.score_sentences(sentences, hits.drop(columns="voice"), TWO)
    assert scores["own"].equals(scores["present"]) and not scores["others"].any()


def test_a_sentence_can_have_a_frame_in_own_and_in_others_words(small):
    sentences, hits, _ = small
    in_both = hits.assign(voice=["reported", "own"] * (len(hits) // 2) + ["own"] * (len(hits) % 2))
    row = frames.tables.score_sentences(sentences, in_both, TWO).set_index(["sentence_id", "frame"])
    twice = hits[hits.duplicated(["sentence_id", "frame"])].iloc[0]
    first = row.loc[(twice["sentence_id"], twice["frame"])]
    assert (first["hits"], first["own"], first["others"]) == (2, 1, 1)


@pytest.fixture(scope="module")
def few(small):
    """Small tables by name."""
    _, hits, scores = small
    codes = coded_by("x", ("a:s01", "dispute", 1), ("a:s03", "dispute", 0), ("b:s02", "money", 1))
    coded, book = hand_codes.read_coded(codes), frame_table(TWO)
    readings = hand_codes.read_trivially(coded)
    return {
        "codebook": book,
        "hits": hits,
        "scores": scores,
        "shares": frames.tables.shares(scores),
        "coded": coded,
        "coded_counts": hand_codes.coded_counts(coded, scores),
        "comparison": hand_codes.compare(readings, coded, groups(book)),
    }


EDGES = [
    ("hits", "start", 0, -1),
    ("hits", "end", 0, -1),
    ("scores", "hits", 0, -1),
    ("scores", "present", 1, 2),
    ("scores", "own", 1, 2),
    ("scores", "others", 1, 2),
    ("shares", "n", 1, 0),
    ("shares", "count", 0, -1),
    ("shares", "mean", 0.0, -0.01),
    ("shares", "mean", 1.0, 1.01),
    ("coded", "present", 1, 2),
    ("coded_counts", "n", 1, 0),
    ("coded_counts", "count", 0, -1),
    ("comparison", "n", 1, 0),
    ("comparison", "coded", 0, -1),
    ("comparison", "found", 0, -1),
    ("comparison", "both", 0, -1),
]


@pytest.mark.parametrize(("table", "column", "edge", "beyond"), EDGES)
def test_a_table_takes_what_there_can_be_and_nothing_else(few, table, column, edge, beyond):
    schema, row = frames.tables.SCHEMAS[table], few[table].head(1)
    assert len(schema.checked(row.assign(**{column: edge}))) == 1
    with pytest.raises(SchemaErrors):
        schema.checked(row.assign(**{column: beyond}))


def test_names_of_things_that_are_not_known_are_refused(few):
    for table, column in (("codebook", "kind"), ("hits", "voice"), ("shares", "value")):
        with pytest.raises(SchemaErrors):
            frames.tables.SCHEMAS[table].checked(few[table].assign(**{column: "x"}))


def test_tables_are_what_their_schemas_say(few):
    for table, rows in few.items():
        pd.testing.assert_frame_equal(
            frames.tables.SCHEMAS[table].checked(rows), rows, check_dtype=False
        )


def test_the_tables_rest_on_one_another(default, corpus):
    """The same hits, sentences and codes stand behind all of them."""
    assert default.scores["hits"].sum() == len(default.hits)
    in_body = default.scores[default.scores["part"] == "body"]
    for value in frames.tables.VALUES:
        counts = default.shares[default.shares["value"] == value].set_index(["frame", "outlet"])
        summed = in_body.groupby(["frame", "outlet"], sort=False)[value].sum()
        assert summed.to_dict() == counts["count"].to_dict()
        assert (counts["mean"] * counts["n"] - counts["count"]).abs().max() < 1e-9
    either_way = in_body["own"] | in_body["others"]
    assert (either_way == in_body["present"]).all()
    assert len(default.similarity) == len(corpus.sentences) * len(default.codebook)
    assert default.similarity["similarity"].between(-1, 1).all()
    assert set(default.cues["frame"]) <= set(default.functions["frame"])


def test_shares_count_sentences_of_the_body_alone(small):
    *_, scores = small
    shared = frames.tables.shares(scores).set_index(["frame", "outlet", "value"])
    assert shared.loc[("dispute", "a", "present"), ["n", "count"]].tolist() == [3, 2]
    assert shared.loc[("dispute", "a", "present"), "mean"] == pytest.approx(2 / 3)
    assert shared.loc[("money", "a", "own"), "count"] == 0
    assert shared.loc[("money", "a", "others"), "mean"] == pytest.approx(1 / 3)
    assert shared.loc[("money", "b", "own"), "mean"] == 0.5


def test_shares_have_intervals_from_enough_sentences_on():
    texts = ["A strike.", "It rained.", "A strike.", "The cost rose.", "It rained."]
    sentences, tokens = text_tables({"a": texts, "b": texts[: FEW - 1]})
    scores = frames.tables.score_sentences(sentences, find_hits(sentences, tokens, TWO), TWO)
    shared = frames.tables.shares(scores, ["present"]).set_index(["frame", "outlet"])
    again = frames.tables.shares(scores, ["present"]).set_index(["frame", "outlet"])
    pd.testing.assert_frame_equal(shared, again)
    strike = shared.loc[("dispute", "a")]
    assert strike["low"] < strike["mean"] == 0.4 < strike["high"]
    assert shared.loc[("dispute", "b"), ["low", "high"]].isna().all()


def test_counts_and_headlines_are_laid_out_for_reading(small):
    sentences, _, scores = small
    table = frames.tables.count_table(frames.tables.shares(scores), {"a": "A & <b>", "b": "B"})
    assert table.columns.tolist() == ["frame", "A & <b>, of 3", "B, of 2"]
    assert table.iloc[1].tolist() == ["money", "1 (0)", "1 (1)"]
    headlines = frame_evidence.headline_frames(scores, sentences, frame_names(frame_table(TWO)))
    assert headlines["frames"].tolist() == ["The dispute"]
    assert headlines["words"].tolist() == ["Strike"]


def test_a_study_without_hits_or_headlines_has_zeros_and_empty_tables():
    sentences, tokens = text_tables({"a": ["It rained."], "b": ["It snowed."]})
    scores = frames.tables.score_sentences(sentences, find_hits(sentences, tokens, TWO), TWO)
    shared = frames.tables.shares(scores)
    assert shared["count"].sum() == 0 and len(shared) == 2 * 2 * 3
    names = frame_names(frame_table(TWO))
    assert frame_evidence.headline_frames(scores, sentences, names).empty
    assert "No frame leads" in prose_of.headline(shared, {"a": "A", "b": "B"}, names)
    prose = prose_of.finding(shared, {"a": "A", "b": "B"}, names)
    assert "same share" in prose and "No sentence of the body" in prose


# Agreement with coders


def test_agreement_of_four_answers_by_hand():
    # One of four units differs: 2 of 8 paired values. By chance 2 * 3 * 5 of 8 * 7 would.
    row = hand_codes.measure([1, 1, 0, 0], [1, 0, 0, 0])
    assert (row["n"], row["coded"], row["found"], row["both"]) == (4, 2, 1, 1)
    assert (row["precision"], row["recall"]) == (1, 0.5)
    assert row["f1"] == pytest.approx(2 / 3)
    assert row["alpha"] == pytest.approx(1 - (2 / 8) / (30 / 56))


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=30))
def test_alpha_of_two_readers_and_two_answers_is_krippendorffs(pairs):
    truth, said = np.array(pairs).T
    alpha = hand_codes.measure(truth, said)["alpha"]
    yes, n = truth.sum() + said.sum(), 2 * len(pairs)
    if yes in (0, n):
        assert math.isnan(alpha)
    else:  # the formula for this case in Krippendorff (2011), section A
        differing = (truth != said).sum()
        assert alpha == pytest.approx(1 - (n - 1) * differing / (yes * (n - yes)))


def coded_by(coder, *rows):
    return pd.DataFrame(rows, columns=["sentence_id", "frame", "present"]).assign(coder=coder)


def test_trivial_readers_and_readers_that_say_nothing():
    codes = coded_by("x", ("s1", "f", 1), ("s2", "f", 0), ("s3", "f", 0))
    coded = hand_codes.read_coded(codes)
    assert set(coded["frame"]) == {"f"} and set(coded["reader"]) == {"coder x"}
    silent = pd.DataFrame([("silent", "s9", "f", 1)], columns=hand_codes.READING)
    readings = pd.concat([silent, hand_codes.read_trivially(coded)])
    table = hand_codes.compare(readings, coded, {"all": ["f"]}).set_index("reader")
    assert table.loc["always present", ["recall", "precision"]].tolist() == [1, 1 / 3]
    assert table.loc["never present", "f1"] == table.loc["silent", "f1"] == 0
    assert hand_codes.read_coded(None).empty


def test_always_saying_yes_by_hand():
    # One of three units has the frame: two differ. Of six answers four are yes, so by chance
    # 2 * 4 * 2 of 6 * 5 pairs would differ, and 4 of 6 do.
    coded = hand_codes.read_coded(coded_by("x", ("s1", "f", 1), ("s2", "f", 0), ("s3", "f", 0)))
    table = hand_codes.compare(hand_codes.read_trivially(coded), coded, {"all": ["f"]})
    always, never = (table.set_index("reader").loc[name] for name in hand_codes.TRIVIAL)
    assert always["alpha"] == pytest.approx(1 - (4 / 6) / (16 / 30))
    assert (always["n"], always["coded"], always["found"], always["both"]) == (3, 1, 3, 1)
    assert never["found"] == 0 and math.isnan(never["precision"])


def test_frames_are_compared_apart_and_together_and_never_without_a_code():
    codes = coded_by("x", ("s1", "f", 1), ("s2", "f", 0), ("s1", "g", 1), ("s2", "g", 1))
    coded = hand_codes.read_coded(codes)
    by_name = {"both": ["f", "g"], "f": ["f"], "g": ["g"], "none": ["h"]}
    table = hand_codes.compare(hand_codes.read_trivially(coded), coded, by_name)
    always = table[table["reader"] == "always present"].set_index("group")
    assert always["n"].to_dict() == {"both": 4, "f": 2, "g": 2}
    assert always["coded"].to_dict() == {"both": 3, "f": 1, "g": 2}


def test_each_frame_has_the_terms_agreement_and_the_coders(small):
    *_, scores = small
    codes = pd.concat(
        [
            coded_by("x", ("a:s01", "dispute", 1), ("a:s02", "dispute", 0), ("a:s03", "money", 1)),
            coded_by("y", ("a:s01", "dispute", 1), ("a:s02", "dispute", 1), ("a:s03", "money", 1)),
        ]
    )
    coded, book = hand_codes.read_coded(codes), frame_table(TWO)
    by_frame = groups(book) | {each: [each] for each in book["frame"]}
    comparison = hand_codes.compare(hand_codes.read_by_terms(scores), coded, by_frame)
    table = hand_codes.frames_table(comparison, book).set_index("frame")
    # The terms see the dispute in both sentences, as y does; x sees it in one: F1 2/3 and 1.
    assert table.loc["dispute", ["n", "coded", "found"]].tolist() == [2, "1, 2", 2]
    assert table.loc["dispute", "f1"] == pytest.approx((2 / 3 + 1) / 2)
    assert table.loc["dispute", "f1_coders"] == pytest.approx(2 / 3)
    assert table.loc["money", ["n", "found"]].tolist() == [1, 0] and table.loc["money", "f1"] == 0
    assert hand_codes.alphas(comparison, book)["dispute"] == pytest.approx(0.0)
    methods = hand_codes.methods_table(comparison, book).set_index(["group", "reader"])
    assert list(methods.index.unique("reader")) == ["another coder", "terms"]
    assert methods.loc[("all frames", "terms"), "n"] == 3
    # x: found 2 of 2 seen, one right of each; y: two right of found 2 and seen 3.
    assert methods.loc[("all frames", "terms"), "f1"] == pytest.approx((1 / 2 + 4 / 5) / 2)


def test_two_coders_are_compared_on_what_both_coded():
    codes = pd.concat(
        [
            coded_by("x", *((f"s{n}", "f", n % 2) for n in range(10))),
            coded_by("y", *((f"s{n}", "f", n % 2) for n in range(4))),
        ]
    )
    coded = hand_codes.read_coded(codes)
    table = hand_codes.compare(hand_codes.read_trivially(coded), coded, {"all": ["f"]})
    between = table[table["reader"].str.startswith("coder")]
    assert (
        (between["n"] == 4).all() and (between["f1"] == 1).all() and (between["alpha"] == 1).all()
    )
    told, _ = agreement(("x", (1, 0, 1, 0)), ("y", (1, 0)), ("terms", (1, 0, 1, 0)))
    assert "agree with an F1 of 1.00 (alpha 1.00) over the 2 pairs that both coded" in told


def test_each_coder_is_told_with_the_sentences_it_coded(small):
    *_, scores = small
    codes = pd.concat(
        [
            coded_by("x", ("b:s01", "money", 1), ("b:s02", "money", 1)),
            coded_by("y", ("b:s01", "money", 1)),
        ]
    )
    coded = hand_codes.read_coded(codes)
    tidy = hand_codes.coded_counts(coded, scores)
    assert tidy.values.tolist() == [
        ["money", "b", "coder x", 2, 2],
        ["money", "b", "coder y", 1, 1],
        ["money", "b", "terms", 2, 1],
    ]
    counts = hand_codes.side_by_side(tidy)
    assert counts.columns.tolist() == ["frame", "outlet", "n", "coder x", "coder y", "terms"]
    assert counts[["n", "coder x", "coder y"]].values.tolist() == [["2 and 1", 2, 1]]
    prose = prose_of.coded_finding(counts, {"b": "Beta"}, {"money": "Money"})
    assert "Money in Beta (2 and 1 of 2 and 1 sentences)" in prose


def test_an_outlet_that_a_coder_did_not_code_counts_none_of_its_sentences(small):
    *_, scores = small
    codes = pd.concat(
        [
            coded_by(
                "y", ("b:s02", "money", 1), ("a:s01", "dispute", 1), ("a:headline", "money", 1)
            ),
            coded_by("x", ("b:s02", "money", 0)),
        ]
    )
    tidy = hand_codes.coded_counts(hand_codes.read_coded(codes), scores)
    counts = hand_codes.side_by_side(tidy)
    # In the order of the scores, headlines left out.
    assert counts.values.tolist() == [
        ["dispute", "a", "0 and 1", 0, 1, 1],
        ["money", "b", 1, 0, 1, 1],
    ]
    assert hand_codes.side_by_side(tidy.head(0)).empty
    alone = hand_codes.side_by_side(tidy[tidy["reader"] != "coder x"])
    assert alone[["n", "coder y", "terms"]].values.tolist() == [[1, 1, 1], [1, 1, 1]]


def test_without_frames_there_is_no_table_of_counts(small):
    *_, scores = small
    assert frames.tables.count_table(frames.tables.shares(scores.iloc[:0]), {"a": "A"}).empty


def agreement(*rows):
    """What is told of answers of coders x and y and of other readers, on sentences s0, s1 ..."""
    answers = {
        name: coded_by(name, *((f"s{n}", "f", value) for n, value in enumerate(values)))
        for name, values in rows
    }
    codes = pd.concat(table for name, table in answers.items() if name in "xy")
    coded = hand_codes.read_coded(codes)
    others = [table for name, table in answers.items() if name not in "xy"]
    others = [table.rename(columns={"coder": "reader"}) for table in others]
    readings = pd.concat([*others, hand_codes.read_trivially(coded)])
    book = frame_table([frame("word")])
    table = hand_codes.compare(readings, coded, groups(book) | {"f": ["f"]})
    methods = hand_codes.methods_table(table, book)
    methods = methods[methods["group"] == "all frames"]
    by_frame = hand_codes.frames_table(table, book)
    prose = prose_of.conclusion(methods, by_frame, {"f": "The frame"})
    return prose, prose_of.similarity_finding(methods)


def similar(values):
    return [("similarity", values), ("terms or similarity", values)]


@pytest.mark.parametrize("coded", [(0, 0), (1, 0), (1, 1)])
@pytest.mark.parametrize("found", [(0, 0), (1, 0), (1, 1)])
@pytest.mark.parametrize("near", [(0, 0), (0, 1)])
@pytest.mark.parametrize("coders", ["x", "xy"])
def test_prose_never_tells_a_score_that_there_is_not(coded, found, near, coders):
    prose = agreement(*((coder, coded) for coder in coders), ("terms", found), *similar(near))
    assert not [text for text in prose if "nan" in text]


def test_what_is_told_where_there_is_nothing_to_count():
    nothing, none_near = agreement(("x", (0, 0)), ("terms", (0, 0)), *similar((0, 0)))
    assert (
        "2 pairs of sentence and frame (all frames), neither coders nor terms see a frame."
        in nothing
    )
    assert "Neither coders nor terms see The frame anywhere." in nothing
    assert "cannot be tested" in none_near
    overlooked, _ = agreement(("x", (1, 0)), ("terms", (0, 0)))
    assert "an F1 of 0.00 (recall 0.00)" in overlooked
    everywhere, _ = agreement(("x", (1, 1)), ("y", (1, 1)), ("terms", (1, 1)))
    assert "the terms reach an F1 of 1.00 (precision 1.00, recall 1.00), always" in everywhere
    assert "the coders agree with an F1 of 1.00." in everywhere
    assert "see The frame everywhere" in everywhere and "They do not" not in everywhere


def test_where_no_frame_is_coded_none_is_called_the_most_frequent():
    counts = pd.DataFrame(
        [
            ("f", "a", 12, 0, 0, 3),
            ("g", "a", 12, 0, 0, 0),
            ("f", "b", 9, 0, 0, 0),
            ("g", "b", 9, 1, 2, 0),
        ],
        columns=["frame", "outlet", "n", "coder x", "coder y", "terms"],
    )
    names, outlets = {"f": "Conflict", "g": "Morality"}, {"a": "A", "b": "B"}
    prose = prose_of.coded_finding(counts, outlets, names)
    assert "is Morality in B (1 and 2 of 9 sentences)." in prose
    assert prose.endswith("No frame was coded in A (12 sentences).")
    prose = prose_of.coded_finding(counts[counts["outlet"] == "a"], outlets, names)
    assert "no frame was coded in A (12 sentences)" in prose
    assert "Conflict" not in prose and "most frequent" not in prose


def test_what_is_told_of_terms_that_all_coders_contradict(small):
    sentences, _, scores = small
    codes = pd.concat(
        [
            coded_by("x", ("a:s03", "money", 1), ("b:s02", "money", 0), ("b:s01", "money", 1)),
            coded_by("y", ("a:s03", "money", 1), ("b:s02", "money", 0), ("b:s01", "money", 0)),
        ]
    )
    coded = hand_codes.read_coded(codes)
    wrong = hand_codes.differences(scores, coded, sentences)
    assert wrong[["sentence_id", "reading", "words"]].to_numpy().tolist() == [
        ["a:s03", "missed", ""],
        ["b:s02", "found wrongly", "cost"],
    ]
    prose = prose_of.differences_finding(wrong, {"money": "Money"})
    assert "overlook 1 case" in prose and "Money (1 sentence)" in prose


@pytest.mark.parametrize(
    ("values", "present", "threshold"),
    [
        # From 0.7 on two right of three and both found: F1 0.8; from 0.9 on F1 2/3.
        ([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0], 0.7),
        ([0.1, 0.7, 0.8, 0.9], [0, 1, 0, 1], 0.7),  # in whatever order
        ([0.5, 0.5, 0.1], [1, 0, 0], 0.5),
        # Equal values go together: 0.8 alone has F1 2/3, all four have 4/6, so the higher holds;
        # cut among the equal ones, two of two would be right.
        ([0.8, 0.5, 0.5, 0.5], [1, 1, 0, 0], 0.8),
        # 0.9: F1 2/3. 0.6: 4/6. Of equal scores the highest threshold.
        ([0.9, 0.8, 0.7, 0.6], [1, 0, 0, 1], 0.9),
        ([-0.2, -0.4], [1, 0], -0.2),
        ([0.5, 0.1], [0, 0], math.inf),
        ([], [], math.inf),
    ],
)
def test_the_threshold_with_the_best_f1_by_hand(values, present, threshold):
    assert best_threshold(values, present) == threshold


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), min_size=1, max_size=12))
def test_no_threshold_has_a_better_f1_and_no_higher_one_the_same(answers):
    values, present = np.array(answers, dtype=float).T

    def f1_from(threshold):
        return hand_codes.measure(present.astype(int), (values >= threshold).astype(int))["f1"]

    chosen = best_threshold(values, present)
    if not present.any():
        assert chosen == math.inf
    else:
        for other in set(values):
            better = f1_from(other) - f1_from(chosen)
            assert better < 1e-12 and (other <= chosen or better < -1e-12)


def test_the_threshold_of_a_frame_is_its_own():
    near = pd.DataFrame(
        {
            "sentence_id": ["p:1", "q:1", "q:2"] * 2,
            "article_id": ["p", "q", "q"] * 2,
            "frame": ["f"] * 3 + ["g"] * 3,
            "similarity": [0.5, 0.5, 0.4, 0.5, 0.6, 0.4],
        }
    )
    coded = near[["sentence_id", "frame"]].assign(reader="coder x", present=[0, 1, 0, 0, 1, 0])
    said = read_by_similarity(near, coded).set_index(["frame", "sentence_id"])["present"]
    assert said[("f", "p:1")] == 1 and said[("g", "p:1")] == 0
    assert not said.drop("p:1", level="sentence_id").any()  # no other article has either frame


def test_names_of_actors_are_taken_out_before_meanings_are_compared():
    sentences, _ = text_tables({"a": ["Ann met Bob, and he saw Ann.", "It rained."]})
    places = [(0, 3, "name"), (8, 11, "alias"), (17, 19, "pronoun"), (24, 27, "description")]
    mentions = pd.DataFrame(places, columns=["start", "end", "kind"]).assign(sentence_id="a:s01")
    elsewhere = mentions.head(1).assign(sentence_id="b:s01")
    assert without_names(sentences, pd.concat([mentions, elsewhere])) == [
        "someone met someone, and he saw someone.",
        "It rained.",
    ]
    assert without_names(sentences, None) == sentences["text"].tolist()


def test_two_readers_together_see_what_either_sees():
    one = pd.DataFrame([("m", f"s{n}", "f", n // 2) for n in range(4)], columns=hand_codes.READING)
    other = one.assign(reader="n", present=[0, 1, 0, 1])
    both = either(one, other)
    assert both["present"].tolist() == [0, 1, 1, 1] and set(both["reader"]) == {"m or n"}
    assert either(one, other.head(0)).empty


def test_no_article_is_read_by_its_own_codes():
    near = pd.DataFrame(
        {
            "sentence_id": ["p:1", "p:2", "q:1", "q:2"],
            "article_id": ["p", "p", "q", "q"],
            "frame": "f",
            "similarity": [0.9, 0.1, 0.8, 0.2],
        }
    )

    def read(*present):
        coded = near[["sentence_id", "frame"]].assign(reader="coder x", present=present)
        answers = read_by_similarity(near, coded)
        return answers.set_index("sentence_id")["present"]

    assert read(1, 0, 1, 0).to_dict() == {"p:1": 1, "p:2": 0, "q:1": 0, "q:2": 0}
    for article, first, second in (
        ("p", (1, 0, 1, 0), (0, 1, 1, 0)),
        ("q", (1, 0, 1, 0), (1, 0, 0, 1)),
    ):
        own = [f"{article}:1", f"{article}:2"]
        assert read(*first)[own].equals(read(*second)[own])
    one = near[near["article_id"] == "p"]
    coded = one[["sentence_id", "frame"]].assign(reader="coder x", present=1)
    assert read_by_similarity(one, coded).empty


def test_the_codes_of_the_default_study_are_of_its_frames(study, codes):
    ids = {each.id for each in study_frames(study)}
    assert set(codes("frames")["frame"]) == ids


def test_issue_terms_agree_with_the_hand_codes_and_generic_ones_beat_saying_yes(corpus, default):
    table = frames.validation.validate(default, corpus)
    generic, issue = table.itertuples()
    # 24 sentences and five frames each; coder a sees 27 generic and 33 issue frames, coder b 26
    # and 33, so that always saying yes has these F1.
    assert generic.n == issue.n == 24 * 5
    assert generic.baseline_value == pytest.approx((54 / 147 + 52 / 146) / 2)
    assert issue.baseline_value == pytest.approx(66 / 153)
    assert issue.value >= 0.85
    assert generic.value > generic.baseline_value


def test_a_close_reading_of_the_articles_bears_out_the_terms(default):
    scores = default.scores
    present = scores[scores["present"] == 1].groupby("sentence_id")["frame"].agg(set)
    assert "conflict" in present["rferl:s03"]  # accused, allegations, deny
    assert "security_threat" in present["rferl:s04"]  # confirmed as malicious
    assert "victim_of_politics" in present["tass:s11"]  # politicized
    assert "cooperation_against_crime" in present["tass:headline"]
    assert "security_threat" not in present["tass:s01"]  # an anti-virus firm is no virus
    assert "tass:s07" not in present  # explanations are asked for, in none of these terms


def test_prose_says_what_cannot_be_known_without_codes():
    nothing, book = hand_codes.read_coded(None), frame_table([frame("word")])
    comparison = hand_codes.compare(pd.DataFrame(columns=hand_codes.READING), nothing, groups(book))
    methods = hand_codes.methods_table(comparison, book)
    table = hand_codes.frames_table(comparison, book)
    assert "nothing is known" in prose_of.conclusion(methods, table, {})
    assert "cannot be tested" in prose_of.similarity_finding(methods)
    assert hand_codes.alphas(comparison, book) == {}


def test_coders_counts_stand_beside_the_terms(corpus, default, codes):
    names = frame_names(default.codebook)
    counts = hand_codes.side_by_side(default.coded_counts).set_index(["frame", "outlet"])
    body = codes("frames").merge(corpus.sentences[corpus.sentences["part"] == "body"])
    for (coder, a_frame, outlet), rows in body.groupby(["coder", "frame", "outlet"]):
        assert counts.loc[(a_frame, outlet), f"coder {coder}"] == rows["present"].sum()
    assert counts["n"].tolist()[:2] == [12, 9]
    prose = prose_of.coded_finding(counts.reset_index(), corpus.outlets, names)
    assert "in TASS (" in prose and "of 12 sentences)" in prose and "in RFE/RL (" in prose


# Evidence


def test_marks_stand_around_the_words_and_all_else_is_escaped():
    table = pd.DataFrame(
        {"text": ["A <b>ban</b> & \ue000bans"], "spans": [[(5, 8), (16, 20)]], "frame": "<i>"}
    )
    shown = frame_evidence.marked(table, caption="<u>")
    assert "A &lt;b&gt;<mark>ban</mark>&lt;/b&gt; &amp;  bans"[:40] in shown.html
    assert "<b>" not in shown.html and "<i>" not in shown.html and "<u>" not in shown.html
    assert shown.html.count("<mark>") == shown.html.count("</mark>") == 2
    assert "\ue000" not in shown.html + shown.text


def test_touching_and_overlapping_spans_are_one_mark():
    text = frame_evidence.mark("abcdef", [(0, 2), (2, 3), (1, 3), (5, 6)])
    assert text == "\ue000abc\ue001de\ue000f\ue001"


def test_evidence_has_every_hit_by_frame_and_in_reading_order(corpus, default):
    names = frame_names(default.codebook)
    table = frame_evidence.evidence(default.hits, corpus.sentences, names)
    assert sum(map(len, table["spans"])) == len(default.hits)
    reading = corpus.sentences["sentence_id"].tolist()
    order = [
        (list(names).index(row.frame), reading.index(row.sentence_id)) for row in table.itertuples()
    ]
    assert order == sorted(order)
    present = default.scores[default.scores["present"] == 1]
    assert set(zip(table["frame"], table["sentence_id"], strict=True)) == set(
        zip(present["frame"], present["sentence_id"], strict=True)
    )
    few = frame_evidence.evidence(default.hits, corpus.sentences, names, most=1)
    assert few.groupby(["frame", "outlet"]).size().max() == 1


# The figure


def made_shares(n_outlets, n_frames, n=20):
    outlets = {
        f"o{number}": f"The Long Name of Outlet $_{number}$ & Sons" for number in range(n_outlets)
    }
    names = {
        f"f{number}": f"A rather long name of a frame, no. {number}" for number in range(n_frames)
    }
    rows = [
        (f, o, value, n, place, place / n, max(place / n - 0.1, 0), place / n + 0.1)
        for value in ("present", "own", "others")
        for f in names
        for place, o in enumerate(outlets)
    ]
    columns = ["frame", "outlet", "value", "n", "count", "mean", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    if n < FEW:
        table[["low", "high"]] = np.nan
    return table, outlets, names


def dots(axis):
    """Where the dots of a panel stand."""
    drawn = [each for each in axis.collections if isinstance(each, PathCollection)]
    return {tuple(place) for each in drawn for place in each.get_offsets().tolist()}


@pytest.mark.parametrize(("n_outlets", "n_frames"), [(2, 1), (2, 10), (6, 5), (6, 12)])
def test_the_figure_shows_every_share_and_no_texts_overlap(n_outlets, n_frames):
    shared, outlets, names = made_shares(n_outlets, n_frames)
    agreement = dict.fromkeys(names, 0.5)
    fig = plots.plot_frames(shared, outlets, names, "A finding " * 20, agreement)
    fig.canvas.draw()
    for axis in fig.axes:
        assert len(dots(axis)) == n_outlets * n_frames
    labels = [label.get_window_extent() for label in fig.axes[0].get_yticklabels()]
    alphas = [text.get_window_extent() for text in fig.axes[1].texts]
    assert len(labels) == n_frames and len(alphas) == n_frames + 1
    for boxes in (labels, alphas):
        assert not any(first.overlaps(second) for first, second in pairwise(boxes))
    legend, title = fig.legends[0].get_window_extent(), fig._suptitle.get_window_extent()
    assert not legend.overlaps(title)
    for axis in fig.axes:
        assert not legend.overlaps(axis.title.get_window_extent())
    matplotlib.pyplot.close(fig)


def test_few_sentences_have_hollow_marks_and_no_intervals():
    shared, outlets, names = made_shares(2, 1, n=FEW - 1)
    fig = plots.plot_frames(shared, outlets, names)
    for axis in fig.axes:
        assert not any(isinstance(drawn, LineCollection) for drawn in axis.collections)
        assert len(dots(axis)) == 2
        colours = [each.get_facecolors() for each in axis.collections]
        assert all((face[3] == 0) or (face[:3] == 1).all() for each in colours for face in each)
    assert "fewer than 5" in fig.legends[0].get_texts()[-1].get_text()
    matplotlib.pyplot.close(fig)


def test_without_sentences_the_figure_says_so():
    shared, outlets, names = made_shares(2, 1)
    fig = plots.plot_frames(shared.iloc[:0], outlets, names)
    assert [text.get_text() for text in fig.axes[0].texts] == ["no sentence was looked at"]
    matplotlib.pyplot.close(fig)


def shares_of(*rows):
    """Frame, outlet, sentences, count, low, high; all in the outlet's own words."""
    table = pd.DataFrame(rows, columns=["frame", "outlet", "n", "count", "low", "high"])
    table["mean"] = table["count"] / table["n"]
    others = table.assign(value="others", count=0, mean=0.0)
    return pd.concat([table.assign(value="present"), table.assign(value="own"), others])


def test_a_title_names_frames_that_lead_in_enough_sentences_and_whose_terms_fit():
    outlets, names = {"a": "A", "b": "B"}, {"f": "Fight", "g": "Gain"}
    shared = shares_of(
        ("f", "a", 9, 5, 0, 1),
        ("g", "a", 9, 4, 0, 1),
        ("f", "b", 9, 1, 0, 1),
        ("g", "b", 9, 2, 0, 1),
    )
    assert prose_of.headline(shared, outlets, names) == (
        "Most frequent by terms: Fight in A (5 of 9)"
    )
    trusted = prose_of.headline(shared, outlets, names, {"f": 0.1, "g": 0.9})
    assert trusted == "Most frequent, of frames whose terms fit the coders: Gain in A (4 of 9)"
    nowhere = prose_of.headline(shared, outlets, names, {"f": 0.1, "g": math.nan})
    assert nowhere.startswith("No frame whose terms fit the coders leads")


def test_a_lead_is_told_from_three_sentences_on_and_of_two_frames_at_most():
    outlets = {"a": "A", "b": "B"}
    names = {"f": "Fight", "g": "Gain", "h": "Hope"}

    def told(*counts):
        rows = [(each, "a", 9, count, 0, 1) for each, count in zip("fgh", counts, strict=True)]
        return prose_of.headline(shares_of(*rows), outlets, names)

    assert told(3, 1, 0) == "Most frequent by terms: Fight in A (3 of 9)"
    assert told(3, 3, 0) == "Most frequent by terms: Fight and Gain in A (3 of 9)"
    assert "leads in any outlet with 3" in told(3, 3, 3)
    assert "leads in any outlet with 3" in told(2, 1, 0)


def test_counts_stand_in_the_title_of_three_outlets_and_not_of_four():
    outlets = {letter: letter.upper() for letter in "abcd"}
    rows = [("f", letter, 9, 4, 0, 1) for letter in outlets]
    three = prose_of.headline(shares_of(*rows[:3]), outlets, {"f": "Fight"})
    assert three.endswith("Fight in A (4 of 9), B (4 of 9) and C (4 of 9)")
    four = prose_of.headline(shares_of(*rows), outlets, {"f": "Fight"})
    assert four.endswith("Fight in A, B, C and D")


def test_terms_fit_from_the_threshold_of_content_analysis_on():
    shared = shares_of(("f", "a", 9, 5, 0, 1), ("f", "b", 9, 5, 0, 1))
    outlets, names = {"a": "A", "b": "B"}, {"f": "Fight"}
    assert "Fight in A" in prose_of.headline(shared, outlets, names, {"f": TENTATIVE})
    below = prose_of.headline(shared, outlets, names, {"f": TENTATIVE - 0.001})
    assert below.startswith("No frame whose terms fit")


def test_a_difference_is_told_only_of_enough_sentences_with_intervals_apart():
    outlets, names = {"a": "A", "b": "B"}, {"f": "Fight"}

    def told(*rows):
        return prose_of.finding(shares_of(*rows), outlets, names).split("\n\n")[0]

    few = told(("f", "a", 10, 9, 0.8, 1.0), ("f", "b", 10, 1, 0.0, 0.2))
    assert "90% of A's" in few and "no finding about the outlets" in few
    few = told(("f", "a", 15, 14, 0.8, 1.0), ("f", "b", 14, 1, 0.0, 0.2))
    assert "no finding about the outlets" in few
    touching = told(("f", "a", 15, 14, 0.2, 1.0), ("f", "b", 15, 1, 0.0, 0.2))
    assert "overlap in every frame" in touching
    apart = told(("f", "a", 15, 14, 0.8, 1.0), ("f", "b", 15, 1, 0.0, 0.2))
    assert "intervals are apart in Fight" in apart and "by chance" in apart
    wide = told(("f", "a", 20, 18, 0.1, 1.0), ("f", "b", 20, 2, 0.0, 0.2))
    assert "overlap in every frame" in wide
