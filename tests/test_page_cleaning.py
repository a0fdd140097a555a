"""What cleaning did to the pages: maps, removed lines, agreement with hand codes."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from analysis_utils.annotation.language import count_words
from analysis_utils.output.figures import HIGHEST
from analysis_utils.schemas import LINE_KINDS
from analysis_utils.study import benchmark_results
from analysis_utils.study.parts import ArticleEntry
from analysis_utils.themes import page_cleaning
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.page_cleaning.figures import MOST_PAGES
from analysis_utils.themes.page_cleaning.tables import (
    GROUPS,
    MOST_DOUBTFUL,
    PROSE,
    agreement_with_codes,
    article_shares,
    doubtful,
    kinds_of_lines,
    map_segments,
)


@pytest.fixture(scope="module")
def tables(corpus):
    return theme_tables(page_cleaning, corpus)


def lines_of(*rows):
    """Lines from (article, kind, text); those of an article count from 1."""
    made = pd.DataFrame(rows, columns=["article_id", "kind", "text"])
    made["line_no"] = made.groupby("article_id").cumcount() + 1
    kept = made["kind"].isin(["headline", "standfirst", "body"])
    return made.assign(kept=kept, reason="why")


AGREED = [("agreement", "precision"), ("agreement", "recall")]

LINES = lines_of(
    ("b", "navigation", "Home"),
    ("b", "headline", "A bridge"),
    ("b", "blank", ""),
    ("b", "body", "It is closed now."),
    ("b", "related", "Read also"),
    ("a", "related", "Most read today"),
    ("a", "body", "Nothing new."),
)


def test_a_page_is_cut_where_the_group_or_the_article_changes():
    assert map_segments(LINES).to_numpy().tolist() == [
        ["b", "the site", 1, 1, 1],
        ["b", "the article", 2, 4, 6],  # a blank line parts nothing
        ["b", "other articles", 5, 5, 2],
        ["a", "other articles", 1, 1, 3],  # another page
        ["a", "the article", 2, 2, 2],
    ]


def test_shares_and_kinds_by_hand():
    assert article_shares(LINES).to_numpy().tolist() == [["b", 9, 6, 6 / 9], ["a", 5, 2, 0.4]]
    assert kinds_of_lines(LINES).to_numpy().tolist() == [
        ["body", True, 2, 6],
        ["related", False, 2, 5],
        ["headline", True, 1, 2],
        ["navigation", False, 1, 1],
    ]
    empty = article_shares(lines_of(("a", "blank", "")))
    assert empty.to_numpy().tolist() == [["a", 0, 0, 0.0]]


def test_pages_of_a_word_or_none_have_tables_too():
    wordless = lines_of(("a", "navigation", "—"))
    assert map_segments(wordless)["words"].tolist() == [0]
    assert kinds_of_lines(wordless)["words"].tolist() == [0]
    assert article_shares(lines_of(("a", "body", "Bridge")))["share"].tolist() == [1.0]


@pytest.mark.parametrize(("table", "column"), [("shares", "share"), *AGREED])
def test_no_share_is_above_one(table, column):
    codes = LINES[["article_id", "line_no"]].assign(kept=1)
    made = {"shares": article_shares(LINES), "agreement": agreement_with_codes(LINES, codes)}
    schema = page_cleaning.tables.SCHEMAS[table]
    schema.checked(made[table].assign(**{column: 1.0}))
    for wrong in (1.5, -0.5):
        with pytest.raises(SchemaErrors):
            schema.checked(made[table].assign(**{column: wrong}))


def test_codes_of_other_lines_say_nothing():
    codes = pd.DataFrame({"article_id": ["z"], "line_no": [1], "kept": [1]})
    rules, page = agreement_with_codes(LINES, codes).to_dict("records")
    assert rules["lines"] == rules["right"] == page["right"] == 0
    assert pd.isna(rules["precision"]) and pd.isna(page["recall"])


def test_a_word_that_is_left_out_may_stand_in_the_first_line():
    row = {"article_id": "a", "dropped_by": "summary", "line_no": 1, "dropped": "he said"}
    assert len(page_cleaning.tables.Dropped.checked([row])) == 1


def test_agreement_by_hand():
    codes = LINES[["article_id", "line_no"]].assign(kept=[0, 1, 0, 0, 0, 1, 1])
    rules, page = agreement_with_codes(LINES, codes).to_dict("records")
    # The rules keep lines 2 and 4 of b and 2 of a, of which the coder keeps two, and another.
    assert (rules["lines"], rules["right"]) == (7, 5)
    assert (rules["precision"], rules["recall"]) == (2 / 3, 2 / 3)
    assert (page["right"], page["precision"], page["recall"]) == (3, 3 / 7, 1)


def test_lines_agree_with_every_hand_code(tables):
    rules, whole_page = tables.agreement.itertuples()
    assert (rules.right, rules.precision, rules.recall) == (rules.lines, 1, 1)
    assert whole_page.recall == 1
    assert whole_page.precision < 0.5


def test_a_wrongly_kept_line_costs_precision(corpus, codes):
    read_also = corpus.lines["text"].str.contains("challenging software ban")
    wrong = corpus.lines.assign(kept=corpus.lines["kept"] | read_also)
    rules = agreement_with_codes(wrong, codes("lines")).iloc[0]
    assert rules["right"] == rules["lines"] - 1
    assert rules["precision"] < 1 == rules["recall"]


def test_without_hand_codes_there_is_no_agreement(corpus):
    assert agreement_with_codes(corpus.lines, None).empty


def test_removed_lines_are_all_lines_not_kept(tables, corpus):
    text = corpus.lines[corpus.lines["kind"] != "blank"]
    assert len(tables.removed) + text["kept"].sum() == len(text)
    assert tables.removed["reason"].str.len().gt(0).all()
    assert tables.removed["text"].str.contains("Read also").any()


def test_the_map_covers_every_word_of_every_page(tables, corpus):
    words = corpus.lines["text"].map(count_words).groupby(corpus.lines["article_id"]).sum()
    for table in (tables.segments, tables.shares):
        assert table.groupby("article_id")["words"].sum().to_dict() == words.to_dict()
    assert tables.kinds["words"].sum() == words.sum()


def test_every_kind_has_a_place_on_the_map():
    assert sorted(kind for kinds in GROUPS.values() for kind in kinds) == sorted(LINE_KINDS)
    assert list(page_cleaning.figures.FILLS) == list(GROUPS)


def test_the_finding_gives_the_share_of_each_page_or_their_range():
    shares = pd.DataFrame(
        {"article_id": ["a", "b"], "words": [2000, 10], "kept": [500, 10], "share": [0.25, 1.0]}
    )
    labels = {"a": "Alpha", "b": "Beta"}
    told = page_cleaning.words.shares_finding(shares, labels)
    assert told == (
        "The article makes up 25 % of the 2,000 words on the page of Alpha"
        " and 100 % of the 10 words on the page of Beta."
    )
    many = pd.concat([*[shares] * 6, shares[:1]])
    assert page_cleaning.words.shares_finding(many, labels) == (
        "On 13 pages the article makes up between 25 % and 100 % of the words, 25 % in the middle."
    )
    assert "nothing but the article" in page_cleaning.words.shares_finding(shares[1:], labels)


def test_the_answer_tells_what_the_standfirst_leaves_out(tables, corpus):
    answer = page_cleaning.words.answer(tables, corpus)
    assert f"{len(tables.removed)} lines were left out" in answer
    assert "The standfirst of TASS" in answer and "“the company said in a statement”" in answer
    none = SimpleNamespace(**vars(tables) | {"removed": tables.removed[:0]})
    assert "No line was left out." in page_cleaning.words.answer(none, corpus)
    assert "no line was left out." in page_cleaning.words.method(none, corpus)
    one = tables.removed[tables.removed["kind"] == "notice"]
    told = page_cleaning.words.answer(SimpleNamespace(**vars(tables) | {"removed": one}), corpus)
    assert "1 line about the article was left out." in told


def test_lines_to_check_look_like_prose_and_those_inside_an_article_come_first():
    long, longer = " ".join(["word"] * PROSE), " ".join(["word"] * (PROSE + 5))
    lines = lines_of(
        ("a", "navigation", "Home"),
        ("a", "summary", longer),
        ("a", "body", "The bridge is closed."),
        ("a", "related", long),
        ("a", "body", "It opens in May."),
        ("a", "related", f"{longer} word"),
    )
    removed = page_cleaning.tables.removed_lines(lines)
    assert removed["inside"].tolist() == [False, False, True, False]
    assert doubtful(removed)["line_no"].tolist() == [4, 6, 2]
    assert len(doubtful(pd.concat([removed] * 9))) == MOST_DOUBTFUL
    bodiless = page_cleaning.tables.removed_lines(lines_of(("a", "related", longer)))
    assert not bodiless["inside"].any()


def test_the_headline_tells_how_much_is_not_the_article():
    shares = pd.DataFrame({"words": [60, 40], "kept": [30, 20]})
    headline = page_cleaning.words.page_map_headline
    assert headline(shares) == "50 % of the words on these pages are not the article"
    assert headline(shares.assign(kept=[60, 39])).startswith("1 % of the words")
    assert "next to nothing" in headline(shares.assign(kept=[60, 40]))


def test_outlets_with_several_articles_are_told_apart():
    told = [("a1", "a", "en"), ("a2", "a", "en"), ("b", "b", "de")]
    entries = [
        ArticleEntry(id=name, outlet=outlet, page="page.txt", language=language)
        for name, outlet, language in told
    ]
    study = SimpleNamespace(articles=entries, outlet_names={"a": "Alpha", "b": "Beta"})
    labels = page_cleaning.words.page_labels(SimpleNamespace(study=study))
    assert labels == {"a1": "Alpha: a1", "a2": "Alpha: a2", "b": "Beta (German)"}


@pytest.mark.parametrize("width", [3.35, 6.85])
def test_bars_are_as_long_as_the_page(tables, width):
    fig = page_cleaning.figures.plot_page_map(tables.segments, {"tass": "TASS"}, width=width)
    drawn = sum(bar.get_width() for bar in fig.axes[0].patches)
    shares = tables.shares.set_index("article_id")
    assert drawn == pytest.approx(shares.loc["tass", "words"])
    assert fig.get_figwidth() == width
    plt.close(fig)


def test_many_pages_fit_a_page(tables):
    labels = {f"page{number}": f"Outlet {number}" for number in range(MOST_PAGES)}
    fig = page_cleaning.figures.plot_page_map(tables.segments, labels, width=3.35)
    assert fig.get_figheight() * 25.4 < HIGHEST
    plt.close(fig)
    assert "first 30 of 99 pages" in page_cleaning.words.page_map_caption(30, 99)


def test_cleaning_is_scored_beside_the_whole_page(corpus):
    lines, pages = validated(page_cleaning, corpus).to_dict("records")
    assert lines["n"] == 92 and lines["value"] == 1  # every coded line, as in the hand codes
    assert lines["baseline_value"] == pytest.approx(19 / 92)  # 19 of 92 lines are the articles'
    assert pages["against"] == "Newspaper4k evaluation set" and pages["n"] == 80
    assert pages["baseline_value"] < pages["value"] < 1


def test_saved_benchmark_keeps_its_floor():
    results = benchmark_results("page_cleaning").set_index("method")["token F1"]
    assert results["line rules"] >= 0.88
    assert results["whole page"] == pytest.approx(0.647, abs=0.005)
