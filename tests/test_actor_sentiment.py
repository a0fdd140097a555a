"""How each outlet speaks of each actor: tables, words and figures, and the hand codes."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pandera.errors
import pytest
from matplotlib.colors import to_hex

from analysis_utils.annotation.language import tokenise
from analysis_utils.measures.intervals import FEW
from analysis_utils.output.figures import WIDTHS
from analysis_utils.schemas import Quotations, Quotes
from analysis_utils.themes import actor_sentiment
from analysis_utils.themes.actor_sentiment import (
    coded,
    evidence,
    figures,
    mentioned,
    tables,
    validation,
    words,
)
from analysis_utils.themes.actor_sentiment.answers import Scores
from analysis_utils.themes.actor_sentiment.methods import (
    LEXICONS,
    METHODS,
    TARGET_MODEL,
    Method,
    one_by_one,
)
from analysis_utils.themes.actor_sentiment.scoring import nearest, of_method
from analysis_utils.themes.contract import theme_tables, validated

#: A value of each column that a schema takes; 1 where it is not named here.
EXAMPLES = {
    "kind": "name", "part": "body", "scope": "clause", "voice": "own", "narrowest": True,
    "judge": "own",
}  # fmt: skip

#: The least and the largest value of columns of numbers, if there is one.
BOUNDS = {
    **dict.fromkeys(("polarity", "mean"), (-1, 1)),
    **dict.fromkeys(("negative", "neutral", "positive", "subjectivity"), (0, 1)),
    ("mentioned", "n"): (0, None),
    ("scores", "label"): (-1, 1),
    ("judgements", "sure"): (tables.SURE, 1),
    **{("balance", side): (0, None) for side in ("negative", "positive", "own")},
    ("balance", "mentioned"): (1, None),
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
        quotations=Quotations.checked([]),
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
    monkeypatch.setattr(evidence, "word_effects", lambda text, target: [("lost", -0.5)])
    return tables.by_methods(made_corpus(), METHODS_MADE)


def test_the_tables_of_a_made_up_corpus_by_hand(made):
    assert list(vars(made)) == list(tables.SCHEMAS)
    counted = made.mentioned.set_index(["actor", "outlet", "kind"])["n"]
    assert len(counted) == 3 * 2 * 4 and counted.sum() == 5
    assert len(made.scores) == 5 * 3
    # Headline and body, no standfirst; "Acme said" judges nobody but Acme, and badly: left out.
    assert made.judgements[["sentence_id", "actor", "judge"]].to_numpy().tolist() == [
        ["a:headline", "acme", "own"],
        ["a:s01", "norvik", "others"],
        ["b:s01", "norvik", "own"],
    ]
    rows = made.balance.set_index(["actor", "outlet"])
    assert rows.loc[("acme", "a"), ["mentioned", "negative", "positive", "own"]].tolist() == [
        2, 1, 0, 1,
    ]  # fmt: skip
    assert made.balance["actor"].tolist() == ["norvik", "norvik", "acme"]  # most judged first
    assert made.balance["mean"].isna().all()
    assert len(made.labels) == 4 * 2 and len(made.sentence_scores) == 4
    assert (made.evidence["pushed_down_by"] == "lost -0.50").all()


def test_labels_that_are_not_sure_are_no_judgements(made):
    corpus, scores = made_corpus(), of_method(nearest(made.scores), TARGET_MODEL)
    unsure = scores.assign(negative=tables.SURE - 0.01)
    assert tables.judgements(unsure, corpus).empty
    assert len(tables.judgements(scores.assign(negative=tables.SURE), corpus)) == 3


def test_a_mean_is_given_from_five_judging_sentences_on():
    ids = [f"s{number}" for number in range(FEW)]
    scores = pd.DataFrame({"sentence_id": ids, "actor": "x", "outlet": "o"})
    found = scores.assign(label=[1, 1, 1, 1, -1], judge="own")
    (row,) = tables.balance(scores, found, {"o": "O"}).to_dict("records")
    assert (row["negative"], row["positive"], row["mean"]) == (1, 4, pytest.approx(0.6))
    assert tables.balance(scores, found[1:], {"o": "O"})["mean"].isna().all()


# In words.


def rows_of(*counts):
    """A balance of one actor: for each outlet, sentences in a bad light and in a good one."""
    rows = [
        {"actor": "x", "outlet": f"o{n}", "mentioned": 30, "negative": bad, "positive": good,
         "own": 0, "mean": (good - bad) / (good + bad) if good + bad >= FEW else np.nan}
        for n, (bad, good) in enumerate(counts)
    ]  # fmt: skip
    return tables.Balance.checked(rows)


def compared(*gaps, told=True):
    """Comparisons of Post and Wire: Wire is harsher, on another actor each."""
    rows = [
        {"actor": f"x{n}" if n else "x", "kinder": "o0", "harsher": "o1", "gap": gap,
         "articles": 1, "told": told}
        for n, gap in enumerate(gaps)
    ]  # fmt: skip
    return tables.Comparison.checked(rows)


TONE = tables.Tone.checked(
    [
        {"article_id": outlet, "outlet": outlet, "actor": "x", "n": 3, "tone": tone, "against": ids}
        for outlet, tone, ids in (("o0", 0.5, "o0:s01"), ("o1", -0.5, "o1:s01 o1:s02"))
    ]
)


def test_only_differences_that_are_told_are_clear_and_the_most_mentioned_come_first():
    assert words.clear_differences(compared(0.9, told=False)) == []
    found = words.clear_differences(compared(0.9, 1.5, 1.2))
    assert [row["gap"] for row in found] == [0.9, 1.5]
    two = pd.concat([compared(0.9), compared(1.2)])
    assert [row["gap"] for row in words.clear_differences(two)] == [1.2]  # the largest of an actor


def named_corpus():
    return SimpleNamespace(
        outlets={"o0": "Post", "o1": "Wire"},
        names={"actor": {"x": "Acme"}},
        study=SimpleNamespace(codes=lambda name: None),
    )


def judged(balance):
    rows = [
        {"sentence_id": f"{row.outlet}:{sign}{n}", "outlet": row.outlet, "actor": "x",
         "label": sign, "sure": 0.9, "judge": "own", "holder": "", "source": "", "text": "t"}
        for row in balance.itertuples()
        for sign, count in ((-1, row.negative), (1, row.positive))
        for n in range(count)
    ]  # fmt: skip
    return tables.Judgement.checked(rows)


def told_of(balance, compared):
    return SimpleNamespace(
        balance=balance, judgements=judged(balance), tone=TONE, compared=compared
    )


def test_a_clear_difference_is_a_finding_with_the_sentences_behind_it():
    told = told_of(rows_of((0, 8), (7, 1)), compared(1.2))
    (found,) = words.findings(told, named_corpus())
    assert found.sentence.startswith("Taken as a whole, Wire is harsher on Acme than Post")
    assert found.weight <= 0.35 and found.evidence == ("o1:s01", "o1:s02", "o0:s01")
    assert found.sentence.partition(";")[0] in words.answer(told, named_corpus())
    assert words.headline(told, named_corpus()).endswith("Wire is harsher on Acme than Post")


def test_a_difference_is_told_with_how_often_it_is_right(monkeypatch):
    saved = pd.DataFrame(
        {"method": [words.MEASURE] * 2, "actors": ["all", "all"], "right": [0.81, 0.69]}
    )
    monkeypatch.setattr(words, "benchmark_results", lambda name: saved)
    assert words.how_sure().startswith("of 10 such calls about 7 agree")


def test_no_difference_is_told_that_is_too_small():
    told = told_of(rows_of((0, 3), (4, 0)), compared(0.1, told=False))
    assert words.findings(told, named_corpus()) == []
    said = words.answer(told, named_corpus())
    assert "cannot be told" in said
    assert "in a bad or a good light: 0 bad and 3 good in Post, 4 bad and 0 good in Wire." in said
    nobody = told_of(rows_of((0, 3), (4, 0)), compared())
    assert "No two outlets speak of the same actor" in words.answer(nobody, named_corpus())
    told.judgements = told.judgements.iloc[:0]
    assert words.answer(told, named_corpus()).startswith("No sentence puts an actor")


def test_evidence_tells_no_sentence_twice_and_ten_at_most():
    balance = rows_of((3, 3), (4, 0))
    shown = words.evidence(
        SimpleNamespace(balance=balance, judgements=judged(balance)), named_corpus()
    )
    assert shown["outlet"].tolist() == ["o0", "o1"]
    assert set(shown["note"]) == {"Acme in a bad light, in the outlet's own words"}


# Beside hand codes.


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
    assert coded.evaluate(pd.DataFrame(), None).empty


def test_a_method_and_silence_are_compared_pair_by_pair():
    # Right where silence is wrong in five pairs, never the other way: p = 2 / 2 ** 5.
    scores = pd.DataFrame({"sentence_id": [f"s{n}" for n in range(6)], "actor": "x", "label": 1})
    codes = scores.assign(polarity=[1, 1, 1, 1, 1, -1])
    assert coded.right_alone(scores, codes) == (5, 0, pytest.approx(0.0625))
    assert coded.right_alone(scores.assign(label=0), codes) == (0, 0, 1.0)


def test_voices_of_judgements_by_hand():
    codes = pd.DataFrame({"voice": ["reporter", "KL", "reporter/EP", "EP"]})
    found = pd.DataFrame({"judge": ["own", "itself", "others", "own"]})
    assert coded.voices_right(codes, found).tolist() == [True, True, False, False]
    assert coded.count_own(codes.assign(polarity=[1, 0, -1, 1])) == (3, 2)
    assert coded.count_own(None) == (0, 0)


def test_public_scores_are_told_if_there_are_any(monkeypatch):
    saved = pd.DataFrame(
        {"sentences": "mixed", "method": ["vader", "other", "always neutral"], "n": [7, 7, 7],
         "accuracy": [0.5, 0.1, 0.4], "macro_f1": [0.3, 0.1, 0.2]}
    )  # fmt: skip
    ordering = pd.DataFrame(
        {"labels": "feeling", "method": [words.MEASURE, "VADER, mean"], "actors": "all",
         "pairs": 100, "told": 0.6, "right": [0.7, 0.5]}
    )  # fmt: skip
    results = {"target_sentiment": saved, "ordering": ordering}
    monkeypatch.setattr(validation, "benchmark_results", results.get)
    bare = SimpleNamespace(study=SimpleNamespace(codes=lambda name: None))
    table = validation.validate(SimpleNamespace(), bare)
    assert table["score"].tolist()[:2] == ["accuracy", "macro-F1"]
    assert table["value"].tolist() == [0.5, 0.3, 0.7]
    assert table["baseline_value"].tolist() == [0.4, 0.2, 0.5]
    assert table["n"].iloc[-1] == 60  # pairs that are told

    def missing(name):
        raise FileNotFoundError(name)

    monkeypatch.setattr(validation, "benchmark_results", missing)
    assert validation.validate(SimpleNamespace(), bare).empty


# The two articles.


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
    assert voices["rferl:s02", "kaspersky_lab", "sentence"] == "quoted kaspersky_lab"


def test_the_words_behind_known_scores(scores):
    rows = scores[scores["scope"] == "sentence"].set_index(["sentence_id", "actor", "method"])
    assert rows.loc[("tass:s12", "united_states", "textblob"), "words"] == "unfair -0.50"
    assert rows.loc[("tass:s05", "kaspersky_lab", "vader"), "words"] == "disrespect -0.45"
    assert rows.loc[("tass:s11", "united_states", "vader"), "polarity"] == 0


def test_the_model_has_the_voice_of_the_actors_clause(scores):
    key = ["sentence_id", "actor"]
    model = scores[scores["method"] == TARGET_MODEL].set_index(key)
    clause = scores[(scores["method"] == "vader") & (scores["scope"] == "clause")].set_index(key)
    pd.testing.assert_frame_equal(model[["voice", "speaker"]], clause[["voice", "speaker"]])
    sums = model[["negative", "neutral", "positive"]].sum(axis=1)
    np.testing.assert_allclose(sums, 1, atol=1e-5)
    np.testing.assert_allclose(model["polarity"], model["positive"] - model["negative"], atol=1e-6)


def test_a_method_of_ones_own_is_in_every_table(corpus, codes):
    mine = Method(one_by_one(lambda text: Scores(1.0)))
    own = tables.by_methods(corpus, {"vader": METHODS["vader"], "mine": mine})
    assert (coded.evaluate(own.scores, codes("sentiment"))["method"] == "mine").sum() == 2
    assert "mine" in set(own.labels["method"]) & set(own.sentence_scores["method"])
    assert own.judgements.empty  # of the target model alone


def test_the_judgements_of_the_articles_are_those_of_a_close_reading(study_tables):
    """Accused by the United States, called malicious by the Parliament, and so on: nobody is
    judged by an outlet itself, and each judgement that the coder shares has its holder."""
    found = study_tables.judgements.set_index(["sentence_id", "actor"])
    assert not (found["judge"] == "own").any()
    expected = {
        ("tass:s05", "european_parliament"): (-1, "kaspersky_lab"),
        ("tass:s12", "united_states"): (-1, "russia"),
        ("rferl:s03", "kaspersky_lab"): (-1, "united_states"),
        ("rferl:s03", "russia"): (-1, "united_states"),
        ("rferl:s04", "kaspersky_lab"): (-1, "european_parliament"),
        ("rferl:s05", "european_parliament"): (-1, "kaspersky_lab"),
    }
    for pair, told in expected.items():
        assert tuple(found.loc[pair, ["label", "holder"]]) == told, pair
    # The company praises itself; that it was shown disrespect is no fault of its own.
    assert found.loc[("tass:s08", "kaspersky_lab"), "judge"] == "itself"
    assert ("tass:s05", "kaspersky_lab") not in found.index


def test_the_answer_is_cautious_and_tells_the_persons_count(study_tables, corpus):
    told = words.answer(study_tables, corpus)
    assert "RFE/RL is harsher on Kaspersky Lab than TASS" in told
    assert "none in an outlet's own words; a person who read the articles found 18" in told
    (found,) = words.findings(study_tables, corpus)
    assert "harsher on Kaspersky Lab" in found.sentence
    assert all(len(sentence.split()) <= 30 for sentence in told.split(". "))


def test_the_method_cites_its_sources(study_tables, corpus):
    told = words.method(study_tables, corpus)
    for key in ("hamborg2021", "hutto2014", "desmedt2012"):
        assert f"[@{key}]" in told


def test_the_models_judgements_come_with_the_words_behind_them(study_tables):
    near = nearest(study_tables.scores)
    by_model = near[(near["method"] == TARGET_MODEL) & (near["label"] != 0)]
    found = study_tables.evidence
    assert found["sentence_id"].tolist() == by_model["sentence_id"].tolist()
    for row in found.to_dict("records"):
        for word in filter(None, row["pushed_down_by"].split("; ")):
            name, _, effect = word.rpartition(" ")
            assert name in row["text"] and float(effect) <= 0


def test_whole_sentences_are_scored_without_regard_to_actors(study_tables, corpus):
    whole = study_tables.sentence_scores
    assert len(whole) == len(corpus.sentences) * len(LEXICONS)
    vader = whole[whole["method"] == "vader"].set_index("sentence_id")["polarity"]
    assert vader["tass:s05"] != 0
    assert vader["rferl:s09"] == 0


def test_scores_stand_beside_trivial_methods(corpus):
    table = validated(actor_sentiment, corpus).set_index(["measure", "against", "score"])
    found = table.loc[("mentions of the actors", "hand codes", "F1")]
    assert found["n"] == 77 and found["value"] > 0.95
    # 32 of 77 coded mentions are found by full names, none of them wrong: F1 = 2 * 32 / (32 + 77).
    assert found["baseline_value"] == pytest.approx(2 * 32 / (32 + 77))
    tones = table[table["unit"] == "pairs of sentence and actor"]
    assert len(tones) == 3 * 2 * 3  # methods, scores, and the hand codes and two public sets
    by_hand = tones.xs("hand codes", level="against")
    assert by_hand["known_errors"].str.contains("McNemar's exact p").all()
    accuracy = by_hand.xs("accuracy", level="score")
    assert (accuracy["baseline_value"] == 22 / 40).all()  # 22 of the 40 coded pairs are neutral
    judges = table.loc[("whether a judgement is the outlet's own", "hand codes", "accuracy")]
    assert judges["n"] == 16 and judges["value"] >= 15 / 16


def test_mentions_are_counted_for_every_actor_and_outlet():
    table = pd.DataFrame(
        [("x", "a", "name"), ("x", "b", "name"), ("x", "b", "pronoun")],
        columns=["actor", "outlet", "kind"],
    )
    counts = mentioned.count_mentions(table, ["x", "z"], ["b", "a"])
    assert len(counts) == 2 * 2 * 4 and counts["n"].sum() == 3


# The figures.


def legible(fig, width):
    """Exact width, at most a page high, no text below 7 points or outside the figure."""
    assert fig.get_figwidth() == pytest.approx(WIDTHS[width] / 25.4)
    assert fig.get_figheight() <= 230 / 25.4
    fig.canvas.draw()
    (ax,) = fig.axes
    ends = ax.get_xlim()
    beyond = {
        tick.label1
        for tick in ax.xaxis.get_major_ticks()
        if not ends[0] <= tick.get_loc() <= ends[1]
    }
    for text in fig.findobj(plt.Text):
        if text.get_visible() and text.get_text() and text not in beyond:
            box = text.get_window_extent()
            assert text.get_size() >= 7, text
            assert box.x0 >= -1 and box.x1 <= fig.bbox.width + 1, text
            assert box.y0 >= -1 and box.y1 <= fig.bbox.height + 1, text


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", figures.FIGURES)
def test_both_figures_are_legible_at_both_widths(name, width, study_tables, corpus):
    legible(figures.FIGURES[name](study_tables, corpus).picture(width), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_thirty_outlets_are_legible(width, study_tables, corpus):
    outlets = {f"o{n}": f"The Metropolitan Herald of Town {n}" for n in range(30)}
    rows = [
        {"actor": actor, "outlet": outlet, "mentioned": 40, "negative": n % 9, "positive": n % 5,
         "own": 0, "mean": 0.5}
        for actor in ("x", "y", "z")
        for n, outlet in enumerate(outlets)
    ]  # fmt: skip
    balance = tables.Balance.checked(rows)
    found = judged(balance).assign(actor="x")
    actors = figures.shown_actors(balance, len(outlets))
    assert actors == ["x"]
    figure = figures.light(study_tables, corpus)
    args = balance, found, study_tables.compared, {"x": "Acme"}, outlets
    draw = type(figure.draw)(figure.draw.func, *args)
    legible(type(figure)("n", draw, balance, "A title", "c", "a").picture(width), width)


def test_bars_stand_to_the_side_of_their_light_and_are_shaded_by_who_judges(study_tables, corpus):
    names = {"kaspersky_lab": "Kaspersky Lab"}
    told = study_tables.balance, study_tables.judgements, study_tables.compared
    (ax,) = figures.plot_light(*told, names, corpus.outlets, width=6.85).axes
    bars = {
        (round(bar.get_y() + 0.36), to_hex(bar.get_facecolor())): bar.get_width()
        for bar in ax.patches
        if bar.get_width()
    }
    shade = {judge: colour.lower() for judge, (_, colour) in figures.JUDGES.items()}
    # Row 0 names the actor, row 1 is TASS, row 2 RFE/RL.
    assert bars[1, shade["itself"]] == 1
    assert bars[2, shade["others"]] == -2
    assert not any(colour == shade["own"] for _, colour in bars)


def test_figures_of_nothing_are_no_fault(study_tables, corpus):
    nothing = SimpleNamespace(
        **{name: table.iloc[:0] for name, table in vars(study_tables).items()}
    )
    for figure in (figures.light(nothing, corpus), figures.methods(nothing, corpus)):
        legible(figure.picture("page"), "page")
    assert "No sentence" in words.headline(nothing, corpus)
