"""Portrayal: counts of roles by hand, pairs, labels, agreement, findings."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from portrayal_tables import made_triples, many_triples, tables_of

from analysis_utils.measures.intervals import FEW
from analysis_utils.themes import portrayal
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.portrayal import coded, tables, words
from analysis_utils.themes.portrayal.schemas import CONSTRUCTIONS, RELATIONS
from analysis_utils.words import speech

OUTLETS = {"x": "Outlet X", "y": "Outlet Y"}
ACTORS = {"a": "Acme", "b": "Norvik", "c": "Unison"}


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


def test_an_act_of_two_agents_touches_its_patient_once(triples):
    shares = tables.role_shares(triples, OUTLETS, ACTORS).set_index(["outlet", "role", "actor"])
    assert shares.loc[("x", "patient", "b"), ["n", "n_all"]].tolist() == [1, 3]
    assert shares.loc[("x", "agent", "a"), ["n", "n_all"]].tolist() == [1, 3]
    assert shares.loc[("x", "agent", "a"), "share"] == pytest.approx(1 / 3)
    assert shares.loc[("y", "agent", "a"), ["n", "n_all"]].tolist() == [1, 1]
    assert shares.loc[("x", "patient", "a"), "sentence_ids"] == "x:s03 x:s04"


def test_shares_sum_to_one_and_have_intervals_only_with_enough_sentences():
    many = made_triples(*[(f"x:s{n:02d}", "ab"[n % 2], "sue", "") for n in range(FEW)])
    shares = tables.role_shares(many, OUTLETS, ACTORS)
    acting = shares[(shares["outlet"] == "x") & (shares["role"] == "agent")]
    assert acting["share"].sum() == pytest.approx(1)
    assert (acting["low"] <= acting["share"]).all() and (acting["share"] <= acting["high"]).all()
    few = tables.role_shares(many.iloc[1:], OUTLETS, ACTORS)
    assert few["low"].isna().all()
    assert tables.role_shares(many, OUTLETS, ACTORS).equals(shares)


def test_verbs_carry_their_marks(triples):
    verbs = tables.verbs_by_role(triples).set_index(["outlet", "actor", "role"])["verbs"]
    assert verbs["x", "b", "agent"] == "not sue"
    assert verbs["x", "a", "patient"] == "not sue, fine*"
    assert verbs["y", "a", "agent"] == "(sue)"


def test_light_verbs_take_their_object_along():
    triple = SimpleNamespace(
        verb="have", object_head="ties", negated=False, modality="alleged", voice="own"
    )
    assert tables.worded(triple) == "(have ties)"


def test_pairs_tell_others_from_the_left_out(triples):
    pairs = tables.actor_pairs(triples).set_index(["outlet", "agent", "patient"])
    assert pairs.loc[("x", "left out", "a"), "verbs"] == "fine*"
    assert pairs.loc[("y", "other", "a"), "verbs"] == "praise"
    assert pairs["n"].sum() == 6


def test_hidden_agents_lead_to_their_sentences(triples):
    sentences = pd.DataFrame({"sentence_id": ["x:s04"], "text": ["Acme was fined."]})
    hidden = tables.hidden_agents(triples, sentences)
    assert hidden[["verb", "patient", "text"]].to_numpy().tolist() == [
        ["fine", "a", "Acme was fined."]
    ]


def made_labels(*rows):
    columns = ["sentence_id", "outlet", "actor", "of", "text", "relation", "voice", "speaker"]
    return pd.DataFrame(rows, columns=columns)


def test_labels_are_counted_without_articles_and_capitals():
    labels = made_labels(
        ("x:s01", "x", "a", "actor", "The firm", "description", "own", ""),
        ("x:s02", "x", "a", "actor", "the firm", "description", "own", ""),
        ("x:s02", "x", "a", "actor", "Acme", "name", "own", ""),
        ("x:s03", "x", "a", "act", "a scandal", "verdict", "quoted", "b"),
    )
    table = tables.label_table(labels)
    assert table[["label", "n", "sentence_ids"]].to_numpy().tolist() == [["firm", 2, "x:s01 x:s02"]]
    acts = tables.label_table(labels, of="act")
    assert acts[["label", "voice", "speaker"]].to_numpy().tolist() == [["scandal", "quoted", "b"]]
    counts = tables.count_kinds(labels, "relation", RELATIONS, OUTLETS).set_index("relation")
    assert counts.loc["description", ["Outlet X", "Outlet Y"]].tolist() == [2, 0]


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
    matched = coded.match_labels(made_labels(), None, pd.DataFrame(), [])
    assert matched.empty
    assert "no hand codes" in words.agreement_finding(pd.DataFrame(), matched)


def test_tables_without_any_act_or_label_keep_their_columns(triples):
    none, labels = triples.iloc[:0], made_labels().iloc[:0]
    made = {
        "roles": tables.roles(none),
        "role_shares": tables.role_shares(none, OUTLETS, ACTORS),
        "verbs": tables.verbs_by_role(none),
        "pairs": tables.actor_pairs(none),
        "hidden": tables.hidden_agents(none, pd.DataFrame(columns=["sentence_id", "text"])),
        "actor_labels": tables.label_table(labels),
        "act_labels": tables.label_table(labels, of="act"),
    }
    for name, table in made.items():
        assert list(table.columns) == tables.SCHEMAS[name].columns(), name
        assert tables.SCHEMAS[name].checked(table).empty


def test_a_verb_of_saying_is_no_act_of_anybody(triples):
    assert "say" not in set(tables.roles(triples)["verb"])
    assert set(tables.roles(triples)["verb"]) == {"accuse", "sue", "fine", "praise"}


def test_acts_of_one_actor_with_the_same_verb_count_each_where_they_stand():
    twice = made_triples(
        ("x:s01", "a", "sue", "b"),
        ("x:s01", "a", "sue", "c", {"verb_start": 3}),
        ("x:s02", "a", "sue", "b"),
    )
    parts = tables.roles(twice)
    assert parts[["role", "actor"]].value_counts().to_dict() == {
        ("agent", "a"): 3,
        ("patient", "b"): 2,
        ("patient", "c"): 1,
    }
    assert parts["sentence_id"].is_monotonic_increasing


def test_an_outlet_without_acts_has_no_shares(triples):
    shares = tables.role_shares(triples, OUTLETS | {"z": "Outlet Z"}, ACTORS)
    silent = shares[shares["outlet"] == "z"]
    assert len(silent) == 6 and silent["n_all"].eq(0).all()
    assert silent[["share", "low", "high"]].isna().all(axis=None)
    assert silent["n_units"].eq(0).all() and silent["sentence_ids"].eq("").all()


def test_units_of_a_share_are_sentences_and_the_seed_draws_them():
    told = [(f"x:s{n:02d}", "abb"[n % 3], "sue", "") for n in range(12)]
    both = made_triples(*told, ("x:s00", "c", "sue", "", {"verb_start": 1}))
    shares = tables.role_shares(both, OUTLETS, ACTORS)
    acting = shares[(shares["outlet"] == "x") & (shares["role"] == "agent")].set_index("actor")
    assert acting["n_units"].eq(12).all() and acting["n_all"].eq(13).all()
    assert acting["n"].to_dict() == {"a": 4, "b": 8, "c": 1}
    assert (acting["low"] < acting["share"]).all() and (acting["share"] < acting["high"]).all()
    first = tables.role_shares(both, OUTLETS, ACTORS, seed=0)
    assert shares.equals(first)
    assert not shares.equals(tables.role_shares(both, OUTLETS, ACTORS, seed=5))


def test_verbs_are_counted_most_often_first_and_those_of_others_apart():
    told = made_triples(
        ("x:s01", "a", "fine", "b"),
        ("x:s02", "a", "sue", "b", {"voice": "quoted"}),
        ("x:s03", "a", "sue", "b", {"voice": "reported"}),
        ("x:s03", "a", "show", "b", {"object_head": "contempt", "negated": True}),
        ("x:s04", "a", "meet", "b"),
    )
    verbs = tables.verbs_by_role(told).set_index(["actor", "role"])
    acts = verbs.loc[("a", "agent")]
    assert acts["verbs"] == "sue* (2), fine, not show contempt, meet"
    assert (acts["n"], acts["in_others_words"]) == (5, 2)
    assert acts["sentence_ids"] == "x:s01 x:s02 x:s03 x:s04"
    assert acts[["n", "verbs"]].equals(verbs.loc[("b", "patient"), ["n", "verbs"]])


def test_pairs_with_most_acts_come_first_and_acts_upon_nobody_are_no_pairs():
    told = made_triples(
        ("x:s01", "a", "sue", "b"),
        ("x:s02", "a", "leave", ""),
        ("x:s03", "b", "sue", "c"),
        ("x:s04", "b", "fine", "c"),
        ("x:s05", "", "fine", "", {"construction": "agentless passive"}),
    )
    pairs = tables.actor_pairs(told)
    assert pairs[["agent", "patient", "n", "verbs"]].to_numpy().tolist() == [
        ["b", "c", 2, "sue, fine"],
        ["a", "b", 1, "sue"],
    ]


def test_labels_of_different_voices_or_relations_stand_apart():
    labels = made_labels(
        ("x:s01", "x", "a", "actor", "A Friend’s firm", "description", "own", ""),
        ("x:s02", "x", "a", "actor", "friend's firm", "description", "own", ""),
        ("x:s03", "x", "a", "actor", "friend's firm", "description", "quoted", "b"),
        ("x:s04", "x", "a", "actor", "friend's firm", "predicate", "own", ""),
        ("x:s05", "x", "a", "actor", "anfriend", "predicate", "own", ""),
    )
    table = tables.label_table(labels)
    assert table[["label", "relation", "voice", "n"]].to_numpy().tolist() == [
        ["Friend’s firm", "description", "own", 2],
        ["friend's firm", "description", "quoted", 1],
        ["friend's firm", "predicate", "own", 1],
        ["anfriend", "predicate", "own", 1],
    ]


def test_only_kinds_that_occur_are_counted(triples):
    counts = tables.count_kinds(triples, "construction", CONSTRUCTIONS, OUTLETS)
    assert counts.to_numpy().tolist() == [
        ["active", CONSTRUCTIONS["active"], 4, 2],
        ["agentless passive", CONSTRUCTIONS["agentless passive"], 1, 0],
    ]


def test_triples_are_read_with_their_sentences(triples):
    texts = pd.DataFrame({"sentence_id": ["x:s03", "x:s09"], "text": ["Norvik did not.", "No."]})
    read = tables.with_sentences(triples, texts)
    assert read[["sentence_id", "negated", "text"]].to_numpy().tolist() == [
        ["x:s03", "not", "Norvik did not."]
    ]
    texts = pd.DataFrame({"sentence_id": ["x:s02"], "text": ["Acme said so."]})
    assert tables.with_sentences(triples, texts)["negated"].tolist() == [""]


def test_tables_stand_in_the_order_of_the_study():
    study = SimpleNamespace(names={"actor": ACTORS}, outlets=OUTLETS)
    table = pd.DataFrame({"actor": [*"cabab"], "outlet": [*"xyxxx"], "n": [1, 2, 3, 4, 5]})
    ordered = tables.order_by_study(table, study)
    assert ordered["n"].tolist() == [4, 2, 3, 5, 1]
    assert ordered.index.tolist() == [0, 1, 2, 3, 4]


def test_standfirsts_do_not_count(corpus):
    found = theme_tables(portrayal, corpus)
    for table in (found.triples, found.labels, found.hidden):
        assert not table["sentence_id"].str.endswith(":standfirst").any()
        assert table["sentence_id"].str.endswith(":headline").any() or table is found.hidden


def test_a_method_that_finds_nothing_has_no_precision(triples):
    codes = triples[["sentence_id", "agent", "verb", "patient"]].head(3)
    scores = coded.score_triples({"parse": triples, "nothing": triples.iloc[:0]}, codes)
    nothing = scores.set_index("method").loc["nothing"]
    assert np.isnan(nothing["precision"])
    assert nothing[["coded", "found", "right", "recall", "f1"]].tolist() == [3, 0, 0, 0, 0]
    text = words.agreement_finding(scores, pd.DataFrame())
    assert "Of 5 triples found, 3 are the coder's: a precision of 60%" in text
    assert "Nothing finds none." in text and "nan" not in text
    silent = words.agreement_finding(scores.tail(1), pd.DataFrame())
    assert silent == "Of 0 triples found, 0 are the coder's; of the coder's 3, 0% are found."


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


def test_answers_tell_each_outlet_apart(triples):
    labels = made_labels(
        ("x:s01", "x", "a", "actor", "Acme", "name", "own", ""),
        ("x:s01", "x", "a", "actor", "the firm", "description", "own", ""),
        ("x:s03", "x", "a", "act", "a scandal", "verdict", "quoted", "b"),
    )
    found = SimpleNamespace(role_shares=tables.role_shares(triples, OUTLETS, ACTORS), labels=labels)
    study = SimpleNamespace(names={"actor": ACTORS}, outlets=OUTLETS)
    first, second = words.answer(found, study).split("\n\n")
    assert first == (
        "Outlet X: Acme, Norvik and Unison act most (1 time each, of 3). Acme is acted upon most"
        " (2 times, of 3). Outlet X uses the name of an actor 1 time and other labels 1 time; it"
        " labels acts of theirs 1 time, 1 in somebody else's words."
    )
    assert second.endswith("Outlet Y has no name or label of an actor of the study.")


def test_passives_without_an_agent_are_counted_by_outlet(triples):
    sentences = pd.DataFrame({"sentence_id": ["x:s04"], "text": ["Acme was fined."]})
    text = words.hidden_finding(tables.hidden_agents(triples, sentences), OUTLETS)
    assert text.startswith("Passives that leave out who acts: Outlet X 1 and Outlet Y 0.")


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


def test_who_acts_upon_whom_from_a_close_reading(corpus):
    told = theme_tables(portrayal, corpus).pairs.set_index(["outlet", "agent", "patient"])["verbs"]
    assert "accuse" in told["rferl", "united_states", "kaspersky_lab"]
    assert ("tass", "europe", "kaspersky_lab") not in told.index
    # Only RFE/RL tells that the Parliament demands a ban; TASS lets the firm complain of it.
    assert "demand" in told["rferl", "european_parliament", "kaspersky_lab"]
    assert "show disrespect" in told["tass", "european_parliament", "kaspersky_lab"]


def test_findings_are_computed(triples):
    text = words.triples_finding(triples, OUTLETS)
    assert "Outlet X: 4 acts, 1 of them merely giving speech; 1 in passives" in text
    assert "the verbs add, note, " in text
    assert "1 negated" in text
    shares = tables.role_shares(triples, OUTLETS, ACTORS)
    roles = words.roles_finding(shares, OUTLETS, ACTORS)
    assert "Acme is acted upon most (2 times, of 3)" in roles
    pairs = words.pairs_finding(tables.actor_pairs(triples), OUTLETS, ACTORS)
    assert "only Outlet X has: Unison upon Norvik: accuse [x:s01]" in pairs
    assert "Acme upon Norvik" not in pairs.split("\n\n")[0]
    nothing = words.triples_finding(triples.iloc[:0], OUTLETS)
    assert nothing.startswith("No act")


def test_titles_state_what_the_numbers_bear_out(triples):
    title = words.pairs_headline(triples, OUTLETS, ACTORS)
    assert title == "Acted upon most: Acme (Outlet X 2)"
    none = words.pairs_headline(triples.iloc[:1], OUTLETS, ACTORS)
    assert none == "No outlet tells two acts upon the same actor"
    shares = tables.role_shares(triples, OUTLETS, ACTORS)
    assert words.roles_headline(shares, OUTLETS, ACTORS) == (
        "More often acted upon than acting: Acme (Outlet X 2 to 1) and Norvik (Outlet Y 1 to 0)"
    )
    struck = made_triples(*[(f"x:s{n}", "b", "strike", "a") for n in range(5)])
    struck_shares = tables.role_shares(struck, OUTLETS, ACTORS)
    title = words.roles_headline(struck_shares, OUTLETS, ACTORS)
    assert title == "More often acted upon than acting: Acme (Outlet X 5 to 0)"
    even = made_triples(("x:s1", "a", "sue", "b"), ("x:s2", "b", "sue", "a"))
    even_shares = tables.role_shares(even, OUTLETS, ACTORS)
    title = words.roles_headline(even_shares, OUTLETS, ACTORS)
    assert title == "No actor is acted upon more often than it acts"
    empty = tables.role_shares(triples.iloc[:0], OUTLETS, ACTORS)
    assert "No act" in words.roles_headline(empty, OUTLETS, ACTORS)


@pytest.mark.parametrize(("n_outlets", "n_actors"), [(2, 2), (2, 9), (6, 9)])
def test_the_title_of_roles_leaves_out_nobody_whom_the_bars_show(n_outlets, n_actors):
    triples, outlets, actors = many_triples(n_outlets, n_actors)
    shares = tables.role_shares(triples, outlets, actors)
    title = words.roles_headline(shares, outlets, actors)
    counts = shares.pivot_table(index=["actor", "outlet"], columns="role", values="n")
    suffering = counts[counts["patient"] > counts["agent"]].index.get_level_values("actor")
    assert {actor for actor, name in actors.items() if name in title} == set(suffering)
    assert len(title) < 80 * max(n_actors, 2)


def test_the_caption_of_pairs_counts_what_is_drawn(triples):
    pairs = tables.actor_pairs(triples)
    caption = words.pairs_caption(pairs, pairs, triples)
    # a and c accuse b in one act: two arrows, two verbs, one act.
    assert "Drawn are 6 arrows with 6 verbs on them" in caption
    assert "6 verbs in all, but 5 acts" in caption and "(“accuse”)" in caption
    assert "not drawn" not in caption


def test_captions_say_which_verbs_are_left_out(triples):
    shares = tables.role_shares(triples, OUTLETS, ACTORS)
    caption = words.roles_caption(shares)
    assert all(verb in caption for verb in speech.SAYING)
    assert "accuse" in caption and "notebook 4" in caption
    assert "merely give speech" in words.roles_finding(shares, OUTLETS, ACTORS)
