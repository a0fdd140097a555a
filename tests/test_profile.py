"""The profile says what the themes found, and no sentence of it goes beyond the articles."""

import dataclasses
import itertools
import re

import matplotlib
import numpy as np
import pandas as pd
import pytest

from analysis_utils.themes import portrayal, profile
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.profile import cells, tables, words
from analysis_utils.themes.profile import figures as plots
from analysis_utils.themes.profile import paragraphs as prose

matplotlib.use("Agg")


@pytest.fixture(scope="module")
def themes(corpus):
    return profile.themes.gather(corpus)


@pytest.fixture(scope="module")
def kept(corpus):
    return theme_tables(profile, corpus)


@pytest.fixture(scope="module")
def measured(kept):
    return kept.measures


@pytest.fixture(scope="module")
def paragraphs(corpus, themes):
    return prose.paragraphs(themes, corpus).split("\n\n")


def test_every_share_is_a_part_of_its_whole(measured):
    assert set(measured["measure"]) == set(tables.MEASURES)
    assert not measured.duplicated(["measure", "item", "outlet"]).any()
    known = measured[measured["of"] > 0]
    np.testing.assert_allclose(known["share"], known["n"] / known["of"])
    for measure in ("mentions", "agent", "patient", "told"):
        totals = measured[measured["measure"] == measure].groupby("outlet")["share"].sum()
        np.testing.assert_allclose(totals, 1)
    bounds = measured.dropna(subset=["low"])
    assert (bounds["low"] <= bounds["high"]).all()


def test_mentions_and_words_are_those_of_the_corpus(corpus, measured):
    body = corpus.sentences.loc[corpus.sentences["part"] == "body", "sentence_id"]
    mentions = corpus.mentions[corpus.mentions["sentence_id"].isin(body)]
    counted = measured[measured["measure"] == "mentions"].set_index(["outlet", "item"])["n"]
    assert counted["tass", "china"] == 1
    assert counted["rferl", "china"] == 0
    assert counted.sum() == len(mentions)
    words = measured[measured["measure"] == "words"].groupby("outlet")["of"].first()
    assert words.to_dict() == corpus.articles.set_index("outlet")["n_words"].to_dict()


def test_words_given_to_each_are_near_the_hand_codes(corpus, codes, measured):
    coded = codes("quotes")
    coded = coded[coded["type"] != "unattributed"]
    coded = coded.assign(outlet=coded["sentence_id"].str.partition(":")[0])
    sizes = coded["text"].str.split().str.len().groupby([coded["outlet"], coded["speaker"]]).sum()
    words = measured[measured["measure"] == "words"].set_index(["outlet", "item"])
    for (outlet, speaker), size in sizes.items():
        row = words.loc[(outlet, speaker)]
        assert abs(row["share"] - size / row["of"]) <= 0.02, (outlet, speaker)


def test_the_table_tells_every_actor_that_is_mentioned_in_every_matter(corpus, kept):
    table = tables.side_by_side(kept.actors, corpus)
    assert list(table.columns) == ["actor", "matter", "TASS", "RFE/RL"]
    told = table[table["matter"] == "mentions"]
    assert len(told) == corpus.mentions["actor"].nunique()
    assert not (table[["TASS", "RFE/RL"]] == cells.NOTHING).all(axis=1).any()
    told = table.set_index(["actor", "matter"])
    own = told.loc[("Kaspersky Lab", "called by the outlet itself"), "TASS"]
    others = told.loc[("Kaspersky Lab", "called in others' words"), "TASS"]
    assert "Russian multinational cybersecurity and anti-virus firm" in own
    assert "reliable partner" in others and "reliable" not in own
    assert "[Kaspersky Lab]" in others
    assert told.loc[("European Parliament", "is given"), "TASS"] == "–"
    assert told.loc[("China", "mentions")].tolist() == ["1", "–"]
    acts = told.loc[("European Parliament", "its acts are called"), "RFE/RL"]
    assert "“not binding”" in acts and "“not binding” [" not in acts


def test_what_one_outlet_alone_tells_is_that_of_the_hand_codes(corpus, codes, kept):
    table = tables.side_by_side(kept.outlets, corpus).set_index("matter")
    coded = codes("alignment")
    alone = coded.loc[coded["strength"] == "none", "sentence_id"].str.partition(":")[0]
    assert table.loc["sentences told by it alone", "TASS"] == f"{(alone == 'tass').sum()} of 12"
    assert table.loc["sentences told by it alone", "RFE/RL"] == f"{(alone == 'rferl').sum()} of 9"
    assert table.loc["mentioned, never heard", "RFE/RL"] == "Europol"


def test_every_quotation_in_the_prose_stands_in_its_sentence(corpus, paragraphs):
    texts = corpus.sentences.set_index("sentence_id")["text"].str.casefold()
    found = 0
    for paragraph in paragraphs:
        for quoted, places in re.findall(r"“((?:(?!” \().)+?)” \(((?:\w+:\w+ ?)+)", paragraph):
            for place in places.split():
                found += 1
                for part in quoted.removesuffix(" …").split(" … "):
                    assert part.casefold() in texts[place], (part, place)
    assert found >= 60


def test_what_is_charged_is_told_with_who_charges_it(paragraphs):
    lab = " ".join(each for each in paragraphs if each.startswith("Kaspersky Lab in"))
    assert (
        "words given to the United States speak of “having ties to the Kremlin and Russian"
        " intelligence services” (rferl:s03)" in lab
    )
    assert "words given to Kaspersky Lab call it “Europe’s reliable partner" in lab


def test_plans_and_others_words_are_never_told_as_done(paragraphs):
    [tass] = [each for each in paragraphs if each.startswith("Kaspersky Lab in TASS: ")]
    acts, undergoes = re.findall(r"told as done by the outlet itself: ([^;]*)", tass)
    assert "“halts”" in acts and "“freeze”" not in acts and "“meet”" not in acts
    assert "“abandon”" not in undergoes and "disrespect" not in undergoes
    assert "“freeze”" in tass and "“shows … disrespect”" in tass


def test_who_is_never_heard_is_said(paragraphs):
    [tass] = [each for each in paragraphs if each.startswith("TASS says")]
    assert "the European Parliament" in tass and "without any words of their own" in tass
    assert "the United States" not in tass  # it is heard: "citing risks"


def test_a_standfirst_that_drops_its_source_is_told(paragraphs):
    [tass] = [each for each in paragraphs if each.startswith("TASS says")]
    assert "drops “on June 13 … the company said in a statement”" in tass
    [rferl] = [each for each in paragraphs if each.startswith("RFE/RL says")]
    assert "standfirst" not in rferl  # its page has a summary, made by nobody knows whom


def test_dates_that_differ_are_told(paragraphs):
    assert paragraphs[-1] == (
        "Where sentences that may tell the same differ: “Thursday” (tass:s01), which is 2018-06-14,"
        " against “13 June” (rferl:s02), which is 2018-06-13."
    )


def test_frames_are_the_coders_where_there_are_any(codes, themes, paragraphs):
    coded = codes("frames")
    tass = coded[coded["sentence_id"].str.fullmatch(r"tass:s\d+") & (coded["present"] == 1)]
    counts = tass.groupby(["frame", "coder"]).size()
    text = " ".join(paragraphs)
    assert f"Conflict ({counts['conflict', 'a']} and {counts['conflict', 'b']})" in text
    elsewhere = themes.coded_frames[themes.coded_frames["outlet"] == "rferl"]
    for uncoded in (themes.coded_frames.head(0), elsewhere):
        terms = dataclasses.replace(themes, coded_frames=uncoded)
        assert "By their terms" in prose._frames(terms, "tass", "TASS")
    assert "in the 9 sentences of RFE/RL that they coded" in prose._frames(terms, "rferl", "RFE/RL")


def test_the_widest_gaps_are_told_with_their_counts(corpus, measured):
    given = measured[(measured["measure"] == "words") & (measured["item"] == "kaspersky_lab")]
    text = words.summary(measured, corpus)
    for row in given.itertuples():
        assert f"{row.n:,} of {row.of:,} in {corpus.outlets[row.outlet]}" in text
    title = words.headline(measured, corpus.outlets, corpus.names["actor"])
    assert title.startswith("Kaspersky Lab is given") and "TASS" in title and "RFE/RL" in title


def test_an_actor_whom_an_outlet_passes_over_is_the_widest_gap(corpus, themes):
    """Its title and its summary say the same of an actor that one outlet never names."""
    only = themes.heard[themes.heard["outlet"] == "tass"]
    shares = themes.speaker_shares
    shares = shares[(shares["role"] != "actor") | (shares["outlet"] == "tass")]
    one_sided = dataclasses.replace(themes, heard=only, speaker_shares=shares)
    found = tables.measures(one_sided, corpus.outlets)
    given = found[(found["measure"] == "words") & (found["outlet"] == "rferl")]
    assert len(given) == len(only) and (given["n"] == 0).all() and (given["of"] > 0).all()
    assert "Of the words, Kaspersky Lab is given" in words.summary(found, corpus)
    assert "0 of" in words.summary(found, corpus)
    assert "0% of RFE/RL's" in words.headline(found, corpus.outlets, corpus.names["actor"])


def test_a_source_is_dropped_only_as_a_whole_word(corpus, themes):
    quotes = corpus.quotes.assign(source="he", sentence_id="tass:s02").head(1)
    made = dataclasses.replace(corpus, quotes=quotes)
    summaries = pd.DataFrame(
        [("tass", "standfirst", "tass:s02", dropped) for dropped in ("on the board", "he said")],
        columns=["outlet", "kind", "sentence_id", "dropped"],
    )
    told = prose._unsourced(summaries, made, "tass")
    assert "drops “he said”" in told and "board" not in told


def test_nothing_is_claimed_where_nothing_differs(corpus, measured):
    same = measured.assign(share=0.0)
    assert words.summary(same, corpus) == "No two outlets lie ten points apart."
    names = corpus.names["actor"]
    assert "same share" in words.headline(same, corpus.outlets, names)
    assert "No actor" in words.headline(measured.head(0), corpus.outlets, names)


def made(outlets, actors, frames):
    draw = np.random.default_rng(0)
    items = {"mentions": actors, "words": actors, "agent": actors, "patient": actors}
    items |= {"frames": frames, "told": list(tables.TOLD_BY)}
    rows = [
        {"measure": measure, "item": item, "outlet": outlet, "n": 3, "of": 10}
        | {"share": (share := draw.uniform(0, 0.9)), "low": share / 2, "high": share}
        for measure, wanted in items.items()
        for item in wanted
        for outlet in outlets
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("n_outlets", "n_actors", "n_frames"), [(2, 1, 5), (6, 14, 12)])
def test_the_figure_shows_every_share_and_its_texts_do_not_overlap(n_outlets, n_actors, n_frames):
    outlets = {f"o{n}": f"The Daily Outlet {n}" for n in range(n_outlets)}
    actors = {f"a{n}": f"An Actor of Long Name {n}" for n in range(n_actors)}
    frames = {f"f{n}": f"A Frame of Long Name {n}" for n in range(n_frames)}
    fig = plots.plot_profile(made(outlets, actors, frames), outlets, actors, frames, "A finding")
    fig.canvas.draw()
    axes = [axis for sub in fig.subfigs for axis in sub.axes]
    assert [axis.get_title(loc="left") or axis.get_title() for axis in axes] == [
        name for name, _ in tables.MEASURES.values()
    ]
    shown = min(n_actors, plots.MOST_ACTORS)
    places = {tuple(place) for dots in axes[0].collections[1:] for place in dots.get_offsets()}
    assert len(places) == shown * n_outlets
    for axis in axes:
        labels = [label for label in axis.get_yticklabels() if label.get_visible()]
        boxes = [label.get_window_extent() for label in labels if label.get_text()]
        assert not any(one.overlaps(two) for one, two in itertools.pairwise(boxes))
    edge = fig.bbox
    for axis in (axes[0], axes[4], axes[5]):
        assert all(label.get_window_extent().x0 >= edge.x0 for label in axis.get_yticklabels())
    matplotlib.pyplot.close(fig)


def act(verb, **changes):
    row = {
        "sentence_id": "n:s01", "outlet": "n", "agent": "ada", "patient": "", "verb": verb,
        "verb_start": TEXT.index(verb), "verb_end": TEXT.index(verb) + len(verb),
        "object_head": "", "construction": "active", "negated": False, "modality": "asserted",
        "voice": "own", "speaker": "",
    }  # fmt: skip
    return row | changes


TEXT = "Ada may bake, burn, travel and whistle."


def test_only_what_the_outlet_itself_tells_as_done_is_told_as_done(corpus):
    acts = [
        act("bake"),
        act("burn", negated=True),
        act("travel", modality="planned"),
        act("whistle", voice="quoted", speaker="bea"),
    ]
    made = dataclasses.replace(
        corpus, sentences=pd.DataFrame({"sentence_id": ["n:s01"], "text": [TEXT]})
    )
    told = prose._acts(portrayal.tables.roles(pd.DataFrame(acts)), made, "n", "ada", {"bea": "Bea"})
    assert list(told) == [
        "it acts 4 times (told as done by the outlet itself: “bake” (n:s01);"
        " told by it as planned, asked for, apparent, alleged or not done: not “burn” (n:s01),"
        " “travel” (n:s01); words given to Bea: “whistle” (n:s01))"
    ]


def test_clauses_are_counted_in_each_voice(corpus, themes, kept):
    table = tables.side_by_side(kept.actors, corpus).set_index(["actor", "matter"])
    cell = table.loc[("Kaspersky Lab", "clauses about it, by voice"), "TASS"]
    counts = {voice: int(n) for voice, n in re.findall(r"(\w+) (\d+)", cell)}
    assert set(counts) == {"own", "reported", "quoted"}
    clauses = themes.clauses.query("actor == 'kaspersky_lab' and outlet == 'tass'")
    assert sum(counts.values()) == clauses["sentence_id"].nunique()


def test_without_actors_the_table_keeps_its_columns(corpus, themes):
    nobody = dataclasses.replace(themes, heard=themes.heard.head(0))
    table = tables.side_by_side(tables.actor_cells(nobody, corpus), corpus)
    assert list(table.columns) == ["actor", "matter", "TASS", "RFE/RL"] and table.empty


@pytest.mark.parametrize(
    ("shared", "relayed", "words"),
    [(0, 0, "no words are given to it"), (1, 0, "together with others"), (0, 1, "inside somebody")],
)
def test_an_actor_without_words_of_its_own_may_still_be_heard(shared, relayed, words):
    heard = pd.Series({"words": 0, "shared": shared, "relayed": relayed})
    assert words in prose._given(heard, pd.DataFrame(), "n", "ada")
