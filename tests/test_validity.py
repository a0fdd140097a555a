"""The scores of all methods: what stands in the tables, what is said of them, and the figure."""

import subprocess
import sys
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from analysis_utils import themes
from analysis_utils.output.figures import HIGHEST, WIDTHS, Figure
from analysis_utils.schemas import VALIDATION_COLUMNS
from analysis_utils.themes import validity
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.validity import figures as plots
from analysis_utils.themes.validity import hand_coding, words
from analysis_utils.themes.validity.coders import METHOD
from analysis_utils.themes.validity.tables import DEVELOPMENT, OWN
from analysis_utils.themes.validity.units import all_units

COLUMNS = ["theme", "basis", *VALIDATION_COLUMNS]


def score(measure, value, baseline_value, basis=OWN, n=20, name="F1"):
    row = ["x", basis, measure, "hand codes", name, value, n, "units", "trivial", baseline_value]
    return dict(zip(COLUMNS, [*row, "none known"], strict=True))


NAN = float("nan")
SCORES = pd.DataFrame(
    [
        score("finds much", 0.9, 0.4),
        score("finds little", 0.3, 0.5),
        score("finds it elsewhere", 0.6, 0.6, DEVELOPMENT, n=1200),
        score("has no rival", 0.7, NAN),
    ]
)


def unseen(*rows):
    """Rows of the table ``unseen``: measure, score, value, baseline value."""
    columns = ["measure", "score", "value", "baseline_value"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        theme="voices", texts="others", baseline="coin", on_page="yes", known_errors=""
    )


UNSEEN = unseen(
    ("speakers", "share that is right", 0.8, NAN),
    ("who is harsher", "share ordered rightly", 0.69, 0.5),
    ("who is harsher", "share ordered rightly", 0.62, 0.5),
    ("on a group", "share ordered rightly", 0.45, 0.5),
    ("reported words", "F1", 0.2, NAN),
)


@pytest.fixture(scope="module")
def tables(corpus):
    return theme_tables(validity, corpus)


def test_the_scoreboard_gathers_the_scores_of_every_theme(tables, corpus):
    rows = []
    for theme in validity.tables.THEMES:
        name = theme.__name__.rpartition(".")[2]
        rows += [[name, *row] for row in validated(theme, corpus).to_numpy().tolist()]
    assert tables.scores.drop(columns="basis").astype(object).to_numpy().tolist() == rows
    assert list(tables.scores.columns) == COLUMNS
    by_code = tables.scores["against"].str.contains("codes")
    assert tables.scores["basis"].eq(OWN).equals(by_code) and by_code.any() and not by_code.all()
    assert tables.scores["known_errors"].str.endswith(".").all()


def test_no_theme_with_a_score_is_left_out():
    folders = {path.parent.name for path in Path(themes.__path__[0]).glob("*/__init__.py")}
    gathered = {theme.__name__.rpartition(".")[2] for theme in validity.tables.THEMES}
    assert folders - gathered == {"validity"}


def test_tables_are_those_of_the_codes(tables, corpus):
    units = all_units(corpus)
    assert tables.units["n"].sum() == len(units)
    codes = hand_coding.all_codes(corpus, units)
    assert set(tables.agreement["variable"]) == set(codes["variable"])
    shown = tables.disagreements[tables.disagreements["value"] != ""]
    told = shown.merge(codes, on=["coder", "unit_id", "variable", "value"])
    assert len(told) == len(shown) > 0
    alone = tables.against_method
    by_method = alone["coder"] == METHOD
    beside = alone[~by_method].merge(alone[by_method], on=["unit_id", "variable"])
    assert len(beside) and (beside["value_x"] != beside["value_y"]).all()


def test_scores_on_unseen_texts_say_on_which_and_are_of_a_theme(tables):
    table = tables.unseen
    assert table["texts"].str.len().gt(3).all()
    folders = {path.parent.name for path in Path(themes.__path__[0]).glob("*/__init__.py")}
    assert set(table["theme"]) <= folders
    assert table.loc[table["on_page"] == "yes", "value"].notna().all()
    told = table[table["known_errors"] != ""]
    assert told["known_errors"].str.endswith(".").all() and told["theme"].is_unique
    assert (table["baseline"].isna() == table["baseline_value"].isna()).all()


def test_the_answer_counts_what_is_above_and_names_the_weakest_shares():
    told = words.answer(SimpleNamespace(unseen=UNSEEN, scores=SCORES), None)
    assert "Of 5 scores on texts that nobody tuned on, 3 have a trivial or rival method" in told
    assert "and 2 are above it" in told
    assert "Least to be trusted: on a group (45 % right), who is harsher (62 % right)" in told
    assert "On codes of this study 1 of 2 scores are above the trivial method's." in told
    nobody = SCORES[SCORES["basis"] == DEVELOPMENT]
    told = words.answer(SimpleNamespace(unseen=UNSEEN, scores=nobody), None)
    assert "This study has no codes of its own" in told


def test_the_compact_table_has_a_row_a_theme_with_its_errors(tables):
    table = words.compact(tables)
    assert table["theme"].is_unique and len(table) <= 10
    assert (table["known errors"] != "").all()
    voices = table.set_index("theme").loc["voices", "on unseen texts"]
    assert "speakers of quotations: share that is right 0.67" in voices


def agreement_of(*alphas):
    variables = [f"frame_{number}" for number in range(len(alphas))]
    return pd.DataFrame({"variable": variables, "alpha": alphas})


def test_agreement_of_coders_and_methods_is_told_in_short():
    beside = pd.DataFrame(
        [("tone", 9, 0.7), ("kind", 9, 0.1), ("cue", 4, 1.0), ("whole", 9, NAN)],
        columns=["variable", "n", "alpha"],
    ).assign(coder="language model a")
    told = words.coders_told(SimpleNamespace(agreement=agreement_of(0.9, 0.5, NAN), beside=beside))
    assert "an alpha of 0.80 or more on 1 of 2 variables" in told and "frame 1 0.50" in told
    assert "language models" in told
    assert "is 0.667 or more for 1 of 2 variables" in told  # of five units or more, and defined
    nobody = SimpleNamespace(agreement=agreement_of(), beside=beside[:0])
    assert words.coders_told(nobody) == (
        "No two coders coded the same here, so how far coders agree is not known."
    )


def test_sheets_are_written_without_loading_what_draws():
    code = (
        "import sys; from analysis_utils.themes import validity;"
        " from analysis_utils.themes.validity import coding_sheets, hand_coding, tables;"
        " assert callable(validity.tables.scoreboard);"
        " print(sorted({'matplotlib', 'seaborn', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def figure_of(seen, own):
    return Figure("x", partial(plots.plot_scores, seen, own), own, "A title", "c", "a")


def test_the_model_stands_beside_always_neutral_on_the_same_pairs(corpus, codes):
    told = words.model_told(corpus)
    assert told.startswith(f"Of {len(codes('sentiment'))} coded pairs") and "McNemar" in told
    uncoded = SimpleNamespace(study=SimpleNamespace(codes=lambda name: None))
    assert words.model_told(uncoded) == ""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", [0, 1, 20])
def test_the_figure_has_a_row_a_measure_and_no_label_over_another(number, width):
    own = pd.concat([SCORES] * 10, ignore_index=True).head(number)
    own["measure"] = [f"a rather long name of a measure, no. {place}" for place in range(number)]
    fig = figure_of(UNSEEN, own).picture(width)
    fig.canvas.draw()
    assert len(fig.axes) == (2 if number and width == "page" else 1)
    assert fig.get_figheight() * 25.4 <= HIGHEST
    for ax, rows in zip(fig.axes, (UNSEEN["measure"].nunique(), number), strict=False):
        labels = ax.get_yticklabels()
        assert len(labels) == rows
        places = sorted((box.y0, box.y1) for box in (each.get_window_extent() for each in labels))
        assert all(a[1] <= b[0] + 1 for a, b in pairwise(places))
    plt.close(fig)


def test_every_score_has_its_dot_and_every_rival_its_tick():
    fig = figure_of(UNSEEN, SCORES[SCORES["basis"] == OWN]).picture()
    first, second = fig.axes
    lines, ticks, dots = second.collections
    ends = sorted(sorted(place[0] for place in line) for line in lines.get_segments())
    assert ends == [[0.3, 0.5], [0.4, 0.9]]
    assert sorted(place[0] for place in ticks.get_offsets()) == [0.4, 0.5]
    assert sorted(place[0] for place in dots.get_offsets()) == [0.3, 0.7, 0.9]
    heights = [place[1] for place in first.collections[2].get_offsets()]
    assert heights[1] == heights[2]  # two sets of texts, one measure
    plt.close(fig)


#: For each table a row at its lowest and one at its highest, by the columns that have bounds.
EDGES = {
    "units": ({"unit": "sentences", "n": 0}, {}),
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
