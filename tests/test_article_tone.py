"""How kindly whole articles treat an actor, and the benchmark of which outlet is harsher."""

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis_utils.measures.embeddings import DIMENSIONS
from analysis_utils.measures.intervals import FEW
from analysis_utils.themes.actor_sentiment import article_tone
from analysis_utils.themes.actor_sentiment.article_tone import LEAST_SENTENCES

ROOT = Path(__file__).parents[1]

BAD = ["Acme lied to its customers.", "Inspectors found that Acme hid the leak for years.",
       "Acme was fined for fraud."]  # fmt: skip
GOOD = ["Acme saved the town.", "Neighbours praised Acme for its generous help.",
        "Acme kept its promise."]  # fmt: skip


def told(texts, article="a1", outlet="a"):
    ids = [f"{article}:s{number}" for number in range(len(texts))]
    table = pd.DataFrame({"sentence_id": ids, "text": texts, "part": "body"})
    return table.assign(article_id=article, outlet=outlet)


def scored(sentences, negative, positive):
    """What the target model would say of the sentences that name Acme."""
    rows = sentences[sentences["text"].str.contains("Acme")].assign(actor="acme")
    return rows.assign(negative=negative, positive=positive, polarity=positive - negative)


def both():
    harsh, kind = told(BAD), told(GOOD, "b1", "b")
    scores = pd.concat([scored(harsh, 0.9, 0.0), scored(kind, 0.0, 0.9)], ignore_index=True)
    return scores, pd.concat([harsh, kind], ignore_index=True)


def test_what_is_read_of_an_actor_by_hand():
    sentences = told(["Acme won.", "It rained.", "The sun shone."])
    found = article_tone.read(scored(sentences, 0.5, 0.2), sentences)
    here, before, share, elsewhere, next_to, negative, positive = found.own.T
    assert here.tolist() == [1, 0, 0] and before.tolist() == [0, 1, 0]
    assert np.allclose(share, 1 / 3) and np.allclose(elsewhere, [0, 1 / 3, 1 / 3])
    assert next_to.tolist() == [0, 1, 0]
    assert negative.tolist() == [0.5, 0, 0] and positive.tolist() == [0.2, 0, 0]
    assert found.meaning.shape == (3, DIMENSIONS)


def test_sums_are_over_the_root_of_all_sentences():
    sentences = told(["Acme won.", "It rained.", "It rained.", "Acme left."])
    found = article_tone.read(scored(sentences, 0.0, 0.5), sentences)
    parts = article_tone.parts_of_tone(found, np.array([0.1, 0.2, 0.3, 0.4]))
    assert parts["judged"].tolist() == pytest.approx([1.0 / 2])
    assert parts["marked"].tolist() == pytest.approx([1.0 / 2])
    assert parts["n"].tolist() == [2]


def test_an_article_of_reproach_is_harsher_than_one_of_praise():
    scores, sentences = both()
    tone = article_tone.tones(scores, sentences).set_index("outlet")
    assert tone.loc["a", "tone"] < tone.loc["b", "tone"]
    assert set(tone.loc["a", "against"].split()) <= set(sentences["sentence_id"])
    assert tone.loc["a", "against"].startswith("a1:")


def test_the_names_of_outlets_make_no_difference():
    scores, sentences = both()
    plain = article_tone.tones(scores, sentences)
    swapped = {"a": "b", "b": "a"}
    renamed = article_tone.tones(
        *(table.assign(outlet=table["outlet"].map(swapped)) for table in (scores, sentences))
    )
    assert plain["tone"].tolist() == renamed["tone"].tolist()


def test_an_actor_mentioned_too_seldom_has_no_tone():
    sentences = told(["Acme won."] * (LEAST_SENTENCES - 1) + ["It rained."])
    assert article_tone.tones(scored(sentences, 0.9, 0.0), sentences).empty


def test_nobody_is_mentioned():
    sentences = told(["It rained."])
    tone = article_tone.tones(scored(sentences, 0.9, 0.0), sentences)
    assert tone.empty and article_tone.compare(tone, [], ["a", "b"]).empty


def toned(sentences=FEW, **by_outlet):
    """Outlets compared by the tones of their articles, of so many sentences on the actor each."""
    rows = [
        {"article_id": f"{outlet}{n}", "outlet": outlet, "actor": "x", "n": sentences, "tone": tone}
        for outlet, tones in by_outlet.items()
        for n, tone in enumerate(tones)
    ]
    return article_tone.compare(pd.DataFrame(rows), ["x"], list(by_outlet))


def test_a_small_difference_is_not_told():
    gap = article_tone.load_model()["gap"]
    (small,) = toned(a=[0.0], b=[gap / 2]).to_dict("records")
    (large,) = toned(a=[0.0], b=[gap + 0.01]).to_dict("records")
    assert not small["told"] and large["told"]
    assert (large["kinder"], large["harsher"]) == ("b", "a")


def test_no_outlet_is_compared_that_mentions_the_actor_in_fewer_than_five_sentences():
    assert toned(FEW - 1, a=[0.0], b=[9.0]).empty
    assert len(toned(FEW, a=[0.0], b=[9.0])) == 1
    assert len(toned(FEW - 2, a=[0.0, 0.0], b=[9.0, 9.0])) == 1  # six in two articles


def test_articles_are_the_unit_where_there_are_enough():
    apart = np.tile([-6.0, 6.0], FEW)
    (by_chance,) = toned(a=apart, b=apart + 1.5).to_dict("records")
    (steady,) = toned(a=apart / 100, b=apart / 100 + 1.5).to_dict("records")
    assert not by_chance["told"] and steady["told"]
    assert steady["articles"] == 2 * FEW


def test_three_outlets_are_compared_two_by_two():
    assert len(toned(a=[0], b=[1], c=[2])) == 3


# The benchmark.


@pytest.fixture(scope="module")
def benchmark():
    return runpy.run_path(str(ROOT / "benchmarks" / "ordering.py"))


def test_a_folder_without_the_articles_is_told(benchmark, tmp_path):
    with pytest.raises(SystemExit, match="articles/ and annotations/"):
        benchmark["labelled_events"](tmp_path)


def test_kinds_and_other_names_of_actors(benchmark):
    names = ["Ada Lovelace", "House Republicans", "Tea Party", "WikiTimes"]
    kinds = [benchmark["kind_of"](name) for name in names]
    assert kinds == ["persons", "groups", "things", "things"]
    actors = {each["name"]: each["aliases"] for each in benchmark["_actors"](names)}
    assert actors["Ada Lovelace"] == ["Lovelace"]
    assert actors["House Republicans"] == ["Republicans", "GOP"]


def labels(*rows):
    columns = ["article_id", "feeling", "spans"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(event="e", actor="x", kind="persons")


def test_pairs_are_articles_that_are_labelled_differently(benchmark):
    table = benchmark["pairs"](labels(("a", -1, -3), ("b", 0, -3), ("c", 0, 1)))
    found = {(row.order, row.one, row.other): row.sign for row in table.itertuples()}
    assert found == {
        ("feeling", "a", "b"): -1,
        ("feeling", "a", "c"): -1,
        ("spans", "a", "c"): -1,
        ("spans", "b", "c"): -1,
    }
    (alike,) = benchmark["pairs"](labels(("a", 0, 1), ("b", 0, 1)))["order"]
    assert alike == "alike"


def test_the_share_right_is_of_the_pairs_told(benchmark):
    table = pd.DataFrame({"event": list("aabb"), "sign": [1, 1, -1, -1]})
    row = benchmark["_row"]("spans", "m", "all", table, pd.Series([1, -1, -1, 0]))
    assert row["told"] == 0.75 and row["right"] == pytest.approx(2 / 3)
