"""The tellings side by side: rows, page and figure; and how far the sentences can be trusted."""

import dataclasses
import html
import re
from itertools import chain, combinations, product
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from print_figures import print_faults

from analysis_utils.report.pages import safe_html
from analysis_utils.themes import coverage, findings
from analysis_utils.themes.contract import theme_tables, validated
from analysis_utils.themes.findings import figures, side_by_side
from analysis_utils.themes.findings.layout import lay_out, links_of, rows_of
from analysis_utils.themes.findings.tables import MOST_COLUMNS, first_articles, spoken


@pytest.fixture(scope="module")
def tables(corpus):
    return theme_tables(findings, corpus)


@pytest.fixture
def shown(tables, corpus):
    return BeautifulSoup(side_by_side.side_by_side(tables, corpus).html, "html.parser")


def both_ways(weights):
    return weights | {(two, one): weight for (one, two), weight in weights.items()}


@st.composite
def articles_and_links(draw, most=5):
    sizes = draw(st.lists(st.integers(0, 5), min_size=2, max_size=most))
    articles = [[f"{name}{place}" for place in range(size)] for name, size in enumerate(sizes)]
    across = [
        pair for one, two in combinations(articles, 2) for pair in product(one, two)
    ]  # fmt: skip
    linked = draw(st.lists(st.sampled_from(across), unique=True, max_size=8)) if across else []
    return articles, both_ways({pair: draw(st.floats(0.1, 2)) for pair in linked})


@given(articles_and_links())
def test_every_sentence_has_one_row_and_articles_keep_their_order(drawn):
    articles, weights = drawn
    rows = rows_of(articles, weights)
    row_of = {sentence: row for row, told in enumerate(rows) for sentence in told}
    assert sorted(chain(*rows)) == sorted(chain(*articles))
    for article in articles:
        assert [row_of[sentence] for sentence in article] == sorted(row_of[s] for s in article)


@given(articles_and_links(most=2))
def test_no_other_order_of_two_articles_would_join_more(drawn):
    (one, two), weights = drawn
    rows = rows_of([one, two], weights)
    joined = sum(weights.get(tuple(row), 0) for row in rows if len(row) == 2)

    def most(i, j):  # by trying all
        if i == len(one) or j == len(two):
            return 0
        both = weights.get((one[i], two[j]), 0) + most(i + 1, j + 1)
        return max(most(i + 1, j), most(i, j + 1), both)

    assert joined == pytest.approx(most(0, 0))
    assert all(tuple(row) in weights for row in rows if len(row) == 2)


def made(**articles):
    rows = [
        (f"{article}:{place}", article, article, "body", text, len(text.split()))
        for article, texts in articles.items()
        for place, text in enumerate(texts)
    ]
    columns = ["sentence_id", "article_id", "outlet", "part", "text", "n_words"]
    return pd.DataFrame(rows, columns=columns)


def paired(*pairs):
    columns = ["sentence_id", "other_id", "similarity", "link"]
    table = pd.DataFrame(pairs, columns=columns)
    outlets = {"outlet": table["sentence_id"].str[0], "other_outlet": table["other_id"].str[0]}
    return table.assign(**outlets)


def test_a_sure_link_outweighs_likely_ones_and_the_rest_stay_links():
    sentences = made(a=["one", "two"], b=["three", "four"])
    pairs = paired(
        ("a:1", "b:0", 0.6, "counterpart"),
        ("a:0", "b:0", 0.5, "possible"),
        ("a:1", "b:1", 0.5, "possible"),
    )
    table = lay_out(sentences, pairs, ["a", "b"]).set_index("sentence_id")
    assert table.loc["a:1", "row"] == table.loc["b:0", "row"]
    assert table["kind"].to_dict() == {
        "a:0": "possible", "a:1": "shared", "b:0": "shared", "b:1": "possible",
    }  # fmt: skip
    links = links_of(table.reset_index()).set_index(["sentence_id", "other_id"])
    assert links.loc[("a:1", "b:0")].tolist() == [True, True]
    assert links.loc[("a:1", "b:1")].tolist() == [False, False]
    assert len(links) == 2 * len(pairs)


def test_what_no_shown_article_tells_is_alone():
    sentences = made(a=["one"], b=["two"], c=["three"])
    pairs = paired(("a:0", "c:0", 0.9, "counterpart"))
    assert set(lay_out(sentences, pairs, ["a", "b"])["kind"]) == {"alone"}
    assert "shared" in set(lay_out(sentences, pairs, ["a", "c"])["kind"])


def test_single_sentences_of_many_articles_share_a_row():
    rows = rows_of([["a0", "a1"], ["b0", "b1"], ["c0"]], both_ways({("a1", "b1"): 1.0}))
    assert len(rows) == 3 and {"a1", "b1"} == set(rows[1]) and "c0" in rows[0] + rows[2]


def test_the_default_study_is_laid_as_a_reader_would(tables):
    row = tables.tellings.set_index("sentence_id")["row"]
    assert row["tass:headline"] == row["rferl:headline"] == row["tass:standfirst"] == 0
    assert row["tass:s05"] == row["rferl:s05"]  # the call is not binding, and disrespect
    assert row["tass:s12"] == row["rferl:s08"]  # unfair competition
    assert row["tass:s06"] != row["rferl:s02"]  # told late here and early there
    links = links_of(tables.tellings).set_index(["sentence_id", "other_id"])
    assert links.loc[("tass:s06", "rferl:s02"), "sure"]
    kinds = tables.tellings.set_index("sentence_id")["kind"]
    assert kinds["tass:s08"] == kinds["rferl:s03"] == kinds["rferl:s09"] == "alone"


def test_columns_are_first_articles_of_few_outlets():
    ids = [f"{outlet}{n}" for outlet in "abcdefg" for n in (1, 2)]
    articles = pd.DataFrame({"article_id": ids, "outlet": [name[0] for name in ids]})
    many = SimpleNamespace(articles=articles, outlets=dict.fromkeys("gfedcba", ""))
    assert first_articles(many) == ["g1", "f1", "e1", "d1", "c1"]
    assert len(first_articles(many)) == MOST_COLUMNS


def quoted(*rows):
    columns = ["sentence_id", "start", "end", "kind", "speaker", "source", "inside", "n_words"]
    return pd.DataFrame(rows, columns=columns).assign(quote_id="q")


def test_a_word_has_one_voice_the_outermost():
    quotes = quoted(
        ("a:s01", 0, 20, "reported", "ann", "she", "", 4),
        ("a:s01", 5, 10, "partial", "", "Bob", "q", 1),  # told inside
        ("a:s01", 15, 30, "direct", "", "Bob Lee", "", 3),  # begins before the first ends
        ("a:s01", 40, 50, "direct", "", "he", "", 2),
    )
    told = spoken(quotes, {"ann": "Ann Lee"})
    assert told[["start", "who"]].to_numpy().tolist() == [[0, "Ann Lee"], [40, ""]]


def test_each_sentence_stands_once_under_its_id(shown, tables):
    found = [each["id"] for each in shown.select("[id]")]
    assert sorted(found) == sorted(tables.tellings["sentence_id"])
    targets = {link["href"].removeprefix("#") for link in shown.select("a")}
    assert targets and targets <= set(found)


def test_marks_change_no_letter_of_a_sentence(shown, tables):
    for label in shown.select("sup, small"):
        label.decompose()
    for sentence, text in tables.tellings[["sentence_id", "text"]].itertuples(index=False):
        assert shown.find(id=sentence).get_text().strip() == text


def test_what_one_tells_alone_is_marked(shown, tables):
    body = tables.tellings[tables.tellings["part"] == "body"]
    alone = set(body.loc[body["kind"] == "alone", "sentence_id"])
    marked = [each.find_parent("p") for each in shown.find_all("b", string="only here")]
    assert {each["id"] for each in marked if each.has_attr("id")} == alone


def test_differing_words_of_one_statement_are_underlined(shown):
    underlined = {
        sentence: [each.get_text() for each in shown.find(id=sentence).find_all("u")]
        for sentence in ("tass:headline", "rferl:headline", "tass:s05", "rferl:s05", "tass:s07")
    }
    assert "Europol" in underlined["tass:headline"] and "Europe" in underlined["rferl:headline"]
    assert {"obvious", "disrespect"} <= set(underlined["tass:s05"])
    assert {"distinct", "lack", "respect"} <= set(underlined["rferl:s05"])
    assert underlined["tass:s07"] == []  # it stands alone


def test_shades_begin_with_the_speaker(shown):
    said = shown.find(id="tass:s04").find("span", title="Eugene Kaspersky")
    assert said.find("small").get_text() == "EK "
    assert "background-color" in said["style"]


def test_marks_can_be_left_out(tables, corpus):
    words = theme_tables(coverage, corpus).words
    bare = side_by_side.page(tables.tellings, tables.spoken, words, corpus, marks=(), ids=False)
    soup = BeautifulSoup(bare.html, "html.parser")
    assert not soup.select("u, span, [id], a") and len(soup.select("tbody sup")) == 0


def test_the_page_comes_through_the_reports_cleaning(tables, corpus):
    page = side_by_side.side_by_side(tables, corpus).html
    clean = BeautifulSoup(safe_html([])(page), "html.parser")
    assert {each["id"] for each in clean.select("p[id]")} == set(tables.tellings["sentence_id"])
    assert clean.select("span[style*=background-color]") and clean.select("u")


HOSTILE = '<script>run()</script>" onload="run()'


def test_nothing_of_an_article_is_markup(tables, corpus):
    texts = tables.tellings["text"] + HOSTILE
    said = tables.spoken.assign(who=HOSTILE)
    words = theme_tables(coverage, corpus).words
    page = side_by_side.page(tables.tellings.assign(text=texts), said, words, corpus)
    assert "<script" not in page.html and '" onload' not in page.html
    assert "<script>" in html.unescape(page.html)


def test_a_long_page_is_folded_and_loses_nothing(tables, corpus, monkeypatch):
    monkeypatch.setattr(side_by_side, "MOST_LINES", 20)
    soup = BeautifulSoup(side_by_side.side_by_side(tables, corpus).html, "html.parser")
    folded = soup.select("details p[id]")
    assert 0 < len(folded) < len(soup.select("p[id]")) == len(tables.tellings)
    assert re.match(rf"{len(folded)} more sentences", soup.summary.get_text())


def test_the_plain_form_holds_every_sentence(tables, corpus):
    lines = side_by_side.side_by_side(tables, corpus).text.splitlines()
    assert len(lines) == len(tables.tellings)
    assert lines[0].startswith("TASS: Kaspersky Lab halts")


def test_the_title_counts_what_no_other_tells(tables, corpus):
    title = figures.headline(tables.tellings, corpus.outlets)
    body = tables.tellings[tables.tellings["part"] == "body"]
    for outlet, rows in body.groupby("outlet"):
        alone = (rows["kind"] == "alone").sum()
        assert f"{alone} of {len(rows)} of {corpus.outlets[outlet]}" in title


def test_of_many_articles_the_title_names_two():
    kinds = pd.DataFrame(
        [("a", "alone"), ("a", "shared"), ("b", "alone"), ("c", "shared")],
        columns=["outlet", "kind"],
    )
    title = figures.headline(kinds.assign(part="body"), {"a": "Ay", "b": "Bee", "c": "Sea"})
    assert "most at Bee, 1 of 1 sentence;" in title and "fewest at Sea, 0 of 1" in title


def test_the_figure_can_be_printed_at_both_widths(tables, corpus):
    assert print_faults(figures.tellings(tables, corpus)) == []


def test_a_long_study_is_drawn_on_one_page(tables, corpus):
    long = pd.concat(
        tables.tellings.assign(
            sentence_id=tables.tellings["sentence_id"] + f":{copy}",
            row=tables.tellings["row"] + copy * 17,
            counterparts="",
            possible="",
        )
        for copy in range(6)
    )
    long = long.sort_values(["article_id", "row"], kind="stable", ignore_index=True)
    for width in (6.85, 3.35):
        picture = figures.plot_tellings(
            long, tables.spoken[:0], corpus.outlets, corpus.names["actor"], width=width
        )
        assert picture.get_figheight() * 25.4 <= 230
        plt.close(picture)


def test_blocks_do_not_lie_on_each_other(tables, corpus):
    blocks, bottom = figures._placed(tables.tellings, 174, 210)
    for one, two in combinations(blocks.values(), 2):
        assert one.x != two.x or one.y + one.height <= two.y or two.y + two.height <= one.y
    assert max(block.y + block.height for block in blocks.values()) <= bottom <= 210


def test_the_introduction_names_event_days_and_tellers(corpus):
    text = findings.words.introduction(corpus)
    assert "13 to 15 June 2018" in text and "TASS" in text and "RFE/RL" in text


def test_an_event_of_one_day_has_one_date(corpus):
    study = corpus.study.model_copy()
    object.__setattr__(study, "event", study.event.model_copy(update={"end": study.event.start}))
    text = findings.words.introduction(dataclasses.replace(corpus, study=study))
    assert "13 June 2018. Told by" in text


@pytest.mark.parametrize(
    ("outlets", "words"),
    [
        (["tass", "rferl"], "Each outlet is represented by a single article,"),
        (["tass", "rferl", "rferl"], "At least one outlet is represented by a single article,"),
        (["tass", "rferl"] * 2, "Each outlet is represented by 2 articles or more."),
    ],
)
def test_limits_are_told_by_the_number_of_articles(corpus, outlets, words):
    sized = dataclasses.replace(corpus, articles=pd.DataFrame({"outlet": outlets}))
    assert findings.words.limits_of_size(sized).startswith(words)


def test_sentences_are_scored_beside_cutting_at_every_mark(corpus):
    row = validated(findings, corpus).iloc[0]
    assert (row["value"], row["n"], row["unit"]) == (1, 24, "sentences")
    # Cutting at every mark makes pieces of "said. ... U.S. Department", which nobody coded.
    assert row["baseline_value"] < 1


def test_a_sentence_cut_otherwise_lowers_the_score(corpus):
    halves = corpus.sentences.copy()
    halves.loc[0, "text"] += " And more."
    changed = dataclasses.replace(corpus, sentences=halves)
    row = validated(findings, changed).iloc[0]
    assert row["value"] == pytest.approx(2 * 23 / 48)
