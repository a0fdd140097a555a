"""The table of all scores: what stands in it, what is said of it, and its figure."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from analysis_utils import themes
from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes import validity
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.validity import figures as plots
from analysis_utils.themes.validity import hand_coding, words
from analysis_utils.themes.validity.coders import METHOD
from analysis_utils.themes.validity.units import all_units
from analysis_utils.themes.validity.words import HAND_CODES

COLUMNS = ["theme", *VALIDATION_COLUMNS]


def score(measure, value, baseline_value, against=HAND_CODES, n=20):
    row = ["x", measure, against, "F1", value, n, "units", "trivial", baseline_value, "none known"]
    return dict(zip(COLUMNS, row, strict=True))


SCORES = pd.DataFrame(
    [
        score("finds much", 0.9, 0.4),
        score("finds little", 0.3, 0.5),
        score("finds it elsewhere", 0.6, 0.6, "other people's data", n=1200),
        score("has no rival", 0.7, float("nan")),
    ]
)


@pytest.fixture(scope="module")
def tables(corpus):
    return theme_tables(validity, corpus)


def test_the_scoreboard_gathers_the_scores_of_every_theme(tables, corpus):
    rows = []
    for theme in validity.tables.THEMES:
        name = theme.__name__.rpartition(".")[2].replace("_", " ")
        rows += [[name, *row] for row in validated(theme, corpus).to_numpy().tolist()]
    assert tables.scores.astype(object).to_numpy().tolist() == rows
    assert list(tables.scores.columns) == COLUMNS
    assert tables.scores["known_errors"].str.endswith(".").all()


def test_no_theme_with_a_score_is_left_out():
    folders = {path.parent.name for path in Path(themes.__path__[0]).glob("*/__init__.py")}
    gathered = {theme.__name__.rpartition(".")[2] for theme in validity.tables.THEMES}
    assert folders - gathered == {"validity"}


def test_tables_are_those_of_the_codes(tables, corpus):
    units = all_units(corpus)
    assert tables.units["n"].sum() == len(units)
    codes = hand_coding.all_codes(corpus, units)
    assert tables.counts["n"].sum() == len(codes)
    assert set(tables.agreement["variable"]) == set(codes["variable"])
    shown = tables.disagreements[tables.disagreements["value"] != ""]
    told = shown.merge(codes, on=["coder", "unit_id", "variable", "value"])
    assert len(told) == len(shown) > 0
    alone = tables.against_method
    by_method = alone["coder"] == METHOD
    beside = alone[~by_method].merge(alone[by_method], on=["unit_id", "variable"])
    assert len(beside) and (beside["value_x"] != beside["value_y"]).all()


def test_words_name_what_the_trivial_method_does_as_well():
    told = words.scores_finding(SCORES)
    assert "3 scores against hand codes of this study and 1 against public data" in told
    assert "1 of 3 are above the trivial method's" in told
    assert "Not so: finds little, F1; finds it elsewhere (other people's data), F1." in told
    assert "no hand codes" not in told
    assert "no hand codes" in words.scores_finding(SCORES[2:3])


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (SCORES, "1 of 3 scores are above the trivial method's, 1 level with it"),
        (SCORES[:1], "The only score is above the trivial method's"),
        (pd.concat([SCORES[:1]] * 2), "All 2 scores are above the trivial method's"),
        (SCORES[3:], "No method has been compared with a trivial one"),
        (SCORES[:0], "No method has been compared with a trivial one"),
    ],
)
def test_the_title_says_no_more_than_the_table(rows, title):
    assert words.scores_headline(rows) == title


def test_words_say_where_the_commonest_answer_does_better():
    columns = [
        *("variable", "coder", "n", "accuracy", "accuracy_baseline", "alpha"),
    ]
    nan = float("nan")
    rows = [
        *[("tone", "ann", 9, 0.4, 0.6, 0.1), ("tone", "bob", 9, 0.5, 0.6, -0.1)],
        *[("actor", "bob", 9, 0.9, 0.5, 0.7), ("kind", "bob", 9, 0.6, 0.6, 0.5)],
        *[("whole", "ann", 9, 1.0, 1.0, nan), ("cue", "ann", 4, 1.0, 0.5, 1.0)],
    ]
    beside = pd.DataFrame(rows, columns=columns)
    told = words.methods_finding(beside)
    assert "is at least 0.667, enough for tentative conclusions, for actor (bob)." in told
    assert "is lower, but 0.20 or more, for kind (bob)." in told
    assert "is below 0.20, little or no better than chance, for tone (ann and bob)." in told
    assert "Fewer than 5 units tell nothing: cue (ann)." in told
    assert "is not defined, as all codes are the same, for whole (ann)." in told
    assert told.endswith("is right more often for tone (ann and bob).")
    assert "Nobody has coded" in words.methods_finding(beside.head(0))


def test_title_and_words_count_the_same_where_scores_are_missing():
    nan = float("nan")
    table = pd.concat([SCORES, pd.DataFrame([score("x", nan, 0.5), score("y", nan, nan)])])
    assert words.scores_headline(table) == words.scores_headline(SCORES)
    assert words.scores_finding(table) == words.scores_finding(SCORES)
    assert words.scores_caption(table) == words.scores_caption(SCORES)
    fig = plots.plot_scores(table.reset_index(drop=True))
    assert len(fig.axes[0].get_yticklabels()) == len(SCORES)
    plt.close(fig)
    none = table.tail(2)
    assert words.scores_finding(none) == "There is no score of any method."
    assert words.scores_headline(none) == "No method has been compared with a trivial one"


def test_sheets_are_written_without_loading_what_draws():
    code = (
        "import sys; from analysis_utils.themes import validity;"
        " from analysis_utils.themes.validity import coding_sheets, hand_coding, tables;"
        " assert callable(validity.tables.scoreboard);"
        " print(sorted({'matplotlib', 'seaborn', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("number", [1, 4, 40])
def test_the_figure_has_a_row_a_score_and_no_label_over_another(number):
    table = pd.concat([SCORES] * 10, ignore_index=True).head(number)
    long = "a very long name of what is measured, and of how, with _$^ in it"
    table["measure"] = [f"{long} {place}" for place in range(number)]
    fig = plots.plot_scores(table, "A title")
    fig.draw_without_rendering()
    (ax,) = fig.axes
    for labels in (ax.get_yticklabels(), ax.texts):
        assert len(labels) == number
        boxes = [label.get_window_extent() for label in labels]
        places = sorted((box.y0, box.y1) for box in boxes)
        assert all(a[1] <= b[0] for a, b in pairwise(places))
    plt.close(fig)


def test_an_empty_table_gives_a_figure_that_says_so():
    fig = plots.plot_scores(SCORES.head(0), words.scores_headline(SCORES.head(0)))
    assert fig.axes[0].texts[0].get_text() == "No method has been compared with a trivial one"
    plt.close(fig)


RELIABLE = pd.DataFrame(
    [
        (-1, 0.0, 0.1, 20, 0.05, 0.05),
        (0, 0.1, 0.2, 10, 0.2, 0.4),
        (0, 0.7, 0.8, 10, 0.7, 0.5),
        (0, 0.8, 0.9, 20, 0.85, 0.8),
        (1, 0.9, 1.0, 60, 0.95, 1.0),
    ],
    columns=["label", "from", "to", "n", "probability", "share"],
)


def test_probabilities_are_told_by_hand():
    # Off by 0.2, 0.2, 0.05 and 0.05 in 10, 10, 20 and 60 of 120 answers: 8 / 120.
    assert words.reliability_headline(RELIABLE) == "Probabilities are off by 7 points on average"
    told = words.reliability_finding(RELIABLE)
    assert told.startswith("On 40 pairs of public data")  # every pair has a row of each label
    # The 80 sure ones: (20 * 0.85 + 60 * 0.95) / 80 said, (20 * 0.8 + 60) / 80 right.
    assert "at least 80% probable (80 answers, 92% on average) are right in 95%" in told
    assert "between 10% and 80% are off by 20 points on average" in told
    assert "on 40 pairs" in words.reliability_caption(RELIABLE)


def test_bins_of_few_pairs_are_hollow():
    fig, ax = plt.subplots()
    assert plots.plot_reliability(RELIABLE, ax=ax) is fig
    faces = [tuple(face) for dots in ax.collections[1::2] for face in dots.get_facecolors()]
    assert sum(face[3] == 0 for face in faces) == 2 and len(faces) == 5
    plt.close(fig)


def test_every_score_has_its_dot_and_every_rival_its_tick():
    fig, ax = plt.subplots()
    assert plots.plot_scores(SCORES, ax=ax) is fig
    lines, ticks, dots = ax.collections
    ends = sorted(sorted(place[0] for place in line) for line in lines.get_segments())
    assert ends == [[0.3, 0.5], [0.4, 0.9], [0.6, 0.6]]
    assert sorted(place[0] for place in ticks.get_offsets()) == [0.4, 0.5, 0.6]
    assert sorted(place[0] for place in dots.get_offsets()) == [0.3, 0.6, 0.7, 0.9]
    plt.close(fig)


#: For each table a row at its lowest and one at its highest, by the columns that have bounds.
EDGES = {
    "reliability": (
        {"label": -1, "from": 0, "to": 0, "n": 1, "probability": 0, "share": 0},
        {"label": 1, "from": 1, "to": 1, "probability": 1, "share": 1},
    ),
    "units": ({"unit": "sentences", "n": 0}, {}),
    "counts": ({"variable": "tone", "coder": "ann", "n": 0}, {}),
    "agreement": (
        {
            **{"variable": "tone", "level": "nominal", "coders": 1, "units": 0, "pairable": 0},
            **{"percent_agreement": 0, "alpha": -0.5, "low": -1, "high": 1, "note": ""},
        },
        {"percent_agreement": 1, "alpha": 1},
    ),
    "beside": (
        {
            **{"variable": "tone", "coder": "ann", "n": 1, "accuracy": 0, "alpha": -0.5},
            **{"accuracy_baseline": 0, "macro_f1": 0, "macro_f1_baseline": 0},
        },
        {"accuracy": 1, "accuracy_baseline": 1, "macro_f1": 1, "macro_f1_baseline": 1, "alpha": 1},
    ),
}

UNBOUNDED = {"low", "high", "alpha", "variable", "coder", "level", "note", "unit", "label"}


@pytest.mark.parametrize("table", EDGES)
def test_numbers_keep_within_their_bounds(table):
    schema = validity.tables.SCHEMAS[table]
    low, high = EDGES[table][0], EDGES[table][0] | EDGES[table][1]
    schema.checked([low])
    schema.checked([high])
    wrong = [low | {column: low[column] - 1} for column in set(low) - UNBOUNDED]
    wrong += [high | {column: high[column] + 1} for column in EDGES[table][1]]
    for row in wrong:
        with pytest.raises(SchemaErrors):
            schema.checked([row])
