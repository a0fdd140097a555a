"""How each outlet speaks of each actor: tables, findings, figures, and the hand codes."""

from itertools import pairwise
from types import SimpleNamespace

import matplotlib
import numpy as np
import pandas as pd
import pandera.errors
import pytest
from matplotlib.collections import LineCollection, PathCollection

from analysis_utils.annotation.language import tokenise
from analysis_utils.measures.intervals import FEW
from analysis_utils.schemas import Quotes
from analysis_utils.themes import actor_sentiment
from analysis_utils.themes.actor_sentiment import (
    coded,
    evidence,
    figures,
    mentioned,
    summaries,
    tables,
    validation,
    words,
)
from analysis_utils.themes.actor_sentiment.answers import Scores
from analysis_utils.themes.actor_sentiment.figures import plot_sentiment
from analysis_utils.themes.actor_sentiment.methods import (
    LEXICONS,
    METHODS,
    TARGET_MODEL,
    Method,
    one_by_one,
)
from analysis_utils.themes.actor_sentiment.scoring import nearest
from analysis_utils.themes.contract import theme_tables, validated

matplotlib.use("Agg")

#: A value of each column that a schema takes; 1 where it is not named here.
EXAMPLES = {
    "kind": "name", "part": "body", "scope": "clause", "voice": "own", "narrowest": True,
    "swapped": "target", "disagreement": "one is silent",
}  # fmt: skip

#: The least and the largest value of columns of numbers, if there is one.
BOUNDS = {
    **dict.fromkeys(("polarity", "textblob", "vader", "target_model", "mean", "label"), (-1, 1)),
    **dict.fromkeys(("negative", "neutral", "positive", "subjectivity"), (0, 1)),
    **dict.fromkeys(("n", "n_units", "clauses", "sentences", "pairs"), (1, None)),
    **dict.fromkeys(("mean_change", "largest_change"), (0, 2)),
    ("mentioned", "n"): (0, None),
    ("subjectivity", "mean"): (0, 1),
}


def example(schema):
    """A row that the schema takes."""
    types = {name: str(column.dtype) for name, column in schema.to_schema().columns.items()}
    return {name: EXAMPLES.get(name, "x" if kind == "str" else 1) for name, kind in types.items()}


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_no_number_is_outside_its_scale(name):
    schema = tables.SCHEMAS[name]
    row = example(schema)
    schema.checked([row])
    for column in row:
        bounds = BOUNDS.get((name, column), BOUNDS.get(column, (None, None)))
        for bound, beyond in zip(bounds, (-1, 1), strict=True):
            if bound is not None:
                schema.checked([row | {column: bound}])
                whole = str(schema.to_schema().columns[column].dtype).startswith("int")
                with pytest.raises(pandera.errors.SchemaErrors):
                    schema.checked([row | {column: bound + beyond * (1 if whole else 0.01)}])


TEXTS = {
    "a:headline": "Acme won.",
    "a:standfirst": "Acme lost.",
    "a:s01": "Acme said Norvik won.",
    "b:s01": "Norvik lost.",
}


def made_corpus(codes=None):
    """Two outlets, two actors and four sentences; somebody wins or loses in each."""
    ids = list(TEXTS)
    sentences = pd.DataFrame({"sentence_id": ids, "text": TEXTS.values()})
    sentences["article_id"] = sentences["outlet"] = [name[0] for name in ids]
    sentences["part"] = ["headline", "standfirst", "body", "body"]
    sentences["paragraph"] = [0, 0, 1, 1]
    named = [
        (name, actor.lower(), text.index(actor), text.index(actor) + len(actor), actor)
        for name, text in TEXTS.items()
        for actor in ("Acme", "Norvik")
        if actor in text
    ]
    mentions = pd.DataFrame(named, columns=["sentence_id", "actor", "start", "end", "text"])
    mentions["outlet"], mentions["kind"] = mentions["sentence_id"].str[0], "name"
    return SimpleNamespace(
        sentences=sentences,
        tokens=tokenise(sentences),
        mentions=mentions,
        quotes=Quotes.checked([]),
        outlets={"b": "B", "a": "A"},
        names={"actor": {"acme": "Acme", "norvik": "Norvik", "nobody": "Nobody"}},
        study=SimpleNamespace(codes=lambda name: codes if name == "sentiment" else None),
    )


def won(text):
    """A method that hears who won, and is sure of it."""
    return Scores(1.0 if "won" in text else -1.0, 0.5, (("won", 1.0),) if "won" in text else ())


def by_target(texts, targets):
    """A model that hears a loss everywhere."""
    return [Scores(-0.8, probabilities=(0.8, 0.2, 0.0)) for _ in texts]


METHODS_MADE = {
    "textblob": Method(one_by_one(won)),
    TARGET_MODEL: Method(by_target, masks_names=False, scopes=("target",)),
}


@pytest.fixture
def made(monkeypatch):
    """The theme's tables of the made-up corpus, by made-up methods."""
    swapped = pd.DataFrame({"sentence": "s", "swapped": "target", "polarity": [0.1, 0.3]})
    monkeypatch.setattr(tables, "swap_names", lambda: swapped)
    monkeypatch.setattr(evidence, "word_effects", lambda text, target: [("lost", -0.5)])
    return tables.by_methods(made_corpus(), METHODS_MADE)


def test_the_tables_of_a_made_up_corpus_by_hand(made):
    assert list(vars(made)) == list(tables.SCHEMAS)
    counted = made.mentioned.set_index(["actor", "outlet", "kind"])["n"]
    assert len(counted) == 3 * 2 * 4 and counted.sum() == 5
    assert counted["acme", "a", "name"] == 3 and counted["nobody", "b", "pronoun"] == 0
    assert len(made.scores) == 5 * 3 and made.unmasked.empty
    assert set(made.scores["part"]) == {"headline", "standfirst", "body"}
    by_word = made.summary[made.summary["method"] == "textblob"].set_index(["actor", "outlet"])
    assert by_word.loc[("acme", "a"), "n"] == 2  # headline and body, no standfirst
    assert made.probabilities.set_index(["outlet", "actor"])["n"].to_dict() == {
        ("a", "acme"): 2, ("a", "norvik"): 1, ("b", "norvik"): 1,
    }  # fmt: skip
    assert (made.probabilities["negative"] == 0.8).all()
    assert made.speakers["n"].sum() == 4
    assert list(made.speakers.columns[-2:]) == ["textblob", TARGET_MODEL]
    assert len(made.sentence_scores) == 4
    means = made.sentence_means.set_index("outlet")
    assert means["n"].to_dict() == {"a": 2, "b": 1}
    assert means["mean"].to_dict() == {"a": 1, "b": -1}
    # "Acme said" and "Norvik won" are two clauses of one sentence.
    opinions = made.subjectivity.set_index("outlet")
    assert opinions.loc["a", ["clauses", "sentences"]].tolist() == [3, 2]
    assert (opinions["mean"] == 0.5).all()
    assert set(made.words["word"]) == {"won"} and "scope" not in made.words
    assert made.evidence["sentence_id"].tolist() == ["a:headline", "a:s01", "a:s01", "b:s01"]
    assert (made.evidence["pushed_down_by"] == "lost -0.50").all()
    assert "a:headline" in set(made.disagreements["sentence_id"])
    assert made.name_swaps["mean_change"].tolist() == [pytest.approx(0.2)]


def test_lexicons_are_asked_with_names_if_there_are_codes_to_hold_beside(made):
    codes = pd.DataFrame({"sentence_id": ["b:s01"], "actor": "norvik", "polarity": [-1]})
    found = tables.by_methods(made_corpus(codes), METHODS_MADE).unmasked
    assert set(found["method"]) == set(LEXICONS) and len(found) == 5 * 4


def test_mentions_stand_side_by_side_for_every_actor():
    table = pd.DataFrame(
        [("x", "a", "name"), ("x", "b", "name"), ("x", "b", "pronoun"), ("y", "b", "alias")],
        columns=["actor", "outlet", "kind"],
    )
    outlets, actors = {"b": "The B", "a": "The A"}, {"y": "Y", "x": "X", "z": "Z"}
    counts = mentioned.count_mentions(table, actors, outlets)
    shown = mentioned.side_by_side(counts, actors, outlets)
    assert shown.columns.tolist() == [
        *("actor", "The B", "The A", "name", "alias", "description", "pronoun"),
    ]
    assert shown.to_numpy().tolist() == [
        ["Y", 1, 0, 0, 1, 0, 0],
        ["X", 2, 1, 2, 0, 0, 1],
        ["Z", 0, 0, 0, 0, 0, 0],
    ]


def test_evaluate_by_hand():
    table = pd.DataFrame({"sentence_id": ["s1", "s2", "s3"], "label": [1, 1, 0]})
    table = table.assign(actor="x", method="a", scope="sentence")
    codes = pd.DataFrame(
        {"sentence_id": ["s1", "s2", "s3", "s4"], "actor": "x", "polarity": [1, -1, 0, 0]}
    )
    found = coded.evaluate(table, codes).set_index("method")
    assert found.loc["a", ["n", "scored", "opposite"]].tolist() == [4, 3, 1]
    assert found.loc["a", "accuracy"] == 3 / 4
    # F1: negative 0, neutral 1, positive 2/3.
    assert found.loc["a", "macro_f1"] == pytest.approx((0 + 1 + 2 / 3) / 3)
    assert found.loc["always neutral", "scored"] == 4
    # Always neutral: F1 of neutral is 2 * 0.5 / 1.5.
    assert found.loc["always neutral", "macro_f1"] == pytest.approx(2 / 9)


def made_summary(n_outlets, n_actors):
    draw = np.random.default_rng(0)
    rows = [
        {
            "actor": f"actor{actor}",
            "outlet": f"o{outlet}",
            "voice": voice,
            "method": "vader",
            "scope": "clause",
            "n": int(draw.integers(1, 30)),
            "mean": (mean := draw.uniform(-0.5, 0.5)),
            "low": mean - 0.2,
            "high": mean + 0.2,
        }
        for actor in range(n_actors)
        for outlet in range(n_outlets)
        for voice in ("own", "reported", "quoted")
    ]
    return pd.DataFrame(rows), {f"o{number}": f"Outlet {number}" for number in range(n_outlets)}


def close(grid):
    matplotlib.pyplot.close(grid.figure)


@pytest.mark.parametrize(("n_outlets", "n_actors"), [(2, 3), (6, 12)])
def test_the_figure_shows_every_mean_and_no_texts_overlap(n_outlets, n_actors):
    summary, outlets = made_summary(n_outlets, n_actors)
    grid = plot_sentiment(summary, outlets, title="A finding")
    grid.figure.canvas.draw()
    for axis in grid.axes.flat:
        boxes = [text.get_window_extent() for text in axis.texts]
        assert len(boxes) == n_outlets * n_actors
        for first, second in pairwise(boxes):
            assert not first.overlaps(second)
    first, *others = grid.axes.flat
    names = {tick.get_text() for tick in first.get_yticklabels()}
    assert names == {f"actor{number}" for number in range(n_actors)}
    assert not any(tick.get_visible() for axis in others for tick in axis.get_yticklabels())
    low, high = first.get_xlim()
    assert low == -high and high > summary["high"].max() and low < summary["low"].min()
    close(grid)


def test_rows_stand_in_the_order_of_the_names_or_of_how_often_they_are_scored():
    summary = summary_of(("x", 3, 3, 0.1, np.nan, np.nan))
    both = pd.concat([summary, summary.assign(actor="b", n=4)])
    for actors, wanted in ((None, ["b", "a"]), ({"c": "C", "a": "A", "b": "B"}, ["A", "B"])):
        grid = plot_sentiment(both, {"x": "X"}, actors)
        assert [tick.get_text() for tick in grid.axes.flat[0].get_yticklabels()] == wanted
        assert grid.axes.flat[0].get_xlim() == (-0.2, 0.2)
        close(grid)


def test_the_figure_wants_one_method():
    summary, outlets = made_summary(2, 2)
    both = pd.concat([summary, summary.assign(method="textblob")])
    with pytest.raises(ValueError, match="choose one method, of vader, textblob"):
        plot_sentiment(both, outlets)
    with pytest.raises(ValueError, match="choose one scope, of sentence, clause"):
        words.headline(pd.concat([summary.assign(scope="sentence"), summary]), {}, "vader")
    grid = plot_sentiment(summary.iloc[:0], outlets)
    assert not grid.axes.flat[0].texts
    close(grid)


def test_few_sentences_have_hollow_markers_and_no_interval():
    summary, outlets = made_summary(2, 1)
    summary = summary[summary["voice"] == "own"].assign(n=[FEW - 1, FEW])
    summary.loc[summary["n"] < FEW, ["low", "high"]] = np.nan
    grid = plot_sentiment(summary, outlets)
    drawn = grid.axes.flat[0].collections
    (lines,) = [each for each in drawn if isinstance(each, LineCollection)]
    assert len(lines.get_segments()) == 1
    *_, dots = [each for each in drawn if isinstance(each, PathCollection)]
    assert [colour[3] == 0 for colour in dots.get_facecolors()] == [True, False]
    close(grid)


def evaluation(accuracy):
    return pd.DataFrame(
        {
            "method": ["vader", "always neutral"],
            "scope": ["clause", ""],
            "n": 40,
            "accuracy": [accuracy, 0.55],
            "macro_f1": [0.35, 0.24],
            "opposite": [1, 0],
        }
    )


def test_a_tie_is_told_as_a_tie():
    assert "right as often" in words.conclusion(evaluation(0.55))


def test_without_mentions_the_title_says_so():
    none = summary_of()
    assert "no sentence mentions" in words.headline(none, {}, "vader")


def test_the_conclusion_says_whether_the_lexicons_are_worth_more_than_silence():
    worse = words.conclusion(evaluation(0.33))
    assert "right in 55%" in worse and "right in 33%" in worse
    assert "no finding" in worse and "1 pair with" in worse
    better = words.conclusion(evaluation(0.7))
    assert "no finding" not in better
    assert "right in 6 pairs more" in better  # 0.70 - 0.55 of 40


def test_without_hand_codes_nothing_is_claimed():
    assert coded.evaluate(pd.DataFrame(), None).empty
    assert "no hand codes" in words.conclusion(pd.DataFrame())


def summary_of(*rows):
    columns = ["actor", "outlet", "voice", "method", "scope", "n", "n_units", "mean", "low", "high"]
    filled = [("a", outlet, "own", "m", "clause", *row) for outlet, *row in rows]
    return pd.DataFrame(filled, columns=columns)


def test_a_figure_claims_a_difference_only_with_enough_sentences_and_intervals_apart():
    def title(*rows):
        return words.headline(summary_of(*rows), {"a": "Actor"}, "vader")

    apart, level = ("x", 20, 20, 0.5, 0.4, 0.6), ("y", 20, 20, 0.0, -0.1, 0.1)
    assert title(apart, level).endswith("do not overlap for Actor")
    wide = ("x", 20, 20, 0.5, 0.0, 0.9)
    assert "no difference where two outlets have 15 sentences" in title(wide, level)
    assert "too few" in title(("x", 5, 5, 0.5, 0.4, 0.6), level)
    assert "too few" in title(("x", 20, 20, 0.5, 0.5, 0.5), level)


def test_misses_are_counted_by_method_and_kind():
    codes = pd.DataFrame({"sentence_id": ["s1", "s2", "s3"], "actor": "x", "polarity": [1, -1, 0]})
    missed = pd.DataFrame(
        {
            "sentence_id": ["s1", "s2"],
            "actor": "x",
            "coded": [1, -1],
            "vader": [0, 1],
            "target_model": [1, 0],
            "text": "",
        }
    )
    assert words.misses_finding(missed, codes, codes) == (
        "Of 2 judgements of the coder, VADER calls 1 neutral and turns 1 round; Target model calls"
        " 1 neutral and turns 0 round."
    )
    assert words.misses_finding(missed, None, codes) == ""
    assert words.false_tones_finding(None, codes) == ""
    scores = pd.DataFrame(
        [("s3", "x", "mine", 1), ("s3", "x", "target_model", 0), ("s1", "x", "vader", 1)],
        columns=["sentence_id", "actor", "method", "label"],
    )
    assert words.false_tones_finding(codes, scores) == (
        "Of 1 pair that the coder calls neither, mine gives a tone to 1 and Target model gives a"
        " tone to 0."
    )
    unscored = words.misses_finding(missed, codes, codes[1:])
    assert unscored.startswith("Of 2 judgements of the coder, 1 found no mention to score; VADER")


def test_only_intervals_without_zero_are_told():
    summary = summary_of(("x", 20, 20, 0.5, 0.4, 0.6), ("y", 20, 20, 0.1, -0.1, 0.3))
    told = words.voices_finding(summary, {"x": "X", "y": "Y"}, {"a": "Actor"})
    assert "Actor in X, in its own voice (+0.50, +0.40 to +0.60, n=20)" in told and "Y" not in told
    told = words.voices_finding(summary[1:], {}, {})
    assert told.startswith("No interval leaves out zero; 0 of 1 mean have none")
    few = pd.concat([summary, summary_of(("x", 3, 3, 0.5, np.nan, np.nan))])[1:]
    told = words.voices_finding(few, {}, {})
    assert told.startswith("No interval leaves out zero; 1 of 2 means have none")


def test_agreement_counts_by_hand():
    codes = pd.DataFrame(
        [
            ("a:s01", 0, 8, "The Acme", "acme", "name"),
            ("a:s01", 20, 24, "firm", "acme", "apposition"),
            ("a:s01", 30, 32, "it", "", "trap"),
            ("a:s02", 0, 6, "Norvik", "norvik", "attributive"),
        ],
        columns=["sentence_id", "start", "end", "text", "actor", "kind"],
    )
    mentions = pd.DataFrame(
        [
            ("a:s01", 4, 8, "Acme", "acme", "name"),
            ("a:s01", 30, 32, "it", "acme", "pronoun"),
            ("a:s02", 0, 6, "Norvik", "norvik", "name"),
        ],
        columns=["sentence_id", "start", "end", "text", "actor", "kind"],
    )
    table = mentioned.agreement_with_codes(mentions, codes).set_index("kind")
    assert table.loc["name", ["n_codes", "found", "exact", "n_mentions"]].tolist() == [1, 1, 1, 2]
    assert table.loc["name", "precision"] == 1
    assert table.loc["description", ["n_codes", "missed"]].tolist() == [1, 1]
    assert table.loc["pronoun", ["n_mentions", "false_alarms"]].tolist() == [1, 1]
    assert table.loc["all", ["n_codes", "found", "n_mentions"]].tolist() == [2, 1, 3]
    assert table.loc["all", "precision"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("start", [0, 9])
def test_a_mention_that_only_touches_a_code_is_another(start):
    columns = ["sentence_id", "start", "end", "text", "actor", "kind"]
    codes = pd.DataFrame([("a:s01", 5, 9, "Acme", "acme", "name")], columns=columns)
    found = codes.assign(start=start, end=start + 5)
    row = mentioned.agreement_with_codes(found, codes).set_index("kind").loc["all"]
    assert (row["found"], row["missed"], row["false_alarms"]) == (0, 1, 1)


def test_mentions_in_articles_that_nobody_coded_are_neither_right_nor_wrong():
    columns = ["sentence_id", "start", "end", "text", "actor", "kind"]
    codes = pd.DataFrame([("a:s01", 0, 4, "Acme", "acme", "name")], columns=columns)
    found = pd.concat([codes, codes.assign(sentence_id="b:s01")])
    every = mentioned.agreement_with_codes(found, codes).set_index("kind").loc["all"]
    assert (every["precision"], every["false_alarms"], every["n_mentions"]) == (1, 0, 1)


def scores_of_labels(*rows):
    table = pd.DataFrame(rows, columns=["outlet", "voice", "label"])
    ids = [f"{outlet}:s{number:02d}" for number, outlet in enumerate(table["outlet"])]
    return table.assign(method=TARGET_MODEL, article_id=table["outlet"] + "1", sentence_id=ids)


def test_judgements_are_told_by_outlet_and_voice():
    scores = scores_of_labels(
        ("a", "own", -1),
        ("a", "quoted", -1),
        ("a", "reported", 1),
        ("a", "own", 0),
        ("b", "own", 0),
    )
    outlets = {"a": "A", "b": "B", "c": "C"}
    assert words.judgements_finding(scores, outlets) == (
        "Of 4 pairs of sentence and actor in A, the target model calls 2 unfavourable and 1"
        " favourable, 2 of these 3 in reported or quoted speech. Of 1 pair of sentence and actor in"
        " B, the target model calls all neutral. C mentions no actor of the study."
    )
    articles = {"a1": "the article of A"}
    assert "in the article of A" in words.judgements_finding(scores, articles, by="article_id")


def test_articles_can_be_compared_as_outlets_are():
    apart = summary_of(("x1", 20, 20, 0.5, 0.4, 0.6), ("y1", 20, 20, 0.0, -0.1, 0.1))
    apart = apart.rename(columns={"outlet": "article_id"})
    title = words.headline(apart, {"a": "Actor"}, "vader", by="article_id")
    assert title.endswith("do not overlap for Actor")
    few = apart.assign(n_units=words.ENOUGH - 1)
    assert "tell the articles apart" in words.headline(few, {}, "vader", by="article_id")
    level = apart.assign(low=-1.0)
    title = words.headline(level, {}, "vader", by="article_id")
    assert title.endswith("no difference where two articles have 15 sentences or more")
    whole = apart.drop(columns="voice")
    assert words.headline(whole, {"a": "Actor"}, "vader", "article_id").endswith("for Actor")
    articles = {"x1": "The first", "y1": "The second"}
    told = words.voices_finding(apart, articles, {"a": "Actor"}, by="article_id")
    assert "Actor in The first, in its own voice" in told
    grid = plot_sentiment(apart, articles, by="article_id")
    assert [text.get_text() for text in grid.axes.flat[0].texts] == ["n=20", "n=20"]
    matplotlib.pyplot.close(grid.figure)


def test_intervals_that_touch_are_not_apart():
    def title(*rows):
        return words.headline(summary_of(*rows), {"a": "Actor"}, "vader")

    high, low = ("x", 20, 20, 0.5, 0.4, 0.6), ("y", 20, 20, 0.3, 0.2, 0.4)
    assert "no difference" in title(high, low)
    enough = ("x", 15, 15, 0.5, 0.41, 0.6)
    assert "do not overlap" in title(enough, low)
    assert "too few" in title(("x", 14, 14, 0.5, 0.41, 0.6), low)
    assert "too few" in title(enough)


def test_intervals_are_told_from_few_sentences_on():
    outlets, actors = {"x": "X"}, {"a": "Actor"}
    firm = summary_of(("x", FEW, FEW, 0.5, 0.4, 0.6))
    assert "n=5" in words.voices_finding(firm, outlets, actors)
    assert "No interval" in words.voices_finding(firm.assign(n=FEW - 1), outlets, actors)
    at_zero = words.voices_finding(firm.assign(low=0.0), outlets, actors)
    assert at_zero.startswith("No interval leaves out zero; 0 of 1 mean have none")
    below = words.voices_finding(firm.assign(low=-0.6, high=-0.4), outlets, actors)
    assert "-0.60 to -0.40" in below
    assert "No interval" in words.voices_finding(firm.assign(low=-0.6, high=0.0), outlets, actors)


def test_captions_say_what_the_scope_of_the_method_is():
    scores = pd.DataFrame(
        {"sentence_id": ["s1", "s1", "s2"], "actor": ["x", "y", "x"], "scope": "target"}
    )
    told = words.caption(scores, TARGET_MODEL)
    assert "(Target model) toward each actor" in told and "3 pairs of sentence and actor" in told
    assert "reads whole sentences" in told
    lexicon = words.caption(scores.assign(scope="clause"), "vader")
    assert "of the clauses around each actor" in lexicon and "A lexicon does not know" in lexicon


def test_the_best_method_is_named_with_what_it_scored():
    both = pd.concat([evaluation(0.7).assign(scope="target"), evaluation(0.4)])
    both = both.assign(method=["target_model", "x", "vader", "always neutral"])
    both = both.assign(macro_f1=[0.4, 0.1, 0.3, 0.2])
    assert "best method here, Target model, is" in words.conclusion(both)
    assert "best method here, VADER on the clause, is" in words.conclusion(evaluation(0.4))


def test_silence_and_reversals_are_counted_apart():
    codes = pd.DataFrame({"sentence_id": ["s1", "s2", "s3"], "actor": "x", "polarity": [1, -1, 1]})
    missed = codes.rename(columns={"polarity": "coded"}).assign(mine=[0, 0, -1], text="")
    told = words.misses_finding(missed, codes, codes)
    assert told == "Of 3 judgements of the coder, mine calls 2 neutral and turns 1 round."
    scores = codes.assign(method="mine", label=1)
    assert words.false_tones_finding(codes, scores) == ""
    told = words.false_tones_finding(codes.assign(polarity=0), scores)
    assert told == "Of 3 pairs that the coder calls neither, mine gives a tone to 3."


def test_scores_that_are_all_alike_set_nobody_apart():
    alike = summary_of(("x", 20, 20, 0.5, 0.5, 0.5), ("y", 20, 20, 0.0, -0.1, 0.1))
    assert "too few" in words.headline(alike, {"a": "Actor"}, "vader")


def test_disagreements_in_words_by_hand():
    scores = pd.DataFrame(
        {"sentence_id": ["s1", "s1", "s2", "s3", "s1"], "actor": ["x", "y", "x", "x", "x"]}
    )
    differing = pd.DataFrame(
        {"sentence_id": ["s1", "s1", "s2"], "disagreement": ["opposite signs"] * 2 + ["one"]}
    )
    assert words.disagreement_finding(differing, scores) == (
        "Of 4 pairs of sentence and actor, 2 (in 1 sentence) get opposite signs; in 1 one method or"
        " more answers neutral and another does not; in 1 all agree."
    )


def test_misses_by_hand():
    scores = pd.DataFrame(
        [("s1", "a", -1), ("s1", "b", 0), ("s2", "a", 0), ("s2", "b", 0), ("s3", "a", 1),
         ("s3", "b", 1), ("s4", "a", 1), ("s4", "b", 1)],
        columns=["sentence_id", "method", "label"],
    ).assign(actor="x", text="it was said")  # fmt: skip
    codes = pd.DataFrame(
        {"sentence_id": ["s1", "s2", "s3", "s4"], "actor": "x", "polarity": [-1, 1, 1, 0]}
    )
    missed = coded.misses(scores, codes)
    assert missed[["sentence_id", "coded", "a", "b"]].to_numpy().tolist() == [
        ["s2", 1, 0, 0], ["s1", -1, -1, 0],
    ]  # fmt: skip


def test_codes_are_counted_by_outlet_actor_and_voice():
    codes = pd.DataFrame(
        [("s1", "x", -1, "reporter"), ("s2", "x", 0, "reporter"),
            ("s4", "x", 0, "reporter"), ("s3", "x", 1, "reporter/EP"),
         ("s3", "y", 1, "EP")],
        columns=["sentence_id", "actor", "polarity", "voice"],
    )  # fmt: skip
    sentences = pd.DataFrame({"sentence_id": ["s1", "s2", "s3", "s4"], "outlet": "o", "text": "t"})
    counts = coded.count_codes(codes, sentences)
    assert counts.to_numpy().tolist() == [["o", "x", 1, 2, 1, 2], ["o", "y", 0, 0, 1, 0]]
    assert words.coded_voices(counts) == (
        "Of 3 judgements that the coder found, 1 are in somebody else's voice and 2 wholly or"
        " partly in the outlet's own."
    )
    assert coded.coded_judgements(codes, sentences)["polarity"].tolist() == [-1, 1, 1]
    assert coded.count_codes(None, sentences).empty
    assert coded.coded_judgements(None, sentences).empty
    assert words.coded_voices(pd.DataFrame()) == ""
    (only,) = coded.count_codes(codes[:1], sentences).to_numpy().tolist()
    assert only == ["o", "x", 1, 0, 0, 1]


def test_codes_of_one_pair_are_held_beside_its_score_wherever_it_stands():
    scores = pd.DataFrame(
        [("s1", "x", "m", "clause", 1), ("s1", "y", "m", "clause", -1)],
        columns=["sentence_id", "actor", "method", "scope", "label"],
    )
    codes = pd.DataFrame({"sentence_id": ["s1", "s9"], "actor": "x", "polarity": [-1, 0]})
    ours, neutral = coded.evaluate(scores, codes).to_dict("records")
    assert (ours["scored"], ours["accuracy"], ours["opposite"]) == (1, 0.5, 1)
    assert (neutral["scope"], neutral["scored"], neutral["accuracy"]) == ("", 2, 0.5)


def test_public_scores_are_told_if_there_are_any(monkeypatch):
    saved = pd.DataFrame(
        {"sentences": "mixed", "method": ["vader", "other", "always neutral"], "n": [7, 7, 7],
         "accuracy": [0.5, 0.1, 0.4], "macro_f1": [0.3, 0.1, 0.2]}
    )  # fmt: skip
    monkeypatch.setattr(validation, "benchmark_results", lambda name: saved)
    bare = SimpleNamespace(study=SimpleNamespace(codes=lambda name: None))
    table = validation.validate(SimpleNamespace(), bare)
    assert table["score"].tolist() == ["accuracy", "macro-F1"]
    assert table["value"].tolist() == [0.5, 0.3]
    assert table["baseline_value"].tolist() == [0.4, 0.2]
    assert table["n"].tolist() == [7, 7] and (table["against"] == "NewsMTSC: mixed").all()

    def missing(name):
        raise FileNotFoundError(name)

    monkeypatch.setattr(validation, "benchmark_results", missing)
    assert validation.validate(SimpleNamespace(), bare).empty


@pytest.fixture(scope="module")
def study_tables(corpus):
    return theme_tables(actor_sentiment, corpus)


@pytest.fixture(scope="module")
def scores(study_tables):
    return study_tables.scores


def test_one_row_a_sentence_actor_method_and_scope(scores, corpus):
    key = ["sentence_id", "actor", "method", "scope"]
    assert not scores.duplicated(key).any()
    pairs = corpus.mentions[["sentence_id", "actor"]].drop_duplicates()
    assert len(scores) == len(pairs) * 5  # two lexicons in two scopes, and the target model
    assert scores["polarity"].between(-1, 1).all()


def test_voice_is_that_of_the_scored_words(scores):
    voices = (
        scores.drop_duplicates(["sentence_id", "actor", "scope"])
        .set_index(["sentence_id", "actor", "scope"])[["voice", "speaker"]]
        .agg(" ".join, axis=1)
    )
    assert voices["tass:s04", "european_parliament", "clause"] == "quoted eugene_kaspersky"
    assert voices["tass:s04", "eugene_kaspersky", "clause"] == "own "
    assert voices["tass:s05", "kaspersky_lab", "sentence"] == "reported kaspersky_lab"
    assert voices["tass:s12", "united_states", "clause"] == "own "
    assert voices["rferl:s02", "kaspersky_lab", "sentence"] == "quoted kaspersky_lab"
    assert (voices.xs("tass:headline") == "own ").all()


def test_the_words_behind_known_scores(scores):
    rows = scores[scores["scope"] == "sentence"].set_index(["sentence_id", "actor", "method"])
    assert rows.loc[("tass:s12", "united_states", "textblob"), "words"] == "unfair -0.50"
    assert rows.loc[("tass:s05", "kaspersky_lab", "vader"), "words"] == "disrespect -0.45"
    assert rows.loc[("tass:s11", "united_states", "vader"), "words"] == ""
    assert rows.loc[("tass:s11", "united_states", "vader"), "polarity"] == 0


def test_no_lexicon_beats_always_neutral_in_accuracy_here(scores, codes):
    found = coded.evaluate(scores, codes("sentiment"))
    neutral = found[found["method"] == "always neutral"].iloc[0]
    assert neutral["accuracy"] == pytest.approx(22 / 40)
    assert (found["n"] == 40).all()
    lexicons = found[found["method"].isin(LEXICONS)]
    assert (lexicons["accuracy"] <= neutral["accuracy"]).all()


def test_summary_counts_sentences(scores):
    summary = summaries.summarise(scores, by=("actor", "outlet", "method", "scope"))
    row = summary.set_index(["actor", "outlet", "method", "scope"]).loc[
        ("united_states", "tass", "textblob", "sentence")
    ]
    # tass:s10 -0.3 ("late"), tass:s11 0, tass:s12 -0.5 ("unfair").
    assert (row["n"], row["mean"]) == (3, pytest.approx(-0.8 / 3, abs=1e-4))
    many = summary[summary["n"] >= FEW]
    assert len(many) and many["mean"].between(many["low"], many["high"]).all()
    assert summary.loc[summary["n"] < FEW, ["low", "high"]].isna().all(axis=None)


def test_a_method_of_ones_own_is_in_every_table(corpus, codes):
    """As the notebook says it is added, and called by its id."""
    mine = Method(one_by_one(lambda text: Scores(1.0)))
    own = tables.by_methods(corpus, {"vader": METHODS["vader"], "mine": mine})
    near = nearest(own.scores)
    assert near["method"].value_counts().nunique() == 1
    assert (coded.evaluate(own.scores, codes("sentiment"))["method"] == "mine").sum() == 2
    missed = coded.misses(near, codes("sentiment"))
    assert "mine calls 0 neutral" in words.misses_finding(missed, codes("sentiment"), near)
    assert {"mine", "vader"} <= {*own.speakers} & {*own.disagreements}
    assert "mine" in set(own.sentence_means["method"])
    figure = figures.figure_of(own, corpus, "mine", "my_figure")
    assert figure.name == "my_figure" and figure.title.startswith("mine: ")
    assert "(mine) of the clauses" in figure.caption
    matplotlib.pyplot.close(figure.picture)


def test_codes_without_a_mention_are_told(scores):
    codes = pd.DataFrame({"sentence_id": ["s1"], "actor": "x", "polarity": [1]})
    told = words.conclusion(coded.evaluate(scores.head(0), codes))
    assert told.startswith("None of the 1 coded pair")


def test_what_a_method_misses_is_shown_with_the_scored_words(scores, codes):
    near = nearest(scores)
    missed = coded.misses(near, codes("sentiment"))
    wrong = (missed[list(METHODS)].ne(missed["coded"], axis=0)).sum(axis=1)
    assert wrong.is_monotonic_decreasing and wrong.min() == 1
    # From a close reading: "confirmed as malicious" is a charge, and neither lexicon hears it.
    charge = missed.set_index(["sentence_id", "actor"]).loc[("rferl:s04", "kaspersky_lab")]
    assert charge["coded"] == -1
    assert charge["vader"] == 0 and charge["textblob"] > 0
    assert "malicious" in charge["text"]
    assert (missed["coded"] != 0).all()
    assert coded.misses(near, None).empty


def test_judgements_come_with_their_sentences_and_voices(corpus, codes):
    judged = coded.coded_judgements(codes("sentiment"), corpus.sentences)
    assert len(judged) == (codes("sentiment")["polarity"] != 0).sum()
    praise = judged[(judged["sentence_id"] == "tass:s05") & (judged["actor"] == "kaspersky_lab")]
    assert praise[["polarity", "voice"]].values.tolist() == [[1, "KL"]]


def test_coded_judgements_are_mostly_not_the_outlets_own(corpus, codes):
    counts = coded.count_codes(codes("sentiment"), corpus.sentences)
    assert counts[["unfavourably", "neither", "favourably"]].sum().sum() == len(codes("sentiment"))
    tass = counts.set_index(["outlet", "actor"]).loc[("tass", "kaspersky_lab")]
    assert (tass["unfavourably"], tass["favourably"], tass["by the outlet itself"]) == (1, 3, 0)
    assert "17 are in somebody else's voice and 1 wholly or partly" in words.coded_voices(counts)


def test_whole_sentences_are_scored_without_regard_to_actors(study_tables, corpus):
    whole = study_tables.sentence_scores
    assert len(whole) == len(corpus.sentences) * len(LEXICONS)
    vader = whole[whole["method"] == "vader"].set_index("sentence_id")["polarity"]
    assert vader["tass:s05"] != 0
    assert vader["rferl:s09"] == 0


def test_the_model_has_the_voice_of_the_actors_clause(scores):
    key = ["sentence_id", "actor"]
    model = scores[scores["method"] == TARGET_MODEL].set_index(key)
    clause = scores[(scores["method"] == "vader") & (scores["scope"] == "clause")].set_index(key)
    pd.testing.assert_frame_equal(model[["voice", "speaker"]], clause[["voice", "speaker"]])
    sums = model[["negative", "neutral", "positive"]].sum(axis=1)
    np.testing.assert_allclose(sums, 1, atol=1e-5)
    np.testing.assert_allclose(model["polarity"], model["positive"] - model["negative"], atol=1e-6)


def test_the_models_judgements_come_with_the_words_behind_them(study_tables):
    near = nearest(study_tables.scores)
    judged = near[(near["method"] == TARGET_MODEL) & (near["label"] != 0)]
    found = study_tables.evidence
    assert found["sentence_id"].tolist() == judged["sentence_id"].tolist()
    for row in found.to_dict("records"):
        for word in row["pushed_down_by"].split("; "):
            name, _, effect = word.rpartition(" ")
            assert name in row["text"] and float(effect) <= 0


def test_scores_stand_beside_trivial_methods(study_tables, corpus):
    table = validated(actor_sentiment, corpus).set_index(["measure", "against", "score"])
    found = table.loc[("mentions of the actors", "hand codes", "F1")]
    assert found["n"] == 77 and found["value"] > 0.95
    # 32 of 77 coded mentions are found by full names, none of them wrong: F1 = 2 * 32 / (32 + 77).
    assert found["baseline_value"] == pytest.approx(2 * 32 / (32 + 77))
    tones = table[table["unit"] == "pairs of sentence and actor"]
    assert len(tones) == 3 * 2 * 3  # methods, scores, and the hand codes and two public sets
    accuracy = tones.xs(("hand codes", "accuracy"), level=["against", "score"])
    assert (accuracy["baseline_value"] == 22 / 40).all()  # 22 of the 40 coded pairs are neutral


def test_the_answer_tells_judgements_differences_and_the_coders(study_tables, corpus):
    told = words.answer(study_tables, corpus)
    assert told.count("pairs of sentence and actor in") == 2
    assert "Target model: too few sentences to tell the outlets apart." in told
    assert told.endswith("partly in the outlet's own.")
    none = SimpleNamespace(**{k: table.iloc[:0] for k, table in vars(study_tables).items()})
    assert "TASS mentions no actor of the study." in words.answer(none, corpus)


def test_a_figure_of_nothing_says_so(study_tables, corpus):
    empty = SimpleNamespace(
        summary=study_tables.summary.iloc[:0], scores=study_tables.scores.iloc[:0]
    )
    figure = figures.model(empty, corpus)
    assert "no sentence mentions an actor" in figure.picture.axes[0].texts[0].get_text()
    matplotlib.pyplot.close(figure.picture)
