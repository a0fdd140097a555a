"""Learning and scoring attributions: brat folders, exact spans, weights and their record."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from analysis_utils.annotation.attribution import learning
from analysis_utils.annotation.attribution.brat import FolderError, read_folder
from analysis_utils.annotation.attribution.evaluation import (
    cross_validated,
    fingerprints,
    first_readings,
    found_spans,
    scores,
)
from analysis_utils.annotation.attribution.linear import (
    MODEL,
    best,
    load_weights,
    probability,
    score,
    trained_on,
)
from analysis_utils.files.workspace import collection

TEXT = "Dam holds\n\n''It is safe,'' Ada Brown said. ''We checked.''\nAcme claims it is old.\n"


def mark(key, kind, text, *spans):
    offsets = ";".join(f"{start} {end}" for start, end in spans)
    return f"{key}\t{kind} {offsets}\t{text}"


def span(words):
    start = TEXT.index(words)
    return start, start + len(words)


LINES = [
    mark("T1", "Source", "Ada Brown", span("Ada Brown")),
    mark("T2", "Cue", "said", span("said")),
    mark("T3", "Content", "...", span("''It is safe,''"), span("''We checked.''")),
    mark("T4", "Attribution", "said", span("said")),
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
    mark("T5", "Cue", "claims", span("claims")),
    mark("T6", "Content", "it is old", span("it is old")),
    mark("T7", "Attribution-no-source", "claims", span("claims")),
    "E2\tAttribution-no-source:T7 Cue:T5 Content:T6",
    mark("T8", "Discard", "Dam holds", span("Dam holds")),
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "a_story.txt").write_text(TEXT, encoding="utf-8")
    for coder in ("ab12", "cd34"):
        path = tmp_path / "attributions" / f"a_story_{coder}.ann"
        path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return tmp_path


def words(reading, element):
    article = reading.article
    return [
        article.words(sorted(marked[element])) if marked[element] else ""
        for marked in reading.attributions
    ]


def test_a_brat_folder_gives_the_tokens_of_every_element(folder):
    first, second = read_folder(folder)
    assert (first.name, second.name) == ("a_story_ab12", "a_story_cd34")
    assert first.article is second.article
    assert words(first, "source") == ["Ada Brown", ""]
    assert words(first, "cue") == ["said", "claims"]
    # Two apostrophes are one mark; a content in two parts is one span.
    assert words(first, "content") == ['" It is safe , " " We checked . "', "it is old"]


def test_the_first_line_is_the_headline_and_each_line_a_paragraph(folder):
    article = read_folder(folder)[0].article
    assert article.parts[0] == "headline"
    assert len(set(article.paragraphs)) == 3


@pytest.mark.parametrize("missing", ["text", "attributions"])
def test_a_folder_without_texts_or_marks_is_told(folder, missing):
    for path in (folder / missing).iterdir():
        path.unlink()
    with pytest.raises(FolderError, match=missing):
        read_folder(folder)


def test_finding_what_is_marked_is_perfect_and_nothing_is_zero(folder):
    readings = read_folder(folder)
    perfect = scores(readings, lambda _: readings[0].attributions)
    assert perfect["f1"].tolist() == [1, 1, 1]
    assert perfect["marked"].tolist() == [2, 4, 4]  # one source and two coders
    nothing = scores(readings, lambda _: [])
    assert nothing[["precision", "recall", "f1"]].to_numpy().sum() == 0


def test_scores_are_those_counted_by_hand(folder):
    readings = read_folder(folder)[:1]
    said, claims = readings[0].attributions
    wrong = {**claims, "content": claims["content"] | {0}}
    twice = {**said, "cue": frozenset({1})}
    table = scores(readings, lambda _: [said, wrong, twice]).set_index("element")
    assert table["right"].to_dict() == {"source": 1, "cue": 2, "content": 1}
    assert table["found"].to_dict() == {"source": 1, "cue": 3, "content": 2}
    assert table.loc["cue", "precision"] == pytest.approx(2 / 3)
    assert table.loc["cue", "f1"] == pytest.approx(2 * 2 / (3 + 2))
    assert table.loc["content", "recall"] == 0.5


def test_one_reading_an_article_teaches(folder):
    assert [reading.name for reading in first_readings(read_folder(folder)).values()] == [
        "a_story_ab12"
    ]
    assert len(fingerprints(read_folder(folder))) == 1


def test_choices_are_learnt_from_what_sets_the_right_one_apart():
    right, wrong = ["near", "noun"], ["far", "noun"]
    choices = [learning.Choice([wrong, right], 1), learning.Choice([right, wrong], 0)] * 5
    weights = learning._conditional(choices)
    assert weights["near"] > 0 > weights["far"]
    assert "noun" not in weights  # both candidates have it
    assert best(weights, [wrong, right]) == 1


def test_a_cue_is_headed_by_its_verb(folder):
    reading = read_folder(folder)[0]
    head = learning.cue_head(reading.article, reading.attributions[0]["cue"])
    assert reading.article.text[head] == "said"


def test_places_become_stretches():
    assert learning.ranges(frozenset({3, 4, 5, 9})) == ((3, 5), (9, 9))


def test_a_score_is_the_sum_of_weights_and_unknown_features_count_nothing():
    weights = {"a": 1.5, "b": -0.5}
    assert score(weights, ["a", "b", "c"]) == 1.0
    assert probability(weights, []) == 0.5
    assert probability({"a": 1e6}, ["a"]) <= 1


def test_the_committed_weights_are_plain_numbers_and_say_what_they_learnt_from():
    weights = load_weights()
    assert sorted(weights) == ["content", "cue", "left", "right", "source"]
    assert all(isinstance(w, float) for step in weights.values() for w in step.values())
    assert MODEL.with_name("README.md").is_file()
    known = trained_on()
    assert len(known) > 50
    assert all(len(fingerprint) == 16 for fingerprint in known)
    assert json.loads(MODEL.read_text(encoding="utf-8")) == weights


def test_the_committed_weights_find_a_plain_attribution(folder):
    [reading] = read_folder(folder)[:1]
    found = found_spans(reading.article, load_weights())
    assert reading.attributions[0] in found


@pytest.mark.slow
def test_the_benchmark_scores_unknown_articles_with_the_committed_weights(folder, tmp_path):
    script = collection() / "benchmarks" / "attribution.py"
    saved = tmp_path / "scores.csv"
    run = subprocess.run(
        [sys.executable, script, folder, "--save", saved], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert "1 articles, 2 readings" in run.stdout and "as committed" in run.stdout
    table = pd.read_csv(saved)
    assert table["element"].tolist() == ["source", "cue", "content"]
    assert table["f1"].between(0, 1).all()


@pytest.mark.slow
def test_the_same_readings_give_the_same_weights_and_scores(folder):
    for number in range(3):
        text = folder / "text" / f"b{number}_story.txt"
        text.write_text(TEXT.replace("Acme", f"Acme {number}"), encoding="utf-8")
        marks = folder / "attributions" / f"b{number}_story_ab12.ann"
        marks.write_text("\n".join(LINES[:5]) + "\n", encoding="utf-8")
    readings = read_folder(folder)
    taught = [learning.examples(reading) for reading in readings]
    assert learning.learn(taught) == learning.learn(taught)
    table = cross_validated(readings, folds=2)
    pd.testing.assert_frame_equal(table, cross_validated(readings, folds=2))
    assert table["element"].tolist() == ["source", "cue", "content"]
