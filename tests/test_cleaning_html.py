"""HTML pages: visible lines, and the body as trafilatura finds it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis_utils.annotation.cleaning import PageError, clean_page, label_html, read_metadata
from analysis_utils.annotation.cleaning.html import find_article, visible_text
from analysis_utils.annotation.cleaning.plain import with_right_signs

PARAGRAPHS = [
    f"The council said on Tuesday that it would spend {n} million on the new bridge, which the"
    f" mayor has called long overdue since the flood {n} years ago."
    for n in range(2, 9)
]
HTML = """<!DOCTYPE html><html><head><meta charset="latin-1"><title>New bridge | The Daily</title>
<meta property="og:title" content="Town to build new bridge over the river">
<script>var secret = 1;</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Town to build new bridge over the river</h1>
<div><span>By Jane Doe</span><time>3 May 2019, 11:06 UTC+3</time></div>
<p>RIVERTON (AP) — {first}</p>{middle}
<aside><h3>Read also</h3><a href="/x">Old bridge closed for repairs</a></aside><p>{last}</p>
</article><section><h2>Most read</h2><ol><li>Something else in the world</li></ol></section>
<footer>© 2019 The Daily — naïve</footer>
<p style="display: none">hidden</p></body></html>""".format(
    first=PARAGRAPHS[0],
    middle="".join(f"<p>{text.replace('mayor', '<b>mayor</b>')}</p>" for text in PARAGRAPHS[1:-1]),
    last=PARAGRAPHS[-1],
)


@pytest.fixture(scope="module")
def lines():
    return label_html(HTML, "bridge")


def test_body_is_the_article(lines):
    assert lines.loc[lines["kind"] == "body", "clean"].tolist() == PARAGRAPHS


def test_every_visible_line_is_there(lines):
    assert "".join(lines["text"] + lines["ending"]) == visible_text(HTML)
    text = "\n".join(lines["text"])
    assert "secret" not in text and "hidden" not in text
    kind = dict(zip(lines["text"], lines["kind"], strict=True))
    assert kind["World"] == "navigation"
    assert kind["Read also"] == kind["Old bridge closed for repairs"] == "related"
    assert kind["© 2019 The Daily — naïve"] == "footer"


def test_metadata_from_the_lines(lines):
    found = read_metadata(lines)
    assert found["headline"] == "Town to build new bridge over the river"
    assert found["published"] == "2019-05-03T11:06+03:00"
    assert (found["byline"], found["dateline"]) == ("Jane Doe", "RIVERTON (AP) —")


def test_html_by_suffix(tmp_path, lines):
    page = tmp_path / "bridge.html"
    page.write_text(HTML, encoding="utf-8")
    assert clean_page(page, "bridge").equals(lines)


def test_blocks_end_lines_and_inline_marks_do_not():
    html = "<div>one <b>bold</b> word<br>two</div><p>three</p><ul><li>a<li>b</ul><!-- c -->tail"
    lines = ["one bold word", "two", "", "three", "", "a", "b", "tail"]
    assert visible_text(html).split("\n") == lines


def test_hidden_parts_are_left_out_and_what_follows_them_is_not():
    html = "<div>a<script>x</script>b<p hidden>y<i>z</i></p>c<!-- w -->d</div>"
    assert visible_text(html) == "abcd"


def test_deep_nesting():
    assert visible_text("<div>" * 500 + "deep" + "</div>" * 500) == "deep"


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul"])
def test_nesting_past_the_parser_is_an_error_that_names_file_and_mend(tmp_path, tag):
    page = tmp_path / "bomb.html"
    page.write_text(HTML.replace("<nav>", f"<{tag}>" * 20_000 + "<nav>"), encoding="utf-8")
    with pytest.raises(PageError, match=r"bomb\.html: .*too deep.*\.txt"):
        clean_page(page, "bomb")


def test_nesting_past_trafilatura_leaves_the_lines_to_the_rules():
    lines = label_html("<div>" * 1_000 + HTML, "deep")
    assert set(PARAGRAPHS[:-1]) <= set(lines.loc[lines["kind"] == "body", "clean"])


@pytest.mark.parametrize(
    ("declared", "written"),
    [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("windows-1251", "cp1251")],
)
def test_html_in_the_encoding_it_declares(tmp_path, declared, written):
    html = HTML.replace("latin-1", declared).replace("naïve", "“quoted”")
    page = tmp_path / "bridge.html"
    page.write_bytes(html.encode(written))
    lines = clean_page(page, "bridge")
    assert lines["text"].tolist()[-1] == "© 2019 The Daily — “quoted”"
    assert lines.loc[lines["kind"] == "body", "clean"].tolist() == PARAGRAPHS


@pytest.mark.parametrize("declared", ["utf-8", "no-such-code", "hex", ""])
def test_html_not_in_the_encoding_it_declares_is_not_guessed_at(tmp_path, declared):
    page = tmp_path / "bridge.html"
    page.write_bytes(HTML.replace("latin-1", declared).encode("cp1252"))
    with pytest.raises(PageError, match=r"bridge\.html: not UTF-8 at byte .*Encoding: UTF-8"):
        clean_page(page, "bridge")


def test_a_pdf_by_the_name_of_html(tmp_path):
    page = tmp_path / "bridge.html"
    page.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(PageError, match=r"bridge\.html: .*PDF.*copy its text"):
        clean_page(page, "bridge")


@settings(deadline=None, max_examples=60)
@given(
    st.text()
    | st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "<!--", "-->", "<script>", "<li>", PARAGRAPHS[0]])
        | st.text(max_size=5)
    ).map("".join)
)
def test_any_html_is_labelled(html):
    lines = label_html(html, "any")
    assert "".join(lines["text"] + lines["ending"]) == visible_text(with_right_signs(html))


PARAGRAPH = f"<p>{PARAGRAPHS[0]}</p>"


@pytest.mark.parametrize(
    "html",
    [
        f"<svg xmlns='http://www.w3.org/2000/svg'><text>{PARAGRAPHS[0]}</text></svg>",
        "<math><mi>x</mi></math>",
        "<frameset><frame src='x.html'></frameset>",
    ],
)
def test_a_page_that_is_a_drawing_is_told_with_its_mend(html, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(html, "utf-8")
    with pytest.raises(PageError, match=r"page\.html: no article found.*Save the whole page"):
        clean_page(path, "herald")


def test_a_page_that_trafilatura_trips_over_is_judged_by_its_lines(monkeypatch):
    def trip(*_, **__):
        raise AssertionError

    monkeypatch.setattr("trafilatura.bare_extraction", trip)
    assert find_article(HTML) is None


@pytest.mark.slow
def test_a_page_that_takes_too_long_is_told_with_its_mend(tmp_path):
    attributes = " ".join(f"a{number}=b" for number in range(200_000))
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><div {attributes}>{PARAGRAPH * 9}</div></body></html>", "utf-8")
    with pytest.raises(PageError, match=r"page\.html: .*more than .* seconds.*\.txt"):
        clean_page(path, "herald")


def test_a_page_that_is_too_large_is_told_with_its_mend(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis_utils.annotation.cleaning.pages.LONGEST_TEXT", 10_000)
    path = tmp_path / "page.txt"
    path.write_text("\n".join(PARAGRAPHS) * 100, "utf-8")
    with pytest.raises(PageError, match=r"page\.txt: the text has .* at most 10,000 .*\.txt"):
        clean_page(path, "herald")
