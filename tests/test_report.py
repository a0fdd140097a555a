"""The report: pages that stand alone, links that work, hostile text, failures, same bytes."""

import re
import shutil
from pathlib import Path

import nbformat.v4 as v4
import pandas as pd
import pytest
from acting_characters import ACTING, ALL_ACTING, shown
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from analysis_utils.files.workspace import data_folder
from analysis_utils.report import notebooks, report
from analysis_utils.report.notebooks import Failure, NotebookError, Run
from analysis_utils.report.pages import Chapter, page_exporter, read_chapter, render_page, safe_html
from analysis_utils.report.report import build_report, citation, fingerprint
from analysis_utils.study import DEFAULT_STUDY, read_study

#: The smallest PNG there is.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)

FINDINGS = """\
from analysis_utils.output.cells import Shown
Shown('<ol class="findings"><li>One outlet &lt;b>leaves out&lt;/b> the point. '
    '<a href="0_start.ipynb#Below">start</a></li></ol>', "")"""

START = """\
# What is *compared*?

Two outlets tell one event.

See [the words](1_hostile.ipynb#The-words), [below](#Below), [a paper](https://example.org/paper)
and [a file](../data/README.md).

## Below
"""

HOSTILE = """\
from IPython.display import HTML, Markdown, display
hostile = '<script>alert(1)</script><img src="https://evil.example/x.png" onerror="alert(2)">'
print(hostile)
display(Markdown(hostile), HTML("<table><thead><tr><th>a</th><th>n</th></tr></thead>"
    "<tbody><tr><th>x</th><td>1.5</td></tr><tr><th>y</th><td>-2</td></tr></tbody></table>"
    + hostile))
hostile"""

PICTURE = f"""\
from IPython.display import display
display(
    {{"image/png": "{PIXEL}"}},
    metadata={{"image/png": {{"alt": "One \\"dark\\" point", "figure": "point"}}}},
    raw=True,
)"""


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of cells; one that begins with # is text."""
    made = [
        v4.new_markdown_cell(source, id=f"c{number}")
        if source.startswith("#")
        else v4.new_code_cell(source, id=f"c{number}")
        for number, source in enumerate(cells)
    ]
    notebooks.save(v4.new_notebook(cells=made), path)
    return path


@pytest.fixture(scope="module")
def study():
    return read_study(data_folder() / DEFAULT_STUDY)


def build(study, sources: Path, folder: Path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMING_BUILD", str(folder))
        study.figures_folder.mkdir(parents=True)
        for kind in ("png", "svg", "pdf", "csv", "md"):
            (study.figures_folder / f"point.{kind}").write_bytes(b"")
        study.tables_folder.mkdir()
        for kind in ("csv", "xlsx"):
            (study.tables_folder / f"words.{kind}").write_bytes(b"")
        return build_report(study, notebooks.find_notebooks(sources))


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    write_notebook(folder / "0_start.ipynb", START, PICTURE, FINDINGS)
    write_notebook(folder / "1_hostile.ipynb", "# Which words?\n\n## The words", HOSTILE)
    write_notebook(folder / "2_fails.ipynb", "# Fails", "x = {}", "y = 1\nx['outlet']", "print(2)")
    return folder


@pytest.fixture(scope="module")
def built(study, sources, tmp_path_factory):
    """The same report, built in two places."""
    folders = [tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")]
    return [build(study, sources, folder) for folder in folders]


@pytest.fixture(scope="module")
def pages(built):
    folder = built[0].index.parent
    return {
        path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(folder.glob("*.html"))
    }


@pytest.mark.slow
def test_the_index_leads_to_the_tables_that_there_are(pages):
    links = {link["href"]: link.get_text() for link in pages["index.html"].find_all("a")}
    tables = {href: text for href, text in links.items() if "tables" in href}
    assert tables == {"../tables/words.xlsx": "XLSX"}


@pytest.mark.slow
def test_a_page_a_notebook_and_an_index(pages):
    assert list(pages) == ["0_start.html", "1_hostile.html", "2_fails.html", "index.html"]
    for page in pages.values():
        assert page.html["lang"] == "en"
        assert page.title.get_text()
        assert len(page.find_all("h1")) == 1


@pytest.mark.slow
def test_no_address_of_another_host_and_nothing_that_runs(pages):
    for page in pages.values():
        assert not page.select("script, iframe, object, embed, form, link[rel=stylesheet], base")
        for tag in page.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")]
            for name in ("src", "href", "srcset", "action", "poster", "data", "background"):
                address = tag.get(name, "")
                assert address.startswith(("data:image/", "data:,")) or ":" not in address
        styles = " ".join(style.get_text() for style in page.find_all("style"))
        styles += " ".join(tag["style"] for tag in page.select("[style]"))
        assert not re.search(r"url\(|@import|https?:", styles)
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert "default-src 'none'" in policy


@pytest.mark.slow
def test_links_lead_somewhere(built, pages):
    folder = built[0].index.parent
    n_links = 0
    for name, page in pages.items():
        for link in page.select("a[href]"):
            path, _, anchor = link["href"].partition("#")
            assert (folder / (path or name)).is_file(), link
            if anchor:
                assert pages[path or name].find(id=anchor), link
            n_links += 1
    assert n_links > 15
    assert pages["0_start.html"].find("a", href="1_hostile.html#The-words")
    assert "a paper (https://example.org/paper)" in pages["0_start.html"].get_text()


@pytest.mark.slow
def test_pictures_have_their_alternative_text(pages):
    images = [image for page in pages.values() for image in page.find_all("img")]
    assert [image["alt"] for image in images if PIXEL in image["src"]] == ['One "dark" point']


@pytest.mark.slow
def test_hostile_text_is_shown_not_run(pages):
    page = pages["1_hostile.html"]
    # In the code, and as printed text, Markdown, HTML and the value of the cell.
    assert page.get_text().count("<script>alert(1)</script>") == 5
    assert not page.find_all("img")


@pytest.mark.slow
def test_code_is_behind_a_switch_and_stands_open_where_it_failed(pages):
    assert pages["1_hostile.html"].find("label", class_="switch").input["type"] == "checkbox"
    shown = {name: len(page.select(".code.failed")) for name, page in pages.items()}
    assert shown == {"0_start.html": 0, "1_hostile.html": 0, "2_fails.html": 1, "index.html": 0}


@pytest.mark.slow
def test_every_page_leads_to_every_other(pages):
    for name, page in pages.items():
        if name != "index.html":
            links = page.select("nav.top li a")
            assert [link["href"] for link in links] == list(pages)[:-1]
            assert [link.get_text() for link in links] == ["Start", "Hostile", "Fails"]
            assert [link["href"] for link in links if link.get("aria-current")] == [name]


@pytest.mark.slow
def test_tables_scroll_and_say_what_heads_what(pages):
    table = pages["1_hostile.html"].find("table")
    assert table.parent["class"] == ["table"] and table.parent["tabindex"] == "0"
    assert [header["scope"] for header in table.find_all("th")] == ["col", "col", "row", "row"]
    assert [cell.get_text() for cell in table.select(".number")] == ["n", "1.5", "-2"]


@pytest.mark.slow
def test_a_failure_is_told_and_the_others_go_on(built, pages):
    (failed,) = built[0].failed
    assert failed.path.name == "2_fails.ipynb"
    assert failed.failure == Failure(2, "KeyError: 'outlet'", "x['outlet']")
    for name in ("2_fails.html", "index.html"):
        told = pages[name].find(class_="failure").get_text()
        assert "code cell 2: KeyError: 'outlet'" in told
    assert "KeyError" in pages["2_fails.html"].find("pre", class_="error").get_text()
    assert not pages["1_hostile.html"].find(class_="failure")


@pytest.mark.slow
def test_index_names_questions_outlets_findings_figures_and_versions(study, pages):
    page = pages["index.html"]
    assert page.h1.get_text() == study.event.title
    questions = [line.get_text() for line in page.select(".chapters li")]
    assert questions == ["What is compared?", "Which words?", "Fails"]
    assert all(outlet.name in page.find(class_="dates").get_text() for outlet in study.outlets)
    (finding,) = page.select(".findings li")
    assert finding.get_text() == "One outlet <b>leaves out</b> the point. start"
    assert finding.a["href"] == "0_start.html#Below"
    addresses = [
        link["href"] for link in page.select("details .files a") if "figures" in link["href"]
    ]
    assert addresses == [f"../figures/point.{kind}" for kind in ("png", "svg", "pdf", "csv", "md")]
    assert fingerprint(study) in page.get_text()
    assert "Language model" in page.get_text()


@pytest.mark.slow
def test_two_builds_in_two_places_are_the_same_bytes(built):
    one, two = (finished.index.parent.parent for finished in built)
    names = sorted(path.relative_to(one) for path in one.rglob("*.*") if path.is_file())
    assert len(names) == 4 + 3 + 5 + 2
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


@pytest.mark.slow
def test_sources_are_not_touched_and_nothing_is_left_over(built, sources):
    for path in sources.glob("*.ipynb"):
        for cell in notebooks.read_notebook(path).cells:
            assert not cell.get("outputs") and cell.get("execution_count") is None
    assert sorted(path.name for path in sources.iterdir()) == [
        "0_start.ipynb", "1_hostile.ipynb", "2_fails.ipynb",
    ]  # fmt: skip
    build_folder = built[0].index.parent.parent
    assert sorted(path.name for path in build_folder.iterdir()) == [
        "figures", "notebooks", "report", "tables",
    ]  # fmt: skip


def _without_kernels(monkeypatch):
    def run(paths, study_folder, workers=2):
        for path in paths:
            yield Run(path, notebooks.read_notebook(path))

    monkeypatch.setattr(notebooks, "run_notebooks", run)


def test_a_crash_leaves_the_old_report_whole(study, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    _without_kernels(monkeypatch)
    path = write_notebook(tmp_path / "0_first.ipynb", "# First?")
    index = build_report(study, [path]).index
    before = index.read_bytes()

    def crash(*_):
        raise OSError("disk full")

    monkeypatch.setattr(report, "_contents", crash)
    with pytest.raises(OSError, match="disk full"):
        build_report(study, [write_notebook(tmp_path / "0_first.ipynb", "# Second?")])
    assert index.read_bytes() == before
    assert "First?" in index.with_name("0_first.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in study.build_folder.iterdir()) == ["notebooks", "report"]


def test_a_report_of_which_every_notebook_failed_leaves_the_old_one(study, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    _without_kernels(monkeypatch)
    path = write_notebook(tmp_path / "0_first.ipynb", "# First?")
    index = build_report(study, [path]).index
    before = index.read_bytes()

    def fail(paths, study_folder, workers=2):
        for each in paths:
            yield Run(each, notebooks.read_notebook(each), Failure(1, "KeyError: 'x'"))

    with monkeypatch.context() as patch:
        patch.setattr(notebooks, "run_notebooks", fail)
        failed = build_report(study, [path])
    assert index.read_bytes() == before
    assert failed.failed and failed.index.parent.name == "failed-report"
    assert "KeyError" in failed.index.with_name("0_first.html").read_text(encoding="utf-8")
    build_report(study, [path])
    assert not failed.index.parent.exists()


@pytest.mark.parametrize("moved", ["neither", "one"])
def test_a_kill_between_two_moves_loses_no_report(study, tmp_path, monkeypatch, moved):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    _without_kernels(monkeypatch)
    path = write_notebook(tmp_path / "0_first.ipynb", "# First?")
    index = build_report(study, [path]).index
    before = index.read_bytes()
    old = study.report_folder.with_name(".old-report")
    if moved == "neither":
        study.report_folder.rename(old)
    else:
        shutil.copytree(study.report_folder, old)

    def crash(*_):
        raise OSError("disk full")

    monkeypatch.setattr(report, "_contents", crash)
    with pytest.raises(OSError, match="disk full"):
        build_report(study, [path])
    assert index.read_bytes() == before and not old.exists()


def test_pages_of_the_same_name_are_refused(study, tmp_path):
    with pytest.raises(NotebookError, match="another page of that name"):
        build_report(study, [tmp_path / "a" / "1_x.ipynb", tmp_path / "b" / "1_x.ipynb"])
    with pytest.raises(NotebookError, match="index"):
        build_report(study, [tmp_path / "index.ipynb"])


def test_fingerprint_follows_the_pages_and_not_the_place(study, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(study.folder, copy)
    assert fingerprint(read_study(copy)) == fingerprint(study)
    page = copy / study.articles[0].page
    page.write_bytes(page.read_bytes() + b" ")
    assert fingerprint(read_study(copy)) != fingerprint(study)


def test_citation_is_read_from_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis_utils.files.workspace.collection", lambda: tmp_path)
    assert citation() == ""
    (tmp_path / "CITATION.cff").write_text(
        "cff-version: 1.2.0\ntitle: A tool\nversion: 1.0\ndate-released: 2026-02-03\n"
        "authors:\n- family-names: Doe\n  given-names: Jo\n- name: The others\n",
        encoding="utf-8",
    )
    assert citation() == "Doe, Jo; The others (2026). A tool, version 1.0."


# Pieces of pages

CHAPTERS = [Chapter(Path("7_cleaning.ipynb"), "Cleaning"), Chapter(Path("2_terms.ipynb"), "Terms")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<a href="2_terms.ipynb">x</a>', '<a href="2_terms.html">x</a>'),
        ('<a href="2_terms.ipynb#how">x</a>', '<a href="2_terms.html#how">x</a>'),
        ('<a href="#how">x</a>', '<a href="#how">x</a>'),
        ('<a href="9_none.ipynb">x</a>', "x"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,y">x</a>', '<span class="address">x (data:text/html,y)</span>'),
        ('<a href="//h.example/">x</a>', '<span class="address">x (//h.example/)</span>'),
        (
            '<a href="https://h.example">https://h.example</a>',
            '<span class="address">https://h.example</span>',
        ),
        ('<a href="http://[">x</a>', "x"),
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        (
            "<p style='color: red; background: url(https://h.example)'>a</p>",
            '<p style="color:red">a</p>',
        ),
        ('<img src="https://h.example/x.png" alt="a map">', "a map"),
        ("<b>5 < 6 & 7</b>", "<b>5 &lt; 6 &amp; 7</b>"),
    ],
)
def test_safe_html(given, expected):
    assert safe_html(CHAPTERS)(given) == expected


def assert_harmless(html):
    """Nothing in it runs, asks another host or covers the page."""
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select(
        "script, style, svg, math, iframe, form, input, object, link, base, meta"
    )
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if not re.fullmatch(r"[a-z-]+", name)]
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert not tag.get("href", "#").strip().partition(":")[1]
        assert tag.get("src", "data:image/").startswith("data:image/")
        assert not re.search(r"url|position|expression|@|behavior", tag.get("style", ""))


#: Markup that browsers, cleaners and parsers have been known to read in different ways.
HOSTILE_PIECES = (
    "<svg><style><img src=x onerror=alert(1)></style></svg> words",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'> words",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x'>words",
    "<math><annotation-xml encoding='text/html'><p onclick=x()>words</p></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=</style><img src>words",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>words</p></noscript>",
    "<template><img src=x onerror=alert(1)>words</template>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>words",
    "<title><b title='</title><svg onload=alert(1)>'>words",
    "<xmp><p title='</xmp><script>alert(1)</script>'>words",
    "<select><option><script>alert(1)</script>words</select>",
    "<script>alert(1) words",
    "<style>p {display: none} words",
    "<plaintext>words</plaintext>",
    "<![CDATA[<img src=x onerror=alert(1)>]]> words",
    "<?php echo '<script>alert(1)</script>' ?> words",
    "<!--><img src=x onerror=alert(1)>--> words",
    "<!-- --!><script>alert(1)</script> words",
    "<b title='<!--'>words</b><img src=x onerror=alert(1) title='-->'>",
    "<SCRIPT/x>alert(1)</SCRIPT/x> <ScRiPt\n>words",
    "<\x00script>alert(1)</script> words",
    "<img/src=x/onerror=alert(1)> <p/onclick=x()>words",
    "<p on\x00click=x() \x01onclick=y() ONCLICK=z()>words",
    "<p \u2028onclick=x() on\u212alick=x()>words",
    "<\u212abd onclick=x()>words",
    "<a href='java\tscript:alert(1)'>words</a>",
    "<a href='\x01javascript:alert(1)'>words</a>",
    "<a href=' &#14;javascript&colon;alert(1)'>words</a>",
    "<a href='JAVASCRIPT&#58;alert(1)'>words</a>",
    "<a href='vbscript:x'>words</a> <a href='file:///etc/passwd'>words</a>",
    "<a href='\\\\evil.example/x'>words</a> <a href='/\\evil.example'>words</a>",
    "<a class='anchor-link' href='https://evil.example'>words</a>",
    "<img src='data:text/html,<script>alert(1)</script>' alt='words'>",
    "<img src=' data:image/png;base64,xx' srcset='//evil.example/x' alt='words'>",
    "<p style='position: fixed; background-image: url(//evil.example); color: red'>words</p>",
    "<p style='c\\6flor: red; width: 1px; -moz-binding: url(x); behavior: url(x)'>words</p>",
    "<iframe srcdoc='<script>alert(1)</script>'>words</iframe><base href='//evil.example'>",
    "<meta http-equiv=refresh content='0;//evil.example'><link rel=stylesheet href=//e.tld>words",
    "<form action='//evil.example'><input autofocus onfocus=x()><button formaction=x>words</form>",
    "<table><script>alert(1)</script><tr><td onclick=x()>words</table>",
    "<details ontoggle=alert(1) open>words",
)


@pytest.mark.parametrize("piece", HOSTILE_PIECES)
def test_hostile_markup_is_harmless_and_its_words_stay(piece):
    cleaned = safe_html(CHAPTERS)(piece)
    assert_harmless(cleaned)
    assert "words" in BeautifulSoup(cleaned, "html.parser").get_text()
    assert safe_html(CHAPTERS)(cleaned) == cleaned or "<table" in cleaned  # which is framed again


MARKUP = (
    "script", "style", "svg", "math", "template", "noscript", "textarea", "select", "title", "xmp",
    "p", "b", "table", "tr", "td", "pre", "details", "ul", "a href='javascript:x'", "p onclick='x'",
)  # fmt: skip


@given(st.lists(st.sampled_from([f"<{s}{tag}>" for tag in MARKUP for s in ("", "/")] + ["<", "&"])))
@example(["<style>", "</style>"])
def test_no_word_between_tags_is_lost(tags):
    words = [f"word{number}" for number in range(len(tags))]
    mixed = " ".join(f"{tag} {word}" for tag, word in zip(tags, words, strict=True))
    cleaned = safe_html(CHAPTERS)(mixed)
    assert_harmless(cleaned)
    told = BeautifulSoup(cleaned, "html.parser").get_text().split()
    assert sorted(word for word in told if word in words) == sorted(words)


def test_what_looks_and_reading_aids_need_stays():
    fit = safe_html(CHAPTERS)
    kept = (
        '<p class="a b" id="x" lang="ru" role="note" tabindex="0" aria-label="A" title="5 &lt; 6">'
    )
    assert fit(f"{kept}a</p>") == f"{kept}a</p>"
    assert fit("a&nbsp;b &amp;lt; &eacute; &lt;p&gt;") == "a&nbsp;b &amp;lt; é &lt;p&gt;"
    style = "border-bottom:3px solid rgb(1, 2, 3);padding:0 2px;background-color:#fff"
    assert fit(f'<span style="{style}">a</span>') == f'<span style="{style}">a</span>'
    picture = f'<img alt="a" src="data:image/png;base64,{PIXEL}"/>'
    assert fit(picture) == picture


def test_the_style_of_a_styled_table_stays_and_of_a_plain_one_goes():
    fit = safe_html(CHAPTERS)
    styled = '<style type="text/css">\n#T_a td {color: red}\n</style>\n<table id="T_a"></table>'
    assert fit(styled).startswith('<style type="text/css">\n#T_a td {color: red}\n</style>')
    plain = "<div>\n<style scoped>\n.dataframe {}\n</style>\n<table></table></div>"
    assert "<style" not in fit(plain) and ".dataframe" not in fit(plain)
    later = "<p>said</p><style>p {display: none}</style>"
    assert "<style" not in fit(later)


@pytest.mark.parametrize(
    "sheet",
    [
        "body {display: none}",
        "#T_a td, body {display: none}",
        "#T_a {color: red} body {display: none}",
        "#T_a {background: url(//evil.example)}",
        "#T_a {background: u\\72l(//evil.example)}",
        "#T_a {background: -webkit-image-set('//evil.example' 1x)}",
        "@import '//evil.example'; #T_a {color: red}",
    ],
)
def test_a_style_sheet_that_reaches_further_than_its_table_goes(sheet):
    assert "<style" not in safe_html(CHAPTERS)(f"<style>{sheet}</style><table></table>")


def test_pandas_own_styling_stays():
    frame = pd.DataFrame({"n": [1, 2], "m": [3, 4]}).style.bar(color="#abc").highlight_max()
    sheet, _, _ = frame.to_html().partition("</style>")
    assert "linear-gradient" in sheet
    assert safe_html(CHAPTERS)(frame.to_html()).startswith(sheet)


def test_no_character_acts_on_a_page():
    told = {"text/html": f"<p>{ALL_ACTING}</p>"}
    outputs = [
        v4.new_output("display_data", told),
        v4.new_output("display_data", {"text/plain": ALL_ACTING}),
        v4.new_output("stream", name="stdout", text=ALL_ACTING),
    ]
    cells = [v4.new_markdown_cell(ALL_ACTING), v4.new_code_cell("", outputs=outputs)]
    chapter = Chapter(Path("0_start.ipynb"), ALL_ACTING)
    page = render_page(
        page_exporter([chapter]),
        v4.new_notebook(cells=cells),
        chapter,
        [chapter],
        study=ALL_ACTING,
        files={},
    )
    assert not set(page) & set(ACTING)
    assert all(shown(character) in page for character in ACTING if character > "\x1f")


def test_the_title_comes_from_the_first_heading():
    notebook = v4.new_notebook(
        cells=[v4.new_code_cell("1"), v4.new_markdown_cell("# Who `is` *quoted*?\n\nThe lead.")]
    )
    chapter = read_chapter(Path("4_voices.ipynb"), notebook)
    assert (chapter.title, chapter.short) == ("Who is quoted?", "Voices")
    assert (chapter.page, chapter.number) == ("4_voices.html", 4)
    empty = read_chapter(Path("my_notes.ipynb"), v4.new_notebook())
    assert (empty.title, empty.short, empty.number) == ("my notes", "My notes", None)


CELLS = {
    "a few short cells": ([["RFE/RL", "0.5", "yes"]] * 3, False),
    "a long cell": ([["RFE/RL", "0.5", "longer " * 19 + "word"]], True),
    "many columns": ([["1"] * 9], True),
}


@pytest.mark.parametrize("rows, stacked", CELLS.values(), ids=CELLS)
def test_rows_too_wide_for_a_phone_are_stacked_under_their_headings(rows, stacked):
    headings = [f"heading {number}" for number in range(len(rows[0]))]
    made = pd.DataFrame(rows, columns=headings).to_html(index=False)
    table = BeautifulSoup(safe_html(CHAPTERS)(made), "html.parser").table
    assert ("stacked" in table["class"]) == stacked
    for row in table.tbody.find_all("tr"):
        assert [cell["data-heading"] for cell in row.find_all("td")] == headings
    wide = [cell.get_text() for cell in table.select("td.text")]
    assert wide == [cell for row in rows for cell in row if len(cell) > 80]


def test_a_row_over_all_columns_heads_those_below_it():
    lines = "<tr><th colspan='2'>The ban</th></tr><tr><td>It said so.</td><td></td></tr>"
    made = f"<table><thead><tr><th>TASS</th><th>RFE/RL</th></tr></thead>{lines * 2}</table>"
    table = BeautifulSoup(safe_html(CHAPTERS)(made), "html.parser").table
    assert [cell.get("data-heading") for cell in table.select("td")] == ["TASS", "RFE/RL"] * 2
    assert not table.select("th[colspan][data-heading]")
