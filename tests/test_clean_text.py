"""Text as its readers meant it: signs, lines, Markdown, dates, ends and offers of pages."""

import json
from pathlib import Path

import pytest

from analysis_utils.annotation.cleaning import (
    clean_page,
    label_html,
    label_lines,
    read_metadata,
)
from analysis_utils.annotation.cleaning.data import article_in_data
from analysis_utils.annotation.cleaning.markdown import without_markdown
from analysis_utils.annotation.cleaning.plain import joined_lines, plain_text, with_right_signs
from analysis_utils.annotation.cleaning.published import day_of_publication
from analysis_utils.annotation.cleaning.stubs import is_stub, why_no_article
from analysis_utils.own_study.kept import doubts

CASES = Path(__file__).parent / "intake"
HEADLINE = "Town of Riverton asks for a new bridge"
PARAGRAPHS = [
    "The council of Riverton said on Tuesday that it would ask the government for a new bridge,"
    " four years after the flood took the old one.",
    "“We have waited for this for far too long,” said Mayor Ada North, who has led the town since"
    " the spring, at a meeting in the school.",
    "A spokesman for the Ministry of Transport said that the ministry would answer within a month"
    " and that other towns were waiting as well.",
    "Farmers from the other side of the river have to drive for an hour to sell what they grow,"
    " and many of them have given up.",
]


def text_of(lines):
    return lines.loc[lines["kept"] & (lines["kind"] != "headline"), "clean"].tolist()


def words_of(lines):
    return sum(len(clean.split()) for clean in text_of(lines))


def wrapped(width, paragraphs=PARAGRAPHS, between="\n\n"):
    """Paragraphs as a program wraps them that knows nothing of hyphens."""
    import textwrap

    return between.join("\n".join(textwrap.wrap(each, width)) for each in paragraphs)


# --- Lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("04_hard_wrapped_txt/herald.txt", 186),
        ("04_hard_wrapped_txt/courier.txt", 137),
        ("43_ocr_columns/Harbour Times 1923.txt", 186),
    ],
)
def test_wrapped_lines_are_paragraphs_again(name, words):
    lines = clean_page(CASES / name, "a")
    assert words_of(lines) == words
    assert all(each[-1] in ".”" for each in text_of(lines))


def test_the_headline_and_the_date_of_a_printed_column():
    told = read_metadata(clean_page(CASES / "43_ocr_columns/Harbour Times 1923.txt", "a"))
    assert told["headline"].rstrip(".") == "FERRY RUNS AGROUND OFF PORT ELLAN"
    assert told["published"] == "1923-03-14"


@pytest.mark.parametrize("width", [34, 45, 60, 72, 79, 95])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_any_width_is_joined(width, between):
    page = f"{HEADLINE}\n\n14 June 2018\n\n{wrapped(width, between=between)}\n"
    joined = plain_text(page)
    assert [each for each in PARAGRAPHS if each in joined] == PARAGRAPHS
    if between == "\n\n":
        assert text_of(label_lines(page, "a")) == PARAGRAPHS


def test_a_hyphen_at_the_end_of_a_line_goes_where_the_word_is_known():
    text = wrapped(40).replace("government", "govern-\nment")
    assert "government for" in joined_lines(f"The government knows.\n\n{text}")


@pytest.mark.parametrize(
    "page",
    [
        "\n\n".join(PARAGRAPHS),
        "Home\nNews\nSport\nWeather\nVideo\nLog in\n\n" + "\n\n".join(PARAGRAPHS),
        "What we know:\n- The bridge is gone\n- The town has asked\n- Nobody pays yet\n- Rain\n",
        "By Ada North\n14 June 2018\nPublished 11.06 GMT\nShare\n\n" + PARAGRAPHS[0],
        "",
    ],
)
def test_other_lines_stay_as_they_are(page):
    assert plain_text(page) == page


# --- Signs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("â€œItâ€™s late,â€\ufffd he said", "“It’s late,” he said"),
        ("â€œItâ€™s late,â€ he said", "“It’s late,” he said"),
        ("cafÃ© in SÃ£o Paulo â€“ and more", "café in São Paulo – and more"),
        ("Zoë’s naïve façade in Ålesund", "Zoë’s naïve façade in Ålesund"),
        ("L’Âge d’or in Łódź, 20 °C", "L’Âge d’or in Łódź, 20 °C"),
    ],
)
def test_signs_in_a_wrong_encoding(broken, whole):
    assert with_right_signs(broken) == whole


def test_marks_that_nobody_sees_part_no_word():
    for path in sorted((CASES / "22_soft_hyphen_ligature").iterdir()):
        kept = " ".join(text_of(clean_page(path, "a")))
        assert "Okafor" in kept and "inquiry" in kept
        assert not set("\u00ad\u200b\u2060\ufb01\ufb02\u00a0") & set(kept)


# --- Markdown --------------------------------------------------------------------------------


def test_a_clipping_is_a_page_with_headline_writer_and_date():
    lines = clean_page(CASES / "40_markdown_clipper/Harbour Times.txt", "a")
    told = read_metadata(lines)
    assert told["headline"] == "Ferry runs aground off Port Ellan, 43 hurt"
    assert (told["byline"], told["published"]) == ("Anna Westlake", "2023-03-14")
    assert words_of(lines) == 186
    assert not set("[]#*") & set(" ".join(text_of(lines)))


def test_marks_of_markdown_are_no_text():
    page = (
        f"## {HEADLINE}\n\n![Flood](flood.jpg)\n\nThe **town** of _Riverton_ [asked](https://e.org/a_b"
        ' "title") for a `bridge`.[^1]\n\n> “We *wait*,” she said.\n\n* * *\n\n- One\n- Two\n\n'
        "[^1]: A note\n\n[[Ada North|North]] did not\\_answer."
    )
    plain = without_markdown(page)
    assert "The town of Riverton asked for a" in plain and "“We wait,” she said." in plain
    assert "North did not_answer." in plain
    assert not any(sign in plain for sign in ("**", "](", "![", "[^", "##", "* *", "[["))


@pytest.mark.parametrize(
    "page", ["5 * 3 * 2 is 30", "the file a_b_c and *one* note", "# 1 in town"]
)
def test_a_sign_alone_is_no_markdown(page):
    assert without_markdown(page) == page


# --- Dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Guardian-like.txt", "2023-03-14"),
        ("Updated first.txt", "2023-03-15"),
        ("NYT-like.txt", "2023-03-14"),
    ],
)
def test_the_first_publication_goes_before_the_update(name, day):
    told = read_metadata(clean_page(CASES / "45_page_dates" / name, "a"))
    assert told["published"][:10] == day


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Updated 17 March 2023, first published 14 March 2023", "first published 14 March 2023"),
        ("Published: March 14, 2023; last modified: March 17, 2023", "Published: March 14, 2023"),
        ("14 March 2023, updated 17 March 2023", "14 March 2023"),
        ("Updated 17 March 2023", "Updated 17 March 2023"),
    ],
)
def test_of_two_dates_in_a_line_the_first_publication_counts(line, part):
    assert day_of_publication(line) == part


@pytest.mark.parametrize("name", ["Mar. 14.txt", "US numeric.txt", "short year.txt"])
def test_a_date_that_is_not_sure_is_none(name):
    assert read_metadata(clean_page(CASES / "45_page_dates" / name, "a"))["published"] == ""


# --- Ends ------------------------------------------------------------------------------------


def test_short_sentences_at_the_end_are_kept():
    lines = clean_page(CASES / "44_paragraph_shapes/Tabloid.txt", "a")
    assert text_of(lines)[-3:] == ["She walked out.", "No one stopped her.", "Not a word."]


@pytest.mark.parametrize(
    "end", ["The town is still waiting.", "“We will see,” she said.", "Why not?"]
)
def test_a_short_last_paragraph_is_kept_and_the_foot_of_the_page_is_not(end):
    foot = "Most read\n\nStorm closes school\n\nSign up for our newsletter\n\n© 2018 The Herald"
    page = "\n\n".join([HEADLINE, "14 June 2018", *PARAGRAPHS, end, foot])
    assert text_of(label_lines(page, "a")) == [*PARAGRAPHS, end]


@pytest.mark.parametrize(
    "label", ["Storm Closes School.", "Read more.", "Share this story:", "A ..."]
)
def test_a_label_below_the_text_is_no_end_of_it(label):
    page = "\n\n".join([HEADLINE, "14 June 2018", *PARAGRAPHS, label])
    assert text_of(label_lines(page, "a")) == PARAGRAPHS


# --- Offers and notes --------------------------------------------------------------------------


def test_an_offer_to_subscribe_is_no_text_and_is_told():
    lines = clean_page(CASES / "29_paywall_stub/Harbour Times.html", "a")
    kept = " ".join(text_of(lines))
    assert kept.startswith("Isles Ferries was told twice")
    assert "crossword" not in kept and "unlimited" not in kept and "plan" not in kept
    assert is_stub(lines)
    assert any("offer to subscribe" in doubt for doubt in doubts(lines))


@pytest.mark.parametrize(
    "offer",
    [
        "To continue reading, log in or create an account",
        "This article is for subscribers only",
        "You have reached your limit of free articles",
        "Already a subscriber? Sign in",
    ],
)
def test_other_words_for_an_offer(offer):
    lines = label_lines("\n\n".join([HEADLINE, *PARAGRAPHS[:2], offer, "£1 a week"]), "a")
    assert text_of(lines) == PARAGRAPHS[:2] and is_stub(lines)


def test_an_article_about_subscribers_is_an_article():
    text = (
        "The newspaper said on Monday that it had gained 4,000 readers. It asks them to pay to"
        " keep it alive, its editor said, and it will never close its site to those who do not."
    )
    assert why_no_article(text) == ""
    assert not is_stub(label_lines("\n\n".join([HEADLINE, text, *PARAGRAPHS]), "a"))


@pytest.mark.parametrize(
    "note",
    [
        "Reporting by Ada North; editing by Tom Reed",
        "(Reporting by Ada North in Riverton, editing by Tom Reed)",
        "Additional reporting by Ada North",
        "This article was amended on 15 June 2018. An earlier version named another town.",
        "Correction: An earlier version of this article named another town.",
        "Advertisement",
    ],
)
def test_notes_of_the_editors_are_no_text(note):
    lines = label_lines("\n\n".join([HEADLINE, *PARAGRAPHS[:3], note, PARAGRAPHS[3]]), "a")
    assert note not in text_of(lines) and text_of(lines)[:3] == PARAGRAPHS[:3]


# --- Articles as data, two readings ------------------------------------------------------------


def page_with_data(body, shown=""):
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "The Herald"},
            {
                "@type": "NewsArticle",
                "headline": HEADLINE,
                "author": [{"name": "Ada North"}],
                "datePublished": "2018-06-14T11:06:00Z",
                "articleBody": body,
            },
        ]
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f"<html><head><title>x</title>{script}</head><body><nav>Home</nav>{shown}</body></html>"


@pytest.mark.parametrize("between", ["\n", "\r\n\r\n", " "])
def test_an_article_that_a_page_has_as_data_alone_is_read(between):
    lines = label_html(page_with_data(between.join(PARAGRAPHS)), "a")
    told = read_metadata(lines)
    assert (told["headline"], told["byline"]) == (HEADLINE, "Ada North")
    assert told["published"] == "2018-06-14T11:06+00:00"
    assert " ".join(text_of(lines)) == " ".join(PARAGRAPHS)


def test_what_readers_see_goes_before_the_data():
    shown = f"<article><h1>{HEADLINE}</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article>"
    lines = label_html(page_with_data("\n".join(PARAGRAPHS), shown), "a")
    assert text_of(lines) == PARAGRAPHS and "Home" in lines["text"].tolist()


def test_a_summary_in_the_data_is_no_article():
    assert article_in_data(page_with_data("The town asks for a bridge.")) == ""
    assert article_in_data('<script type="application/ld+json">{"articleBody": </script>') == ""


def test_where_trafilatura_has_a_small_part_the_shape_of_the_page_decides():
    teaser = f"<article><h2>Storm closes school</h2><p>{PARAGRAPHS[3]}</p></article>"
    story = "".join(f"<div class='comment'><p>{text}</p></div>" for text in PARAGRAPHS[:3] * 1)
    html = f"<html><body><h1>{HEADLINE}</h1><p>14 June 2018</p>{story}{teaser}</body></html>"
    assert set(PARAGRAPHS[:3]) <= set(text_of(label_html(html, "a")))
