"""Files of archives and collections: each article with its own fields, and nothing around it."""

import time
from html import escape

import exports_made as layouts
import pytest
from exports_made import RULE, several, write_docx, write_pdf, write_rtf

from analysis_utils.own_study.exports.documents import kind_of
from analysis_utils.own_study.exports.reading import read_export
from analysis_utils.own_study.page import NoArticleError, PageFault

ARTICLES = several(4)
HEADLINES = {each.headline for each in ARTICLES}
PLAIN = {0x201C: '"', 0x201D: '"', 0x2019: "'", 0xEB: "e"}


def articles_of(path):
    return read_export(path, kind_of(path)).articles


def written(path, lines):
    text = lines if isinstance(lines, str) else "\n".join(lines)
    path.write_text(text, "utf-8")
    return path


def assert_right(taken, articles=ARTICLES, place="", sized=True):
    assert [each.outlet for each in taken] == [f"{each.outlet}{place}" for each in articles]
    assert [each.headline for each in taken] == [each.headline for each in articles]
    assert [each.byline for each in taken] == [each.byline for each in articles]
    assert [each.text for each in taken] == [each.text for each in articles]
    assert all(str(each.day) in one.date for each, one in zip(articles, taken, strict=True))
    if sized:
        assert [each.n_given for each in taken] == [each.n_words for each in articles]


NEXIS = {
    "cover": layouts.nexis_uni(ARTICLES),
    "no cover": layouts.nexis_uni(ARTICLES, cover=False),
    "time": layouts.nexis_uni(ARTICLES, time=" 10:30 AM GMT", edition="Edition 1, National"),
    "dateline": layouts.nexis_uni(ARTICLES, extra=["Dateline: RIVERTON", "Highlight: It is so."]),
    "older": layouts.lexisnexis(ARTICLES),
    "older, rights first": layouts.lexisnexis(ARTICLES, rights_first=True),
}  # fmt: skip
FACTIVA = {
    "displayed": layouts.factiva(ARTICLES),
    "with a time": layouts.factiva(ARTICLES, time="19:02 GMT"),
    "fields": layouts.factiva_coded(ARTICLES),
    "fields with tabs": layouts.factiva_coded(ARTICLES, "\t"),
    "html": layouts.factiva_html(ARTICLES),
    "html with fields": layouts.factiva_html(ARTICLES, coded=True),
}
PROQUEST = {
    "older": layouts.proquest(ARTICLES),
    "today's": layouts.proquest_new(ARTICLES),
    "html": layouts.proquest_html(ARTICLES),
}


@pytest.mark.parametrize("layout", NEXIS)
def test_the_layouts_of_nexis_as_text(layout, tmp_path):
    assert_right(articles_of(written(tmp_path / "Files.txt", NEXIS[layout])))


@pytest.mark.parametrize("layout", FACTIVA)
def test_the_layouts_of_factiva_as_text_and_html(layout, tmp_path):
    assert_right(articles_of(written(tmp_path / "Factiva.html", FACTIVA[layout])))


@pytest.mark.parametrize("layout", PROQUEST)
def test_the_layouts_of_proquest_as_text_and_html(layout, tmp_path):
    assert_right(articles_of(written(tmp_path / "ProQuest.txt", PROQUEST[layout])), sized=False)


@pytest.mark.parametrize("write", [write_docx, write_rtf])
@pytest.mark.parametrize("lines", [NEXIS["cover"], FACTIVA["displayed"], PROQUEST["today's"]])
def test_the_archives_as_word_and_rtf_under_any_name(write, lines, tmp_path):
    path = write(tmp_path / "anything.txt", lines, HEADLINES)
    assert_right(articles_of(path), sized=lines != PROQUEST["today's"])


def test_an_export_as_a_pdf(tmp_path):
    taken = articles_of(write_pdf(tmp_path / "Files.pdf", NEXIS["cover"]))
    assert [each.text for each in taken] == [each.text.translate(PLAIN) for each in ARTICLES]
    assert [each.headline for each in taken] == [each.headline for each in ARTICLES]
    assert [each.outlet for each in taken] == [each.outlet for each in ARTICLES]


def test_an_export_of_nexis_as_a_web_page(tmp_path):
    told = "".join(f"<p>{escape(line)}</p>" for line in NEXIS["cover"])
    assert_right(articles_of(written(tmp_path / "n.html", f"<html><body>{told}</body></html>")))


def test_the_place_after_an_outlet_is_kept(tmp_path):
    path = written(tmp_path / "n.txt", layouts.nexis_uni(ARTICLES, place=" (London)"))
    assert_right(articles_of(path), place=" (London)")


def test_two_hundred_articles_take_no_minute(tmp_path):
    many = several(220)
    begin = time.process_time()
    assert_right(articles_of(write_rtf(tmp_path / "a.rtf", layouts.factiva(many))), many)
    assert_right(articles_of(written(tmp_path / "a.txt", layouts.nexis_uni(many))), many)
    assert time.process_time() - begin < 60


def test_lists_without_texts_are_told(tmp_path):
    cover = layouts.nexis_uni(ARTICLES)[: -4 * 20]
    cover = cover[: cover.index("Copyright 2023 The Riverton Herald Ltd All Rights Reserved") - 4]
    abstracts = [line for line in layouts.proquest(ARTICLES) if not line.startswith("Full text")]
    references = "TY  - NEWS\nTI  - A bridge\nAB  - It is paid for.\nER  - \n"
    for lines, mend in (
        (cover, "Full documents"),
        (abstracts, "full text"),
        (references, "list of references"),
        ("https://example.org/1\nhttps://example.org/2\n", "only links"),
    ):
        with pytest.raises(NoArticleError, match=mend):
            articles_of(written(tmp_path / "list.txt", lines))


# --- Collections of one's own --------------------------------------------------------------


def block(each, *fields):
    return [*fields, "", *(line for paragraph in each.paragraphs for line in (paragraph, ""))]


@pytest.mark.parametrize("rule", ["=" * 40, "-----", "*****", "* * * * * *", RULE, "#####", "\f"])
def test_lines_of_signs_part_articles(rule, tmp_path):
    parts = [[*block(each, each.headline, "", f"{each.day} March 2023"), rule] for each in ARTICLES]
    taken = articles_of(written(tmp_path / "all.txt", [line for part in parts for line in part]))
    assert [each.headline for each in taken] == [each.headline for each in ARTICLES]
    assert [each.text for each in taken] == [each.text for each in ARTICLES]
    assert [each.date for each in taken] == [f"{each.day} March 2023" for each in ARTICLES]


@pytest.mark.parametrize(
    "mark", ["Article {} of 4", "### Article {}", "DOCUMENT {}", "--- Text {} ---"]
)
def test_counted_articles_are_parted(mark, tmp_path):
    parts = [
        [mark.format(n), "", *block(each, each.headline, f"By {each.byline or 'Our Staff'}")]
        for n, each in enumerate(ARTICLES, start=1)
    ]
    taken = articles_of(written(tmp_path / "all.txt", [line for part in parts for line in part]))
    assert [each.headline for each in taken] == [each.headline for each in ARTICLES]
    assert taken[0].byline == "Ann Cole" and taken[0].text == ARTICLES[0].text


@pytest.mark.parametrize("rule", ["", "==========", "-----"])
@pytest.mark.parametrize(
    "names", [("Title", "Source", "Date"), ("HEADLINE", "PUBLICATION", "PUBLISHED")]
)
def test_named_fields_are_read_with_and_without_rules(rule, names, tmp_path):
    headline, source, date = names
    parts = [
        block(
            each, rule, f"{headline}: {each.headline}", f"{source}: {each.outlet}",
            f"{date}: {each.day} March 2023", f"Author: {each.byline}",
        )
        for each in ARTICLES
    ]  # fmt: skip
    taken = articles_of(written(tmp_path / "all.txt", [line for part in parts for line in part]))
    assert_right(taken, sized=False)


def test_articles_that_nothing_parts_are_refused_with_how_to_part_them(tmp_path):
    parts = [block(each, each.headline, f"{each.day} March 2023", "") for each in ARTICLES]
    with pytest.raises(PageFault, match=r"4 articles .*=====") as told:
        articles_of(written(tmp_path / "all.txt", [line for part in parts for line in part]))
    assert not isinstance(told.value, NoArticleError)


def test_one_article_with_breaks_and_turns_stays_one(tmp_path):
    one = ARTICLES[0]
    scenes = [
        one.headline,
        "",
        "14 March 2023",
        "",
        *one.paragraphs,
        "",
        "*****",
        "",
        *one.paragraphs,
    ]
    turns = [
        one.headline,
        "",
        "Q: Why now?",
        f"A: {one.paragraphs[0]}",
        "Q: And then?",
        one.paragraphs[1],
    ]
    dates = [
        one.headline,
        "",
        "14 March 2023",
        "",
        one.paragraphs[0],
        "",
        "15 March 2023: a vote.",
        "",
    ]
    for lines in (scenes, turns, [*dates, *one.paragraphs[1:]]):
        assert articles_of(written(tmp_path / "one.txt", lines)) == []


# --- Web pages -----------------------------------------------------------------------------


def element(each, opens, closes, meta):
    told = "".join(
        f"<p>{paragraph}</p>" for paragraph in (*each.paragraphs, each.paragraphs[0] + " Again.")
    )
    return f"{opens}<h2>{each.headline}</h2>{meta}{told}{closes}"


@pytest.mark.parametrize(
    ("opens", "closes", "meta"),
    [
        ("<article>", "</article>", "<p>By Ann Cole</p><time datetime='x'>14 March 2023</time>"),
        ("<article class='x'>", "</article>", "<p>The Riverton Herald, 14 March 2023</p>"),
        ("<div class='hit'>", "</div>", "<p class='meta'>The Riverton Herald, 14 March 2023</p>"),
        ("<li class='hit'>", "</li>", "<div>The Riverton Herald · 14 March 2023</div>"),
        ("<section>", "</section>", "<p>14 March 2023</p><p>By Ann Cole</p>"),
    ],
)  # fmt: skip
def test_a_web_page_with_several_articles(opens, closes, meta, tmp_path):
    parts = "".join(element(each, opens, closes, meta) for each in ARTICLES[:3])
    html = f"<html><body><h1>Results (3)</h1><nav><a>Menu</a></nav>{parts}</body></html>"
    taken = articles_of(written(tmp_path / "all.html", html))
    assert [each.headline for each in taken] == [each.headline for each in ARTICLES[:3]]
    assert {each.date for each in taken} == {"14 March 2023"}
    expected = [each.text for each in ARTICLES[:3]]
    assert all(one.text.startswith(text) for one, text in zip(taken, expected, strict=True))
    if "Herald" in meta:
        assert {each.outlet for each in taken} == {"The Riverton Herald"}


def test_a_web_page_with_teasers_sections_or_entries_stays_one(tmp_path):
    whole = element(ARTICLES[0], "<article>", "</article>", "<p>14 March 2023</p>")
    teasers = "".join(
        f"<article><h3>{each.headline}</h3><p>{each.paragraphs[2]}</p></article>"
        for each in ARTICLES
    )
    sections = "".join(element(each, "<section>", "</section>", "") for each in ARTICLES)
    entries = "".join(
        element(each, "<div class='block'>", "</div>", "<time>16.42 GMT</time>")
        for each in ARTICLES
    )
    live = f"<article><h1>Bridge – as it happened</h1>{entries}</article>"
    for body in (whole + teasers, f"<article><h1>Long read</h1>{sections}</article>", live):
        html = f"<html><body>{body}</body></html>"
        assert articles_of(written(tmp_path / "one.html", html)) == []


def test_a_live_blog_as_text_is_one_article_with_all_its_entries(tmp_path):
    entries = [
        line
        for n, each in enumerate(ARTICLES)
        for line in (
            f"1{n}.10 GMT", "", each.headline, "", *each.paragraphs, "Share",
            f"Updated at 1{n}.12 GMT", "",
        )
    ]  # fmt: skip
    lines = ["Bridge vote – live updates", "", "14 March 2023", "", "Ann Cole", "", *entries]
    (blog,) = articles_of(written(tmp_path / "live.txt", lines))
    told = [line for each in ARTICLES for line in (each.headline, *each.paragraphs)]
    assert blog.text.split("\n") == told
    assert blog.headline == lines[0] and blog.date == "14 March 2023" and blog.byline == "Ann Cole"
