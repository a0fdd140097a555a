"""The table of all scores: what stands in it, what is said of it, and its figure."""

import subprocess
import sys
from itertools import pairwise
from types import ModuleType, SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis_utils.themes import validity
from analysis_utils.themes.validity import figures as plots
from analysis_utils.themes.validity.scores import COLUMNS, HAND_CODES


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


def uncoded(corpus):
    """The same corpus of a study without hand codes."""
    names = ("lines", "sentences", "tokens", "mentions")
    return SimpleNamespace(
        study=SimpleNamespace(codes=lambda name: None),
        **{name: getattr(corpus, name) for name in names},
    )


def test_cleaning_is_scored_beside_the_whole_page(corpus):
    lines, pages = validity.scores.cleaning(corpus).to_dict("records")
    assert lines["n"] == 92 and lines["value"] == 1  # every coded line, as in the hand codes
    assert lines["baseline_value"] == pytest.approx(19 / 92)  # 19 of 92 lines are the articles'
    assert pages["against"] != HAND_CODES and pages["n"] == 80
    assert pages["baseline_value"] < pages["value"] < 1


def test_sentences_are_scored_beside_cutting_at_every_mark(corpus):
    (row,) = validity.scores.sentence_cutting(corpus).to_dict("records")
    assert (row["value"], row["n"]) == (1, 24)
    # Cutting at every mark makes pieces of "said. ... U.S. Department", which nobody coded.
    assert row["baseline_value"] < 1


def test_a_sentence_cut_otherwise_lowers_the_score(corpus):
    halves = corpus.sentences.copy()
    halves.loc[0, "text"] = halves.loc[0, "text"][:10]
    names = ("study", "lines", "tokens", "mentions")
    changed = SimpleNamespace(sentences=halves, **{name: getattr(corpus, name) for name in names})
    (row,) = validity.scores.sentence_cutting(changed).to_dict("records")
    assert row["value"] == pytest.approx(2 * 23 / 48)


def test_without_hand_codes_public_data_stay(corpus):
    bare = uncoded(corpus)
    assert validity.scores.sentence_cutting(bare).empty
    assert (validity.scores.cleaning(bare)["against"] != HAND_CODES).all()


def test_the_scoreboard_gathers_every_theme(corpus, monkeypatch):
    from analysis_utils import themes

    for name in ("voices", "portrayal", "coverage", "frames"):
        theme = ModuleType(f"analysis_utils.themes.{name}")
        rows = [score(f"{name} found", 0.8, 0.1)] if name != "frames" else []
        theme.validate = lambda corpus, rows=rows: pd.DataFrame(rows)
        monkeypatch.setitem(sys.modules, theme.__name__, theme)
        monkeypatch.setattr(themes, name, theme, raising=False)
    table = validity.scores.scoreboard(corpus)
    assert list(table.columns) == COLUMNS
    assert list(table["theme"].unique()) == [
        *("cleaning", "sentences", "mentions", "sentiment", "voices", "portrayal", "coverage"),
    ]
    assert table["known_errors"].str.endswith(".").sum() == len(table) - 3
    assert table["value"].between(0, 1).all()


def test_words_name_what_the_trivial_method_does_as_well():
    told = validity.scores.finding(SCORES)
    assert "3 scores against hand codes of this study and 1 against public data" in told
    assert "1 of 3 are above the trivial method's" in told
    assert "Not so: finds little, F1; finds it elsewhere (other people's data), F1." in told
    assert "no hand codes" not in told
    assert "no hand codes" in validity.scores.finding(SCORES[2:3])


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
    assert plots.headline(rows) == title


def test_title_and_words_count_the_same_where_scores_are_missing():
    nan = float("nan")
    table = pd.concat([SCORES, pd.DataFrame([score("x", nan, 0.5), score("y", nan, nan)])])
    assert plots.headline(table) == plots.headline(SCORES)
    assert validity.scores.finding(table) == validity.scores.finding(SCORES)
    assert plots.caption(table) == plots.caption(SCORES)
    fig = plots.plot_scores(table.reset_index(drop=True))
    assert len(fig.axes[0].get_yticklabels()) == len(SCORES)
    plt.close(fig)
    none = table.tail(2)
    assert validity.scores.finding(none) == "There is no score of any method."
    assert plots.headline(none) == "No method has been compared with a trivial one"


def test_sheets_are_written_without_loading_what_draws():
    code = (
        "import sys; from analysis_utils.themes import validity;"
        " from analysis_utils.themes.validity import coding_sheets, hand_coding, scores;"
        " assert callable(validity.scores.scoreboard);"
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
    fig = plots.plot_scores(SCORES.head(0), plots.headline(SCORES.head(0)))
    assert fig.axes[0].texts[0].get_text() == "No method has been compared with a trivial one"
    plt.close(fig)
