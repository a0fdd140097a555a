"""Frames: reading them, finding their terms, shares, agreement with coders, evidence, figures."""

import runpy
import shutil
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection, PathCollection
from pandera.errors import SchemaErrors
from term_tables import text_tables

from analysis_utils.measures.agreement import TENTATIVE
from analysis_utils.measures.intervals import FEW, share_interval
from analysis_utils.output.figures import HIGHEST, WIDTHS, Figure
from analysis_utils.schemas import Validation
from analysis_utils.study import benchmark_results, read_study
from analysis_utils.study.file import StudyError
from analysis_utils.study.parts import Frame
from analysis_utils.themes import frames
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.frames import coded as codes_of
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
from analysis_utils.themes.frames.coded import CODES, TERMS, read_coded, reliability
from analysis_utils.themes.frames.hits import find_hits
from analysis_utils.themes.frames.tables import shares

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
    assert [*groups(book)] == ["generic frames", "issue frames"]
    assert [*groups(book[book["kind"] == "generic"])] == ["generic frames"]


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


def coded_by(coder, *codes):
    """Codes of one coder: (sentence, frame, present)."""
    return pd.DataFrame(codes, columns=["sentence_id", "frame", "present"]).assign(coder=coder)


def read(*rows):
    """Readings: (frame, outlet, article, present), one a sentence."""
    return pd.DataFrame(rows, columns=["frame", "outlet", "article_id", "present"])


def test_the_tables_rest_on_one_another(default):
    """The same hits, sentences and codes stand behind all of them."""
    assert default.scores["hits"].sum() == len(default.hits)
    either_way = default.scores["own"] | default.scores["others"]
    assert (either_way == default.scores["present"]).all()
    counts = default.shares.set_index(["frame", "outlet"])["count"]
    summed = default.readings.groupby(["frame", "outlet"], sort=False)["present"].sum()
    assert summed.to_dict() == counts.to_dict()
    assert set(default.candidates["function"]) <= set(default.functions["frame"])


EDGES = [
    ("hits", "start", 0, -1),
    ("scores", "present", 1, 2),
    ("coded", "present", 1, 2),
    ("reliability", "sentences", 0, -1),
    ("readings", "present", 1, 2),
    ("shares", "n", 1, 0),
    ("shares", "count", 0, -1),
    ("shares", "share", 0.0, -0.01),
    ("shares", "share", 1.0, 1.01),
]


@pytest.mark.parametrize(("table", "column", "edge", "beyond"), EDGES)
def test_a_table_takes_what_there_can_be_and_nothing_else(default, table, column, edge, beyond):
    schema, row = frames.tables.SCHEMAS[table], getattr(default, table).head(1)
    assert len(schema.checked(row.assign(**{column: edge}))) == 1
    with pytest.raises(SchemaErrors):
        schema.checked(row.assign(**{column: beyond}))


def test_shares_have_wilsons_interval():
    shared = shares(read(*[("f", "a", "a", n < 3) for n in range(12)], ("f", "b", "b", 0)))
    row = shared.iloc[0]
    assert (row["n"], row["count"], row["share"]) == (12, 3, 0.25)
    assert (row["low"], row["high"]) == share_interval(3, 12)
    assert shared["outlet"].tolist() == ["a", "b"]
    assert shared["high"][1] > 0.5  # one sentence without it says next to nothing


def test_sentences_of_articles_that_are_alike_make_a_wider_interval():
    rows = [("f", "a", f"a{n // 4}", n // 4 < 3) for n in range(24)]
    alone, together = shares(read(*rows)).iloc[0], shares(read(*rows), by_article=True).iloc[0]
    assert together["share"] == alone["share"] == 0.5
    assert together["low"] < alone["low"] and together["high"] > alone["high"]


# Whose word counts


def test_agreement_of_four_answers_by_hand():
    # One of four units differs: 2 of 8 paired values. By chance 2 * 3 * 5 of 8 * 7 would.
    scores = codes_of.measure([1, 1, 0, 0], [1, 0, 0, 0])
    assert scores["alpha"] == pytest.approx(1 - (2 / 8) / (30 / 56))
    assert (scores["precision"], scores["recall"]) == (1, 0.5)
    assert (scores["coded"], scores["found"], scores["both"]) == (2, 1, 1)


def test_most_coders_are_more_than_half():
    coded = read_coded(
        pd.concat(
            [
                coded_by("x", ("s", "f", 1), ("t", "f", 1), ("u", "f", 1)),
                coded_by("y", ("s", "f", 1), ("t", "f", 0)),
            ]
        )
    )
    said = codes_of.most_say(coded).set_index("sentence_id")["present"]
    assert said.to_dict() == {"s": 1, "t": 0, "u": 1}


def test_codes_made_by_language_models_are_called_so():
    model, person = (coded_by(name, ("s", "f", 1)) for name in ("language model a", "ann"))
    assert codes_of.whose_codes(read_coded(model)) == "codes made by language models"
    assert codes_of.whose_codes(read_coded(person)) == "hand codes"
    both = codes_of.whose_codes(read_coded(pd.concat([model, person])))
    assert both == "codes made by people and language models"
    assert codes_of.whose_codes(read_coded(None)) == ""
    assert read_coded(person)["reader"].tolist() == ["coder ann"]


def scored(present, article="p"):
    """Scores by terms of one frame, a sentence a value."""
    ids = [f"{article}:s{number}" for number in range(len(present))]
    return pd.DataFrame(
        {
            "sentence_id": ids,
            "article_id": article,
            "outlet": article,
            "part": "body",
            "frame": "f",
            "present": present,
        }
    )


def coded_as(present, coder="ann", article="p"):
    ids = [f"{article}:s{number}" for number in range(len(present))]
    return coded_by(coder, *[(each, "f", value) for each, value in zip(ids, present, strict=True)])


@pytest.mark.parametrize(
    ("terms", "source", "reliable"),
    [
        ([1, 1, 0, 0, 0, 0], TERMS, True),  # as the coder: alpha is 1
        ([0, 1, 1, 0, 1, 0], CODES, True),
    ],
)
def test_terms_count_beyond_the_coded_articles_only_if_they_fit(terms, source, reliable):
    scores = pd.concat([scored(terms), scored([0, 1, 0], "q")])
    coded = read_coded(coded_as([1, 1, 0, 0, 0, 0]))
    table = reliability(scores, coded, ["f"])
    assert table[["source", "reliable"]].to_numpy().tolist() == [[source, reliable]]
    said = codes_of.readings(scores, coded, table)
    assert len(said) == (9 if source == TERMS else 6)


def test_where_all_is_coded_codes_count_if_their_coders_agree():
    scores = scored([1, 1, 0, 0, 0, 0])
    one = read_coded(coded_as([1, 1, 0, 0, 0, 0]))
    (row,) = reliability(scores, one, ["f"]).to_dict("records")
    assert (row["source"], row["reliable"]) == (CODES, True) and pd.isna(row["alpha_coders"])
    two = read_coded(pd.concat([coded_as([1, 1, 0, 0, 0, 0]), coded_as([0, 1, 1, 0, 1, 0], "bob")]))
    (row,) = reliability(scores, two, ["f"]).to_dict("records")
    assert row["alpha_coders"] < TENTATIVE and not row["reliable"]


def test_without_codes_terms_count_for_what_they_are_worth_elsewhere(monkeypatch):
    nobody = read_coded(None)
    (row,) = reliability(scored([1, 0]), nobody, ["f"]).to_dict("records")
    assert (row["source"], row["reliable"], row["sentences"]) == (TERMS, False, 0)
    elsewhere = pd.DataFrame({"frame": ["f", "f"], "alpha": [0.1, TENTATIVE]})
    monkeypatch.setattr(codes_of, "benchmark_results", lambda name: elsewhere)
    assert reliability(scored([1, 0]), nobody, ["f"])["reliable"].tolist() == [True]


def test_the_codes_of_the_default_study_are_of_its_frames(study, codes):
    ids = {each.id for each in study_frames(study)}
    assert set(codes("frames")["frame"]) == ids


def test_issue_terms_agree_with_the_codes_and_generic_ones_beat_saying_yes(corpus, default):
    table = Validation.checked(frames.validation.validate(default, corpus))
    generic, issue, cues = table.itertuples()
    assert generic.n == issue.n == 24 * 5
    assert generic.against == issue.against == "codes made by language models"
    assert issue.value >= 0.85
    assert generic.value > generic.baseline_value
    assert cues.against == "hand codes" and cues.value > cues.baseline_value


def test_a_close_reading_of_the_articles_bears_out_the_terms(default):
    scores = default.scores
    present = scores[scores["present"] == 1].groupby("sentence_id")["frame"].agg(set)
    assert "conflict" in present["rferl:s03"]  # accused, allegations, deny
    assert "security_threat" in present["rferl:s04"]  # confirmed as malicious
    assert "victim_of_politics" in present["tass:s11"]  # politicized
    assert "cooperation_against_crime" in present["tass:headline"]
    assert "security_threat" not in present["tass:s01"]  # an anti-virus firm is no virus
    assert "tass:s07" not in present  # explanations are asked for, in none of these terms


# On labelled articles


@pytest.fixture(scope="module")
def benchmark():
    path = Path(__file__).parents[1] / "benchmarks" / "frames.py"
    return SimpleNamespace(**runpy.run_path(str(path)))


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=12))
def test_no_threshold_has_a_better_f1_and_no_higher_one_the_same(benchmark, answers):
    values, present = np.array(answers, dtype=int).T

    def f1(threshold):
        said = values >= threshold
        return 2 * (said & (present == 1)).sum() / max(said.sum() + present.sum(), 1)

    best = benchmark.best_threshold(values, present)
    assert all(f1(best) >= f1(value) for value in values)
    assert all(f1(best) > f1(value) for value in values if value > best)


def test_articles_are_scored_by_the_share_of_their_sentences(benchmark):
    labels = dict.fromkeys(benchmark.LABELS.values(), "False")
    cost = "The tax cost a billion dollars. Prices rose and wages fell."
    rain = "It rained all day. The tax was paid."
    articles = [
        {"ID": str(number), "text": text, **labels, "EC": str(text == cost)}
        for number, text in enumerate([cost, rain] * 10)
    ]
    table = benchmark.scores(articles).set_index(["frame", "reading"])
    money = table.loc["economic_consequences"]
    assert money.loc["share of sentences", "alpha"] == 1
    assert money.loc["one sentence is enough", "found"] == 20  # every article


def test_the_saved_scores_are_of_every_generic_frame():
    table = benchmark_results("frames")
    assert sorted(table["frame"].unique()) == sorted(FIVE)
    assert table["alpha"].between(-1, 1).all() and (table["articles"] == 203).all()


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


# The figure and what is said


def made_shares(n_outlets, n_frames, n=20):
    outlets = {
        f"o{number}": f"The Long Name of Outlet $_{number}$ & Sons" for number in range(n_outlets)
    }
    names = {
        f"f{number}": f"A rather long name of a frame, no. {number}" for number in range(n_frames)
    }
    rows = [
        (f, o, True, n, place % n, *share_interval(place % n, n))
        for f in names
        for place, o in enumerate(outlets)
    ]
    table = pd.DataFrame(rows, columns=["frame", "outlet", "reliable", "n", "count", "low", "high"])
    return table.assign(share=table["count"] / n, source=CODES), outlets, names


def figure_of(shared, outlets, names):
    return Figure("x", partial(plots.plot_frames, shared, outlets, names), shared, "T", "c", "a")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("n_outlets", "n_frames"), [(2, 1), (2, 10), (5, 12), (30, 12)])
def test_the_figure_fits_a_page_at_both_widths(n_outlets, n_frames, width):
    fig = figure_of(*made_shares(n_outlets, n_frames)).picture(width)
    fig.canvas.draw()
    assert fig.get_figheight() * 25.4 <= HIGHEST
    drawn, (width, height) = fig.get_tightbbox(), fig.get_size_inches()
    assert drawn.x0 > -0.03 and drawn.x1 < width + 0.03
    assert drawn.y0 > -0.03 and drawn.y1 < height + 0.03
    assert all(text.get_fontsize() >= 7 for text in fig.findobj(matplotlib.text.Text))
    plt.close(fig)


def dots(axis):
    """Where the dots of a panel stand."""
    drawn = [each for each in axis.collections if isinstance(each, PathCollection)]
    return sorted(place[0] for each in drawn for place in each.get_offsets().tolist())


def test_every_share_has_its_dot_and_its_interval():
    shared, outlets, names = made_shares(3, 4)
    fig = figure_of(shared, outlets, names).picture()
    assert dots(fig.axes[0]) == pytest.approx(sorted(shared["share"]))
    lines = [each for each in fig.axes[0].collections if isinstance(each, LineCollection)]
    assert sum(len(each.get_segments()) for each in lines) == len(shared)
    plt.close(fig)


def test_no_dot_stands_for_fewer_than_five_sentences():
    shared, outlets, names = made_shares(2, 1)
    shared.loc[shared["outlet"] == "o1", "n"] = FEW - 1
    fig = figure_of(shared, outlets, names).picture()
    assert len(dots(fig.axes[0])) == 1
    assert f"{FEW - 1}: too few" in fig.legends[0].get_texts()[1].get_text()
    nothing = figure_of(shared.assign(n=1), outlets, names).picture()
    told = " ".join(text.get_text() for text in nothing.findobj(matplotlib.text.Text))
    assert "no difference can be told" in " ".join(told.split())
    plt.close("all")


def test_frames_that_cannot_be_built_on_are_grey_and_say_so():
    shared, outlets, names = made_shares(2, 2)
    shared["reliable"] = shared["frame"] == "f1"
    fig = figure_of(shared, outlets, names).picture()
    first, second = fig.axes[0].get_yticklabels()  # the reliable one stands first
    assert "no. 1" in first.get_text() and plots.UNRELIABLE not in first.get_text()
    assert plots.UNRELIABLE in second.get_text() and second.get_color() != first.get_color()
    plt.close(fig)


def shared_of(*rows):
    """Shares: (frame, outlet, count, n, reliable), with their intervals."""
    table = pd.DataFrame(rows, columns=["frame", "outlet", "count", "n", "reliable"])
    table[["low", "high"]] = [share_interval(count, n) for _, _, count, n, _ in rows]
    return table.assign(share=table["count"] / table["n"], source=CODES)


NAMES, OUTLETS = {"f": "Flood", "m": "Money"}, {"a": "Alpha", "b": "Beta"}


def told(shared, coded=None, readings=None):
    tables = SimpleNamespace(
        shares=shared,
        codebook=frame_table([frame(frame_id=each) for each in NAMES]).assign(name=NAMES.values()),
        articles=pd.DataFrame(columns=["article_id"]),
        coded=read_coded(coded_by("ann", ("s", "f", 1)) if coded is None else coded),
        readings=readings,
        statements=pd.DataFrame(columns=["outlet", "function", "statement"]),
        functions=frame_table(read_frame_file().functions, kind="function"),
    )
    return tables, SimpleNamespace(outlets=OUTLETS)


def test_the_answer_names_frames_that_lead_and_whether_outlets_are_apart():
    apart = shared_of(("f", "a", 15, 20, True), ("f", "b", 1, 20, True))
    answer = prose_of.answer(*told(apart))
    assert "By hand codes, 15 of 20 sentences in Alpha have Flood." in answer
    assert "Outlets are clearly apart in Flood." in answer
    near = shared_of(("f", "a", 6, 20, True), ("f", "b", 4, 20, True))
    assert "no frame sets the outlets clearly apart" in prose_of.answer(*told(near))


def test_a_finding_is_clear_reliable_and_no_frame_of_all_sentences():
    readings = pd.DataFrame(
        [("f", f"a:s{number}", "a", 1) for number in range(15)],
        columns=["frame", "sentence_id", "outlet", "present"],
    )
    clear = ("f", "a", 15, 20, True), ("f", "b", 1, 20, True)
    (finding,) = prose_of.findings(*told(shared_of(*clear), readings=readings))
    assert finding.kind == "frame" and finding.weight <= 0.3
    assert finding.sentence == (
        "Flood is the frame of 15 of 20 sentences in Alpha, and of 1 of 20 in Beta."
    )
    assert finding.evidence == ("a:s0", "a:s1", "a:s2", "a:s3")
    unclear = [
        shared_of(*[(*row[:4], False) for row in clear]),
        shared_of(("f", "a", 8, 20, True), ("f", "b", 4, 20, True)),
        shared_of(("f", "a", 4, 4, True), ("f", "b", 0, 4, True)),
        shared_of(("f", "a", 200, 200, True), ("f", "b", 90, 100, True)),  # nearly all of them
    ]
    for shared in unclear:
        assert prose_of.findings(*told(shared, readings=readings)) == []


def test_without_codes_nothing_is_built_on_words():
    words_alone = shared_of(("f", "a", 9, 20, False), ("m", "b", 1, 20, False))
    tables, corpus = told(words_alone, coded=None)
    answer = prose_of.answer(tables, corpus)
    assert answer.startswith("No list of words for a frame is known to agree with readers")
    assert "Words listed for Flood stand in 9 of 40 sentences" in answer
    assert prose_of.headline(words_alone, OUTLETS, NAMES) == prose_of.NOTHING_KNOWN
    few = shared_of(("f", "a", 3, 4, True))
    assert prose_of.answer(*told(few)) == prose_of.TOO_FEW


def test_the_function_in_which_tellings_differ_most_is_told():
    tables, corpus = told(shared_of(("f", "a", 3, 4, True)))
    rows = [("a", "remedy", "Build a dam."), ("a", "remedy", "Move."), ("a", "cause", "Rain.")]
    rows.append(("b", "cause", "Greed"))
    tables.statements = pd.DataFrame(rows, columns=["outlet", "function", "statement"])
    answer = prose_of.answer(tables, corpus)
    assert answer.startswith(
        "In a coder's words, Alpha has 2 remedies, first “Build a dam.” Beta has no remedy."
    )
    corpus.outlets = OUTLETS | {"c": "Gamma", "d": "Delta"}
    assert prose_of.answer(tables, corpus).startswith(
        "A coder found 2 remedies, most in Alpha (2)."
    )


def test_titles_of_many_outlets_only_count():
    outlets = {f"o{number}": f"Outlet {number}" for number in range(6)}
    rows = [("f", outlet, 9, 20, True) for outlet in list(outlets)[:4]]
    title = prose_of.headline(shared_of(*rows, ("m", "o5", 9, 20, True)), outlets, NAMES)
    assert title == "Flood: most frequent in 4 of 6 outlets"


def test_the_default_study_is_told_with_its_coders_and_entmans_functions(default, corpus):
    answer = prose_of.answer(default, corpus)
    assert "TASS has 4 moral judgements" in answer and "RFE/RL has 2 moral judgements" in answer
    assert "have Conflict and as many Cooperation against crime." in answer
    assert "By codes made by language models, 7 of 12 sentences in TASS have" in answer
    assert "Codes made by language models" in frames.figures.shares(default, corpus).caption
    method = prose_of.method(default, corpus)
    assert "codes made by language models" in method and "22 statements" in method
