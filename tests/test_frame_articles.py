"""The model of the frames of whole articles: what it reads, finds, says and draws."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from term_tables import text_tables

from analysis_utils.measures.embeddings import embed
from analysis_utils.study.parts import Frame
from analysis_utils.themes.frames import article_frames as articles
from analysis_utils.themes.frames import article_words, figures
from analysis_utils.themes.frames.article_frames import (
    article_frames,
    best_threshold,
    can_be_told,
    load_model,
    macro_f1,
    probabilities,
    read,
)
from analysis_utils.themes.frames.codebook import read_frame_file
from analysis_utils.themes.frames.hits import find_hits

QUARREL = [
    "The senator accused the governor of lying and called his attack shameful.",
    "The governor hit back and denounced her criticism as a smear by his opponents.",
    "Both sides rejected a compromise, and the dispute grew more bitter.",
    "Her party threatened to sue him, and he dismissed the threat.",
]
MONEY = [
    "The tax will cost companies two billion dollars a year.",
    "Prices rose by four percent, and exporters expect losses.",
    "The bank says that investment and jobs will fall with demand.",
    "Revenue of the industry dropped, and wages did not keep up with inflation.",
]
RAIN = [
    "The river rose overnight.",
    "Rain is expected until Thursday in the north of the valley.",
    "The lake lies between two hills.",
    "On Friday the sun will be back.",
]
NAMES = {
    "conflict": "Conflict",
    "economic_consequences": "Economic consequences",
    "responsibility": "Attribution of responsibility",
}
OUTLETS = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def scored(texts, frames=None):
    sentences, tokens = text_tables(texts)
    sentences = sentences.assign(article_id=sentences["outlet"])
    frames = frames or read_frame_file().frames
    return article_frames(sentences, find_hits(sentences, tokens, frames), frames)


@pytest.fixture(scope="module")
def three():
    table = scored({"quarrel": QUARREL, "money": MONEY, "rain": RAIN})
    return table.pivot(index="article_id", columns="frame", values=["score", "present"])


def test_a_quarrel_is_conflict_and_money_is_economic(three):
    assert three["present"].loc["quarrel", "conflict"] == 1
    assert three["present"].loc["money", "economic_consequences"] == 1
    assert three["present"].loc["rain"].sum() == 0
    assert three["score"]["conflict"].idxmax() == "quarrel"
    assert three["score"]["economic_consequences"].idxmax() == "money"


def test_an_article_is_judged_by_itself_in_any_order_of_sentences(three):
    alone = scored({"money": MONEY[::-1]}).set_index("frame")["score"]
    together = three["score"].loc["money"]
    assert alone.to_dict() == pytest.approx(together.to_dict(), abs=0.002)


def test_a_studys_own_frame_of_the_same_name_is_left_to_its_terms():
    own = Frame(id="conflict", name="Clash", description="Two clash.", terms=("clash",))
    rest = [each for each in read_frame_file().frames if each.id != "conflict"]
    assert "conflict" not in set(scored({"quarrel": QUARREL}, [own, *rest])["frame"])
    assert scored({"quarrel": QUARREL}, [own]).empty


def test_only_frames_found_well_enough_can_be_told(monkeypatch):
    assert {"conflict", "economic_consequences"} <= set(can_be_told())
    table = pd.DataFrame(
        [("f", 0.6, 0.5), ("g", 0.59, 0.9), ("h", 0.9, 0.49)],
        columns=["frame", "macro_f1", "precision"],
    ).assign(reading=articles.SCORED_AS)
    monkeypatch.setattr(articles, "benchmark_results", lambda name: table)
    assert can_be_told() == ["f"]


def test_the_floor_of_the_mean_is_held_on_articles_unseen():
    assert articles.scored()["macro_f1"].mean() >= 0.65
    assert len(articles.scored()) == 5


def test_two_voices_are_averaged_and_a_score_at_the_threshold_is_enough(monkeypatch):
    own = {"weights": [2.0, 0.0], "constant": -1.0}
    meaning = {"weights": [0.0, 1.0, 1.0], "constant": 0.5}
    seen = articles.Read(["a"], {"f": np.array([[1.0, 9.0]])}, np.array([[9.0, 0.5, -1.0]]))
    by_hand = (1 / (1 + np.exp(-1)) + 1 / (1 + np.exp(-0.0))) / 2
    model = {"f": {"own": own, "meaning": meaning}}
    assert probabilities(model, seen).loc["a", "f"] == pytest.approx(by_hand, abs=5e-4)
    exact = {**load_model()["conflict"], "threshold": scored({"q": QUARREL})["score"].iloc[0]}
    monkeypatch.setattr(articles, "load_model", lambda: {"conflict": exact})
    assert scored({"q": QUARREL})["present"].tolist() == [1]


def test_the_nearest_five_sentences_stand_for_how_near_an_article_comes():
    frames = [each for each in read_frame_file().frames if each.id == "conflict"]
    sentences, _ = text_tables({"a": [*QUARREL, *RAIN]})
    sentences = sentences.assign(article_id="a")
    similar = embed(sentences["text"].tolist()) @ embed(frames[0].statements).T
    hits = pd.DataFrame({"frame": ["conflict"] * 2, "sentence_id": ["a:s01", "a:s01"]})
    share, nearest, mean, of_all, mean_of_all = read(sentences, hits, frames).own["conflict"][0]
    assert share == 1 / 8
    assert nearest == pytest.approx(np.sort(similar.max(axis=1))[-5:].mean())
    assert mean == pytest.approx(similar.max(axis=1).mean())
    assert of_all == pytest.approx(np.sort(similar.mean(axis=1))[-5:].mean())
    assert mean_of_all == pytest.approx(similar.mean())


def test_what_is_learnt_tells_apart_what_it_was_learnt_from():
    texts = {f"q{n}": QUARREL[n % 2 :] for n in range(6)} | {
        f"r{n}": RAIN[n % 2 :] for n in range(6)
    }
    sentences, tokens = text_tables(texts)
    sentences = sentences.assign(article_id=sentences["outlet"])
    frames = [each for each in read_frame_file().frames if each.id == "conflict"]
    seen = read(sentences, find_hits(sentences, tokens, frames), frames)
    labels = np.array([article.startswith("q") for article in seen.articles], dtype=int)
    model = articles.learn(seen, {"conflict": labels})
    said = probabilities(model, seen)["conflict"] >= model["conflict"]["threshold"]
    assert macro_f1(labels, said.to_numpy()) == 1


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), min_size=1, max_size=12))
def test_no_threshold_has_a_better_macro_f1(answers):
    scores, present = np.array(answers).T
    best = macro_f1(present, scores >= best_threshold(scores, present))
    assert all(macro_f1(present, scores >= score) <= best for score in scores)


def table_of(*rows):
    made = [
        (f"{outlet}{number}", outlet, frame, 0.5, int(number < found), frame in can_be_told())
        for frame, outlet, found, n in rows
        for number in range(n)
    ]
    columns = ["article_id", "outlet", "frame", "score", "present", "reliable"]
    return pd.DataFrame(made, columns=columns)


def test_of_one_article_an_outlet_the_outlets_are_named():
    table = table_of(
        *(("conflict", outlet, 1, 1) for outlet in OUTLETS),
        *(("economic_consequences", outlet, outlet == "b", 1) for outlet in OUTLETS),
        *(("responsibility", outlet, 1, 1) for outlet in OUTLETS),
    )
    told = article_words.articles_told(table, OUTLETS, NAMES)
    assert "finds conflict in every outlet and economic consequences in Beta." in told
    assert "Whether attribution of responsibility is a frame cannot be told." in told
    assert article_words.articles_title(table, OUTLETS, NAMES) == "Conflict in every outlet"


def test_of_many_articles_they_are_counted_and_outlets_told_apart():
    near = table_of(("conflict", "a", 5, 20), ("conflict", "b", 6, 20), ("conflict", "c", 4, 20))
    told = article_words.articles_told(near, OUTLETS, NAMES)
    assert "conflict in 15 of 60 articles" in told and "clearly apart in none of them" in told
    far = table_of(("conflict", "a", 19, 20), ("conflict", "b", 1, 20), ("conflict", "c", 4, 20))
    assert "clearly apart in conflict" in article_words.articles_told(far, OUTLETS, NAMES)


def test_what_is_not_found_is_said():
    table = table_of(*(("conflict", outlet, 0, 1) for outlet in OUTLETS))
    assert "finds none of the frames" in article_words.articles_told(table, OUTLETS, NAMES)
    assert (
        article_words.articles_title(table, OUTLETS, NAMES) == "No frame that can be told is found"
    )


@pytest.mark.parametrize("n_outlets", [2, 5, 30])
@pytest.mark.parametrize("width", [6.85, 3.35])
def test_every_outlet_and_frame_has_its_cell(n_outlets, width):
    outlets = {f"o{number}": f"Outlet {number}" for number in range(n_outlets)}
    rows = [(frame, outlet, 2, 3) for frame in NAMES for outlet in outlets]
    counts = article_words.framed(table_of(*rows))
    picture = figures.plot_articles(counts, outlets, NAMES, width)
    written = [text.get_text() for text in picture.axes[0].texts]
    assert written.count("2 of 3") == 2 * n_outlets
    assert written.count("–") == n_outlets  # the frame that cannot be told
