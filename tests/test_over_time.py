"""Findings over time: articles by week, how sure a week's share is, and what rises or falls."""

import warnings
from datetime import date
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from analysis_utils.measures.intervals import FEW
from analysis_utils.output.figures import HIGHEST, WIDTHS
from analysis_utils.output.references import cited
from analysis_utils.output.style import house_style
from analysis_utils.themes.findings import over_time
from analysis_utils.themes.findings.over_time import by_period, told, trends

OUTLETS = {"a": "Alpha", "b": "Beta"}


def told_on(days, shares, outlet="a", words=100):
    """Articles of one outlet with a share of its own voice each."""
    frame = pd.DataFrame({"day": pd.to_datetime(days), "words": words, "outlet": outlet})
    frame["own"] = np.round(np.asarray(shares) * frame["words"]).astype(int)
    names = [f"{outlet}{place}" for place in range(len(frame))]
    return frame.assign(article_id=names, negative=0, positive=0)


def weeks(count, first="2018-10-22"):
    return pd.date_range(first, periods=count, freq="7D")


def corpus_of(articles, outlets=OUTLETS):
    """A corpus of articles of two sentences, of which the second is somebody's words."""
    sentences, quotes = [], []
    for article, outlet, _ in articles:
        place = {"article_id": article, "outlet": outlet}
        said = {"sentence_id": f"{article}:s02", "text": "It was late, he said."}
        sentences += [
            {"sentence_id": f"{article}:headline", "part": "headline", "text": "Rain", **place},
            {"sentence_id": f"{article}:s01", "part": "body", "text": "It has rained.", **place},
            {"part": "body", **said, **place},
        ]
        quotes.append(
            {"quote_id": f"{article}:v01", "start": 0, "end": 11, "kind": "reported",
             "speaker": "", "source": "he", "inside": "", "sentence_id": said["sentence_id"]}
        )  # fmt: skip
    columns = ["article_id", "outlet", "published"]
    return SimpleNamespace(
        articles=pd.DataFrame(articles, columns=columns),
        sentences=pd.DataFrame(sentences),
        quotes=pd.DataFrame(quotes),
        outlets=outlets,
    )


JUDGED = pd.DataFrame(
    [("a0:s01", -1), ("a0:s02", -1), ("a0:s02", 1), ("b1:headline", 1)],
    columns=["sentence_id", "label"],
)


@pytest.fixture(autouse=True)
def judged(monkeypatch):
    """No model judges the made-up articles."""
    judged = SimpleNamespace(judgements=JUDGED)
    monkeypatch.setattr(over_time, "theme_tables", lambda theme, corpus: judged)


MANY = [
    (f"{outlet}{place}", outlet, f"2018-06-{1 + 5 * place:02d}T09:00+03:00")
    for outlet in OUTLETS
    for place in range(FEW)
]


def test_an_articles_own_words_are_those_of_its_body_that_nobody_is_given():
    shares = over_time.own_shares(corpus_of(MANY[:1]), JUDGED)
    # "It has rained." and "he said" of "It was late, he said."
    assert shares[["words", "own"]].to_numpy().tolist() == [[8, 5]]


def test_articles_without_a_date_are_left_out_and_the_rest_are_in_order():
    undated = [("x", "a", ""), ("y", "b", "2018-05-01"), *MANY]
    shares = over_time.own_shares(corpus_of(undated), JUDGED)
    assert "x" not in set(shares["article_id"])
    assert shares["article_id"].iloc[0] == "y"
    assert shares["day"].is_monotonic_increasing


def test_judgements_are_counted_in_the_week_of_their_article():
    shares = over_time.own_shares(corpus_of(MANY), JUDGED)
    table = by_period(shares, OUTLETS)
    told = table[table[["negative", "positive"]].sum(axis=1) > 0]
    counted = told[["outlet", "label", "negative", "positive"]].to_numpy().tolist()
    assert counted == [["a", "2018-W22", 2, 1], ["b", "2018-W23", 0, 1]]


def test_a_study_of_few_articles_has_no_time():
    few = corpus_of([row for row in MANY if row[0] != "b0"])
    one_day = corpus_of([(article, outlet, "2018-06-01") for article, outlet, _ in MANY])
    undated = corpus_of([(*row[:2], "") for row in MANY])
    for corpus in (few, one_day, undated):
        tables = over_time.make(corpus)
        assert not over_time.is_over_time(corpus)
        assert all(table.empty for table in tables.values())
        assert over_time.shown(SimpleNamespace(**tables), corpus).html == ""
        assert over_time.method(SimpleNamespace(**tables)) == ""


def test_the_default_study_shows_nothing(corpus):
    assert not over_time.is_over_time(corpus)


def test_a_study_of_many_articles_shows_its_figure(tmp_path):
    corpus = corpus_of(MANY)
    corpus.study = SimpleNamespace(build_folder=tmp_path, figures_folder=tmp_path / "figures")
    tables = SimpleNamespace(**over_time.make(corpus))
    assert over_time.is_over_time(corpus)
    exported = over_time.shown(tables, corpus)
    assert (tmp_path / "figures" / "over_time.pdf").exists()
    assert "10 articles" in exported.caption and "week" in exported.caption
    assert "Mann 1945" in cited(over_time.method(tables))


dates = st.dates(date(2018, 1, 1), date(2018, 12, 31))
articles = st.lists(
    st.tuples(st.sampled_from("ab"), dates, st.integers(0, 60), st.integers(0, 60)),
    min_size=1,
    max_size=40,
)


@given(articles)
def test_every_article_is_in_one_week_and_no_week_is_left_out(rows):
    shares = pd.DataFrame(rows, columns=["outlet", "day", "own", "others"])
    shares["day"] = pd.to_datetime(shares["day"])
    shares["words"] = shares["own"] + shares["others"]
    shares = shares.assign(negative=0, positive=0)
    table = by_period(shares, OUTLETS)
    for outlet in OUTLETS:
        mine, theirs = table[table["outlet"] == outlet], shares[shares["outlet"] == outlet]
        assert mine["articles"].sum() == len(theirs)
        assert mine[["words", "own"]].sum().tolist() == theirs[["words", "own"]].sum().tolist()
        starts = pd.to_datetime(mine["start"])
        assert (starts.dt.day_of_week == 0).all()
        assert (starts.diff().dropna() == pd.Timedelta(days=7)).all()
    assert table.loc[table["words"] == 0, "share"].isna().all()
    sure = table.dropna(subset=["low"])
    assert (sure["articles"] >= FEW).all()
    assert (sure["low"] <= sure["share"]).all() and (sure["share"] <= sure["high"]).all()


@pytest.mark.parametrize(
    ("last", "period", "first_label"),
    [("2019-10-20", "week", "2018-W44"), ("2022-10-01", "month", "2018-11"),
     ("2029-01-01", "year", "2018")],
)  # fmt: skip
def test_periods_are_longer_where_a_study_spans_more(last, period, first_label):
    table = by_period(told_on(["2018-11-03", last], [0.5, 0.5]), {"a": "Alpha"})
    assert set(table["period"]) == {period}
    assert table["label"].iloc[0] == first_label
    assert len(table) <= 61


def test_the_last_days_of_december_can_lie_in_the_first_iso_week():
    table = by_period(told_on(["2018-12-31", "2019-01-15"], [0.5, 0.5]), {"a": "Alpha"})
    assert table["label"].tolist() == ["2019-W01", "2019-W02", "2019-W03"]


def test_a_week_of_four_articles_has_no_interval():
    shares = told_on(["2018-10-22"] * FEW + ["2018-10-29"] * (FEW - 1), np.linspace(0.2, 0.8, 9))
    assert by_period(shares, {"a": "Alpha"})["low"].notna().tolist() == [True, False]


def test_what_rises_and_what_falls_is_told():
    days = weeks(8)
    shares = pd.concat(
        [told_on(days, np.linspace(0.2, 0.9, 8)), told_on(days, np.linspace(0.9, 0.2, 8), "b")]
    )
    table = trends(shares, OUTLETS)
    assert table["trend"].tolist() == ["rose", "fell"]
    assert (table["before"] < table["after"]).tolist() == [True, False]
    text = told(table, OUTLETS)
    assert "rose at Alpha and fell at Beta" in text and "elsewhere" not in text


def test_one_outlet_that_moves_is_told_with_how_far():
    shares = told_on(weeks(8), [0.2, 0.3, 0.3, 0.4, 0.6, 0.6, 0.7, 0.8])
    other = told_on(weeks(8), [0.5, 0.4] * 4, "b")
    text = told(trends(pd.concat([shares, other]), OUTLETS), OUTLETS)
    assert "rose from 30 % to 68 % at Alpha; elsewhere no trend can be told." in text


def test_many_outlets_that_move_are_counted():
    names = {f"o{place}": f"The Daily {place}" for place in range(30)}
    shares = [told_on(weeks(12), np.linspace(0.2, 0.9, 12), outlet) for outlet in names]
    text = told(trends(pd.concat(shares), names), names)
    assert "The Daily 0, The Daily 1 and 28 others" in text
    assert len(text.split()) <= 30


def test_no_trend_is_told_where_there_is_none():
    steady = told_on(weeks(8), [0.5, 0.6] * 4)
    assert told(trends(steady, {"a": "Alpha"}), {"a": "Alpha"}).startswith("No outlet's share")


@pytest.mark.parametrize(
    "shares",
    [
        told_on(weeks(8), [0.5] * 8),
        told_on(["2018-10-22"] * 8, np.linspace(0.1, 0.9, 8)),
        told_on(weeks(FEW - 1), np.linspace(0.1, 0.9, FEW - 1)),
        told_on(weeks(8), [0] * 8, words=0),
        told_on([], [], words=[]),
    ],
    ids=["one share", "one day", "few articles", "no words", "no articles"],
)
def test_without_an_order_there_is_no_trend_and_no_warning(shares):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (row,) = trends(shares, {"a": "Alpha"}).itertuples()
    assert row.trend == "" and np.isnan(row.p)


def test_chance_seldom_makes_a_trend_in_any_of_several_outlets():
    random, names, told_by_chance = np.random.default_rng(3), ["a", "b", "c"], 0
    for _ in range(200):
        shares = pd.concat([told_on(weeks(10), random.beta(3, 2, 10), name) for name in names])
        told_by_chance += (trends(shares, dict.fromkeys(names, ""))["trend"] != "").any()
    assert told_by_chance / 200 < 0.09


@pytest.fixture
def drawn():
    def draw(shares, outlets, width="page"):
        house_style()
        table = by_period(shares, outlets)
        return over_time.plot_over_time(table, outlets, width=WIDTHS[width] / 25.4)

    yield draw
    plt.close("all")


def test_a_week_without_an_article_breaks_the_line(drawn):
    days = ["2018-10-22", "2018-10-29", "2018-11-12"]
    axis = drawn(told_on(days, [0.2, 0.4, 0.6]), {"a": "Alpha"}).axes[0]
    heights = axis.lines[0].get_ydata()
    assert np.isnan(heights).tolist() == [False, False, True, False]


def test_a_week_of_few_articles_is_hollow_and_has_no_interval(drawn):
    shares = told_on(["2018-10-22"] * FEW + ["2018-10-29"], [0.2, 0.3, 0.4, 0.5, 0.6, 0.9])
    fig = drawn(shares, {"a": "Alpha"})
    line, filled = fig.axes[0].lines
    assert line.get_markerfacecolor() == "white"
    assert np.isnan(filled.get_ydata()).tolist() == [False, True]
    assert "fewer than 5 articles" in fig.legends[0].get_texts()[0].get_text()
    spans = [path.vertices for path in fig.axes[0].collections[0].get_paths()]
    assert sum(not np.isnan(span).any() for span in spans) == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [2, 3, 8, 30])
def test_outlets_stand_side_by_side_on_one_page(drawn, count, width):
    names = {f"o{place}": f"The Morning Herald of Town {place}" for place in range(count)}
    days = weeks(9)
    shares = pd.concat([told_on(days, np.linspace(0.4, 0.6, 9), outlet) for outlet in names])
    fig = drawn(shares, names, width)
    size = fig.get_size_inches() * 25.4
    assert size[0] == pytest.approx(WIDTHS[width]) and size[1] <= HIGHEST
    fig.draw_without_rendering()
    seen = [text for text in fig.findobj(Text) if text.get_visible() and text.get_text()]
    assert min(text.get_fontsize() for text in seen) >= 7
    boxes = [axis.get_window_extent() for axis in fig.axes if axis.axison]
    assert len(boxes) == count
    assert min(box.height for box in boxes) / fig.dpi > 0.25
