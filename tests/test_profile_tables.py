"""The profile's numbers and cells, by hand."""

import dataclasses
from types import SimpleNamespace

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from analysis_utils.themes.profile import cells, tables, words
from analysis_utils.themes.profile.themes import Themes

OUTLETS = {"n": "News", "p": "Post"}
NAMES = {"ada": "Ada", "bea": "Bea", "cy": "Cy"}


def frame(columns, *rows):
    return pd.DataFrame(
        [row if isinstance(row, tuple) else (row,) for row in rows], columns=columns.split()
    )


THEMES = Themes(
    clauses=frame(
        "outlet actor sentence_id voice polarity",
        ("n", "ada", "n:s01", "own", 0.5),
        ("n", "ada", "n:s01", "quoted", -1.0),  # a second clause of the same sentence
        ("n", "ada", "n:s02", "own", -0.25),
        ("n", "bea", "n:s02", "own", 1.0),
    ),
    speaker_shares=frame(
        "outlet role speaker source quoted words share low high",
        ("n", "own", "", "", 0, 60, 0.6, 0.5, 0.7),
        ("n", "actor", "ada", "", 10, 25, 0.25, 0.1, 0.4),
        ("n", "other", "", "a baker", 0, 10, 0.1, None, None),
        ("n", "actor", "cy", "", 5, 4, 0.04, None, None),
        ("n", "unnamed", "", "somebody", 1, 1, 0.01, None, None),
        ("p", "own", "", "", 0, 40, 1.0, 1.0, 1.0),
    ),
    heard=frame(
        "outlet actor mentions quoted reported shared relayed words heard",
        ("n", "ada", 6, 1, 0, 0, 0, 25, "in quotation marks"),
        ("n", "bea", 2, 0, 0, 1, 0, 0, "with others"),
        ("n", "cy", 0, 1, 0, 0, 0, 4, "in quotation marks"),
        ("p", "ada", 1, 0, 0, 0, 0, 0, "never"),
        ("p", "bea", 3, 0, 0, 0, 0, 0, "never"),
    ),
    roles=frame("outlet actor role"),
    role_shares=frame(
        "outlet role actor n n_all share low high sentence_ids",
        ("n", "agent", "ada", 3, 4, 0.75, 0.5, 1.0, "n:s01 n:s02"),
        ("p", "patient", "bea", 0, 0, None, None, None, ""),
    ),
    verbs=frame(
        "outlet actor role verbs",
        ("n", "ada", "agent", "halt, (freeze)"),
        ("n", "bea", "patient", "blame*"),
    ),
    labels=frame(
        "actor outlet label relation voice speaker n",
        ("ada", "n", "the mayor", "apposition", "own", "", 2),
        ("ada", "n", "critics", "source", "quoted", "bea", 1),
        ("ada", "n", "a friend", "predicate", "reported", "", 1),
    ),
    act_labels=frame(
        "actor outlet label relation voice speaker n",
        ("bea", "n", "mistake", "noun", "own", "", 1),
    ),
    told=frame(
        "sentence_id outlet part told",
        ("n:headline", "n", "headline", "one"),
        ("n:s01", "n", "body", "one"),
        ("n:s02", "n", "body", "all"),
        ("p:s01", "p", "body", "all"),
    ),
    tellings=frame(
        "outlet told n share",
        ("n", "all", 1, 0.5),
        ("n", "some", 0, 0.0),
        ("n", "one", 1, 0.5),
        ("p", "all", 1, 1.0),
        ("p", "some", 0, 0.0),
        ("p", "one", 0, 0.0),
    ),
    details=frame("outlet sentence_id", ("n", "n:s02")),
    summaries=frame("outlet kind sentence_id dropped"),
    conflicts=frame("what sentence_id"),
    frame_shares=frame(
        "frame outlet value n count mean low high",
        ("blame", "n", "present", 9, 4, 4 / 9, 0.1, 0.8),
        ("blame", "n", "own", 9, 1, 1 / 9, 0.0, 0.3),
        ("money", "n", "present", 9, 2, 2 / 9, 0.0, 0.5),
        ("moral", "n", "present", 9, 2, 2 / 9, 0.0, 0.5),
        ("fear", "n", "present", 9, 2, 2 / 9, 0.0, 0.5),
        ("hope", "n", "present", 9, 1, 1 / 9, 0.0, 0.3),
    ),
    coded_frames=pd.DataFrame(),
    frame_names={name: name.title() for name in ("blame", "money", "moral", "fear", "hope")},
)


def measured(measure):
    made = tables.measures(THEMES, OUTLETS)
    rows = made[made["measure"] == measure].drop(columns="measure")
    return rows.astype(object).where(rows.notna(), None).to_numpy().tolist()


def test_mentions_and_words_are_told_of_every_actor_in_every_outlet():
    assert measured("mentions") == [
        ["ada", "n", 6, 8, 0.75, None, None, None],
        ["bea", "n", 2, 8, 0.25, None, None, None],
        ["cy", "n", 0, 8, 0.0, None, None, None],
        ["ada", "p", 1, 4, 0.25, None, None, None],
        ["bea", "p", 3, 4, 0.75, None, None, None],
        ["cy", "p", 0, 4, 0.0, None, None, None],
    ]
    assert measured("words")[:4] == [
        ["ada", "n", 25, 100, 0.25, 0.1, 0.4, None],
        ["bea", "n", 0, 100, 0.0, None, None, None],
        ["cy", "n", 4, 100, 0.04, None, None, None],
        ["ada", "p", 0, 40, 0.0, None, None, None],
    ]


def test_an_outlet_that_mentions_nobody_has_no_share_of_nothing():
    nobody = dataclasses.replace(THEMES, heard=THEMES.heard[THEMES.heard["outlet"] == "n"])
    made = tables.measures(nobody, OUTLETS)
    mine = made[(made["measure"] == "mentions") & (made["outlet"] == "p")]
    assert mine[["n", "of", "share"]].eq(0).all(axis=None)


def test_one_mention_is_the_whole():
    once = THEMES.heard[(THEMES.heard["outlet"] == "p") & (THEMES.heard["actor"] == "ada")]
    made = tables.measures(dataclasses.replace(THEMES, heard=once), {"p": "Post"})
    assert made.loc[made["measure"] == "mentions", "share"].tolist() == [1.0]


def test_roles_frames_and_tellings_are_those_of_their_themes():
    assert measured("agent") == [["ada", "n", 3, 4, 0.75, 0.5, 1.0, 2]]
    assert measured("patient") == [["bea", "p", 0, 0, None, None, None, 0]]
    assert measured("frames")[0] == ["blame", "n", 4, 9, 4 / 9, 0.1, 0.8, None]
    assert len(measured("frames")) == 5  # in any words, not the outlet's own again
    assert measured("told") == [
        ["all", "n", 1, 2, 0.5, None, None, None],
        ["one", "n", 1, 2, 0.5, None, None, None],
        ["all", "p", 1, 1, 1.0, None, None, None],
        ["one", "p", 0, 1, 0.0, None, None, None],
    ]


def test_no_share_is_above_one():
    made = tables.measures(THEMES, OUTLETS)
    for wrong in (1.5, -0.5):
        with pytest.raises(SchemaErrors):
            tables.Measures.checked(made.assign(share=wrong))


def test_the_cells_of_an_actor():
    assert list(cells.cells_of_actor(THEMES, "n", "ada", NAMES).values()) == [
        "6",
        "“the mayor” (2)",
        "“critics …” [Bea]; “a friend” [another source]",
        "–",
        "halt, (freeze)",
        "–",
        "25 words (25%), 10 of them in quotation marks",
        "own 2",  # two sentences; a sentence counts in its first clause's voice
        "own +0.12 (n=2), quoted -1.00 (n=1)",
    ]
    bea = cells.cells_of_actor(THEMES, "n", "bea", NAMES)
    assert bea["its acts are called"] == "“mistake”"
    assert bea["is given"] == "with others" and bea["is acted upon"] == "blame*"
    assert cells.cells_of_actor(THEMES, "p", "ada", NAMES)["is given"] == cells.NOTHING
    assert set(cells.cells_of_actor(THEMES, "n", "cy", NAMES).values()) == {cells.NOTHING}


def test_the_cells_of_an_outlet():
    assert list(cells.cells_of_outlet(THEMES, "n", NAMES, 3).values()) == [
        "3",
        "100",
        "60%",
        "Ada 25%, a baker 10%, Cy 4%",
        "–",
        "1 of 2",  # the headline is no sentence of the body
        "1",
        "Blame (4), Money (2), Moral (2), Fear (2)",  # as many as the third are told too
    ]
    post = cells.cells_of_outlet(THEMES, "p", NAMES, 1)
    assert post["mentioned, never heard"] == "Bea, Ada"  # most mentioned first
    assert post["most heard"] == post["frames"] == cells.NOTHING


def test_coders_numbers_go_before_the_terms():
    coded = frame(
        "frame outlet n coder_a coder_b terms",
        ("blame", "n", 9, 1, 2, 4),
        ("money", "n", 9, 3, 1, 2),
    ).rename(columns=lambda name: name.replace("_", " "))
    themes = dataclasses.replace(THEMES, coded_frames=coded)
    assert cells.top_frames(themes, "n") == ["Money (3 and 1)"]  # 1.5 on average is too few
    assert cells.top_frames(themes, "p") == []


def corpus():
    study = SimpleNamespace(articles=pd.DataFrame({"outlet": ["n", "n", "p"]}))
    names = {"outlet": OUTLETS, "actor": NAMES}
    return SimpleNamespace(articles=study.articles, outlets=OUTLETS, names=names)


def test_the_tables_to_read_have_a_column_an_outlet():
    told = tables.side_by_side(tables.actor_cells(THEMES, corpus()), corpus())
    assert list(told.columns) == ["actor", "matter", "News", "Post"]
    assert told["actor"].drop_duplicates().tolist() == ["Ada", "Bea"]  # nobody mentions Cy
    given = told[(told["actor"] == "Ada") & (told["matter"] == "mentions")]
    assert given[["News", "Post"]].to_numpy().tolist() == [["6", "1"]]
    assert not (told[["News", "Post"]] == cells.NOTHING).all(axis=1).any()
    outlets = tables.side_by_side(tables.outlet_cells(THEMES, corpus()), corpus())
    assert outlets["matter"].tolist() == list(cells.OUTLET_MATTERS)
    assert outlets.loc[0, ["News", "Post"]].tolist() == ["2", "1"]


@pytest.mark.parametrize(("gap", "told"), [(0.1, True), (0.099, False)])
def test_a_gap_of_ten_points_is_told(gap, told):
    made = pd.DataFrame(
        [("words", "ada", "n", 5, 10, 0.5, 0.0), ("words", "ada", "p", 4, 10, 0.5 - gap, 0.0)],
        columns=["measure", "item", "outlet", "n", "of", "share", "sentences"],
    )
    mentions = pd.DataFrame({"kind": ["name"], "text": ["Ada"], "actor": ["ada"]})
    study = SimpleNamespace(mentions=mentions, outlets=OUTLETS, names={"actor": NAMES})
    summary = words.summary(made, study)
    assert ("Of the words, Ada is given 5 of 10 in News" in summary) == told
    assert words.headline(made, OUTLETS, NAMES).startswith("Ada is given 50% of News's words")
