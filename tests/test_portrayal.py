"""Portrayal: what actors are called, what they are charged with, agreement, findings."""

from functools import partial
from types import SimpleNamespace

import matplotlib
import numpy as np
import pandas as pd
import pytest
from portrayal_tables import ACTORS, made_triples, tables_of

from analysis_utils.themes import portrayal
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.portrayal import blame, coded, figures, tables, words
from analysis_utils.themes.portrayal.called import telling_labels
from analysis_utils.themes.portrayal.naming import find_labels

matplotlib.use("Agg")


def made_corpus(*texts):
    """A parsed corpus of one outlet, with what is found in it."""
    parsed = tables_of(*texts)
    sentences, tokens, quotations, mentions, actors, quotes = parsed
    return SimpleNamespace(
        sentences=sentences, tokens=tokens, quotations=quotations, mentions=mentions,
        quotes=quotes, study=SimpleNamespace(actors=actors), outlets={"o": "Outlet"},
        names={"actor": {actor.id: actor.name for actor in ACTORS}}, parsed=parsed,
    )  # fmt: skip


def labels_of(*texts):
    """What the actors of made-up sentences are called: actor, article and label."""
    corpus = made_corpus(*texts)
    table = telling_labels(find_labels(*corpus.parsed), corpus)
    return set(zip(table["actor"], table["article"], table["label"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The old steel firm Acme grew slowly.", ("acme", "the", "old steel firm")),
        ("The trade minister Smith resigned.", ("smith", "the", "trade minister")),
        ("Acme, a reliable partner of Norvik, grew.", ("acme", "a", "reliable partner of Norvik")),
        ("Norvik’s Acme grew.", ("acme", "", "Norvik’s Acme")),
        ("Unison is a union of miners.", ("unison", "a", "union of miners")),
    ],
)
def test_labels_say_who_or_what_kind_somebody_is(text, expected):
    assert expected in labels_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "They met in southern Norvik.",
        "Several other Acme shops closed.",
        "Smith, a move nobody foresaw, left.",
        "Smith is grateful for the help.",
        "Mr. Smith left.",
        "Smith could become chairman of the board.",
    ],
)
def test_attitudes_acts_and_directions_are_no_labels(text):
    assert labels_of(text) == set()


def charges_of(*texts):
    corpus = made_corpus(*texts)
    found = blame.charges(
        find_labels(*corpus.parsed), tables.agency.find_triples(*corpus.parsed), corpus
    )
    return found[["actor", "how", "what", "accuser"]].to_numpy().tolist()


def test_charges_stand_with_who_makes_them():
    assert charges_of("Unison accused Acme of hiding the losses.") == [
        ["acme", "accused of", "hiding the losses", "Unison"]
    ]
    assert charges_of("Acme was accused of fraud.") == [["acme", "accused of", "fraud", ""]]
    assert charges_of("Unison criticized Smith of Norvik.") == []  # where he comes from
    assert charges_of("Unison praised Acme for its pay.") == []


def test_what_a_reader_of_both_articles_would_say(corpus):
    """From a close reading: RFE/RL alone tells the charge, and each has its own name for the firm.

    The charge is the coder's too: a quotation that accuses, in RFE/RL and not in TASS.
    """
    codes = corpus.study.codes("quotes")
    accusing = codes[codes["cue"] == "accuse"]
    assert accusing["sentence_id"].tolist() == ["rferl:s03"]
    found = words.findings(theme_tables(portrayal, corpus), corpus)
    told = {finding.kind: finding.sentence for finding in found}
    assert (
        "Only RFE/RL" in told["responsibility"] and "ties to the Kremlin" in told["responsibility"]
    )
    assert "anti-virus firm”" in told["naming"] and "Moscow-based firm”" in told["naming"]
    known = set(corpus.sentences["sentence_id"])
    for finding in found:
        assert len(finding.sentence.split()) <= 30 and finding.sentence.endswith(".")
        assert finding.evidence and set(finding.evidence) <= known


def test_labels_shown_are_the_coders(corpus):
    """Seven in ten labels of actors on the page are labels of the hand codes as well."""
    called = theme_tables(portrayal, corpus).called
    codes = corpus.study.codes("labels")
    coded_labels = codes[codes["of"] == "actor"]
    alike = coded.match_labels(
        coded_labels.rename(columns={"label": "text"}),
        called.assign(of="actor", sentence_id=called["sentence_ids"].str.split().str[0]),
        corpus.tokens,
        corpus.study.actors,
    )
    assert alike["found"].mean() >= 0.7


def made_called(*rows):
    """Rows of (actor, outlet, label, noun), titles in the outlet's own words."""
    columns = ["actor", "outlet", "label", "noun"]
    table = pd.DataFrame(rows, columns=columns)
    more = {"article": "a", "relation": "title", "voice": "own", "speaker": "", "n": 1}
    return table.assign(sentence_ids=[f"{outlet}:s01" for outlet in table["outlet"]], **more)


def of_three_outlets(corpus):
    outlets = {"x": "Xenon", "y": "Ypsilon", "z": "Zeta"}
    return SimpleNamespace(
        outlets=outlets, study=corpus.study, names=corpus.names, mentions=corpus.mentions,
        tokens=corpus.tokens, sentences=corpus.sentences,
    )  # fmt: skip


def test_a_noun_that_judges_is_set_against_one_that_does_not(corpus):
    called = made_called(
        ("eugene_kaspersky", "x", "Russian strongman", "strongman"),
        ("eugene_kaspersky", "y", "Northern dictator", "dictator"),
        ("eugene_kaspersky", "z", "Northern leader", "leader"),
    )
    none = theme_tables(portrayal, corpus).charges.iloc[:0]
    found = words.findings(SimpleNamespace(called=called, charges=none), of_three_outlets(corpus))
    told = [finding.sentence for finding in found]
    assert "Only Ypsilon calls Eugene Kaspersky a “Northern dictator”, Zeta a “leader”." in told
    alike = called.assign(noun="leader", label="leader")
    assert not words.findings(SimpleNamespace(called=alike, charges=none), of_three_outlets(corpus))


def test_a_charge_that_others_tell_too_is_not_told_as_the_only_one(corpus):
    charges = theme_tables(portrayal, corpus).charges
    assert len(charges) == 1
    told = corpus.tokens.assign(outlet="tass")  # as if TASS had every sentence
    other = SimpleNamespace(tokens=told)
    assert not words._told_nowhere_else(charges.iloc[0], other)


def test_without_labels_and_charges_nothing_is_found(corpus):
    made = theme_tables(portrayal, corpus)
    none = SimpleNamespace(called=made.called.iloc[:0], charges=made.charges.iloc[:0])
    assert words.findings(none, corpus) == []
    assert words.answer(none, corpus).startswith(words.ALIKE)


@pytest.mark.parametrize("width", ["page", "column"])
@pytest.mark.parametrize("n_outlets", [2, 5, 30])
def test_the_figure_fits_its_width_and_a_page(n_outlets, width):
    outlets = {f"o{number}": f"A long name, {number}" for number in range(n_outlets)}
    actors = {f"a{number}": f"The Long Name of Actor {number}" for number in range(9)}
    called = made_called(
        *(
            (actor, outlet, f"very long description of {label} and of more", "firm")
            for label, actor in enumerate(actors)
            for outlet in list(outlets)[: label + 1]
        )
    )
    rows = figures.label_rows(called, actors)
    assert rows.groupby("actor")["label"].nunique().max() <= figures.EACH
    draw = partial(figures.plot_called, rows, outlets, actors)
    fig = figures.Figure("called", draw, rows, "Title", "Caption.", "Words.").picture(width)
    assert fig.get_figwidth() == pytest.approx({"page": 174, "column": 85}[width] / 25.4)
    assert fig.get_figheight() <= 230 / 25.4
    fig.draw_without_rendering()
    for text in fig.axes[0].get_yticklabels():
        assert text.get_window_extent().x0 >= 0
    matplotlib.pyplot.close(fig)


def test_evidence_is_short_and_of_the_main_actors(corpus):
    rows = theme_tables(portrayal, corpus).evidence
    assert len(rows) <= tables.MOST_SENTENCES and rows["matter"].iloc[0] == "Kaspersky Lab"
    assert not rows.duplicated(["matter", "outlet"]).any()


@pytest.fixture
def triples():
    return made_triples(
        ("x:s01", "a", "accuse", "b"),
        ("x:s01", "c", "accuse", "b"),
        ("x:s02", "a", "say", ""),
        ("x:s03", "b", "sue", "a", {"negated": True}),
        ("x:s04", "", "fine", "a", {"construction": "agentless passive", "voice": "quoted"}),
        ("y:s01", "", "praise", "a"),
        ("y:s02", "a", "sue", "b", {"modality": "planned"}),
    )


def test_scores_by_hand(triples):
    codes = made_triples(
        ("x:s01", "a", "accuse", "b"),
        ("x:s02", "a", "say", ""),
        ("x:s03", "b", "sue", "c"),
        ("x:s09", "c", "leave", ""),
    )[["sentence_id", "agent", "verb", "patient"]].replace("", np.nan)
    scores = coded.score_triples({"m": triples}, codes).iloc[0]
    # Nobody coded article y, so its two triples are neither right nor wrong.
    assert scores[["coded", "found", "right"]].tolist() == [4, 5, 2]
    assert scores["precision"] == pytest.approx(2 / 5)
    assert scores["recall"] == pytest.approx(2 / 4)
    assert scores["f1"] == pytest.approx(4 / 9)
    results = coded.match_triples(triples, codes)["result"].value_counts()
    assert results.to_dict() == {"not coded": 3, "missed": 2, "found": 2}


def test_a_label_needs_half_of_the_coded_content_words():
    tokens = pd.DataFrame({"text": ["the", "of", "a"], "is_stop": True})
    actors = [SimpleNamespace(name="Acme", aliases=[])]
    labels = pd.DataFrame(
        {"sentence_id": "s1", "actor": "a", "of": "actor", "text": ["a reliable partner", "Acme"]}
    )

    def match(label, of="actor"):
        codes = pd.DataFrame([{"sentence_id": "s1", "actor": "a", "of": of, "label": label}])
        return coded.match_labels(labels, codes, tokens, actors).iloc[0]

    assert match("the reliable partner of Acme")["dice"] == 1
    assert match("reliable partner against fraud")["share"] == 0.5
    assert match("reliable partner against fraud")["found"]
    assert not match("reliable fighter against fraud")["found"]
    assert not match("reliable partner", of="act")["found"]


def test_without_hand_codes_nothing_is_claimed(triples):
    assert coded.score_triples({"m": triples}, None).empty
    assert coded.match_triples(triples, None).empty
    assert coded.match_labels(pd.DataFrame(), None, pd.DataFrame(), []).empty


def test_standfirsts_do_not_count(corpus):
    found = theme_tables(portrayal, corpus)
    for table in (found.triples, found.labels):
        assert not table["sentence_id"].str.endswith(":standfirst").any()
        assert table["sentence_id"].str.endswith(":headline").any()


def test_a_method_that_finds_nothing_has_no_precision(triples):
    codes = triples[["sentence_id", "agent", "verb", "patient"]].head(3)
    scores = coded.score_triples({"parse": triples, "nothing": triples.iloc[:0]}, codes)
    nothing = scores.set_index("method").loc["nothing"]
    assert np.isnan(nothing["precision"])
    assert nothing[["coded", "found", "right", "recall", "f1"]].tolist() == [3, 0, 0, 0, 0]


def test_the_nearest_actors_stand_right_before_and_after_the_verb():
    sentences, tokens, _, mentions, *_ = tables_of(
        *("Acme and Unison sued Norvik for Smith.", "It rained.", "Norvik was fined.", "He sings."),
        "It hurt Acme.",
    )
    found = coded.nearest_actors(sentences, tokens, mentions)
    assert found.to_numpy().tolist() == [
        ["a:s01", "unison", "sue", "norvik"],
        ["a:s03", "norvik", "fine", ""],
        ["a:s05", "", "hurt", "acme"],
    ]
    # Where no space stands between, as in "Acme-sued", they still stand before and after.
    touching = mentions.assign(start=mentions["start"] - 1, end=mentions["end"] + 1)
    pd.testing.assert_frame_equal(coded.nearest_actors(sentences, tokens, touching), found)


def test_the_label_most_like_the_coded_one_is_shown():
    tokens = pd.DataFrame({"text": ["the", "of", "and"], "is_stop": [True, True, False]})
    actors = [SimpleNamespace(name="Acme", aliases=["The Firm"])]
    texts = ["a firm friend and foe", "friend", "a friend of Acme", "thief"]
    labels = pd.DataFrame({"sentence_id": "s1", "actor": "a", "of": "actor", "text": texts})
    codes = pd.DataFrame(
        {"sentence_id": "s1", "actor": "a", "of": "actor"}
        | {"label": ["the friend of Acme’s", "liar", "The Firm", "friend and foe"]}
    )
    matched = coded.match_labels(labels, codes, tokens, actors)
    # Nothing of "The Firm" is a content word, so both its words are asked for.
    assert matched["found_label"].tolist() == ["friend", "", "", "a firm friend and foe"]
    assert matched["share"].tolist() == [1, 0, 0, 1]
    assert matched["dice"].tolist() == [1, 0, 0, pytest.approx(6 / 7)]
    assert matched["found"].tolist() == [True, False, False, True]


def test_the_trivial_method_for_labels_takes_no_pronouns():
    mentions = pd.DataFrame(
        {"sentence_id": ["s1", "s2"], "actor": "a", "text": ["Acme", "it"]}
        | {"kind": ["name", "pronoun"]}
    )
    assert coded.mention_labels(mentions).to_dict("records") == [
        {"sentence_id": "s1", "actor": "a", "text": "Acme", "of": "actor"}
    ]


def test_the_trivial_method_takes_the_nearest_actors(corpus):
    table = coded.nearest_actors(corpus.sentences, corpus.tokens, corpus.mentions)
    row = table[(table["sentence_id"] == "rferl:s03") & (table["verb"] == "accuse")].iloc[0]
    assert (row["agent"], row["patient"]) == ("europe", "kaspersky_lab")


def test_validation_beats_the_trivial_methods(corpus):
    table = validated(portrayal, corpus)
    assert table["score"].tolist() == ["precision", "recall", "recall"]
    assert (table["value"] >= [0.95, 0.95, 1]).all()
    assert (table["value"] > table["baseline_value"] + 0.3).all()
    assert table["known_errors"].str.len().min() > 20
