"""Cleaning against the hand codes of the two articles, and what holds for any page."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis_utils.annotation.cleaning import (
    PageError,
    clean_page,
    dropped_by_repeats,
    label_lines,
    read_metadata,
)
from analysis_utils.annotation.cleaning.lines import tidy
from analysis_utils.annotation.cleaning.plain import plain_text
from analysis_utils.schemas import KEPT_KINDS, Lines

STUDY = Path(__file__).parents[1] / "data" / "kaspersky-europol"

PARAGRAPHS = [
    "The council of Riverton said on Tuesday that it would pay for a new bridge over the river.",
    "The bridge is to be built within two years, and the old one will be closed in the spring.",
    "People who live on the other bank have asked for it since the flood, the mayor said.",
    "A vote on the cost, which has grown twice since last year, is to follow in the autumn.",
]
PAGE = "\n".join(
    [
        *("Home", "World", "Business", "Sport", "Sign in", ""),
        *("Riverton to build a new bridge over the river", "", "Business", "3 May 2019", ""),
        *(PARAGRAPHS[0], "", PARAGRAPHS[1], ""),
        *("Read also", "", "Old bridge closed for repairs", ""),
        *(PARAGRAPHS[2], "", PARAGRAPHS[3], ""),
        *("Most read", "1", "Riverton to build a new bridge over the river", "2"),
        *("Team wins the cup for the third time", "© 2019 The Riverton Daily"),
    ]
)


@pytest.fixture(scope="module")
def codes():
    return pd.read_csv(STUDY / "codes" / "lines.csv")


@pytest.fixture(scope="module", params=["tass", "rferl"])
def coded(request, codes):
    """The labelled lines of an article beside their hand codes."""
    lines = clean_page(STUDY / "pages" / f"{request.param}.txt", request.param)
    return lines.merge(codes, on=["article_id", "line_no"], suffixes=("", "_coded"))


@pytest.fixture(scope="module")
def tass():
    return clean_page(STUDY / "pages" / "tass.txt", "tass").set_index("line_no")


@pytest.fixture(scope="module")
def rferl():
    return clean_page(STUDY / "pages" / "rferl.txt", "rferl").set_index("line_no")


def test_every_coded_line_is_kept_or_not_as_by_hand(coded):
    wrong = coded[coded["kept"] != coded["kept_coded"]]
    assert wrong[["line_no", "text", "kind", "reason"]].to_dict("records") == []
    assert len(coded) in (79, 13)  # all lines with text


def test_kinds_agree_with_the_hand_codes(coded):
    kinds = {
        "headline": {"headline"},
        "standfirst": {"standfirst"},
        "body": {"body"},
        "metadata": {"date", "section"},
        "duplicate": {"summary"},
        "attribution": {"notice"},
    }
    named = coded[coded["code"].isin(kinds)]
    wrong = [row for row in named.itertuples() if row.kind not in kinds[row.code]]
    assert wrong == []


def test_metadata_of_the_agency_page(tass):
    assert read_metadata(tass.reset_index()) == {
        "headline": "Kaspersky Lab halts cooperation with Europol on fighting cyber crimes",
        "standfirst": tass.loc[31, "text"],
        "section": "Business & Economy",
        "byline": "",
        "dateline": "MOSCOW, June 14. /TASS/.",
        "published": "2018-06-14T11:06+03:00",
        "notice": "",
    }


def test_metadata_of_the_republished_page(rferl):
    assert read_metadata(rferl.reset_index()) == {
        "headline": "Kaspersky to halt cooperation with Europe to fight cybercrime",
        "standfirst": "",
        "section": "Kaspersky",
        "byline": "",
        "dateline": "",
        "published": "2018-06-15",
        "notice": "This articleis published courtesy of Radio Free Europe/Radio Liberty",
    }


def test_date_glued_to_a_menu_entry(tass):
    assert (tass.loc[1, "kind"], tass.loc[1, "clean"]) == ("date", "2018-06-14")
    assert "'Russian Politics & Diplomacy' after it dropped" in tass.loc[1, "reason"]


def test_menu_button_in_cyrillic_letters(tass):
    assert tass.loc[17, "text"] == "\u041e\u041a"
    assert tass.loc[17, "kind"] == "navigation"


def test_related_headline_inside_the_body(tass):
    assert set(tass.loc[[41, 43], "kind"]) == {"related"}


def test_headline_said_again_under_most_read(tass):
    assert tass.loc[78, "text"] == tass.loc[26, "text"]
    assert tass.loc[78, "kind"] == "duplicate"


def test_unfilled_placeholders(tass):
    assert set(tass.loc[[55, 56], "kind"]) == {"template"}


def test_standfirst_that_repeats_a_paragraph_is_kept_and_says_what_it_leaves_out(tass):
    assert tass.loc[31, "kind"] == "standfirst" and tass.loc[31, "kept"]
    for part in ("line 39", "'on June 13'", "'the company said in a statement'"):
        assert part in tass.loc[31, "reason"]


def test_dateline_is_cut_from_the_first_paragraph(tass):
    assert tass.loc[37, "clean"].startswith("Russian multinational cybersecurity")
    assert "MOSCOW, June 14. /TASS/." in tass.loc[37, "reason"]


def test_summary_is_not_kept_and_what_it_drops_is_reported(rferl):
    assert rferl.loc[5, "kind"] == "summary" and not rferl.loc[5, "kept"]
    assert "7, 11 and 19" in rferl.loc[5, "reason"]
    assert dropped_by_repeats(rferl.reset_index()).to_dict("records") == [
        {
            "article_id": "rferl",
            "dropped_by": "summary",
            "line_no": 11,
            "dropped": "allegations Russian officials and Kaspersky deny",
        }
    ]


def test_what_a_standfirst_drops_is_reported(tass):
    dropped = dropped_by_repeats(tass.reset_index())
    assert set(dropped["dropped_by"]) == {"standfirst"}
    assert set(dropped["line_no"]) == {39}
    assert dropped["dropped"].tolist() == ["on June 13", "the company said in a statement"]


def test_without_repeats_nothing_is_dropped():
    dropped = dropped_by_repeats(label_lines(PAGE, "bridge"))
    assert list(dropped.columns) == ["article_id", "dropped_by", "line_no", "dropped"]
    assert dropped.empty


def test_no_break_spaces_become_spaces(rferl):
    assert "\xa0" in rferl.loc[7, "text"]
    assert rferl.loc[7, "clean"].endswith("ban its antivirus software.")


def test_another_page_of_the_same_shape():
    lines = label_lines(PAGE, "bridge")
    assert lines.loc[lines["kind"] == "body", "clean"].tolist() == PARAGRAPHS
    found = read_metadata(lines)
    assert found["headline"] == "Riverton to build a new bridge over the river"
    assert (found["section"], found["published"]) == ("Business", "2019-05-03")
    kind = dict(zip(lines["text"], lines["kind"], strict=True))
    assert kind["Old bridge closed for repairs"] == "related"
    assert kind["Team wins the cup for the third time"] == "related"
    assert kind["© 2019 The Riverton Daily"] == "footer"


def test_article_without_any_page_around_it():
    page = "Riverton builds a bridge, the council says.\n\n" + "\n\n".join(PARAGRAPHS)
    lines = label_lines(page, "bare")
    assert lines.loc[lines["kept"], "clean"].tolist()[1:] == PARAGRAPHS
    assert read_metadata(lines)["headline"] == "Riverton builds a bridge, the council says."


SENTENCES = [
    "The government said on Monday that it would close the old bridge over the river for weeks.",
    "“We will close the old bridge over the river for three weeks, no more.”",
    "Old bridge over river will be closed for three weeks, council said on Monday.",
]
HEADLINES_WITH_A_STOP = [
    "Mayor Jane Doe Secretly Met With the Council of Riverton Over the Weekend.",  # title case
    "Riverton to close its old bridge and will build two new ones by autumn.",  # no article
    "Who is to pay for the new bridge over the river in the end?",  # no full stop
]


@pytest.mark.parametrize("first", SENTENCES)
def test_a_short_sentence_that_opens_the_text_is_a_paragraph(first):
    assert len(first.split()) <= 20
    lines = label_lines("\n\n".join([first, *PARAGRAPHS]), "bare")
    assert lines.loc[lines["kind"] == "body", "clean"].tolist() == [first, *PARAGRAPHS]
    assert read_metadata(lines)["headline"] == ""


@pytest.mark.parametrize("first", HEADLINES_WITH_A_STOP)
def test_a_headline_may_end_like_a_sentence(first):
    lines = label_lines("\n\n".join([first, *PARAGRAPHS]), "bare")
    assert lines.loc[lines["kind"] == "body", "clean"].tolist() == PARAGRAPHS
    assert read_metadata(lines)["headline"] == first


def test_paragraph_said_twice_counts_once():
    page = "\n\n".join([*PARAGRAPHS, PARAGRAPHS[1]])
    lines = label_lines(page, "twice")
    assert lines["kind"].tolist()[-1] == "duplicate"
    assert lines["clean"].tolist().count(PARAGRAPHS[1]) == 1


def test_second_article_below_the_first_is_left_out():
    other = [text.replace("bridge", "tunnel") for text in PARAGRAPHS]
    below = [
        "Share",
        "More stories",
        "A tunnel for Riverton too",
        "Jane Doe/",
        "2 May 2019",
        "Share",
    ]
    page = PAGE + "\n" + "\n".join(below) + "\n\n" + "\n\n".join(other)
    kept = label_lines(page, "two").query("kind == 'body'")["clean"].tolist()
    assert kept == PARAGRAPHS


def test_byline_between_headline_and_text():
    page = PAGE.replace("3 May 2019", "By Jane Doe\n3 May 2019")
    assert read_metadata(label_lines(page, "a"))["byline"] == "Jane Doe"


def test_outlet_pattern_overrules_everything():
    pattern = SimpleNamespace(kind="footer", pattern="^A vote on the cost", reason="house rule")
    lines = label_lines(PAGE, "bridge", [pattern])
    chosen = lines[lines["text"] == PARAGRAPHS[3]].iloc[0]
    assert (chosen["kind"], chosen["reason"], chosen["kept"]) == ("footer", "house rule", False)


def test_outlet_pattern_can_keep_a_line():
    pattern = SimpleNamespace(kind="body", pattern="^Team wins", reason="house rule")
    lines = label_lines(PAGE, "bridge", [pattern])
    chosen = lines[lines["text"].str.startswith("Team wins")].iloc[0]
    assert chosen["kept"] and chosen["clean"] == "Team wins the cup for the third time"


anything = st.text() | st.lists(
    st.sampled_from(
        [
            *PARAGRAPHS,
            *PAGE.split("\n"),
            "{{x}}",
            "By Jane Doe",
            "Published 15 June 2018",
            "SportSport",
        ]
    )
    | st.text(),
    max_size=25,
).flatmap(
    lambda parts: st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0c"]).map(
        lambda ending: ending.join(parts)
    )
)


@settings(deadline=None, max_examples=80)
@given(anything)
def test_any_text_is_labelled_and_nothing_is_lost(page):
    lines = label_lines(page, "any")
    assert "".join(lines["text"] + lines["ending"]) == plain_text(page)
    assert lines["line_no"].tolist() == list(range(1, len(lines) + 1))
    assert (lines["reason"].str.len() > 0).all()
    assert (lines["kept"] == lines["kind"].isin(KEPT_KINDS)).all()
    for line in lines[lines["kept"]].itertuples():
        assert line.clean
        assert line.clean in tidy(line.text)
    pd.testing.assert_frame_equal(lines, label_lines(page, "any"))
    assert set(read_metadata(lines)) == {
        *("headline", "standfirst", "section", "byline", "dateline", "published", "notice")
    }
    dropped_by_repeats(lines)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_make_no_difference(ending):
    lines = label_lines(PAGE.replace("\n", ending), "a")
    assert lines["ending"].tolist()[0] == ending
    columns = ["line_no", "text", "kind", "clean"]
    pd.testing.assert_frame_equal(lines[columns], label_lines(PAGE, "a")[columns])


def test_empty_page_has_no_lines():
    assert list(label_lines("", "a").columns) == Lines.columns()
    assert len(label_lines("", "a")) == 0


def test_byte_order_mark_is_no_text(tmp_path):
    page = tmp_path / "a.txt"
    page.write_bytes(b"\xef\xbb\xbf" + PAGE.encode())
    assert clean_page(page, "a")["text"].tolist()[0] == "Home"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_its_byte_order_mark(tmp_path, encoding):
    page = tmp_path / "a.txt"
    page.write_bytes(("\ufeff" + PAGE).encode(encoding))
    pd.testing.assert_frame_equal(clean_page(page, "a"), label_lines(PAGE, "a"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"caf\xe9 " + PAGE.encode(), r"byte 3 \(0xe9\).*Notepad.*Save as, Encoding: UTF-8"),
        (b"\xff\xfe\x00", r"not UTF-16 at byte 2 .*Encoding: UTF-8"),
        (PAGE.encode("utf-16-le"), r"no plain text.*copy its text.*\.txt"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n1 0 obj", r"a PDF.*copy its text.*\.txt"),
    ],
)
def test_bytes_that_are_no_text_name_file_and_mend(tmp_path, content, message):
    page = tmp_path / "a.txt"
    page.write_bytes(content)
    with pytest.raises(PageError, match=rf"a\.txt: .*{message}"):
        clean_page(page, "a")


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "is empty"), (" \n\t\n", "is empty"), ("Home\nWorld\nSport\n", "no article found")],
)
def test_page_without_article_names_file_and_mend(tmp_path, content, message):
    page = tmp_path / "a.txt"
    page.write_text(content, encoding="utf-8")
    with pytest.raises(PageError, match=rf"a\.txt.*{message}.*[Ss]ave the whole page"):
        clean_page(page, "a")


def test_missing_page_is_named(tmp_path):
    with pytest.raises(PageError, match=r"gone\.txt"):
        clean_page(tmp_path / "gone.txt", "a")


@pytest.fixture(scope="module")
def benchmark():
    path = Path(__file__).parents[1] / "benchmarks" / "page_cleaning.py"
    return SimpleNamespace(**runpy.run_path(str(path)))


def test_benchmark_scores_by_hand(benchmark):
    # 3 of our 4 words are shared with the article's 6: P 3/4, R 3/6, F1 2 * 3 / (4 + 6).
    scores = benchmark.token_scores("the bridge THE x", "The bridge, the river; a a")
    assert scores == (0.75, 0.5, 0.6)
    assert benchmark.token_scores("x", "y") == (0, 0, 0)


def test_benchmark_reads_a_folder(benchmark, tmp_path, capsys):
    (tmp_path / "a.page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.article.txt").write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    entry = '[{"page": "a", "host": "h", "title": "Riverton to build a new bridge over the river"}]'
    (tmp_path / "pages.json").write_text(entry, encoding="utf-8")
    saved = tmp_path / "saved.csv"
    assert benchmark.main([str(tmp_path), "--save", str(saved)]) == 0
    assert "standfirst and body            1.000" in capsys.readouterr().out
    results = pd.read_csv(saved).set_index("method")
    assert results.loc["line rules", "token F1"] == 1
    assert results.loc["whole page", "token F1"] < 1


def test_benchmark_without_its_folder(benchmark, tmp_path, capsys):
    assert benchmark.main([str(tmp_path / "none")]) == 2
    assert "pages.json is missing" in capsys.readouterr().err
