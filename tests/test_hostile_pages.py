"""Pages that no editor made are read, or told by file and mend, within a limit of time."""

import re
import time
import unicodedata
import zlib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_pdf import plain_pdf, set_text
from read_or_told import (
    FAULT_INPUTS,
    HEADLINE,
    PARAGRAPHS,
    STUDY,
    dear,
    drawn,
    in_time,
    letters,
    read_or_told,
    study_folder,
)

from analysis_utils.annotation.cleaning import clean_page
from analysis_utils.annotation.cleaning.pdf import read_pdf
from analysis_utils.annotation.corpus import clean_pages, load_corpus
from analysis_utils.schemas import article_of
from analysis_utils.study import read_study

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def short_of_time(monkeypatch):
    """Readers that are stuck are ended sooner, so that many can be tried."""
    monkeypatch.setattr("analysis_utils.annotation.cleaning.pages.READING_SECONDS", 8.0)
    monkeypatch.setattr("analysis_utils.annotation.cleaning.wording.PATTERN_SECONDS", 0.3)


@pytest.fixture
def place(tmp_path_factory):
    """A new folder for each example."""
    return lambda: tmp_path_factory.mktemp("hostile")


def mentions_of(corpus, article):
    own = corpus.mentions["sentence_id"].map(article_of) == article
    return corpus.mentions.loc[own, ["actor", "text"]].values.tolist()


def body_of(lines):
    return lines.loc[lines["kind"] == "body", "clean"].tolist()


# --- Text, spelt in odd ways ---------------------------------------------------------------

UNSEEN = (
    *("\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2060", "\u2066", "\u2069"),
    *("\ufeff", "\u034f", "\ufe0f", "\x01", "\x08", "\x1b", "\x7f", "\x9d", "\U000e0041"),
)
ENDINGS = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")


def odd_words(text, random, marks, form, wide):
    """The text with marks inside its words, in a form of Unicode, letters as wide as signs."""
    if form:
        text = unicodedata.normalize("NFD", text)
    if wide:
        text = re.sub("[a-zA-Z,.]", lambda sign: chr(ord(sign[0]) + 0xFEE0), text)
    return "".join(
        letter + (random.choice(marks) * random.randint(0, 2) if marks and letter != " " else "")
        for letter in text
    )


@given(
    st.integers(0),
    st.lists(st.sampled_from(UNSEEN), max_size=4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(ENDINGS),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["txt", "html"]),
)
@dear
def test_a_text_in_any_spelling_is_read_whole_with_its_actors(
    place, seed, marks, form, wide, ending, encoding, suffix
):
    random = Random(seed)
    if suffix == "html":  # controls are no part of HTML
        marks = [mark for mark in marks if mark >= "\xa0"]
    told = [odd_words(text, random, marks, form, wide) for text in (HEADLINE, *PARAGRAPHS)]
    page = (ending * 2).join(told)
    if suffix == "html":
        paragraphs = ending.join(f"<p>{text}</p>" for text in told[1:])
        page = f"<html><body><article><h1>{told[0]}</h1>{paragraphs}</article></body></html>"
    folder = study_folder(place() / "study", page.encode(encoding), suffix)
    with in_time():
        corpus = load_corpus(read_study(folder), cache=False)
    lines = corpus.lines[corpus.lines["article_id"] == "a1"]
    assert body_of(lines) == PARAGRAPHS
    one, other = (mentions_of(corpus, name) for name in ("a1", "b1"))
    assert one == other and {"mayor", "council"} <= {actor for actor, _ in one}


@given(st.binary(max_size=400), st.integers(0, 400), st.sampled_from(["txt", "html", "htm", "pdf"]))
@drawn
def test_a_page_with_any_bytes_in_it_is_read_or_told(place, strange, where, suffix):
    whole = "\n\n".join([HEADLINE, *PARAGRAPHS]).encode()
    path = place() / f"page.{suffix}"
    path.write_bytes(whole[:where] + strange + whole[where:])
    lines = read_or_told(path, clean_page, path, "page")
    if lines is not None and strange.isalnum():
        told = letters("".join(lines["clean"]))
        assert all(letters(text[-60:]) in told for text in PARAGRAPHS[2:] if where < 150)


# --- HTML ----------------------------------------------------------------------------------


def nested(tag):
    return lambda text, n: f"<{tag}>" * min(n, 400) + text + f"</{tag}>" * min(n, 400)


def attributes(text, n):
    return f"<div {' '.join(f'a{k}=b' for k in range(n))}>{text}</div>"


_STYLE = "p::after {content: '<p>'} "

#: What changes nothing that a browser shows.
HARMLESS = {
    "div": nested("div"),
    "section": nested("section"),
    "span": nested("span"),
    "never closed": lambda text, n: "<div>" * min(n, 200) + text,
    "closed too often": lambda text, n: text + "</div></span></b>" * n,
    "attributes": lambda text, n: attributes(text, min(n, 500)),
    "long attribute": lambda text, n: f"<div class='{'x' * n * 100}'>{text}</div>",
    "picture inside": lambda text, n: f"<img src='data:image/png;base64,{'A' * n * 100}'>{text}",
    "comment": lambda text, n: f"<!-- {'- ' * n} -->{text}",
    "script": lambda text, n: f"<script>{'if (a < b) {};' * n}</script>{text}",
    "style": lambda text, n: f"<style>{_STYLE * n}</style>{text}",
    "svg beside": lambda text, n: f"<svg><text>{'drawn ' * n}</text></svg>{text}",
    "math beside": lambda text, n: text + "<math>" + "<mrow>" * min(n, 100) + "x</math>",
    "odd elements": lambda text, n: f"<x-y z>{text}</x-y>",
    "instruction": lambda text, n: f"<?php echo {n} ?>{text}",
    "iframes": lambda text, n: text + "<iframe src='x.html'></iframe>" * min(n, 200),
    "breaks": lambda text, n: "<br>" * n + text,
    "template": lambda text, n: f"<template>{'<p>never shown</p>' * min(n, 200)}</template>{text}",
}

#: What a browser shows otherwise, or a reader may give up on.
HARMFUL = {
    "deep": lambda text, n: "<div>" * n * 20 + text,
    "deep table": lambda text, n: "<table><tr><td>" * n * 10 + text,
    "deep list": lambda text, n: "<ul><li>" * n * 10 + text,
    "deep marks": lambda text, n: "<b><i>" * n * 10 + text,
    "many attributes": lambda text, n: attributes(text, n * 60),
    "drawing": lambda text, n: f"<svg xmlns='http://www.w3.org/2000/svg'><text>{text}</text></svg>",
    "frames": lambda text, n: f"<frameset><frame src='x'></frameset>{text}",
    "comment open": lambda text, n: f"{text}<!-- {'x' * n}",
    "script open": lambda text, n: f"{text}<script>{'x' * n}",
    "plaintext": lambda text, n: f"<plaintext>{text}",
    "textarea open": lambda text, n: f"{text}<textarea>{'x' * n}",
    "data": lambda text, n: f"<![CDATA[{text}]]>",
    "declared": lambda text, n: f"<?xml version='1.0' encoding='utf-32'?><!DOCTYPE x>{text}",
    "entities": lambda text, n: text + "&#0;&#x110000;&#xd800;&bogus;&amp" * n,
    "quote open": lambda text, n: f"<div title='{text}",
    "tag open": lambda text, n: f"{text}<div {'<' * n}",
    "bomb": lambda text, n: '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "x">]>&b;' + text,
    "one line": lambda text, n: f"<p>{'word ' * n * 50}</p>{text}",
    "many lines": lambda text, n: text + f"<p>{PARAGRAPHS[0]}</p>" * n,
    "base": lambda text, n: f"<base href='http://x.example/'><meta http-equiv=refresh>{text}",
    "hidden": lambda text, n: f"<div style='{'color: red;' * n} display: none'>{text}</div>",
}

wrappers = st.lists(
    st.tuples(st.sampled_from(sorted(HARMLESS)), st.integers(1, 1000)), min_size=1, max_size=4
)


def as_html(wrapped):
    return f"<html><body><article><h1>{HEADLINE}</h1>{wrapped}</article></body></html>"


def article():
    return "".join(f"<p>{text}</p>\n" for text in PARAGRAPHS)


@given(wrappers)
@drawn
def test_what_no_browser_shows_changes_no_article(place, chosen):
    wrapped = article()
    for name, n in chosen:
        wrapped = HARMLESS[name](wrapped, n)
    path = place() / "page.html"
    path.write_text(as_html(wrapped), "utf-8")
    lines = read_or_told(path, clean_page, path, "page")
    if lines is None:  # nested too deep by several
        assert sum(n for name, n in chosen if name not in ("script", "comment")) > 200
    else:
        assert [text for text in body_of(lines) if text in PARAGRAPHS] == PARAGRAPHS
        assert not lines["clean"].str.contains("drawn|never shown|content:").any()


@given(wrappers, st.sampled_from(sorted(HARMFUL)), st.integers(1, 1000), st.booleans())
@drawn
def test_html_of_any_kind_is_read_or_told(place, chosen, kind, n, whole):
    wrapped = HARMFUL[kind](article(), n)
    for name, size in chosen[:2]:
        wrapped = HARMLESS[name](wrapped, size)
    path = place() / "page.html"
    path.write_text(as_html(wrapped) if whole else wrapped, "utf-8", "replace")
    lines = read_or_told(path, clean_page, path, "page")
    assert lines is None or (lines["kind"] == "body").any()


# --- PDF -----------------------------------------------------------------------------------

WHOLE = "The harbour bridge will close on Monday, the port authority told reporters on Friday."
FORM = "/Subtype/Form/BBox[0 0 595 842]"

#: Contents besides the text.
DRAWN = {
    "nothing": "",
    "huge letters": set_text("HUGE", size=10**9),
    "no size": set_text("none", size=0),
    "less than no size": set_text("back", size=-11, top=300),
    "far away": f"BT /F1 11 Tf {10**9} 700 Td (far away) Tj ET",
    "beyond numbers": f"BT /F1 11 Tf {'9' * 400} 1e999 Td (far) Tj ET",
    "no number": "BT /F1 (x) Tf << /a /b >> [1 2] Td /Name Tj ET",
    "sideways": "BT /F1 11 Tf 0 1 -1 0 300 300 Tm (sideways) Tj ET",
    "flat": "BT /F1 11 Tf 0 0 0 0 300 300 Tm (flat) Tj ET",
    "no such font": "BT /F9 11 Tf 50 500 Td (unknown) Tj ET",
    "no font": "BT 50 400 Td (none) Tj ET",
    "kept states": "q " * 3000,
    "given back too often": "Q " * 3000,
    "no operators": "abc xyz 1 2 3 /x !! ~~ " * 50,
    "closed without beginning": "ET EMC Q EI ] >> )",
    "hex": "BT /F1 11 Tf 50 60 Td <zz4> Tj <> Tj ET",
    "draws what is not there": "/X Do /Y Do",
    "picture inside": "BI /W 4 /H 4 /BPC 8 ID abcd EI",
    "picture open": "BI /W 4 /H 4 ID abcd",
    "lines": "0 0 m 10 10 l S " * 2000,
    "curves": "0 0 m 1 1 2 2 3 3 c f " * 1000,
    "dash": "[0 0 -1] 99 d 0 0 m 5 5 l S",
    "clip": "0 0 0 0 re W n",
    "many letters": "BT /F1 1 Tf 50 40 Td " + "(x) Tj " * 3000 + "ET",
    "text open": "BT /F1 11 Tf 50 700 Td (never closed",
    "brackets": "[" * 2000,
    "dictionaries": "<<" * 2000,
}

#: What else is odd in the file.
ODD = {
    "plain": {},
    "box reversed": {"box": "595 842 0 0"},
    "box huge": {"box": "0 0 1000000000000 1000000000000"},
    "box of nothing": {"box": "0 0 0 0"},
    "box of letters": {"box": "a b c d"},
    "box of three": {"box": "0 0 595"},
    "box of nulls": {"box": "null null null null"},
    "box of lists": {"box": "[0 0] [595 842] 0 0"},
    "turned": {"page": "/Rotate 90"},
    "turned oddly": {"page": "/Rotate 37"},
    "turned by a word": {"page": "/Rotate (x)"},
    "other boxes": {"page": "/CropBox[a b]/TrimBox[0]/UserUnit -5"},
    "contents of nothing": {"page": "/Contents[99 0 R 98 0 R]"},
    "notes": {"page": "/Annots[99 0 R 4 0 R (x)]"},
    "tags": {"page": "/StructParents -1/Tabs 5"},
    "more pages than there are": {"count": 10**9},
    "fewer than no pages": {"count": -1},
    "pages in a circle": {"kids": ["2 0 R", "2 0 R"]},
    "pages that are none": {"kids": ["3 0 R", "99 0 R", "null", "(x)"]},
    "the same page often": {"kids": ["4 0 R"] * 30},
    "length too long": {"length": 10**9},
    "length below nothing": {"length": -5},
    "length elsewhere": {"length": "99 0 R"},
    "filter unknown": {"stream": "/Filter/NoSuchFilter"},
    "filter wrong": {"stream": "/Filter/FlateDecode"},
    "filters": {"stream": f"/Filter[{'/ASCIIHexDecode' * 50}]"},
    "locked": {"trailer": "/Encrypt 3 0 R/ID[<00><00>]"},
    "no root": {"trailer": "/Root 99 0 R"},
    "a root that is none": {"trailer": "/Root 3 0 R"},
    "before in a circle": {"trailer": "/Prev 9"},
    "table elsewhere": {"start": 5},
    "table far away": {"start": 10**18},
    "table before the file": {"start": -9},
    "font of nothing": {"font": "<<>>"},
    "font that is a list": {"font": "[1 2 3]"},
    "font that is itself": {"font": "<</Type/Font/Subtype/Type0/DescendantFonts[3 0 R]>>"},
    "font widths": {
        "font": "<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 0/LastChar 999999999"
        "/Widths[1e9 -1e9 (x)]>>"
    },
    "font names": {
        "font": "<</Type/Font/Subtype/Type1/BaseFont/A/Encoding<</Differences[65/g1/g2 999/uniD800"
        "/u110000 -5/a (x)]>>>>"
    },
    "font says what its signs are": {
        "font": "<</Type/Font/Subtype/Type1/BaseFont/Courier/ToUnicode 6 0 R>>",
        "things": [
            "<</Length 60>>\nstream\n1 begincodespacerange <00> <ff> endcodespacerange 9"
            " beginbfrange <00> <ffffffff> <0041> endbfrange\nendstream"
        ],
    },
    "a form that draws itself": {
        "resources": "/XObject<</X 6 0 R>>",
        "things": [
            f"<</Type/XObject{FORM}/Resources<</XObject<</X 6 0 R>>>>/Length 14>>\n"
            "stream\n/X Do /X Do   \nendstream"
        ],
    },
}


@given(
    st.lists(st.lists(st.sampled_from(sorted(DRAWN)), max_size=3), min_size=1, max_size=3),
    st.sampled_from(sorted(ODD)),
    st.sampled_from([0, 0, 0, 0.3, 0.9]),
)
@drawn
def test_a_pdf_of_any_kind_is_read_or_told(place, pages, odd, cut):
    contents = [set_text(WHOLE)] + ["\n".join(DRAWN[name] for name in names) for names in pages]
    contents[0] += "\n" + contents.pop(1)
    parts = dict(ODD[odd])
    if "things" in parts:  # they are known by their number
        contents = contents[:1]
    content = plain_pdf(*contents, **parts)
    path = place() / "bridge.pdf"
    path.write_bytes(content[: int(len(content) * (1 - cut))])
    found = read_or_told(path, read_pdf, path)
    plain = {"plain", "turned oddly", "tags", "box reversed", "more pages than there are"}
    shaken = {"clip", "brackets", "dictionaries", "kept states", "text open", "picture open"}
    if odd in plain and not cut and not shaken & {name for page in pages for name in page}:
        assert found is not None
        assert WHOLE in found.text.replace("\n", " ")


@given(st.integers(0), st.integers(1, 60))
@drawn
def test_a_pdf_with_other_bytes_is_read_or_told(place, seed, n):
    random, content = Random(seed), bytearray(plain_pdf(set_text(WHOLE), set_text(WHOLE)))
    for _ in range(n):
        content[random.randrange(len(content))] = random.choice(b"<>[]()/0123456789 \n%Rnullobj")
    path = place() / "bridge.pdf"
    path.write_bytes(bytes(content))
    read_or_told(path, read_pdf, path)


def test_a_pdf_that_unfolds_to_more_than_the_memory_holds_is_read_or_told(tmp_path):
    packed = zlib.compress(set_text(WHOLE).encode() + b" " * 300_000_000, 9).decode("latin-1")
    path = tmp_path / "bridge.pdf"
    path.write_bytes(plain_pdf(packed, stream="/Filter/FlateDecode"))
    found = read_or_told(path, read_pdf, path)
    assert found is None or WHOLE in found.text


# --- Patterns of an outlet -----------------------------------------------------------------

atoms = st.sampled_from(
    [r"\w", r"\w+", r"[a-z ]", "a", "(?:a|aa)", ".", r"\s?", r"\b", "e|the", "(?i:T)", r"[^X]"]
)
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "*?", "+?", "{2,}", "{1,30}"])).map(
            lambda parts: f"(?:{parts[0]}){parts[1]}"
        ),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?={part}X)"),
        inner.map(lambda part: f"(?!{part}X)"),
        inner.map(lambda part: f"({part})"),
    ),
    max_leaves=8,
)


@given(expressions, st.sampled_from(["X", "X$", r"\bX", "(?=X)", "", r"\.$"]), st.booleans())
@drawn
def test_a_pattern_of_any_kind_ends_in_time(place, expression, end, begins):
    pattern = f"{'^' * begins}{expression}{end}".replace("'", "")
    outlet = "    name: Alpha\n    page_patterns:\n"
    told = f"      - {{kind: footer, pattern: '{pattern}', reason: known}}\n"
    study = STUDY.replace("    name: Alpha\n", outlet + told)
    long = "\n\n".join([*PARAGRAPHS, "a" * 300, "word " * 400]).encode()
    folder = study_folder(place() / "study", long, study=study)

    def read():
        return clean_pages(read_study(folder))

    start = time.process_time()
    try:
        read_or_told(folder, read)
    finally:
        assert time.process_time() - start < 10


# --- Sentences without an end --------------------------------------------------------------

PIECES = (
    *("Zoë Smith said that ", "said ", "which Smith told him that ", "“No,” he added, ", "and "),
    *("the council of Riverton, ", "who, when he had ", "(", "“", "” ", "a, b, c, ", "; ", "— "),
    *("AND WHO SAID ", "1,000,000.5 ", "Mr. ", "e.g. ", "...", "?! ", "x" * 300 + " ", "👩‍💻 "),
    *("https://a.example/b?c=d ", "didn't, couldn't ", "the the the ", "'s ", "\u4e00" * 50 + " "),
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), st.sampled_from([50, 400, 2000]))
@dear
def test_a_sentence_without_an_end_is_read_in_time_with_its_actors(place, pieces, n):
    endless = ("Zoë Smith said that " + "".join(pieces) * n)[:20_000]
    page = "\n\n".join([HEADLINE, *PARAGRAPHS, f"{endless} it would.", PARAGRAPHS[0]])
    folder = study_folder(place() / "study", page.encode("utf-8"))
    with in_time():
        corpus = load_corpus(read_study(folder), cache=False)
    assert body_of(corpus.lines[corpus.lines["article_id"] == "a1"])[:4] == PARAGRAPHS
    assert {"mayor", "council"} <= {actor for actor, _ in mentions_of(corpus, "a1")}
    text = corpus.articles.set_index("article_id")["text"]["a1"]
    for row in corpus.sentences[corpus.sentences["article_id"] == "a1"].itertuples():
        assert text[row.start : row.end] == row.text


# --- Pages that have done harm before ------------------------------------------------------


def harmful(*kinds):
    found = [path for kind in kinds for path in sorted(FAULT_INPUTS.glob(f"*.{kind}"))]
    return found or [pytest.param(Path(), marks=pytest.mark.skip("FAULT_INPUTS names no folder"))]


@pytest.mark.parametrize("path", harmful("pdf", "html"), ids=lambda path: path.name)
def test_a_page_that_has_done_harm_is_read_or_told(path):
    lines = read_or_told(path, clean_page, path, "page")
    assert lines is None or (lines["kind"] == "body").any()
